import Base
import Copybook
import Records

/// Stretches the records of a block by an ``Unfolding``. One per shard; its buffers are allocated once and grow.
final class Unfolder {
  private let plan: Unfolding
  private var memory = ByteBuffer()
  private var buffer: UnsafeMutablePointer<UInt8> { memory.base }
  /// The number of records that the buffers hold.
  private var capacity = 0
  private var starts = UnsafeMutablePointer<Int>.allocate(capacity: 0)
  private let scratch: [Column]
  /// `counts[instance * rows + row]`: occurrences of a table in a record.
  private(set) var counts: [Int] = []
  /// `ends[area * rows + row]`: place in the stretched record at which the record's bytes ended, `Int.max` when they
  /// did not.
  private(set) var ends: [Int] = []
  /// For each record, the number of bytes beyond those that its tables require, including bytes that belong only to an
  /// unchosen group, unless they are blank; negative when it has fewer.
  private(set) var excess: [Int] = []
  /// For a block of one record: the origins of the parts of the stretched record.
  private var pieces: [(target: Int, source: Int, count: Int)] = []
  /// `lost[area * rows + row]`: place in the stretched record from which the places of items are unknown, since an
  /// earlier table has an impossible number of occurrences; `Int.max` when all are known.
  private(set) var lost: [Int] = []
  /// Tables (and rows) whose number of occurrences is outside the copybook's range, or cannot be read.
  private var wrong: Set<Wrong> = []
  private struct Wrong: Hashable {
    let instance: Int
    let row: Int
  }

  private(set) var rows = 0

  private var row = 0
  private var source: UnsafePointer<UInt8>
  private var available = 0
  private var unseen = 0
  /// The distances that the current occurrences add to a place, for no table, one table, two …
  private var bases: [Int] = [0]

  init(_ plan: Unfolding) {
    self.plan = plan
    source = UnsafePointer(memory.base)
    scratch = plan.nodes.map { node in
      if case .table(let table) = node.work, let count = table.count { return Column(count.codec.type) }
      return Column(.integer)
    }
  }

  deinit { starts.deallocate() }

  func isWrong(_ instance: Int, _ row: Int) -> Bool {
    !wrong.isEmpty && wrong.contains(Wrong(instance: instance, row: row))
  }

  /// The block's records, stretched; valid until the next call.
  func unfold(_ block: RecordBlock, layoutLength: Int) -> RecordBlock {
    rows = block.count
    if rows > capacity {
      starts.deallocate()
      capacity = rows
      memory.removeAll(for: rows * plan.length)
      starts = .allocate(capacity: rows)
      for row in 0..<rows { (starts + row).initialize(to: row * plan.length) }
    }
    counts = Array(repeating: 0, count: rows * plan.instances)
    ends = Array(repeating: Int.max, count: rows * plan.areas)
    excess = Array(repeating: 0, count: rows)
    lost = Array(repeating: Int.max, count: rows * plan.areas)
    wrong.removeAll(keepingCapacity: true)
    pieces = []
    for row in 0..<rows {
      self.row = row
      source = block.base + block.starts[row]
      available = block.lengths?[row] ?? layoutLength
      // Missing parts of a record are spaces: nothing of one block is left for the next.
      (buffer + row * plan.length).update(repeating: plan.space, count: plan.length)
      unseen = 0
      var cursor = 0
      visit(0, &cursor, 0)
      excess[row] = unseen > 0 ? max(0, available - cursor) + unseen : available - cursor
    }
    return stretched
  }

  /// The records of the last block, stretched.
  var stretched: RecordBlock {
    RecordBlock(base: UnsafePointer(buffer), starts: UnsafeBufferPointer(start: starts, count: rows))
  }

