import Base
import Checks
import Evidence
import Gates
import Projects

/// JSON Schemas (draft 2020-12) of the definition files, for editors: the keys are those that the readers know.
package struct DefinitionSchema: Sendable {
  package let name: String
  /// The files that it describes.
  package let purpose: Bilingual
  package let schema: JSONValue

  package static let all: [DefinitionSchema] = [
    make("project", Bilingual("プロジェクトのファイル", "the project file"), project),
    make("schema", Bilingual("移行先の表（schema/*.yaml）", "tables of the new system (schema/*.yaml)"), tables),
    make(
      "pipeline", Bilingual("ファイルと項目対応（FOLDER/pipeline.yaml）", "files and mapping (FOLDER/pipeline.yaml)"), pipeline),
    make(
      "checks",
      Bilingual(
        "検査（checks.yaml、rebuild.yaml、templates/*.yaml）", "checks (checks.yaml, rebuild.yaml, templates/*.yaml)"), checks
    ),
    make("layout", Bilingual("コピー句のないファイルのレイアウト", "layouts of files without a copybook"), layout),
    make("gates", Bilingual("判定基準（gates.yaml）", "gates (gates.yaml)"), gates),
  ]

  package static func named(_ name: String) -> DefinitionSchema? { all.first { $0.name == name } }

  private static func make(_ name: String, _ purpose: Bilingual, _ body: JSONValue) -> DefinitionSchema {
    var entries = body.entries
    entries["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    entries["title"] = .text("totsugo " + name)
    return DefinitionSchema(name: name, purpose: purpose, schema: .object(entries))
  }

  // MARK: shapes

  private static let any = JSONValue.object([:])
  /// A scalar: YAML may take a text for a number.
  private static let text = JSONValue.object(["type": .texts(["string", "number", "boolean"])])
  private static let number = JSONValue.object(["type": .text("integer")])
  private static let flag = JSONValue.object(["type": .text("boolean")])
  private static let both = object(["ja", "en"], required: ["ja", "en"])
  private static let texts = list(text)

  private static func list(_ items: JSONValue) -> JSONValue { .object(["type": .text("array"), "items": items]) }
  private static func map(_ values: JSONValue) -> JSONValue {
    .object(["type": .text("object"), "additionalProperties": values])
  }
  private static func choice(_ values: [String]) -> JSONValue { .object(["enum": .texts(values)]) }
  private static func one(of shapes: [JSONValue]) -> JSONValue { .object(["anyOf": .list(shapes)]) }

  /// An object of these keys, and no others; a key without a shape of its own is a text.
  private static func object(
    _ keys: [String], required: [String], _ shapes: [String: JSONValue] = [:], otherwise: JSONValue = text
  ) -> JSONValue {
    let properties = Dictionary(keys.map { ($0, shapes[$0] ?? otherwise) }) { first, _ in first }
    return .object([
      "type": .text("object"), "properties": .object(properties), "required": .texts(required),
      "additionalProperties": .boolean(false),
    ])
  }

  // MARK: files

  private static var project: JSONValue {
    object(
      DefinitionKeys.project, required: ["project", "title", "as-of", "charset", "subsystems", "schema"],
      [
        "title": both, "language": choice(["ja", "en"]), "subsystems": texts, "schema": texts, "schedule": map(number),
        "spaces": blank, "low-values": blank, "variations": choice(["keep", "drop"]), "entities": map(texts),
        "not-read": list(object(["file", "reason"], required: ["file", "reason"])),
      ])
  }

  /// `spaces: null` is YAML's null.
  private static let blank = one(of: [choice(["null", "zero", "fault"]), .object(["type": .text("null")])])

  private static var tables: JSONValue {
    let type = JSONValue.object([
      "type": .text("string"),
      "pattern": .text(
        "^(integer|date|time|timestamp|boolean|(text|char|decimal|numeric)\\([0-9]+(, ?[0-9]+)?\\))( (optional|personal|my_number))*$"
      ),
    ])
    let table = object(
      DefinitionKeys.table, required: DefinitionKeys.table, ["key": texts, "columns": map(type)])
    return object(
      DefinitionKeys.schema, required: ["tables"],
      [
        "tables": map(table),
        "not-verified": list(object(["table", "column", "reason"], required: ["table", "reason"])),
      ])
  }

  private static var pipeline: JSONValue {
    let row = object(DefinitionKeys.row, required: ["table", "columns"], ["columns": map(textOrNull)])
    let exclusion = object(DefinitionKeys.exclusion, required: DefinitionKeys.exclusion, ["reason": both])
    let kind = object(
      DefinitionKeys.kind, required: ["title"],
      [
        "title": both, "role": choice(FileKind.Role.allCases.map(\.rawValue)), "choose": texts,
        "exclude": list(exclusion), "rows": list(row),
      ])
    let file = object(
      DefinitionKeys.file, required: ["title", "data", "kinds"],
      [
        "title": both, "charset-of": map(text), "types": map(texts), "personal": texts, "kinds": map(kind),
        "drop": map(both),
      ])
    return object(DefinitionKeys.subsystem, required: DefinitionKeys.subsystem, ["title": both, "files": map(file)])
  }

  /// An expression; `null` is one, too.
  private static let textOrNull = one(of: [text, .object(["type": .text("null")])])

  private static var checks: JSONValue {
    let kinds = CheckCatalog.kinds.map { kind -> JSONValue in
      object(
        CheckReader.common + kind.keys, required: ["id", "kind", "category", "severity", "title"],
        [
          "kind": .object(["const": .text(kind.name)]), "title": both, "formula": both, "rule": both, "warns": flag,
          "may-be-empty": flag, "severity": choice(Severity.allCases.map(\.rawValue)),
        ], otherwise: any)
    }
    let template = object(["template", "with"], required: ["template"], ["with": map(text)])
    return object(["checks"], required: ["checks"], ["checks": list(one(of: kinds + [template]))])
  }

  private static var layout: JSONValue {
    let item = object(DefinitionKeys.layoutItem, required: ["name", "type"], ["offset": number, "length": number])
    return object(
      DefinitionKeys.layout, required: ["format", "charset"],
      ["format": choice(["csv", "tsv", "fixed"]), "header": flag, "length": number, "items": list(item)])
  }

  private static var gates: JSONValue {
    let criteria = CriterionCatalog.kinds.map { kind -> JSONValue in
      object(
        Gate.criterionKeys + kind.keys, required: ["id", "kind", "title"],
        [
          "kind": .object(["const": .text(kind.kind)]), "title": both, "otherwise": choice(["no-go", "conditional"]),
        ], otherwise: any)
    }
    let gate = object(
      Gate.parts, required: ["title", "criteria"], ["title": both, "criteria": list(one(of: criteria))])
    let numbers: [String: JSONValue] = ["severities": map(number), "criteria": map(number), "lists": map(number)]
    let expected = object(
      ExpectedNumbers.parts, required: ExpectedNumbers.parts, numbers, otherwise: number)
    return object(["gates", "expected"], required: ["gates", "expected"], ["gates": map(gate), "expected": expected])
  }
}

extension JSONValue {
  /// The entries of an object; none of anything else.
  fileprivate var entries: [String: JSONValue] { if case .object(let entries) = self { entries } else { [:] } }
}
