/// The insured of 国保, and the household's bills: a pure function of block and year.
struct HealthRegister {
  let assessor: Assessor
  private var calendar: CityCalendar { assessor.calendar }
  private var seed: UInt64 { assessor.plan.seed }
  private(set) var block = -1
  /// Households that are never in 国保, and those with a person who lost a job (非自発的失業).
  private var excluded: Set<Int> = []
  private var unemployed: Set<Int> = []
  private var members: [Int] = []

  /// A household's bill for a year.
  struct Notice {
    var version = 1
    var versions = 1
    /// Heads: insured, and those from 40 to 64 (介護2号).
    var insured = 0
    var carers = 0
    var isProxy = false
    var income = 0
    var waived = 0
    var parts: InlineArray<3, HealthTax.Assessment> = .init(repeating: HealthTax.Assessment())
    var total = 0
    var isWithheld = false
    var isUnemployed = false
    /// The first day of insurance for a household that entered in the year; 0 for the others.
    var opened: DayNumber = 0
    /// 更正事由 and its day.
    var reason = 0
    var decided: DayNumber = 0
    var instalments: InlineArray<10, City.Notice.Instalment> = .init(
      repeating: City.Notice.Instalment(code: .none, due: 0, amount: 0))
    var count = 0
    /// 年金特徴 from April.
    var withheld: (first: Int, other: Int) = (0, 0)

    mutating func add(_ code: InstalmentCode, _ due: DayNumber, _ amount: Int) {
      guard amount > 0 else { return }
      instalments[count] = City.Notice.Instalment(code: code, due: due, amount: amount)
      count += 1
    }
  }

  /// An insured person in FY2019.
  struct Member {
    var person = 0
    var base = 0
    /// 給与所得 before the relief for the unemployed; 0 for all others.
    var salaryIncome = 0
    /// 月数 of 医療・支援 and of 介護.
    var months = 12
    var careMonths = 0
    /// 喪失: the day, 0 while it lasts, and 01 転出 03 死亡 05 75歳.
    var until: DayNumber = 0
    var lossReason = 0

    var isCarer: Bool { careMonths > 0 }
  }

  init(assessor: Assessor) { self.assessor = assessor }

  mutating func derive(_ block: Block) {
    guard block.index != self.block else { return }
    self.block = block.index
    excluded.removeAll(keepingCapacity: true)
    unemployed.removeAll(keepingCapacity: true)
    for (index, household) in block.households.enumerated() {
      let people = block.persons[household.first..<household.first + household.count]
      if isUnclear(people, household, index, block) { excluded.insert(index) }
      guard !excluded.contains(index), household.count == 1, let head = people.first, head.work == .employee,
        head.pensionYear(calendar) > 2020, head.entered < CityCalendar.day(2017, 1, 1), head.event == .none,
        head.sameAs == 0, head.left == 0, income(head, block, 2019, isFirst: false) > 0
      else { continue }
      var draw = Draw(seed, .insurance, household.number, 9)
      if draw.chance(12) || block.index == 0 && unemployed.isEmpty { unemployed.insert(index) }
    }
  }

  /// A household for whose months the sources give no rule: people who are insured for different months of FY2019, or
  /// with unknown dates.
  private func isUnclear(
    _ people: ArraySlice<CityPerson>, _ household: Household, _ index: Int, _ block: Block
  ) -> Bool {
    guard let head = people.first else { return true }
    if head.left > 0 { return people.count > 1 || !leavesInYear(head) }
    let insured = people.filter { isInsured($0, household, index, block, 2019) }
    // 40, 65 or 75 around the year, on a day that is not known.
    let isUnknown = insured.contains { person in
      person.birth % 100 == 0 && [40, 65, 75].contains { abs(calendar.year(person.birthday) + $0 - 2019) <= 1 }
    }
    return isUnknown || Set(insured.map(months)).count > 1
      || Set(insured.map { careMonths($0) }.filter { $0 > 0 }).count > 1
  }

