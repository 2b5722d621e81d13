import Base
import Records

/// Runs a ``Program`` over batches. One per shard; its columns are created once and refilled.
///
/// A step runs at most once for a batch and occurrence, however many expressions use it, so a further check over the
/// same fields costs little. Rows whose value cannot be computed carry a fault in the column's `states`.
package final class Machine {
  private let program: Program
  private let results: [Column]
  private let steps: [Step]
  /// For each step, the batch and occurrence it was last run for.
  private var stamps: [Stamp]
  private struct Stamp: Equatable {
    let batch: Int
    let occurrence: Int
  }
  /// The constants, each with the number of rows that it is filled for.
  private let constants: [Constant?]
  private var filled: [Int]

  /// What is asked of a step whenever its value is wanted.
  private struct Step {
    /// The column of the batch that the step only names; -1 for others.
    let input: Int
    /// Whether the value depends on the occurrence.
    let moves: Bool
    let isConstant: Bool
  }

  /// A literal text with readable bytes behind it.
  private final class Constant {
    let text = Column(.text)
    init(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { text.append($0) } }
  }

  private var inputs: [Column] = []
  private var rows = 0
  private var serial = 0
  /// The current occurrence, from 0.
  private var occurrence = 0
  private let codes: [String: CodeIndex]
  private let legacyCodes: [String: CodeIndex]
  private let rates: [String: RateIndex]
  private let tables: [String: LookupIndex]

  package init(_ program: Program) {
    self.program = program
    results = program.nodes.map { Column($0.type) }
    steps = program.nodes.map { node in
      if case .input(let column, let moves) = node.operation {
        return Step(input: column, moves: moves, isConstant: false)
      }
      return Step(input: -1, moves: node.table != nil, isConstant: node.isConstant)
    }
    constants = program.nodes.map { node in
      if case .text(let bytes) = node.operation { Constant(bytes) } else { nil }
    }
    filled = Array(repeating: 0, count: program.nodes.count)
    stamps = Array(repeating: Stamp(batch: -1, occurrence: 0), count: program.nodes.count)
    codes = program.lookups.codes.mapValues { CodeIndex($0.mapping) }
    legacyCodes = program.lookups.codes.mapValues { CodeIndex($0.inverse) }
    rates = program.lookups.rates.mapValues { RateIndex($0) }
    let used = program.nodes.compactMap { if case .lookup(let table, _) = $0.operation { table } else { nil } }
    tables = program.lookups.tables.filter { used.contains($0.key) }.mapValues { LookupIndex($0) }
  }

  /// Starts with the next batch: `columns` as the scope numbers them, `rows` rows each.
  package func start(_ columns: [Column], rows: Int) {
    inputs = columns
    self.rows = rows
    serial += 1
    occurrence = 0
  }

  /// Moves to an occurrence (from 0) of the table that `each` names.
  package func move(to occurrence: Int) { self.occurrence = occurrence }

  /// A column of the batch, by its number in the scope.
  package func input(_ column: Int) -> Column { inputs[column] }

  /// The column of an expression for the current batch and occurrence, valid until `start` or until an occurrence-bound
  /// expression is run for another occurrence.
  package func value(_ compiled: Compiled) -> Column { run(compiled.node) }

  private func run(_ index: Int) -> Column {
    let step = steps[index]
    if step.input >= 0 { return inputs[step.moves ? step.input + occurrence : step.input] }
    let out = results[index]
    if step.isConstant {
      if filled[index] < rows { fill(index, out) }
      return out
    }
    let stamp = Stamp(batch: serial, occurrence: step.moves ? occurrence : 0)
    if stamps[index] == stamp { return out }
    out.removeAll()
    out.reserve(rows)
    let node = program.nodes[index]
    let arguments = node.arguments
    switch node.operation {
    case .sumOver(let occurrences): sum(arguments[0], occurrences, out)
    case .lookup(let table, let column): tables[table]?.look(column, arguments.map { run($0) }, out, rows)
    case .equal where constants[arguments[1]] != nil || constants[arguments[0]] != nil:
      let isLast = constants[arguments[1]] != nil
      guard let constant = constants[arguments[isLast ? 1 : 0]] else { break }
      Kernel.equal(run(arguments[isLast ? 0 : 1]), to: constant.text.text(0), out, rows)
    default:
      // No operation beside the look-up has more than three arguments.
      let a = arguments.isEmpty ? out : run(arguments[0])
      let b = arguments.count > 1 ? run(arguments[1]) : a
      let c = arguments.count > 2 ? run(arguments[2]) : b
      apply(node, a, b, c, out)
    }
    stamps[index] = stamp
    return out
  }

  /// A constant is filled for as many rows as a batch has had, and serves all smaller ones.
  private func fill(_ index: Int, _ out: Column) {
    out.removeAll()
    out.reserve(rows)
    apply(program.nodes[index], out, out, out, out)
    filled[index] = rows
  }

  private func sum(_ argument: Int, _ occurrences: Int, _ out: Column) {
    let here = occurrence
    let totals = out.integers
    let states = out.states
    for row in 0..<rows {
      totals[row] = 0
      states[row] = 0
    }
    for step in 0..<occurrences {
      occurrence = step
      let column = run(argument)
      Kernel.accumulate(column, into: out, rows: rows)
    }
    out.commit(rows: rows)
    occurrence = here
    // Steps shared with the current expression return to its occurrence: their columns may be in use.
    _ = run(argument)
  }

  private func apply(_ node: Node, _ a: Column, _ b: Column, _ c: Column, _ out: Column) {
    switch node.operation {
    case .input, .sumOver, .lookup: break
    case .integer(let value): Kernel.fill(out, value, rows)
    case .decimal(let value): for _ in 0..<rows { out.append(wide: value) }
    case .text(let bytes): for _ in 0..<rows { bytes.withUnsafeBufferPointer { out.append($0) } }
    case .null: for _ in 0..<rows { out.append(state: 1) }
    case .occurrence: Kernel.fill(out, Int64(occurrence + 1), rows)
    case .add: Kernel.checked(a, b, out, rows) { $0.addingReportingOverflow($1) }
    case .subtract: Kernel.checked(a, b, out, rows) { $0.subtractingReportingOverflow($1) }
    case .multiply: Kernel.checked(a, b, out, rows) { $0.multipliedReportingOverflow(by: $1) }
    case .truncate:
      Kernel.checked(a, b, out, rows) { $1 == 0 ? (0, true) : ($0 - $0 % $1, false) }
    case .quotient: Kernel.checked(a, b, out, rows) { $0.dividedReportingOverflow(by: $1) }
    case .remainder: Kernel.checked(a, b, out, rows) { $0.remainderReportingOverflow(dividingBy: $1) }
    case .smaller: Kernel.plain(a, b, out, rows) { min($0, $1) }
    case .larger: Kernel.plain(a, b, out, rows) { max($0, $1) }
    case .negate: Kernel.checked(a, a, out, rows) { value, _ in Int64(0).subtractingReportingOverflow(value) }
    case .equal: Kernel.equal(a, b, out, rows)
    case .less: Kernel.order(a, b, out, rows, orEqual: false)
    case .lessOrEqual: Kernel.order(a, b, out, rows, orEqual: true)
    case .and: Kernel.plain(a, b, out, rows) { $0 & $1 }
    case .or: Kernel.plain(a, b, out, rows) { $0 | $1 }
    case .not: Kernel.plain(a, a, out, rows) { value, _ in 1 - value }
    case .isNull: Kernel.isNull(a, out, rows)
    case .choose: Kernel.choose(a, b, c, out, rows)
    case .coalesce: Kernel.coalesce(a, b, out, rows)
    case .datePart(let part): Kernel.datePart(part, a, out, rows)
    case .dateAt: Kernel.date(a, b, c, out, rows)
    case .isUnknown:
      Kernel.plain(a, a, out, rows) { date, _ in date != CivilDate.noEnd && date % 100 == 0 ? 1 : 0 }
    case .isOpenEnd: Kernel.plain(a, a, out, rows) { date, _ in date == CivilDate.noEnd ? 1 : 0 }
    case .widen(let digits): Kernel.widen(a, digits, out, rows)
    case .unscaled: Kernel.unscaled(a, out, rows)
    case .digits(let width): Kernel.digits(a, width, out, rows)
    case .number: Kernel.number(a, out, rows)
    case .concatenate: Kernel.concatenate(a, b, out, rows)
    case .slice(let from, let count): Kernel.slice(a, from, count, out, rows)
    case .length: Kernel.length(a, out, rows)
    case .countText: Kernel.count(a, b, out, rows)
    case .hyphensForVowels: Kernel.hyphensForVowels(a, out, rows)
    case .before: Kernel.before(a, b, out, rows)
    case .without: Kernel.without(a, b, out, rows)
    case .sliceAt: Kernel.slice(a, b, c, out, rows)
    case .replace: Kernel.replace(a, b, c, out, rows)
    case .convert(let form): Kernel.convert(a, form, out, rows)
    case .dateText(let form): Kernel.text(a, form, out, rows)
    case .numberText: Kernel.text(a, out, rows)
    case .trim: Kernel.trim(a, out, rows)
    case .code(let table): Kernel.code(codes[table], a, out, rows)
    case .uncode(let table): Kernel.code(legacyCodes[table], a, out, rows)
    case .rate(let table): Kernel.rate(rates[table], a, b, out, rows)
    case .days: Kernel.days(a, b, out, rows)
    case .addDays: Kernel.addDays(a, b, out, rows)
    case .addMonths: Kernel.addMonths(a, b, out, rows)
    case .lastDay: Kernel.lastDay(a, out, rows)
    case .businessDay: Kernel.businessDay(a, program.lookups.calendar, out, rows)
    case .age: Kernel.age(a, b, out, rows)
    case .share: Kernel.checked(a, b, out, rows) { Share.value($0, $1) }
    }
  }
}
