import Base

/// How the records of a delimited file (CSV, TSV) are written: one cell for each item, a separator between two, and a
/// line end behind the last.
///
/// A cell that begins with `"` ends with the next `"` that is not doubled; separators and line ends between are part of
/// it. A record ends with LF, CRLF or CR, the last also with the file.
package struct CellSyntax: Hashable, Sendable {
  /// `,` or a tab.
  package let separator: UInt8
  /// The first line has the items' names.
  package let hasHeader: Bool
  /// A byte order mark (EF BB BF) may begin the file.
  package let mayHaveMark: Bool

  package init(separator: UInt8, hasHeader: Bool, mayHaveMark: Bool) {
    self.separator = separator
    self.hasHeader = hasHeader
    self.mayHaveMark = mayHaveMark
  }

  static let quote: UInt8 = 0x22

  /// One cell of a record.
  package struct Cell {
    /// The bytes in the record, without quotes.
    package let bytes: Range<Int>
    /// Whether the cell was in quotes.
    package let isQuoted: Bool
    /// Whether doubled quotes stand for one.
    package let hasDoubledQuotes: Bool
    /// Whether a quote stands where none may: within a cell without quotes, or before more text.
    package let isBroken: Bool
  }

  /// Reads the cell that begins at `start`, and moves `start` to the next; behind the last cell it is `length + 1`.
  @inline(__always)
  package func next(_ record: UnsafePointer<UInt8>, _ length: Int, _ start: inout Int) -> Cell {
    let first = start
    var end = first
    if first < length, record[first] == Self.quote {
      var isDoubled = false
      end += 1
      while end < length {
        if record[end] != Self.quote {
          end += 1
        } else if end + 1 < length, record[end + 1] == Self.quote {
          isDoubled = true
          end += 2
        } else {
          break
        }
      }
      let close = min(end, length)
      let isClosed = end < length
      end = close + 1
      let isBroken = !isClosed || (end < length && record[end] != separator)
      while end < length, record[end] != separator { end += 1 }
      start = max(end, close) + 1
      if isBroken {
        return Cell(bytes: first..<min(end, length), isQuoted: true, hasDoubledQuotes: false, isBroken: true)
      }
      return Cell(bytes: first + 1..<close, isQuoted: true, hasDoubledQuotes: isDoubled, isBroken: false)
    }
    var isBroken = false
    while end < length, record[end] != separator {
      if record[end] == Self.quote { isBroken = true }
      end += 1
    }
    start = end + 1
    return Cell(bytes: first..<end, isQuoted: false, hasDoubledQuotes: false, isBroken: isBroken)
  }

  /// All cells of one line as their bytes, quotes removed: for the line of names, not for loops.
  package func cells(_ line: [UInt8]) -> [[UInt8]] {
    line.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [[]] }
      var cells: [[UInt8]] = []
      var start = 0
      repeat {
        let cell = next(base, line.count, &start)
        var bytes = Array(line[cell.bytes])
        if cell.hasDoubledQuotes { Self.undouble(&bytes) }
        cells.append(bytes)
      } while start <= line.count
      return cells
    }
  }

  private static func undouble(_ bytes: inout [UInt8]) {
    var kept: [UInt8] = []
    var isSecond = false
    for byte in bytes {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { kept.append(byte) }
    }
    bytes = kept
  }
}

/// The place at which a record of cells ends.
enum CellLine {
  /// Its bytes, the bytes of its line end, and the line ends within quotes.
  case ends(length: Int, lineEnd: Int, within: Int)
  /// More bytes are needed to see the end.
  case open
  /// The file ends within quotes that begin at this byte of the record.
  case unclosed(at: Int)
}

extension CellSyntax {
  private static let (lf, cr): (UInt8, UInt8) = (0x0A, 0x0D)

  /// Finds the end of the record at `bytes`.
  ///
  /// - Parameter isWhole: nothing follows the available bytes.
  func line(_ bytes: UnsafePointer<UInt8>, _ available: Int, isWhole: Bool) -> CellLine {
    var at = 0
    var within = 0
    var isCellStart = true
    while at < available {
      let byte = bytes[at]
      if byte == Self.lf { return .ends(length: at, lineEnd: 1, within: within) }
      if byte == Self.cr {
        if at + 1 == available, !isWhole { return .open }
        let isPair = at + 1 < available && bytes[at + 1] == Self.lf
        return .ends(length: at, lineEnd: isPair ? 2 : 1, within: within)
      }
      if byte == Self.quote, isCellStart {
        let open = at
        at += 1
        var isClosed = false
        while at < available {
          if bytes[at] == Self.quote {
            if at + 1 == available, !isWhole { return .open }
            if at + 1 < available, bytes[at + 1] == Self.quote {
              at += 2
              continue
            }
            isClosed = true
            at += 1
            break
          }
          if bytes[at] == Self.lf || bytes[at] == Self.cr, !isPairStart(bytes, at, available) { within += 1 }
          at += 1
        }
        if !isClosed { return isWhole ? .unclosed(at: open) : .open }
        isCellStart = false
        continue
      }
      isCellStart = byte == separator
      at += 1
    }
    return isWhole ? .ends(length: available, lineEnd: 0, within: within) : .open
  }

  private func isPairStart(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ available: Int) -> Bool {
    bytes[at] == Self.cr && at + 1 < available && bytes[at + 1] == Self.lf
  }
}
