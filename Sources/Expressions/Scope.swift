import Records

/// The names an expression may use, and where their columns stand in the batch it will run over.
package struct Scope: Sendable {
  package struct Entry: Sendable {
    package let type: ValueType
    /// Index of the column, or of the first occurrence's column of a table item.
    package let column: Int
    /// The table (OCCURS) the item lies in, and how often it occurs.
    package let table: String?
    package let occurrences: Int
    package let privacy: Privacy

    package init(
      type: ValueType, column: Int, table: String? = nil, occurrences: Int = 1, privacy: Privacy = .open
    ) {
      self.type = type
      self.column = column
      self.table = table
      self.occurrences = occurrences
      self.privacy = privacy
    }
  }

  /// What the names belong to, for messages: `KJFUKA 10`, `個人住民税_期別`.
  package let title: String
  package let entries: [String: Entry]
  /// The code tables by name.
  package let codes: [String: CodeTable]

  package init(title: String, entries: [String: Entry], codes: [String: CodeTable] = [:]) {
    self.title = title
    self.entries = entries
    self.codes = codes
  }

  /// How often a table occurs, `nil` when no item lies in one of that name.
  package func occurrences(of table: String) -> Int? {
    entries.values.first { $0.table == table }?.occurrences
  }
}

/// A code conversion (コード変換表): the old system's codes and the standard's.
package struct CodeTable: Sendable {
  package let name: String
  package let mapping: [String: String]

  package init(name: String, mapping: [String: String]) {
    self.name = name
    self.mapping = mapping
  }
}
