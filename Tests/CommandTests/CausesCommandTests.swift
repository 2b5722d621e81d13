import Foundation
import Testing

/// What failures come from, told by the built program over the sample of notices.
@Suite struct CausesCommandTests {
  /// 40 instalments that do not add up: one mistake. And one notice with another tax than the sum says.
  private static func file(short: [Int], late: [Int] = []) -> [UInt8] {
    var file = NoticeFile.clean(60)
    for person in short { file.notices[person - 1].instalments[0] -= 100 }
    for person in late { file.notices[person - 1].tax += 7 }
    file.sum = file.notices.reduce(0) { $0 + $1.tax }
    return file.bytes
  }

  private static func rehearse(_ program: Program, _ bytes: [UInt8]) throws -> [[String: Any]] {
    try program.write(bytes)
    let run = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--format", "json", "--language", "en")
    return try #require(run.json["causes"] as? [[String: Any]])
  }

  @Test func runTellsCausesWithTheNamesOfTheContract() throws {
    let program = try Program()
    defer { program.remove() }
    let causes = try Self.rehearse(program, Self.file(short: Array(1...40)))
    #expect(causes.count == 1)
    let cause = try #require(causes.first)
    for name in ["id", "kind", "title", "checks", "records", "differences", "explained_by"] {
      #expect(cause[name] != nil, "\(name)")
    }
    #expect(cause["kind"] as? String == "shape")
    #expect(cause["checks"] as? [String] == ["NT-C09-02"])
    #expect(cause["differences"] as? Int == 40)
    // A clean run has none.
    #expect(try Self.rehearse(program, NoticeFile.clean(60).bytes).isEmpty)
  }

  @Test func aCauseIsShownAssignedClassifiedAndFixed() throws {
    let program = try Program()
    defer { program.remove() }
    let id = try #require(try Self.rehearse(program, Self.file(short: Array(1...40)))[0]["id"] as? String)
    func causes(_ act: String, _ arguments: String...) throws -> Program.Answer {
      try program.run(all: ["causes", act, Program.notices] + arguments + ["--workspace", "ws", "--language", "ja"])
    }
    let list = try causes("list")
    #expect(list.code == 0 && list.output.contains("不合格1・未判定0 ＝ 原因1つ") && list.output.contains(id))
    let show = try causes("show", id)
    #expect(show.output.contains("同じ形の不一致") && show.output.contains("NT-C09-02"), "\(show.output)")
    let unknown = try causes("show", "F-000000")
    #expect(unknown.code == 2 && unknown.errors.contains("最新の実行にありません"), "\(unknown.errors)")

    let assigned = try causes("assign", id, "--section", "市民税課", "--by", "係長")
    #expect(assigned.code == 0 && assigned.errors.contains("課題 I-0001"), "\(assigned.errors)")
    let twice = try causes("assign", id, "--section", "納税課", "--by", "係長")
    #expect(twice.code == 2 && twice.errors.contains("すでに課題 I-0001"), "\(twice.errors)")

    let alone = try causes("classify", id, "O", "--note", "端数", "--approver", "係長", "--by", "係長")
    #expect(alone.code == 2, "four eyes: \(alone.errors)")
    let classified = try causes("classify", id, "O", "--note", "端数", "--approver", "課長", "--by", "係長")
    #expect(classified.code == 0 && classified.errors.contains("旧システムの潜在誤り"), "\(classified.errors)")

    // In the next rehearsal the cause is gone, and then it is back.
    _ = try Self.rehearse(program, NoticeFile.clean(60).bytes)
    func moves() throws -> [String: Any] {
      let compare = try program.run("compare", Program.notices, "--workspace", "ws", "--format", "json")
      return try #require(compare.json["causes"] as? [String: Any])
    }
    func ids(_ moves: [String: Any], _ name: String) -> [String] {
      (moves[name] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }
    #expect(ids(try moves(), "fixed") == [id])
    #expect(try Self.rehearse(program, Self.file(short: [7, 8]))[0]["id"] as? String == id)
    #expect(ids(try moves(), "returned") == [id])
    _ = try Self.rehearse(program, Self.file(short: [7, 8]))
    #expect(ids(try moves(), "still_there") == [id])
  }

  @Test func theTerminalEndsWithCausesNextActAndVerdicts() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.file(short: Array(1...40)))
    let run = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet", "--language", "ja")
    let lines = run.output.split(separator: "\n").map(String.init)
    let head = try #require(lines.firstIndex { $0.contains("＝ 原因1つ") })
    #expect(lines[head + 1].contains("[S1]") && lines[head + 2].contains("次: "))
    #expect(lines.contains { $0.hasPrefix("判定（この時点）: ") && $0.contains("NO-GO") })
    let html = try program.run("report", Program.notices, "--workspace", "ws", "--language", "ja").output
    #expect(html.contains("＝ 原因1つ") && html.contains("次にすること"))
  }
}
