/// Makes notices: the tax that a person owes in a year, and its collection. Pure: the same person and year give the
/// same notice.
struct Assessor {
  let plan: CityPlan
  let calendar: CityCalendar
  let dueDates: [DueDates]

  /// The way in which a person is assessed in a year.
  enum Situation {
    case nobody
    case work(CityPerson.Work)
    case pension(CityPerson.Pension)
  }

  /// The notice in force, and the first version when it was corrected.
  struct Result {
    var latest: Notice
    var first: Notice?
  }

  init(plan: CityPlan, calendar: CityCalendar) {
    self.plan = plan
    self.calendar = calendar
    dueDates = CityPlan.years.map { DueDates(year: $0, calendar: calendar) }
  }

  func due(_ year: Int) -> DueDates { dueDates[year - CityPlan.years.lowerBound] }

  func situation(_ person: CityPerson, _ year: Int) -> Situation {
    guard person.isTaxed(in: year), year - 1 - person.birthYear >= 20 else { return .nobody }
    if person.pensionYear(calendar) <= year { return person.pension == .none ? .nobody : .pension(person.pension) }
    return person.work == .none ? .nobody : .work(person.work)
  }

  /// True when the year was assessed only later (過年度賦課): no notice in the year itself.
  func isLate(_ person: CityPerson, _ year: Int) -> Bool {
    (person.event == .assessedLateInApril || person.event == .assessedLateInNovember) && person.eventYear == year
  }

  /// The assessment of a year; `nil` for a person without a row.
  func assess(_ person: CityPerson, in block: Block, _ year: Int) -> Result? {
    switch situation(person, year) {
    case .nobody: return nil
    case .pension(let kind): return Result(latest: pensionNotice(person, in: block, year, kind))
    case .work(let work):
      var notice = Notice()
      notice.tax = declared(person, in: block, year, work)
      notice.tax.assess()
      collect(&notice, work, year)
      guard person.eventYear == year, person.event != .none else { return Result(latest: notice) }
      return corrected(notice, person, in: block, year, work)
    }
  }

  /// 過年度賦課: one instalment for the whole year, due at the end of the month after the next.
  func lateNotice(_ person: CityPerson, in block: Block, _ year: Int) -> Notice {
    var notice = Notice()
    notice.tax = declared(person, in: block, year, person.work)
    notice.tax.assess()
    let inApril = person.event == .assessedLateInApril
    notice.decided = inApril ? CityCalendar.day(2019, 4, 12) : CityCalendar.day(2019, 11, 22)
    notice.reason = 10
    notice.byInstalment = notice.tax.total
    let due = inApril ? CityCalendar.endOfMonth(2019, 5) : CityCalendar.endOfMonth(2020, 1)
    notice.add(.extra, calendar.open(due), notice.tax.total)
    return notice
  }

  // MARK: declared amounts

  private func declared(_ person: CityPerson, in block: Block, _ year: Int, _ work: CityPerson.Work) -> ResidentTax {
    var draw = Draw(plan.seed, .income, person.number, year)
    var tax = ResidentTax()
    let (older, younger) = block.children(of: person, in: year)
    let spouse = person.claimsChildren ? person.spouse : 0
    let earned = person.income + person.income * (year - 2014) / 60 + draw.below(person.income / 50 + 1)
    let claimed = older + (spouse > 0 ? 1 : 0)
    switch work {
    case .none: break
    case .employee, .mixed:
      tax.salary = earned
      tax.income = ResidentTax.incomeFromSalary(earned)
    case .business: tax.income = earned
    case .exempt: (tax.exemption, tax.income) = (2, draw.below(300_000))
    case .welfare: tax.exemption = 3
    case .disabled: (tax.exemption, tax.income) = (4, 500_000 + draw.below(600_000))
    case .perCapitaOnly:
      // Between the limits for 均等割 and 所得割, which differ for people with dependants (1級地: 21万 and 32万).
      let heads = 1 + older + younger + (spouse > 0 ? 1 : 0)
      tax.exemption = heads > 1 ? 1 : 2
      tax.income = heads > 1 ? 350_000 * heads + 210_001 + draw.below(100_000) : draw.below(300_000)
    }
    let insurance = earned * 14 / 100 / 1_000 * 1_000
    tax.deductions = 330_000 + (tax.exemption == 0 ? insurance : 0) + 330_000 * claimed
    tax.personalDifference = 50_000 * (1 + claimed)
    tax.dependants = older + younger
    tax.spouse = spouse
    guard tax.exemption == 0 else { return tax }
    if draw.chance(50) { tax.credits = (7_200, 4_800) }
    if draw.chance(30) { tax.dividends = (1_500 + draw.below(4_000), 900 + draw.below(2_500)) }
    if work == .business, person.event == .none, draw.chance(6) { tax.reliefShare = 10 }
    return tax
  }

  // MARK: collection

  private func collect(_ notice: inout Notice, _ work: CityPerson.Work, _ year: Int) {
    let total = notice.tax.total
    switch work {
    case .employee:
      notice.method = 2
      notice.fromSalary = total
    case .mixed:
      notice.method = 5
      notice.byInstalment = total / 3 / 100 * 100
      notice.fromSalary = total - notice.byInstalment
    default: notice.byInstalment = total
    }
    notice.months = ResidentTax.split(notice.fromSalary, parts: 12, unit: 100)
    addInstalments(&notice, year, notice.byInstalment, parts: 4)
  }

