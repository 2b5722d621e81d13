/// Decides the history of a claim until the day of the extract: paid, paid late, twice, by instalments, not at all.
/// Pure: the same claim has the same history.
struct Collector {
  let plan: CityPlan
  let calendar: CityCalendar
  let interest: LatePaymentInterest
  private let asOf = CityCalendar.day(2019, 11, 29)
  private let common = CityCalendar.day(2019, 10, 1)

  init(plan: CityPlan, calendar: CityCalendar) {
    self.plan = plan
    self.calendar = calendar
    interest = LatePaymentInterest(calendar: calendar)
  }

  /// The oddity in the payments of one 普徴 notice; `part` is the instalment from 1.
  enum Oddity: Equatable {
    case none
    case late(part: Int)
    /// Paid twice: the second payment refunded, or still held.
    case twice(part: Int, isRefunded: Bool)
    /// Paid twice in August; the second payment moved to October's instalment.
    case offset
    case cancelledReport(part: Int)
  }

  /// The oddity in the payments of a notice of another tax. `lateable` are the instalments after which a year has room
  /// for 督促 and a late payment, `open` those that were due by now. `ordinal` is the payer's place in the city's first
  /// block, to which some oddities are assigned.
  func oddity(
    _ payer: Payer, _ tax: Int, _ year: Int, lateable: Int, open: Int, ordinal: Int?
  ) -> Oddity {
    guard !payer.defaults, open > 0 else { return .none }
    if let ordinal, let cast = Self.cast[[tax, ordinal, year]] { return cast }
    var draw = Draw(plan.seed, .payment, payer.number, tax * 100_000 + year)
    switch draw.below(1_000) {
    case 0..<26 where !payer.hasAccount: return .late(part: draw.within(1...min(lateable, open)))
    case 26..<32: return .twice(part: draw.within(1...min(4, open)), isRefunded: draw.chance(500))
    case 32..<37 where open > 2: return .offset
    case 37..<40 where year == 2019: return .cancelledReport(part: draw.within(1...min(2, open)))
    default: return .none
    }
  }

  /// By 税目, place and year.
  private static let cast: [[Int]: Oddity] = [
    [20, 5, 2018]: .twice(part: 2, isRefunded: true), [20, 7, 2017]: .twice(part: 3, isRefunded: false),
    [20, 8, 2018]: .offset, [20, 9, 2018]: .late(part: 1), [20, 10, 2019]: .cancelledReport(part: 1),
    [30, 15, 2019]: .twice(part: 1, isRefunded: true), [30, 16, 2018]: .late(part: 1),
    [40, 0, 2017]: .twice(part: 5, isRefunded: false), [40, 1, 2016]: .offset,
    [40, 2, 2016]: .twice(part: 2, isRefunded: true), [40, 4, 2017]: .late(part: 2),
  ]

  func oddity(_ person: CityPerson, _ year: Int, isCast: Bool) -> Oddity {
    if isCast {
      switch (person.index, year) {
      case (4, 2015): return .late(part: 2)
      case (4, 2016): return .twice(part: 1, isRefunded: false)
      case (4, 2017): return .twice(part: 3, isRefunded: true)
      case (4, 2019): return .cancelledReport(part: 2)
      case (5, 2014): return .offset
      case (5, 2018): return .late(part: 1)
      case (5, 2019): return .late(part: 3)
      case (4, _), (5, _): return .none
      default: break
      }
    }
    var draw = Draw(plan.seed, .payment, person.number, year)
    let isLateable = !person.hasAccount
    switch draw.below(1_000) {
    case 0..<26 where isLateable: return .late(part: draw.within(1...3))
    case 26..<32: return .twice(part: draw.within(1...3), isRefunded: draw.chance(500))
    case 32..<35: return .offset
    case 35..<38 where year == 2019: return .cancelledReport(part: draw.within(1...2))
    default: return .none
    }
  }

