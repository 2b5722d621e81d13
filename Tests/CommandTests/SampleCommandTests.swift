import Foundation
import Testing

/// `totsugo samples`: drawn, printed, compared, confirmed.
@Suite struct SampleCommandTests {
  private static func page(_ name: String) throws -> String {
    try String(contentsOfFile: Program.root + "/Docs/" + name, encoding: .utf8)
  }

  /// The items that no other item holds are those of the page, in both languages.
  @Test(arguments: ["SAMPLES.md", "SAMPLES.ja.md"]) func thePageNamesTheItems(name: String) throws {
    let program = try Program()
    defer { program.remove() }
    let found = try program.run("samples", "items", Program.root + "/Pipelines/city.yaml")
    #expect(found.code == 0, "\(found.errors)")
    var (lines, count): ([String], Int) = ([], 0)
    for line in found.output.split(separator: "\n") {
      let match = try #require(line.firstMatch(of: #/^(\S+) (\d+): (.*)$/#))
      let number = try #require(Int(match.2))
      count += number
      if number > 0 { lines.append("| `\(match.1)` | \(match.3) |") }
    }
    let page = try Self.page(name)
    let table = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(table == lines)
    #expect(page.contains(name.contains(".ja") ? "\(count)項目" : "the city's \(count) items"), "\(count)")
  }

  private func drawn(_ seed: String...) throws -> (Program, String) {
    let program = try Program()
    let project = try DefinitionFileTests.sample(program)
    try program.write(NoticeFile.clean(40).bytes)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
    #expect(run.code == 0, "\(run.errors)")
    return (program, project)
  }

  private func samples(_ program: Program, _ words: [String], _ project: String, _ more: String...) throws
    -> Program.Answer
  {
    try program.run(all: ["samples"] + words.prefix(1) + [project] + words.dropFirst() + ["--workspace", "ws"] + more)
  }

  @Test func aSampleIsDrawnComparedAndConfirmed() throws {
    let (program, project) = try drawn()
    defer { program.remove() }
    let draw = try samples(
      program, ["draw", "NOTICE"], project, "--confidence", "80", "--rate", "10", "--by", "佐藤", "--language", "en")
    #expect(draw.code == 0 && draw.errors.contains("of the 40 records of NOTICE"), "\(draw.output)\(draw.errors)")
    let form = try program.file("ws/samples/S-0001.html")
    for word in ["Sample S-0001", "Items to compare", "□", "NT-", "Confirmed by (somebody else)"] {
      #expect(form.contains(word), "\(word)")
    }
    // People's names are shown only on the screens.
    #expect(!form.contains("山田太郎"))
    struct List: Decodable {
      struct Record: Decodable { let record: Int }
      let records: [Record]
    }
    func list(_ id: String) throws -> [Int] {
      try JSONDecoder().decode(List.self, from: Data(try program.file("ws/samples/\(id).json").utf8)).records.map(
        \.record)
    }
    let first = try list("S-0001")
    #expect(Set(first).count == first.count && first == first.sorted() && first.allSatisfy { (2...41).contains($0) })
    // The same seed draws the same records, another seed others.
    for (id, seed) in [("S-0002", "a"), ("S-0003", "a"), ("S-0004", "b")] {
      let again = try samples(
        program, ["draw", "NOTICE"], project, "--confidence", "80", "--rate", "10", "--seed", seed, "--by", "佐藤")
      #expect(again.code == 0 && again.errors.contains(id) || again.output.contains(id), "\(again.errors)")
    }
    #expect(try list("S-0002") == list("S-0003") && list("S-0002") != list("S-0004"))

    let few = try samples(program, ["enter", "S-0001"], project, "--compared", "1", "--by", "佐藤")
    #expect(few.code == 2 && few.errors.contains("[sample.incomplete]"), "\(few.errors)")
    let count = String(first.count)
    let stranger = try samples(
      program, ["enter", "S-0001"], project, "--compared", count, "--different", "1=違う", "--by", "佐藤")
    #expect(stranger.code == 2 && stranger.errors.contains("[register.unknown]"), "\(stranger.errors)")
    let entered = try samples(program, ["enter", "S-0001"], project, "--compared", count, "--by", "佐藤")
    #expect(entered.code == 0, "\(entered.errors)")
    let own = try samples(program, ["confirm", "S-0001"], project, "--by", "佐 藤")
    #expect(own.code == 2 && own.errors.contains("[ledger.foureyes]"), "\(own.errors)")
    #expect(try samples(program, ["confirm", "S-0001"], project, "--by", "鈴木").code == 0)
    let rows = try samples(program, ["list"], project, "--format", "json")
    #expect(rows.output.contains(#""most_wrong" : 4"#) && rows.output.contains("確認済"), "\(rows.output)")

    // It is evidence for a gate as long as the run's file is the one from which it was drawn.
    let gates = try program.file("p/gates.yaml")
    let asked = gates.replacing(
      "    criteria:\n",
      with:
        "    criteria:\n      - {id: G-90, kind: samples, title: {ja: 標本, en: Samples}, min-confidence-percent: 80, max-rate-percent: 10}\n",
      maxReplacements: 1
    ).replacing(#/provisional: (\d+)/#) { "provisional: \((Int($0.1) ?? 0) + 1)" }
    try program.write(asked, to: "p/gates.yaml")
    func verdict() throws -> String {
      let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
      #expect(run.code == 0, "\(run.errors)")
      let gate = try program.run("gate", "provisional", project, "--workspace", "ws", "--format", "json")
      let criteria = gate.json["criteria"] as? [[String: Any]] ?? []
      return criteria.first { $0["id"] as? String == "G-90" }?["verdict"] as? String ?? gate.errors
    }
    #expect(try verdict() == "GO")
    try program.write(NoticeFile.clean(41).bytes)
    #expect(try verdict() == "NO-GO")
    let other = try samples(program, ["draw", "NOTICE"], project, "--by", "佐藤")
    #expect(other.code == 0)
    try program.write(NoticeFile.clean(39).bytes)
    let gone = try samples(program, ["draw", "NOTICE"], project, "--by", "佐藤")
    #expect(gone.code == 2 && gone.errors.contains("[sample.other]"), "\(gone.errors)")
    // A changed list is not accepted.
    let path = "ws/samples/S-0005.json"
    try program.write(try program.file(path).replacing("NOTICE", with: "NOTICE2"), to: path)
    let tampered = try samples(program, ["enter", "S-0005"], project, "--compared", "9", "--by", "佐藤")
    #expect(tampered.code == 2 && tampered.errors.contains("[ledger.tampered]"), "\(tampered.errors)")
  }

  @Test(arguments: [
    ("--confidence", "49"), ("--confidence", "100"), ("--confidence", "95.123"), ("--rate", "0"), ("--rate", "51"),
    ("--rate", "-1"), ("--rate", "1,5"),
  ]) func whatIsNoPerCentIsRefused(_ option: String, _ value: String) throws {
    let program = try Program()
    defer { program.remove() }
    let found = try program.run(
      "samples", "draw", Program.notices, "NOTICE", "\(option)=\(value)", "--by", "佐藤", "--workspace", "ws")
    #expect(found.code == 64, "\(found.output)\(found.errors)")
  }
}
