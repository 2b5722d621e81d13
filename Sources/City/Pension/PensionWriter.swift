import Base
import Charset
import Copybook
import Decode

/// Writes NNSHIKAKU (国民年金) by 基礎年金番号, kind and 連番.
struct PensionWriter {
  let office: PensionOffice
  let calendar: CityCalendar
  let seed: UInt64
  let memberships: KindWriter
  let exemptions: KindWriter
  let extras: KindWriter
  let forms: KindWriter
  private let common: [PensionSlots]
  private let membership: (type: Int, from: Int, reason: Int, until: Int, lossReason: Int, reported: Int)
  private let exemption:
    (
      kind: Int, from: Int, until: Int, applied: Int, approved: Int, isContinued: Int, year: Int, own: Int, spouse: Int,
      head: Int
    )
  private let extra: (has: Int, from: Int)
  private let form: (code: Int, medium: Int, sent: Int, result: Int, answered: Int)
  private var record = PensionRecord()
  private var media = 0

  init(layout: Layout, characters: CharacterSet, assessor: Assessor) throws(Diagnostic) {
    office = PensionOffice(assessor: assessor)
    calendar = assessor.calendar
    seed = assessor.plan.seed
    func writer(_ kind: Int) -> KindWriter {
      KindWriter(kind, layout: layout, choosing: ["NN-BODY-\(kind)"], characters: characters)
    }
    let (department, _) = characters.encode(.single, "NEN")
    (memberships, exemptions, extras, forms) = (writer(10), writer(20), writer(30), writer(40))
    common = [
      try PensionSlots(memberships, department: department), try PensionSlots(exemptions, department: department),
      try PensionSlots(extras, department: department), try PensionSlots(forms, department: department),
    ]
    membership = (
      try memberships.slot("NN-SHUBETSU"), try memberships.slot("NN-SHUTOKU-YMD"),
      try memberships.slot("NN-SHUTOKU-JIYU"), try memberships.slot("NN-SOSHITSU-YMD"),
      try memberships.slot("NN-SOSHITSU-JIYU"), try memberships.slot("NN-TODOKE-YMD")
    )
    exemption = (
      try exemptions.slot("NN-MENJO-KBN"), try exemptions.slot("NN-KAISHI-YM"), try exemptions.slot("NN-SHURYO-YM"),
      try exemptions.slot("NN-SHINSEI-YMD"), try exemptions.slot("NN-SHONIN-YMD"),
      try exemptions.slot("NN-KEIZOKU-KBN"), try exemptions.slot("NN-SHOTOKU-NENDO"),
      try exemptions.slot("NN-SHOTOKU"), try exemptions.slot("NN-SHOTOKU-HAI"), try exemptions.slot("NN-SHOTOKU-NUSHI")
    )
    extra = (try extras.slot("NN-FUKA-KBN"), try extras.slot("NN-KAISHI-YM"))
    form = (
      try forms.slot("NN-TODOKE-CD"), try forms.slot("NN-BAITAI-NO"), try forms.slot("NN-SHINTATSU-YMD"),
      try forms.slot("NN-KEKKA-CD"), try forms.slot("NN-KEKKA-YMD")
    )
  }

  mutating func write(_ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    for person in block.persons where office.isRegistered(person, in: block) {
      office.record(person, in: block, into: &record)
      for index in record.memberships.indices { try writeMembership(index, person, block, file) }
      for index in record.exemptions.indices { try writeExemption(index, person, block, file) }
      if record.extraFrom > 0 { try writeExtra(person, block, file) }
      if record.form.code > 0 { try writeForm(person, block, file) }
    }
  }

