import Records

/// The meaning of a numeric item full of spaces, or full of low-values (X'00'): COBOL leaves it undefined, so the city
/// must define it.
///
/// Any treatment other than ``Treatment/fault`` is counted as the oddity `blank`.
package struct BlankRule: Hashable, Sendable {
  package enum Treatment: String, Hashable, Sendable, CaseIterable {
    /// No value.
    case null
    /// The number 0.
    case zero
    /// An invalid value, `decode.number.blank`.
    case fault
  }

  /// For spaces of the character set. Unless this is `fault`, spaces before the first digit of a zoned number are read
  /// as zeros, and counted.
  package var spaces: Treatment
  /// For X'00'. When this is `null`, a text of low-values is null as well, and low-values at a text's end are padding.
  package var lowValues: Treatment

  package init(spaces: Treatment = .fault, lowValues: Treatment = .fault) {
    self.spaces = spaces
    self.lowValues = lowValues
  }

  /// The treatment of `length` bytes at `field` when they are all spaces or all low-values; `nil` when they are
  /// neither.
  func treatment(_ field: UnsafePointer<UInt8>, _ length: Int, space: UInt8) -> Treatment? {
    let first = field[0]
    guard first == 0 || first == space else { return nil }
    for index in 1..<max(length, 1) where field[index] != first { return nil }
    return first == 0 ? lowValues : spaces
  }
}

/// Bytes that no item of a record covers.
enum Blank {
  /// The number of bytes in a part of a record; 0 when all are spaces or all are low-values.
  static func rest(_ record: UnsafePointer<UInt8>, from: Int, to: Int, space: UInt8) -> Int {
    guard from < to else { return 0 }
    let first = record[from]
    let isBlank = (first == 0 || first == space) && (from..<to).allSatisfy { record[$0] == first }
    return isBlank ? 0 : to - from
  }
}

extension NumberStore {
  /// Stores the value of a blank field, and counts it when it is not a fault.
  func put(_ treatment: BlankRule.Treatment, _ row: Int, _ oddities: inout OddityCount) {
    switch treatment {
    case .null: putNull(row)
    case .zero: put(0, row)
    case .fault: return put(Fault.blank, row)
    }
    oddities[.blank] += 1
  }
}
