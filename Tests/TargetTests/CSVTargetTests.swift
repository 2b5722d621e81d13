import Base
import Foundation
import Records
import Targets
import Testing

/// The new system's tables as exports: what is read, in which order, and what is refused.
@Suite struct CSVTargetTests {
  private final class Folder {
    let path = NSTemporaryDirectory() + "csv_" + UUID().uuidString
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String, _ encoding: String.Encoding = .utf8) throws {
      try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func rows(_ table: TableSchema, _ query: String = "") throws -> [[String?]] {
      try CSVTargetTests.read(TargetReference.open("csv:" + path + query).reader(table), table)
    }
  }

  private static func read(_ reader: any TargetReader, _ table: TableSchema) throws -> [[String?]] {
    let batch = Batch(table.fields)
    var rows: [[String?]] = []
    while try reader.read(into: batch, limit: 3) {
      #expect(batch.count <= 3)
      rows += (0..<batch.count).map { row in batch.columns.map { $0.fault(row)?.code ?? $0.describe(row) } }
    }
    return rows
  }

  private static func failure(_ body: () throws -> Void) throws -> Diagnostic {
    try #require(#expect(throws: Diagnostic.self, performing: body))
  }

  private static let table = TableSchema(
    name: "収納",
    columns: [
      TargetColumn("番号", .integer), TargetColumn("氏名", .text, optional: true),
      TargetColumn("金額", .decimal(scale: 2), optional: true),
    ], key: [0])

  private static let bad = Fault.unreadable.code
  private static func column(_ column: TargetColumn) -> TableSchema {
    TableSchema(name: "T", columns: [TargetColumn("k", .integer), column], key: [0])
  }

  private static let values: [(column: TargetColumn, query: String, cells: [(String, String?)])] = [
    (
      TargetColumn("v", .integer, optional: true), "",
      [
        ("12", "12"), (" -7 ", "-7"), ("+7", "7"), ("007", "7"), ("", nil), ("\"\"", nil), ("\"12\"", "12"), (" ", bad),
        ("1.0", bad), ("x", bad), ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"), ("9223372036854775808", bad), ("-9223372036854775809", bad),
        ("99999999999999999999", bad), ("1x", bad), ("-", bad), ("１２", bad), ("NULL", bad),
      ]
    ),
    (TargetColumn("v", .integer, digits: 3, optional: true), "", [("999", "999"), ("1000", bad)]),
    (
      TargetColumn("v", .text, optional: true), "",
      [
        ("", nil), ("\"\"", ""), ("a", "a"), (" a ", " a "), ("\"a,\"\"b\"\"\nc\"", "a,\"b\"\nc"), ("NULL", "NULL"),
        ("髙﨑𠮷", "髙﨑𠮷"), ("\u{FFFD}", bad),
      ]
    ),
    (
      TargetColumn("v", .text, optional: true), "?null=NULL",
      [("NULL", nil), ("\"NULL\"", "NULL"), ("", ""), ("\"\"", "")]
    ),
    (TargetColumn("v", .integer, optional: true), "?null=NULL", [("NULL", nil), ("", nil), ("\"NULL\"", bad)]),
    (
      TargetColumn("v", .decimal(scale: 2), digits: 5, optional: true), "",
      [
        ("12.5", "12.50"), ("12", "12.00"), ("-0.010", "-0.01"), ("+1", "1.00"), ("+-1", bad), ("0.005", bad),
        (".5", bad),
        ("5.", bad), ("1000", bad), ("", nil), ("1e3", bad),
      ]
    ),
    (
      TargetColumn("v", .flag, optional: true), "",
      [
        ("1", "true"), ("0", "false"), ("t", "true"), ("FALSE", "false"), ("True", "true"), ("F", "false"),
        ("tru", bad), ("2", bad), ("Y", bad), ("", nil),
      ]
    ),
    (
      TargetColumn("v", .date, optional: true), "",
      [
        ("2024-02-29", "2024-02-29"), ("2024-02-00", "2024-02-00"), ("0000-00-00", nil), ("infinity", "9999-99-99"),
        ("9999-99-99", "9999-99-99"), ("2023-02-29", bad), ("2024/02/29", bad), ("20240229", bad),
        ("2024-02-29 00:00:00", bad), ("", nil),
      ]
    ),
    (TargetColumn("v", .date), "", [("", nil), ("0000-00-00", nil)]),
    (
      TargetColumn("v", .date), "?date=yyyy/mm/dd",
      [("2024/02/29", "2024-02-29"), ("2024/4/1", "2024-04-01"), ("2024-02-29", bad), ("2024/02/30", bad)]
    ),
    (TargetColumn("v", .date), "?date=yyyymmdd", [("20240229", "2024-02-29"), ("00000000", nil), ("2024/4/1", bad)]),
    (
      TargetColumn("v", .text, form: .timestamp, optional: true), "",
      [
        ("2024-04-01 09:30:00", "2024-04-01 09:30:00"), ("2024-04-01T09:30:00.500", "2024-04-01 09:30:00.5"),
        ("2024-04-01 09:30:00.000", "2024-04-01 09:30:00"), ("2024-04-01", bad), ("2024-04-01 9:30:00", bad),
        ("2024-04-01 24:00:00", bad), ("", nil),
      ]
    ),
    (
      TargetColumn("v", .text, form: .timestamp), "?date=yyyy/mm/dd",
      [("2024/4/1 09:30:00", "2024-04-01 09:30:00"), ("2024-04-01 09:30:00", bad)]
    ),
    (
      TargetColumn("v", .text, form: .time, optional: true), "",
      [("09:30:00", "09:30:00"), ("23:59:59.250", "23:59:59.25"), ("9:30", bad), ("", nil)]
    ),
    (
      TargetColumn("v", .text, length: 5, form: .padded), "",
      [("A01  ", "A01"), ("\"A01\"", "A01"), ("\"  \"", ""), (" A", " A")]
    ),
  ]

