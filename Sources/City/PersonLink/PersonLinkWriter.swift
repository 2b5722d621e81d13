import Base
import Charset
import Copybook
import Decode

/// Writes TGRENKEI (団体内統合宛名・住基 連携): a link for every person by 団体内統合宛名番号, then the daily changes since
/// April 2019 by 異動連番.
struct PersonLinkWriter {
  let words: Lexicon
  let calendar: CityCalendar
  let seed: UInt64
  let links: KindWriter
  let changes: KindWriter
  private let linkSlots: PersonLinkSlots
  private let changeSlots: PersonLinkSlots
  private let link: (from: Int, until: Int, birth: Int, sex: Int, kana: Int)
  private let change: (serial: Int, reason: Int, day: Int, processed: Int, household: Int)
  private var events: [LifeEvent] = []
  private var serial = 300_000
  private var month: [Change] = []

  /// One change reported by 住基, small enough to keep those of a month in memory.
  private struct Change {
    var processed: DayNumber
    var day: DayNumber
    var number: Int
    var household: Int
    var unified: Int64
    var reason: UInt8
  }

  enum Pass {
    case links
    /// Changes processed in a month of 2019.
    case changes(Int)

    static var all: [Pass] { [.links] + (4...11).map { .changes($0) } }
  }

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, plan: CityPlan, calendar: CityCalendar
  ) throws(Diagnostic) {
    self.words = words
    self.calendar = calendar
    seed = plan.seed
    let (office, _) = characters.encode(.single, "SHM")
    links = KindWriter(10, layout: layout, choosing: ["TG-BODY-10"], characters: characters)
    changes = KindWriter(20, layout: layout, choosing: ["TG-BODY-20"], characters: characters)
    linkSlots = try PersonLinkSlots(links, department: office)
    changeSlots = try PersonLinkSlots(changes, department: office)
    link = (
      try links.slot("TG-KAISHI-YMD"), try links.slot("TG-SHURYO-YMD"), try links.slot("TG-SEINEN-YMD"),
      try links.slot("TG-SEIBETSU"), try links.slot("TG-KANA")
    )
    change = (
      try changes.slot("TG-IDO-RENBAN"), try changes.slot("TG-IDO-JIYU"), try changes.slot("TG-IDO-YMD"),
      try changes.slot("TG-SHORI-YMD"), try changes.slot("TG-SETAI-NO")
    )
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    switch pass {
    case .links:
      for person in block.persons { try write(person, block, file) }
      for outsider in block.outsiders where !outsider.isDeleted { try write(outsider, block, file) }
    case .changes(let month): collect(block, month)
    }
  }

  /// Numbers the month's changes of all blocks in the order of processing.
  mutating func finish(_ pass: Pass, _ file: LegacyFileWriter) throws(Diagnostic) {
    guard case .changes = pass else { return }
    month.sort { ($0.processed, $0.number, $0.day) < ($1.processed, $1.number, $1.day) }
    for change in month { try write(change, file) }
    month.removeAll(keepingCapacity: true)
  }

  // MARK: links

  private func write(_ person: CityPerson, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let writer = links
    // A merged number keeps its own link, ended when its owner came back.
    let until =
      person.sameAs > 0
      ? block.persons.first { $0.number == person.sameAs }.map { calendar.packed($0.entered) } ?? 999_9999 : 999_9999
    var welfare = Draw(seed, .link, person.number, 5)
    let isLinkedTwice = person.left == 0 && welfare.chance(12) || block.index == 0 && person.index == 2
    for office in isLinkedTwice ? [20, 50] : [20] {
      var mark = try begin(writer, person.number, block, office, since: person.entered)
      try writer.set(link.until, until)
      try writer.set(link.birth, person.birth)
      writer.code(link.sex, person.isMan ? 1 : 2)
      if person.foreigner > 0 {
        _ = try writer.text(link.kana, words.foreigners[person.foreigner - 1].name.kana)
      } else {
        try put(words.families[person.family], (person.isMan ? words.men : words.women)[person.given])
      }
      mark.method = office
      if person.sameAs > 0 { mark.traits.insert(.merged) }
      try file.emit(writer, mark)
    }
  }

  private func write(_ outsider: Outsider, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let identity = OutsiderIdentity(outsider, seed)
    var mark = try begin(links, outsider.number, block, 20, since: identity.first)
    try links.set(link.until, 999_9999)
    try links.set(link.birth, calendar.packed(identity.birthday))
    links.code(link.sex, identity.isMan ? 1 : 2)
    try put(words.families[identity.family], (identity.isMan ? words.men : words.women)[identity.given])
    mark.method = 20
    try file.emit(links, mark)
  }

  private func put(_ family: Lexicon.Entry, _ given: Lexicon.Entry) throws(Diagnostic) {
    var end = try links.text(link.kana, family.kana)
    end = try links.text(link.kana, words.singleSpace, at: end)
    _ = try links.text(link.kana, given.kana, at: end)
  }

  /// Links began with the numbering of October 2015.
  private func begin(
    _ writer: KindWriter, _ number: Int, _ block: Block, _ office: Int, since: DayNumber
  ) throws(Diagnostic) -> RecordMark {
    let from = max(since, CityCalendar.day(2015, 10, 5))
    writer.begin()
    writer.code2(linkSlots.kind, 10)
    try writer.set(linkSlots.unified, block.unifiedNumber(number))
    writer.code2(linkSlots.office, office)
    try writer.set(linkSlots.number, number)
    try writer.set(link.from, calendar.packed(from))
    var draw = Draw(seed, .link, number, office)
    try linkSlots.stamp.put(writer, &draw, on: calendar.packed(from))
    var mark = RecordMark()
    mark.number = number
    return mark
  }

  // MARK: changes

  private mutating func collect(_ block: Block, _ wanted: Int) {
    let first = CityCalendar.day(2019, 4, 1)
    for person in block.persons {
      let household = block.households[person.household]
      LifeEvent.list(person, household, seed, calendar, into: &events)
      for event in events where event.day >= first && calendar.number(event.reported) / 100 == 2019_00 + wanted {
        month.append(
          Change(
            processed: event.reported, day: event.day, number: person.number, household: household.number,
            unified: block.unifiedNumber(person.number), reason: UInt8(event.kind.rawValue)))
      }
    }
  }

  private mutating func write(_ row: Change, _ file: LegacyFileWriter) throws(Diagnostic) {
    let writer = changes
    serial += 1
    writer.begin()
    writer.code2(changeSlots.kind, 20)
    try writer.set(changeSlots.unified, row.unified)
    writer.code2(changeSlots.office, 10)
    try writer.set(changeSlots.number, row.number)
    try writer.set(change.serial, serial)
    writer.code2(change.reason, Int(row.reason))
    try writer.set(change.day, calendar.packed(row.day))
    try writer.set(change.processed, calendar.packed(row.processed))
    try writer.set(change.household, row.household)
    var draw = Draw(seed, .link, serial, 20)
    try changeSlots.stamp.put(writer, &draw, on: calendar.packed(row.processed))
    var mark = RecordMark()
    mark.number = row.number
    mark.version = serial
    try file.emit(writer, mark)
  }
}

/// Slots common to both kinds of TGRENKEI.
struct PersonLinkSlots {
  let kind, unified, office, number: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("TG-KIND")
    unified = try writer.slot("TG-TOGO-NO")
    office = try writer.slot("TG-GYOMU-CD")
    number = try writer.slot("TG-ATENA-NO")
    stamp = try Stamp(writer, "TG", department: department)
  }
}
