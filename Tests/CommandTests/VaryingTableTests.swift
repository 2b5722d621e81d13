import Foundation
import Tables
import Testing

/// Tables whose size is in another item (OCCURS DEPENDING ON), in records of varying length: through a whole run, and
/// in the commands without a project.
@Suite struct VaryingTableTests {
  static let copybook = """
           01 V-REC.
              05 V-KIND PIC X(2).
              05 V-ID PIC 9(4).
              05 V-BODY.
                 10 V-COUNT PIC 9(1).
                 10 V-LINE OCCURS 0 TO 3 DEPENDING ON V-COUNT.
                    15 V-AMOUNT PIC 9(3).
                    15 V-CODE PIC X(1).
                    15 FILLER PIC X(1).
              05 V-OTHER REDEFINES V-BODY.
                 10 V-TEXT PIC X(4).
    """

  private static let project = """
    project: varying
    title: {ja: 可変, en: Varying}
    language: en
    as-of: 2019-11-29
    charset: us-ascii
    subsystems: [v]
    schema: [schema.yaml]
    """

  private static let schema = """
    tables:
      head: {key: [id], columns: {id: integer, lines: integer, amount: integer}}
      line: {key: [id, number], columns: {id: integer, number: integer, amount: integer, code: text(1)}}
      other: {key: [id], columns: {id: integer, words: text(4)}}
    """

  private static let pipeline = """
    title: {ja: 可変, en: Varying}
    files:
      V:
        title: {ja: 可変, en: Varying}
        data: V.dat
        copybook: V.cpy
        record-format: V
        charset-of: {V-TEXT: us-ascii}
        kind: V-KIND
        kinds:
          "10":
            title: {ja: 明細, en: Lines}
            choose: [V-BODY]
            rows:
              - {table: head, columns: {id: V-ID, lines: V-COUNT, amount: "sum(coalesce(V-AMOUNT, 1000))"}}
              - table: line
                each: V-LINE
                columns: {id: V-ID, number: occurrence(), amount: V-AMOUNT, code: V-CODE}
          "20":
            title: {ja: 文字, en: Words}
            choose: [V-OTHER]
            rows: [{table: other, columns: {id: V-ID, words: V-TEXT}}]
        drop:
          V-KIND: {ja: 表で分かる, en: the table tells}
          FILLER: {ja: 予備, en: spare}
    """

  private static let checks = """
    checks:
      - id: V-01
        kind: rebuilt
        category: C10
        severity: S1
        title: {ja: 明細の復元, en: lines}
        record: "V[10]"
        by: {id: V-ID}
        from:
          - {table: head, by: {id: id}, items: {V-ID: id, V-COUNT: lines}}
          - table: line
            each: V-LINE
            at: number
            by: {id: id}
            items: {V-AMOUNT: amount, V-CODE: code}
      - id: V-02
        kind: rebuilt
        category: C10
        severity: S1
        title: {ja: 文字の復元, en: words}
        record: "V[20]"
        by: {id: V-ID}
        from: [{table: other, by: {id: id}, items: {V-ID: id, V-TEXT: words}}]
      - id: V-03
        kind: totals
        category: C02
        severity: S1
        title: {ja: 明細の件数, en: lines by number}
        expected: [{from: "V[10]", each: V-LINE, by: {number: occurrence()}, sum: {lines: 1, amount: V-AMOUNT}}]
        actual: [{from: line, by: {number: number}, sum: {lines: 1, amount: amount}}]
      - id: V-04
        kind: rows
        category: C02
        severity: S1
        title: {ja: 金額は正, en: amounts are there}
        from: "V[10]"
        each: V-LINE
        key: {id: V-ID}
        must: V-AMOUNT > 0
      - id: V-05
        kind: rows
        category: C02
        severity: S1
        title: {ja: 合計, en: sums}
        from: head
        key: {id: id}
        must: amount < 1000
      - id: V-06
        kind: sorted
        category: C01
        severity: S1
        title: {ja: 順, en: order}
        file: V
        groups: [{kinds: ["10", "20"], by: [V-ID]}]
    """

  static let good = ["1000010", "1000021101a ", "20000300ab", "1000043111a 222b 333c ", "200005wxyz"]

