import Base
import Charset
import Copybook
import Decode

/// Writes KJFUKA (個人住民税 賦課): one pass through the blocks for each 賦課年度, 相当年度 and range of notices, because the
/// file is sorted by them.
struct ResidentTaxWriter {
  let assessor: Assessor
  let calendar: CityCalendar
  let seed: UInt64
  let byInstalment: KindWriter
  let fromSalary: KindWriter
  let documents: KindWriter
  private let instalmentSlots: (ResidentTaxSlots, AssessmentSlots)
  private let salarySlots: (ResidentTaxSlots, AssessmentSlots)
  private let documentSlots: ResidentTaxSlots
  private let table: (code: Int, due: Int, amount: Int)
  private let employer: (designation: Int, employee: Int, months: Int)
  private let document:
    (kind: Int, number: Int, designation: Int, payer: Int, gross: Int, income: Int, insurance: Int, use: Int)
  private(set) var assessed = InstalmentTable(CityFacts.Assessed())
  private(set) var taxpayers = 0
  private(set) var doubled = 0
  /// Trailer totals over the latest rows of kinds 10 and 20.
  private(set) var totals: [Int64] = [0, 0, 0]

  init(layout: Layout, characters: CharacterSet, assessor: Assessor) throws(Diagnostic) {
    self.assessor = assessor
    calendar = assessor.calendar
    seed = assessor.plan.seed
    func writer(_ kind: Int) -> KindWriter {
      let assessment = kind == 30 ? "KJ-SHOTOKU-30" : "KJ-SHOTOKU-10-20"
      return KindWriter(kind, layout: layout, choosing: [assessment, "KJ-KIBETSU-\(kind)"], characters: characters)
    }
    let (office, _) = characters.encode(.single, "SHM")
    byInstalment = writer(10)
    fromSalary = writer(20)
    documents = writer(30)
    instalmentSlots = (try ResidentTaxSlots(byInstalment, department: office), try AssessmentSlots(byInstalment))
    salarySlots = (try ResidentTaxSlots(fromSalary, department: office), try AssessmentSlots(fromSalary))
    documentSlots = try ResidentTaxSlots(documents, department: office)
    table = (
      try byInstalment.slot("KJ-KI-KI-CD"), try byInstalment.slot("KJ-KI-NOKIGEN"),
      try byInstalment.slot("KJ-KI-ZEIGAKU")
    )
    employer = (
      try fromSalary.slot("KJ-SHITEI-NO"), try fromSalary.slot("KJ-JUKYU-NO"), try fromSalary.slot("KJ-TSUKI-ZEIGAKU")
    )
    document = (
      try documents.slot("KJ-SHIRYO-KBN"), try documents.slot("KJ-SHIRYO-NO"), try documents.slot("KJ-SHITEI-NO"),
      try documents.slot("KJ-SHIHARAI-NO"), try documents.slot("KJ-SHUNYU"), try documents.slot("KJ-SHOTOKU-GAKU"),
      try documents.slot("KJ-SHAKAI-HOKEN"), try documents.slot("KJ-GASSAN-KBN")
    )
  }

  /// The subject of a pass: years, and the kind of rows.
  enum Pass {
    case byInstalment(Int)
    case fromSalary(Int)
    case documents
    /// 過年度賦課: 賦課年度 as GYY and the year of the tax.
    case late(assessed: Int64, belongs: Int)

    /// The passes in the order of the file.
    static var all: [Pass] {
      var passes: [Pass] = []
      for year in CityPlan.years {
        if year == 2019 { passes.append(.late(assessed: 431, belongs: 2018)) }
        passes += [.byInstalment(year), .fromSalary(year)]
        if year == 2019 { passes.append(.documents) }
      }
      return passes + [.late(assessed: 501, belongs: 2017), .late(assessed: 501, belongs: 2018)]
    }
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    for person in block.persons {
      switch pass {
      case .late(let assessedYear, let belongs):
        guard assessor.isLate(person, belongs),
          (person.event == .assessedLateInApril) == (assessedYear == 431)
        else { continue }
        guard case .work = assessor.situation(person, belongs) else { continue }
        let notice = assessor.lateNotice(person, in: block, belongs)
        let number = NoticeNumbers.late(block.index, person.index, belongs)
        try put(notice, person, (assessedYear, belongs), number, isLatest: true, versions: 1, file)
      case .byInstalment(let year):
        guard !assessor.isLate(person, year), let result = assessor.assess(person, in: block, year) else { continue }
        if year == 2019 { taxpayers += 1 }
        guard result.latest.method != 2 else { continue }
        let number = NoticeNumbers.byInstalment(block.index, person.index, year)
        let years = (CityCalendar.packedYear(year), year)
        let versions = result.first == nil ? 1 : 2
        if let first = result.first { try put(first, person, years, number, isLatest: false, versions: versions, file) }
        try put(result.latest, person, years, number, isLatest: true, versions: versions, file)
      case .fromSalary(let year):
        guard !assessor.isLate(person, year), let result = assessor.assess(person, in: block, year),
          result.latest.method == 2 || result.latest.method == 5
        else { continue }
        if year == 2019, result.latest.method == 5 { doubled += 1 }
        let versions = result.first == nil ? 1 : 2
        if let first = result.first {
          try putSalary(first, person, block, year, isLatest: false, versions: versions, file)
        }
        try putSalary(result.latest, person, block, year, isLatest: true, versions: versions, file)
      case .documents:
        guard !assessor.isLate(person, 2019), let result = assessor.assess(person, in: block, 2019) else { continue }
        try putDocuments(result.latest, person, block, file)
      }
    }
  }