  @Test(arguments: values.indices) func cellsAreValuesOfTheColumnsType(_ index: Int) throws {
    let (column, query, cells) = Self.values[index]
    let folder = try Folder()
    let lines = cells.enumerated().map { "\($0),\($1.0)\n" }.joined()
    try folder.write("T.csv", "k,v\n" + lines)
    #expect(try folder.rows(Self.column(column), query) == cells.enumerated().map { ["\($0)", $1.1] })
  }

  @Test(arguments: [
    ("収納.csv", "番号,氏名,金額\n2,山田,1\n1,,2.5\n", ""),
    ("収納.CSV", "金額,番号,氏名\r\n1,2,山田\r\n2.5,1,\r\n", ""),
    ("収納.tsv", "番号\t氏名\t金額\n2\t山田\t1\n1\t\t2.5", ""),
    ("収納.csv", "\u{FEFF}番号,氏名,金額\n2,山田,1\n1,,2.5\n", ""),
    ("収納.csv", "番号,氏名,更新,金額\n2,山田,x,1\n1,,,2.5\n", ""),
    ("収納.csv", "\"番号\",\"氏名\",\"金額\"\n\"2\",\"山田\",\"1\"\n\"1\",,\"2.5\"\n", ""),
    ("収納.csv", "番号,氏名,金額\n2,山田,1\n1,,2.5\n", "?charset=windows-31j"),
  ]) func everyFormGivesTheSameRowsInTheOrderOfTheKey(_ name: String, _ text: String, _ query: String) throws {
    let folder = try Folder()
    try folder.write(name, text, query.isEmpty ? .utf8 : .shiftJIS)
    #expect(try folder.rows(Self.table, query) == [["1", nil, "2.50"], ["2", "山田", "1.00"]])
    // The same, packed.
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
    gzip.arguments = [folder.path + "/" + name]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(try folder.rows(Self.table, query) == [["1", nil, "2.50"], ["2", "山田", "1.00"]])
  }

  /// The twin in SQLite is what other tests hold to its word.
  @Test func rowsAreThoseOfSQLite() throws {
    let table = TableSchema(
      name: "t",
      columns: [
        TargetColumn("氏名", .text, optional: true), TargetColumn("番号", .integer, optional: true),
        TargetColumn("期限", .date), TargetColumn("率", .decimal(scale: 2), optional: true),
      ], key: [0, 1, 2, 3])
    var rows: [[String?]] = []
    for (number, text) in ["", " ", "é", "e\u{301}", "𠮷", "\u{e000}", "ア", "a\"b,\n", nil].enumerated() {
      for date in ["2024-02-29", "2024-02-00", "9999-99-99", nil] {
        for rate in ["0.00", "-1.50", "10.00", nil] { rows.append([text, "\(number * 7 % 5 - 2)", date, rate]) }
      }
    }
    rows.append(rows[5])
    let database = try Database(.sqlite)
    try database.load(table, rows)
    let folder = try Folder()
    func cell(_ text: String?) -> String { text.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? "" }
    try folder.write(
      "t.csv", "氏名,番号,期限,率\n" + rows.reversed().map { $0.map(cell).joined(separator: ",") + "\n" }.joined())
    let all = try database.rows(table)
    #expect(try folder.rows(table) == all)
    let target = try TargetReference.open("csv:" + folder.path)
    for row in [rows[0], rows[5], rows[40], rows[70], rows[140]] {
      let key = RowKey(Database.batch(table, [row]), row: 0, of: table)
      #expect(try Self.read(target.reader(table, of: key), table) == all.filter { $0 == row }, "\(row)")
    }
  }

