import Charset
import City
import CSQLite
import Copybook
import Decode
import Evidence
import Foundation
import Pipeline
import Reconcile
import Records
import SQLiteTarget
import Targets
import Testing

/// Every check of the city is seen to fail: a check nobody saw fail is not known to work.
///
/// A small clean city is migrated once. Then its legacy files and, separately, its loaded target are spoiled column by
/// column, and `reconcile` looks at each spoiled copy. At the end the checks that never failed are counted: there are
/// none.
@Suite struct SabotageTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let files = ["ATMAST", "KJFUKA", "SNCHOTEI"]

  let project: Project
  let folder: String

  init() throws {
    project = try ProjectReader.read(Self.root + "/Pipelines/city.yaml")
    folder = NSTemporaryDirectory() + "totsugo-sabotage-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/run", withIntermediateDirectories: true)
  }

  private func generate(_ name: String, _ defects: [PlantedDefect] = []) throws -> String {
    let data = folder + "/" + name
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    var layouts = Dictionary(project.files.map { ($0.id, $0.layout) }) { first, _ in first }
    layouts["CT"] = project.files[0].kinds.first { $0.role == .header }?.layout
    let characters = try #require(Charset.CharacterSet.named(project.charset))
    let plan = CityPlan(residents: 100, seed: 20_191_201, defects: defects)
    try CityGenerator(plan: plan, layouts: layouts, characters: characters).write(into: data)
    return data
  }

  /// Verifies `data` against `target`; with `migrates` loads it first.
  private func verify(_ data: String, _ target: String, migrates: Bool = false) throws -> RunEvidence {
    var evidence = RunEvidence(
      run: "0001", project: project.name, title: project.title, asOf: project.asOf, command: "run", started: "",
      definitions: project.digest)
    let run = MigrationRun(
      project: project, target: SQLiteTarget(path: target), folder: folder + "/run",
      options: .init(data: data, jobs: 2, migrates: migrates))
    try run.run(&evidence)
    return evidence
  }

  private func failed(_ evidence: RunEvidence) -> Set<String> {
    Set(evidence.checks.filter { $0.status == .failed || $0.status == .warned }.map(\.id))
  }

  // MARK: the target

  private func execute(_ statements: [String], on database: String) throws {
    var handle: OpaquePointer?
    #expect(sqlite3_open(database, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    for statement in statements {
      #expect(sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK, "\(statement)")
    }
  }

  /// One statement per table that spoils the column with this number in every third row; tables with fewer columns
  /// begin again.
  private func spoil(column number: Int) -> [String] {
    project.tables.map { table in
      let column = table.columns[number % table.columns.count]
      let name = "\"\(column.name)\""
      let value =
        switch column.type {
        case .integer: "\(name) + 1000"
        case .date: "CASE \(name) WHEN '2001-02-03' THEN '2002-03-04' ELSE '2001-02-03' END"
        default: "CASE WHEN \(name) IN ('0', '') THEN '1' WHEN length(\(name)) = 1 THEN '0' ELSE '9' || substr(\(name), 2) END"
        }
      return "UPDATE \"\(table.name)\" SET \(name) = \(value) WHERE rowid % 3 = \(number % 3)"
    }
  }

  private func sabotageTarget(_ data: String, _ target: String) throws -> Set<String> {
    let widest = project.tables.map(\.columns.count).max() ?? 0
    var rounds = (0..<widest).map(spoil)
    rounds.append(project.tables.map { "DELETE FROM \"\($0.name)\" WHERE rowid % 2 = 0" })
    rounds.append(project.tables.map { "INSERT INTO \"\($0.name)\" SELECT * FROM \"\($0.name)\" LIMIT 20" })
    rounds.append(
      project.tables.map { table in
        let number = table.columns.first { $0.type == .integer }
        let date = table.columns.first { $0.type == .date }
        let name = number?.name ?? date?.name ?? table.columns[0].name
        return "UPDATE \"\(table.name)\" SET \"\(name)\" = 'x1' WHERE rowid = 1"
      })
    var caught: Set<String> = []
    for (number, statements) in rounds.enumerated() {
      let copy = "\(folder)/spoiled-\(number).sqlite"
      try FileManager.default.copyItem(atPath: target, toPath: copy)
      try execute(statements, on: copy)
      let found = failed(try verify(data, copy))
      #expect(!found.isEmpty, "nobody noticed round \(number)")
      caught.formUnion(found)
      try FileManager.default.removeItem(atPath: copy)
    }
    return caught
  }

  // MARK: the legacy files

  /// Changes the field with this number of every kind of every file, in every third record of the kind, to another
  /// value of the same shape.
  private func spoil(field number: Int, data: String, into copy: String) throws {
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for file in project.files {
      var bytes = [UInt8](try #require(FileManager.default.contents(atPath: "\(data)/\(file.data)")))
      var seen: [String: Int] = [:]
      for start in stride(from: 0, to: bytes.count, by: file.recordLength) {
        let code = Array(bytes[(start + file.kindOffset)..<(start + file.kindOffset + file.kindLength)])
        guard let kind = file.kinds.first(where: { $0.bytes == code }) else { continue }
        seen[kind.code, default: 0] += 1
        let fields = kind.plan.fields.filter { $0.slot.item.offset >= 2 }
        guard kind.role != .data || seen[kind.code, default: 0] % 3 == number % 3 else { continue }
        let field = fields[number % fields.count]
        for offset in field.offsets { change(&bytes, start + offset, field.slot.item) }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: "\(copy)/\(file.data)"))
    }
  }

  private func change(_ bytes: inout [UInt8], _ start: Int, _ item: DataItem) {
    if item.usage == .packed {
      // The digit before the sign.
      let last = start + item.length - 1
      bytes[last] = bytes[last] >> 4 == 1 ? bytes[last] & 0x0F | 0x20 : bytes[last] & 0x0F | 0x10
    } else if item.picture?.category == .national {
      // 藪 and 薮.
      (bytes[start], bytes[start + 1]) = bytes[start] == 0xCC ? (0xE9, 0xAE) : (0xCC, 0xF9)
    } else {
      let last = start + item.length - 1
      bytes[last] = bytes[last] == 0xF1 ? 0xF2 : 0xF1
    }
  }

  private func sabotageFiles(_ data: String, _ target: String) throws -> Set<String> {
    let widest = project.files.flatMap(\.kinds).map(\.plan.fields.count).max() ?? 0
    var caught: Set<String> = []
    for number in 0..<widest {
      let copy = "\(folder)/files-\(number)"
      try spoil(field: number, data: data, into: copy)
      let found = failed(try verify(copy, target))
      #expect(!found.isEmpty, "nobody noticed field \(number)")
      caught.formUnion(found)
      try FileManager.default.removeItem(atPath: copy)
    }
    return caught
  }

  // MARK: planted defects

  /// Each planted defect alone, migrated as a whole: what a rehearsal over such data would say.
  private func sabotageCity() throws -> Set<String> {
    var caught: Set<String> = []
    for defect in PlantedDefect.catalog {
      let data = try generate("defect-\(defect.id)", [defect])
      let evidence = try verify(data, "\(folder)/defect-\(defect.id).sqlite", migrates: true)
      let found = failed(evidence)
      #expect(!found.isEmpty || evidence.records.rejected > 0, "nobody noticed \(defect.id) \(defect.description.en)")
      caught.formUnion(found)
    }
    return caught
  }

  @Test func everyCheckIsSeenToFail() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let data = try generate("clean")
    let target = folder + "/clean.sqlite"
    let clean = try verify(data, target, migrates: true)
    #expect(failed(clean).isEmpty)
    #expect(clean.records.rejected == 0)
    var caught = try sabotageTarget(data, target)
    caught.formUnion(try sabotageFiles(data, target))
    caught.formUnion(try sabotageCity())
    let never = Set(project.checks.map(\.id)).subtracting(caught).sorted()
    #expect(never.isEmpty, "\(never.count) of \(project.checks.count) checks were never seen to fail: \(never)")
  }
}
