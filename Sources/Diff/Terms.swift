import Records

/// As what two columns are compared.
package enum ComparisonKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Byte by byte, after the declared normal forms.
  case text
  /// By the exact value of the decimal number; a number that is written otherwise than numbers are (`01`, `+1`, ` 1`) is
  /// unreadable unless the column was declared to be a number.
  case number
  /// By the calendar day.
  case date
  case truth = "boolean"
  /// Each value as what it is: the text `1` and the number 1 differ.
  case any
}

/// What is disregarded when texts are compared. Applied in the order of the properties.
package struct NormalForms: Hashable, Sendable {
  /// Spaces (U+0020, U+3000, tab) at the end, or at both ends.
  package enum Trimming: String, Hashable, Sendable, CaseIterable { case none, right, both }

  package var trimming = Trimming.none
  /// Unicode's canonical composition (UAX #15) of what is written as several characters. A character that composition would
  /// replace by another on its own stays: the compatibility ideographs (神 U+FA19) are other glyphs to a register of persons.
  package var composes = false
  /// Variation selectors (U+FE00–FE0F, U+E0100–E01EF) left out.
  package var variations = false
  /// The signs that JIS X 0208 has once and Unicode twice, as Windows-31J has them: `jisPairs`.
  package var jis = false
  /// Full-width letters, digits and signs to half width, half-width katakana to full width.
  package var width = false
  /// Hiragana to katakana.
  package var kana = false
  /// Letters a–z to A–Z.
  package var caseless = false

  package init() {}

  package var isEmpty: Bool { self == NormalForms() }

  /// As the report names them.
  package var names: [String] {
    (trimming == .none ? [] : ["trim-" + trimming.rawValue]) + (composes ? ["nfc"] : [])
      + (variations ? ["ivs"] : []) + (jis ? ["jis"] : []) + (width ? ["width"] : [])
      + (kana ? ["kana"] : []) + (caseless ? ["case"] : [])
  }
}

/// One column of the comparison.
package struct ComparedColumn: Hashable, Sendable {
  package var name: String
  /// Index of the column among the values that each side gives.
  package var left: Int
  package var right: Int
  package var kind: ComparisonKind
  package var forms = NormalForms()
  /// Whether a text like `0012` is a number: somebody has said so.
  package var isDeclared = false
  /// Whether numbers are written as people write amounts: `1,000`, `△5`.
  package var isAccounting = false
  /// Numbers that differ by no more are the same.
  package var tolerance: ExactNumber?
  package var privacy = Privacy.open

  package init(_ name: String, left: Int, right: Int, kind: ComparisonKind) {
    self.name = name
    self.left = left
    self.right = right
    self.kind = kind
  }
}

package enum Side: String, Hashable, Sendable, Codable, CaseIterable {
  case left, right

  /// The byte by which unreadable values of the sides are kept apart.
  var mark: UInt8 { self == .left ? 0x4C : 0x52 }
}

/// What is compared, and how: the columns in the order in which canonical rows have them.
package struct Terms: Hashable, Sendable {
  package let columns: [ComparedColumn]
  /// Indices into `columns` of what tells rows apart, in the order in which it was asked for.
  package let key: [Int]

  package init(columns: [ComparedColumn], key: [Int]) {
    self.columns = columns
    self.key = key
  }

  /// For each column, whether its values are masked: those of `my_number` always, personal ones unless they are revealed.
  package func masked(reveals: Bool) -> [Bool] {
    columns.map { $0.privacy == .myNumber || ($0.privacy == .personal && !reveals) }
  }

  package var hasTolerance: Bool { columns.contains { $0.tolerance != nil } }
}
