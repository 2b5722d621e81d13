import Base
import Copybook
import Records

/// The personal bytes of a record: those of the named items, of all items below a named group, and therefore of every
/// item that redefines any of them.
struct PrivateBytes {
  private var ranges: [(bytes: Range<Int>, privacy: Privacy)] = []

  /// - Parameters:
  ///   - named: the privacy by title among `names`.
  ///   - chosen: the redefinitions that count, as in ``Layout/slots(choosing:)``.
  init(_ layout: Layout, _ named: [String: Privacy], _ names: NameTable, _ chosen: Set<String>) {
    guard !named.isEmpty else { return }
    var inherited: [Int: Privacy] = [:]
    func visit(_ item: DataItem, _ above: Privacy) {
      let own = Privacy.stricter(above, names.title(item.identity).flatMap { named[$0] } ?? .open)
      inherited[item.identity] = own
      for child in item.children { visit(child, own) }
    }
    visit(layout.root, .open)
    for slot in layout.slots(choosing: chosen) {
      guard let privacy = inherited[slot.item.identity], privacy != .open else { continue }
      ranges += Self.occurrences(slot).map { ($0, privacy) }
    }
  }

  private static func occurrences(_ slot: Slot) -> [Range<Int>] {
    slot.offsets.map { $0..<$0 + slot.item.length }
  }

  /// The strictest privacy of the bytes of all occurrences of the slot.
  func privacy(of slot: Slot) -> Privacy {
    guard !ranges.isEmpty else { return .open }
    var privacy = Privacy.open
    for place in Self.occurrences(slot) {
      for range in ranges where range.bytes.overlaps(place) { privacy = Privacy.stricter(privacy, range.privacy) }
    }
    return privacy
  }
}
