import Base
import Charset
import Copybook
import Decode
import Definitions
import Records

/// What a file's definition says of items by their names: meanings, privacy, character sets, why they are dropped.
struct FileNames {
  let meanings: [String: (Meaning, DefinitionNode)]
  let privacy: [String: (Privacy, DefinitionNode)]
  let characters: [String: (Charset.CharacterSet, DefinitionNode)]
  let drops: [String: (DefinitionNode, Bilingual)]

  init(_ map: DefinitionMap, _ project: ProjectReader) {
    meanings = Self.readMeanings(map["types"])
    privacy = Self.readPrivacy(map["personal"])
    characters = Self.readCharacters(map["charset-of"], project)
    drops = Self.readDrops(map["drop"])
  }

  /// The names with a declaration other than a reason to drop them.
  var named: [(name: String, node: DefinitionNode)] {
    meanings.map { ($0.key, $0.value.1) } + privacy.map { ($0.key, $0.value.1) }
      + characters.map { ($0.key, $0.value.1) }
  }

  private static func readMeanings(_ node: DefinitionNode?) -> [String: (Meaning, DefinitionNode)] {
    var meanings: [String: (Meaning, DefinitionNode)] = [:]
    for entry in node?.entries ?? [] {
      guard let meaning = Meaning(entry.key) else {
        entry.keyNode.wrong(entry.key, Meaning.names.joined(separator: ", "))
        continue
      }
      for field in entry.value.list { if let name = field.text { meanings[name] = (meaning, field) } }
    }
    return meanings
  }

  private static func readPrivacy(_ node: DefinitionNode?) -> [String: (Privacy, DefinitionNode)] {
    var privacy: [String: (Privacy, DefinitionNode)] = [:]
    for field in node?.list ?? [] { if let name = field.text { privacy[name] = (.personal, field) } }
    return privacy
  }

  /// Items with another character set: `NAME: charset`.
  private static func readCharacters(
    _ node: DefinitionNode?, _ project: ProjectReader
  ) -> [String: (Charset.CharacterSet, DefinitionNode)] {
    var characters: [String: (Charset.CharacterSet, DefinitionNode)] = [:]
    for entry in node?.entries ?? [] {
      if let set = project.characters(entry.value) { characters[entry.key] = (set, entry.keyNode) }
    }
    return characters
  }

  private static func readDrops(_ node: DefinitionNode?) -> [String: (DefinitionNode, Bilingual)] {
    var drops: [String: (DefinitionNode, Bilingual)] = [:]
    for entry in node?.entries ?? [] {
      guard let reason = entry.value.bilingual else { continue }
      drops[entry.key] = (entry.keyNode, reason)
    }
    return drops
  }

  /// Reports names that no kind has.
  ///
  /// - Parameter isWhole: every kind could be read; the items of others are unknown.
  func lint(_ kinds: [FileKind], isWhole: Bool, _ layout: Layout) {
    func isKnown(_ name: String) -> Bool {
      if name == NameTable.filler || (!isWhole && !layout.names.ids(name).isEmpty) { return true }
      return kinds.contains { kind in
        let ids = kind.plan.names.ids(name)
        return kind.plan.fields.contains { ids.contains($0.slot.item.identity) }
      }
    }
    for (name, node) in named + drops.map({ ($0.key, $0.value.0) }) where !isKnown(name) {
      node.unknownItem(name, layout)
    }
  }
}

extension DefinitionNode {
  /// Reports a name that no item of the layout has, or none outside redefinitions that were not chosen.
  func unknownItem(_ name: String, _ layout: Layout) {
    let names = layout.names
    problems.add(
      names.ids(name).isEmpty
        ? Diagnostic(.fieldUnknown, at: place, name, layout.file, names.nearest(name))
        : Diagnostic(.fieldHidden, at: place, name, layout.file))
  }
}

/// Names of definition files relative to the project's folder.
enum DefinitionPath {
  /// `folder/name` with `..` resolved.
  static func join(_ folder: String, _ name: String) -> String {
    var parts = folder.split(separator: "/").map(String.init)
    for part in name.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
