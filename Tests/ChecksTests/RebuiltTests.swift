import Base
import Decode
import Evidence
import Records
import Testing

/// `rebuilt`: records of a file `F` against rows of `new`, and of `parts` for the table of the record.
@Suite struct RebuiltTests {
  /// 23 bytes: kind, key, tax (sign in the last digit), name, memo, two parts, FILLER.
  private static let copybook = [
    "01 R.", "   05 R-KIND PIC X(2).", "   05 R-KEY PIC X(3).", "   05 R-TAX PIC S9(4).", "   05 R-NAME PIC X(4).",
    "   05 R-MEMO PIC X(2).", "   05 R-PART OCCURS 2.", "      10 R-AMOUNT PIC 9(3).", "   05 FILLER PIC X(2).",
  ]

  private static let check = """
    record: F[10]
    by: {key: R-KEY}
    from:
      - table: new
        by: {key: key}
        items: {R-KEY: key, R-TAX: tax, R-NAME: name}
      - table: parts
        by: {key: key}
        each: R-PART
        at: number
        when: R-AMOUNT <> 0
        items: {R-AMOUNT: amount}
    lost: {R-MEMO: {ja: 使わない, en: not used}}
    """

  private static func tables(
    _ records: [String], _ rows: [[String?]], _ parts: [[String?]] = [], personal: [String] = []
  ) throws -> SmallTables {
    var tables = SmallTables()
    tables.files = [try SmallFile("F", copybook, kinds: ["10": [], "99": []], personal: personal, records)]
    tables.add("new", ["key", "tax:integer", "name"], rows)
    tables.add("parts", ["key", "number:integer", "amount:integer"], parts)
    return tables
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Key, tax, name, memo, amounts, FILLER.
    let records: [String]
    let rows: [[String?]]
    var parts: [[String?]] = []
    /// Key, item, old, rebuilt.
    let lines: [[String]]
    var memos = 0

    init(
      _ name: String, _ records: [String], _ rows: [[String?]], parts: [[String?]] = [], memos: Int = 0,
      _ lines: [[String]] = []
    ) {
      (testDescription, self.records, self.rows, self.parts) = (name, records, rows, parts)
      (self.lines, self.memos) = (lines, memos)
    }
  }

  private static let a = "10A010012ABCD  000000  "
  private static let rowA: [String?] = ["A01", "12", "ABCD"]

  static let cases: [Case] = [
    Case("a record and its row", [a], [rowA]),
    Case(
      "in any order, with a negative tax and spaces behind the name", [a, "10A02000uB     000000  "],
      [["A02", "-5", "B"], rowA]),
    Case("an empty name is none", ["10A010012      000000  "], [["A01", "12", nil]]),
    Case("the same record twice, and the same row", [a, a], [rowA, rowA]),
    Case("other kinds are passed over", [a, "99A010012ABCD  000000  "], [rowA]),
    Case("what is lost is counted", ["10A010012ABCDxy000000  "], [rowA], memos: 1),
    Case("parts at their places", ["10A010012ABCD  000007  "], [rowA], parts: [["A01", "2", "7"]]),
    Case(
      "a value", [a, "10A020001B     000000  "], [["A01", "13", "ABCD"], ["A02", "1", "B"]],
      [["A01", "R-TAX", "X'30303132'", "X'30303133'"]]),
    Case(
      "two values", [a], [["A01", "-12", "ABC"]],
      [["A01", "R-TAX", "X'30303132'", "X'30303172'"], ["A01", "R-NAME", "X'41424344'", "X'41424320'"]]),
    Case(
      "a value that the item cannot hold", [a], [["A01", "12345", "ABCD"]],
      [
        ["A01", "R-TAX", "X'30303132'", "X'ffffffff'"]
      ]),
    Case("a number that is not there", [a], [["A01", nil, "ABCD"]], [["A01", "R-TAX", "X'30303132'", "X'ffffffff'"]]),
    Case("no row", [a, "10A020001B     000000  "], [rowA], [["A02", "R-KEY", "1", "0"]]),
    Case("a row too many", [a], [rowA, ["A03", "12", "ABCD"]], [["A03", "R-KEY", "0", "1"]]),
    Case("a row twice", [a], [rowA, rowA], [["A01", "R-KEY", "0", "1"]]),
    Case("a record twice", [a, a], [rowA], [["A01", "R-KEY", "1", "0"]]),
    Case("FILLER", ["10A010012ABCD  000000 *"], [rowA], [["A01", "FILLER", "X'202a'", ""]]),
    Case(
      "a part's value", ["10A010012ABCD  005000  "], [rowA], parts: [["A01", "1", "6"]],
      [["A01", "R-AMOUNT[1]", "X'303035'", "X'303036'"]]),
    Case(
      "a part at another place", ["10A010012ABCD  005000  "], [rowA], parts: [["A01", "2", "5"]],
      [["A01", "R-AMOUNT[1]", "1", "2"]]),
    Case(
      "no part", ["10A010012ABCD  005006  "], [rowA], parts: [["A01", "1", "5"]], [["A01", "R-AMOUNT[2]", "1", "0"]]),
    Case("a part too many", [a], [rowA], parts: [["A01", "2", "5"]], [["A01", "R-AMOUNT[2]", "0", "1"]]),
    Case("a part of no record", [a], [rowA], parts: [["B01", "1", "5"]], [["B01", "R-AMOUNT[1]", "0", "1"]]),
  ]

