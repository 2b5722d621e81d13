import Foundation
import Testing

/// A column that no check compares could hold anything: `lint` asks for one that does.
@Suite struct CoverageLintTests {
  /// A check of the column 管理番号 of 通知書, beside the others, and whether it is enough.
  static let cases: [(String, check: String, isEnough: Bool)] = [
    ("none", "", false),
    ("there once", "", false),
    (
      "refers to itself",
      "{id: T-1, kind: references, expected: [{from: 通知書, by: {a: 管理番号}}], actual: [{from: 通知書, where: 税額 > 0, by: {a: 管理番号}}], \(head)}",
      false
    ),
    ("held to a rule", "{id: T-1, kind: rows, from: 通知書, key: {a: 宛名番号}, must: 管理番号 <> '', \(head)}", true),
    (
      "compared",
      "{id: T-1, kind: keys, expected: [{from: 'NOTICE[10]', where: NT-TAX <> 0, by: {a: NT-PERSON-NO}, sum: {n: 1}}], actual: [{from: 通知書, by: {a: 管理番号}, sum: {n: 1}}], \(head)}",
      true
    ),
  ]

  private static let head = "category: C07, severity: S1, title: {ja: 試, en: try}, rule: {ja: 試, en: try}"

  @Test(arguments: cases.indices) func aColumnWantsAComparison(_ index: Int) throws {
    let row = Self.cases[index]
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    func edit(_ file: String, _ old: String, _ new: String) throws {
      let path = program.folder + "/project/" + file
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(old), "\(file): \(old)")
      try text.replacing(old, with: new, maxReplacements: 1).write(toFile: path, atomically: true, encoding: .utf8)
    }
    try edit("schema.yaml", "      税額: integer", "      管理番号: text(20)\n      税額: integer")
    try edit(
      "notices/pipeline.yaml", "              税額: NT-TAX", "              管理番号: NT-PERSON-NO\n              税額: NT-TAX")
    if row.0 == "there once" {
      try edit("schema.yaml", "key: [課税年度, 宛名番号]", "key: [課税年度, 宛名番号, 管理番号]")
      try edit("notices/checks.yaml", "key: [課税年度, 宛名番号]", "key: [課税年度, 宛名番号, 管理番号]")
    }
    if !row.check.isEmpty { try edit("notices/checks.yaml", "checks:\n", "checks:\n  - \(row.check)\n") }
    let answer = try program.run("lint", project, "--language", "en")
    let asks = (answer.output + answer.errors).contains("no check compares the column 管理番号 of table 通知書")
    #expect(asks != row.isEnough, "\(row.0): \(answer.output)\(answer.errors)")
  }
}
