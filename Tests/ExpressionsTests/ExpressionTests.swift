import Base
import Expressions
import Records
import Testing

/// Expressions over one row: two integers, a null, a date, texts and a table of three occurrences.
@Suite struct ExpressionTests {
  static let scope = Scope(
    title: "test",
    entries: [
      "A": .init(type: .integer, column: 0), "B": .init(type: .integer, column: 1),
      "N": .init(type: .integer, column: 2), "D": .init(type: .date, column: 3),
      "T-NAME": .init(type: .text, column: 4),
      "BAD": .init(type: .integer, column: 5),
      "KI": .init(type: .integer, column: 6, table: "TABLE", occurrences: 3),
      "漢字": .init(type: .text, column: 9),
    ],
    lookups: lookups)

  private static var lookups: Lookups {
    var lookups = Lookups()
    lookups.codes["jiyu"] = CodeTable(name: "jiyu", mapping: ["10": "01", "20": "02", "30": "03", "31": "03"])
    lookups.rates["ceiling"] = RateTable(
      name: "ceiling", isByYear: true,
      entries: [
        .init(key: "1", from: 2018, to: 2018, value: 580_000), .init(key: "1", from: 2019, to: 9999, value: 610_000),
      ])
    lookups.calendar = OfficeCalendar([2019_04_29, 2019_04_30, 2019_05_01])
    return lookups
  }

  static func columns() -> [Column] {
    let integers: [Int64?] = [7, -3, nil]
    var columns = integers.map { value in
      let column = Column(.integer)
      if let value { column.append(value) } else { column.appendNull() }
      return column
    }
    let date = Column(.date)
    date.append(2020_02_29)
    let text = Column(.text)
    text.append("20")
    let bad = Column(.integer)
    bad.append(state: Fault.sign.rawValue)
    columns += [date, text, bad]
    for value in [10, 20, 30] as [Int64] {
      let column = Column(.integer)
      column.append(value)
      columns.append(column)
    }
    let kanji = Column(.text)
    kanji.append("𠮷野　花子　")
    return columns + [kanji]
  }

  static func evaluate(_ text: String, each: String? = nil, occurrence: Int = 0) throws -> String {
    var builder = ProgramBuilder(scope: scope)
    let compiled = try builder.compile(text, at: Place(file: "t.yaml", line: 3, column: 5), each: each)
    let machine = Machine(builder.program)
    machine.start(columns(), rows: 1)
    machine.move(to: occurrence)
    let column = machine.value(compiled)
    if let fault = column.fault(0) { return "fault " + fault.code }
    return column.describe(0) ?? "null"
  }

