import Base

extension CheckResult.Line {
  /// One side of a line, beside its sums: what stands there, or why nothing does, and the records from which it comes.
  package struct Side: Sendable, Codable, Hashable {
    /// A value that is no sum, with its name in the definitions.
    package struct Value: Sendable, Codable, Hashable {
      /// The name of a column or an item, or one of ``count``, ``kinds``, ``rule``, ``type``, ``text``, ``bytes`` and ``occurrence``.
      package var name: String
      package var text: String
      /// `nil` for a value that everybody may see.
      package var privacy: String?

      package init(_ name: String, _ text: String, privacy: String? = nil) {
        self.name = name
        self.text = text
        self.privacy = privacy
      }

      /// The name of a number of rows, of a number of different values, of what a definition demands, and of what a
      /// column allows or holds, of a text, and of bytes.
      package static let count = "count"
      package static let kinds = "values"
      package static let rule = "rule"
      package static let type = "type"
      package static let text = "text"
      package static let bytes = "bytes"
      package static let occurrence = "occurrence"

      /// Whether the text is a number of rows or of values, and no value of a column.
      package var isNumber: Bool { name == Self.count || name == Self.kinds }

      /// A number of rows.
      package static func rows(_ number: Int) -> Value { Value(count, String(number)) }
    }

    package var values: [Value]
    /// Why this side has no value, or not all of them.
    package var why: Bilingual?
    /// The first legacy records of this side, in reading order; `nil` when none is known.
    package var records: [RecordPlace]?

    /// Whether something stands there, or is said of why nothing does.
    package var isSaid: Bool { !values.isEmpty || why != nil }

    package init(_ values: [Value] = [], why: Bilingual? = nil, records: [RecordPlace]? = nil) {
      self.values = values
      self.why = why
      self.records = records
    }

    /// The reasons for a side without a value.
    package static let noExpectedRow = Bilingual(
      "期待側にはない（実際側だけにある）", "not on the expected side; on the actual one only")
    package static let noActualRow = Bilingual("実際側にはない（期待側だけにある）", "not on the actual side; on the expected one only")
    package static let withheld = Bilingual("権限のある者だけに表示", "shown only to those who have the right to it")
    package static let notRead = Bilingual("値がない、または読めない", "no value, or one that cannot be read")
  }

  /// Both sides of a line.
  package struct Sides: Sendable, Codable, Hashable {
    package var expected: Side
    package var actual: Side

    package init(expected: Side, actual: Side) {
      self.expected = expected
      self.actual = actual
    }
  }
}
