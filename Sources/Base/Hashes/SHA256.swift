import CSHA256
import Foundation

/// SHA-256 over a stream of bytes (FIPS 180-4), with the processor's instructions when it has them. Not for several
/// threads at once.
package final class SHA256 {
  private var stream = sha256_stream()

  package init() { sha256_begin(&stream) }

  package func update(_ bytes: UnsafeRawBufferPointer) { sha256_update(&stream, bytes.baseAddress, bytes.count) }

  package func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The digest as `sha256:` and 64 hexadecimal digits. Ends the stream.
  package func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    sha256_finish(&stream, &bytes)
    return "sha256:" + Hex.text(bytes)
  }

  package static func digest(of data: some ContiguousBytes) -> String {
    let digest = SHA256()
    data.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  package static func digest(of text: String) -> String {
    let digest = SHA256()
    digest.update(text)
    return digest.finish()
  }
}

/// Bytes as hexadecimal text.
package enum Hex {
  private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? nibble + 48 : nibble + 87 }

  package static func text(_ byte: UInt8) -> String { text(CollectionOfOne(byte)) }

  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
