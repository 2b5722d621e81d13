import Base
import Framing
import Records

/// Where one cell of a delimited record is, and how it is written.
struct CellPlace {
  enum State: UInt8 { case missing, broken, plain, quoted }

  /// Of the first byte without quotes, from ``CellPlaces/base``.
  var start = 0
  var count = 0
  var state = State.missing
  /// Of the cell's first byte, quotes included, from the record's beginning.
  var source = 0
  var length = 0
}

/// Where the cells of a block's delimited records are. One per decoder; its buffers are allocated once and grow.
final class CellPlaces {
  private let syntax: CellSyntax
  /// The number of cells of a record, and for each item the column in which the file has it.
  private let width: Int
  private let columns: [Int]
  /// For each column of the file its item.
  private let items: [Int]
  private(set) var places = UnsafeMutablePointer<CellPlace>.allocate(capacity: 0)
  private var capacity = 0
  private var buffer = ByteBuffer()
  private var rows = 0
  /// For each record, the number of cells beyond the items'.
  private(set) var excess: [Int] = []

  init(_ syntax: CellSyntax, width: Int, columns: [Int]) {
    self.syntax = syntax
    self.width = width
    self.columns = columns.isEmpty ? Array(0..<width) : columns
    var items = Array(0..<width)
    for (item, column) in self.columns.enumerated() { items[column] = item }
    self.items = items
  }

  deinit { places.deallocate() }

  /// The bytes that places count in.
  var base: UnsafePointer<UInt8> { UnsafePointer(buffer.base) }

  /// The places of one item, row after row.
  func cells(of item: Int) -> UnsafePointer<CellPlace> { UnsafePointer(places + item * rows) }

  /// Finds the cells of each record, and copies them without quotes.
  func find(_ block: RecordBlock, layoutLength: Int) {
    rows = block.count
    let needed = rows * width
    if needed > capacity {
      places.deallocate()
      places = .allocate(capacity: needed)
      capacity = needed
    }
    places.initialize(repeating: CellPlace(), count: needed)
    var total = 0
    for row in 0..<rows { total += block.lengths?[row] ?? layoutLength }
    buffer.removeAll(for: total)
    let bytes = buffer.base
    excess = Array(repeating: 0, count: rows)
    var end = 0
    for row in 0..<rows {
      let record = block.base + block.starts[row]
      let length = block.lengths?[row] ?? layoutLength
      var (start, column) = (0, 0)
      // A line without a byte is no cell at all, unless a record is one cell.
      if length == 0, width > 1 { continue }
      repeat {
        let first = start
        let cell = syntax.next(record, length, &start)
        guard column < width else {
          column += 1
          continue
        }
        let place = places + items[column] * rows + row
        place.pointee.source = first
        place.pointee.length = min(start - 1, length) - first
        place.pointee.state = cell.isBroken ? .broken : cell.isQuoted ? .quoted : .plain
        place.pointee.start = end
        if cell.hasDoubledQuotes {
          var isSecond = false
          for at in cell.bytes {
            isSecond = record[at] == 0x22 && !isSecond
            if record[at] != 0x22 || isSecond {
              bytes[end] = record[at]
              end += 1
            }
          }
        } else {
          (bytes + end).update(from: record + cell.bytes.lowerBound, count: cell.bytes.count)
          end += cell.bytes.count
        }
        place.pointee.count = end - place.pointee.start
        column += 1
      } while start <= length
      excess[row] = max(0, column - width)
    }
  }

  func place(_ item: Int, _ row: Int) -> CellPlace { places[item * rows + row] }
}