  private func begin(
    _ writer: KindWriter, _ person: CityPerson, _ block: Block, _ serial: Int, of count: Int, made: DayNumber
  ) throws(Diagnostic) -> RecordMark {
    let slots = common[writer.kind / 10 - 1]
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    try writer.set(slots.pension, block.pensionNumber(person.number))
    try writer.set(slots.number, person.number)
    try writer.set(slots.serial, serial)
    writer.code(slots.latest, serial == count ? 1 : 0)
    var draw = Draw(seed, .annuity, person.number, writer.kind + serial)
    try slots.stamp.put(writer, &draw, on: calendar.packed(made))
    var mark = RecordMark()
    mark.number = person.number
    mark.isLatest = serial == count
    (mark.version, mark.versions) = (serial, count)
    return mark
  }

  private func writeMembership(
    _ index: Int, _ person: CityPerson, _ block: Block, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let row = record.memberships[index]
    let writer = memberships
    let made = row.until > 0 ? calendar.open(row.until + 5) : row.reported
    let mark = try begin(writer, person, block, index + 1, of: record.memberships.count, made: made)
    writer.code(membership.type, 1)
    try writer.set(membership.from, calendar.packed(row.from))
    writer.code2(membership.reason, row.reason)
    if row.until > 0 {
      try writer.set(membership.until, calendar.packed(row.until))
      writer.code2(membership.lossReason, 1)
    }
    try writer.set(membership.reported, calendar.packed(row.reported))
    try file.emit(writer, mark)
  }

  private func writeExemption(
    _ index: Int, _ person: CityPerson, _ block: Block, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let row = record.exemptions[index]
    let writer = exemptions
    var mark = try begin(writer, person, block, index + 1, of: record.exemptions.count, made: row.approved)
    writer.code2(exemption.kind, row.kind)
    try writer.set(exemption.from, packed(row.from))
    try writer.set(exemption.until, packed(row.until))
    try writer.set(exemption.applied, calendar.packed(row.applied))
    try writer.set(exemption.approved, calendar.packed(row.approved))
    writer.code(exemption.isContinued, row.isContinued ? 1 : 0)
    try writer.set(exemption.year, row.year)
    try writer.set(exemption.own, row.income.own)
    try writer.set(exemption.spouse, row.income.spouse)
    try writer.set(exemption.head, row.income.head)
    mark.amount = row.income.own + row.income.spouse + row.income.head
    mark.month = row.from
    if row.isOfLateYear { mark.cases.insert(.incomeAssessedLate) }
    try file.emit(writer, mark)
  }

  private func writeExtra(_ person: CityPerson, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let from = record.extraFrom
    let made = calendar.open(CityCalendar.day(from / 100, from % 100, 3))
    let mark = try begin(extras, person, block, 1, of: 1, made: made)
    extras.code(extra.has, 1)
    try extras.set(extra.from, packed(from))
    try file.emit(extras, mark)
  }

  private mutating func writeForm(_ person: CityPerson, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let row = record.form
    let mark = try begin(forms, person, block, 1, of: 1, made: row.sent)
    forms.code2(form.code, row.code / 100)
    forms.code2(form.code, row.code % 100, at: 2)
    try forms.set(form.medium, 101 + media % 899)
    media += 1
    try forms.set(form.sent, calendar.packed(row.sent))
    forms.code2(form.result, row.result)
    try forms.set(form.answered, calendar.packed(row.answered))
    try file.emit(forms, mark)
  }

  private func packed(_ month: Int) -> Int64 {
    let (year, ordinal) = (month / 100, month % 100)
    return Int64(month >= 2019_05 ? 50_000 + (year - 2018) * 100 + ordinal : 40_000 + (year - 1988) * 100 + ordinal)
  }
}

/// Slots common to all kinds of NNSHIKAKU.
struct PensionSlots {
  let kind, pension, number, serial, latest: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("NN-KIND")
    pension = try writer.slot("NN-KISO-NO")
    number = try writer.slot("NN-ATENA-NO")
    serial = try writer.slot("NN-RENBAN")
    latest = try writer.slot("NN-SAISHIN-KBN")
    stamp = try Stamp(writer, "NN", department: department)
  }
}