  /// The number of bytes of the record at `record`, from its tables: for files in which nothing else gives the length
  /// of a record. `nil` when `available` bytes do not hold it.
  func length(of record: UnsafePointer<UInt8>, available: Int) -> Int? {
    withUnsafePointer(to: 0) { start in
      withUnsafePointer(to: available) { length in
        _ = unfold(
          RecordBlock(
            base: record, starts: UnsafeBufferPointer(start: start, count: 1),
            lengths: UnsafeBufferPointer(start: length, count: 1)), layoutLength: available)
      }
    }
    return excess[0] >= 0 ? available - excess[0] : nil
  }

  /// The place in the record of a byte of the stretched record; only for a block of one record.
  func source(of target: Int) -> Int? {
    pieces.first { $0.target <= target && target < $0.target + $0.count }.map { $0.source + target - $0.target }
  }

  /// Bytes of a stretched record.
  func bytes(_ row: Int, _ offset: Int, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer + row * plan.length + offset, count: count)
  }

  private func visit(_ index: Int, _ cursor: inout Int, _ flat: Int) {
    let node = plan.nodes[index]
    switch node.work {
    case .copy: copy(node.length, node, &cursor)
    case .group: for child in node.children { visit(child, &cursor, flat) }
    case .alternatives(let room):
      let start = cursor
      var end = start
      for child in node.children {
        cursor = start
        visit(child, &cursor, flat)
        end = max(end, cursor)
      }
      cursor = max(end, start + room)
      unseen += Blank.rest(source, from: end, to: min(cursor, available), space: plan.space)
    case .table(let table):
      let count = occurrences(table, index, flat)
      let base = bases[bases.count - 1]
      bases.append(base)
      for occurrence in 0..<count {
        bases[bases.count - 1] = base + occurrence * table.stride
        for child in node.children { visit(child, &cursor, flat * table.maximum + occurrence) }
      }
      bases.removeLast()
      if !plan.isSliding {
        keep((table.maximum - count) * table.stride, node.target + base + count * table.stride, &cursor)
      }
    }
  }

  /// Copies the bytes behind the count of a table with fixed room: bytes that no item of the record holds.
  private func keep(_ length: Int, _ target: Int, _ cursor: inout Int) {
    let present = max(0, min(length, available - cursor))
    if present > 0 { (buffer + row * plan.length + target).update(from: source + cursor, count: present) }
    cursor += length
  }

  private func copy(_ length: Int, _ node: Unfolding.Node, _ cursor: inout Int) {
    let target = node.target + bases[bases.count - 1]
    let present = max(0, min(length, available - cursor))
    if present > 0 { (buffer + row * plan.length + target).update(from: source + cursor, count: present) }
    if rows == 1 { pieces.append((target, cursor, length)) }
    if present < length {
      let place = node.area * rows + row
      ends[place] = min(ends[place], target + present)
    }
    cursor += length
  }

  private func occurrences(_ table: Unfolding.Table, _ index: Int, _ flat: Int) -> Int {
    guard let count = table.count else { return table.maximum }
    let instance = table.firstInstance + flat
    // A record that ends before the counting item, or within it, has no table; the item itself reports it.
    let place = count.target + bases[min(count.depth, bases.count - 1)]
    if place + count.item.length > ends[count.area * rows + row] { return 0 }
    let column = scratch[index]
    column.removeAll()
    var oddities = OddityCount()
    let start = row * plan.length + place
    withUnsafePointer(to: start) { start in
      let block = RecordBlock(base: UnsafePointer(buffer), starts: UnsafeBufferPointer(start: start, count: 1))
      count.codec.decode(block, at: 0, into: column, oddities: &oddities)
    }
    var number = -1
    if column.states[0] == 0 {
      switch column.type {
      case .integer: number = Int(clamping: column.integers[0])
      case .text: number = Int(String(decoding: column.text(0), as: UTF8.self)) ?? -1
      default: break
      }
    }
    if number < table.minimum || number > table.maximum {
      wrong.insert(Wrong(instance: instance, row: row))
      let lostPlace = plan.nodes[index].area * rows + row
      if plan.isSliding { lost[lostPlace] = min(lost[lostPlace], plan.nodes[index].target + bases[bases.count - 1]) }
      number = 0
    }
    counts[instance * rows + row] = number
    return number
  }
}
