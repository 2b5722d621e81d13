import Base
import Evidence
import Foundation
import Synchronization
import Tables
import Testing
import Workspace

import totsugo

/// What a terminal changes: the width of tables, their colours, the line of progress.
@Suite struct TerminalTests {
  private static let words = Words(language: .english)
  private static let table = Table(
    "items", "",
    [.init("id", "id"), .init("count", "件数", .number), .init("what", "内容"), .init("state", "state", .mark)],
    [
      .init([
        .text("A-1"), .number(1_234), .text("期別税額の合計が年税額と一致しない賦課が百件あり、端数の扱いを確かめる必要がある"), .mark("failed", .bad),
      ]),
      .init([
        .text("A-22"), .number(5), .text("short text of plain English words that goes on and on and on"),
        .mark("passed", .good),
      ]),
    ])

  @Test(arguments: [40, 50, 60, 80, 100])
  func linesKeepToTheWidth(_ width: Int) throws {
    let lines = Self.table.lines(Self.words, on: Terminal(width: width, isColored: false))
    #expect(lines.allSatisfy { TextWidth.of($0) <= width }, "\(lines)")
    // Nothing is lost: only blanks and line ends are put in.
    let first = try #require(lines.firstIndex { $0.hasPrefix("A-1") })
    let next = try #require(lines.firstIndex { $0.hasPrefix("A-22") })
    let row = lines[first..<next].joined(separator: " ")
    #expect(row.split(separator: " ").contains("1,234") && row.filter { $0 != " " }.contains("failed"))
    #expect(Set(row).isSuperset(of: Set("期別税額の合計が年税額と一致しない賦課が百件あり、端数の扱いを確かめる必要がある")))
  }

  @Test func aPipeHasLinesOfAnyLength() {
    let lines = Self.table.lines(Self.words)
    #expect(lines.count == 3 && lines.contains { TextWidth.of($0) > 90 })
    #expect(!lines.joined().contains("\u{1B}"))
  }

  /// Columns are as wide as their widest cell, wide characters counted twice; numbers stand to the right.
  @Test func columnsAreAlignedByWidth() {
    let table = Table(
      "layout", "", [.init("name", "name"), .init("position", "position", .number), .init("notes", "notes")],
      [.init([.text("記録"), .number(1), .empty]), .init([.text("  N"), .number(12), .text("x")])])
    #expect(table.lines(Self.words) == ["name  position  notes", "記録         1", "  N         12  x"])
  }

  @Test func marksAreColouredAndNothingElseActs() {
    let table = Table(
      "items", "", [.init("a", "a"), .init("b", "b", .mark)], [.init([.text("x\u{1B}[2Jy"), .mark("bad", .bad)])])
    let line = table.lines(Self.words, on: Terminal(width: 80, isColored: true))[1]
    #expect(line.contains("\u{1B}[31mbad\u{1B}[0m") && line.contains("‹U+001B›[2J"))
    #expect(line.count { $0 == "\u{1B}" } == 2)
  }

  /// Runs a command in a terminal of its own, made by `script` of util-linux.
  private static func inTerminal(_ command: String, _ environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", command, "/dev/null"]
    process.environment = ProcessInfo.processInfo.environment.merging(["LANG": "C", "TERM": "xterm", "NO_COLOR": ""]) {
      $1
    }
    .merging(environment) { $1 }
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = output
    process.standardInput = input
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func theBuiltProgramKeepsToItsTerminal() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(300)
    file.notices[120].code = "98"
    try program.write(file.bytes)
    let options = "'\(Program.notices)' --workspace '\(program.folder)/ws' --language en"
    let run = try Self.inTerminal(
      "'\(Program.binary)' run \(options) --data '\(program.folder)/data'", ["COLUMNS": "72"])
    #expect(run.contains("Run 0001"), "\(run)")
    let list = "'\(Program.binary)' causes list \(options)"
    let shown = try Self.inTerminal(list, ["COLUMNS": "72"])
    let piped = try program.run("causes", "list", Program.notices, "--workspace", "ws", "--language", "en").output
    #expect(!piped.contains("\u{1B}") && piped.split(separator: "\n").contains { TextWidth.of(String($0)) > 72 })
    #expect(shown.contains("\u{1B}[31mS1\u{1B}[0m"), "\(shown)")
    #expect(run.contains("\u{1B}[31m[S1]\u{1B}[0m") && run.contains("\u{1B}[31mNO-GO\u{1B}[0m"), "\(run)")
    let rows = shown.replacing(/\u{1B}\[[0-9;]*[mK]/, with: "").split(separator: "\n").drop { !$0.hasPrefix("id ") }
    #expect(rows.count > 2 && rows.allSatisfy { TextWidth.of(String($0)) <= 72 }, "\(shown)")
    for plain in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      #expect(!(try Self.inTerminal(list, plain)).contains("\u{1B}[3"))
    }
    #expect(!(try Self.inTerminal(list + " --no-color")).contains("\u{1B}[3"))
  }

  @Test func progressIsToldThroughAllSteps() {
    for (language, expected) in [
      (
        Language.japanese,
        ["開始の準備", "移行 NOTICES  1,000件  50%", "読み戻しと突合  表 0/2  500行", "表 2/2", "不一致の特定", "原因の特定", "報告の作成"]
      ),
      (
        .english,
        [
          "opening files", "migrating NOTICES  1,000 records  50%", "tables 0/2  500 rows", "tables 2/2",
          "finding the differences", "finding the causes", "writing the report",
        ]
      ),
    ] {
      let lines = Mutex<[String]>([])
      let line = ProgressLine(language, patience: (0, 0)) { text in lines.withLock { $0.append(text) } }
      line.report(.planned(steps: [], files: [], tables: 2))
      for event in [
        RunEvent.began(step: "open"), .began(step: "file NOTICES"),
        .read(file: "NOTICES", records: 1_000, bytes: 500, total: 1_000), .began(step: "read-back"),
        .readBack(rows: 500), .readTable, .readTable, .began(step: "differences"), .explaining, .began(step: "report"),
      ] { line.report(event) }
      let said = lines.withLock { $0 }
      for word in expected { #expect(said.contains { $0.contains(word) }, "\(word): \(said)") }
      #expect(said.allSatisfy { $0.hasPrefix("\r\u{1B}[K") && !$0.contains("\n") })
      if language == .japanese { #expect(!said.joined().contains("records") && !said.joined().contains("left")) }
    }
  }
}
