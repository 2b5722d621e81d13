import Base
import Diff

/// The way in which two values of a column differ, independent of the person: the common part of differences with the
/// same cause.
///
/// Computed without texts, since a comparison may have millions of differences.
struct DifferenceShape: Hashable {
  enum Relation: UInt8 {
    case nullLeft, nullRight, blankLeft, blankRight, unreadable, spaces, width, zeros, letterCase, cutRight, cutLeft
    case sign, doubled, moreBy, lessBy, days, months, other, typed
  }

  let relation: Relation
  /// Power of ten of a number's distance, or the days or months between two dates; the left text's shape otherwise.
  let detail: UInt64
  /// The right text's shape, when shapes are reported.
  let other: UInt64

  init(_ left: CanonicalRow, _ right: CanonicalRow, _ index: Int, _ kind: ComparisonKind) {
    let (a, b) = (left.values[index], right.values[index])
    let found = Self.relation(a, b, kind)
    relation = found.0
    let tellsShapes = found.0 == .other
    detail = tellsShapes ? Self.shape(a.bytes) : found.1
    other = tellsShapes ? Self.shape(b.bytes) : 0
  }

  private typealias Value = CanonicalRow.Part

  private static func relation(_ a: Value, _ b: Value, _ kind: ComparisonKind) -> (Relation, UInt64) {
    if !a.value.isReadable || !b.value.isReadable {
      return (.unreadable, a.value.isReadable ? 1 : b.value.isReadable ? 0 : 2)
    }
    if a.value == .null { return (.nullLeft, 0) }
    if b.value == .null { return (.nullRight, 0) }
    if a.value != b.value, a.bytes.elementsEqual(b.bytes) { return (.typed, 0) }
    if kind == .date, let found = dates(a.bytes, b.bytes) { return found }
    if kind == .number || a.value == .number && b.value == .number { return numbers(a.bytes, b.bytes) }
    return texts(a.bytes, b.bytes)
  }

  private static func numbers(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> (Relation, UInt64) {
    guard var x = ExactDecimal.read(a), var y = ExactDecimal.read(b) else { return (.other, 0) }
    // Brought to the same scale; with at most 18 digits before, none is lost.
    let scale = max(x.scale, y.scale)
    for _ in x.scale..<scale { x.unscaled *= 10 }
    for _ in y.scale..<scale { y.unscaled *= 10 }
    if x.unscaled == -y.unscaled { return (.sign, 0) }
    if y.unscaled == 2 * x.unscaled { return (.doubled, 0) }
    var (limit, power) = (1 as Int128, 0 as UInt64)
    for _ in 0..<scale { limit *= 10 }
    while power < 6, (y.unscaled - x.unscaled).magnitude > limit.magnitude {
      limit *= 10
      power += 1
    }
    return (y.unscaled > x.unscaled ? .moreBy : .lessBy, power)
  }

  private static func dates(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> (Relation, UInt64)? {
    func parts(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
      guard text.count == 10 else { return nil }
      return text.reduce(0 as Int64) { $1 == 45 ? $0 : $0 * 10 + Int64($1 & 15) }
    }
    guard let x = parts(a), let y = parts(b), x > 0, y > 0 else { return nil }
    let months = (y / 10_000 - x / 10_000) * 12 + y / 100 % 100 - x / 100 % 100
    if x % 100 == y % 100, abs(months) <= 24 { return (.months, UInt64(bitPattern: months)) }
    guard let from = CivilDate.dayNumber(x), let to = CivilDate.dayNumber(y), abs(to - from) <= 7 else { return nil }
    return (.days, UInt64(bitPattern: to - from))
  }

  private static func texts(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> (Relation, UInt64) {
    if a.isEmpty { return (.blankLeft, 0) }
    if b.isEmpty { return (.blankRight, 0) }
    // Amounts in a file of texts.
    if let x = plainNumber(a), let y = plainNumber(b), x != 0 || y != 0 { return numbers(a, b) }
    for (form, relation) in forms where mayEqual(a, b, relation) && isEqual(a, b, form) { return (relation, 0) }
    if stripped(a).elementsEqual(stripped(b)) { return (.zeros, 0) }
    if a.starts(with: b) { return (.cutRight, 0) }
    if b.starts(with: a) { return (.cutLeft, 0) }
    return (.other, 0)
  }

  /// A whole number in the notation of numbers, not a code with leading zeros.
  private static func plainNumber(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
    let digits = text.first == 45 ? text.dropFirst() : text[...]
    guard let first = digits.first, first != 48 || digits.count == 1, digits.allSatisfy({ $0 &- 48 <= 9 }) else {
      return nil
    }
    return ExactDecimal.read(text)?.unscaled
  }

  private static let forms: [(NormalForms, Relation)] = {
    var (spaces, width, letters) = (NormalForms(), NormalForms(), NormalForms())
    spaces.trimming = .both
    width.width = true
    letters.caseless = true
    return [(spaces, .spaces), (width, .width), (letters, .letterCase)]
  }()

  /// Whether a form could make two texts equal: a quick test, since the forms themselves cost more.
  private static func mayEqual(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ relation: Relation
  ) -> Bool {
    switch relation {
    case .width: a.contains { $0 >= 0x80 } || b.contains { $0 >= 0x80 }
    case .letterCase: a.count == b.count
    default:
      [a, b].contains { text in [text[0], text[text.count - 1]].contains { [9, 32, 0x80, 0xE3].contains($0) } }
    }
  }

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
    text.drop { $0 == 48 }
  }

  // MARK: shapes

  /// The classes of characters as people see them: digits, letters, signs, spaces, kana and 々, kanji, others (also the
  /// half-width and full-width forms).
  private static let classes: [Character] = ["9", "A", "-", "_", "カ", "漢", "他"]

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
        case 0xE4...0xEE, 0xF0: 6
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

  /// The shape as a text for people.
  private static func picture(_ shape: UInt64) -> String {
    var picture = ""
    var rest = shape
    while rest > 0 {
      picture.insert(classes[Int(rest & 15) - 1], at: picture.startIndex)
      rest >>= 4
    }
    return picture
  }

  /// The difference in words.
  var words: Bilingual {
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
    case .typed: return Bilingual("型だけの違い（文字・数値・真偽）", "written alike, of another type (text, number, truth)")
    case .sign: return Bilingual("符号が逆", "sign turned")
    case .doubled: return Bilingual("右が2倍", "doubled on the right")
    case .moreBy, .lessBy:
      let sign = relation == .moreBy ? "+" : "−"
      let limit = String(repeating: "0", count: Int(detail))
      return detail == 6
        ? Bilingual("\(sign)100000超", "beyond \(sign)100000")
        : Bilingual("\(sign)1\(limit)以内", "within \(sign)1\(limit)")
    case .days: return Bilingual("\(signed(count()))日", "\(signed(count())) \(abs(count()) == 1 ? "day" : "days")")
    case .months:
      return Bilingual("\(signed(count()))か月", "\(signed(count())) \(abs(count()) == 1 ? "month" : "months")")
    case .other:
      let change = "\(Self.picture(detail))→\(Self.picture(other))"
      return Bilingual(change, change)
    }
  }
}
