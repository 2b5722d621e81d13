extension CityValidator {
  /// The property of an owner in a year, added up from the latest rows.
  private struct Holdings {
    var land = 0
    var landPlanning = 0
    var house = 0
    var assets = 0
    var reduction = 0
    var relief = 0
    var parcels = 0
    var houses = 0
    var isShared = false
  }

  /// KTDAICHO: parcels, houses, equipment, and the resulting bills.
  mutating func checkProperty() {
    checkGroups(property, [["10", "20", "30"], ["40"], ["50"]]) { kind in
      switch kind {
      case "40": [(3, 2), (37, 10), (27, 2)]
      case "50": [(3, 2), (37, 10), (47, 10)]
      default: [(3, 2), (17, 10), (27, 2), (1, 2)]
      }
    }
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var holdings: [[Int]: Holdings] = [:]
    var houses: Set<[Int]> = []
    var lastBases: [[Int]: (base: Int, planning: Int)] = [:]
    var shares: [[Int]: [(number: Int, numerator: Int, denominator: Int)]] = [:]
    var bills: [(LegacyRecord, [Int])] = []
    for record in property.data {
      guard let packedYear = record.packed(3, 2, signed: false), record.packed(5, 2, signed: false) == packedYear,
        let owner = record.zoned(7, 10), let thing = record.zoned(17, 10),
        let version = record.packed(27, 2, signed: false),
        let day = SlowCalendar.date(record.packed(33, 4, signed: false) ?? -1)
      else {
        report("C04-01 key", property, record)
        continue
      }
      if !knownNumbers.contains(owner) { report("C07-01 number", property, record) }
      if day > 2019_11_29 || day % 100 == 0 { report("C06-03 day", property, record) }
      if !["00", "10", "20", "30", "40", "50", "60", "70"].contains(record.text(31, 2)) {
        report("C03-01 reason", property, record)
      }
      let isLatest = record.text(29, 1) == "1"
      let key = [packedYear, owner]
      switch record.kind {
      case "10", "20", "30":
        histories[[packedYear, thing], default: []].append((version, record.text(29, 1), record))
        if record.text(30, 1) == "1" { holdings[key, default: Holdings()].isShared = true }
        if record.kind == "10" {
          checkParcel(record, packedYear, thing, isLatest, &holdings[key, default: Holdings()], &lastBases)
        } else if record.kind == "20" {
          if record.text(116, 1) == "0" { houses.insert([packedYear, owner, thing]) }
          checkHouse(record, packedYear, isLatest, &holdings[key, default: Holdings()])
        } else {
          checkEquipment(record, isLatest, &holdings[key, default: Holdings()])
        }
      case "40":
        let notice = record.zoned(37, 10) ?? 0
        histories[[packedYear, notice, -40], default: []].append((version, record.text(29, 1), record))
        bills.append((record, key))
      default:
        guard let representative = record.zoned(37, 10), let number = record.zoned(47, 10),
          let numerator = record.zoned(57, 7), let denominator = record.zoned(64, 7), denominator > 0
        else {
          report("C04-01 share", property, record)
          continue
        }
        checkFiller(property, record, [(71, 186), (274, 27)])
        if !knownNumbers.contains(number) || representative != owner { report("C07-01 share", property, record) }
        shares[key, default: []].append((number, numerator, denominator))
      }
    }
    checkHistories(property, histories)
    for record in property.data where record.kind == "20" && record.text(116, 1) == "1" {
      let key = [record.packed(3, 2, signed: false) ?? 0, record.zoned(7, 10) ?? 0, record.zoned(117, 10) ?? 0]
      if !houses.contains(key) { report("C07-02 extension", property, record) }
    }
    checkShares(shares, holdings)
    var billed: Set<[Int]> = []
    for (record, key) in bills {
      let isLatest = record.text(29, 1) == "1"
      if isLatest { billed.insert(key) }
      checkBill(record, key, holdings[key] ?? Holdings(), shares[key]?.count ?? 0, isLatest)
    }
    for (key, _) in holdings where !billed.contains(key) {
      report("C07-02 no bill", property, property.header, "\(key)")
    }
  }

  private mutating func checkShares(
    _ shares: [[Int]: [(number: Int, numerator: Int, denominator: Int)]], _ holdings: [[Int]: Holdings]
  ) {
    for (key, owners) in shares {
      let common = owners.reduce(1) { $0 * $1.denominator }
      let sum = owners.reduce(0) { $0 + $1.numerator * (common / $1.denominator) }
      if sum != common || owners.contains(where: { $0.numerator <= 0 }) {
        report("C02-06 shares", property, property.header, "\(key)")
      }
      if !owners.contains(where: { $0.number == key[1] }) {
        report("KT-2 representative", property, property.header, "\(key)")
      }
      if Set(owners.map(\.number)).count != owners.count { report("KT-2 twice", property, property.header, "\(key)") }
    }
    for (key, value) in holdings where value.isShared != (shares[key] != nil) {
      report("KT-2 shared", property, property.header, "\(key)")
    }
  }

  private mutating func checkParcel(
    _ record: LegacyRecord, _ year: Int, _ thing: Int, _ isLatest: Bool, _ holdings: inout Holdings,
    _ lastBases: inout [[Int]: (base: Int, planning: Int)]
  ) {
    func money(_ offset: Int) -> Int { record.packed(offset, 7, signed: true) ?? Int.min / 1_000 }
    func area(_ offset: Int) -> Int { record.packed(offset, 6, signed: false) ?? Int.min / 1_000 }
    for offset in [75, 102, 109, 116, 123, 133, 140] where record.packed(offset, 7, signed: true) == nil {
      return report("C04-01 money", property, record, String(offset))
    }
    for offset in [61, 67, 82, 88, 94] where record.packed(offset, 6, signed: false) == nil {
      return report("C04-01 area", property, record, String(offset))
    }
    guard let level = record.packed(130, 3, signed: false), let dwellings = record.packed(100, 2, signed: false),
      let numerator = record.zoned(151, 7), let denominator = record.zoned(158, 7),
      let relief = record.packed(148, 2, signed: false)
    else { return report("C04-01 parcel", property, record) }
    for (offset, length) in [(37, 6), (43, 5), (48, 5), (53, 4)] where record.zoned(offset, length) == nil {
      report("C04-01 place", property, record)
    }
    checkFiller(property, record, [(165, 92), (274, 27)])
    let whole = area(67)
    if area(82) + area(88) + area(94) != whole { report("KT area", property, record) }
    if area(82) > 20_000 * max(1, dwellings) { report("KT small", property, record) }
    if (record.text(30, 1) == "2") != (denominator > 1) || numerator > denominator {
      report("KT site", property, record)
    }
    let isExempt = record.text(147, 1) == "1"
    let value = money(75)
    let isHousing = area(94) == 0
    guard !isExempt else {
      if money(133) != 0 || money(140) != 0 { report("KT exempt", property, record) }
      if isLatest { holdings.parcels += 1 }
      return
    }
    let small = value * area(82) / max(1, whole)
    let rest = value - small
    let regular = isHousing ? small / 6 + rest / 3 : value
    let isOutside = record.text(150, 1) == "2"
    let planning = isOutside ? 0 : isHousing ? small / 3 + rest * 2 / 3 : value
    if abs(money(116) - regular) > 1 || abs(money(123) - planning) > 1 { report("C09-08 regular", property, record) }
    if level != money(102) * 10_000 / max(1, money(116)) { report("C09-08 level", property, record) }
    for (last, now, full) in [(102, 133, 116), (109, 140, 123)] {
      let expected = Self.base(after: money(last), full: money(full), isHousing: isHousing)
      if abs(money(now) - expected) > 1 { report("C09-08 base", property, record) }
    }
    if isLatest {
      if let before = lastBases[[year - 1, thing]], before != (money(102), money(109)) {
        report("C09-08 chain", property, record)
      }
      lastBases[[year, thing]] = (money(133), money(140))
      holdings.land += money(133)
      holdings.landPlanning += record.text(150, 1) == "1" ? money(140) : 0
      holdings.relief += money(133) * 14 * relief / 100_000
      holdings.parcels += 1
    }
  }

  /// 負担調整.
  private static func base(after last: Int, full: Int, isHousing: Bool) -> Int {
    if isHousing { return last >= full ? full : max(full / 5, min(full, last + full / 20)) }
    if last * 10 >= full * 7 { return full * 7 / 10 }
    if last * 10 >= full * 6 { return last }
    return max(full / 5, min(full * 6 / 10, last + full / 20))
  }

  private mutating func checkHouse(
    _ record: LegacyRecord, _ year: Int, _ isLatest: Bool, _ holdings: inout Holdings
  ) {
    guard let value = record.packed(87, 7, signed: true), let base = record.packed(94, 7, signed: true),
      let planning = record.packed(101, 7, signed: true), let area = record.packed(75, 6, signed: false),
      let reduction = record.packed(111, 5, signed: true), let until = record.packed(109, 2, signed: false),
      let built = SlowCalendar.month(record.packed(72, 3, signed: false) ?? -1), record.zoned(117, 10) != nil
    else { return report("C04-01 house", property, record) }
    checkFiller(property, record, [(128, 129), (274, 27)])
    let western = SlowCalendar.year(year)
    if base != value || planning != value { report("KT house", property, record) }
    if built % 100 == 0 || built / 100 >= western { report("C06-04 built", property, record) }
    let kind = record.text(108, 1)
    let expected = kind == "0" ? 0 : value * 14 * min(area, 12_000) / (area * 2_000)
    if reduction != expected { report("C09-08 reduction", property, record) }
    let length = ["0": 0, "1": 3, "2": 5, "3": 5][kind] ?? -1
    if kind != "0", SlowCalendar.year(until) != built / 100 + length || western > SlowCalendar.year(until) {
      report("C09-08 reduced until", property, record)
    }
    if (record.text(116, 1) == "1") != (record.zoned(117, 10) != 0) { report("KT-3 extension", property, record) }
    guard isLatest else { return }
    holdings.house += value
    holdings.reduction += reduction
    holdings.houses += record.text(116, 1) == "0" ? 1 : 0
  }

  private mutating func checkEquipment(_ record: LegacyRecord, _ isLatest: Bool, _ holdings: inout Holdings) {
    var sums = [0, 0, 0]
    for kind in 0..<6 {
      let values = (0..<3).map { record.packed(45 + kind * 21 + $0 * 7, 7, signed: true) ?? -1 }
      if values.contains(where: { $0 < 0 }) { return report("C04-01 assets", property, record) }
      if values[1] < values[0] / 20 || values[1] > values[0] || values[2] > values[1] {
        report("C09-08 assets", property, record)
      }
      for index in 0..<3 { sums[index] += values[index] }
    }
    for (index, offset) in [171, 178, 185].enumerated() where record.packed(offset, 7, signed: true) != sums[index] {
      report("C09-02 assets", property, record)
    }
    checkFiller(property, record, [(201, 56), (274, 27)])
    if isLatest { holdings.assets += sums[2] }
  }

  private mutating func checkBill(
    _ record: LegacyRecord, _ key: [Int], _ sum: Holdings, _ owners: Int, _ isLatest: Bool
  ) {
    func money(_ offset: Int, _ length: Int) -> Int { record.packed(offset, length, signed: true) ?? Int.min / 1_000 }
    for (offset, length) in [(47, 7), (54, 7), (61, 7), (68, 7), (75, 7), (82, 7), (89, 7)]
      + [99, 105, 111, 117, 123, 129].map({ ($0, 6) }) where record.packed(offset, length, signed: true) == nil
    {
      return report("C04-01 bill", property, record, String(offset))
    }
    checkFiller(property, record, [(191, 66), (274, 27)])
    let year = SlowCalendar.year(key[0])
    let (land, house, assets) = (money(47, 7), money(54, 7), money(61, 7))
    if isLatest {
      if land != sum.land || house != sum.house || assets != sum.assets { report("KT-1 sums", property, record) }
      if money(75, 7) != sum.landPlanning || money(82, 7) != sum.house { report("KT-1 planning", property, record) }
      if money(105, 6) != sum.reduction && house >= 200_000 { report("KT-1 reduction", property, record) }
      if money(111, 6) != sum.relief { report("KT-1 relief", property, record) }
      if record.packed(183, 3, signed: false) != sum.parcels || record.packed(186, 3, signed: false) != sum.houses {
        report("KT-1 counts", property, record)
      }
      if record.packed(189, 2, signed: false) != owners || (record.text(30, 1) == "1") != (owners > 0) {
        report("KT-2 owners", property, record)
      }
    }
    let below = [land > 0 && land < 300_000, house > 0 && house < 200_000, assets > 0 && assets < 1_500_000]
    for (offset, flag) in [96, 97, 98].enumerated() where (record.text(flag, 1) == "1") != below[offset] {
      report("C09-05 exemption", property, record)
    }
    let base = (below[0] ? 0 : land) + (below[1] ? 0 : house) + (below[2] ? 0 : assets)
    let planning = (below[0] ? 0 : money(75, 7)) + (below[1] ? 0 : money(82, 7))
    if money(68, 7) != base / 1_000 * 1_000 || money(89, 7) != planning / 1_000 * 1_000 {
      report("C09-04 floor", property, record)
    }
    if money(99, 6) != money(68, 7) * 14 / 1_000 { report("C09-08 gross", property, record) }
    if money(117, 6) != max(0, money(99, 6) - money(105, 6) - money(111, 6)) / 100 * 100 {
      report("C09-08 tax", property, record)
    }
    let rate = year == 2017 ? 25 : 24
    if money(123, 6) != money(89, 7) * rate / 10_000 / 100 * 100 { report("C09-08 planning tax", property, record) }
    let total = money(129, 6)
    if total != money(117, 6) + money(123, 6) { report("C09-01 total", property, record) }
    checkBillInstalments(record, key, year, total, isLatest, sum.parcels + sum.houses == 0 ? "21" : "20")
  }

  private mutating func checkBillInstalments(
    _ record: LegacyRecord, _ key: [Int], _ year: Int, _ total: Int, _ isLatest: Bool, _ tax: String
  ) {
    var other = total / 4 / 1_000 * 1_000
    var first = total - other * 3
    if total == 0 { (first, other) = (0, 0) }
    let dates = [
      year * 10_000 + 531, year * 10_000 + 731, year * 10_000 + 1_225,
      (year + 1) * 10_000 + 200 + SlowCalendar.days(year + 1, 2),
    ].map { SlowCalendar.open($0, holidays) }
    for entry in 0..<4 {
      let at = 135 + entry * 12
      let expected = entry == 0 ? first : other
      guard let due = record.packed(at + 2, 4, signed: false), let amount = record.packed(at + 6, 6, signed: true)
      else {
        return report("C04-01 table", property, record)
      }
      if amount != expected { report("C09-03 instalment", property, record, String(entry + 1)) }
      let code = record.text(at, 2)
      if expected == 0 ? code != "" || due != 0 : code != "0\(entry + 1)" { report("B5 unused", property, record) }
      guard amount != 0 else { continue }
      if SlowCalendar.date(due) != dates[entry] { report("C06-06 due", property, record) }
      guard isLatest else { continue }
      let claim = Key(
        assessed: key[0], belongs: key[0], tax: tax, notice: record.zoned(37, 10) ?? 0, code: "0\(entry + 1)")
      expect(claim, amount, due, key[1], property, record)
    }
  }
}
