import Base
import Expressions
import Records
import Targets

/// Reads the small tables in which expressions look up: code tables (コード変換表), and tables of other columns (参照表).
enum CodeReader {
  private static let code = (
    required: ["legacy", "standard", "name_ja", "name_en"], optional: ["valid_from", "valid_to", "note"]
  )

  /// Reads a CSV into `lookups`. A header with a name that has a type, `NAME:TYPE`, is that of a table of other columns.
  static func read(_ file: DefinitionFile, title: String, into lookups: inout Lookups, _ problems: Problems) {
    let header = DelimitedText.columns(of: file)
    if header.contains(where: { $0.contains(":") }) {
      lookups.tables[title] = table(file, title, header, problems)
    } else {
      readCodes(file, title, &lookups, problems)
    }
  }

  /// `legacy,standard,name_ja,name_en,valid_from,valid_to,note`.
  private static func readCodes(
    _ file: DefinitionFile, _ title: String, _ lookups: inout Lookups, _ problems: Problems
  ) {
    guard let table = DelimitedText.read(file, required: code.required, optional: code.optional, problems) else {
      return
    }
    func wrong(_ row: DelimitedText.Row, _ found: String, _ expected: String) {
      problems.add(Diagnostic(.definitionValue, at: Place(file: file.name, line: row.line), found, expected))
    }
    var mapping: [String: String] = [:]
    let names = ["standard", "name_ja", "name_en", "note"].filter(table.columns.contains)
    var lookup = LookupTable(
      name: title, keys: [Field("legacy", .text)], columns: names.map { Field($0, .text) })
    for row in table.rows {
      for column in ["valid_from", "valid_to"] where !row[column].isEmpty {
        if CivilDate.parse(row[column]).flatMap(CivilDate.dayNumber) == nil {
          wrong(row, row[column], "a date YYYY-MM-DD")
        }
      }
      if !row["valid_from"].isEmpty, !row["valid_to"].isEmpty, row["valid_from"] > row["valid_to"] {
        wrong(row, row["valid_to"], "a date not before \(row["valid_from"])")
      }
      // A half-filled line would put an empty code into the target.
      for column in ["legacy", "standard"] {
        let text = row[column]
        let isBlank = text.isEmpty && column == "standard" && !row["legacy"].isEmpty
        if isBlank || text.first?.isWhitespace == true || text.last?.isWhitespace == true {
          wrong(row, "\(column) “\(text)”", "a code without blanks at its ends")
        }
      }
      if mapping.updateValue(row["standard"], forKey: row["legacy"]) != nil {
        wrong(row, row["legacy"], "each legacy code once")
      }
      _ = lookup.add(
        [.text(Array(row["legacy"].utf8))],
        names.map { row[$0].isEmpty ? .null : .text(Array(row[$0].utf8)) })
    }
    lookups.codes[title] = CodeTable(name: title, mapping: mapping)
    lookups.tables[title] = lookup
  }

  /// `町:text:key,年度:integer:key,学校:text,定員:integer`.
  private static func table(
    _ file: DefinitionFile, _ title: String, _ header: [String], _ problems: Problems
  ) -> LookupTable? {
    func wrong(_ line: Int, _ found: String, _ expected: String) {
      problems.add(Diagnostic(.definitionValue, at: Place(file: file.name, line: line), found, expected))
    }
    var fields: [(header: String, field: Field, isKey: Bool)] = []
    for cell in header {
      let parts = cell.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard (2...3).contains(parts.count), !parts[0].isEmpty, parts.count == 2 || parts[2] == "key",
        let type = type(parts[1])
      else {
        wrong(1, cell, "NAME:TYPE or NAME:TYPE:key, with the type text, integer, decimal(n), date or boolean")
        return nil
      }
      if fields.contains(where: { $0.field.name == parts[0] }) { wrong(1, parts[0], "each column once") }
      fields.append((cell, Field(parts[0], type), parts.count == 3))
    }
    guard fields.contains(where: \.isKey), fields.contains(where: { !$0.isKey }) else {
      wrong(1, header.joined(separator: ","), "a column of the key, NAME:TYPE:key, and another")
      return nil
    }
    guard let read = DelimitedText.read(file, required: header, problems) else { return nil }
    var table = LookupTable(
      name: title, keys: fields.filter(\.isKey).map(\.field), columns: fields.filter { !$0.isKey }.map(\.field))
    for row in read.rows {
      var (key, values): ([LookupTable.Value], [LookupTable.Value]) = ([], [])
      for (cell, field, isKey) in fields {
        let text = row[cell]
        if isKey, text.isEmpty || text.first?.isWhitespace == true || text.last?.isWhitespace == true {
          wrong(row.line, "\(field.name) “\(text)”", "a key without blanks at its ends")
        }
        let found = text.isEmpty ? .null : value(text, field.type)
        if found == nil { wrong(row.line, "\(field.name) “\(text)”", ProgramBuilder.word(field.type)) }
        if isKey { key.append(found ?? .null) } else { values.append(found ?? .null) }
      }
      if !table.add(key, values) {
        wrong(row.line, fields.filter(\.isKey).map { row[$0.header] }.joined(separator: ", "), "each key once")
      }
    }
    return table
  }

  private static func type(_ word: String) -> ValueType? {
    switch word {
    case "text": .text
    case "integer": .integer
    case "date": .date
    case "boolean": .flag
    default:
      word.hasPrefix("decimal(") && word.hasSuffix(")")
        ? Int(word.dropFirst(8).dropLast()).flatMap { (1...38).contains($0) ? .decimal(scale: $0) : nil } : nil
    }
  }

  private static func value(_ text: String, _ type: ValueType) -> LookupTable.Value? {
    switch type {
    case .text: return .text(Array(text.utf8))
    case .integer: return Int64(text).map { .integer($0) }
    case .date:
      var text = text
      return text.withUTF8 { StoredDate.read($0) }.flatMap { $0 == 0 ? nil : .integer($0) }
    case .flag: return text == "true" ? .integer(1) : text == "false" ? .integer(0) : nil
    case .decimal(let scale):
      var text = text
      return text.withUTF8 { StoredDecimal.read($0, scale: scale, .any) }.map { .wide($0) }
    }
  }
}
