import Base
import Foundation
import Records
import Targets
import Testing

/// The contract of every target: the same cases for each.
@Suite struct TargetTests {
  private static let wide = String(repeating: "9", count: 38)
  private static let table = TableSchema(
    name: "賦課",
    columns: [
      TargetColumn("番号", .integer), TargetColumn("税額", .integer, optional: true),
      TargetColumn("地積", .decimal(scale: 2), optional: true), TargetColumn("率", .decimal(scale: 38), optional: true),
      TargetColumn("氏名", .text, optional: true), TargetColumn("期限", .date),
    ], key: [0])

  private static func small(_ name: String) -> TableSchema {
    TableSchema(name: name, columns: [TargetColumn("k", .integer), TargetColumn("v", .text)], key: [0])
  }

  /// Reports that the server's share of this suite was left out, when it was.
  @Test(.enabled(if: Database.Kind.server != nil, Database.Kind.absence)) func aServerIsAmongTheTargets() throws {
    #expect(Database.Kind.available.contains(.postgres))
  }

  @Test(arguments: Database.Kind.available) func everyValueComesBack(kind: Database.Kind) throws {
    let texts = [
      "", " ", "  a  ", "\t", "a\tb", "\n", "a\r\nb", "\r", "\\", "\\N", "\\\\N", "\\.", "\\t", "\\x41", "NULL", "'",
      "\"",
      "'; DROP TABLE x", "\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}", "山田太郎", "髙﨑", "𠮷野家𩸽", "👩‍👩‍👧", "e\u{301}", "é", "\u{e000}",
      "\u{3000}",
      "\u{feff}", "葛\u{e0100}", String(repeating: "長", count: 70_000), "0", "2024-01-01",
    ]
    var rows: [[String?]] = texts.enumerated().map { ["\($0)", "\($0)", "0.00", nil, $1, "2024-02-29"] }
    func add(_ integer: String?, _ decimal: String?, _ share: String?, _ date: String?) {
      rows.append(["\(rows.count)", integer, decimal, share, nil, date])
    }
    for integer in ["\(Int64.min)", "\(Int64.max)", "-1", "0", "999999999999999999", nil] {
      add(integer, nil, nil, nil)
    }
    for digits in [Self.wide, "0" + Self.wide.dropLast(), String(repeating: "0", count: 37) + "1"] {
      for sign in ["", "-"] { add(nil, nil, sign + "0." + digits, nil) }
    }
    for decimal in ["0.00", "-0.01", "0.10", "12345678.90", "-\(Self.wide.dropLast(2)).99"] {
      add(nil, decimal, nil, nil)
    }
    for date in ["0001-01-01", "2024-02-00", "2024-00-00", "9999-12-31", "9999-99-99", nil] { add(nil, nil, nil, date) }
    let database = try Database(kind)
    try database.load(Self.table, rows)
    #expect(try database.rows(Self.table, limit: 7) == rows)
  }

  @Test(arguments: Database.Kind.available) func rowsComeInTheOrderOfTheKeysBytes(kind: Database.Kind) throws {
    let keys: [(type: ValueType, order: [String?])] = [
      (
        .text,
        [
          nil, "", "\t", " ", "A", "Z", "\\N", "a", "aB", "ab", "z", "é", "　", "あ", "ア", "亜", "髙", "ｱ", "\u{e000}", "𠮷",
        ].sorted { ($0.map { Array($0.utf8) } ?? []).lexicographicallyPrecedes($1.map { Array($0.utf8) } ?? []) }
      ),
      (.integer, [nil, "-20", "-3", "0", "3", "20", "100"]),
      (.date, [nil, "0001-01-01", "2024-00-00", "2024-02-00", "2024-02-29", "9999-99-99"]),
      (.decimal(scale: 2), [nil, "-1.00", "-10.00", "-2.50", "0.00", "1.00", "10.00", "100.00", "2.00"]),
    ]
    for (type, order) in keys {
      let table = TableSchema(
        name: "t", columns: [TargetColumn("v", .integer), TargetColumn("k", type, optional: true)], key: [1, 0])
      // SQLite's null comes before the empty text.
      let order = [nil] + order.filter { $0 != nil }
      let rows = order.flatMap { key in (1...3).map { ["\($0)", key] } }
      let database = try Database(kind)
      try database.load(table, rows.enumerated().sorted { $0.offset * 7 % 11 < $1.offset * 7 % 11 }.map(\.element))
      #expect(try database.rows(table) == rows, "\(type)")
    }
  }

