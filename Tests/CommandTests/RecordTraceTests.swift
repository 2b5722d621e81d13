import Projects
import Base
import Datasets
import Copybook
import Decode
import Evidence
import Foundation
import Framing
import Pipeline
import Records
import Targets
import Testing

/// A record traced alone becomes the rows that the run loaded.
@Suite struct RecordTraceTests {
  /// The first records of every kind of every file of a city, and all rejected ones.
  @Test func everyKindOfTheCityBecomesItsRows() throws {
    let program = try Program()
    defer { program.remove() }
    let path = Program.root + "/Pipelines/city.yaml"
    try #require(
      try program.run(
        "generate", path, "--residents", "120", "-o", "city", "--defects", "D17-gap,D19-claim,D35", "--quiet"
      ).code == 0)
    try program.run("run", path, "--data", "city", "--workspace", "ws", "--quiet")
    let project = try ProjectReader.read(path)
    let target = try TargetReference.open("sqlite:" + program.folder + "/ws/runs/0001/target.sqlite")
    let data = try #require(FileManager.default.contents(atPath: program.folder + "/ws/runs/0001/evidence.json"))
    let evidence = try #require(JSONDocument.value(RunEvidence.self, from: data))
    var rows = 0
    for file in project.files {
      let source = try file.open(in: program.folder + "/city")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/city/" + file.data))
      let rejects = Dictionary(
        evidence.rejects.filter { $0.file == file.id }.map { ($0.record, $0) }, uniquingKeysWith: { first, _ in first })
      var seen: [String: Int] = [:]
      for record in 1...source.recordCount {
        let kind = Self.kind(bytes, record, file)
        seen[kind, default: 0] += 1
        if seen[kind]! > 6, rejects[record] == nil { continue }
        let trace = try RecordTrace(record, of: file, in: source, project, target: target)
        if let reject = rejects[record] {
          #expect(
            trace.disposition == .rejected(field: reject.field, trace.fault(reject.fault)), "\(file.id) \(record)")
          #expect(trace.rows.allSatisfy { $0.values.allSatisfy { $0.value == nil } })
          continue
        }
        #expect(trace.disposition == .migrated, "\(file.id) \(record)")
        for row in trace.rows {
          guard case .rows(1) = row.stored else {
            Issue.record("\(file.id) \(record) \(row.table.name): \(row.stored)")
            continue
          }
          for value in row.values {
            #expect(
              value.agrees == true && value.value == value.stored,
              "\(file.id) \(record) \(row.table.name).\(value.column.name)")
          }
          rows += 1
        }
      }
      #expect(seen.count == file.kinds.count, "\(file.id): \(seen.keys.sorted())")
    }
    #expect(rows > 400)
  }

  /// The kind of a record in a fixed-length file, read from the file's bytes alone.
  private static func kind(_ bytes: Data, _ record: Int, _ file: FilePlan) -> String {
    let start = (record - 1) * file.recordLength + file.kindItem!.offset
    let found = Array(bytes[start..<start + file.kindItem!.length])
    return file.kinds.first { $0.bytes == found }?.code ?? "?"
  }
}

extension RecordTrace {
  /// The fault with a code.
  fileprivate func fault(_ code: String) -> Fault { Fault.allCases.first { $0.code == code } ?? .unknownKind }
}