  // MARK: rows

  private mutating func begin(
    _ writer: KindWriter, _ slots: ResidentTaxSlots, _ notice: Notice, _ person: CityPerson, _ years: (Int64, Int),
    _ number: Int64, isLatest: Bool
  ) throws(Diagnostic) {
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    try writer.set(slots.assessed, years.0)
    try writer.set(slots.belongs, CityCalendar.packedYear(years.1))
    try writer.set(slots.number, person.number)
    try writer.set(slots.notice, number)
    try writer.set(slots.history, notice.version)
    writer.code(slots.latest, isLatest ? 1 : 0)
    writer.code(slots.method, notice.method)
    writer.code2(slots.reason, notice.reason)
    writer.code(slots.exemption, notice.tax.exemption)
    try writer.set(slots.spouse, notice.tax.spouse)
    if notice.decided > 0 { try writer.set(slots.decided, calendar.packed(notice.decided)) }
  }

  private mutating func put(
    _ notice: Notice, _ person: CityPerson, _ years: (Int64, Int), _ number: Int64, isLatest: Bool, versions: Int,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, money) = instalmentSlots
    let writer = byInstalment
    try begin(writer, common, notice, person, years, number, isLatest: isLatest)
    try money.put(notice, writer)
    try writer.set(common.provisional, notice.provisional)
    var mark = RecordMark()
    mark.year = years.0 >= 500 || years.0 == 431 ? 2019 : years.1
    mark.assessed = years.0
    mark.isLatest = isLatest
    mark.number = person.number
    mark.notice = number
    (mark.version, mark.versions) = (notice.version, versions)
    mark.amount = notice.tax.total
    mark.method = notice.method
    if years.1 < mark.year { mark.cases.insert(.assessedLate) }
    if notice.method == 5 { mark.cases.insert(.twoWays) }
    if notice.provisional > 0 { mark.cases.insert(.provisional) }
    if notice.method == 4, notice.count == 5 { mark.cases.insert(.firstPensionYear) }
    if notice.version > 1 { mark.cases.insert(notice.count > 4 ? .raised : .cut) }
    var sum = 0
    for entry in 0..<notice.count {
      let instalment = notice.instalments[entry]
      let isLate = notice.reason == 10 && years.0 == 431 && years.1 == 2018
      let due = isLate ? calendar.packed(instalment.due) - 700_000 : calendar.packed(instalment.due)
      if isLate { file.noteAlias() }
      writer.code(table.code, entry, instalment.code)
      try writer.set(table.due, entry, due)
      try writer.set(table.amount, entry, Int64(instalment.amount))
      sum += instalment.amount
      if isLatest {
        let tax = instalment.code.low < 0xF0 ? 3 : 1
        assessed[tax, mark.year, instalment.code].count += 1
        assessed[tax, mark.year, instalment.code].sum += Int64(instalment.amount)
      }
    }
    if notice.count == 10 { mark.traits.insert(.fullTable) }
    if notice.provisional > 0 { mark.traits.insert(.provisional) }
    if notice.count == 4, notice.instalments[3].code == InstalmentCode(number: 4) {
      mark.traits.insert(.fourParts)
      if notice.instalments[0].amount != notice.instalments[3].amount { mark.traits.insert(.uneven) }
    }
    if isLatest {
      totals[0] += Int64(notice.tax.total)
      totals[1] += Int64(notice.tax.base)
      totals[2] += Int64(sum)
    }
    var draw = Draw(seed, .stamp, person.number, years.1 * 4 + notice.version)
    let issued = notice.decided > 0 ? notice.decided : CityCalendar.day(years.1, 6, 3)
    try common.stamp.put(writer, &draw, on: calendar.packed(issued))
    try file.emit(writer, mark)
  }

  private mutating func putSalary(
    _ notice: Notice, _ person: CityPerson, _ block: Block, _ year: Int, isLatest: Bool, versions: Int,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, money) = salarySlots
    let writer = fromSalary
    let years = (CityCalendar.packedYear(year), year)
    let number = NoticeNumbers.fromSalary(block.index, person.index, year)
    try begin(writer, common, notice, person, years, number, isLatest: isLatest)
    try money.put(notice, writer)
    let designation = block.corporations[person.employer].designation
    try writer.set(employer.designation, designation)
    var draw = Draw(seed, .stamp, person.number, year * 4 + 2 + notice.version)
    for digit in 0..<6 { writer.encoder.set(employer.employee, byte: 0xF0 | UInt8(draw.below(10)), at: digit) }
    for month in 0..<12 {
      let amount = month == 0 ? notice.months.first : notice.months.other
      guard amount > 0 else { continue }
      try writer.set(employer.months, month, Int64(amount))
      if isLatest { assessed[2, year, InstalmentCode(number: month + 1)].sum += Int64(amount) }
    }
    var mark = RecordMark()
    (mark.year, mark.assessed) = (year, years.0)
    mark.isLatest = isLatest
    mark.number = person.number
    mark.notice = number
    (mark.version, mark.versions) = (notice.version, versions)
    mark.amount = notice.tax.total
    mark.method = notice.method
    if isLatest {
      totals[0] += Int64(notice.tax.total)
      totals[1] += Int64(notice.tax.base)
      totals[2] += Int64(notice.fromSalary)
    }
    let issued = notice.decided > 0 ? notice.decided : CityCalendar.day(year, 5, 15)
    try common.stamp.put(writer, &draw, on: calendar.packed(issued))
    try file.emit(writer, mark)
  }

  /// 課税資料 of FY2019, the basis of the assessment; some people have a second one that was merged or refused.
  private mutating func putDocuments(
    _ notice: Notice, _ person: CityPerson, _ block: Block, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    var draw = Draw(seed, .stamp, person.number, 9_999)
    let isPension = notice.tax.annuity > 0
    let main =
      notice.tax.salary > 0
      ? 1 : isPension && notice.tax.income + 1_200_000 == notice.tax.annuity ? 2 : draw.chance(700) ? 3 : 4
    try putDocument(notice, person, block, kind: main, second: false, use: 1, &draw, file)
    if notice.tax.salary > 0, draw.chance(40) {
      let refused = draw.chance(300) || person.index < 40
      try putDocument(notice, person, block, kind: 1, second: true, use: refused ? 9 : 2, &draw, file)
    }
  }

  private mutating func putDocument(
    _ notice: Notice, _ person: CityPerson, _ block: Block, kind: Int, second: Bool, use: Int, _ draw: inout Draw,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let common = documentSlots
    let writer = documents
    let number = NoticeNumbers.document(block.index, person.index, second: second)
    var header = notice
    (header.version, header.reason, header.decided, header.tax.spouse) = (1, 0, 0, 0)
    try begin(writer, common, header, person, (431, 2019), number, isLatest: true)
    writer.code2(document.kind, kind)
    try writer.set(document.number, number)
    if kind == 1 {
      let corporation = block.corporations[person.employer]
      try writer.set(document.designation, corporation.designation)
      try writer.set(document.payer, corporation.corporateNumber)
    }
    let tax = notice.tax
    let gross = kind == 1 ? tax.salary : kind == 2 ? tax.annuity : tax.income * 8 / 5
    try writer.set(document.gross, second ? gross / 9 : gross)
    try writer.set(document.income, second ? gross / 20 : tax.income)
    try writer.set(document.insurance, second ? 0 : max(0, tax.deductions - 330_000) / 2)
    writer.code(document.use, use)
    var mark = RecordMark()
    (mark.year, mark.assessed) = (2019, 431)
    mark.isLatest = true
    mark.isDeleted = use == 9
    mark.number = person.number
    mark.notice = number
    let received = CityCalendar.day(2019, 2, 1) + draw.below(27)
    try common.stamp.put(writer, &draw, on: calendar.packed(received), isDeleted: mark.isDeleted)
    try file.emit(writer, mark)
  }
}
