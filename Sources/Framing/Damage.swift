import Base

/// A stretch of a file that could not be divided into records by its format, and was skipped.
package struct Damage: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// No record can begin with the bytes found. The previous record may be wrong too: its length led here.
    case length
    /// The same of a block.
    case block
    /// A segment of a spanned record without the others.
    case segment
    /// The file ends within a record.
    case cut
    /// The file ends within a block, behind a whole record; `expected` is the number of missing bytes.
    case blockCut
    /// The bytes found follow every record and are not part of it.
    case lineEnds
    /// The file ends within a quoted cell that begins on that line.
    case quote(line: Int)
    /// Bytes were inserted (positive) or lost (negative) between ``Damage/offset`` and `through`.
    case slip(bytes: Int, through: Int)
  }

  package let kind: Kind
  /// The number, from 1, that the next delivered record has or would have had.
  package let record: Int
  /// The offset of the first wrong byte, from the file's beginning (for gzip: in the decompressed data).
  package let offset: Int
  /// The number of skipped bytes.
  package internal(set) var skipped: Int
  /// The first bytes found there, in hexadecimal: a header, never a whole record.
  package let found: String
  /// The bytes that could have been there, in symbols (`LL LL 00 00, LL ≥ 4`); for a cut record, the number of its
  /// bytes; with line ends, the bytes of a record and its line end.
  package let expected: String

  /// The message for people.
  package func diagnostic(file: String) -> Diagnostic {
    let place = Place(file: file, record: record, offset: offset)
    let bytes = String(skipped)
    return switch kind {
    case .length: Diagnostic(.frameLength, at: place, found, expected, bytes)
    case .block: Diagnostic(.frameBlock, at: place, found, expected, bytes)
    case .segment: Diagnostic(.frameSegment, at: place, found, bytes)
    case .cut: Diagnostic(.frameCut, at: place, bytes, expected)
    case .blockCut: Diagnostic(.frameBlockCut, at: place, expected)
    case .lineEnds: Diagnostic(.frameLineEnds, at: place, found, expected)
    case .quote(let line):
      Diagnostic(.frameQuote, at: Place(file: file, line: line, record: record, offset: offset), bytes)
    case .slip(let slip, let through) where slip > 0:
      Diagnostic(.frameInserted, at: place, String(slip), String(through), bytes)
    case .slip(let slip, let through): Diagnostic(.frameLost, at: place, String(-slip), String(through), bytes)
    }
  }
}

/// A reader's reaction to damage.
package enum DamagePolicy: Sendable {
  /// Skip it, note it, continue.
  case keepGoing
  /// Throw it. It is noted and skipped too, so that a further call continues behind it.
  case strict
}
