import Definitions
import Evidence
import Expressions

/// Holds every field of every kind to a disposition: mapped, used by a check, or dropped with a reason.
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

  var kinds: [Source] { entries.map(\.source) }

  mutating func add(
    _ source: Source, title: String, fields: [String], place: Place, drops: [String: DefinitionNode], hasFiller: Bool
  ) {
    entries.append(
      Kind(source: source, title: title, fields: fields, place: place, drops: drops, hasFiller: hasFiller))
  }

  /// - Parameter mapped: the names that the mapping of each kind uses; the builders know those of mapping and checks.
  func report(_ sources: SourceBuilders, _ mapped: [Source: Set<String>], _ problems: Problems) {
    for kind in entries {
      let used = sources.usedNames(kind.source)
      for field in kind.fields where !used.contains(field) && kind.drops[field] == nil {
        problems.add(Diagnostic(.fieldDisposition, at: kind.place, field, kind.title))
      }
      if kind.hasFiller, kind.drops["FILLER"] == nil {
        problems.add(Diagnostic(.fieldDisposition, at: kind.place, "FILLER", kind.title))
      }
      for field in kind.fields where mapped[kind.source]?.contains(field) == true {
        if let node = kind.drops[field] { problems.add(Diagnostic(.fieldDropped, at: node.place, field)) }
      }
    }
  }
}
