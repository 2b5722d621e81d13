/// Checks the nine files of a city against the rules of the record descriptions and of the domain guide. Slow, obvious,
/// independent of the generator; every finding names its rule.
struct CityValidator {
  struct Finding: Hashable, CustomStringConvertible {
    let rule: String
    let file: String
    let record: Int
    let note: String
    var description: String { "\(rule) \(file)#\(record) \(note)" }
  }

  let addresses: LegacyFile
  let taxes: LegacyFile
  let collection: LegacyFile
  let vehicles: LegacyFile
  let corporateTax: LegacyFile
  let property: LegacyFile
  let health: LegacyFile
  let pensions: LegacyFile
  let links: LegacyFile
  let holidays: Set<Int>
  var findings: [Finding] = []
  var knownNumbers: Set<Int> = []
  var corporations: [Int: Int] = [:]
  /// The latest assessments, by key: amount, due date (packed), record.
  var assessed: [Key: (amount: Int, due: Int, record: Int, number: Int, file: String)] = [:]
  /// Σ 月割 by 賦課年度, 指定番号 and month.
  var withheld: [Key: Int] = [:]
  var employers: [Int: Set<Int>] = [:]
  /// 均等割 and 法人税割 of a return's claim, and the three parts of a 国保 bill.
  var corporateParts: [Key: (perCapita: Int, onProfit: Int)] = [:]
  var healthParts: [Bill: [Int]] = [:]
  /// Total income by year and person, from the latest assessments.
  var incomes: [[Int]: Int] = [:]
  /// Those of years assessed late, by the year of the tax and person.
  var lateIncomes: [[Int]: Int] = [:]
  /// 公益法人等 and 申告期限延長月数 by 法人管理番号.
  var corporateForms: [Int: (isPublicInterest: Bool, extended: Int)] = [:]
  /// Householder by 世帯番号, birth as `YYYYMMDD` by number, and the facts that the link file repeats.
  var householders: [Int: Int] = [:]
  var births: [Int: Int] = [:]
  var people: [Int: Person] = [:]
  /// 証明書有効期限 of every year's row, and the persons who owe 軽自動車税.
  var certificates: [(number: Int, until: Int, isEntitled: Bool, expected: Int, record: LegacyRecord)] = []
  var vehicleDebtors: Set<Int> = []

  struct Key: Hashable {
    var assessed = 0
    var belongs = 0
    var tax = ""
    var notice = 0
    var code = ""
    var businessYear = 0
    var filing = 0
  }

  struct Bill: Hashable {
    var year = 0
    var notice = 0
  }

  /// A person as in the current row of the address master.
  struct Person {
    var birth = 0
    var sex = ""
    var kana: [UInt8] = []
    var unified = 0
    var household = 0
    var isDeleted = false
    var isMerged = false
    var events: [(reason: String, day: Int)] = []
  }

  init(directory: String, holidays: Set<Int>) throws {
    addresses = try LegacyFile("ATMAST", in: directory)
    taxes = try LegacyFile("KJFUKA", in: directory)
    collection = try LegacyFile("SNCHOTEI", in: directory)
    vehicles = try LegacyFile("KESHARYO", in: directory)
    corporateTax = try LegacyFile("HJSHINK", in: directory)
    property = try LegacyFile("KTDAICHO", in: directory)
    health = try LegacyFile("KKFUKA", in: directory)
    pensions = try LegacyFile("NNSHIKAKU", in: directory)
    links = try LegacyFile("TGRENKEI", in: directory)
    self.holidays = holidays
  }

  /// All findings of all rules; with `stopsEarly` those of the first file with findings.
  mutating func run(stopsEarly: Bool = false) -> [Finding] {
    let steps: [(LegacyFile, (inout CityValidator) -> Void)] = [
      (addresses, { $0.checkAddresses() }), (taxes, { $0.checkTaxes() }), (vehicles, { $0.checkVehicles() }),
      (corporateTax, { $0.checkCorporate() }), (property, { $0.checkProperty() }), (health, { $0.checkHealth() }),
      (pensions, { $0.checkPensions() }), (links, { $0.checkLinks() }), (addresses, { $0.checkControls() }),
      (collection, { $0.checkCollection() }), (vehicles, { $0.checkCertificates() }),
    ]
    for (file, step) in steps where !file.isMissing {
      step(&self)
      if stopsEarly, !findings.isEmpty { break }
    }
    return findings
  }

