import Foundation
import Testing

/// Files that the programs of several COBOL compilers wrote: binary numbers of all lengths, each record with its true
/// value as text.
extension ConformanceTests {
  @Test func jrecord() throws {
    let names = try Conformance.rows("jrecord/cases.tsv").map { $0["case"] ?? "" }
    try Conformance.judge("jrecord", names.map { ($0, try JRecordCase(name: $0).flaw()) })
  }
}

struct JRecordCase {
  let name: String

  private var folder: String { Conformance.folder.appendingPathComponent("jrecord/" + name).path }

  /// Binary numbers wrap, so a value that does not fit the picture is legal; COMP-5 has its low byte first, since these
  /// are compilers of small computers.
  private var dialect: String {
    let compilers = ["bs": "ibm,sync=8", "mv": "ibm,sync=8", "cp": "gnucobol", "fj": "fujitsu", "mf": "mf"]
    return "\(compilers[String(name.prefix(2))] ?? "ibm"),truncate=no,native-order=little"
  }

  func flaw() throws -> String? {
    if name.hasPrefix("dtar") { return try retailFlaw() }
    let found = try DecodedRecords(
      folder + "/data.dat", folder + "/copybook.cbl", ["--dialect", dialect, "--charset", "us-ascii", "--trim", "both"])
    let expected = try Conformance.text("jrecord/\(name)/expected.jsonl").split(separator: "\n").map { line in
      let row = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
      return Dictionary(uniqueKeysWithValues: row.map { ($0.uppercased(), [$1]) })
    }
    return try found.difference(expected, edited: "NUMA") ?? falsehood(in: found)
  }

  private func retailFlaw() throws -> String? {
    let found = try DecodedRecords(folder + "/data.dat", folder + "/copybook.cbl", ["--charset", "ibm-037"])
    let expected = try Conformance.rows("jrecord/\(name)/expected.csv").map { row in
      Dictionary(
        uniqueKeysWithValues: row.map { column, value in
          ("DTAR020-" + column.replacing("DTAR020_", with: "").replacing("_", with: "-"), [value])
        })
    }
    return found.difference(expected)
  }

  private struct Item: Decodable {
    let name: String
    let scale: Int?
    let digits: Int?
    let length: Int
    let signed: Bool?
  }

  /// The first number that differs from the record's true one, in the part that the item holds: the digits of its
  /// picture, or the bits of its bytes; without its sign when the item has none (Fujitsu drops it from the bits).
  private func falsehood(in found: DecodedRecords) throws -> String? {
    let listing = try Conformance.run([
      "decode", "-", "--copybook", folder + "/copybook.cbl", "--dialect", dialect, "--layout", "--to", "json",
    ])
    let items = try JSONDecoder().decode([Item].self, from: Data(listing.output.utf8))
    for (index, record) in found.records.enumerated() {
      guard case .text(let text)? = record["NUMA"]?.first else { return "record \(index + 1) has no NUMA" }
      let truth = try unscaled(Decimal(string: text.replacing(",", with: "")), 2)
      for item in items {
        guard case .number(let number)? = record[item.name]?.first else { continue }
        let value = try unscaled(number, item.scale ?? 0)
        let whole = item.scale == 0 ? truth / 100 : truth
        var power: Int128 = 1
        for _ in 0..<(item.digits ?? 0) { power *= 10 }
        let range: Int128 = 1 << Int128(8 * item.length)
        let holds = (item.signed == true ? [whole] : [whole, -whole]).contains {
          value == $0 % power || (value - $0) % range == 0
        }
        if !holds { return "record \(index + 1) \(item.name): \(number) of \(text)" }
      }
    }
    return nil
  }

  private func unscaled(_ number: Decimal?, _ scale: Int) throws -> Int128 {
    let number = try #require(number) * pow(10, scale)
    return try #require(Int128("\(number)"))
  }
}
