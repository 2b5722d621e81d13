import Evidence

/// Finds the items that DEPENDING ON and RENAMES name.
struct NameResolution {
  /// By identity.
  private var items: [DataItem] = []
  private var parents: [Int] = []
  private var named: [String: [Int]] = [:]
  /// Items before the first entry: 1 where there is a root that no entry describes.
  private let added: Int

  init(_ root: DataItem) {
    added = root.level == 0 ? 1 : 0
    collect(root, -1)
  }

  private mutating func collect(_ item: DataItem, _ parent: Int) {
    items.append(item)
    parents.append(parent)
    named[item.name, default: []].append(item.identity)
    for child in item.children { collect(child, item.identity) }
  }

  // MARK: OCCURS DEPENDING ON

  /// - Throws: `copybook.reference` where no elementary item of that name stands before the table.
  mutating func resolveTables(in item: inout DataItem) throws(Diagnostic) {
    if !item.dependingOnPath.isEmpty {
      let table = item
      let candidates = found(table.dependingOnPath).filter { $0 < table.identity && !items[$0].isGroup }
      guard let best = candidates.max(by: { shared($0, table.identity) < shared($1, table.identity) }) else {
        throw Diagnostic(
          .copybookReference, at: table.dependingOnPlace ?? table.place,
          table.dependingOnPath.joined(separator: " OF "), "an elementary item that stands before \(table.name)")
      }
      item.dependingOnIdentity = best
    }
    for index in item.children.indices { try resolveTables(in: &item.children[index]) }
  }

  /// Items of that name and within groups of the names after it, in order of appearance.
  private func found(_ path: [String]) -> [Int] {
    (named[path[0]] ?? []).filter { identity in
      var rest = path.dropFirst()
      for group in ancestors(identity) where items[group].name == rest.first { rest.removeFirst() }
      return rest.isEmpty
    }
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

  /// How near two items are: groups they share, then order of appearance.
  private func shared(_ identity: Int, _ table: Int) -> (Int, Int) {
    (Set(ancestors(identity)).intersection(ancestors(table)).count, identity)
  }

  // MARK: RENAMES

  /// - Throws: `copybook.reference` where an item is not in the record before the entry, or THRU goes backwards.
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
    let top = last < 0 ? last : ([last] + ancestors(last)).last { items[$0].level > 0 } ?? last
    guard last >= 0, let identity = found(path).last(where: { (top...last).contains($0) }) else {
      throw Diagnostic(
        .copybookReference, at: renaming.place, path.joined(separator: " OF "), "an item of the record before level 66")
    }
    return items[identity]
  }
}
