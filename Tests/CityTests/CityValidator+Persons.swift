extension CityValidator {
  /// NNSHIKAKU: memberships, exemptions that do not overlap, 付加 without an exemption.
  mutating func checkPensions() {
    checkOrder(pensions, [(3, 10), (1, 2), (23, 2)])
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var periods: [Int: [(from: Int, until: Int)]] = [:]
    var persons: [Int: Int] = [:]
    var memberships: [Int: (until: Int, from: Int)] = [:]
    for record in pensions.data {
      guard let pension = record.zoned(3, 10), let number = record.zoned(13, 10),
        let serial = record.packed(23, 2, signed: false)
      else {
        report("C04-01 key", pensions, record)
        continue
      }
      if !knownNumbers.contains(number) { report("C07-01 number", pensions, record) }
      if let other = persons[pension], other != number { report("C07-07 pension", pensions, record) }
      persons[pension] = number
      histories[[pension, Int(record.kind) ?? 0], default: []].append((serial, record.text(25, 1), record))
      switch record.kind {
      case "10": checkMembership(record, pension, &memberships)
      case "20": checkExemption(record, number, &periods[pension, default: []])
      case "30":
        checkFiller(pensions, record, [(33, 113), (163, 38)])
        let from = SlowCalendar.month(record.packed(27, 3, signed: false) ?? -1) ?? 0
        if from == 0 || record.packed(30, 3, signed: false) == nil { report("C06-01 extra", pensions, record) }
        if periods[pension] != nil { report("NN-1 extra", pensions, record) }
      default:
        checkFiller(pensions, record, [(43, 103), (163, 38)])
        let sent = SlowCalendar.date(record.packed(33, 4, signed: false) ?? -1) ?? 0
        let answered = SlowCalendar.date(record.packed(39, 4, signed: false) ?? -1) ?? 0
        if sent == 0 || answered < sent || answered > 2019_11_29 { report("C06-04 form", pensions, record) }
        if !["00", "10", "20"].contains(record.text(37, 2)) { report("C03-01 result", pensions, record) }
      }
    }
    checkHistories(pensions, histories)
  }

  private mutating func checkMembership(
    _ record: LegacyRecord, _ pension: Int, _ memberships: inout [Int: (until: Int, from: Int)]
  ) {
    checkFiller(pensions, record, [(43, 103), (163, 38)])
    guard let from = SlowCalendar.date(record.packed(27, 4, signed: false) ?? -1),
      let until = SlowCalendar.date(record.packed(33, 4, signed: false) ?? -1),
      let reported = SlowCalendar.date(record.packed(39, 4, signed: false) ?? -1)
    else { return report("C06-01 membership", pensions, record) }
    if from == 0 || from % 100 == 0 { report("C06-03 day", pensions, record) }
    if until > 0, until <= from { report("C06-04 lost before", pensions, record) }
    if reported < from || reported > 2019_11_29 { report("C06-04 reported", pensions, record) }
    if let before = memberships[pension], before.until == 0 || from <= before.until {
      report("C08-06 overlap", pensions, record)
    }
    memberships[pension] = (until, from)
    if (until > 0) != (record.text(37, 2) != "") { report("NN lost", pensions, record) }
    if !["1", "2", "3", "6"].contains(record.text(26, 1)) { report("C03-01 type", pensions, record) }
  }

  private mutating func checkExemption(
    _ record: LegacyRecord, _ number: Int, _ periods: inout [(from: Int, until: Int)]
  ) {
    checkFiller(pensions, record, [(63, 83), (163, 38)])
    guard let from = SlowCalendar.month(record.packed(28, 3, signed: false) ?? -1),
      let until = SlowCalendar.month(record.packed(31, 3, signed: false) ?? -1),
      let applied = SlowCalendar.date(record.packed(34, 4, signed: false) ?? -1),
      let approved = SlowCalendar.date(record.packed(38, 4, signed: false) ?? -1),
      let year = record.packed(43, 2, signed: false), let own = record.packed(45, 6, signed: true),
      record.packed(51, 6, signed: true) != nil, record.packed(57, 6, signed: true) != nil
    else { return report("C04-01 exemption", pensions, record) }
    if !["10", "20", "21", "22", "23", "30", "40", "50"].contains(record.text(26, 2)) {
      report("C03-01 exemption", pensions, record)
    }
    if from >= until || approved < applied || approved > 2019_11_29 { report("C06-04 exemption", pensions, record) }
    if periods.contains(where: { $0.from <= until && from <= $0.until }) { report("NN-1 overlap", pensions, record) }
    periods.append((from, until))
    // Of a year assessed late: its income, or none when that was not known yet.
    let judged = [SlowCalendar.year(year), number]
    if own != incomes[judged] ?? 0, own != lateIncomes[judged] { report("NN income", pensions, record) }
  }

  /// TGRENKEI: one link per person, as in the address master; the daily changes without a gap.
  mutating func checkLinks() {
    checkGroups(links, [["10"], ["20"]]) { kind in kind == "10" ? [(3, 15), (18, 2), (20, 10)] : [(30, 9)] }
    var linked: [Int: Int] = [:]
    var owners: [Int: Int] = [:]
    var serial = 0
    var processed = 0
    for record in links.data {
      guard let unified = record.zoned(3, 15), let number = record.zoned(20, 10) else {
        report("C04-01 key", links, record)
        continue
      }
      guard let person = people[number] else {
        report("C07-01 number", links, record)
        continue
      }
      if person.unified != unified { report("C07-07 unified", links, record) }
      if !["10", "20", "30", "40", "50"].contains(record.text(18, 2)) { report("C03-01 office", links, record) }
      if record.kind == "10" {
        checkFiller(links, record, [(83, 37), (137, 24)])
        if record.text(18, 2) == "20" {
          if linked[number] != nil { report("C07-07 twice", links, record) }
          if let other = owners[unified], other != number { report("C07-07 unified", links, record) }
          (linked[number], owners[unified]) = (unified, number)
          if person.isDeleted { report("C07-07 deleted", links, record) }
        }
        guard let from = SlowCalendar.date(record.packed(30, 4, signed: false) ?? -1),
          let until = SlowCalendar.date(record.packed(34, 4, signed: false) ?? -1)
        else {
          report("C06-01 link", links, record)
          continue
        }
        if from == 0 || until <= from { report("C06-04 link", links, record) }
        if (until != 9999_9999) != person.isMerged { report("B21 merged", links, record) }
        if record.packed(38, 4, signed: false) != person.birth || record.text(42, 1) != person.sex {
          report("C07-07 birth or sex", links, record)
        }
        if record.raw(43, 40) != person.kana { report("C07-07 kana", links, record) }
        continue
      }
      checkFiller(links, record, [(59, 61), (137, 24)])
      guard let next = record.zoned(30, 9), let day = SlowCalendar.date(record.packed(41, 4, signed: false) ?? -1),
        let when = SlowCalendar.date(record.packed(45, 4, signed: false) ?? -1), let household = record.zoned(49, 10)
      else {
        report("C04-01 change", links, record)
        continue
      }
      if serial > 0, next != serial + 1 { report("C08-01 gap", links, record) }
      serial = next
      if when < day || when < processed || when > 2019_11_29 { report("C06-04 processed", links, record) }
      processed = when
      let isKnown = person.events.contains { $0.reason == record.text(39, 2) && $0.day == day }
      if !isKnown || person.household != household { report("C07-05 change", links, record) }
    }
    for (number, person) in people where linked[number] == nil && !person.isDeleted {
      report("C07-07 no link", links, links.header, String(number))
    }
    let changes = links.data.count { $0.kind == "20" }
    let expected = people.values.reduce(0) { $0 + $1.events.count { $0.day >= 2019_04_01 } }
    if changes != expected { report("C07-05 changes", links, links.header, "\(changes) of \(expected)") }
  }
}
