/// A problem with one value. It is found in a hot loop, so it is one byte and is worded elsewhere.
///
/// A column's `states` hold 0 for a present value, 1 for null, and a fault's raw value for an invalid one. An invalid
/// value is never null and equals nothing. Every operation on an invalid value gives the same fault. The raw values are
/// fixed and tested: of two faults the greater is reported.
package enum Fault: UInt8, Sendable, CaseIterable {
  /// COMP-3: the last half-byte is not a sign (C, D, F; A, E as plus and B as minus are read and noted).
  case sign = 2
  /// COMP-3: a half-byte before the sign is not 0–9.
  case digit = 3
  /// Zoned: a zone other than F (or C, D, F on the sign position).
  case zone = 4
  /// A numeric field full of spaces (X'40') or low-values.
  case blank = 5
  /// A sign on an item whose picture has none.
  case unsigned = 6
  /// More digits than the column can hold.
  case overflow = 7
  /// A date, month or year that does not exist.
  case date = 8
  /// A code the character set does not define.
  case undefinedCode = 9
  /// A code that Unicode has no character for.
  case noUnicode = 10
  /// A user-defined character (外字) that the city's table does not list.
  case unmappedGaiji = 11
  /// A user-defined character that the city's table lists as 未同定.
  case unidentifiedGaiji = 12
  /// A double-byte run with an odd number of bytes.
  case oddLength = 13
  /// A shift code in a place where none is allowed.
  case strayShift = 14
  /// A code that its conversion table does not list.
  case unmappedCode = 15
  /// A text that is not a whole number where one is needed.
  case notANumber = 16
  /// A column of the target holds something that its type does not allow.
  case unreadable = 17
  /// The value is longer than its target column.
  case tooLong = 18
  /// Null in a target column that needs a value.
  case missing = 19
  /// A record whose kind field names no kind of its file.
  case unknownKind = 20
  /// The record ends within the item, or before an occurrence that the table's count includes.
  case cut = 21
  /// The record has bytes behind its last item, or behind the last item of the group that its kind chooses.
  case excess = 22
  /// An OCCURS DEPENDING ON whose item has a value greater or less than the copybook allows.
  case occurrences = 23
  /// COMP-1, COMP-2: not a number, or infinite.
  case notFinite = 24
  /// A rate table has no value for the key and the day or year, or the list of closed days does not include the day.
  case noRate = 25
  /// U+FFFD: the character was lost in an earlier conversion.
  case replaced = 26
  /// A date before 1873 (明治6年), whose month and day are of the lunar calendar.
  case lunar = 27
  /// A delimited file: a quote within a cell without quotes, or text behind the quote that ends a cell.
  case quote = 28
  /// More characters than the layout gives the item, or more digits behind the point.
  case long = 29

  /// The stable name, as in reports and `Docs/DIAGNOSTICS.md`.
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
    case .replaced: "charset.code.replaced"
    case .lunar: "decode.date.lunar"
    case .quote: "decode.cell.quote"
    case .long: "decode.cell.long"
    }
  }
}

/// An unusual value that is accepted and counted, never silently.
package enum Oddity: UInt8, Sendable, CaseIterable {
  /// A date written with an era that had ended (4310531), or 501 for 平成31年度.
  case eraAlias = 0
  /// A sign half-byte A, E (plus) or B (minus), or F on a signed item.
  case alternateSign = 1
  /// A double-byte run that is closed by the field's end.
  case openShift = 2
  /// The JIS space A1A1 in place of the maker's own 4040.
  case jisSpace = 3
  /// A user-defined character that the city's gaiji table identifies (一致).
  case gaijiMatch = 4
  /// A character whose glyph differs from the registered one (字形差).
  case glyphDifference = 5
  /// A character that shares its Unicode character with another code (縮退).
  case reduction = 6
  /// A numeric item of spaces or low-values that the city's rule reads as null or zero.
  case blank = 7
  /// A COMP-2 with more binary digits than are shown.
  case roundedFloat = 8
  /// A text with control characters: U+0000–001F, U+007F–009F (of EBCDIC, X'00'–X'3F').
  case control = 9
  /// A record with bytes other than blanks that no item holds: occurrences behind the count, redefinitions not chosen.
  case unheld = 10
  /// A migrated record without rows: none of its row conditions was true.
  case rowless = 11

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
    case .control: "charset.control"
    case .unheld: "decode.record.unheld"
    case .rowless: "map.row.none"
    }
  }
}
