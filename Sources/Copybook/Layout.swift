import Base

/// The layout of a record, from a copybook.
package struct Layout: Hashable, Sendable {
  package let file: String
  /// The record; when the copybook describes several, a level 0 item `RECORD` over them.
  package let root: DataItem
  /// Level 66 entries.
  package let renames: [Renaming]
  /// Every item, by ``DataItem/identity``.
  package let items: [DataItem]

  init(file: String, root: DataItem, renames: [Renaming]) {
    self.file = file
    self.renames = renames
    let names = Self.names(root, hiding: [])
    var root = root
    var items: [DataItem] = []
    func collect(_ item: inout DataItem) {
      item.title = names.title(item.identity) ?? item.name
      let index = items.count
      items.append(item)
      for child in item.children.indices { collect(&item.children[child]) }
      items[index] = item
    }
    collect(&root)
    self.root = root
    self.items = items
  }

  /// A layout without groups, of plain text: items of these bytes.
  package init(file: String, items: [(name: String, place: Place, bytes: Range<Int>)]) {
    var root = DataItem(level: 1, name: "RECORD", place: Place(file: file))
    root.occurs = 1
    root.length = items.map(\.bytes.upperBound).max() ?? 0
    root.children = items.enumerated().map { index, entry in
      var item = DataItem(level: 5, name: entry.name, place: entry.place)
      item.identity = index + 1
      item.offset = entry.bytes.lowerBound
      item.length = entry.bytes.count
      item.picture = Picture("X(\(item.length))", .alphanumeric, count: item.length)
      return item
    }
    self.init(file: file, root: root, renames: [])
  }

  /// The names of all items without a root that no entry describes, by ``DataItem/identity``.
  package var names: NameTable { Self.names(root, hiding: []) }

  /// The names of the items that remain when only the chosen groups of every set of redefinitions count.
  package func names(choosing chosen: Set<String>) -> NameTable { Self.names(root, hiding: hidden(chosen)) }

  static func names(_ root: DataItem, hiding hidden: Set<Int>) -> NameTable {
    var entries: [NameTable.Entry] = []
    func visit(_ item: DataItem, _ groups: [String]) {
      if hidden.contains(item.identity) { return }
      if item.level > 0 { entries.append(NameTable.Entry(id: item.identity, name: item.name, groups: groups)) }
      let inner = item.level == 0 || item.isFiller ? groups : [item.name] + groups
      for child in item.children { visit(child, inner) }
    }
    visit(root, [])
    return NameTable(entries)
  }

  private func hidden(_ chosen: Set<String>) -> Set<Int> {
    Set(alternatives.joined().filter { !chosen.contains($0.title) }.map(\.identity))
  }

  /// The length of the longest record in bytes, with all tables at their maximum.
  package var length: Int { root.totalLength }

  /// The level 01 and 77 items, each of which describes the same area; the whole layout when it has none.
  package var records: [DataItem] {
    root.level == 0 && root.children.allSatisfy(\.isRecord) ? root.children : [root]
  }

  /// The item that holds the number of occurrences of `table` (OCCURS DEPENDING ON).
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

  /// The elementary items of the record when only the groups with these titles count in every set of redefinitions.
  ///
  /// An item within tables appears once, with its dimensions from the outermost inwards. FILLER is included.
  package func slots(choosing chosen: Set<String>) -> [Slot] {
    let hidden = hidden(chosen)
    let names = Self.names(root, hiding: hidden)
    var slots: [Slot] = []
    func visit(_ entry: DataItem, _ dimensions: [Dimension]) {
      if hidden.contains(entry.identity) { return }
      var item = entry
      item.title = names.title(item.identity) ?? item.name
      let here =
        item.isTable ? dimensions + [Dimension(name: item.title, count: item.occurs, stride: item.length)] : dimensions
      if item.isGroup {
        for child in item.children { visit(child, here) }
      } else {
        slots.append(Slot(item: item, dimensions: here))
      }
    }
    visit(root, [])
    return slots
  }

  /// The bytes of the layout that belong only to items of unchosen redefinitions: those behind a group that is shorter
  /// than the redefined item or another redefinition.
  package func gaps(choosing chosen: Set<String>) -> [Range<Int>] {
    if chosen.isEmpty { return [] }
    var isGap = [Bool](repeating: false, count: length)
    let all = Set(alternatives.joined().map(\.title))
    for (slots, isNamed) in [(slots(choosing: all), true), (slots(choosing: chosen), false)] {
      for slot in slots {
        for offset in slot.offsets {
          for place in (offset..<offset + slot.item.length).clamped(to: isGap.indices) { isGap[place] = isNamed }
        }
      }
    }
    var gaps: [Range<Int>] = []
    for place in isGap.indices where isGap[place] {
      if let last = gaps.last, last.upperBound == place {
        gaps[gaps.count - 1] = last.lowerBound..<place + 1
      } else {
        gaps.append(place..<place + 1)
      }
    }
    return gaps
  }
}

/// A table (OCCURS) around an item, by its title.
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

/// An elementary item with the tables that contain it.
package struct Slot: Hashable, Sendable {
  package let item: DataItem
  package let dimensions: [Dimension]
  /// The item's title, which no other slot has.
  package var name: String { item.title }
  package var totalLength: Int { dimensions.reduce(item.length) { $0 * $1.count } }
  package var occurrences: Int { dimensions.reduce(1) { $0 * $1.count } }

  /// Byte offset of each occurrence from the record's start, the innermost table's occurrences adjacent.
  package var offsets: [Int] {
    dimensions.reduce([item.offset]) { starts, dimension in
      starts.flatMap { start in (0..<dimension.count).map { start + $0 * dimension.stride } }
    }
  }
}
