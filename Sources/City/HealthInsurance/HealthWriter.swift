import Base
import Charset
import Copybook
import Decode

/// Writes KKFUKA (国民健康保険税 賦課): the households' bills by 賦課年度, 相当年度 and notice, then the insured of FY2019 by
/// 記号番号.
struct HealthWriter {
  private(set) var register: HealthRegister
  let calendar: CityCalendar
  let words: Lexicon
  let seed: UInt64
  let bills: KindWriter
  let insured: KindWriter
  private let billSlots: (HealthSlots, HealthNoticeSlots)
  private let insuredSlots: (HealthSlots, InsuredSlots)
  private var members: [HealthRegister.Member] = []
  private(set) var assessed = InstalmentTable(CityFacts.Assessed())
  /// Trailer totals: Σ NENZEI, Σ KEIGENGAKU, Σ 期別 + 特徴.
  private(set) var totals: [Int64] = [0, 0, 0]

  enum Pass {
    case bills(Int)
    case late
    /// The insured with a 記号 that ends with the digit.
    case insured(Int)

    static var all: [Pass] { CityPlan.years.map { .bills($0) } + [.late] + (1...9).map { .insured($0) } }
  }

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, assessor: Assessor
  ) throws(Diagnostic) {
    calendar = assessor.calendar
    self.words = words
    seed = assessor.plan.seed
    register = HealthRegister(assessor: assessor)
    let (office, _) = characters.encode(.single, "HNK")
    bills = KindWriter(10, layout: layout, choosing: ["KK-BODY-10"], characters: characters)
    insured = KindWriter(20, layout: layout, choosing: ["KK-BODY-20"], characters: characters)
    billSlots = (try HealthSlots(bills, department: office), try HealthNoticeSlots(bills))
    insuredSlots = (try HealthSlots(insured, department: office), try InsuredSlots(insured))
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    register.derive(block)
    for index in block.households.indices {
      switch pass {
      case .bills(let year):
        guard let (latest, first) = register.notices(index, in: block, year) else { continue }
        let years = (CityCalendar.packedYear(year), CityCalendar.packedYear(year))
        if let first { try write(first, index, block, year, years, file) }
        try write(latest, index, block, year, years, file)
      case .late:
        guard let notice = register.lateNotice(index, in: block) else { continue }
        try write(notice, index, block, 2019, (501, 430), file)
      case .insured(let digit):
        guard symbol(block.households[index]) == digit else { continue }
        register.insured(index, in: block, into: &members)
        for member in members { try write(member, index, block, file) }
      }
    }
  }

  /// 記号 11…19 by household.
  private func symbol(_ household: Household) -> Int {
    var draw = Draw(seed, .insurance, household.number, 1)
    return 1 + draw.below(9)
  }

  private func begin(
    _ slots: HealthSlots, _ writer: KindWriter, _ index: Int, _ block: Block, _ years: (Int64, Int64), _ notice: Int64
  ) throws(Diagnostic) {
    let household = block.households[index]
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    try writer.set(slots.assessed, years.0)
    try writer.set(slots.belongs, years.1)
    writer.code2(slots.card, 10 + symbol(household))
    writer.encoder.set(slots.card, byte: words.hyphen, at: 2)
    writer.encoder.set(slots.card, byte: 0xF0, at: 3)
    let serial = 100_000 + (block.index * CityPlan.blockNumbers + index) * 3
    for digit in 0..<7 {
      let divisor = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1][digit]
      writer.encoder.set(slots.card, byte: 0xF0 | UInt8(serial / divisor % 10), at: 3 + digit)
    }
    try writer.set(slots.household, household.number)
    try writer.set(slots.head, block.persons[household.first].number)
    try writer.set(slots.notice, notice)
  }

  // MARK: 世帯賦課

  private mutating func write(
    _ notice: HealthRegister.Notice, _ index: Int, _ block: Block, _ year: Int, _ years: (Int64, Int64),
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = billSlots
    let writer = bills
    let number = NoticeNumbers.health(block.index, index, year)
    let isLatest = notice.version == notice.versions
    try begin(common, writer, index, block, years, number)
    try writer.set(common.history, notice.version)
    writer.code(common.latest, isLatest ? 1 : 0)
    writer.code(own.isProxy, notice.isProxy ? 1 : 0)
    try writer.set(own.insured, notice.insured)
    try writer.set(own.carers, notice.carers)
    try writer.set(own.income, notice.income)
    writer.code(own.waived, notice.waived)
    for part in 0..<3 {
      let money = notice.parts[part]
      try writer.set(own.base, part, Int64(money.base))
      try writer.set(own.onIncome, part, Int64(money.onIncome))
      try writer.set(own.perHead, part, Int64(money.perHead))
      try writer.set(own.partWaived, part, Int64(money.waived))
      try writer.set(own.overCeiling, part, Int64(money.overCeiling))
      try writer.set(own.beforeMonths, part, Int64(money.beforeMonths))
      try writer.set(own.part, part, Int64(money.total))
      totals[1] += Int64(money.waived)
    }
    try writer.set(own.total, notice.total)
    try writer.set(notice.isWithheld ? own.fromPension : own.byInstalment, notice.total)
    writer.code(own.unemployed, notice.isUnemployed ? 1 : 0)
    writer.code2(own.reason, notice.reason)
    if notice.decided > 0 { try writer.set(own.decided, calendar.packed(notice.decided)) }
    try putInstalments(notice, year, isLatest: isLatest)
    var mark = RecordMark()
    (mark.year, mark.assessed) = (year, years.0)
    mark.isLatest = isLatest
    mark.number = block.persons[block.households[index].first].number
    mark.notice = number
    (mark.version, mark.versions, mark.amount) = (notice.version, notice.versions, notice.total)
    mark.method = notice.waived
    if notice.parts[0].overCeiling > 0 { mark.traits.insert(.atLimit) }
    if notice.isProxy { mark.traits.insert(.shared) }
    if notice.count > 1, notice.instalments[0].amount != notice.instalments[1].amount { mark.traits.insert(.uneven) }
    if notice.count == 8 { mark.traits.insert(.fourParts) }
    if notice.isWithheld { mark.traits.insert(.provisional) }
    if notice.carers > 0 { mark.traits.insert(.reduced) }
    if notice.isProxy { mark.cases.insert(.proxyHead) }
    if notice.isUnemployed { mark.cases.insert(.jobLost) }
    if notice.parts[0].overCeiling > 0 { mark.cases.insert(.overCeiling) }
    if years.0 != years.1 { mark.cases.insert(.healthAssessedLate) }
    if notice.count > 0, notice.instalments[0].code.low > 0xF1, notice.instalments[0].code != .ninth {
      mark.cases.insert(.laterInstalments)
    }
    var draw = Draw(seed, .insurance, block.households[index].number, 10 + year * 4 + notice.version)
    let opened = calendar.open(max(notice.opened + 14, CityCalendar.day(year, 7, 5)))
    let issued = notice.decided > 0 ? notice.decided : opened
    try common.stamp.put(writer, &draw, on: calendar.packed(issued))
    try file.emit(writer, mark)
    totals[0] += Int64(notice.total)
    totals[2] += Int64(notice.total)
  }

  private mutating func putInstalments(
    _ notice: HealthRegister.Notice, _ year: Int, isLatest: Bool
  ) throws(Diagnostic) {
    let (_, own) = billSlots
    for entry in 0..<notice.count {
      let instalment = notice.instalments[entry]
      bills.code(own.code, entry, instalment.code)
      try bills.set(own.due, entry, calendar.packed(instalment.due))
      try bills.set(own.amount, entry, Int64(instalment.amount))
      note(year, instalment.code, instalment.amount, isLatest)
    }
    guard notice.isWithheld else { return }
    for month in 0..<6 {
      let amount = month == 0 ? notice.withheld.first : notice.withheld.other
      try bills.set(own.withheld, month, Int64(amount))
      note(year, InstalmentCode(pensionMonth: month), amount, isLatest)
    }
  }

  private mutating func note(_ year: Int, _ code: InstalmentCode, _ amount: Int, _ isLatest: Bool) {
    guard isLatest, amount > 0 else { return }
    assessed[40, year, code].count += 1
    assessed[40, year, code].sum += Int64(amount)
  }

  // MARK: 被保険者

  private func write(
    _ member: HealthRegister.Member, _ index: Int, _ block: Block, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let person = block.persons[member.person]
    var draw = Draw(seed, .insurance, person.number, 3)
    let isCast = block.index == 0 && person.index < 4 && member.until == 0
    let hadBreak =
      isCast || person.entered < CityCalendar.day(2010, 1, 1) && person.birthYear < 1985 && draw.chance(110)
    let loss = person.entered + 150 + draw.below(400)
    let again = loss + 200 + draw.below(700)
    var from = person.entered
    var reason = person.isBornHere ? 3 : 1
    if register.isUnemployed(index) { (from, reason) = (CityCalendar.day(2019, 4, 1), 2) }
    if register.isLate(block.households[index], block) { (from, reason) = (CityCalendar.day(2018, 12, 1), 2) }
    if person.work == .employee, reason != 2, person.pensionYear(calendar) <= 2019 {
      (from, reason) = (CityCalendar.day(person.pensionYear(calendar), 4, 1), 2)
    }
    guard hadBreak, reason != 2 else { return try write(member, person, index, block, 1, 1, from, reason, file) }
    var ended = HealthRegister.Member()
    (ended.person, ended.months, ended.until, ended.lossReason) = (member.person, 0, loss, 2)
    try write(ended, person, index, block, 1, 2, from, reason, file)
    try write(member, person, index, block, 2, 2, again, 2, file)
  }

  private func write(
    _ member: HealthRegister.Member, _ person: CityPerson, _ index: Int, _ block: Block, _ version: Int,
    _ versions: Int,
    _ from: DayNumber, _ reason: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = insuredSlots
    let writer = insured
    let number = NoticeNumbers.health(block.index, index, 2019)
    try begin(common, writer, index, block, (431, 431), number)
    try writer.set(common.history, version)
    writer.code(common.latest, version == versions ? 1 : 0)
    try writer.set(own.number, person.number)
    try writer.set(own.qualification, version)
    try writer.set(own.from, calendar.packed(from))
    writer.code2(own.reason, reason)
    if member.until > 0 {
      try writer.set(own.until, calendar.packed(member.until))
      writer.code2(own.lossReason, member.lossReason)
    }
    try writer.set(own.base, member.base)
    try writer.set(own.salary, member.salaryIncome)
    try writer.set(own.months, member.months)
    try writer.set(own.careMonths, member.careMonths)
    writer.code(own.isRetired, 0)
    let isRelieved = member.salaryIncome > 0
    writer.code(own.isUnemployed, isRelieved ? 1 : 0)
    if isRelieved { try writer.set(own.reliefUntil, 50_303) }
    var mark = RecordMark()
    (mark.year, mark.assessed) = (2019, 431)
    mark.isLatest = version == versions
    mark.number = block.persons[block.households[index].first].number
    mark.notice = Int64(person.number)
    (mark.version, mark.versions, mark.amount) = (version, versions, member.base)
    if member.months == 12, 2019 - person.birthYear > 65 { mark.traits.insert(.provisional) }
    if member.isCarer { mark.traits.insert(.reduced) }
    if version == versions { note(member, person, &mark) }
    var draw = Draw(seed, .insurance, person.number, 4 + version)
    let made = calendar.open(max(CityCalendar.day(2014, 4, 1), member.until > 0 ? member.until : from))
    try common.stamp.put(writer, &draw, on: calendar.packed(min(made, CityCalendar.day(2019, 11, 29))))
    try file.emit(writer, mark)
  }

  /// Notes the case of which a person's months are an example.
  private func note(_ member: HealthRegister.Member, _ person: CityPerson, _ mark: inout RecordMark) {
    if person.entered >= CityCalendar.day(2019, 4, 1) { mark.cases.insert(.enteredInYear) }
    switch member.lossReason {
    case 1, 3: mark.cases.insert(.leftInYear)
    case 5: mark.cases.insert(.turned75)
    default: break
    }
    let age = 2019 - person.birthYear
    if member.until == 0, member.months < 12, age >= 74 { mark.cases.insert(.turns75) }
    if member.careMonths > 0, member.careMonths < member.months { mark.cases.insert(age < 50 ? .turns40 : .turns65) }
  }
}
