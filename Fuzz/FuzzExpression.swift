import Base
import Expressions
import Records

/// An expression over columns of every type, compiled and run over rows with values, nulls and faults.
func fuzzExpression(_ input: inout Input) {
  var builder = ProgramBuilder(scope: scope)
  do throws(Diagnostic) {
    let compiled = try builder.compile(input.text(), at: Place(file: "FUZZ.yaml", line: 1, column: 1))
    let machine = Machine(builder.program)
    machine.start(columns, rows: 4)
    let column = machine.value(compiled)
    expect(column.count == 4, "\(column.count) of 4 rows")
    for row in 0..<4 { _ = column.describe(row) }
  } catch { _ = error.message(.english) }
}

private let types: [(String, ValueType)] = [
  ("I", .integer), ("J", .integer), ("D", .decimal(scale: 2)), ("T", .text), ("U", .text), ("Y", .date),
]

private let scope = Scope(
  title: "FUZZ",
  entries: Dictionary(
    uniqueKeysWithValues: types.enumerated().map { index, pair in
      (pair.0, Scope.Entry(type: pair.1, column: index, table: pair.0 == "U" ? "TABLE" : nil, occurrences: 1))
    }),
  lookups: lookups)

private var lookups: Lookups {
  var lookups = Lookups()
  lookups.codes["sex"] = CodeTable(name: "sex", mapping: ["1": "male", "2": "female"])
  lookups.rates["rate"] = RateTable(
    name: "rate", isByYear: true, entries: [.init(key: "A", from: 2014, to: 2019, value: 26)])
  lookups.calendar = OfficeCalendar([2019_05_01])
  return lookups
}

/// Small, largest, null, invalid.
private nonisolated(unsafe) let columns: [Column] = types.map { _, type in
  let column = Column(type)
  switch type {
  case .integer, .flag: [7, Int64.max].forEach { column.append($0) }
  case .decimal: [-12_345, Int128.max].forEach { column.append(wide: $0) }
  case .text: ["12", "髙﨑　花子"].forEach { column.append($0) }
  case .date: [2019_04_30, 2020_00_00].forEach { column.append(Int64($0)) }
  }
  column.appendNull()
  column.append(state: Fault.digit.rawValue)
  return column
}
