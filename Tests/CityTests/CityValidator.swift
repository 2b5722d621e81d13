/// Checks three files of a city against the rules of the record descriptions and of the domain guide. Slow, obvious,
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
  let holidays: Set<Int>
  var findings: [Finding] = []
  var knownNumbers: Set<Int> = []
  var corporations: [Int: Int] = [:]
  /// The latest assessments, by key: amount, due date (packed), record.
  var assessed: [Key: (amount: Int, due: Int, record: Int, number: Int)] = [:]
  /// Σ 月割 by 賦課年度, 指定番号 and month.
  var withheld: [Key: Int] = [:]
  var employers: [Int: Set<Int>] = [:]

  struct Key: Hashable {
    var assessed = 0
    var belongs = 0
    var tax = ""
    var notice = 0
    var code = ""
  }

  init(directory: String, holidays: Set<Int>) throws {
    addresses = try LegacyFile("ATMAST", in: directory)
    taxes = try LegacyFile("KJFUKA", in: directory)
    collection = try LegacyFile("SNCHOTEI", in: directory)
    self.holidays = holidays
  }

  /// All findings of all rules.
  mutating func run() -> [Finding] {
    checkAddresses()
    checkTaxes()
    checkCollection()
    for file in [addresses, taxes, collection] { checkControl(file) }
    return findings
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
      let number =
        file.name == "ATMAST" ? record.zoned(3, 10) : file.name == "KJFUKA" ? record.zoned(7, 10) : record.zoned(11, 10)
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
    default: break
    }
  }
}
