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
  package let lookups: Lookups

  package init(title: String, entries: [String: Entry], lookups: Lookups = Lookups()) {
    self.title = title
    self.entries = entries
    self.lookups = lookups
  }

  /// How often a table occurs, `nil` when no item lies in one of that name.
  package func occurrences(of table: String) -> Int? {
    entries.values.first { $0.table == table }?.occurrences
  }
}

/// What the city looks up by name: code tables, rates, the days on which it is closed.
package struct Lookups: Sendable {
  package var codes: [String: CodeTable] = [:]
  package var rates: [String: RateTable] = [:]
  /// Holidays (祝日・休日) as `YYYYMMDD`; Saturdays and Sundays are closed without being listed.
  package var holidays: Set<Int64> = []

  package init() {}
}

/// Rates, tiers, ceilings and the like (税率表), each for a key and the days or fiscal years from which to which it holds.
package struct RateTable: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// `YYYYMMDD`, or a western year where the table goes by years; both included.
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
  /// True where the table goes by fiscal years, false where it goes by days.
  package let isByYear: Bool
  package let entries: [Entry]

  package init(name: String, isByYear: Bool, entries: [Entry]) {
    self.name = name
    self.isByYear = isByYear
    self.entries = entries
  }
}

/// A code conversion (コード変換表): the old system's codes and the standard's.
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
