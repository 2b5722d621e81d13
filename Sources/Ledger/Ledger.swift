import Base
import Foundation
import SQLite
import Workspace

/// The ledger (台帳) of a workspace: `ledger.sqlite`, an append-only list of entries, each with the SHA-256 of the
/// previous one, and the registers, whose tables are the sum of the entries.
///
/// A reading sees one state even while other processes write. A writing is one transaction: all of it is entered, or
/// nothing. Two processes that write wait for each other, ten seconds at most.
package final class Ledger {
  package let path: String
  let schemas: [RegisterSchema]
  let database: SQLiteConnection

  /// Opens the ledger of a workspace for reading and writing, and creates it when there is none.
  ///
  /// - Parameter schemas: all registers.
  /// - Throws: `ledger.database`, `workspace.write`.
  package convenience init(_ workspace: Workspace, _ schemas: [RegisterSchema]) throws(Diagnostic) {
    try PrivateFile.makeFolder(workspace.path)
    let path = workspace.path + "/ledger.sqlite"
    try Self.checkPresence(path, workspace)
    // Created here, since SQLite would leave its mode to the umask.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    close(descriptor)
    try self.init(path: path, schemas)
    let writing = try writing()
    try writing.makeTables()
    try writing.commit()
  }

  /// Opens the ledger of a workspace for reading; nothing is entered.
  ///
  /// A process that was killed while it wrote leaves `ledger.sqlite-journal`, and the next reader must roll the
  /// database back. So it is opened for writing; when that is not permitted, SQLite itself opens it for reading.
  ///
  /// - Returns: `nil` when there is no ledger, or it is still empty because another process is creating it.
  /// - Throws: `ledger.database`, `ledger.journal`.
  package convenience init?(reading workspace: Workspace, _ schemas: [RegisterSchema]) throws(Diagnostic) {
    let path = workspace.path + "/ledger.sqlite"
    try Self.checkPresence(path, workspace)
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size, size > 0 else {
      if workspace.hasEvidence { throw Diagnostic(.ledgerGone, at: Place(file: path)) }
      return nil
    }
    try self.init(path: path, schemas)
  }

  /// The traces of a missing ledger: evidence, or the journal of a commit. SQLite would delete such a journal.
  ///
  /// - Throws: `ledger.gone`, `ledger.database` when its presence cannot be determined.
  private static func checkPresence(_ path: String, _ workspace: Workspace) throws(Diagnostic) {
    let isThere = access(path, F_OK) == 0
    // A process without permission must not report that there is no ledger.
    if !isThere, errno == EACCES {
      throw Diagnostic(.ledgerDatabase, at: Place(file: path), String(cString: strerror(EACCES)))
    }
    guard !isThere, workspace.hasEvidence || FileManager.default.fileExists(atPath: journal(of: path)) else { return }
    // A process that is creating the ledger now creates it before its journal and before any evidence: then it exists
    // by now.
    if access(path, F_OK) != 0 { throw Diagnostic(.ledgerGone, at: Place(file: path)) }
  }

  private static func journal(of path: String) -> String { path + "-journal" }

  private init(path: String, _ schemas: [RegisterSchema]) throws(Diagnostic) {
    self.path = path
    self.schemas = schemas + [Correction.register]
    database = try SQLiteConnection(path, .write, waiting: 10) { Self.told($0) }
  }

  /// An empty ledger in memory: the start of a workspace without a ledger.
  package init(inMemory schemas: [RegisterSchema]) throws(Diagnostic) {
    path = ":memory:"
    self.schemas = schemas + [Correction.register]
    database = try SQLiteConnection(path, .create) { Self.told($0) }
    let writing = try writing()
    try writing.makeTables()
    try writing.commit()
  }

  private static func told(_ refusal: SQLiteRefusal) -> Diagnostic {
    if refusal.isBusy { return Diagnostic(.ledgerBusy, at: Place(file: refusal.path)) }
    // SQLite's results when it cannot roll back an unfinished commit: because of the rights of the folder or of the
    // journal.
    let journal = journal(of: refusal.path)
    if refusal.isDenied, FileManager.default.fileExists(atPath: journal) {
      return Diagnostic(.ledgerJournal, at: Place(file: journal), refusal.reason)
    }
    return Diagnostic(.ledgerDatabase, at: Place(file: refusal.path), refusal.reason)
  }

  /// Sets the time to wait for another process, in seconds; ten unless set.
  package func wait(seconds: Int) { database.wait(seconds: seconds) }

  /// One state of the ledger, for reading while the value is held.
  ///
  /// - Throws: `ledger.database`.
  package func reading() throws(Diagnostic) -> LedgerReading {
    LedgerReading(transaction: try SQLiteTransaction(.reading, database), ledger: self)
  }

  /// The ledger, for reading and writing in one transaction. Nothing is entered unless ``LedgerWriting/commit()`` ends
  /// it.
  ///
  /// - Throws: `ledger.busy` when another process writes for more than ten seconds; `ledger.database`.
  package func writing() throws(Diagnostic) -> LedgerWriting {
    LedgerWriting(LedgerReading(transaction: try SQLiteTransaction(.writing, database), ledger: self))
  }
}

