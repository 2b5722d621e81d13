import Evidence

/// A person's word that an item is settled, on the evidence of a run. Appended to `confirmations.ndjson`.
package struct Confirmation: ChainedEntry, Hashable {
  package let item: String
  package let by: String
  /// RFC 3339.
  package let at: String
  package let note: String
  /// The digest of the evidence that was confirmed.
  package let evidence: String
  /// The digest of the entry before; empty for the first.
  package let previous: String

  package init(item: String, by: String, at: String, note: String, evidence: String, previous: String) {
    self.item = item
    self.by = by
    self.at = at
    self.note = note
    self.evidence = evidence
    self.previous = previous
  }
}

extension Workspace {
  private var confirmationLog: ChainedLog<Confirmation> { ChainedLog(file: path + "/confirmations.ndjson") }

  /// All confirmations, oldest first.
  ///
  /// - Throws: `ledger.chain` naming the first entry that does not follow from the one before.
  package func confirmations() throws(Diagnostic) -> [Confirmation] { try confirmationLog.entries() }

  /// Appends a confirmation.
  ///
  /// - Throws: `ledger.chain` when the list has been tampered with, `workspace.write`.
  package func confirm(item: String, by: String, at: String, note: String, evidence: String) throws(Diagnostic) {
    try confirmationLog.append {
      Confirmation(item: item, by: by, at: at, note: note, evidence: evidence, previous: $0)
    }
  }
}
