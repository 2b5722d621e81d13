import Base
import Checks
import Decode
import Expressions
import Targets

extension Project {
  /// The items of each record kind and the columns of each table that a check reads. Computed from its compiled terms.
  package func names(readBy check: String) -> [Source: Set<String>] {
    names(of: check) { $0.expressions }
  }

  /// Those that its expected side reads, or its actual one.
  package func names(readBy check: String, expected: Bool) -> [Source: Set<String>] {
    names(of: check, on: expected ? .expected : .actual) { $0.expressions }
  }

  /// Those whose values a check compares: what it adds up or tests, and where there is nothing of that its keys.
  package func names(comparedBy check: String) -> [Source: Set<String>] {
    names(of: check) { $0.compared.isEmpty ? $0.keys : $0.compared }
  }

  private func names(
    of check: String, on side: Term.Side? = nil, _ parts: (Term) -> [Compiled]
  ) -> [Source: Set<String>] {
    guard let check = checks.first(where: { $0.id == check }) else { return [:] }
    var found: [Source: Set<String>] = [:]
    for term in check.body.terms where side == nil || term.side == side {
      guard let program = programs[term.source] else { continue }
      let read = parts(term).reduce(into: Set<Int>()) { $0.formUnion(program.inputs(of: $1)) }
      switch term.source {
      case .table(let name):
        let columns = tables.first { $0.name == name }?.columns ?? []
        found[term.source, default: []].formUnion(read.filter(columns.indices.contains).map { columns[$0].name })
      case .records(let file, let kind):
        let plan = files.first { $0.id == file }?.kinds.first { $0.code == kind }?.plan
        found[term.source, default: []].formUnion(plan?.names(read) ?? [])
      }
    }
    return found
  }

  /// The columns that checks read, by source.
  package static func columns(_ programs: [Source: Program], readBy checks: [Check]) -> [Source: Set<Int>] {
    var checked: [Source: Set<Int>] = [:]
    for check in checks {
      for term in check.body.terms {
        guard let program = programs[term.source] else { continue }
        for compiled in term.expressions {
          checked[term.source, default: []].formUnion(program.inputs(of: compiled))
        }
      }
    }
    return checked
  }

  /// The files that fill each table.
  package var fillers: [String: Set<String>] {
    var fillers: [String: Set<String>] = [:]
    for file in files {
      for row in file.kinds.flatMap(\.mapping.rows) { fillers[tables[row.table].name, default: []].insert(file.id) }
    }
    return fillers
  }

  /// The place of a check's definition.
  package func place(ofCheck id: String) -> Place? { checks.first { $0.id == id }?.place }
}

extension KindPlan {
  /// The items with these columns.
  package func names(_ columns: Set<Int>) -> Set<String> {
    Set(fields.filter { field in columns.contains { field.columns.contains($0) } }.map(\.name))
  }
}

extension FieldPlan {
  /// The columns of the kind into which the item's occurrences are decoded.
  fileprivate var columns: Range<Int> { column..<column + offsets.count }
}
