import Base
import Expressions
import Records
import Testing

/// Functions that write a value in another form, numbers with a point, and conditions with names.
@Suite struct FormFunctionTests {
  private static let scope = Scope(
    title: "test",
    entries: [
      "A": .init(type: .integer, column: 0), "D": .init(type: .date, column: 1), "T": .init(type: .text, column: 2),
      "R": .init(type: .decimal(scale: 2), column: 3), "N": .init(type: .decimal(scale: 2), column: 4),
      "E": .init(type: .date, column: 5),
    ], conditions: ["YOUNG": "A >= 1 and A <= 9", "OTHER": "T = 'x' or A = 7"])

  private static func evaluate(_ text: String, type: ValueType? = nil, isValue: Bool = false) throws -> String {
    var builder = ProgramBuilder(scope: scope)
    let compiled = try builder.compile(
      text, at: Place(file: "t.yaml", line: 3, column: 5), type: type, isValue: isValue)
    let columns = [
      Column(.integer), Column(.date), Column(.text), Column(.decimal(scale: 2)), Column(.decimal(scale: 2)),
      Column(.date),
    ]
    columns[0].append(7)
    columns[1].append(2024_04_01)
    columns[2].append("ガパヴｶﾞ A1ー𠮷")
    columns[3].append(wide: 1205)
    columns[4].appendNull()
    columns[5].append(2024_04_00)
    let machine = Machine(builder.program)
    machine.start(columns, rows: 1)
    let column = machine.value(compiled)
    return column.fault(0).map { "fault " + $0.code } ?? column.describe(0) ?? "null"
  }

  @Test(
    arguments: [
      ("0.05", "0.05"), ("-0.05", "-0.05"), ("R = 12.05", "true"), ("R = 12.050", nil), ("R > 12", "true"),
      ("12.1 > R", "true"),
      ("R <= 12.04", "false"), ("R in (1, 12.05)", "true"), ("coalesce(N, 0)", "0.00"), ("coalesce(N, 1.5)", "1.50"),
      ("coalesce(0, N)", "0.00"), ("if(A = 7, 0.1, R)", "0.10"), ("if(A = 7, 1, 2)", "1"), ("coalesce(null, 1)", "1"),
      ("A = 7.0", nil), ("1.", nil), ("0.1234567890123456789", nil), ("N = null", "true"), ("R < N", "false"),
      ("replace('abcabc', 'bc', 'X')", "aXaX"), ("replace('aaa', 'aa', 'b')", "ba"), ("replace('a', '', 'b')", "a"),
      ("replace('a', 'a', '')", ""), ("replace('', 'a', 'b')", ""), ("replace('a-b', '-', 'ー長い')", "aー長いb"),
      ("concat('a', 'b', 'c', text(A))", "abc7"), ("concat('a')", nil),
      ("wide('ｶﾞｷﾞﾊﾟﾎﾞｳﾞｱﾞﾟA1 ~｡｢｣､･ｦｰﾞ')", "ガギパボヴア゛゜Ａ１　～。「」、・ヲー゛"), ("wide('山田')", "山田"), ("wide('ﾁﾞﾂﾞﾃﾞﾄﾞｯﾞﾅﾞ')", "ヂヅデドッ゛ナ゛"),
      ("narrow('ガギパボヴア゛゜Ａ１　～。「」、・ヲー')", "ｶﾞｷﾞﾊﾟﾎﾞｳﾞｱﾞﾟA1 ~｡｢｣､･ｦｰ"), ("narrow('山田ヰヱヵ')", "山田ヰヱヵ"),
      ("narrow(wide('ﾔﾏﾀﾞ ﾀﾛｳ'))", "ﾔﾏﾀﾞ ﾀﾛｳ"), ("wide(narrow(T))", "ガパヴガ　Ａ１ー𠮷"),
      ("katakana('やまだゞヴー山')", "ヤマダヾヴー山"), ("hiragana('ヤマダヾヴー山ヵ')", "やまだゞゔー山ゕ"),
      ("text(A)", "7"), ("text(0)", "0"), ("text(-120)", "-120"), ("text(R)", "12.05"), ("text(-0.05)", "-0.05"),
      ("text(D, 'yyyymmdd')", "20240401"), ("text(D, 'yyyy/mm/dd')", "2024/04/01"), ("text(D, 'era-date')", "5060401"),
      ("text(D, 'era.mm.dd')", "R06.04.01"), ("text(D, 'yyyyddd')", "2024092"), ("text(D, 'yymmdd:50')", "240401"),
      ("text(D, 'yymmdd:00')", "fault decode.date.impossible"), ("text(D, 'yyyy-mm')", "2024-04"),
      ("text(E, 'yyyy-mm-dd')", "2024-04-00"), ("text(E, 'yyyyddd')", "fault decode.date.impossible"),
      ("text(D, 'dd.mm.yyyy')", nil), ("text(D)", nil), ("text(T)", nil), ("text(D, T)", nil),
      ("text(D, 'era-year')", nil),
      ("slice('abcdef', A - 5, 3)", "bcd"), ("slice('山田太郎', 2, length('ab'))", "田太"),
      ("slice('abc', 1 - 1, 3)", "fault decode.number.overflow"),
      ("slice('abc', A, 1)", ""), ("slice('abc', 2, 9 * 1)", "bc"), ("slice('abc', 0, 1)", nil),
      ("YOUNG", "true"), ("YOUNG and not OTHER", "false"), ("OTHER", "true"), ("YOUNGER", nil),
    ] as [(String, String?)])
  func values(text: String, value: String?) throws {
    guard let value else {
      #expect(throws: Diagnostic.self) { try Self.evaluate(text) }
      return
    }
    #expect(try Self.evaluate(text) == value, "\(text)")
  }

  @Test func aNumberTakesTheDigitsOfItsColumn() throws {
    #expect(try Self.evaluate("0", type: .decimal(scale: 2)) == "0.00")
    #expect(try Self.evaluate("1.5", type: .decimal(scale: 2)) == "1.50")
    let error = #expect(throws: Diagnostic.self) { try Self.evaluate("1.505", type: .decimal(scale: 2)) }
    #expect(error?.message(.english).contains("at most 2 digits behind the point") == true)
  }

  /// The value of a column with more digits behind the point is exact; a condition is as strict as before.
  @Test(
    arguments: [
      ("A", 2, "7.00"), ("-A", 2, "-7.00"), ("A + 1", 0, "8"), ("R", 3, "12.050"), ("R", 2, "12.05"), ("N", 3, "null"),
      ("if(A = 7, A, null)", 2, "7.00"), ("if(A = 7, 0, 1)", 2, "0.00"),
      ("A * 1000000000000000000", 2, "7000000000000000000.00"),
      ("A * 1000000000000000000", 20, "fault decode.number.overflow"), ("A", 38, "fault decode.number.overflow"),
      ("R", 1, nil), ("T", 2, nil), ("D", 2, nil), ("A = 7", 2, nil),
    ] as [(String, Int, String?)])
  func aNumberIsWidenedToItsColumn(text: String, scale: Int, value: String?) throws {
    guard let value else {
      #expect(throws: Diagnostic.self) { try Self.evaluate(text, type: .decimal(scale: scale), isValue: true) }
      return
    }
    #expect(try Self.evaluate(text, type: .decimal(scale: scale), isValue: true) == value, "\(text)")
    #expect(throws: (any Error).self) { try Self.evaluate("A", type: .decimal(scale: scale)) }
  }
}
