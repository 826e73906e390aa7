import NIOCore
import NIOPosix

extension TestServer.Peer {
  /// Joins this connection with a port of this machine and then says the greeting.
  func join(_ port: Int, greeting: [UInt8]) {
    let near = channel
    ClientBootstrap(group: near.eventLoop)
      .connect(host: "127.0.0.1", port: port)
      .whenSuccess { far in
        near.pipeline.addHandler(Forwarder(to: far), position: .first).and(
          far.pipeline.addHandler(Forwarder(to: near))
        ).whenSuccess { _ in self.send(greeting) }
      }
  }
}

/// Hands everything on to another channel.
private final class Forwarder: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private let other: any Channel

  init(to other: any Channel) {
    self.other = other
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
}
