import Testing

import Charset

/// The faults of each family, and their places. Each row fixes one fault of the row above.
@Suite("Faults")
struct FaultTests {
  typealias Row = (name: String, form: TextForm, hex: String, fault: TextFault?, offset: Int, text: String)

  static let decoding: [Row] = [
    ("ibm-930", .double, "45 62 0F 45", .strayShift, 2, "日"),
    ("ibm-930", .double, "0E 45 62 0F", .strayShift, 0, ""),
    ("ibm-930", .double, "45 62 FE FE", .undefinedCode, 2, "日"),
    ("ibm-930", .double, "45 62 69 41", .gaijiUnmapped, 2, "日"),
    ("ibm-930", .double, "45 62 45", .oddLength, 2, "日"),
    ("ibm-930", .double, "45 62", nil, 0, "日"),
    ("ibm-930", .single, "C1 0E", .strayShift, 1, "A"),
    ("ibm-930", .single, "C1 57", .undefinedCode, 1, "A"),
    ("ibm-930", .single, "C1 62", nil, 0, "Aa"),
    ("ibm-939", .single, "C1 81", nil, 0, "Aa"),
    ("ibm-930", .mixed, "C1 0F", .strayShift, 1, "A"),
    ("ibm-930", .mixed, "0E 45 62 0E 45 62", .strayShift, 3, "日"),
    ("ibm-930", .mixed, "0E 45 0F C1", .oddLength, 1, ""),
    ("ibm-930", .mixed, "0E 45 62 40", .oddLength, 3, "日"),
    ("ibm-930", .mixed, "0E 45 62 40 40", nil, 0, "日　"),
    ("ibm-290", .single, "C1 0E 0F", nil, 0, "A\u{0E}\u{0F}"),
    ("ibm-037", .double, "C1 C2", .noDoubleByte, 0, ""),
    ("ibm-037", .double, "", nil, 0, ""),
    ("ibm-037", .mixed, "C1 C2", nil, 0, "AB"),
    ("hitachi-keis83", .double, "0A 42 A4 A2", .strayShift, 0, ""),
    ("hitachi-keis83", .double, "A4 A2 0A 41", .strayShift, 2, "あ"),
    ("hitachi-keis83", .double, "A4 A2 81 A1", .gaijiUnmapped, 2, "あ"),
    ("hitachi-keis83", .double, "A4 A2 A4 F4", .undefinedCode, 2, "あ"),
    ("hitachi-keis83", .double, "73 FA 73 FB", nil, 0, "令和"),
    ("hitachi-keis83", .single, "C1 0A 42", .strayShift, 1, "A"),
    ("hitachi-keis83", .single, "C1 0A C2", nil, 0, "A\u{8E}B"),
    ("hitachi-keis83", .mixed, "C1 0A 41", .strayShift, 1, "A"),
    ("hitachi-keis83", .mixed, "0A 42 A4 0A 41", .oddLength, 2, ""),
    ("hitachi-keis83", .mixed, "0A 42 A4 A2 0A", .oddLength, 4, "あ"),
    ("hitachi-keis83", .mixed, "0A 42 A4 A2 0A 41 C1 0A", nil, 0, "あA\u{8E}"),
    ("hitachi-keis83", .mixed, "0A 42 A4 A2", nil, 0, "あ"),
    ("nec-jips-j", .mixed, "41 1A 70 24 22 1A 70", .strayShift, 5, "Aあ"),
    ("nec-jips-j", .mixed, "41 1A 70 24 1A 71", .oddLength, 3, "A"),
    ("nec-jips-j", .mixed, "41 1A 70 24 22 74 21", .gaijiUnmapped, 5, "Aあ"),
    ("nec-jips-j", .mixed, "41 1A 70 24 22 E0 A1", .gaijiUnmapped, 5, "Aあ"),
    ("nec-jips-j", .mixed, "41 1A 70 24 22 1A 71 42", nil, 0, "AあB"),
    ("nec-jips-e", .mixed, "C1 3F 75 4F 4F F0 4F 3F 75", .strayShift, 7, "A　亜"),
    ("nec-jips-e", .mixed, "C1 3F 75 4F 4F F0 4F 3F 76 C2", nil, 0, "A　亜B"),
    ("windows-31j", .mixed, "82 A0 80", .undefinedCode, 2, "あ"),
    ("windows-31j", .mixed, "82 A0 82 20", .undefinedCode, 2, "あ"),
    ("windows-31j", .mixed, "82 A0 F0 40", .gaijiUnmapped, 2, "あ"),
    ("windows-31j", .mixed, "82 A0 82", .oddLength, 2, "あ"),
    ("windows-31j", .double, "82 A0 41 B1", nil, 0, "あAｱ"),
    ("euc-jp", .mixed, "A4 A2 80", .undefinedCode, 2, "あ"),
    ("euc-jp", .mixed, "A4 A2 A4 22", .undefinedCode, 2, "あ"),
    ("euc-jp", .mixed, "A4 A2 8F B0", .oddLength, 2, "あ"),
    ("euc-jp", .mixed, "A4 A2 8E B1 8F B0 A1 41", nil, 0, "あｱ丂A"),
    ("utf-8", .mixed, "41 C0 80", .undefinedCode, 1, "A"),
    ("utf-8", .mixed, "41 ED A0 80", .undefinedCode, 1, "A"),
    ("utf-8", .mixed, "41 F4 90 80 80", .undefinedCode, 1, "A"),
    ("utf-8", .mixed, "41 E3 81", .oddLength, 1, "A"),
    ("utf-8", .mixed, "41 E3 81 82 F0 A0 AE B7", nil, 0, "Aあ𠮷"),
    ("utf-16", .double, "00 41 DC 00", .undefinedCode, 2, "A"),
    ("utf-16", .double, "00 41 D8 42 00 41", .undefinedCode, 2, "A"),
    ("utf-16", .double, "00 41 D8 42", .oddLength, 2, "A"),
    ("utf-16", .double, "00 41 D8", .oddLength, 2, "A"),
    ("utf-16", .double, "00 41 D8 42 DF B7", nil, 0, "A𠮷"),
    ("utf-16le", .double, "41 00 42 D8 B7 DF", nil, 0, "A𠮷"),
    ("us-ascii", .mixed, "41 80", .undefinedCode, 1, "A"),
    ("latin-1", .mixed, "41 E9", nil, 0, "Aé"),
  ]