  /// A claim that the payer settles. `billed` is the billed amount at the time of payment: more than the claim after a
  /// late cut. `earlier` is the due date of the instalment before it.
  func settle(
    _ claim: Claim, part: Int, of payer: Payer, oddity: Oddity, billed: Int, decided: DayNumber, earlier: DayNumber,
    into history: inout ClaimHistory
  ) {
    history.clear()
    let stream = claim.tax < 10 ? 0 : claim.tax * 1_000_000
    var draw = Draw(plan.seed, .payment, payer.number, stream + claim.year * 100 + part)
    let isExtra = claim.isExtra
    if payer.defaults, !isExtra, draw.chance(650) || part == 1 {
      if claim.due <= asOf { leaveUnpaid(claim, part, payer, &history) }
      return
    }
    guard claim.due <= asOf else { return }
    if oddity == .offset, part == 3, claim.amount > 0 {
      let moved = offsetDay(earlier)
      history.receipts.append(Receipt(paid: moved, received: moved, channel: 90, amount: claim.amount))
    } else if oddity == .late(part: part), !isExtra {
      payLate(claim, part, &draw, &history)
    } else {
      if oddity == .cancelledReport(part: part), !isExtra { cancelReport(claim, &history) }
      pay(claim, billed, payer, &draw, &history)
      switch oddity {
      case .twice(part, let isRefunded) where !isExtra && billed == claim.amount:
        payAgain(claim, isRefunded: isRefunded, moved: false, &history)
      case .offset where part == 2 && billed == claim.amount:
        payAgain(claim, isRefunded: true, moved: true, &history)
      default: break
      }
    }
    total(claim, &history)
    if billed > claim.amount {
      let settled = calendar.open(decided + 12)
      history.refunds.append(Refund(arose: decided, decided: settled, paid: 0, amount: billed - claim.amount))
    }
  }

  /// The day on which a payment made twice is moved to the next instalment.
  private func offsetDay(_ due: DayNumber) -> DayNumber { calendar.open(due + 24) }

  /// 申告納付: paid with the return or some days after it, on the day of the decision when the office decided.
  func settleReturn(_ claim: Claim, filed: DayNumber, into history: inout ClaimHistory) {
    history.clear()
    guard claim.amount > 0 else {
      // 中間納付 exceeded the year's tax and must be refunded.
      history.refunds.append(
        Refund(arose: filed, decided: min(asOf, calendar.open(filed + 8)), paid: 0, amount: -claim.amount))
      return
    }
    var draw = Draw(plan.seed, .payment, claim.number, claim.businessYear * 16 + claim.filing)
    let paid = filed >= claim.due ? filed : min(claim.due, calendar.open(filed + draw.below(14)))
    guard paid <= asOf else { return }
    history.isInterestFinal = paid > claim.due
    history.interest = interest.yen(claim.amount, due: claim.due, paid: paid)
    history.receipts.append(
      Receipt(
        paid: paid, received: paid, channel: paid >= common ? 6 : 1, amount: claim.amount, interest: history.interest))
    total(claim, &history)
  }

  /// A claim that the payer's employer or pension office transfers: always on time.
  func settleTransfer(_ claim: Claim, into history: inout ClaimHistory) {
    history.clear()
    guard claim.due <= asOf else { return }
    var paid = claim.due
    if claim.tax == 2 {
      var draw = Draw(
        plan.seed, .payment, claim.number, claim.year * 100 + Int(claim.code.high & 15) * 10 + Int(claim.code.low & 15))
      // May's payments fall on both sides of 31 May, where the accounting year ends.
      paid = min(claim.due, calendar.open(claim.due - draw.below(13)))
      // The city's first employer pays on the very last day of the accounting year.
      let last = CityCalendar.day(claim.year + 1, 5, 31)
      if claim.designation == 10_000, claim.code == InstalmentCode(number: 12), last <= asOf {
        paid = calendar.open(last)
      }
    }
    if claim.tax == 2, isLate(claim) {
      var draw = Draw(plan.seed, .payment, claim.number, claim.year * 1_000 + 912)
      payLate(claim, 12, &draw, &history)
    } else {
      history.receipts.append(
        Receipt(paid: paid, received: paid, channel: paid >= common ? 6 : 1, amount: claim.amount))
    }
    total(claim, &history)
  }

  /// Some employers pay two months only after a reminder: the twelfth, due in June, and that of November 2018, whose
  /// reminder waits until the city opens after New Year. The city's second employer does.
  private func isLate(_ claim: Claim) -> Bool {
    let isInDecember = claim.code == InstalmentCode(number: 6) && claim.year == 2018
    guard claim.code == InstalmentCode(number: 12) || isInDecember, claim.designation != 10_000 else { return false }
    if claim.designation == 10_003, claim.year == 2018 { return true }
    var draw = Draw(plan.seed, .payment, claim.number, claim.year * 1_000 + Int(claim.code.low))
    return draw.chance(30)
  }

