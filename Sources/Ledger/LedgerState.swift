import Evidence

/// The registers as the sum of entries: what the tables must hold, or what they held at an earlier time.
package struct LedgerState: Sendable {
  private let schemas: [String: RegisterSchema]
  private(set) var registers: [String: [String: RegisterRow]] = [:]

  package init(_ schemas: [RegisterSchema]) {
    self.schemas = Dictionary(schemas.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Adds an entry.
  ///
  /// - Returns: the name of the register or field that is not known, or whose value is of another kind; the state is
  ///   unchanged then.
  package mutating func apply(_ entry: Entry) -> String? {
    let amendment = entry.amendment
    guard let schema = schemas[amendment.register] else { return amendment.register }
    for (name, value) in amendment.changes where !schema.admits(name, value) { return "\(schema.name).\(name)" }
    let blank = RegisterRow(
      id: amendment.id, revision: 0, values: Array(repeating: .null, count: schema.fields.count))
    let old = registers[schema.name]?[amendment.id] ?? blank
    var values = old.values(schema)
    for (name, value) in amendment.changes { if let position = schema.positions[name] { values[position] = value } }
    registers[schema.name, default: [:]][amendment.id] = RegisterRow(
      id: amendment.id, revision: entry.number, values: values)
    return nil
  }

  /// The records of a register by id.
  package func records<R: RegisterRecord>(_ type: R.Type) -> [R] {
    (registers[R.register.name] ?? [:]).values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map(R.init)
  }

  /// All registers as one object: register, id, field. Null fields are left out.
  package var value: JSONValue {
    var all: [String: JSONValue] = [:]
    for (name, rows) in registers {
      guard let schema = schemas[name] else { continue }
      var records: [String: JSONValue] = [:]
      for row in rows.values {
        let filled = zip(schema.fields, row.values(schema)).filter { !$1.isNull }
        records[row.id] = .object(Dictionary(filled.map { ($0.name, $1) }) { first, _ in first })
      }
      all[name] = .object(records)
    }
    return .object(all)
  }
}

extension LedgerReading {
  /// The registers as they were after the last entry that `includes` admits; entries after the first that it does not are
  /// left out. Costs a reading of the ledger.
  package func state(while includes: (Entry) -> Bool = { _ in true }) throws -> LedgerState {
    var state = LedgerState(ledger.schemas)
    for entry in try entries(from: 1) {
      guard includes(entry) else { break }
      if let unknown = state.apply(entry) {
        throw Diagnostic(.ledgerTampered, at: Place(file: ledger.path, record: entry.number), unknown)
      }
    }
    return state
  }
}
