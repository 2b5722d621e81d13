import Base
import Checks
import Expressions
import Targets

/// The legacy rows from which the rows of tables come, by the mapping: keys and conditions of a check's terms over
/// tables, with the mapping's expressions in place of the columns. By these a difference names records; no check is
/// judged by them.
struct RowOriginTerms {
  /// A kind's rows of one table.
  private struct Filling {
    let source: Source
    let plan: RowPlan
    /// The mapping's expressions by column.
    let expressions: [String: String]
  }

  private let sources: SourceBuilders
  private var fillings: [String: [Filling]] = [:]

  init(_ files: [FilePlan], _ tables: [TableSchema], _ sources: SourceBuilders) {
    self.sources = sources
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

  /// - Returns: by check; none for a check whose keys or conditions the mapping cannot express.
  func terms(of checks: [Check]) -> [String: [Term]] {
    var found: [String: [Term]] = [:]
    for check in checks {
      let origins = check.body.terms.flatMap(origins)
      if !origins.isEmpty { found[check.id] = origins }
    }
    return found
  }

  private func origins(of term: Term) -> [Term] {
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
