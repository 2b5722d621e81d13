import Base

/// 訂正: a person's change to the ledger itself, with name and reason. It removes nothing: the corrected entries stay in
/// the chain, and `verify`, gates and papers report both.
package struct Correction: RegisterRecord {
  package enum Field: Int, RegisterField {
    case reason, by, at, entry, register, record, act, before, differences, approver

    package var kind: RegisterSchema.Kind {
      switch self {
      case .entry: .integer
      case .differences: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("correction", Field.self)

  /// The change; the act of its entry.
  package enum Kind: String, Sendable, CaseIterable {
    /// 時計の訂正: the clock is right, whatever the time of the previous entry.
    case clock
    /// 登録簿の作り直し: the registers were rebuilt from the entries.
    case rebuild
    /// 取消: an entry was made by mistake.
    case withdraw
  }

  package let id: String
  package let kind: Kind
  package let reason: String
  package let by: String
  /// RFC 3339.
  package let at: String
  /// For a withdrawal: the entry, and its record. For the clock: the previous entry.
  package let entry: Int
  package let ofRegister: String
  package let record: String
  package let act: String
  /// For the clock: the time of the previous entry.
  package let before: String

  package init(_ row: RegisterRow) {
    id = row.id
    reason = row.text(Field.reason)
    by = row.text(Field.by)
    at = row.text(Field.at)
    entry = row.integer(Field.entry) ?? 0
    ofRegister = row.text(Field.register)
    record = row.text(Field.record)
    act = row.text(Field.act)
    before = row.text(Field.before)
    kind = !before.isEmpty ? .clock : entry > 0 ? .withdraw : .rebuild
  }

  /// The fields that every correction has, and those of its kind.
  private static func amendment(
    _ id: String, _ kind: Kind, reason: String, by person: String, at now: String, _ more: [Field: JSONValue]
  ) -> Amendment {
    var changes: [String: JSONValue] = ["reason": .text(reason), "by": .text(person), "at": .text(now)]
    for (field, value) in more { changes[RegisterSchema.name(of: field)] = value }
    return Amendment(register: register.name, id: id, act: kind.rawValue, changes: changes)
  }

  static func clock(
    _ id: String, after last: Entry, reason: String, by person: String, at now: String
  ) -> Amendment {
    amendment(
      id, .clock, reason: reason, by: person, at: now, [.entry: .integer(last.number), .before: .text(last.at)])
  }

  static func rebuild(
    _ id: String, _ differences: JSONValue, reason: String, by person: String, at now: String
  ) -> Amendment {
    amendment(id, .rebuild, reason: reason, by: person, at: now, [.differences: differences])
  }

  package static func withdraw(
    _ id: String, _ entry: Entry, reason: String, approver: String, by person: String, at now: String
  ) -> Amendment {
    let withdrawn = entry.amendment
    return amendment(
      id, .withdraw, reason: reason, by: person, at: now,
      [
        .entry: .integer(entry.number), .register: .text(withdrawn.register), .record: .text(withdrawn.id),
        .act: .text(withdrawn.act), .approver: .text(approver),
      ])
  }
}

extension Amendment {
  /// Whether it confirms the clock: only this entry may be dated before the previous one.
  var correctsClock: Bool { register == Correction.register.name && act == Correction.Kind.clock.rawValue }
}

extension LedgerReading {
  /// The number of the next correction: `C-0001`, …
  package func nextCorrection() throws(Diagnostic) -> String {
    let count = try ids(of: Correction.register).count
    let text = String(count + 1)
    return "C-" + String(repeating: "0", count: max(0, 4 - text.count)) + text
  }
}
