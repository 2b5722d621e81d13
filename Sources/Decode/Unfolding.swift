import Base
import Charset
import Copybook

/// A condition of an occurrence: it exists when table number `table` has more than `index` occurrences in the record.
struct OccurrenceGuard: Hashable, Sendable {
  let table: Int
  let index: Int
}

/// The stretching of a record with varying tables (OCCURS DEPENDING ON) to the layout's full length, so that every item
/// has one place again and codecs need not know.
///
/// In each set of redefinitions only the chosen groups are stretched; the others only take room.
///
/// The stretched record is divided into areas: area 0 is the record itself; each redefinition in which a table varies
/// gets its own area behind it, since it stretches differently from the item that it redefines.
struct Unfolding: Sendable {
  /// The operation for one item; its children are consecutive in `nodes`.
  struct Node: Sendable {
    enum Work: Sendable {
      /// Copies the item's bytes.
      case copy
      /// Copies the items below in sequence.
      case group
      /// Copies the items below, each from the same byte on, over at least `room` bytes.
      case alternatives(room: Int)
      /// Copies occurrences in sequence, as many as the counting item gives.
      case table(Table)
    }

    let work: Work
    /// Bytes of one occurrence when all tables are full.
    let length: Int
    /// Place in the stretched record, of the first occurrence of all tables around it.
    let target: Int
    let area: Int
    var children: Range<Int> = 0..<0
  }

  struct Table: Sendable {
    let minimum: Int
    let maximum: Int
    let stride: Int
    /// Number of the table's first instance: one for each occurrence of the tables around it.
    let firstInstance: Int
    /// The source of the number of occurrences; `nil` for a fixed number.
    let count: Count?
  }

  struct Count: Sendable {
    let codec: any FieldCodec
    let target: Int
    let area: Int
    /// The number of tables around this one that also contain the counting item.
    let depth: Int
    /// The counting item's field among the layout's slots, for messages.
    let item: DataItem
  }

  private(set) var nodes: [Node] = []
  private(set) var instances = 0
  private(set) var areas = 1
  /// Bytes of the stretched record.
  private(set) var length: Int
  private(set) var isSliding: Bool
  /// By ``DataItem/identity``.
  private var places: [Int: (area: Int, shift: Int)] = [:]
  /// The first instance of each varying table, by name: names of tables are unique among those around one item.
  private var tables: [String: [(table: DataItem, instance: Int)]] = [:]
  private let choice: CodecChoice
  /// Groups of redefinitions that are not chosen.
  private let hidden: Set<Int>
  /// The byte of a space.
  let space: UInt8

  /// `nil` when no table of the chosen groups varies.
  init?(_ layout: Layout, choosing chosen: Set<String>, slides: Bool, choice: CodecChoice) throws(Diagnostic) {
    hidden = Set(layout.alternatives.joined().filter { !chosen.contains($0.name) }.map(\.identity))
    guard Self.varies(layout.root, hidden) else { return nil }
    self.choice = choice
    space = choice.reading.characters.singleSpace
    length = layout.length
    isSliding = slides
    nodes = [Node(work: .copy, length: 0, target: 0, area: 0)]
    var path = Path(layout: layout)
    nodes[0] = try build(layout.root, shift: 0, area: 0, &path)
  }

  private static func varies(_ item: DataItem, _ hidden: Set<Int>) -> Bool {
    !hidden.contains(item.identity) && (item.dependingOn != nil || item.children.contains { varies($0, hidden) })
  }

  private func varies(_ item: DataItem) -> Bool { Self.varies(item, hidden) }

  func area(of item: DataItem) -> (Int, Int) { places[item.identity].map { ($0.area, $0.shift) } ?? (0, 0) }

  /// The guards of each occurrence of a slot, in the order of its offsets.
  func guards(_ slot: Slot) -> [[OccurrenceGuard]] {
    var all: [(guards: [OccurrenceGuard], flat: Int)] = [([], 0)]
    for dimension in slot.dimensions {
      let table = tables[dimension.name]?.first { contains($0.table, slot.item) }?.instance
      all = all.flatMap { entry in
        (0..<dimension.count).map { index in
          let own = table.map { [OccurrenceGuard(table: $0 + entry.flat, index: index)] } ?? []
          return (entry.guards + own, entry.flat * dimension.count + index)
        }
      }
    }
    return all.map(\.guards)
  }

