import Base
import Records

/// A day as a number: 1 is 1900-01-01, 0 is "no date". Differences are days.
typealias DayNumber = Int

/// Days, weekends, closed days and era dates from 1900 to 2031, as tables.
struct CityCalendar: Sendable {
  /// GYYMMDD of a day.
  private let packedDays: [Int32]
  /// `YYYYMMDD` of a day.
  private let numbers: [Int32]
  /// The day itself when offices are open, or the next such day.
  private let openDays: [Int32]

  static let none: DayNumber = 0

  /// - Parameter closedDays: the days on which the city is closed beside weekends, as `YYYYMMDD`.
  init(closedDays: Set<Int64>) {
    let last = Self.day(2031, 12, 31)
    var numbers = [Int32](repeating: 0, count: last + 1)
    var packed = numbers
    var open = numbers
    var day = 1
    for year in 1900...2031 {
      for month in 1...12 {
        for dayOfMonth in 1...CivilDate.days(year: year, month: month) {
          let number = CivilDate.number(year: year, month: month, day: dayOfMonth)
          numbers[day] = Int32(number)
          packed[day] = Int32(Era.packed(number))
          day += 1
        }
      }
    }
    open[last] = Int32(last)
    for day in stride(from: last - 1, through: 1, by: -1) {
      // 1900-01-01 was a Monday.
      let isWeekend = (day - 1) % 7 >= 5
      open[day] = isWeekend || closedDays.contains(Int64(numbers[day])) ? open[day + 1] : Int32(day)
    }
    self.numbers = numbers
    packedDays = packed
    openDays = open
  }

  /// The day number of an existing date.
  static func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> DayNumber {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthFromMarch + 2) / 5 + dayOfMonth
    return days - 693_901
  }

  static func endOfMonth(_ year: Int, _ month: Int) -> DayNumber {
    day(year, month, CivilDate.days(year: year, month: month))
  }

  func packed(_ day: DayNumber) -> Int64 { Int64(packedDays[day]) }
  func number(_ day: DayNumber) -> Int { Int(numbers[day]) }
  func year(_ day: DayNumber) -> Int { Int(numbers[day]) / 10_000 }

  /// The day itself, or the next one that is not a Saturday, Sunday or closed day (地方税法20条の5).
  func open(_ day: DayNumber) -> DayNumber { Int(openDays[day]) }

  /// Whether a day is the first on which the city is open after New Year's closing days.
  func isNewYear(_ day: DayNumber) -> Bool {
    let date = number(day) % 10_000
    return date > 103 && date < 115 && open(Self.day(year(day), 1, 1)) == day
  }

  /// The same day of a month `months` later, or that month's last day.
  func adding(months: Int, to day: DayNumber) -> DayNumber {
    let number = number(day)
    let month = number / 100 % 100 - 1 + months
    let year = number / 10_000 + month / 12
    let dayOfMonth = min(number % 100, CivilDate.days(year: year, month: month % 12 + 1))
    return Self.day(year, month % 12 + 1, dayOfMonth)
  }

  func fiscalYear(_ day: DayNumber) -> Int {
    let number = number(day)
    return number / 100 % 100 < 4 ? number / 10_000 - 1 : number / 10_000
  }

  /// 会計年度 of a receipt for a claim booked in `booked`: until 31 May after the year (出納整理期間) that year, later the year
  /// of the receipt.
  func accountingYear(received: DayNumber, booked: Int) -> Int {
    received <= Self.day(booked + 1, 5, 31) ? booked : fiscalYear(received)
  }

  /// GYY of a fiscal year: 2019 is 431.
  static func packedYear(_ year: Int) -> Int64 { Era.packed(year: Int64(year)) }
}
