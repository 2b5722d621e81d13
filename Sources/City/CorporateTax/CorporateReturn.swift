/// 申告: one return of a business year.
struct CorporateReturn {
  enum Kind: Int {
    case provisional = 10
    case final = 30
    case amended = 40
    case corrected = 50
    /// 決定 by the office, for a corporation that filed nothing.
    case decided = 60
  }

  var kind = Kind.final
  /// 事業年度番号 and 申告履歴番号.
  var businessYear = 0
  var filing = 0
  var isLatest = false
  var start: DayNumber = 0
  var end: DayNumber = 0
  var filed: DayNumber = 0
  /// 申告期限 and 納期限.
  var deadline: DayNumber = 0
  var due: DayNumber = 0
  var months = 12
  var capital = 0
  var staff = (all: 0, city: 0)
  var tier = 1
  /// 課税標準となる法人税額, and the city's share of it.
  var base = 0
  var share = 0
  /// Hundredths of a per cent; 0 for 予定.
  var rate = 0
  var onProfit = 0
  var credit = 0
  /// 差引法人税割額 and 均等割額.
  var net = 0
  var perCapita = 0
  /// 既納付.
  var paid = (onProfit: 0, perCapita: 0)

  /// 納付すべき額, and their sum, the 調定.
  var owed: (onProfit: Int, perCapita: Int) { (net - paid.onProfit, perCapita - paid.perCapita) }
  var claim: Int { owed.onProfit + owed.perCapita }

  /// 賦課年度 of the claim: the fiscal year in which the return was filed, written 501 from 2019-05-01.
  func assessed(_ calendar: CityCalendar) -> Int64 {
    filed >= CityCalendar.day(2019, 5, 1) ? 501 : CityCalendar.packedYear(calendar.fiscalYear(filed))
  }
}

/// The returns of a corporation until the day of the extract. Pure: the same corporation files the same returns.
struct CorporateFiler {
  let plan: CityPlan
  let calendar: CityCalendar

  /// The facts that do not change from year to year.
  struct Ledger {
    /// 法人管理番号.
    var number = 0
    var staff = (all: 0, city: 0)
    /// 分割区分 1 市内のみ, 2 本店市内, 3 本店市外.
    var split = 1
    var offices = 1
    var tier = 1
    var capital = 0
    /// 申告期限延長月数.
    var extended = 0
    /// 法人税額 of a normal year.
    var profitTax = 0
    var role: CorporateRole?
  }

  private static let staffSizes = [2, 4, 10, 11, 24, 24, 38, 60, 80, 92]
  private static let asOf = CityCalendar.day(2019, 11, 29)

  func ledger(_ corporation: Corporation, in block: Block) -> Ledger {
    var draw = Draw(plan.seed, .returns, corporation.number)
    var ledger = Ledger()
    ledger.role = block.index == 0 ? CorporateRole(rawValue: corporation.index) : nil
    ledger.number = 3_000 + block.index * 96 + corporation.index * 2 + 1
    ledger.staff.city = ledger.role?.staff ?? Self.staffSizes[draw.below(Self.staffSizes.count)]
    ledger.split = corporation.isLocal ? (draw.chance(750) || ledger.role != nil ? 1 : 2) : 3
    ledger.staff.all = ledger.split == 1 ? ledger.staff.city : ledger.staff.city * draw.within(3...12) + draw.below(9)
    ledger.offices = 1 + draw.below(3)
    ledger.capital = corporation.capital(on: Self.asOf)
    ledger.tier = CorporateTax.tier(corporation, capital: ledger.capital, staff: ledger.staff.city)
    var extended = Draw(plan.seed, .returns, corporation.number, 2)
    ledger.extended = ledger.role == .extended || ledger.role == nil && extended.chance(80) ? 1 : 0
    switch draw.below(100) {
    case _ where corporation.isPublicInterest: ledger.profitTax = 0
    case _ where ledger.role != nil && ledger.role != .giant: ledger.profitTax = 6_000_000 + draw.below(2_000_000)
    case 0..<20: ledger.profitTax = 0
    case 20..<60: ledger.profitTax = 50_000 + draw.below(2_000_000)
    default: ledger.profitTax = 3_000_000 + draw.below(6_000_000)
    }
    return ledger
  }

  /// Writes the returns, oldest first, into `returns`.
  func file(_ corporation: Corporation, _ ledger: Ledger, into returns: inout [CorporateReturn]) {
    returns.removeAll(keepingCapacity: true)
    var draw = Draw(plan.seed, .returns, corporation.number, 1)
    var end = firstEnd(corporation)
    let closing = calendar.number(end)
    var start = max(corporation.founded, CityCalendar.endOfMonth(closing / 10_000 - 1, closing / 100 % 100) + 1)
    var last = (net: 0, months: 12)
    var businessYear = 1
    while start <= Self.asOf {
      let first = returns.count
      var year = CorporateReturn()
      year.businessYear = businessYear
      (year.start, year.end) = (start, end)
      year.capital = corporation.capital(on: end)
      year.staff = ledger.staff
      year.tier = CorporateTax.tier(corporation, capital: year.capital, staff: ledger.staff.city)
      fileProvisional(year, last, &draw, &returns)
      fileFinal(year, ledger, &draw, &returns)
      for index in first..<returns.count {
        returns[index].filing = index - first + 1
        returns[index].isLatest = index == returns.count - 1
      }
      last = (0, 12)
      if let filed = returns.last, filed.businessYear == businessYear, filed.kind != .provisional {
        last = (filed.net, filed.months)
      }
      start = end + 1
      end = endOfMonth(months: 12, after: end)
      businessYear += 1
    }
  }