  /// Moved out or died in FY2019, after a first month of insurance.
  private func leavesInYear(_ person: CityPerson) -> Bool {
    person.left >= CityCalendar.day(2019, 5, 1) && person.sameAs == 0
      && (person.leaving == .movedOut || person.leaving == .died)
  }

  // MARK: months of FY2019

  /// Months from April 2019 to that of a day, or of its anniversary `years` later: 0...12.
  private func month(_ day: DayNumber, after years: Int = 0) -> Int {
    let number = calendar.number(day)
    return min(12, max(0, (number / 10_000 + years - 2019) * 12 + number / 100 % 100 - 4))
  }

  /// 医療・支援: from entry to the month before leaving, or before that of the 75th birthday, from which
  /// 後期高齢者医療 insures.
  private func months(_ person: CityPerson) -> Int {
    max(0, end(person) - month(person.entered))
  }

  private func end(_ person: CityPerson) -> Int {
    min(person.left > 0 ? month(person.left) : 12, month(person.birthday, after: 75))
  }

  /// 介護: from the month in which 40 is reached to the month before 65 is, on the day before the birthday.
  private func careMonths(_ person: CityPerson) -> Int {
    let from = month(person.birthday - 1, after: 40)
    let until = month(person.birthday - 1, after: 65)
    return max(0, min(until, end(person)) - max(from, month(person.entered)))
  }

  private func age(_ person: CityPerson, _ year: Int) -> Int {
    (year * 10_000 + 401 - calendar.number(person.birthday)) / 10_000
  }

  /// Came into 国保 only in December 2018, and told the office in August.
  func isLate(_ household: Household, _ block: Block) -> Bool {
    let head = block.persons[household.first]
    return household.count == 1 && head.event == .assessedLateInNovember && head.eventYear == 2018
  }

  func isUnemployed(_ index: Int) -> Bool { unemployed.contains(index) }

  /// Insured when the year begins; in FY2019 also those who came with the whole household before October.
  private func isThere(_ person: CityPerson, _ household: Household, _ block: Block, _ year: Int) -> Bool {
    if person.entered < CityCalendar.day(year, 4, 1) { return true }
    let head = block.persons[household.first]
    return year == 2019 && person.entered == head.entered && head.entered < CityCalendar.day(2019, 10, 1)
  }

  private func isInsured(_ person: CityPerson, _ household: Household, _ index: Int, _ block: Block, _ year: Int)
    -> Bool
  {
    let isHere = person.left == 0 || year <= 2019 && leavesInYear(person)
    guard isHere, person.sameAs == 0, isThere(person, household, block, year), age(person, year) < 75,
      year < 2019 || months(person) > 0
    else { return false }
    if isLate(household, block) { return year == 2019 }
    if unemployed.contains(index) { return year == 2019 }
    if person.pensionYear(calendar) <= year { return true }
    switch person.work {
    case .employee, .mixed, .welfare: return false
    case .business, .exempt, .perCapitaOnly, .disabled: return true
    case .none:
      // Dependants of an employee are insured with the employer.
      return !block.persons[household.first..<household.first + min(2, household.count)].contains {
        ($0.work == .employee || $0.work == .mixed || $0.work == .welfare) && $0.pensionYear(calendar) > year
          && $0.left == 0
      }
    }
  }

  // MARK: notices

