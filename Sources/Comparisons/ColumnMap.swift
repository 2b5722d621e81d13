import Base
import Definitions
import Diff
import Records

/// A column map (`--map`): which columns of two datasets belong together, how they are computed, as which type they are
/// compared, and which are ignored.
package struct ColumnMap: Sendable {
  /// One column of the comparison; a side's text is a column's name or an expression.
  package struct Entry: Sendable {
    package let name: String
    package let left: String
    package let right: String
    package let leftPlace: Place
    package let rightPlace: Place
    package var kind: ComparisonKind?
    package var forms = NormalForms()
    package var isAccounting = false
    package var tolerance: ExactNumber?
    package var privacy = Privacy.open
  }

  package var entries: [Entry] = []
  /// SHA-256 of the file; empty without one.
  package private(set) var digest = ""
  package var ignored: Set<String> = []
  package var leftReads: [String: ValueType] = [:]
  package var rightReads: [String: ValueType] = [:]

  package init() {}

  /// Reads a map.
  ///
  /// - Throws: all problems of the map, each with line and column.
  package static func read(_ path: String) throws(Diagnostics) -> ColumnMap {
    let problems = Problems()
    let file: DefinitionFile
    do throws(Diagnostic) { file = try DefinitionFile.read(path) } catch { throw Diagnostics([error]) }
    var result = DefinitionNode.read(file, problems).map(read) ?? ColumnMap()
    result.digest = file.digest
    try problems.check()
    return result
  }

  /// Reads a map that stands in another definition. Its digest is empty: it is that definition's.
  static func read(_ node: DefinitionNode) -> ColumnMap {
    var result = ColumnMap()
    if let map = node.map(["columns", "ignore", "reads"]) {
      for (name, node, value) in map["columns"]?.entries ?? [] {
        if let entry = entry(name, node, value) { result.entries.append(entry) }
      }
      result.ignored = Set(map["ignore"]?.texts ?? [])
      if let reads = map["reads"]?.map(["left", "right"]) {
        result.leftReads = types(reads["left"])
        result.rightReads = types(reads["right"])
      }
    }
    return result
  }

  private static func entry(_ name: String, _ node: DefinitionNode, _ value: DefinitionNode) -> Entry? {
    guard let map = value.map(["left", "right", "type", "normal", "written", "tolerance", "privacy"]) else {
      return nil
    }
    var entry = Entry(
      name: name, left: map["left"]?.text ?? name, right: map["right"]?.text ?? name,
      leftPlace: map["left"]?.place ?? node.place, rightPlace: map["right"]?.place ?? node.place)
    entry.kind = map["type"]?.choice(ComparisonKind.self)
    for form in map["normal"]?.list ?? [] {
      switch form.text {
      case "trim", "trim-both": entry.forms.trimming = .both
      case "trim-right": entry.forms.trimming = .right
      case "nfc": entry.forms.composes = true
      case "ivs": entry.forms.variations = true
      case "jis": entry.forms.jis = true
      case "width": entry.forms.width = true
      case "kana": entry.forms.kana = true
      case "case": entry.forms.caseless = true
      default: form.wrong(form.text ?? "", "trim, trim-right, nfc, ivs, jis, width, kana, case")
      }
    }
    if !entry.forms.isEmpty, let kind = entry.kind, ![.text, .number, .date].contains(kind) {
      map["normal"]?.wrong("normal", "type: text, number or date")
    }
    if let written = map["written"] {
      entry.isAccounting = written.choice(Writing.self) == .accounting
      if entry.isAccounting, entry.kind != .number { written.wrong("written: accounting", "type: number") }
    }
    if let tolerance = map["tolerance"], let text = tolerance.text {
      entry.tolerance = ExactNumber(text.utf8)
      if entry.tolerance == nil || text.hasPrefix("-") { tolerance.wrong(text, "a number such as 1 or 0.01") }
    }
    entry.privacy = map["privacy"]?.choice(PrivacyWord.self)?.privacy ?? .open
    return entry
  }

  /// The notation of numbers: as programs write them, or as people write amounts.
  private enum Writing: String, CaseIterable { case plain, accounting }

  private enum PrivacyWord: String, CaseIterable {
    case open, personal
    case myNumber = "my_number"

    var privacy: Privacy { Privacy(rawValue: rawValue) ?? .personal }
  }

  private static func types(_ node: DefinitionNode?) -> [String: ValueType] {
    var types: [String: ValueType] = [:]
    for (name, _, value) in node?.entries ?? [] {
      switch value.text ?? "" {
      case "integer": types[name] = .integer
      case "text": types[name] = .text
      case "date": types[name] = .date
      case let word where word.hasPrefix("decimal(") && word.hasSuffix(")"):
        if let scale = Int(word.dropFirst(8).dropLast()), (0...18).contains(scale) {
          types[name] = .decimal(scale: scale)
        } else {
          fallthrough
        }
      case let word: value.wrong(word, "integer, decimal(2), date or text")
      }
    }
    return types
  }
}
