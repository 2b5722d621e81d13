import Base
import Records

/// The names that an expression may use, and the places of their columns in the batch.
package struct Scope: Sendable {
  package struct Entry: Sendable {
    /// The restriction on the texts of a column.
    package enum Texts: Sendable {
      case asTheyAre
      /// Blanks at the end have been removed: no value has any.
      case trimmed
      /// Numbers in their shortest form (COMP-1, COMP-2): as a text `10.0` precedes `9.0`.
      case numbers
    }

    package let type: ValueType
    /// Index of the column, or of the first occurrence's column of a table item.
    package let column: Int
    /// The table (OCCURS) that contains the item, and the number of its occurrences.
    package let table: String?
    package let occurrences: Int
    /// For a varying table (OCCURS DEPENDING ON): index of the first of the flag columns that show whether a record has
    /// the occurrence.
    package let presence: Int?
    package let privacy: Privacy
    package let texts: Texts

    package init(
      type: ValueType, column: Int, table: String? = nil, occurrences: Int = 1, presence: Int? = nil,
      privacy: Privacy = .open, texts: Texts = .asTheyAre
    ) {
      self.texts = texts
      self.type = type
      self.column = column
      self.table = table
      self.occurrences = occurrences
      self.presence = presence
      self.privacy = privacy
    }
  }

  /// The owner of the names, for messages: `KJFUKA 10`, `個人住民税_期別`.
  package let title: String
  /// The entries by title, which is unique.
  package let entries: [String: Entry]
  package let lookups: Lookups
  private let names: NameTable
  /// Conditions by their names (level 88), as expressions.
  let conditions: [String: String]

  /// - Parameter names: the names of the entries and of other items that an expression may mean; by default those of
  ///   `entries`.
  /// - Parameter conditions: the conditions that have names (level 88), as expressions over the entries.
  package init(
    title: String, entries: [String: Entry], lookups: Lookups = Lookups(), names: NameTable? = nil,
    conditions: [String: String] = [:]
  ) {
    self.conditions = conditions
    self.title = title
    self.entries = entries
    self.lookups = lookups
    self.names = names ?? NameTable(names: entries.keys)
  }

  /// The entry that a name means, with its title; `nil` when there is none.
  ///
  /// - Throws: `name.ambiguous`.
  package func find(_ name: String, at place: Place) throws(Diagnostic) -> (title: String, entry: Entry)? {
    guard let title = try names.find(name, at: place).flatMap({ names.title($0) }), let entry = entries[title] else {
      return nil
    }
    return (title, entry)
  }

  /// The table that a name means and the number of its occurrences; `nil` when no item is in a table of that name.
  ///
  /// - Throws: `name.ambiguous`.
  package func table(_ name: String, at place: Place) throws(Diagnostic) -> (title: String, occurrences: Int)? {
    guard let title = try names.find(name, at: place).flatMap({ names.title($0) }) else { return nil }
    return occurrences(of: title).map { (title, $0) }
  }

  /// The number of occurrences of the table with that title; `nil` when no item is in it.
  package func occurrences(of table: String) -> Int? {
    entries.values.first { $0.table == table }?.occurrences
  }

  /// The first of the columns that show which occurrences of a table a record has; `nil` when it has all.
  func presence(of table: String) -> Int? {
    entries.values.lazy.filter { $0.table == table }.compactMap(\.presence).min()
  }
}

/// The city's look-ups by name: code tables, rates, closed days.
package struct Lookups: Sendable {
  package var codes: [String: CodeTable] = [:]
  /// The same tables with all their columns, and others.
  package var tables: [String: LookupTable] = [:]
  package var rates: [String: RateTable] = [:]
  package var calendar = OfficeCalendar([])

  package init() {}
}

/// Rates, tiers, ceilings and the like (税率表), each for a key and a period of days or fiscal years.
package struct RateTable: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// `YYYYMMDD`, or a western year when the table is by years; both ends included.
    package let from: Int64
    package let to: Int64
    package let value: Int64

    package init(key: String, from: Int64, to: Int64, value: Int64) {
      self.key = key
      self.from = from
      self.to = to
      self.value = value
    }
  }

  package let name: String
  /// True when the table is by fiscal years, false when it is by days.
  package let isByYear: Bool
  package let entries: [Entry]

  package init(name: String, isByYear: Bool, entries: [Entry]) {
    self.name = name
    self.isByYear = isByYear
    self.entries = entries
  }
}

/// A code conversion (コード変換表): from the old system's codes to the standard's.
package struct CodeTable: Sendable {
  package let name: String
  package let mapping: [String: String]

  /// The legacy code of each standard code that only one legacy code has.
  package var inverse: [String: String] {
    var found: [String: String] = [:]
    let times = mapping.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for (legacy, standard) in mapping where times[standard] == 1 { found[standard] = legacy }
    return found
  }

  package init(name: String, mapping: [String: String]) {
    self.name = name
    self.mapping = mapping
  }
}
