import Base
import Registers

/// Assumptions for planning (仮定): never recorded, and shown wherever the decision is shown.
package struct Assumptions: Sendable {
  package private(set) var texts: [String] = []
  private(set) var criteria: Set<String> = []
  private var items: Set<String> = []
  private var issues: Set<String> = []
  private var milestones: Set<String> = []

  package init() {}

  /// - Parameter texts: `criterion:ID`, `item:ID`, `issue:ID`, `milestone:ID`: assumed to hold, confirmed, closed, done.
  /// - Throws: `gate.assume` for another form, or an unknown id.
  package init(_ texts: [String], gate: Gate, dossier: Dossier) throws(Diagnostic) {
    for text in texts {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Self.wrong(text, "criterion:ID, item:ID, issue:ID, milestone:ID") }
      let id = parts[1]
      switch parts[0] {
      case "criterion" where gate.criteria.contains { $0.id == id }: criteria.insert(id)
      case "item" where dossier.items.contains { $0.item.id == id }: items.insert(id)
      case "issue" where dossier.issues.contains { $0.id == id }: issues.insert(id)
      case "milestone" where dossier.milestones.contains { $0.id == id }: milestones.insert(id)
      case "criterion": throw Self.wrong(text, gate.criteria.map(\.id).joined(separator: ", "))
      case "item", "issue", "milestone": throw Self.wrong(text, "\(parts[0]):ID (\(parts[0])s list)")
      default: throw Self.wrong(text, "criterion:ID, item:ID, issue:ID, milestone:ID")
      }
    }
    self.texts = texts
  }

  private static func wrong(_ text: String, _ form: String) -> Diagnostic {
    Diagnostic(.gateAssume, at: Place(file: "--assume"), text, form)
  }

  /// The registers under these assumptions.
  func applied(to dossier: Dossier) -> Dossier {
    guard !texts.isEmpty else { return dossier }
    var changed = dossier
    changed.items = dossier.items.map { items.contains($0.item.id) ? $0.assumedConfirmed() : $0 }
    changed.issues.removeAll { issues.contains($0.id) }
    changed.milestones = dossier.milestones.map { milestones.contains($0.id) ? $0.assumedDone() : $0 }
    return changed
  }
}
