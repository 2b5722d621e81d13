import Testing

import Charset

/// Every code of every set: a decodable code is encoded to the same bytes, or is in the list of one-way codes.
@Suite("Round trips")
struct RoundTripTests {
  @Test(arguments: CharacterSet.names)
  func singleBytes(name: String) {
    let set = CharacterSet.named(name)!
    // 1160 has each Thai tone mark twice: high and low.
    let twice: [UInt8] = name == "ibm-1160" ? [0xED, 0xEE, 0xEF, 0xFD] : []
    let form = TextForm.single
    for byte in UInt8.min...UInt8.max {
      let (text, fault) = set.decode(form, bytes: [byte])
      guard fault == nil else { continue }
      let (back, problem) = set.encode(form, text)
      #expect(problem == nil && (back == [byte]) != twice.contains(byte), "\(hex([byte])) \(text)")
    }
  }

  /// The number of codes of each set that decode but are not encoded to: each has a partner that is.
  static let oneWay: [(String, Int)] = [
    ("fujitsu-jef", 639), ("hitachi-keis78", 15), ("hitachi-keis83", 3), ("nec-jips-j", 157), ("nec-jips-e", 157),
    ("ibm-930", 0), ("ibm-1390", 0), ("windows-31j", 398), ("euc-jp", 1),
  ]

  @Test(arguments: oneWay)
  func doubleBytes(name: String, oneWay: Int) throws {
    let set = CharacterSet.named(name)!
    let definition = try #require(SetDefinition.named(name)?.double.set)
    let listed = codes(definition.text.oneWay)
    let isEuc = set.scheme == .eucJP
    let form: TextForm = ShiftCodes(set.scheme) == nil ? .mixed : .double
    var ways = 0
    var read = 0
    for code in 0..<0x1_0000 {
      var source = [UInt8(code >> 8), UInt8(code & 0xFF)]
      if isEuc, code >> 8 >= 0xA1, code & 0x80 == 0 { source = [0x8F, source[0], source[1] | 0x80] }
      if form == .mixed, set.singles[Int(source[0])] >> 24 != CellMark.lead { continue }
      let (text, fault) = set.decode(form, bytes: source)
      guard fault == nil else { continue }
      read += 1
      let (back, problem) = set.encode(form, text)
      guard problem == nil else {
        Issue.record("\(hex(source)) \(text): \(problem!)")
        continue
      }
      if back == source { continue }
      ways += 1
      #expect(Array(set.decode(form, bytes: back).0.unicodeScalars) == Array(text.unicodeScalars))
      if definition.bytes == nil { #expect(listed.contains(code), "\(hex(source)) \(text) -> \(hex(back))") }
    }
    #expect(ways == oneWay)
    #expect(listed.count == oneWay)
    #expect(read == rowCells(definition.text.rows).count + words(definition.text.pairs).count)
  }

  /// No character is replaced: every encoded character decodes to itself, or to its canonical equivalent where listed.
  @Test(arguments: oneWay.map(\.0))
  func everyCharacter(name: String) throws {
    let set = CharacterSet.named(name)!
    let definition = try #require(SetDefinition.named(name)?.double.set)
    let equivalents = Set(words(definition.text.encodeOnly).map { UInt32($0[0]) })
    var written = 0
    for value in UInt32(0)..<0x3_0000 {
      guard let scalar = Unicode.Scalar(value), set.owner.double.encode[value] | set.owner.single.encode[value] != 0
      else { continue }
      let (bytes, fault) = set.encode(.mixed, String(scalar))
      guard fault == nil else { continue }
      written += 1
      let (text, problem) = set.decode(.mixed, bytes: bytes)
      #expect(problem == nil)
      if equivalents.contains(value) {
        #expect(text == String(scalar) && text.unicodeScalars.first != scalar)
      } else {
        #expect(Array(text.unicodeScalars) == [scalar], "U+\(String(value, radix: 16)) \(hex(bytes))")
      }
    }
    #expect(written > 6_000)
  }

  /// A control character and the letter behind it may spell a shift code: they then have no codes instead of other
  /// ones.
  @Test(arguments: CharacterSet.names.filter { $0 != "ibm-1160" }, [TextForm.single, .mixed])
  func noShiftCodeByAccident(name: String, form: TextForm) {
    let set = CharacterSet.named(name)!
    let characters = (UInt8.min...UInt8.max).compactMap { byte -> String? in
      let (text, fault) = set.decode(.single, bytes: [byte])
      return fault == nil ? text : nil
    }
    var refused = 0
    for first in characters where first.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .control }) {
      for second in characters {
        let (bytes, fault) = set.encode(form, first + second)
        if fault != nil { refused += 1 }
        guard fault == nil else { continue }
        let (text, problem) = set.decode(form, bytes: bytes)
        guard problem == nil, text.unicodeScalars.elementsEqual((first + second).unicodeScalars) else {
          Issue.record("\(hex(bytes)) \(String(describing: problem))")
          return
        }
      }
    }
    let hasLongShifts = ["hitachi-keis", "nec-jips", "fujitsu-jef"].contains { name.hasPrefix($0) }
    #expect(hasLongShifts ? (1...2).contains(refused) : refused == 0)
  }

  /// With variations kept, only codes with the same glyph, or codes that Unicode does not distinguish, are one-way.
  @Test func variationsBringJefBack() throws {
    let set = CharacterSet.named("fujitsu-jef")!.keepingVariations
    var ways: [String] = []
    for code in 0..<0x1_0000 {
      let source = [UInt8(code >> 8), UInt8(code & 0xFF)]
      let (text, fault) = set.decode(.double, bytes: source)
      if fault == nil, set.encode(.double, text).0 != source { ways.append(hex(source)) }
    }
    let expected =
      """
      43CE 6CF4 71AD 71AF 71CA 71F0 71F2 72B8 72BF 72C0 72C8 72DE 72E6 72F1 72F3 73B5 73F3 73FB 7BC1 7BC7 7BD7 7CF6 A1A1
      """
    #expect(ways.joined(separator: " ") == expected)
  }

  @Test func theSameTableServesBothHalvesOfAPair() {
    let first = CharacterSet.named("ibm-930")!
    #expect(first.doubles == CharacterSet.named("ibm-939")!.doubles)
  }

  @Test(arguments: ["", "ebcdic", "IBM-930", "ibm-31j"])
  func unknownNames(name: String) { #expect(CharacterSet.named(name) == nil) }

  @Test(arguments: [
    ("fujitsu-jef", UInt8(0x40), [UInt8(0x40), 0x40]), ("ibm-930", 0x40, [0x40, 0x40]),
    ("hitachi-keis83", 0x40, [0x40, 0x40]), ("nec-jips-j", 0x20, [0x21, 0x21]), ("nec-jips-e", 0x40, [0x4F, 0x4F]),
    ("windows-31j", 0x20, [0x81, 0x40]), ("euc-jp", 0x20, [0xA1, 0xA1]),
  ])
  func spaces(name: String, single: UInt8, double: [UInt8]) throws {
    let set = CharacterSet.named(name)!
    #expect(set.singleSpace == single)
    let pair = try #require(set.doubleSpace)
    #expect([pair.0, pair.1] == double)
    #expect(set.decode(.single, bytes: [single]).0 == " ")
    if let other = set.alternateDoubleSpace { #expect(set.decode(.double, bytes: [other.0, other.1]).0 == "\u{3000}") }
    #expect((set.alternateDoubleSpace != nil) == ["fujitsu-jef", "hitachi-keis83"].contains(name))
    #expect(set.decode(.double, bytes: double).0 == "\u{3000}")
  }
}
