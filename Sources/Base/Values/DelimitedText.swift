/// A CSV file with a header row (RFC 4180), the form of code tables and item lists: small, read whole.
package struct DelimitedText {
  package struct Row {
    /// The line on which the row starts, from 1.
    package let line: Int
    private let values: [String: String]

    init(line: Int, values: [String: String]) {
      self.line = line
      self.values = values
    }

    /// The value of a column; empty when the row lacks it.
    package subscript(column: String) -> String { values[column] ?? "" }
  }

  package let file: String
  package let columns: [String]
  package let rows: [Row]

  /// Reads `path`: see ``read(_:required:optional:_:)``.
  package static func read(
    _ path: String, name: String, required: [String], optional: [String] = [], _ problems: Problems
  ) -> DelimitedText? {
    problems.collect { () throws(Diagnostic) in try DefinitionFile.read(path, name: name) }
      .flatMap { read($0, required: required, optional: optional, problems) }
  }

  /// Parses a file. Its header must have all `required` columns and may have the `optional` ones, but no others.
  ///
  /// - Returns: `nil` after a diagnostic.
  package static func read(
    _ file: DefinitionFile, required: [String], optional: [String] = [], _ problems: Problems
  ) -> DelimitedText? {
    let name = file.name
    let split = problems.collect { () throws(Diagnostic) in try Self.split(file.text(), name) }
    guard let lines = split else { return nil }
    guard let header = lines.first else {
      problems.add(Diagnostic(.definitionValue, at: Place(file: name, line: 1), "an empty file", "a header row"))
      return nil
    }
    for (index, column) in header.values.enumerated() where header.values[..<index].contains(column) {
      problems.add(
        Diagnostic(.definitionValue, at: Place(file: name, line: header.line), column, "each column once"))
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
      // A doubled column was refused above.
      rows.append(Row(line: line.line, values: Dictionary(zip(header.values, line.values)) { first, _ in first }))
    }
    return DelimitedText(file: name, columns: header.values, rows: rows)
  }

  /// The names of a file's header; none of a file that ``read(_:required:optional:_:)`` refuses to parse.
  package static func columns(of file: DefinitionFile) -> [String] {
    (try? Self.split(file.text(), file.name))?.first?.values ?? []
  }

  /// The rows of RFC 4180; LF or CR LF ends a line.
  ///
  /// - Throws: `definition.value` for a quotation mark that is never closed, a quotation mark within an unquoted value,
  ///   text behind a closing mark, and a CR without LF.
  private static func split(_ text: String, _ name: String) throws(Diagnostic) -> [(line: Int, values: [String])] {
    enum State { case start, plain, quoted, closed }
    var rows: [(line: Int, values: [String])] = []
    var row: [String] = []
    var value = ""
    var state = State.start
    var (line, start, opened) = (1, 1, 1)
    var characters = text.unicodeScalars.makeIterator()
    var pending = characters.next()
    func wrong(_ found: String, _ expected: String, line: Int) -> Diagnostic {
      Diagnostic(.definitionValue, at: Place(file: name, line: line), found, expected)
    }
    func close() {
      row.append(value)
      value = ""
      state = .start
    }
    func closeRow() {
      close()
      if row != [""] { rows.append((start, row)) }
      row = []
    }
    while let character = pending {
      pending = characters.next()
      if state == .quoted {
        if character == "\"", pending != "\"" {
          state = .closed
          continue
        }
        if character == "\"" { pending = characters.next() }
        if character == "\n" { line += 1 }
        value.unicodeScalars.append(character)
        continue
      }
      switch character {
      case ",": close()
      case "\r" where pending == "\n": break
      case "\n":
        closeRow()
        line += 1
        start = line
      case "\r": throw wrong("CR", "LF or CR LF at the end of a line", line: line)
      case "\"" where state == .start:
        state = .quoted
        opened = line
      case _ where state == .closed:
        throw wrong("\"\(value)\"\(character)", "a comma or the end of the line after the closing quote", line: line)
      case "\"":
        throw wrong(
          value + "\"", "a value without quotation marks, or in quotation marks, those within doubled", line: line)
      default:
        state = .plain
        value.unicodeScalars.append(character)
      }
    }
    guard state != .quoted else {
      throw wrong("\"" + String(value.prefix(20)), "a closing quote", line: opened)
    }
    if !row.isEmpty || state != .start { closeRow() }
    return rows
  }

  /// A value as it is written into a CSV file: in quotation marks where it has to be (RFC 4180).
  package static func field(_ value: String) -> String {
    guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
    return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
