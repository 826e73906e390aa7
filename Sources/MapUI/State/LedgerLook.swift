/// How the ledger is looked at.
struct LedgerLook: Hashable, Sendable {
  /// The panes, in the order in which a key walks them.
  enum Pane: Int, CaseIterable, Hashable, Sendable {
    /// Magnets and their lives.
    case magnets
    /// Stop hunts.
    case hunts
    /// What the map means now, and how often each label came true.
    case reading
  }

  /// The pane that keys go to.
  var focus = Pane.magnets
  /// Where each pane is scrolled to.
  var scrolls: [Pane: TableScroll] = [:]
  /// The order of the magnets.
  var magnetOrder = MagnetOrder.newest
  /// The order of the stop hunts.
  var huntOrder = HuntOrder.newest
}
