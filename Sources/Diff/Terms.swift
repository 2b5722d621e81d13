import Records

/// The kind of value as which two columns are compared.
package enum ComparisonKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Byte by byte, after the declared normal forms.
  case text
  /// By the exact value of the decimal number; a number in another notation than that of programs (`01`, `+1`, ` 1`) is
  /// unreadable unless the column was declared to be a number.
  case number
  /// By the calendar day.
  case date
  case truth = "boolean"
  /// By the kind of each value: the text `1` and the number 1 differ.
  case any
}

/// The differences that are ignored when texts are compared. Applied in the order of the properties.
package struct NormalForms: Hashable, Sendable {
  /// Spaces (U+0020, U+3000, tab) at the end, or at both ends.
  package enum Trimming: String, Hashable, Sendable, CaseIterable { case none, right, both }

  package var trimming = Trimming.none
  /// Unicode's canonical composition (UAX #15) of characters written as several. A single character that composition
  /// would replace stays: the compatibility ideographs (神 U+FA19) are other glyphs to a register of persons.
  package var composes = false
  /// Variation selectors (U+FE00–FE0F, U+E0100–E01EF) left out.
  package var variations = false
  /// The signs that JIS X 0208 has once and Unicode twice, in the form of Windows-31J: `jisPairs`.
  package var jis = false
  /// Full-width letters, digits and signs to half width, half-width katakana to full width.
  package var width = false
  /// Hiragana to katakana.
  package var kana = false
  /// Letters a–z to A–Z.
  package var caseless = false

  package init() {}

  package var isEmpty: Bool { self == NormalForms() }

  /// The names in the report.
  package var names: [String] {
    (trimming == .none ? [] : ["trim-" + trimming.rawValue]) + (composes ? ["nfc"] : [])
      + (variations ? ["ivs"] : []) + (jis ? ["jis"] : []) + (width ? ["width"] : [])
      + (kana ? ["kana"] : []) + (caseless ? ["case"] : [])
  }
}

/// One column of the comparison.
package struct ComparedColumn: Hashable, Sendable {
  package var name: String
  /// Index of the column among the values of each side.
  package var left: Int
  package var right: Int
  package var kind: ComparisonKind
  package var forms = NormalForms()
  /// Whether a text like `0012` is a number, as the user declared.
  package var isDeclared = false
  /// Whether numbers are in the notation of amounts: `1,000`, `△5`.
  package var isAccounting = false
  /// The largest distance of numbers that count as equal.
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

  /// The byte that distinguishes unreadable values of the two sides.
  var mark: UInt8 { self == .left ? 0x4C : 0x52 }
}

/// The terms of a comparison: the columns in the order of canonical rows.
package struct Terms: Hashable, Sendable {
  package let columns: [ComparedColumn]
  /// Indices into `columns` of the key, in the requested order.
  package let key: [Int]

  package init(columns: [ComparedColumn], key: [Int]) {
    self.columns = columns
    self.key = key
  }

  /// For each column, whether its values are masked: those of `my_number` always, personal ones unless they are revealed.
  package func masked(reveals: Bool) -> [Bool] {
    columns.map { $0.privacy.isMasked(reveals: reveals) }
  }

  package var hasTolerance: Bool { columns.contains { $0.tolerance != nil } }
}
