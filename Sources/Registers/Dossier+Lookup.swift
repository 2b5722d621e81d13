import Base
import Foundation

/// Records by their numbers.
extension Dossier {
  /// - Throws: `register.unknown` with the most similar ids.
  package static func unknown(_ id: String, _ register: String, among ids: [String]) -> Diagnostic {
    let near = NameTable.near(id, among: ids)
    return Diagnostic(.registerUnknown, id, register, near.isEmpty ? "–" : near.joined(separator: ", "))
  }

  package func item(_ id: String) throws(Diagnostic) -> ItemStanding {
    if let found = items.first(where: { $0.item.id == id }) { return found }
    throw Self.unknown(id, "items", among: items.map(\.item.id))
  }

  package func issue(_ id: String) throws(Diagnostic) -> Issue {
    if let found = issues.first(where: { $0.id == id }) { return found }
    throw Self.unknown(id, "issues", among: issues.map(\.id))
  }

  package func milestone(_ id: String) throws(Diagnostic) -> Milestone {
    if let found = milestones.first(where: { $0.id == id }) { return found }
    throw Self.unknown(id, "schedule", among: milestones.map(\.id))
  }

  package func decision(_ id: String) throws(Diagnostic) -> GateDecision {
    if let found = decisions.first(where: { $0.id == id }) { return found }
    throw Self.unknown(id, "decisions", among: decisions.map(\.id))
  }

  package func sample(_ id: String) throws(Diagnostic) -> Sample {
    if let found = samples.first(where: { $0.id == id }) { return found }
    throw Self.unknown(id, "samples", among: samples.map(\.id))
  }

  package func request(_ id: String) throws(Diagnostic) -> ExtractRequest {
    if let found = requests.first(where: { $0.id == id }) { return found }
    throw Self.unknown(id, "requests", among: requests.map(\.id))
  }

  /// 課題 that name the item or one of its checks, and those that the item names.
  package func issues(about standing: ItemStanding) -> [Issue] {
    let names = Set(standing.item.evidence + [standing.item.id])
    return issues.filter { standing.item.links.contains($0.id) || $0.links.contains(where: names.contains) }
  }
}