  private mutating func checkControls() {
    for file in [addresses, taxes, collection, vehicles, corporateTax, property, health, pensions, links]
    where !file.isMissing { checkControl(file) }
  }

  /// A claim that an assessment requires.
  mutating func expect(
    _ key: Key, _ amount: Int, _ due: Int, _ number: Int, _ file: LegacyFile, _ record: LegacyRecord
  ) {
    if assessed[key] != nil { report("C01-08 twice", file, record, key.code) }
    assessed[key] = (amount, due, record.number, number, file.name)
  }

  /// Unused bytes are spaces.
  mutating func checkFiller(_ file: LegacyFile, _ record: LegacyRecord, _ places: [(Int, Int)]) {
    for (offset, length) in places where !record.isBlank(offset, length) {
      report("C04-05 filler", file, record, String(offset))
    }
  }

  /// Records in groups of kinds, each group sorted by its own key.
  mutating func checkGroups(
    _ file: LegacyFile, _ groups: [[String]], _ fields: (String) -> [(Int, Int)]
  ) {
    var last = 0
    var previous: [UInt8] = []
    for record in file.data {
      guard let group = groups.firstIndex(where: { $0.contains(record.kind) }) else {
        report("C01-06 kind", file, record)
        continue
      }
      let key = fields(record.kind).flatMap { record.raw($0.0, $0.1) }
      if group < last || group == last && !previous.isEmpty && !previous.lexicographicallyPrecedes(key) {
        report("C01-09 order", file, record)
      }
      (last, previous) = (group, key)
    }
  }

  mutating func report(_ rule: String, _ file: LegacyFile, _ record: LegacyRecord, _ note: String = "") {
    findings.append(Finding(rule: rule, file: file.name, record: record.number, note: note))
  }

  /// Sort order in raw bytes over the given fields (offset, length).
  mutating func checkOrder(_ file: LegacyFile, _ fields: [(Int, Int)]) {
    var previous: [UInt8] = []
    for record in file.data {
      let key = fields.flatMap { record.raw($0.0, $0.1) }
      if !previous.isEmpty, !previous.lexicographicallyPrecedes(key) { report("C01-09 order", file, record) }
      previous = key
    }
  }

  /// 1…n gap-free, one 最新, the last one.
  mutating func checkHistories(
    _ file: LegacyFile, _ groups: [[Int]: [(version: Int, latest: String, record: LegacyRecord)]]
  ) {
    for (_, rows) in groups {
      if rows.map(\.version) != Array(1...rows.count) { report("C08-01 gap", file, rows[0].record) }
      if rows.filter({ $0.latest == "1" }).count != 1 { report("C08-02 latest", file, rows[0].record) }
      if rows[rows.count - 1].latest != "1" { report("C08-03 last", file, rows[rows.count - 1].record) }
    }
  }

  // MARK: header and trailer

