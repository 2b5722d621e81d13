/// A person of the city in all three files. Money and dates are derived from these facts, never stored twice.
struct CityPerson {
  /// 宛名番号.
  var number = 0
  /// Index among the block's persons and households.
  var index = 0
  var household = 0
  var family = 0
  var given = 0
  /// 0 for Japanese, else 1 + index among the foreigners.
  var foreigner = 0
  var isMan = true
  /// 生年月日 as GYYMMDD; unknown parts 00.
  var birth: Int64 = 0
  /// The day from which the age is computed.
  var birthday: DayNumber = 0
  var birthYear = 0
  var relation = Relation.head
  /// The first day as a resident, by birth or by moving in.
  var entered: DayNumber = 0
  var isBornHere = false
  /// The day of leaving; 0 for a resident.
  var left: DayNumber = 0
  var leaving = Leaving.stays
  /// The person's source of income before and from 65.
  var work = Work.none
  var pension = Pension.none
  /// Index among the block's corporations, for employees.
  var employer = 0
  /// Yearly income, pension and other income in yen.
  var income = 0
  var annuity = 0
  /// 宛名番号 of a spouse without an income; 0 for none.
  var spouse = 0
  /// True for the household member who claims the children.
  var claimsChildren = false
  /// The change of the assessment, and its 年度.
  var event = TaxEvent.none
  var eventYear = 0
  /// 口座振替 of 市都民税.
  var hasAccount = false
  /// 同一人番号; 0 for none.
  var sameAs = 0
  /// Versions of the 送付先 row: 0, 1 or 2.
  var mailings = 0

  /// 続柄 codes that the city uses.
  enum Relation: String {
    case head = "02"
    case husband = "11"
    case wife = "12"
    case child = "20"
    case father = "51"
    case mother = "52"
  }

  /// The final 住民状態 of a person.
  enum Leaving: UInt8 {
    case stays = 1
    case movedOut = 2
    case died = 3
    case removed = 4
  }

  enum Work: UInt8 {
    /// No row: a child or a dependant.
    case none
    /// 給与特徴, 普徴, 併徴 (普＋給).
    case employee, business, mixed
    /// 非課税, 均等割のみ, 生活保護, 障害等125万円以下.
    case exempt, perCapitaOnly, welfare, disabled
  }

  enum Pension: UInt8 {
    case none, exempt
    /// 年特 alone, 年特 beside four 普徴 instalments, a pension paid by 普徴.
    case withheld, withheldAndBusiness, byInstalment
  }

  enum TaxEvent: UInt8 {
    case none
    /// 更正: more tax (随時), less before anything was due, less after two instalments were paid, 扶養否認.
    case raise, cutEarly, cutLate, disallowed
    /// 過年度賦課 decided in April 2019 (431) or in November 2019 (501).
    case assessedLateInApril, assessedLateInNovember
    /// Leaves many claims unpaid.
    case defaults
  }

  /// The fiscal year from which the person is 65 on 1 April.
  func pensionYear(_ calendar: CityCalendar) -> Int {
    calendar.number(birthday) % 10_000 <= 402 ? birthYear + 65 : birthYear + 66
  }

  /// 賦課期日: a resident on 1 January of the year.
  func isTaxed(in year: Int) -> Bool {
    let reference = CityCalendar.day(year, 1, 1)
    return entered <= reference && (left == 0 || left > reference)
  }
}

struct Household {
  /// 世帯番号.
  var number = 0
  var first = 0
  var count = 0
  /// Days of 転居; 0 for none.
  var moves: (DayNumber, DayNumber) = (0, 0)
  /// 支援措置区分 0, 1 or 2, and the days on which a year of it begins.
  var protection = 0
  var protectedFrom: (DayNumber, DayNumber) = (0, 0)
}

/// A corporation: employer or payer (特別徴収義務者).
struct Corporation {
  var number = 0
  var index = 0
  /// 指定番号, 0 for a corporation without employees.
  var designation = 0
  /// 法人番号, 13 digits with the check digit in front.
  var corporateNumber = 0
  var form = 0
  var name = 0
  var trade = 0
  var capital = 0
  var raisedCapitalOn: DayNumber = 0
  var founded: DayNumber = 0
  /// 代表者: family and given name.
  var representative = (family: 0, given: 0)
  /// 本店 in the city.
  var isLocal = true
  /// 決算月.
  var closing = 3
  /// 公益法人等: no capital, and the lowest 均等割 independent of the staff.
  var isPublicInterest = false

  /// 資本金 on a day: doubled by the raise.
  func capital(on day: DayNumber) -> Int { raisedCapitalOn > 0 && raisedCapitalOn <= day ? capital * 2 : capital }

  /// 9 − (Σ Pₙ·Qₙ mod 9), Qₙ = 1, 2, 1 … from the right, in front of the twelve digits (法人番号令).
  static func withCheckDigit(_ twelve: Int) -> Int {
    var rest = twelve
    var sum = 0
    for position in 0..<12 {
      sum += rest % 10 * (position % 2 == 0 ? 1 : 2)
      rest /= 10
    }
    return (9 - sum % 9) * 1_000_000_000_000 + twelve
  }
}

/// A non-resident (住登外).
struct Outsider {
  var number = 0
  var index = 0
  var isDeleted = false
  var rows = 1
}
