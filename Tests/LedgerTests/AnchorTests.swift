import Base
import Foundation
import Ledger
import RegisterFixtures
import Testing

/// The head of the chain, fixed outside.
@Suite struct AnchorTests {
  private static func ledger(_ count: Int) throws -> Shelf {
    var random = Seeded(UInt64(count))
    let shelf = Shelf()
    try RandomActs.enter(count, in: try shelf.open(), &random)
    return shelf
  }

  private static func anchor(_ shelf: Shelf, _ key: Ed25519? = nil) throws -> Anchor {
    let head = try shelf.reading().read { try $0.head() }
    return try #require(Anchor(head, project: "桜ヶ瀬市", at: "2019-11-29T10:00:00Z", key: key))
  }

  private static func findings(_ shelf: Shelf, _ anchor: Anchor, _ key: Ed25519? = nil) throws -> [String] {
    try shelf.reading().read { try $0.verify(anchor, key: key) }.map { "\($0.kind): \($0.text.en)" }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether the anchor is signed, and the public key for its verification.
    let signed: Bool
    let heldTo: HeldTo
    /// The change in the anchor's file.
    let change: [String: JSONValue]
    let found: [String]
    var testDescription: String { name }

    enum HeldTo { case nothing, itsKey, another }

    init(_ name: String, signed: Bool, _ heldTo: HeldTo, _ change: [String: JSONValue] = [:], finds found: [String]) {
      (self.name, self.signed, self.heldTo, self.change, self.found) = (name, signed, heldTo, change, found)
    }
  }

  private static let wrong = "anchor: the anchor's signature is wrong."
  private static let notSigned = "anchor: the anchor was not signed with that key."
  private static let zeros = "sha256:" + String(repeating: "0", count: 64)