  /// The notice in force and the one before a correction; nil for a household without insured people.
  mutating func notices(_ index: Int, in block: Block, _ year: Int) -> (latest: Notice, first: Notice?)? {
    let household = block.households[index]
    guard !excluded.contains(index) else { return nil }
    members.removeAll(keepingCapacity: true)
    for person in household.first..<household.first + household.count
    where isInsured(block.persons[person], household, index, block, year) { members.append(person) }
    guard !members.isEmpty else { return nil }
    var latest = assess(household, index, block, year, isFirst: false)
    let head = block.persons[household.first]
    if year == 2019, head.left > 0 { return leaver(latest, household, index, block, head) }
    if year == 2019, head.entered >= CityCalendar.day(2019, 4, 1) { latest.opened = head.entered }
    let isCorrected = head.eventYear == year && (head.event == .raise || head.event == .cutLate)
    guard isCorrected, members.first == household.first else {
      bill(&latest, year, amount: latest.total)
      return (latest, nil)
    }
    var first = assess(household, index, block, year, isFirst: true)
    bill(&first, year, amount: first.total)
    guard first.total != latest.total else {
      bill(&latest, year, amount: latest.total)
      return (latest, nil)
    }
    var draw = Draw(seed, .insurance, household.number, year)
    (latest.version, latest.versions, latest.reason) = (2, 2, 10)
    first.versions = 2
    latest.decided = calendar.open(CityCalendar.day(year, 10, 3) + draw.below(11))
    if latest.total > first.total {
      bill(&latest, year, amount: first.total)
      latest.add(.ninth, calendar.open(CityCalendar.day(year, 12, 25)), latest.total - first.total)
    } else {
      bill(&latest, year, amount: latest.total)
    }
    return (latest, first)
  }

  /// The only insured person, who left in FY2019. Before the bills of July the departure is already included; later the
  /// year's tax was cut.
  private func leaver(
    _ latest: Notice, _ household: Household, _ index: Int, _ block: Block, _ head: CityPerson
  ) -> (latest: Notice, first: Notice?) {
    var latest = latest
    bill(&latest, 2019, amount: latest.total)
    guard head.left >= CityCalendar.day(2019, 7, 1) else { return (latest, nil) }
    var first = assess(household, index, block, 2019, isFirst: false, isKnown: false)
    bill(&first, 2019, amount: first.total)
    (latest.version, latest.versions, first.versions) = (2, 2, 2)
    latest.reason = head.leaving == .died ? 50 : 40
    latest.decided = min(CityCalendar.day(2019, 11, 29), calendar.open(head.left + 12))
    return (latest, first)
  }

  /// 過年度賦課 of FY2018: December to March, decided in September 2019.
  func lateNotice(_ index: Int, in block: Block) -> Notice? {
    let household = block.households[index]
    guard !excluded.contains(index), isLate(household, block) else { return nil }
    let head = block.persons[household.first]
    let base = max(0, assessor.lateNotice(head, in: block, 2018).tax.income - HealthTax.basic)
    var notice = Notice()
    notice.insured = 1
    notice.carers = (40...64).contains(age(head, 2018)) ? 1 : 0
    notice.income = base == 0 ? 0 : base + HealthTax.basic
    let tax = HealthTax.of(2018)
    notice.waived = tax.waived(income: notice.income, insured: 1)
    for part in HealthTax.Part.allCases {
      let heads = part == .care ? notice.carers : 1
      notice.parts[part.rawValue] = tax.assess(
        part, base: heads > 0 ? base : 0, heads: heads, waived: notice.waived, months: 4)
      notice.total += notice.parts[part.rawValue].total
    }
    notice.reason = 10
    notice.decided = CityCalendar.day(2019, 9, 2)
    notice.add(.ninth, CityCalendar.day(2019, 9, 30), notice.total)
    return notice
  }

  /// The insured of FY2019 with their bases.
  mutating func insured(_ index: Int, in block: Block, into list: inout [Member]) {
    list.removeAll(keepingCapacity: true)
    guard notices(index, in: block, 2019) != nil else { return }
    for person in members { list.append(member(block.persons[person], index, block, 2019, isFirst: false)) }
  }

  private func member(
    _ person: CityPerson, _ index: Int, _ block: Block, _ year: Int, isFirst: Bool
  ) -> Member {
    var member = Member()
    member.person = person.index
    member.careMonths = year == 2019 ? careMonths(person) : (40...64).contains(age(person, year)) ? 12 : 0
    if year == 2019 {
      member.months = months(person)
      let asOf = CityCalendar.day(2019, 11, 29)
      if person.left > 0 {
        (member.until, member.lossReason) = (person.left, person.leaving == .died ? 3 : 1)
      } else if person.birthYear <= 1944, calendar.adding(months: 900, to: person.birthday) <= asOf {
        (member.until, member.lossReason) = (calendar.adding(months: 900, to: person.birthday), 5)
      }
    }
    var income = income(person, block, year, isFirst: isFirst)
    if unemployed.contains(index) {
      member.salaryIncome = income
      income = income * 30 / 100
    }
    member.base = max(0, income - HealthTax.basic)
    return member
  }

