/// The date system of a workbook; dates are `YYYYMMDD`.
package enum DateSystem: Hashable, Sendable {
  /// 1 is 1900-01-01, and 60 is the non-existent 29 February 1900.
  case from1900
  /// 0 is 1904-01-01; an option of workbooks that came from a Macintosh.
  case from1904

  /// The date of a serial number; `nil` for 1900-02-29, and beyond 9999-12-31.
  package func date(serial: Int) -> Int? {
    switch self {
    case .from1900 where serial >= 61: Self.date(day: serial - 25_569)
    case .from1900 where (1...59).contains(serial): Self.date(day: serial - 25_568)
    case .from1904 where serial >= 0: Self.date(day: serial - 24_107)
    default: nil
    }
  }

  /// The serial number of a date; `nil` when the calendar or the system does not have it.
  package func serial(date: Int) -> Int? {
    guard let day = Self.day(date) else { return nil }
    return switch self {
    case .from1900 where date >= 1900_03_01: day + 25_569
    case .from1900 where date >= 1900_01_01: day + 25_568
    case .from1904 where date >= 1904_01_01: day + 24_107
    default: nil
    }
  }

  /// Days since 1970-01-01, counted in years that begin in March, so that the leap day is the last.
  private static func day(_ date: Int) -> Int? {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
    guard (1900...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let number = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return Self.date(day: number) == date ? number : nil
  }

  private static func date(day: Int) -> Int? {
    guard day <= 2_932_896 else { return nil }  // 9999-12-31
    let (era, rest) = (day + 719_468).quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365
    let dayOfYear = rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0)
    return year * 10_000 + (month < 10 ? month + 3 : month - 9) * 100 + dayOfYear - (153 * month + 2) / 5 + 1
  }
}
