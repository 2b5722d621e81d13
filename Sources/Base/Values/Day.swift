import Foundation

/// Days as the registers keep them, `YYYY-MM-DD`: the order of the texts is the order of the days. Also moments: RFC
/// 3339 in UTC.
///
/// A day is a day of Japanese time (UTC+9, all year), whatever time zone the computer is set to: a deadline and the day
/// of a parallel run are the city's. On a server that runs on UTC it would still be yesterday at eight in the morning.
package enum Day {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
    return calendar
  }()

  package static func isValid(_ text: String) -> Bool { number(text) != nil }

  /// Days from 0001-01-01, which is day 1 and a Monday; `nil` for a text that is not a date.
  package static func number(_ text: String) -> Int? {
    guard text.utf8.count == 10, let date = CivilDate.parse(text), let number = CivilDate.dayNumber(date) else {
      return nil
    }
    return Int(number)
  }

  /// The date of a day's number.
  package static func text(_ number: Int) -> String {
    guard let date = CivilDate.date(dayNumber: Int64(number)) else { return "" }
    return CivilDate.text(date)
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// Whether a day's number is a Saturday or Sunday.
  package static func isWeekend(_ number: Int) -> Bool { (number - 1) % 7 >= 5 }

  /// The day of a moment; empty for a text that is not a moment.
  package static func of(_ moment: String) -> String {
    guard let date = try? Date(moment, strategy: .iso8601) else { return "" }
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return CivilDate.text(CivilDate.number(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
  }

  /// A moment as people read it: `2019-11-20 14:05`; any other text unchanged.
  package static func local(_ moment: String) -> String {
    guard let date = try? Date(moment, strategy: .iso8601) else { return moment }
    let parts = calendar.dateComponents([.hour, .minute], from: date)
    return "\(of(moment)) \(two(parts.hour ?? 0)):\(two(parts.minute ?? 0))"
  }

  /// Today, by the computer's clock.
  package static func today() -> String { of(now()) }

  /// Now.
  package static func now() -> String { Date().formatted(.iso8601) }

  /// The first moment after a day.
  package static func end(of day: String) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return "" }
    let next = DateComponents(year: parts[0], month: parts[1], day: parts[2] + 1)
    return calendar.date(from: next)?.formatted(.iso8601) ?? ""
  }
}
