extension CityValidator {
  /// KESHARYO: histories, rates by first inspection, due dates, certificates.
  mutating func checkVehicles() {
    checkGroups(vehicles, [["10", "20"], ["30"]]) { kind in
      kind == "30" ? [(64, 2), (68, 10)] : [(3, 9), (12, 2), (1, 2)]
    }
    var histories: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]] = [:]
    var cars: [Int: [LegacyRecord]] = [:]
    var taxed: Set<[Int]> = []
    for record in vehicles.data {
      guard let car = record.zoned(3, 9), let version = record.packed(12, 2, signed: false),
        let taxpayer = record.zoned(15, 10), let owner = record.zoned(25, 10), let user = record.zoned(35, 10),
        record.zoned(58, 4) != nil
      else {
        report("C04-01 key", vehicles, record)
        continue
      }
      for number in [taxpayer, owner, user] where !knownNumbers.contains(number) {
        report("C07-01 number", vehicles, record)
      }
      checkFiller(vehicles, record, record.kind == "30" ? [(110, 74), (201, 40)] : [(155, 29), (201, 40)])
      guard Self.vehicleTypes.contains(record.text(62, 2)) else {
        report("C03-01 type", vehicles, record)
        continue
      }
      if record.kind != "30" {
        histories[[car], default: []].append((version, record.text(14, 1), record))
        cars[car, default: []].append(record)
        checkVehicle(record)
      } else {
        if let year = record.packed(64, 2, signed: false), !taxed.insert([year, car]).inserted {
          report("C01-08 twice", vehicles, record)
        }
      }
    }
    checkHistories(vehicles, histories)
    for record in vehicles.data where record.kind == "30" { checkVehicleTax(record, cars) }
  }

  private static let vehicleTypes: Set<String> = [
    "01", "02", "03", "04", "11", "12", "21", "22", "31", "41", "42", "43", "44",
  ]

  private mutating func checkVehicle(_ record: LegacyRecord) {
    let isSmall = record.text(62, 2) < "20"
    if (record.kind == "10") != isSmall { report("KE kind", vehicles, record) }
    guard let first = record.packed(135, 3, signed: false), let month = SlowCalendar.month(first),
      let acquired = SlowCalendar.date(record.packed(138, 4, signed: false) ?? -1),
      let reported = SlowCalendar.date(record.packed(142, 4, signed: false) ?? -1),
      let scrapped = SlowCalendar.date(record.packed(148, 4, signed: false) ?? -1),
      record.packed(128, 4, signed: false) != nil
    else { return report("C06-01 date", vehicles, record) }
    if acquired % 100 == 0 || reported % 100 == 0 { report("C06-03 day", vehicles, record) }
    if isSmall != (first == 0) { report("KE first inspection", vehicles, record) }
    if reported < acquired || reported > 2019_11_29 { report("C06-04 reported", vehicles, record) }
    if scrapped > 0, scrapped < acquired { report("C06-04 scrapped", vehicles, record) }
    if month > 0, month / 100 > acquired / 10_000 { report("C06-04 first", vehicles, record) }
    if (scrapped > 0) != (record.text(152, 2) != "") { report("KE scrapped", vehicles, record) }
    for (offset, codes) in [(132, "123456"), (133, "123"), (134, "12"), (154, "123")]
    where !codes.contains(record.text(offset, 1)) || record.text(offset, 1) == "" {
      report("C03-01 code", vehicles, record, String(offset))
    }
    let chassis = record.text(88, 1)
    if record.raw(64, 24).allSatisfy({ $0 == 0x40 }) || chassis == "\u{0}" { report("KE chassis", vehicles, record) }
  }

  private mutating func checkVehicleTax(_ record: LegacyRecord, _ cars: [Int: [LegacyRecord]]) {
    let number = record.zoned(15, 10) ?? 0
    guard let packedYear = record.packed(64, 2, signed: false), record.packed(66, 2, signed: false) == packedYear,
      let total = record.packed(79, 4, signed: true), let relief = record.packed(85, 4, signed: true),
      let claim = record.packed(89, 4, signed: true), let due = record.packed(94, 4, signed: false),
      let certificate = SlowCalendar.date(record.packed(98, 4, signed: false) ?? -1), let notice = record.zoned(68, 10),
      let dueDate = SlowCalendar.date(due), record.zoned(102, 8) != nil
    else { return report("C04-01 tax", vehicles, record) }
    let year = SlowCalendar.year(packedYear)
    guard let rows = cars[record.zoned(3, 9) ?? 0], let latest = rows.last else {
      return report("C07-02 vehicle", vehicles, record)
    }
    // The owner on 1 April: the last one who had acquired it by then.
    let reference = year * 10_000 + 401
    let owners = rows.filter { (SlowCalendar.date($0.packed(138, 4, signed: false) ?? 0) ?? 0) <= reference }
    if let owner = owners.last, owner.zoned(15, 10) != number { report("KE-1 owner", vehicles, record) }
    if owners.isEmpty { report("KE-1 early", vehicles, record) }
    let scrapped = SlowCalendar.date(latest.packed(148, 4, signed: false) ?? 0) ?? 0
    if scrapped > 0, scrapped <= reference { report("KE-1 scrapped", vehicles, record) }
    if record.text(62, 2) != latest.text(62, 2) { report("KE type", vehicles, record) }
    let state = record.text(93, 1)
    let first = SlowCalendar.month(latest.packed(135, 3, signed: false) ?? 0) ?? 0
    let (tier, yen) = Self.vehicleTax(record.text(62, 2), first, latest.text(132, 1), year)
    if record.text(78, 1) != tier { report("C09-06 tier", vehicles, record, "\(first)") }
    if total != (state == "1" ? yen : 0) { report("C09-06 rate", vehicles, record) }
    if claim != total - relief || relief < 0 || relief > total { report("C09-01 claim", vehicles, record) }
    if (relief > 0) != (record.text(83, 2) != "00") { report("KE relief", vehicles, record) }
    if !["1", "2", "3", "4"].contains(state) { report("C03-01 state", vehicles, record) }
    if claim == 0 ? due != 0 : dueDate != SlowCalendar.open(year * 10_000 + 531, holidays) {
      report("C06-06 due", vehicles, record)
    }
    let isInspected = record.text(62, 2) >= "22"
    certificates.append((number, certificate, isInspected && state == "1", (year + 1) * 10_000 + 531, record))
    guard claim > 0 else { return }
    let key = Key(assessed: packedYear, belongs: packedYear, tax: "30", notice: notice, code: "01")
    expect(key, claim, due, number, vehicles, record)
  }

  /// 税率区分 and yen, from the table of the domain guide.
  private static func vehicleTax(_ type: String, _ first: Int, _ fuel: String, _ year: Int) -> (String, Int) {
    let flat = [
      "01": 2_000, "02": 2_000, "03": 2_400, "04": 3_700, "11": 2_400, "12": 5_900, "21": 3_600, "22": 6_000,
    ]
    if let yen = flat[type] { return ("9", yen) }
    let table = [
      "31": [3_100, 3_900, 4_600], "42": [5_500, 6_900, 8_200], "41": [7_200, 10_800, 12_900],
      "44": [3_000, 3_800, 4_500], "43": [4_000, 5_000, 6_000],
    ]
    let rates = table[type]!
    let month = first % 100 == 0 ? first + 12 : first
    if !"345".contains(fuel), month <= (year - 13) * 100 + 3 { return ("3", rates[2]) }
    if fuel == "3", month >= (year - 1) * 100 + 4, month <= year * 100 + 3 { return ("4", rates[1] / 4) }
    return month <= 2015_03 ? ("1", rates[0]) : ("2", rates[1])
  }

  /// 証明書: void for a person who owes 軽自動車税, valid until the end of next May for all others.
  mutating func checkCertificates() {
    for (number, until, isEntitled, expected, record) in certificates {
      if vehicleDebtors.contains(number), until != 0 { report("KE-2 certificate", vehicles, record) }
      if !vehicleDebtors.contains(number), until != (isEntitled ? expected : 0) {
        report("KE-2 certificate", vehicles, record, "entitled")
      }
    }
  }
}
