import Base
import Charset
import Copybook
import Decode

/// Writes HJSHINK (法人市民税 申告・調定): a corporation's ledger row, then its returns by business year.
struct CorporateTaxWriter {
  let filer: CorporateFiler
  let calendar: CityCalendar
  let seed: UInt64
  let ledgers: KindWriter
  let returns: KindWriter
  private let ledgerSlots: (CorporateTaxSlots, CorporateLedgerSlots)
  private let returnSlots: (CorporateTaxSlots, CorporateReturnSlots)
  private var filings: [CorporateReturn] = []
  private(set) var assessed = InstalmentTable(CityFacts.Assessed())
  /// Trailer totals: Σ CHOTEI, Σ SASHIHIKI-HZW, Σ KINTOWARI of the returns.
  private(set) var totals: [Int64] = [0, 0, 0]

  init(layout: Layout, characters: CharacterSet, plan: CityPlan, calendar: CityCalendar) throws(Diagnostic) {
    self.calendar = calendar
    seed = plan.seed
    filer = CorporateFiler(plan: plan, calendar: calendar)
    let (office, _) = characters.encode(.single, "SHM")
    ledgers = KindWriter(10, layout: layout, choosing: ["HJ-BODY-10"], characters: characters)
    returns = KindWriter(20, layout: layout, choosing: ["HJ-BODY-20"], characters: characters)
    ledgerSlots = (try CorporateTaxSlots(ledgers, department: office), try CorporateLedgerSlots(ledgers))
    returnSlots = (try CorporateTaxSlots(returns, department: office), try CorporateReturnSlots(returns))
  }

  mutating func write(_ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    for corporation in block.corporations {
      let ledger = filer.ledger(corporation, in: block)
      try write(ledger, corporation, file)
      filer.file(corporation, ledger, into: &filings)
      for index in filings.indices {
        try write(
          filings[index], ledger, corporation, NoticeNumbers.corporate(block.index, corporation.index, index), file)
      }
    }
  }

  private func begin(
    _ slots: CorporateTaxSlots, _ writer: KindWriter, _ ledger: CorporateFiler.Ledger, _ corporation: Corporation
  ) throws(Diagnostic) {
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    try writer.set(slots.ledger, ledger.number)
    try writer.set(slots.number, corporation.number)
    try writer.set(slots.corporate, corporation.corporateNumber)
  }

  private func write(
    _ ledger: CorporateFiler.Ledger, _ corporation: Corporation, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = ledgerSlots
    let writer = ledgers
    try begin(common, writer, ledger, corporation)
    try writer.set(common.filing, 1)
    writer.code(common.latest, 1)
    try writer.set(own.founded, calendar.packed(corporation.founded))
    let last = calendar.number(CityCalendar.endOfMonth(2019, corporation.closing)) % 10_000
    writer.code2(own.closing, last / 100)
    writer.code2(own.closing, last % 100, at: 2)
    writer.code2(own.form, corporation.isPublicInterest ? 2 : 1)
    writer.code(own.split, ledger.split)
    try writer.set(own.capital, ledger.capital)
    try writer.set(own.staff, ledger.staff.city)
    writer.code(own.tier, ledger.tier)
    try writer.set(own.extended, ledger.extended)
    writer.code(own.consolidated, 0)
    try writer.set(own.offices, ledger.offices)
    var mark = RecordMark()
    mark.number = corporation.number
    mark.isLatest = true
    if corporation.isPublicInterest, ledger.staff.city > 50 { mark.cases.insert(.publicInterest) }
    var draw = Draw(seed, .stamp, corporation.number, 101)
    let opened = max(corporation.founded, CityCalendar.day(2014, 4, 1))
    try common.stamp.put(writer, &draw, on: calendar.packed(opened))
    try file.emit(writer, mark)
  }

  private mutating func write(
    _ filing: CorporateReturn, _ ledger: CorporateFiler.Ledger, _ corporation: Corporation, _ notice: Int64,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = returnSlots
    let writer = returns
    try begin(common, writer, ledger, corporation)
    try writer.set(common.businessYear, filing.businessYear)
    try writer.set(common.filing, filing.filing)
    writer.code(common.latest, filing.isLatest ? 1 : 0)
    try writer.set(own.start, calendar.packed(filing.start))
    try writer.set(own.end, calendar.packed(filing.end))
    writer.code2(own.kind, filing.kind.rawValue)
    try writer.set(own.filed, calendar.packed(filing.filed))
    try writer.set(own.deadline, calendar.packed(filing.deadline))
    try writer.set(own.due, calendar.packed(filing.due))
    try writer.set(own.months, filing.months)
    try writer.set(own.capital, filing.capital)
    try writer.set(own.staff, filing.staff.all)
    try writer.set(own.cityStaff, filing.staff.city)
    writer.code(own.tier, filing.tier)
    try put(filing, own, writer)
    try writer.set(own.notice, notice)
    writer.code(own.transitional, 0)
    var mark = RecordMark()
    mark.number = corporation.number
    mark.isLatest = filing.isLatest
    mark.notice = notice
    mark.tax = 10
    (mark.version, mark.amount, mark.method) = (filing.filing, filing.claim, filing.kind.rawValue)
    if filing.claim < 0 { mark.traits.insert(.negative) }
    if filing.capital != corporation.capital { mark.traits.insert(.changed) }
    mark.month = filing.months
    if ledger.extended > 0, filing.kind == .final {
      mark.cases.insert(filing.due == filing.deadline ? .extendedDeadline : .extendedDeadlineAlone)
    }
    if filing.kind != .provisional, calendar.isNewYear(filing.deadline) { mark.cases.insert(.deadlineAtNewYear) }
    if corporation.isPublicInterest, filing.staff.city > 50 { mark.cases.insert(.publicInterest) }
    if filing.months < 12, filing.kind == .final { mark.cases.insert(.shortBusinessYear) }
    if filing.claim < 0 { mark.cases.insert(.negativeClaim) }
    mark.day = calendar.number(filing.start)
    var draw = Draw(seed, .stamp, corporation.number, 200 + filing.businessYear * 8 + filing.filing)
    try common.stamp.put(writer, &draw, on: calendar.packed(filing.filed))
    try file.emit(writer, mark)
    totals[0] += Int64(filing.claim)
    totals[1] += Int64(filing.net)
    totals[2] += Int64(filing.perCapita)
    let year = calendar.fiscalYear(filing.filed)
    guard filing.claim != 0 else { return }
    assessed[10, year, InstalmentCode(number: 1)].count += 1
    assessed[10, year, InstalmentCode(number: 1)].sum += Int64(filing.claim)
  }

  private func put(
    _ filing: CorporateReturn, _ own: CorporateReturnSlots, _ writer: KindWriter
  ) throws(Diagnostic) {
    try writer.set(own.base, filing.base)
    try writer.set(own.share, filing.share)
    try writer.set(own.rate, filing.rate)
    try writer.set(own.onProfit, filing.onProfit)
    try writer.set(own.credit, filing.credit)
    try writer.set(own.net, filing.net)
    try writer.set(own.perCapita, filing.perCapita)
    try writer.set(own.paidOnProfit, filing.paid.onProfit)
    try writer.set(own.paidPerCapita, filing.paid.perCapita)
    try writer.set(own.owedOnProfit, filing.owed.onProfit)
    try writer.set(own.owedPerCapita, filing.owed.perCapita)
    try writer.set(own.claim, filing.claim)
    try writer.set(own.refund, max(0, -filing.claim))
  }
}
