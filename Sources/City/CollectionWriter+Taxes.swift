import Base

/// The claims of 法人, 固定資産・都計, 軽自 and 国保.
extension CollectionWriter {
  private static var asOf: DayNumber { CityCalendar.day(2019, 11, 29) }

  /// The number of given dates that have passed.
  private func open(_ dates: [DayNumber]) -> Int { dates.count { $0 <= Self.asOf } }

  // MARK: 10

  /// Returns under one 賦課年度: the fiscal year in which they were filed.
  mutating func writeReturns(_ block: Block, _ assessed: Int64, _ file: LegacyFileWriter) throws(Diagnostic) {
    for corporation in block.corporations {
      let ledger = filer.ledger(corporation, in: block)
      filer.file(corporation, ledger, into: &filings)
      for index in filings.indices {
        let filing = filings[index]
        guard filing.assessed(calendar) == assessed, filing.claim != 0 else { continue }
        var claim = Claim()
        (claim.assessed, claim.belongs, claim.tax) = (assessed, assessed, 10)
        claim.year = calendar.fiscalYear(filing.filed)
        claim.number = corporation.number
        claim.notice = NoticeNumbers.corporate(block.index, corporation.index, index)
        claim.code = InstalmentCode(number: 1)
        (claim.due, claim.printedDue) = (filing.due, calendar.packed(filing.due))
        claim.amount = filing.claim
        (claim.businessYear, claim.filing) = (filing.businessYear, filing.filing)
        (claim.perCapita, claim.onProfit) = (filing.owed.perCapita, filing.owed.onProfit)
        collector.settleReturn(claim, filed: filing.filed, into: &history)
        try emit(claim, file)
      }
    }
  }

  // MARK: 20 and 21

  mutating func writeProperty(_ tax: Int, _ block: Block, _ year: Int, _ file: LegacyFileWriter) throws(Diagnostic) {
    cadastre.derive(block)
    let dates = PropertyBill.due(year, calendar)
    for estate in cadastre.estates where estate.tax(cadastre, year) == tax {
      let bill = PropertyBill(estate, in: cadastre, year)
      let payer = cadastre.payer(estate)
      let (first, other) = bill.instalments
      let isCorrected = estate.isCorrected(cadastre, year)
      let oddity =
        isCorrected || other == 0
        ? .none
        : collector.oddity(
          payer, tax, year, lateable: 2, open: open(dates), ordinal: block.index == 0 ? estate.index : nil)
      var claim = Claim()
      claim.assessed = CityCalendar.packedYear(year)
      (claim.belongs, claim.year, claim.tax, claim.number) = (claim.assessed, year, tax, estate.owner)
      claim.notice = NoticeNumbers.property(block.index, estate.index, year)
      for entry in 0..<4 {
        claim.amount = entry == 0 ? first : other
        guard claim.amount > 0 else { continue }
        claim.code = InstalmentCode(number: entry + 1)
        claim.due = dates[entry]
        claim.printedDue = estate.printedDue(claim.due, entry, year, isCorrected: isCorrected, calendar)
        collector.settle(
          claim, part: entry + 1, of: payer, oddity: oddity, billed: claim.amount, decided: 0,
          earlier: entry > 0 ? dates[entry - 1] : 0, into: &history)
        try emit(claim, file)
      }
    }
  }

  // MARK: 30

  mutating func writeVehicles(_ block: Block, _ year: Int, _ file: LegacyFileWriter) throws(Diagnostic) {
    park.derive(block)
    let due = calendar.open(CityCalendar.day(year, 5, 31))
    for vehicle in park.vehicles {
      guard let tax = park.tax(vehicle, year), tax.yen > tax.relief else { continue }
      let payer = Payer(
        number: tax.owner, hasAccount: park.hasAccount(tax.owner), defaults: park.isDefaulter(tax.owner))
      var claim = Claim()
      claim.assessed = CityCalendar.packedYear(year)
      (claim.belongs, claim.year, claim.tax, claim.number) = (claim.assessed, year, 30, tax.owner)
      claim.notice = NoticeNumbers.vehicle(block.index, vehicle.index, year)
      claim.code = InstalmentCode(number: 1)
      (claim.due, claim.printedDue) = (due, VehicleWriter.printedDue(vehicle, year, calendar))
      claim.amount = tax.yen - tax.relief
      let oddity = collector.oddity(
        payer, 30, year, lateable: 1, open: 1, ordinal: block.index == 0 ? vehicle.index : nil)
      collector.settle(
        claim, part: 1, of: payer, oddity: oddity, billed: claim.amount, decided: 0, earlier: 0, into: &history)
      try emit(claim, file)
    }
  }

