import Projects
import CSQLite
import Charset
import Checks
import City
import Copybook
import Decode
import Evidence
import Foundation
import Pipeline
import Records
import Targets
import Testing

/// Every check of the city is seen to fail: a check that was never seen to fail is not known to work.
///
/// A small clean city is migrated once. Then its legacy files and, separately, its loaded target are spoiled column by
/// column, and `reconcile` verifies each spoiled copy. At the end the checks that never failed are counted: there are
/// none.
@Suite struct SabotageTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  let project: Project
  let folder: String

  init() throws {
    project = try ProjectReader.read(Self.root + "/Pipelines/city.yaml")
    folder = NSTemporaryDirectory() + "totsugo-sabotage-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/run", withIntermediateDirectories: true)
  }

  private func generate(_ name: String) throws -> String {
    let data = folder + "/" + name
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let characters = try #require(Charset.CharacterSet.named(project.charset))
    let plan = CityPlan(residents: 100, seed: 3)
    try CityGenerator(plan: plan, layouts: project.layouts, characters: characters, closedDays: project.closedDays)
      .write(into: data)
    return data
  }

  /// Verifies `data` against `target`; with `migrates` loads it first.
  private func verify(
    _ data: String, _ target: String, migrates: Bool = false, with other: Project? = nil
  ) throws -> RunEvidence {
    let project = other ?? self.project
    var evidence = RunEvidence(
      run: "0001", project: project.name, title: project.title, asOf: project.asOf, command: "run", started: "",
      definitions: project.digest)
    let run = MigrationRun(
      project: project, target: SQLiteTarget(path: target), folder: folder + "/run",
      options: .init(data: data, jobs: 2, migrates: migrates, localises: false))
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
        default:
          "CASE WHEN \(name) IN ('0', '') THEN '1' WHEN length(\(name)) = 1 THEN '0' ELSE '9' || substr(\(name), 2) END"
        }
      return "UPDATE \"\(table.name)\" SET \(name) = \(value) WHERE rowid % 3 = \(number % 3)"
    }
  }

  /// One statement per table that gives all rows the value of the first in the column with this number.
  private func one(column number: Int) -> [String] {
    project.tables.map { table in
      let name = "\"\(table.columns[number % table.columns.count].name)\""
      return "UPDATE \"\(table.name)\" SET \(name) = (SELECT \(name) FROM \"\(table.name)\" ORDER BY rowid LIMIT 1)"
    }
  }

  /// Statements that spoil all columns of a type at once, which rules over single rows must notice.
  private func spoilAll(_ type: ValueType, _ value: (String) -> String) -> [String] {
    project.tables.compactMap { table in
      let columns = table.columns.filter { type == .text ? $0.length != nil : $0.type == type }
      if columns.isEmpty { return nil }
      let changes = columns.map { "\"\($0.name)\" = " + value("\"\($0.name)\"") }
      return "UPDATE \"\(table.name)\" SET " + changes.joined(separator: ", ")
    }
  }

  private func sabotageTarget(_ data: String, _ target: String) throws -> Set<String> {
    let widest = project.tables.map(\.columns.count).max() ?? 0
    var rounds = (0..<((widest + 1) / 2)).map { spoil(column: $0) + spoil(column: $0 + (widest + 1) / 2) }
    rounds += (0..<((widest + 1) / 2)).map { one(column: $0) + one(column: $0 + (widest + 1) / 2) }
    rounds.append(spoilAll(.integer) { "-1 - abs(\($0))" })
    rounds.append(spoilAll(.integer) { "\($0) + 1" })
    rounds.append(spoilAll(.date) { _ in "'2030-01-01'" })
    rounds.append(spoilAll(.date) { _ in "'0000-00-00'" })
    // A closed day of a year that the calendar covers: other years are unknown.
    rounds.append(spoilAll(.date) { _ in "'2019-01-01'" })
    rounds.append(spoilAll(.text) { "substr(\($0), 2)" })
    rounds.append(spoilAll(.text) { "substr(\($0), 1, length(\($0)) - 1) || '0'" })
    rounds.append(spoilAll(.text) { "replace(replace(\($0), '　', '　　'), ' ', '  ')" })
    rounds.append(spoilAll(.text) { "\($0) || 'テストﾃｽﾄ－'" })
    rounds.append(spoilAll(.text) { _ in "'9999999999'" })
    // A person exempt until the latest month pays the additional premium all the time.
    rounds.append([
      "UPDATE 国民年金_付加 SET 付加開始年月 = '2010-01-00', 付加終了年月 = '0000-00-00', 履歴番号 = 99, 基礎年金番号 = "
        + "(SELECT 基礎年金番号 FROM 国民年金_免除 ORDER BY 免除終了年月 DESC LIMIT 1) WHERE rowid = 1"
    ])
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
        let code = Array(
          bytes[(start + file.kindItem!.offset)..<(start + file.kindItem!.offset + file.kindItem!.length)])
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
    func look(_ name: String, _ spoil: (String) throws -> Void) throws {
      let copy = "\(folder)/files-\(name)"
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      try spoil(copy)
      let found = failed(try verify(copy, target))
      #expect(!found.isEmpty, "nobody noticed \(name)")
      caught.formUnion(found)
      try FileManager.default.removeItem(atPath: copy)
    }
    for number in 0..<widest { try look("field \(number)") { try spoil(field: number, data: data, into: $0) } }
    for slip in Slip.allCases {
      try look("\(slip)") { copy in
        for file in project.files {
          let bytes = [UInt8](try #require(FileManager.default.contents(atPath: "\(data)/\(file.data)")))
          try Data(slip.spoil(bytes, file)).write(to: URL(fileURLWithPath: "\(copy)/\(file.data)"))
        }
      }
    }
    return caught
  }

  /// Errors of a whole file, in every third data record.
  enum Slip: CaseIterable {
    case blankNumbers, noSign, futureDates, zeros, nines, hyphens, openShift, oddKanji, undefined, lastOccurrence
    case fifthOccurrence, controlTwice, recordTwice, unknownKind, oneHeader, highNumbers, unusualSigns
    case gaiji, unknownMonths, oneReason, evenDatesPast, oddDatesPast, otherPlace

    /// Errors in every data record instead of every third one: for rules over few records.
    static let everywhere: Set<Slip> = [
      .futureDates, .highNumbers, .oneReason, .evenDatesPast, .oddDatesPast, .otherPlace,
    ]

    func spoil(_ bytes: [UInt8], _ file: FilePlan) -> [UInt8] {
      var spoiled: [UInt8] = []
      let length = file.recordLength
      for start in stride(from: 0, to: bytes.count, by: length) {
        var record = Array(bytes[start..<(start + length)])
        let code = Array(record[file.kindItem!.offset..<(file.kindItem!.offset + file.kindItem!.length)])
        let kind = file.kinds.first { $0.bytes == code }
        let isData = kind?.role == .data
        let everywhere = Self.everywhere.contains(self)
        if let kind, isData, everywhere || start / length % 3 == 1 { change(&record, kind) }
        // 移行回次 of one file only.
        if self == .oneHeader, start == 0, file.id == "ATMAST" { record[12] = 0xF9 }
        // The last record stays the trailer, the first the header.
        if self == .controlTwice, start == length { spoiled += bytes[..<length] + bytes[(bytes.count - length)...] }
        spoiled += record
        if self == .recordTwice, isData { spoiled += record }
      }
      return spoiled
    }

    private func change(_ record: inout [UInt8], _ kind: FileKind) {
      if self == .unknownKind { record.replaceSubrange(0..<2, with: [0xF8, 0xF8]) }
      for (index, field) in kind.plan.fields.enumerated() where field.slot.item.offset >= 2 {
        let item = field.slot.item
        let size = item.length
        let isPacked = item.usage == .packed
        let isDate = isPacked && field.codec.type == .date && size == 4
        let isText = item.usage == .display && item.picture?.category == .alphanumeric
        for (occurrence, offset) in field.offsets.enumerated() {
          let place = offset..<(offset + size)
          switch self {
          case .blankNumbers where isPacked: record.replaceSubrange(place, with: repeatElement(0x40, count: size))
          case .noSign where isPacked: record[offset + size - 1] &= 0xF0
          case .futureDates where isDate: record.replaceSubrange(place, with: [0x50, 0x20, 0x40, 0x1F])
          case .zeros where isPacked:
            record.replaceSubrange(place, with: repeatElement(0, count: size - 1) + [record[offset + size - 1] & 0x0F])
          case .nines where field.codec.type == .text && item.picture?.category == .numeric:
            record.replaceSubrange(place, with: repeatElement(0xF9, count: size))
          case .hyphens where isText && size > 8: record[offset + 1] = 0x60
          case .openShift where isText && size >= 2: record.replaceSubrange(offset..<(offset + 2), with: [0x29, 0x28])
          case .oddKanji where isText && size > 8:
            record.replaceSubrange(offset..<(offset + 3), with: [0x28, 0xA4, 0x29])
          case .gaiji where item.picture?.category == .national:
            record.replaceSubrange(offset..<(offset + 2), with: [0x80, 0xA1])
          case .unknownMonths where isPacked && field.codec.type == .date && size == 4:
            (record[offset + 2], record[offset + 3]) = (record[offset + 2] & 0xF0, 0x0F)
          case .oneReason where !isPacked && item.picture?.category != .national && size == 2:
            record.replaceSubrange(place, with: [0xF4, 0xF0])
          // Neighbouring dates in the wrong order: H10-04-01 and R02-04-01.
          case .evenDatesPast where isDate, .oddDatesPast where isDate:
            let isPast = (index % 2 == 0) == (self == .evenDatesPast)
            record.replaceSubrange(place, with: isPast ? [0x41, 0x00, 0x40, 0x1F] : [0x50, 0x20, 0x40, 0x1F])
          // 市 as every character.
          case .otherPlace where item.picture?.category == .national && size <= 16:
            record.replaceSubrange(place, with: (0..<size).map { $0 % 2 == 0 ? 0xBB : 0xD4 })
          case .undefined where isText: record[offset] = 0x57
          case .undefined where item.picture?.category == .national:
            record.replaceSubrange(offset..<(offset + 2), with: [0xFF, 0xFF])
          case .unusualSigns where isPacked:
            record[offset + size - 1] = record[offset + size - 1] & 0xF0 | (item.picture?.signed == true ? 0x0A : 0x0C)
          case .highNumbers where isPacked: record[offset + size - 1] = record[offset + size - 1] & 0x0F | 0x90
          case .lastOccurrence where isPacked && occurrence > 0 && occurrence == field.offsets.count - 1,
            .fifthOccurrence where isPacked && occurrence == 4:
            record[offset + size - 1] =
              record[offset + size - 1] & 0x0F | (record[offset + size - 1] >> 4 == 1 ? 0x20 : 0x10)
          default: break
          }
        }
      }
    }
  }

  // MARK: definitions

  /// A schema with narrower or stricter columns than the data: the effect of a mistake in the new system's layout.
  private func sabotageSchema(_ data: String) throws -> Set<String> {
    var caught: Set<String> = []
    for (number, change) in [(#/text\(\d+\)/#, "text(1)"), (#/ optional/#, "")].enumerated() {
      let copy = "\(folder)/pipelines-\(number)"
      try FileManager.default.copyItem(atPath: Self.root + "/Pipelines", toPath: copy)
      for file in try FileManager.default.contentsOfDirectory(atPath: copy + "/schema") {
        let path = "\(copy)/schema/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing(change.0, with: change.1).write(toFile: path, atomically: true, encoding: .utf8)
      }
      let changed = try ProjectReader.read(copy + "/city.yaml")
      caught.formUnion(failed(try verify(data, "\(folder)/schema-\(number).sqlite", migrates: true, with: changed)))
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
    caught.formUnion(try sabotageSchema(data))
    let never = Set(project.checks.map(\.id)).subtracting(caught).sorted()
    #expect(never.isEmpty, "\(never.count) of \(project.checks.count) checks were never seen to fail: \(never)")
  }
}
