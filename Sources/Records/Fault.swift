/// What is wrong with one value: found in a hot loop, so it is one byte, and worded elsewhere.
///
/// A column's `states` hold 0 for a present value, 1 for null, and a fault's raw value for an invalid one. An invalid
/// value is never null and equals nothing. Every operation on an invalid value gives the same fault.
package enum Fault: UInt8, Sendable, CaseIterable {
  /// COMP-3: the last half-byte is no sign (C, D, F; A, E as plus and B as minus are read and noted).
  case sign = 2
  /// COMP-3: a half-byte before the sign is not 0–9.
  case digit
  /// Zoned: a zone other than F (or C, D, F on the sign position).
  case zone
  /// A numeric field full of spaces (X'40') or low-values.
  case blank
  /// A sign on an item whose picture has none.
  case unsigned
  /// More digits than the column can hold.
  case overflow
  /// A date, month or year that does not exist.
  case date
  /// A code the character set does not define.
  case undefinedCode
  /// A code that Unicode has no character for.
  case noUnicode
  /// A user-defined character (外字) that the city's table does not list.
  case unmappedGaiji
  /// A user-defined character that the city's table lists as 未同定.
  case unidentifiedGaiji
  /// A double-byte run with an odd number of bytes.
  case oddLength
  /// A shift code where none may stand.
  case strayShift
  /// A code that its conversion table does not list.
  case unmappedCode
  /// A whole number needed where the text is none.
  case notANumber
  /// A column of the target holds something that its type does not allow.
  case unreadable
  /// The value is longer than its target column.
  case tooLong
  /// Null where the target column needs a value.
  case missing
  /// A record whose kind field names no kind of its file.
  case unknownKind
  /// The record ends within the item.
  case cut
  /// The record has bytes behind its last item.
  case excess
  /// An OCCURS DEPENDING ON whose item says more or fewer than the copybook allows.
  case occurrences
  /// COMP-1, COMP-2: not a number, or infinite.
  case notFinite
  /// A rate table has no value for the key and the day or year.
  case noRate

  /// The stable name, as reports and `Docs/DIAGNOSTICS.md` have it.
  package var code: String {
    switch self {
    case .sign: "decode.number.sign"
    case .digit: "decode.number.digit"
    case .zone: "decode.number.zone"
    case .blank: "decode.number.blank"
    case .unsigned: "decode.number.unsigned"
    case .overflow: "decode.number.overflow"
    case .date: "decode.date.impossible"
    case .undefinedCode: "charset.code.undefined"
    case .noUnicode: "charset.code.no-unicode"
    case .unidentifiedGaiji: "charset.gaiji.unidentified"
    case .unmappedGaiji: "charset.gaiji.unmapped"
    case .oddLength: "charset.length.odd"
    case .strayShift: "charset.shift.stray"
    case .unmappedCode: "map.code.unmapped"
    case .notANumber: "map.number"
    case .unreadable: "target.value"
    case .tooLong: "map.length"
    case .missing: "map.missing"
    case .unknownKind: "decode.kind"
    case .cut: "decode.record.cut"
    case .excess: "decode.record.excess"
    case .occurrences: "decode.occurs.range"
    case .notFinite: "decode.number.not-finite"
    case .noRate: "map.rate.missing"
    }
  }
}

/// Something unusual that is accepted and counted, never silently.
package enum Oddity: UInt8, Sendable, CaseIterable {
  /// A date written with an era that had ended (4310531), or 501 for 平成31年度.
  case eraAlias
  /// A sign half-byte A, E (plus) or B (minus), or F on a signed item.
  case alternateSign
  /// A double-byte run that the field's end closes.
  case openShift
  /// The JIS space A1A1 where the maker's own 4040 is usual.
  case jisSpace
  /// A user-defined character that the city's gaiji table identifies (一致).
  case gaijiMatch
  /// A character whose glyph differs from the registered one (字形差).
  case glyphDifference
  /// A character that shares its Unicode character with another code (縮退).
  case reduction
  /// A numeric item of spaces or low-values that the city's rule reads as null or zero.
  case blank
  /// A COMP-2 with more binary digits than are shown.
  case roundedFloat

  package var code: String {
    switch self {
    case .eraAlias: "decode.date.alias"
    case .alternateSign: "decode.number.alternate-sign"
    case .openShift: "charset.shift.open"
    case .jisSpace: "charset.space.jis"
    case .gaijiMatch: "charset.gaiji.match"
    case .glyphDifference: "charset.glyph.difference"
    case .reduction: "charset.glyph.reduction"
    case .blank: "decode.number.blank-rule"
    case .roundedFloat: "decode.number.rounded"
    }
  }
}
