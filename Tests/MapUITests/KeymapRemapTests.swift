import Terminal
import Testing

@testable import MapUI

@Suite("Keys that a configuration changes")
struct KeymapRemapTests {
  private func remap(_ wishes: KeyWish...) -> (keymap: Keymap, problems: [KeyProblem]) {
    Keymap.standard.remapped(wishes)
  }

  @Test func `every key of the standard table has a name that is read back as the key`() {
    for key in Keymap.standard.bindings.flatMap(\.keys) {
      #expect(Key(named: key.name) == key, "\(key.name)")
    }
  }

  @Test(arguments: [
    ("q", Key.character("q")), ("Q", .character("Q")), ("+", .character("+")),
    ("ü", .character("ü")), ("tab", .tab), ("Shift-Tab", .backTab), ("esc", .escape),
    ("enter", .enter), ("space", .character(" ")), ("left", .left), ("page-up", .pageUp),
    ("home", .home), ("f1", .function(1)), ("f12", .function(12)), ("ctrl-x", .control("x")),
    ("CTRL-X", .control("x")),
  ])
  func `a key is known by its name`(name: String, key: Key) {
    #expect(Key(named: name) == key)
  }

  @Test(arguments: [
    "", " ", "f0", "f13", "f01", "ctrl-", "ctrl-xy", "ctrl-1", "pageup", "alt-x", "\u{7f}",
    "\u{1b}", "e\u{301}", "😀😀",
  ])
  func `what is no key has no name`(name: String) {
    #expect(Key(named: name) == nil)
  }

  @Test func `texts and hints of the standard table are what its keys say`() {
    let keymap = Keymap.standard
    for binding in keymap.bindings {
      guard let action = binding.action else { continue }
      let keys = (binding.prefix.map { Array(keymap.keys(of: $0).prefix(1)) } ?? []) + binding.keys
      #expect(binding.keyText == keys.map(\.shown).joined(separator: " "))
      if let hint = binding.hint {
        #expect(hint.key == keymap.hintKey(action), "give \(action) a group of hints")
      }
    }
  }

  @Test func `actions are known by their names in snake case`() {
    #expect(Action.zoomIn.name == "zoom_in" && Action.quit.name == "quit")
    for action in Action.allCases { #expect(Action(named: action.name) == action) }
    #expect(Action(named: "zoomIn") == nil)
  }

  @Test func `an action takes its new keys, and its old ones do nothing`() {
    let (keymap, problems) = remap(
      KeyWish(action: "zoom_in", keys: ["z", "f2"]), KeyWish(action: "leave", keys: ["x"]))
    #expect(problems.isEmpty)
    #expect(keymap.action(for: .character("z")) == .zoomIn)
    #expect(keymap.action(for: .function(2)) == .zoomIn)
    #expect(keymap.action(for: .character("+")) == nil)
    #expect(keymap.action(for: .escape) == nil)
    #expect(keymap.action(for: .character("-")) == .zoomOut)
    #expect(keymap.markdown.contains("| `z` `F2` | Zoom in |"))
  }

  @Test func `two actions change their keys with each other`() {
    let (keymap, problems) = remap(
      KeyWish(action: "zoom_in", keys: ["-"], line: 2),
      KeyWish(action: "zoom_out", keys: ["+"], line: 3))
    #expect(problems.isEmpty)
    #expect(keymap.action(for: .character("-")) == .zoomIn)
    #expect(keymap.action(for: .character("+")) == .zoomOut)
  }

  @Test func `a key of two actions stays the first one's, and the rest applies`() {
    let (keymap, problems) = remap(
      KeyWish(action: "quit", keys: ["x", "ctrl-c"], line: 2),
      KeyWish(action: "retry", keys: ["x", "y"], line: 3),
      KeyWish(action: "zoom_in", keys: ["m"], line: 4))
    #expect(keymap.action(for: .character("x")) == .quit)
    #expect(keymap.action(for: .character("y")) == .retry)
    #expect(keymap.action(for: .character("m")) == .goToMagnet)
    #expect(keymap.action(for: .character("+")) == .zoomIn)
    #expect(problems.map(\.wish.line) == [3, 4])
    #expect(
      problems.map(\.problem) == [
        "\"x\" is the key of quit, too; give one of them another key",
        "\"m\" is the key of go_to_magnet, too; give one of them another key",
      ])
  }

  @Test func `an action without keys is possible, but for quit`() {
    let (keymap, problems) = remap(
      KeyWish(action: "suspend", keys: []), KeyWish(action: "quit", keys: [], line: 7))
    #expect(keymap.keys(of: .suspend).isEmpty)
    #expect(keymap.keys(of: .quit) == [.character("q"), .control("c")])
    #expect(problems.map(\.problem) == ["quit needs a key"])
    #expect(keymap.markdown.contains("Suspend to the shell"))
  }

