import CPostgres
import Evidence
import Glibc

/// A connection to a PostgreSQL database, set up so that every value has one text. Belongs to one thread at a time.
///
/// After a failure inside a transaction the server refuses everything until it ends; the connection is then good for
/// nothing but to be let go, which ends the transaction.
package final class PostgresConnection {
  package enum Mode {
    /// The server refuses to change anything.
    case read
    case write
  }

  /// A column of an answer: its name, the OID of its type (a domain's base type) and the type's modifier.
  package struct Column: Hashable, Sendable {
    package let name: String
    package let type: UInt32
    package let modifier: Int32
  }

  let handle: OpaquePointer
  package let reference: PostgresReference

  /// - Throws: `target.reference` when the reference is not understood, `target.open` with the server's reason.
  package convenience init(_ reference: String, _ mode: Mode) throws(Diagnostic) {
    try self.init(PostgresReference(reference), mode)
  }

  /// - Throws: `target.open` with the server's reason.
  package init(_ reference: PostgresReference, _ mode: Mode) throws(Diagnostic) {
    self.reference = reference
    guard let handle = Self.connect(reference.connection) else {
      throw Diagnostic(.targetOpen, at: Place(file: reference.text), "out of memory")
    }
    self.handle = handle
    PQsetNoticeReceiver(handle, { _, _ in }, nil)
    guard PQstatus(handle) == CONNECTION_OK else { throw failure(.targetOpen, nil, nil) }
    var settings = Self.settings
    // Without row_security the server refuses where it would leave rows out that a policy hides from the role.
    if mode == .read { settings += "; SET default_transaction_read_only = on; SET row_security = off" }
    if let schema = reference.schema { settings += "; SET search_path TO \(Self.quoted(schema))" }
    let result = PQexec(handle, settings)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(.targetOpen, nil, result) }
  }

  deinit { PQfinish(handle) }

  private static let settings = """
    SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'UTC'; \
    SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on
    """

  /// What stands before `dbname` holds unless the reference says otherwise: a server that is gone is noticed.
  private static func connect(_ reference: String) -> OpaquePointer? {
    var options = [
      ("fallback_application_name", "totsugo"), ("keepalives_idle", "60"), ("keepalives_interval", "10"),
      ("keepalives_count", "6"), ("dbname", reference),
    ]
    if getenv("PGCONNECT_TIMEOUT") == nil { options.insert(("connect_timeout", "30"), at: 0) }
    let names = options.map { strdup($0.0) }
    let values = options.map { strdup($0.1) }
    defer { for text in names + values { free(text) } }
    let keywords = names.map { UnsafePointer($0) } + [nil]
    return PQconnectdbParams(keywords, values.map { UnsafePointer($0) } + [nil], 1)
  }

  /// The character set in which the database keeps its texts, as PostgreSQL names it. What is read and sent is UTF-8.
  package var encoding: String { PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "" }

  // MARK: statements

  /// Carries out one or several statements.
  ///
  /// - Parameter purpose: what a message says was being done.
  /// - Throws: `target.write` with the server's reason.
  package func execute(_ sql: String, _ purpose: String) throws(Diagnostic) {
    let result = PQexec(handle, sql)
    defer { PQclear(result) }
    let status = PQresultStatus(result)
    guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else { throw failure(.targetWrite, purpose, result) }
  }

  /// All rows of a query, every value as the server writes it, `nil` for null. For small answers.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func rows(_ sql: String, _ purpose: String) throws(Diagnostic) -> [[String?]] {
    let result = PQexec(handle, sql)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw failure(.targetRead, purpose, result) }
    return (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in
        PQgetisnull(result, row, column) != 0 ? nil : String(cString: PQgetvalue(result, row, column))
      }
    }
  }

  /// The columns that a query would give. It is prepared, not run.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func columns(of sql: String, _ purpose: String) throws(Diagnostic) -> [Column] {
    let prepared = PQprepare(handle, "", sql, 0, nil)
    defer { PQclear(prepared) }
    guard PQresultStatus(prepared) == PGRES_COMMAND_OK else { throw failure(.targetRead, purpose, prepared) }
    let result = PQdescribePrepared(handle, "")
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(.targetRead, purpose, result) }
    return (0..<PQnfields(result)).map { index in
      Column(
        name: String(cString: PQfname(result, index)), type: PQftype(result, index), modifier: PQfmod(result, index))
    }
  }

  /// Begins `COPY (sql) TO STDOUT`; the connection belongs to the answer until its last row has been taken or it is let
  /// go.
  ///
  /// - Throws: `target.read` with the server's reason.
  package func copyOut(_ sql: String, _ purpose: String) throws(Diagnostic) -> PostgresCopyOut {
    let result = PQexec(handle, "COPY (\(sql)) TO STDOUT")
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COPY_OUT else { throw failure(.targetRead, purpose, result) }
    return PostgresCopyOut(self, purpose)
  }

  /// Sends rows in COPY's text form.
  ///
  /// - Parameter target: the table, with its columns where they are not all, as SQL has it.
  /// - Throws: `target.write` with the server's reason: no row of these is there, and an open transaction is lost.
  package func copyIn(
    _ target: String, _ rows: UnsafeBufferPointer<UInt8>, _ purpose: String
  ) throws(Diagnostic) {
    let start = PQexec(handle, "COPY \(target) FROM STDIN")
    defer { PQclear(start) }
    guard PQresultStatus(start) == PGRES_COPY_IN else { throw failure(.targetWrite, purpose, start) }
    var done = 0
    while done < rows.count {
      let piece = min(Self.piece, rows.count - done)
      let sent = UnsafeRawPointer(rows.baseAddress! + done).withMemoryRebound(to: CChar.self, capacity: piece) {
        PQputCopyData(handle, $0, Int32(piece))
      }
      guard sent == 1 else { throw failure(.targetWrite, purpose, nil) }
      done += piece
    }
    guard PQputCopyEnd(handle, nil) == 1 else { throw failure(.targetWrite, purpose, nil) }
    var outcome: Diagnostic?
    while let result = PQgetResult(handle) {
      if PQresultStatus(result) != PGRES_COMMAND_OK { outcome = outcome ?? failure(.targetWrite, purpose, result) }
      PQclear(result)
    }
    if let outcome { throw outcome }
  }

  private static let piece = 64 << 10

  // MARK: words

  /// What went wrong, in the server's first sentence. Details and context hold values of rows and are left out, and of
  /// an error about a value (SQLSTATE 22…) whatever it quotes at its end.
  func failure(_ code: DiagnosticCode, _ purpose: String?, _ result: OpaquePointer?) -> Diagnostic {
    var reason: String
    if let result, let primary = PQresultErrorField(result, Int32(UInt8(ascii: "M"))) {
      reason = String(cString: primary)
      if let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map({ String(cString: $0) }) {
        if state.hasPrefix("22"), let quote = reason.firstRange(of: ": \"") {
          reason.removeSubrange(quote.lowerBound...)
        }
        reason += " (SQLSTATE \(state))"
      }
    } else {
      reason = String(cString: PQerrorMessage(handle))
    }
    reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if reason.isEmpty { reason = "the connection failed" }
    let place = Place(file: reference.text)
    return purpose.map { Diagnostic(code, at: place, $0, reason) } ?? Diagnostic(code, at: place, reason)
  }

  /// A name, and a text, as SQL has them.
  package static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
  package static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
