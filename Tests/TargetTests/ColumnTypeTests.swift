import Base
import Foundation
import Records
import Targets
import Testing

/// The types of columns beyond integer, text, date and decimal, in tables made here and by other programs.
@Suite struct ColumnTypeTests {
  private static let all = TableSchema(
    name: "型",
    columns: [
      TargetColumn("番号", .text, length: 5, form: .padded), TargetColumn("完納", .flag),
      TargetColumn("税率", .decimal(scale: 2), digits: 5, optional: true),
      TargetColumn("回数", .integer, digits: 3, optional: true),
      TargetColumn("更新", .text, form: .timestamp, optional: true),
      TargetColumn("受付", .text, form: .time, optional: true),
      TargetColumn("開始", .date), TargetColumn("終了", .date, optional: true),
    ], key: [0])

  private static let rows: [[String?]] = [
    ["A01", "1", "123.45", "999", "2024-04-01 09:30:00", "23:59:59.5", "2024-04-00", "9999-99-99"],
    ["A01  ", "0", "-0.01", "-999", "2024-02-29 00:00:00.000001", "00:00:00", nil, nil],
    ["B", "1", nil, nil, nil, nil, "2024-04-01", "2024-04-01"],
  ]

  @Test(arguments: Database.Kind.available) func whatIsLoadedIsRead(_ kind: Database.Kind) throws {
    let database = try Database(kind)
    try database.load(Self.all, Self.rows)
    let read = try database.rows(Self.all).sorted { ($0[0] ?? "", $0[1] ?? "") < ($1[0] ?? "", $1[1] ?? "") }
    var wanted = Self.rows
    for row in wanted.indices { wanted[row][1] = wanted[row][1] == "1" ? "true" : "false" }
    if kind != .memory { wanted[1][0] = "A01" }
    #expect(read == wanted.sorted { ($0[0] ?? "", $0[1] ?? "") < ($1[0] ?? "", $1[1] ?? "") })
    let batch = Database.batch(Self.all, [Self.rows[0]])
    let found = Batch(Self.all.fields)
    let reader = try database.target.reader(Self.all, of: RowKey(batch, row: 0, of: Self.all))
    #expect(try reader.read(into: found, limit: 9) && found.count == (kind == .memory ? 1 : 2))
  }

  private static let bad = Fault.unreadable.code

  private static let foreign: [(column: TargetColumn, kinds: [Database.Kind: String], values: [(String, String?)])] = [
    (
      TargetColumn("値", .flag, optional: true), [.sqlite: "BOOLEAN", .postgres: "int2"],
      [("1", "true"), ("0", "false"), ("2", bad), ("NULL", nil)]
    ),
    (TargetColumn("値", .flag, optional: true), [.postgres: "boolean"], [("true", "true"), ("false", "false")]),
    (TargetColumn("値", .flag), [.postgres: "text", .sqlite: "TEXT"], [("'1'", bad)]),
    (
      TargetColumn("値", .decimal(scale: 2), digits: 5, optional: true),
      [.sqlite: "NUMERIC(7,2)", .postgres: "numeric(7,2)"],
      [("12.5", "12.50"), ("-999.99", "-999.99"), ("1000", bad), ("NULL", nil)]
    ),
    (
      TargetColumn("値", .integer, digits: 3, optional: true), [.sqlite: "INTEGER", .postgres: "numeric(5)"],
      [("999", "999"), ("1000", bad)]
    ),
    (
      TargetColumn("値", .text, length: 5, form: .padded), [.sqlite: "CHAR(5)", .postgres: "varchar(9)"],
      [("'A01  '", "A01"), ("' A'", " A"), ("''", ""), ("'  '", "")]
    ),
    (TargetColumn("値", .text, length: 5, form: .padded), [.postgres: "char(5)"], [("'A01'", "A01")]),
    (
      TargetColumn("値", .text, form: .timestamp, optional: true), [.sqlite: "TIMESTAMP", .postgres: "timestamp"],
      [("'2024-04-01 09:30:00'", "2024-04-01 09:30:00"), ("'2024-04-01 09:30:00.5'", "2024-04-01 09:30:00.5")]
    ),
    (
      TargetColumn("値", .text, form: .timestamp), [.sqlite: "TEXT", .postgres: "text"],
      [
        ("'2024-04-01'", bad), ("'2024-04-01T09:30:00'", bad), ("'2024-02-30 09:30:00'", bad),
        ("'2024-04-01 24:00:00'", bad), ("'2024-04-01 09:30:00.50'", bad), ("'2024-04-01 09:30:00.'", bad),
      ]
    ),
    (TargetColumn("値", .text, form: .timestamp), [.postgres: "timestamptz"], [("'2024-04-01 09:30:00+09'", bad)]),
    (
      TargetColumn("値", .text, form: .time), [.sqlite: "TEXT", .postgres: "time"],
      [("'09:30:00'", "09:30:00"), ("'23:59:59.25'", "23:59:59.25")]
    ),
    (
      TargetColumn("値", .date, optional: true), [.sqlite: "DATE", .postgres: "date"],
      [("NULL", nil), ("'2024-04-01'", "2024-04-01")]
    ),
  ]

