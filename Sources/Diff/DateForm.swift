import Records

/// Dates in one form: `YYYY-MM-DD`, unknown parts (不詳) 00.
enum DateForm {
  /// Reads a date and writes its ten bytes to `out`.
  ///
  /// - Parameter isDeclared: whether the column was declared to hold dates; then also `YYYYMMDD`, `YYYY/M/D`, the packed
  ///   `GYYMMDD` of legacy files, `R1.5.1`, `H31/04/30` and `令和元年5月1日` are dates.
  /// - Returns: false when the text is no date that exists.
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, isDeclared: Bool, to out: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard let date = iso(text) ?? (isDeclared ? other(text) : nil), exists(date) else { return false }
    var rest = date
    for position in [9, 8, 6, 5, 3, 2, 1, 0] {
      out[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    (out[4], out[7]) = (45, 45)
    return true
  }

  private static func exists(_ date: Int64) -> Bool {
    let (year, month, day) = (Int(date / 10_000), Int(date / 100 % 100), Int(date % 100))
    return date == 0 || date == CivilDate.noEnd || (month == 0 && day == 0) || (day == 0 && (1...12).contains(month))
      || CivilDate.exists(year: year, month: month, day: day)
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
    let string = String(decoding: text, as: UTF8.self)
    if let number = Int64(string), string.allSatisfy(\.isNumber) {
      if string.count == 8 { return number }
      guard string.count == 7 else { return nil }
      switch Era.date(number) {
      case .date(let date), .alias(let date): return date
      case .noEnd: return CivilDate.noEnd
      case .empty, .impossible: return nil
      }
    }
    return parts(string)
  }

  /// A year with or without era, month and day, divided by signs or 年月日.
  private static func parts(_ text: String) -> Int64? {
    var rest = Substring(text)
    var era: Era?
    for candidate in Era.all {
      let initial = String(candidate.english.prefix(1))
      for name in [candidate.japanese, initial, initial.lowercased()] where rest.hasPrefix(name) && era == nil {
        era = candidate
        rest = rest.dropFirst(name.count)
      }
    }
    let pieces = rest.split(maxSplits: 3, omittingEmptySubsequences: false) { "/.-年月日".contains($0) }
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
}
