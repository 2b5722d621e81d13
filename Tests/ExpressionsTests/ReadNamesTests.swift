import Expressions
import Testing

/// The names of an expression, and others in their place.
@Suite struct ReadNamesTests {
  @Test(arguments: [
    ("KJ-NENZEI", ["KJ-NENZEI"]), ("A + B * A", ["A", "B"]), ("sum(KI) = TAX", ["sum(KI)", "TAX"]),
    ("KI[2] <= KI[1]", ["KI[2]", "KI[1]"]), ("if(A = '1', B, null)", ["A", "B"]), ("A in ('1', '2')", ["A"]),
    ("not A = 'B' and -C < 3", ["A", "C"]), ("'A'", []), ("A +", []),
  ])
  func namesAreTold(_ text: String, _ names: [String]) {
    #expect(SourceBuilders.names(readBy: text) == names)
  }

  @Test(arguments: [
    ("科目 in ('A1', 'A3')", "(code('科目', Z)) in ('A1', 'A3')"), ("年度 = 年", "(N - 1) = (Y)"),
    ("if(年 = 0, 年度, 年)", "if((Y) = 0, (N - 1), (Y))"), ("'年' = 科目", "'年' = (code('科目', Z))"),
    ("年 = 月", nil), ("年 +", nil),
  ])
  func namesAreReplaced(_ text: String, _ replaced: String?) {
    let others = ["科目": "code('科目', Z)", "年度": "N - 1", "年": "Y"]
    #expect(SourceBuilders.replacing(text, by: others) == replaced)
  }
}
