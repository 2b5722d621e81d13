import Evidence
import Foundation

/// A CSV file with a header row (RFC 4180), as code tables and item lists are kept: small, read whole.
package struct DelimitedText {
  package struct Row {
    /// Line of the row's start, from 1.
    package let line: Int
    private let values: [String: String]

    init(line: Int, values: [String: String]) {
      self.line = line
      self.values = values
    }

    /// The value of a column; empty when the row has none.
    package subscript(column: String) -> String { values[column] ?? "" }
  }

  package let file: String
  package let columns: [String]
  package let rows: [Row]

  /// Reads `path`, whose header must hold the `required` columns and no others than these and `optional`.
  ///
  /// - Returns: `nil` after a diagnostic.
  package static func read(
    _ path: String, name: String, required: [String], optional: [String] = [], _ problems: Problems
  ) -> DelimitedText? {
    guard let data = FileManager.default.contents(atPath: path) else {
      problems.add(Diagnostic(.definitionOpen, at: Place(file: name)))
      return nil
    }
    let lines = split(String(decoding: data, as: UTF8.self))
    guard let header = lines.first else {
      problems.add(Diagnostic(.definitionValue, at: Place(file: name, line: 1), "an empty file", "a header row"))
      return nil
    }
    for column in required where !header.values.contains(column) {
      problems.add(Diagnostic(.definitionMissing, at: Place(file: name, line: 1), column))
    }
    for column in header.values where !required.contains(column) && !optional.contains(column) {
      problems.add(
        Diagnostic(
          .definitionKey, at: Place(file: name, line: 1), column, (required + optional).joined(separator: ", ")))
    }
    var rows: [Row] = []
    for line in lines.dropFirst() {
      guard line.values.count == header.values.count else {
        problems.add(
          Diagnostic(
            .definitionValue, at: Place(file: name, line: line.line), "\(line.values.count) columns",
            "\(header.values.count) columns"))
        continue
      }
      rows.append(Row(line: line.line, values: Dictionary(zip(header.values, line.values)) { first, _ in first }))
    }
    return DelimitedText(file: name, columns: header.values, rows: rows)
  }

  private static func split(_ text: String) -> [(line: Int, values: [String])] {
    var rows: [(line: Int, values: [String])] = []
    var row: [String] = []
    var value = ""
    var quoted = false
    var (line, start) = (1, 1)
    var characters = text.unicodeScalars.makeIterator()
    var pending = characters.next()
    if pending == "\u{FEFF}" { pending = characters.next() }
    func close() {
      row.append(value)
      value = ""
      if row != [""] { rows.append((start, row)) }
      row = []
    }
    while let character = pending {
      pending = characters.next()
      if quoted {
        if character == "\"" {
          if pending == "\"" {
            value.unicodeScalars.append("\"")
            pending = characters.next()
          } else {
            quoted = false
          }
        } else {
          if character == "\n" { line += 1 }
          value.unicodeScalars.append(character)
        }
      } else if character == "\"" {
        quoted = true
      } else if character == "," {
        row.append(value)
        value = ""
      } else if character == "\n" {
        close()
        line += 1
        start = line
      } else if character != "\r" {
        value.unicodeScalars.append(character)
      }
    }
    if !row.isEmpty || !value.isEmpty { close() }
    return rows
  }
}
