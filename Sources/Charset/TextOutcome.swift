/// The form of the text in a field.
package enum TextForm: Sendable {
  /// One byte per character (`PIC X` without kanji). A shift code is a fault.
  case single
  /// Two bytes per character, no shift codes (`PIC N`).
  case double
  /// Single bytes, with shift codes around runs of double bytes (`PIC X` with kanji).
  case mixed
  // The ASCII family (Windows-31J, EUC-JP, UTF-8, UTF-16, ASCII, Latin-1) reads all three forms alike.
}

/// A fault or oddity of a text.
package enum TextFault: UInt8, CaseIterable, Sendable {
  /// Decoding: the set has no such code.
  case undefinedCode
  /// Decoding: a single byte is left where a character has two, or the value ends inside a character.
  case oddLength
  /// Decoding: the value ends inside a kanji run. Accepted and noted, never the fault of an outcome.
  case openShift
  /// Decoding: a shift code where none is allowed: in a field of one form, or a shift to the present state.
  case strayShift
  /// Decoding: the code is known, and Unicode has no such character.
  case noUnicode
  /// Decoding: a user-defined code (外字) that the city's table does not list.
  case gaijiUnmapped
  /// Decoding: a user-defined code that the city's table lists as 未同定.
  case gaijiUnidentified
  /// Decoding: U+FFFD, which an earlier conversion wrote in place of an unknown character.
  case replaced
  /// Decoding: double bytes requested from a set without any.
  case noDoubleByte
  /// Encoding: the set has no code for the character in this form.
  case noCode
  /// Encoding: the text needs more bytes than the field has.
  case tooLong
  /// Encoding: the text is not UTF-8.
  case malformedText

  /// The stable name of the fault in reports and rejects.
  package var code: StaticString {
    switch self {
    case .undefinedCode: "charset.code.undefined"
    case .oddLength: "charset.length.odd"
    case .openShift: "charset.shift.open"
    case .strayShift: "charset.shift.stray"
    case .noUnicode: "charset.code.no-unicode"
    case .gaijiUnmapped: "charset.gaiji.unmapped"
    case .gaijiUnidentified: "charset.gaiji.unidentified"
    case .replaced: "charset.code.replaced"
    case .noDoubleByte: "charset.form.double"
    case .noCode: "charset.encode.no-code"
    case .tooLong: "charset.encode.too-long"
    case .malformedText: "charset.encode.malformed"
    }
  }
}

/// Oddities of one value that were accepted. Counts saturate at their maximum.
package struct TextNotes: Hashable, Sendable {
  /// The value ended inside a kanji run: `charset.shift.open`.
  package var openShift = false
  /// The value holds a control character: `charset.control`.
  package var hasControls = false
  /// Double-byte spaces written with the second code (A1A1 of JEF and KEIS).
  package var alternateSpaces: UInt16 = 0
  /// User-defined characters that the city's gaiji table identifies with a character (一致).
  package var gaijiMatches: UInt16 = 0
  /// Characters whose glyph differs from the registered one (字形差), by the city's gaiji table.
  package var glyphDifferences: UInt16 = 0
  /// Characters that share their Unicode character with another code (縮退): the glyph is lost.
  package var reductions: UInt16 = 0

  package init() {}

  package var isEmpty: Bool { self == TextNotes() }

  mutating func count(_ note: CellNote) {
    switch note {
    case .none: break
    case .alternateSpace: alternateSpaces &+= alternateSpaces == .max ? 0 : 1
    case .gaijiMatch: gaijiMatches &+= gaijiMatches == .max ? 0 : 1
    case .glyphDifference: glyphDifferences &+= glyphDifferences == .max ? 0 : 1
    case .reduction: reductions &+= reductions == .max ? 0 : 1
    }
  }
}

/// The result of decoding or encoding one value.
///
/// After a fault the value is invalid: the target holds the text before the fault.
package struct TextOutcome: Hashable, Sendable {
  /// Bytes written to the target.
  package var written: Int
  package var fault: TextFault?
  /// Offset in the source of the first fault; 0 when there is none.
  package var faultOffset: Int
  package var notes: TextNotes

  init(written: Int, fault: TextFault? = nil, faultOffset: Int = 0, notes: TextNotes = TextNotes()) {
    self.written = written
    self.fault = fault
    self.faultOffset = faultOffset
    self.notes = notes
  }
}
