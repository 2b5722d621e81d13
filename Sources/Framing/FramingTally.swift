/// The account of a file's bytes: every byte read is counted once.
package struct FramingTally: Hashable, Sendable {
  /// The reason why bytes are in no record.
  package enum Skip: Int, CaseIterable, Sendable {
    /// `start=` and `end=` of the format.
    case fileHeader, fileFooter
    /// Records before the first requested one.
    case range
    /// Records shorter than `minimum=`.
    case short
    /// Records marked as not valid by their header.
    case invalid
    /// Empty lines.
    case emptyLine
    /// X'1A' at the very end of a file of lines (the end mark of DOS and of some hosts' transfers).
    case endMark
    /// The rest of a block after its last whole record.
    case padding
    /// Bytes that no rule could read; each stretch is a ``Damage``.
    case damage
  }

  /// Records that were delivered.
  package internal(set) var records = 0
  /// Bytes of delivered records, without headers and line ends.
  package internal(set) var recordBytes = 0
  /// Bytes of the headers of records and blocks, and line ends.
  package internal(set) var headerBytes = 0
  /// Bytes left out, by reason.
  private var skippedBytes = [Int](repeating: 0, count: Skip.allCases.count)
  /// The number of skips: records, lines, paddings or stretches.
  private var skips = [Int](repeating: 0, count: Skip.allCases.count)
  /// Lines ending with LF alone, with CRLF, and a last line that ends with neither.
  package internal(set) var linesLF = 0
  package internal(set) var linesCRLF = 0
  package internal(set) var linesOpen = 0
  /// NUL bytes within lines of text.
  package internal(set) var nulBytes = 0

  package init() {}

  package func bytes(_ skip: Skip) -> Int { skippedBytes[skip.rawValue] }
  package func count(_ skip: Skip) -> Int { skips[skip.rawValue] }

  mutating func skip(_ reason: Skip, bytes: Int, count: Int = 1) {
    skippedBytes[reason.rawValue] += bytes
    skips[reason.rawValue] += count
  }

  /// Bytes read so far, from the beginning of the file.
  package var bytesRead: Int { recordBytes + headerBytes + skippedBytes.reduce(0, +) }
}
