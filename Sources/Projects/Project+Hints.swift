import Base
import Checks
import Expressions
import Targets

extension Project {
  /// What is not wrong, but tells less than it could: `keys` checks whose key is a whole row of a table.
  package var hints: [Diagnostic] {
    checks.compactMap { check in
      guard check.kind == "keys", let table = tables.first(where: { isWholeRow(check, of: $0) }) else { return nil }
      return Diagnostic(.columnsAsKey, at: check.place, check.id, table.name)
    }
  }

  private func isWholeRow(_ check: Check, of table: TableSchema) -> Bool {
    let source = Source.table(table.name)
    guard table.key.count + 1 < table.columns.count, let program = programs[source] else { return false }
    return check.body.terms.contains { term in
      guard case source = term.source else { return false }
      let read = term.keys.reduce(into: Set<Int>()) { $0.formUnion(program.inputs(of: $1)) }
      return read.count == table.columns.count
    }
  }
}
