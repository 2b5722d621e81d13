import Definitions
import Evidence
import Expressions

/// Reads `checks.yaml`.
package enum CheckReader {
  private static let common = [
    "id", "kind", "category", "severity", "title", "formula", "warns", "may-be-empty",
  ]

  /// The checks of a file; what is wrong is added to its problems.
  package static func read(_ node: DefinitionNode, subsystem: String, _ sources: SourceBuilders) -> [Check] {
    guard let map = node.map(["checks"]) else { return [] }
    return map.required("checks")?.list.compactMap { check($0, subsystem, sources) } ?? []
  }

  private static func check(_ node: DefinitionNode, _ subsystem: String, _ sources: SourceBuilders) -> Check? {
    guard let word = node.map(common + CheckCatalog.kinds.flatMap { $0.keys })?.required("kind"), let name = word.text
    else {
      return nil
    }
    guard let kind = CheckCatalog.kinds.first(where: { $0.name == name }) else {
      word.wrong(name, CheckCatalog.kinds.map { $0.name }.joined(separator: ", "))
      return nil
    }
    guard let map = node.map(common + kind.keys), let id = map.required("id")?.text,
      let category = map.required("category")?.text, let severity = map.required("severity")?.choice(Severity.self),
      let title = map.required("title")?.bilingual, let body = kind.compile(map, sources)
    else { return nil }
    let formula = map["formula"]?.bilingual ?? kind.purpose
    return Check(
      id: id, kind: name, category: category, subsystem: subsystem, severity: severity, title: title, formula: formula,
      warns: map["warns"]?.flag ?? false, mayBeEmpty: map["may-be-empty"]?.flag ?? false, place: node.place, body: body)
  }
}