  /// 滞納繰越: not paid in full on 31 May after the year, or on the next 31 May when the claim is due after that day.
  func isCarriedOver(_ claim: Claim, _ history: borrowing ClaimHistory) -> Bool {
    let may = CityCalendar.day(claim.year + 1, 5, 31)
    let decided = claim.due > may ? CityCalendar.day(claim.year + 2, 5, 31) : may
    return decided < asOf && claim.amount > 0 && (history.unpaid(claim.amount) > 0 || history.settledOn > decided)
  }

  // MARK: payments

  private func pay(_ claim: Claim, _ amount: Int, _ payer: Payer, _ draw: inout Draw, _ history: inout ClaimHistory) {
    let slip = history.receipts.isEmpty ? 0 : 1
    guard !payer.hasAccount else {
      history.receipts.append(Receipt(paid: claim.due, received: claim.due, channel: 2, amount: amount, slip: slip))
      return
    }
    let kind = draw.below(100)
    let channel = kind < 35 ? 1 : kind < 80 ? 3 : kind < 92 ? 4 : 5
    var paid = claim.due - draw.below(12)
    // Near 31 May no payment is under way between shop and city.
    if channel == 1 || claim.year == 2019 && claim.due < CityCalendar.day(2019, 6, 15) {
      paid = min(claim.due, calendar.open(paid))
      history.receipts.append(Receipt(paid: paid, received: paid, channel: 1, amount: amount, slip: slip))
      return
    }
    let days = channel == 3 ? 3 : channel == 4 ? 1 : 4
    let received = calendar.open(paid + days + draw.below(3))
    if claim.due >= common {
      history.receipts.append(
        Receipt(paid: paid, received: calendar.open(paid + 1), channel: channel, amount: amount, stage: 0, slip: slip))
    }
    history.receipts.append(
      Receipt(paid: paid, received: received, channel: channel, amount: amount, slip: slip))
  }

  /// 督促 after twenty days, then paid with fee and interest; within the calendar year, so that every reading of the
  /// rates gives the same yen. In the last days before the extract only the 速報 is there.
  private func payLate(_ claim: Claim, _ part: Int, _ draw: inout Draw, _ history: inout ClaimHistory) {
    let dunned = calendar.open(claim.due + 20)
    // The rates of 2018 and 2019 are the same.
    let isInDecember = claim.tax == 2 && calendar.number(claim.due) / 100 % 100 == 12
    let last = isInDecember ? dunned + 60 : min(CityCalendar.day(calendar.year(claim.due), 12, 20), asOf - 2)
    history.dunned = dunned
    history.fee = 100
    let paid = min(last, calendar.open(dunned + 3 + draw.below(max(1, last - dunned - 6))))
    history.interest = interest.yen(claim.amount, due: claim.due, paid: paid)
    history.isInterestFinal = true
    var receipt = Receipt(
      paid: paid, received: paid, amount: claim.amount, fee: history.fee, interest: history.interest)
    if paid > asOf - 9 {
      receipt.channel = 3
      receipt.stage = 0
      receipt.received = calendar.open(paid + 1)
    }
    history.receipts.append(receipt)
  }

  private func payAgain(_ claim: Claim, isRefunded: Bool, moved: Bool, _ history: inout ClaimHistory) {
    guard var second = history.receipts.last, claim.due + 40 < asOf else { return }
    let again = calendar.open(moved ? claim.due + 12 : max(claim.due, second.received) + 7)
    let decided = moved ? offsetDay(claim.due) : calendar.open(again + 14)
    second.paid = again
    second.received = again
    second.channel = 1
    second.stage = 1
    second.isCancelled = isRefunded
    second.slip += 1
    history.receipts.append(second)
    history.refunds.append(
      Refund(
        process: moved ? 2 : 1, arose: again, decided: decided,
        paid: !isRefunded ? 0 : moved ? decided : calendar.open(decided + 16), amount: claim.amount,
        target: moved ? InstalmentCode(number: 3) : nil))
  }

  /// A wrong 速報: cancelled, and its 取消 row under the same 済通番号.
  private func cancelReport(_ claim: Claim, _ history: inout ClaimHistory) {
    let paid = claim.due - 14
    var report = Receipt(paid: paid, received: calendar.open(paid + 1), channel: 3, amount: claim.amount, stage: 0)
    report.isCancelled = true
    history.receipts.append(report)
    report.stage = 2
    report.isCancelled = false
    history.receipts.append(report)
  }

