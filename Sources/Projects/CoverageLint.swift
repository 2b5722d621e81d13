import Base
import Checks
import Expressions
import Targets

/// Reports columns of the target that no check compares with the old data or holds to a rule, since they could have any
/// content.
struct CoverageLint {
  private let read: [Source: Set<Int>]
  /// Columns that no row fills yet, by table.
  private let drafts: [Int: Set<Int>]

  /// A check that reads only tables and says that values fit (`readable`), are there once (`unique`) or refer to each other
  /// (`references`) does not count: that would be as true of many others.
  ///
  /// A column of a draft that nothing fills has no content to check.
  init(_ programs: [Source: Program], _ checks: [Check], _ files: [FilePlan]) {
    var filled: [Int: Set<Int>] = [:]
    var drafts: [Int: Set<Int>] = [:]
    for row in files.flatMap(\.kinds).flatMap(\.mapping.rows) {
      for (column, written) in row.written.enumerated() {
        if written.isDraft {
          drafts[row.table, default: []].insert(column)
        } else {
          filled[row.table, default: []].insert(column)
        }
      }
    }
    self.drafts = drafts.reduce(into: [:]) { $0[$1.key] = $1.value.subtracting(filled[$1.key] ?? []) }
    read = Project.columns(programs, readBy: checks.filter(Self.compares))
  }

  private static func compares(_ check: Check) -> Bool {
    guard ["readable", "unique", "references"].contains(check.kind) else { return true }
    return check.body.terms.contains { if case .records = $0.source { true } else { false } }
  }

  func report(_ index: Int, _ table: TableSchema, at place: Place, _ problems: Problems) {
    let seen = (read[.table(table.name)] ?? []).union(drafts[index] ?? [])
    for (index, column) in table.columns.enumerated() where !seen.contains(index) {
      problems.add(Diagnostic(.columnUnchecked, at: place, table.name, column.name))
    }
  }
}
