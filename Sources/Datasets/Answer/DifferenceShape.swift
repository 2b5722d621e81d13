import Diff
import Evidence
import Records

/// How two values of a column differ, whoever they belong to: what differences with the same cause have in common.
///
/// Made without texts, since a comparison may have millions of differences.
struct DifferenceShape: Hashable {
  enum Relation: UInt8 {
    case nullLeft, nullRight, blankLeft, blankRight, unreadable, spaces, width, zeros, letterCase, cutRight, cutLeft
    case sign, doubled, moreBy, lessBy, days, months, other
  }

  let relation: Relation
  /// Power of ten of a number's distance, or the days or months between two dates; shapes of texts otherwise.
  let detail: UInt64

  init(_ left: CanonicalRow, _ right: CanonicalRow, _ index: Int, _ column: ComparedColumn) {
    let (a, b) = (left.values[index], right.values[index])
    (relation, detail) = Self.relation(a, b, column)
  }

  private typealias Value = (value: CanonicalRow.Value, bytes: UnsafeBufferPointer<UInt8>, isQuoted: Bool)

  private static func relation(_ a: Value, _ b: Value, _ column: ComparedColumn) -> (Relation, UInt64) {
    if a.value == .invalid || b.value == .invalid {
      return (.unreadable, a.value == b.value ? 2 : a.value == .invalid ? 0 : 1)
    }
    if a.value == .null { return (.nullLeft, shape(b.bytes)) }
    if b.value == .null { return (.nullRight, shape(a.bytes)) }
    if column.kind == .date, let found = dates(a.bytes, b.bytes) { return found }
    if column.kind == .number || a.value == .number && b.value == .number { return numbers(a.bytes, b.bytes) }
    return texts(a.bytes, b.bytes)
  }

