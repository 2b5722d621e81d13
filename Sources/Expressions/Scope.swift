import Base
import Records

/// The names an expression may use, and where their columns stand in the batch it will run over.
package struct Scope: Sendable {
  package struct Entry: Sendable {
    /// How the texts of a column are to be taken.
    package enum Texts: Sendable {
      case asTheyAre
      /// Blanks at the end have been taken off: no value has any.
      case trimmed
      /// Numbers written in the shortest way (COMP-1, COMP-2): `10.0` stands before `9.0`.
      case numbers
    }

    package let type: ValueType
    /// Index of the column, or of the first occurrence's column of a table item.
    package let column: Int
    /// The table (OCCURS) the item lies in, and how often it occurs.
    package let table: String?
    package let occurrences: Int
    /// Where the table varies (OCCURS DEPENDING ON): index of the first of the flag columns that say whether a record has
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

  /// What the names belong to, for messages: `KJFUKA 10`, `個人住民税_期別`.
  package let title: String
  /// By title, the one name that no other has.
  package let entries: [String: Entry]
  package let lookups: Lookups
  private let names: NameTable

  /// - Parameter names: of the entries, and of what else the names that people write may mean; those of `entries` where
  ///   nothing is said.
  package init(title: String, entries: [String: Entry], lookups: Lookups = Lookups(), names: NameTable? = nil) {
    self.title = title
    self.entries = entries
    self.lookups = lookups
    self.names = names ?? NameTable(names: entries.keys)
  }

  /// The entry that a name means, with its title; `nil` where there is none.
  ///
  /// - Throws: `name.ambiguous`.
  package func find(_ name: String, at place: Place) throws(Diagnostic) -> (title: String, entry: Entry)? {
    guard let title = try names.find(name, at: place).flatMap({ names.title($0) }), let entry = entries[title] else {
      return nil
    }
    return (title, entry)
  }

  /// The table that a name means and how often it occurs, `nil` where no item lies in one of that name.
  ///
  /// - Throws: `name.ambiguous`.
  package func table(_ name: String, at place: Place) throws(Diagnostic) -> (title: String, occurrences: Int)? {
    guard let title = try names.find(name, at: place).flatMap({ names.title($0) }) else { return nil }
    return occurrences(of: title).map { (title, $0) }
  }

  /// How often the table of that title occurs, `nil` when no item lies in it.
  package func occurrences(of table: String) -> Int? {
    entries.values.first { $0.table == table }?.occurrences
  }

  /// The first of the columns that say which occurrences of a table a record has; `nil` where it has all.
  func presence(of table: String) -> Int? {
    entries.values.lazy.filter { $0.table == table }.compactMap(\.presence).min()
  }
}

/// What the city looks up by name: code tables, rates, the days on which it is closed.
package struct Lookups: Sendable {
  package var codes: [String: CodeTable] = [:]
  package var rates: [String: RateTable] = [:]
  package var calendar = OfficeCalendar([])

  package init() {}
}

/// The days on which the city is closed (閉庁日). Of days outside the years that its list covers nothing is known.
package struct OfficeCalendar: Sendable {
  /// The days listed, as `YYYYMMDD`.
  package let closed: Set<Int64>
  /// From the year of the first day listed to that of the last.
  private let years: ClosedRange<Int64>?

  /// - Parameter closed: the days listed; Saturdays and Sundays are closed without being listed.
  package init(_ closed: Set<Int64>) {
    self.closed = closed
    years = closed.min().flatMap { first in closed.max().map { first / 10_000...$0 / 10_000 } }
  }

  /// - Returns: `nil` for a day that the list does not cover.
  func isClosed(_ date: Int64, dayNumber: Int64) -> Bool? {
    guard let years, years.contains(date / 10_000) else { return nil }
    return CivilDate.isWeekend(dayNumber: dayNumber) || closed.contains(date)
  }
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
