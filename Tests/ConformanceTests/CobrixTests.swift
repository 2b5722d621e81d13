import Foundation
import Testing

extension ConformanceTests {
  @Test func cobrix() throws {
    let cases = try Conformance.rows("cobrix/cases.tsv")
    try Conformance.judge("cobrix", cases.map { row in (row["case"] ?? "", try CobrixCase.flaw(row)) })
  }
}

/// Files and rows of Cobrix's own tests, with the built binary.
enum CobrixCase {
  /// Fields that only the peer generates.
  static let generated: Set = [
    "File_Id", "Record_Id", "Record_Byte_Length", "Seg_Id0", "Seg_Id1", "Seg_Id2", "_corrupt_fields", "LEN",
  ]

  static func flaw(_ row: [String: String]) throws -> String? {
    let name = row["case"] ?? ""
    let folder = Conformance.folder.appendingPathComponent("cobrix/" + name)
    let data = try Data(contentsOf: folder.appendingPathComponent("case.json"))
    let description = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let options = description["options"] as? [String: String] ?? [:]
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let copybook = folder.appendingPathComponent(try #require(files.first { $0.hasPrefix("copybook") })).path
    let layoutText = try Conformance.run(["decode", "-", "--copybook", copybook, "--layout", "--to", "json"])
    let layout = (try? JSONSerialization.jsonObject(with: Data(layoutText.output.utf8))) as? [[String: Any]]
    guard let layout else { return layoutText.errors }
    let translated = CobrixOptions(options, codePage: row["code_page"] ?? "", layout: layout)
    var rows: [JSON] = []
    for file in files.filter({ $0.hasPrefix("data") }) {
      let answer = try Conformance.run(
        ["decode", folder.appendingPathComponent(file).path, "--copybook", copybook] + translated.arguments)
      if answer.code > 1 { return answer.errors }
      rows += try JSON.lines(answer.output)
    }
    let expected = try JSON.lines(Conformance.text("cobrix/\(name)/expected.jsonl"))
    return difference(rows, expected, description, translated)
  }

  private static func difference(
    _ found: [JSON], _ expected: [JSON], _ description: [String: Any], _ options: CobrixOptions
  ) -> String? {
    var names: Set<String> = []
    if case .object(let row)? = found.first { names = Set(row.keys) }
    let wanted = expected.map { ungrouped($0.plain?.asPeer(options), names) }
    var rows = found.map { ungrouped($0.asPeer(options).plain, names) }
    if let order = description["order_by"] as? String, !order.isEmpty {
      let names = order.components(separatedBy: ",")
      rows.sort { left, right in
        for name in names {
          switch (member(left, name), member(right, name)) {
          case (nil, nil): continue
          case (nil, _): return true
          case (_, nil): return false
          case (.number(let a)?, .number(let b)?) where a != b: return a < b
          case (.text(let a)?, .text(let b)?) where a != b: return a < b
          default: continue
          }
        }
        return false
      }
    }
    if let take = description["take"] as? Int { rows = Array(rows.prefix(max(take, wanted.count))) }
    if rows.count < wanted.count { return "\(rows.count) rows, expected \(wanted.count)" }
    for (index, pair) in zip(rows, wanted).enumerated() {
      if let flaw = JSON.difference(pair.0, pair.1) { return "row \(index + 1) \(flaw)" }
    }
    return nil
  }

  /// The row without the fields that only the peer generates, and without the group of the whole record.
  private static func ungrouped(_ row: JSON?, _ names: Set<String>) -> JSON? {
    guard case .object(let members)? = row else { return row }
    var rest = members.filter { !generated.contains($0.key) }
    if rest.count == 1, let (name, value) = rest.first, case .object(let inner) = value,
      !names.contains(where: { $0.replacing("-", with: "_") == name })
    {
      rest = inner
    }
    return rest.isEmpty ? nil : .object(rest)
  }

  private static func member(_ row: JSON?, _ name: String) -> JSON? {
    guard case .object(let members)? = row else { return nil }
    return members[name]
  }
}
