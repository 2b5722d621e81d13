/// A line end behind every record of a fixed-length file, which a transfer as text leaves there.
///
/// Read by its layout such a file gives records of which each begins a byte later than the one before; where all items are
/// texts, nothing else tells of it.
enum LineEnds {
  /// CR LF, LF and CR, and what EBCDIC has in their place: LF is X'25', NL is X'15'.
  private static let all: [[UInt8]] = [[0x0D, 0x0A], [0x0D, 0x25], [0x0D, 0x15], [0x0A], [0x25], [0x15], [0x0D]]

  /// So many bytes are looked at, and so many records at least.
  static func sample(_ recordLength: Int) -> Int { max(1 << 16, 8 * (recordLength + 2)) }

  /// The line end behind every record; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - bytes: the file from its first record on, ``sample(_:)`` of it or all.
  ///   - total: bytes of all records, `nil` where nobody knows.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>, total: Int?, recordLength: Int) -> [UInt8]? {
    all.first { end in
      let stride = recordLength + end.count
      // The last record may have none.
      if let total, total % stride != 0, total % stride != recordLength { return false }
      let count = bytes.count / stride
      // Where the layout's length fits too, two records are too few to tell.
      guard count >= (total.map { $0 % recordLength != 0 } == true ? 1 : 3) else { return false }
      return (0..<count).allSatisfy { record in
        end.indices.allSatisfy { bytes[record * stride + recordLength + $0] == end[$0] }
      }
    }
  }
}