/// The reading operations on one state of a ledger.
package struct LedgerReading: ~Copyable {
  let transaction: SQLiteTransaction
  let ledger: Ledger

  var connection: SQLiteConnection { transaction.connection }

  /// A query, its parameters bound.
  func prepare(_ sql: String, _ values: [SQLiteValue] = []) throws(Diagnostic) -> SQLiteStatement {
    let statement = try connection.prepare(sql, "ledger")
    statement.bind(values)
    return statement
  }

  /// The last entry's number and digest.
  ///
  /// - Throws: `ledger.database`.
  package func head() throws(Diagnostic) -> Head {
    let row = try prepare("SELECT number, digest FROM entry ORDER BY number DESC LIMIT 1")
    guard try row.next() else { return .empty }
    return Head(number: row[0].exactInteger ?? 0, digest: row[1].text ?? "")
  }

  /// The records of a register by id; all, or those with the given ids. A record with all its entries withdrawn is left
  /// out.
  ///
  /// - Parameter without: large fields that are not needed; they are returned as null.
  /// - Throws: `ledger.database`; `ledger.tampered` for a missing table or a value of another kind.
  package func records<R: RegisterRecord>(
    _ type: R.Type, without: Set<R.Field> = [], ids: [String]? = nil
  ) throws(Diagnostic) -> [R] {
    let skipped = Set(without.map(\.rawValue))
    let columns = R.register.fields.enumerated().map { skipped.contains($0) ? "NULL" : "\"\($1.name)\"" }
    var sql = "SELECT id, revision, \(columns.joined(separator: ", ")) FROM \"\(R.register.name)\""
    var values: [SQLiteValue] = []
    if let ids {
      sql += " WHERE id IN (SELECT value FROM json_each(?))"
      values = [.text(JSONValue.texts(ids).canonical)]
    }
    let rows = try rows(sql + " ORDER BY id", values, of: R.register)
    return rows.filter { !$0.isBlank(R.register) }.map(R.init)
  }

  /// The ids of all records of a register, including records with all their entries withdrawn.
  ///
  /// - Throws: `ledger.database`; `ledger.tampered` for a missing table.
  package func ids(of schema: RegisterSchema) throws(Diagnostic) -> [String] {
    guard try isThere(schema) else { return [] }
    return try connection.texts("SELECT id FROM \"\(schema.name)\" ORDER BY id", schema.name)
  }

  /// Whether the database has a register's table. The table of a register without entries may be missing: a later
  /// version of this program introduced it.
  ///
  /// - Throws: `ledger.tampered` when the table of a register with entries is missing.
  func isThere(_ schema: RegisterSchema) throws(Diagnostic) -> Bool {
    let sql = "SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE"
    if try prepare(sql, [.text(schema.name)]).next() { return true }
    if try isTold(schema) { throw Diagnostic(.ledgerTampered, at: Place(file: ledger.path), schema.name) }
    return false
  }

  /// Whether a register has entries.
  func isTold(_ schema: RegisterSchema) throws(Diagnostic) -> Bool {
    try prepare("SELECT 1 FROM entry WHERE register = ?1 LIMIT 1", [.text(schema.name)]).next()
  }

  package func record<R: RegisterRecord>(_ type: R.Type, _ id: String) throws(Diagnostic) -> R? {
    try records(type, ids: [id]).first
  }

  /// The records of a register by id, each with its fields by name; null fields are left out.
  ///
  /// - Throws: `ledger.database`; `ledger.tampered` for a missing table or a value of another kind.
  package func rows(of schema: RegisterSchema) throws(Diagnostic) -> [String: [String: JSONValue]] {
    let columns = schema.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
    var found: [String: [String: JSONValue]] = [:]
    for record in try rows("SELECT id, revision, \(columns) FROM \"\(schema.name)\"", [], of: schema) {
      let filled = zip(schema.fields, record.values(schema)).filter { !$1.isNull }
      found[record.id] = Dictionary(filled.map { ($0.name, $1) }) { first, _ in first }
    }
    return found
  }

  /// The rows of a query for id, revision and all fields of a register. Columns are read by SQLite's own calls into one
  /// block of memory: decoding value by value cannot read ten thousand records of forty fields within a tenth of a
  /// second.
  private func rows(
    _ sql: String, _ values: [SQLiteValue], of schema: RegisterSchema
  ) throws(Diagnostic) -> [RegisterRow] {
    guard try isThere(schema) else { return [] }
    let row = try prepare(sql, values)
    var cells = RegisterCells.Builder(width: schema.fields.count)
    var heads: [(id: String, revision: Int)] = []
    while try row.next() {
      for (index, field) in schema.fields.enumerated() {
        let cell = row[index + 2]
        switch (field.kind, cell.kind) {
        case (_, .null): cells.addNull()
        case (.integer, .integer): cells.add(Int(cell.integer))
        case (.text, .text): cells.add(.text, cell.bytes)
        case (.structure, .text) where cell.bytes.first.map(Self.begins) == true: cells.add(.structure, cell.bytes)
        default:
          let place = Place(file: ledger.path, field: "\(schema.name) \(String(decoding: row[0].bytes, as: UTF8.self))")
          throw Diagnostic(.ledgerTampered, at: place, field.name)
        }
      }
      heads.append((String(decoding: row[0].bytes, as: UTF8.self), Int(row[1].integer)))
    }
    let all = cells.build()
    return heads.enumerated().map { RegisterRow(id: $1.id, revision: $1.revision, cells: all, row: $0) }
  }

  /// Whether a byte is the first of a JSON list or object.
  private static func begins(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") }

  /// The entries about one record, oldest first.
  ///
  /// - Throws: `ledger.database`; `ledger.chain` for an entry that cannot be read.
  package func history(of id: String, in register: String) throws(Diagnostic) -> [Entry] {
    try entries("WHERE register = ?1 AND record = ?2", [.text(register), .text(id)])
  }

  /// The entry with a number.
  ///
  /// - Throws: `ledger.database`; `ledger.chain` when it cannot be read.
  package func entry(_ number: Int) throws(Diagnostic) -> Entry? {
    try entries("WHERE number = ?1", [.integer(Int64(number))]).first
  }

  /// The entries from a number on.
  ///
  /// - Throws: `ledger.database`; `ledger.chain` for an entry that cannot be read.
  package func entries(from number: Int) throws(Diagnostic) -> [Entry] {
    try entries("WHERE number >= ?1", [.integer(Int64(number))])
  }

  private func entries(_ condition: String, _ values: [SQLiteValue]) throws(Diagnostic) -> [Entry] {
    let row = try prepare("SELECT number, text FROM entry \(condition) ORDER BY number", values)
    var entries: [Entry] = []
    while try row.next() {
      guard let text = row[1].text, let entry = Entry(text) else {
        throw Diagnostic(.ledgerChain, at: Place(file: ledger.path, record: row[0].exactInteger))
      }
      entries.append(entry)
    }
    return entries
  }
}

/// The operations on a ledger within one transaction.
package struct LedgerWriting: ~Copyable {
  /// The largest number of UTF-16 units of a text: the limit of a cell in Excel, to which registers are exported.
  package static let textAtMost = 32_767

  package let reading: LedgerReading

  init(_ reading: consuming LedgerReading) { self.reading = reading }

  /// Commits all that was written.
  ///
  /// - Throws: `ledger.database` when it cannot be written; then nothing is entered.
  package consuming func commit() throws(Diagnostic) { try reading.transaction.commit() }

  func makeTables() throws(Diagnostic) {
    for part in LedgerPart.entries { try make(part) }
    // A register with entries whose table is missing is not created again: it would look empty.
    for schema in reading.ledger.schemas where try !reading.isTold(schema) { try make(LedgerPart.table(schema)) }
  }

  private func make(_ part: LedgerPart) throws(Diagnostic) {
    try reading.connection.execute("CREATE \(part.type) IF NOT EXISTS \(part.definition)", part.name)
  }

  /// Enters amendments, in their order. An amendment without changes is entered, too: the act itself is recorded.
  ///
  /// - Parameters:
  ///   - by: the person.
  ///   - now: RFC 3339, UTC.
  /// - Returns: the head of the chain.
  /// - Throws: `ledger.clock`, `ledger.jump` when the clock is before the last entry or far behind it; `ledger.chain`
  ///   when the last entry is not as it was entered; `ledger.control` for a text with control characters;
  ///   `ledger.long`.
  @discardableResult
  package func append(_ amendments: [Amendment], by person: String, at now: String) throws(Diagnostic) -> Head {
    // No entry is added to a damaged chain.
    let last = try reading.last()
    if let last, amendments.first?.correctsClock != true {
      try LedgerClock.check(now, after: last.at, reading.ledger.path)
    }
    var head = try reading.head()
    let account = NSUserName()
    let insert = try reading.connection.prepare(
      "INSERT INTO entry (number, register, record, text, digest) VALUES (?, ?, ?, ?, ?)", "entry")
    var writers: [String: SQLiteStatement] = [:]
    for amendment in amendments {
      try check(amendment, by: person)
      let entry = Entry(
        number: head.number + 1, at: now, by: person, account: account, amendment: amendment, previous: head.digest)
      let text = entry.value.canonical
      head = Head(number: entry.number, digest: SHA256.digest(of: text))
      insert.bind([
        .integer(Int64(entry.number)), .text(amendment.register), .text(amendment.id), .text(text), .text(head.digest),
      ])
      try insert.run()
      try apply(amendment, revision: entry.number, &writers)
    }
    return head
  }

  /// - Throws: `ledger.control` for a character that would hide, move or break the text beside it. Only a text may have
  ///   several lines.
  private func check(_ amendment: Amendment, by person: String) throws(Diagnostic) {
    try check(person, "by", amendment, lines: false)
    try check(amendment.id, "id", amendment, lines: false)
    try check(amendment.source, "source", amendment, lines: false)
    for (name, value) in amendment.changes.sorted(by: { $0.key < $1.key }) { try check(value, name, amendment) }
  }

  private func check(_ value: JSONValue, _ field: String, _ amendment: Amendment) throws(Diagnostic) {
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

  private func check(_ text: String, _ field: String, _ amendment: Amendment, lines: Bool) throws(Diagnostic) {
    if text.utf8.count > Self.textAtMost, text.utf16.count > Self.textAtMost {
      throw Diagnostic(
        .ledgerLong, at: Place(field: "\(amendment.register) \(amendment.id) \(field)"), String(text.utf16.count),
        String(Self.textAtMost))
    }
    guard let control = ControlCharacter.first(in: text, lines: lines) else { return }
    throw Diagnostic(
      .ledgerControl, at: Place(field: "\(amendment.register) \(amendment.id) \(field)"), control, text)
  }

  /// - Parameter writers: the statements by their text; one append needs few.
  private func apply(
    _ amendment: Amendment, revision: Int, _ writers: inout [String: SQLiteStatement]
  ) throws(Diagnostic) {
    guard let schema = reading.ledger.schemas.first(where: { $0.name == amendment.register }) else {
      preconditionFailure("no register \(amendment.register)")
    }
    let changes = amendment.changes.sorted { $0.key < $1.key }
    for (name, value) in changes { precondition(schema.admits(name, value), "\(schema.name).\(name)") }
    let names = changes.map { "\"\($0.key)\"" }
    let columns = (["id", "revision"] + names).joined(separator: ", ")
    let places = Array(repeating: "?", count: names.count + 2).joined(separator: ", ")
    let updates = (["revision"] + names).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let sql = "INSERT INTO \"\(schema.name)\" (\(columns)) VALUES (\(places)) ON CONFLICT (id) DO UPDATE SET \(updates)"
    let writer = if let known = writers[sql] { known } else { try reading.connection.prepare(sql, schema.name) }
    writers[sql] = writer
    writer.bind([.text(amendment.id), .integer(Int64(revision))] + changes.map { Self.stored($0.value) })
    try writer.run()
  }

  static func stored(_ value: JSONValue) -> SQLiteValue {
    switch value {
    case .null: .null
    case .text(let text): .text(text)
    case .integer(let number): .integer(Int64(number))
    case .boolean, .list, .object: .text(value.canonical)
    }
  }
}
