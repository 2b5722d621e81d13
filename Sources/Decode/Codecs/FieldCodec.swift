import Records

/// The decoding of one item's bytes to values.
///
/// One call decodes an item for all records of a block, so that the choice of codec costs once per block. A codec is
/// created once, when the plan is compiled, and holds no state.
package protocol FieldCodec: Sendable {
  /// The type of the column.
  var type: ValueType { get }

  /// Appends one value per record of `block`, read at `offset` from the record's start.
  ///
  /// An invalid value gets its ``Fault`` as state and never a replacement; an oddity is accepted and counted.
  func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount)
}

/// The number of occurrences of each ``Oddity``.
package struct OddityCount: Hashable, Sendable {
  private var counts: [Int]

  package init() { counts = Array(repeating: 0, count: Oddity.allCases.count) }

  package subscript(oddity: Oddity) -> Int {
    get { counts[Int(oddity.rawValue)] }
    set { counts[Int(oddity.rawValue)] = newValue }
  }

  package static func += (left: inout OddityCount, right: OddityCount) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}