  static func variable(_ records: [String]) -> [UInt8] {
    records.flatMap { [0, UInt8($0.utf8.count + 4), 0, 0] + Array($0.utf8) }
  }

  /// The evidence of a run over these records.
  private static func run(
    _ data: [UInt8], _ change: (inout String, inout String, inout String) -> Void = { _, _, _ in }
  ) throws -> (answer: Program.Answer, evidence: [String: Any], folder: String) {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(atPath: program.folder + "/v", withIntermediateDirectories: true)
    var (project, pipeline, checks) = (project, pipeline, checks)
    change(&project, &pipeline, &checks)
    for (name, text) in [
      ("project.yaml", project), ("schema.yaml", schema), ("v/pipeline.yaml", pipeline), ("v/checks.yaml", checks),
      ("v/V.cpy", copybook),
    ] { try program.write(Array(text.utf8), to: name) }
    try program.write(data, to: "data/V.dat")
    let answer = try program.run("run", "project.yaml", "--data", "data", "--workspace", "ws", "--format", "json")
    let path = program.folder + "/ws/runs/0001/evidence.json"
    let evidence = try JSONSerialization.jsonObject(with: FileManager.default.contents(atPath: path) ?? Data("{}".utf8))
    return (answer, evidence as? [String: Any] ?? [:], program.folder)
  }

  private static func statuses(_ evidence: [String: Any]) -> [String: String] {
    var found: [String: String] = [:]
    for check in evidence["checks"] as? [[String: Any]] ?? [] {
      found[check["id"] as? String ?? ""] = check["status"] as? String
    }
    return found
  }

  private static func faults(_ evidence: [String: Any]) -> [String: Int] {
    ((evidence["files"] as? [[String: Any]])?.first?["faults"] as? [String: Int]) ?? [:]
  }

  @Test func onlyTheOccurrencesThereAreBecomeRows() throws {
    let (answer, evidence, _) = try Self.run(Self.variable(Self.good))
    #expect(answer.code == 0, "\(answer.errors)\(evidence)")
    #expect((answer.json["records"] as? [String: Int]) == ["read": 5, "migrated": 5, "rejected": 0, "excluded": 0])
    #expect(Set(Self.statuses(evidence).values) == ["passed"], "\(Self.statuses(evidence))")
    let tables = evidence["tables"] as? [[String: Any]] ?? []
    #expect(tables.compactMap { $0["rows"] as? Int } == [3, 4, 2], "\(tables)")
  }

  @Test func everyByteOfTheLongestRecordOfAKindIsAccountedFor() throws {
    let (_, evidence, _) = try Self.run(Self.variable(Self.good))
    let kinds = (evidence["files"] as? [[String: Any]])?.first?["kinds"] as? [[String: Any]] ?? []
    let sums = try kinds.map { kind in
      let use = try #require(kind["bytes"] as? [String: Any])
      return ["length", "mapped", "checked", "dropped"].map { use[$0] as? Int ?? 0 }
    }
    #expect(sums == [[22, 19, 0, 3], [10, 10, 0, 0]], "\(kinds)")
    let accounts = (evidence["checks"] as? [[String: Any]] ?? []).compactMap { $0["account"] as? [String: Any] }
    let bytes = accounts.map { account in
      ["length", "kind", "rebuilt", "constant", "lost", "ignored"].map { account[$0] as? Int ?? -1 }
    }
    #expect(bytes == [[22, 2, 17, 3, 0, 0], [10, 2, 8, 0, 0, 0]])
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let record: String
    let fault: String
    var testDescription: String { record }
  }

  /// The record follows the good ones; it is rejected for the fault.
  @Test(arguments: [
    // A table that ends before its count: whole entries, within one, within an item, without any entry.
    Damage(record: "1000063111a 222b ", fault: "decode.record.cut"),
    Damage(record: "1000063111a 222b 333", fault: "decode.record.cut"),
    Damage(record: "1000063111a 222b 3", fault: "decode.record.cut"),
    Damage(record: "1000063", fault: "decode.record.cut"),
    // An impossible count.
    Damage(record: "1000064111a 222b 333c 444d ", fault: "decode.occurs.range"),
    Damage(record: "100006?111a ", fault: "decode.number.zone"),
    // More bytes than the count requires, and more than the chosen group has.
    Damage(record: "1000061111a 222b ", fault: "decode.record.excess"),
    Damage(record: "200006wxyz!", fault: "decode.record.excess"),
    Damage(record: "200006wxyz111a 222b ", fault: "decode.record.excess"),
  ])
  func aTableOfAnotherSizeThanItsCountIsRejected(_ damage: Damage) throws {
    let (answer, evidence, _) = try Self.run(Self.variable(Self.good + [damage.record]))
    #expect(answer.code == 1)
    #expect(Self.faults(evidence) == [damage.fault: 1], "\(evidence["files"] ?? "")")
  }