  @Test(arguments: decoding)
  func decode(row: Row) {
    let (text, outcome) = decoded(CharacterSet.named(row.name)!, row.form, bytes(row.hex))
    #expect(outcome.fault == row.fault)
    #expect(outcome.faultOffset == row.offset)
    #expect(Array(text.unicodeScalars) == Array(row.text.unicodeScalars))
  }

  /// Text, capacity, the bytes written, the fault and its offset in the UTF-8.
  typealias Place = (
    name: String, form: TextForm, text: String, room: Int, hex: String, fault: TextFault?, offset: Int
  )

  static let encoding: [Place] = [
    ("fujitsu-jef", .single, "Aあ", 9, "C1", .noCode, 1),
    ("fujitsu-jef", .single, "Aa", 9, "C1", .noCode, 1),
    ("fujitsu-jef", .double, "あA", 9, "A4A2", .noCode, 3),
    ("fujitsu-jef", .double, "あ😀", 9, "A4A2", .noCode, 3),
    ("fujitsu-jef", .double, "あい", 3, "A4A2", .tooLong, 3),
    ("fujitsu-jef", .double, "あい", 4, "A4A2A4A4", nil, 0),
    ("fujitsu-jef", .mixed, "Aあ", 4, "C1", .tooLong, 1),
    ("fujitsu-jef", .mixed, "Aあ", 5, "C128A4A229", nil, 0),
    ("fujitsu-jef", .mixed, "AあB", 5, "C128A4A229", .tooLong, 4),
    ("fujitsu-jef", .mixed, "AあB", 6, "C128A4A229C2", nil, 0),
    ("fujitsu-jef", .mixed, "あ😀", 9, "28A4A229", .noCode, 3),
    ("hitachi-keis83", .mixed, "あい", 7, "0A42A4A20A41", .tooLong, 3),
    ("hitachi-keis83", .mixed, "あい", 8, "0A42A4A2A4A40A41", nil, 0),
    ("nec-jips-e", .mixed, "A亜", 8, "C13F75F04F3F76", nil, 0),
    ("ibm-1390", .mixed, "か゚", 9, "0EECB50F", nil, 0),
    ("ibm-1390", .mixed, "か", 9, "0E44860F", nil, 0),
    ("ibm-1390", .mixed, "€", 9, "E1", nil, 0),
    ("ibm-930", .mixed, "€", 9, "", .noCode, 0),
    ("ibm-037", .double, "A", 9, "", .noDoubleByte, 0),
    ("windows-31j", .mixed, "Aあ", 2, "41", .tooLong, 1),
    ("windows-31j", .mixed, "Aあｱ①", 9, "4182A0B18740", nil, 0),
    ("euc-jp", .mixed, "丂ｱ", 4, "8FB0A1", .tooLong, 3),
    ("euc-jp", .mixed, "丂ｱ", 5, "8FB0A18EB1", nil, 0),
    ("utf-8", .mixed, "Aあ", 3, "41", .tooLong, 1),
    ("utf-16", .double, "A𠮷", 5, "0041", .tooLong, 1),
    ("utf-16le", .double, "A𠮷", 6, "410042D8B7DF", nil, 0),
    ("us-ascii", .mixed, "é", 9, "", .noCode, 0),
  ]

