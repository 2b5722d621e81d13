import Foundation
import Testing

/// The options of `diff`: columns, maps, tolerances, accepted differences, lists, and the content of its lists.
@Suite struct DiffOptionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var left = "id,v\n1,a\n"
    var right = "id,v\n1,a\n"
    var key = "id"
    var map: String?
    var options: [String] = []
    /// Same, changed, left only, right only; `nil` for trouble.
    var finds: [Int]?
    var code: Int32 = 2
    var says: [String] = []
    var inJapanese: [String] = []
    var testDescription: String { name }
  }

  private static let slips: [Case] = [
    Case(name: "no key", key: "", code: 64, says: ["--key"]),
    Case(
      name: "an unknown key", key: "idd", says: ["column idd", "near: id", "[diff.column]"],
      inJapanese: ["項目 idd", "近い名前"]),
    Case(name: "an unknown column to ignore", options: ["--ignore", "w"], says: ["column w", "[diff.column]"]),
    Case(name: "an unknown column with a tolerance", options: ["--tolerance", "w=1"], says: ["column w"]),
    Case(name: "a tolerance without number", options: ["--tolerance", "v=x"], code: 64, says: ["COLUMN=NUMBER"]),
    Case(name: "a tolerance below zero", options: ["--tolerance", "v=-1"], code: 64, says: ["COLUMN=NUMBER"]),
    Case(name: "a key with a tolerance", options: ["--tolerance", "id=1"], says: ["[diff.key]"], inJapanese: ["許容差"]),
    Case(name: "a limit below zero", options: ["--limit", "-1"], code: 64, says: ["--limit"]),
    Case(name: "no jobs", options: ["--jobs", "0"], code: 64, says: ["--jobs"]),
    Case(name: "no date", options: ["--as-of", "2024-02-30"], code: 64, says: ["YYYY-MM-DD"]),
    Case(
      name: "columns on one side", left: "id,v,w,x\n", right: "id,v,y\n",
      says: ["column w, x is not in r.csv", "column y is not in l.csv", "--ignore w,x", "[diff.onesided]"],
      inJapanese: ["項目 w, x が r.csv にありません", "--ignore w,x"]),
    Case(name: "a map that is not there", options: ["--map", "none.yaml"], says: ["none.yaml"]),
    Case(name: "a map with an unknown word", map: "columns: {v: {type: money}}", says: ["map.yaml:1", "money"]),
    Case(name: "a map with an unknown key", map: "columns: {v: {typ: text}}", says: ["map.yaml:1", "typ"]),
    Case(name: "a map with an unknown form", map: "columns: {v: {normal: [upper]}}", says: ["trim, trim-right, nfc"]),
    Case(name: "a map of an unknown column", map: "columns: {v: {left: vv}}", says: ["map.yaml:1", "vv"]),
    Case(name: "a map with a wrong expression", map: "columns: {v: {left: \"concat(v\"}}", says: ["map.yaml:1"]),
    Case(
      name: "a tolerance on dates", map: "columns: {v: {type: date, tolerance: 1}}",
      says: ["column v", "[diff.tolerance]"],
      inJapanese: ["許容差"]),
    Case(
      name: "two columns of one name", left: "id,v,w\n", right: "id,v,w\n", map: "columns: {v: {left: w, right: w}}",
      says: ["two columns named v", "[diff.twice]"]),
    Case(
      name: "a key that is ignored", options: ["--ignore", "id"], says: ["key column id", "[diff.key-ignored]"],
      inJapanese: ["--ignore"]),
    Case(
      name: "normal forms of truth values", map: "columns: {v: {type: boolean, normal: [trim]}}",
      says: ["map.yaml:1", "type: text, number or date"]),
    Case(
      name: "amounts that are no numbers", map: "columns: {v: {type: text, written: accounting}}",
      says: ["map.yaml:1", "type: number"]),
    Case(name: "a list over an input", options: ["--rows", "./l.csv"], code: 64, says: ["./l.csv", "no input"]),
    Case(
      name: "a page over the map", map: "columns: {}", options: ["--html", "map.yaml"], code: 64, says: ["no input"]),
    Case(name: "two lists in one file", options: ["--rows", "x", "--csv", "x"], code: 64, says: ["--csv x"]),
    Case(name: "a list in no folder", options: ["--rows", "none/x"], says: ["none/x", "[output.write]"]),
  ]

  private static let maps: [Case] = [
    Case(
      name: "keys with spaces between", left: "id,v\n1,a\n", right: "id,v\n1,a\n", key: "id, v", finds: [1, 0, 0, 0]),
    Case(
      name: "a column of the map is ignored", left: "id,day\n1,a\n", right: "id,v\n1,b\n",
      map: "columns: {v: {left: day}}", options: ["--ignore", "v"], finds: [1, 0, 0, 0]),
    Case(
      name: "ignored", left: "id,v,w\n1,a,x\n", right: "id,v,z\n1,b,y\n",
      options: ["--ignore", "v,w", "--ignore", "z"], finds: [1, 0, 0, 0]),
    Case(
      name: "ignored by the map", left: "id,v\n1,a\n", right: "id,v\n1,b\n", map: "ignore: [v]", finds: [1, 0, 0, 0]),
    Case(
      name: "renamed", left: "id,v\n1,a\n", right: "no,w\n1,a\n", map: "columns: {id: {right: no}, v: {right: w}}",
      finds: [1, 0, 0, 0]),
    Case(
      name: "joined", left: "id,sei,mei\n1,山田,太郎\n", right: "id,name\n1,山田太郎\n",
      map: "columns: {name: {left: \"concat(sei, mei)\"}}", finds: [1, 0, 0, 0]),
    Case(
      name: "split", left: "id,tel\n1,03-1234\n", right: "id,a,b\n1,03,1234\n",
      map: "columns: {a: {left: \"slice(tel, 1, 2)\"}, b: {left: \"slice(tel, 4, 4)\"}}", finds: [1, 0, 0, 0]),
    Case(
      name: "computed", left: "id,a,b\n1,10,5\n2,1,1\n", right: "id,sum\n1,15\n2,3\n",
      map: "reads: {left: {a: integer, b: integer}}\ncolumns: {sum: {left: a + b, type: number}}", finds: [1, 1, 0, 0]),
    Case(
      name: "01 and 1 declared numbers", left: "id,v\n01,007\n", right: "id,v\n1, +7\n",
      map: "columns: {id: {type: number}, v: {type: number}}", finds: [1, 0, 0, 0]),
    Case(
      name: "01 and 1 as text in a map", left: "id,v\n1,01\n", right: "id,v\n1,1\n", map: "columns: {v: {type: text}}",
      finds: [0, 1, 0, 0]),
    Case(
      name: "a value that is no number on both sides", left: "id,v\n1,x\n", right: "id,v\n1,x\n",
      map: "columns: {v: {type: number}}", finds: [1, 0, 0, 0]),
    Case(
      name: "two texts that are no dates", left: "id,v\n1,2024-02-30\n", right: "id,v\n1,2024-02-31\n",
      map: "columns: {v: {type: date}}", finds: [0, 1, 0, 0]),
    Case(
      name: "two unreadable keys", left: "id,v\nx,1\n", right: "id,v\ny,1\n", map: "columns: {id: {type: number}}",
      finds: [0, 0, 1, 1]),
    Case(
      name: "era dates", left: "id,v\n1,R1.5.1\n2,平成31年4月30日\n3,5010501\n",
      right: "id,v\n1,2019-05-01\n2,2019-04-30\n3,2019/5/1\n",
      map: "columns: {v: {type: date}}", finds: [3, 0, 0, 0]),
    Case(
      name: "normal forms", left: "id,v\n1, 山田　\n2,ﾔﾏﾀﾞ\n3,やまだ\n4,か\u{3099}\n5,abc\n",
      right: "id,v\n1,山田\n2,ヤマダ\n3,ヤマダ\n4,ガ\n5,ABC\n", map: "columns: {v: {normal: [trim, width, kana, nfc, case]}}",
      finds: [5, 0, 0, 0]),
    Case(
      name: "trim at the right only", left: "id,v\n1,a \n2, a\n", right: "id,v\n1,a\n2,a\n",
      map: "columns: {v: {normal: [trim-right]}}", finds: [1, 1, 0, 0]),
    Case(
      name: "keys in normal form", left: "id,v\n1 ,a\n", right: "id,v\n１,a\n",
      map: "columns: {id: {normal: [trim, width]}}", finds: [1, 0, 0, 0]),
    Case(
      name: "tolerance", left: "id,v\n1,100\n2,100\n3,-1\n", right: "id,v\n1,101\n2,102\n3,0.5\n",
      options: ["--tolerance", "v=1"], finds: [1, 2, 0, 0]),
    Case(
      name: "tolerance of the map", left: "id,v\n1,0.10\n", right: "id,v\n1,0.3\n",
      map: "columns: {v: {type: number, tolerance: 0.2}}", finds: [1, 0, 0, 0]),
    Case(
      name: "tolerance and duplicates", left: "id,v\n1,1\n1,5\n", right: "id,v\n1,6\n1,2\n",
      options: ["--tolerance", "v=1"], finds: [2, 0, 0, 0]),
  ]

  @Test(arguments: slips + maps) func whatIsAskedForIsDone(_ input: Case) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(input.left, to: "l.csv")
    try program.write(input.right, to: "r.csv")
    var options = input.options
    if let map = input.map {
      try program.write(map, to: "map.yaml")
      options += ["--map", "map.yaml"]
    }
    let answer = try program.diff("l.csv", "r.csv", key: input.key, options)
    for words in input.says { #expect(answer.errors.contains(words), "\(answer.errors)") }
    #expect(
      try program.file("l.csv") == input.left && program.file("r.csv") == input.right, "the inputs are as they were")
    if let counts = input.finds {
      #expect(answer.counts == counts && answer.errors.isEmpty, "\(answer.errors)")
      #expect(answer.code == (counts[1...] == [0, 0, 0] ? 0 : 1))
    } else {
      #expect(answer.code == input.code && answer.output.isEmpty, "\(answer.code) \(answer.errors)")
      let japanese = try program.run(
        all: ["diff", "l.csv", "r.csv", "--key", input.key, "--language", "ja"] + options)
      for words in input.inJapanese { #expect(japanese.errors.contains(words), "\(japanese.errors)") }
    }
  }

  // MARK: accepted differences

  private static let rules = """
    accept:
      - {id: A1, reason: rounding, approver: 山田, expires: 2030-12-31, columns: [tax], within: 1}
      - {id: A2, reason: moved out, approver: 山田, expires: 2030-12-31, kind: left_only, key: {id: 3}}
      - {id: A3, reason: was, approver: 山田, expires: 2020-01-01, kind: right_only}
      - {id: A4, reason: never, approver: 山田, expires: 2030-12-31, left: {name: nobody}}
    """

  @Test func acceptedDifferencesAreCountedApart() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,tax,name\n1,100,a\n2,100,a\n3,1,c\n", to: "l.csv")
    try program.write("id,tax,name\n1,101,a\n2,100,a\n", to: "r.csv")
    try program.write(Self.rules, to: "a.yaml")
    let options = ["--accept", "a.yaml", "--as-of", "2026-04-01", "--rows", "d.ndjson"]
    let answer = try program.diff("l.csv", "r.csv", options)
    #expect(answer.code == 0 && answer.counts == [1, 0, 0, 0], "\(answer.output) \(answer.errors)")
    #expect(answer.json["accepted"] as? Int == 2)
    let states = (answer.json["accepted_by"] as? [[String: Any]] ?? []).map {
      "\($0["id"]!) \($0["state"]!) \($0["matched"]!)"
    }
    #expect(states == ["A1 matched 1", "A2 matched 1", "A3 expired 0", "A4 unmatched 0"])
    #expect(try program.lines("d.ndjson").map { $0["accepted"] as? String } == ["A1", "A2"])
    let text = try program.run(all: ["diff", "l.csv", "r.csv", "--key", "id", "--language", "en"] + options)
    #expect(text.output.contains("identical but for accepted") && text.output.contains("matches nothing"))
    #expect(text.output.contains("expired: not applied"))
    // One more difference that no rule covers, and the expired rule that would.
    try program.write("id,tax,name\n1,102,a\n2,100,a\n9,1,c\n", to: "r.csv")
    let other = try program.diff("l.csv", "r.csv", options)
    #expect(other.code == 1 && other.counts == [1, 1, 0, 1] && other.json["accepted"] as? Int == 1)
    let before = try program.diff("l.csv", "r.csv", ["--accept", "a.yaml", "--as-of", "2019-12-31"])
    #expect(before.counts == [1, 1, 0, 0] && before.json["accepted"] as? Int == 2)
    #expect(before.evidence == other.evidence, "what is accepted does not change what was found")
  }

  /// A rule covers only as many rows and as much money as its bound.
  @Test(arguments: [
    ("2", 2, "承認2件に対し3件"), ("3", 3, "該当あり"), ("{sum: {tax: 3}, rows: 9}", 2, "承認2件に対し3件"),
    ("{sum: {tax: 6}, rows: 9}", 3, "該当あり"), ("{sum: {tax: 5.9}, rows: 9}", 2, "承認2件に対し3件"),
    // A value that is not a number has no sum.
    ("{sum: {name: 9}, rows: 9}", 0, "承認0件に対し3件"),
  ]) func anAcceptanceIsBounded(_ bound: String, _ accepted: Int, _ words: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,tax,name\n1,100,a\n2,100,a\n3,100,c\n", to: "l.csv")
    try program.write("id,tax,name\n1,101,a\n2,98,a\n3,103,c\n", to: "r.csv")
    try program.write(
      "accept: [{id: A, reason: r, approver: 山田, by: 鈴木, expires: 2030-12-31, columns: [tax], at-most: \(bound)}]",
      to: "a.yaml")
    let options = ["--accept", "a.yaml", "--as-of", "2026-04-01"]
    let answer = try program.diff("l.csv", "r.csv", options)
    #expect(answer.code == (accepted == 3 ? 0 : 1) && answer.json["accepted"] as? Int == accepted, "\(answer.output)")
    let text = try program.run(all: ["diff", "l.csv", "r.csv", "--key", "id", "--language", "ja"] + options)
    #expect(text.output.contains(words), "\(text.output)")
  }

  @Test(arguments: [
    ("accept: [{id: A, reason: r, approver: 山田, by: 山 田, expires: 2030-12-31, columns: [v]}]", "another person"),
    (
      "accept: [{id: A, reason: r, approver: a, expires: 2030-12-31, columns: [v], at-most: {sum: {w: 1}, rows: 1}}]",
      "w"
    ),
    ("accept: [{id: A, reason: r, approver: a, expires: 2030-12-31, columns: [v], at-most: {sum: {v: 1}}}]", "rows"),
    ("accept: [{id: A, reason: r, approver: a}]", "expires"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-30}]", "2024-02-30"),
    ("accept: [{id: A, reason: r, expires: 2024-02-01}]", "approver"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, columns: [w]}]", "w"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, kind: odd}]", "odd"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, within: x}]", "x"),
    ("accept: []\nrules: []", "rules"), ("", "a.yaml"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01}]", "no condition"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, key: {}}]", "at least one column"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, kind: changed, left: {}}]", "left"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, right: }]", "right"),
    ("accept: [{id: A, reason: r, approver: a, expires: 2024-02-01, columns: []}]", "at least one column"),
    (
      "accept: [{id: A, reason: r, approver: a, expires: 2024-02-01}, {id: A, reason: r, approver: a, expires: 2024-02-01}]",
      "once"
    ),
  ])
  func wrongRulesAreReported(_ rules: String, _ word: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,v\n1,a\n", to: "l.csv")
    try program.write(rules, to: "a.yaml")
    let answer = try program.diff("l.csv", "l.csv", ["--accept", "a.yaml"])
    #expect(answer.code == 2 && answer.errors.contains("a.yaml") && answer.errors.contains(word), "\(answer.errors)")
  }

  // MARK: lists

  @Test func listsAreForTheirOwnerAlone() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,v\n1,a\n2,b\n2,b\n", to: "l.csv")
    try program.write("id,v\n1,x\n3,c\n", to: "r.csv")
    try program.write("old", to: "d.csv")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: program.folder + "/d.csv")
    let options = ["--rows", "d.ndjson", "--csv", "d.csv", "--html", "d.html"]
    let answer = try program.diff("l.csv", "r.csv", options)
    #expect(answer.code == 1 && answer.counts == [0, 1, 2, 1])
    #expect(answer.side("left", "duplicate_keys") == 1 && answer.side("right", "duplicate_keys") == 0)
    for name in ["d.ndjson", "d.csv", "d.html"] { #expect(try program.mode(name) == 0o600, "\(name)") }
    #expect(
      try program.file("d.ndjson") == """
        {"key":{"id":"1"},"kind":"changed","fields":{"v":{"left":"a","right":"x"}}}
        {"key":{"id":"2"},"kind":"left_only","fields":{"v":{"left":"b"}}}
        {"key":{"id":"2"},"kind":"left_only","fields":{"v":{"left":"b"}}}
        {"key":{"id":"2"},"kind":"duplicate","left":2,"right":0,"fields":{}}
        {"key":{"id":"3"},"kind":"right_only","fields":{"v":{"right":"c"}}}

        """)
    #expect(
      try program.file("d.csv").replacing("\r\n", with: "\n").replacing("\u{FEFF}", with: "") == """
        id,kind,column,left,right,accepted
        1,changed,v,a,x,
        2,left_only,,,,
        2,left_only,,,,
        2,duplicate,,2,0,
        3,right_only,,,,

        """)
    let limited = try program.diff("l.csv", "r.csv", ["--rows", "d.ndjson", "--limit", "2"])
    #expect(limited.counts == answer.counts && limited.evidence == answer.evidence)
    #expect(try program.lines("d.ndjson").count == 2)
    let none = try program.run("diff", "l.csv", "r.csv", "--key", "id", "--limit", "0")
    #expect(none.code == 1)
  }

  /// A text that a spreadsheet would execute is shown as text, whatever follows the first sign.
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@x", "'@x"), ("+a", "'+a"), ("-a", "'-a"), ("＝1", "'＝1"), ("\t=1", "'\t=1"),
    ("=\u{3099}1", "'=\u{3099}1"), ("\n=1", "\"'\n=1\""), ("a,\u{3099}b", "\"a,\u{3099}b\""),
    ("a\"\u{3099}b", "\"a\"\"\u{3099}b\""), ("-12.50", "-12.50"), ("-", "'-"), ("a", "a"),
  ])
  func aSpreadsheetRunsNothing(_ value: String, _ shown: String) throws {
    let program = try Program()
    defer { program.remove() }
    let quoted = "\"" + value.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    try program.write("id,v\n1,\(quoted)\n", to: "l.csv")
    try program.write("id,v\n1,z\n", to: "r.csv")
    #expect(try program.diff("l.csv", "r.csv", ["--csv", "d.csv", "--rows", "d.ndjson"]).code == 1)
    let list = try program.file("d.csv")
    #expect(Array(list.utf8).suffix(shown.utf8.count + 5) == Array("\(shown),z,\r\n".utf8), "\(list)")
    let fields = try program.lines("d.ndjson")[0]["fields"] as? [String: [String: String]]
    #expect(fields?["v"]?["left"].map { Array($0.utf8) } == Array(value.utf8))
  }

  /// Fractions count when differences are grouped.
  @Test func groupsSayWhatDiffersAndAreToldApart() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,v\n1,0.5\n2,12.5\n3,1\n4,x\n5,7\n6,2\n", to: "l.csv")
    try program.write("id,v\n1,0.7\n2,12.25\n3,-1\n4,\n5,\n6,4\n", to: "r.csv")
    let answer = try program.diff("l.csv", "r.csv", ["--tolerance", "v=0"])
    let groups = answer.json["groups"] as? [[String: Any]] ?? []
    let patterns = groups.compactMap { $0["pattern"] as? String }
    #expect(patterns.contains("v: within +1") && patterns.contains("v: within −1"), "\(patterns)")
    #expect(patterns.contains("v: sign turned") && patterns.contains("v: doubled on the right"), "\(patterns)")
    #expect(Set(groups.compactMap { $0["signature"] as? String }).count == groups.count, "\(patterns)")
    #expect(groups.reduce(0) { $0 + ($1["rows"] as? Int ?? 0) } == 6)
  }

  // MARK: data not compared

  @Test func rowsThatAMappingRejectedKeepTheComparisonFromBeingWhole() throws {
    let program = try Program()
    defer { program.remove() }
    let city = Program.root + "/Pipelines/city.yaml"
    let made = try program.run(
      all: ["generate", city, "--residents", "100", "--seed", "3", "-o", "city", "--quiet"])
    #expect(made.code == 0, "\(made.errors)")
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: program.folder + "/city/KESHARYO.dat")))
    // A packed field of the second record becomes letters.
    let length = bytes.count / (try Self.records(of: "KESHARYO", program))
    for place in (length + 20)..<(2 * length) { bytes[place] = 0xC1 }
    try program.write(bytes, to: "city/KESHARYO.dat")
    let reference = city + ":light-vehicle.軽自_車両?data=city"
    let answer = try program.run(
      all: ["diff", reference, reference, "--key", "軽自管理番号,軽自履歴番号", "--format", "json", "--quiet"])
    #expect(answer.code == 1, "\(answer.errors)")
    #expect(answer.json["rejected"] as? Int == 2 && answer.json["changed"] as? Int == 0)
    #expect((answer.json["remarks"] as? [String])?.first?.contains("[dataset.rejected]") == true)
  }

  private static func records(of file: String, _ program: Program) throws -> Int {
    let facts = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: program.folder + "/city/facts.json")))
    let records = ((facts as? [String: Any])?[file] as? [String: Any])?["records_total_with_header_trailer"] as? Int
    return try #require(records)
  }

  @Test func aFolderForWhatDoesNotFitMustBeThere() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,v\n1,a\n", to: "l.csv")
    let answer = try program.run(
      all: ["diff", "l.csv", "l.csv", "--key", "id"], environment: ["TMPDIR": program.folder + "/none"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("/none") && answer.errors.contains("[diff.scratch]"), "\(answer.errors)")
  }

  @Test(arguments: ["\n", "\r\n"], ["1,a", "\"1\",a"])
  func blankLinesAreNothingAtTheEndAloneHoweverMany(_ end: String, _ row: String) throws {
    let program = try Program()
    defer { program.remove() }
    let many = String(repeating: end, count: 400_000)
    try program.write("id,v" + end + row + end + many, to: "l.csv")
    try program.write("id,v\n1,a\n", to: "r.csv")
    let answer = try program.diff("l.csv", "r.csv", key: "id", [])
    #expect(answer.counts == [1, 0, 0, 0], "\(answer.errors)")
    try program.write("id,v" + end + row + end + many + "2,b" + end, to: "l.csv")
    let broken = try program.diff("l.csv", "r.csv", key: "id", [])
    #expect(broken.code == 2 && broken.errors.contains("record 2") && broken.errors.contains("[dataset.fields]"))
    #expect(try program.diff("l.csv", "r.csv", key: "id", ["--map", try blankMap(program)]).code == 2)
  }

  /// A map with an expression, so that the file is read value by value.
  private func blankMap(_ program: Program) throws -> String {
    try program.write("columns: {v: {left: \"concat(v, '')\"}}", to: "blank.yaml")
    return "blank.yaml"
  }

  @Test func filesWithOtherNamesAndWithoutHeaderAreRead() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("1|a\n2|b\n", to: "OUT001.txt")
    try program.write("k\tv\n1\ta\n2\tc\n", to: "out.dat")
    let answer = try program.diff("csv:OUT001.txt?delimiter=|&header=k,v", "tsv:out.dat", key: "k", [])
    #expect(answer.counts == [1, 1, 0, 0], "\(answer.errors)")
  }
}
