import Base
import Records

/// Dates in one form: `YYYY-MM-DD`, unknown parts (不詳) 00. Years beyond 9999 have more digits, years before 1 end with
/// ` BC`, as in PostgreSQL. No end (`9999-99-99`) is also PostgreSQL's `infinity`.
enum DateForm {
  /// The largest number of bytes of a date in this form.
  static let room = 24

  /// Reads a date and writes it to `out`, which has ``room`` bytes.
  ///
  /// - Parameter isDeclared: whether the column was declared to hold dates; then also `YYYYMMDD`, `YYYY/M/D`, the packed
  ///   `GYYMMDD` of legacy files, `R1.5.1`, `H31/04/30`, `令和元年5月1日` and `昭和 5年 1月 1日` are dates, with spaces around
  ///   and midnight behind.
  /// - Returns: the number of bytes written, 0 for the empty date (`0000-00-00`); `nil` when the text is not an
  ///   existing date.
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, isDeclared: Bool, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard let date = iso(text) ?? (isDeclared ? other(text) : nil) else { return odd(text, isDeclared, to: out) }
    guard CivilDate.isDate(date) else { return nil }
    if date == 0 { return 0 }
    var rest = date
    for position in [9, 8, 6, 5, 3, 2, 1, 0] {
      out[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    (out[4], out[7]) = (45, 45)
    return 10
  }

  /// Whether a date in ten bytes is the empty one.
  @inline(__always)
  static func isEmpty(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 10 && text[0] == 48 && text[3] == 48 && text.elementsEqual("0000-00-00".utf8)
  }

  /// The values of PostgreSQL's type `date` that do not have ten characters.
  private static func odd(
    _ text: UnsafeBufferPointer<UInt8>, _ isDeclared: Bool, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard text.count >= 8, text.count <= 16 else { return nil }
    let string = String(decoding: text, as: UTF8.self)
    let found: String
    switch string {
    case "infinity": found = "9999-99-99"
    case "-infinity": found = string
    default:
      let isBefore = string.hasSuffix(" BC")
      let parts = (isBefore ? string.dropLast(3) : string[...]).split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 3, (4...7).contains(parts[0].count), parts[1].count == 2, parts[2].count == 2,
        parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 48 <= 9 } }), isBefore || parts[0].count > 4,
        parts[0].count == 4 || parts[0].first != "0", let year = Int(parts[0]), let month = Int(parts[1]),
        let day = Int(parts[2]), year > 0, (1...12).contains(month), (1...31).contains(day)
      else { return nil }
      found = string
    }
    for (index, byte) in found.utf8.enumerated() { out[index] = byte }
    return found.utf8.count
  }

  private static func iso(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 10, text[4] == 45, text[7] == 45 else { return nil }
    var value: Int64 = 0
    for index in 0..<10 where index != 4 && index != 7 {
      guard text[index] &- 48 <= 9 else { return nil }
      value = value * 10 + Int64(text[index] & 15)
    }
    return value
  }

  private static func other(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let string = date(of: String(decoding: text, as: UTF8.self))
    if let number = Int64(string), string.allSatisfy(\.isNumber) {
      if string.count == 8 { return number }
      guard string.count == 7 else { return nil }
      switch Era.date(number) {
      case .date(let date), .alias(let date): return date
      case .noEnd: return CivilDate.noEnd
      case .empty, .impossible, .lunar: return nil
      }
    }
    return parts(string)
  }

  /// The text without spaces around it, and without midnight behind it, which databases and spreadsheets add.
  private static func date(of text: String) -> String {
    func trimmed(_ text: Substring) -> Substring {
      var text = text.drop { $0 == " " || $0 == "\u{3000}" }
      while text.last == " " || text.last == "\u{3000}" { text.removeLast() }
      return text
    }
    var rest = trimmed(text[...])
    for midnight in [" 0:00", " 0:00:00", " 00:00:00", " 00:00:00.000", "T00:00:00", "T00:00:00.000", "T00:00:00Z"]
    where rest.hasSuffix(midnight) {
      rest = trimmed(rest.dropLast(midnight.count))
      break
    }
    return String(rest)
  }

  /// A year with or without era, month and day, separated by signs or 年月日; each may have spaces around it.
  private static func parts(_ text: String) -> Int64? {
    var rest = Substring(text)
    var era: Era?
    for candidate in Era.all {
      let initial = String(candidate.english.prefix(1))
      for name in [candidate.japanese, initial, initial.lowercased(), square[candidate.japanese] ?? ""]
      where !name.isEmpty && rest.hasPrefix(name) && era == nil {
        era = candidate
        rest = rest.dropFirst(name.count)
      }
    }
    let pieces = rest.split(maxSplits: 3, omittingEmptySubsequences: false) { "/.-年月日".contains($0) }
      .map { $0.drop { $0 == " " || $0 == "\u{3000}" } }
    guard pieces.count == 3 || (pieces.count == 4 && pieces[3].isEmpty), !text.contains("+"),
      let year = pieces[0] == "元" ? 1 : Int(pieces[0]), let month = Int(pieces[1]), let day = Int(pieces[2]),
      (0...12).contains(month), (0...31).contains(day)
    else { return nil }
    guard let era else { return pieces[0].count == 4 ? CivilDate.number(year: year, month: month, day: day) : nil }
    guard (1...99).contains(year) else { return nil }
    switch Era.date(Int64(((era.digit * 100 + year) * 100 + month) * 100 + day)) {
    case .date(let date), .alias(let date): return date
    default: return nil
    }
  }

  /// The eras as single characters.
  private static let square = ["明治": "㍾", "大正": "㍽", "昭和": "㍼", "平成": "㍻", "令和": "㋿"]
}