  /// 収入済: rows that are not cancelled, a 速報 only when its 確報 is still missing.
  private func total(_ claim: Claim, _ history: inout ClaimHistory) {
    for (index, receipt) in history.receipts.enumerated() where !receipt.isCancelled && receipt.stage != 2 {
      let isSuperseded =
        receipt.stage == 0
        && history.receipts[(index + 1)...].contains { $0.stage == 1 && $0.slip == receipt.slip }
      guard !isSuperseded else { continue }
      history.received += receipt.amount
      if history.settledOn == 0 { history.settledOn = receipt.received }
    }
  }

  // MARK: arrears

  private func leaveUnpaid(_ claim: Claim, _ part: Int, _ payer: Payer, _ history: inout ClaimHistory) {
    let dunned = calendar.open(claim.due + 20)
    guard dunned <= asOf else { return }
    history.dunned = dunned
    history.fee = 100
    let reminded = calendar.open(claim.due + 120)
    if reminded <= asOf { history.reminded = reminded }
    history.prescribes = calendar.adding(months: 60, to: claim.due)
    func on(_ year: Int, _ month: Int, _ day: Int) -> DayNumber { calendar.open(CityCalendar.day(year, month, day)) }
    func add(_ code: Int, _ day: DayNumber, basis: Int = 0, released: DayNumber = 0) {
      history.enforcements.append(
        Enforcement(code: code, day: day, released: released, basis: basis, amount: claim.amount))
    }
    switch claim.year {
    // The certificate of a vehicle is void as long as its tax is unpaid: never written off here.
    case ..<2018 where claim.tax == 30: add(claim.year % 2 == 0 ? 10 : 20, calendar.open(claim.due + 220))
    case 2014:
      let lapsed = calendar.open(history.prescribes + 1)
      if lapsed <= asOf { writeOff(claim, on: lapsed, basis: 6, &history) } else { add(70, on(2017, 4, 18), basis: 2) }
    case 2015:
      add(70, on(2016, 4, 18), basis: 1)
      writeOff(claim, on: on(2019, 4, 19), basis: 4, &history)
    case 2016: add(70, on(2018, 3, 27), basis: 3)
    case 2017 where part % 2 == 1:
      add(70, on(2019, 2, 12), basis: 3)
      writeOff(claim, on: on(2019, 2, 12), basis: 5, &history)
    case 2017 where claim.tax == 20: add(40, on(2018, 8, 30), released: on(2018, 12, 28))
    case 2017: add(10, on(2018, 7, 10), released: on(2019, 1, 22))
    case 2018:
      switch claim.tax == 30 ? 0 : (payer.number + part) % 3 {
      case 0: add(10, on(2019, 6, 14))
      case 1: add(20, on(2019, 6, 21))
      default: payByPlan(claim, payments: part % 2 == 0 ? 10 : 5, &history)
      }
    default: break
    }
  }

  private func writeOff(_ claim: Claim, on day: DayNumber, basis: Int, _ history: inout ClaimHistory) {
    history.enforcements.append(Enforcement(code: 80, day: day, basis: basis, amount: claim.amount))
    history.writtenOff = claim.amount
    history.settledOn = day
    history.prescribes = 0
  }

  /// 分納: monthly from the end of June 2019, the first three payments made.
  private func payByPlan(_ claim: Claim, payments: Int, _ history: inout ClaimHistory) {
    history.enforcements.append(
      Enforcement(
        code: 60, day: calendar.open(CityCalendar.day(2019, 6, 3)), amount: claim.amount, payments: payments,
        fulfilled: 3))
    let (first, other) = ResidentTax.split(claim.amount, parts: payments, unit: 100)
    for payment in 0..<3 {
      let day = planDay(payment)
      let amount = payment == 0 ? first : other
      guard amount > 0 else { continue }
      history.receipts.append(Receipt(paid: day, received: day, amount: amount, slip: payment))
      history.received += amount
    }
    if history.received == claim.amount { history.settledOn = planDay(0) }
  }

  func planDay(_ payment: Int) -> DayNumber {
    calendar.open(CityCalendar.endOfMonth(2019 + (5 + payment) / 12, (5 + payment) % 12 + 1))
  }
}
