/// A line end behind every record of a fixed-length file, left there by a transfer as text.
///
/// Read by its layout, each record of such a file begins a byte later than the previous one; when all items are texts,
/// nothing else shows it.
enum LineEnds {
  /// CR LF, LF and CR, and their EBCDIC counterparts: LF is X'25', NL is X'15'.
  private static let all: [[UInt8]] = [[0x0D, 0x0A], [0x0D, 0x25], [0x0D, 0x15], [0x0A], [0x25], [0x15], [0x0D]]

  /// The number of bytes examined, with a minimum number of records.
  static func sample(_ recordLength: Int) -> Int { max(1 << 16, 8 * (recordLength + 2)) }

  /// The line end behind every record; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - bytes: the file from its first record on, ``sample(_:)`` bytes of it or all.
  ///   - total: bytes of all records; `nil` when it is not known.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>, total: Int?, recordLength: Int) -> [UInt8]? {
    all.first { end in
      let stride = recordLength + end.count
      // The last record may lack the line end.
      if let total, total % stride != 0, total % stride != recordLength { return false }
      let count = bytes.count / stride
      // When the layout's length fits too, two records are too few to decide.
      guard count >= (total.map { $0 % recordLength != 0 } == true ? 1 : 3) else { return false }
      return (0..<count).allSatisfy { record in
        end.indices.allSatisfy { bytes[record * stride + recordLength + $0] == end[$0] }
      }
    }
  }
}
