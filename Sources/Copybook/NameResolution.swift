import Base

/// Finds the items that DEPENDING ON and RENAMES name, whose names must be unique in their record.
struct NameResolution {
  /// The items by identity.
  private var items: [DataItem] = []
  private var parents: [Int] = []
  private let names: NameTable
  /// The number of items before the first entry: 1 when there is a root that no entry describes.
  private let added: Int

  init(_ root: DataItem) {
    added = root.level == 0 ? 1 : 0
    names = Layout.names(root, hiding: [])
    collect(root, -1)
  }

  private mutating func collect(_ item: DataItem, _ parent: Int) {
    items.append(item)
    parents.append(parent)
    for child in item.children { collect(child, item.identity) }
  }

  // MARK: OCCURS DEPENDING ON

  /// When the table's record has no such item, those of other records count.
  ///
  /// - Throws: `copybook.reference` when no elementary item of that name precedes the table, `name.ambiguous`.
  mutating func resolveTables(in item: inout DataItem) throws(Diagnostic) {
    if !item.dependingOnPath.isEmpty {
      let table = item
      let place = table.dependingOnPlace ?? table.place
      let name = table.dependingOnPath.joined(separator: " OF ")
      let record = record(of: table.identity)
      let own = names.ids(name).contains { self.record(of: $0) == record }
      let found = try names.find(name, at: place) { !own || self.record(of: $0) == record }
      guard let found, found < table.identity, !items[found].isGroup else {
        throw Diagnostic(.copybookReference, at: place, name, "an elementary item that stands before \(table.name)")
      }
      // A repeated item has many values, unless the table is in the same occurrence.
      let around = ancestors(table.identity)
      if ([found] + ancestors(found)).contains(where: { items[$0].isTable && !around.contains($0) }) {
        throw Diagnostic(
          .copybookReference, at: place, name, "an item in no table (OCCURS) but those around \(table.name)")
      }
      item.dependingOnIdentity = found
    }
    for index in item.children.indices { try resolveTables(in: &item.children[index]) }
  }

  /// The outermost entry around an item.
  private func record(of identity: Int) -> Int {
    ([identity] + ancestors(identity)).last { items[$0].level > 0 } ?? identity
  }

  /// Groups around an item, innermost first.
  private func ancestors(_ identity: Int) -> [Int] {
    var chain: [Int] = []
    var group = parents[identity]
    while group >= 0 {
      chain.append(group)
      group = parents[group]
    }
    return chain
  }

  // MARK: RENAMES

  /// - Throws: `copybook.reference` when an item is not in the record before the entry, or THRU goes backwards.
  func resolve(_ renames: [Renaming]) throws(Diagnostic) -> [Renaming] {
    var resolved: [Renaming] = []
    for var renaming in renames {
      let from = try item(renaming.from, of: renaming)
      let through = try renaming.through.map { names throws(Diagnostic) in try item(names, of: renaming) } ?? from
      let end = through.offset + through.totalLength
      guard through.offset >= from.offset, end > from.offset else {
        throw Diagnostic(
          .copybookReference, at: renaming.place, through.name, "an item that does not stand before \(from.name)")
      }
      renaming.offset = from.offset
      renaming.length = end - from.offset
      resolved.append(renaming)
    }
    return resolved
  }

  private func item(_ path: [String], of renaming: Renaming) throws(Diagnostic) -> DataItem {
    let last = renaming.order - 1 + added
    let name = path.joined(separator: " OF ")
    guard last >= 0, case let top = record(of: last),
      let identity = try names.find(name, at: renaming.place, among: { (top...last).contains($0) })
    else {
      throw Diagnostic(.copybookReference, at: renaming.place, name, "an item of the record before level 66")
    }
    return items[identity]
  }
}
