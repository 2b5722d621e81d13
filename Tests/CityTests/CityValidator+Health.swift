extension CityValidator {
  private static let healthYears: [Int: (rates: [Int], heads: [Int], ceilings: [Int], five: Int, two: Int)] = [
    2014: ([440, 135, 140], [21_000, 6_500, 8_600], [510_000, 160_000, 140_000], 245_000, 450_000),
    2015: ([450, 138, 144], [21_600, 6_700, 8_900], [510_000, 160_000, 140_000], 260_000, 470_000),
    2016: ([455, 140, 146], [22_000, 6_800, 9_000], [520_000, 170_000, 160_000], 265_000, 480_000),
    2017: ([460, 142, 148], [22_600, 6_900, 9_200], [540_000, 190_000, 160_000], 270_000, 490_000),
    2018: ([465, 144, 150], [23_000, 7_000, 9_400], [540_000, 190_000, 160_000], 275_000, 500_000),
    2019: ([469, 145, 152], [23_320, 7_140, 9_540], [580_000, 190_000, 160_000], 280_000, 510_000),
  ]

  /// The totals of a household's insured.
  private struct Insured {
    var count = 0
    var carers = 0
    var base = 0
    var careBase = 0
    var income = 0
    var hasHead = false
    var months = 0
    var careMonths = 0
  }

  /// KKFUKA: the three parts of every bill, ceilings, 軽減, instalments, and the insured behind them.
  mutating func checkHealth() {
    checkGroups(health, [["10"], ["20"]]) { kind in
      kind == "10" ? [(3, 2), (5, 2), (37, 10), (47, 2)] : [(7, 10), (50, 10), (60, 2)]
    }
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var insured: [String: Insured] = [:]
    var bills: [(LegacyRecord, String)] = []
    for record in health.data {
      guard let assessedYear = record.packed(3, 2, signed: false), let belongs = record.packed(5, 2, signed: false),
        let household = record.zoned(17, 10), let head = record.zoned(27, 10), let notice = record.zoned(37, 10),
        let version = record.packed(47, 2, signed: false)
      else {
        report("C04-01 key", health, record)
        continue
      }
      if !knownNumbers.contains(head) { report("C07-01 number", health, record) }
      if let expected = householders[household], expected != head { report("C09-09 payer", health, record) }
      let card = "\(record.raw(7, 10))"
      if record.kind == "10" {
        histories[[assessedYear, belongs, notice], default: []].append((version, record.text(49, 1), record))
        bills.append((record, card))
        checkFiller(health, record, [(364, 86), (467, 34)])
      } else {
        let number = record.zoned(50, 10) ?? 0
        histories[[-1, record.zoned(37, 10) ?? 0, number], default: []].append((version, record.text(49, 1), record))
        checkFiller(health, record, [(95, 355), (467, 34)])
        checkInsured(record, number, head, &insured[card, default: Insured()])
      }
    }
    checkHistories(health, histories)
    for (record, card) in bills { checkHealthBill(record, insured[card]) }
  }

  private mutating func checkInsured(
    _ record: LegacyRecord, _ number: Int, _ head: Int, _ sum: inout Insured
  ) {
    guard let base = record.packed(74, 6, signed: true), let salary = record.packed(80, 6, signed: true),
      let months = record.packed(86, 2, signed: false), let careMonths = record.packed(88, 2, signed: false),
      let from = SlowCalendar.date(record.packed(62, 4, signed: false) ?? -1),
      let until = SlowCalendar.date(record.packed(68, 4, signed: false) ?? -1)
    else { return report("C04-01 insured", health, record) }
    if !knownNumbers.contains(number) { report("C07-01 insured", health, record) }
    if until > 0, until <= from { report("C06-04 lost before", health, record) }
    if from == 0 || from % 100 == 0 { report("C06-03 day", health, record) }
    if !["01", "02", "03", "04"].contains(record.text(66, 2)) { report("C03-01 reason", health, record) }
    if (until > 0) != (record.text(72, 2) != "") { report("KK lost", health, record) }
    if !["", "01", "02", "03", "05"].contains(record.text(72, 2)) { report("C03-01 loss", health, record) }
    // Months from April 2019; 75 ends them with the birthday, 40 and 65 are reached on the day before it.
    let birth = births[number] ?? 0
    let end = min(until > 0 ? Self.month(until) : 12, Self.month(birth + 75_0000))
    if months != max(0, end - Self.month(from)) { report("C09-09 months", health, record) }
    if birth % 100 > 0 {
      func reached(_ age: Int) -> Int {
        let isFirst = birth % 100 == 1
        return min(12, max(0, (birth / 10_000 + age - 2019) * 12 + birth / 100 % 100 - 4 - (isFirst ? 1 : 0)))
      }
      let expected = max(0, min(reached(65), end) - max(reached(40), Self.month(from)))
      if careMonths != expected { report("C09-09 care age", health, record) }
    } else if months > 0 {
      let age = (2019_04_01 - birth) / 10_000
      if careMonths > 0, age < 39 || age > 64 { report("C09-09 care age", health, record) }
      if careMonths == 0, age >= 41, age <= 63 { report("C09-09 care age", health, record) }
    }
    guard months > 0 else {
      if careMonths != 0 || base != 0 { report("KK ended", health, record) }
      return
    }
    let isRelieved = record.text(91, 1) == "1"
    let income = incomes[[2019, number]] ?? 0
    let counted = isRelieved ? income * 30 / 100 : income
    if base != max(0, counted - 330_000) { report("C09-09 base", health, record) }
    if isRelieved ? salary == 0 : salary != 0 { report("KK salary", health, record) }
    sum.count += 1
    sum.base += base
    sum.income += counted
    if careMonths > 0 { (sum.carers, sum.careBase) = (sum.carers + 1, sum.careBase + base) }
    if number == head { sum.hasHead = true }
    (sum.months, sum.careMonths) = (months, max(sum.careMonths, careMonths))
  }

  /// Months from April 2019 to that of a date, 0...12.
  private static func month(_ date: Int) -> Int {
    min(12, max(0, (date / 10_000 - 2019) * 12 + date / 100 % 100 - 4))
  }

  private mutating func checkHealthBill(_ record: LegacyRecord, _ insured: Insured?) {
    func money(_ offset: Int, _ length: Int) -> Int { record.packed(offset, length, signed: true) ?? Int.min / 1_000 }
    let belongs = SlowCalendar.year(record.packed(5, 2, signed: false) ?? 0)
    guard let tax = Self.healthYears[belongs], let heads = record.packed(51, 2, signed: false),
      let carers = record.packed(53, 2, signed: false), record.packed(57, 6, signed: true) != nil
    else { return report("C04-01 bill", health, record) }
    let income = money(57, 6)
    let isLatest = record.text(49, 1) == "1"
    let assessedYear = record.packed(3, 2, signed: false) ?? 0
    if isLatest, assessedYear == 431 {
      guard let insured else { return report("C07-02 nobody insured", health, record) }
      if heads != insured.count || carers != insured.carers { report("KK heads", health, record) }
      if money(64, 6) != insured.base { report("C02-02 base", health, record) }
      if carers > 0, money(156, 6) != insured.careBase { report("C02-02 care base", health, record) }
      if (record.text(50, 1) == "1") == insured.hasHead { report("C09-09 proxy", health, record) }
      let own = insured.hasHead ? 0 : incomes[[2019, record.zoned(27, 10) ?? 0]] ?? 0
      if income != insured.income + own { report("C09-09 income", health, record) }
    }
    let waived =
      income <= 330_000
      ? 7 : income <= 330_000 + tax.five * heads ? 5 : income <= 330_000 + tax.two * heads ? 2 : 0
    // A correction is judged by the income known later.
    if isLatest, record.text(63, 1) != String(waived) { report("C09-09 waived", health, record) }
    var sum = 0
    var parts = [0, 0, 0]
    for part in 0..<3 {
      let at = 64 + part * 46
      let values = [0, 6, 11, 16, 21, 26, 31, 36, 41].map { money(at + $0, $0 == 0 ? 6 : 5) }
      if values.contains(where: { $0 < 0 }) { return report("C04-01 part", health, record) }
      let count = part == 2 ? carers : heads
      let expected = count == 0 ? 0 : values[0] * tax.rates[part] / 10_000
      if values[1] != expected || values[2] != tax.heads[part] * count || values[3] != 0 {
        report("C09-09 part", health, record, String(part))
      }
      if values[4] != values[2] * (Int(record.text(63, 1)) ?? 0) / 10 { report("C09-09 reduction", health, record) }
      let whole = values[1] + values[2] - values[4]
      if values[5] != max(0, whole - tax.ceilings[part]) { report("C09-09 ceiling", health, record, String(part)) }
      let capped = whole - values[5]
      if isLatest, assessedYear == 431, let insured {
        let months = part == 2 ? insured.careMonths : insured.months
        if values[6] != capped - capped * months / 12 { report("KK months", health, record) }
      } else if values[6] > 0, assessedYear != 501 {
        report("KK months", health, record)
      }
      if values[8] != (whole - values[5] - values[6] - values[7]) / 100 * 100 {
        report("C09-09 total", health, record, String(part))
      }
      sum += values[8]
      parts[part] = values[8]
    }
    let (total, byInstalment, withheld) = (money(202, 5), money(207, 5), money(212, 5))
    if total != sum || total != byInstalment + withheld { report("C09-01 total", health, record) }
    checkHealthInstalments(record, belongs, byInstalment, withheld, parts, isLatest)
  }

  private mutating func checkHealthInstalments(
    _ record: LegacyRecord, _ year: Int, _ byInstalment: Int, _ withheld: Int, _ parts: [Int], _ isLatest: Bool
  ) {
    var sum = 0
    var regular: [Int] = []
    var first = 0
    let notice = record.zoned(37, 10) ?? 0
    let bill = Bill(year: record.packed(3, 2, signed: false) ?? 0, notice: notice)
    if isLatest { healthParts[bill] = parts }
    func claim(_ code: String, _ amount: Int, _ due: Int) {
      guard isLatest else { return }
      let key = Key(
        assessed: bill.year, belongs: record.packed(5, 2, signed: false) ?? 0, tax: "40", notice: notice, code: code)
      expect(key, amount, due, record.zoned(27, 10) ?? 0, health, record)
    }
    for entry in 0..<10 {
      let at = 217 + entry * 11
      let code = record.text(at, 2)
      guard let due = record.packed(at + 2, 4, signed: false), let amount = record.packed(at + 6, 5, signed: true)
      else { return report("C04-01 table", health, record) }
      if code.isEmpty != (amount == 0) || code.isEmpty != (due == 0) { report("B5 unused", health, record) }
      guard !code.isEmpty else { continue }
      sum += amount
      if code < "09" {
        regular.append(amount)
        if first == 0 { first = Int(code) ?? 0 }
        if SlowCalendar.date(due) != healthDue(code, year) { report("C06-06 due", health, record, code) }
      }
      claim(code, amount, due)
    }
    if sum != byInstalment { report("C09-02 sum", health, record) }
    if regular.count > 1 {
      let whole = regular.reduce(0, +)
      if regular.dropFirst().contains(where: { $0 != whole / (9 - first) / 1_000 * 1_000 }) {
        report("C09-03 remainder", health, record)
      }
    }
    var fromPension = 0
    for month in 0..<6 {
      guard let amount = record.packed(327 + month * 5, 5, signed: true) else {
        return report("C04-01 table", health, record)
      }
      fromPension += amount
      let other = withheld / 6 / 100 * 100
      if amount != (month == 0 ? withheld - other * 5 : other) { report("C09-03 withheld", health, record) }
      let code = ["0A", "0B", "0C", "0D", "0E", "0F"][month]
      if amount > 0 { claim(code, amount, SlowCalendar.packed(dueDate(code, year) ?? 0)) }
    }
    if fromPension != withheld { report("C09-02 withheld", health, record) }
  }

  private func healthDue(_ code: String, _ year: Int) -> Int? {
    let dates = [
      "01": year * 10_000 + 731, "02": year * 10_000 + 831, "03": year * 10_000 + 930, "04": year * 10_000 + 1_031,
      "05": year * 10_000 + 1_130, "06": year * 10_000 + 1_225, "07": (year + 1) * 10_000 + 131,
      "08": (year + 1) * 10_000 + 200 + SlowCalendar.days(year + 1, 2),
    ]
    return dates[code].map { SlowCalendar.open($0, holidays) }
  }
}
