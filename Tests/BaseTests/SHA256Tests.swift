import Base
import CSHA256
import Testing

/// SHA-256 compared with the vectors of NIST (FIPS 180-4 examples, CAVP), and its two implementations with each other.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]) func itIsWhatTheStandardSays(_ text: String, _ digest: String) {
    #expect(SHA256.digest(of: text) == "sha256:" + digest)
    // One byte at a time, and in chunks that end within blocks.
    for piece in [1, 63, 64, 65, 1000] {
      let stream = SHA256()
      let bytes = Array(text.utf8)
      if piece == 1, bytes.count > 1000 { continue }
      for start in stride(from: 0, to: bytes.count, by: piece) {
        bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { stream.update($0) }
      }
      #expect(stream.finish() == "sha256:" + digest, "\(piece)")
    }
  }

  /// The processor's instructions and the standard's own steps.
  @Test func bothWaysAgree() {
    var state: UInt64 = 42
    let bytes = (0..<2_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 40)
    }
    for length in Array(0..<300) + [511, 512, 513, 1999, 2000] {
      var digests = [[UInt8]](repeating: [UInt8](repeating: 0, count: 32), count: 2)
      #expect(sha256_of(bytes, length, 0, &digests[0]) == 1)
      // A processor without instructions for it has one implementation only.
      if sha256_of(bytes, length, 1, &digests[1]) == 1 { #expect(digests[0] == digests[1], "\(length)") }
      #expect(SHA256.digest(of: bytes.prefix(length).withUnsafeBytes { Array($0) }) == "sha256:" + Hex.text(digests[0]))
    }
  }
}