  private static func numbers(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> (Relation, UInt64) {
    guard var x = decimal(a), var y = decimal(b) else { return (.other, shape(a) ^ shape(b) &* 31) }
    // To the same scale; with at most 18 digits before, none is lost.
    let scale = max(x.scale, y.scale)
    for _ in x.scale..<scale { x.value *= 10 }
    for _ in y.scale..<scale { y.value *= 10 }
    if x.value == -y.value { return (.sign, 0) }
    if y.value == 2 * x.value { return (.doubled, 0) }
    var (limit, power) = (1 as Int128, 0 as UInt64)
    for _ in 0..<scale { limit *= 10 }
    while power < 6, (y.value - x.value).magnitude > limit.magnitude {
      limit *= 10
      power += 1
    }
    return (y.value > x.value ? .moreBy : .lessBy, power)
  }

  /// A number as digits and how many of them stand behind the point; `nil` beyond 18 of either.
  private static func decimal(_ text: UnsafeBufferPointer<UInt8>) -> (value: Int128, scale: Int)? {
    var (value, isNegative, scale, digits) = (0 as Int128, false, -1, 0)
    for (place, byte) in text.enumerated() {
      switch byte {
      case 45 where place == 0: isNegative = true
      case 46 where scale < 0: scale = 0
      case 48...57:
        value = value * 10 + Int128(byte - 48)
        digits += 1
        if scale >= 0 { scale += 1 }
      default: return nil
      }
      if digits > 18 { return nil }
    }
    return (isNegative ? -value : value, max(scale, 0))
  }

  private static func dates(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> (Relation, UInt64)? {
    func parts(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
      guard text.count == 10 else { return nil }
      return text.reduce(0 as Int64) { $1 == 45 ? $0 : $0 * 10 + Int64($1 & 15) }
    }
    guard let x = parts(a), let y = parts(b) else { return nil }
    let months = (y / 10_000 - x / 10_000) * 12 + y / 100 % 100 - x / 100 % 100
    if x % 100 == y % 100, abs(months) <= 24 { return (.months, UInt64(bitPattern: months)) }
    guard let from = CivilDate.dayNumber(x), let to = CivilDate.dayNumber(y), abs(to - from) <= 7 else { return nil }
    return (.days, UInt64(bitPattern: to - from))
  }

  private static func texts(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> (Relation, UInt64) {
    if a.isEmpty { return (.blankLeft, shape(b)) }
    if b.isEmpty { return (.blankRight, shape(a)) }
    // Amounts in a file of texts.
    if let x = plainNumber(a), let y = plainNumber(b), x != 0 || y != 0 { return numbers(a, b) }
    for (form, relation) in forms where isEqual(a, b, form) { return (relation, 0) }
    if stripped(a).elementsEqual(stripped(b)) { return (.zeros, 0) }
    if a.starts(with: b) { return (.cutRight, 0) }
    if b.starts(with: a) { return (.cutLeft, 0) }
    return (.other, shape(a) ^ shape(b) &* 31)
  }

  /// A whole number as numbers are written, not a code with leading zeros.
  private static func plainNumber(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
    let digits = text.first == 45 ? text.dropFirst() : text[...]
    guard let first = digits.first, first != 48 || digits.count == 1, digits.allSatisfy({ $0 &- 48 <= 9 }) else {
      return nil
    }
    return decimal(text)?.value
  }

  private static let forms: [(NormalForms, Relation)] = {
    var (spaces, width, letters) = (NormalForms(), NormalForms(), NormalForms())
    spaces.trimming = .both
    width.width = true
    letters.caseless = true
    return [(spaces, .spaces), (width, .width), (letters, .letterCase)]
  }()

  private static func isEqual(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ form: NormalForms
  ) -> Bool {
    func formed(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: 3 * text.count + 8) { out, count in
        count = form.write(text, to: out.baseAddress!)
      }
    }
    guard abs(a.count - b.count) <= 2 * min(a.count, b.count) + 64, a.count < 4096 else { return false }
    return formed(a) == formed(b)
  }

  private static func stripped(_ text: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    text.dropLast(0).drop { $0 == 48 }
  }

  // MARK: shapes

  private enum CharacterClass: Character {
    case digit = "9"
    case letter = "A"
    case sign = "-"
    case space = "_"
    case kana = "カ"
    case kanji = "漢"
    case other = "?"
  }

  /// The classes of a text's characters, runs of the same class once, at most eight runs: 4 bits each.
  private static func shape(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var (code, last, runs) = (0 as UInt64, 0 as UInt64, 0)
    for byte in text {
      let kind: UInt64 =
        switch byte {
        case 48...57: 1
        case 65...90, 97...122: 2
        case 32: 4
        case 0..<0x80: 3
        case 0x80..<0xC0: last
        case 0xE3: 5
        case 0xE4...0xEF: 6
        default: 7
        }
      if kind != last {
        runs += 1
        if runs > 8 { break }
        code = code << 4 | kind
        last = kind
      }
    }
    return code
  }

  /// The same for people.
  private static func picture(_ text: String) -> String {
    var picture = ""
    var last: CharacterClass?
    for scalar in text.unicodeScalars {
      let kind: CharacterClass =
        switch scalar.value {
        case 48...57: .digit
        case 65...90, 97...122: .letter
        case 32, 0x3000: .space
        case 0..<0x80: .sign
        case 0x3040...0x30FF: .kana
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .kanji
        default: .other
        }
      if kind != last { picture.append(kind.rawValue) }
      last = kind
      if picture.count == 8 { break }
    }
    return picture
  }

  /// What the difference is, in words; the texts are the values of the first row that has it.
  func words(_ left: String?, _ right: String?) -> Bilingual {
    func count() -> Int64 { Int64(bitPattern: detail) }
    func signed(_ value: Int64) -> String { value > 0 ? "+\(value)" : "−\(-value)" }
    switch relation {
    case .nullLeft: return Bilingual("左が空(NULL)", "null on the left")
    case .nullRight: return Bilingual("右が空(NULL)", "null on the right")
    case .blankLeft: return Bilingual("左が空白", "blank on the left")
    case .blankRight: return Bilingual("右が空白", "blank on the right")
    case .unreadable:
      let side = [Bilingual("左", "the left"), Bilingual("右", "the right"), Bilingual("両方", "both sides")][Int(detail)]
      return Bilingual("\(side.ja)が読めない値", "unreadable on \(side.en)")
    case .spaces: return Bilingual("空白だけの違い", "spaces only")
    case .width: return Bilingual("全角・半角の違い", "full and half width")
    case .zeros: return Bilingual("先頭のゼロの違い", "leading zeros")
    case .letterCase: return Bilingual("大文字・小文字の違い", "upper and lower case")
    case .cutRight: return Bilingual("右が途中で切れている", "cut off on the right")
    case .cutLeft: return Bilingual("左が途中で切れている", "cut off on the left")
    case .sign: return Bilingual("符号が逆", "sign turned")
    case .doubled: return Bilingual("右が2倍", "doubled on the right")
    case .moreBy, .lessBy:
      let sign = relation == .moreBy ? "+" : "−"
      let limit = String(repeating: "0", count: Int(detail))
      return detail == 6
        ? Bilingual("\(sign)100000超", "beyond \(sign)100000")
        : Bilingual("\(sign)1\(limit)以内", "within \(sign)1\(limit)")
    case .days: return Bilingual("\(signed(count()))日", "\(signed(count())) days")
    case .months: return Bilingual("\(signed(count()))か月", "\(signed(count())) months")
    case .other:
      let change = "\(Self.picture(left ?? ""))→\(Self.picture(right ?? ""))"
      return Bilingual(change, change)
    }
  }
}
