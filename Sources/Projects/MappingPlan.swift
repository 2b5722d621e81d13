import Base
import Expressions
import Targets

/// A plan by which records of one kind become rows of one table.
package struct RowPlan: Sendable {
  /// Index of the table among the target's.
  package let table: Int
  /// The table (OCCURS) whose occurrences each make a row, and their number.
  package let each: (table: String, count: Int)?
  package let condition: Compiled?
  /// One expression per column of the table, in its order.
  package let values: [Compiled]
  /// The expressions as written in the definitions, with their places.
  package let written: [Written]
  /// The condition as written; `nil` when every record, or occurrence, makes a row.
  package let when: String?

  /// An expression as it was written.
  package struct Written: Sendable {
    package let text: String
    package let place: Place

    /// Whether nobody has mapped the column yet: its value is null.
    package var isDraft: Bool { text == Self.draft }

    /// What stands in place of an expression until somebody maps the column.
    package static let draft = "draft"

    package init(text: String, place: Place) {
      self.text = text
      self.place = place
    }
  }

  package init(
    table: Int, each: (table: String, count: Int)?, condition: Compiled?, values: [Compiled], written: [Written],
    when: String? = nil
  ) {
    self.table = table
    self.each = each
    self.condition = condition
    self.values = values
    self.written = written
    self.when = when
  }
}

/// A rule that excludes records from the migration, with the reason that the report prints.
package struct Exclusion: Sendable {
  package let id: String
  package let reason: Bilingual
  package let condition: Compiled

  package init(id: String, reason: Bilingual, condition: Compiled) {
    self.id = id
    self.reason = reason
    self.condition = condition
  }
}

/// The complete mapping of the records of one kind.
package struct MappingPlan: Sendable {
  package let exclusions: [Exclusion]
  package let rows: [RowPlan]

  package init(exclusions: [Exclusion], rows: [RowPlan]) {
    self.exclusions = exclusions
    self.rows = rows
  }

  /// Whether every migrated record makes a row.
  package var alwaysMakesRow: Bool { rows.contains { $0.each == nil && $0.condition == nil } }
}
