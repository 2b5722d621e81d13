import Base
import Copybook
import Foundation
import Testing

@Suite struct LayoutTests {
  static let pipelines = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Pipelines")

  @Test(arguments: [
    ("address-master/ATMAST.cpy", 480), ("resident-tax/KJFUKA.cpy", 400), ("collection/SNCHOTEI.cpy", 340),
    ("control/CT.cpy", 91),
  ])
  func cityCopybooksHaveTheirRecordLength(file: String, length: Int) throws {
    let text = try String(contentsOf: Self.pipelines.appendingPathComponent(file), encoding: .utf8)
    #expect(try CopybookParser.layout(of: text, file: file).length == length)
  }

  @Test func chosenGroupsHideTheirAlternatives() throws {
    let text = try String(contentsOf: Self.pipelines.appendingPathComponent("resident-tax/KJFUKA.cpy"), encoding: .utf8)
    let layout = try CopybookParser.layout(of: text, file: "KJFUKA.cpy")
    #expect(
      layout.alternatives.map { $0.map(\.name) } == [
        ["KJ-SHOTOKU-10-20", "KJ-SHOTOKU-30"], ["KJ-KIBETSU-10", "KJ-KIBETSU-20", "KJ-KIBETSU-30"],
      ])
    let slots = layout.slots(choosing: ["KJ-SHOTOKU-10-20", "KJ-KIBETSU-10"])
    let amount = try #require(slots.first { $0.name == "KJ-KI-ZEIGAKU" })
    #expect(amount.item.offset == 225)
    #expect(amount.dimensions == [Dimension(name: "KJ-KI", count: 10, stride: 11)])
    #expect(slots.reduce(0) { $0 + $1.totalLength } == 400)
    #expect(slots.first { $0.name == "KJ-HAIGU-NO" }?.item.offset == 356)
  }

  struct Wrong: Sendable {
    let text: String
    let line: Int
    let column: Int
    let expected: String
  }

  @Test(arguments: [
    Wrong(text: "       01 A PIC X(2)", line: 1, column: 18, expected: "a full stop"),
    Wrong(text: "       01 A.\n          05 B PIC Q(2).", line: 2, column: 20, expected: "one of X A 9"),
    Wrong(text: "       01 A.\n          05 B PIC X(0).", line: 2, column: 20, expected: "(n) with n from 1"),
    Wrong(text: "       XX A.", line: 1, column: 8, expected: "a level number"),
    Wrong(
      text: "       01 A.\n          05 B PIC X.\n          05 C REDEFINES Z PIC X.", line: 3, column: 11, expected: "Z"
    ),
    Wrong(text: "       01 A.\n          05 B OCCURS 0 PIC X.", line: 2, column: 23, expected: "occurrences from 1"),
    Wrong(text: "       01 A.\n          05 B.", line: 2, column: 11, expected: "a picture or items below"),
    Wrong(text: "", line: 1, column: 1, expected: "a data description entry"),
  ])
  func aWrongCopybookIsRefusedWithItsPlace(wrong: Wrong) throws {
    let refusal = #expect(throws: Diagnostic.self) { try CopybookParser.layout(of: wrong.text, file: "W.cpy") }
    let diagnostic = try #require(refusal)
    #expect(diagnostic.place.line == wrong.line)
    #expect(diagnostic.message(.english).contains(wrong.expected), "\(diagnostic.message(.english))")
    #expect(diagnostic.message(.japanese).contains("直してください"))
  }
}
