import Base

/// How a date is written (日付の書き方): which parts, in which order, and how the year is told.
///
/// All zeros are no date, all nines 無期限. Month or day 00 are unknown parts, other than in a day of the year.
package struct DateNotation: Hashable, Sendable {
  package enum Year: Hashable, Sendable {
    /// YYYY.
    case western
    /// YY: less than the pivot is 20YY, otherwise 19YY.
    case short(pivot: Int)
    /// GYY: an era (元号) and its year. In text the era may be a letter, M T S H R.
    case era
  }

  package enum Rest: Hashable, Sendable { case date, month, year, dayOfYear }

  package let year: Year
  package let rest: Rest
  /// The character between two parts, in text alone; parts may then lack leading zeros.
  package let separator: UInt8?

  package static let eraDate = DateNotation(year: .era, rest: .date)
  package static let eraMonth = DateNotation(year: .era, rest: .month)
  package static let eraYear = DateNotation(year: .era, rest: .year)

  init(year: Year, rest: Rest, separator: UInt8? = nil) {
    self.year = year
    self.rest = rest
    self.separator = separator
  }

  /// The names of the forms, as definitions have them; `50` stands for any pivot from 00 to 99.
  package static let names = [
    "yyyymmdd", "yyyymm", "yyyyddd", "yymmdd:50", "yyddd:50", "era-date", "era-month", "era-year",
  ]
  /// The further names of forms of text: with `-`, `/` or `.`.
  package static let textNames = ["yyyy-mm-dd", "yyyy/mm/dd", "yyyy/mm", "yy/mm/dd:50", "era.mm.dd"]

  /// - Parameter inText: forms with separators count, too.
  /// - Returns: `nil` for a name of no form.
  package init?(_ name: String, inText: Bool = false) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    var short: Year?
    if parts.count == 2 {
      guard parts[1].count == 2, let pivot = Int(parts[1]), pivot >= 0 else { return nil }
      short = .short(pivot: pivot)
    }
    guard parts.count <= 2 else { return nil }
    switch (String(parts[0]), short) {
    case ("yyyymmdd", nil): self.init(year: .western, rest: .date)
    case ("yyyymm", nil): self.init(year: .western, rest: .month)
    case ("yyyyddd", nil): self.init(year: .western, rest: .dayOfYear)
    case ("yymmdd", .some(let year)): self.init(year: year, rest: .date)
    case ("yyddd", .some(let year)): self.init(year: year, rest: .dayOfYear)
    case ("era-date", nil): self = .eraDate
    case ("era-month", nil): self = .eraMonth
    case ("era-year", nil): self = .eraYear
    case (let form, let year) where inText:
      guard let separator = form.utf8.first(where: { [0x2D, 0x2F, 0x2E].contains($0) }) else { return nil }
      let words = form.utf8.split(separator: separator, omittingEmptySubsequences: false).map { String($0) ?? "" }
      let known: [String: Year] = ["yyyy": .western, "era": .era]
      guard let found = words[0] == "yy" ? year : year == nil ? known[words[0]] : nil else { return nil }
      switch words.dropFirst() {
      case ["mm", "dd"]: self.init(year: found, rest: .date, separator: separator)
      case ["mm"]: self.init(year: found, rest: .month, separator: separator)
      default: return nil
      }
    default: return nil
    }
  }

  /// The type of its column: a date, or the western year as a number.
  package var type: ValueType { rest == .year ? .integer : .date }

  /// The digits of the year, with the era's.
  private var yearDigits: Int {
    switch year {
    case .western: 4
    case .short: 2
    case .era: 3
    }
  }

  /// The number of digits.
  package var digits: Int {
    switch rest {
    case .date: yearDigits + 4
    case .month: yearDigits + 2
    case .year: yearDigits
    case .dayOfYear: yearDigits + 3
    }
  }

  /// The largest number of characters in text.
  package var width: Int { digits + (separator == nil ? 0 : rest == .date ? 2 : 1) }

  /// Reads the number that all digits make.
  package func read(_ number: Int64) -> Era.Reading {
    if year == .era {
      switch rest {
      case .date: return Era.date(number)
      case .month: return Era.month(number)
      case .year, .dayOfYear: return Era.year(number)
      }
    }
    if number == 0 { return .empty }
    let scale: Int64
    switch rest {
    case .date: scale = 10_000
    case .month: scale = 100
    case .year: scale = 1
    case .dayOfYear: scale = 1000
    }
    let nines: Int64 = (yearDigits == 4 ? 10_000 : 100) * scale - 1
    if number == nines { return .noEnd }
    guard number > 0, number < nines else { return .impossible }
    var full = number / scale
    if case .short(let pivot) = year { full += full < pivot ? 2000 : 1900 }
    guard full >= 1 else { return .impossible }
    let rest = number % scale
    switch self.rest {
    case .date: return Self.checked(full * 10_000 + rest)
    case .month: return Self.checked(full * 10_000 + rest * 100)
    case .year: return .date(full)
    case .dayOfYear: return Self.day(rest, of: full)
    }
  }

  private static func checked(_ number: Int64) -> Era.Reading {
    let (month, day) = (number / 100 % 100, number % 100)
    if day == 0 { return month <= 12 ? .date(number) : .impossible }
    return CivilDate.exists(year: Int(number / 10_000), month: Int(month), day: Int(day)) ? .date(number) : .impossible
  }

  private static func day(_ day: Int64, of year: Int64) -> Era.Reading {
    let isLeap = CivilDate.days(year: Int(year), month: 2) == 29
    guard day >= 1, day <= (isLeap ? 366 : 365), let first = CivilDate.dayNumber(year * 10_000 + 101),
      let date = CivilDate.date(dayNumber: first + day - 1)
    else { return .impossible }
    return .date(date)
  }

  /// Reads text in ASCII without blanks around it.
  package func read(text: UnsafeBufferPointer<UInt8>) -> Era.Reading {
    var number: Int64 = 0
    var at = 0
    /// Adds the digits of a part: as many as it has, or at least one before a separator.
    func part(_ width: Int, isLast: Bool) -> Bool {
      let first = at
      var value: Int64 = 0
      while at < text.count, at - first < width, text[at] &- 0x30 < 10 {
        value = value * 10 + Int64(text[at] & 0x0F)
        at += 1
      }
      guard at - first == width || separator != nil && at > first && (width == 2 || isLast) else { return false }
      for _ in 0..<width { number *= 10 }
      number += value
      if isLast { return at == text.count }
      guard let separator else { return true }
      guard at < text.count, text[at] == separator else { return false }
      at += 1
      return true
    }
    if year == .era {
      guard let first = text.first, let digit = Self.eraDigit(first) else { return .impossible }
      number = digit
      at = 1
      guard part(2, isLast: rest == .year) else { return .impossible }
    } else {
      guard part(yearDigits, isLast: rest == .year) else { return .impossible }
    }
    switch rest {
    case .date: guard part(2, isLast: false), part(2, isLast: true) else { return .impossible }
    case .month: guard part(2, isLast: true) else { return .impossible }
    case .year: break
    case .dayOfYear: guard part(3, isLast: true) else { return .impossible }
    }
    return read(number)
  }

  /// The digit of an era: 1 to 5, 0 and 9 for dates that are none, or M T S H R.
  private static func eraDigit(_ byte: UInt8) -> Int64? {
    if byte &- 0x30 < 10 { return Int64(byte & 0x0F) }
    let letters: StaticString = "MTSHR"
    for index in 0..<5 where letters.utf8Start[index] == byte & 0xDF { return Int64(index + 1) }
    return nil
  }

  /// Writes a date in this form to ``width`` bytes; in text with separators the era is a letter.
  ///
  /// - Returns: false for a date that the form cannot tell.
  package func write(_ value: Int64, to out: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    var rest = written(value)
    guard rest >= 0 else { return false }
    var at = width - 1
    var digits = 0
    let last = self.digits - yearDigits
    while at >= 0 {
      if separator != nil, digits == 2 && at == width - 3 || digits == last && last == 4 && at == width - 6 {
        out[at] = separator ?? 0
        at -= 1
        if at < 0 { break }
      }
      out[at] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      digits += 1
      at -= 1
    }
    let letters: StaticString = "MTSHR"
    if separator != nil, year == .era, (0x31...0x35).contains(out[0]) { out[0] = letters.utf8Start[Int(out[0] - 0x31)] }
    return rest == 0
  }

  /// The number that a value of this form is written as: the inverse of ``read(_:)``. −1 for a date that the form
  /// cannot tell.
  package func written(_ value: Int64) -> Int64 {
    if year == .era {
      switch rest {
      case .date: return Era.packed(value)
      case .month: return Era.packed(month: value)
      case .year, .dayOfYear: return Era.packed(year: value)
      }
    }
    let full = value / 10_000
    var told = full
    if case .short(let pivot) = year {
      told = full % 100
      if value != CivilDate.noEnd, full != told + (told < pivot ? 2000 : 1900) { return -1 }
    }
    switch rest {
    case .date: return told * 10_000 + value % 10_000
    case .month: return told * 100 + value / 100 % 100
    case .year: return told
    case .dayOfYear:
      if value == CivilDate.noEnd { return told * 1000 + 999 }
      guard let day = CivilDate.dayNumber(value), let first = CivilDate.dayNumber(full * 10_000 + 101) else {
        return -1
      }
      return told * 1000 + day - first + 1
    }
  }
}
