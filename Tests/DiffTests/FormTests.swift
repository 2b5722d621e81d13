import Diff
import Testing

/// Values in their canonical form, and rows parsed again.
@Suite struct FormTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let found: TestValue
    let kind: ComparisonKind
    var isDeclared = false
    var adjust: @Sendable (inout ComparedColumn) -> Void = { _ in }
    /// `nil` for an unreadable value, `NULL` for null.
    let canonical: String?
    var testDescription: String { "\(found) as \(kind)\(isDeclared ? ", declared" : "")" }
  }

  private static func numbers(_ texts: [(String, String?)], isDeclared: Bool = false) -> [Case] {
    texts.map { Case(found: .text($0.0), kind: .number, isDeclared: isDeclared, canonical: $0.1) }
  }

  static let numbers =
    numbers([
      ("", nil), (" ", nil), ("-", nil), (".", nil), ("5.", nil), (".5", nil), ("01", nil), ("00", nil), ("-01", nil),
      ("+1", nil), (" 1", nil), ("1 ", nil), ("1,000", nil), ("1e3", nil), ("0x10", nil), ("１", nil), ("-0", "0"),
      ("-0.0", "0"), ("--1", nil), ("1.2.3", nil), ("1\u{0}", nil), ("∞", nil), ("nano", nil), ("info", nil),
      ("NaN", "NaN"), ("nan", "NaN"), ("inf", "Infinity"), ("-inf", "-Infinity"), ("-Infinity", "-Infinity"),
      ("0", "0"), ("-1", "-1"), ("0.0", "0"), ("0.50", "0.5"), ("-0.5", "-0.5"), ("12.500", "12.5"), ("100", "100"),
      ("9007199254740993", "9007199254740993"), ("4033600001", "4033600001"),
      ("123456789012345678901234567890123456789012345678", "123456789012345678901234567890123456789012345678"),
    ])
    + numbers(
      [
        ("", nil), ("   ", nil), ("1e3", nil), ("1,000", nil), ("- 1", nil), ("01", "1"), ("00", "0"), ("-0", "0"),
        ("-007", "-7"), ("+1", "1"), (" 1 ", "1"), ("000.500", "0.5"),
      ], isDeclared: true)
    + [
      ("1e999999", nil), ("1e", nil), ("inf", "Infinity"), ("NaN", "NaN"), ("1E+2", "100"), ("1.5e-3", "0.0015"),
      ("-0", "0"),
      ("12.50", "12.5"), ("0e5", "0"), ("1e-0", "1"), ("1234e-2", "12.34"), ("-5E0", "-5"),
    ].map { Case(found: .number($0.0), kind: .number, canonical: $0.1) }

  /// Amounts in the notation of people.
  static let amounts = [
    ("1,000", "1000"), ("△5", "-5"), ("▲1,234,567", "-1234567"), ("(1,000)", "-1000"), ("5-", "-5"), ("-5", "-5"),
    ("△ 5", "-5"), ("1,000.50", "1000.5"), (" 1,000 ", "1000"), ("0", "0"), ("△0", "0"), ("+5", nil), ("1,00", nil),
    ("1,0000", nil), (",100", nil), ("0001,000", nil), ("△-5", nil), ("(5", nil), ("(-5)", nil), ("", nil), ("△", nil),
    ("1.000,5", nil), ("1,000,", nil), ("１", nil), ("1e3", nil),
  ].map {
    Case(
      found: .text($0.0), kind: .number, isDeclared: true, adjust: { $0.isAccounting = true }, canonical: $0.1)
  }

  /// Texts that are brought into a normal form first.
  static let formed =
    [("－５", "-5"), ("１２", "12"), ("△１，２３４", "-1234"), ("　５　", "5"), ("　", nil)].map {
      Case(
        found: .text($0.0), kind: .number, isDeclared: true,
        adjust: {
          $0.isAccounting = true
          ($0.forms.trimming, $0.forms.width) = (.both, true)
        }, canonical: $0.1)
    }
    + [("令和１年５月１日", "2019-05-01"), ("　２０１９／５／１　", "2019-05-01"), ("", nil)].map {
      Case(
        found: .text($0.0), kind: .date, isDeclared: true,
        adjust: { ($0.forms.trimming, $0.forms.width) = (.both, true) }, canonical: $0.1)
    }

  /// Values of PostgreSQL's type `date` beyond days of four-digit years.
  static let distantDates = [
    ("infinity", "9999-99-99"), ("9999-99-99", "9999-99-99"), ("-infinity", "-infinity"),
    ("10000-01-01", "10000-01-01"),
    ("0044-03-15 BC", "0044-03-15 BC"), ("5874897-12-31", "5874897-12-31"), ("4713-01-01 BC", "4713-01-01 BC"),
    ("Infinity", nil), ("010000-01-01", nil), ("0044-13-15 BC", nil), ("0044-03-15 AD", nil), ("10000-01-32", nil),
    ("0000-01-01 BC", nil),
  ].map { Case(found: .text($0.0), kind: .date, canonical: $0.1) }

  static let dates =
    [
      ("", nil), ("2024-02-30", nil), ("2024-13-01", nil), ("2024-1-1", nil), ("20240101", nil), ("2024/01/01", nil),
      ("2024-01-01 ", nil), ("2024-00-05", nil), ("２０２４-01-01", nil), ("2024-02-29", "2024-02-29"),
      ("0000-00-00", "NULL"), ("2024-00-00", "2024-00-00"), ("2024-05-00", "2024-05-00"),
    ].map { Case(found: .text($0.0), kind: .date, canonical: $0.1) }
    + [
      ("", nil), ("20240230", nil), ("令和0年5月1日", nil), ("X1.5.1", nil), ("R1.5", nil), ("2024/+5/1", nil),
      ("+024/5/1", nil), ("R1.13.1", nil), ("24/5/1", nil), ("2024-5-1", "2024-05-01"), ("20240501", "2024-05-01"),
      ("2024/5/1", "2024-05-01"), ("5010501", "2019-05-01"), ("R1.5.1", "2019-05-01"), ("H31/04/30", "2019-04-30"),
      ("令和元年5月1日", "2019-05-01"), ("S64.1.7", "1989-01-07"), ("昭和64年1月7日", "1989-01-07"),
      ("2024-02-29", "2024-02-29"), ("昭和 5年 1月 1日", "1930-01-01"), ("昭和　5年　1月　1日", "1930-01-01"),
      ("2019/05/01 0:00:00", "2019-05-01"), ("2019-05-01T00:00:00", "2019-05-01"), ("2019-05-01 00:00:01", nil),
      ("2019-05-01 ", "2019-05-01"), ("　2019-05-01", "2019-05-01"), ("㋿1.5.1", "2019-05-01"),
      ("㍻31.4.30", "2019-04-30"),
    ].map { Case(found: .text($0.0), kind: .date, isDeclared: true, canonical: $0.1) }

  static let truths: [Case] = [
    Case(found: .text("t"), kind: .truth, canonical: nil), Case(found: .text("1"), kind: .truth, canonical: nil),
    Case(found: .text("TRUE"), kind: .truth, isDeclared: true, canonical: nil),
    Case(found: .text("true"), kind: .truth, canonical: "true"),
    Case(found: .text("1"), kind: .truth, isDeclared: true, canonical: "true"),
    Case(found: .text("f"), kind: .truth, isDeclared: true, canonical: "false"),
  ]

  @Test(arguments: numbers + amounts + formed + dates + distantDates + truths) func aValueHasOneForm(_ input: Case)
    throws
  {
    let terms = terms([("v", input.kind)], key: [0]) {
      $0[0].isDeclared = input.isDeclared
      input.adjust(&$0[0])
    }
    for side in Side.allCases {
      let (source, block) = (TestRows([[input.found]], terms, side, 1), RowBlock())
      #expect(try source.next(block))
      let row = CanonicalRow()
      row.read(block.row(0))
      #expect(row.count == 1)
      if input.canonical == "NULL" {
        #expect(row.values[0].value == .null)
      } else if let canonical = input.canonical {
        #expect(row.values[0].value == .plain && row.text(0) == canonical)
      } else {
        #expect(row.values[0].value == .unread && row.text(0) == input.found.text)
        #expect(source.unreadable == [1])
      }
    }
  }

  /// A value that a side could not read equals nothing; a text of another kind than the column's equals the same text.
  @Test(arguments: [ComparisonKind.number, .date, .truth]) func whatCannotBeReadEqualsItself(_ kind: ComparisonKind)
    throws
  {
    let terms = terms([("v", kind)], key: [0])
    func row(_ value: TestValue, _ side: Side) throws -> CanonicalRow {
      let (source, block) = (TestRows([[value]], terms, side, 1), RowBlock())
      #expect(try source.next(block))
      let row = CanonicalRow()
      let bytes = Array(block.row(0))
      kept.append(bytes)
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = copy.initialize(from: bytes)
      row.read(UnsafeBufferPointer(copy))
      return row
    }
    var kept: [[UInt8]] = []
    for (a, b, isSame) in [
      (TestValue.text("n/a"), TestValue.text("n/a"), true), (.text("n/a"), .text("N/A"), false),
      (.text(""), .text(""), true),
      (.text(""), .null, false), (.invalid("n/a"), .invalid("n/a"), false), (.invalid("n/a"), .text("n/a"), false),
    ] {
      kept = []
      let (left, right) = (try row(a, .left), try row(b, .right))
      #expect(CanonicalRow.isSame(left, right, 0, tolerance: nil) == isSame, "\(a) \(b)")
      #expect(CanonicalRow.isSame(left, right, 0, tolerance: ExactNumber("1".utf8)) == isSame, "\(a) \(b)")
      #expect((kept[0] == kept[1]) == isSame)
    }
  }

  // MARK: rows

  /// Every value is read back, and rows of different values never have the same bytes or the same key.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func rowsAreTakenApartAsTheyWerePutTogether(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let letters: [Unicode.Scalar] = [
      "\u{0}", "\u{1}", "\u{2}", "\n", "\r", ",", "\"", "a", "L", "N", "\u{3099}", "漢", "ÿ",
    ]
    let width = Int.random(in: 1...4, using: &random)
    let terms = terms((0..<width).map { ("c\($0)", .any) }, key: Array(0..<width))
    var rows: [[TestValue]] = []
    for _ in 0..<300 {
      rows.append(
        (0..<width).map { _ in
          let count = Int.random(in: 0...3, using: &random)
          let text = String(String.UnicodeScalarView((0..<count).map { _ in letters.randomElement(using: &random)! }))
          switch Int.random(in: 0..<6, using: &random) {
          case 0: return .null
          case 1: return .invalid(text)
          case 2: return .number(String(Int.random(in: -20...20, using: &random)))
          default: return .text(text)
          }
        })
    }
    let (source, block) = (TestRows(rows, terms, .left, 300), RowBlock())
    #expect(try source.next(block))
    let taken = CanonicalRow()
    var (byBytes, byKey): ([[UInt8]: [TestValue]], [[UInt8]: [TestValue]]) = ([:], [:])
    for (index, values) in rows.enumerated() {
      taken.read(block.row(index))
      try #require(taken.count == width, "\(values)")
      for (column, value) in values.enumerated() {
        let kind: CanonicalRow.Value =
          switch value {
          case .null: .null
          case .invalid: .invalid
          case .number: .number
          case .text: .plain
          }
        #expect(taken.values[column].value == kind)
        let text = taken.text(column).map { Array($0.utf8) }
        #expect(text == (value == .null ? nil : Array(value.text.utf8)), "\(value)")
      }
      let (bytes, key) = (Array(block.row(index)), Array(block.key(index)))
      #expect(byBytes[bytes, default: values].map(Exact.init) == values.map(Exact.init))
      #expect(byKey[key, default: values].map(Exact.init) == values.map(Exact.init))
      (byBytes[bytes], byKey[key]) = (values, values)
    }
  }

  /// Equality by scalars: Swift's texts are equal by canonical equivalence.
  private struct Exact: Hashable {
    let kind: CellKind
    let bytes: [UInt8]
    init(_ value: TestValue) { (kind, bytes) = (value.kind, Array(value.text.utf8)) }
  }

  private static func order(_ a: TestValue, _ b: TestValue, _ kind: ComparisonKind) throws -> Int {
    let terms = terms([("k", kind), ("z", .text)], key: [0, 1])
    let (source, block) = (TestRows([[a, .text("")], [b, .text("")]], terms, .left, 2), RowBlock())
    #expect(try source.next(block))
    return KeyOrder.bytes.compare(block.key(0), block.key(1))
  }

  @Test func keysStandInTheOrderOfTheirValues() throws {
    let numbers = [
      "-1000000000000000000000", "-100", "-99.5", "-10", "-9", "-1.5", "-1", "-0.5", "-0.05", "0", "0.05", "0.5", "1",
      "1.5",
      "2", "9", "10", "99", "100", "100.01", "123456789012345678901234567890",
    ]
    for (low, high) in zip(numbers, numbers.dropFirst()) {
      #expect(try Self.order(.number(low), .number(high), .number) < 0, "\(low) \(high)")
    }
    #expect(try Self.order(.null, .number("-1000"), .number) < 0)
    let texts = ["", "\u{0}", "\u{1}", "a", "a\u{0}", "a\u{0}b", "a\u{1}", "aa", "ア", "漢", "𠮷"]
    for (low, high) in zip(texts, texts.dropFirst()) where !low.isEmpty {
      #expect(try Self.order(.text(low), .text(high), .text) < 0, "\(low.utf8) \(high.utf8)")
    }
  }

  // MARK: normal forms

  struct FormCase: Sendable, CustomTestStringConvertible {
    let name: String
    let from: String
    let to: String
    let adjust: @Sendable (inout NormalForms) -> Void
    var testDescription: String { "\(name): “\(from)”" }
  }

  @Test(arguments: [
    FormCase(name: "nothing", from: " a　", to: " a　") { _ in },
    FormCase(name: "trim", from: "", to: "") { $0.trimming = .both },
    FormCase(name: "trim", from: " 　\t ", to: "") { $0.trimming = .both },
    FormCase(name: "trim", from: "　山田　太郎 \t", to: "山田　太郎") { $0.trimming = .both },
    FormCase(name: "trim right", from: " 山田　 ", to: " 山田") { $0.trimming = .right },
    FormCase(name: "trim leaves line ends", from: "a\n", to: "a\n") { $0.trimming = .both },
    FormCase(name: "nfc", from: "か\u{3099}", to: "が") { $0.composes = true },
    // A character that composition would replace by itself stays: a register of persons distinguishes these glyphs.
    FormCase(name: "nfc", from: "\u{958}\u{1D160}", to: "\u{958}\u{1D160}") { $0.composes = true },
    FormCase(
      name: "nfc", from: "\u{FA19}\u{FA10}\u{FA46}\u{F929}\u{2F80F}\u{212B}",
      to: "\u{FA19}\u{FA10}\u{FA46}\u{F929}\u{2F80F}\u{212B}"
    ) { $0.composes = true },
    FormCase(name: "nfc", from: "\u{FA19}か\u{3099}\u{FA19}は\u{309A}", to: "\u{FA19}が\u{FA19}ぱ") { $0.composes = true },
    FormCase(name: "ivs", from: "葛\u{E0100}城辻\u{FE00}", to: "葛城辻") { $0.variations = true },
    FormCase(name: "ivs alone", from: "葛\u{E0100}", to: "葛\u{E0100}") { $0.composes = true },
    FormCase(name: "jis", from: "〜‖−—¢£¬¦", to: "～∥－―￠￡￢￤") { $0.jis = true },
    FormCase(name: "jis", from: "～∥－―￠￡￢￤", to: "～∥－―￠￡￢￤") { $0.jis = true },
    FormCase(name: "jis and width", from: "１〜３−２", to: "1~3-2") {
      $0.jis = true
      $0.width = true
    },
    FormCase(name: "width", from: "Ａ１（－）￥　", to: "A1(-)¥ ") { $0.width = true },
    FormCase(name: "width of kana", from: "ｶﾞｷﾞｸﾟﾊﾟﾊﾞｳﾞﾂﾞｯ｡ﾟ", to: "ガギク゜パバヴヅッ。゜") { $0.width = true },
    FormCase(name: "kana", from: "やまだ ゖゝゞ", to: "ヤマダ ヶヽヾ") { $0.kana = true },
    FormCase(name: "case", from: "abcXYZé", to: "ABCXYZé") { $0.caseless = true },
    FormCase(name: "case and width", from: "ａbｃ", to: "ABC") {
      $0.caseless = true
      $0.width = true
    },
    FormCase(name: "all", from: " ﾔﾏﾀﾞ だ　", to: "ヤマダ ダ") {
      $0.trimming = .both
      $0.width = true
      $0.kana = true
    },
  ])
  func aTextHasItsNormalForm(_ input: FormCase) {
    var forms = NormalForms()
    input.adjust(&forms)
    let from = Array(input.from.utf8)
    let found = [UInt8](unsafeUninitializedCapacity: 3 * from.count + 8) { out, count in
      from.withUnsafeBufferPointer { count = forms.write($0, to: out.baseAddress!) }
    }
    #expect(found == Array(input.to.utf8), "\(String(decoding: found, as: UTF8.self))")
  }

  // MARK: exact numbers

  @Test(arguments: [
    ("1", "2", "0.99", false), ("-1", "1", "1", false), ("0", "-0.001", "0", false),
    ("9007199254740993", "9007199254740992", "0.5", false), ("1", "1.000", "0", true), ("-1", "1", "2", true),
    ("0.1", "0.3", "0.2", true), ("100", "99.99", "0.01", true), ("99", "101", "2", true), ("0", "0", "0", true),
    ("1000000000000000000000000000000000000000", "999999999999999999999999999999999999999", "1", true),
  ])
  func aDistanceIsExact(_ left: String, _ right: String, _ tolerance: String, _ isWithin: Bool) throws {
    let numbers = try [left, right, tolerance].map { try #require(ExactNumber($0.utf8)) }
    #expect(ExactNumber.isWithin(numbers[2], numbers[0], numbers[1]) == isWithin)
    #expect(ExactNumber.isWithin(numbers[2], numbers[1], numbers[0]) == isWithin)
  }

  @Test func exactNumbersAreReadWrittenAndOrdered() throws {
    for bad in ["", "-", ".", ".5", "+1", "1e3", " 1", "1 ", "1.2.3", "--1", "１"] {
      #expect(ExactNumber(bad.utf8) == nil, "\(bad)")
    }
    for (text, written) in [("0", "0"), ("-0", "0"), ("007", "7"), ("1.50", "1.5"), ("-0.05", "-0.05"), ("0.00", "0")] {
      #expect(try #require(ExactNumber(text.utf8)).description == written)
    }
    let ordered = try ["-10", "-9.5", "-0.1", "0", "0.05", "0.5", "1", "1.5", "10"].map {
      try #require(ExactNumber($0.utf8))
    }
    for (low, high) in zip(ordered, ordered.dropFirst()) { #expect(low < high && !(high < low)) }
  }
}
