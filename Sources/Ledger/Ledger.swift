import CSQLite
import Evidence
import Foundation
import GRDB

/// The ledger (台帳) of a workspace: `ledger.sqlite`, a list of entries that is only ever added to, each with the SHA-256
/// of the one before, and the registers, whose tables are the sum of the entries.
///
/// Reading sees one state even while others write. Writing is one transaction: all of it is entered, or nothing. Two
/// processes that write wait for each other, ten seconds at most.
package final class Ledger {
  package let path: String
  let schemas: [RegisterSchema]
  let database: DatabaseQueue

  /// Opens the ledger of a workspace to read and write, and makes it when there is none.
  ///
  /// - Parameter schemas: all registers that there are.
  /// - Throws: `ledger.database`, `workspace.write`.
  package convenience init(_ workspace: Workspace, _ schemas: [RegisterSchema]) throws {
    try workspace.make(workspace.path)
    let path = workspace.path + "/ledger.sqlite"
    try Self.checkPresence(path, workspace)
    // Made here, since SQLite would leave its mode to the umask.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    close(descriptor)
    try self.init(path: path, schemas)
    try write { try $0.makeTables() }
  }

  /// Opens the ledger of a workspace to read; nothing is entered.
  ///
  /// A process that was killed while it wrote leaves `ledger.sqlite-journal`, and whoever reads next must put the database back as
  /// it was before that. So it is opened as one that may be written; where it may not, SQLite opens it to read by itself.
  ///
  /// - Returns: `nil` when there is none, or nothing in it yet because another process is about to make it.
  /// - Throws: `ledger.database`, `ledger.journal`.
  package convenience init?(reading workspace: Workspace, _ schemas: [RegisterSchema]) throws {
    let path = workspace.path + "/ledger.sqlite"
    try Self.checkPresence(path, workspace)
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size, size > 0 else {
      if workspace.hasEvidence { throw Diagnostic(.ledgerGone, at: Place(file: path)) }
      return nil
    }
    try self.init(path: path, schemas)
  }

  /// What tells of a ledger that is not there: evidence, or the journal of a commit. SQLite would take such a journal away.
  ///
  /// - Throws: `ledger.gone`, `ledger.database` where it cannot be looked at.
  private static func checkPresence(_ path: String, _ workspace: Workspace) throws(Diagnostic) {
    let isThere = access(path, F_OK) == 0
    // Who may not look is not told that there is nothing.
    if !isThere, errno == EACCES {
      throw Diagnostic(.ledgerDatabase, at: Place(file: path), String(cString: strerror(EACCES)))
    }
    guard !isThere, workspace.hasEvidence || FileManager.default.fileExists(atPath: journal(of: path)) else { return }
    // A process that makes the ledger in this moment makes it before its journal and before any evidence: then it is there now.
    if access(path, F_OK) != 0 { throw Diagnostic(.ledgerGone, at: Place(file: path)) }
  }

  private static func journal(of path: String) -> String { path + "-journal" }

  private init(path: String, _ schemas: [RegisterSchema]) throws {
    self.path = path
    self.schemas = schemas + [Correction.register]
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    do { database = try DatabaseQueue(path: path, configuration: configuration) } catch {
      throw Self.translated(error, path)
    }
  }

  /// Reads in one state of the ledger.
  ///
  /// - Throws: what `body` throws, and `ledger.database`.
  package func read<T>(_ body: (borrowing LedgerReading) throws -> T) throws -> T {
    do { return try database.read { try body(LedgerReading(database: $0, ledger: self)) } } catch {
      throw Self.translated(error, path)
    }
  }

  /// Reads and writes in one transaction; when `body` throws, nothing is entered.
  ///
  /// - Throws: what `body` throws; `ledger.busy` when another process writes for more than ten seconds; `ledger.database`.
  package func write<T>(_ body: (borrowing LedgerWriting) throws -> T) throws -> T {
    do { return try database.write { try body(LedgerWriting(LedgerReading(database: $0, ledger: self))) } } catch {
      throw Self.translated(error, path)
    }
  }

  /// Does what ``write(_:)`` does, and takes all of it back: to see what would become of it.
  package func tryOut<T>(_ body: (borrowing LedgerWriting) throws -> T) throws -> T {
    do {
      var result: T?
      try database.writeWithoutTransaction { connection in
        try connection.inTransaction(.immediate) {
          result = try body(LedgerWriting(LedgerReading(database: connection, ledger: self)))
          return .rollback
        }
      }
      guard let result else { preconditionFailure("a transaction without a result") }
      return result
    } catch { throw Self.translated(error, path) }
  }

  private static func translated(_ error: any Error, _ path: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    if error.resultCode == .SQLITE_BUSY { return Diagnostic(.ledgerBusy, at: Place(file: path)) }
    // What SQLite says when it cannot take an unfinished commit back: by the folder's rights, or by the journal's own.
    let denied: [ResultCode] = [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM]
    if denied.contains(error.resultCode), FileManager.default.fileExists(atPath: journal(of: path)) {
      return Diagnostic(
        .ledgerJournal, at: Place(file: journal(of: path)), error.message ?? error.resultCode.description)
    }
    return Diagnostic(.ledgerDatabase, at: Place(file: path), error.message ?? error.resultCode.description)
  }
}

