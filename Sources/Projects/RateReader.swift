import Base
import Expressions

/// Reads the values that the city's ordinances fix by date: rates, ceilings, thresholds (税率・限度額), and the calendar's
/// holidays.
enum RateReader {
  /// A CSV `key,from,to,value,note`: `from` and `to` are days `YYYY-MM-DD`, or years in the whole table; an empty `to`
  /// is unlimited. Two entries of one key must not overlap.
  static func table(_ definition: DefinitionFile, title: String, _ problems: Problems) -> RateTable? {
    guard
      let file = DelimitedText.read(
        definition, required: ["key", "from", "to", "value"], optional: ["note"], problems)
    else { return nil }
    let name = definition.name
    let isByYear = file.rows.first.map { $0["from"].count == 4 } ?? false
    var entries: [RateTable.Entry] = []
    for row in file.rows {
      let place = Place(file: name, line: row.line)
      let wanted = isByYear ? "a year YYYY, as in the first row" : "a date YYYY-MM-DD, as in the first row"
      guard let from = moment(row["from"], isByYear) else {
        problems.add(Diagnostic(.definitionValue, at: place, row["from"], wanted))
        continue
      }
      guard let to = row["to"].isEmpty ? CivilDate.noEnd : moment(row["to"], isByYear), to >= from else {
        problems.add(Diagnostic(.definitionValue, at: place, row["to"], wanted + ", not before \(row["from"])"))
        continue
      }
      guard let value = Int64(row["value"]) else {
        problems.add(Diagnostic(.definitionValue, at: place, row["value"], "a whole number"))
        continue
      }
      let key = row["key"]
      if entries.contains(where: { $0.key == key && $0.from <= to && from <= $0.to }) {
        problems.add(
          Diagnostic(
            .definitionValue, at: place, "\(key) \(row["from"])", "a time that no other entry of \(key) covers"))
        continue
      }
      entries.append(RateTable.Entry(key: key, from: from, to: to, value: value))
    }
    return RateTable(name: title, isByYear: isByYear, entries: entries)
  }

  private static func moment(_ text: String, _ isByYear: Bool) -> Int64? {
    if isByYear { return text.count == 4 ? Int64(text) : nil }
    return CivilDate.parse(text).flatMap { CivilDate.dayNumber($0) == nil ? nil : $0 }
  }

  /// A CSV `date,name`.
  static func holidays(_ definition: DefinitionFile, _ problems: Problems) -> Set<Int64> {
    let file = DelimitedText.read(definition, required: ["date"], optional: ["name"], problems)
    var days: Set<Int64> = []
    for row in file?.rows ?? [] {
      if let day = CivilDate.parse(row["date"]), CivilDate.dayNumber(day) != nil {
        days.insert(day)
      } else {
        problems.add(
          Diagnostic(
            .definitionValue, at: Place(file: definition.name, line: row.line), row["date"], "a date YYYY-MM-DD"))
      }
    }
    return days
  }
}
