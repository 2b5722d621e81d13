import Charset
import Copybook
import Records

import Decode

/// Numbers decoded in the slow and obvious way, digit by digit, by the compilers' manuals for each usage. Shares no
/// code with the codecs.
enum NumberTwin {
  struct Answer: Equatable, CustomStringConvertible {
    var value: Int128 = 0
    /// `nil` when there is a value; otherwise null or a fault.
    var absent: String?
    var alternateSigns = 0
    var blanks = 0

    var description: String { "\(absent ?? "\(value)") signs \(alternateSigns) blanks \(blanks)" }

    static func fault(_ fault: Fault) -> Answer { Answer(absent: fault.code) }
    static func blank(_ treatment: BlankRule.Treatment) -> Answer {
      switch treatment {
      case .null: Answer(absent: "null", blanks: 1)
      case .zero: Answer(blanks: 1)
      case .fault: .fault(.blank)
      }
    }
  }

  static func power(_ digits: Int) -> UInt128 { (0..<digits).reduce(1) { power, _ in power * 10 } }

  /// COMP-3, and COMP-6, which has no sign.
  static func packed(_ bytes: [UInt8], digits: Int, signed: Bool, hasSign: Bool, _ rule: BlankRule) -> Answer {
    if hasSign, bytes.allSatisfy({ $0 == 0x40 }) { return .blank(rule.spaces) }
    if hasSign, bytes.allSatisfy({ $0 == 0 }), rule.lowValues != .fault { return .blank(rule.lowValues) }
    var halves = bytes.flatMap { [$0 / 16, $0 % 16] }
    let sign = hasSign ? halves.removeLast() : 0xC
    if sign <= 9 { return .fault(.sign) }
    if halves.contains(where: { $0 > 9 }) { return .fault(.digit) }
    if halves.dropLast(digits).contains(where: { $0 != 0 }) { return .fault(.overflow) }
    var answer = Answer()
    for digit in halves { answer.value = answer.value * 10 + Int128(digit) }
    guard hasSign else { return answer }
    if sign == 0xB || sign == 0xD {
      guard signed else { return .fault(.unsigned) }
      answer.value.negate()
    }
    let isUsual = signed ? [0xC, 0xD, 0xF].contains(sign) : sign == 0xF
    answer.alternateSigns = isUsual ? 0 : 1
    return answer
  }

  enum SignPlace: CaseIterable { case none, trailing, leading, trailingSeparate, leadingSeparate }

  /// DISPLAY.
  static func zoned(
    _ bytes: [UInt8], _ place: SignPlace, ascii: Bool, _ sign: Dialect.ZonedSign, _ rule: BlankRule
  ) -> Answer {
    let space: UInt8 = ascii ? 0x20 : 0x40
    if bytes.allSatisfy({ $0 == space }) { return .blank(rule.spaces) }
    if bytes.allSatisfy({ $0 == 0 }) { return .blank(rule.lowValues) }
    var digits = bytes
    var answer = Answer()
    var isMinus: Bool?
    if place == .leadingSeparate || place == .trailingSeparate {
      let byte = place == .leadingSeparate ? digits.removeFirst() : digits.removeLast()
      isMinus = byte == (ascii ? 0x2D : 0x60) ? true : byte == (ascii ? 0x2B : 0x4E) ? false : nil
    } else {
      isMinus = false
    }
    let signed = place == .leading ? 0 : place == .trailing ? digits.count - 1 : -1
    var isBlank = rule.spaces != .fault
    for (index, byte) in digits.enumerated() {
      if isBlank, byte == space, index < digits.count - 1 {
        answer.blanks = 1
        continue
      }
      isBlank = false
      if byte / 16 == (ascii ? 3 : 15), byte % 16 <= 9 {
        answer.value = answer.value * 10 + Int128(byte % 16)
        continue
      }
      guard index == signed, let (digit, minus, isAlternate) = overpunched(byte, ascii: ascii, sign) else {
        return .fault(.zone)
      }
      answer.value = answer.value * 10 + Int128(digit)
      isMinus = minus
      if isAlternate { answer.alternateSigns = 1 }
    }
    guard let isMinus else { return .fault(.sign) }
    if isMinus { answer.value.negate() }
    return answer
  }

  private static func overpunched(_ byte: UInt8, ascii: Bool, _ sign: Dialect.ZonedSign) -> (UInt8, Bool, Bool)? {
    guard ascii else {
      guard byte % 16 <= 9 else { return nil }
      return [
        0xA: (byte % 16, false, true), 0xB: (byte % 16, true, true), 0xC: (byte % 16, false, false),
        0xD: (byte % 16, true, false), 0xE: (byte % 16, false, true),
      ][byte / 16]
    }
    let character = Character(Unicode.Scalar(byte))
    func place(_ text: String) -> UInt8? { Array(text).firstIndex(of: character).map(UInt8.init) }
    if sign == .fujitsu {
      return place("@ABCDEFGHI").map { ($0, false, false) } ?? place("PQRSTUVWXY").map { ($0, true, false) }
    }
    return place("{ABCDEFGHI").map { ($0, false, false) } ?? place("}JKLMNOPQR").map { ($0, true, false) }
      ?? place("pqrstuvwxy").map { ($0, true, false) }
  }

  /// COMP and its like.
  static func binary(
    _ bytes: [UInt8], digits: Int, signed: Bool, truncates: Bool, little: Bool, space: UInt8, _ rule: BlankRule,
    _ type: ValueType
  ) -> Answer {
    let high = little ? Array(bytes.reversed()) : bytes
    var magnitude: UInt128 = 0
    for byte in high { magnitude = magnitude << 8 | UInt128(byte) }
    let isMinus = signed && high[0] >= 0x80
    if isMinus { magnitude = bytes.count == 16 ? 0 &- magnitude : (1 << UInt128(8 * bytes.count)) - magnitude }
    if truncates, magnitude >= power(digits) {
      return bytes.allSatisfy { $0 == space } ? .blank(rule.spaces) : .fault(.overflow)
    }
    if magnitude > UInt128(Int128.max), !(isMinus && magnitude == 1 << 127) { return .fault(.overflow) }
    let value = isMinus ? 0 &- Int128(truncatingIfNeeded: magnitude) : Int128(magnitude)
    if type == .integer, Int64(exactly: value) == nil { return .fault(.overflow) }
    return Answer(value: value)
  }
}