  /// The first business year in the files ends between September 2014 and August 2015, or is the corporation's first.
  private func firstEnd(_ corporation: Corporation) -> DayNumber {
    let month = corporation.closing
    var end = CityCalendar.endOfMonth(month >= 9 ? 2014 : 2015, month)
    while end < corporation.founded { end = endOfMonth(months: 12, after: end) }
    return end
  }

  private func endOfMonth(months: Int, after day: DayNumber) -> DayNumber {
    let first = day - calendar.number(day) % 100 + 1
    let number = calendar.number(calendar.adding(months: months, to: first))
    return CityCalendar.endOfMonth(number / 10_000, number / 100 % 100)
  }

  /// Half a year in, when last year's tax was large enough.
  private func fileProvisional(
    _ year: CorporateReturn, _ last: (net: Int, months: Int), _ draw: inout Draw, _ returns: inout [CorporateReturn]
  ) {
    guard last.net >= 200_000, calendar.number(year.start) % 100 == 1 else { return }
    var filing = year
    filing.kind = .provisional
    filing.deadline = calendar.open(endOfMonth(months: 7, after: year.start))
    filing.due = filing.deadline
    filing.filed = filing.deadline - draw.below(14)
    filing.months = 6
    filing.net = CorporateTax.provisional(
      last.net, months: last.months, startingOn: calendar.number(year.start))
    filing.onProfit = filing.net
    filing.perCapita = CorporateTax.perCapita(tier: year.tier, months: 6)
    if filing.filed <= Self.asOf { returns.append(filing) }
  }

  private func fileFinal(
    _ year: CorporateReturn, _ ledger: Ledger, _ draw: inout Draw, _ returns: inout [CorporateReturn]
  ) {
    var filing = year
    if let provisional = returns.last, provisional.businessYear == year.businessYear {
      filing.paid = (provisional.net, provisional.perCapita)
    }
    filing.deadline = calendar.open(endOfMonth(months: 2 + ledger.extended, after: year.end))
    filing.due = filing.deadline
    filing.filed = filing.deadline - draw.below(21)
    if ledger.extended > 0, isDueWithoutExtension(year, ledger) {
      filing.due = calendar.open(endOfMonth(months: 2, after: year.end))
      filing.filed = filing.due - draw.below(21)
    }
    filing.months = months(from: year.start, to: year.end)
    let isLast = endOfMonth(months: 12, after: year.end) > Self.asOf - 60
    let isDecided = ledger.role == .decided ? year.businessYear == 1 : ledger.role == nil && draw.chance(3)
    if isDecided {
      (filing.kind, filing.filed, filing.due) = (.decided, calendar.open(filing.deadline + 8), filing.deadline)
    }
    var base = ledger.profitTax * draw.within(70...130) / 100
    if ledger.role == .overpaid, isLast { base = 0 }
    if ledger.profitTax > 0, ledger.role == nil, draw.chance(90) { base = 0 }
    assess(&filing, base, credit: draw.chance(150) ? 700 + draw.below(3_000) : 0)
    guard filing.filed <= Self.asOf else { return }
    returns.append(filing)
    let isAmended = ledger.role == .amended ? year.businessYear == 1 : ledger.role == nil && draw.chance(12)
    let isCorrected = ledger.role == .corrected ? isLast : ledger.role == nil && !isAmended && draw.chance(8)
    guard isAmended || isCorrected, filing.base >= 100_000 else { return }
    var again = filing
    again.kind = isAmended ? .amended : .corrected
    again.filed = calendar.open(filing.deadline + 40 + draw.below(80))
    again.due = again.filed
    again.paid = (filing.net, filing.perCapita)
    assess(&again, isAmended ? filing.base * 11 / 10 : filing.base * 8 / 10, credit: filing.credit)
    if again.filed <= Self.asOf { returns.append(again) }
  }

  /// Some corporations file as if there were no extension, and their payment is due without it.
  private func isDueWithoutExtension(_ year: CorporateReturn, _ ledger: Ledger) -> Bool {
    if ledger.role == .extended { return year.businessYear == 2 }
    var draw = Draw(plan.seed, .returns, ledger.number, 100 + year.businessYear)
    return draw.chance(300)
  }

  private func assess(_ filing: inout CorporateReturn, _ base: Int, credit: Int) {
    filing.base = base / 1_000 * 1_000
    filing.share = filing.base * filing.staff.city / filing.staff.all / 1_000 * 1_000
    filing.rate = CorporateTax.rate(startingOn: calendar.number(filing.start))
    filing.onProfit = filing.share * filing.rate / 10_000
    filing.credit = min(credit, filing.onProfit)
    filing.net = (filing.onProfit - filing.credit) / 100 * 100
    filing.perCapita = CorporateTax.perCapita(tier: filing.tier, months: filing.months)
  }

  /// Whole months, at least one.
  private func months(from start: DayNumber, to end: DayNumber) -> Int {
    var months = 0
    while calendar.adding(months: months + 1, to: start) <= end + 1 { months += 1 }
    return max(1, months)
  }
}