  @Test(arguments: [
    Case("not signed, but must be", signed: false, .itsKey, finds: [notSigned]),
    Case("signed by another", signed: true, .another, finds: [notSigned]),
    Case("another time", signed: true, .nothing, ["at": .text("2019-11-30T10:00:00Z")], finds: [wrong]),
    Case("another project", signed: true, .nothing, ["project": .text("隣市")], finds: [wrong]),
    Case("signature cut", signed: true, .nothing, ["signature": .text("00")], finds: [wrong]),
    Case("signature taken away", signed: true, .itsKey, ["signature": .text("")], finds: [notSigned]),
    Case("no key", signed: true, .nothing, ["public_key": .text("")], finds: [wrong]),
    Case(
      "another digest", signed: true, .itsKey, ["digest": .text(zeros)],
      finds: ["anchor: entry 9 is not the one whose digest was fixed: the ledger was written anew.", notSigned]),
    Case(
      "a number beyond the end", signed: false, .nothing, ["number": .integer(12)],
      finds: ["anchor: the ledger ends at entry 9, but reached 12 when its end was fixed: the tail was cut off."]),
    Case(
      "number and digest do not belong together", signed: false, .nothing, ["number": .integer(8)],
      finds: ["anchor: entry 8 is not the one whose digest was fixed: the ledger was written anew."]),
    Case(
      "a number before the beginning", signed: false, .nothing, ["number": .integer(0)],
      finds: ["anchor: entry 0 is not the one whose digest was fixed: the ledger was written anew."]),
    Case(
      "a negative number", signed: false, .nothing, ["number": .integer(-1)],
      finds: ["anchor: entry -1 is not the one whose digest was fixed: the ledger was written anew."]),
    Case("whole, not signed", signed: false, .nothing, finds: []),
    Case("whole, signed", signed: true, .nothing, finds: []),
    Case("whole, signed, held to its key", signed: true, .itsKey, finds: []),
  ])
  func anAnchorHoldsOrSaysWhatDoesNot(_ row: Case) throws {
    let shelf = try Self.ledger(9)
    defer { shelf.remove() }
    let (key, other) = (try #require(try Ed25519.generate()), try #require(try Ed25519.generate()))
    let made = try Self.anchor(shelf, row.signed ? key : nil)
    var fields = try #require(JSONValue(parsing: String(made.text.dropLast()))?.object)
    fields.merge(row.change) { $1 }
    let anchor = try #require(Anchor(JSONValue.object(fields).canonical))
    let signer = row.heldTo == .another ? other : key
    let pem = try #require(signer.publicPEM)
    #expect(try Self.findings(shelf, anchor, row.heldTo == .nothing ? nil : Ed25519.read(pem: pem)) == row.found)
  }

  @Test func anOldAnchorHoldsOfALedgerThatHasGrown() throws {
    var random = Seeded(4)
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    let key = try #require(try Ed25519.generate())
    var anchors = [try Self.anchor(shelf, key)]
    for second in 0..<20 {
      try append([RandomActs.amendment(&random)], in: ledger, at: Clock.text(second))
      anchors.append(try Self.anchor(shelf, key))
    }
    for anchor in anchors { #expect(try Self.findings(shelf, anchor, key) == [], "\(anchor.head.number)") }
  }

  @Test func anAnchorOfAnEmptyLedgerHolds() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    _ = try shelf.open()
    #expect(try Self.findings(shelf, try Self.anchor(shelf)) == [])
  }

  @Test(arguments: ["", "{}", "[]", "{\"number\":1}", "no JSON", "{\"at\":\"\",\"digest\":\"\",\"number\":\"1\"}"])
  func whatIsNoAnchorIsNotRead(_ text: String) { #expect(Anchor(text) == nil) }

  @Test func anAnchorIsReadAsItWasWritten() throws {
    let shelf = try Self.ledger(3)
    defer { shelf.remove() }
    let anchor = try Self.anchor(shelf, try Ed25519.generate())
    #expect(Anchor(anchor.text) == anchor)
    #expect(JSONValue(parsing: String(anchor.text.dropLast()))?.canonical == String(anchor.text.dropLast()))
  }

  @Test func aPublicKeyCannotSign() throws {
    let key = try #require(try Ed25519.generate())
    let pem = try #require(key.publicPEM)
    let open = try #require(try Ed25519.read(pem: pem))
    #expect(Anchor(.empty, project: "", at: "", key: open) == nil)
  }

  @Test(arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"])
  func whatIsNoKeyIsNotRead(_ pem: String) throws { #expect(try Ed25519.read(pem: pem) == nil) }

  /// Any OpenSSL verifies the signature; and refuses it when a byte of the signed text is changed.
  @Test(arguments: [true, false]) func openSSLHoldsTheSame(_ isWhole: Bool) throws {
    let shelf = try Self.ledger(3)
    defer { shelf.remove() }
    let anchor = try Self.anchor(shelf, try Ed25519.generate())
    let signed = JSONValue.object([
      "at": .text(anchor.at), "digest": .text(anchor.head.digest),
      "number": .integer(anchor.head.number + (isWhole ? 0 : 1)), "project": .text(anchor.project),
    ]).canonical
    let digits = Array(anchor.signature)
    let raw = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    #expect(raw.count == 64)
    try Data(signed.utf8).write(to: URL(fileURLWithPath: shelf.folder + "/message"))
    try Data(raw).write(to: URL(fileURLWithPath: shelf.folder + "/signature"))
    try Data(anchor.publicKey.utf8).write(to: URL(fileURLWithPath: shelf.folder + "/key.pub"))
    let (code, text) = try shell(
      "openssl",
      ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "key.pub", "-in", "message", "-sigfile", "signature"],
      in: shelf.folder)
    #expect((code == 0) == isWhole, "\(text)")
  }

  /// A key made by OpenSSL signs, too.
  @Test func aKeyOfOpenSSLIsRead() throws {
    let shelf = try Self.ledger(1)
    defer { shelf.remove() }
    let (code, text) = try shell("openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key"], in: shelf.folder)
    #expect(code == 0, "\(text)")
    let key = try #require(try Ed25519.read(pem: String(contentsOfFile: shelf.folder + "/key", encoding: .utf8)))
    #expect(try Self.findings(shelf, try Self.anchor(shelf, key), key) == [])
    _ = try shell("openssl", ["genpkey", "-algorithm", "x25519", "-out", "other"], in: shelf.folder)
    #expect(try Ed25519.read(pem: String(contentsOfFile: shelf.folder + "/other", encoding: .utf8)) == nil)
  }
}
