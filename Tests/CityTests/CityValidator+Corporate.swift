extension CityValidator {
  /// HJSHINK: tiers, months, rates, earlier payments, the sum to pay.
  mutating func checkCorporate() {
    checkOrder(corporateTax, [(3, 7), (33, 4), (37, 2), (1, 2)])
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var ledgers: Set<Int> = []
    /// By corporation: the net tax of the last business year, and the amounts declared so far in the year.
    var last: [Int: (year: Int, net: Int, months: Int)] = [:]
    var declared: [[Int]: (onProfit: Int, perCapita: Int, net: Int, end: Int)] = [:]
    var ends: [[Int]: Int] = [:]
    for record in corporateTax.data {
      guard let ledger = record.zoned(3, 7), let number = record.zoned(10, 10), let corporate = record.zoned(20, 13),
        let year = record.zoned(33, 4), let filing = record.packed(37, 2, signed: false)
      else {
        report("C04-01 key", corporateTax, record)
        continue
      }
      if corporations[corporate] != number { report("C07-01 corporation", corporateTax, record) }
      if record.kind == "10" {
        ledgers.insert(ledger)
        corporateForms[ledger] = (record.text(52, 2) == "02", record.packed(67, 1, signed: false) ?? -1)
        checkLedger(record)
        continue
      }
      if !ledgers.contains(ledger) { report("C07-02 ledger", corporateTax, record) }
      histories[[ledger, year], default: []].append((filing, record.text(39, 1), record))
      checkFiller(corporateTax, record, [(165, 75), (257, 24)])
      checkReturn(record, ledger, year, number, filing, &declared, &last, &ends)
    }
    checkHistories(corporateTax, histories)
  }

  private static func tier(_ capital: Int, _ staff: Int) -> Int {
    let bounds = [10_000_000, 100_000_000, 1_000_000_000, 5_000_000_000]
    let step = bounds.firstIndex { capital <= $0 } ?? 4
    return [[1, 2], [3, 4], [5, 6], [7, 8], [7, 9]][step][staff > 50 ? 1 : 0]
  }

  private mutating func checkLedger(_ record: LegacyRecord) {
    guard let capital = record.packed(55, 7, signed: true), let staff = record.packed(62, 4, signed: false),
      SlowCalendar.date(record.packed(40, 4, signed: false) ?? -1) != nil
    else { return report("C04-01 ledger", corporateTax, record) }
    let isPublicInterest = record.text(52, 2) == "02"
    if record.text(66, 1) != String(isPublicInterest ? 1 : Self.tier(capital, staff)) {
      report("C09-07 tier", corporateTax, record)
    }
    if record.zoned(33, 4) != 0 || record.text(39, 1) != "1" { report("HJ ledger", corporateTax, record) }
    if !["1", "2", "3"].contains(record.text(54, 1)) { report("C03-01 split", corporateTax, record) }
    checkFiller(corporateTax, record, [(71, 169), (257, 24)])
  }

  private mutating func checkReturn(
    _ record: LegacyRecord, _ ledger: Int, _ year: Int, _ number: Int, _ filing: Int,
    _ declared: inout [[Int]: (onProfit: Int, perCapita: Int, net: Int, end: Int)],
    _ last: inout [Int: (year: Int, net: Int, months: Int)], _ ends: inout [[Int]: Int]
  ) {
    func money(_ offset: Int, _ length: Int) -> Int { record.packed(offset, length, signed: true) ?? Int.min / 1_000 }
    for (offset, length) in [
      (64, 7), (80, 7), (87, 7), (97, 6), (103, 6), (109, 6), (115, 5), (120, 6), (126, 5), (131, 6), (137, 5),
      (142, 6),
      (148, 6),
    ] where record.packed(offset, length, signed: true) == nil {
      return report("C04-01 money", corporateTax, record, String(offset))
    }
    func date(_ offset: Int) -> Int? { SlowCalendar.date(record.packed(offset, 4, signed: false) ?? -1) }
    guard let start = date(40), let end = date(44), let filed = date(50), let deadline = date(54), let due = date(58),
      let months = record.packed(62, 2, signed: false), let all = record.packed(71, 4, signed: false),
      let staff = record.packed(75, 4, signed: false), let rate = record.packed(94, 3, signed: false),
      let notice = record.zoned(155, 10)
    else { return report("C04-01 return", corporateTax, record) }
    let kind = record.text(48, 2)
    if !["10", "20", "30", "40", "50", "60", "90"].contains(kind) { report("C03-01 kind", corporateTax, record) }
    if start >= end || filed > 2019_11_29 || filed < start { report("C06-04 order", corporateTax, record) }
    if let before = ends[[ledger, year - 1]], SlowCalendar.next(before) != start {
      report("HJ years", corporateTax, record)
    }
    if let same = ends[[ledger, year]], same != end { report("HJ years", corporateTax, record) }
    ends[[ledger, year]] = end
    let form = corporateForms[ledger] ?? (false, 0)
    let tier = form.isPublicInterest ? 1 : Self.tier(money(64, 7), staff)
    if record.text(79, 1) != String(tier) { report("C09-07 tier", corporateTax, record) }
    let isProvisional = kind == "10"
    if months != (isProvisional ? 6 : Self.months(start, end)) { report("C09-07 months", corporateTax, record) }
    let yearly = [50_000, 120_000, 130_000, 150_000, 160_000, 400_000, 410_000, 1_750_000, 3_000_000][tier - 1]
    if money(115, 5) != yearly * months / 12 / 100 * 100 { report("C09-07 per capita", corporateTax, record) }
    let before = declared[[ledger, year]]
    if isProvisional {
      let expected = (last[ledger]?.year == year - 1 ? last[ledger]!.net * 6 / last[ledger]!.months : 0) / 100 * 100
      if money(109, 6) != expected { report("C09-07 provisional", corporateTax, record) }
    } else {
      let share = money(80, 7) * staff / all / 1_000 * 1_000
      if money(80, 7) % 1_000 != 0 || money(87, 7) != share { report("C09-07 share", corporateTax, record) }
      if rate != (start < 2014_10_01 ? 1_230 : start < 2019_10_01 ? 970 : 600) {
        report("C09-07 rate", corporateTax, record)
      }
      if money(97, 6) != money(87, 7) * rate / 10_000 { report("C09-07 levy", corporateTax, record) }
      if money(109, 6) != (money(97, 6) - money(103, 6)) / 100 * 100 { report("C09-07 net", corporateTax, record) }
      if money(120, 6) != before?.onProfit ?? 0 || money(126, 5) != before?.perCapita ?? 0 {
        report("C09-07 paid before", corporateTax, record)
      }
      last[ledger] = (year, money(109, 6), months)
    }
    if money(131, 6) != money(109, 6) - money(120, 6) || money(137, 5) != money(115, 5) - money(126, 5) {
      report("C09-01 owed", corporateTax, record)
    }
    let claim = money(142, 6)
    if claim != money(131, 6) + money(137, 5) { report("C09-01 claim", corporateTax, record) }
    if money(148, 6) != max(0, -claim) { report("HJ refund", corporateTax, record) }
    declared[[ledger, year]] = (money(109, 6), money(115, 5), money(109, 6), end)
    let isLate = kind == "40" || kind == "50"
    let plain = Self.deadline(end, 2, holidays)
    let isDueWithoutExtension = kind == "30" && due == plain
    if isLate ? due != filed : due != deadline && !isDueWithoutExtension { report("C06-06 due", corporateTax, record) }
    if !isLate, deadline != Self.deadline(isProvisional ? start : end, isProvisional ? 7 : 2 + form.extended, holidays)
    {
      report("C06-06 deadline", corporateTax, record)
    }
    guard claim != 0 else { return }
    let fiscal = filed >= 2019_05_01 ? 501 : 400 + filed / 10_000 - 1988 - (filed / 100 % 100 < 4 ? 1 : 0)
    var key = Key(assessed: fiscal, belongs: fiscal, tax: "10", notice: notice, code: "01")
    (key.businessYear, key.filing) = (year, filing)
    expect(key, claim, record.packed(58, 4, signed: false) ?? 0, number, corporateTax, record)
    corporateParts[key] = (money(137, 5), money(131, 6))
  }

  /// Whole months from one day to another, at least one.
  private static func months(_ start: Int, _ end: Int) -> Int {
    let after = SlowCalendar.next(end)
    let whole = (after / 10_000 - start / 10_000) * 12 + after / 100 % 100 - start / 100 % 100
    return max(1, after % 100 < start % 100 ? whole - 1 : whole)
  }

  /// The last day of the month `months` later, on an open day.
  private static func deadline(_ date: Int, _ months: Int, _ holidays: Set<Int>) -> Int {
    let ordinal = date / 10_000 * 12 + date / 100 % 100 - 1 + months
    let (year, month) = (ordinal / 12, ordinal % 12 + 1)
    return SlowCalendar.open(year * 10_000 + month * 100 + SlowCalendar.days(year, month), holidays)
  }
}