  /// FILLER of an existing entry is checked, that of a missing entry is not.
  @Test func fillerIsLookedAtWhereItIs() throws {
    var (_, evidence, _) = try Self.run(Self.variable(Self.good + ["1000062111a 222b!"]))
    #expect(Self.statuses(evidence)["V-01"] == "failed")
    (_, evidence, _) = try Self.run(Self.variable(["1000062111a\0222b\0"])) { _, _, checks in
      checks = checks.replacing("    from:\n      - {", with: "    filler: low-values\n    from:\n      - {")
    }
    #expect(Self.statuses(evidence)["V-01"] == "passed", "\(evidence["checks"] ?? "")")
  }

  struct Behind: Sendable, CustomTestStringConvertible {
    /// The content of the table's last entry, which is behind the count of 2.
    let entry: String
    /// The reason given in the check, if any.
    var reason = false
    var filler = "spaces"
    let records: Int
    let status: String
    var testDescription: String { "\(entry) \(reason) \(filler)" }
  }

  /// A table that always has room for all its entries: the bytes behind the count are reported, and are not in a round
  /// trip.
  @Test(arguments: [
    Behind(entry: "333c ", records: 1, status: "failed"),
    Behind(entry: "   c ", records: 1, status: "failed"),
    Behind(entry: "001  ", records: 1, status: "failed"),
    Behind(entry: "    !", records: 0, status: "failed"),
    Behind(entry: "    !", filler: "any", records: 0, status: "passed"),
    Behind(entry: "333c ", filler: "any", records: 1, status: "failed"),
    Behind(entry: "333c ", reason: true, records: 1, status: "passed"),
    Behind(entry: "     ", records: 0, status: "passed"),
    Behind(entry: "000  ", records: 0, status: "passed"),
    Behind(entry: "\0\0\0\0\0", records: 0, status: "passed"),
    Behind(entry: "0\0\0  ", records: 1, status: "failed"),
  ])
  func valuesBehindACountAreToldAndNotRebuilt(_ behind: Behind) throws {
    let data = Self.variable(["1000012111a 222b \(behind.entry)", "200005wxyz"])
    let (answer, evidence, _) = try Self.run(data) { project, _, checks in
      project += "\ndialect: ibm,odo=fixed\n"
      let reason = behind.reason ? "    behind: {ja: 旧の残り, en: left over}\n" : ""
      checks = checks.replacing(
        "record: \"V[10]\"\n", with: "record: \"V[10]\"\n    filler: \(behind.filler)\n\(reason)")
    }
    #expect(Self.statuses(evidence)["V-01"] == behind.status, "\(answer.errors)\(evidence["checks"] ?? "")")
    let odd = (evidence["files"] as? [[String: Any]])?.first?["oddities"] as? [String: Int] ?? [:]
    #expect(odd["decode.record.unheld"] ?? 0 == behind.records, "\(odd)")
    if behind.reason {
      let check = try #require((evidence["checks"] as? [[String: Any]])?.first { $0["id"] as? String == "V-01" })
      let forms = (check["account"] as? [String: Any])?["forms"] as? [[String: Any]] ?? []
      #expect(forms.contains { $0["item"] as? String == "DEPENDING ON" && $0["records"] as? Int == 1 }, "\(check)")
    }
  }

  @Test func anEntryWithoutARowIsFound() throws {
    let (_, evidence, _) = try Self.run(Self.variable(Self.good)) { _, pipeline, _ in
      pipeline = pipeline.replacing("each: V-LINE\n", with: "each: V-LINE\n            when: V-AMOUNT <> 333\n")
    }
    #expect(Self.statuses(evidence)["V-01"] == "failed", "\(Self.statuses(evidence))")
  }

