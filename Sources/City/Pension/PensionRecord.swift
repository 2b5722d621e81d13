/// 国民年金 of one person, as in the city's register. Pure: the same person has the same record.
struct PensionRecord {
  /// 資格取得 to 喪失; 0 while it lasts.
  struct Membership {
    var from: DayNumber = 0
    /// 取得事由 01 20歳, 02 others.
    var reason = 1
    var until: DayNumber = 0
    var reported: DayNumber = 0
  }

  /// 免除・猶予: months as `YYYYMM`.
  struct Exemption {
    /// 20 全額 21 3/4 22 半額 23 1/4 30 納付猶予 40 学生特例.
    var kind = 20
    var from = 0
    var until = 0
    var applied: DayNumber = 0
    var approved: DayNumber = 0
    var isContinued = false
    /// 所得判定年度 as GYY, and incomes of that year.
    var year: Int64 = 0
    var income = (own: 0, spouse: 0, head: 0)
    /// Of a year that was assessed late (過年度賦課).
    var isOfLateYear = false
  }

  var memberships: [Membership] = []
  var exemptions: [Exemption] = []
  /// 付加 from this month; 0 for none.
  var extraFrom = 0
  /// 届書: code, day of 進達, result; 0 for none.
  var form = (code: 0, sent: 0 as DayNumber, result: 0, answered: 0 as DayNumber)
}

/// Makes pension records from the facts of the other subsystems about a person.
struct PensionOffice {
  let assessor: Assessor
  private var calendar: CityCalendar { assessor.calendar }
  private static let asOf = CityCalendar.day(2019, 11, 29)

  /// 第1号被保険者 whom the city registers.
  func isRegistered(_ person: CityPerson, in block: Block) -> Bool {
    guard person.left == 0, person.sameAs == 0, person.birthYear >= 1960,
      calendar.adding(months: 240, to: person.birthday) <= Self.asOf - 60
    else { return false }
    switch person.work {
    case .employee, .mixed: return false
    case .none where isDependant(person, block): return false
    default: break
    }
    var draw = Draw(assessor.plan.seed, .annuity, person.number, 1)
    return block.index == 0 && (person.index < 12 || person.birthYear >= 1995) || draw.chance(560)
  }

  /// 第3号: the spouse of an employee.
  private func isDependant(_ person: CityPerson, _ block: Block) -> Bool {
    let head = block.persons[block.households[person.household].first]
    return head.number != person.number && (head.work == .employee || head.work == .mixed)
  }

  func record(_ person: CityPerson, in block: Block, into record: inout PensionRecord) {
    record.memberships.removeAll(keepingCapacity: true)
    record.exemptions.removeAll(keepingCapacity: true)
    (record.extraFrom, record.form) = (0, (0, 0, 0, 0))
    var draw = Draw(assessor.plan.seed, .annuity, person.number)
    let started = enrol(person, &draw, &record)
    exempt(person, block, since: started, &draw, &record)
    if record.exemptions.isEmpty, person.work == .business, draw.chance(90) || block.index == 0 && person.index == 1 {
      let earliest = max(calendar.number(started) / 100 + 100, 2009_04)
      if earliest < 2018_01 { record.extraFrom = month(earliest, after: draw.below(60)) }
    }
    guard draw.chance(480) else { return }
    record.form.code = [101, 102, 410][draw.below(3)]
    record.form.sent = calendar.open(CityCalendar.day(2019, 4, 8) + draw.below(190))
    record.form.result = [0, 0, 0, 10, 20][draw.below(5)]
    record.form.answered = calendar.open(record.form.sent + 15 + draw.below(8))
  }

  /// Enrols the person on the day before the twentieth birthday; all in 1986. Returns the start of the present
  /// membership.
  private func enrol(_ person: CityPerson, _ draw: inout Draw, _ record: inout PensionRecord) -> DayNumber {
    let general = CityCalendar.day(1986, 4, 1)
    let twenty = calendar.adding(months: 240, to: person.birthday) - 1
    var first = PensionRecord.Membership(
      from: max(twenty, general), reason: twenty < general || person.birth % 100 == 0 ? 2 : 1)
    first.reported = report(first.from, &draw)
    let room = Self.asOf - 2_400 - first.from
    guard room > 0, draw.chance(160) else {
      record.memberships.append(first)
      return first.from
    }
    first.until = first.from + 300 + draw.below(min(room, 2_000))
    var second = PensionRecord.Membership(from: first.until + 380 + draw.below(900), reason: 2)
    second.reported = report(second.from, &draw)
    record.memberships += [first, second]
    return second.from
  }