  @Test(arguments: foreign.indices) func columnsOfOtherProgramsAreRead(_ index: Int) throws {
    let (column, types, values) = Self.foreign[index]
    for (kind, type) in types where Database.Kind.available.contains(kind) {
      let database = try Database(kind)
      let table = TableSchema(name: "表", columns: [TargetColumn("番", .integer), column], key: [0])
      try database.target.prepare([], resuming: false)
      try database.change?("CREATE TABLE \"表\" (\"番\" int NOT NULL, \"値\" \(type))")
      for (number, value) in values.enumerated() {
        try database.change?("INSERT INTO \"表\" VALUES (\(number), \(value.0))")
      }
      #expect(try database.rows(table).map { $0[1] } == values.map(\.1), "\(kind) \(type)")
    }
  }

  /// Rows that another program's table refuses are told by table, key and column; no value of a personal column.
  private static let refused:
    [(kind: Database.Kind, type: String, column: TargetColumn, value: String?, says: String)] = [
      (.sqlite, "DATE NOT NULL", TargetColumn("値", .date, optional: true), nil, "NOT NULL constraint failed"),
      (
        .sqlite, "TEXT CHECK (length(\"値\") < 3)", TargetColumn("値", .text, length: 9), "長い文字",
        "CHECK constraint failed"
      ),
      (.postgres, "date NOT NULL", TargetColumn("値", .date), nil, "23502"),
      (.postgres, "numeric(3,1)", TargetColumn("値", .decimal(scale: 2)), "123.45", "22003"),
      (.postgres, "varchar(2)", TargetColumn("値", .text, length: 9), "長い文字", "22001"),
      (.postgres, "date", TargetColumn("値", .date), "2024-04-00", "no day of the calendar"),
    ]

  @Test(arguments: refused.indices) func aRefusedRowIsToldByTableKeyAndColumn(_ index: Int) throws {
    let (kind, type, column, value, says) = Self.refused[index]
    guard Database.Kind.available.contains(kind) else { return }
    let database = try Database(kind)
    let table = TableSchema(
      name: "表", columns: [TargetColumn("番", .text), TargetColumn("人", .text, privacy: .personal), column], key: [0, 1])
    try database.target.prepare([], resuming: false)
    try database.change?("CREATE TABLE \"表\" (\"番\" text NOT NULL, \"人\" text NOT NULL, \"値\" \(type))")
    let good: String? = column.type == .date ? "2024-04-01" : column.type == .text ? "a" : "1.00"
    let rows = (0..<70).map { ["N\($0)", "山田", $0 == 45 ? value : good] }
    let error = #expect(throws: Diagnostic.self) { try database.load(table, rows) }
    #expect(error?.code == .targetRow)
    #expect(error?.facts.prefix(3) == ["表", error?.facts[1] == "–" ? "–" : "値", "番=N45, 人=●●●"])
    #expect(
      error?.facts[3].contains(says) == true && error?.facts[3].contains("長い") == false, "\(String(describing: error))")
    if kind == .postgres { #expect(error?.facts[1] == "値") }
  }

  private static let fits: [(column: TargetColumn, value: String?, fault: Fault?)] = [
    (TargetColumn("a", .integer, digits: 3), "999", nil), (TargetColumn("a", .integer, digits: 3), "-1000", .tooLong),
    (TargetColumn("a", .decimal(scale: 2), digits: 5), "999.99", nil),
    (TargetColumn("a", .decimal(scale: 2), digits: 5), "1000.00", .tooLong),
    (TargetColumn("a", .text, length: 2, form: .padded), "ab  ", nil),
    (TargetColumn("a", .text, length: 2), "ab  ", .tooLong),
    (TargetColumn("a", .text, length: 2), "山田", nil), (TargetColumn("a", .text, length: 1), "山田", .tooLong),
    (TargetColumn("a", .text, form: .timestamp), "2024-04-01", .unreadable),
    (TargetColumn("a", .text, form: .timestamp), "2024-04-01 00:00:00", nil),
    (TargetColumn("a", .flag), nil, .missing), (TargetColumn("a", .flag, optional: true), nil, nil),
    (TargetColumn("a", .date), nil, nil),
  ]

  @Test(arguments: fits.indices) func aColumnSaysWhatItCannotHold(_ index: Int) {
    let (column, value, fault) = Self.fits[index]
    let batch = Database.batch(TableSchema(name: "t", columns: [column], key: [0]), [[value]])
    #expect(column.fault(batch.columns[0], 0) == fault)
  }
}