  private func income(_ person: CityPerson, _ block: Block, _ year: Int, isFirst: Bool) -> Int {
    guard !assessor.isLate(person, year), let result = assessor.assess(person, in: block, year) else { return 0 }
    return isFirst ? result.first?.tax.income ?? result.latest.tax.income : result.latest.tax.income
  }

  private func assess(
    _ household: Household, _ index: Int, _ block: Block, _ year: Int, isFirst: Bool, isKnown: Bool = true
  ) -> Notice {
    var notice = Notice()
    var (base, careBase) = (0, 0)
    var (months, careMonths) = (12, 12)
    let head = block.persons[household.first]
    notice.isProxy = members.first != household.first
    notice.isUnemployed = unemployed.contains(index)
    var isElderly = true
    for person in members {
      let member = member(block.persons[person], index, block, year, isFirst: isFirst)
      base += member.base
      if member.isCarer { (careBase, careMonths) = (careBase + member.base, member.careMonths) }
      months = member.months
      notice.carers += member.isCarer ? 1 : 0
      let whole = income(block.persons[person], block, year, isFirst: isFirst)
      notice.income += notice.isUnemployed ? whole * 30 / 100 : whole
      if age(block.persons[person], year) < 65 { isElderly = false }
    }
    if notice.isProxy { notice.income += income(head, block, year, isFirst: isFirst) }
    notice.insured = members.count
    let tax = HealthTax.of(year)
    notice.waived = tax.waived(income: notice.income, insured: notice.insured)
    for part in HealthTax.Part.allCases {
      let isCare = part == .care
      notice.parts[part.rawValue] = tax.assess(
        part, base: isCare ? careBase : base, heads: isCare ? notice.carers : notice.insured, waived: notice.waived,
        months: isKnown ? (isCare ? careMonths : months) : 12)
      notice.total += notice.parts[part.rawValue].total
    }
    var draw = Draw(seed, .insurance, household.number)
    let hasPension = head.pension != .none && head.pension != .exempt
    notice.isWithheld = isElderly && !notice.isProxy && hasPension && months == 12 && draw.chance(800)
    return notice
  }

  /// Eight instalments, or six from the pension; the remainder in the first.
  private func bill(_ notice: inout Notice, _ year: Int, amount: Int) {
    if notice.isWithheld {
      notice.withheld = ResidentTax.split(amount, parts: 6, unit: 100)
      return
    }
    // A household that enters in the year is billed a month later, over the remaining instalments.
    let dates = Self.due(year, calendar)
    let skipped = notice.opened == 0 ? 0 : dates.count { $0 < notice.opened + 45 }
    let (first, other) = ResidentTax.split(amount, parts: 8 - skipped, unit: 1_000)
    for part in skipped..<8 {
      notice.add(InstalmentCode(number: part + 1), dates[part], part == skipped ? first : other)
    }
  }

  /// Ends of July to November, 25 December, ends of January and February, moved to open days.
  static func due(_ year: Int, _ calendar: CityCalendar) -> [DayNumber] {
    let ends = [(year, 7), (year, 8), (year, 9), (year, 10), (year, 11)].map { CityCalendar.endOfMonth($0.0, $0.1) }
    let rest = [
      CityCalendar.day(year, 12, 25), CityCalendar.endOfMonth(year + 1, 1), CityCalendar.endOfMonth(year + 1, 2),
    ]
    return (ends + rest).map(calendar.open)
  }

  func payer(_ household: Household, _ block: Block) -> Payer {
    let head = block.persons[household.first]
    var draw = Draw(seed, .account, head.number, 40)
    let defaults = head.event == .defaults
    return Payer(number: head.number, hasAccount: !defaults && draw.chance(250), defaults: defaults)
  }
}
