import Records
import Testing

/// Faults are bytes in columns, and of two the greater is reported: the meaning of a number must not shift.
@Suite struct FaultTests {
  @Test func theNumbersOfFaultsAreWhatTheyWere() {
    let expected: [(Fault, UInt8, String)] = [
      (.sign, 2, "decode.number.sign"), (.digit, 3, "decode.number.digit"), (.zone, 4, "decode.number.zone"),
      (.blank, 5, "decode.number.blank"), (.unsigned, 6, "decode.number.unsigned"),
      (.overflow, 7, "decode.number.overflow"), (.date, 8, "decode.date.impossible"),
      (.undefinedCode, 9, "charset.code.undefined"), (.noUnicode, 10, "charset.code.no-unicode"),
      (.unmappedGaiji, 11, "charset.gaiji.unmapped"), (.unidentifiedGaiji, 12, "charset.gaiji.unidentified"),
      (.oddLength, 13, "charset.length.odd"), (.strayShift, 14, "charset.shift.stray"),
      (.unmappedCode, 15, "map.code.unmapped"), (.notANumber, 16, "map.number"), (.unreadable, 17, "target.value"),
      (.tooLong, 18, "map.length"), (.missing, 19, "map.missing"), (.unknownKind, 20, "decode.kind"),
      (.cut, 21, "decode.record.cut"), (.excess, 22, "decode.record.excess"),
      (.occurrences, 23, "decode.occurs.range"), (.notFinite, 24, "decode.number.not-finite"),
      (.noRate, 25, "map.rate.missing"), (.replaced, 26, "charset.code.replaced"), (.lunar, 27, "decode.date.lunar"),
      (.quote, 28, "decode.cell.quote"), (.long, 29, "decode.cell.long"),
    ]
    #expect(expected.map(\.0) == Fault.allCases)
    for (fault, number, code) in expected {
      #expect(fault.rawValue == number)
      #expect(fault.code == code)
    }
  }

  @Test func theNumbersOfOdditiesAreWhatTheyWere() {
    let expected = [
      "decode.date.alias", "decode.number.alternate-sign", "charset.shift.open", "charset.space.jis",
      "charset.gaiji.match", "charset.glyph.difference", "charset.glyph.reduction", "decode.number.blank-rule",
      "decode.number.rounded", "charset.control", "decode.record.unheld", "map.row.none",
    ]
    for (number, code) in expected.enumerated() { #expect(Oddity(rawValue: UInt8(number))?.code == code) }
    #expect(Oddity.allCases.count == expected.count)
  }
}