  // MARK: building

  private struct Path {
    let layout: Layout
    /// The tables around the current item, outermost first, and the product of their occurrences.
    var tables: [DataItem] = []
    var occurrences: Int { tables.reduce(1) { $0 * $1.occurs } }
  }

  private mutating func build(
    _ item: DataItem, shift: Int, area: Int, _ path: inout Path
  ) throws(Diagnostic) -> Node {
    places[item.identity] = (area, shift)
    guard item.isTable, varies(item) else { return try body(item, shift, area, &path) }
    var count: Count?
    if item.dependingOn != nil {
      guard let counting = path.layout.depends(on: item) else {
        throw Diagnostic(.copybookUsage, at: item.place, item.name, item.dependingOn ?? "")
      }
      let shared = path.tables.prefix { contains($0, counting) }.count
      let own = places[counting.identity] ?? (area: 0, shift: 0)
      count = Count(
        codec: try choice.codec(counting), target: counting.offset + own.shift, area: own.area,
        depth: shared, item: counting)
      tables[item.name, default: []].append((item, instances))
    }
    let table = Table(
      minimum: count == nil ? item.occurs : item.occursMinimum, maximum: item.occurs, stride: item.length,
      firstInstance: instances, count: count)
    if count != nil { instances += path.occurrences }
    path.tables.append(item)
    let inner = try body(item, shift, area, &path)
    path.tables.removeLast()
    nodes.append(inner)
    let last = nodes.count - 1
    return Node(
      work: .table(table), length: item.length, target: item.offset + shift, area: area, children: last..<last + 1)
  }

  private func contains(_ table: DataItem, _ item: DataItem) -> Bool {
    table.identity == item.identity || table.children.contains { contains($0, item) }
  }

  private mutating func body(
    _ item: DataItem, _ shift: Int, _ area: Int, _ path: inout Path
  ) throws(Diagnostic) -> Node {
    let target = item.offset + shift
    guard item.children.contains(where: varies) else {
      settle(item, area, shift)
      let length =
        item.isTable && !path.tables.contains { $0.identity == item.identity } ? item.totalLength : item.length
      return Node(work: .copy, length: length, target: target, area: area)
    }
    var groups: [[DataItem]] = []
    for child in item.children {
      if let redefined = child.redefinedIdentity,
        let group = groups.firstIndex(where: { $0.contains { $0.identity == redefined } })
      {
        groups[group].append(child)
      } else {
        groups.append([child])
      }
    }
    var built: [Node] = []
    for group in groups { built.append(try alternatives(group, shift, area, &path)) }
    return append(built, work: .group, length: item.length, target: target, area: area)
  }

  private mutating func append(_ built: [Node], work: Node.Work, length: Int, target: Int, area: Int) -> Node {
    let first = nodes.count
    nodes += built
    return Node(work: work, length: length, target: target, area: area, children: first..<nodes.count)
  }

  private mutating func alternatives(
    _ group: [DataItem], _ shift: Int, _ area: Int, _ path: inout Path
  ) throws(Diagnostic) -> Node {
    let seen = group.filter { !hidden.contains($0.identity) }
    // An unchosen group of fixed length keeps its room; the room of a varying one is unknown.
    let room = group.filter { hidden.contains($0.identity) && !Self.varies($0, []) }.map(\.totalLength).max() ?? 0
    if seen.count == 1, room == 0 { return try build(seen[0], shift: shift, area: area, &path) }
    let isVarying = seen.contains(where: varies)
    var built: [Node] = []
    for (index, item) in seen.enumerated() {
      guard isVarying, index > 0 else {
        built.append(try build(item, shift: shift, area: area, &path))
        continue
      }
      let own = areas
      areas += 1
      let start = length
      // The enclosing tables repeat the redefinition: each one's first occurrence has room at its distance.
      let reach = path.tables.reduce(item.totalLength) { $0 + ($1.occurs - 1) * $1.length }
      length += reach
      built.append(try build(item, shift: start - item.offset, area: own, &path))
    }
    return append(
      built, work: .alternatives(room: room), length: group.map(\.totalLength).max() ?? 0,
      target: group[0].offset + shift, area: area)
  }

  private mutating func settle(_ item: DataItem, _ area: Int, _ shift: Int) {
    places[item.identity] = (area, shift)
    for child in item.children { settle(child, area, shift) }
  }
}