  @Test(arguments: cases, Reading.ofRecords)
  func everyByteIsHadAgain(_ row: Case, reading: Reading) throws {
    let tables = try Self.tables(row.records, row.rows, row.parts)
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\n" + Self.check), reading: reading)[0]
    let count = row.records.count { $0.hasPrefix("10") }
    #expect(result.status == (row.lines.isEmpty ? .passed : .failed))
    #expect(
      result.why.en
        == (row.lines.isEmpty
          ? "\(count) records rebuilt from \(row.rows.count + row.parts.count) rows, equal in every byte"
          : "\(row.lines.count) differences"))
    #expect(result.lines.map(\.key) == row.lines)
    #expect(result.lines.allSatisfy { $0.expected.isEmpty && $0.actual.isEmpty })
    #expect(result.lines.allSatisfy { $0.sides?.expected.isSaid == true && $0.sides?.actual.isSaid == true })
    // What the key says of an item's bytes is what the sides say.
    for line in result.lines where line.key[2].hasPrefix("X'") && line.key[1] != "FILLER" {
      #expect(line.sides?.expected.values.map(\.text) == [line.key[2]])
      #expect(line.sides?.actual.values.map(\.text) == (line.key[3] == "X'ffffffff'" ? [] : [line.key[3]]))
    }
    #expect(result.expectedRows == count && result.actualRows == row.rows.count + row.parts.count)
    #expect(result.keyNames == ["key", "項目", "旧", "復元"])
    #expect(result.expectedFrom == [.legacy] && result.actualFrom == [.target])
    let account = try #require(result.account)
    #expect(
      [account.length, account.kind, account.rebuilt, account.constant, account.lost, account.ignored]
        == [23, 2, 17, 2, 2, 0])
    #expect(account.losses.map { "\($0.item) \($0.records)" } == ["R-MEMO \(row.memos)"])
  }

  /// Many records, so that shards have blocks to divide; one of them differs.
  @Test(arguments: Reading.ofRecords)
  func blocksMayBeReadByAnyShard(reading: Reading) throws {
    let keys = (0..<1600).map { String(String($0 + 10000).dropFirst(2)) }
    let records = keys.enumerated().map { "10" + $1 + ($0 < 1000 ? "0001" : "0002") + "NAME  000000  " }
    var rows: [[String?]] = keys.enumerated().reversed().map { [$1, $0 < 1000 ? "1" : "2", "NAME"] }
    let definition = SmallCheck.definition("kind: rebuilt\n" + Self.check)
    #expect(try Self.tables(records, rows).results(definition, reading: reading)[0].status == .passed)
    rows[3][1] = "3"
    let failed = try Self.tables(records, rows).results(definition, reading: reading)[0]
    #expect(failed.lines.map(\.key) == [["596", "R-TAX", "X'30303032'", "X'30303033'"]])
  }

  @Test func aPersonalItemIsMasked() throws {
    let tables = try Self.tables([Self.a], [["A01", "12", "ABCE"]], personal: ["R-NAME"])
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\n" + Self.check))[0]
    #expect(result.lines.map(\.key) == [["A01", "R-NAME", "●●●", "●●●"]])
  }

  @Test func aDifferenceSaysItsRecord() throws {
    let tables = try Self.tables([Self.a, "10A020001B     000000  "], [Self.rowA, ["A02", "2", "B"]])
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\n" + Self.check))[0]
    #expect(result.lines.map(\.records) == [[RecordPlace(file: "F", record: 2)]])
  }

  @Test func noRecordAtAllIsNotKnown() throws {
    let definition = SmallCheck.definition("kind: rebuilt\n" + Self.check)
    for records in [[], ["99A010012ABCD  000000  "]] {
      let result = try Self.tables(records, []).results(definition)[0]
      #expect(result.status == .notRun && result.why.en == "inconclusive: there was no row to compare")
      #expect(try Self.tables(records, []).results(definition + "\n    may-be-empty: true")[0].status == .passed)
    }
  }

  /// A key that cannot be read identifies nothing.
  @Test func whatHasNoKeyIsUndecided() throws {
    let tables = try Self.tables([Self.a], [Self.rowA, [SmallTables.unreadable, "1", "X"]])
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\n" + Self.check))[0]
    #expect(result.status == .notRun && result.unreadable == 1)
  }

  /// What `filler` allows of bytes that no item has.
  @Test(arguments: [
    ("spaces", "  ", true), ("spaces", "\0\0", false), ("low-values", "\0\0", true), ("low-values", "  ", false),
    ("any", "??", true),
  ])
  func fillerIsWhatIsSaid(filler: String, bytes: String, holds: Bool) throws {
    let tables = try Self.tables([Self.a.dropLast(2) + bytes], [Self.rowA])
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\nfiller: \(filler)\n" + Self.check))[0]
    #expect(result.status == (holds ? .passed : .failed))
    let account = try #require(result.account)
    #expect([account.constant, account.ignored] == (filler == "any" ? [0, 2] : [2, 0]))
  }

  /// Where rows do not say which part they are, a reason is told, and parts may stand anywhere.
  @Test func partsWithoutOrder() throws {
    let check = Self.check.replacing("at: number", with: "unordered: {ja: 順序なし, en: no order}")
    let definition = SmallCheck.definition("kind: rebuilt\n" + check)
    let passed = try Self.tables(
      ["10A010012ABCD  005006  "], [Self.rowA], [["A01", "7", "6"], ["A01", "8", "5"]]
    ).results(definition)[0]
    #expect(passed.status == .passed)
    #expect(passed.account?.forms.map { "\($0.item) \($0.records) \($0.reason.en)" } == ["R-PART 2 no order"])
    let failed = try Self.tables(["10A010012ABCD  005006  "], [Self.rowA], [["A01", "1", "6"]]).results(definition)[0]
    #expect(failed.lines.map(\.key) == [["A01", "R-AMOUNT", "1", "0"]])
  }

  /// A record without a row holds what `otherwise` says, or nothing.
  @Test(arguments: [
    ("", "000", true), ("", "001", false), ("\n    otherwise: {R-AMOUNT: 999}", "999", true),
    ("\n    otherwise: {R-AMOUNT: 999}", "000", false),
  ])
  func withoutARowAnItemIsBlank(otherwise: String, amount: String, holds: Bool) throws {
    let check = Self.check.replacing("when: R-AMOUNT <> 0", with: "when: R-AMOUNT = 5" + otherwise)
    let tables = try Self.tables(["10A010012ABCD  \(amount)\(amount)  "], [Self.rowA])
    #expect(
      try tables.results(SmallCheck.definition("kind: rebuilt\n" + check))[0].status == (holds ? .passed : .failed))
  }

  /// Of several forms that mean the same one is compared; those with another are counted.
  @Test func otherFormsAreCounted() throws {
    let check = Self.check + "\ncanonical: {R-TAX: {ja: 符号, en: signs}}"
    // X'7B' is the 0 of a positive number, as transfers from mainframes write it.
    let tables = try Self.tables(["10A01001{ABCD  000000  "], [["A01", "10", "ABCD"]])
    #expect(try tables.results(SmallCheck.definition("kind: rebuilt\n" + Self.check))[0].status == .failed)
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\n" + check))[0]
    #expect(result.status == .passed)
    #expect(result.account?.forms.map { "\($0.item) \($0.records) \($0.reason.en)" } == ["R-TAX 1 signs"])
  }

  @Test func onlySomeRecordsAndRows() throws {
    let check = Self.check.replacing(
      "by: {key: key}\n    items: {R-KEY", with: "by: {key: key}\n    where: tax < 100\n    items: {R-KEY")
    let tables = try Self.tables(
      [Self.a, "10A020500B     000000  "], [Self.rowA, ["A02", "500", "Z"]])
    let result = try tables.results(SmallCheck.definition("kind: rebuilt\nwhere: R-TAX < 100\n" + check))[0]
    #expect(result.status == .passed && result.expectedRows == 1 && result.actualRows == 1, "\(result.lines)")
  }
}

