import Copybook
import Decode
import Records
import Testing

/// The fast loops compared with ``NumberTwin``, over arbitrary bytes: all of one and two bytes, and longer ones drawn
/// from a seed, most of them nearly valid.
@Suite struct NumberTwinTests {
  private struct Draw: RandomNumberGenerator {
    var state: UInt64 = 0x5EED_2026

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let rules = [
    BlankRule(), BlankRule(spaces: .null, lowValues: .zero), BlankRule(spaces: .zero, lowValues: .null),
  ]

  /// Decodes each field alone and all of them as one block; both must give the twin's result.
  private func hold(
    _ codec: some FieldCodec, _ fields: [[UInt8]], _ name: String, _ twin: ([UInt8]) -> NumberTwin.Answer
  ) {
    // Records at unaligned places, without gaps between them.
    var bytes: [UInt8] = [0xEE]
    var starts: [Int] = []
    for field in fields {
      starts.append(bytes.count)
      bytes += field + (bytes.count % 3 == 0 ? [0xEE] : [])
    }
    let column = Column(codec.type)
    var oddities = OddityCount()
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        codec.decode(RecordBlock(base: bytes.baseAddress!, starts: starts), at: 0, into: column, oddities: &oddities)
      }
    }
    var expected = OddityCount()
    for (row, field) in fields.enumerated() {
      let answer = twin(field)
      expected[.alternateSign] += answer.alternateSigns
      expected[.blank] += answer.blanks
      var found = NumberTwin.Answer(absent: column.fault(row)?.code ?? (column.states[row] == 1 ? "null" : nil))
      if found.absent == nil { found.value = codec.type == .integer ? Int128(column.integers[row]) : column.wides[row] }
      if found.absent != answer.absent || found.value != answer.value {
        Issue.record("\(name) \(field): \(found), twin: \(answer)")
        return
      }
    }
    if oddities != expected { Issue.record("\(name): oddities \(oddities), twin: \(expected)") }
  }

  private static let short: [[UInt8]] = (0..<0x1_0000).map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  private static let single: [[UInt8]] = (0..<0x100).map { [UInt8($0)] }

  /// Fields of `length` bytes: arbitrary ones; fields of `digits` with some bytes exchanged; blank ones.
  private static func fields(_ length: Int, _ digits: [UInt8], _ ends: [UInt8], _ draw: inout Draw) -> [[UInt8]] {
    if length == 1 { return single }
    if length == 2 { return short }
    var fields: [[UInt8]] = [
      Array(repeating: 0x40, count: length), Array(repeating: 0x20, count: length), Array(repeating: 0, count: length),
      Array(repeating: 0xFF, count: length), Array(repeating: 0x7F, count: length),
      [0x80] + Array(repeating: 0, count: length - 1),
      Array(repeating: 0, count: length - 1) + [0x80],
    ]
    for _ in 0..<20 { fields.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &draw) }) }
    for _ in 0..<60 {
      var field = (0..<length).map { _ in digits.randomElement(using: &draw)! }
      let blank = Int.random(in: 0..<4, using: &draw) == 0 ? Int.random(in: 0..<length, using: &draw) : 0
      for place in 0..<blank { field[place] = [0x40, 0x20, 0xF0, 0x30, 0].randomElement(using: &draw)! }
      if Bool.random(using: &draw) { field[length - 1] = ends.randomElement(using: &draw)! }
      if Bool.random(using: &draw) { field[0] = ends.randomElement(using: &draw)! }
      for _ in 0..<[0, 0, 0, 1, 2].randomElement(using: &draw)! {
        field[Int.random(in: 0..<length, using: &draw)] = UInt8.random(in: 0...255, using: &draw)
      }
      fields.append(field)
    }
    return fields
  }

  private static let pairs: [UInt8] = (0..<100).map { UInt8($0 / 10 * 16 + $0 % 10) }
  private static let packedEnds: [UInt8] =
    (0..<10).flatMap { digit in (10..<16).map { UInt8(digit * 16 + $0) } } + [5, 9]

  @Test(arguments: [true, false], [true, false]) func packed(signed: Bool, hasSign: Bool) {
    var draw = Draw()
    for digits in 1...38 {
      for scale in [0, 2] {
        for rule in digits < 6 || digits > 14 ? Self.rules : [Self.rules[0]] {
          let codec = PackedCodec(digits: digits, scale: scale, signed: signed, hasSign: hasSign, blanks: rule)
          let length = hasSign ? digits / 2 + 1 : (digits + 1) / 2
          // All 65,536 under one rule; the others only affect blank fields.
          let all = Self.fields(length, Self.pairs, Self.packedEnds, &draw)
          let fields = length == 2 && (rule != Self.rules[0] || scale > 0) ? Array(all.filter { $0[0] == $0[1] }) : all
          hold(codec, fields, "packed \(digits) \(scale) \(signed) \(hasSign) \(rule)") {
            NumberTwin.packed($0, digits: digits, signed: signed, hasSign: hasSign, rule)
          }
        }
      }
    }
  }

  @Test(arguments: NumberTwin.SignPlace.allCases, Dialect.ZonedSign.allCases + [nil])
  func zoned(place: NumberTwin.SignPlace, sign: Dialect.ZonedSign?) {
    var draw = Draw()
    let ascii = sign != nil
    let digits: [UInt8] = (0..<10).map { $0 | (ascii ? 0x30 : 0xF0) }
    let ends = (ascii ? Array(0x20...0x7F) : Array(0xA0...0xFF) + [0x4E, 0x60, 0x40]) as [UInt8]
    let isSeparate = place == .leadingSeparate || place == .trailingSeparate
    for count in 1...38 {
      for rule in Self.rules {
        let codec = ZonedCodec(
          digits: count, scale: count % 3, signed: place != .none,
          leading: place == .leading || place == .leadingSeparate, separate: isSeparate, ascii: ascii,
          asciiSign: sign ?? .high, blanks: rule)
        let length = count + (isSeparate ? 1 : 0)
        let all = Self.fields(length, digits, ends, &draw)
        let fields = length == 2 && rule != Self.rules[1] ? Array(all.filter { $0[0] == $0[1] }) : all
        hold(codec, fields, "zoned \(count) \(place) \(ascii) \(rule)") {
          NumberTwin.zoned($0, place, ascii: ascii, sign ?? .high, rule)
        }
      }
    }
  }

  @Test(arguments: [true, false], [true, false]) func binary(signed: Bool, truncates: Bool) {
    var draw = Draw()
    for length in 1...16 {
      let most = String(UInt128(1) << UInt128(8 * length - 1)).count
      for digits in Set([1, most / 2, most - 1, most]).filter({ (1...38).contains($0) }).sorted() {
        for (little, space) in [(false, UInt8(0x40)), (true, 0x20), (false, 0x20)] {
          for rule in Self.rules {
            for scale in [0, 2] {
              let codec = BinaryCodec(
                digits: digits, scale: scale, signed: signed, length: length, truncates: truncates,
                littleEndian: little, blanks: rule, space: space)
              // A whole number of up to 18 digits is read as 64 bits: it never has more bytes than that.
              if codec.type == .integer, length > 8 { continue }
              let all = Self.fields(length, Array(0...255), [0, 0x7F, 0x80, 0xFF], &draw)
              let fields =
                length == 2 && (scale > 0 || little || space == 0x20 || rule != Self.rules[1])
                ? Array(all.filter { $0[0] % 16 == $0[1] % 16 }) : all
              hold(codec, fields, "binary \(length) \(digits) \(signed) \(truncates) \(little) \(space) \(rule)") {
                NumberTwin.binary(
                  $0, digits: digits, signed: signed, truncates: truncates, little: little, space: space, rule,
                  codec.type)
              }
            }
          }
        }
      }
    }
  }
}