  private func report(_ day: DayNumber, _ draw: inout Draw) -> DayNumber {
    min(Self.asOf, calendar.open(day + 1 + draw.below(13)))
  }

  private func month(_ month: Int, after months: Int) -> Int {
    let ordinal = min(month / 100 * 12 + month % 100 - 1 + months, 2019 * 12 + 6)
    return ordinal / 12 * 100 + ordinal % 12 + 1
  }

  private func exempt(
    _ person: CityPerson, _ block: Block, since: DayNumber, _ draw: inout Draw, _ record: inout PensionRecord
  ) {
    let isPoor = person.work != .business
    if assessor.isLate(person, person.eventYear) { return exemptLate(person, block, since: since, &draw, &record) }
    guard draw.chance(isPoor ? 780 : 110) || block.index == 0 && person.birthYear >= 1995 else { return }
    if person.birthYear >= 1995, isPoor {
      guard since < CityCalendar.day(2019, 4, 1) else { return }
      var exemption = PensionRecord.Exemption(kind: 40, from: 2019_04, until: 2020_03)
      exemption.applied = calendar.open(CityCalendar.day(2019, 5, 7) + draw.below(40))
      exemption.approved = calendar.open(exemption.applied + 20 + draw.below(14))
      (exemption.isContinued, exemption.year) = (true, 431)
      exemption.income = incomes(person, block, 2019)
      return record.exemptions.append(exemption)
    }
    let years = 1 + draw.below(3)
    for year in (2020 - years)...2019 where since < CityCalendar.day(year, 7, 1) {
      var exemption = PensionRecord.Exemption(from: year * 100 + 7, until: (year + 1) * 100 + 6)
      let canBeDeferred = year - person.birthYear < 49
      exemption.kind = isPoor ? [20, 20, 20, canBeDeferred ? 30 : 20][draw.below(4)] : [21, 22, 23][draw.below(3)]
      exemption.applied = calendar.open(CityCalendar.day(year, 7, 4) + draw.below(55))
      exemption.approved = calendar.open(exemption.applied + 20 + draw.below(15))
      exemption.isContinued = draw.chance(400)
      exemption.year = year == 2019 ? 501 : CityCalendar.packedYear(year)
      exemption.income = incomes(person, block, year)
      record.exemptions.append(exemption)
    }
  }

  /// Applied for after the late assessment of the year: the income is that of the year of the tax (相当年度).
  private func exemptLate(
    _ person: CityPerson, _ block: Block, since: DayNumber, _ draw: inout Draw, _ record: inout PensionRecord
  ) {
    let year = person.eventYear
    guard draw.chance(300) || block.index == 0, since < CityCalendar.day(year, 7, 1) else { return }
    var exemption = PensionRecord.Exemption(kind: 21 + draw.below(3), from: year * 100 + 7, until: (year + 1) * 100 + 6)
    let inApril = person.event == .assessedLateInApril
    exemption.applied =
      inApril
      ? calendar.open(CityCalendar.day(2019, 4, 15) + draw.below(20))
      : calendar.open(CityCalendar.day(2019, 10, 15) + draw.below(30))
    exemption.approved =
      inApril ? calendar.open(exemption.applied + 20 + draw.below(15)) : CityCalendar.day(2019, 11, 26) + draw.below(4)
    exemption.year = CityCalendar.packedYear(year)
    exemption.income.own = assessor.lateNotice(person, in: block, year).tax.income
    exemption.isOfLateYear = true
    record.exemptions.append(exemption)
  }

  /// 判定所得 of the person, the spouse and the householder, from the resident tax of the year; 0 for a householder who
  /// is the person.
  private func incomes(_ person: CityPerson, _ block: Block, _ year: Int) -> (own: Int, spouse: Int, head: Int) {
    let household = block.households[person.household]
    func income(_ person: CityPerson) -> Int {
      assessor.isLate(person, year) ? 0 : assessor.assess(person, in: block, year)?.latest.tax.income ?? 0
    }
    let head = block.persons[household.first]
    var spouse = 0
    if household.count > 1 {
      let second = block.persons[household.first + 1]
      let isCouple = second.relation == .wife || second.relation == .husband
      if isCouple, person.index == head.index, second.left == 0 { spouse = income(second) }
      if isCouple, person.index == second.index, head.left == 0 { spouse = income(head) }
    }
    return (income(person), spouse, head.index == person.index ? 0 : income(head))
  }
}
