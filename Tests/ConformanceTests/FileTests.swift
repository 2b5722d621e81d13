import Foundation
import Testing

/// Files of records with the values read by other programs, with the built binary.
extension ConformanceTests {
  @Test func recordsOfSeveralKinds() throws {
    try Conformance.judge("aws", [("client_redefines", clientsFlaw())])
  }

  /// REDEFINES chosen by CLIENT-TYPE; the expected lines have the items of each record's own kind.
  private func clientsFlaw() throws -> String? {
    let folder = Conformance.folder.appendingPathComponent("aws/client_redefines").path
    var arguments = ["--charset", "ibm-037"]
    for (group, type) in [("HEADER", 0), ("MAIN", 1), ("ADDRESS", 2)] {
      arguments += ["--choose", "CLIENT-\(group)=CLIENT-TYPE = \(type)"]
    }
    let found = try DecodedRecords("\(folder)/data.dat", "\(folder)/copybook.cpy", arguments)
    let names = [
      "0": ["CLIENT-RECORD-COUNT"], "1": ["CLIENT-NAME", "CLIENT-BDATE", "CLIENT-ED-LVL", "CLIENT-INCOME"],
      "2": ["CLIENT-ADDR-NUMBER", "CLIENT-ADDR-STREET"],
    ]
    let expected = try Conformance.text("aws/client_redefines/expected.txt").split(separator: "\n").map { line in
      let cells = line.components(separatedBy: "|").dropLast()
      return Dictionary(
        uniqueKeysWithValues: zip(["CLIENT-ID", "CLIENT-TYPE"] + (names[cells[1]] ?? []), cells.map { [$0] }))
    }
    return found.difference(expected)
  }

  @Test func wideRecords() throws {
    try Conformance.judge("ebcdic-parser", [("311_calls_all_strings", callsFlaw())])
  }

  private struct Field: Decodable {
    let name: String
    let size: Int
  }
  private struct Fields: Decodable { let layout: [Field] }
  private struct Layouts: Decodable { let layouts: [Fields] }

  /// The layout is JSON; the copybook is made of it. The last expected column is the file's name.
  private func callsFlaw() throws -> String? {
    let set = "ebcdic-parser/311_calls_all_strings"
    let layouts = try JSONDecoder().decode(Layouts.self, from: Data(Conformance.text(set + "/layout.json").utf8))
    let fields = layouts.layouts[0].layout.map { ($0.name.uppercased().replacing("_", with: "-"), $0.size) }
    let copybook = "01 CALL.\n" + fields.map { "05 \($0) PIC X(\($1)).\n" }.joined()
    let found = try Conformance.withFolder { folder in
      let path = folder.appendingPathComponent("CALL.cpy").path
      try copybook.write(toFile: path, atomically: true, encoding: .utf8)
      return try DecodedRecords(
        Conformance.folder.appendingPathComponent(set + "/data.dat").path, path,
        ["--form", "free", "--charset", "ibm-037", "--trim", "both"])
    }
    let expected = try Conformance.text(set + "/expected.txt").split(separator: "\n").map { line in
      Dictionary(uniqueKeysWithValues: zip(fields.map(\.0), line.components(separatedBy: "\t").map { [$0] }))
    }
    return found.difference(expected)
  }
}
