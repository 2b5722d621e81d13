/// A value in the notation of a copybook: `'A'`, `X'0F'`, `-1.5`, `SPACES`, `ALL '*'`.
package struct Literal: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case text
    /// A number, a figurative constant (ZERO, SPACES, HIGH-VALUES …) or the name of a constant.
    case word
  }

  package let kind: Kind
  /// Without quotes and prefix; a word as written.
  package let text: String
  /// With quotes and prefix, and ALL.
  package let written: String
  /// `ALL '…'`: repeated to the item's length.
  package let isAll: Bool
}

/// A condition-name (level 88).
package struct Condition: Hashable, Sendable {
  package let name: String
  package let values: [Values]

  /// One value, or all from one THRU another.
  package struct Values: Hashable, Sendable {
    package let from: Literal
    package let through: Literal?
    package var written: String { from.written + (through.map { " THRU " + $0.written } ?? "") }
  }
}
