import Base
import Records

/// Rows for one table, in COPY's text form.
final class CopyBuffer {
  private var buffer = ByteBuffer()

  /// Valid until rows are next appended.
  var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }
  var count: Int { buffer.count }

  func removeAll() { buffer.removeAll() }

  /// A text with U+0000, or a date with unknown parts for a column of type `date`, which PostgreSQL cannot store.
  struct Unstorable: Error {
    let row: Int
    let column: Int
  }

  /// How a column writes dates.
  enum Dates {
    /// The empty date as `0000-00-00`, or as NULL.
    case text, optionalText
    /// `date`, `timestamp`: the empty date as NULL, no end as infinity.
    case calendar
  }

  /// Appends all rows of a batch; null and invalid values are both null.
  ///
  /// - Throws: `Unstorable`; no row of the batch is then appended.
  func append(_ batch: Batch, dates: [Dates]) throws(Unstorable) {
    var room = 0
    for column in batch.columns { room += Self.room(column, batch.count) }
    buffer.reserve(room)
    let sources = zip(batch.columns, dates).map(Source.init)
    var out = buffer.end
    for row in 0..<batch.count {
      for (index, source) in sources.enumerated() {
        guard source.write(row, &out) else { throw Unstorable(row: row, column: index) }
        out[0] = UInt8(ascii: "\t")
        out += 1
      }
      out[-1] = UInt8(ascii: "\n")
    }
    buffer.count = out - buffer.base
  }

  /// The largest number of bytes of a column, tabs included: every byte of a text may need a backslash.
  private static func room(_ column: Column, _ rows: Int) -> Int {
    switch column.type {
    case .integer, .flag: rows * 21
    case .date: rows * (StoredDate.length + 1)
    case .decimal(let scale): rows * (StoredDecimal.room(scale: scale) + 1)
    case .text: rows * 3 + column.byteCount * 2
    }
  }

  /// A column's storage, so that values are written without counting or checking.
  private struct Source {
    let type: ValueType
    let dates: Dates
    let states: UnsafeMutablePointer<UInt8>
    let integers: UnsafeMutablePointer<Int64>
    let wides: UnsafeMutablePointer<Int128>
    let ends: UnsafeMutablePointer<Int>
    let bytes: UnsafeMutablePointer<UInt8>

    init(_ column: Column, _ dates: Dates) {
      type = column.type
      self.dates = dates
      states = column.states
      integers = column.integers
      wides = column.wides
      ends = column.ends
      bytes = column.bytes
    }

    /// False for a text that cannot be stored.
    @inline(__always)
    func write(_ row: Int, _ out: inout UnsafeMutablePointer<UInt8>) -> Bool {
      if states[row] != 0, type != .date || dates != .text {
        (out[0], out[1]) = (UInt8(ascii: "\\"), UInt8(ascii: "N"))
        out += 2
        return true
      }
      switch type {
      case .integer, .flag: CopyBuffer.write(integers[row], &out)
      case .date where dates == .calendar && integers[row] == CivilDate.noEnd:
        for byte in "infinity".utf8 {
          out[0] = byte
          out += 1
        }
      case .date where dates == .calendar && CivilDate.dayNumber(integers[row]) == nil: return false
      case .date:
        StoredDate.write(integers[row], to: out)
        out += StoredDate.length
      case .decimal(let scale): out += StoredDecimal.write(wides[row], scale: scale, to: out)
      case .text:
        let start = row == 0 ? 0 : ends[row - 1]
        return CopyBuffer.write(UnsafeBufferPointer(start: bytes + start, count: ends[row] - start), &out)
      }
      return true
    }
  }

  private static func write(_ value: Int64, _ out: inout UnsafeMutablePointer<UInt8>) {
    var rest = value.magnitude
    var size = value < 0 ? 2 : 1
    while rest > 9 {
      rest /= 10
      size += 1
    }
    rest = value.magnitude
    var at = size
    repeat {
      at -= 1
      out[at] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { out[0] = 45 }
    out += size
  }

  private static func write(_ text: UnsafeBufferPointer<UInt8>, _ out: inout UnsafeMutablePointer<UInt8>) -> Bool {
    for byte in text {
      if byte > 13, byte != UInt8(ascii: "\\") {
        out[0] = byte
        out += 1
        continue
      }
      let letter: UInt8
      switch byte {
      case 0: return false
      case 9: letter = UInt8(ascii: "t")
      case 10: letter = UInt8(ascii: "n")
      case 13: letter = UInt8(ascii: "r")
      case UInt8(ascii: "\\"): letter = byte
      default:
        out[0] = byte
        out += 1
        continue
      }
      (out[0], out[1]) = (UInt8(ascii: "\\"), letter)
      out += 2
    }
    return true
  }
}