  /// For keys of every type: the rows with a key are those that a reading of all shows with it.
  @Test(arguments: Database.Kind.available) func rowsAreFoundByTheirKey(kind: Database.Kind) throws {
    let table = TableSchema(
      name: "t",
      columns: [
        TargetColumn("番号", .integer), TargetColumn("氏名", .text, optional: true), TargetColumn("期限", .date),
        TargetColumn("率", .decimal(scale: 2), optional: true), TargetColumn("v", .integer),
      ], key: [1, 0, 2, 3])
    let texts: [String?] = ["", " ", "'", "\\", "a\tb", "山田'; DROP TABLE t; --", "é", "e\u{301}", "𠮷", nil]
    var rows: [[String?]] = []
    for (number, text) in texts.enumerated() {
      for date in ["2024-02-29", "2024-02-00", "9999-99-99", nil] {
        for rate in ["0.00", "-1.50", nil] { rows.append(["\(number % 3 - 1)", text, date, rate, "\(rows.count)"]) }
      }
    }
    rows.append(rows[5])
    let database = try Database(kind)
    try database.load(table, rows)
    let all = try Self.read(database.target.reader(table), table)
    var found = 0
    for index in rows.indices {
      let key = RowKey(Database.batch(table, [rows[index]]), row: 0, of: table)
      let mine = try Self.read(database.target.reader(table, of: key), table)
      #expect(mine == all.filter { Array($0[0...3]) == Array(rows[index][0...3]) }, "\(rows[index])")
      found += mine.count
      // Another number: no row.
      let other = Database.batch(table, [["77"] + rows[index].dropFirst()])
      #expect(try Self.read(database.target.reader(table, of: RowKey(other, row: 0, of: table)), table).isEmpty)
    }
    #expect(found == rows.count + 2)
  }

  private static func read(_ reader: any TargetReader, _ table: TableSchema) throws -> [[String?]] {
    let batch = Batch(table.fields)
    var rows: [[String?]] = []
    while try reader.read(into: batch, limit: 7) {
      rows += (0..<batch.count).map { row in batch.columns.map { $0.describe(row) } }
    }
    return rows
  }

  @Test(arguments: Database.Kind.available) func aDoubledRowIsKept(kind: Database.Kind) throws {
    let database = try Database(kind)
    let table = Self.small("t")
    try database.load(table, [["2", "b"], ["1", "a"], ["2", "b"], ["1", "c"]])
    let rows = try database.rows(table)
    #expect(rows.map { $0[0] } == ["1", "1", "2", "2"])
    #expect(rows.map { $0[1] ?? "" }.sorted() == ["a", "b", "b", "c"])
  }

  @Test(arguments: Database.Kind.available) func whatWasNotCommittedIsNotThere(kind: Database.Kind) throws {
    let database = try Database(kind)
    let tables = ["a", "b", "c"].map(Self.small)
    try database.target.prepare(tables, resuming: false)
    func load(_ files: [String: Int], commits: [(String, Int)], rest: Int) throws {
      let loader = try database.target.loader(tables)
      #expect(loader.checkpoints.mapValues(\.records) == files)
      #expect(loader.checkpoints.values.allSatisfy { $0.identity == "identity of \($0.file)" })
      var next = files.values.reduce(0, +)
      for (file, records) in commits {
        // Alternately, and more than fits into a buffer.
        for _ in 0..<records {
          next += 1
          for table in tables.indices {
            try loader.load(
              Database.batch(tables[table], [["\(next)", String(repeating: "x", count: 9_000)]]), into: table)
          }
        }
        let checkpoint = Checkpoint(
          file: file, records: files[file, default: 0] + records, identity: "identity of \(file)")
        try loader.commit(checkpoint)
      }
      for _ in 0..<rest { try loader.load(Database.batch(tables[1], [["0", "lost"]]), into: 1) }
    }
    try load([:], commits: [("F1", 70), ("F'2", 1)], rest: 3)
    try load(["F1": 70, "F'2": 1], commits: [("F'2", 2)], rest: 50)
    try load(["F1": 70, "F'2": 3], commits: [], rest: 0)
    for table in tables {
      #expect(try database.rows(table, limit: 100).map { $0[0] } == (1...73).map { "\($0)" })
    }
  }

