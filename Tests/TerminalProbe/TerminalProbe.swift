import Foundation
import Terminal

/// A program for the tests of the screen to run on a terminal of their own. It draws a known
/// pattern, writes each event into the frame, and ends on `q`. Keys make it do what else a screen
/// must live through: `X` exits with the screen open, `!` traps, `a` aborts, `o` overflows the
/// stack, `l`
/// draws everything again, `=` draws the same frame again, `e` writes to the standard error, `f`
/// fills the frame with a new colour in each cell, `n` sends the bell and a notice, `b` with stacked bars of new heights, `w` wakes
/// the loop from another thread, `c` changes over to 16 colours or back, `s` stops the program as nobody can refuse to be stopped.
@main
enum TerminalProbe {
  static func main() {
    let environment = ProcessInfo.processInfo.environment
    do {
      var options = ScreenOptions(
        environment: environment,
        colorDepth: environment["PROBE_DEPTH"].flatMap { ColorDepth(rawValue: $0) },
        errorLogPath: environment["PROBE_LOG"])
      options.synchronizedOutput = environment["PROBE_PLAIN_UPDATES"] == nil
      let screen = try Screen(options: options)
      let signal = Probe(screen: screen).run()
      screen.close()
      print("closed after \(screen.bytesWritten) bytes")
      exit(signal == 0 ? 0 : 128 + signal)
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(2)
    }
  }
}

/// The loop of the probe.
final class Probe {
  private let screen: Screen
  private var log: [String] = []
  private var generation = 0
  private var fill: ((inout CellGrid) -> Void)?

  init(screen: Screen) {
    self.screen = screen
  }

  /// Runs until `q`, and returns the number of the signal that asked for the end; else 0.
  func run() -> Int32 {
    screen.draw(frame)
    while true {
      for event in screen.wait(timeoutMilliseconds: nil) {
        switch event {
        case .terminate(let signal): return signal
        case .input(.key(.character("q"))): return 0
        case .input(let input): act(input)
        case .resumed: log.append("resumed")
        case .wakeup: log.append("wakeup")
        }
      }
      screen.draw(frame)
    }
  }

  private func act(_ input: InputEvent) {
    switch input {
    case .key(.character("!")):
      let empty: [Int] = []
      log.append("\(empty[log.count])")
    case .key(.character("a")): abort()
    case .key(.character("o")): log.append("\(depth(below: 0))")
    case .key(.character("l")): screen.redraw()
    case .key(.character("=")):
      screen.draw(frame)
      let before = screen.bytesWritten
      screen.draw(frame)
      log.append("same frame: \(screen.bytesWritten - before) bytes")
    case .key(.character("e")):
      FileHandle.standardError.write(Data("a word for the log\n".utf8))
      log.append("wrote to the log")
    case .key(.character("X")): exit(3)
    case .key(.character("f")):
      generation += 1
      fill = fillWithColors
    case .key(.character("b")):
      generation += 1
      fill = fillWithBars
    case .key(.character("n")):
      generation += 1
      screen.send([.bell, .command("9;notice \(generation)\u{07}\u{1b}")])
    case .key(.character("w")):
      let wakeup = screen.wakeup
      Thread.detachNewThread { wakeup.signal() }
    case .key(.character("c")):
      do {
        try screen.change(to: screen.colorDepth == .ansi16 ? .truecolor : .ansi16)
      } catch {
        log.append("\(error)")
      }
    case .key(.character("s")): kill(0, SIGSTOP)
    case .paste(let text):
      log.append("paste of \(text.utf8.count) bytes, \(text.prefix(8))...\(text.suffix(8))")
    case .key(let key): log.append("key \(key)")
    case .mouse(let mouse):
      log.append("\(mouse.action) \(mouse.button) at \(mouse.x),\(mouse.y)")
    case .resize(let width, let height): log.append("resize \(width)x\(height)")
    case .focus(let focus): log.append("focus \(focus)")
    }
  }

  /// Calls itself until the stack is full.
  private func depth(below: Int) -> Int {
    below == .max ? 0 : depth(below: below + 1) + log.count + 1
  }

  /// The pattern: a title, the eighth blocks in two colours, attributes, and the latest events.
  private var frame: CellGrid {
    var grid = CellGrid(width: screen.size.width, height: screen.size.height)
    fill?(&grid)
    let size = "\(screen.size.width)x\(screen.size.height)"
    let count = generation > 0 ? " fill \(generation)" : ""
    let title = "PROBE \(size) \(screen.colorDepth.rawValue)\(count)"
    grid.write(title, x: 0, y: 0, style: Style(attributes: .bold))
    for step in 0..<8 {
      let style = Style(
        foreground: .rgb(RGB(122, 162, 247)), background: .rgb(RGB(0, 0, 5)))
      if let block = Unicode.Scalar(UInt32(0x2581 + step)) {
        grid[step, 1] = Cell(block, style: style)
      }
    }
    grid.write(
      "reversed", x: 10, y: 1, style: Style(attributes: [.reverse, .underline]))
    grid.write("\u{1b}界", x: 20, y: 1, style: .plain)
    grid[24, 1] = Cell("r", style: Style(foreground: .ansi(.red), background: .ansi(.brightBlue)))
    grid[25, 1] = Cell("g", style: Style(foreground: .ansi(.brightGreen)))
    grid[screen.size.width - 1, screen.size.height - 1] = Cell("◢", style: .plain)
    for (row, line) in log.suffix(max(grid.height - 3, 0)).enumerated() {
      grid.write(line, x: 0, y: 2 + row, style: .plain)
    }
    return grid
  }

  private func fillWithColors(_ grid: inout CellGrid) {
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let code = (generation * 7919 + y * grid.width + x) &* 2_654_435_761
        let color = RGB(
          UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: code >> 8),
          UInt8(truncatingIfNeeded: code >> 16))
        grid[x, y] = Cell(
          "▄", style: Style(foreground: .rgb(color), background: .rgb(RGB(1, 2, 3))))
      }
    }
  }

  /// Bars as a map has them: five layers in each column, joints in eighths of a cell.
  private func fillWithBars(_ grid: inout CellGrid) {
    let night = Color.rgb(RGB(22, 22, 30))
    let layers = [
      RGB(187, 154, 247), RGB(157, 124, 216), RGB(122, 162, 247), RGB(125, 207, 255),
      RGB(158, 206, 106),
    ].map { Color.rgb($0) }
    for x in 0..<grid.width {
      var tops: [Int] = []
      var top = 0
      for layer in layers.indices {
        let code = (generation * 7919 + x * 31 + layer) &* 2_654_435_761
        top += (code >> 8) % (grid.height * 8 / 5)
        tops.append(top)
      }
      for row in 0..<grid.height {
        let bottom = row * 8
        let lower = tops.firstIndex { $0 > bottom }.map { layers[$0] } ?? night
        let upper = tops.firstIndex { $0 >= bottom + 8 }.map { layers[$0] } ?? night
        let joint = tops.first { $0 > bottom && $0 < bottom + 8 }.map { $0 - bottom }
        let block = joint.flatMap { Unicode.Scalar(UInt32(0x2580 + $0)) }
        grid[x, grid.height - 1 - row] = Cell(
          block ?? " ", style: Style(foreground: block == nil ? upper : lower, background: upper))
      }
    }
  }
}
