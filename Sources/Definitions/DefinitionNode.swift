import Evidence
import Foundation
import Yams

/// Collects what is wrong with the definitions, so that all of it is reported at once.
package final class Problems {
  package private(set) var items: [Diagnostic] = []

  package init() {}

  package func add(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  /// Runs `body` and keeps what it throws; `nil` then.
  package func collect<T>(_ body: () throws(Diagnostic) -> T) -> T? {
    do { return try body() } catch {
      add(error)
      return nil
    }
  }

  /// - Throws: ``Diagnostics`` when there is any.
  package func check() throws(Diagnostics) {
    if !items.isEmpty { throw Diagnostics(items) }
  }
}

/// A node of a YAML definition with its place. Reading something that is not there or of another shape adds a
/// diagnostic and gives `nil`; nothing is thrown.
package struct DefinitionNode {
  let node: Node
  package let file: String
  package let problems: Problems

  /// Reads a file.
  ///
  /// - Parameter name: the name that messages use.
  /// - Returns: `nil` after a diagnostic (`definition.open`, `definition.yaml`).
  package static func read(_ path: String, name: String, _ problems: Problems) -> DefinitionNode? {
    guard let data = FileManager.default.contents(atPath: path) else {
      problems.add(Diagnostic(.definitionOpen, at: Place(file: name)))
      return nil
    }
    return parse(String(decoding: data, as: UTF8.self), name: name, problems)
  }

  package static func parse(_ text: String, name: String, _ problems: Problems) -> DefinitionNode? {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        problems.add(Diagnostic(.definitionYAML, at: Place(file: name, line: 1, column: 1), "an empty file"))
        return nil
      }
      return DefinitionNode(node: node, file: name, problems: problems)
    } catch {
      problems.add(
        Diagnostic(
          .definitionYAML, at: place(of: error, name), "\(error)".split(separator: "\n").first.map(String.init) ?? ""))
      return nil
    }
  }

  private static func place(of error: any Error, _ name: String) -> Place {
    guard let error = error as? YamlError else { return Place(file: name) }
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      return Place(file: name, line: mark.line, column: mark.column)
    default: return Place(file: name)
    }
  }

  /// A copy in which every `${NAME}` of a text or key stands for the value of that name.
  ///
  /// A name that `values` lacks is a diagnostic; a value that is not used, too.
  package func filled(with values: [(name: String, node: DefinitionNode)]) -> DefinitionNode {
    var used: Set<String> = []
    let texts = Dictionary(values.compactMap { entry in entry.node.text.map { (entry.name, $0) } }) { first, _ in first
    }
    let filled = Self.fill(node, texts, &used) { name, mark in
      problems.add(
        Diagnostic(
          .definitionValue, at: Place(file: file, line: mark?.line, column: mark?.column), "${\(name)}",
          texts.keys.sorted().map { "${\($0)}" }.joined(separator: ", ")))
    }
    for entry in values where !used.contains(entry.name) && texts[entry.name] != nil {
      entry.node.wrong(entry.name, "a name that the template uses")
    }
    return wrap(filled)
  }

  private static func fill(
    _ node: Node, _ values: [String: String], _ used: inout Set<String>, unknown: (String, Mark?) -> Void
  ) -> Node {
    switch node {
    case .scalar(var scalar):
      var text = ""
      var rest = Substring(scalar.string)
      while let open = rest.range(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
        let name = String(rest[open.upperBound..<close])
        used.insert(name)
        if values[name] == nil { unknown(name, scalar.mark) }
        text += rest[..<open.lowerBound] + (values[name] ?? "")
        rest = rest[rest.index(after: close)...]
      }
      scalar.string = text + rest
      return .scalar(scalar)
    case .mapping(let mapping):
      let pairs = mapping.map {
        (fill($0.key, values, &used, unknown: unknown), fill($0.value, values, &used, unknown: unknown))
      }
      return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    case .sequence(let sequence):
      let nodes = sequence.map { fill($0, values, &used, unknown: unknown) }
      return .sequence(Node.Sequence(nodes, sequence.tag, sequence.style, sequence.mark))
    case .alias: return node
    }
  }

  package var place: Place { Place(file: file, line: node.mark?.line, column: node.mark?.column) }

  private func wrap(_ node: Node) -> DefinitionNode { DefinitionNode(node: node, file: file, problems: problems) }

  package func wrong(_ found: String, _ expected: String) {
    problems.add(Diagnostic(.definitionValue, at: place, found, expected))
  }

  private var shape: String {
    switch node {
    case .scalar(let scalar): scalar.string
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  // MARK: scalars

  package var text: String? {
    guard case .scalar(let scalar) = node else {
      wrong(shape, "a text")
      return nil
    }
    return scalar.string
  }

  /// Whether the value is YAML's null.
  package var isNull: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .plain && ["null", "~", ""].contains(scalar.string)
  }

  package var integer: Int? {
    guard case .scalar(let scalar) = node, let value = Int(scalar.string) else {
      wrong(shape, "a whole number")
      return nil
    }
    return value
  }

  package var flag: Bool? {
    guard case .scalar(let scalar) = node, ["true", "false"].contains(scalar.string) else {
      wrong(shape, "true or false")
      return nil
    }
    return scalar.string == "true"
  }

  /// `{ja: …, en: …}`: both are required.
  package var bilingual: Bilingual? {
    guard let map = map(["ja", "en"]), let ja = map.required("ja")?.text, let en = map.required("en")?.text else {
      return nil
    }
    return Bilingual(ja, en)
  }

  /// One of the names of an enumeration.
  package func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text else { return nil }
    if let value = Choice(rawValue: text) { return value }
    wrong(text, Choice.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  // MARK: collections

  package var list: [DefinitionNode] {
    guard case .sequence(let sequence) = node else {
      wrong(shape, "a list")
      return []
    }
    return sequence.map(wrap)
  }

  /// The texts of a list, each with its node.
  package var texts: [String] { list.compactMap(\.text) }

  /// The entries of a mapping in their order.
  package var entries: [(key: String, keyNode: DefinitionNode, value: DefinitionNode)] {
    guard case .mapping(let mapping) = node else {
      wrong(shape, "a mapping")
      return []
    }
    return mapping.compactMap { key, value in
      guard let text = wrap(key).text else { return nil }
      return (text, wrap(key), wrap(value))
    }
  }

  /// Whether this is a mapping with that key.
  package func has(_ key: String) -> Bool { node.mapping?[key] != nil }

  /// The mapping, whose keys must all be among `known`.
  package func map(_ known: [String]) -> DefinitionMap? {
    guard case .mapping = node else {
      wrong(shape, "a mapping")
      return nil
    }
    let entries = entries
    for entry in entries where !known.contains(entry.key) {
      problems.add(
        Diagnostic(.definitionKey, at: entry.keyNode.place, entry.key, known.joined(separator: ", ")))
    }
    return DefinitionMap(node: self, values: Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first })
  }
}

/// A mapping whose keys have been checked.
package struct DefinitionMap {
  package let node: DefinitionNode
  let values: [String: DefinitionNode]

  package subscript(key: String) -> DefinitionNode? { values[key] }

  /// The value of a key that must be there.
  package func required(_ key: String) -> DefinitionNode? {
    if let value = values[key] { return value }
    node.problems.add(Diagnostic(.definitionMissing, at: node.place, key))
    return nil
  }
}
