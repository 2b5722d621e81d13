/// Calendar dates as numbers `YYYYMMDD`, the form that columns hold.
///
/// Month or day 00 means that the part is unknown (不詳), as in old registrations and foreign documents. ``noEnd`` stands
/// for 無期限. A missing date is a null, never a number. The order of the numbers is the order of the dates.
package enum CivilDate {
  /// 9999999 of the old system and 99999999 of the standard's 支援措置: no end.
  package static let noEnd: Int64 = 9999_99_99

  /// The number of days of a month of the Gregorian calendar; `month` in 1...12.
  package static func days(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// True for a date that exists: month 1...12 and a day of that month.
  package static func exists(year: Int, month: Int, day: Int) -> Bool {
    (1...12).contains(month) && day >= 1 && day <= days(year: year, month: month)
  }

  /// Whether a number is a date as columns hold them: one that exists, one of which the day, or day and month, are unknown (00),
  /// or ``noEnd``.
  package static func isDate(_ number: Int64) -> Bool {
    let (year, month, day) = (Int(number / 10_000), Int(number / 100 % 100), Int(number % 100))
    return number == noEnd || (day == 0 && (0...12).contains(month)) || exists(year: year, month: month, day: day)
  }

  package static func number(year: Int, month: Int, day: Int) -> Int64 { Int64(year * 10_000 + month * 100 + day) }

  /// `YYYY-MM-DD`; unknown parts stay `00`; ``noEnd`` is `9999-99-99`.
  package static func text(_ number: Int64) -> String {
    func pad(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(number / 10_000, 4))-\(pad(number / 100 % 100, 2))-\(pad(number % 100, 2))"
  }

  /// The date of a text `YYYY-MM-DD`; `nil` when the text is not a date.
  package static func parse(_ text: some StringProtocol) -> Int64? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }), parts.count == 3, parts[0].count == 4,
      parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return number(year: year, month: month, day: day)
  }

  /// Days from 0001-01-01, which is day 1; `nil` for a number that is not a calendar date (不詳, 無期限).
  package static func dayNumber(_ number: Int64) -> Int64? {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    guard (1...9998).contains(year), exists(year: Int(year), month: Int(month), day: Int(day)) else { return nil }
    // A year that begins in March has its leap day at the end.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 306
  }

  /// The inverse of ``dayNumber(_:)``; `nil` outside the years 1 to 9998.
  package static func date(dayNumber: Int64) -> Int64? {
    guard dayNumber >= 1, dayNumber < 3_652_000 else { return nil }
    let day = dayNumber + 305
    let era = day / 146_097
    let rest = day % 146_097
    let yearOfEra = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365
    let dayOfYear = rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0)
    return number(
      year: Int(year), month: Int(month < 10 ? month + 3 : month - 9), day: Int(dayOfYear - (153 * month + 2) / 5 + 1))
  }

  /// Saturday or Sunday. Day 1 is a Monday.
  package static func isWeekend(dayNumber: Int64) -> Bool { (dayNumber - 1) % 7 >= 5 }

  /// The last day of a date's month; `nil` when the month is unknown.
  package static func lastDay(_ number: Int64) -> Int64? {
    let (year, month) = (Int(number / 10_000), Int(number / 100 % 100))
    guard (1...9998).contains(year), (1...12).contains(month) else { return nil }
    return Self.number(year: year, month: month, day: days(year: year, month: month))
  }

  /// The fiscal year (年度: April to March) of a date.
  package static func fiscalYear(_ number: Int64) -> Int64 {
    let year = number / 10_000
    return number / 100 % 100 < 4 ? year - 1 : year
  }
}
