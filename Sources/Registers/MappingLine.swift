import Base
import Evidence

/// 移行項目マッピングの1行: how one column of the new system is filled from the records of one kind of file.
package struct MappingLine: Sendable {
  /// An item of the record that the expression takes.
  package struct Item: Sendable, Hashable {
    package let name: String
    package let picture: String
    /// In bytes, from 1; of a cell of a CSV or TSV the number of its column.
    package let position: Int
    /// In bytes; of a cell in characters.
    package let length: Int
    /// Whether it is a cell of a CSV or TSV, which has no place in bytes.
    package let isCell: Bool
    /// Digits of a number, characters of a text; `nil` when they are not fixed.
    package let count: Int?
    /// Digits right of the point; `nil` for what is no number.
    package let scale: Int?

    package init(
      name: String, picture: String, position: Int, length: Int, isCell: Bool = false, count: Int?, scale: Int?
    ) {
      self.isCell = isCell
      self.name = name
      self.picture = picture
      self.position = position
      self.length = length
      self.count = count
      self.scale = scale
    }
  }

  /// `mapping/FILE/KIND/TABLE/COLUMN`, with `#2` behind the table for the second row of it from one record. KIND is the
  /// first of the kinds that share the row.
  package let id: String
  package let file: String
  package let fileTitle: Bilingual
  /// The kinds that share the row.
  package let kinds: [(code: String, title: Bilingual)]
  package let table: String
  package let column: String
  /// `text(20)`, `integer` …
  package let type: String
  /// The largest number of characters of a text; `nil` for other types.
  package let limit: Int?
  /// Digits right of the point of a number; `nil` for other types.
  package let places: Int?
  package let isKey: Bool
  package let isOptional: Bool
  package let expression: String
  /// Whether nobody has written the expression yet (`column: draft`).
  package let isMissing: Bool
  /// Where the expression is written.
  package let place: Place
  /// The table (OCCURS) of which each occurrence makes a row; empty when the record makes one.
  package let each: String
  /// The condition under which there is a row; empty for always.
  package let condition: String
  package let items: [Item]
  /// The names of the code tables that the expression uses.
  package let codes: [String]

  package init(
    id: String, file: String, fileTitle: Bilingual, kinds: [(code: String, title: Bilingual)], table: String,
    column: String, type: String, limit: Int?, places: Int?, isKey: Bool, isOptional: Bool, expression: String,
    isMissing: Bool, place: Place, each: String,
    condition: String, items: [Item], codes: [String]
  ) {
    self.id = id
    self.file = file
    self.fileTitle = fileTitle
    self.kinds = kinds
    self.table = table
    self.column = column
    self.type = type
    self.limit = limit
    self.places = places
    self.isKey = isKey
    self.isOptional = isOptional
    self.expression = expression
    self.isMissing = isMissing
    self.place = place
    self.each = each
    self.condition = condition
    self.items = items
    self.codes = codes
  }

  /// Of all that a person confirms with the line: expression, condition, kinds and column.
  package var digest: String {
    SHA256.digest(
      of: [
        id, type, isOptional ? "optional" : "", expression, each, condition, kinds.map(\.code).joined(separator: ","),
      ].joined(separator: "\n"))
  }
}

/// 確認の状況: whether a line was confirmed as it reads now.
package struct MappingStanding: Sendable {
  package let line: MappingLine
  /// The last word about it; `nil` when there is none.
  package let confirmation: Confirmation?

  package var state: Confirmation.State { Confirmation.state(confirmation, of: line.digest, isMissing: line.isMissing) }

  package init(_ line: MappingLine, _ confirmation: Confirmation?) {
    self.line = line
    self.confirmation = confirmation
  }

  /// The lines with what was said of them.
  package static func of(_ lines: [MappingLine], _ confirmations: [Confirmation]) -> [MappingStanding] {
    let known = Dictionary(confirmations.map { ($0.id, $0) }) { first, _ in first }
    return lines.map { MappingStanding($0, known[$0.id]) }
  }
}
