import Base
import Foundation
import RegisterFixtures
import Registers
import Testing

/// The city's own lists, `Pipelines/registers`, compared with the tables from which they were made.
@Suite struct CityListsTests {
  static let root =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Pipelines"

  static func rows(_ list: String) throws -> [SeedFolder.Row] {
    let folder = SeedFolder(path: root + "/registers", name: "registers", gates: cityGates)
    return try #require(try folder.read(checks: nil).first { $0.name == list }).rows
  }

  private static func numbers(_ text: String) -> [Int] { text.split(separator: " ").compactMap { Int($0) } }

  /// The number of rows of a list with each value of a field.
  private static func count(_ rows: [SeedFolder.Row], _ field: String, _ values: [String]) -> [Int] {
    values.map { value in rows.filter { $0.fields[field]?.text == value }.count }
  }

  private static let categories = ["C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10"]
  private static let viewpoints = ["V1", "V2", "V3", "V4", "V5"]

  struct Line: Sendable, CustomTestStringConvertible {
    let id: String
    let owner: String
    let counts: [Int]
    var testDescription: String { id }

    init(_ id: String, _ owner: String, _ counts: String) {
      (self.id, self.owner, self.counts) = (id, owner, CityListsTests.numbers(counts))
    }
  }

  //                   C01 C02 C03 C04 C05 C06 C07 C08 C09 C10
  static let migration = [
    Line("AT", "address-master", "   6  0 8 6 18 7 8 7  2 6"),
    Line("KJ", "resident-tax", "     7 12 9 6  2 5 7 7 13 6"),
    Line("KE", "light-vehicle", "    4  4 6 3  2 4 3 2  4 2"),
    Line("HJ", "corporate-tax", "    4  6 5 3  2 4 3 3  4 2"),
    Line("KT", "property-tax", "     7 10 8 5  2 4 8 6 11 5"),
    Line("KT30", "property-tax", "   2  5 3 2  1 2 2 1  3 1"),
    Line("SN", "collection", "       9 16 8 4  2 6 9 6 11 5"),
    Line("KK", "health-insurance", " 5  8 5 3  1 4 6 4  8 4"),
    Line("NN", "national-pension", " 2  1 3 1  0 2 2 2  0 1"),
    Line("TG", "person-link", "      2  0 1 1  1 1 4 1  0 1"),
  ]

  @Test(arguments: migration) func itemsOfTheMigration(_ row: Line) throws {
    let rows = try Self.rows("migration-items").filter { $0.id.prefix { $0 != "-" } == row.id }
    #expect(Self.count(rows, "category", Self.categories) == row.counts)
    #expect(Set(rows.map { $0.fields["subsystem"]?.text ?? "" }) == [row.owner])
  }

  @Test func fourHundredAndFiftyItemsOfTheMigration() throws {
    let rows = try Self.rows("migration-items")
    #expect(rows.count == 450)
    #expect(Self.count(rows, "category", Self.categories) == [48, 62, 56, 34, 31, 39, 52, 39, 56, 33])
    #expect(Self.migration.flatMap(\.counts).reduce(0, +) == 450)
  }

