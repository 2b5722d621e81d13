import Base
import Checks
import Decode
import Definitions
import Evidence
import Expressions
import Records
import Testing

/// Tables of a few rows, or records of legacy files, and checks over them.
struct SmallTables {
  /// A cell that its column's type does not allow.
  static let unreadable = "\u{0}"

  struct Table {
    let name: String
    let columns: [(name: String, type: ValueType, privacy: Privacy)]
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
  var files: [SmallFile] = []
  /// What became of the records of files, as a run would say it.
  var evidence: [RunEvidence.FileEvidence] = []
  /// What could not be read, and why.
  var unread: [Source: Bilingual] = [:]
  /// The key columns of tables, and the characters that columns take at most.
  var keys: [String: [String]] = [:]
  var lengths: [String: [String: Int]] = [:]

  /// A table whose columns are written `name` (text) or `name:integer`, `name:date`; `!` behind it says that it is personal.
  /// Records say their numbers.
  mutating func add(_ name: String, _ columns: [String], _ rows: [[String?]], records: [Int] = []) {
    let columns = columns.map { text -> (name: String, type: ValueType, privacy: Privacy) in
      let privacy: Privacy = text.hasSuffix("!") ? .personal : .open
      let parts = text.filter { $0 != "!" }.split(separator: ":")
      return (String(parts[0]), parts.count == 1 ? .text : parts[1] == "integer" ? .integer : .date, privacy)
    }
    tables.append(Table(name: name, columns: columns, rows: rows, records: records))
  }

  /// The results of the checks of a definition (the text of `checks:`), with the rows distributed over `shards`
  /// observers.
  func results(_ definition: String, shards count: Int = 1, _ scratch: Scratch = Scratch()) throws -> [CheckResult] {
    try results(definition, reading: Reading("\(count) in a row", shards: count), scratch)
  }

  /// The results of the checks of a definition, the rows of each table and the blocks of each file divided as `reading` says.
  func results(_ definition: String, reading: Reading, _ scratch: Scratch = Scratch()) throws -> [CheckResult] {
    let (_, programs, observer) = try observed(definition, reading, scratch)
    return try results(observer, programs)
  }

  /// Records that were not migrated: why, and their indices among the rows of their table; with the rows of other
  /// tables that they would have made.
  struct Rejected {
    let reason: RejectedShares.Reason
    let table: String
    let rows: [Int]
    var drafts: [Table] = []
  }

  /// What the failed checks of a definition come from.
  ///
  /// - Parameters:
  ///   - entities: the text of `entities:`.
  ///   - fillers: the files that fill each table.
  func causes(
    _ definition: String, entities: String = "entities: {}", fillers: [String: Set<String>] = [:],
    rejected: [Rejected] = []
  ) throws -> [Cause] {
    try explained(definition, entities: entities, fillers: fillers, rejected: rejected).causes
  }

  /// The results of a definition's checks and what the failed ones come from, as ``causes(_:entities:fillers:rejected:)``.
  func explained(
    _ definition: String, entities: String = "entities: {}", fillers: [String: Set<String>] = [:],
    rejected: [Rejected] = []
  ) throws -> (results: [CheckResult], causes: [Cause]) {
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(entities, name: "city.yaml", problems)).map(["entities"])
    let (checks, programs, observer) = try observed(definition, .whole, Scratch())
    let roles = EntityRoles(node?["entities"], checks)
    try problems.check()
    let first = observer.results(files: evidence, unread: unread, found: [:], accepting: Self.nothing)
    let open = Set(first.filter { $0.status != .passed }.map(\.id))
    let shares = RejectedShares(checks.filter { open.contains($0.id) })
    for part in rejected {
      let table = try #require(tables.first { $0.name == part.table })
      shares.begin(part.reason, part.rows.map { table.records.isEmpty ? $0 + 1 : table.records[$0] })
      for row in part.rows { try observe(table, row..<row + 1, programs) { shares.observe($0, $1, drafts: false) } }
      for draft in part.drafts {
        try observe(draft, draft.rows.indices, programs) { shares.observe($0, $1, drafts: true) }
      }
      shares.end()
    }
    let finder = CauseFinder(checks, roles, fillers: fillers, shares)
    let results = try self.results(observer, programs, explaining: finder)
    let parts = RecordParts(checks.filter { open.contains($0.id) })
    for place in finder.suspects {
      for table in tables {
        for (row, record) in table.records.enumerated()
        where table.name.hasPrefix(place.file + "[") && record == place.record {
          try observe(table, row..<row + 1, programs) { parts.observe(place, $0, $1) }
        }
      }
    }
    return (results, finder.causes(of: results, unread: unread, parts: parts))
  }

  private static var nothing: AcceptanceTally { AcceptanceTally(AcceptedDifferences(), on: 0) }

