import Base
import Foundation
import Testing

/// XXH3 compared with the reference library, for every class of lengths and beside each border (`Fixtures/xxh3.txt`).
@Suite struct XXH3Tests {
  /// The bytes of the vectors.
  private static let bytes: [UInt8] = {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<5000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }()

  @Test func itIsWhatTheReferenceLibrarySays() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/xxh3.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == 279)
    for line in lines {
      let fields = line.split(separator: " ")
      let length = try #require(Int(fields[0]))
      let wanted = try fields.dropFirst().map { try #require(UInt128($0, radix: 16)) }
      // At four alignments, as the bytes of a row may have any.
      for shift in 0..<4 {
        var moved = [UInt8](repeating: 0xFF, count: shift) + Self.bytes.prefix(length)
        moved.append(0xFF)
        let found = moved.withUnsafeBytes { memory -> [UInt128] in
          let text = UnsafeRawBufferPointer(rebasing: memory[shift..<shift + length])
          return [
            UInt128(XXH3.hash64(text)), XXH3.hash128(text), XXH3.hash128(text, seed: 0x0123_4567_89AB_CDEF),
          ]
        }
        #expect(found == wanted, "\(length) bytes, from \(shift)")
      }
    }
  }

  @Test func nothingHasAHash() {
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    #expect(XXH3.hash64(nothing) == 0x2D06_8005_38D3_94C2)
    #expect(XXH3.hash128(nothing) == 0x99AA_06D3_0147_98D8_6001_C324_468D_497F)
  }
}
