/// Collects the problems of the definitions, so that all are reported at once.
package final class Problems {
  package private(set) var items: [Diagnostic] = []

  package init() {}

  package func add(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  /// Runs `body` and keeps its error; `nil` when there is one.
  package func collect<T>(_ body: () throws(Diagnostic) -> T) -> T? {
    do { return try body() } catch {
      add(error)
      return nil
    }
  }

  /// Rewords all problems with `change`.
  package func revise(_ change: (Diagnostic) -> Diagnostic) { items = items.map(change) }

  /// A mistake that shows in many places is reported once, with the number of the others.
  ///
  /// - Throws: ``Diagnostics`` when there are problems.
  package func check() throws(Diagnostics) {
    var told: [Diagnostic] = []
    var known: [[String]: Int] = [:]
    for item in items {
      // The list of records that lack a name does not make it another mistake.
      let isName = item.code == .expressionName || item.code == .expressionElsewhere
      let slip = [item.code.rawValue, item.place.file ?? ""] + (isName ? Array(item.facts.prefix(1)) : item.facts)
      if Self.folds.contains(item.code), let first = known[slip] {
        told[first].others += 1
      } else {
        known[slip] = told.count
        told.append(item)
      }
    }
    if !told.isEmpty { throw Diagnostics(told) }
  }

  /// Codes of problems that repeat when one name or type is wrong.
  private static let folds: Set<DiagnosticCode> = [
    .expressionName, .expressionElsewhere, .expressionType, .nameAmbiguous,
  ]
}
