import Base

/// The days on which the city is closed (閉庁日). Days outside the years of its list are unknown.
package struct OfficeCalendar: Sendable {
  /// The days listed, as `YYYYMMDD`.
  package let closed: Set<Int64>
  /// From the year of the first day listed to that of the last.
  private let years: ClosedRange<Int64>?

  /// - Parameter closed: the days listed; Saturdays and Sundays are closed whether listed or not.
  package init(_ closed: Set<Int64>) {
    self.closed = closed
    years = closed.min().flatMap { first in closed.max().map { first / 10_000...$0 / 10_000 } }
  }

  /// - Returns: `nil` for a day outside the years of the list.
  func isClosed(_ date: Int64, dayNumber: Int64) -> Bool? {
    guard let years, years.contains(date / 10_000) else { return nil }
    return CivilDate.isWeekend(dayNumber: dayNumber) || closed.contains(date)
  }
}