  // MARK: 40

  mutating func writeHealth(_ block: Block, _ year: Int, _ file: LegacyFileWriter) throws(Diagnostic) {
    register.derive(block)
    let dates = HealthRegister.due(year, calendar)
    for index in block.households.indices {
      guard let (latest, first) = register.notices(index, in: block, year) else { continue }
      let household = block.households[index]
      var payer = register.payer(household, block)
      var claim = Claim()
      claim.assessed = CityCalendar.packedYear(year)
      (claim.belongs, claim.year, claim.tax, claim.number) = (claim.assessed, year, 40, payer.number)
      claim.notice = NoticeNumbers.health(block.index, index, year)
      var split = HealthSplit(latest)
      if latest.isWithheld {
        try writeWithheld(latest, claim, &split, year, file)
        continue
      }
      if first != nil { payer.defaults = false }
      let isPlain = first == nil && latest.count == 8
      let oddity =
        isPlain
        ? collector.oddity(
          payer, 40, year, lateable: 3, open: open(dates), ordinal: block.index == 0 ? index : nil) : .none
      for entry in 0..<latest.count {
        let instalment = latest.instalments[entry]
        (claim.code, claim.due) = (instalment.code, instalment.due)
        (claim.printedDue, claim.amount) = (calendar.packed(instalment.due), instalment.amount)
        claim.health = split.next(instalment.amount)
        var billed = instalment.amount
        if let first, instalment.due < latest.decided, entry < first.count {
          billed = max(billed, first.instalments[entry].amount)
        }
        collector.settle(
          claim, part: entry + 1, of: payer, oddity: oddity, billed: billed, decided: latest.decided,
          earlier: entry > 0 ? latest.instalments[entry - 1].due : 0, into: &history)
        try emit(claim, file)
      }
    }
  }

  private mutating func writeWithheld(
    _ notice: HealthRegister.Notice, _ common: Claim, _ split: inout HealthSplit, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    var claim = common
    for month in 0..<6 {
      claim.amount = month == 0 ? notice.withheld.first : notice.withheld.other
      guard claim.amount > 0 else { continue }
      claim.code = InstalmentCode(pensionMonth: month)
      claim.due = assessor.due(year).pension[month]
      claim.printedDue = calendar.packed(claim.due)
      claim.health = split.next(claim.amount)
      collector.settleTransfer(claim, into: &history)
      try emit(claim, file)
    }
  }

  mutating func writeLateHealth(_ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    register.derive(block)
    for index in block.households.indices {
      guard let notice = register.lateNotice(index, in: block), notice.count > 0 else { continue }
      var payer = register.payer(block.households[index], block)
      payer.defaults = false
      var claim = Claim()
      (claim.assessed, claim.belongs, claim.year, claim.tax) = (501, 430, 2019, 40)
      claim.number = payer.number
      claim.notice = NoticeNumbers.health(block.index, index, 2019)
      claim.code = .ninth
      claim.due = notice.instalments[0].due
      claim.printedDue = calendar.packed(claim.due)
      claim.amount = notice.total
      var split = HealthSplit(notice)
      claim.health = split.next(notice.total)
      collector.settle(
        claim, part: 9, of: payer, oddity: .none, billed: claim.amount, decided: notice.decided, earlier: 0,
        into: &history)
      try emit(claim, file)
    }
  }
}

/// Distributes the three parts of a 国保 bill over its instalments: 支援 and 介護 by the amounts claimed so far, 医療 the rest,
/// so that every part adds up to its 決定額.
struct HealthSplit {
  private let total: Int
  private let support: Int
  private let care: Int
  private var sum = 0
  private var given = (support: 0, care: 0)

  init(_ notice: HealthRegister.Notice) {
    total = max(1, notice.total)
    support = notice.parts[1].total
    care = notice.parts[2].total
  }

  mutating func next(_ amount: Int) -> (medical: Int, support: Int, care: Int) {
    sum += amount
    let part = (sum * support / total - given.support, sum * care / total - given.care)
    given.support += part.0
    given.care += part.1
    return (amount - part.0 - part.1, part.0, part.1)
  }
}
