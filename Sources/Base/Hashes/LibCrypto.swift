/// The functions of OpenSSL 3 (libcrypto) that make and verify signatures. Signing is left to a library that auditors
/// know.
struct LibCrypto: @unchecked Sendable {
  typealias Key = OpaquePointer
  typealias Memory = OpaquePointer
  typealias Context = OpaquePointer
  typealias Password = @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32

  let freeKey: @convention(c) (Key?) -> Void
  let keyKind: @convention(c) (Key?) -> Int32
  let newGenerator: @convention(c) (Int32, OpaquePointer?) -> Context?
  let freeGenerator: @convention(c) (Context?) -> Void
  let beginGenerating: @convention(c) (Context?) -> Int32
  let generate: @convention(c) (Context?, UnsafeMutablePointer<Key?>?) -> Int32

  let memoryMethod: @convention(c) () -> OpaquePointer?
  let newMemory: @convention(c) (OpaquePointer?) -> Memory?
  let freeMemory: @convention(c) (Memory?) -> Int32
  let write: @convention(c) (Memory?, UnsafeRawPointer?, Int32) -> Int32
  let read: @convention(c) (Memory?, UnsafeMutableRawPointer?, Int32) -> Int32

  let readPublic: @convention(c) (Memory?, UnsafeMutablePointer<Key?>?, Password?, UnsafeMutableRawPointer?) -> Key?
  let readPrivate: @convention(c) (Memory?, UnsafeMutablePointer<Key?>?, Password?, UnsafeMutableRawPointer?) -> Key?
  let writePublic: @convention(c) (Memory?, Key?) -> Int32
  let writePrivate:
    @convention(c) (
      Memory?, Key?, OpaquePointer?, UnsafePointer<UInt8>?, Int32, Password?, UnsafeMutableRawPointer?
    ) -> Int32

  let newDigest: @convention(c) () -> Context?
  let freeDigest: @convention(c) (Context?) -> Void
  let beginSigning:
    @convention(c) (Context?, UnsafeMutablePointer<OpaquePointer?>?, OpaquePointer?, OpaquePointer?, Key?) -> Int32
  let sign:
    @convention(c) (Context?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?, UnsafePointer<UInt8>?, Int)
      -> Int32
  let beginVerifying:
    @convention(c) (Context?, UnsafeMutablePointer<OpaquePointer?>?, OpaquePointer?, OpaquePointer?, Key?) -> Int32
  let verify: @convention(c) (Context?, UnsafePointer<UInt8>?, Int, UnsafePointer<UInt8>?, Int) -> Int32

  /// `EVP_PKEY_ED25519`.
  static let ed25519: Int32 = 1087

  private static let loaded = Result { () throws(Diagnostic) in try LibCrypto() }

  /// - Throws: `library.missing`.
  static func load() throws(Diagnostic) -> LibCrypto { try loaded.get() }

  private init() throws(Diagnostic) {
    let library = try SharedLibrary("libcrypto.so.3", package: "libssl3")
    func function<Function>(_ name: String) throws(Diagnostic) -> Function { try library.function(name, Function.self) }
    freeKey = try function("EVP_PKEY_free")
    keyKind = try function("EVP_PKEY_get_id")
    newGenerator = try function("EVP_PKEY_CTX_new_id")
    freeGenerator = try function("EVP_PKEY_CTX_free")
    beginGenerating = try function("EVP_PKEY_keygen_init")
    generate = try function("EVP_PKEY_keygen")
    memoryMethod = try function("BIO_s_mem")
    newMemory = try function("BIO_new")
    freeMemory = try function("BIO_free")
    write = try function("BIO_write")
    read = try function("BIO_read")
    readPublic = try function("PEM_read_bio_PUBKEY")
    readPrivate = try function("PEM_read_bio_PrivateKey")
    writePublic = try function("PEM_write_bio_PUBKEY")
    writePrivate = try function("PEM_write_bio_PrivateKey")
    newDigest = try function("EVP_MD_CTX_new")
    freeDigest = try function("EVP_MD_CTX_free")
    beginSigning = try function("EVP_DigestSignInit")
    sign = try function("EVP_DigestSign")
    beginVerifying = try function("EVP_DigestVerifyInit")
    verify = try function("EVP_DigestVerify")
  }
}
