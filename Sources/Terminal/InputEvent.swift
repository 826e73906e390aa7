/// What a user did, decoded.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something over a cell.
  case mouse(MouseEvent)
  /// Text was pasted (bracketed paste), whole.
  case paste(String)
  /// The window has a new size, in cells.
  case resize(width: Int, height: Int)
  /// The terminal's window got (`true`) or lost the focus.
  case focus(Bool)
}

/// A key, as the keymap names it.
public enum Key: Hashable, Sendable {
  /// A printable character, as typed: `L` is a capital.
  case character(Character)
  /// Control and a letter, lower case.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

/// What the mouse did.
public struct MouseEvent: Hashable, Sendable {
  /// The kinds of act.
  public enum Action: Hashable, Sendable {
    case press, release, drag
    case scrollUp, scrollDown
  }

  /// The buttons that Lodestone listens to.
  public enum Button: Hashable, Sendable {
    case left, middle, right, none
  }

  /// What was done.
  public let action: Action
  /// With which button; `none` for the wheel.
  public let button: Button
  /// Column, from zero.
  public let x: Int
  /// Row, from zero.
  public let y: Int

  /// An act at a cell.
  public init(action: Action, button: Button, x: Int, y: Int) {
    self.action = action
    self.button = button
    self.x = x
    self.y = y
  }
}
