import Projects
import Outline
import Base
import Checks
import Evidence
import Foundation
import Gates
import Ledger
import Office
import Pipeline
import Registers
import Targets
import Testing

/// The definitions of the city in `Pipelines/`: consistent in themselves, and right about a city that another program
/// generated.
@Suite struct CityDefinitionsTests {
  private static let path = ReferenceFacts.root + "/Pipelines/city.yaml"

  @Test func theDefinitionsCompile() throws {
    let (outline, project) = try ProjectOutline.compile(Self.path)
    #expect(
      project.files.map(\.id) == [
        "ATMAST", "TGRENKEI", "KJFUKA", "KESHARYO", "HJSHINK", "KTDAICHO", "KKFUKA", "NNSHIKAKU", "SNCHOTEI",
      ])
    #expect(project.tables.count == 36)
    #expect(Set(outline.gates.map(\.name)) == ["provisional", "production"])
  }

  @Test func everyCheckIsNamedAfterItsPlaceInTheCatalogue() throws {
    let project = try ProjectReader.read(Self.path)
    var titles: Set<String> = []
    for check in project.checks {
      let start = "\(try #require(Self.prefixes[check.subsystem]))-\(check.category)-"
      #expect(check.id.hasPrefix(start), "\(check.id)")
      #expect(titles.insert(check.subsystem + check.title.ja).inserted, "\(check.id): two checks with one title")
      #expect(check.title.ja != check.title.en, "\(check.id)")
    }
  }

  /// Every data kind of every file is rebuilt from the new tables, byte for byte.
  @Test func everyKindOfRecordIsRebuilt() throws {
    let project = try ProjectReader.read(Self.path)
    let rebuilt = Set(project.checks.filter { $0.kind == "rebuilt" }.map(\.id))
    for file in project.files {
      for kind in file.kinds where kind.role == .data {
        let prefix = try #require(Self.prefixes[file.subsystem])
        #expect(rebuilt.contains("\(prefix)-C10-01-\(kind.code)"), "\(file.id)[\(kind.code)]")
      }
    }
  }

  @Test func theItemsAreThoseOfThePlan() throws {
    let items = try Self.items("migration-items")
    #expect(items.count == 450)
    var cells: [String: [Int]] = [:]
    for item in items {
      let row = item.id.split(separator: "-")[0]
      let column = try #require(Int(item.category.dropFirst()))
      #expect(Self.prefixes[item.subsystem].map { row.hasPrefix($0) } == true, "\(item.id)")
      cells[String(row), default: Array(repeating: 0, count: 10)][column - 1] += 1
    }
    #expect(cells == Self.plan)
    #expect(Set(items.map(\.title.ja)).count == items.count)
    #expect(Set(items.map(\.title.en)).count == items.count)
    #expect(items.filter { !$0.evidence.isEmpty }.count >= 430)
    for item in items where item.evidence.isEmpty {
      #expect(item.confirmer.contains("（"), "\(item.id): what is confirmed")
    }
  }

  /// The rows of a list, as items.
  private static func items(_ name: String) throws -> [Item] {
    let lists = try #require(try ProjectOutline.read(path).lists)
    let list = try #require(try lists.read(checks: nil).first { $0.name == name })
    return list.rows.map { row in
      let values = Item.register.fields.map { row.fields[$0.name] ?? .null }
      return Item(RegisterRow(id: row.id, revision: 0, values: values))
    }
  }

  private static let prefixes = [
    "address-master": "AT", "person-link": "TG", "resident-tax": "KJ", "light-vehicle": "KE", "corporate-tax": "HJ",
    "property-tax": "KT", "health-insurance": "KK", "national-pension": "NN", "collection": "SN",
  ]

  /// Items by subsystem (償却資産 apart) and category C01 … C10.
  private static let plan: [String: [Int]] = [
    "AT": [6, 0, 8, 6, 18, 7, 8, 7, 2, 6], "KJ": [7, 12, 9, 6, 2, 5, 7, 7, 13, 6],
    "KE": [4, 4, 6, 3, 2, 4, 3, 2, 4, 2], "HJ": [4, 6, 5, 3, 2, 4, 3, 3, 4, 2],
    "KT": [7, 10, 8, 5, 2, 4, 8, 6, 11, 5], "KT30": [2, 5, 3, 2, 1, 2, 2, 1, 3, 1],
    "SN": [9, 16, 8, 4, 2, 6, 9, 6, 11, 5], "KK": [5, 8, 5, 3, 1, 4, 6, 4, 8, 4],
    "NN": [2, 1, 3, 1, 0, 2, 2, 2, 0, 1], "TG": [2, 0, 1, 1, 1, 1, 4, 1, 0, 1],
  ]

  @Test func everyCheckProvesAnItemAndEveryItemCanBeProven() throws {
    let project = try ProjectReader.read(Self.path)
    let checks = Set(project.checks.map(\.id))
    let items = try Self.items("migration-items")
    for item in items {
      #expect(Set(item.evidence).isSubset(of: checks), "\(item.id)")
      #expect(!item.evidence.isEmpty || !item.confirmer.isEmpty, "\(item.id)")
      #expect(project.subsystems.contains { $0.id == item.subsystem }, "\(item.id)")
    }
    #expect(checks.subtracting(items.flatMap(\.evidence)) == [])
  }

  @Test func theReferenceCityIsFoundCleanAndItsFactsHold() throws {
    guard let facts = try ReferenceFacts.read() else {
      print("NOT RUN: the reference city is not here; the definitions are compiled only")
      return
    }
    let folder = NSTemporaryDirectory() + "totsugo-city-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let project = try ProjectReader.read(Self.path)
    var evidence = RunEvidence(
      run: "0001", project: project.name, title: project.title, asOf: project.asOf, command: "run", started: "",
      definitions: project.digest)
    let run = MigrationRun(
      project: project, target: SQLiteTarget(path: folder + "/target.sqlite"), folder: folder,
      options: .init(data: ReferenceFacts.folder, jobs: 2))
    try run.run(&evidence)
    #expect(evidence.complete)
    #expect(evidence.rejects.map { "\($0.file) \($0.record) \($0.field) \($0.fault)" } == [])
    // Beside the nine files the folder has the maker's descriptions of them.
    #expect(evidence.unread?.map(\.file) == ["README.md", "city_params.json", "facts.json"])
    #expect(
      evidence.checks.filter { $0.status != .passed && $0.id != "NOT-READ" }.map { "\($0.id): \($0.why.en)" } == [])
    try expectRows(evidence, facts)
    try expectFacts(TargetFile(folder + "/target.sqlite"), facts)
  }

  private func expectRows(_ evidence: RunEvidence, _ facts: ReferenceFacts) throws {
    for file in evidence.files {
      #expect(file.records.read == facts.integer(file.file, "data_records"), "\(file.file)")
      #expect(file.records.migrated == file.records.read, "\(file.file)")
      let kinds = file.kinds.filter { $0.kind != "00" && $0.kind != "99" }.map { ($0.kind, $0.records.read) }
      #expect(Dictionary(uniqueKeysWithValues: kinds) == facts.integers(file.file, "rows_per_kind"), "\(file.file)")
    }
    for file in evidence.files {
      let check = "\(try #require(Self.prefixes[file.subsystem]))-C02-01b"
      let line = try #require(evidence.checks.first { $0.id == check }?.lines.first)
      #expect(line.actual == [Int128(try #require(facts.integer(file.file, "key_hash")))], "\(check)")
    }
  }

  private func expectFacts(_ target: TargetFile, _ facts: ReferenceFacts) throws {
    #expect(
      try target.groups(
        """
        SELECT CASE 賦課種別 WHEN '1' THEN '10' ELSE '20' END, 賦課年度, count(*) FROM 個人住民税_賦課 GROUP BY 1, 2
        UNION ALL SELECT '30', 賦課年度, count(*) FROM 個人住民税_課税資料 GROUP BY 2
        """) == facts.integers("KJFUKA", "rows_per_kind_and_year"))
    #expect(
      try target.groups(
        [("10", "収納_調定"), ("20", "収納_収納履歴"), ("30", "収納_過誤納"), ("40", "収納_滞納処分"), ("50", "収納_口座")]
          .map { "SELECT '\($0)', 賦課年度, count(*) FROM \($1) GROUP BY 2" }.joined(separator: " UNION ALL "))
        == facts.integers("SNCHOTEI", "rows_per_kind_and_year"))
    #expect(
      try target.groups("SELECT '30', 賦課年度, count(*) FROM 軽自_賦課 GROUP BY 2")
        == facts.integers("KESHARYO", "rows_per_kind_and_year"))
    #expect(
      try target.groups(
        [("10", "土地"), ("20", "家屋"), ("30", "償却"), ("40", "賦課"), ("50", "共有者")]
          .map { "SELECT '\($0)', 課税年度, count(*) FROM 固定資産税_\($1) GROUP BY 2" }.joined(separator: " UNION ALL "))
        == facts.integers("KTDAICHO", "rows_per_kind_and_year"))
    #expect(
      try target.groups(
        [("10", "賦課"), ("20", "被保険者")]
          .map { "SELECT '\($0)', 賦課年度, count(*) FROM 国保税_\($1) GROUP BY 2" }.joined(separator: " UNION ALL "))
        == facts.integers("KKFUKA", "rows_per_kind_and_year"))
    for (file, list) in Self.sums {
      var expected = facts.integers(file, "money_sums")
      // Tax documents carry no provisional amount.
      if file == "KJFUKA" { #expect(expected.removeValue(forKey: "30/KARI-CHOSHU") == 0) }
      let found = Dictionary(uniqueKeysWithValues: try list.map { ($0, try target.integer("SELECT sum" + $1)) })
      #expect(found == expected, "\(file)")
    }
    #expect(
      try target.integer("SELECT count(DISTINCT 宛名番号) FROM 宛名_個人") == facts.integer("CROSS", "distinct_persons_AT"))
    #expect(
      try target.integer("SELECT count(DISTINCT 宛名番号) FROM 宛名_法人")
        == facts.integer("CROSS", "distinct_corporations_AT"))
    #expect(
      try target.integer(
        "SELECT count(*) FROM 宛名_個人 WHERE 宛名種別 = '1' AND 最新フラグ = '1' AND 削除フラグ = '0' AND 住民状態 = '1'")
        == facts.integer("CROSS", "residents_now"))
    try expectClaims(target, facts)
  }

  /// 調定, 収入済, 欠損, 過誤納 and 未納 of every tax, year and instalment.
  private func expectClaims(_ target: TargetFile, _ facts: ReferenceFacts) throws {
    let taxes = ["A1": "01", "A2": "02", "A3": "03", "B1": "10", "B2": "40", "C1": "20", "C2": "21", "D1": "30"]
    let rows = try target.rows(
      """
      SELECT 科目コード, 賦課年度, 期別, count(*), sum(調定額_本税), sum(収納額_本税), sum(不能欠損金額_本税), sum(過誤納額),
        sum(未納税額) FROM 収納_調定 GROUP BY 1, 2, 3
      """)
    let names = ["claims", "chotei", "shuno", "kesson", "kagono", "mino"]
    #expect(rows.count == facts.claims.count)
    for row in rows {
      let key = [try #require(taxes[row[0]]), row[1], row[2]].joined(separator: "/")
      let expected = try #require(facts.claims[key], "\(key)")
      #expect(row.dropFirst(3).map { Int($0) } == names.map { expected[$0] }, "\(key)")
    }
  }

  /// Each sum of the facts and its place in the new system.
  private static let sums: [(String, [(String, String)])] = [
    ("ATMAST", [("30/SHIHON", "(資本金) FROM 宛名_法人")]),
    ("KJFUKA", assessmentSums + documentSums),
    ("SNCHOTEI", claimSums + detailSums),
    ("KESHARYO", columns("30", "軽自_賦課", [("NENZEI", "税額"), ("GEMMEN", "減免額"), ("CHOTEI", "調定額")])),
    ("HJSHINK", corporateSums),
    ("KTDAICHO", landSums + houseSums + assetSums + assessedSums),
    ("KKFUKA", insuranceSums),
    (
      "NNSHIKAKU",
      columns("20", "国民年金_免除", [("SHOTOKU", "所得額"), ("SHOTOKU-HAI", "所得額_配偶者"), ("SHOTOKU-NUSHI", "所得額_世帯主")])
    ),
  ]

  /// Sums of a kind that are in one table.
  private static func columns(_ kind: String, _ table: String, _ pairs: [(String, String)]) -> [(String, String)] {
    pairs.map { ("\(kind)/\($0)", "(\($1)) FROM \(table)") }
  }

  private static let corporateSums =
    columns("10", "法人市民税_法人", [("SHIHONKIN-TO", "資本金等の額")])
    + columns(
      "20", "法人市民税_申告",
      [
        ("SHIHONKIN-TO", "資本金等の額"), ("HOJINZEI-HYOJUN", "課税標準額_法人税額"), ("BUNKATSU-HYOJUN", "分割課税標準額"),
        ("HOJINZEIWARI", "法人税割額"), ("KOJO", "控除額"), ("SASHIHIKI-HZW", "差引法人税割額"), ("KINTOWARI", "均等割額"),
        ("CHUKAN-HZW", "既納付_法人税割額"), ("CHUKAN-KTW", "既納付_均等割額"), ("NOFU-HZW", "納付すべき法人税割額"),
        ("NOFU-KTW", "納付すべき均等割額"), ("CHOTEI", "調定額"), ("KANPU", "還付金額"),
      ])

  private static let landSums = columns(
    "10", "固定資産税_土地",
    [
      ("HYOKAGAKU", "評価額"), ("ZEN-KOTEI-HYOJUN", "前年度課税標準額_固定"), ("ZEN-TOKEI-HYOJUN", "前年度課税標準額_都計"),
      ("HONSOKU-KOTEI", "本則課税標準額_固定"), ("HONSOKU-TOKEI", "本則課税標準額_都計"), ("KOTEI-HYOJUN", "課税標準額_固定"),
      ("TOKEI-HYOJUN", "課税標準額_都計"),
    ])

  private static let houseSums = columns(
    "20", "固定資産税_家屋",
    [
      ("SAIKENCHIKU", "再建築費評点数"), ("HYOKAGAKU", "評価額"), ("KOTEI-HYOJUN", "課税標準額_固定"),
      ("TOKEI-HYOJUN", "課税標準額_都計"), ("GENGAKU", "減額税額"),
    ])

  private static let assetSums =
    columns(
      "30", "固定資産税_償却種類",
      [("SHURUI.SHUTOKU-GAKU", "取得価額"), ("SHURUI.HYOKA", "評価額"), ("SHURUI.HYOJUN", "課税標準額")])
    + columns(
      "30", "固定資産税_償却", [("SHUTOKU-KEI", "取得価額_計"), ("HYOKA-KEI", "評価額_計"), ("HYOJUN-KEI", "課税標準額_計")])

  private static let assessedSums =
    columns(
      "40", "固定資産税_賦課",
      [
        ("TOCHI-KOTEI", "課税標準額_土地"), ("KAOKU-KOTEI", "課税標準額_家屋"), ("SHOKYAKU", "課税標準額_償却"),
        ("KOTEI-KEI", "課税標準額_固定計"), ("TOCHI-TOKEI", "課税標準額_都計土地"), ("KAOKU-TOKEI", "課税標準額_都計家屋"),
        ("TOKEI-KEI", "課税標準額_都計計"), ("KOTEI-SANSHUTSU", "算出税額_固定"), ("KEIGEN", "軽減税額"),
        ("GEMMEN", "減免税額"), ("KOTEI-ZEI", "固定資産税額"), ("TOKEI-ZEI", "都市計画税額"), ("NENZEI", "年税額"),
      ]) + columns("40", "固定資産税_期別", [("KI.ZEIGAKU", "期別税額")])

  private static let insuranceSums =
    columns(
      "10", "国保税_賦課",
      [
        ("HANTEI-SHOTOKU", "軽減判定所得"), ("NENZEI", "年税額"), ("FUCHO-GAKU", "普通徴収税額"), ("TOKUCHO-GAKU", "特別徴収税額"),
      ])
    + columns(
      "10", "国保税_区分",
      [
        ("BUN.KISO-SHOTOKU", "賦課標準額"), ("BUN.SHOTOKUWARI", "所得割額"), ("BUN.KINTOWARI", "均等割額"),
        ("BUN.BYODOWARI", "平等割額"), ("BUN.KEIGENGAKU", "軽減額"), ("BUN.GENDO-CHOKA", "限度超過額"),
        ("BUN.TSUKIWARI-GEN", "月割減額"), ("BUN.GEMMEN", "減免額"), ("BUN.KETTEI", "決定額"),
      ])
    + [
      ("10/KI.ZEIGAKU", "(期別税額) FROM 国保税_期別 WHERE 徴収区分 = '1'"),
      ("10/TOKU.ZEIGAKU", "(期別税額) FROM 国保税_期別 WHERE 徴収区分 = '3'"),
    ] + columns("20", "国保税_被保険者", [("KISO-SHOTOKU", "賦課標準額"), ("KYUYO-SHOTOKU", "給与所得")])

  private static let assessmentSums: [(String, String)] = [("10", "1"), ("20", "2")].flatMap { kind, code in
    let whole = [
      ("GOKEI-SHOTOKU", "合計所得金額"), ("SOSHOTOKU-TO", "総所得金額等"), ("KYUYO-SHUNYU", "給与収入"),
      ("NENKIN-SHUNYU", "公的年金等収入"), ("SHOTOKU-KOJO", "所得控除合計額"), ("JINTEKI-SA", "人的控除差額"),
      ("KAZEI-HYOJUN", "課税標準額_総所得"), ("BUNRI-HYOJUN", "課税標準額_分離"), ("NENZEI", "年税額"),
      ("FUCHO-GAKU", "普通徴収税額"), ("KYUTOKU-GAKU", "給与特別徴収税額"), ("NENTOKU-GAKU", "年金特別徴収税額"),
      ("KARI-CHOSHU", "仮特別徴収税額"),
    ].map { ("\(kind)/\($0)", "(\($1)) FROM 個人住民税_賦課 WHERE 賦課種別 = '\(code)'") }
    let parts = [
      ("SHI-SANSHUTSU", 101), ("TO-SANSHUTSU", 102), ("SHI-CHOSEI-KOJO", 111), ("TO-CHOSEI-KOJO", 112),
      ("SHI-ZEIGAKU-KOJO", 121), ("TO-ZEIGAKU-KOJO", 122), ("SHI-HAITOWARI", 131), ("TO-HAITOWARI", 132),
      ("SHI-SHOTOKUWARI", 141), ("TO-SHOTOKUWARI", 142), ("SHI-KINTOWARI", 151), ("TO-KINTOWARI", 152), ("GEMMEN", 161),
    ].map {
      ("\(kind)/\($0)", "(金額) FROM 個人住民税_税額 WHERE 税額税額控除コード = '\($1)' AND 賦課種別 = '\(code)'")
    }
    let item = kind == "10" ? "KI.ZEIGAKU" : "TSUKI.ZEIGAKU"
    return whole + parts + [("\(kind)/\(item)", "(期別税額) FROM 個人住民税_期別 WHERE 賦課種別 = '\(code)'")]
  }

  private static let documentSums = [("SHUNYU", "収入金額"), ("SHOTOKU-GAKU", "所得金額"), ("SHAKAI-HOKEN", "社会保険料控除額")]
    .map { ("30/\($0)", "(\($1)) FROM 個人住民税_課税資料") }

  private static let claimSums = [
    ("CHOTEI", "調定額_本税"), ("CHOTEI-KTW", "調定額_法人住民税内訳_均等割額"), ("CHOTEI-HZW", "調定額_法人住民税内訳_法人税割額"),
    ("CHOTEI-IRYO", "調定額_国民健康保険内訳_医療"), ("CHOTEI-SHIEN", "調定額_国民健康保険内訳_支援"),
    ("CHOTEI-KAIGO", "調定額_国民健康保険内訳_介護"), ("TOKUSOKU-RYO", "督促手数料"), ("ENTAI", "延滞金"),
    ("SHUNO", "収納額_本税"), ("SHUNO-TOKUSOKU", "収納額_督促手数料"), ("SHUNO-ENTAI", "収納額_延滞金"),
    ("KAGONO", "過誤納額"), ("KESSON", "不能欠損金額_本税"), ("KESSON-ENTAI", "不能欠損金額_延滞金"), ("MINO", "未納税額"),
  ].map { ("10/\($0)", "(\($1)) FROM 収納_調定") }

  private static let detailSums = [
    ("20/SHUNO", "(収納額_本税) FROM 収納_収納履歴"), ("20/SHUNO-TOKUSOKU", "(収納額_督促手数料) FROM 収納_収納履歴"),
    ("20/SHUNO-ENTAI", "(収納額_延滞金) FROM 収納_収納履歴"), ("30/KINGAKU", "(還付充当額_本税) FROM 収納_過誤納"),
    ("30/KINGAKU-ENTAI", "(還付充当額_延滞金) FROM 収納_過誤納"), ("30/KASANKIN", "(還付加算金) FROM 収納_過誤納"),
    ("40/KINGAKU", "(処分金額_本税) FROM 収納_滞納処分"), ("40/KINGAKU-ENTAI", "(処分金額_延滞金) FROM 収納_滞納処分"),
    ("40/BUNNO.YOTEI-GAKU", "(分納予定額) FROM 収納_分納計画"),
  ]
}
