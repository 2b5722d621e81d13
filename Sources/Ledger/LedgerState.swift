import Base

/// The registers as the sum of entries: the required content of the tables, now or at an earlier time.
package struct LedgerState: Sendable {
  private let schemas: [String: RegisterSchema]
  private(set) var registers: [String: [String: RegisterRow]] = [:]

  package init(_ schemas: [RegisterSchema]) {
    self.schemas = Dictionary(schemas.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Adds an entry.
  ///
  /// - Returns: the name of the register or field that is unknown, or whose value is of another kind; the state is then
  ///   unchanged.
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

  /// The records of a register by id, without records with all their entries withdrawn.
  package func records<R: RegisterRecord>(_ type: R.Type) -> [R] {
    let rows = (registers[R.register.name] ?? [:]).values.filter { !$0.isBlank(R.register) }
    return rows.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map(R.init)
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
  /// The registers as the sum of all entries, or of those up to a number. Reads the ledger.
  ///
  /// - Throws: `ledger.database`; `ledger.chain`; `ledger.tampered` for an unknown register or field.
  package func state(upTo number: Int = .max) throws(Diagnostic) -> LedgerState {
    try state(of: try entries(from: 1).prefix { $0.number <= number })
  }

  private func state(of entries: some Sequence<Entry>) throws(Diagnostic) -> LedgerState {
    var state = LedgerState(ledger.schemas)
    for entry in entries {
      if let unknown = state.apply(entry) {
        throw Diagnostic(.ledgerTampered, at: Place(file: ledger.path, record: entry.number), unknown)
      }
    }
    return state
  }

  /// The registers before a moment, and the head of the chain then: after the last entry dated before it. Entries
  /// follow each other by number, so an entry with a future date that precedes it belongs to that state.
  ///
  /// - Parameter now: the clock.
  /// - Returns: also the number of an entry that may have been made before the moment although it is dated later: its
  ///   date is later than the clock, or than a later correction of the clock; `nil` when there is none.
  /// - Throws: `ledger.database`; `ledger.chain`; `ledger.tampered` for an unknown register or field.
  package func state(before moment: String, now: String) throws(Diagnostic) -> (
    state: LedgerState, head: Head, doubtful: Int?
  ) {
    let entries = try entries(from: 1)
    let count = (entries.lastIndex { $0.at < moment } ?? -1) + 1
    let head =
      count == 0 ? Head.empty : Head(number: count, digest: SHA256.digest(of: entries[count - 1].value.canonical))
    var doubtful: Int?
    if count < entries.count {
      let corrections = entries[count...].dropFirst().filter(\.amendment.correctsClock).map(\.at)
      if entries[count].at > (corrections.min().map { min($0, now) } ?? now) { doubtful = count + 1 }
    }
    return (try state(of: entries.prefix(count)), head, doubtful)
  }
}
