import Decode
import Foundation
import Framing
import Pipeline
import Projects
import Records
import Testing

/// Whole runs over files without a copybook: CSV, TSV, places of plain text.
@Suite struct TextSourceTests {
  static let project = """
    project: pay
    title: {ja: 収納, en: Payments}
    language: en
    as-of: 2024-05-01
    charset: fujitsu-jef
    subsystems: [pay]
    schema: [schema.yaml]

    """
  static let schema = """
    tables:
      収納:
        key: [管理番号]
        columns:
          管理番号: text(10)
          氏名: text(10) personal
          支払日: date
          金額: decimal(2)
          備考: text(40) optional

    """
  static let pipeline = """
    title: {ja: 収納, en: Payments}
    files:
      PAY:
        title: {ja: 収納, en: Payments}
        data: PAY.csv
        layout: PAY.yaml
        kinds:
          data:
            title: {ja: 収納, en: Payment}
            rows:
              - table: 収納
                columns: {管理番号: 管理番号, 氏名: 氏名, 支払日: 支払日, 金額: 金額, 備考: 備考}

    """
  static let checks = """
    checks:
      - id: P-1
        kind: keys
        category: C01
        severity: S1
        title: {ja: 全項目, en: All items}
        zero: {ja: 0円も行がある, en: amounts of 0 have rows}
        expected: [{from: "PAY[*]", by: {番号: 管理番号, 氏名: 氏名, 支払日: 支払日, 備考: 備考}, sum: {金額: unscaled(金額)}}]
        actual: [{from: 収納, by: {番号: 管理番号, 氏名: 氏名, 支払日: 支払日, 備考: 備考}, sum: {金額: unscaled(金額)}}]
      - {id: P-2, kind: decoded, category: C01, severity: S1, title: {ja: 読める, en: Readable}, file: PAY}

    """

  static func layout(_ format: String, charset: String, header: String = "") -> String {
    func length(_ bytes: Int) -> String { format == "fixed" ? ", length: \(bytes)" : "" }
    return """
      format: \(format)
      charset: \(charset)
      \(header)
      items:
        - {name: 管理番号, type: text(10)\(length(10))}
        - {name: 氏名, type: text(10)\(length(20))}
        - {name: 支払日\(header.contains("true") ? ", header: 支払日(西暦)" : ""), type: date, form: yyyy/mm/dd\(length(10))}
        - {name: 金額, type: "number(9,2)"\(length(11))}
        - {name: 備考, type: text(40)\(length(9))}

      """
  }