  @Test(arguments: [
    ("zom_in", "q", "is no action; did you mean zoom_in?"),
    ("zoom", "q", "is no action; did you mean zoom_in, zoom_out or zoom_reset?"),
    ("fly", "q", "is no action; `lodestone config print` lists them all"),
    ("quit", "alt-q", "\"alt-q\" is no key; allowed"),
    ("quit", "ctrl-i", "ctrl-i is what a terminal sends for tab; write that"),
    ("quit", "ctrl-m", "ctrl-m is what a terminal sends for enter"),
    ("quit", "ctrl-z", "ctrl-z always suspends"),
  ])
  func `what can't be is told with what is allowed`(action: String, key: String, words: String) {
    let (keymap, problems) = remap(KeyWish(action: action, keys: [key], line: 1))
    #expect(problems.count == 1 && problems[0].problem.contains(words), "\(problems)")
    #expect(keymap == .standard)
  }

  @Test func `help and footer show the keys that are in force, and no others work`() {
    var state = UIState.make(width: 120, height: 35)
    state.keymap =
      remap(
        KeyWish(action: "quit", keys: ["f10"]), KeyWish(action: "zoom_in", keys: ["f2"]),
        KeyWish(action: "next_symbol", keys: []), KeyWish(action: "toggle_help", keys: ["H"])
      ).keymap
    let footer = state.frame.lines[34]
    #expect(footer.contains("F10 quit") && footer.contains("H help"))
    #expect(footer.contains("F2/- zoom") && !footer.contains("symbol"))
    #expect(update(&state, .input(.key(.character("q")))).isEmpty)
    #expect(update(&state, .input(.key(.function(10)))) == [.quit])
    _ = update(&state, .input(.resize(width: 120, height: 60)))
    _ = update(&state, .input(.key(.character("H"))))
    #expect(state.help != nil)
    let text = state.frame.lines.joined(separator: "\n")
    #expect(text.contains("F10       Quit") && text.contains("F2        Zoom in"))
  }

  @Test func `sentences name the keys in force`() {
    var state = UIState.live(hasMap: false)
    state.keymap =
      remap(
        KeyWish(action: "retry", keys: ["f5"]), KeyWish(action: "toggle_venue_list", keys: ["v"])
      ).keymap
    #expect(state.frame.lines.joined().contains("F5 ask again   v venues on or off   d a sim"))
    for index in state.source.feeds.indices { state.source.feeds[index].isEnabled = false }
    #expect(state.frame.lines.joined().contains("switched off: press v to choose"))
  }

  @Test func `keys after a prefix are remapped among themselves, and follow the prefix`() {
    let (keymap, problems) = remap(
      KeyWish(action: "go_below", keys: ["m"], line: 1),
      KeyWish(action: "go_above", keys: ["h"], line: 2), KeyWish(action: "go_to", keys: ["ctrl-g"]))
    #expect(problems.map(\.problem).count == 1)
    #expect(problems.first?.problem.contains("the key of go_high, too") == true)
    #expect(keymap.action(for: .character("m")) == .goToMagnet)
    #expect(keymap.action(for: .character("m"), after: .goTo) == .goBelow)
    #expect(keymap.action(for: .character("a"), after: .goTo) == .goAbove)
    #expect(keymap.action(for: .character("g")) == nil)
    #expect(keymap.markdown.contains("| `^G` `m` | Large cluster below: longs |"))
    var state = UIState.make()
    state.keymap = keymap
    _ = update(&state, .input(.key(.control("g"))))
    #expect(state.mode == .goTo)
    let box = state.frame.lines.filter { $0.contains("│ m      Large cluster below") }
    #expect(box.count == 1)
    _ = update(&state, .input(.key(.character("m"))))
    #expect(state.mode == nil && state.crosshair != nil)
  }

  @Test func `after a prefix a key that leads nowhere says so, and Esc closes the list`() throws {
    var state = UIState.after(.character("g"), in: UIState.make())
    _ = update(&state, .input(.key(.character("Z"))))
    #expect(state.mode == .goTo && state.message?.text.hasPrefix("Z leads nowhere") == true)
    _ = update(&state, .input(.key(.character("p"))))
    #expect(state.mode == nil && state.message?.text.contains("no position yet") == true)
    state = UIState.after(.character("g"), .escape, in: UIState.make())
    #expect(state.mode == nil && state.crosshair == nil)
    #expect(update(&state, .input(.key(.character("g")))) == [.draw])
    #expect(update(&state, .input(.key(.character("q")))).contains(.quit))
  }
}
