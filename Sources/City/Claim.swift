/// 調定期別: the claim of one instalment, under the key that assessment and collection share.
struct Claim {
  /// 賦課年度 and 相当年度 as GYY, and the western year of the first.
  var assessed: Int64 = 0
  var belongs: Int64 = 0
  var year = 0
  /// 税目 1 普徴, 2 特徴, 3 年特, 10 法人, 20 固定都計, 21 償却, 30 軽自, 40 国保.
  var tax = 1
  var number = 0
  var notice: Int64 = 0
  var code = InstalmentCode.none
  var designation = 0
  var due: DayNumber = 0
  /// 納期限 as GYYMMDD: an alias when the slip was printed before the era changed.
  var printedDue: Int64 = 0
  var amount = 0
  /// 事業年度番号 and 申告履歴番号 of 法人.
  var businessYear = 0
  var filing = 0
  /// うち均等割 and 法人税割 of 法人.
  var perCapita = 0
  var onProfit = 0
  /// うち医療, 支援 and 介護 of 国保.
  var health = (medical: 0, support: 0, care: 0)

  /// 随時.
  var isExtra: Bool { code == .extra || tax == 40 && code == .ninth }
}

/// The payer of a claim, as far as payment is concerned.
struct Payer {
  var number = 0
  var hasAccount = false
  /// Whether claims are left unpaid.
  var defaults = false
}

extension Payer {
  /// The payer of 市都民税.
  init(_ person: CityPerson) {
    self.init(number: person.number, hasAccount: person.hasAccount, defaults: person.event == .defaults)
  }
}

/// 収入: one row of a payment.
struct Receipt {
  var paid: DayNumber
  var received: DayNumber
  /// 01 窓口 02 口座 03 コンビニ 04 ペイジー 05 クレジット 06 eLTAX 90 充当.
  var channel = 1
  var amount: Int
  var fee = 0
  var interest = 0
  /// 消込区分 0 速報, 1 確報, 2 速報取消.
  var stage = 1
  var isCancelled = false
  /// Rows of one payment share a 済通番号: its offset within the claim.
  var slip = 0
}

/// 過誤納: 還付 (1) or 充当 (2).
struct Refund {
  var process = 1
  var arose: DayNumber
  var decided: DayNumber
  /// The day of payment or 充当; 0 while 未済.
  var paid: DayNumber
  var amount: Int
  /// 充当先: the same notice's other instalment.
  var target: InstalmentCode?
}

/// 滞納処分・猶予・欠損.
struct Enforcement {
  /// 10 差押 20 参加差押 60 分納 70 執行停止 80 不納欠損.
  var code: Int
  var day: DayNumber
  var released: DayNumber = 0
  /// 根拠: 0 for none.
  var basis = 0
  var amount: Int
  /// 分納計画: number of payments, and how many were made.
  var payments = 0
  var fulfilled = 0
}

/// The history of a claim until the day of the extract. The lists are reused from claim to claim.
struct ClaimHistory {
  var receipts: [Receipt] = []
  var refunds: [Refund] = []
  var enforcements: [Enforcement] = []
  /// 督促手数料, 延滞金 and whether they are final.
  var fee = 0
  var interest = 0
  var isInterestFinal = false
  var dunned: DayNumber = 0
  var reminded: DayNumber = 0
  var prescribes: DayNumber = 0
  /// 収入済 and 不納欠損.
  var received = 0
  var writtenOff = 0
  var settledOn: DayNumber = 0

  mutating func clear() {
    receipts.removeAll(keepingCapacity: true)
    refunds.removeAll(keepingCapacity: true)
    enforcements.removeAll(keepingCapacity: true)
    (fee, interest, isInterestFinal) = (0, 0, false)
    (dunned, reminded, prescribes, settledOn) = (0, 0, 0, 0)
    (received, writtenOff) = (0, 0)
  }

  func unpaid(_ amount: Int) -> Int { amount - received - writtenOff }

  /// 完納区分: 0 未納 1 一部 4 完納 5 過納.
  func state(_ amount: Int) -> Int {
    let rest = unpaid(amount)
    return rest < 0 ? 5 : rest == 0 ? 4 : received > 0 ? 1 : 0
  }

  /// The day of the last event, for 更新年月日.
  var lastEvent: DayNumber {
    var last = max(dunned, reminded, settledOn)
    for receipt in receipts { last = max(last, receipt.received) }
    for refund in refunds { last = max(last, refund.decided, refund.paid) }
    for step in enforcements { last = max(last, step.day, step.released) }
    return last
  }
}

/// 延滞金 (地方税法326条, 附則3条の2).
package struct LatePaymentInterest: Sendable {
  /// Tenths of a per cent by calendar year: within a month of the due date, and after.
  static let rates: [Int: (early: Int, late: Int)] = [
    2013: (43, 146), 2014: (29, 92), 2015: (28, 91), 2016: (28, 91), 2017: (27, 90), 2018: (26, 89), 2019: (26, 89),
    2020: (26, 89),
  ]

  private let calendar: CityCalendar

  init(calendar: CityCalendar) { self.calendar = calendar }

  /// Uses its own calendar: interest runs on closed days, too.
  package init() { calendar = CityCalendar(closedDays: []) }

  /// Yen for `amount` due and paid on dates `YYYYMMDD`.
  package func yen(_ amount: Int, dueOn due: Int, paidOn paid: Int) -> Int {
    func day(_ date: Int) -> DayNumber { CityCalendar.day(date / 10_000, date / 100 % 100, date % 100) }
    return yen(amount, due: day(due), paid: day(paid))
  }

  /// Yen for `amount` paid after `due`: base floored to 1,000 (none under 2,000), each run of days at one rate divided
  /// by 365 and truncated, the sum floored to 100, none under 1,000.
  func yen(_ amount: Int, due: DayNumber, paid: DayNumber) -> Int {
    let base = amount / 1_000 * 1_000
    guard base >= 2_000, paid > due else { return 0 }
    // A month from the day after the due date: for 30 June that is all of July (民法143条).
    let month = min(paid, calendar.adding(months: 1, to: due + 1) - 1)
    let sum = run(base, after: due, to: month) { $0.early } + run(base, after: month, to: paid) { $0.late }
    return sum < 1_000 ? 0 : sum / 100 * 100
  }

  private func run(_ base: Int, after first: DayNumber, to last: DayNumber, _ rate: ((early: Int, late: Int)) -> Int)
    -> Int
  {
    var sum = 0
    var start = first
    while start < last {
      let current = Self.rates[calendar.year(start + 1)].map(rate) ?? 0
      var end = start
      // Years with the same rate make one run.
      while end < last, Self.rates[calendar.year(end + 1)].map(rate) ?? 0 == current {
        end = min(last, CityCalendar.day(calendar.year(end + 1), 12, 31))
      }
      sum += base * current * (end - start) / 365_000
      start = end
    }
    return sum
  }
}