  private func addInstalments(_ notice: inout Notice, _ year: Int, _ amount: Int, parts: Int) {
    let (first, other) = ResidentTax.split(amount, parts: parts, unit: 1_000)
    let dates = due(year).instalments
    for part in 0..<parts { notice.add(InstalmentCode(number: part + 1), dates[part], part == 0 ? first : other) }
  }

  // MARK: 更正

  private func corrected(
    _ first: Notice, _ person: CityPerson, in block: Block, _ year: Int, _ work: CityPerson.Work
  ) -> Result {
    var draw = Draw(plan.seed, .notice, person.number, year)
    var notice = Notice()
    notice.tax = declared(person, in: block, year, work)
    notice.version = 2
    let dates = due(year).instalments
    switch person.event {
    case .raise:
      // 修正: the billed amounts stay, the difference is a 随時 instalment.
      notice.tax.income += 150_000
      notice.tax.assess()
      notice.reason = 20
      notice.decided = calendar.open(CityCalendar.day(year, 9, 3) + draw.below(22))
      notice.byInstalment = notice.tax.total
      addInstalments(&notice, year, first.byInstalment, parts: 4)
      notice.add(.extra, dates[2], notice.tax.total - first.tax.total)
    case .cutEarly, .cutLate:
      notice.tax.income -= 50_000 * draw.within(3...6)
      notice.tax.assess()
      notice.reason = person.event == .cutEarly ? 10 : 20
      let day = person.event == .cutEarly ? CityCalendar.day(year, 6, 11) : dates[1] + 4
      notice.decided = calendar.open(day + draw.below(8))
      collect(&notice, work, year)
    case .disallowed:
      notice.tax.deductions -= 330_000
      notice.tax.personalDifference -= 50_000
      notice.tax.spouse = 0
      notice.tax.assess()
      notice.reason = 30
      notice.decided = calendar.open(CityCalendar.day(year, 6, 5) + draw.below(14))
      collect(&notice, work, year)
    case .none, .assessedLateInApril, .assessedLateInNovember, .defaults: return Result(latest: first)
    }
    return Result(latest: notice, first: first)
  }

  // MARK: pensions

  private func pensionNotice(_ person: CityPerson, in block: Block, _ year: Int, _ kind: CityPerson.Pension) -> Notice {
    var notice = Notice()
    notice.tax = declaredPension(person, year, kind)
    switch kind {
    case .none, .exempt, .byInstalment:
      notice.tax.assess()
      notice.byInstalment = notice.tax.total
      addInstalments(&notice, year, notice.byInstalment, parts: 4)
    case .withheld, .withheldAndBusiness:
      notice.provisional = yearlyPensionTax(person, year, kind) / 6
      withhold(&notice, person, year, kind)
    }
    return notice
  }

  /// First year: half by 普徴 1–2期, half in October, December and February. Later: a sixth of last year's tax in April,
  /// June and August, a third of what remains in the other months.
  private func withhold(_ notice: inout Notice, _ person: CityPerson, _ year: Int, _ kind: CityPerson.Pension) {
    notice.tax.roundToSixHundred()
    let dates = due(year).pension
    let whole = yearlyPensionTax(person, year, kind)
    if person.pensionYear(calendar) == year {
      notice.method = 4
      notice.byInstalment = whole / 2
      notice.fromPension = whole / 2
      addInstalments(&notice, year, notice.byInstalment, parts: 2)
      for month in 3..<6 { notice.add(InstalmentCode(pensionMonth: month), dates[month], whole / 6) }
      return
    }
    notice.method = kind == .withheld ? 3 : 4
    notice.fromPension = whole
    notice.byInstalment = notice.tax.total - whole
    addInstalments(&notice, year, notice.byInstalment, parts: 4)
    let provisional = yearlyPensionTax(person, year - 1, kind) / 6
    for month in 0..<6 {
      let amount = month < 3 ? provisional : (whole - 3 * provisional) / 3
      notice.add(InstalmentCode(pensionMonth: month), dates[month], amount)
    }
  }

  /// The tax on the pension of a year, a multiple of 600, from which 仮徴収 of the next year follows.
  private func yearlyPensionTax(_ person: CityPerson, _ year: Int, _ kind: CityPerson.Pension) -> Int {
    var tax = declaredPension(person, year, kind)
    tax.roundToSixHundred()
    return kind == .withheld ? tax.total : tax.total * 40 / 100 / 600 * 600
  }

  private func declaredPension(_ person: CityPerson, _ year: Int, _ kind: CityPerson.Pension) -> ResidentTax {
    var draw = Draw(plan.seed, .income, person.number, year)
    var tax = ResidentTax()
    tax.deductions = 330_000
    tax.personalDifference = 50_000
    guard kind != .exempt else {
      tax.exemption = 2
      tax.annuity = 700_000 + person.annuity / 8
      return tax
    }
    tax.annuity = person.annuity + (year - 2014) * 1_000 + draw.below(8_000)
    tax.income = tax.annuity - 1_200_000
    if kind == .withheldAndBusiness { tax.income += person.income + draw.below(10_000) }
    tax.deductions += tax.annuity * 12 / 100 / 1_000 * 1_000
    return tax
  }
}
