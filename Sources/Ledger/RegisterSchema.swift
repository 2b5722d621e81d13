import Base

/// The columns of a register, in the order of its cases. The name of a case, in snake_case, is the name in the ledger.
package protocol RegisterField: CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == Int {
  /// The kind of the field's values.
  var kind: RegisterSchema.Kind { get }
}

/// A register (台帳の一種): its name and its fields. Its records are the sum of the ledger's entries about them.
package struct RegisterSchema: Sendable {
  /// The kind of a field's values; null is always allowed and means that no value was entered.
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

  /// Whether the register has such a field and allows such a value.
  func admits(_ field: String, _ value: JSONValue) -> Bool {
    guard let position = positions[field] else { return false }
    switch (fields[position].kind, value) {
    case (_, .null), (.text, .text), (.integer, .integer), (.structure, .list), (.structure, .object): return true
    default: return false
    }
  }
}

/// The present state of a register's record: its id, the number of the entry that last changed it, and its fields. A
/// value is parsed on access: of most of ten thousand records only one or two fields are read.
package struct RegisterRow: Sendable {
  private enum Storage: Sendable {
    case values([JSONValue])
    case cells(RegisterCells, row: Int)
  }

  package let id: String
  package let revision: Int
  private let storage: Storage

  /// - Parameter values: in the order of the register's fields.
  package init(id: String, revision: Int, values: [JSONValue]) {
    self.id = id
    self.revision = revision
    storage = .values(values)
  }

  init(id: String, revision: Int, cells: RegisterCells, row: Int) {
    self.id = id
    self.revision = revision
    storage = .cells(cells, row: row)
  }

  func value(_ position: Int) -> JSONValue {
    switch storage {
    case .values(let values): values[position]
    case .cells(let cells, let row): cells.value(row, position)
    }
  }

  /// All values in the order of the fields.
  package func values(_ schema: RegisterSchema) -> [JSONValue] { schema.fields.indices.map(value) }

  /// Whether all fields are null: the entry that created the record has been withdrawn.
  func isBlank(_ schema: RegisterSchema) -> Bool { schema.fields.indices.allSatisfy(isNull) }

  private func isNull(_ position: Int) -> Bool {
    switch storage {
    case .values(let values): values[position].isNull
    case .cells(let cells, let row): cells.isNull(row, position)
    }
  }

  package subscript(field: some RegisterField) -> JSONValue { value(field.rawValue) }

  /// The text of a field; empty when it is null.
  package func text(_ field: some RegisterField) -> String { value(field.rawValue).text ?? "" }
  package func integer(_ field: some RegisterField) -> Int? { value(field.rawValue).integer }
  package func texts(_ field: some RegisterField) -> [String] { value(field.rawValue).texts }
}

/// The values of many records in one block of memory, row by row.
final class RegisterCells: Sendable {
  enum Kind: UInt8, Sendable { case null, integer, text, structure }

  private let width: Int
  private let bytes: [UInt8]
  /// The end of each value in `bytes`; an integer has none there.
  private let ends: [Int]
  private let kinds: [Kind]
  private let integers: [Int: Int]

  /// A builder that appends values in sequence.
  struct Builder {
    let width: Int
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var kinds: [Kind] = []
    private var integers: [Int: Int] = [:]

    init(width: Int) { self.width = width }

    mutating func add(_ kind: Kind, _ text: UnsafeBufferPointer<UInt8>) {
      bytes.append(contentsOf: text)
      ends.append(bytes.count)
      kinds.append(kind)
    }

    mutating func add(_ number: Int) {
      integers[kinds.count] = number
      ends.append(bytes.count)
      kinds.append(.integer)
    }

    mutating func addNull() {
      ends.append(bytes.count)
      kinds.append(.null)
    }

    consuming func build() -> RegisterCells {
      RegisterCells(width: width, bytes: bytes, ends: ends, kinds: kinds, integers: integers)
    }
  }

  private init(width: Int, bytes: [UInt8], ends: [Int], kinds: [Kind], integers: [Int: Int]) {
    self.width = width
    self.bytes = bytes
    self.ends = ends
    self.kinds = kinds
    self.integers = integers
  }

  func isNull(_ row: Int, _ position: Int) -> Bool { kinds[row * width + position] == .null }

  func value(_ row: Int, _ position: Int) -> JSONValue {
    let cell = row * width + position
    switch kinds[cell] {
    case .null: return .null
    case .integer: return .integer(integers[cell] ?? 0)
    case .text: return .text(text(cell))
    // It was parsed when the record was read.
    case .structure: return JSONValue(parsing: text(cell)) ?? .null
    }
  }

  private func text(_ cell: Int) -> String {
    String(decoding: bytes[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]], as: UTF8.self)
  }
}

/// A typed view of the records of one register.
package protocol RegisterRecord: Sendable {
  associatedtype Field: RegisterField
  static var register: RegisterSchema { get }
  init(_ row: RegisterRow)
}