/// `rebuilt` over records whose bytes say the same in several ways, or say nothing.
@Suite struct RebuiltFormTests {
  /// 平成31年5月31日 and 令和1年5月31日 are one day: either form is compared as the other, and counted, where a reason is given.
  @Test(
    arguments: [
      ("\u{50}\u{10}\u{53}\u{1F}", "", true, []), ("\u{43}\u{10}\u{53}\u{1F}", "", false, []),
      ("\u{50}\u{10}\u{53}\u{1F}", "eras: {ja: 元号, en: eras}", true, []),
      ("\u{43}\u{10}\u{53}\u{1F}", "eras: {ja: 元号, en: eras}", true, ["R-DAY 1 eras"]),
      ("\u{43}\u{10}\u{53}\u{0F}", "eras: {ja: 元号, en: eras}", false, []),
    ] as [(String, String, Bool, [String])])
  func aDayHasTwoEras(day: String, eras: String, holds: Bool, forms: [String]) throws {
    var tables = SmallTables()
    tables.files = [
      try SmallFile(
        "F", ["01 R.", "   05 R-KIND PIC X(2).", "   05 R-KEY PIC X(3).", "   05 R-DAY PIC 9(7) COMP-3."],
        kinds: ["10": []], meanings: ["R-DAY": .date(.eraDate)], ["10A01" + day])
    ]
    tables.add("new", ["key", "day:date"], [["A01", "2019-05-31"]])
    let result = try tables.results(
      SmallCheck.definition(
        """
        kind: rebuilt
        record: F[10]
        by: {key: R-KEY}
        from:
          - {table: new, by: {key: key}, items: {R-KEY: key, R-DAY: day}}
        \(eras)
        """))[0]
    #expect(result.status == (holds ? .passed : .failed), "\(result.lines)")
    if holds { #expect(result.account?.forms.map { "\($0.item) \($0.records) \($0.reason.en)" } == forms) }
  }

  /// A table of up to two parts: what stands behind its count is no part, and must be blank unless a reason is given.
  @Test(
    arguments: [
      ("2005006", [["1", "5"], ["2", "6"]], "", [], nil), ("1005000", [["1", "5"]], "", [], nil),
      ("1005   ", [["1", "5"]], "", [], nil), ("1005\0\0\0", [["1", "5"]], "", [], nil), ("0000000", [], "", [], nil),
      ("1005007", [["1", "5"]], "", [["A01", "R-AMOUNT[2]", "X'303037'", ""]], nil),
      (
        "1005007", [["1", "5"], ["2", "7"]], "",
        [
          ["A01", "R-AMOUNT[2]", "0", "1"], ["A01", "R-AMOUNT[2]", "X'303037'", ""],
        ], nil
      ),
      ("2005000", [["1", "5"]], "", [["A01", "R-AMOUNT[2]", "1", "0"]], nil),
      ("1005007", [["1", "5"]], "behind: {ja: 残り, en: rest}", [], "DEPENDING ON 1 rest"),
      ("1005000", [["1", "5"]], "behind: {ja: 残り, en: rest}", [], "DEPENDING ON 0 rest"),
    ] as [(String, [[String?]], String, [[String]], String?)])
  func whatStandsBehindACount(
    record: String, parts: [[String?]], behind: String, lines: [[String]], form: String?
  ) throws {
    var tables = SmallTables()
    tables.files = [
      try SmallFile(
        "F",
        [
          "01 R.", "   05 R-KIND PIC X(2).", "   05 R-KEY PIC X(3).", "   05 R-COUNT PIC 9.",
          "   05 R-PART OCCURS 0 TO 2 DEPENDING ON R-COUNT.", "      10 R-AMOUNT PIC 9(3).",
        ], kinds: ["10": []], ["10A01" + record])
    ]
    tables.add("new", ["key", "count:integer"], [["A01", String(record.prefix(1))]])
    tables.add("parts", ["key", "number:integer", "amount:integer"], parts.map { ["A01"] + $0 })
    let result = try tables.results(
      SmallCheck.definition(
        """
        kind: rebuilt
        record: F[10]
        by: {key: R-KEY}
        from:
          - {table: new, by: {key: key}, items: {R-KEY: key, R-COUNT: count}}
          - {table: parts, by: {key: key}, each: R-PART, at: number, items: {R-AMOUNT: amount}}
        \(behind)
        """))[0]
    #expect(result.lines.map(\.key) == lines)
    #expect(result.status == (lines.isEmpty ? .passed : .failed))
    if lines.isEmpty {
      #expect(
        result.account?.forms.map { "\($0.item) \($0.records) \($0.reason.en)" } == (form.map { [$0] } ?? []))
    }
  }
}

