import Foundation
import Testing

/// `totsugo-city outputs` and the city's manifest: a day of both systems, compared, and the test items behind it.
@Suite struct OutputsCommandTests {
  private static let manifest = "Pipelines/parallel/manifest.yaml"

  private static func city() throws -> Program {
    let program = try Program.beside("Pipelines", "Samples")
    let made = try program.run(
      all: ["generate", "Pipelines/city.yaml", "--residents", "300", "-o", "city", "--quiet"])
    let loaded = try program.run(all: ["run", "Pipelines/city.yaml", "--data", "city"])
    #expect(made.code == 0 && loaded.code == 0, "\(made.errors)\(loaded.errors)")
    return program
  }

  private static func outputs(
    _ program: Program, _ folder: String, day: String, differ: [String] = []
  ) throws -> Program.Answer {
    try program.run(
      all: [
        "outputs", manifest, "--target", "Pipelines/.totsugo/runs/0001/target.sqlite", "--day", day, "-o", folder,
        "--format", "json",
      ] + differ.flatMap { ["--differ", $0] })
  }

  private static func compare(_ program: Program, _ folder: String, day: String) throws -> Program.Answer {
    try program.run(
      all: [
        "parallel", manifest, "--data", folder, "--day", day, "--workspace", "Pipelines/.totsugo", "--format", "json",
      ])
  }

