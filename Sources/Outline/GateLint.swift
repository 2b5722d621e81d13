import Evidence
import Projects
import Base
import Checks
import Gates

/// Compares the gates' file with the definitions: the checks that criteria name, and the numbers of `expected`.
struct GateLint {
  let checks: [Check]
  let accepted: AcceptedDifferences
  let files: Int
  let tables: Int
  /// The number of rows of each list of the registers, by name.
  let rows: [String: Int]
  /// The lines of the master schedule.
  let milestones: Set<String>

  func report(_ outline: ProjectOutline, _ problems: Problems) {
    reportNames(outline, problems)
    reportAccepted(outline, problems)
    // Unreadable definitions cannot be counted.
    guard let expected = outline.gates.first?.expected, problems.items.isEmpty else { return }
    for count in counts(expected) where count.found != count.expected {
      problems.add(
        Diagnostic(
          .definitionExpected, at: Place(file: outline.gatesFile), count.what, String(count.found),
          count.expected.map(String.init) ?? "–"))
    }
  }

  /// A criterion that names a missing check or category would judge fewer checks than it names.
  private func reportNames(_ outline: ProjectOutline, _ problems: Problems) {
    let ids = Set(checks.map(\.id))
    let categories = Set(checks.map(\.category))
    for gate in outline.gates {
      guard let meeting = gate.meeting, !milestones.contains(meeting) else { continue }
      problems.add(
        Diagnostic(
          .definitionValue, at: Place(file: outline.gatesFile, field: "\(gate.name) meeting"), meeting,
          "the id of a line of the master schedule"))
    }
    for entry in outline.gates.flatMap(\.criteria) {
      let named = entry.criterion.checks
      let place = Place(file: outline.gatesFile, field: entry.id)
      for id in named.ids where !ids.contains(id) {
        problems.add(Diagnostic(.definitionValue, at: place, id, "the id of a check"))
      }
      for category in named.categories where !categories.contains(category) {
        problems.add(Diagnostic(.definitionValue, at: place, category, categories.sorted().joined(separator: ", ")))
      }
    }
  }

  /// An accepted difference fails no check, so a rule must have a class with which the criteria about its check explain
  /// it.
  private func reportAccepted(_ outline: ProjectOutline, _ problems: Problems) {
    for (id, name, cause) in accepted.causes {
      guard let check = checks.first(where: { $0.id == name }) else { continue }
      for gate in outline.gates {
        for entry in gate.criteria {
          let classes = entry.criterion.explanations(ofCheck: name, category: check.category, severity: check.severity)
          guard !classes.isEmpty, cause.map({ !classes.contains($0) }) ?? true else { continue }
          problems.add(
            Diagnostic(
              .definitionValue, at: Place(file: outline.gatesFile, field: "\(gate.name) \(entry.id)"),
              "accept \(id): class \(cause?.rawValue ?? "–")", classes.map(\.rawValue).joined(separator: ", ")))
        }
      }
    }
  }

  private func counts(_ expected: ExpectedNumbers) -> [(what: String, found: Int, expected: Int?)] {
    var counts: [(what: String, found: Int, expected: Int?)] = [
      ("files", files, expected.files), ("tables", tables, expected.tables),
      ("checks", checks.count, expected.checks), ("warns", checks.count(where: \.warns), expected.warns),
      ("may-be-empty", checks.count(where: \.mayBeEmpty), expected.mayBeEmpty),
    ]
    for severity in Severity.allCases {
      let found = checks.count { $0.severity == severity }
      counts.append((severity.rawValue, found, expected.severities[severity.rawValue] ?? 0))
    }
    for list in Set(rows.keys).union(expected.lists.keys).sorted() {
      counts.append((list, rows[list] ?? 0, expected.lists[list]))
    }
    return counts
  }
}
