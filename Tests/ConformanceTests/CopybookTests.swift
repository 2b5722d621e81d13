import Base
import Copybook
import Foundation
import Testing

/// Copybooks to accept or to refuse, and pictures with their digits.
extension ConformanceTests {
  @Test func copybooks() throws {
    try Conformance.judge("accept-reject", acceptReject())
    try Conformance.judge("pic", pictures())
  }

  private struct AcceptReject: Decodable {
    let name: String
    let copybook: String
    let expect: String
    let line: Int?
    let field: String?
  }

  private func acceptReject() throws -> Conformance.Outcomes {
    let data = try Data(contentsOf: Conformance.folder.appendingPathComponent("vectors/copybook_accept_reject.json"))
    return try JSONDecoder().decode([AcceptReject].self, from: data).map { test in
      do throws(Diagnostic) {
        _ = try CopybookParser.layout(of: test.copybook, file: test.name)
        return (test.name, test.expect == "accept" ? nil : "accepted")
      } catch {
        let message = error.message(.english)
        guard test.expect == "error" else { return (test.name, message) }
        guard test.line == nil || test.line == error.place.line else { return (test.name, "another line: \(message)") }
        let names = test.field.map { [$0, $0.replacing("_", with: "-")] }
        return (test.name, names?.contains { message.contains($0) } ?? true ? nil : "without the field: \(message)")
      }
    }
  }

  private func pictures() throws -> Conformance.Outcomes {
    try Conformance.rows("vectors/pic.tsv").map { row in
      let text = row["pic"] ?? ""
      let expected = row["expected"] ?? ""
      let comma = row["kind"] == "int_digits,scale,scale_factor" && text.contains(",")
      let picture = try? Picture.parse(text, decimalComma: comma)
      let facts = picture.map { [$0.count, $0.scale, $0.editedScale ?? 0, $0.digits] }
      switch row["kind"] {
      case "valid": return (text, picture == nil ? "refused" : nil)
      case "invalid": return (text, picture == nil ? nil : "accepted")
      case "canonical":
        let same = try Picture.parse(expected)
        return (text, facts == [same.count, same.scale, 0, same.digits] ? nil : "is not \(expected)")
      default:
        let numbers = expected.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
        guard let picture, numbers.count == 3 else { return (text, "refused") }
        let scale = picture.editedScale ?? picture.scale
        // P in front: the digits are counted without it; behind: as a factor.
        let found =
          picture.text.uppercased().drop { $0 == "S" }.hasPrefix("P")
          ? [picture.digits, 0, picture.digits - scale]
          : [picture.digits - max(scale, 0), max(scale, 0), max(-scale, 0)]
        return (text, found == numbers ? nil : "\(found), expected \(numbers)")
      }
    }
  }
}
