import Base
import Definitions
import Foundation
import Outline
import Testing

/// The JSON Schemas hold for all definitions of the repository, and refuse what the readers refuse.
@Suite struct DefinitionSchemaTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The schema of a definition file, by its name and its place.
  private static func schema(of path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    switch name {
    case "pipeline.yaml", "gates.yaml": return String(name.dropLast(5))
    case "checks.yaml", "rebuild.yaml": return "checks"
    case "city.yaml", "project.yaml": return "project"
    case "schema.yaml": return "schema"
    default: return path.contains("/schema/") ? "schema" : path.contains("/templates/") ? "checks" : nil
    }
  }

  private static let files: [String] = ["Pipelines", "Samples"].flatMap { folder in
    (FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".yaml") && schema(of: "/" + $0) != nil }.map { folder + "/" + $0 }
  }

  private static func errors(_ text: String, _ name: String) throws -> [String] {
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(text, name: name, problems))
    let schema = try #require(DefinitionSchema.named(name))
    return Validator.errors(node, schema.schema, "")
  }

  @Test func everyDefinitionOfTheRepositoryIsValid() throws {
    #expect(Self.files.count > 40)
    for path in Self.files {
      let text = try String(contentsOfFile: Self.root + "/" + path, encoding: .utf8)
      let found = try Self.errors(text, Self.schema(of: "/" + path) ?? "")
      #expect(found.isEmpty, "\(path): \(found.prefix(3))")
    }
  }

  @Test(arguments: [
    ("project", "project: a\ntitel: {ja: a, en: b}\n"), ("project", "project: a\n"),
    ("schema", "tables: {T: {key: [a], columns: {a: int}}}\n"), ("schema", "tables: {T: {columns: {a: integer}}}\n"),
    (
      "pipeline",
      "title: {ja: a, en: b}\nfiles: {F: {title: {ja: a, en: b}, data: d, kinds: {\"1\": {rolle: header}}}}\n"
    ),
    ("checks", "checks: [{id: A, kind: total, category: C, severity: S1, title: {ja: a, en: b}}]\n"),
    ("checks", "checks: [{id: A, kind: unique, category: C, severity: S9, title: {ja: a, en: b}, table: T}]\n"),
    ("gates", "gates: {g: {title: {ja: a, en: b}, criteria: [{id: A, kind: complete, titel: x}]}}\nexpected: {}\n"),
    ("layout", "format: excel\ncharset: utf-8\nitems: []\n"),
  ]) func whatReadersRefuseIsInvalid(name: String, text: String) throws {
    #expect(try !Self.errors(text, name).isEmpty)
  }
}

/// What of JSON Schema the definitions use.
private enum Validator {
  static func errors(_ node: DefinitionNode, _ schema: JSONValue, _ path: String) -> [String] {
    guard case .object(let rules) = schema else { return [] }
    var found: [String] = []
    if case .list(let shapes)? = rules["anyOf"] {
      let tries = shapes.map { errors(node, $0, path) }
      if !tries.contains(where: \.isEmpty) {
        found.append("\(path): none of \(tries.min { $0.count < $1.count } ?? [])")
      }
    }
    let types = rules["type"].map { $0.text.map { [$0] } ?? $0.texts } ?? []
    let isList = !node.isMap && node.canonical.hasPrefix("[")
    let isScalar = !node.isMap && !isList
    if types == ["object"], !node.isMap { return found + ["\(path): no object"] }
    if types == ["array"], !isList { return found + ["\(path): no list"] }
    if types == ["null"], !node.isNull { return found + ["\(path): no null"] }
    if types.contains("string"), !isScalar { return found + ["\(path): no text"] }
    let text = isScalar ? node.text ?? "" : ""
    if types == ["integer"], Int(text) == nil { found.append("\(path): no number") }
    if types == ["boolean"], text != "true", text != "false" { found.append("\(path): no flag") }
    if let choices = rules["enum"]?.texts, !choices.contains(text) {
      found.append("\(path): \(text) is none of \(choices)")
    }
    if let value = rules["const"]?.text, value != text { found.append("\(path): \(text) is not \(value)") }
    if let pattern = rules["pattern"]?.text, text.range(of: pattern, options: .regularExpression) == nil {
      found.append("\(path): \(text) does not match")
    }
    if case .object(let properties)? = rules["properties"], node.isMap {
      let entries = node.entries
      for name in rules["required"]?.texts ?? [] where !entries.contains(where: { $0.key == name }) {
        found.append("\(path): \(name) is missing")
      }
      for entry in entries {
        guard let shape = properties[entry.key] else {
          found.append("\(path): no key \(entry.key)")
          continue
        }
        found += errors(entry.value, shape, path + "/" + entry.key)
      }
    } else if let values = rules["additionalProperties"], node.isMap {
      for entry in node.entries { found += errors(entry.value, values, path + "/" + entry.key) }
    }
    if let items = rules["items"], isList {
      for (index, item) in node.list.enumerated() { found += errors(item, items, "\(path)/\(index)") }
    }
    return found
  }
}
