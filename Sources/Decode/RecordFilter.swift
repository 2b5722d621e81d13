import Base
import Expressions
import Records

/// A condition over the items of a record: `--where` of `decode`, `where` of a legacy dataset.
package struct RecordCondition: Sendable {
  fileprivate let program: Program
  fileprivate let compiled: Compiled

  /// - Parameter place: the place of the text in messages.
  /// - Throws: `expression.…` when it is no condition over the items of the plan.
  package init(_ text: String, _ plan: KindPlan, at place: Place) throws(Diagnostic) {
    var builder = ProgramBuilder(scope: plan.scope())
    compiled = try builder.compile(text, at: place, type: .flag)
    program = builder.program
  }
}

/// The answers of a condition for the records of a block. Used by one thread.
package final class RecordFilter {
  private let machine: Machine
  private let compiled: Compiled

  package init(_ condition: RecordCondition) {
    machine = Machine(condition.program)
    compiled = condition.compiled
  }

  /// Starts with the block that was just decoded.
  package func start(_ decoder: KindDecoder, rows: Int) { machine.start(decoder.columns, rows: rows) }

  /// Whether the condition holds for a record of the block; `nil` when an invalid value decides. A condition without a
  /// value does not hold.
  package func holds(_ row: Int) -> Bool? {
    let flags = machine.value(compiled)
    return flags.fault(row) != nil ? nil : !flags.isAbsent(row) && flags.integers[row] != 0
  }
}
