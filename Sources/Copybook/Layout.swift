/// A record as a copybook lays it out.
package struct Layout: Hashable, Sendable {
  package let file: String
  /// The record; where the copybook describes several, a level 0 item `RECORD` over them.
  package let root: DataItem
  /// Level 66 entries.
  package let renames: [Renaming]
  /// Every item, by ``DataItem/identity``.
  package let items: [DataItem]

  init(file: String, root: DataItem, renames: [Renaming]) {
    self.file = file
    self.root = root
    self.renames = renames
    var items: [DataItem] = []
    func collect(_ item: DataItem) {
      items.append(item)
      item.children.forEach(collect)
    }
    collect(root)
    self.items = items
  }

  /// Bytes of the longest record, tables being as long as they can be.
  package var length: Int { root.totalLength }

  /// The level 01 and 77 items, which describe the same area each in its own way; the whole layout where it has none.
  package var records: [DataItem] {
    root.level == 0 && root.children.allSatisfy(\.isRecord) ? root.children : [root]
  }

  /// The item whose value says how often `table` occurs (OCCURS DEPENDING ON).
  package func depends(on table: DataItem) -> DataItem? { table.dependingOnIdentity.map { items[$0] } }

  /// The items of the record that redefine one another, by the name of the first: `[first, second, …]`.
  package var alternatives: [[DataItem]] {
    var sets: [[DataItem]] = []
    var setOf: [Int: Int] = [:]
    func visit(_ item: DataItem) {
      for child in item.children {
        if let target = child.redefinedIdentity {
          if let set = setOf[target] {
            sets[set].append(child)
          } else {
            setOf[target] = sets.count
            sets.append([items[target], child])
          }
          setOf[child.identity] = setOf[target]
        }
        visit(child)
      }
    }
    visit(root)
    return sets
  }

  /// The elementary items of the record when, of every set of redefinitions, only the named groups count.
  ///
  /// An item within tables appears once, with its dimensions from the outermost inwards. FILLER is included.
  package func slots(choosing chosen: Set<String>) -> [Slot] {
    let hidden = Set(alternatives.joined().filter { !chosen.contains($0.name) }.map(\.identity))
    var slots: [Slot] = []
    func visit(_ item: DataItem, _ dimensions: [Dimension]) {
      if hidden.contains(item.identity) { return }
      let here =
        item.isTable ? dimensions + [Dimension(name: item.name, count: item.occurs, stride: item.length)] : dimensions
      if item.isGroup {
        for child in item.children { visit(child, here) }
      } else {
        slots.append(Slot(item: item, dimensions: here))
      }
    }
    visit(root, [])
    return slots
  }
}

/// A table (OCCURS) around an item.
package struct Dimension: Hashable, Sendable {
  package let name: String
  package let count: Int
  package let stride: Int

  package init(name: String, count: Int, stride: Int) {
    self.name = name
    self.count = count
    self.stride = stride
  }
}

/// An elementary item with the tables it lies in.
package struct Slot: Hashable, Sendable {
  package let item: DataItem
  package let dimensions: [Dimension]
  package var name: String { item.name }
  package var totalLength: Int { dimensions.reduce(item.length) { $0 * $1.count } }
  package var occurrences: Int { dimensions.reduce(1) { $0 * $1.count } }

  /// Byte offset of each occurrence from the record's start, the innermost table's occurrences next to one another.
  package var offsets: [Int] {
    dimensions.reduce([item.offset]) { starts, dimension in
      starts.flatMap { start in (0..<dimension.count).map { start + $0 * dimension.stride } }
    }
  }
}
