import Foundation
import Testing

/// `totsugo parallel`: the sample evening, and evenings with errors.
@Suite struct ParallelCommandTests {
  private func sample() throws -> Program {
    let program = try Program()
    try FileManager.default.copyItem(
      atPath: Program.root + "/Samples/parallel-run", toPath: program.folder + "/evening")
    return program
  }

  private static func outcomes(_ answer: Program.Answer) -> [String] {
    (answer.json["jobs"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String }
  }

  @Test func eachJobEndsInOneLine() throws {
    let program = try sample()
    defer { program.remove() }
    let answer = try program.run(
      all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--language", "ja", "--html", "day.html"])
    #expect(answer.code == 1, "\(answer.errors)")
    let lines = answer.output.split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("一致    KJ-FUKA-TSUCHI"))
    #expect(lines[1].hasSuffix("税額 20,500 / 20,500"))
    #expect(lines[2].hasPrefix("説明済  SN-SHUNO"))
    #expect(lines[2].hasSuffix("収納額 20,500 / 23,500"))
    #expect(lines[3].hasPrefix("未説明  KE-CHOTEI"))
    #expect(answer.output.contains("令和元年11月18日 並行稼働 現新比較: 未説明"))
    let page = try String(contentsOfFile: program.folder + "/day.html", encoding: .utf8)
    #expect(
      page.contains("T タイミング差") && page.contains("納税課長")
        && page.contains("KJ-T030,</span> <span class=\"whole\">KJ-T034</span>"))
    let folder = program.folder + "/evening/.totsugo/parallel/2019-11-18"
    let list = try String(contentsOfFile: folder + "/KE-CHOTEI.ndjson", encoding: .utf8)
    #expect(list.contains("{\"左\"") == false && list.contains("\"left\":\"10800\",\"right\":\"12900\""))
    for name in ["evidence.json", "SN-SHUNO.ndjson"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func anEveningWithoutDifferencesHolds() throws {
    let program = try sample()
    defer { program.remove() }
    let answer = try program.run(
      all: [
        "parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--format", "json", "--only", "KJ-FUKA-TSUCHI",
        "--only", "SN-SHUNO",
      ])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(Self.outcomes(answer) == ["identical", "explained"])
  }

  @Test func whatCameAfterBothCutOffsIsUnexplained() throws {
    let program = try sample()
    defer { program.remove() }
    let path = program.folder + "/evening/new/receipts_2019-11-18.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (time, outcome) in [("18:00", "explained"), ("18:01", "unexplained"), ("17:00", "unexplained")] {
      try text.replacing("17:25", with: time).write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try program.run(
        all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--only", "SN-SHUNO", "--format", "json"])
      #expect(Self.outcomes(answer) == [outcome], "\(time)")
    }
  }

  @Test func anAcceptanceThatHasEndedExplainsNothing() throws {
    let program = try sample()
    defer { program.remove() }
    let path = program.folder + "/evening/accepted.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("2019-12-31", with: "2019-11-17").write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try program.run(
      all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--only", "SN-SHUNO", "--format", "json"])
    #expect(Self.outcomes(answer) == ["unexplained"])
  }

  @Test func aJobThatCannotBeComparedIsNoMatch() throws {
    let program = try sample()
    defer { program.remove() }
    try FileManager.default.removeItem(atPath: program.folder + "/evening/old/KE-CHOTEI-20191118.csv")
    let answer = try program.run(
      all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--language", "en"])
    #expect(answer.code == 2)
    #expect(answer.output.contains("not compared  KE-CHOTEI"))
    #expect(answer.output.contains("KE-CHOTEI-20191118.csv: the file cannot be opened"))
    #expect(answer.output.contains("identical     KJ-FUKA-TSUCHI"))
  }

  /// Neither an empty day nor one file in both places is a match, and left-out parts are reported.
  @Test func whatWasNotComparedIsNoMatch() throws {
    let program = try sample()
    defer { program.remove() }
    let manifest = program.folder + "/evening/manifest.yaml"
    let good = try String(contentsOfFile: manifest, encoding: .utf8)
    func outcome(_ change: (String) -> String) throws -> Program.Answer {
      try change(good).write(toFile: manifest, atomically: true, encoding: .utf8)
      return try program.run(
        all: [
          "parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--only", "KE-CHOTEI", "--language", "en",
          "--html", "h.html",
        ])
    }
    let (old, new) = ("old/KE-CHOTEI-{yyyymmdd}.csv", "new/vehicle_tax_{day}.csv")
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/evening/new/link.csv", withDestinationPath: "../old/KE-CHOTEI-20191118.csv")
    for same in ["./" + old, "new/link.csv", "csv:./" + old, "new/../" + old] {
      let answer = try outcome { $0.replacing(new, with: same) }
      #expect(answer.code == 2, "\(same) \(answer.output)")
      #expect(answer.output.contains("not compared") && answer.output.contains("[parallel.same]"), "\(answer.output)")
    }
    let scheme = try outcome { $0.replacing(new, with: "csv:" + new) }
    #expect(scheme.code == 1 && scheme.output.contains("unexplained"), "\(scheme.output)\(scheme.errors)")
    let ignoring = try outcome {
      $0.replacing("key: [標識番号]", with: "key: [標識番号]\n    ignore: [税額]").replacing("    totals: [税額]\n", with: "")
        .replacing("    totals: [税額]", with: "")
    }
    #expect(ignoring.output.contains("KE-CHOTEI: old, not compared (1): 税額"), "\(ignoring.output)\(ignoring.errors)")
    #expect(try program.file("h.html").contains("not compared (1): 税額"))
    for name in ["old/KE-CHOTEI-20191118.csv", "new/vehicle_tax_2019-11-18.csv"] {
      try program.write("標識番号,車種,税額\n", to: "evening/" + name)
    }
    let empty = try outcome { $0 }
    #expect(empty.code == 2 && empty.output.contains("[parallel.empty]"), "\(empty.output)\(empty.errors)")
    let lawful = try outcome { $0.replacing("key: [標識番号]", with: "key: [標識番号]\n    may-be-empty: true") }
    #expect(lawful.code == 0 && lawful.output.contains("identical"), "\(lawful.output)\(lawful.errors)")
  }

  @Test(arguments: [
    ("key: [標識番号]", "keys: [標識番号]", "definition.key"), ("old: old/KE", "olde: old/KE", "definition.missing"),
    ("2019-11-18 17:00", "gestern", "definition.value"),
  ])
  func mistakesInTheManifestHaveAPlace(_ good: String, _ bad: String, _ code: String) throws {
    let program = try sample()
    defer { program.remove() }
    let path = program.folder + "/evening/manifest.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing(good, with: bad).write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try program.run(all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("[\(code)]") && answer.errors.contains("manifest.yaml:"), "\(answer.errors)")
  }

  @Test func totalsSayWhatTheyLeaveOut() throws {
    let program = try sample()
    defer { program.remove() }
    let old = "標識番号,車種,税額\nあ1,原付,2000.5\nあ2,原付,-\nあ3,原付,\nあ4,原付,99999999999999999999\n"
    try program.write(old, to: "evening/old/KE-CHOTEI-20191118.csv")
    try program.write(old.replacing("2000.5", with: "-0.25"), to: "evening/new/vehicle_tax_2019-11-18.csv")
    let answer = try program.run(
      all: ["parallel", "evening/manifest.yaml", "--day", "2019-11-18", "--only", "KE-CHOTEI"])
    #expect(answer.output.contains("税額 2000.5 (+2 ?) / -0.25 (+2 ?)"), "\(answer.output) \(answer.errors)")
  }

  @Test func aDayMustBeADay() throws {
    let program = try sample()
    defer { program.remove() }
    let answer = try program.run(all: ["parallel", "evening/manifest.yaml", "--day", "2019-02-30"])
    #expect(answer.code == 64)
    #expect(answer.errors.contains("--day 2019-02-30"))
    let future = try program.run(
      all: ["parallel", "evening/manifest.yaml", "--day", "2999-01-04", "--language", "en"])
    #expect(future.code == 2 && future.errors.contains("2999-01-04 lies after today"), "\(future.errors)")
  }

  /// A day on which one system had no output is a day of the parallel run; a day without any output is a typing error.
  @Test func aDayOnWhichOneSideGaveNothingCounts() throws {
    let program = try sample()
    defer { program.remove() }
    func parallel(_ day: String) throws -> Program.Answer {
      try program.run(all: ["parallel", "evening/manifest.yaml", "--day", day, "--workspace", "ws", "--language", "en"])
    }
    for file in try FileManager.default.contentsOfDirectory(atPath: program.folder + "/evening/new")
    where file.contains("20191118") {
      try FileManager.default.removeItem(atPath: program.folder + "/evening/new/" + file)
    }
    #expect(try parallel("2019-11-18").code != 0)
    #expect(FileManager.default.fileExists(atPath: program.folder + "/ws/parallel/2019-11-18/evidence.json"))
    #expect(try parallel("2019-11-17").code == 2)
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/parallel/2019-11-17/evidence.json"))
  }
}