  //                        V1 V2 V3 V4 V5
  static let jobs = [
    Line("KJ-SHIRYO", "市民税課", "5 7 3 6 3"),
    Line("KJ-FUKA-TSUCHI", "市民税課", "5 9 7 6 3"),
    Line("KJ-NENTOKU", "市民税課", "3 4 3 2 2"),
    Line("HJ-SAKUSEI", "市民税課", "2 1 3 1 1"),
    Line("HJ-TOROKU", "市民税課", "2 3 0 2 1"),
    Line("HJ-CHOTEI", "市民税課", "1 3 1 1 0"),
    Line("KE-TOSHO", "市民税課", "2 3 3 1 1"),
    Line("KE-ZUIJI", "市民税課", "1 1 1 2 0"),
    Line("KE-CHOTEI", "市民税課", "1 2 1 1 0"),
    Line("KT-HYOKAGAE", "資産税課", "3 5 1 2 1"),
    Line("KT-TOSHO", "資産税課", "3 5 4 3 1"),
    Line("KT-KOSEI", "資産税課", "2 3 1 3 1"),
    Line("KT30-SHINKOKU", "資産税課", "1 0 2 0 1"),
    Line("KT30-TOSHO", "資産税課", "1 2 2 1 0"),
    Line("KT30-KOSEI", "資産税課", "1 1 1 1 0"),
    Line("SN-SHUNO", "納税課", "5 6 2 6 3"),
    Line("SN-KANPU", "納税課", "3 4 3 3 1"),
    Line("SN-IDO", "納税課", "2 3 1 3 1"),
    Line("SN-TAINO", "納税課", "3 2 5 2 2"),
    Line("KK-FUKA", "保険年金課", "3 6 4 4 1"),
    Line("KK-CHOTEI", "保険年金課", "1 2 2 0 0"),
    Line("KK-CHOSA", "保険年金課", "1 1 1 0 0"),
    Line("KK-SHUNO", "保険年金課", "2 3 1 3 1"),
    Line("KK-IDO", "保険年金課", "1 1 0 2 0"),
    Line("KK-TAINO", "保険年金課", "1 1 2 0 1"),
    Line("NN-SHINTATSU", "保険年金課", "1 1 2 1 1"),
    Line("NN-MENJO", "保険年金課", "1 1 1 0 1"),
    Line("NN-KEKKA", "保険年金課", "1 1 0 1 0"),
    Line("KK-SHIKAKU", "保険年金課", "1 1 1 0 1"),
    Line("KR-NOTSU", "保険年金課", "1 1 0 0 0"),
    Line("GA-HOIKU", "保育課", "1 2 0 1 1"),
    Line("GA-IRYO", "子ども家庭課", "1 0 0 0 1"),
    Line("GA-SEIHO", "生活福祉課", "1 1 0 0 0"),
    Line("GA-KAIGO", "高齢者支援室(介護保険担当)", "1 2 0 1 1"),
    Line("GA-SHOGAI", "障害福祉課", "1 1 0 1 1"),
    Line("GA-GAKUMU", "学務課", "1 1 0 0 1"),
    Line("GA-KENSHIN", "健康推進課", "1 0 0 0 0"),
    Line("GA-NOSEI", "農政課", "1 1 0 0 0"),
    Line("GA-SHIMIN", "市民課", "1 1 0 0 0"),
    Line("GA-CHUSHUTSU", "情報管理課", "2 0 0 0 1"),
  ]

  @Test(arguments: jobs) func itemsOfTheOperationTest(_ row: Line) throws {
    let rows = try Self.rows("test-items").filter { $0.fields["job"]?.text == row.id }
    #expect(Self.count(rows, "category", Self.viewpoints) == row.counts)
    let job = try #require(try Self.rows("test-jobs").first { $0.id == row.id })
    #expect(job.fields["owner"]?.text == row.owner)
  }

  @Test func threeHundredAndFifteenItemsOfTheOperationTest() throws {
    let rows = try Self.rows("test-items")
    #expect(rows.count == 315)
    #expect(Self.count(rows, "category", Self.viewpoints) == [71, 92, 58, 60, 34])
    #expect(try Self.rows("test-jobs").map(\.id) == Self.jobs.map(\.id))
  }

  @Test func fiftyThreeTrainings() throws {
    let rows = try Self.rows("trainings")
    let courses = ["COMMON", "KJ", "KE", "HJ", "KT-TOCHI", "KT-KAOKU", "KT30", "SN", "TAINO", "KK", "NN", "MADO"]
    #expect(rows.count == 53)
    #expect(Self.count(rows, "category", courses) == [6, 11, 3, 3, 5, 4, 2, 7, 5, 4, 1, 2])
  }

  /// Every row asks a different question, in both languages.
  @Test(arguments: ["migration-items", "test-items", "trainings"]) func everyRowHasItsOwnWords(_ list: String) throws {
    let rows = try Self.rows(list)
    for field in ["title_ja", "title_en"] {
      let titles = rows.compactMap { $0.fields[field]?.text }
      let twice = Dictionary(grouping: titles) { $0 }.filter { $1.count > 1 }.keys.sorted()
      #expect(titles.count == rows.count && twice == [], "\(field)")
    }
    #expect(rows.allSatisfy { $0.fields["title_ja"]?.text?.unicodeScalars.contains { $0.value > 0x3000 } ?? false })
    #expect(rows.allSatisfy { $0.fields["title_en"]?.text?.first?.isASCII ?? false })
  }

  @Test func whatAListNamesIsThere() throws {
    let items = Set(try (Self.rows("migration-items") + Self.rows("test-items") + Self.rows("trainings")).map(\.id))
    let jobs = Set(try Self.rows("test-jobs").map(\.id))
    #expect(items.count == 450 + 315 + 53)
    for row in try Self.rows("test-items") { #expect(jobs.contains(row.fields["job"]?.text ?? ""), "\(row.id)") }
    for row in try Self.rows("extract-requests") {
      for id in row.fields["items"]?.texts ?? [] { #expect(items.contains(id), "\(row.id): \(id)") }
    }
  }
}
