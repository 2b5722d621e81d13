import Base
import Foundation
import SQLite
import Testing

/// A separate database, and the guarantees for connections, statements and transactions.
@Suite struct SQLiteTests {
  private static func connection(_ path: String, _ mode: SQLiteConnection.Mode = .create) throws -> SQLiteConnection {
    try SQLiteConnection(path, mode, waiting: 0) { refusal in
      Diagnostic(
        refusal.isBusy ? .ledgerBusy : refusal.purpose == nil ? .targetOpen : .targetRead,
        at: Place(file: refusal.path),
        refusal.purpose ?? "–", refusal.reason)
    }
  }

  private static func withFile<T>(_ body: (String) throws -> T) throws -> T {
    let path = NSTemporaryDirectory() + "totsugo-sqlite-\(UUID().uuidString).db"
    defer { for end in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + end) } }
    return try body(path)
  }

  @Test func aTransactionThatGoesAwayIsTakenBack() throws {
    try Self.withFile { path in
      let database = try Self.connection(path)
      try database.execute("CREATE TABLE t (a)", "t")
      do {
        let transaction = try SQLiteTransaction(.writing, database)
        try transaction.connection.execute("INSERT INTO t VALUES (1)", "t")
      }
      #expect(try database.integer("SELECT count(*) FROM t", "t") == 0)
      let transaction = try SQLiteTransaction(.writing, database)
      try database.execute("INSERT INTO t VALUES (1)", "t")
      try transaction.commit()
      #expect(try database.integer("SELECT count(*) FROM t", "t") == 1)
    }
  }

  @Test func whoWritesWaitsForWhoWrites() throws {
    try Self.withFile { path in
      let (one, other) = (try Self.connection(path), try Self.connection(path))
      try one.execute("CREATE TABLE t (a)", "t")
      let writing = try SQLiteTransaction(.writing, one)
      #expect(throws: Diagnostic(.ledgerBusy, at: Place(file: path), "begin", "database is locked")) {
        _ = try SQLiteTransaction(.writing, other)
      }
      // A reader makes a commit wait; the written rows are rolled back, not half kept.
      try one.execute("INSERT INTO t VALUES (1)", "t")
      let reading = try SQLiteTransaction(.reading, other)
      #expect(try reading.connection.integer("SELECT count(*) FROM t", "t") == 0)
      do throws(Diagnostic) {
        try writing.commit()
        Issue.record("committed while somebody reads")
      } catch { #expect(error == Diagnostic(.ledgerBusy, at: Place(file: path), "commit", "database is locked")) }
      #expect(try one.integer("SELECT count(*) FROM t", "t") == 0)
    }
  }

  /// A process that waits gets access as soon as the other has left.
  @Test func whoIsPatientGetsIn() throws {
    try Self.withFile { path in
      let one = try Self.connection(path)
      nonisolated(unsafe) let other = try Self.connection(path)
      try one.execute("CREATE TABLE t (a)", "t")
      try other.execute("BEGIN; SELECT * FROM t", "t")
      let writing = try SQLiteTransaction(.writing, one)
      try one.execute("INSERT INTO t VALUES (1)", "t")
      Thread.detachNewThread {
        usleep(200_000)
        try? other.execute("COMMIT", "t")
      }
      one.wait(seconds: 60)
      try writing.commit()
      #expect(try one.integer("SELECT count(*) FROM t", "t") == 1)
    }
  }

  /// Every value is read back unchanged, byte for byte.
  @Test(arguments: [
    SQLiteValue.null, .integer(0), .integer(.min), .integer(.max), .text(""), .text("a\0b"), .text("が"),
    .text("か\u{3099}"),
    .text("𠮷"), .text(String(repeating: "税", count: 100_000)),
  ])
  func aValueComesBack(_ value: SQLiteValue) throws {
    let database = try Self.connection(":memory:")
    let row = try database.prepare("SELECT ?1, typeof(?1)", "value")
    row.bind([value])
    #expect(try row.next())
    #expect(row[0].holds(value))
    switch value {
    case .null: #expect(row[0].kind == .null && row[0].text == nil && row[0].exactInteger == nil)
    case .integer(let number): #expect(row[0].exactInteger == Int(number) && row[0].text == nil)
    case .text(let text): #expect(row[0].text?.utf8.elementsEqual(text.utf8) == true && row[0].exactInteger == nil)
    }
    #expect(try !row.next())
  }

  @Test func textsComposedOtherwiseAreOthers() throws {
    let database = try Self.connection(":memory:")
    let row = try database.prepare("SELECT ?1", "value")
    row.bind([.text("が")])
    #expect(try row.next())
    #expect(!row[0].holds(.text("か\u{3099}")))
    #expect(!row[0].holds(.null))
  }

  /// Bytes that are not UTF-8 are not a text; they are not replaced.
  @Test func whatIsNoTextIsNone() throws {
    let database = try Self.connection(":memory:")
    let row = try database.prepare("SELECT CAST(X'E3818FFF' AS TEXT), X'E3818F', 1.5", "value")
    #expect(try row.next())
    #expect(row[0].kind == .text && row[0].text == nil && row[0].bytes.count == 4)
    #expect(row[1].kind == .blob && row[1].text == nil && row[1].blob.count == 3)
    #expect(row[2].kind == .real && row[2].real == 1.5 && row[2].exactInteger == nil)
  }

  /// After the last row no row follows, however often it is asked for; SQLite itself would begin again.
  @Test func theEndStaysTheEndUntilReset() throws {
    let database = try Self.connection(":memory:")
    let row = try database.prepare("SELECT 1", "value")
    #expect(try row.next())
    #expect(try !row.next())
    #expect(try !row.next())
    row.reset()
    #expect(try row.next())
  }

  @Test func aRefusalSaysWhatAndWhy() throws {
    let missing = NSTemporaryDirectory() + "no such folder \(UUID().uuidString)/x.db"
    #expect(throws: Diagnostic(.targetOpen, at: Place(file: missing), "–", "unable to open database file")) {
      _ = try Self.connection(missing)
    }
    let database = try Self.connection(":memory:")
    try database.execute("CREATE TABLE t (a)", "t")
    #expect(throws: Diagnostic(.targetRead, at: Place(file: ":memory:"), "rows", "no such table: u")) {
      _ = try database.prepare("SELECT * FROM u", "rows")
    }
    // A column that does not exist is not a text.
    #expect(throws: Diagnostic(.targetRead, at: Place(file: ":memory:"), "rows", "no such column: b")) {
      _ = try database.prepare("SELECT \"b\" FROM t", "rows")
    }
    #expect(database.accepts("SELECT a FROM t") && !database.accepts("SELECT b FROM t"))
  }

  @Test func aRowThatIsRefusedLeavesTheStatementUsable() throws {
    let database = try Self.connection(":memory:")
    try database.execute("CREATE TABLE t (a PRIMARY KEY)", "t")
    let insert = try database.prepare("INSERT INTO t VALUES (?1)", "t")
    insert.bind([.integer(1)])
    try insert.run()
    #expect(throws: Diagnostic(.targetRead, at: Place(file: ":memory:"), "t", "UNIQUE constraint failed: t.a")) {
      try insert.run()
    }
    insert.bind([.integer(2)])
    try insert.run()
    #expect(try database.texts("SELECT CAST(a AS TEXT) FROM t ORDER BY a", "t") == ["1", "2"])
    #expect(database.changes == 2)
  }

  @Test func generatedColumnsAreColumns() throws {
    let database = try Self.connection(":memory:")
    try database.execute("CREATE TABLE \"a\"\"b'c\" (x, y AS (x + 1)); CREATE VIEW v AS SELECT 1 AS one", "t")
    #expect(try database.columns(of: "a\"b'c") == ["x", "y"])
    #expect(try database.columns(of: "v") == ["one"])
    #expect(try database.columns(of: "nothing").isEmpty)
  }
}
