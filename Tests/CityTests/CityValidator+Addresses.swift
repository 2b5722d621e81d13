extension CityValidator {
  /// ATMAST: histories, households, dates, check digits, 支援措置, 送付先.
  mutating func checkAddresses() {
    checkOrder(addresses, [(3, 10), (13, 3), (1, 2)])
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var mailed: Set<Int> = []
    var wantsMail: [Int: Bool] = [:]
    var heads: [Int: Int] = [:]
    var living: [Int: Int] = [:]
    var unified: [Int: Int] = [:]
    var protection: [Int: String] = [:]
    var mailProtection: [(Int, String, LegacyRecord)] = []
    var references: [(Int, LegacyRecord)] = []
    var ownDates: [[Int]: Int] = [:]
    var places: [Int: [UInt8]] = [:]
    var families: [Int: Set<[UInt8]>] = [:]
    for record in addresses.data {
      guard let number = record.zoned(3, 10), let version = record.packed(13, 3, signed: false) else {
        report("C04-01 key", addresses, record)
        continue
      }
      let kind = record.kind
      let isLatest = record.text(16, 1) == "1"
      knownNumbers.insert(number)
      histories[[number, kind == "40" ? 1 : 0], default: []].append((version, record.text(16, 1), record))
      checkDates(record, &ownDates, [number, kind == "40" ? 1 : 0])
      checkText(record)
      checkFiller(
        addresses, record,
        [kind == "30" ? (369, 35) : kind == "40" ? (327, 77) : (374, 30), (456, 25)])
      if let code = record.zoned(161, 11) {
        if let known = places[code], known != record.raw(172, 50) { report("AT place", addresses, record) }
        places[code] = record.raw(172, 50)
      }
      if kind == "10", isLatest { families[record.zoned(17, 10) ?? 0, default: []].insert(record.raw(69, 2)) }
      if kind == "40" {
        if isLatest { mailed.insert(number) }
        mailProtection.append((number, record.text(404, 1) + record.text(405, 8), record))
        continue
      }
      remember(record, number, kind, isLatest)
      if isLatest {
        wantsMail[number] = record.text(413, 1) == "1"
        let from = record.packed(405, 4, signed: false) ?? -1
        protection[number] = record.text(404, 1)
        if record.text(404, 1) != "0" {
          guard let to = record.packed(409, 4, signed: false), let start = SlowCalendar.date(from),
            let end = SlowCalendar.date(to), start < end, end >= 2019_12_01
          else {
            report("C07-04 protection", addresses, record)
            continue
          }
        }
        if let togo = record.zoned(424, 15), togo > 0 {
          if let other = unified[togo], other != number { report("C07-07 unified", addresses, record) }
          unified[togo] = number
        }
      }
      if kind == "30" { checkCorporation(record, number) }
      if let same = record.zoned(414, 10), same > 0 { references.append((same, record)) }
      if kind == "10", isLatest, record.text(28, 1) == "1", let household = record.zoned(17, 10) {
        living[household, default: 0] += 1
        if record.text(314, 2) == "02", record.zoned(322, 10) == number { heads[household, default: 0] += 1 }
      }
      if kind == "10", let head = record.zoned(322, 10) { references.append((head, record)) }
      if record.text(27, 1) != "2", record.raw(109, 40).contains(where: { $0 != 0x40 }) {
        report("AT-2 alias", addresses, record)
      }
    }
    checkHistories(addresses, histories)
    for (household, glyphs) in families where glyphs.isSuperset(of: [[0x67, 0xA5], [0xC4, 0xD4]]) {
      report("C05-05 glyphs", addresses, addresses.header, String(household))
    }
    for (household, _) in living where heads[household] != 1 {
      report("C07-06 head", addresses, addresses.header, String(household))
    }
    for (reference, record) in references where !knownNumbers.contains(reference) {
      report("C07-01 reference", addresses, record)
    }
    for (number, wants) in wantsMail where wants != mailed.contains(number) {
      report("C07-04 mailing", addresses, addresses.header, String(number))
    }
    for (number, flag, record) in mailProtection {
      if let own = protection[number], !flag.hasPrefix(own) { report("C07-04 flag", addresses, record) }
    }
  }

  /// Stores the facts about a person that other files repeat.
  private mutating func remember(_ record: LegacyRecord, _ number: Int, _ kind: String, _ isLatest: Bool) {
    guard kind != "30" else { return }
    if kind == "10", let day = SlowCalendar.date(record.packed(306, 4, signed: false) ?? -1) {
      people[number, default: Person()].events.append((record.text(304, 2), day))
    }
    guard isLatest else { return }
    let birth = record.packed(150, 4, signed: false) ?? 0
    births[number] = SlowCalendar.date(birth) ?? 0
    people[number, default: Person()].birth = birth
    people[number]?.sex = record.text(149, 1)
    people[number]?.kana = record.raw(29, 40)
    people[number]?.unified = record.zoned(424, 15) ?? 0
    people[number]?.household = record.zoned(17, 10) ?? 0
    people[number]?.isDeleted = record.text(455, 1) == "1"
    people[number]?.isMerged = (record.zoned(414, 10) ?? 0) > 0
    if kind == "10", record.text(28, 1) == "1", let household = record.zoned(17, 10), let head = record.zoned(322, 10) {
      householders[household] = head
    }
  }

  private mutating func checkDates(_ record: LegacyRecord, _ last: inout [[Int]: Int], _ key: [Int]) {
    for offset in [150, 306, 310, 405, 409, 439] {
      guard let packed = record.packed(offset, 4, signed: false), SlowCalendar.date(packed) != nil else {
        report("C06-01 date", addresses, record, String(offset))
        return
      }
    }
    let happened = SlowCalendar.date(record.packed(306, 4, signed: false) ?? 0) ?? 0
    let reported = SlowCalendar.date(record.packed(310, 4, signed: false) ?? 0) ?? 0
    if reported < happened { report("C06-04 reported", addresses, record) }
    if happened < last[key] ?? 0 { report("C08-06 order", addresses, record) }
    last[key] = happened
    if happened > 2019_11_29 || reported > 2019_11_29 { report("C06-07 future", addresses, record) }
    if !["10", "20", "30", "40", "50", "60"].contains(record.text(304, 2)) { report("C03-01 code", addresses, record) }
    if record.zoned(161, 11) == nil || record.zoned(17, 10) == nil { report("C04-01 zoned", addresses, record) }
  }

  /// Shift codes of a 方書, one space in a person's name, no user-defined characters.
  private mutating func checkText(_ record: LegacyRecord) {
    var inKanji = false
    var run = 0
    for byte in record.raw(242, 62) {
      switch (inKanji, byte) {
      case (false, 0x28): (inKanji, run) = (true, 0)
      case (false, 0x29): report("C05-01 shift", addresses, record)
      case (true, 0x29) where run % 2 == 0: inKanji = false
      case (true, _): run += 1
      default: break
      }
    }
    if inKanji { report("C05-01 open", addresses, record) }
    // － for ー behind katakana, and - for ｰ behind half-width katakana.
    let building = record.raw(242, 62)
    for index in building.indices.dropLast(3)
    where building[index] == 0xA5 && building[index + 2] == 0xA1 && building[index + 3] == 0xDD {
      report("C05-06 long vowel", addresses, record)
    }
    let reading = record.raw(29, 40)
    for index in reading.indices.dropFirst()
    where record.kind == "30" && reading[index] == 0x60 && reading[index - 1] >= 0x81 && reading[index - 1] <= 0xBF {
      report("C05-06 long vowel", addresses, record)
    }
    let name = record.raw(69, 40)
    for index in stride(from: 0, to: 40, by: 2) where name[index] >= 0x80 && name[index] <= 0xA0 {
      report("C05-03 gaiji", addresses, record)
    }
    if record.kind == "10" || record.kind == "20" {
      // One space, between the two names.
      let spaces = stride(from: 0, to: 40, by: 2).map { name[$0] == 0x40 && name[$0 + 1] == 0x40 }
      let end = (spaces.lastIndex(of: false) ?? 0) + 1
      if spaces[..<end].count(where: { $0 }) != 1 { report("C05-07 space", addresses, record) }
    }
    // テスト in JEF.
    if Array(name.prefix(6)) == [0xA5, 0xC6, 0xA5, 0xB9, 0xA5, 0xC8] { report("C01-07 test", addresses, record) }
  }

  private mutating func checkCorporation(_ record: LegacyRecord, _ number: Int) {
    guard let digits = record.zoned(314, 13) else { return report("C04-01 corporate", addresses, record) }
    var sum = 0
    var rest = digits % 1_000_000_000_000
    for position in 1...12 {
      sum += rest % 10 * (position % 2 == 1 ? 1 : 2)
      rest /= 10
    }
    if digits / 1_000_000_000_000 != 9 - sum % 9 { report("AT check digit", addresses, record) }
    corporations[digits] = number
  }
}
