import Evidence
import Projects
import Checks
import Decode
import Expressions
import Records
import Targets

/// 他に照合先のない項目: items of legacy records that no check computes, or compares with another item, file or total. The new
/// system has their old values, to the byte; only people can decide whether these are right.
package struct UnheldItems: Sendable {
  /// By file and record kind, the items' names in the order of the record.
  package let items: [Source: [String]]

  /// Kinds of checks that verify only the form of a value, its place, or that it was carried over.
  private static let blind: Set<String> = [
    "rebuilt", "decoded", "readable", "unique", "sorted", "ordered",
  ]

  /// The columns that a term verifies. Those of its condition only select rows. A `rows` check of a single column
  /// verifies only its form, and so does one of a name or an address.
  private static func held(
    _ term: Term, _ kind: String, texts: Set<Int>, _ inputs: (Compiled) -> Set<Int>
  ) -> Set<Int> {
    let measured = term.measures.map(inputs)
    if kind == "rows" { return measured.reduce(into: []) { if $1.count > 1 { $0.formUnion($1.subtracting(texts)) } } }
    return term.keys.map(inputs).reduce(into: measured.reduce(into: []) { $0.formUnion($1) }) { $0.formUnion($1) }
  }

  /// Texts with more characters than a code: names, addresses, notes.
  private static func texts(_ project: Project) -> [Source: Set<Int>] {
    let code = 8
    var found: [Source: Set<Int>] = [:]
    for file in project.files {
      for kind in file.kinds {
        for field in kind.plan.fields where kind.plan.types[field.column] == .text && field.length > code {
          found[.records(file: file.id, kind: kind.code), default: []]
            .formUnion(field.column..<field.column + field.offsets.count)
        }
      }
    }
    for table in project.tables {
      for (place, column) in table.columns.enumerated() where column.type == .text && column.length ?? .max > code {
        found[.table(table.name), default: []].insert(place)
      }
    }
    return found
  }

  package init(_ project: Project) {
    var held: [Source: Set<Int>] = [:]
    var columns: [Source: Set<Int>] = [:]
    let texts = Self.texts(project)
    for check in project.checks where !Self.blind.contains(check.kind) {
      let sides = Set(check.body.expectedFrom + check.body.actualFrom)
      // A comparison of old with new verifies that a value was carried over; within one side, the value is compared
      // with something else.
      guard !(sides.contains(.legacy) && sides.contains(.target)) else { continue }
      for term in check.body.terms {
        guard let program = project.programs[term.source] else { continue }
        let read = Self.held(term, check.kind, texts: texts[term.source] ?? []) { program.inputs(of: $0) }
        if case .table = term.source {
          columns[term.source, default: []].formUnion(read)
        } else {
          held[term.source, default: []].formUnion(read)
        }
      }
    }
    var found: [Source: [String]] = [:]
    for file in project.files {
      for kind in file.kinds where kind.role == .data {
        let source = Source.records(file: file.id, kind: kind.code)
        guard let program = project.programs[source] else { continue }
        var seen = held[source] ?? []
        // Columns that a check of the target reads were made from these items.
        for plan in kind.mapping.rows {
          let checked = columns[.table(project.tables[plan.table].name)] ?? []
          for (place, value) in plan.values.enumerated() where checked.contains(place) {
            seen.formUnion(program.inputs(of: value))
          }
        }
        let mapped = kind.mapping.rows.flatMap(\.values).reduce(into: Set<Int>()) {
          $0.formUnion(program.inputs(of: $1))
        }
        found[source] = kind.plan.fields.filter { field in
          let own = field.column..<field.column + field.offsets.count
          return own.contains(where: mapped.contains) && !own.contains(where: seen.contains)
        }.map(\.name)
      }
    }
    items = found
  }
}