  @Test(arguments: [
    ("BAD + 1", "fault decode.number.sign"), ("BAD = A", "fault decode.number.sign"),
    ("is_null(BAD)", "fault decode.number.sign"), ("code('jiyu', '98')", "fault map.code.unmapped"),
    ("number('12a')", "fault map.number"), ("number('')", "fault map.number"),
    ("digits(-1, 3)", "fault decode.number.overflow"),
    ("digits(1000, 3)", "fault decode.number.overflow"), ("quotient(1, 0)", "fault decode.number.overflow"),
    ("9_000_000_000_000_000_000 + 9_000_000_000_000_000_000", "fault decode.number.overflow"),
    ("ymd(2019, 2, 29)", "fault decode.date.impossible"),
    ("A + B * 2", "1"), ("(A + B) * 2", "8"), ("A - -B", "4"), ("-A", "-7"), ("N + 1", "null"), ("N = null", "true"),
    ("BAD = BAD + 0", "fault decode.number.sign"),
    ("N <> 1", "true"), ("N < 1", "false"), ("is_null(N)", "true"), ("coalesce(N, 5)", "5"), ("if(A > B, A, B)", "7"),
    ("truncate(1999, 1000)", "1000"), ("truncate(-1999, 1000)", "-1000"), ("quotient(-7, 2)", "-3"),
    ("remainder(7, 4)", "3"), ("min(A, B)", "-3"), ("max(A, B)", "7"), ("year(D)", "2020"), ("month(D)", "2"),
    ("day(D)", "29"), ("fiscal_year(D)", "2019"), ("D = date('2020-02-29')", "true"),
    ("D > date('2020-03-01')", "false"),
    ("ymd(2020, 2, 29) = D", "true"), ("T-NAME in ('10', '20')", "true"), ("T-NAME not in ('10', '20')", "false"),
    ("code('jiyu', T-NAME)", "02"), ("number(T-NAME)", "20"), ("digits(A, 3)", "007"), ("concat(T-NAME, 'x')", "20x"),
    ("slice(漢字, 1, 2)", "𠮷野"), ("slice(漢字, 4, 99)", "花子　"), ("slice(漢字, 9, 1)", ""), ("trim(漢字)", "𠮷野　花子"),
    ("length(trim(漢字))", "5"), ("count(漢字, '　')", "2"), ("count('ｱｱｱ', 'ｱｱ')", "1"), ("count(漢字, '')", "0"),
    ("hyphens_for_vowels('コ－ポ桜')", "1"), ("hyphens_for_vowels('コーポ桜A-101')", "0"),
    ("hyphens_for_vowels('ハイツ－２０１')", "0"), ("hyphens_for_vowels('メゾン-B')", "0"), ("hyphens_for_vowels('タワ−')", "1"),
    ("hyphens_for_vowels('ｻ-ﾋﾞｽ ｾﾝﾀ-')", "2"), ("hyphens_for_vowels('')", "0"), ("hyphens_for_vowels('－ア')", "0"),
    ("hyphens_for_vowels(漢字)", "0"), ("hyphens_for_vowels('ス－パ－')", "2"),
    ("without('12:30:00', ':')", "123000"), ("without(漢字, '　')", "𠮷野花子"), ("without('aa', '')", "aa"),
    ("without('', 'a')", ""), ("before(漢字, '　')", "𠮷野"), ("before('abc', 'x')", "abc"), ("before('abc', 'bcd')", "abc"),
    ("before('', 'a')", ""), ("before('ab', '')", "ab"), ("before('xab', 'ab')", "x"),
    ("A = 7 and not B = 7", "true"), ("A = 8 or B = -3", "true"), ("KI[3]", "30"), ("sum(KI)", "60"),
    ("sum(if(KI > 10, KI, 0)) + A", "57"), ("A = 7 and T-NAME = '10' or true", "true"), ("unknown(D)", "false"),
    ("days(date('2019-10-31'), date('2020-02-10'))", "102"), ("days(D, D)", "0"), ("days(D, date('2020-02-28'))", "-1"),
    ("add_days(date('2019-12-31'), 60)", "2020-02-29"), ("add_days(D, -60)", "2019-12-31"),
    ("age(date('1979-02-28'), D)", "41"),
    ("add_months(date('2019-12-31'), 2)", "2020-02-29"), ("add_months(D, -12)", "2019-02-28"),
    ("last_day(date('2019-02-03'))", "2019-02-28"), ("business_day(date('2019-04-27'))", "2019-05-02"),
    ("business_day(date('2019-05-31'))", "2019-05-31"), ("business_day(date('2019-12-31'))", "2019-12-31"),
    ("business_day(date('2018-12-29'))", "fault map.rate.missing"),
    ("business_day(date('2018-12-31'))", "fault map.rate.missing"),
    ("business_day(date('2020-01-06'))", "fault map.rate.missing"), ("age(date('1979-03-01'), D)", "40"),
    ("add_days(date('2020-02-00'), 1)", "fault decode.date.impossible"),
    ("age(D, date('9999-99-99'))", "fault decode.date.impossible"),
    ("rate('ceiling', '1', 2018)", "580000"), ("rate('ceiling', '1', 2024)", "610000"),
    ("rate('ceiling', '1', 2017)", "fault map.rate.missing"), ("rate('ceiling', '2', 2019)", "fault map.rate.missing"),
    ("uncode('jiyu', '01')", "10"), ("uncode('jiyu', '03')", "fault map.code.unmapped"),
    ("if(A = 7, null, D)", "null"), ("if(A = 8, null, D)", "2020-02-29"), ("coalesce(null, A)", "7"),
    ("D = null", "false"),
    ("is_null(if(A = 7, null, A))", "true"),
    ("remainder(share(1, 2) + share(1, 3) + share(1, 6), 2305843009213693951)", "1"),
    ("remainder(share(1, 3) + share(2, 3), 2305843009213693951)", "1"), ("share(1, 0)", "fault decode.number.overflow"),
  ])
  func values(text: String, value: String) throws {
    #expect(try Self.evaluate(text) == value, "\(text)")
  }

