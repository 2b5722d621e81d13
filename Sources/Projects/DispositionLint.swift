import Base
import Definitions
import Expressions

/// Requires a disposition of every field of every kind: mapped, used by a check, or dropped with a reason.
struct DispositionLint {
  private struct Kind {
    let source: Source
    let title: String
    let fields: [String]
    let place: Place
    let drops: [String: DefinitionNode]
    let hasFiller: Bool
  }

  private var entries: [Kind] = []

  mutating func add(
    _ source: Source, title: String, fields: [String], place: Place, drops: [String: DefinitionNode], hasFiller: Bool
  ) {
    entries.append(
      Kind(source: source, title: title, fields: fields, place: place, drops: drops, hasFiller: hasFiller))
  }

  /// - Parameter sources: the builders, with the names that mapping and checks use.
  func report(_ sources: SourceBuilders, _ problems: Problems) {
    for kind in entries {
      let used = sources.usedNames(kind.source)
      for field in kind.fields where !used.contains(field) && kind.drops[field] == nil {
        problems.add(Diagnostic(.fieldDisposition, at: kind.place, field, kind.title))
      }
      if kind.hasFiller, kind.drops["FILLER"] == nil {
        problems.add(Diagnostic(.fieldDisposition, at: kind.place, "FILLER", kind.title))
      }
    }
    reportNeedless(sources, problems)
  }

  /// A reason for dropping a field that every kind of the file uses is an error.
  private func reportNeedless(_ sources: SourceBuilders, _ problems: Problems) {
    var needed: Set<Place> = []
    var given: [Place: String] = [:]
    for kind in entries {
      for (field, node) in kind.drops where kind.fields.contains(field) {
        given[node.place] = field
        if !sources.usedNames(kind.source).contains(field) { needed.insert(node.place) }
      }
    }
    for (place, field) in given.sorted(by: { ($0.key.line ?? 0) < ($1.key.line ?? 0) }) where !needed.contains(place) {
      problems.add(Diagnostic(.fieldDropped, at: place, field))
    }
  }
}
