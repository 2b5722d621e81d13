import Base
import Checks
import Expressions
import Targets

/// Reports columns of the target that no check reads, since they could have any content.
struct CoverageLint {
  private let read: [Source: Set<Int>]

  /// A `readable` check only verifies that values fit, and so does not count.
  init(_ programs: [Source: Program], _ checks: [Check]) {
    read = Project.columns(programs, readBy: checks.filter { $0.kind != "readable" })
  }

  func report(_ table: TableSchema, at place: Place, _ problems: Problems) {
    let seen = read[.table(table.name)] ?? []
    for (index, column) in table.columns.enumerated() where !seen.contains(index) {
      problems.add(Diagnostic(.columnUnchecked, at: place, table.name, column.name))
    }
  }
}
