import Terminal

/// The list of themes, open over the screen that each of them is tried on.
public struct ThemePreview: Hashable, Sendable {
  /// The theme to go back to, by its index.
  public var original: Int
  /// The first theme in sight.
  var top = 0

  /// A list that began at a theme.
  public init(original: Int) {
    self.original = original
  }
}

extension AppState {
  /// Opens the list of themes at the one in use.
  mutating func openThemes() {
    guard themes.count > 1 else {
      message = Message("\(theme.name) is the only theme")
      return
    }
    themePreview = ThemePreview(original: themeIndex)
    previewTheme(themeIndex)
  }

  /// Takes the next theme, without a list.
  mutating func cycleTheme() {
    guard themes.count > 1 else {
      message = Message("\(theme.name) is the only theme")
      return
    }
    themeIndex = (themeIndex + 1) % themes.count
    message = Message("Theme: \(theme.name)")
  }

  /// Shows the screen in a theme while the list is open.
  mutating func previewTheme(_ index: Int) {
    guard themePreview != nil else { return }
    themeIndex = min(max(index, 0), themes.count - 1)
    let scroll = TableScroll(selected: themeIndex, top: themePreview?.top ?? 0)
    let visible = ThemePreviewView.visibleRows(self, Layout(width: width, height: height))
    themePreview?.top = scroll.settled(count: themes.count, visible: visible).top
  }

  /// Closes the list and keeps the theme that is shown.
  mutating func keepTheme() {
    themePreview = nil
    message = Message("Theme: \(theme.name)")
  }

  /// Closes the list and goes back to the theme before.
  mutating func leaveThemes() {
    guard let preview = themePreview else { return }
    themeIndex = min(max(preview.original, 0), themes.count - 1)
    themePreview = nil
  }

  /// What a key does while the list of themes is open; nil where it does what it always does.
  mutating func handleInThemes(_ action: Action, _ key: Key) -> [Effect]? {
    guard key != .enter else {
      keepTheme()
      return []
    }
    switch action {
    case .open: keepTheme()
    case .leave: leaveThemes()
    case .chooseTheme, .cycleTheme: previewTheme((themeIndex + 1) % themes.count)
    case .crosshairUp: previewTheme(themeIndex - 1)
    case .crosshairDown: previewTheme(themeIndex + 1)
    case .crosshairFirst, .panLeft: previewTheme(0)
    case .crosshairLast, .panRight: previewTheme(themes.count - 1)
    case .redraw, .togglePause, .saveScreen: return nil
    case .quit, .suspend:
      // What was only looked at isn't what the program ends with.
      leaveThemes()
      return nil
    default: break
    }
    return []
  }
}
