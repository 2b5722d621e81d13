import Evidence

/// USAGE of an elementary item.
package enum Usage: String, Hashable, Sendable {
  case display = "DISPLAY"
  case packed = "COMP-3"
  case binary = "COMP"
  case nativeBinary = "COMP-5"
  /// COMP-X: unsigned, high byte first, as many bytes as the picture has X, or as hold its digits.
  case byteBinary = "COMP-X"
  /// Packed without a sign half-byte: COMP-6, COMP-3U.
  case packedUnsigned = "COMP-6"
  /// COMP-9: low byte first.
  case littleBinary = "COMP-9"
  case float = "COMP-1"
  case double = "COMP-2"
  case national = "NATIONAL"
}

/// Where the sign of a zoned number stands.
package struct SignPosition: Hashable, Sendable {
  package var leading = false
  package var separate = false
}

/// One entry of a copybook with its place in the record: a group or an elementary item.
package struct DataItem: Hashable, Sendable {
  package let level: Int
  /// `FILLER` where the copybook gives none.
  package let name: String
  package let place: Place
  package var redefines: String?
  package var picture: Picture?
  package var usage: Usage = .display
  package var sign = SignPosition()
  package var justifiedRight = false
  package var blankWhenZero = false
  /// How often the item occurs, 1 when it is no table.
  package var occurs = 1
  package var isTable = false
  /// OCCURS m TO n: m, and the item whose value says how many there are. ``occurs`` is n.
  package var occursMinimum = 1
  package var dependingOn: String?
  package var conditions: [Condition] = []
  package var children: [DataItem] = []
  /// The usage the entry itself names, `nil` where it inherits one.
  var explicitUsage: Usage?

  /// Byte offset of the first occurrence from the record's start.
  package var offset = 0
  /// Bytes of one occurrence.
  package var length = 0

  /// Bytes of all occurrences.
  package var totalLength: Int { length * occurs }
  package var isGroup: Bool { picture == nil && usage != .float && usage != .double }
  package var isFiller: Bool { name == "FILLER" }

  /// A condition-name (level 88) and its values as written.
  package struct Condition: Hashable, Sendable {
    package let name: String
    package let values: [String]
  }
}

/// A record as a copybook lays it out.
package struct Layout: Hashable, Sendable {
  package let file: String
  package let root: DataItem
  package var length: Int { root.totalLength }

  /// The item that says how often `table` occurs (DEPENDING ON), `nil` for a table that does not vary.
  package func depends(on table: DataItem) -> DataItem? {
    func find(_ item: DataItem) -> DataItem? {
      item.name == table.dependingOn ? item : item.children.lazy.compactMap(find).first
    }
    return find(root)
  }

  /// The items of the record that redefine one another, by the name of the first: `[first, second, …]`.
  package var alternatives: [[DataItem]] {
    var sets: [[DataItem]] = []
    func visit(_ item: DataItem) {
      for child in item.children {
        if let target = child.redefines {
          if let set = sets.firstIndex(where: { $0.contains { $0.name == target } }) {
            sets[set].append(child)
          } else if let first = item.children.first(where: { $0.name == target }) {
            sets.append([first, child])
          }
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
    let hidden = alternatives.flatMap { set in set.map(\.name).filter { !chosen.contains($0) } }
    var slots: [Slot] = []
    func visit(_ item: DataItem, _ dimensions: [Dimension]) {
      if hidden.contains(item.name), !item.isFiller { return }
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
}
