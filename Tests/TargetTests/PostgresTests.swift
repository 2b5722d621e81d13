import Base
import Foundation
import Targets
import Records
import Testing

/// The properties of PostgreSQL: tables made by other programs, values that it cannot store, and its connection.
@Suite(.enabled(if: Database.Kind.server != nil, Database.Kind.absence)) struct PostgresTests {
  private static func connection(_ mode: PostgresConnection.Mode = .read) throws -> PostgresConnection {
    try PostgresConnection(try #require(Database.Kind.server), mode)
  }

  private static func database(_ statements: String...) throws -> Database {
    let database = try Database(.postgres)
    try database.target.prepare([], resuming: false)
    let change = try #require(database.change)
    for statement in statements { try change(statement) }
    return database
  }

  private static let unreadable = Fault.unreadable.code

  /// A column as another program may have it, its stored values, and the values read.
  private static let foreign: [(schema: ValueType, type: String, values: [(String, String?)])] = [
    (.integer, "int2", [("-32768", "-32768")]), (.integer, "int4", [("7", "7"), ("NULL", nil)]),
    (
      .integer, "numeric",
      [("5", "5"), ("5.00", "5"), ("5.5", unreadable), ("1e19", unreadable), ("'NaN'", unreadable)]
    ),
    (.integer, "text", [("'5'", unreadable)]), (.integer, "boolean", [("true", unreadable)]),
    (.integer, "float8", [("5", unreadable)]),
    (.text, "varchar(5)", [("'山田'", "山田"), ("''", ""), ("NULL", nil), ("'山\u{FFFD}'", unreadable)]),
    (.text, "char(5)", [("'ab'", "ab"), ("'a b'", "a b"), ("''", ""), ("NULL", nil)]),
    (.text, "integer", [("5", unreadable)]), (.text, "boolean", [("true", unreadable)]),
    (
      .date, "date",
      [
        ("'2024-02-29'", "2024-02-29"), ("NULL", nil), ("'infinity'", "9999-99-99"), ("'-infinity'", unreadable),
        ("'0044-03-15 BC'", unreadable),
        ("'12024-01-01'", unreadable),
      ]
    ),
    (
      .date, "timestamp",
      [("'2024-02-29'", "2024-02-29"), ("'2024-02-29 00:00:01'", unreadable), ("'2024-02-29 00:00:00.5'", unreadable)]
    ),
    (.date, "timestamptz", [("'2024-02-29 00:00:00+00'", unreadable)]),
    (.date, "char(10)", [("'2024-02-00'", "2024-02-00"), ("'0000-00-00'", nil), ("NULL", nil)]),
    (.date, "text", [("'2024-02-30'", unreadable), ("'20240229'", unreadable), ("E'2024-02-2\\t'", unreadable)]),
    (
      .decimal(scale: 2), "numeric",
      [("1.5", "1.50"), ("1.500", "1.50"), ("-1", "-1.00"), ("1.505", unreadable), ("1e37", unreadable), ("NULL", nil)]
    ),
    (.decimal(scale: 2), "int8", [("-3", "-3.00")]),
    (
      .decimal(scale: 2), "text",
      [("'1.50'", "1.50"), ("'1.5'", unreadable), ("'-'", unreadable), ("'.50'", unreadable)]
    ),
    (.decimal(scale: 2), "float8", [("1.5", unreadable)]),
  ]

  @Test func tablesOfOthersAreReadWhereNothingIsLost() throws {
    for (schema, type, values) in Self.foreign {
      let rows = values.enumerated().map { "(\($0), \($1.0))" }.joined(separator: ", ")
      let database = try Self.database("CREATE TABLE t (n int, v \(type))", "INSERT INTO t VALUES \(rows)")
      let table = TableSchema(
        name: "t", columns: [TargetColumn("n", .integer), TargetColumn("v", schema, optional: true)], key: [0])
      #expect(try database.rows(table).map { $0[1] } == values.map(\.1), "\(schema) \(type)")
      // Every form can be a key.
      let byValue = TableSchema(name: "t", columns: table.columns, key: [1, 0])
      #expect(try database.rows(byValue).count == values.count)
    }
  }

  @Test func viewsAndDomainsAreTablesAndTypes() throws {
    let database = try Self.database(
      "CREATE DOMAIN zei AS bigint", "CREATE TABLE t (k zei, v text)", "INSERT INTO t VALUES (2, 'b'), (1, 'a')",
      "CREATE VIEW w AS SELECT v, k FROM t")
    let view = TableSchema(name: "w", columns: [TargetColumn("k", .integer), TargetColumn("v", .text)], key: [0])
    #expect(try database.rows(view) == [["1", "a"], ["2", "b"]])
  }

  @Test func theIndexIsOfUse() throws {
    let database = try Database(.postgres)
    let table = TableSchema(
      name: "賦課",
      columns: [
        TargetColumn("番号", .text), TargetColumn("率", .decimal(scale: 2)), TargetColumn("日", .date),
        TargetColumn("期", .integer),
      ], key: [0, 1, 2, 3])
    try database.load(table, (1...3_000).map { [String(10_000 + $0), "\($0).00", nil, "1"] })
    let connection = try PostgresConnection(database.target.reference.withPassword, .read)
    try connection.execute("SET enable_seqscan = off", "test")
    let order = """
      "番号" COLLATE "C" NULLS FIRST, (("率")::text) COLLATE "C" NULLS FIRST, "日" COLLATE "C" NULLS FIRST, "期" NULLS FIRST
      """
    let plan = try connection.rows("EXPLAIN SELECT * FROM \"賦課\" ORDER BY \(order)", "test")
    #expect(plan.count == 1 && plan[0][0]?.contains("Index Scan using \"key_賦課\"") == true, "\(plan)")
  }

  @Test func aNullCharacterIsNamedAndNothingIsLoaded() throws {
    let database = try Database(.postgres)
    let table = TableSchema(name: "t", columns: [TargetColumn("k", .integer), TargetColumn("氏名", .text)], key: [0])
    try database.target.prepare([table], resuming: false)
    let loader = try database.target.loader([table])
    let batch = Database.batch(table, [["1", "a"], ["2", "b\u{0}c"]])
    batch.records = [11, 12]
    do {
      try loader.load(batch, into: 0)
      Issue.record("it was loaded")
    } catch {
      #expect(error.code == .targetNul && error.facts == ["t", "氏名", "12"])
    }
    #expect(try database.rows(table) == [])
  }

  @Test func aLongNameIsRefused() throws {
    let database = try Database(.postgres)
    let name = String(repeating: "税", count: 22)
    for table in [
      TableSchema(name: "t", columns: [TargetColumn(name, .integer)], key: [0]),
      TableSchema(name: name, columns: [TargetColumn("k", .integer)], key: [0]),
    ] {
      #expect(thrown { try database.target.prepare([table], resuming: false) } == .targetName)
    }
  }

  @Test func messagesQuoteNoValue() throws {
    let database = try Self.database("CREATE TABLE t (k bigint, v varchar(3) CHECK (v <> '山田'))")
    let table = TableSchema(name: "t", columns: [TargetColumn("k", .integer), TargetColumn("v", .text)], key: [0])
    let wrong = TableSchema(name: "t", columns: [TargetColumn("k", .text), TargetColumn("v", .text)], key: [0])
    for (table, row) in [(wrong, ["山田", "a"]), (table, ["1", "山田"]), (table, ["1", "山田太郎"])] {
      let loader = try database.target.loader([table])
      do {
        try loader.load(Database.batch(table, [row]), into: 0)
        try loader.commit(Checkpoint(file: "F", records: 1, identity: "i"))
        Issue.record("\(row) was loaded")
      } catch {
        #expect(error.code == .targetRow)
        #expect(!error.message(.english).contains("山田"), "\(error.message(.english))")
      }
    }
  }

  @Test func aWrongPasswordIsTold() throws {
    let server = try #require(Database.Kind.server)
    let wrong = server.replacing(#/:[0-9a-f]+@/#, with: ":sesame@")
    do {
      _ = try PostgresConnection(wrong, .read)
      Issue.record("the server took a wrong password")
    } catch {
      #expect(error.code == .targetOpen && error.message(.english).contains("password authentication failed"))
      #expect(!error.message(.english).contains("sesame"))
    }
    let nowhere = "postgres://127.0.0.1:1/x"
    #expect(thrown { _ = try PostgresConnection(nowhere, .read) } == .targetOpen)
  }

  /// The session of a killed run may still be at work.
  @Test func aSecondLoaderWaitsForTheFirstToEnd() throws {
    let database = try Database(.postgres)
    let table = TableSchema(name: "t", columns: [TargetColumn("k", .integer)], key: [0])
    try database.target.prepare([table], resuming: false)
    nonisolated(unsafe) var first: (any TargetLoader)? = try database.target.loader([table])
    #expect(first?.checkpoints.isEmpty == true)
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { first = nil }
    let second = try database.target.loader([table])
    #expect(thrown { _ = try database.target.loader([table]) } == .targetOpen)
    try second.commit(Checkpoint(file: "F", records: 0, identity: "i"))
  }

  // MARK: the connection

  @Test func rowsComeOneByOneAsTheServerWritesThem() throws {
    let connection = try Self.connection()
    let query = "SELECT i, CASE WHEN i % 2 = 0 THEN E'a\\tb\\\\' END FROM generate_series(1, 3) AS i ORDER BY i"
    let rows = try connection.copyOut(query, "test")
    var lines: [String] = []
    while let row = try rows.next() { lines.append(String(decoding: row, as: UTF8.self)) }
    #expect(lines == ["1\t\\N", "2\ta\\tb\\\\", "3\t\\N"])
    #expect(try rows.next() == nil)
    #expect(try connection.columns(of: query, "test").map(\.name) == ["i", "case"])
    #expect(try connection.columns(of: "SELECT 1::numeric(10, 2)", "test").map(\.type) == [1700])
  }

  @Test func anAnswerLetGoLeavesTheConnectionUsable() throws {
    let connection = try Self.connection()
    do {
      let rows = try connection.copyOut("SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) AS i", "test")
      #expect(try rows.next()?.first == UInt8(ascii: "1"))
    }
    #expect(try connection.rows("SELECT 1", "test") == [["1"]])
  }

  @Test func failuresHalfWayAreTold() throws {
    let connection = try Self.connection()
    let rows = try connection.copyOut("SELECT 100 / (50000 - i) FROM generate_series(1, 60000) AS i", "test")
    var count = 0
    #expect(thrown { while try rows.next() != nil { count += 1 } } == .targetRead)
    #expect(count < 50_000)
    #expect(try rows.next() == nil)
    #expect(thrown { _ = try connection.copyOut("SELECT nonsense", "test") } == .targetRead)
    #expect(thrown { _ = try connection.columns(of: "SELECT nonsense", "test") } == .targetRead)
    #expect(try connection.rows("SELECT NULL, '', 'あ'", "test") == [[nil, "", "あ"]])
  }

  @Test func aReaderCannotWrite() throws {
    let connection = try Self.connection()
    #expect(thrown { try connection.execute("CREATE TABLE never (k int)", "test") } == .targetWrite)
  }

  @Test func aConnectionThatIsCutIsTold() throws {
    let connection = try Self.connection()
    let rows = try connection.copyOut("SELECT i, repeat('x', 1000) FROM generate_series(1, 10000000) AS i", "test")
    _ = try rows.next()
    let other = try Self.connection(.write)
    _ = try other.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT i, repeat(''x'', 1000) FROM%10000000%'",
      "test")
    #expect(thrown { while try rows.next() != nil {} } == .targetRead)
    #expect(thrown { _ = try connection.rows("SELECT 1", "test") } == .targetRead)
  }
}

extension String {
  /// A target's reference, which has no password, with the server's password.
  fileprivate var withPassword: String {
    let query = split(separator: "?", maxSplits: 1).dropFirst().joined()
    return (Database.Kind.server ?? "") + (query.isEmpty ? "" : "?" + query)
  }
}
