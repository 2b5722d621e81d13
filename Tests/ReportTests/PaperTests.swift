import Base
import Tables
import Evidence
import Foundation
import Ledger
import Registers
import Report
import Testing
import Workbook

/// Every paper in both languages: the common requirements.
@Suite struct PaperTests {
  private static func papers(_ project: SmallProject, _ body: (Paper, String) throws -> Void) throws {
    let input = try project.input()
    for kind in PaperCatalog.kinds {
      for language in Language.allCases { try body(kind.paper(input, language), "\(kind.name) \(language.rawValue)") }
    }
  }

  @Test func thereIsEachPaperOnce() {
    let names = PaperCatalog.kinds.map { $0.name }
    #expect(Set(names).count == names.count && names.count == 14)
  }

  @Test func pagesStandAloneAndNothingOfTheDataBecomesMarkup() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in
      let page = paper.html()
      for word in ["<script", "http:", "https:", "src=", "<link", "url(", "@import"] {
        #expect(!page.contains(word), "\(name): \(word)")
      }
      #expect(page.components(separatedBy: "</style>").count == 2, "\(name): the style sheet ends early")
      #expect(page.utf8.count < 200_000, "\(name): \(page.utf8.count) bytes")
    }
  }

  @Test func pagesAreAccessible() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in
      let page = paper.html()
      #expect(page.contains("<html lang=\"\(name.suffix(2))\">"), "\(name)")
      var level = 0
      for match in page.matches(of: #/<h([1-6])/#) {
        let next = Int(match.1) ?? 0
        #expect(next <= level + 1, "\(name): h\(next) follows h\(level)")
        level = next
      }
      #expect(page.components(separatedBy: "<h1").count == 2, "\(name)")
      for match in page.matches(of: #/<th\b[^>]*>/#) {
        #expect(match.0.contains("scope="), "\(name): \(match.0)")
      }
      for match in page.matches(of: #/<svg[^>]*>/#) {
        #expect(
          match.0.contains("role=\"img\" aria-label=\"") && !match.0.contains("aria-label=\"\""), "\(name): \(match.0)")
      }
      let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "\(name)")
      for table in page.components(separatedBy: "<table>").dropFirst() {
        #expect(table.contains("<caption>") && table.contains("<thead>"), "\(name)")
      }
    }
  }

  /// Whatever the data, an English paper's own words are English.
  @Test func englishPapersHaveEnglishHeads() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in
      let isJapanese = { (text: String) in text.unicodeScalars.contains { (0x3040...0x9FFF).contains($0.value) } }
      let page = paper.html()
      let title = try #require(page.firstMatch(of: #/<h1>([^<]*)/#)).1
      #expect(isJapanese(String(title)) == name.hasSuffix("ja"), "\(name): \(title)")
      guard name.hasSuffix("en") else { return }
      for match in page.matches(of: #/<caption>([^<]*)/#) {
        #expect(!isJapanese(String(match.1)) || name.contains("operation-test"), "\(name): \(match.1)")
      }
      for match in page.matches(of: #/<(?:dt|figcaption)>([^<]*)/#) {
        #expect(!isJapanese(String(match.1)), "\(name): \(match.1)")
      }
    }
  }

  @Test func whatIsNotKnownIsSaid() throws {
    let project = try SmallProject()
    try project.append(
      Amendment(
        register: "business", id: "KJ", act: "list",
        changes: ["title_ja": .text("住民税"), "title_en": .text("Tax"), "hours": .integer(372), "replaced": .text("yes")])
    )
    let input = try project.input(nil)
    let words = [
      "gate-pack": ["NO-GO（不可）", "完了した実行がない"], "migration-result": ["判定不能"], "differences": ["判定不能"],
      "progress": ["登録されていない"], "operation-test": ["登録されていない"], "rehearsals": ["判定不能"],
      "parallel": ["突合した日がまだない"], "status": ["未実施"], "gaiji": ["判定不能"], "protected": ["未測定", "判定不能"],
      "annual": ["未測定", "登録なし"],
    ]
    for kind in PaperCatalog.kinds {
      let page = kind.paper(input, .japanese).html()
      for word in words[kind.name] ?? [] { #expect(page.contains(word), "\(kind.name): \(word)") }
    }
  }

  @Test func amountsAreWrittenAsPapersHaveThem() throws {
    let project = try SmallProject()
    try project.fill()
    try project.record(SmallProject.evidence("0003", isBroken: true))
    let input = try project.input(SmallProject.evidence("0003", isBroken: true))
    let page = kind("gate-pack").paper(input, .japanese).html()
    #expect(page.contains("1,234,567") && page.contains("△567") && page.contains("令和元年11月20日"))
    let english = kind("gate-pack").paper(input, .english).html()
    #expect(english.contains("−567") && english.contains("2019-11-20"))
    #expect(page.contains(try project.dossier().head.digest), "the ledger's end")
  }

  @Test func aWaiverShowsOnEveryPaper() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in #expect(paper.html().contains("W-0001"), "\(name)") }
  }

  @Test func decimalsKeepTheirSign() {
    #expect(Words(language: .japanese).text(.decimal("-0.5")) == "△0.5")
    #expect(Words(language: .english).text(.decimal("-1234.50")) == "−1,234.50")
  }

  @Test func theCheckListOfProtectedPersonsHoldsNoAnswers() throws {
    let project = try SmallProject()
    try project.append(
      SmallProject.item(
        "AT-K049", .migration, owner: "市民課", title: "支援措置対象者を目視したか",
        [
          "answer": .text("SECRET-ADDRESS"), "note": .text("SECRET-ADDRESS"), "reason": .text("SECRET-ADDRESS"),
          "state": .text("returned"),
        ]))
    let paper = ProtectedPaper.paper(try project.input(nil), .japanese)
    let forms = [
      paper.html(), paper.markdown(), String(decoding: try JSONEncoder().encode(paper), as: UTF8.self), paper.junit(),
    ]
    for form in forms { #expect(form.contains("AT-K049") && !form.contains("SECRET")) }
    #expect(paper.html().contains("取扱注意"))
  }

  // MARK: bytes

  private static func byteCharts(_ evidence: RunEvidence, _ language: Language) throws -> [PaperChart.StackChart] {
    let project = try SmallProject()
    try project.record(evidence)
    return kind("migration-result").paper(try project.input(evidence), language).sections.flatMap(\.blocks).compactMap {
      if case .chart(.stacks(let chart)) = $0 { chart } else { nil }
    }
  }

  /// A rectangle of a bar: its part, and its width.
  private static func bars(_ chart: PaperChart.StackChart, _ language: Language) -> [(part: String, width: Double)] {
    let svg = PaperChart.stacks(chart).svg(Words(language: language)).text
    return svg.matches(of: #/<rect class="part (p\d)" x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="12"/#).map {
      (String($0.1), Double($0.2) ?? 0)
    }
  }

  @Test(arguments: Language.allCases) func bytesAreStackedToTheirRecordsLength(language: Language) throws {
    var evidence = SmallProject.evidence("0001", isBroken: false)
    evidence.files[0].kinds[0].title = Bilingual("見出し", "Header")
    evidence.files[0].kinds[1].bytes = SmallProject.bytes(240, mapped: 1, checked: 0, dropped: 239)
    let charts = try Self.byteCharts(evidence, language)
    try #require(charts.count == 1)
    let isJapanese = language == .japanese
    #expect(charts[0].parts == (isJapanese ? ["移行", "検査のみ", "廃棄"] : ["Mapped", "Checked", "Dropped"]))
    #expect(
      charts[0].alternative.hasPrefix(
        isJapanese
          ? "ATMAST 00 見出し 480: 移行 2、検査のみ 38、廃棄 440。" : "ATMAST 00 Header 480: Mapped 2, Checked 38, Dropped 440; "))
    let drawn = Self.bars(charts[0], language)
    #expect(drawn.map(\.part) == ["p0", "p1", "p2", "p0", "p2"], "what is not there is not drawn")
    #expect(drawn.allSatisfy { $0.width >= 2.5 }, "what is there can be seen")
    let (long, short) = (drawn[0..<3].reduce(0) { $0 + $1.width }, drawn[3...].reduce(0) { $0 + $1.width })
    #expect(abs(long - 2 * short) < 0.5, "\(drawn)")
    let svg = PaperChart.stacks(charts[0]).svg(Words(language: language)).text
    #expect(svg.components(separatedBy: "class=\"stripes\"").count == 3, "the head and one bar")
    for figure in [">480<", ">240<", ">440<", ">239<"] { #expect(svg.contains(figure), "\(figure)") }
  }

  @Test func aByteOfWhichNobodySaysWhatBecomesOfItShows() throws {
    var evidence = SmallProject.evidence("0001", isBroken: false)
    evidence.files[0].kinds[1].bytes = SmallProject.bytes(480, mapped: 425, checked: 0, dropped: 50)
    let chart = try #require(try Self.byteCharts(evidence, .english).first)
    #expect(chart.parts.last == "Unknown" && chart.bars.map { $0.values.last } == [0, 5])
    #expect(Self.bars(chart, .english).contains { $0.part == "p3" })
  }

  /// A chart is no longer than a third of a sheet, and a file is divided only when it is the only one.
  @Test func manyKindsAreSeveralChartsOfOneScale() throws {
    var evidence = SmallProject.evidence("0001", isBroken: false)
    let file = evidence.files[0]
    evidence.files = [10, 20, 5, 40].enumerated().map { number, count in
      var other = file
      other.file = "F\(number)"
      other.kinds = (0..<count).map { _ in file.kinds[0] }
      if number == 2 { other.kinds[0].bytes = SmallProject.bytes(500, mapped: 500, checked: 0, dropped: 0) }
      return other
    }
    let charts = try Self.byteCharts(evidence, .english)
    #expect(charts.map(\.bars.count) == [10, 20, 5, 20, 20])
    #expect(charts.allSatisfy { $0.scale == 500 })
    #expect(charts.map(\.title.last) == Array(repeating: ")", count: 5) && Set(charts.map(\.title)).count == 5)
    evidence.files = []
    #expect(try Self.byteCharts(evidence, .english).isEmpty)
  }

  // MARK: the other forms

  @Test func jsonKeepsNumbersAndSaysNullForWhatIsUnknown() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in
      let data = try JSONEncoder().encode(paper)
      let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(all["paper"] as? String == String(name.dropLast(3)))
      let sections = try #require(all["sections"] as? [[String: Any]])
      let tables = sections.flatMap { $0["tables"] as? [[String: Any]] ?? [] }
      let names = tables.compactMap { $0["name"] as? String }
      #expect(Set(names).count == names.count, "\(name): \(names)")
      for table in tables {
        let columns = try #require(table["columns"] as? [String: String])
        for column in columns.keys { #expect(column.allSatisfy { $0.isASCII }, "\(name): \(column)") }
        for row in table["rows"] as? [[String: Any]] ?? [] { #expect(row.count == columns.count, "\(name)") }
      }
      if name == "annual en" {
        let hours = try #require(tables.first { $0["name"] as? String == "hours" }?["rows"] as? [[String: Any]])
        #expect(hours[0]["old"] as? Int == 372 && hours[0]["new"] is NSNull)
      }
    }
  }

  @Test func markdownAndJUnitEscape() throws {
    let project = try SmallProject()
    try project.fill()
    try Self.papers(project) { paper, name in
      let text = paper.markdown()
      #expect(text.hasPrefix("# ") && !text.contains("<script"), "\(name)")
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      for line in lines where line.hasPrefix("| ---") { #expect(line.hasSuffix(" |")) }
      let xml = paper.junit()
      #expect(!xml.contains("<script"), "\(name)")
      let cases = xml.components(separatedBy: "<testcase ").count - 1
      #expect(xml.contains("tests=\"\(cases)\""), "\(name)")
    }
    let gate = kind("gate-pack").paper(try project.input(), .english).junit()
    #expect(gate.contains("classname=\"gate-pack.criteria\" name=\"G-01 Rehearsals"))
    let parallel = kind("parallel").paper(try project.input(), .english).junit()
    #expect(parallel.contains("<error "), "what was not compared is an error")
  }

  @Test func workbooksHoldEveryRow() throws {
    let project = try SmallProject()
    try project.fill()
    let path = NSTemporaryDirectory() + "papers-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.papers(project) { paper, name in
      try paper.spreadsheet(created: 0).write(to: path)
      let sheets = try WorkbookReader(path: path).sheets
      #expect(sheets.count == paper.tables.filter { !$0.rows.isEmpty }.count + 1, "\(name)")
    }
  }

  // MARK: large

  @Test func largePapersStayReadable() throws {
    let project = try SmallProject()
    try project.append(
      all: (0..<10_000).map {
        SmallProject.item("X-\($0)", .migration, owner: "第\($0 % 20)課", title: "確認事項 \($0)")
      }, at: "2019-10-01T00:00:00Z")
    let evidence = SmallProject.evidence("0001", isBroken: true, groups: 2_000)
    try project.record(evidence)
    let input = try project.input(evidence)
    for kind in PaperCatalog.kinds {
      let page = kind.paper(input, .japanese).html()
      #expect(page.components(separatedBy: "<tr").count < 800, "\(kind.name)")
      #expect(page.utf8.count < 400_000, "\(kind.name): \(page.utf8.count)")
    }
    var named = input
    named.attachment = "whole.xlsx"
    let paper = kind("progress").paper(named, .japanese)
    #expect(paper.isCut && paper.html().contains("10,000件のうち150件。全件は添付の whole.xlsx にあります。"))
    #expect(paper.tables.contains { $0.rows.count == 10_000 }, "the value has all")
  }
}

/// A paper of the catalogue by its name.
private func kind(_ name: String) -> any PaperKind.Type {
  guard let kind = PaperCatalog.kinds.first(where: { $0.name == name }) else { preconditionFailure("no paper \(name)") }
  return kind
}