  private func observed(
    _ definition: String, _ reading: Reading, _ scratch: Scratch
  ) throws -> (checks: [Check], programs: [Source: Program], observer: Observer) {
    let sources = sources()
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(definition, name: "checks.yaml", problems))
    let checks = CheckReader(checkSources(sources)).read(node, subsystem: "test")
    try problems.check()
    let programs = sources.programs()
    let shards = (0..<reading.shards).map { _ in Observer(checks, scratch) }
    try observe(programs, reading) { shards[$0].observe($1, $2) }
    let observer = Observer.merged(reading.isMergedBackwards ? shards.reversed() : shards)
    observer.settle()
    return (checks, programs, observer)
  }

  private func results(
    _ observer: Observer, _ programs: [Source: Program], explaining causes: CauseFinder? = nil
  ) throws -> [CheckResult] {
    var found: [String: Localisation.Found] = [:]
    if let second = observer.localisation(excluding: Set(unread.keys), rejected: causes?.shares) {
      for part in second.divided(among: 2, rows: { _ in 1 }) {
        try observe(programs, .whole) { part.observe($1, $2) }
      }
      found = try second.finish(accepting: Self.nothing, explaining: causes) { _, _ in nil }
    }
    return observer.results(
      files: evidence, unread: unread, found: found, accepting: Self.nothing, explaining: causes)
  }

  /// What is wrong with a definition, in English.
  func problems(_ definition: String, templates: [String: String] = [:]) -> [String] {
    let problems = Problems()
    let nodes = templates.mapValues { DefinitionNode.parse($0, name: "template.yaml", problems) }
    if let node = DefinitionNode.parse(definition, name: "checks.yaml", problems) {
      _ = CheckReader(checkSources(sources()), templates: nodes.compactMapValues { $0 }).read(node, subsystem: "test")
    }
    return problems.items.map { $0.message(.english) }
  }

  private func checkSources(_ sources: SourceBuilders) -> CheckSources {
    let forms = files.flatMap { file in file.kinds.map { (file.source($0), $0.form) } }
    return CheckSources(sources, records: Dictionary(uniqueKeysWithValues: forms), keys: keys, lengths: lengths)
  }

  private func sources() -> SourceBuilders {
    let sources = SourceBuilders()
    for table in tables {
      let entries = table.columns.enumerated().map {
        ($1.name, Scope.Entry(type: $1.type, column: $0, privacy: $1.privacy))
      }
      sources.add(table.source, Scope(title: table.name, entries: Dictionary(uniqueKeysWithValues: entries)))
    }
    for file in files { for kind in file.kinds { sources.add(file.source(kind), kind.form.plan.scope()) } }
    return sources
  }

  private func observe(
    _ programs: [Source: Program], _ reading: Reading, _ body: (_ shard: Int, Source, ObservedRows) -> Void
  ) throws {
    for table in tables {
      for (shard, part) in reading.batches(table.rows.count) {
        try observe(table, part, programs) { body(shard, $0, $1) }
      }
    }
    for file in files {
      for (shard, blocks) in reading.batches(file.blockCount) {
        for block in blocks { try file.observe(block, programs) { body(shard, $0, $1) } }
      }
    }
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
        case (Self.unreadable, _): values.append(state: Fault.unreadable.rawValue)
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

/// Who reads which rows of a table, or which blocks of a file, and in which order the shards are merged.
struct Reading: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let shards: Int
  var isMergedBackwards = false
  /// The shard that reads everything, one row after the other; `nil` where each reads its part at once.
  private var reader: Int?

  init(_ name: String, shards: Int, backwards: Bool = false, reader: Int? = nil) {
    testDescription = name
    self.shards = shards
    self.reader = reader
    isMergedBackwards = backwards
  }

  static let whole = Reading("at once", shards: 1)

  /// Of what one reader reads: whether it is the first or the second of two changes nothing, nor where batches end.
  static let ofTables = [
    whole, Reading("row by row", shards: 1, reader: 0), Reading("by the first of two", shards: 2, reader: 0),
    Reading("by the second of two", shards: 2, reader: 1),
    Reading("by the first of two, merged backwards", shards: 2, backwards: true, reader: 0),
    Reading("by the second of two, merged backwards", shards: 2, backwards: true, reader: 1),
  ]

  /// Of what shards divide among themselves.
  static let ofRecords =
    ofTables + [
      Reading("in halves", shards: 2), Reading("in halves, merged backwards", shards: 2, backwards: true),
      Reading("in thirds", shards: 3), Reading("in thirds, merged backwards", shards: 3, backwards: true),
    ]

  func batches(_ count: Int) -> [(shard: Int, rows: Range<Int>)] {
    if let reader { return (0..<count).map { (reader, $0..<$0 + 1) } }
    return (0..<shards).map { ($0, count * $0 / shards..<count * ($0 + 1) / shards) }
  }
}

/// One check as text: the head that all have, and what a case says.
enum SmallCheck {
  static func definition(_ body: String) -> String {
    """
    checks:
      - id: T-1
        category: C07
        severity: S1
        title: {ja: 検査, en: check}
    \(body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    """
  }
}
