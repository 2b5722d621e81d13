import Foundation
import Testing

/// A project whose file is not of fixed length: the same records behind record descriptor words, or as lines.
@Suite struct RecordFormatRunTests {
  /// RDW before each record; with `cut`, the FILLER at the end is left out of every third.
  private static func variable(_ bytes: [UInt8], blocked: Bool = false, cut: Bool = false) -> [UInt8] {
    var file: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 60) {
      let record = bytes[start..<start + (cut && start / 60 % 3 == 1 ? 45 : 60)]
      let size = record.count + 4
      if blocked { file += [0, UInt8(size + 4), 0, 0] }
      file += [0, UInt8(size), 0, 0] + record
    }
    return file
  }

  private func project(_ program: Program, _ format: String) throws -> String {
    let project = try program.copyProject()
    let path = program.folder + "/project/notices/pipeline.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains("record-format: F\n"))
    try text.replacing("record-format: F\n", with: "record-format: \(format)\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
    return project
  }

  @Test(arguments: ["V", "VB"]) func variableRecordsMigrateAsFixedOnesDo(_ format: String) throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(1200)
    file.notices[700].code = "98"
    let project = try project(program, format)
    try program.write(Self.variable(file.bytes, blocked: format == "VB"))
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(run.code == 1, "\(run.errors)")
    #expect((run.json["records"] as? [String: Int]) == ["read": 1200, "migrated": 1199, "rejected": 1, "excluded": 0])
    let rejected = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/ws/runs/0001/quarantine/NOTICE.dat"))
    #expect(Array(rejected) == Array(file.bytes[(701 * 60)..<(702 * 60)]), "kept byte for byte")
    let reason = try String(contentsOfFile: program.folder + "/ws/runs/0001/quarantine/NOTICE.ndjson", encoding: .utf8)
    #expect(reason.contains("\"offset\":\(701 * (format == "V" ? 64 : 68) + (format == "V" ? 4 : 8))"), "\(reason)")
    let one = try program.run(
      "run", project, "--data", "data", "--workspace", "ws2", "--format", "json", "--jobs", "1")
    #expect(one.json["evidence"] as? String == run.json["evidence"] as? String)
  }

  /// The checks on bytes do not use the bytes behind a short record.
  @Test func shortRecordsAreRebuilt() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try project(program, "V")
    try program.write(Self.variable(NoticeFile.clean(1200).bytes, cut: true))
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect((run.json["records"] as? [String: Int]) == ["read": 1200, "migrated": 1200, "rejected": 0, "excluded": 0])
  }

  @Test func bytesBehindTheLastItemAreNotDroppedSilently() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try project(program, "V")
    let file = NoticeFile.clean(3).bytes
    var bytes: [UInt8] = []
    for (index, start) in stride(from: 0, to: file.count, by: 60).enumerated() {
      let more: [UInt8] = index == 2 ? [0x40] : []
      bytes += [0, UInt8(64 + more.count), 0, 0] + file[start..<start + 60] + more
    }
    try program.write(bytes)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect((run.json["records"] as? [String: Int]) == ["read": 3, "migrated": 2, "rejected": 1, "excluded": 0])
    let reason = try String(contentsOfFile: program.folder + "/ws/runs/0001/quarantine/NOTICE.ndjson", encoding: .utf8)
    #expect(reason.contains("decode.record.excess"), "\(reason)")
  }

  @Test func copyMembersBelongToTheDefinitions() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    let folder = program.folder + "/project/notices/"
    try FileManager.default.moveItem(atPath: folder + "NOTICE.cpy", toPath: folder + "BODY.cbl")
    try program.write(Array("       COPY BODY.".utf8), to: "project/notices/NOTICE.cpy")
    try program.write(NoticeFile.clean(3).bytes)
    func evidence() throws -> String? {
      let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
      #expect(run.code == 0, "\(run.errors)")
      return run.json["evidence"] as? String
    }
    let before = try evidence()
    let body = try String(contentsOfFile: folder + "BODY.cbl", encoding: .utf8)
    try (body + "\n      * changed").write(toFile: folder + "BODY.cbl", atomically: true, encoding: .utf8)
    #expect(try evidence() != before, "the evidence rests on the member's text")
  }

  @Test func damageStopsTheFileAndNotTheProgram() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try project(program, "V")
    var bytes = Self.variable(NoticeFile.clean(20).bytes)
    bytes[64 * 5 + 1] = 2
    try program.write(bytes)
    let run = try program.run(
      "run", project, "--data", "data", "--workspace", "ws", "--format", "json", "--language", "en")
    #expect(run.code == 2)
    #expect(run.errors.contains("[frame.length]"), "\(run.errors)")
    #expect(run.errors.contains("byte 320"), "\(run.errors)")
    let gate = try program.run("gate", "provisional", project, "--workspace", "ws", "--format", "json")
    #expect(gate.json["verdict"] as? String == "NO-GO")
  }

  @Test func aWrongFormatIsADefinitionError() throws {
    let program = try Program()
    defer { program.remove() }
    let lint = try program.run("lint", try project(program, "V,rdw=middle"), "--language", "en")
    #expect(lint.code != 0)
    #expect((lint.output + lint.errors).contains("pipeline.yaml"))
    #expect((lint.output + lint.errors).contains("[frame.format]"), "\(lint.output)\(lint.errors)")
  }
}