  /// The states of the test items, and those that the manifest names.
  private static func items(_ program: Program) throws -> [String: String] {
    let answer = try program.run(all: ["items", "list", "Pipelines/city.yaml", "--kind", "test", "--format", "json"])
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        guard let id = row["id"] as? String, let state = row["state"] as? String else { return nil }
        return (id, state)
      })
  }

  private static func named(_ answer: Program.Answer, outcome: String) -> Set<String> {
    let jobs = (answer.json["jobs"] as? [[String: Any]] ?? []).filter { $0["outcome"] as? String == outcome }
    return Set(jobs.flatMap { $0["items"] as? [String] ?? [] })
  }

  @Test func theItemsFollowTheDay() throws {
    let program = try Self.city()
    defer { program.remove() }
    let made = try Self.outputs(program, "one", day: "2019-11-18")
    #expect(made.code == 0, "\(made.errors)")
    let rows = try #require(made.json["rows"] as? [String: Int])
    #expect(rows.count >= 90 && rows.values.allSatisfy { $0 > 0 }, "\(rows.filter { $0.value == 0 })")

    // Equal outputs are evidence: the item is answered, and the person confirms.
    let equal = try Self.compare(program, "one", day: "2019-11-18")
    #expect(equal.code == 0, "\(equal.output.suffix(2_000))\(equal.errors)")
    let tied = Self.named(equal, outcome: "identical")
    #expect(tied.count >= 120)
    let first = try Self.items(program)
    #expect(first.count == 315 && Set(first.filter { $0.value == "answered" }.keys) == tied)
    #expect(first.values.allSatisfy { ["answered", "raised"].contains($0) })
    for id in ["SN-T005", "KJ-T025"] {
      let confirmed = try program.run(all: ["items", "confirm", "Pipelines/city.yaml", id, "--by", "納税課長"])
      #expect(confirmed.code == 0, "\(confirmed.errors)")
    }

    // A difference in one output sends back the items of that output, and no others.
    _ = try Self.outputs(program, "two", day: "2019-11-20", differ: ["SN-SHUNO-NIKKEI"])
    let differs = try Self.compare(program, "two", day: "2019-11-20")
    #expect(differs.code == 1, "\(differs.errors)")
    #expect(Self.named(differs, outcome: "unexplained") == ["SN-T005", "SN-T008"])
    let second = try Self.items(program)
    #expect(Set(second.filter { $0.value == "returned" }.keys) == ["SN-T005", "SN-T008"])
    #expect(second["KJ-T025"] == "confirmed" && second["SN-T001"] == "answered")
    let shown = try program.run(all: ["items", "show", "Pipelines/city.yaml", "SN-T005", "--language", "en"])
    #expect(shown.output.contains("parallel run 2019-11-20 SN-SHUNO-NIKKEI unexplained") == false)
    #expect(shown.output.contains("2019-11-20 SN-SHUNO-NIKKEI unexplained"), "\(shown.output)")

    // The next day is equal: what was sent back waits for its person again, what was confirmed stays so.
    _ = try Self.outputs(program, "three", day: "2019-11-21")
    #expect(try Self.compare(program, "three", day: "2019-11-21").code == 0)
    let third = try Self.items(program)
    #expect(third["SN-T005"] == "answered" && third["SN-T008"] == "answered" && third["KJ-T025"] == "confirmed")
    let paper = try program.run(
      all: ["report", "Pipelines/city.yaml", "--paper", "operation-test", "--to", "markdown", "--language", "en"])
    #expect(paper.output.contains("parallel run"), "\(paper.errors)")
  }

  @Test func theSameTablesGiveTheSameBytes() throws {
    let program = try Self.city()
    defer { program.remove() }
    for folder in ["a", "b"] { _ = try Self.outputs(program, folder, day: "2019-11-18") }
    let names = try FileManager.default.subpathsOfDirectory(atPath: program.folder + "/a").sorted()
    #expect(try FileManager.default.subpathsOfDirectory(atPath: program.folder + "/b").sorted() == names)
    for name in names where name.contains(".") && !name.hasSuffix(".sqlite") {
      let same = FileManager.default.contentsEqual(
        atPath: "\(program.folder)/a/\(name)", andPath: "\(program.folder)/b/\(name)")
      #expect(same, "\(name)")
    }
    // Every comparison has been seen to fail.
    let outputs = try Self.outputs(program, "c", day: "2019-11-18").json["rows"] as? [String: Int] ?? [:]
    _ = try Self.outputs(program, "c", day: "2019-11-18", differ: outputs.keys.sorted())
    let differs = try Self.compare(program, "c", day: "2019-11-18")
    let outcomes = (differs.json["jobs"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String }
    #expect(outcomes.count == outputs.count && Set(outcomes) == ["unexplained"])
    // An output of the old system: records of the copybook, kanji among them.
    let record = try program.run(
      all: [
        "decode", "a/old/KJ-FUKA-TSUCHI-20191118.dat", "--copybook", "Pipelines/parallel/records/KJ-FUKA-TSUCHI.cpy",
        "--charset", "fujitsu-jef", "--type", "相当年度=era-year", "--range", "1..1",
      ])
    #expect(record.output.contains("\"氏名\":\""), "\(record.errors)")
  }

  @Test(arguments: [
    (["--day", "2019-13-01"], "option.value", 64), (["--day", "2019-11-18", "--differ", "XX"], "option.value", 64),
    (["--day", "2019-11-18", "--target", "missing.sqlite"], "target.open", 2),
  ])
  func wrongUseIsNamed(_ words: [String], _ code: String, _ exit: Int) throws {
    let program = try Program.beside("Pipelines", "Samples")
    defer { program.remove() }
    let target = words.contains("--target") ? [] : ["--target", "none.sqlite"]
    let answer = try program.run(all: ["outputs", Self.manifest, "-o", "out"] + words + target)
    #expect(Int(answer.code) == exit && answer.errors.contains("[\(code)]"), "\(answer.errors)")
  }

  /// A record and a query that do not belong together are refused: nothing is left out silently.
  @Test func aRecordWithoutAColumnIsRefused() throws {
    let program = try Program.beside("Pipelines", "Samples")
    defer { program.remove() }
    let folder = program.folder + "/Pipelines/parallel/"
    try """
    title: {ja: 一日, en: A day}
    jobs:
      A:
        title: {ja: 一覧, en: List}
        section: 納税課
        old: "legacy:a.dat?copybook=records/A.cpy&charset=fujitsu-jef"
        new: a.csv
        key: [番号]
    """.write(toFile: folder + "one.yaml", atomically: true, encoding: .utf8)
    try "SELECT 1 AS 番号, 2 AS \"旧.額\", 2.5 AS \"新.率\"".write(
      toFile: folder + "sample/A.sql", atomically: true, encoding: .utf8)
    try "".write(toFile: folder + "sample/views.sql", atomically: true, encoding: .utf8)
    try program.write("", to: "empty.sqlite")
    func answer(_ items: String) throws -> Program.Answer {
      try "       01  A-REC.\n           05  番号 PIC 9(3).\n\(items)".write(
        toFile: folder + "records/A.cpy", atomically: true, encoding: .utf8)
      return try program.run(
        all: [
          "outputs", "Pipelines/parallel/one.yaml", "--target", "empty.sqlite", "--day", "2019-11-18", "-o", "out",
          "--language", "en",
        ])
    }
    let missing = try answer("")
    #expect(missing.code == 2 && missing.errors.contains("[city.output]"), "\(missing.errors)")
    // A binary fraction has no exact form.
    let fraction = try answer("           05  額 PIC 9(3).\n")
    #expect(fraction.code == 2 && fraction.errors.contains("[city.output]"), "\(fraction.errors)")
  }
}
