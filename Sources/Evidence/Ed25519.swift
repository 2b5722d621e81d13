import COpenSSL
import Foundation

/// Signatures (RFC 8032) by a key that stands in a PEM file, as `openssl genpkey -algorithm ed25519` makes it. By OpenSSL.
package final class Ed25519 {
  private let key: OpaquePointer

  private init(_ key: OpaquePointer) { self.key = key }

  deinit { EVP_PKEY_free(key) }

  /// A new key.
  package static func generate() -> Ed25519? {
    guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1, let key else { return nil }
    return Ed25519(key)
  }

  /// Reads a private or a public key; `nil` when the text holds neither, or a key of another kind.
  package init?(pem: String) {
    guard let memory = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(memory) }
    let bytes = Array(pem.utf8)
    guard BIO_write(memory, bytes, Int32(bytes.count)) == bytes.count else { return nil }
    let isPublic = pem.contains("PUBLIC KEY")
    guard
      let key = isPublic
        ? PEM_read_bio_PUBKEY(memory, nil, nil, nil) : PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in 0 }, nil)
    else { return nil }
    guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
      EVP_PKEY_free(key)
      return nil
    }
    self.key = key
  }

  package var privatePEM: String? { pem { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) } }
  package var publicPEM: String? { pem { PEM_write_bio_PUBKEY($0, key) } }

  private func pem(_ write: (OpaquePointer) -> Int32) -> String? {
    guard let memory = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(memory) }
    guard write(memory) == 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = BIO_read(memory, &bytes, Int32(bytes.count))
    return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
  }

  /// The signature of a message: 64 bytes in hexadecimal. `nil` for a public key.
  package func sign(_ message: String) -> String? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = signature.count
    let bytes = Array(message.utf8)
    guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
      EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1, count == 64
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
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    let bytes = Array(message.utf8)
    return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
      && EVP_DigestVerify(context, raw, raw.count, bytes, bytes.count) == 1
  }
}
