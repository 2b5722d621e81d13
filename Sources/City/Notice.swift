/// One version of a person's notice for a year (賦課).
struct Notice {
  /// One entry of the table KJ-KI: an instalment with its amount and due date.
  struct Instalment {
    /// Two characters: 01…04, 11, 0A…0F.
    var code: InstalmentCode
    var due: DayNumber
    var amount: Int
  }

  var tax = ResidentTax()
  /// 徴収区分 1 普徴, 2 給特, 3 年特, 4 普＋年, 5 普＋給.
  var method = 1
  var byInstalment = 0
  var fromSalary = 0
  var fromPension = 0
  /// The ten entries of KJ-KI; unused ones have amount 0.
  var instalments: InlineArray<10, Instalment> = .init(repeating: Instalment(code: .none, due: 0, amount: 0))
  private(set) var count = 0
  /// The amount of the first of twelve months, and that of each other month.
  var months: (first: Int, other: Int) = (0, 0)
  /// 翌年度仮徴収額, one of three payments.
  var provisional = 0
  /// 更正事由 and its day; 00 and none for 当初.
  var reason = 0
  var decided: DayNumber = 0
  var version = 1

  mutating func add(_ code: InstalmentCode, _ due: DayNumber, _ amount: Int) {
    guard amount > 0 else { return }
    instalments[count] = Instalment(code: code, due: due, amount: amount)
    count += 1
  }
}

/// 期別 as the two EBCDIC bytes of the field.
struct InstalmentCode: Equatable {
  let high: UInt8
  let low: UInt8

  static let none = InstalmentCode(high: 0x40, low: 0x40)
  /// 随時.
  static let extra = InstalmentCode(number: 11)
  /// 随時 of 国保, whose eight instalments are regular.
  static let ninth = InstalmentCode(number: 9)

  init(high: UInt8, low: UInt8) {
    self.high = high
    self.low = low
  }

  /// 01…99.
  init(number: Int) { self.init(high: 0xF0 + UInt8(number / 10), low: 0xF0 + UInt8(number % 10)) }

  /// 0A…0F, the six pension months from April, counted from 0.
  init(pensionMonth: Int) { self.init(high: 0xF0, low: 0xC1 + UInt8(pensionMonth)) }

  var text: String {
    let letter: (UInt8) -> String = {
      $0 >= 0xF0 ? String($0 - 0xF0) : ["A", "B", "C", "D", "E", "F"][Int($0 - 0xC1) % 6]
    }
    return self == .none ? "" : letter(high) + letter(low)
  }
}

/// The due dates of a year, moved to open days.
struct DueDates: Sendable {
  /// 普徴 6, 8, 10 and 1月, ends of months.
  let instalments: [DayNumber]
  /// 年特 April to February, due on the 10th of the next month.
  let pension: [DayNumber]
  /// 給特 June to May, due on the 10th of the next month.
  let salary: [DayNumber]

  init(year: Int, calendar: CityCalendar) {
    func tenth(after month: Int) -> DayNumber {
      let next = month % 12 + 1
      return calendar.open(CityCalendar.day(next < 4 || (month < 4 && next == 4) ? year + 1 : year, next, 10))
    }
    instalments = [(year, 6), (year, 8), (year, 10), (year + 1, 1)].map {
      calendar.open(CityCalendar.endOfMonth($0.0, $0.1))
    }
    pension = [4, 6, 8, 10, 12, 2].map(tenth)
    salary =
      [6, 7, 8, 9, 10, 11, 12, 1, 2, 3].map(tenth)
      + [5, 6].map { calendar.open(CityCalendar.day(year + 1, $0, 10)) }
  }
}
