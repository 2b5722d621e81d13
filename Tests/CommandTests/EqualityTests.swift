import Foundation
import Testing

/// Equality of values (DIFF.md, "What equals what"): the same table for comparisons of files and of databases.
@Suite struct EqualityTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let left: String
    let right: String
    let map: String
    let isSame: Bool
    var testDescription: String { "“\(left)” “\(right)” \(map)" }

    init(_ left: String, _ right: String, _ map: String, same: Bool) {
      (self.left, self.right, self.map, isSame) = (left, right, map, same)
    }
  }

  static let rows = [
    // Texts: byte by byte, after the requested forms.
    Row("神", "\u{FA19}", "normal: [nfc]", same: false), Row("が", "か\u{3099}", "normal: [nfc]", same: true),
    Row("が", "か\u{3099}", "type: text", same: false), Row("葛\u{E0100}", "葛", "normal: [ivs]", same: true),
    Row("葛\u{E0100}", "葛", "normal: [nfc, width, kana]", same: false),
    Row("1〜3−2", "1～3－2", "normal: [jis]", same: true), Row("1〜3−2", "1～3－2", "normal: [width]", same: false),
    Row("1〜3−2", "1~3-2", "normal: [jis, width]", same: true), Row("‖—¢£¬", "∥―￠￡￢", "normal: [jis]", same: true),
    // Numbers.
    Row("-0", "0", "type: number", same: true), Row("-0.00", "0", "type: number, tolerance: 0.01", same: true),
    Row("", "", "type: number, tolerance: 1", same: true), Row("n/a", "n/a", "type: number, tolerance: 1", same: true),
    Row("n/a", "N/A", "type: number", same: false), Row("", "0", "type: number, tolerance: 1", same: false),
    Row("NaN", "NaN", "type: number", same: true), Row("NaN", "nan", "type: number, tolerance: 1", same: true),
    Row("NaN", "0", "type: number, tolerance: 1", same: false),
    Row("Infinity", "inf", "type: number", same: true),
    Row("Infinity", "-Infinity", "type: number, tolerance: 9", same: false),
    Row("1,000", "1000", "type: number", same: false),
    Row("1,000", "1000", "type: number, written: accounting", same: true),
    Row("△5", "-5", "type: number, written: accounting", same: true),
    Row("5-", "-5", "type: number, written: accounting", same: true),
    Row("△１，０００", "-1000", "type: number, written: accounting, normal: [trim, width]", same: true),
    Row("１２", "12", "type: number, normal: [width]", same: true), Row("１２", "12", "type: number", same: false),
    // Dates.
    Row("0000-00-00", "0000-00-00", "type: date", same: true), Row("infinity", "9999-99-99", "type: date", same: true),
    Row("infinity", "9999-12-31", "type: date", same: false),
    Row("10000-01-01", "10000-01-01", "type: date", same: true),
    Row("0044-03-15 BC", "0044-03-15 BC", "type: date", same: true),
    Row("0044-03-15 BC", "0044-03-15", "type: date", same: false),
    Row("大正15年12月25日", "1926-12-25", "type: date", same: true),
    Row("明治45年7月30日", "1912-07-30", "type: date", same: true),
    Row("明治5年12月2日", "1872-12-02", "type: date", same: false),
    Row("昭和 5年 1月 1日", "1930-01-01", "type: date", same: true),
    Row("2019/05/01 0:00:00", "2019-05-01", "type: date", same: true),
    Row(" 2019-05-01 ", "2019-05-01", "type: date", same: true),
    Row("㋿1.5.1", "2019-05-01", "type: date", same: true),
    Row("2019-05-01 00:00:01", "2019-05-01", "type: date", same: false),
    Row("令和１年５月１日", "2019-05-01", "type: date, normal: [trim, width]", same: true),
    Row("2019-02-30", "2019-02-30", "type: date", same: true),
    Row("2019-02-30", "2019-02-31", "type: date", same: false),
    // A lost character is not a value.
    Row("山\u{FFFD}", "山\u{FFFD}", "type: text", same: false), Row("山\u{FFFD}", "山?", "type: text", same: false),
  ]

  private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

  /// All rows in one file each, and in one table: the test states which of them are the same.
  @Test func oneRuleForFilesAndDatabases() throws {
    let program = try Program()
    defer { program.remove() }
    for (index, row) in Self.rows.enumerated() {
      try program.write("id,v\n1,\(Self.quoted(row.left))\n", to: "l.csv")
      try program.write("id,v\n1,\(Self.quoted(row.right))\n", to: "r.csv")
      try program.write("columns: {v: {\(row.map)}}", to: "map.yaml")
      let files = try program.diff("l.csv", "r.csv", ["--map", "map.yaml"])
      #expect(files.counts == (row.isSame ? [1, 0, 0, 0] : [0, 1, 0, 0]), "\(row) \(files.errors)")
      let literal = { (text: String) in "'" + text.replacing("'", with: "''") + "'" }
      try program.sqlite(
        "CREATE TABLE t\(index) (id INTEGER, v TEXT); INSERT INTO t\(index) VALUES (1, \(literal(row.left)));"
          + "CREATE TABLE u\(index) (id INTEGER, v TEXT); INSERT INTO u\(index) VALUES (1, \(literal(row.right)))")
      let tables = try program.diff(
        "sqlite:t.sqlite?table=t\(index)", "sqlite:t.sqlite?table=u\(index)", ["--map", "map.yaml"])
      #expect(tables.counts == files.counts, "\(row) \(tables.errors)")
    }
  }

  /// NULL is not a text; in a column of dates it is the empty date.
  @Test func nullIsTheEmptyDateAndNothingElse() throws {
    let program = try Program()
    defer { program.remove() }
    try program.sqlite(
      """
      CREATE TABLE l (id INTEGER, d TEXT, t TEXT, n INTEGER); INSERT INTO l VALUES (1, NULL, NULL, NULL), (2, NULL, 'a', 1);
      CREATE TABLE r (id INTEGER, d TEXT, t TEXT, n INTEGER);
      INSERT INTO r VALUES (1, '0000-00-00', NULL, NULL), (2, '0000-00-00', '', 1)
      """)
    try program.write("columns: {d: {type: date}}", to: "map.yaml")
    let answer = try program.diff(
      "sqlite:t.sqlite?table=l", "sqlite:t.sqlite?table=r", ["--map", "map.yaml", "--rows", "d.ndjson"])
    #expect(answer.counts == [1, 1, 0, 0], "\(answer.errors)")
    let fields = try program.lines("d.ndjson").map { Set(($0["fields"] as? [String: Any] ?? [:]).keys) }
    #expect(fields == [["t"]])
  }

  /// A value that is not a JSON number is a JSON text in the lists.
  @Test func listsStayJSON() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,v\n1,NaN\n2,-inf\n3,1\n", to: "l.csv")
    try program.write("id,v\n1,1\n2,2\n3,n/a\n", to: "r.csv")
    let answer = try program.diff("l.csv", "r.csv", ["--tolerance", "v=0", "--rows", "d.ndjson"])
    #expect(answer.counts == [0, 3, 0, 0])
    let values = try program.lines("d.ndjson").map {
      (($0["fields"] as? [String: Any])?["v"] as? [String: Any])?["left"]
    }
    #expect(values[0] as? String == "NaN" && values[1] as? String == "-Infinity" && values[2] as? Int == 1)
  }

  /// User-defined characters of a CSV file are read by the city's table; one that the table lacks is reported with its
  /// place.
  @Test func aTableOfUserDefinedCharactersIsForFilesToo() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("id,v\n1,".utf8) + [0xF0, 0x40, 0x8E, 0x52, 10], to: "l.csv")
    try program.write("id,v\n1,髙山\n", to: "r.csv")
    try program.write("code,unicode,class\nF040,U+9AD9,一致\n", to: "table.csv")
    let answer = try program.diff("l.csv?charset=windows-31j&gaiji=table.csv", "r.csv")
    #expect(answer.counts == [1, 0, 0, 0], "\(answer.errors)")
    try program.write("code,unicode,class\nF041,U+9AD9,一致\n", to: "table.csv")
    let lacking = try program.diff("l.csv?charset=windows-31j&gaiji=table.csv", "r.csv")
    #expect(lacking.code == 2 && lacking.errors.contains("byte 7") && lacking.errors.contains("[dataset.gaiji]"))
    let unnamed = try program.diff("l.csv?gaiji=table.csv", "r.csv")
    #expect(unnamed.code == 2 && unnamed.errors.contains("[option.value]"), "\(unnamed.errors)")
  }
}