  @Test(arguments: [0, 1, 2])
  func eachWalksTheOccurrences(occurrence: Int) throws {
    #expect(try Self.evaluate("KI + occurrence()", each: "TABLE", occurrence: occurrence) == "\(11 * (occurrence + 1))")
    #expect(try Self.evaluate("sum(KI)", each: "TABLE", occurrence: occurrence) == "60")
  }

  @Test func aSumLeavesTheOccurrenceAtHandAlone() throws {
    var builder = ProgramBuilder(scope: Self.scope)
    let shared = try builder.compile("KI + 1", at: Place(), each: "TABLE")
    let sum = try builder.compile("sum(KI + 1)", at: Place(), each: "TABLE")
    let machine = Machine(builder.program)
    machine.start(Self.columns(), rows: 1)
    machine.move(to: 0)
    let column = machine.value(shared)
    #expect(machine.value(sum).describe(0) == "63")
    #expect(column.describe(0) == "11")
  }

  @Test(arguments: [
    ("A +", 8, "a field, a value or a function"), ("A 7", 7, "the end, or an operator"), ("'x", 5, "a closing quote"),
    ("AA", 5, "Did you mean “A”"), ("lengt(A)", 5, "Did you mean “length()”"), ("A = 'x'", 7, "the same type"),
    ("A and B", 7, "true/false"), ("KI", 5, "each: TABLE"), ("KI[4]", 5, "from 1 to 3"), ("A[1]", 5, "OCCURS"),
    ("truncate(A)", 5, "truncate(amount, unit)"), ("code('jiu', T-NAME)", 5, "Did you mean “jiyu”"),
    ("if(A, A, B)", 5, "if(test, a, b)"), ("rate('ceilin', '1', 2019)", 5, "Did you mean “ceiling”"),
    ("rate('ceiling', '1', D)", 5, "integer"), ("if(true, 1, 'x')", 5, "if(test, a, b)"),
    ("12345678901234567890", 5, "18 digits"), ("occurrence()", 5, "each"), ("A = A", 7, "two things to compare"),
    ("A + 1 <= A + 1", 11, "two things to compare"), ("漢字 + 漢字 + A +", 18, "a field"),
    // Characters as people see them are counted, whatever they are made of.
    ("漢字 = 'か\u{3099}葛\u{E0100}' ?", 15, "the end"), ("A\r\n< > B", 9, "a field"), ("A = 1.", 10, "the end"),
    ("A = 1２", 9, "18 digits"), ("A <== B", 9, "a field"), ("A >< B", 8, "a field"),
    ("A = 1_000.0000000000000000001", 9, "behind the point"),
  ])
  func aWrongExpressionIsRefusedAtItsPlace(text: String, column: Int, expected: String) throws {
    let refusal = #expect(throws: Diagnostic.self) { try Self.evaluate(text) }
    let diagnostic = try #require(refusal)
    #expect(diagnostic.place.column == column, "\(text): \(diagnostic.message(.english))")
    #expect(diagnostic.message(.english).contains(expected), "\(text): \(diagnostic.message(.english))")
  }

  /// Nested brackets and signs take the program's stack: a hundred are enough.
  @Test(arguments: [("(", ")"), ("-", ""), ("not ", ""), ("length(", ")")])
  func manyLevelsAreRefused(opening: String, closing: String) throws {
    for levels in [101, 20_000] {
      let inner = opening == "not " ? "true" : "A"
      let text = String(repeating: opening, count: levels) + inner + String(repeating: closing, count: levels)
      let thrown = #expect(throws: Diagnostic.self) { try Self.evaluate(text) }
      #expect(thrown?.code == .expressionSyntax)
    }
    if opening == "(" {
      #expect(try Self.evaluate(String(repeating: "(", count: 99) + "A" + String(repeating: ")", count: 99)) == "7")
    }
  }
}
