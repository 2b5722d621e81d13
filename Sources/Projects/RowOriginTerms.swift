import Base
import Checks
import Expressions
import Targets

/// The legacy rows from which the rows of tables come, by the mapping: keys and conditions of a check's terms over
/// tables, with the mapping's expressions in place of the columns. By these a difference names records; no check is
/// judged by them, so they are compiled when differences are located, and not before.
struct RowOriginTerms: Sendable {
  /// A kind's rows of one table.
  private struct Filling: Sendable {
    let source: Source
    let plan: RowPlan
    /// The mapping's expressions by column.
    let expressions: [String: String]
  }

  private let builders: [Source: ProgramBuilder]
  private var fillings: [String: [Filling]] = [:]

  init(_ files: [FilePlan], _ tables: [TableSchema], _ sources: SourceBuilders) {
    builders = sources.builders
    for file in files {
      for kind in file.kinds {
        for plan in kind.mapping.rows {
          let table = tables[plan.table]
          let named = zip(table.columns, plan.written).map { ($0.name, $1.text) }
          fillings[table.name, default: []].append(
            Filling(
              source: .records(file: file.id, kind: kind.code), plan: plan,
              expressions: Dictionary(named) { first, _ in first }))
        }
      }
    }
  }

  /// - Returns: the terms by check, none for a check whose keys or conditions the mapping cannot express; and the
  ///   programs that compute these, too.
  func terms(of checks: [Check]) -> (terms: [String: [Term]], programs: [Source: Program]) {
    let sources = SourceBuilders(builders)
    var found: [String: [Term]] = [:]
    for check in checks {
      let terms = check.body.terms.flatMap { origins(of: $0, sources) }
      if !terms.isEmpty { found[check.id] = terms }
    }
    return (found, sources.programs())
  }

  private func origins(of term: Term, _ sources: SourceBuilders) -> [Term] {
    guard case .table(let name) = term.source, let written = term.written else { return [] }
    return (fillings[name] ?? []).compactMap { filling in
      let each = filling.plan.each
      let keys = zip(written.keys, term.keys).compactMap { text, key -> Compiled? in
        guard let text = SourceBuilders.replacing(text, by: filling.expressions) else { return nil }
        return try? sources.compile(filling.source, text, at: Place(), each: each?.table, type: key.type)
      }
      guard keys.count == term.keys.count else { return nil }
      var conditions = filling.plan.when.map { ["(\($0))"] } ?? []
      if let condition = written.condition {
        guard let text = SourceBuilders.replacing(condition, by: filling.expressions) else { return nil }
        conditions.append("(\(text))")
      }
      let all = conditions.isEmpty ? nil : conditions.joined(separator: " and ")
      do throws(Diagnostic) {
        let condition = try sources.compile(filling.source, condition: all, at: Place(), each: each?.table)
        return Term(
          side: term.side, source: filling.source, each: each, condition: condition, keys: keys, measures: [],
          sign: term.sign)
      } catch { return nil }
    }
  }
}