/// What can be read of a ledger within one state of it.
package struct LedgerReading: ~Copyable {
  let database: Database
  let ledger: Ledger

  /// The last entry's number and digest.
  package func head() throws -> Head {
    guard let row = try Row.fetchOne(database, sql: "SELECT number, digest FROM entry ORDER BY number DESC LIMIT 1")
    else { return .empty }
    return Head(number: Int.fromDatabaseValue(row[0]) ?? 0, digest: String.fromDatabaseValue(row[1]) ?? "")
  }

  /// The records of a register by id; all, or those with the given ids. One of which nothing stands any more, since it was
  /// withdrawn, is left out.
  ///
  /// - Parameter without: fields that are not wanted, and come as null: those with much in them.
  package func records<R: RegisterRecord>(
    _ type: R.Type, without: Set<R.Field> = [], ids: [String]? = nil
  ) throws -> [R] {
    let skipped = Set(without.map(\.rawValue))
    let columns = R.register.fields.enumerated().map { skipped.contains($0) ? "NULL" : "\"\($1.name)\"" }
    var sql = "SELECT id, revision, \(columns.joined(separator: ", ")) FROM \"\(R.register.name)\""
    var arguments = StatementArguments()
    if let ids {
      sql += " WHERE id IN (SELECT value FROM json_each(?))"
      arguments = [JSONValue.texts(ids).canonical]
    }
    let rows = try rows(sql + " ORDER BY id", arguments, of: R.register)
    return rows.filter { !$0.isBlank(R.register) }.map(R.init)
  }

  /// The ids of all records of a register, also of those of which nothing stands any more.
  package func ids(of schema: RegisterSchema) throws -> [String] {
    guard try isThere(schema) else { return [] }
    return try String.fetchAll(database, sql: "SELECT id FROM \"\(schema.name)\" ORDER BY id")
  }

  /// Whether the database has a register's table. One of which no entry tells may be missing: it came with a later version of
  /// this program.
  ///
  /// - Throws: `ledger.tampered` when entries tell of a register that is gone.
  func isThere(_ schema: RegisterSchema) throws -> Bool {
    let sql = "SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE"
    if try Row.fetchOne(database, sql: sql, arguments: [schema.name]) != nil { return true }
    if try isTold(schema) { throw Diagnostic(.ledgerTampered, at: Place(file: ledger.path), schema.name) }
    return false
  }

  /// Whether an entry tells of a register.
  func isTold(_ schema: RegisterSchema) throws -> Bool {
    try Row.fetchOne(database, sql: "SELECT 1 FROM entry WHERE register = ? LIMIT 1", arguments: [schema.name]) != nil
  }

  package func record<R: RegisterRecord>(_ type: R.Type, _ id: String) throws -> R? {
    try records(type, ids: [id]).first
  }

  /// The records of a register by id, each with its fields by name; null fields are left out.
  package func rows(of schema: RegisterSchema) throws -> [String: [String: JSONValue]] {
    let columns = schema.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
    var found: [String: [String: JSONValue]] = [:]
    for record in try rows("SELECT id, revision, \(columns) FROM \"\(schema.name)\"", [], of: schema) {
      let filled = zip(schema.fields, record.values(schema)).filter { !$1.isNull }
      found[record.id] = Dictionary(filled.map { ($0.name, $1) }) { first, _ in first }
    }
    return found
  }

  /// The rows of a query for id, revision and all fields of a register. Columns are read by SQLite's own calls into one piece
  /// of memory: a decoder by value cannot read ten thousand records of forty fields within a tenth of a second.
  private func rows(
    _ sql: String, _ arguments: StatementArguments, of schema: RegisterSchema
  ) throws -> [RegisterRow] {
    guard try isThere(schema) else { return [] }
    let statement = try database.makeStatement(sql: sql)
    try statement.setArguments(arguments)
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    var cells = RegisterCells.Builder(width: schema.fields.count)
    var heads: [(id: String, revision: Int)] = []
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW {
      for (index, field) in schema.fields.enumerated() {
        let column = Int32(index + 2)
        switch (field.kind, sqlite3_column_type(handle, column)) {
        case (_, SQLITE_NULL): cells.addNull()
        case (.integer, SQLITE_INTEGER): cells.add(Int(sqlite3_column_int64(handle, column)))
        case (.text, SQLITE_TEXT): cells.add(.text, Self.bytes(handle, column))
        case (.structure, SQLITE_TEXT) where Self.bytes(handle, column).first.map(Self.begins) == true:
          cells.add(.structure, Self.bytes(handle, column))
        default:
          let place = Place(file: ledger.path, field: "\(schema.name) \(Self.text(handle, 0))")
          throw Diagnostic(.ledgerTampered, at: place, field.name)
        }
      }
      heads.append((Self.text(handle, 0), Int(sqlite3_column_int64(handle, 1))))
      code = sqlite3_step(handle)
    }
    guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    let all = cells.build()
    return heads.enumerated().map { RegisterRow(id: $1.id, revision: $1.revision, cells: all, row: $0) }
  }

  /// Whether a structure begins like one.
  private static func begins(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") }

  static func bytes(_ handle: OpaquePointer, _ column: Int32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: sqlite3_column_text(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
  }

  private static func text(_ handle: OpaquePointer, _ column: Int32) -> String {
    String(decoding: bytes(handle, column), as: UTF8.self)
  }

  /// The entries about one record, oldest first.
  package func history(of id: String, in register: String) throws -> [Entry] {
    try entries("WHERE register = ? AND record = ?", [register, id])
  }

  /// The entry of a number.
  package func entry(_ number: Int) throws -> Entry? { try entries("WHERE number = ?", [number]).first }

  /// The entries from a number on.
  package func entries(from number: Int) throws -> [Entry] { try entries("WHERE number >= ?", [number]) }

  private func entries(_ condition: String, _ arguments: StatementArguments) throws -> [Entry] {
    let cursor = try Row.fetchCursor(
      database, sql: "SELECT number, text FROM entry \(condition) ORDER BY number", arguments: arguments)
    var entries: [Entry] = []
    while let row = try cursor.next() {
      guard let text = String.fromDatabaseValue(row[1]), let entry = Entry(text) else {
        throw Diagnostic(.ledgerChain, at: Place(file: ledger.path, record: Int.fromDatabaseValue(row[0])))
      }
      entries.append(entry)
    }
    return entries
  }
}

/// What can be done to a ledger within one transaction.
package struct LedgerWriting: ~Copyable {
  package let reading: LedgerReading

  init(_ reading: consuming LedgerReading) { self.reading = reading }

  func makeTables() throws {
    for part in LedgerPart.entries { try make(part) }
    // A register that is gone although entries tell of it is not begun anew: it would look empty.
    for schema in reading.ledger.schemas where try !reading.isTold(schema) { try make(LedgerPart.table(schema)) }
  }

  private func make(_ part: LedgerPart) throws {
    try reading.database.execute(sql: "CREATE \(part.type) IF NOT EXISTS \(part.definition)")
  }

  /// Enters amendments, in their order. An amendment without changes is entered, too: that something was done is worth
  /// keeping.
  ///
  /// - Parameters:
  ///   - by: the person.
  ///   - now: RFC 3339, UTC.
  /// - Returns: the end of the chain.
  /// - Throws: `ledger.clock`, `ledger.jump` when the clock stands before the last entry or long behind it; `ledger.chain` when
  ///   that is not as it was entered; `ledger.control` for a text with control characters.
  @discardableResult
  package func append(_ amendments: [Amendment], by person: String, at now: String) throws -> Head {
    // What is not whole is not built upon.
    let last = try reading.last()
    if let last, amendments.first?.correctsClock != true {
      try LedgerClock.check(now, after: last.at, reading.ledger.path)
    }
    var head = try reading.head()
    let database = reading.database
    let account = NSUserName()
    let insert = try database.cachedStatement(
      sql: "INSERT INTO entry (number, register, record, text, digest) VALUES (?, ?, ?, ?, ?)")
    for amendment in amendments {
      try check(amendment, by: person)
      let entry = Entry(
        number: head.number + 1, at: now, by: person, account: account, amendment: amendment, previous: head.digest)
      let text = entry.value.canonical
      head = Head(number: entry.number, digest: SHA256.digest(of: text))
      try insert.execute(arguments: [entry.number, amendment.register, amendment.id, text, head.digest])
      try apply(amendment, revision: entry.number)
    }
    return head
  }

  /// - Throws: `ledger.control` for what would hide, move or break what stands beside it. Only a text may have several lines.
  private func check(_ amendment: Amendment, by person: String) throws {
    try check(person, "by", amendment, lines: false)
    try check(amendment.id, "id", amendment, lines: false)
    try check(amendment.source, "source", amendment, lines: false)
    for (name, value) in amendment.changes.sorted(by: { $0.key < $1.key }) { try check(value, name, amendment) }
  }

  private func check(_ value: JSONValue, _ field: String, _ amendment: Amendment) throws {
    switch value {
    case .text(let text): try check(text, field, amendment, lines: true)
    case .list(let values): for value in values { try check(value, field, amendment) }
    case .object(let values):
      for (name, value) in values {
        try check(name, field, amendment, lines: false)
        try check(value, field, amendment)
      }
    case .null, .integer, .boolean: break
    }
  }

  private func check(_ text: String, _ field: String, _ amendment: Amendment, lines: Bool) throws {
    guard let control = ControlCharacter.first(in: text, lines: lines) else { return }
    throw Diagnostic(
      .ledgerControl, at: Place(field: "\(amendment.register) \(amendment.id) \(field)"), control, text)
  }

  private func apply(_ amendment: Amendment, revision: Int) throws {
    guard let schema = reading.ledger.schemas.first(where: { $0.name == amendment.register }) else {
      preconditionFailure("no register \(amendment.register)")
    }
    let changes = amendment.changes.sorted { $0.key < $1.key }
    for (name, value) in changes { precondition(schema.admits(name, value), "\(schema.name).\(name)") }
    let names = changes.map { "\"\($0.key)\"" }
    let columns = (["id", "revision"] + names).joined(separator: ", ")
    let places = Array(repeating: "?", count: names.count + 2).joined(separator: ", ")
    let updates = (["revision"] + names).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let statement = try reading.database.cachedStatement(
      sql: """
        INSERT INTO "\(schema.name)" (\(columns)) VALUES (\(places)) ON CONFLICT (id) DO UPDATE SET \(updates)
        """)
    var arguments: [(any DatabaseValueConvertible)?] = [amendment.id, revision]
    for (_, value) in changes { arguments.append(Self.stored(value)) }
    try statement.execute(arguments: StatementArguments(arguments))
  }

  static func stored(_ value: JSONValue) -> (any DatabaseValueConvertible)? {
    switch value {
    case .null: nil
    case .text(let text): text
    case .integer(let number): number
    case .boolean, .list, .object: value.canonical
    }
  }
}
