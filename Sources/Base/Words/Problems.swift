/// Collects what is wrong with the definitions, so that all of it is reported at once.
package final class Problems {
  package private(set) var items: [Diagnostic] = []

  package init() {}

  package func add(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  /// Runs `body` and keeps what it throws; `nil` then.
  package func collect<T>(_ body: () throws(Diagnostic) -> T) -> T? {
    do { return try body() } catch {
      add(error)
      return nil
    }
  }

  /// Tells everything again as `change` words it.
  package func revise(_ change: (Diagnostic) -> Diagnostic) { items = items.map(change) }

  /// One slip that is met in many places is told once, with the number of the others.
  ///
  /// - Throws: ``Diagnostics`` when there is any.
  package func check() throws(Diagnostics) {
    var told: [Diagnostic] = []
    var known: [[String]: Int] = [:]
    for item in items {
      // Which records lack a name is no other slip.
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

  /// What repeats where one name or type is wrong.
  private static let folds: Set<DiagnosticCode> = [
    .expressionName, .expressionElsewhere, .expressionType, .nameAmbiguous,
  ]
}