  @Test func itemsThatAreLostAreCountedWhereTheyAre() throws {
    let (_, evidence, _) = try Self.run(Self.variable(Self.good)) { _, _, checks in
      checks = checks.replacing(", V-CODE: code}", with: "}\n    lost: {V-CODE: {ja: 略, en: left out}}")
        .replacing("from: line, by: {number: number}", with: "from: line, where: code <> '', by: {number: number}")
    }
    let check = try #require((evidence["checks"] as? [[String: Any]])?.first { $0["id"] as? String == "V-01" })
    let losses = (check["account"] as? [String: Any])?["losses"] as? [[String: Any]]
    #expect(losses?.map { $0["records"] as? Int } == [2], "\(check)")
  }

  @Test func aRebuiltRecordNeedsAPartThatIsAlwaysThere() throws {
    let (answer, _, _) = try Self.run(Self.variable(Self.good)) { _, _, checks in
      let lost = "    lost: {V-ID: {ja: 略, en: x}, V-COUNT: {ja: 略, en: x}}"
      checks = checks.replacing("      - {table: head, by: {id: id}, items: {V-ID: id, V-COUNT: lines}}\n", with: "")
        .replacing(", V-CODE: code}", with: ", V-CODE: code}\n" + lost)
    }
    #expect(answer.code != 0)
    #expect(answer.errors.contains("an entry without `each`"), "\(answer.errors)")
  }

  /// The kind of a record is in another character set.
  @Test func theKindIsReadInItsOwnCharacterSet() throws {
    var data = Self.variable(Self.good)
    let ebcdic: (UInt8) -> UInt8 = { $0 | 0xC0 }
    var place = 0
    while place < data.count {
      for digit in 4...5 { data[place + digit] = ebcdic(data[place + digit]) }
      place += Int(data[place + 1])
    }
    let (answer, evidence, _) = try Self.run(data) { _, pipeline, _ in
      pipeline = pipeline.replacing("charset-of: {", with: "charset-of: {V-KIND: ibm-037, ")
    }
    #expect(answer.code == 0, "\(answer.errors)\(Self.faults(evidence))")
    #expect((answer.json["records"] as? [String: Int]) == ["read": 5, "migrated": 5, "rejected": 0, "excluded": 0])
  }

  // MARK: without a project

  @Test(arguments: ["decode", "profile", "inspect", "diff"]) func aMissingEntryIsAFaultInEveryCommand(_ command: String)
    throws
  {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(Self.copybook.utf8), to: "IN.cpy")
    try program.write(Self.variable(["1000043111a 222b "]), to: "IN.dat")
    let options = ["--copybook", "IN.cpy", "--charset", "us-ascii", "--record-format", "V"]
    let rules = ["--choose", "V-OTHER=V-KIND = '20'"]
    switch command {
    case "diff":
      let reference = "legacy:IN.dat?copybook=IN.cpy&charset=us-ascii&record-format=V&choose=V-OTHER=V-KIND = '20'"
      let answer = try program.run(all: ["diff", reference, reference, "--key", "V-ID"])
      #expect(answer.code != 0, "\(answer.output)\(answer.errors)")
    default:
      let answer = try program.run(
        all: [command, "IN.dat"] + options + rules + (command == "inspect" ? ["--record", "1"] : []))
      #expect(answer.code == 1)
      #expect((answer.output + answer.errors).contains("decode.record.cut"), "\(answer.output)\(answer.errors)")
    }
  }

  /// Spaces that a text file has lost at the end of a line are not damage; a missing number is.
  @Test func aTextFileMayLoseSpacesAtItsEnd() throws {
    let program = try Program()
    defer { program.remove() }
    let copybook = "01 R.\n 05 N PIC 9.\n 05 T OCCURS 1 TO 3 DEPENDING ON N.\n 10 A PIC 9.\n 10 B PIC X(3)."
    try program.write(Array(copybook.utf8), to: "IN.cpy")
    try program.write(Array("21abc2d\n21abc2\n21abc\n".utf8), to: "IN.dat")
    let answer = try program.run(
      "decode", "IN.dat", "--copybook", "IN.cpy", "--charset", "us-ascii", "--record-format", "text")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("record 3"), "\(answer.errors)")
    #expect(answer.errors.contains("1 invalid value(s)"), "\(answer.errors)")
  }
}
