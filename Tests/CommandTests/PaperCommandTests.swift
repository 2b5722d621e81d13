import Foundation
import Testing

/// `report --paper`, by the built program.
@Suite struct PaperCommandTests {
  private static let chromium = "/usr/bin/chromium"

  private static func rehearsed() throws -> (Program, String) {
    let program = try Program()
    let project = try program.copyProject()
    try program.write(NoticeFile().bytes)
    let answer = try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    try #require(answer.code <= 1, "\(answer.errors)")
    return (program, project)
  }

  private static func papers(_ program: Program) throws -> [String] {
    let answer = try program.run("list", "papers", "--format", "json")
    let list = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: String]]
    return (list ?? []).compactMap { $0["name"] }
  }

  @Test func everyPaperInEveryFormAndLanguage() throws {
    let (program, project) = try Self.rehearsed()
    defer { program.remove() }
    let papers = try Self.papers(program)
    #expect(papers.count == 14 && papers.contains("gate-pack"))
    for paper in papers {
      for language in ["ja", "en"] {
        for form in ["html", "markdown", "json", "junit"] {
          let answer = try program.run(
            "report", project, "--paper", paper, "--to", form, "--language", language, "--workspace", "ws")
          #expect(answer.code == 0 && !answer.output.isEmpty, "\(paper) \(form) \(language): \(answer.errors)")
          if form == "json" { #expect(answer.json["paper"] as? String == paper) }
        }
      }
      let answer = try program.run(
        "report", project, "--paper", paper, "--to", "xlsx", "-o", "\(paper).xlsx", "--workspace", "ws")
      #expect(answer.code == 0, "\(paper): \(answer.errors)")
      let mode = try FileManager.default.attributesOfItem(atPath: "\(program.folder)/\(paper).xlsx")[.posixPermissions]
      #expect(mode as? Int == 0o600, "\(paper)")
    }
  }

  @Test func thePagesTellOfEveryPaper() throws {
    let program = try Program()
    defer { program.remove() }
    for page in ["Docs/PAPERS.md", "Docs/PAPERS.ja.md"] {
      let text = try String(contentsOfFile: Program.root + "/" + page, encoding: .utf8)
      let told = text.matches(of: #/(?m)^\| `([a-z-]+)` \|.*`--paper ([a-z-]+) [^`]*` \|$/#)
      #expect(try told.map { String($0.1) } == Self.papers(program), "\(page)")
      for row in told { #expect(row.1 == row.2, "\(page)") }
    }
  }

  @Test func beforeAnyRunPapersSaySo() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    for paper in try Self.papers(program) {
      let answer = try program.run("report", project, "--paper", paper, "--to", "markdown", "--workspace", "ws")
      #expect(answer.code == 0, "\(paper): \(answer.errors)")
    }
    let pack = try program.run(
      "report", project, "--paper", "gate-pack", "--to", "markdown", "--workspace", "ws", "--language", "en")
    #expect(pack.output.contains("NO-GO") && pack.output.contains("no run has come to its end"), "\(pack.output)")
  }

  @Test func wrongOrdersAreRefused() throws {
    let (program, project) = try Self.rehearsed()
    defer { program.remove() }
    let unknown = try program.run("report", project, "--paper", "memo", "--workspace", "ws")
    #expect(unknown.code == 64 && unknown.errors.contains("[report.paper]") && unknown.errors.contains("gate-pack"))
    let day = try program.run("report", project, "--paper", "parallel", "--day", "2019-11-18", "--workspace", "ws")
    #expect(day.code == 64 && day.output.isEmpty)
    #expect(try program.run("report", project, "--to", "xlsx", "-o", "x.xlsx", "--workspace", "ws").code == 0)
    #expect(try program.run("report", project, "--to", "xlsx", "--workspace", "ws").code == 64)
    #expect(try program.run("report", project, "--paper", "status", "--to", "xlsx", "--workspace", "ws").code == 64)
    #expect(try program.run("report", project, "--as-of", "2019-11-18", "--workspace", "ws").code == 64)
  }

  /// A paper requires an intact ledger, and evidence as it was recorded.
  @Test func nothingIsPrintedFromATamperedLedger() throws {
    let (program, project) = try Self.rehearsed()
    defer { program.remove() }
    let evidence = program.folder + "/ws/runs/0001/evidence.json"
    let text = try String(contentsOfFile: evidence, encoding: .utf8)
    try (text + " ").write(toFile: evidence, atomically: true, encoding: .utf8)
    let changed = try program.run("report", project, "--paper", "migration-result", "--workspace", "ws")
    #expect(
      changed.code == 2 && changed.output.isEmpty && changed.errors.contains("[ledger.tampered]"), "\(changed.errors)")
    try program.sql("UPDATE entry SET text = replace(text, 'raise', 'raize') WHERE number = 3")
    let answer = try program.run("report", project, "--paper", "issues", "--workspace", "ws")
    #expect(answer.code == 2 && answer.output.isEmpty, "\(answer.errors)")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Self.chromium), "needs Chromium"))
  func theGatePackIsFourSheetsAndTheStatusOne() throws {
    let (program, project) = try Self.rehearsed()
    defer { program.remove() }
    for number in 1...12 {
      let title = String(repeating: "納期特例が新システムの画面に出ず、窓口で印刷している。", count: 3)
      try program.run(
        "issues", "open", project, "--title", "\(number) \(title)", "--severity", "S1", "--section", "高齢者支援室(介護保険担当)",
        "--workaround", title, "--kind", "temporary", "--approver", "課長", "--by", "佐藤", "--workspace", "ws", "--quiet")
    }
    for (paper, sheets) in [("gate-pack", 4), ("status", 1)] {
      for language in ["ja", "en"] {
        let answer = try program.run(
          "report", project, "--paper", paper, "--to", "pdf", "-o", "\(paper).pdf", "--language", language,
          "--workspace", "ws")
        #expect(answer.code == 0, "\(answer.errors)")
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(program.folder)/\(paper).pdf"))
        let pages = String(decoding: data, as: UTF8.self).matches(of: #/\/Type\s*\/Page\b(?!s)/#).count
        #expect(pages == sheets, "\(paper) \(language)")
        let lists = FileManager.default.fileExists(atPath: "\(program.folder)/\(paper).xlsx")
        #expect(lists, "the lists that were cut")
      }
    }
    // The report of a run, whatever failed, has twelve at most.
    #expect(
      try program.run("report", project, "--to", "pdf", "-o", "run.pdf", "--workspace", "ws").code == 0)
    let report = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/run.pdf"))
    let sheets = String(decoding: report, as: UTF8.self).matches(of: #/\/Type\s*\/Page\b(?!s)/#).count
    #expect((1...12).contains(sheets), "\(sheets) sheets")
  }
}