  mutating func checkControl(_ file: LegacyFile) {
    let (header, trailer) = (file.header, file.trailer)
    if file.bytes.count % file.length != 0 { report("C01-01 length", file, header) }
    if header.kind != "00" || header.zoned(34, 4) != file.length || header.text(38, 6) != "139998" {
      report("C01-01 header", file, header)
    }
    if header.text(5, 8) != String(file.name.prefix(8)) || trailer.text(5, 8) != String(file.name.prefix(8)) {
      report("C01-01 file", file, header)
    }
    if header.packed(16, 4, signed: false) != 5_011_129 || header.packed(26, 4, signed: false) != 5_011_129 {
      report("C01-01 day", file, header)
    }
    guard trailer.kind == "99" else { return report("C01-01 trailer", file, trailer) }
    if trailer.packed(13, 5, signed: false) != file.count - 2 { report("C01-02 count", file, trailer) }
    var kinds: [String: Int] = [:]
    var hash = 0
    var totals = [0, 0, 0]
    for record in file.data {
      kinds[record.kind, default: 0] += 1
      let number = record.zoned(Self.numberOffsets[file.name] ?? 3, 10)
      hash = (hash + (number ?? 0)) % 1_000_000_000_000_000
      addTotals(file, record, &totals)
    }
    var printed: [String: Int] = [:]
    for entry in 0..<6 where trailer.text(18 + entry * 7, 2) != "" {
      printed[trailer.text(18 + entry * 7, 2)] = trailer.packed(20 + entry * 7, 5, signed: false)
    }
    if printed != kinds { report("C01-03 kinds", file, trailer) }
    for index in 0..<3 where trailer.packed(60 + index * 8, 8, signed: true) != totals[index] {
      report("C02-01 total", file, trailer, String(index + 1))
    }
    if trailer.packed(84, 8, signed: false) != hash { report("C01-02 hash", file, trailer) }
  }

  /// The offset of the first number of a person.
  static let numberOffsets = [
    "ATMAST": 3, "KJFUKA": 7, "SNCHOTEI": 11, "KESHARYO": 15, "HJSHINK": 10, "KTDAICHO": 7, "KKFUKA": 27,
    "NNSHIKAKU": 13, "TGRENKEI": 20,
  ]

  private func addTotals(_ file: LegacyFile, _ record: LegacyRecord, _ totals: inout [Int]) {
    switch (file.name, record.kind) {
    case ("KJFUKA", "10"), ("KJFUKA", "20"):
      guard record.text(29, 1) == "1" else { return }
      totals[0] += record.packed(152, 5, signed: true) ?? 0
      totals[1] += record.packed(75, 6, signed: true) ?? 0
      let (first, stride, count) = record.kind == "10" ? (226, 11, 10) : (242, 5, 12)
      for entry in 0..<count { totals[2] += record.packed(first + entry * stride, 5, signed: true) ?? 0 }
    case ("SNCHOTEI", "10"):
      totals[0] += record.packed(58, 6, signed: true) ?? 0
      totals[2] += record.packed(139, 6, signed: true) ?? 0
    case ("SNCHOTEI", "20"):
      if record.text(79, 1) == "0", record.text(78, 1) != "2" { totals[1] += record.packed(62, 6, signed: true) ?? 0 }
    case ("KESHARYO", "30"):
      for (index, offset) in [79, 85, 89].enumerated() {
        totals[index] += record.packed(offset, 4, signed: true) ?? 0
      }
    case ("HJSHINK", "20"):
      totals[0] += record.packed(142, 6, signed: true) ?? 0
      totals[1] += record.packed(109, 6, signed: true) ?? 0
      totals[2] += record.packed(115, 5, signed: true) ?? 0
    case ("KTDAICHO", "10"), ("KTDAICHO", "20"), ("KTDAICHO", "30"):
      let (value, base) = ["10": (75, 133), "20": (87, 94), "30": (178, 185)][record.kind]!
      totals[0] += record.packed(value, 7, signed: true) ?? 0
      totals[1] += record.packed(base, 7, signed: true) ?? 0
    case ("KTDAICHO", "40"): totals[2] += record.packed(129, 6, signed: true) ?? 0
    case ("KKFUKA", "10"):
      totals[0] += record.packed(202, 5, signed: true) ?? 0
      for part in 0..<3 { totals[1] += record.packed(64 + part * 46 + 21, 5, signed: true) ?? 0 }
      for entry in 0..<10 { totals[2] += record.packed(223 + entry * 11, 5, signed: true) ?? 0 }
      for month in 0..<6 { totals[2] += record.packed(327 + month * 5, 5, signed: true) ?? 0 }
    default: break
    }
  }
}
