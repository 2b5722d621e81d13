import Foundation

/// Signatures (RFC 8032) with a key from a PEM file, as `openssl genpkey -algorithm ed25519` makes it. OpenSSL computes
/// them; it is loaded when a key is named.
package final class Ed25519 {
  private let library: LibCrypto
  private let key: LibCrypto.Key

  private init(_ library: LibCrypto, _ key: LibCrypto.Key) {
    self.library = library
    self.key = key
  }

  deinit { library.freeKey(key) }

  /// A new key; `nil` when OpenSSL cannot make one.
  ///
  /// - Throws: `library.missing`.
  package static func generate() throws(Diagnostic) -> Ed25519? {
    let library = try LibCrypto.load()
    guard let context = library.newGenerator(LibCrypto.ed25519, nil) else { return nil }
    defer { library.freeGenerator(context) }
    var key: LibCrypto.Key?
    guard library.beginGenerating(context) == 1, library.generate(context, &key) == 1, let key else { return nil }
    return Ed25519(library, key)
  }

  /// Reads a private or a public key; `nil` when the text holds neither, or a key of another kind.
  ///
  /// - Throws: `library.missing`.
  package static func read(pem: String) throws(Diagnostic) -> Ed25519? {
    let library = try LibCrypto.load()
    guard let memory = library.newMemory(library.memoryMethod()) else { return nil }
    defer { _ = library.freeMemory(memory) }
    let bytes = Array(pem.utf8)
    guard library.write(memory, bytes, Int32(bytes.count)) == bytes.count else { return nil }
    // A key protected by a password is not accepted.
    let key =
      pem.contains("PUBLIC KEY")
      ? library.readPublic(memory, nil, nil, nil) : library.readPrivate(memory, nil, { _, _, _, _ in 0 }, nil)
    guard let key else { return nil }
    let read = Ed25519(library, key)
    return library.keyKind(key) == LibCrypto.ed25519 ? read : nil
  }

  package var privatePEM: String? { pem { library.writePrivate($0, key, nil, nil, 0, nil, nil) } }
  package var publicPEM: String? { pem { library.writePublic($0, key) } }

  private func pem(_ write: (LibCrypto.Memory) -> Int32) -> String? {
    guard let memory = library.newMemory(library.memoryMethod()) else { return nil }
    defer { _ = library.freeMemory(memory) }
    guard write(memory) == 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = library.read(memory, &bytes, Int32(bytes.count))
    return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
  }

  /// The signature of a message: 64 bytes in hexadecimal. `nil` for a public key.
  package func sign(_ message: String) -> String? {
    guard let context = library.newDigest() else { return nil }
    defer { library.freeDigest(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = signature.count
    let bytes = Array(message.utf8)
    guard library.beginSigning(context, nil, nil, nil, key) == 1,
      library.sign(context, &signature, &count, bytes, bytes.count) == 1, count == 64
    else { return nil }
    return Hex.text(signature)
  }

  package func verifies(_ signature: String, of message: String) -> Bool {
    let digits = Array(signature.utf8)
    guard digits.count == 128 else { return false }
    var raw: [UInt8] = []
    for index in stride(from: 0, to: 128, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
        return false
      }
      raw.append(byte)
    }
    guard let context = library.newDigest() else { return false }
    defer { library.freeDigest(context) }
    let bytes = Array(message.utf8)
    return library.beginVerifying(context, nil, nil, nil, key) == 1
      && library.verify(context, raw, raw.count, bytes, bytes.count) == 1
  }
}
