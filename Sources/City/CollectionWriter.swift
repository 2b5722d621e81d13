import Base
import Charset
import Copybook
import Decode

/// Writes SNCHOTEI (収納・滞納): one pass through the blocks for each 賦課年度, 相当年度 and 税目, because the file is sorted by
/// them. Taxes whose assessments are not written have no claims.
struct CollectionWriter {
  let assessor: Assessor
  let collector: Collector
  let calendar: CityCalendar
  let words: Lexicon
  var claims: ClaimWriter
  let accounts: KindWriter
  private let accountSlots: (CollectionSlots, AccountSlots)
  /// The collected 税目.
  let taxes: Set<Int>
  let filer: CorporateFiler
  var park: VehiclePark
  var cadastre: Cadastre
  var register: HealthRegister
  var filings: [CorporateReturn] = []
  var history = ClaimHistory()
  private var serials: [Int: Int] = [:]
  private var sums: [Int] = []

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, assessor: Assessor, taxes: Set<Int>
  ) throws(Diagnostic) {
    self.assessor = assessor
    self.taxes = taxes
    filer = CorporateFiler(plan: assessor.plan, calendar: assessor.calendar)
    park = VehiclePark(plan: assessor.plan, calendar: assessor.calendar)
    cadastre = Cadastre(plan: assessor.plan, calendar: assessor.calendar)
    register = HealthRegister(assessor: assessor)
    self.words = words
    calendar = assessor.calendar
    collector = Collector(plan: assessor.plan, calendar: assessor.calendar)
    claims = try ClaimWriter(
      layout: layout, characters: characters, calendar: assessor.calendar, seed: assessor.plan.seed)
    accounts = KindWriter(50, layout: layout, choosing: ["SN-BODY-50"], characters: characters)
    let (office, _) = characters.encode(.single, "NOZ")
    accountSlots = (try CollectionSlots(accounts, department: office), try AccountSlots(accounts))
  }

  enum Pass {
    /// 口座振替 of a 税目, under the year of the extract with notice 0: before the year's claims.
    case accounts(tax: Int)
    /// One 税目 of a year.
    case claims(tax: Int, year: Int)
    case late(assessed: Int64, belongs: Int)
    /// 過年度賦課 of 国保, and 法人 from May 2019 on: both under 501.
    case lateHealth, corporate501

    /// The passes in the order of the file.
    static func all(_ taxes: Set<Int>) -> [Pass] {
      var passes: [Pass] = []
      for year in CityPlan.years {
        if year == 2019 { passes.append(.late(assessed: 431, belongs: 2018)) }
        for tax in InstalmentTable<Int>.taxes where taxes.contains(tax) {
          if year == 2019, [1, 20, 30, 40].contains(tax) { passes.append(.accounts(tax: tax)) }
          if tax >= 20, tax < 30, year < Cadastre.years.lowerBound { continue }
          if tax == 30, year < VehiclePark.years.lowerBound { continue }
          passes.append(.claims(tax: tax, year: year))
        }
      }
      passes += [.late(assessed: 501, belongs: 2017), .late(assessed: 501, belongs: 2018)]
      if taxes.contains(40) { passes.append(.lateHealth) }
      if taxes.contains(10) { passes.append(.corporate501) }
      return passes
    }
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    switch pass {
    case .accounts(let tax): try writeAccounts(tax, block, file)
    case .claims(2, let year): try writeEmployers(block, year, file)
    case .claims(10, let year): try writeReturns(block, CityCalendar.packedYear(year), file)
    case .claims(30, let year): try writeVehicles(block, year, file)
    case .claims(40, let year): try writeHealth(block, year, file)
    case .claims(let tax, let year) where tax >= 20: try writeProperty(tax, block, year, file)
    case .lateHealth: try writeLateHealth(block, file)
    case .corporate501: try writeReturns(block, 501, file)
    case .claims(let tax, let year):
      for person in block.persons where !assessor.isLate(person, year) {
        guard let result = assessor.assess(person, in: block, year) else { continue }
        try write(result, person, block, year, tax: tax, file)
      }
    case .late(let assessed, let belongs):
      for person in block.persons where assessor.isLate(person, belongs) {
        guard (person.event == .assessedLateInApril) == (assessed == 431),
          case .work = assessor.situation(person, belongs)
        else { continue }
        try writeLate(person, block, assessed, belongs, file)
      }
    }
  }

  // MARK: 01 and 03

  private mutating func write(
    _ result: Assessor.Result, _ person: CityPerson, _ block: Block, _ year: Int, tax: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let notice = result.latest
    var claim = Claim()
    claim.assessed = CityCalendar.packedYear(year)
    (claim.belongs, claim.year, claim.tax, claim.number) = (claim.assessed, year, tax, person.number)
    claim.notice = NoticeNumbers.byInstalment(block.index, person.index, year)
    let isPlain = notice.method == 1 && result.first == nil && person.event != .defaults && notice.count == 4
    let oddity = isPlain ? collector.oddity(person, year, isCast: block.index == 0) : .none
    for entry in 0..<notice.count {
      let instalment = notice.instalments[entry]
      guard (instalment.code.low < 0xF0) == (tax == 3) else { continue }
      claim.code = instalment.code
      claim.due = instalment.due
      claim.printedDue = calendar.packed(instalment.due)
      claim.amount = instalment.amount
      if tax == 3 {
        collector.settleTransfer(claim, into: &history)
      } else {
        let part = instalment.code == .extra ? 11 : Int(instalment.code.low & 15)
        let earlier = entry > 0 ? notice.instalments[entry - 1].due : 0
        collector.settle(
          claim, part: part, of: Payer(person), oddity: oddity, billed: billed(result, entry, person),
          decided: notice.decided, earlier: earlier, into: &history)
      }
      try emit(claim, file)
    }
  }

  /// The billed amount: the old amount when the cut came after the instalment was paid.
  private func billed(_ result: Assessor.Result, _ entry: Int, _ person: CityPerson) -> Int {
    let notice = result.latest
    let now = notice.instalments[entry].amount
    guard let first = result.first, person.event == .cutLate, notice.instalments[entry].due < notice.decided,
      first.instalments[entry].code == notice.instalments[entry].code
    else { return now }
    return max(now, first.instalments[entry].amount)
  }

  private mutating func writeLate(
    _ person: CityPerson, _ block: Block, _ assessed: Int64, _ belongs: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let notice = assessor.lateNotice(person, in: block, belongs)
    guard notice.count > 0 else { return }
    var claim = Claim()
    (claim.assessed, claim.belongs, claim.year) = (assessed, CityCalendar.packedYear(belongs), 2019)
    claim.number = person.number
    claim.notice = NoticeNumbers.late(block.index, person.index, belongs)
    claim.code = .extra
    claim.due = notice.instalments[0].due
    // 4310531: printed before the new era's name was known.
    claim.printedDue = calendar.packed(claim.due) - (assessed == 431 ? 700_000 : 0)
    claim.amount = notice.instalments[0].amount
    collector.settle(
      claim, part: 11, of: Payer(person), oddity: .none, billed: claim.amount, decided: notice.decided, earlier: 0,
      into: &history)
    try emit(claim, file)
  }

  mutating func emit(_ claim: Claim, _ file: LegacyFileWriter) throws(Diagnostic) {
    try claims.write(
      claim, history, isCarried: collector.isCarriedOver(claim, history), planDay: collector.planDay, to: file)
  }

  // MARK: 02

  /// 特徴: one claim for each employer and month, the sum over the employees.
  private mutating func writeEmployers(_ block: Block, _ year: Int, _ file: LegacyFileWriter) throws(Diagnostic) {
    sums.removeAll(keepingCapacity: true)
    sums.append(contentsOf: repeatElement(0, count: block.employers * 2))
    for person in block.persons where !assessor.isLate(person, year) {
      guard case .work(let work) = assessor.situation(person, year), work == .employee || work == .mixed,
        let notice = assessor.assess(person, in: block, year)?.latest
      else { continue }
      sums[person.employer * 2] += notice.months.first
      sums[person.employer * 2 + 1] += notice.months.other
    }
    for employer in 0..<block.employers {
      let corporation = block.corporations[employer]
      for month in 0..<12 {
        let amount = sums[employer * 2 + (month == 0 ? 0 : 1)]
        guard amount > 0 else { continue }
        var claim = Claim()
        claim.assessed = CityCalendar.packedYear(year)
        (claim.belongs, claim.year, claim.tax, claim.number) = (claim.assessed, year, 2, corporation.number)
        claim.notice = Int64(corporation.designation)
        claim.designation = corporation.designation
        claim.code = InstalmentCode(number: month + 1)
        claim.due = assessor.due(year).salary[month]
        claim.printedDue = calendar.packed(claim.due)
        // The slips of FY2018 were printed in May 2018: their last due dates are in 平成31年.
        if year == 2018, claim.due >= CityCalendar.day(2019, 5, 1) { claim.printedDue -= 700_000 }
        claim.amount = amount
        collector.settleTransfer(claim, into: &history)
        try emit(claim, file)
      }
    }
  }

  // MARK: 口座

  /// The accounts of a tax: of the persons who pay it from one.
  private mutating func writeAccounts(_ tax: Int, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    switch tax {
    case 1: for person in block.persons where person.hasAccount { try writeAccount(person, tax, file) }
    case 20:
      cadastre.derive(block)
      for estate in cadastre.estates where cadastre.payer(estate).hasAccount {
        guard let person = Self.person(estate.owner, block) else { continue }
        try writeAccount(person, tax, file)
      }
    case 30:
      park.derive(block)
      var written: Set<Int> = []
      for vehicle in park.vehicles {
        for year in VehiclePark.years {
          guard let owner = vehicle.owner(in: year), park.hasAccount(owner), let person = Self.person(owner, block),
            written.insert(owner).inserted
          else { continue }
          try writeAccount(person, tax, file)
        }
      }
    default:
      register.derive(block)
      for index in block.households.indices {
        let household = block.households[index]
        guard register.payer(household, block).hasAccount else { continue }
        let isBilled = CityPlan.years.contains { register.notices(index, in: block, $0) != nil }
        guard isBilled || register.lateNotice(index, in: block) != nil else { continue }
        try writeAccount(block.persons[household.first], tax, file)
      }
    }
  }

  static func person(_ number: Int, _ block: Block) -> CityPerson? {
    let index = number - block.firstNumber
    return block.persons.indices.contains(index) ? block.persons[index] : nil
  }

  private mutating func writeAccount(_ person: CityPerson, _ tax: Int, _ file: LegacyFileWriter) throws(Diagnostic) {
    let (common, own) = accountSlots
    let writer = accounts
    var draw = Draw(assessor.plan.seed, .account, person.number, tax == 1 ? 0 : tax * 10)
    let serial = serials[tax, default: 0] + 1
    serials[tax] = serial
    var claim = Claim()
    (claim.assessed, claim.belongs, claim.year, claim.number) = (431, 431, 2019, person.number)
    claim.tax = tax
    var mark = RecordMark()
    (mark.year, mark.assessed, mark.number, mark.tax) = (2019, 431, person.number, tax)
    try common.begin(writer, claim, serial: serial)
    let isPost = draw.chance(180)
    try writer.set(own.bank, isPost ? 9_900 : ClaimWriter.banks[draw.below(ClaimWriter.banks.count - 1)])
    writer.code(own.type, draw.chance(940) ? 1 : 2)
    if isPost {
      try writer.set(own.postSymbol, 10_000 + draw.below(9_000))
      try writer.set(own.postNumber, draw.below(99_999_999))
    } else {
      try writer.set(own.branch, draw.below(900))
      // One account in eight begins with a zero, which a careless conversion loses.
      let account = draw.chance(125) ? draw.below(1_000_000) : 1_000_000 + draw.below(9_000_000)
      if account < 1_000_000 || serial == 1 { mark.traits.insert(.leadingZero) }
      try writer.set(own.account, serial == 1 ? account % 1_000_000 : account)
    }
    if person.foreigner > 0 {
      _ = try writer.text(own.holder, words.foreigners[person.foreigner - 1].name.kana)
    } else {
      var end = try writer.text(own.holder, words.families[person.family].kana)
      end = try writer.text(own.holder, words.singleSpace, at: end)
      _ = try writer.text(own.holder, (person.isMan ? words.men : words.women)[person.given].kana, at: end)
    }
    let from = CityCalendar.day(2011, 4, 1) + draw.below(700)
    // An old account of a person who moved away is closed, and a few closed ones are deleted.
    let until = person.left > 0 ? person.left : 0
    try writer.set(own.from, calendar.packed(from))
    try writer.set(own.until, calendar.packed(until))
    writer.code(own.mode, draw.chance(120) ? 2 : 1)
    mark.isDeleted = until > 0 && draw.chance(400)
    if person.sameAs > 0 { mark.traits.insert(.merged) }
    try common.stamp.put(writer, &draw, on: calendar.packed(max(from, until)), isDeleted: mark.isDeleted)
    try file.emit(writer, mark)
  }
}
