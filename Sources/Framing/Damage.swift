import Base

/// A stretch of a file that could not be divided into records by its format, and was passed over.
package struct Damage: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// No record can begin with the bytes found. The record before may be wrong too: its own length led here.
    case length
    /// The same of a block.
    case block
    /// A segment of a spanned record without the others.
    case segment
    /// The file ends within a record.
    case cut
    /// The file ends within a block, behind a whole record; `expected` is how many bytes lack.
    case blockCut
    /// The bytes found stand behind every record, which they are no part of.
    case lineEnds
    /// Bytes were inserted (positive) or lost (negative) somewhere from ``Damage/offset`` to `through`.
    case slip(bytes: Int, through: Int)
  }

  package let kind: Kind
  /// The number, from 1, that the next delivered record has or would have had.
  package let record: Int
  /// Of the first byte that is not as it should be, from the file's beginning (of what a gzip file holds).
  package let offset: Int
  /// Bytes passed over.
  package internal(set) var skipped: Int
  /// The first bytes found there, in hexadecimal: a header, never a whole record.
  package let found: String
  /// What could have stood there, in symbols (`LL LL 00 00, LL ≥ 4`); for a cut record, its bytes, with line ends,
  /// those of a record and its line end.
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
    case .slip(let slip, let through) where slip > 0:
      Diagnostic(.frameInserted, at: place, String(slip), String(through), bytes)
    case .slip(let slip, let through): Diagnostic(.frameLost, at: place, String(-slip), String(through), bytes)
    }
  }
}

/// What a reader does when it meets damage.
package enum DamagePolicy: Sendable {
  /// Pass over it, note it, go on.
  case keepGoing
  /// Throw it. It is noted and passed over all the same, so that a further call goes on behind it.
  case strict
}
