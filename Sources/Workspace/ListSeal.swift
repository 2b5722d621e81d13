import Base
import Evidence
import Foundation

/// The proof of a list of single differences: the digest of its bytes, and the number of its lines.
package struct ListSeal: Sendable, Hashable {
  package let digest: String
  /// The number of lines that end with a line end; `nil` when the last one does not.
  package let lines: Int?

  package init(_ data: Data) {
    digest = SHA256.digest(of: data)
    lines = data.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var (count, start) = (0, 0)
      while start < bytes.count, let end = memchr(base + start, 10, bytes.count - start) {
        count += 1
        start = base.distance(to: UnsafeRawPointer(end)) + 1
      }
      return start == bytes.count ? count : nil
    }
  }
}

extension CheckResult {
  /// Compares the list of this check's differences with its record in the evidence: its digest, or, for a run that did
  /// not keep it, the number of its lines.
  ///
  /// - Throws: `ledger.tampered` or, without a digest, `workspace.unreadable`.
  package func prove(_ seal: ListSeal, of file: String) throws(Diagnostic) {
    if let listDigest {
      guard seal.digest == listDigest else {
        throw Diagnostic(.ledgerTampered, at: Place(file: file), list ?? "\(id).ndjson")
      }
    } else if seal.lines != differences {
      throw Diagnostic(.workspaceUnreadable, at: Place(file: file))
    }
  }
}
