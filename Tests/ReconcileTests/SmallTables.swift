import Definitions
import Evidence
import Expressions
import Reconcile
import Records
import Testing

/// Tables of a few rows, and checks over them.
struct SmallTables {
  struct Table {
    let name: String
    let columns: [(name: String, type: ValueType)]
    var rows: [[String?]]
  }

  var tables: [Table] = []

  /// A table whose columns are written `name` (text) or `name:integer`, `name:date`.
  mutating func add(_ name: String, _ columns: [String], _ rows: [[String?]]) {
    let columns = columns.map { text -> (name: String, type: ValueType) in
      let parts = text.split(separator: ":")
      return (String(parts[0]), parts.count == 1 ? .text : parts[1] == "integer" ? .integer : .date)
    }
    tables.append(Table(name: name, columns: columns, rows: rows))
  }

  /// The results of the checks of a definition (the text of `checks:`), each row seen by the next of `shards` observers.
  func results(_ definition: String, shards count: Int = 1, _ scratch: Scratch = Scratch()) throws -> [CheckResult] {
    let sources = sources()
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(definition, name: "checks.yaml", problems))
    let checks = CheckReader(CheckSources(sources)).read(node, subsystem: "test")
    try problems.check()
    let programs = sources.programs()
    let shards = (0..<count).map { _ in Observer(checks, scratch) }
    for table in tables {
      for (number, rows) in split(table.rows, count).enumerated() {
        try observe(table, rows, programs) { shards[number].observe($0, $1) }
      }
    }
    let observer = Observer.merged(shards)
    observer.settle()
    var found: [String: Localisation.Found] = [:]
    if let second = observer.localisation(excluding: []) {
      for table in tables { try observe(table, table.rows, programs) { second.observe($0, $1) } }
      found = try second.finish { _, _ in nil }
    }
    return observer.results(files: [], unread: [:], found: found)
  }

  /// What is wrong with a definition, in English.
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
      sources.add(.table(table.name), Scope(title: table.name, entries: Dictionary(uniqueKeysWithValues: entries)))
    }
    return sources
  }

  private func split(_ rows: [[String?]], _ count: Int) -> [[[String?]]] {
    (0..<count).map { shard in Array(rows[(rows.count * shard / count)..<(rows.count * (shard + 1) / count)]) }
  }

  private func observe(
    _ table: Table, _ rows: [[String?]], _ programs: [Source: Program], _ body: (Source, ObservedRows) -> Void
  ) throws {
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
    let source = Source.table(table.name)
    let machine = Machine(try #require(programs[source]))
    machine.start(columns, rows: rows.count)
    body(source, ObservedRows(machine: machine, count: rows.count, records: []))
  }
}