  @Test(
    arguments: [
      ("番号,氏名,金額\n1,a\n", "dataset.fields", 2, ["2", "3"]),
      ("番号,氏名,金額\n1,a,1\n1,a,1,9\n", "dataset.fields", 3, ["4", "3"]),
      ("番号,氏名,金額\n1,\"a\nb\",1\n\n2,b,2\n", "dataset.fields", 4, ["0", "3"]),
      ("番号,氏名,金額\n1,a\"b,1\n", "dataset.quote", 2, []), ("番号,氏名,金額\n1,\"a\"b,1\n", "dataset.quote", 2, []),
      ("番号,氏名,金額\n1,\"a,1\n2,b,1\n", "frame.quote", 2, nil),
      ("番号,氏名\n1,a\n", "target.table", nil, ["収納", "金額"]), ("", "target.table", nil, ["収納", "番号"]),
      ("番号,氏名,金額,氏名\n1,a,1,b\n", "target.twice", 1, ["収納", "氏名"]),
    ] as [(String, String, Int?, [String]?)])
  func whatIsNoExportIsRefusedByItsPlace(_ text: String, _ code: String, _ line: Int?, _ facts: [String]?) throws {
    let folder = try Folder()
    try folder.write("収納.csv", text)
    let failure = try Self.failure { _ = try folder.rows(Self.table) }
    #expect(failure.code.rawValue == code && failure.place.line == line, "\(failure)")
    #expect(failure.place.file == folder.path + "/収納.csv")
    if let facts { #expect(failure.facts == facts) }
  }

  @Test func filesAreToldByTheirNames() throws {
    let folder = try Folder()
    #expect(try Self.failure { _ = try folder.rows(Self.table) }.code == .targetTable)
    try folder.write("収納.csv", "番号,氏名,金額\n1,a,1\n")
    try folder.write("送付状.txt", "…")
    try FileManager.default.createDirectory(atPath: folder.path + "/old.csv", withIntermediateDirectories: true)
    let target = try TargetReference.open("csv:" + folder.path)
    #expect(!target.takesRows)
    #expect(
      try target.inventory(beside: []) == [
        StoredTable("old.csv", []), StoredTable("収納", ["番号", "氏名", "金額"]), StoredTable("送付状.txt", []),
      ])
    try folder.write("収納.tsv", "番号\t氏名\t金額\n")
    let twice = try Self.failure { _ = try folder.rows(Self.table) }
    #expect(twice.code == .targetTwice && twice.facts == ["収納", "収納.csv, 収納.tsv"])
    for body in [{ try target.prepare([], resuming: false) }, { _ = try target.loader([]) }] {
      #expect(try Self.failure(body).code == .targetReadonly)
    }
    try folder.write("賦課.csv", "番号,氏名\n", .shiftJIS)
    let garbled = try Self.failure { _ = try target.inventory(beside: []) }
    #expect(garbled.code == .datasetCharset && garbled.place.line == 1 && garbled.facts.first == "utf-8")
  }

  @Test(arguments: [
    ("csv:DIR?charset=utf-16", "option.value"), ("csv:DIR?charset=ibm-930", "option.value"),
    ("csv:DIR?date=dd.mm.yyyy", "option.value"), ("csv:DIR?date=era-year", "option.value"),
    ("csv:DIR?sep=;", "dataset.parameter"), ("csv:DIR?charset", "dataset.parameter"),
    ("csv:DIR?null=a&null=b", "dataset.parameter"), ("csv:DIR/none", "target.open"), ("csv:DIR/T.csv", "target.open"),
    ("csv:", "target.reference"), ("csv:?charset=utf-8", "target.reference"), ("csv:x://u:p@h", "target.reference"),
  ]) func referencesAreChecked(_ reference: String, _ code: String) throws {
    let folder = try Folder()
    try folder.write("T.csv", "k\n")
    let failure = try Self.failure { _ = try TargetReference.open(reference.replacing("DIR", with: folder.path)) }
    #expect(failure.code.rawValue == code, "\(failure)")
  }
}
