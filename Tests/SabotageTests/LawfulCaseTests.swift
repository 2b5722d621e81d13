import Projects
import Charset
import Checks
import City
import Evidence
import Foundation
import Pipeline
import Targets
import Testing

/// Lawful cases pass, and the nearest unlawful ones fail.
///
/// Each case changes records of a small clean city to the rare, lawful case, then to the unlawful ones beside it. Only
/// the checks of the rule are evaluated.
@Suite struct LawfulCaseTests {
  /// Changes the files; `variation` 0 is lawful, the others are not.
  typealias Edit = @Sendable (inout LegacyFolder, _ variation: Int) throws -> Void

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let subsystems: [String]
    let checks: [String]
    /// For each unlawful variation, the checks of which at least one must fail.
    let unlawful: [[String]]
    let edit: Edit
    var testDescription: String { name }
  }

  private static let plan = CityPlan(residents: 100, seed: 3)

  @Test(arguments: cases)
  func theLawfulCasePassesAndItsNeighboursFail(_ item: Case) throws {
    let project = try ProjectReader.read(SabotageTests.root + "/Pipelines/city.yaml")
    let folder = NSTemporaryDirectory() + "totsugo-lawful-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/clean", withIntermediateDirectories: true)
    let characters = try #require(Charset.CharacterSet.named(project.charset))
    try CityGenerator(plan: Self.plan, layouts: project.layouts, characters: characters, closedDays: project.closedDays)
      .write(into: folder + "/clean")
    let clean = try LegacyFolder(project, folder + "/clean")
    for variation in 0...item.unlawful.count {
      var files = clean
      try item.edit(&files, variation)
      let data = "\(folder)/\(variation)"
      try files.write(to: data)
      var evidence = RunEvidence(
        run: "0001", project: project.name, title: project.title, asOf: project.asOf, command: "run", started: "",
        definitions: project.digest)
      try MigrationRun(
        project: project, target: SQLiteTarget(path: data + ".sqlite"), folder: folder + "/run",
        options: .init(data: data, only: item.subsystems, jobs: 2, localises: false)
      ).run(&evidence)
      let states = Dictionary(uniqueKeysWithValues: evidence.checks.map { ($0.id, $0.status) })
      if variation == 0 {
        for check in item.checks { #expect(states[check] == .passed, "\(check)") }
      } else {
        let failed = item.unlawful[variation - 1].filter { states[$0] == .failed || states[$0] == .warned }
        #expect(!failed.isEmpty, "unlawful \(variation)")
      }
    }
  }

  /// Every rule that the city's cases test is a check of the project.
  @Test func theRulesOfTheCasesAreChecks() throws {
    let checks = Set(try ProjectReader.read(SabotageTests.root + "/Pipelines/city.yaml").checks.map(\.id))
    let unknown = CityCase.all.map(\.rule).filter { !checks.contains($0) }
    #expect(unknown.isEmpty)
  }

  // MARK: cases

  static let cases: [Case] =
    [land, extended, newYear, entered, everybodyLeft, dueInJune, turns75, publicInterest]
    + [assessedLate, assessedLateHead, remindedAtNewYear]

  /// 本則都計 of land outside the urban area.
  private static let land = Case(
    name: "land outside the urban area", subsystems: ["address-master", "property-tax"], checks: ["KT-C09-05b"],
    unlawful: [["KT-C09-05b"], ["KT-C09-05b"]]
  ) { files, variation in
    let parcel = try #require(
      files.records("KTDAICHO", "10").first { try files.number($0, "KT-HONSOKU-TOKEI") > 0 })
    let base = try files.number(parcel, "KT-HONSOKU-TOKEI")
    try files.set(parcel, "KT-KUIKI-KBN", text: variation == 1 ? "1" : "2")
    try files.set(parcel, "KT-HONSOKU-TOKEI", variation == 2 ? base / 2 : 0)
  }

  /// A year to 31 March 2018, whose deadline of 31 May becomes 2 July.
  private static let extended = Case(
    name: "extended filing date", subsystems: ["address-master", "corporate-tax"], checks: ["HJ-C06-06c"],
    unlawful: [["HJ-C06-06c"], ["HJ-C06-06c"], ["HJ-C06-06a"]]
  ) { files, variation in
    let filing = try #require(
      files.records("HJSHINK", "20").first {
        try files.number($0, "HJ-JIGYO-SHURYO") == 430_0331 && files.text($0, "HJ-SHINKOKU-KBN") == "30"
      })
    if variation != 1 { try files.set(filing, "HJ-SHINKOKU-KIGEN", 430_0702) }
    try files.set(filing, "HJ-NOKIGEN", variation == 2 ? 430_0731 : 430_0702)
  }

  /// A year to 31 October 2018: two months later is New Year's Eve, when the city is closed.
  private static let newYear = Case(
    name: "deadline at New Year", subsystems: ["address-master", "corporate-tax"],
    checks: ["HJ-C06-06a", "HJ-C06-06c"],
    unlawful: [["HJ-C06-06a"], ["HJ-C06-06a"]]
  ) { files, variation in
    let filing = try #require(
      files.records("HJSHINK", "20").first {
        try files.number($0, "HJ-JIGYO-SHURYO") == 430_0331 && files.text($0, "HJ-SHINKOKU-KBN") == "30"
      })
    try files.set(filing, "HJ-JIGYO-SHURYO", 430_1031)
    for item in ["HJ-SHINKOKU-KIGEN", "HJ-NOKIGEN"] {
      try files.set(filing, item, [431_0104, 430_1231, 431_0107][variation])
    }
  }

  /// Instalments 03 to 08 in entries 1 to 6.
  private static let entered = Case(
    name: "instalments of somebody who entered in the year", subsystems: ["address-master", "health-insurance"],
    checks: ["KK-C06-08", "KK-C09-03a", "KK-C09-03c", "KK-C06-06a"],
    unlawful: [["KK-C06-08"], ["KK-C09-03c"], ["KK-C01-09c"]]
  ) { files, variation in
    let bill = try #require(
      files.records("KKFUKA", "10").first {
        try files.number($0, "KK-KI-ZEIGAKU", 7) > 0 && files.text($0, "KK-KI-KI-CD", 8) == ""
      })
    let total = try files.number(bill, "KK-FUCHO-GAKU")
    let other = total / 6 / 1_000 * 1_000
    let due = try (0..<8).map { try files.number(bill, "KK-KI-NOKIGEN", $0) }
    for entry in 0..<8 {
      let isUsed = entry < 6
      try files.set(bill, "KK-KI-KI-CD", text: isUsed ? "0\(entry + 3)" : "", entry)
      try files.set(bill, "KK-KI-NOKIGEN", isUsed ? due[entry + 2] : 0, entry)
      try files.set(bill, "KK-KI-ZEIGAKU", !isUsed ? 0 : entry == 0 ? total - 5 * other : other, entry)
    }
    switch variation {
    // An amount without a due date.
    case 1: try files.set(bill, "KK-KI-NOKIGEN", 0, 3)
    // A thousand yen from the first to the last.
    case 2:
      try files.set(bill, "KK-KI-ZEIGAKU", total - 5 * other - 1_000, 0)
      try files.set(bill, "KK-KI-ZEIGAKU", other + 1_000, 5)
    // The fifth instalment twice.
    case 3: try files.set(bill, "KK-KI-KI-CD", text: "05", 3)
    default: break
    }
  }

  /// The only one insured left in August: four months, and still one head.
  private static let everybodyLeft = Case(
    name: "everybody left in the year", subsystems: ["address-master", "health-insurance"],
    checks: ["KK-C09-09j", "KK-C09-09n", "KK-C09-09o"], unlawful: [["KK-C09-09j"], ["KK-C09-09n"]]
  ) { files, variation in
    let bills = try files.records("KKFUKA", "10").filter {
      try files.number($0, "KK-HIHO-SU") == 1 && files.number($0, "KK-FUKA-NENDO") == 431
    }
    let single = Set(try bills.map { try files.number($0, "KK-TSUCHI-NO") })
    let person = try #require(
      files.records("KKFUKA", "20").first {
        try single.contains(files.number($0, "KK-TSUCHI-NO")) && files.number($0, "KK-TSUKI-IRYO") == 12
          && files.number($0, "KK-TSUKI-KAIGO") == 0
      })
    // Left before the year, and counted; left in August, with a year's months.
    try files.set(person, "KK-SOSHITSU-YMD", variation == 1 ? 431_0405 : 501_0810)
    try files.set(person, "KK-SOSHITSU-JIYU", text: "01")
    try files.set(person, "KK-TSUKI-IRYO", [4, 0, 12][variation])
  }

  /// 特徴12期 of FY2018, due on 10 June 2019 and paid in July: carried over only a year later.
  private static let dueInJune = Case(
    name: "a claim due after 31 May", subsystems: ["address-master", "collection"], checks: ["SN-C09-06"],
    unlawful: [["SN-C09-06"], ["SN-C09-06"]]
  ) { files, variation in
    let claims = try files.records("SNCHOTEI", "10").filter {
      try files.text($0, "SN-ZEIMOKU") == "02" && files.text($0, "SN-KI-CD") == "12"
    }
    let last = try #require(claims.first { try files.number($0, "SN-CHOTEI-NENDO") == 430 })
    let before = try #require(claims.first { try files.number($0, "SN-CHOTEI-NENDO") == 429 })
    try files.set(last, "SN-KANNO-YMD", 501_0712)
    try files.set(last, "SN-KURIKOSHI-KBN", text: variation == 1 ? "1" : "0")
    // A year older: owed on 31 May 2019.
    try files.set(before, "SN-KANNO-YMD", 501_0712)
    try files.set(before, "SN-KURIKOSHI-KBN", text: variation == 2 ? "0" : "1")
  }

  /// Born on 10 December 1944: insured until November, with no exit yet on 29 November.
  private static let turns75 = Case(
    name: "turns 75 in December", subsystems: ["address-master", "health-insurance"],
    checks: ["KK-C09-09n", "KK-C09-09o", "KK-C07-07b"], unlawful: [["KK-C09-09o"], ["KK-C09-09o"]]
  ) { files, variation in
    let person = try #require(
      files.records("KKFUKA", "20").first {
        try files.number($0, "KK-TSUKI-IRYO") == 12 && files.number($0, "KK-TSUKI-KAIGO") == 0
      })
    let number = try files.number(person, "KK-ATENA-NO")
    for row in try files.records("ATMAST", "10") where try files.number(row, "AT-ATENA-NO") == number {
      try files.set(row, "AT-SEINEN-YMD", 319_1210)
    }
    try files.set(person, "KK-TSUKI-IRYO", [8, 12, 9][variation])
  }

  /// 公益法人 with sixty people: 50,000 yen.
  private static let publicInterest = Case(
    name: "public-interest corporation with sixty people", subsystems: ["address-master", "corporate-tax"],
    checks: ["HJ-C09-07a", "HJ-C09-07b"],
    unlawful: [["HJ-C09-07a"], ["HJ-C09-07b"], ["HJ-C09-07a"], ["HJ-C09-07b"]]
  ) { files, variation in
    let corporation = try #require(files.records("HJSHINK", "10").last)
    let number = try files.number(corporation, "HJ-KANRI-NO")
    let returns = try files.records("HJSHINK", "20").filter { try files.number($0, "HJ-KANRI-NO") == number }
    // An ordinary company may not, and tier 2 is not the corporation's.
    let tier = variation > 2 ? "2" : "1"
    try files.set(corporation, "HJ-HOJIN-KBN", text: [1, 2].contains(variation) ? "01" : "02")
    for row in returns + [corporation] {
      try files.set(row, "HJ-SHIHONKIN-TO", 0)
      try files.set(row, "HJ-JUGYOSHA-SHINAI", 60)
      try files.set(row, "HJ-KINTO-GOSU", text: tier)
    }
  }

  /// 判定所得 of a year that was assessed in November 2019.
  private static let assessedLate = Case(
    name: "income of a year assessed late", subsystems: ["address-master", "resident-tax", "national-pension"],
    checks: ["NN-C07-09c"], unlawful: [["NN-C07-09c"]]
  ) { files, variation in
    let judged = try #require(
      files.records("NNSHIKAKU", "20").first {
        try files.number($0, "NN-SHOTOKU") > 0 && files.number($0, "NN-SHOTOKU-NENDO") <= 430
      })
    let number = try files.number(judged, "NN-ATENA-NO")
    try Self.assess(late: try files.number(judged, "NN-SHOTOKU-NENDO"), &files) {
      try $0.number($1, "KJ-ATENA-NO") == number
    }
    // The income of the earlier year, under the year of its assessment.
    if variation == 1 { try files.set(judged, "NN-SHOTOKU-NENDO", 501) }
  }

  private static let assessedLateHead = Case(
    name: "income of a head assessed late", subsystems: ["address-master", "resident-tax", "national-pension"],
    checks: ["NN-C07-09e"], unlawful: [["NN-C07-09e"]]
  ) { files, variation in
    let judged = try #require(
      files.records("NNSHIKAKU", "20").first { try files.number($0, "NN-SHOTOKU-NENDO") <= 430 })
    let year = try files.number(judged, "NN-SHOTOKU-NENDO")
    let head = try #require(
      files.records("KJFUKA", "10").first {
        try files.number($0, "KJ-SOTO-NENDO") == year && files.number($0, "KJ-GOKEI-SHOTOKU") > 0
          && files.text($0, "KJ-SAISHIN-KBN") == "1"
      })
    let income = try files.number(head, "KJ-GOKEI-SHOTOKU")
    try files.set(judged, "NN-SHOTOKU-NUSHI", income)
    try Self.assess(late: year, &files) { try $0.number($1, "KJ-GOKEI-SHOTOKU") == income }
    if variation == 1 { try files.set(judged, "NN-SHOTOKU-NENDO", 501) }
  }

  /// Moves assessments of a year to 賦課年度 501.
  private static func assess(
    late year: Int, _ files: inout LegacyFolder, of isMeant: (LegacyFolder, LegacyFolder.Record) throws -> Bool
  ) throws {
    for kind in ["10", "20"] {
      for row in try files.records("KJFUKA", kind)
      where try files.number(row, "KJ-SOTO-NENDO") == year && isMeant(files, row) {
        try files.set(row, "KJ-FUKA-NENDO", 501)
      }
    }
  }

  /// Due on 10 December 2018: twenty days later the city is closed until 4 January.
  private static let remindedAtNewYear = Case(
    name: "reminder at New Year", subsystems: ["address-master", "collection"], checks: ["SN-C06-12"],
    unlawful: [["SN-C06-12"], ["SN-C06-12"]]
  ) { files, variation in
    let claim = try #require(
      files.records("SNCHOTEI", "10").first { try files.number($0, "SN-TOKUSOKU-YMD") > 0 })
    try files.set(claim, "SN-NOKIGEN", 430_1210)
    try files.set(claim, "SN-TOKUSOKU-YMD", [431_0104, 431_0107, 430_1231][variation])
  }
}
