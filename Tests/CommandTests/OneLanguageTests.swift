import Base
import Evidence
import Foundation
import Ledger
import Registers
import Report
import Site
import Tables
import Testing

/// One language, one clock: what people read in Japanese has no English code, no ISO date and no UTC time, and no JSON.
@Suite struct OneLanguageTests {
  /// Codes of the registers and of JSON that a clerk must not see. Words that are also names of commands, options and
  /// files (`list`, `gate`) are not among them.
  static let codes: Set<String> = [
    "both", "provisional", "production", "raised", "investigating", "answered", "confirmed", "returned", "closed",
    "on_hold", "sent-back", "send-back", "migration", "question", "training", "rehearsal", "working", "resolved",
    "temporary", "permanent", "conditional", "approved", "undecided", "rehomed", "replaced", "ended", "sound",
    "doubtful", "unsound", "answer", "amend", "raise", "confirm", "withdraw", "reopen", "define", "redefine", "item",
    "issue", "milestone", "meeting", "decision", "waiver", "request", "estimate", "correction", "classification",
    "failed", "passed", "warned", "null", "true", "false", "state", "owner", "severity", "identical", "explained",
  ]

  /// What is wrong in a Japanese text; nothing when all of it is Japanese.
  static func foreign(in text: String) -> [String] {
    text.split(separator: "\n").flatMap { line -> [String] in
      // The key of a row is what the tables hold: one has a day in it.
      if line.contains("00000121") { return [] }
      // Commands and options that a reader is to type, and names of files, are what they are.
      let shown = line.replacing(/`[^`]*`/, with: "").replacing(
        /totsugo [a-z]+( [a-z]+)?( --[a-z-]+( [a-z]+)?)*/, with: ""
      )
      .replacing(/[\/A-Za-z0-9_.-]*\.(json|yaml|html|xlsx|csv|ndjson|sqlite)\b/, with: "").replacing(
        /--[a-z-]+/, with: "")
      var found: [String] = []
      if shown.contains(/(^|[^0-9A-Za-z-])[12][0-9]{3}-[0-9]{2}-[0-9]{2}/) { found.append("ISO date") }
      if shown.contains(/[0-9]Z\b/) { found.append("UTC time") }
      if shown.contains("{\"") || shown.contains("\":") { found.append("JSON") }
      let words = shown.split { !($0.isASCII && ($0.isLetter || $0 == "-" || $0 == "_")) }.map(String.init)
      found += words.filter(codes.contains)
      return found.map { "\($0): \(line)" }
    }
  }

  @Test(arguments: [
    ("鈴木が確認 (2026-11-30T17:04:19Z)", 2), ("判定 both", 1), (#"経過 {"category":"C01"}"#, 1), ("期限 2026-11-30", 1),
    ("answer / amend / raise, state=answered", 5), ("期限 R8.11.30 AT-C01-07r", 0), ("`items raise --gate both`", 0),
    ("sha256:dee4 runs/0001/report.html", 0), ("2026年11月30日 13:09", 0),
  ])
  func theTestItselfSees(_ text: String, _ count: Int) { #expect(Self.foreign(in: text).count == count) }

  /// A workspace in which people have done everything that is told.
  private static func office() throws -> Program {
    let program = try Program()
    _ = try program.copyProject()
    var file = NoticeFile.clean(200)
    for person in [5, 7] { file.notices[person - 1].instalments[0] -= 100 }
    file.notices[120].code = "98"
    try program.write(file.bytes)
    let acts: [[String]] = [
      ["run", "--data", "data"],
      [
        "items", "raise", "--title", "コード98は何か", "--owner", "市民税課", "--severity", "S2", "--due", "2026-12-31", "--by",
        "佐藤",
      ],
      ["items", "answer", "Q-0001", "NT-003", "--text", "画面を見た", "--by", "佐藤"],
      ["items", "confirm", "Q-0001", "--by", "鈴木"],
      ["items", "hold", "NT-002", "--reason", "並行稼働で", "--approver", "部長", "--until", "2029-01-31", "--by", "佐藤"],
      ["items", "amend", "NT-003", "--due", "2029-01-15", "--link", "I-0001", "--note", "見直し", "--by", "佐藤"],
      [
        "issues", "open", "--title", "端数", "--severity", "S1", "--section", "市民税課", "--owner", "佐藤", "--due",
        "2026-01-15", "--by", "佐藤",
      ],
      ["issues", "update", "I-0001", "--workaround", "手で直す", "--kind", "temporary", "--approver", "部長", "--by", "佐藤"],
      ["issues", "resolve", "I-0001", "--resolution", "直した", "--by", "佐藤"],
      [
        "schedule", "plan", "extra", "--kind", "test", "--title", "追加の試験", "--owner", "市民税課", "--start", "2019-12-01",
        "--end", "2019-12-05", "--by", "佐藤",
      ],
      ["schedule", "done", "extra", "--start", "2019-12-01", "--by", "佐藤"],
      [
        "meetings", "record", "--kind", "progress", "--held", "2019-11-25", "--title", "進捗会議", "--agenda", "状況",
        "--attendee", "佐藤", "--by", "庶務",
      ],
      [
        "decisions", "record", "仮稼働判定", "--decision", "sent-back", "--held", "2019-11-26", "--attendee", "市長", "--by",
        "庶務",
      ],
      [
        "waivers", "grant", "仮稼働判定", "G-05", "--reason", "期限まで", "--owner", "納税課", "--approver", "部長", "--until",
        "2029-12-31", "--by", "佐藤",
      ],
      [
        "estimates", "assess", "--title", "改修", "--amount", "1800000", "--effort", "1.2..2.8", "--unit-price", "900000",
        "--functions", "sound", "--deliverables", "sound", "--hours", "sound", "--rate", "sound", "--total", "sound",
        "--overall", "sound", "--by", "佐藤",
      ],
      ["samples", "draw", "NOTICE", "--data", "data", "--by", "佐藤"],
      ["ledger", "withdraw", "M-0001", "--reason", "誤り", "--approver", "部長", "--by", "佐藤"],
    ]
    for act in acts {
      let place = act[0] == "run" ? 1 : 2
      let answer = try program.run(
        all: act[..<place] + ["project/project.yaml", "--workspace", "ws", "--language", "ja", "--quiet"]
          + act[place...])
      #expect(answer.code == (act[0] == "run" ? 1 : 0), "\(act): \(answer.errors)")
    }
    return program
  }

  @Test func nothingForeignStandsInJapaneseText() throws {
    let program = try Self.office()
    defer { program.remove() }
    func ask(_ command: [String], _ more: [String] = []) throws -> String {
      let answer = try program.run(
        all: command + ["project/project.yaml", "--workspace", "ws", "--language", "ja"] + more)
      return answer.output + answer.errors
    }
    let causes = try program.run(
      "causes", "list", "project/project.yaml", "--workspace", "ws", "--format", "json"
    ).output
    let cause = try #require(causes.firstMatch(of: /"id" : "([^"]+)"/)?.1)
    let commands: [([String], [String])] = [
      (["gate", "仮稼働判定"], []), (["gate", "仮稼働判定"], ["--as-of", "2019-11-30"]), (["compare"], []),
      (["causes", "list"], []), (["causes", "show"], [String(cause)]),
      (["differences", "list"], []), (["items", "list"], []), (["items", "show"], ["Q-0001"]),
      (["items", "show"], ["NT-001"]),
      (["items", "show"], ["NT-002"]), (["items", "show"], ["NT-003"]), (["issues", "list"], []),
      (["issues", "show"], ["I-0001"]),
      (["schedule", "list"], []), (["meetings", "list"], []), (["meetings", "count"], []), (["decisions", "list"], []),
      (["waivers", "list"], []), (["requests", "list"], []), (["estimates", "list"], []), (["hours", "list"], []),
      (["samples", "list"], []), (["ledger", "list"], []), (["ledger", "verify"], []), (["lint"], []),
      (["run"], ["--data", "data"]),
    ]
    for (command, more) in commands where command != ["lint"] {
      let text = try ask(command, more)
      let found = Self.foreign(in: text)
      #expect(found.isEmpty && !text.isEmpty, "\(command): \(found.joined(separator: "\n"))")
    }
    // What an import would change is told in words, too: here a note that is typed into the workbook.
    let told = EntryWords(Words(language: .japanese)).changes(
      ["state": .text("answered"), "answer": .text("見た"), "due": .text("2019-11-12"), "gate": .text("both")], in: "item"
    )
    #expect(told == "状態「回答済」、回答「見た」、判定「すべて」、期限「令和元年11月12日」")
    for kind in PaperCatalog.kinds {
      let text = try ask(["report"], ["--paper", kind.name, "--to", "markdown"])
      let found = Self.foreign(in: text.replacing("\\", with: ""))
      #expect(found.isEmpty && !text.isEmpty, "\(kind.name): \(found.prefix(5).joined(separator: "\n"))")
    }
  }

  @Test func emptyListsSayThatTheyAreEmpty() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(10).bytes)
    #expect(try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet").code == 0)
    for command in ["issues", "meetings", "decisions", "waivers", "requests", "estimates", "hours", "samples"] {
      let answer = try program.run(all: [
        command, "list", Program.notices, "--workspace", "ws", "--language", "ja", "--quiet",
      ])
      #expect(answer.code == 0 && answer.output == "該当なし。\n", "\(command): \(answer)")
    }
    let day = try program.run(
      "report", Program.notices, "--workspace", "ws", "--paper", "parallel", "--day", "2019-11-18", "--language", "ja")
    #expect(day.code == 64 && day.errors.contains("[parallel.none]") && day.errors.contains("まだありません"), "\(day)")
  }

  /// A field that is in neither list would be left out of the history without anybody's decision.
  @Test func everyFieldOfTheRegistersIsToldOrNot() {
    for schema in RegisterCatalog.schemas {
      for field in schema.fields.map(\.name) {
        #expect(EntryWords.isTold(field) != EntryWords.isUntold(field), "\(schema.name).\(field)")
      }
      #expect(OneLanguageTests.hasJapanese(EntryWords.register(schema.name).ja), "\(schema.name)")
    }
    for act in ItemAct.Kind.allCases {
      #expect(OneLanguageTests.hasJapanese(EntryWords.act(act.rawValue, in: "item").ja))
    }
  }

  private static func hasJapanese(_ text: String) -> Bool { text.unicodeScalars.contains { $0.value >= 0x3040 } }
}
