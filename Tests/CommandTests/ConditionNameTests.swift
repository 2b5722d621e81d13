import Foundation
import Testing

/// Condition-names of a copybook (level 88) in expressions.
@Suite struct ConditionNameTests {
  private static let copybook = """
           01  CARD.
               05  KBN             PIC X(2).
                   88  TSUJO       VALUE '10' '20'.
                   88  BLANK-KBN   VALUE SPACES.
                   88  HEX         VALUE X'3130'.
               05  NEN             PIC 9(3).
                   88  OLD         VALUE 100 THRU 199.
                   88  NONE        VALUE ZERO.

    """

  @Test(arguments: [
    ("TSUJO", ["10", "20"]), ("not TSUJO", ["30", ""]), ("BLANK-KBN", [""]), ("OLD", ["10"]),
    ("TSUJO and not OLD", ["20"]),
    ("NONE", ["30"]), ("HEX", []),
  ])
  func aConditionNameIsACondition(_ condition: String, _ found: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(Self.copybook.utf8), to: "CARD.cpy")
    try program.write(Array("10199\n20200\n30000\n  300\n".utf8), to: "a.txt")
    let answer = try program.run(
      "decode", "a.txt", "--copybook", "CARD.cpy", "--charset", "us-ascii", "--record-format", "text", "--to", "csv",
      "--where",
      condition, "--language", "en")
    let kinds = answer.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[0]
    }
    #expect(kinds.map(String.init) == found, "\(answer.output)\(answer.errors)")
    if found.isEmpty { #expect(answer.errors.contains("HEX"), "a value that is no text is no condition") }
  }
}
