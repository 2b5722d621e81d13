import Base
import Checks
import Expressions
import Targets

/// Reports columns of the target that no check reads, since they could have any content.
struct CoverageLint {
  private let read: [Source: Set<Int>]
  /// Columns that no row fills yet, by table.
  private let drafts: [Int: Set<Int>]

  /// A `readable` check only verifies that values fit, and so does not count.
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
    read = Project.columns(programs, readBy: checks.filter { $0.kind != "readable" })
  }

  func report(_ index: Int, _ table: TableSchema, at place: Place, _ problems: Problems) {
    let seen = (read[.table(table.name)] ?? []).union(drafts[index] ?? [])
    for (index, column) in table.columns.enumerated() where !seen.contains(index) {
      problems.add(Diagnostic(.columnUnchecked, at: place, table.name, column.name))
    }
  }
}
