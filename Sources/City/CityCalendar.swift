import Records

/// A day as a number: 1 is 1900-01-01, 0 is "no date". Differences are days.
typealias Day = Int

/// Days, weekends, holidays and era dates from 1900 to 2031, as tables.
struct CityCalendar: Sendable {
  /// GYYMMDD of a day.
  private let packedDays: [Int32]
  /// `YYYYMMDD` of a day.
  private let numbers: [Int32]
  /// The day itself when offices are open, or the next on which they are.
  private let openDays: [Int32]

  static let none: Day = 0

  init() {
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
    let holidays = Set(CityHolidays.all)
    open[last] = Int32(last)
    for day in stride(from: last - 1, through: 1, by: -1) {
      // 1900-01-01 was a Monday.
      let isWeekend = (day - 1) % 7 >= 5
      open[day] = isWeekend || holidays.contains(Int(numbers[day])) ? open[day + 1] : Int32(day)
    }
    self.numbers = numbers
    packedDays = packed
    openDays = open
  }

  /// The number of a date that exists.
  static func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Day {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthFromMarch + 2) / 5 + dayOfMonth
    return days - 693_901
  }

  static func endOfMonth(_ year: Int, _ month: Int) -> Day {
    day(year, month, CivilDate.days(year: year, month: month))
  }

  func packed(_ day: Day) -> Int64 { Int64(packedDays[day]) }
  func number(_ day: Day) -> Int { Int(numbers[day]) }
  func year(_ day: Day) -> Int { Int(numbers[day]) / 10_000 }

  /// The day itself, or the next one that is no Saturday, Sunday or holiday (地方税法20条の5).
  func open(_ day: Day) -> Day { Int(openDays[day]) }

  /// The same day of a month `months` later, or that month's last day.
  func adding(months: Int, to day: Day) -> Day {
    let number = number(day)
    let month = number / 100 % 100 - 1 + months
    let year = number / 10_000 + month / 12
    let dayOfMonth = min(number % 100, CivilDate.days(year: year, month: month % 12 + 1))
    return Self.day(year, month % 12 + 1, dayOfMonth)
  }

  func fiscalYear(_ day: Day) -> Int {
    let number = number(day)
    return number / 100 % 100 < 4 ? number / 10_000 - 1 : number / 10_000
  }

  /// 会計年度 of a receipt for a claim booked in `booked`: until 31 May after the year (出納整理期間) that year, later
  /// the year in which the money came.
  func accountingYear(received: Day, booked: Int) -> Int {
    received <= Self.day(booked + 1, 5, 31) ? booked : fiscalYear(received)
  }

  /// GYY of a fiscal year: 2019 is 431.
  static func packedYear(_ year: Int) -> Int64 { Int64(year <= 2019 ? 400 + year - 1988 : 500 + year - 2018) }
}

/// The holidays (国民の祝日, with substitutes) that move due dates, 2013–2021, as `YYYYMMDD`.
enum CityHolidays {
  static let all: [Int] = [
    2013_01_01, 2013_01_14, 2013_02_11, 2013_03_20, 2013_04_29, 2013_05_03, 2013_05_04, 2013_05_05, 2013_05_06,
    2013_07_15, 2013_09_16, 2013_09_23, 2013_10_14, 2013_11_03, 2013_11_04, 2013_11_23, 2013_12_23, 2014_01_01,
    2014_01_13, 2014_02_11, 2014_03_21, 2014_04_29, 2014_05_03, 2014_05_04, 2014_05_05, 2014_05_06, 2014_07_21,
    2014_09_15, 2014_09_23, 2014_10_13, 2014_11_03, 2014_11_23, 2014_11_24, 2014_12_23, 2015_01_01, 2015_01_12,
    2015_02_11, 2015_03_21, 2015_04_29, 2015_05_03, 2015_05_04, 2015_05_05, 2015_05_06, 2015_07_20, 2015_09_21,
    2015_09_22, 2015_09_23, 2015_10_12, 2015_11_03, 2015_11_23, 2015_12_23, 2016_01_01, 2016_01_11, 2016_02_11,
    2016_03_20, 2016_03_21, 2016_04_29, 2016_05_03, 2016_05_04, 2016_05_05, 2016_07_18, 2016_08_11, 2016_09_19,
    2016_09_22, 2016_10_10, 2016_11_03, 2016_11_23, 2016_12_23, 2017_01_01, 2017_01_02, 2017_01_09, 2017_02_11,
    2017_03_20, 2017_04_29, 2017_05_03, 2017_05_04, 2017_05_05, 2017_07_17, 2017_08_11, 2017_09_18, 2017_09_23,
    2017_10_09, 2017_11_03, 2017_11_23, 2017_12_23, 2018_01_01, 2018_01_08, 2018_02_11, 2018_02_12, 2018_03_21,
    2018_04_29, 2018_04_30, 2018_05_03, 2018_05_04, 2018_05_05, 2018_07_16, 2018_08_11, 2018_09_17, 2018_09_23,
    2018_09_24, 2018_10_08, 2018_11_03, 2018_11_23, 2018_12_23, 2018_12_24, 2019_01_01, 2019_01_14, 2019_02_11,
    2019_03_21, 2019_04_29, 2019_04_30, 2019_05_01, 2019_05_02, 2019_05_03, 2019_05_04, 2019_05_05, 2019_05_06,
    2019_07_15, 2019_08_11, 2019_08_12, 2019_09_16, 2019_09_23, 2019_10_14, 2019_10_22, 2019_11_03, 2019_11_04,
    2019_11_23, 2020_01_01, 2020_01_13, 2020_02_11, 2020_02_23, 2020_02_24, 2020_03_20, 2020_04_29, 2020_05_03,
    2020_05_04, 2020_05_05, 2020_05_06, 2020_07_23, 2020_07_24, 2020_08_10, 2020_09_21, 2020_09_22, 2020_11_03,
    2020_11_23, 2021_01_01, 2021_01_11, 2021_02_11, 2021_02_23, 2021_03_20, 2021_04_29, 2021_05_03, 2021_05_04,
    2021_05_05, 2021_07_22, 2021_07_23, 2021_08_08, 2021_08_09, 2021_09_20, 2021_09_23, 2021_11_03, 2021_11_23,
  ]
}
