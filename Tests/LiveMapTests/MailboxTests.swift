import Synchronization
import Testing

@testable import LiveMap

@Suite struct MailboxTests {
  @Test func `the latest value wins, and is taken once`() {
    let calls = Atomic(0)
    let mailbox = Mailbox<Int> { calls.add(1, ordering: .relaxed) }
    #expect(mailbox.take() == nil)
    mailbox.put(1)
    mailbox.put(2)
    #expect(mailbox.take() == 2)
    #expect(mailbox.take() == nil)
    #expect(calls.load(ordering: .relaxed) == 2)
  }
}