  func prepare(_ program: Program, layout: String, data: [UInt8]) throws -> String {
    let folder = program.folder + "/project"
    try FileManager.default.createDirectory(atPath: folder + "/pay", withIntermediateDirectories: true)
    for (name, text) in [
      ("project.yaml", Self.project), ("schema.yaml", Self.schema), ("pay/pipeline.yaml", Self.pipeline),
      ("pay/checks.yaml", Self.checks), ("pay/PAY.yaml", layout),
    ] { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    try Data(data).write(to: URL(fileURLWithPath: program.folder + "/data/PAY.csv"))
    return folder + "/project.yaml"
  }

  static func sjis(_ text: String) throws -> [UInt8] { Array(try #require(text.data(using: .shiftJIS))) }

  static let wanted = """
    {"管理番号": "A01", "氏名": "山田", "支払日": "2024-04-01", "金額": "100.50", "備考": null}
    {"管理番号": "A02", "氏名": "鈴木", "支払日": "2024-04-02", "金額": "-3.00", "備考": "a"}

    """

  @Test(arguments: ["csv", "tsv", "fixed", "utf-8", "cr", "ebcdic"]) func everyFormGivesTheSameRows(_ form: String)
    throws
  {
    let program = try Program()
    defer { program.remove() }
    let names = "支払日(西暦),管理番号,氏名,金額,備考"
    let lines = ["2024/4/1,A01,山田,100.50,", "2024/04/02,A02,\"鈴木\",-3,\"a\""]
    let csv = ([names] + lines).joined(separator: form == "cr" ? "\r" : "\r\n")
    let (text, data): (String, [UInt8])
    switch form {
    case "utf-8":
      (text, data) = (Self.layout("csv", charset: "utf-8", header: "header: true"), [0xEF, 0xBB, 0xBF] + csv.utf8)
    case "tsv":
      (text, data) = (
        Self.layout("tsv", charset: "windows-31j", header: "header: true"),
        try Self.sjis(csv.replacing(",", with: "\t") + "\n")
      )
    case "fixed":
      (text, data) = (
        Self.layout("fixed", charset: "windows-31j"),
        try Self.sjis("A01       山田                2024/04/01     100.50         ")
          + Self.sjis("A02       鈴木                2024/04/02-3         a        ")
      )
    case "ebcdic":
      let kanji: [[UInt8]] = [[0x28, 0xBB, 0xB3, 0xC5, 0xC4, 0x29], [0x28, 0xCE, 0xEB, 0xCC, 0xDA, 0x29]]
      func ebcdic(_ text: String) -> [UInt8] {
        text.utf8.map {
          switch $0 {
          case 0x30...0x39: $0 + 0xC0
          case 0x41: 0xC1
          case 0x61: 0x81
          case 0x2F: 0x61
          case 0x2D: 0x60
          case 0x2E: 0x4B
          default: 0x40
          }
        }
      }
      (text, data) = (
        Self.layout("fixed", charset: "fujitsu-jef"),
        ebcdic("A01       ") + kanji[0] + ebcdic(String(repeating: " ", count: 14) + "2024/04/01     100.50         ")
          + ebcdic("A02       ") + kanji[1]
          + ebcdic(String(repeating: " ", count: 14) + "2024/04/02-3                  ")
      )
    default:
      (text, data) = (Self.layout("csv", charset: "windows-31j", header: "header: true"), try Self.sjis(csv))
    }
    let project = try prepare(program, layout: text, data: data)
    let lint = try program.run("lint", project)
    #expect(lint.code == 0, "\(lint.output)\(lint.errors)")
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    #expect((run.json["records"] as? [String: Int]) == ["read": 2, "migrated": 2, "rejected": 0, "excluded": 0])
    try Self.wanted.write(toFile: program.folder + "/wanted.ndjson", atomically: true, encoding: .utf8)
    let ignored = form == "fixed" || form == "ebcdic" ? ["--ignore", "備考"] : []
    let diff = try program.run(
      all: ["diff", "wanted.ndjson", "sqlite:ws/runs/0001/target.sqlite?table=収納", "--key", "管理番号"] + ignored)
    #expect(diff.code == 0, "\(form): \(diff.output)\(diff.errors)")
  }

  /// Each line's fault, in order; the record's bytes are kept.
  static let damaged: [(line: String, field: String, fault: String)] = [
    ("2024/04/04,A04,佐藤", "金額", "decode.record.cut"), ("2024/04/05,A05,佐藤,1,x,y", "", "decode.record.excess"),
    ("2024/13/05,A06,佐藤,1,x", "支払日", "decode.date.impossible"),
    ("2024/04/05,A07,佐\"藤,1,x", "氏名", "decode.cell.quote"), ("", "管理番号", "decode.record.cut"),
    ("2024/04/05,A09,佐藤,1.234,x", "金額", "decode.cell.long"),
    ("2024/04/05,A1023456789,佐藤,1,x", "管理番号", "decode.cell.long"),
    (",A11,佐藤,1,x", "", ""), ("2024/04/05,\"A\n12\",佐藤,\"1\r\n2\",x", "金額", "map.number"),
    ("2024/04/05,A13,佐藤,,x", "収納.金額", "map.missing"), ("2024/04/05,A14,佐藤,1,x", "", ""),
  ]

  @Test func damagedLinesAreRejectedAndKeptWithTheirPlaces() throws {
    let program = try Program()
    defer { program.remove() }
    let names = "支払日(西暦),管理番号,氏名,金額,備考"
    var data = try Self.sjis(names + "\r\n")
    var expected: [(place: String, bytes: [UInt8])] = []
    var line = 2
    for (number, entry) in Self.damaged.enumerated() {
      let bytes = try Self.sjis(entry.line)
      if !entry.fault.isEmpty {
        let place =
          "{\"fault\":\"\(entry.fault)\",\"field\":\"\(entry.field)\",\"file\":\"PAY\",\"kind\":\"data\",\"line\":\(line),"
          + "\"offset\":\(data.count),\"record\":\(number + 1)}"
        expected.append((place, bytes))
      }
      data += bytes + [13, 10]
      line += 1 + entry.line.count { $0 == "\n" || $0 == "\r\n" }
    }
    // A code that the set does not define.
    let place =
      "{\"fault\":\"charset.code.undefined\",\"field\":\"氏名\",\"file\":\"PAY\",\"kind\":\"data\",\"line\":\(line),"
    expected.append(
      (place + "\"offset\":\(data.count),\"record\":12}", try Self.sjis("2024/04/05,A15,") + [0xA0] + Self.sjis(",1,x"))
    )
    data += expected[expected.count - 1].bytes
    let layout = Self.layout("csv", charset: "windows-31j", header: "header: true")
    let project = try prepare(program, layout: layout, data: data)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect((run.json["records"] as? [String: Int]) == ["read": 12, "migrated": 2, "rejected": 10, "excluded": 0])
    let folder = program.folder + "/ws/runs/0001/quarantine/"
    let places = try String(contentsOfFile: folder + "PAY.ndjson", encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(places == expected.map(\.place))
    #expect(Array(try Data(contentsOf: URL(fileURLWithPath: folder + "PAY.dat"))) == expected.flatMap(\.bytes))
  }

  @Test(arguments: ["1", "2"]) func theEvidenceDoesNotDependOnShards(_ jobs: String) throws {
    let program = try Program()
    defer { program.remove() }
    var text = "管理番号,氏名,支払日(西暦),金額,備考\n"
    for number in 1...3000 { text += "A\(number),\"山\n田\",2024/04/01,\(number).5,\n" }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    let project = try prepare(program, layout: layout, data: Array(text.utf8))
    let first = try program.run(
      "run", project, "--data", "data", "--workspace", "ws", "--format", "json", "--jobs", jobs)
    #expect(first.code == 0, "\(first.output)\(first.errors)")
    #expect((first.json["records"] as? [String: Int])?["migrated"] == 3000)
    let second = try program.run(
      "run", project, "--data", "data", "--workspace", "ws2", "--format", "json", "--jobs", "3")
    #expect(first.json["evidence"] as? String == second.json["evidence"] as? String)
  }

  @Test(arguments: [
    ("管理番号,氏名,支払日,金額,備考", "PAY.csv:1: the name “支払日” in column 3 of the first line", "file.column.unknown"),
    ("管理番号,氏名,支払日(西暦),金額", "the name “備考” is not in the first line", "file.column.missing"),
    ("管理番号,氏名,支払日(西暦),金額,備考,氏名", "the name “氏名” is in the first line again, in column 6", "file.column.twice"),
    ("管理番号,氏名,支払日(西暦),金額,備考\nA,\"b\nc", "PAY.csv:2, record 1, byte 54", "frame.quote"),
  ]) func aFileThatIsNotTheLayoutsIsRefused(_ text: String, _ message: String, _ code: String) throws {
    let program = try Program()
    defer { program.remove() }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    let project = try prepare(program, layout: layout, data: Array((text + "\n").utf8))
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
    #expect(run.code != 0)
    #expect(run.errors.contains(message) && run.errors.contains("[\(code)]"), "\(run.errors)")
  }

  @Test func namesAloneAreNoRecords() throws {
    let program = try Program()
    defer { program.remove() }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    let project = try prepare(program, layout: layout, data: Array("管理番号,氏名,支払日(西暦),金額,備考\n".utf8))
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect((run.json["records"] as? [String: Int]) == ["read": 0, "migrated": 0, "rejected": 0, "excluded": 0])
  }

  @Test(arguments: [
    ("charset: utf-8", "charset: fujitsu-jef", "pay/PAY.yaml:2", "a set in which a comma is one byte"),
    ("charset: utf-8", "charset: nowhere", "pay/PAY.yaml:2", "nowhere"),
    ("format: csv", "format: xls", "pay/PAY.yaml:1", "csv, tsv, fixed"),
    ("header: true", "", "pay/PAY.yaml", "header"),
    ("type: text(40)", "type: text", "pay/PAY.yaml:9", "text(n), number(n)"),
    ("form: yyyy/mm/dd", "form: dd/mm/yyyy", "pay/PAY.yaml:7", "yyyymmdd, yyyymm"),
    (", form: yyyy/mm/dd", "", "pay/PAY.yaml:7", "no `form`"),
    ("name: 備考", "name: 備 考", "pay/PAY.yaml:9", "a name: a letter"),
    ("name: 備考", "name: 氏名", "pay/PAY.yaml:9", "each name once"),
    ("name: 備考", "length: 3, name: 備考", "pay/PAY.yaml:9", "fixed alone"),
  ]) func whatIsWrongInALayoutIsToldWithItsLine(_ old: String, _ new: String, _ place: String, _ words: String) throws {
    let program = try Program()
    defer { program.remove() }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    #expect(layout.contains(old))
    let project = try prepare(program, layout: layout.replacing(old, with: new), data: [])
    let lint = try program.run("lint", project)
    let said = lint.output + lint.errors
    #expect(lint.code != 0 && said.contains(place) && said.contains(words), "\(said)")
  }

  /// Kinds are cells: header, data and trailer, with a check of the trailer.
  @Test(arguments: [true, false]) func kindsAreCells(_ isWhole: Bool) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(
      program,
      layout: "format: csv\ncharset: windows-31j\nheader: false\nitems:\n  - {name: 区分, type: text(1)}\n"
        + "  - {name: 管理番号, type: text(10)}\n  - {name: 金額, type: \"number(9,2)\"}\n",
      data: try Self.sjis("1,2,11.5\r\n2,A01,5.5\r\n2,A02,6\r\n" + (isWhole ? "9,2,11.5\r\n" : "")))
    let folder = program.folder + "/project/"
    try """
    tables:
      収納: {key: [管理番号], columns: {管理番号: text(10), 金額: decimal(2)}}

    """.write(toFile: folder + "schema.yaml", atomically: true, encoding: .utf8)
    try """
    title: {ja: 収納, en: Payments}
    files:
      PAY:
        title: {ja: 収納, en: Payments}
        data: PAY.csv
        layout: PAY.yaml
        kind: 区分
        kinds:
          "1": {title: {ja: 見出し, en: Header}, role: header}
          "2":
            title: {ja: 収納, en: Payment}
            rows: [{table: 収納, columns: {管理番号: 管理番号, 金額: 金額}}]
          "9": {title: {ja: 末尾, en: Trailer}, role: trailer}
        drop: {区分: {ja: 種別, en: the kind}}

    """.write(toFile: folder + "pay/pipeline.yaml", atomically: true, encoding: .utf8)
    try """
    checks:
      - id: P-1
        kind: totals
        category: C01
        severity: S1
        title: {ja: 末尾の件数と金額, en: Count and sum of the trailer}
        expected: [{from: "PAY[9]", sum: {件数: number(管理番号), 金額: unscaled(金額)}}]
        actual: [{from: 収納, sum: {件数: 1, 金額: unscaled(金額)}}]
      - id: P-3
        kind: totals
        category: C01
        severity: S1
        title: {ja: 見出しの件数と金額, en: Count and sum of the header}
        expected: [{from: "PAY[1]", sum: {件数: number(管理番号), 金額: unscaled(金額)}}]
        actual: [{from: 収納, sum: {件数: 1, 金額: unscaled(金額)}}]
      - id: P-4
        kind: keys
        category: C01
        severity: S1
        title: {ja: 管理番号, en: Numbers}
        expected: [{from: "PAY[2]", by: {管理番号: 管理番号}, sum: {件数: 1}}]
        actual: [{from: 収納, by: {管理番号: 管理番号}, sum: {件数: 1}}]
      - id: P-2
        kind: unique
        category: C01
        severity: S1
        title: {ja: 重複なし, en: None twice}
        table: 収納
        key: [管理番号]

    """.write(toFile: folder + "pay/checks.yaml", atomically: true, encoding: .utf8)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
    if isWhole {
      #expect(run.code == 0, "\(run.output)\(run.errors)")
    } else {
      #expect(run.errors.contains("PAY.csv:3, record 3") && run.errors.contains("X'32'"), "\(run.errors)")
    }
  }

  /// A record is shown cell by cell: the bytes as the file has them, in quotes, at their places in the record.
  @Test func aRecordIsShownCellByCell() throws {
    let program = try Program()
    defer { program.remove() }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    let data = "支払日(西暦),管理番号,氏名,金額,備考\n2024/4/1,A01,\"a\"\"b\",1,\n2024/13/1,A02,c,x\n"
    let project = try ProjectReader.read(try prepare(program, layout: layout, data: Array(data.utf8)))
    let plan = try #require(project.files.first)
    let file = try plan.open(in: program.folder + "/data")
    let good = try RecordTrace(1, of: plan, in: file, project, reveals: true)
    let lines = try #require(good.inspection).lines
    #expect(lines.map(\.name) == ["RECORD", "管理番号", "氏名", "支払日", "金額", "備考"])
    #expect(lines.map(\.value) == [nil, "A01", "a\"b", "2024-04-01", "1.00", nil])
    #expect(lines.map(\.offset).dropFirst() == [9, 13, 0, 20, 22])
    #expect(lines[2].hex.filter { $0 != " " } == "226122226222")
    #expect(good.rows.count == 1 && good.rows[0].values.map(\.value) == ["A01", "a\"b", "2024-04-01", "1.00", nil])
    let masked = try RecordTrace(1, of: plan, in: file, project)
    #expect(masked.inspection?.lines[2].value == "●●●" && masked.inspection?.lines[2].hex == "●●●")
    let bad = try RecordTrace(2, of: plan, in: file, project)
    guard case .rejected(let field, let fault) = bad.disposition else {
      Issue.record("\(bad.disposition)")
      return
    }
    #expect((field, fault.code) == ("支払日", "decode.date.impossible"))
    #expect(bad.inspection?.lines.map(\.fault) == [nil, nil, nil, .date, .notANumber, .cut])
  }
}
