import Base
import Definitions
import Evidence
import Expressions

/// Reads `checks.yaml`, and the templates from which its checks are made.
///
/// ```yaml
/// checks:
///   - id: …                       # a check
///   - template: control           # all checks of templates/control.yaml
///     with: {FILE: KESHARYO}      # what stands for ${FILE} in it
/// ```
package struct CheckReader {
  /// The keys of every check.
  package static let common = [
    "id", "kind", "category", "severity", "title", "formula", "rule", "warns", "may-be-empty",
  ]

  let sources: CheckSources
  /// The content of each template, by name.
  let templates: [String: DefinitionNode]

  package init(_ sources: CheckSources, templates: [String: DefinitionNode] = [:]) {
    self.sources = sources
    self.templates = templates
  }

  /// The checks of a file. Problems are added to its problems.
  package func read(_ node: DefinitionNode, subsystem: String) -> [Check] {
    guard let map = node.map(["checks"]) else { return [] }
    // One check under two names would be one check less.
    var bodies: [String: String] = [:]
    return map.required("checks")?.list.flatMap { entry -> [Check] in
      if entry.has("template") { return template(entry, subsystem) }
      let body = entry.canonical(without: ["id", "title", "formula", "rule", "category", "severity"])
      let check = check(entry, subsystem)
      if let check, let other = bodies.updateValue(check.id, forKey: body) {
        entry.wrong("\(check.id), the same as \(other)", "a check that no other id has")
      }
      return check.map { [$0] } ?? []
    } ?? []
  }

  private func template(_ node: DefinitionNode, _ subsystem: String) -> [Check] {
    guard let map = node.map(["template", "with"]), let word = map.required("template"), let name = word.text else {
      return []
    }
    guard let template = templates[name] else {
      word.wrong(name, "a template: \(NameTable.nearest(name, among: templates.keys))")
      return []
    }
    let values = (map["with"]?.entries ?? []).map { (name: $0.key, node: $0.value) }
    return template.filled(with: values).map(["checks"])?.required("checks")?.list.compactMap {
      check($0, subsystem)
    } ?? []
  }

  private func check(_ node: DefinitionNode, _ subsystem: String) -> Check? {
    guard let word = node.map(Self.common + CheckCatalog.kinds.flatMap { $0.keys })?.required("kind"),
      let name = word.text
    else {
      return nil
    }
    guard let kind = CheckCatalog.kinds.first(where: { $0.name == name }) else {
      word.wrong(name, CheckCatalog.kinds.map { $0.name }.joined(separator: ", "))
      return nil
    }
    guard let map = node.map(Self.common + kind.keys), let id = map.required("id")?.text,
      let category = map.required("category")?.text, let severity = map.required("severity")?.choice(Severity.self),
      let title = map.required("title")?.bilingual
    else { return nil }
    if id.isEmpty || id.first == " " || id.last == " " || category.isEmpty {
      node.wrong("id “\(id)”, category “\(category)”", "an id without spaces at its ends, and a category")
      return nil
    }
    // A comparison or a search over an empty list cannot fail. Without a group all rows form one.
    let empty = node.emptyLists(except: ["group"])
    guard empty.isEmpty else {
      empty.forEach { $0.wrong("an empty list", "at least one") }
      return nil
    }
    let before = node.problems.items.count
    guard let body = kind.compile(map, sources) else {
      // A defined check never disappears without a diagnostic.
      if node.problems.items.count == before { node.wrong(id, "a check that can be compiled") }
      return nil
    }
    let formula = map["formula"]?.bilingual ?? kind.purpose
    return Check(
      id: id, kind: name, category: category, subsystem: subsystem, severity: severity, title: title, formula: formula,
      rule: map["rule"]?.bilingual, warns: map["warns"]?.flag ?? false, mayBeEmpty: map["may-be-empty"]?.flag ?? false,
      place: node.place, body: body)
  }
}