/// What a definition of `rebuilt` must say: every byte of the record, once.
@Suite struct RebuiltDefinitionTests {
  private static let copybook = [
    "01 R.", "   05 R-KIND PIC X(2).", "   05 R-KEY PIC X(3).", "   05 R-TAX PIC 9(4).", "   05 R-RATE COMP-1.",
    "   05 R-PART OCCURS 2.", "      10 R-AMOUNT PIC 9(3).",
  ]

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var record = "F[10]"
    var by = "{key: R-KEY}"
    var rowKey = "{key: key}"
    var items = "{R-KEY: key, R-TAX: tax}"
    var rest = ""
    var parts = "each: R-PART\nat: number"
    var partItems = "{R-AMOUNT: amount}"
    var lost = "{R-RATE: {ja: j, en: e}}"
    /// `nil` where the definition is good.
    let message: String?

    init(_ name: String, _ message: String?, _ change: (inout Case) -> Void = { _ in }) {
      testDescription = name
      self.message = message
      change(&self)
    }

    var definition: String {
      SmallCheck.definition(
        """
        kind: rebuilt
        record: \(record)
        by: \(by)
        from:
          - table: new
            by: \(rowKey)
            items: \(items)
          - table: parts
            by: {key: key}
            \(parts.replacing("\n", with: "\n    "))
            items: \(partItems)
        lost: \(lost)
        \(rest)
        """)
    }
  }

  static let cases: [Case] = [
    Case("as it should be", nil),
    Case("a record kind", "found “new”, expected a kind of records: FILE[kind]") { $0.record = "new" },
    Case("a known kind", "found “F[20]”, expected 10") { $0.record = "F[20]" },
    Case("a known file", "found “G[10]”, expected a file: F") { $0.record = "G[10]" },
    Case("an item of the record", "expected an item of F[10]: R-TAX") { $0.items = "{R-KEY: key, R-TA: tax}" },
    Case("a column of the table", "“taxes”") { $0.items = "{R-KEY: key, R-TAX: taxes}" },
    Case("a value of the item's type", "found text, expected integer") { $0.items = "{R-KEY: key, R-TAX: key}" },
    Case("every item", "found “nothing for R-TAX”, expected every item under `items` or `lost`") {
      $0.items = "{R-KEY: key}"
    },
    Case("each item once", "found “R-TAX”, expected each item once") {
      $0.lost = "{R-RATE: {ja: j, en: e}, R-TAX: {ja: j, en: e}}"
    },
    Case("a reason for what is lost", "“en” is missing") { $0.lost = "{R-RATE: {ja: j}}" },
    Case("an item that can be rebuilt", "found “R-RATE”, expected an item that can be rebuilt") {
      $0.items = "{R-KEY: key, R-TAX: tax, R-RATE: key}"
      $0.lost = "{}"
    },
    Case("the same key of record and row", "found “number”, expected key") { $0.rowKey = "{number: key}" },
    Case("a key of one type", "found integer, expected text") { $0.rowKey = "{key: tax}" },
    Case("an item outside tables", "found “R-AMOUNT”, expected an item outside tables, or `each: R-PART`") {
      $0.items = "{R-KEY: key, R-TAX: tax, R-AMOUNT: tax}"
    },
    Case("an item of the table", "found “R-TAX”, expected an item of the table R-PART") {
      $0.items = "{R-KEY: key}"
      $0.partItems = "{R-AMOUNT: amount, R-TAX: amount}"
    },
    Case("a table of the record", "found “R-PARTS”, expected a table (OCCURS) of F[10]") { $0.parts = "each: R-PARTS" },
    Case("the number of the occurrence", "found “R-PART”, expected `at`, the number of the occurrence, or `unordered`")
    {
      $0.parts = "each: R-PART"
    },
    Case("not both", "expected `at`, the number of the occurrence, or `unordered`") {
      $0.parts = "each: R-PART\nat: number\nunordered: {ja: j, en: e}"
    },
    Case("why there is no order", "“en” is missing") { $0.parts = "each: R-PART\nunordered: {ja: j}" },
    Case("a known key", "there is no key “wher” here") { $0.parts = "each: R-PART\nat: number\nwher: x" },
    Case("one of the fillers", "found “zeros”, expected spaces, low-values, any") { $0.rest = "filler: zeros" },
    Case("other forms of what is rebuilt", "found “R-RATE”, expected an item that is rebuilt") {
      $0.rest = "canonical: {R-RATE: {ja: j, en: e}}"
    },
    Case("a constant of the item's type", "found “x”, expected a constant of the item's type") {
      $0.parts = "each: R-PART\nat: number\notherwise: {R-AMOUNT: x}"
    },
    Case("a constant that the item holds", "found “1000”, expected a value that R-AMOUNT can hold") {
      $0.parts = "each: R-PART\nat: number\notherwise: {R-AMOUNT: 1000}"
    },
    Case("a constant for one of the items", "found “R-TAX”, expected one of these items: R-AMOUNT") {
      $0.parts = "each: R-PART\nat: number\notherwise: {R-TAX: 1}"
    },
  ]

  @Test(arguments: cases) func whatIsNoDefinitionIsRefused(_ row: Case) throws {
    var tables = SmallTables()
    tables.files = [try SmallFile("F", Self.copybook, kinds: ["10": []])]
    tables.add("new", ["key", "tax:integer"], [])
    tables.add("parts", ["key", "number:integer", "amount:integer"], [])
    let problems = tables.problems(row.definition)
    #expect(problems.isEmpty == (row.message == nil), "\(problems)")
    if let message = row.message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }
}
