import Base
import Testing

@Suite struct ByteBufferTests {
  private static func append(_ bytes: [UInt8], to buffer: inout ByteBuffer) {
    bytes.withUnsafeBufferPointer { buffer.append($0) }
  }

  @Test func whatIsInUseStaysWhenItGrows() {
    var buffer = ByteBuffer()
    var expected: [UInt8] = []
    for round in 0..<100 {
      let more = (0..<round * 7).map { UInt8(truncatingIfNeeded: $0 ^ round) }
      Self.append(more, to: &buffer)
      expected += more
      #expect(Array(buffer.bytes) == expected && buffer.capacity >= buffer.count)
    }
  }

  @Test func itIsUsedAgain() {
    var buffer = ByteBuffer(capacity: 4)
    Self.append([1, 2, 3], to: &buffer)
    buffer.removeAll(for: 3)
    #expect(buffer.count == 0 && buffer.capacity == 4)
    buffer.removeAll(for: 9)
    #expect(buffer.count == 0 && buffer.capacity == 9)
    Self.append([], to: &buffer)
    #expect(buffer.bytes.isEmpty)
  }

  /// It doubles, but beyond a limit it grows by what it must.
  @Test(arguments: [(Int.max, 20), (12, 12), (5, 11)])
  func itGrowsWithinALimit(_ limit: Int, _ capacity: Int) {
    var buffer = ByteBuffer(capacity: 10)
    buffer.count = 10
    buffer.reserve(1, limit: limit)
    #expect(buffer.capacity == capacity)
  }
}