  @Test(arguments: Database.Kind.available) func anOccupiedTargetIsRefused(kind: Database.Kind) throws {
    let database = try Database(kind)
    let table = Self.small("t")
    try database.target.prepare([table], resuming: true)
    try database.load(table, [["1", "a"]])
    #expect(thrown { try database.target.prepare([table], resuming: false) } == .targetOccupied)
    #expect(thrown { try database.target.prepare([Self.small("other"), table], resuming: true) } == nil)
    guard let change = database.change else { return }
    try change("DELETE FROM totsugo_checkpoint")
    #expect(thrown { try database.target.prepare([table], resuming: true) } == .targetOccupied)
    try change("DELETE FROM t")
    #expect(thrown { try database.target.prepare([table], resuming: false) } == nil)
  }

  @Test(arguments: Database.Kind.available) func aMissingTableOrColumnIsNamed(kind: Database.Kind) throws {
    let database = try Database(kind)
    try database.load(Self.small("t"), [["1", "a"]])
    let wider = TableSchema(name: "t", columns: Self.small("t").columns + [TargetColumn("w", .text)], key: [0])
    for (table, facts) in [(Self.small("T"), ["T", "–"]), (wider, ["t", "w"])]
    where kind != .sqlite || table.name == "t" {
      do {
        _ = try database.target.reader(table)
        Issue.record("\(table.name) was read")
      } catch {
        #expect(error.code == .targetTable && error.facts == facts)
      }
    }
    let narrow = TableSchema(name: "t", columns: [TargetColumn("v", .text)], key: [0])
    #expect(try database.rows(narrow) == [["a"]])
  }

  @Test(arguments: Database.Kind.available) func twoReadersDoNotDisturbEachOther(kind: Database.Kind) throws {
    let database = try Database(kind)
    let table = Self.small("t")
    try database.load(table, (1...500).map { ["\($0)", "v\($0)"] })
    let readers = try [database.target.reader(table), database.target.reader(table)]
    let batch = Batch(table.fields)
    var sums = [0, 0]
    var turn = 0
    while turn < 2_000 {
      if try readers[turn % 2].read(into: batch, limit: turn % 2 == 0 ? 3 : 50) {
        for row in 0..<batch.count { sums[turn % 2] += Int(batch.columns[0].integers[row]) }
      }
      turn += 1
    }
    #expect(sums == [125_250, 125_250])
    // A reader that is released half-way leaves no trace.
    #expect(try database.target.reader(table).read(into: batch, limit: 1))
    #expect(try database.rows(table, limit: 100).count == 500)
  }

  @Test(arguments: Database.Kind.available) func aNullWhereNoneMayBeEndsTheLoad(kind: Database.Kind) throws {
    let database = try Database(kind)
    let table = Self.small("t")
    try database.target.prepare([table], resuming: false)
    let failure = thrown {
      let loader = try database.target.loader([table])
      let batch = Database.batch(table, [["1", "a"], ["2", "b"]])
      batch.columns[1].removeAll()
      batch.columns[1].append("a")
      batch.columns[1].append(state: Fault.undefinedCode.rawValue)
      try loader.load(batch, into: 0)
      try loader.commit(Checkpoint(file: "F", records: 2, identity: "i"))
    }
    #expect(failure == (kind == .memory ? .targetWrite : .targetRow))
    #expect(try database.rows(table) == [])
    #expect(try database.target.loader([table]).checkpoints.isEmpty)
  }

  /// A change behind the target's back is noticed.
  @Test(arguments: Database.Kind.available.filter { $0 != .memory }) func aDateThatIsNoneIsUnreadable(
    kind: Database.Kind
  ) throws {
    let database = try Database(kind)
    let table = TableSchema(name: "t", columns: [TargetColumn("k", .integer), TargetColumn("d", .date)], key: [0])
    try database.load(table, [["1", "2024-02-28"], ["2", "2024-02-29"]])
    let change = try #require(database.change)
    try change("UPDATE t SET d = '2024-02-30' WHERE k = 2")
    #expect(try database.rows(table) == [["1", "2024-02-28"], ["2", Fault.unreadable.code]])
  }
}
