import Base
import Diff
import Foundation
import Testing

/// The comparison and its twin: every method, over data of every kind.
@Suite struct ComparisonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let terms: Terms
    var keys = 40
    var rows = 60
    /// The number of differing rows among a hundred on the right.
    var changes = 20
    var isLopsided = false
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "no rows", terms: terms([("k", .text), ("v", .text)], key: [0]), rows: 0),
    Case(name: "one side empty", terms: terms([("k", .text), ("v", .text)], key: [0]), isLopsided: true),
    Case(name: "one column, which is the key", terms: terms([("k", .text)], key: [0])),
    Case(name: "many duplicates", terms: terms([("k", .text), ("v", .text)], key: [0]), keys: 5, rows: 80),
    Case(name: "one key", terms: terms([("k", .text), ("v", .text)], key: [0]), keys: 1),
    Case(name: "identical", terms: terms([("k", .text), ("v", .text)], key: [0]), changes: 0),
    Case(
      name: "everything different", terms: terms([("k", .text), ("v", .text)], key: [0]), keys: 4_000, changes: 100),
    Case(name: "numbers", terms: terms([("k", .number), ("v", .number)], key: [0])),
    Case(name: "key in the middle", terms: terms([("a", .text), ("k", .number), ("v", .text)], key: [1])),
    Case(name: "key at the end", terms: terms([("a", .text), ("k", .text)], key: [1])),
    Case(
      name: "key of three columns, backwards",
      terms: terms([("a", .text), ("b", .number), ("c", .any), ("v", .text)], key: [2, 1, 0]), keys: 3),
    Case(name: "any kind", terms: terms([("k", .any), ("v", .any)], key: [0])),
    Case(
      name: "tolerance",
      terms: terms([("k", .text), ("v", .number)], key: [0]) { $0[1].tolerance = ExactNumber("1".utf8) },
      keys: 4_000),
    Case(
      name: "rows that fill blocks", terms: terms([("k", .number), ("v", .text)], key: [0]), keys: 900, rows: 2_000),
  ]

  private static let texts = [
    "", " ", "a", "a|b", "a,b", "a\"b", "\"", "\"\"", "a\nb", "a\r", "\u{0}", "\u{0}\u{2}", "<null>", "\\N", "01", "1",
    "-1",
    "10", "9", "1.50", "漢字", "\"\u{3099}", "\u{1}", "L", "R",
  ]

  private static func value(_ kind: ComparisonKind, _ keys: Int, _ random: inout Seeded) -> TestValue {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .null
    case 1: return .invalid(["", "X'40'", "01"].randomElement(using: &random)!)
    case 2...4 where kind != .number: return .text(texts.randomElement(using: &random)!)
    case 5 where kind == .any, 2...6 where kind == .number:
      return .number(String(Int.random(in: -keys...keys, using: &random)))
    default: return .text(String(Int.random(in: -keys...keys, using: &random)))
    }
  }

  private static func sides(_ input: Case, _ random: inout Seeded) -> (left: [[TestValue]], right: [[TestValue]]) {
    let left = (0..<input.rows).map { _ in input.terms.columns.map { value($0.kind, input.keys, &random) } }
    guard !input.isLopsided else { return (left, []) }
    var right: [[TestValue]] = []
    for row in left {
      if Int.random(in: 0..<100, using: &random) >= input.changes {
        right.append(row)
        continue
      }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: continue
      case 1: right += [row, row]
      case 2: right.append(input.terms.columns.map { value($0.kind, input.keys, &random) })
      default:
        var row = row
        let column = input.terms.columns.indices.randomElement(using: &random)!
        row[column] = value(input.terms.columns[column].kind, input.keys, &random)
        right.append(row)
      }
    }
    return (left, right.shuffled(using: &random))
  }

  @Test(arguments: cases) func everyWayFindsWhatTheTwinFinds(_ input: Case) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      var random = Seeded(seed)
      let (left, right) = Self.sides(input, &random)
      let twin = Twin(input.terms, left, right)
      var all: [Found] = []
      for jobs in [1, 2] {
        for block in [1, 1_000] {
          let sides = (
            TestSide(rows: left.shuffled(using: &random), rowsInABlock: block),
            TestSide(rows: right.shuffled(using: &random), rowsInABlock: block)
          )
          let digests = try Comparison(input.terms, scratch: Scratch(), jobs: jobs).run(sides.0, sides.1)
          guard case .digests = digests.way else { throw Failed("no digests") }
          all.append(try Found(digests))
          for order in KeyOrder.allCases {
            let (a, b) = (
              try sides.0.ordered(input.terms, .left, order), try sides.1.ordered(input.terms, .right, order)
            )
            let merged = try Comparison(input.terms, scratch: Scratch(), jobs: jobs).run(a, b)
            #expect(merged.way == .merged(order))
            all.append(try Found(merged))
          }
          var liar = sides
          (liar.0.claims, liar.1.claims) = ([.bytes], [.bytes])
          all.append(try Found(try Comparison(input.terms, scratch: Scratch(), jobs: jobs).run(liar.0, liar.1)))
        }
      }
      #expect(all[0].counts == twin.counts, "seed \(seed): \(all[0].log)")
      for found in all where found != all[0] { Issue.record("seed \(seed): \(found) and \(all[0])") }
      for kind in DifferenceKind.allCases {
        #expect(
          all[0].log.count { $0.hasPrefix(kind.name + " ") } == twin.kinds[kind, default: 0], "seed \(seed) \(kind)")
      }
      #expect(all[0].left.rows == left.count && all[0].right.rows == right.count)
      #expect(all[0].counts.same + all[0].counts.changed + all[0].counts.leftOnly == left.count)
      #expect(all[0].counts.same + all[0].counts.changed + all[0].counts.rightOnly == right.count)
    }
  }

  struct Failed: Error {
    let why: String
    init(_ why: String) { self.why = why }
  }

  // MARK: work

  private static let plain = terms([("k", .text), ("v", .text)], key: [0])

  private static func rows(_ count: Int) -> [[TestValue]] {
    (0..<count).map { [.text(String($0)), .text("value \($0 % 7)")] }
  }

  @Test func identicalSidesReadNothingTwice() throws {
    let rows = Self.rows(20_000)
    let outcome = try Comparison(Self.plain, scratch: Scratch()).run(
      TestSide(rows: rows), TestSide(rows: rows.reversed()))
    #expect(outcome.way == .digests(buckets: 0, leftAgain: 0, rightAgain: 0))
    #expect(outcome.counts.same == 20_000 && outcome.log.count == 0)
  }

  @Test func aFewDifferencesReadFewRowsAgain() throws {
    let rows = Self.rows(20_000)
    var other = rows
    for place in [5, 900, 19_999] { other[place][1] = .text("other") }
    let outcome = try Comparison(Self.plain, scratch: Scratch()).run(
      TestSide(rows: rows), TestSide(rows: other.reversed()))
    guard case .digests(let buckets, let left, let right) = outcome.way else { throw Failed("merged") }
    #expect(outcome.counts.changed == 3 && buckets == 3)
    #expect((3...9).contains(left) && (3...9).contains(right), "\(left) \(right)")
  }

  /// A side with another number of rows at the second reading cannot be compared.
  @Test func aSideThatChangesMeanwhileIsTrouble() throws {
    struct Unsteady: ComparedSide {
      func rows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> any RowSource {
        try TestSide(rows: ComparisonTests.rows(again ? 99 : 100)).rows(terms, side, again: again)
      }
      func orders(_ terms: Terms, _ side: Side) throws(Diagnostic) -> [KeyOrder] { [] }
      func orderedRows(_ terms: Terms, _ side: Side, checked: Bool) throws(Diagnostic) -> any RowSource {
        try rows(terms, side, again: false)
      }
    }
    let other = TestSide(rows: Self.rows(90))
    let failure = #expect(throws: Diagnostic.self) {
      try Comparison(Self.plain, scratch: Scratch()).run(Unsteady(), other)
    }
    #expect(failure?.code == .diffUnsteady)
  }

  /// Pairs of equal rows that are exchanged for other pairs cancel under XOR; sums do not.
  @Test func pairsDoNotCancel() throws {
    func pairs(_ value: String) -> [[TestValue]] { (0..<200).map { [.text(String($0 / 2)), .text(value)] } }
    let outcome = try Comparison(Self.plain, scratch: Scratch()).run(
      TestSide(rows: pairs("a")), TestSide(rows: pairs("b")))
    #expect(outcome.counts.same == 0 && outcome.counts.leftOnly == 200 && outcome.counts.rightOnly == 200)
    #expect(outcome.counts.leftDuplicates == 100 && outcome.counts.rightDuplicates == 100)
  }
}
