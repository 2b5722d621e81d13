import Base
import Charset
import Copybook

/// Writes ATMAST (共通宛名): persons with their history, outsiders, corporations and mailing addresses, by 宛名番号 and
/// 履歴番号.
struct AddressMasterWriter {
  let words: Lexicon
  let calendar: CityCalendar
  let seed: UInt64
  let persons: KindWriter
  let outsiders: KindWriter
  let corporations: KindWriter
  let mailings: KindWriter
  private let personSlots: (AddressMasterSlots, PersonSlots)
  private let outsiderSlots: (AddressMasterSlots, PersonSlots)
  private let corporationSlots: (AddressMasterSlots, CorporationSlots)
  private let mailingSlots: (AddressMasterSlots, MailingSlots)
  private var events: [LifeEvent] = []
  private(set) var residents = 0
  private(set) var protected = 0

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, calendar: CityCalendar, seed: UInt64
  ) throws(Diagnostic) {
    self.words = words
    self.calendar = calendar
    self.seed = seed
    func writer(_ kind: Int, _ group: String) -> KindWriter {
      KindWriter(kind, layout: layout, choosing: [group], characters: characters)
    }
    let (office, _) = characters.encode(.single, "SHM")
    persons = writer(10, "AT-KOBETSU-10-20")
    outsiders = writer(20, "AT-KOBETSU-10-20")
    corporations = writer(30, "AT-KOBETSU-30")
    mailings = writer(40, "AT-KOBETSU-40")
    personSlots = (try AddressMasterSlots(persons, department: office), try PersonSlots(persons))
    outsiderSlots = (try AddressMasterSlots(outsiders, department: office), try PersonSlots(outsiders))
    corporationSlots = (try AddressMasterSlots(corporations, department: office), try CorporationSlots(corporations))
    mailingSlots = (try AddressMasterSlots(mailings, department: office), try MailingSlots(mailings))
  }

  mutating func write(_ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    for person in block.persons { try write(person, block, file) }
    for outsider in block.outsiders { try write(outsider, block, file) }
    for corporation in block.corporations { try write(corporation, file) }
  }

  // MARK: persons

  private mutating func write(_ person: CityPerson, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let household = block.households[person.household]
    LifeEvent.list(person, household, seed, calendar, into: &events)
    var draw = Draw(seed, .stamp, person.number)
    if person.left == 0 { residents += 1 }
    if person.left == 0, household.protection > 0 { protected += 1 }
    for (index, event) in events.enumerated() {
      try write(person, event, index + 1, events.count, block, household, file, &draw)
      if index < person.mailings { try writeMailing(person, index + 1, block, household, file, &draw) }
    }
    guard person.mailings > events.count else { return }
    for version in events.count + 1...person.mailings {
      try writeMailing(person, version, block, household, file, &draw)
    }
  }

  private func write(
    _ person: CityPerson, _ event: LifeEvent, _ version: Int, _ versions: Int, _ block: Block, _ household: Household,
    _ file: LegacyFileWriter, _ draw: inout Draw
  ) throws(Diagnostic) {
    let (common, own) = personSlots
    let writer = persons
    writer.begin()
    var mark = RecordMark()
    mark.number = person.number
    (mark.version, mark.versions) = (version, versions)
    mark.isLatest = version == versions
    writer.code2(common.kind, 10)
    try identify(common, writer, person, household, mark)
    writer.code(common.state, event.isLeaving ? Int(person.leaving.rawValue) : 1)
    writer.code(common.sex, person.isMan ? 1 : 2)
    try writer.set(common.birth, person.birth)
    var homes = Draw(seed, .address, household.number, event.isLeaving && event.kind == .movedOut ? 9 : event.home)
    let address = CityAddress(&homes, elsewhere: event.isLeaving && event.kind == .movedOut)
    try common.address.put(address, writer, words)
    if address.building > 0 { mark.traits.insert(address.building == 99 ? .longBuilding : .mixedBuilding) }
    if address.hasLongVowel { mark.traits.insert(.longVowel) }
    if InventedNames.towns.indices.contains(address.place), InventedNames.towns[address.place].code == 3 {
      mark.traits.insert(.fujimi)
    }
    describe(person, household, block, &mark)
    try put(common, writer, event.kind.rawValue, event.day, reported: event.reported, &draw)
    _ = try writer.text(own.relation, words.relations[person.relation] ?? [])
    try writer.set(own.head, block.persons[household.first].number)
    if person.foreigner > 0 {
      _ = try writer.text(own.nationality, words.foreigners[person.foreigner - 1].nationality)
      try writer.set(own.stay, calendar.packed(CityCalendar.day(2020, 6, 1) + person.number % 1_500))
    }
    try writer.set(own.since, calendar.packed(moved(event, household, person)))
    if !person.isBornHere {
      var before = Draw(seed, .address, household.number, 8)
      _ = try writer.text(own.before, words.elsewhere[before.below(words.elsewhere.count)])
    }
    writer.code(own.hasNumber, 1)
    try protect(common, writer, household, event.protectedFrom, &mark)
    writer.code(common.hasMailing, person.mailings > 0 ? 1 : 0)
    try writer.set(common.same, person.sameAs)
    if person.sameAs > 0 { mark.traits.insert(.merged) }
    try writer.set(common.unified, block.unifiedNumber(person.number))
    try file.emit(writer, mark)
  }

  /// Marks the traits that a defect may require.
  private func describe(_ person: CityPerson, _ household: Household, _ block: Block, _ mark: inout RecordMark) {
    if person.foreigner > 0 {
      mark.traits.insert(.foreign)
    } else {
      let given = person.isMan ? words.men[person.given] : words.women[person.given]
      // ｭ and ｮ.
      if given.kana.contains(where: { $0 == 0x54 || $0 == 0x55 }) { mark.traits.insert(.smallKana) }
    }
    let members = block.persons[household.first..<household.first + household.count]
    let isSteady =
      household.count > 1 && household.moves.0 == 0 && household.protection == 0
      && members.allSatisfy { $0.left == 0 && $0.foreigner == 0 }
    if isSteady { mark.traits.insert(.steady) }
    if person.index == household.first { mark.traits.insert(.head) }
    if person.index == household.first + 1 { mark.traits.insert(.second) }
  }

  private func identify(
    _ common: AddressMasterSlots, _ writer: KindWriter, _ person: CityPerson, _ household: Household, _ mark: RecordMark
  ) throws(Diagnostic) {
    try writer.set(common.number, person.number)
    try writer.set(common.history, mark.version)
    writer.code(common.latest, mark.isLatest ? 1 : 0)
    try writer.set(common.household, household.number)
    writer.code(common.type, person.foreigner > 0 ? 2 : 1)
    guard person.foreigner > 0 else {
      let given = person.isMan ? words.men[person.given] : words.women[person.given]
      return try common.put(family: words.families[person.family], given: given, writer, words)
    }
    let foreigner = words.foreigners[person.foreigner - 1]
    _ = try writer.text(common.name, foreigner.name.kanji)
    _ = try writer.text(common.reading, foreigner.name.kana)
    _ = try writer.text(common.alias, foreigner.alias)
  }

  /// 住定日: the day on which the person came to live at the address of the row.
  private func moved(_ event: LifeEvent, _ household: Household, _ person: CityPerson) -> DayNumber {
    let last = event.home == 0 ? 0 : event.home == 1 ? household.moves.0 : household.moves.1
    return max(person.entered, last)
  }

  private func put(
    _ common: AddressMasterSlots, _ writer: KindWriter, _ reason: Int, _ day: DayNumber, reported: DayNumber,
    isDeleted: Bool = false, _ draw: inout Draw
  ) throws(Diagnostic) {
    writer.code2(common.reason, reason)
    try writer.set(common.day, calendar.packed(day))
    try writer.set(common.reported, calendar.packed(reported))
    try common.stamp.put(writer, &draw, on: calendar.packed(reported), isDeleted: isDeleted)
  }

  /// 支援措置: a year from the day it begins.
  private func protect(
    _ common: AddressMasterSlots, _ writer: KindWriter, _ household: Household, _ start: DayNumber,
    _ mark: inout RecordMark
  ) throws(Diagnostic) {
    writer.code(common.protection, start > 0 ? household.protection : 0)
    guard start > 0 else { return }
    mark.traits.insert(.protected)
    try writer.set(common.protectedFrom, calendar.packed(start))
    try writer.set(common.protectedTo, calendar.packed(calendar.adding(months: 12, to: start) - 1))
  }

  // MARK: 送付先

  private func writeMailing(
    _ person: CityPerson, _ version: Int, _ block: Block, _ household: Household, _ file: LegacyFileWriter,
    _ draw: inout Draw
  ) throws(Diagnostic) {
    let (common, own) = mailingSlots
    let writer = mailings
    writer.begin()
    var mark = RecordMark()
    mark.number = person.number
    (mark.version, mark.versions) = (version, person.mailings)
    mark.isLatest = version == person.mailings
    writer.code2(common.kind, 40)
    var addressee = person
    var choice = Draw(seed, .mailing, person.number)
    addressee.isMan = choice.chance(500)
    addressee.given = choice.below(25)
    addressee.foreigner = 0
    try identify(common, writer, addressee, household, mark)
    writer.code(common.type, person.foreigner > 0 ? 2 : 1)
    writer.code(common.state, Int(person.leaving.rawValue))
    var homes = Draw(seed, .mailing, person.number, version)
    let address = CityAddress(&homes, elsewhere: homes.chance(500))
    try common.address.put(address, writer, words)
    if address.building > 0 { mark.traits.insert(address.building == 99 ? .longBuilding : .mixedBuilding) }
    let asOf = CityCalendar.day(2019, 11, 29)
    let first = person.left > 0 ? min(person.left + 30, asOf) : max(person.entered, CityCalendar.day(2016, 4, 1))
    let start = version == 1 ? first : min(first + 210, asOf)
    try put(common, writer, 60, start, reported: start, &draw)
    writer.code2(own.tax, 0)
    try writer.set(own.from, calendar.packed(start))
    let next = min(first + 210, asOf)
    try writer.set(own.to, mark.isLatest ? 999_9999 : calendar.packed(max(start, next - 1)))
    writer.code(own.priority, 1)
    writer.code2(own.reason, person.leaving == .died ? 3 : [1, 2, 4][choice.below(3)])
    let protection = household.protectedFrom.1 > 0 ? household.protectedFrom.1 : household.protectedFrom.0
    try protect(common, writer, household, person.left == 0 ? protection : 0, &mark)
    writer.code(common.hasMailing, 1)
    try file.emit(writer, mark)
  }

  // MARK: others

  private func write(_ outsider: Outsider, _ block: Block, _ file: LegacyFileWriter) throws(Diagnostic) {
    let (common, own) = outsiderSlots
    let writer = outsiders
    var draw = Draw(seed, .stamp, outsider.number)
    let identity = OutsiderIdentity(outsider, seed)
    let (isMan, first) = (identity.isMan, identity.first)
    let family = words.families[identity.family]
    let given = (isMan ? words.men : words.women)[identity.given]
    for version in 1...outsider.rows {
      writer.begin()
      var mark = RecordMark()
      mark.number = outsider.number
      (mark.version, mark.versions) = (version, outsider.rows)
      mark.isLatest = version == outsider.rows
      mark.isDeleted = outsider.isDeleted
      writer.code2(common.kind, 20)
      try writer.set(common.number, outsider.number)
      try writer.set(common.history, version)
      writer.code(common.latest, mark.isLatest ? 1 : 0)
      writer.code(common.type, 3)
      writer.code(common.state, 9)
      try common.put(family: family, given: given, writer, words)
      writer.code(common.sex, isMan ? 1 : 2)
      try writer.set(common.birth, calendar.packed(identity.birthday))
      var homes = Draw(seed, .address, outsider.number, version)
      let address = CityAddress(&homes, elsewhere: true)
      try common.address.put(address, writer, words)
      if address.building > 0 { mark.traits.insert(address.building == 99 ? .longBuilding : .mixedBuilding) }
      let day = first + (version - 1) * 900
      try put(common, writer, 60, day, reported: day + draw.below(3), isDeleted: outsider.isDeleted, &draw)
      writer.code(own.hasNumber, outsider.number % 2)
      writer.code(common.protection, 0)
      writer.code(common.hasMailing, 0)
      if !outsider.isDeleted { try writer.set(common.unified, block.unifiedNumber(outsider.number)) }
      try file.emit(writer, mark)
    }
  }

  private func write(_ corporation: Corporation, _ file: LegacyFileWriter) throws(Diagnostic) {
    let (common, own) = corporationSlots
    let writer = corporations
    var draw = Draw(seed, .stamp, corporation.number)
    let founded = corporation.founded
    let representative = (
      words.families[corporation.representative.family], words.men[corporation.representative.given]
    )
    let rows = corporation.raisedCapitalOn > 0 ? 2 : 1
    for version in 1...rows {
      writer.begin()
      var mark = RecordMark()
      mark.number = corporation.number
      (mark.version, mark.versions) = (version, rows)
      mark.isLatest = version == rows
      if words.companyTrades[corporation.trade].kana.contains(Lexicon.longVowel) { mark.traits.insert(.longVowel) }
      writer.code2(common.kind, 30)
      try writer.set(common.number, corporation.number)
      try writer.set(common.history, version)
      writer.code(common.latest, mark.isLatest ? 1 : 0)
      writer.code(common.type, 9)
      writer.code(common.state, 9)
      try name(corporation, common, writer)
      try writer.set(common.birth, calendar.packed(founded))
      var homes = Draw(seed, .address, corporation.number)
      try common.address.put(CityAddress(&homes, elsewhere: !corporation.isLocal), writer, words)
      let day = version == 1 ? max(founded, CityCalendar.day(1975, 4, 1)) : corporation.raisedCapitalOn
      try put(common, writer, 60, day, reported: day + draw.below(3), &draw)
      try writer.set(own.number, corporation.corporateNumber)
      var end = try writer.text(own.representative, representative.0.kanji)
      end = try writer.text(own.representative, words.doubleSpace, at: end)
      _ = try writer.text(own.representative, representative.1.kanji, at: end)
      writer.code(own.seat, corporation.isLocal ? 1 : 2)
      try writer.set(own.capital, corporation.capital(on: day))
      writer.code2(own.closing, corporation.closing)
      writer.code(common.protection, 0)
      writer.code(common.hasMailing, 0)
      try file.emit(writer, mark)
    }
  }

  private func name(
    _ corporation: Corporation, _ common: AddressMasterSlots, _ writer: KindWriter
  ) throws(Diagnostic) {
    let parts = [
      words.companyForms[corporation.form], words.companyNames[corporation.name],
      words.companyTrades[corporation.trade],
    ]
    var kanji = 0
    var kana = 0
    for (index, part) in parts.enumerated() {
      kanji = try writer.text(common.name, part.kanji, at: kanji)
      kana = try writer.text(common.reading, part.kana, at: kana)
      if index == 0 { kana = try writer.text(common.reading, words.singleSpace, at: kana) }
    }
  }
}
