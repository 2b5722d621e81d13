extension CityValidator {
  /// The rows under one claim's key.
  private struct Group {
    var claim: LegacyRecord?
    var receipts: [LegacyRecord] = []
    var refunds: [LegacyRecord] = []
    var enforcements: [LegacyRecord] = []
  }

  /// SNCHOTEI: bridge to the assessments, receipts, arrears.
  mutating func checkCollection() {
    checkOrder(collection, [(3, 2), (5, 2), (9, 2), (21, 10), (31, 2), (47, 3), (1, 2)])
    var groups: [Key: Group] = [:]
    var serials: Set<[Int]> = []
    for record in collection.data {
      guard Self.taxCodes.contains(record.text(9, 2)) else {
        report("C03-01 tax", collection, record)
        continue
      }
      guard let assessedYear = record.packed(3, 2, signed: false), let belongs = record.packed(5, 2, signed: false),
        let number = record.zoned(11, 10), let notice = record.zoned(21, 10), record.zoned(33, 8) != nil,
        let serial = record.packed(47, 3, signed: false)
      else {
        report("C04-01 key", collection, record)
        continue
      }
      if !knownNumbers.contains(number) { report("C07-01 number", collection, record) }
      var key = Key(
        assessed: assessedYear, belongs: belongs, tax: record.text(9, 2), notice: notice, code: record.text(31, 2))
      (key.businessYear, key.filing) = (record.zoned(41, 4) ?? -1, record.packed(45, 2, signed: false) ?? -1)
      checkFiller(collection, record, [(Self.fillers[record.kind] ?? (307, 34)), (307, 34)])
      switch record.kind {
      case "10": groups[key, default: Group()].claim = record
      case "20": groups[key, default: Group()].receipts.append(record)
      case "30": groups[key, default: Group()].refunds.append(record)
      case "40": groups[key, default: Group()].enforcements.append(record)
      default:
        if notice != 0 || key.code != "" || !serials.insert([Int(key.tax) ?? 0, serial]).inserted {
          report("A9 account", collection, record)
        }
        if record.zoned(58, 7) == nil { report("C04-04 account", collection, record) }
      }
    }
    for (key, group) in groups {
      guard let claim = group.claim else {
        report("C07-03 claim", collection, (group.receipts + group.refunds + group.enforcements)[0])
        continue
      }
      checkBridge(key, claim)
      checkClaim(claim, group, key)
      checkReceipts(claim, group, key)
      for refund in group.refunds where refund.text(50, 1) == "2" {
        let target = Key(
          assessed: refund.packed(80, 2, signed: false) ?? 0, belongs: key.belongs, tax: refund.text(82, 2),
          notice: refund.zoned(84, 10) ?? 0, code: refund.text(94, 2))
        let hit = groups[target]?.receipts.contains {
          $0.text(60, 2) == "90" && $0.packed(62, 6, signed: true) == refund.packed(63, 6, signed: true)
        }
        if hit != true { report("C07-03 offset", collection, refund) }
      }
    }
    for (key, value) in assessed where groups[key]?.claim == nil {
      findings.append(Finding(rule: "C07-02 no claim", file: value.file, record: value.record, note: key.code))
    }
    checkHealthParts(groups.compactMap { key, group in key.tax == "40" ? group.claim.map { (key, $0) } : nil })
    for (key, _) in withheld where groups[key]?.claim == nil {
      report("C07-02 no claim", collection, collection.header, "\(key.notice)/\(key.code)")
    }
  }

  private static let taxCodes: Set<String> = ["01", "02", "03", "10", "20", "21", "30", "40"]
  private static let fillers = [
    "10": (166, 124), "20": (101, 189), "30": (97, 193), "40": (174, 116), "50": (117, 173),
  ]

  /// The parts of the claims of a 国保 bill add up to its parts.
  private mutating func checkHealthParts(_ claims: [(Key, LegacyRecord)]) {
    var sums: [Bill: [Int]] = [:]
    for (key, claim) in claims {
      let parts = [76, 82, 88].map { claim.packed($0, 6, signed: true) ?? 0 }
      let bill = Bill(year: key.assessed, notice: key.notice)
      sums[bill] = zip(sums[bill] ?? [0, 0, 0], parts).map { $0.0 + $0.1 }
    }
    for (bill, sum) in sums where healthParts[bill] != nil && healthParts[bill] != sum {
      report("SN-3 health", collection, collection.header, "\(bill.notice)")
    }
  }

  private mutating func checkBridge(_ key: Key, _ claim: LegacyRecord) {
    let amount = claim.packed(58, 6, signed: true)
    if key.tax == "02" {
      if withheld[key] == nil { report("C07-02 no assessment", collection, claim) }
      if let sum = withheld[key], sum != amount { report("C02-02 withheld", collection, claim) }
      if claim.zoned(33, 8) != key.notice { report("A12 designation", collection, claim) }
      if let numbers = employers[key.notice], numbers != [claim.zoned(11, 10) ?? 0] {
        report("A12 employer", collection, claim)
      }
      return
    }
    guard let expected = assessed[key] else { return report("C07-02 no assessment", collection, claim) }
    if expected.amount != amount { report("C02-02 bridge", collection, claim) }
    if expected.due != claim.packed(50, 4, signed: false) { report("C06-06 due", collection, claim) }
    if expected.number != claim.zoned(11, 10) { report("C07-02 person", collection, claim) }
  }

  private mutating func checkClaim(_ claim: LegacyRecord, _ group: Group, _ key: Key) {
    func money(_ offset: Int, _ length: Int) -> Int { claim.packed(offset, length, signed: true) ?? Int.min / 1_000 }
    for (offset, length) in [
      (58, 6), (64, 6), (70, 6), (76, 6), (82, 6), (88, 6), (94, 4), (98, 6), (105, 6), (111, 4),
      (115, 6), (121, 6), (127, 6), (133, 6), (139, 6),
    ] where claim.packed(offset, length, signed: true) == nil {
      return report("C04-01 money", collection, claim, String(offset))
    }
    let (amount, received, writtenOff, unpaid) = (money(58, 6), money(105, 6), money(127, 6), money(139, 6))
    if key.tax == "10" ? amount == 0 : amount <= 0 { report("B5 zero", collection, claim) }
    if key.tax == "30", unpaid > 0 { vehicleDebtors.insert(claim.zoned(11, 10) ?? 0) }
    if unpaid != amount - received - writtenOff { report("SN-1 unpaid", collection, claim) }
    if money(121, 6) != max(0, -unpaid) { report("SN-1 overpaid", collection, claim) }
    let parts = [64, 70, 76, 82, 88].map { money($0, 6) }
    switch key.tax {
    case "10":
      if parts[0] + parts[1] != amount || parts[2...].contains(where: { $0 != 0 }) {
        report("SN-3 parts", collection, claim)
      }
      if let expected = corporateParts[key], expected != (parts[0], parts[1]) {
        report("SN-3 parts", collection, claim)
      }
    case "40":
      if parts[2...].reduce(0, +) != amount || parts[0] != 0 || parts[1] != 0 {
        report("SN-3 parts", collection, claim)
      }
    default: if parts.contains(where: { $0 != 0 }) { report("SN-3 parts", collection, claim) }
    }
    let state = unpaid < 0 ? "5" : unpaid == 0 ? "4" : received > 0 ? "1" : "0"
    if claim.text(157, 1) != state { report("B7 state", collection, claim) }
    let isSettled = unpaid <= 0 && amount > 0
    if (claim.packed(158, 4, signed: false) ?? 0 > 0) != isSettled { report("B7 settled", collection, claim) }
    let open = group.refunds.filter { $0.text(96, 1) == "1" }.map { $0.packed(63, 6, signed: true) ?? 0 }.reduce(0, +)
    if open != money(121, 6) { report("B6 refund", collection, claim) }
    let lost = group.enforcements.filter { $0.text(50, 2) == "80" }.map { $0.packed(62, 6, signed: true) ?? 0 }.reduce(
      0, +)
    if lost != writtenOff { report("B7 written off", collection, claim) }
    let active = group.enforcements.filter { $0.packed(56, 4, signed: false) == 0 }.map { $0.text(50, 2) }
    for (offset, codes) in [(163, ["10", "20", "30"]), (164, ["60"]), (165, ["70"])] {
      if (claim.text(offset, 1) == "1") != active.contains(where: codes.contains) {
        report("B7 flag", collection, claim)
      }
    }
    for step in group.enforcements where !["10", "20", "30", "40", "50", "60", "70", "80"].contains(step.text(50, 2)) {
      report("C03-01 code", collection, step)
    }
    let due = SlowCalendar.date(claim.packed(50, 4, signed: false) ?? -1) ?? 0
    if due == 0 { report("C06-01 due", collection, claim) }
    let dunned = SlowCalendar.date(claim.packed(145, 4, signed: false) ?? -1) ?? 0
    if dunned > 0, dunned <= due { report("C06-04 dunned", collection, claim) }
    if due > 2019_11_29, received > 0, ["02", "03"].contains(key.tax) { report("SN early", collection, claim) }
    // 執行停止: no interest accrues.
    if claim.text(165, 1) == "1", money(98, 6) != 0 { report("C09-10 stopped", collection, claim) }
  }

  private mutating func checkReceipts(_ claim: LegacyRecord, _ group: Group, _ key: Key) {
    var sum = 0
    var interest = 0
    var fee = 0
    let reported = Set(group.receipts.filter { $0.text(78, 1) == "1" }.compactMap { $0.zoned(87, 14) })
    for receipt in group.receipts {
      guard let amount = receipt.packed(62, 6, signed: true), let slip = receipt.zoned(87, 14),
        let accounting = receipt.packed(58, 2, signed: false), let packedDay = receipt.packed(54, 4, signed: false),
        let day = SlowCalendar.date(packedDay), let paid = SlowCalendar.date(receipt.packed(50, 4, signed: false) ?? -1)
      else {
        report("C04-01 receipt", collection, receipt)
        continue
      }
      let year = SlowCalendar.year(key.assessed)
      let expected = day <= (year + 1) * 10_000 + 531 ? year : (day / 10_000 - (day / 100 % 100 < 4 ? 1 : 0))
      if SlowCalendar.year(accounting) != expected { report("C02-05 accounting", collection, receipt) }
      if day < paid || day > 2019_11_29 { report("C06-04 received", collection, receipt) }
      let stage = receipt.text(78, 1)
      guard receipt.text(79, 1) == "0", stage != "2", stage == "1" || !reported.contains(slip) else { continue }
      sum += amount
      fee += receipt.packed(68, 4, signed: true) ?? 0
      let own = receipt.packed(72, 6, signed: true) ?? 0
      interest += own
      let final = claim.packed(98, 6, signed: true) ?? 0
      if claim.text(104, 1) == "1", final != lateInterest(claim, paid) {
        report("C09-10 interest", collection, receipt)
      }
      // Final interest may still be unpaid.
      if own != 0, own != final { report("C09-10 interest paid", collection, receipt) }
    }
    if sum != claim.packed(105, 6, signed: true) { report("SN-2 receipts", collection, claim) }
    if fee != claim.packed(111, 4, signed: true) { report("SN-2 fee", collection, claim) }
    if interest != claim.packed(115, 6, signed: true) { report("SN-2 interest", collection, claim) }
  }

  /// 延滞金, day by day: each day has the rate of its calendar year; days of one rate make one truncated term.
  private func lateInterest(_ claim: LegacyRecord, _ paid: Int) -> Int {
    let rates = [2014: (29, 92), 2015: (28, 91), 2016: (28, 91), 2017: (27, 90), 2018: (26, 89), 2019: (26, 89)]
    let due = SlowCalendar.date(claim.packed(50, 4, signed: false) ?? 0) ?? 0
    let base = (claim.packed(58, 6, signed: true) ?? 0) / 1_000 * 1_000
    guard base >= 2_000 else { return 0 }
    // The month begins on the day after the due date: the same day a month later is outside it.
    let start = SlowCalendar.next(due)
    var (year, month) = (start / 10_000, start / 100 % 100 + 1)
    if month == 13 { (year, month) = (year + 1, 1) }
    let end = year * 10_000 + month * 100 + min(start % 100, SlowCalendar.days(year, month))
    var days: [[Int]: Int] = [:]
    var day = due
    while day < paid {
      day = SlowCalendar.next(day)
      guard let (early, late) = rates[day / 10_000] else { return -1 }
      days[[day < end ? 0 : 1, day < end ? early : late], default: 0] += 1
    }
    let sum = days.reduce(0) { $0 + base * $1.key[1] * $1.value / 365_000 }
    return sum < 1_000 ? 0 : sum / 100 * 100
  }
}
