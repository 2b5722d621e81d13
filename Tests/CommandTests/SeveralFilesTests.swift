import Foundation
import Framing
import Pipeline
import Projects
import Records
import Testing

extension TextSourceTests {
  /// Several files are one, in the order of the list or of their names; each has its line of names, and may be packed.
  @Test(arguments: ["[b.csv, a.csv]", "\"*.csv\"", "[b.csv.gz, a.csv]"]) func severalFilesAreOne(_ sources: String)
    throws
  {
    let program = try Program()
    defer { program.remove() }
    let names = "管理番号,氏名,支払日(西暦),金額,備考\n"
    func rows(_ letter: String, _ count: Int) -> String {
      names + (1...count).map { "\(letter)\($0),山田,2024/04/01,\($0 == 600 ? "x" : "1"),\n" }.joined()
    }
    let layout = Self.layout("csv", charset: "utf-8", header: "header: true")
    let project = try prepare(program, layout: layout, data: [])
    let folder = program.folder + "/data/"
    try FileManager.default.removeItem(atPath: folder + "PAY.csv")
    try rows("A", 700).write(toFile: folder + "a.csv", atomically: true, encoding: .utf8)
    try rows("B", 3).write(toFile: folder + "b.csv", atomically: true, encoding: .utf8)
    if sources.contains("gz") {
      let packer = Process()
      packer.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
      packer.arguments = [folder + "b.csv"]
      try packer.run()
      packer.waitUntilExit()
    }
    let path = program.folder + "/project/pay/pipeline.yaml"
    try String(contentsOfFile: path, encoding: .utf8).replacing("data: PAY.csv", with: "data: \(sources)")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(
      (run.json["records"] as? [String: Int]) == ["read": 703, "migrated": 702, "rejected": 1, "excluded": 0],
      "\(run.errors)")
    let one = try program.run(
      "run", project, "--data", "data", "--workspace", "ws2", "--format", "json", "--jobs", "1")
    #expect(one.json["evidence"] as? String == run.json["evidence"] as? String)
    #expect(!run.output.contains("NOT-READ"))
    let isSorted = sources.contains("*")
    let place = try String(contentsOfFile: program.folder + "/ws/runs/0001/quarantine/PAY.ndjson", encoding: .utf8)
    #expect(
      place.contains("\"data\":\"a.csv\"") && place.contains("\"line\":601")
        && place.contains("\"record\":\(isSorted ? 600 : 603)"), "\(place)")
    let kept = try String(contentsOfFile: program.folder + "/ws/runs/0001/quarantine/PAY.dat", encoding: .utf8)
    #expect(kept == "A600,山田,2024/04/01,x,")
    let plan = try #require(try ProjectReader.read(project).files.first)
    let trace = try RecordTrace(
      isSorted ? 600 : 603, of: plan, in: try plan.open(in: folder), try ProjectReader.read(project))
    #expect(trace.disposition == .rejected(field: "金額", .notANumber))
    // Another order of names cannot be read with the first.
    try rows("A", 1).replacing("管理番号,氏名", with: "氏名,管理番号").write(
      toFile: folder + "a.csv", atomically: true, encoding: .utf8)
    let refused = try program.run("run", project, "--data", "data", "--workspace", "ws3")
    #expect(refused.errors.contains("[file.column.order]"), "\(refused.errors)")
  }
}
