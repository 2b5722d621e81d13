import Base
import Foundation
import Yams

/// A node of a YAML definition with its place. Reading a node that is missing or of another shape adds a diagnostic and
/// gives `nil`; nothing is thrown.
package struct DefinitionNode {
  let node: Node
  package let file: String
  package let problems: Problems

  /// Reads a file.
  ///
  /// - Parameter name: the name that messages use.
  /// - Returns: `nil` after a diagnostic: an error of ``DefinitionFile``, or `definition.yaml`.
  package static func read(_ path: String, name: String, _ problems: Problems) -> DefinitionNode? {
    problems.collect { () throws(Diagnostic) in try DefinitionFile.read(path, name: name) }
      .flatMap { read($0, problems) }
  }

  /// Parses a file that was read.
  ///
  /// - Returns: `nil` after a diagnostic (`definition.charset`, `definition.yaml`).
  package static func read(_ file: DefinitionFile, _ problems: Problems) -> DefinitionNode? {
    problems.collect { () throws(Diagnostic) in try file.text() }.flatMap { parse($0, name: file.name, problems) }
  }

  package static func parse(_ text: String, name: String, _ problems: Problems) -> DefinitionNode? {
    do {
      // No scalar is more than its text, so nothing must be resolved.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        problems.add(Diagnostic(.definitionYAML, at: Place(file: name, line: 1, column: 1), "an empty file"))
        return nil
      }
      return DefinitionNode(node: node, file: name, problems: problems)
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      let place = Place(file: name, line: context.mark.line, column: context.mark.column)
      problems.add(Diagnostic(.definitionValue, at: place, names.sorted().joined(separator: ", "), "each key once"))
      return nil
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

  /// A copy in which every `${NAME}` of a text or key is replaced by the value of that name.
  ///
  /// A name that `values` lacks is a diagnostic; so is an unused value.
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
      guard scalar.string.utf8.contains(UInt8(ascii: "$")) else { return node }
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

  /// The empty lists beneath this node, except under these keys.
  package func emptyLists(except keys: Set<String>) -> [DefinitionNode] {
    switch node {
    case .sequence(let sequence):
      sequence.isEmpty ? [self] : sequence.flatMap { wrap($0).emptyLists(except: keys) }
    case .mapping(let mapping):
      mapping.flatMap { key, value in
        keys.contains(key.string ?? "") ? [] : wrap(value).emptyLists(except: keys)
      }
    case .scalar, .alias: []
    }
  }

  /// The texts of a list, each with its node.
  package var texts: [String] { list.compactMap(\.text) }

  /// The entries of a mapping in their order.
  package var entries: [(key: String, keyNode: DefinitionNode, value: DefinitionNode)] {
    guard case .mapping(let mapping) = node else {
      wrong(shape, "a mapping")
      return []
    }
    // YAML refuses doubled keys, but keys of a template may become equal when it is filled in.
    var seen: Set<String> = []
    return mapping.compactMap { key, value in
      guard let text = wrap(key).text else { return nil }
      if !seen.insert(text).inserted { wrap(key).wrong(text, "each key once") }
      return (text, wrap(key), wrap(value))
    }
  }

  /// The meaning of the node, whatever its notation: equal for equal nodes. Keys of mappings are sorted.
  package var canonical: String { Self.canonical(node) }

  /// The same for a mapping without some of its keys: names and words are not its content.
  package func canonical(without keys: [String]) -> String {
    entries.filter { !keys.contains($0.key) }.map { "\($0.key)=\($0.value.canonical)" }.sorted()
      .joined(separator: "\n")
  }

  private static func canonical(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): "\(scalar.string.utf8.count):\(scalar.string)"
    case .sequence(let sequence): "[" + sequence.map(canonical).joined(separator: ",") + "]"
    case .mapping(let mapping):
      "{" + mapping.map { canonical($0.key) + "=" + canonical($0.value) }.sorted().joined(separator: ",") + "}"
    case .alias: "*"
    }
  }

  package var isScalar: Bool { if case .scalar = node { true } else { false } }
  package var isMap: Bool { node.mapping != nil }
  package var isList: Bool { node.sequence != nil }

  /// Whether this is a mapping with that key.
  package func has(_ key: String) -> Bool { node.mapping?.contains { $0.key.scalar?.string == key } ?? false }

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
