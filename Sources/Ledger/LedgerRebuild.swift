import Base
import SQLite

/// The differences between a register's table and the sum of the entries.
package struct RegisterDifference: Sendable, Hashable {
  package let register: String
  /// Ids of records with other fields, without any entry, and missing although they have entries.
  package var changed: [String] = []
  package var added: [String] = []
  package var gone: [String] = []

  package init(_ register: String) { self.register = register }

  package var isEmpty: Bool { changed.isEmpty && added.isEmpty && gone.isEmpty }
}

extension LedgerWriting {
  /// 登録簿の作り直し: rebuilds every register's table as the sum of the entries, and removes parts that a ledger does not
  /// have. The rebuilding and the differences are entered.
  ///
  /// The former content of the tables is lost. So nothing is rebuilt from a damaged chain, nor when a table refers to
  /// entries that are gone: that would erase the trace of the deletion.
  ///
  /// - Returns: the differences, and the parts of the database that a ledger does not have or defines otherwise. When
  ///   there are none, nothing is entered.
  /// - Throws: `ledger.chain`, `ledger.cut`, and the errors of ``append(_:by:at:)``.
  package func rebuild(
    by person: String, reason: String, at now: String
  ) throws(Diagnostic) -> (registers: [RegisterDifference], parts: [String]) {
    let ledger = reading.ledger
    var state = LedgerState(ledger.schemas)
    var unknown: Int?
    let broken = try reading.verifyChain { if state.apply($0) != nil { unknown = unknown ?? $0.number } }
    if !broken.isEmpty || unknown != nil {
      throw Diagnostic(.ledgerChain, at: Place(file: ledger.path, record: broken.first?.entry ?? unknown))
    }
    let end = try reading.head().number
    var differing: [RegisterDifference] = []
    for schema in ledger.schemas {
      var difference = RegisterDifference(schema.name)
      let expected = state.registers[schema.name] ?? [:]
      if try reading.hasTable(of: schema) {
        try reading.compare(schema, expected) { (id, revision, mistake) throws(Diagnostic) in
          if let revision, revision > end {
            throw Diagnostic(
              .ledgerCut, at: Place(file: ledger.path, field: "\(schema.name) \(id)"), String(revision), String(end))
          }
          switch mistake {
          case .changed: difference.changed.append(id)
          case .added: difference.added.append(id)
          case .gone: difference.gone.append(id)
          }
          return true
        }
      } else {
        difference.gone = expected.keys.sorted()
      }
      if !difference.isEmpty { differing.append(difference) }
    }
    // The table of the entries is not touched.
    let parts = try reading.foreignParts().filter { $0.name != "entry" }
    guard !differing.isEmpty || !parts.isEmpty else { return ([], []) }
    for part in parts {
      try reading.connection.execute(
        "DROP \(part.type) IF EXISTS \(SQLiteConnection.quoted(part.name))", part.name)
    }
    for schema in ledger.schemas {
      let part = LedgerPart.table(schema)
      try reading.connection.execute(
        "DROP TABLE IF EXISTS \"\(schema.name)\"; CREATE \(part.type) \(part.definition)", part.name)
      try put((state.registers[schema.name] ?? [:]).values, schema)
    }
    try makeTables()
    let told = differing.map { difference -> (String, JSONValue) in
      let counts = [difference.changed, difference.added, difference.gone].map { JSONValue.integer($0.count) }
      return (difference.register, .list(counts))
    }
    var differences = Dictionary(told) { first, _ in first }
    if !parts.isEmpty { differences["sqlite_master"] = .texts(parts.map(\.name)) }
    let correction = Correction.rebuild(
      try reading.nextCorrection(), .object(differences), reason: reason, by: person, at: now)
    try append([correction], by: person, at: now)
    return (differing, parts.map(\.name))
  }

  private func put(_ rows: some Sequence<RegisterRow>, _ schema: RegisterSchema) throws(Diagnostic) {
    let columns = (["id", "revision"] + schema.fields.map { "\"\($0.name)\"" }).joined(separator: ", ")
    let places = Array(repeating: "?", count: schema.fields.count + 2).joined(separator: ", ")
    let writer = try reading.connection.prepare(
      "INSERT INTO \"\(schema.name)\" (\(columns)) VALUES (\(places))", schema.name)
    for row in rows {
      writer.bind([.text(row.id), .integer(Int64(row.revision))] + row.values(schema).map(Self.stored))
      try writer.run()
    }
  }
}
