import Base
import Decode
import Foundation
import Framing
import Projects
import Records
import Targets

/// 項目変換の試験: records that people wrote beside `pipeline.yaml`, and the rows that must become of them.
///
/// ```csv
/// file,in,table,out
/// NOTICE[10],NT-YEAR=2019; NT-TAX=3000; NT-CODE=01,通知書,税額=3000; 区分=A1
/// NOTICE[10],NT-TAX=0,,excluded NT-X01
/// ```
package struct MappingTests {
  /// The name of the file in a subsystem's folder.
  package static let name = "mapping-tests.csv"

  /// A record and what must become of it.
  private struct Case {
    let place: Place
    let file: String
    let record: String
    var expected: [(place: Place, table: String, out: String)]
  }

  private let project: Project
  private let problems: Problems
  /// The number of records tried.
  package private(set) var count = 0

  /// Tries all tests of a project. What fails is added to the problems, `mapping.test` with the line.
  package init(_ project: Project, _ problems: Problems) {
    (self.project, self.problems) = (project, problems)
    var isThere = false
    for subsystem in project.subsystems {
      let name = subsystem.id + "/" + Self.name
      let path = project.folder + "/" + name
      guard FileManager.default.fileExists(atPath: path) else { continue }
      isThere = true
      for test in cases(path, name) {
        count += 1
        _ = problems.collect { () throws(Diagnostic) in try run(test) }
      }
    }
    if !isThere {
      problems.add(Diagnostic(.definitionMissing, at: Place(file: project.path), Self.name))
    }
  }

  private func cases(_ path: String, _ name: String) -> [Case] {
    let table = DelimitedText.read(
      path, name: name, required: ["file", "in", "table", "out"], optional: ["note"], problems)
    var cases: [Case] = []
    for row in table?.rows ?? [] {
      let place = Place(file: name, line: row.line)
      let line = (place, row["table"], row["out"])
      if !row["file"].isEmpty || !row["in"].isEmpty {
        cases.append(Case(place: place, file: row["file"], record: row["in"], expected: [line]))
      } else if cases.isEmpty {
        problems.add(Diagnostic(.definitionValue, at: place, "", "FILE[kind]"))
      } else {
        cases[cases.count - 1].expected.append(line)
      }
    }
    return cases
  }

  private func run(_ test: Case) throws(Diagnostic) {
    let (file, kind) = try find(test)
    let trace = try RecordTrace(bytes: bytes(test, file, kind), of: kind, in: file, project)
    let outcome = Self.outcome(trace)
    if test.expected.count == 1, test.expected[0].table.isEmpty {
      let makesRows = trace.disposition == .migrated && !trace.rows.isEmpty
      if outcome == test.expected[0].out, !makesRows { return }
      let found = makesRows ? "migrated, \(trace.rows.count) row(s)" : outcome
      throw Diagnostic(.mappingTest, at: test.place, found, test.expected[0].out)
    }
    guard trace.disposition == .migrated else {
      throw Diagnostic(.mappingTest, at: test.place, outcome, test.expected[0].out)
    }
    var rows = trace.rows
    for line in test.expected {
      let wanted = try values(line.out, at: line.place)
      guard let schema = project.tables.first(where: { $0.name == line.table }) else {
        let tables = NameTable.nearest(line.table, among: project.tables.map(\.name))
        throw Diagnostic(.definitionValue, at: line.place, line.table, "a table: \(tables)")
      }
      for value in wanted where !schema.columns.contains(where: { $0.name == value.name }) {
        let columns = NameTable.nearest(value.name, among: schema.columns.map(\.name))
        throw Diagnostic(.definitionValue, at: line.place, value.name, "a column: \(columns)")
      }
      let own = rows.indices.filter { rows[$0].table.name == line.table }
      if let index = own.first(where: { Self.has(rows[$0], wanted) }) {
        rows.remove(at: index)
      } else {
        let names = Set(wanted.map(\.name))
        let found = own.first.map { index in Self.text(rows[index].values.filter { names.contains($0.column.name) }) }
        problems.add(Diagnostic(.mappingTest, at: line.place, found ?? "no row of \(line.table)", line.out))
        if let first = own.first { rows.remove(at: first) }
      }
    }
    for row in rows {
      let key = Self.text(row.table.key.map { row.values[$0] })
      problems.add(Diagnostic(.mappingTest, at: test.place, "\(row.table.name): \(key)", "a line for each row"))
    }
  }

  private func find(_ test: Case) throws(Diagnostic) -> (FilePlan, FileKind) {
    let parts = test.file.split(separator: "[", maxSplits: 1).map(String.init)
    guard let name = parts.first, let file = project.files.first(where: { $0.id == name }) else {
      let files = NameTable.nearest(parts.first ?? "", among: project.files.map(\.id))
      throw Diagnostic(.definitionValue, at: test.place, test.file, "FILE[kind]: \(files)")
    }
    let code = parts.count == 2 && parts[1].hasSuffix("]") ? String(parts[1].dropLast()) : ""
    guard let kind = file.kinds.first(where: { $0.code == code }) else {
      let kinds = file.kinds.map { "\(name)[\($0.code)]" }.joined(separator: ", ")
      throw Diagnostic(.definitionValue, at: test.place, test.file, kinds)
    }
    return (file, kind)
  }

  /// The bytes of the record: those given, or the values written to their items and the kind to its own.
  private func bytes(_ test: Case, _ file: FilePlan, _ kind: FileKind) throws(Diagnostic) -> [UInt8] {
    if test.record.hasPrefix("hex:") {
      let digits = test.record.dropFirst(4).filter { $0 != " " }
      let pairs = stride(from: 0, to: digits.count, by: 2).map { digits.dropFirst($0).prefix(2) }
      let bytes = pairs.compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
      guard bytes.count == pairs.count, !bytes.isEmpty else {
        throw Diagnostic(.definitionValue, at: test.place, test.record, "hex: and two digits a byte")
      }
      let found = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap { file.kind(of: $0, length: bytes.count, columns: []) }
      }
      guard found.map({ file.kinds[$0].code }) == kind.code else {
        throw Diagnostic(
          .definitionValue, at: test.place, found.map { file.kinds[$0].code } ?? "–", "the kind \(kind.code)")
      }
      return bytes
    }
    let written = try values(test.record, at: test.place)
    let record = WrittenRecord(kind.plan)
    let naming = kind.plan.fields.first { file.namesKind($0) }
    if let syntax = file.format.cells {
      let own = naming.map { [$0.cell: kind.bytes] } ?? [:]
      return try record.line(written, syntax, fixed: own, at: test.place)
    }
    var bytes = try record.bytes(written, at: test.place)
    if let place = naming?.places.first { bytes.replaceSubrange(place, with: kind.bytes) }
    return bytes
  }

  /// `NAME=value; NAME='a; b'; NAME=NULL`.
  private func values(_ text: String, at place: Place) throws(Diagnostic) -> [WrittenRecord.Value] {
    var values: [WrittenRecord.Value] = []
    var rest = text[...]
    while true {
      rest = rest.drop { $0 == " " }
      if rest.isEmpty { return values }
      guard let equal = rest.firstIndex(of: "="), equal > rest.startIndex else {
        throw Diagnostic(.definitionValue, at: place, String(rest), "NAME=value; NAME='value'; NAME=NULL")
      }
      let name = String(rest[..<equal])
      rest = rest[rest.index(after: equal)...]
      if rest.first == "'" {
        var value = ""
        repeat {
          rest = rest.dropFirst()
          guard let end = rest.firstIndex(of: "'") else {
            throw Diagnostic(.definitionValue, at: place, "\(name)='\(rest)", "a quote at the end")
          }
          value += rest[..<end]
          rest = rest[rest.index(after: end)...]
          if rest.first == "'" { value += "'" }
        } while rest.first == "'"
        values.append((name, value))
      } else {
        let end = rest.firstIndex(of: ";") ?? rest.endIndex
        let value = String(rest[..<end])
        values.append((name, value == "NULL" ? nil : value))
        rest = rest[end...]
      }
      rest = rest.drop { $0 == " " }
      guard rest.isEmpty || rest.first == ";" else {
        throw Diagnostic(.definitionValue, at: place, String(rest), "; between two values")
      }
      rest = rest.dropFirst()
    }
  }

  private static func has(_ row: RecordTrace.Row, _ wanted: [WrittenRecord.Value]) -> Bool {
    wanted.allSatisfy { value in
      let found = row.values.first { $0.column.name == value.name }?.value
      return found.map { Array($0.utf8) } == value.text.map { Array($0.utf8) }
    }
  }

  private static func text(_ values: [RecordTrace.Value]) -> String {
    values.map { "\($0.column.name)=\($0.value ?? "NULL")" }.joined(separator: "; ")
  }

  /// `migrated`, `excluded ID`, `rejected CODE`.
  private static func outcome(_ trace: RecordTrace) -> String {
    switch trace.disposition {
    case .migrated: "migrated"
    case .excluded(let rule): "excluded \(trace.kind?.mapping.exclusions[rule].id ?? "")"
    case .rejected(_, let fault): "rejected \(fault.code)"
    }
  }
}
