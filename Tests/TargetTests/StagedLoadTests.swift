import Base
import Foundation
import Records
import Targets
import Testing

/// Rows that SQLite takes over as pages lie as if they had been bound one by one, and are read in the order of their key
/// without an index where they lie in it.
@Suite struct StagedLoadTests {
  private static let table = TableSchema(
    name: "課税 \"表\"",
    columns: [
      TargetColumn("k", .integer), TargetColumn("n", .integer, optional: true),
      TargetColumn("t", .text, optional: true), TargetColumn("d", .date), TargetColumn("e", .date, optional: true),
      TargetColumn("z", .decimal(scale: 3), optional: true), TargetColumn("f", .flag, optional: true),
    ], key: [0])

  /// Numbers about each width, texts about each length of their head and about the size of a page, and nothing.
  private static let rows: [[String?]] = {
    var rows: [[String?]] = []
    func add(_ n: String? = nil, _ t: String? = nil, _ d: String? = nil, _ z: String? = nil, _ f: String? = nil) {
      rows.append(["\(rows.count)", n, t, d, d, z, f])
    }
    for bits in 0..<63 {
      for number in [Int64(1) << bits, Int64(1) << bits - 1, -(Int64(1) << bits), -(Int64(1) << bits) - 1] {
        add("\(number)", nil, nil, nil, "1")
      }
    }
    for number in [Int64.min, .max, 0, 1, -1] { add("\(number)") }
    for length in [
      0, 1, 7, 8, 9, 56, 57, 58, 59, 127, 128, 8_185, 8_186, 32_600, 32_690, 32_700, 32_732, 32_733, 70_000,
    ] {
      add(nil, String(repeating: "字", count: length / 3) + String(repeating: "x", count: length % 3), nil, nil, "0")
    }
    for date in ["0001-01-01", "2024-00-00", "2024-02-00", "2024-02-29", "9999-12-31", "9999-99-99"] {
      add(nil, nil, date)
    }
    for decimal in ["0.000", "-0.001", "12345678901234567890123456789012345.678"] { add(nil, nil, nil, decimal) }
    return rows
  }()

  private static func told(_ database: Database, _ order: String) throws -> [[String?]] {
    let path = database.target.reference.dropFirst("sqlite:".count)
    let copy = NSTemporaryDirectory() + UUID().uuidString
    defer { unlink(copy) }
    let scratch = try SQLiteScratch(copying: String(path), to: copy)
    #expect(try scratch.rows("PRAGMA integrity_check") == [["ok"]])
    let columns = table.columns.map { SQLiteScratch.name($0.name) }
    let terms = columns.map { "typeof(\($0))" } + columns.map { "quote(\($0))" }
    return try scratch.rows(
      "SELECT rowid, \(terms.joined(separator: ", ")) FROM \(SQLiteScratch.name(table.name)) ORDER BY \(order)")
  }

  /// - Parameter watched: with a trigger, behind which rows are bound.
  private static func loaded(_ batches: [[[String?]]], watched: Bool) throws -> Database {
    let database = try Database(.sqlite)
    try database.target.prepare([table], resuming: false)
    let name = SQLiteScratch.name(table.name)
    if watched { try database.change?("CREATE TRIGGER none AFTER INSERT ON \(name) WHEN 0 BEGIN SELECT 1; END") }
    let loader = try database.target.loader([table])
    for (number, rows) in batches.enumerated() {
      try loader.load(Database.batch(table, rows), into: 0)
      if number % 3 == 2 { try loader.commit(Checkpoint(file: "F", records: number, identity: "i")) }
    }
    try loader.commit(Checkpoint(file: "F", records: batches.count, identity: "i"))
    try loader.finish()
    return database
  }

  private static func indexes(_ database: Database) throws -> Int {
    let copy = NSTemporaryDirectory() + UUID().uuidString
    defer { unlink(copy) }
    let path = String(database.target.reference.dropFirst("sqlite:".count))
    return try SQLiteScratch(copying: path, to: copy)
      .rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'key%'").count
  }

  @Test(arguments: [1, 7, 100, 1_000]) func stagedRowsLieAsBoundOnes(size: Int) throws {
    let batches = stride(from: 0, to: Self.rows.count, by: size).map {
      Array(Self.rows[$0..<min(Self.rows.count, $0 + size)])
    }
    let (staged, bound) = (try Self.loaded(batches, watched: false), try Self.loaded(batches, watched: true))
    #expect(try Self.told(staged, "rowid") == Self.told(bound, "rowid"))
    #expect(try Self.indexes(staged) == 0)
    #expect(try staged.rows(Self.table) == bound.rows(Self.table))
  }

  /// A batch of which each row takes a page has more pages than a root of one page can name.
  @Test func aBatchMayHaveAnyNumberOfPages() throws {
    let text = String(repeating: "x", count: 16_400)
    let rows = (0..<4_500).map { ["\($0)", nil, text, "2024-02-29", nil, nil, nil] as [String?] }
    let database = try Self.loaded([rows], watched: false)
    #expect(try Self.told(database, "rowid").count == rows.count)
    #expect(try database.rows(Self.table, limit: 512).map { $0[0] } == rows.map { $0[0] })
  }

  @Test func manyRowsLieAsBoundOnes() throws {
    let rows = (0..<60_000).map { ["\($0)", "\($0 * 7919)", "氏名\($0)", "2024-02-29", nil, "\($0).125", "1"] }
    let batches = stride(from: 0, to: rows.count, by: 20_000).map { Array(rows[$0..<$0 + 20_000]) }
    let (staged, bound) = (try Self.loaded(batches, watched: false), try Self.loaded(batches, watched: true))
    #expect(try Self.told(staged, "rowid") == Self.told(bound, "rowid"))
  }

  /// Rows within a batch are put in order; a few batches out of order are merged; many leave the table to an index.
  @Test(arguments: [1, 2, 5, 31, 32, 33, 60]) func rowsAreReadInKeyOrder(runs: Int) throws {
    let rows = (0..<3_000).map { ["\($0)", nil, "t\($0)", "2024-02-29", nil, nil, nil] as [String?] }
    // Each run has every so many of the rows, and they come to it backwards.
    let batches = (0..<runs).map { run in
      Array(stride(from: run, to: rows.count, by: runs).map { rows[$0] }.reversed())
    }
    let database = try Self.loaded(batches, watched: false)
    #expect(try Self.indexes(database) == (runs <= 32 ? 0 : 1))
    #expect(try database.rows(Self.table, limit: 512) == rows)
    // A row that somebody has put behind all others, though its key is the least.
    try database.change?("INSERT INTO \(SQLiteScratch.name(Self.table.name)) (k, d) VALUES (-5, '2024-01-01')")
    let more = try database.rows(Self.table, limit: 512)
    #expect(more.first?.first == "-5")
    #expect(Array(more.dropFirst()) == rows)
  }

  /// A null where the table has none is refused, and nothing of its batch stays.
  @Test func aMissingValueIsRefused() throws {
    let database = try Database(.sqlite)
    try database.target.prepare([Self.table], resuming: false)
    let loader = try database.target.loader([Self.table])
    let row: [String?] = [nil, nil, nil, "2024-02-29", nil, nil, nil]
    #expect(throws: Diagnostic.self) { try loader.load(Database.batch(Self.table, [row]), into: 0) }
  }
}