  @Test(arguments: encoding)
  func encode(place: Place) {
    let (written, outcome) = encoded(place.name, place.form, Array(place.text.utf8), room: place.room)
    #expect(hex(written) == place.hex)
    #expect(outcome.fault == place.fault)
    #expect(outcome.faultOffset == place.offset)
  }

  @Test(arguments: ["fujitsu-jef", "utf-8", "utf-16", "windows-31j"], ["C3", "E38182C0", "EDA080"])
  func malformedText(name: String, hex: String) {
    let (_, outcome) = encoded(name, .mixed, bytes(hex), room: 20)
    #expect(outcome.fault == .malformedText)
    #expect(outcome.faultOffset == (hex == "E38182C0" ? 3 : 0))
  }

  @Test func everyFaultHasItsOwnCode() {
    let codes = TextFault.allCases.map { "\($0.code)" }
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.hasPrefix("charset.") })
    #expect(TextFault.openShift.code.description == "charset.shift.open")
  }

  private func encoded(_ name: String, _ form: TextForm, _ text: [UInt8], room: Int) -> ([UInt8], TextOutcome) {
    var target = [UInt8](repeating: 0xA5, count: room + 4)
    let outcome = text.withUnsafeBufferPointer { from in
      target.withUnsafeMutableBufferPointer {
        CharacterSet.named(name)!.encode(form, from, to: $0.baseAddress!, capacity: room)
      }
    }
    #expect(target[room...].allSatisfy { $0 == 0xA5 })
    return (Array(target[..<outcome.written]), outcome)
  }
}

/// U+FFFD is written by programs that did not know a character: no code of any set may decode to it.
@Suite struct ReplacementTests {
  @Test(arguments: CharacterSet.names) func noCodeBecomesIt(_ name: String) throws {
    let set = try #require(CharacterSet.named(name))
    for variant in set.hasDoubleBytes ? [set, set.keepingPrivateUse] : [set] {
      // In a set without double bytes, a second byte makes no other code.
      for code in 0..<(set.hasDoubleBytes ? 0x1_0000 : 256) {
        let bytes = [UInt8(code >> 8), UInt8(code & 0xFF)]
        for form in code < 256 ? [TextForm.single, .double, .mixed] : [.double] {
          let (text, _) = variant.decode(form, bytes: form == .single ? [bytes[1]] : bytes)
          if text.unicodeScalars.contains("\u{FFFD}") { Issue.record("\(name) \(form) \(bytes)") }
        }
      }
    }
  }

  /// A city's table may not map a user-defined character to it or to a control character either.
  @Test(arguments: ["FFFD", "000A", "0085", "9089 FFFD"]) func aGaijiTableDoesNotNameIt(_ scalar: String) {
    #expect(throws: (any Error).self) {
      try GaijiTable(csv: "code,unicode,class\n80A1,\(scalar),一致\n")
    }
  }
}
