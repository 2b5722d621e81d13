import Base
import Copybook
import Decode
import Targets

/// Lines of `drafts.csv` for what is no longer in the definitions. Nobody can confirm them, and no gate is GO while one is
/// open: the line is taken out.
struct DraftLint {
  private var things: Set<String> = []
  /// Things of which everything below is known, too.
  private var whole: Set<String> = ["project"]

  init(
    _ files: [FilePlan], _ tables: [TableSchema], _ extent: TargetExtent, _ data: DataExtent,
    codes: some Sequence<String>, checks: some Sequence<String>
  ) {
    for id in checks { things.insert("checks/\(id)") }
    for name in codes { things.insert("codes/\(name)") }
    for line in data.lines { things.insert("data/\(line.file)") }
    for line in extent.lines { things.insert("schema/\(line.table)") }
    for table in tables {
      let place = "schema/\(table.name)"
      things.formUnion([place, place + "/key"])
      for column in table.columns { whole.insert("\(place)/\(column.name)") }
    }
    for file in files { add(file, tables) }
  }

  private mutating func add(_ file: FilePlan, _ tables: [TableSchema]) {
    let place = "files/\(file.id)"
    for name in ["record-format", "charset", "kind"] { things.insert("\(place)/\(name)") }
    let items = Set(file.layout.items.map(\.name)).union(file.kinds.flatMap { $0.plan.fields.map(\.name) })
    for item in items { things.formUnion(["\(place)/types/\(item)", "\(place)/personal/\(item)"]) }
    for item in file.drops.keys { things.insert("\(place)/drop/\(item)") }
    for kind in file.kinds {
      let own = "\(place)/kinds/\(kind.code)"
      things.formUnion([own, own + "/copybook"])
      for group in kind.chosen { things.insert("\(own)/choose/\(group)") }
      if !kind.mapping.exclusions.isEmpty { things.insert(own + "/exclude") }
      for row in kind.mapping.rows {
        let table = tables[row.table]
        things.insert("mapping/\(file.id)/\(kind.code)/\(table.name)")
        for column in table.columns {
          things.insert(DraftList.mapping(file: file.id, kind: kind.code, table: table.name, column: column.name))
        }
      }
    }
  }

  /// Whether the definitions have a thing.
  private func has(_ thing: String) -> Bool {
    things.contains(thing) || whole.contains(thing)
      || thing.indices.contains { thing[$0] == "/" && whole.contains(String(thing[..<$0])) }
  }

  func report(_ drafts: DraftList, _ problems: Problems) {
    for guess in drafts.guesses where !has(guess.thing) {
      problems.add(Diagnostic(.draftGone, at: guess.place, guess.thing))
    }
  }
}
