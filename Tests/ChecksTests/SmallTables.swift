import Base
import Checks
import Definitions
import Evidence
import Expressions
import Records
import Testing

/// Tables of a few rows, or records of legacy files, and checks over them.
struct SmallTables {
  struct Table {
    let name: String
    let columns: [(name: String, type: ValueType)]
    var rows: [[String?]]
    /// For records: the number of each in its file.
    var records: [Int] = []

    /// `FILE[KIND]` means the records of a kind, any other name a table.
    var source: Source {
      guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return .table(name) }
      return .records(file: String(name[..<open]), kind: String(name[name.index(after: open)...].dropLast()))
    }
  }

  var tables: [Table] = []

  /// A table whose columns are written `name` (text) or `name:integer`, `name:date`. Records have numbers.
  mutating func add(_ name: String, _ columns: [String], _ rows: [[String?]], records: [Int] = []) {
    let columns = columns.map { text -> (name: String, type: ValueType) in
      let parts = text.split(separator: ":")
      return (String(parts[0]), parts.count == 1 ? .text : parts[1] == "integer" ? .integer : .date)
    }
    tables.append(Table(name: name, columns: columns, rows: rows, records: records))
  }

  /// The results of the checks of a definition (the text of `checks:`), with the rows distributed over `shards`
  /// observers.
  func results(_ definition: String, shards count: Int = 1, _ scratch: Scratch = Scratch()) throws -> [CheckResult] {
    let sources = sources()
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(definition, name: "checks.yaml", problems))
    let checks = CheckReader(CheckSources(sources)).read(node, subsystem: "test")
    try problems.check()
    let programs = sources.programs()
    let shards = (0..<count).map { _ in Observer(checks, scratch) }
    for table in tables {
      for number in 0..<count {
        let part = table.rows.count * number / count..<table.rows.count * (number + 1) / count
        try observe(table, part, programs) { shards[number].observe($0, $1) }
      }
    }
    let observer = Observer.merged(shards)
    observer.settle()
    var found: [String: Localisation.Found] = [:]
    if let second = observer.localisation(excluding: []) {
      for table in tables { try observe(table, table.rows.indices, programs) { second.observe($0, $1) } }
      found = try second.finish(accepting: AcceptanceTally(AcceptedDifferences(), on: 0)) { _, _ in nil }
    }
    return observer.results(
      files: [], unread: [:], found: found, accepting: AcceptanceTally(AcceptedDifferences(), on: 0))
  }

  /// The problems of a definition, in English.
  func problems(_ definition: String, templates: [String: String]) -> [String] {
    let problems = Problems()
    let nodes = templates.mapValues { DefinitionNode.parse($0, name: "template.yaml", problems) }
    guard let node = DefinitionNode.parse(definition, name: "checks.yaml", problems) else { return [] }
    _ = CheckReader(CheckSources(sources()), templates: nodes.compactMapValues { $0 }).read(node, subsystem: "test")
    return problems.items.map { $0.message(.english) }
  }

  private func sources() -> SourceBuilders {
    let sources = SourceBuilders()
    for table in tables {
      let entries = table.columns.enumerated().map { ($1.name, Scope.Entry(type: $1.type, column: $0)) }
      sources.add(table.source, Scope(title: table.name, entries: Dictionary(uniqueKeysWithValues: entries)))
    }
    return sources
  }

  private func observe(
    _ table: Table, _ part: Range<Int>, _ programs: [Source: Program], _ body: (Source, ObservedRows) -> Void
  ) throws {
    let rows = table.rows[part]
    guard !rows.isEmpty else { return }
    let columns = table.columns.enumerated().map { index, column in
      let values = Column(column.type)
      for row in rows {
        switch (row[index], column.type) {
        case (nil, _): values.appendNull()
        case (let text?, .text): values.append(text)
        case (let text?, .date): values.append(CivilDate.parse(text) ?? 0)
        case (let text?, _): values.append(Int64(text) ?? 0)
        }
      }
      return values
    }
    let machine = Machine(try #require(programs[table.source]))
    machine.start(columns, rows: rows.count)
    let records = table.records.isEmpty ? [] : Array(table.records[part])
    body(table.source, ObservedRows(machine: machine, count: rows.count, records: records))
  }
}
