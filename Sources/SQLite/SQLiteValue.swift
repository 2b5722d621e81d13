import CSQLite

/// A value for a parameter.
package enum SQLiteValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
}

/// A value of a row in SQLite's memory, valid until the statement moves.
public struct SQLiteCell {
  /// The type under which a value is stored.
  public enum Kind: Sendable {
    case null, integer, real, text, blob
  }

  @usableFromInline let handle: OpaquePointer?

  @inlinable
  init(handle: OpaquePointer?) { self.handle = handle }

  @inlinable
  public var kind: Kind {
    switch sqlite3_value_type(handle) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// The number; SQLite converts a value stored under another type.
  @inlinable
  public var integer: Int64 { sqlite3_value_int64(handle) }

  @inlinable
  public var real: Double { sqlite3_value_double(handle) }

  /// The bytes of a text, which SQLite does not check to be UTF-8; a number is converted to a text.
  @inlinable
  public var bytes: UnsafeBufferPointer<UInt8> {
    // First the text, then its length: the first may change the second.
    let start = sqlite3_value_text(handle)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(handle)))
  }

  @inlinable
  public var blob: UnsafeRawBufferPointer {
    let start = sqlite3_value_blob(handle)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(handle)))
  }

  /// The text; `nil` when it is stored under another type, or is not UTF-8.
  package var text: String? { kind == .text ? String(validating: bytes, as: UTF8.self) : nil }

  /// The number; `nil` when it is stored under another type.
  package var exactInteger: Int? { kind == .integer ? Int(integer) : nil }

  /// Whether this equals a value byte for byte: Swift treats differently composed texts as equal.
  package func holds(_ value: SQLiteValue) -> Bool {
    switch (kind, value) {
    case (.null, .null): true
    case (.integer, .integer(let number)): integer == number
    case (.text, .text(let text)): bytes.elementsEqual(text.utf8)
    default: false
    }
  }
}
