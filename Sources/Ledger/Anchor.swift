import Base
import Foundation
import SQLite

/// The head of the chain, fixed outside the ledger: printed, filed, or signed. A ledger whose tail has been cut off, or
/// that was written again, no longer reaches it.
///
/// Its file is canonical JSON: `{at, digest, number, project, public_key, signature}`. The signature (Ed25519, hexadecimal)
/// is over the canonical JSON of `{at, digest, number, project}`; both are empty when there was no key.
package struct Anchor: Sendable, Hashable {
  package let head: Head
  package let project: String
  /// RFC 3339.
  package let at: String
  /// PEM; empty without a signature.
  package let publicKey: String
  package let signature: String

  private static func message(_ head: Head, _ project: String, _ at: String) -> [String: JSONValue] {
    ["at": .text(at), "digest": .text(head.digest), "number": .integer(head.number), "project": .text(project)]
  }

  /// Fixes a head; signs it when there is a key.
  ///
  /// - Returns: `nil` when the key cannot sign.
  package init?(_ head: Head, project: String, at now: String, key: Ed25519?) {
    self.head = head
    self.project = project
    at = now
    guard let key else {
      (publicKey, signature) = ("", "")
      return
    }
    guard let signed = key.sign(JSONValue.object(Self.message(head, project, now)).canonical), let pem = key.publicPEM
    else { return nil }
    (publicKey, signature) = (pem, signed)
  }

  /// Reads an anchor's file; `nil` when the text is not an anchor.
  package init?(_ text: String) {
    guard let value = JSONValue(parsing: text.trimmingCharacters(in: .whitespacesAndNewlines)),
      let number = value["number"].integer, let digest = value["digest"].text, let project = value["project"].text,
      let at = value["at"].text, let publicKey = value["public_key"].text, let signature = value["signature"].text
    else { return nil }
    head = Head(number: number, digest: digest)
    self.project = project
    self.at = at
    self.publicKey = publicKey
    self.signature = signature
  }

  package var text: String {
    var fields = Self.message(head, project, at)
    fields["public_key"] = .text(publicKey)
    fields["signature"] = .text(signature)
    return JSONValue.object(fields).canonical + "\n"
  }

  /// Whether the signature is that of the key, or of the key in the anchor itself when `key` is `nil`. False without a
  /// signature.
  ///
  /// - Throws: `library.missing` when there is a signature and OpenSSL is not installed.
  package func isSigned(by key: Ed25519?) throws(Diagnostic) -> Bool {
    if signature.isEmpty { return false }
    let own = key == nil ? try Ed25519.read(pem: publicKey) : key
    guard let own else { return false }
    return own.verifies(signature, of: JSONValue.object(Self.message(head, project, at)).canonical)
  }
}

extension LedgerReading {
  /// The findings about an anchor: the ledger must still have that entry, with that digest.
  ///
  /// - Parameter key: the public key that must have signed; `nil` to accept any signature, or none.
  /// - Throws: `library.missing`, `ledger.database`.
  package func verify(_ anchor: Anchor, key: Ed25519?) throws(Diagnostic) -> [LedgerFinding] {
    let (number, end) = (anchor.head.number, try head().number)
    var found: [LedgerFinding] = []
    if number > end {
      found.append(
        .init(
          .anchor, entry: end + 1, "台帳は記載 \(end) で終わるが、控えでは \(number) まであった。末尾が切り取られている。",
          "the ledger ends at entry \(end), but reached \(number) when its end was fixed: the tail was cut off."))
    } else if try (number == 0 ? Head.empty.digest : digest(of: number) as String?) != anchor.head.digest {
      found.append(
        .init(
          .anchor, entry: number, "記載 \(number) は控えの時の記載と違う。台帳が書き直されている。",
          "entry \(number) is not the one whose digest was fixed: the ledger was written anew."))
    }
    if key != nil, try !anchor.isSigned(by: key) {
      found.append(.init(.anchor, "控えの署名が鍵と合わない。", "the anchor was not signed with that key."))
    } else if !anchor.signature.isEmpty, try !anchor.isSigned(by: nil) {
      found.append(.init(.anchor, "控えの署名が正しくない。", "the anchor's signature is wrong."))
    }
    return found
  }

  private func digest(of number: Int) throws(Diagnostic) -> String? {
    let row = try prepare("SELECT digest FROM entry WHERE number = ?1", [.integer(Int64(number))])
    return try row.next() ? row[0].text : nil
  }
}
