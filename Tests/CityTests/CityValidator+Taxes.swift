extension CityValidator {
  /// KJFUKA: histories, exact tax, splitting, due dates, 仮徴収.
  mutating func checkTaxes() {
    checkOrder(taxes, [(3, 2), (5, 2), (17, 10), (27, 2), (1, 2)])
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var provisional: [[Int]: (amount: Int, record: LegacyRecord)] = [:]
    var april: [[Int]: Int] = [:]
    var money: [[Int]: [UInt8]] = [:]
    for record in taxes.data {
      guard let assessedYear = record.packed(3, 2, signed: false), let belongs = record.packed(5, 2, signed: false),
        let number = record.zoned(7, 10), let notice = record.zoned(17, 10),
        let version = record.packed(27, 2, signed: false),
        record.zoned(357, 10) != nil
      else {
        report("C04-01 key", taxes, record)
        continue
      }
      let kind = record.kind
      histories[[assessedYear, belongs, notice, Int(kind) ?? 0], default: []].append(
        (version, record.text(29, 1), record))
      if !knownNumbers.contains(number) { report("C07-01 number", taxes, record) }
      if kind == "30" {
        if let employer = record.zoned(50, 8), employer > 0, let payer = record.zoned(58, 13) {
          guard let corporation = corporations[payer] else {
            report("A12 payer", taxes, record)
            continue
          }
          employers[employer, default: []].insert(corporation)
        }
        continue
      }
      checkTax(record)
      if record.text(29, 1) == "1", SlowCalendar.year(assessedYear) == SlowCalendar.year(belongs) {
        incomes[[SlowCalendar.year(assessedYear), number]] = record.packed(44, 6, signed: true)
      } else if record.text(29, 1) == "1" {
        lateIncomes[[SlowCalendar.year(belongs), number]] = record.packed(44, 6, signed: true)
      }
      let isLatest = record.text(29, 1) == "1"
      if kind == "10" {
        checkInstalments(record, assessedYear, belongs, number, notice, isLatest)
      } else {
        checkMonths(record, assessedYear, isLatest)
      }
      guard isLatest, kind == "10" || record.text(30, 1) == "5" else { continue }
      if record.text(30, 1) == "5" {
        let all = record.raw(38, 134)
        if let other = money[[assessedYear, number]], other != all { report("A15 repeated", taxes, record) }
        money[[assessedYear, number]] = all
      }
      if kind == "10" {
        let amount = record.packed(352, 5, signed: true) ?? 0
        let fromPension = record.packed(167, 5, signed: true) ?? 0
        if (amount > 0) != (fromPension > 0) { report("C09-11 provisional", taxes, record) }
        provisional[[number, SlowCalendar.year(belongs)]] = (amount, record)
        for entry in 0..<10 where record.text(220 + entry * 11, 2) == "0A" {
          april[[number, SlowCalendar.year(belongs)]] = record.packed(226 + entry * 11, 5, signed: true)
        }
      }
    }
    checkHistories(taxes, histories)
    for (key, value) in provisional {
      guard let next = april[[key[0], key[1] + 1]] else { continue }
      if next != value.amount { report("C09-11 chain", taxes, value.record) }
    }
  }

  /// Every step of the tax, again.
  private mutating func checkTax(_ record: LegacyRecord) {
    func money(_ offset: Int, _ length: Int) -> Int { record.packed(offset, length, signed: true) ?? Int.min / 1_000 }
    for (offset, length) in [(38, 6), (44, 6), (50, 6), (56, 6), (62, 6), (68, 5), (75, 6), (81, 6)]
      + (0..<17).map({ (87 + $0 * 5, 5) })
    where record.packed(offset, length, signed: true) == nil {
      return report("C04-01 money", taxes, record, String(offset))
    }
    let exemption = record.text(37, 1)
    let total = money(152, 5)
    if exemption > "1" {
      if total != 0 { report("KJ exempt", taxes, record) }
      return
    }
    let base = money(75, 6)
    if exemption == "0", base != max(0, money(44, 6) - money(62, 6)) / 1_000 * 1_000 {
      report("C09-04 base", taxes, record)
    }
    let difference = money(68, 5)
    let adjustment = base <= 2_000_000 ? min(difference, base) : max(difference - (base - 2_000_000), 50_000)
    let city = [money(87, 5), money(97, 5), money(107, 5), money(117, 5), money(127, 5)]
    let metro = [money(92, 5), money(102, 5), money(112, 5), money(122, 5), money(132, 5)]
    for (side, rate, share) in [(city, 6, 3), (metro, 4, 2)] {
      if side[0] != base * rate / 100 { report("C09-05 gross", taxes, record) }
      if exemption == "0", side[1] != adjustment * share / 100 { report("C09-05 adjustment", taxes, record) }
      if side[4] != max(0, side[0] - side[1] - side[2] - side[3]) / 100 * 100 { report("C09-05 income", taxes, record) }
    }
    if money(137, 5) != 3_500 || money(142, 5) != 1_500 { report("C09-05 per head", taxes, record) }
    if total != city[4] + metro[4] + 5_000 - money(147, 5) { report("C09-01 sum", taxes, record) }
    if total != money(157, 5) + money(162, 5) + money(167, 5) { report("C09-01 parts", taxes, record) }
  }

  private mutating func checkInstalments(
    _ record: LegacyRecord, _ assessedYear: Int, _ belongs: Int, _ number: Int, _ notice: Int, _ isLatest: Bool
  ) {
    var sum = 0
    var regular: [Int] = []
    for entry in 0..<10 {
      let at = 220 + entry * 11
      let code = record.text(at, 2)
      guard let due = record.packed(at + 2, 4, signed: false), let amount = record.packed(at + 6, 5, signed: true)
      else {
        return report("C04-01 table", taxes, record)
      }
      if code.isEmpty != (amount == 0) || code.isEmpty != (due == 0) { report("B5 unused", taxes, record) }
      guard !code.isEmpty else { continue }
      sum += amount
      if code < "05", code > "00", code.last!.isNumber { regular.append(amount) }
      if let expected = dueDate(code, SlowCalendar.year(assessedYear)), SlowCalendar.date(due) != expected {
        report("C06-06 due", taxes, record, code)
      }
      guard isLatest else { continue }
      let key = Key(
        assessed: assessedYear, belongs: belongs, tax: code.last!.isLetter ? "03" : "01", notice: notice, code: code)
      expect(key, amount, due, number, taxes, record)
    }
    let byInstalment = record.packed(157, 5, signed: true) ?? 0
    if sum != byInstalment + (record.packed(167, 5, signed: true) ?? 0) { report("C09-02 sum", taxes, record) }
    if !regular.isEmpty, regular.count > 1 {
      let isFirst = regular.dropFirst().allSatisfy { $0 % 1_000 == 0 && $0 == regular[1] }
      let whole = regular.reduce(0, +)
      if !isFirst || regular[1] != whole / regular.count / 1_000 * 1_000 { report("C09-03 remainder", taxes, record) }
    }
  }

  private mutating func checkMonths(_ record: LegacyRecord, _ assessedYear: Int, _ isLatest: Bool) {
    let months = (0..<12).map { record.packed(242 + $0 * 5, 5, signed: true) ?? -1 }
    let whole = record.packed(162, 5, signed: true) ?? 0
    if months.reduce(0, +) != whole { report("C09-02 months", taxes, record) }
    if months.dropFirst().contains(where: { $0 != whole / 12 / 100 * 100 }) { report("C09-03 months", taxes, record) }
    guard isLatest, let designation = record.zoned(220, 8) else { return }
    for (month, amount) in months.enumerated() where amount > 0 {
      let code = month < 9 ? "0\(month + 1)" : String(month + 1)
      withheld[
        Key(assessed: assessedYear, belongs: assessedYear, tax: "02", notice: designation, code: code), default: 0] +=
        amount
    }
  }

  /// Due date of an instalment; nil for 随時, which has no fixed one.
  func dueDate(_ code: String, _ year: Int) -> Int? {
    func end(_ year: Int, _ month: Int) -> Int {
      SlowCalendar.open(year * 10_000 + month * 100 + SlowCalendar.days(year, month), holidays)
    }
    func tenth(_ year: Int, _ month: Int) -> Int { SlowCalendar.open(year * 10_000 + month * 100 + 10, holidays) }
    switch code {
    case "01": return end(year, 6)
    case "02": return end(year, 8)
    case "03": return end(year, 10)
    case "04": return end(year + 1, 1)
    case "0A": return tenth(year, 5)
    case "0B": return tenth(year, 7)
    case "0C": return tenth(year, 9)
    case "0D": return tenth(year, 11)
    case "0E": return tenth(year + 1, 1)
    case "0F": return tenth(year + 1, 3)
    default: return nil
    }
  }
}
