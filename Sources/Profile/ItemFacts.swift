import Base
import Records

/// What speaks for the meaning of an item whose copybook says only its picture: of every value of a file, counted in one
/// pass and bounded memory (some 10 KB for each item).
package struct ItemFacts: Sendable {
  /// A meaning that values may have, and how many of them fit.
  package struct Fit: Sendable {
    /// Values other than 0 and blanks.
    package fileprivate(set) var asked = 0
    package fileprivate(set) var fits = 0
    /// The records (from 1) of the first values that do not fit.
    package fileprivate(set) var against: [Int] = []

    /// The share of values that fit; 0 when there is no value.
    package var share: Double { asked == 0 ? 0 : Double(fits) / Double(asked) }

    fileprivate mutating func add(_ fits: Bool, _ record: Int) {
      asked += 1
      if fits { self.fits += 1 } else if against.count < 3 { against.append(record) }
    }
  }

  package private(set) var values = 0
  /// Spaces, low-values, empty texts, numbers that are 0.
  package private(set) var blanks = 0
  /// Numeric items without digits: spaces or low-values.
  package private(set) var nulls = 0
  /// Those of ``nulls`` that the record does not have at all: it ends before them, or its table has fewer entries.
  package private(set) var absent = 0
  package private(set) var faults = 0
  /// The record of the first fault, and the fault.
  package private(set) var firstFault: (record: Int, fault: Fault)?
  package private(set) var negatives = 0
  /// GYYMMDD, GYYMM, GYY, YYYYMMDD, HHMMSS.
  package private(set) var eraDate = Fit()
  package private(set) var eraMonth = Fit()
  package private(set) var eraYear = Fit()
  package private(set) var civilDate = Fit()
  package private(set) var clock = Fit()
  /// Numbers with fewer digits than the item has, so that they would lose zeros.
  package private(set) var shorter = 0
  /// The sum of all numbers.
  package private(set) var sum: Int128 = 0
  package private(set) var largest: Int64 = .min
  package private(set) var smallest: Int64 = .max
  /// The values met, by their hash, with how often; `nil` when there are more than ``mostValues``.
  private var met: [UInt64: Int]? = [:]
  /// The texts of the values met, in the order in which they were.
  package private(set) var texts: [String] = []
  package static let mostValues = 100
  private let digits: Int

  /// - Parameter digits: the digits of a numeric item; 0 for a text.
  package init(digits: Int) { self.digits = digits }

  /// The number of different values; `nil` for more than ``mostValues``.
  package var distinct: Int? { met?.count }

  /// Adds the rows of a column; `records` are their numbers in the file, `has` says whether a row's record has the item.
  package mutating func add(_ column: Column, records: [Int], has: (Int) -> Bool = { _ in true }) {
    for row in 0..<column.count {
      values += 1
      switch column.states[row] {
      case 0:
        switch column.type {
        case .text: add(column.text(row), records[row])
        case .decimal: add(Int64(truncatingIfNeeded: column.wides[row]), records[row])
        default: add(column.integers[row], records[row])
        }
      case 1:
        nulls += 1
        blanks += 1
        if !has(row) { absent += 1 }
      default:
        faults += 1
        if firstFault == nil, let fault = column.fault(row) { firstFault = (records[row], fault) }
      }
    }
  }

  private mutating func add(_ number: Int64, _ record: Int) {
    if number == 0 {
      blanks += 1
      return
    }
    sum += Int128(number)
    if number < 0 { negatives += 1 }
    largest = max(largest, number)
    smallest = min(smallest, number)
    if number > 0, digits > 1, digits < 19, number < Self.power(digits - 1) { shorter += 1 }
    switch digits {
    case 7: eraDate.add(Self.isEra(Era.date(number)), record)
    case 5: eraMonth.add(Self.isEra(Era.month(number)), record)
    case 3: eraYear.add(Self.isEra(Era.year(number)), record)
    case 8: civilDate.add(Self.isDate(number), record)
    case 6: clock.add(Self.isTime(number), record)
    default: break
    }
    meet(UInt64(bitPattern: number)) { String(number) }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ record: Int) {
    if text.allSatisfy({ $0 == 0x20 }) {
      blanks += 1
      return
    }
    if text.count == 8 || text.count == 6, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      let number = text.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
      if number > 0 {
        text.count == 8 ? civilDate.add(Self.isDate(number), record) : clock.add(Self.isTime(number), record)
      }
    } else if text.count < 20 {
      civilDate.add(false, record)
      clock.add(false, record)
    }
    meet(XXH3.hash64(UnsafeRawBufferPointer(text))) { String(decoding: text, as: UTF8.self) }
  }

  private mutating func meet(_ hash: UInt64, _ text: () -> String) {
    guard let count = met?[hash] else {
      if met == nil { return }
      if met?.count == Self.mostValues {
        met = nil
        texts = []
        return
      }
      met?[hash] = 1
      texts.append(text())
      return
    }
    met?[hash] = count + 1
  }

  private static func isEra(_ reading: Era.Reading) -> Bool { reading != .impossible }

  /// A date of the calendar from 1868 to 2199, or no end.
  private static func isDate(_ number: Int64) -> Bool {
    number == CivilDate.noEnd || number == 9999_12_31
      || (number / 10_000 >= 1868 && number / 10_000 <= 2199
        && CivilDate.exists(
          year: Int(number / 10_000), month: Int(number / 100 % 100), day: Int(number % 100)))
  }

  private static func isTime(_ number: Int64) -> Bool {
    number / 10_000 < 24 && number / 100 % 100 < 60 && number % 100 < 60
  }

  private static func power(_ digits: Int) -> Int64 { (0..<digits).reduce(1) { product, _ in product * 10 } }
}
