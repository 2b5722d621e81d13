import Base
import Glibc
import Records

/// A connection to a PostgreSQL database, set up so that every value has one text form. Belongs to one thread at a
/// time.
///
/// After a failure inside a transaction the server refuses everything until the transaction ends. The connection can
/// then only be released, which ends the transaction.
package final class PostgresConnection {
  package enum Mode {
    /// Read-only: the server refuses to change anything.
    case read
    case write
  }

  /// A column of a result: its name, the OID of its type (a domain's base type) and the type's modifier.
  package struct Column: Hashable, Sendable {
    package let name: String
    package let type: UInt32
    package let modifier: Int32
  }

  let library: LibPQ
  let handle: LibPQ.Connection
  package let reference: PostgresReference

  /// - Throws: `target.reference` when the reference cannot be parsed, `target.open` with the server's reason.
  package convenience init(_ reference: String, _ mode: Mode) throws(Diagnostic) {
    try self.init(PostgresReference(reference), mode)
  }

  /// - Throws: `library.missing`, `target.open` with the server's reason.
  package init(_ reference: PostgresReference, _ mode: Mode) throws(Diagnostic) {
    self.reference = reference
    library = try LibPQ.load()
    guard let handle = Self.connect(reference.connection, library) else {
      throw Diagnostic(.targetOpen, at: Place(file: reference.text), "out of memory")
    }
    self.handle = handle
    _ = library.setNoticeReceiver(handle, { _, _ in }, nil)
    guard library.status(handle) == LibPQ.isConnected else { throw failure(.targetOpen, nil, nil) }
    var settings = Self.settings
    // Without row_security the server refuses a query when a policy would hide rows from the role.
    if mode == .read { settings += "; SET default_transaction_read_only = on; SET row_security = off" }
    if let schema = reference.schema { settings += "; SET search_path TO \(Self.quoted(schema))" }
    let result = library.execute(handle, settings)
    defer { library.clear(result) }
    guard library.answerStatus(result) == LibPQ.Status.command else { throw failure(.targetOpen, nil, result) }
  }

  deinit { library.finish(handle) }

  private static let settings = """
    SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'UTC'; \
    SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on
    """

  /// The settings before `dbname` apply unless the reference overrides them: they make a lost server noticeable.
  private static func connect(_ reference: String, _ library: LibPQ) -> LibPQ.Connection? {
    var options = [
      ("fallback_application_name", "totsugo"), ("keepalives_idle", "60"), ("keepalives_interval", "10"),
      ("keepalives_count", "6"), ("dbname", reference),
    ]
    if getenv("PGCONNECT_TIMEOUT") == nil { options.insert(("connect_timeout", "30"), at: 0) }
    let names = options.map { strdup($0.0) }
    let values = options.map { strdup($0.1) }
    defer { for text in names + values { free(text) } }
    let keywords = names.map { UnsafePointer($0) } + [nil]
    return library.connect(keywords, values.map { UnsafePointer($0) } + [nil], 1)
  }

  /// The database's character set, as PostgreSQL names it. Texts are read and sent in UTF-8.
  package var encoding: String { library.parameter(handle, "server_encoding").map { String(cString: $0) } ?? "" }

  // MARK: statements

  /// Executes one or several statements.
  ///
  /// - Parameter purpose: the action, for a message.
  /// - Throws: `target.write` with the server's reason.
  package func execute(_ sql: String, _ purpose: String) throws(Diagnostic) {
    let result = library.execute(handle, sql)
    defer { library.clear(result) }
    let status = library.answerStatus(result)
    guard status == LibPQ.Status.command || status == LibPQ.Status.rows else {
      throw failure(.targetWrite, purpose, result)
    }
  }

  /// All rows of a query, every value as the server writes it, `nil` for null. For small answers.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func rows(_ sql: String, _ purpose: String) throws(Diagnostic) -> [[String?]] {
    let result = library.execute(handle, sql)
    defer { library.clear(result) }
    guard library.answerStatus(result) == LibPQ.Status.rows else { throw failure(.targetRead, purpose, result) }
    return (0..<library.rowCount(result)).map { row in
      (0..<library.columnCount(result)).map { column in
        library.isNull(result, row, column) != 0 ? nil : String(cString: library.value(result, row, column))
      }
    }
  }

  /// The columns of a query's result. The query is prepared, not run.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func columns(of sql: String, _ purpose: String) throws(Diagnostic) -> [Column] {
    let prepared = library.prepare(handle, "", sql, 0, nil)
    defer { library.clear(prepared) }
    guard library.answerStatus(prepared) == LibPQ.Status.command else { throw failure(.targetRead, purpose, prepared) }
    let result = library.describe(handle, "")
    defer { library.clear(result) }
    guard library.answerStatus(result) == LibPQ.Status.command else { throw failure(.targetRead, purpose, result) }
    return (0..<library.columnCount(result)).map { index in
      Column(
        name: String(cString: library.name(result, index)), type: library.type(result, index),
        modifier: library.modifier(result, index))
    }
  }

  /// Begins `COPY (sql) TO STDOUT`. The connection belongs to the result until its last row has been taken or it is
  /// released.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func copyOut(_ sql: String, _ purpose: String) throws(Diagnostic) -> PostgresCopyOut {
    let result = library.execute(handle, "COPY (\(sql)) TO STDOUT")
    defer { library.clear(result) }
    guard library.answerStatus(result) == LibPQ.Status.copyOut else { throw failure(.targetRead, purpose, result) }
    return PostgresCopyOut(self, purpose)
  }

  /// Sends rows in COPY's text form.
  ///
  /// - Parameter target: the table in SQL notation, with its columns unless all are meant.
  /// - Throws: `target.write` with the server's reason: none of these rows is stored, and an open transaction is lost.
  package func copyIn(
    _ target: String, _ rows: UnsafeBufferPointer<UInt8>, _ purpose: String
  ) throws(Diagnostic) {
    copyRefusal = nil
    let start = library.execute(handle, "COPY \(target) FROM STDIN")
    defer { library.clear(start) }
    guard library.answerStatus(start) == LibPQ.Status.copyIn else { throw failure(.targetWrite, purpose, start) }
    var done = 0
    while done < rows.count {
      let piece = min(Self.piece, rows.count - done)
      let sent = UnsafeRawPointer(rows.baseAddress! + done).withMemoryRebound(to: CChar.self, capacity: piece) {
        library.putCopy(handle, $0, Int32(piece))
      }
      guard sent == 1 else { throw failure(.targetWrite, purpose, nil) }
      done += piece
    }
    guard library.endCopy(handle, nil) == 1 else { throw failure(.targetWrite, purpose, nil) }
    var outcome: Diagnostic?
    while let result = library.nextAnswer(handle) {
      if library.answerStatus(result) != LibPQ.Status.command {
        outcome = outcome ?? failure(.targetWrite, purpose, result)
        func field(_ name: String) -> String? {
          library.errorField(result, Int32(name.utf8.first ?? 0)).map { String(cString: $0) }
        }
        copyRefusal = copyRefusal ?? (field("W") ?? "", field("c"))
      }
      library.clear(result)
    }
    if let outcome { throw outcome }
  }

  private static let piece = 64 << 10

  /// Where the last refused COPY stopped, in the server's words, with values of rows; and the column that it names.
  private(set) var copyRefusal: (context: String, column: String?)?

  // MARK: words

  /// The failure, with the server's first sentence. Details and context hold values of rows and are left out. For an
  /// error about a value (SQLSTATE 22…) the text quoted at the end of the sentence is left out too.
  func failure(_ code: DiagnosticCode, _ purpose: String?, _ result: OpaquePointer?) -> Diagnostic {
    var reason: String
    if let result, let primary = library.errorField(result, Int32(UInt8(ascii: "M"))) {
      reason = String(cString: primary)
      if let state = library.errorField(result, Int32(UInt8(ascii: "C"))).map({ String(cString: $0) }) {
        if state.hasPrefix("22"), let quote = reason.firstRange(of: ": \"") {
          reason.removeSubrange(quote.lowerBound...)
        }
        reason += " (SQLSTATE \(state))"
      }
    } else {
      reason = library.errorMessage(handle).map { String(cString: $0) } ?? ""
    }
    reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if reason.isEmpty { reason = "the connection failed" }
    let place = Place(file: reference.text)
    return purpose.map { Diagnostic(code, at: place, $0, reason) } ?? Diagnostic(code, at: place, reason)
  }

  /// A name in SQL notation, and a text.
  package static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
  package static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
