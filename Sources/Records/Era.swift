import Base

/// The Japanese eras (元号) and the packed dates of the old system: G YY MM DD.
///
/// Era digits: 1 明治, 2 大正, 3 昭和, 4 平成, 5 令和. A date after the end of its era is legitimate when the form was printed
/// before the new name was known (4310531 is 2019-05-31): only 平成 has such aliases, and only from 2019-05-01. 大正 and 昭和
/// began on the day on which they were proclaimed (edicts of 1912-07-30 and 1926-12-25), so that these two days are
/// days of the era before, too, as in family registers: 明治45年7月30日, 大正15年12月25日.
///
/// Until the end of 明治5年 months and days were of the lunar calendar (太陽暦 from 明治6年1月1日, 1873-01-01: 明治5年太政官布告第337号).
/// The digits of such a date do not determine its Gregorian date, and none is computed.
package struct Era: Hashable, Sendable {
  package let digit: Int
  package let japanese: String
  package let english: String
  /// The first and the last day, as `YYYYMMDD`.
  package let first: Int64
  package let last: Int64
  /// Western year of the era's year 1.
  package let firstYear: Int

  package static let all = [
    Era(digit: 1, japanese: "明治", english: "Meiji", first: 1868_01_25, last: 1912_07_29, firstYear: 1868),
    Era(digit: 2, japanese: "大正", english: "Taisho", first: 1912_07_30, last: 1926_12_24, firstYear: 1912),
    Era(digit: 3, japanese: "昭和", english: "Showa", first: 1926_12_25, last: 1989_01_07, firstYear: 1926),
    Era(digit: 4, japanese: "平成", english: "Heisei", first: 1989_01_08, last: 2019_04_30, firstYear: 1989),
    Era(digit: 5, japanese: "令和", english: "Reiwa", first: 2019_05_01, last: 9999_12_31, firstYear: 2019),
  ]

  /// The era of a date; `nil` before 明治.
  package static func of(_ date: Int64) -> Era? { all.last { $0.first <= date } }

  /// A date as official documents write it: `令和元年12月1日`.
  package static func japaneseText(_ date: Int64) -> String {
    guard let era = of(date) else { return CivilDate.text(date) }
    let year = Int(date / 10_000) - era.firstYear + 1
    return "\(era.japanese)\(year == 1 ? "元" : String(year))年\(date / 100 % 100)月\(date % 100)日"
  }

  /// The meaning of a packed era value.
  package enum Reading: Equatable, Sendable {
    /// A date, `YYYYMMDD`; parts that are 00 are unknown.
    case date(Int64)
    /// The same, written with an era that had ended: accepted, and counted (C06-02).
    case alias(Int64)
    /// 0: no date.
    case empty
    /// 9999999: 無期限.
    case noEnd
    /// A date before 1873-01-01, of the lunar calendar.
    case lunar
    /// Not a date that exists.
    case impossible
  }

  /// 明治6年1月1日: the first day of the Gregorian calendar in Japan.
  private static let gregorian: Int64 = 1873_01_01

  /// Reads GYYMMDD. Month 00, or month and day 00, are unknown parts; every other part must exist in the calendar, and
  /// the date must lie in its era or be a legal alias.
  package static func date(_ packed: Int64) -> Reading {
    if packed == 0 { return .empty }
    if packed == 999_9999 { return .noEnd }
    let month = Int(packed / 100 % 100)
    let day = Int(packed % 100)
    guard let era = era(packed / 1_000_000) else { return .impossible }
    let eraYear = Int(packed / 10_000 % 100)
    guard eraYear >= 1 else { return .impossible }
    let year = era.firstYear + eraYear - 1
    let number = CivilDate.number(year: year, month: month, day: day)
    // A lunar year has up to thirteen months, of up to 30 days.
    if year < 1873 { return month <= 12 && day <= 30 && (month > 0 || day == 0) ? .lunar : .impossible }
    if month == 0 {
      guard day == 0, year >= Int(era.first / 10_000) else { return .impossible }
      return year > Int(era.last / 10_000) ? late(number, era) : .date(number)
    }
    guard month <= 12 else { return .impossible }
    if day == 0 {
      guard number / 100 >= era.first / 100 else { return .impossible }
      return number / 100 > era.last / 100 ? late(number, era) : .date(number)
    }
    guard CivilDate.exists(year: year, month: month, day: day), number >= era.first else { return .impossible }
    return number > era.last ? late(number, era) : .date(number)
  }

  /// Reads GYYMM as a date of the month without a day: `YYYYMM00`.
  package static func month(_ packed: Int64) -> Reading {
    if packed == 0 { return .empty }
    if packed == 9_9999 { return .noEnd }
    return date(packed * 100)
  }

  /// Reads GYY as a western year; 431 and 501 are both 2019, the second counts as an alias.
  package static func year(_ packed: Int64) -> Reading {
    if packed == 0 { return .empty }
    guard let era = era(packed / 100), packed % 100 >= 1 else { return .impossible }
    let year = Int64(era.firstYear) + packed % 100 - 1
    if year > era.last / 10_000 { return era.digit == 4 ? .alias(year) : .impossible }
    return year == 2019 && era.digit == 5 ? .alias(year) : .date(year)
  }

  private static func era(_ digit: Int64) -> Era? { all.first { $0.digit == digit } }

  /// A date after the end of its era: an alias in 平成 and on the day on which the next era began, otherwise an error.
  private static func late(_ number: Int64, _ era: Era) -> Reading {
    era.digit == 4 || number == 1912_07_30 || number == 1926_12_25 ? .alias(number) : .impossible
  }

  /// GYYMMDD of a date in its own era; parts that are 0 stay 0. −1, which no item holds, before 1873.
  package static func packed(_ number: Int64) -> Int64 {
    if number == CivilDate.noEnd { return 999_9999 }
    let last = number % 10_000 == 0 ? number + 1231 : number
    guard last >= gregorian else { return -1 }
    // By its place, so that no era is copied: this runs for every date that is written.
    var place = all.count - 1
    while place > 0, all[place].first > last { place -= 1 }
    let year = number / 10_000 - Int64(all[place].firstYear) + 1
    return (Int64(all[place].digit) * 100 + year) * 10_000 + number % 10_000
  }

  /// GYYMM of a date's month, by the era in which the month ends. −1 before 1873.
  package static func packed(month number: Int64) -> Int64 {
    if number == CivilDate.noEnd { return 9_9999 }
    let packed = packed(number % 10_000 == 0 ? number : number / 100 * 100 + 28)
    return packed < 0 ? -1 : packed / 100
  }

  /// GYY of a fiscal year, by the era in which it begins: 2019 is 431, 2020 is 502. −1 before 明治.
  package static func packed(year: Int64) -> Int64 {
    if (1868..<1873).contains(year) { return 100 + year - 1867 }
    let packed = packed(year * 10_000 + 0401)
    return packed < 0 ? -1 : packed / 10_000
  }
}
