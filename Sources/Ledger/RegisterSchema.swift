import Evidence

/// The columns of a register, by the order of its cases. What a case is called is the name in the ledger, in snake_case.
package protocol RegisterField: CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == Int {
  /// What the field holds.
  var kind: RegisterSchema.Kind { get }
}

/// A register (台帳の一種): its name and its fields. Its records are the sum of the ledger's entries about them.
package struct RegisterSchema: Sendable {
  /// What a field may hold; null is always allowed and means that it has not been said.
  package enum Kind: Sendable {
    case text
    case integer
    /// A list or an object, kept as canonical JSON.
    case structure
  }

  package let name: String
  package let fields: [(name: String, kind: Kind)]
  let positions: [String: Int]

  package init<Field: RegisterField>(_ name: String, _ fields: Field.Type) {
    self.name = name
    self.fields = fields.allCases.map { (Self.name(of: $0), $0.kind) }
    positions = Dictionary(self.fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// The name of a field in the ledger: `answeredBy` is `answered_by`.
  package static func name(of field: some RegisterField) -> String {
    "\(field)".reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }

  /// Whether the register has such a field and it may hold such a value.
  func admits(_ field: String, _ value: JSONValue) -> Bool {
    guard let position = positions[field] else { return false }
    switch (fields[position].kind, value) {
    case (_, .null), (.text, .text), (.integer, .integer), (.structure, .list), (.structure, .object): return true
    default: return false
    }
  }
}

/// A record of a register as it stands: its id, the number of the entry that last changed it, and its values in the order
/// of the register's fields.
package struct RegisterRow: Sendable, Hashable {
  package let id: String
  package let revision: Int
  package var values: [JSONValue]

  package init(id: String, revision: Int, values: [JSONValue]) {
    self.id = id
    self.revision = revision
    self.values = values
  }

  package subscript(field: some RegisterField) -> JSONValue { values[field.rawValue] }

  /// The text of a field; empty where nothing has been said.
  package func text(_ field: some RegisterField) -> String { values[field.rawValue].text ?? "" }
  package func integer(_ field: some RegisterField) -> Int? { values[field.rawValue].integer }
  package func texts(_ field: some RegisterField) -> [String] { values[field.rawValue].texts }
}

/// A typed view of the records of one register.
package protocol RegisterRecord: Sendable {
  associatedtype Field: RegisterField
  static var register: RegisterSchema { get }
  init(_ row: RegisterRow)
}
