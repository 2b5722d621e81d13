import Base
import Records

/// The profile of one field, folded over the rows of a file in one pass and bounded memory (about 200 KB per field).
///
/// Counts, minimum, maximum and sum are exact. An invalid value counts only as invalid.
package struct FieldProfile {
  package let name: String
  package let type: ValueType
  package let privacy: Privacy
  /// Rows with a value that is not an empty text.
  package private(set) var filled = 0
  package private(set) var nulls = 0
  /// Empty texts.
  package private(set) var empty = 0
  /// Numbers that are 0; `nil` for texts.
  package private(set) var zeros = 0
  package private(set) var negatives = 0
  /// Each fault with its count and the record (from 1) in which it first occurred.
  package private(set) var faults: [Fault: (count: Int, first: Int)] = [:]

  private var smallest: Int128?
  private var largest: Int128?
  private var total: (high: Int, low: Int128) = (0, 0)
  private var first: [UInt8]?
  private var last: [UInt8]?
  private var shortest = Int.max
  private var longest = 0
  private var frequent = FrequentValues()
  private var quantiles = Quantiles()
  /// Whether the values are texts, which have no quantiles.
  private let isText: Bool
  /// Texts that are floating-point numbers, whose order is that of the numbers.
  private let isFloatingPoint: Bool

  package init(name: String, type: ValueType, privacy: Privacy = .open, isFloatingPoint: Bool = false) {
    self.isFloatingPoint = isFloatingPoint
    self.name = name
    self.type = type
    self.privacy = privacy
    isText = type == .text
  }

  /// Adds a column's rows; `record` is the number of the first one's record, from 1, and rows are consecutive records.
  ///
  /// - Parameter rows: whether each row counts; `nil` counts all.
  package mutating func add(_ column: Column, record: Int, where rows: [Bool]? = nil) {
    for row in 0..<column.count where rows?[row] ?? true {
      switch column.states[row] {
      case 0: isText ? add(text: column.text(row)) : add(number: Self.number(column, row))
      case 1: nulls += 1
      default:
        let fault = column.fault(row) ?? .unreadable
        faults[fault, default: (0, record + row)].count += 1
      }
    }
  }

  private static func number(_ column: Column, _ row: Int) -> Int128 {
    if case .decimal = column.type { return column.wides[row] }
    return Int128(column.integers[row])
  }

  private mutating func add(number: Int128) {
    filled += 1
    if number == 0 { zeros += 1 } else if number < 0 { negatives += 1 }
    if smallest.map({ number < $0 }) ?? true { smallest = number }
    if largest.map({ number > $0 }) ?? true { largest = number }
    // Two words: the sum of any number of 38-digit values is exact.
    let (sum, overflow) = total.low.addingReportingOverflow(number)
    total.low = sum
    if overflow { total.high += number < 0 ? -1 : 1 }
    quantiles.add(number)
    withUnsafeBytes(of: number) { frequent.add($0.assumingMemoryBound(to: UInt8.self)) }
  }

  private mutating func add(text: UnsafeBufferPointer<UInt8>) {
    if text.isEmpty { empty += 1 } else { filled += 1 }
    shortest = min(shortest, text.count)
    longest = max(longest, text.count)
    frequent.add(text)
    guard !text.isEmpty else { return }
    if first.map({ precedes(text, $0) }) ?? true { first = Array(text) }
    if last.map({ precedes($0, text) }) ?? true { last = Array(text) }
  }

  private func precedes(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard isFloatingPoint, let a = Double(String(decoding: left, as: UTF8.self)),
      let b = Double(String(decoding: right, as: UTF8.self))
    else { return left.lexicographicallyPrecedes(right) }
    return a < b
  }

  // MARK: answers

  /// Whether anybody may see its values.
  package var isOpen: Bool { privacy == .open }
  package var invalid: Int { faults.values.reduce(0) { $0 + $1.count } }
  package var rows: Int { filled + empty + nulls + invalid }
  package var distinct: Int { frequent.distinct }
  /// True where ``distinct`` and the counts of ``mostFrequent(_:)`` are exact.
  package var isExact: Bool { frequent.isExact }
  /// The largest amount by which the count of a frequent value may exceed the shown one.
  package var countSlack: Int { frequent.slack }
  package var quantilesAreExact: Bool { quantiles.isExact }

  package var minimum: String? { isText ? first.map(Self.text) : smallest.map(text) }
  package var maximum: String? { isText ? last.map(Self.text) : largest.map(text) }
  /// The shortest and the longest text, in bytes of UTF-8.
  package var lengths: ClosedRange<Int>? { isText && shortest <= longest ? shortest...longest : nil }

  /// The sum of numbers; `nil` for texts and dates, and when it has more than 38 digits.
  package var sum: String? {
    switch type {
    case .integer, .decimal: total.high == 0 && filled > 0 ? text(total.low) : nil
    default: nil
    }
  }

  /// The quartiles and the outer hundredths: 1 %, 25 %, 50 %, 75 %, 99 %.
  package var quantileTexts: [String] {
    isText ? [] : quantiles.values(at: [0.01, 0.25, 0.5, 0.75, 0.99]).map(text)
  }

  package func mostFrequent(_ count: Int) -> [(value: String, count: Int)] {
    frequent.top(count) { left, right in
      isText ? left.lexicographicallyPrecedes(right) : Self.number(left) < Self.number(right)
    }.map { entry in
      let value = isText ? Self.text(entry.value) : text(Self.number(entry.value))
      return (value, entry.count)
    }
  }

  private func text(_ number: Int128) -> String {
    switch type {
    case .decimal(let scale): ExactDecimal.text(number, scale: scale)
    case .date: CivilDate.text(Int64(truncatingIfNeeded: number))
    default: String(number)
    }
  }

  private static func number(_ bytes: [UInt8]) -> Int128 {
    bytes.withUnsafeBytes { $0.loadUnaligned(as: Int128.self) }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
