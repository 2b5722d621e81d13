import Base
import Diff

/// One value of a test row.
enum TestValue: Hashable, Sendable {
  case null
  case text(String)
  case number(String)
  case invalid(String)

  var kind: CellKind {
    switch self {
    case .null: .null
    case .text: .text
    case .number: .number
    case .invalid: .invalid
    }
  }

  var text: String {
    switch self {
    case .null: ""
    case .text(let text), .number(let text), .invalid(let text): text
    }
  }
}

/// The rows of a side, held in memory.
struct TestSide: ComparedSide {
  var rows: [[TestValue]]
  /// The claimed orders; the comparison must verify them.
  var claims: [KeyOrder] = []
  var rowsInABlock = 7

  func rows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> any RowSource {
    TestRows(rows, terms, side, rowsInABlock)
  }
  func orders(_ terms: Terms, _ side: Side) throws(Diagnostic) -> [KeyOrder] { claims }
  func orderedRows(_ terms: Terms, _ side: Side, checked: Bool) throws(Diagnostic) -> any RowSource {
    TestRows(rows, terms, side, rowsInABlock)
  }

  /// The same rows in the order of their keys.
  func ordered(_ terms: Terms, _ side: Side, _ order: KeyOrder) throws -> TestSide {
    let keys = try keys(terms, side)
    var sorted = self
    sorted.rows = rows.indices.sorted { left, right in
      keys[left].withUnsafeBufferPointer { a in keys[right].withUnsafeBufferPointer { order.compare(a, $0) < 0 } }
    }.map { rows[$0] }
    sorted.claims = [order]
    return sorted
  }

  private func keys(_ terms: Terms, _ side: Side) throws -> [[UInt8]] {
    let (source, block) = (TestRows(rows, terms, side, rowsInABlock), RowBlock())
    var keys: [[UInt8]] = []
    while try source.next(block) { keys += (0..<block.count).map { Array(block.key($0)) } }
    return keys
  }
}

final class TestRows: RowSource {
  private var rest: ArraySlice<[TestValue]>
  private var canonicaliser: RowCanonicaliser
  private var row: CellRow
  private let rowsInABlock: Int

  init(_ rows: [[TestValue]], _ terms: Terms, _ side: Side, _ rowsInABlock: Int) {
    rest = rows[...]
    canonicaliser = RowCanonicaliser(terms, side)
    row = CellRow(rows.first?.count ?? terms.columns.count)
    self.rowsInABlock = rowsInABlock
  }

  var unreadable: [Int] { canonicaliser.unreadable }

  func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    block.removeAll()
    for values in rest.prefix(rowsInABlock) {
      row.removeAll()
      for (index, value) in values.enumerated() {
        if value == .null { row.setNull(index) } else { row.set(index, value.kind, value.text) }
      }
      canonicaliser.append(row, to: block)
    }
    rest = rest.dropFirst(rowsInABlock)
    return block.count > 0
  }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Terms over columns at the same place on both sides.
func terms(
  _ columns: [(name: String, kind: ComparisonKind)], key: [Int], _ adjust: (inout [ComparedColumn]) -> Void = { _ in }
)
  -> Terms
{
  var compared = columns.enumerated().map {
    ComparedColumn($0.element.name, left: $0.offset, right: $0.offset, kind: $0.element.kind)
  }
  adjust(&compared)
  return Terms(columns: compared, key: key)
}

/// The result of a comparison, in a form for comparing two methods.
struct Found: Hashable {
  var counts: DifferenceCounts
  var left: ContentSum
  var right: ContentSum
  var log: [String]
  var digest: String

  init(_ outcome: ComparisonOutcome) throws {
    counts = outcome.counts
    (left, right) = (outcome.left, outcome.right)
    var log: [String] = []
    let digest = SHA256()
    try outcome.log.forEach { entry in
      digest.update(UnsafeRawBufferPointer(entry.left))
      digest.update(UnsafeRawBufferPointer(entry.right))
      log.append(
        "\(entry.kind.name) \(Self.text(entry.left)) \(Self.text(entry.right)) \(entry.occurrences.left) \(entry.occurrences.right)"
      )
    }
    self.log = log
    self.digest = digest.finish()
  }

  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0.value < 32 ? "‹\($0.value)›" : String($0) }.joined()
  }
}
