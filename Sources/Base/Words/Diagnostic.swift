/// The place of a problem. Parts that do not apply are `nil`.
package struct Place: Hashable, Sendable, Codable {
  package var file: String?
  /// Line and column from 1, in a definition.
  package var line: Int?
  package var column: Int?
  /// Record from 1 and byte offset from 0, in a data file.
  package var record: Int?
  package var offset: Int?
  package var field: String?
  /// Sheet and cell (`C12`) in a workbook.
  package var sheet: String?
  package var cell: String?

  package init(
    file: String? = nil, line: Int? = nil, column: Int? = nil, record: Int? = nil, offset: Int? = nil,
    field: String? = nil, sheet: String? = nil, cell: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.record = record
    self.offset = offset
    self.field = field
    self.sheet = sheet
    self.cell = cell
  }

  package func text(_ language: Language) -> String {
    var head = ShownText.visible(file ?? "")
    if let line { head += ":\(line)" }
    if let column { head += ":\(column)" }
    var parts = head.isEmpty ? [] : [head]
    if let record { parts.append(language == .japanese ? "\(record)件目" : "record \(record)") }
    if let offset { parts.append(language == .japanese ? "先頭から\(offset)バイト" : "byte \(offset)") }
    if let field {
      parts.append(language == .japanese ? "項目 \(ShownText.visible(field))" : "field \(ShownText.visible(field))")
    }
    if let sheet {
      parts.append(language == .japanese ? "シート「\(ShownText.visible(sheet))」" : "sheet “\(ShownText.visible(sheet))”")
    }
    if let cell { parts.append(language == .japanese ? "セル \(cell)" : "cell \(cell)") }
    return parts.joined(separator: language == .japanese ? "、" : ", ")
  }
}

/// A problem with a definition, a file or the environment: a code, a place and facts. The sentences are in
/// ``DiagnosticCode``. No value of a record is ever among the facts, only bytes in hexadecimal where a person must see
/// what was found.
package struct Diagnostic: Error, Hashable, Sendable {
  package let code: DiagnosticCode
  package private(set) var place: Place
  package let facts: [String]
  /// The number of further places with the same problem, which are not reported one by one.
  package var others = 0

  package init(_ code: DiagnosticCode, at place: Place = Place(), _ facts: String...) {
    self.code = code
    self.place = place
    self.facts = facts
  }

  /// The same problem, moved to the place in a definition that caused it.
  package func moved(to place: Place) -> Diagnostic {
    var moved = self
    moved.place = place
    return moved
  }

  /// One message: place, what was found and expected, what to do next.
  package func message(_ language: Language) -> String {
    let wording = code.wording
    let words = facts.map {
      ShownText.visible(code.tellsWords ? FactWords.text($0, language) : FactWords.phrase($0, language))
    }
    let sentence = Self.fill(wording.found.text(language), words)
    let remedy = Self.fill(wording.remedy.text(language), words)
    let position = place.text(language)
    let more = language == .japanese ? "(ほか\(others)か所)" : " (and \(others) more places)"
    return ShownText.withoutSecrets(
      (position.isEmpty ? "" : position + ": ") + sentence + (language == .japanese ? "" : " ") + remedy)
      + (others > 0 ? more : "") + " [\(code.rawValue)]"
  }

  /// Replaces `{n}` in the sentence by fact n.
  private static func fill(_ sentence: String, _ facts: [String]) -> String {
    var text = ""
    var rest = Substring(sentence)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      if let index = Int(name), facts.indices.contains(index) { text += facts[index] }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}

/// All problems of the definitions: a definition is checked to its end before it is refused.
package struct Diagnostics: Error, Sendable {
  package var items: [Diagnostic]

  package init(_ items: [Diagnostic]) { self.items = items }
}
