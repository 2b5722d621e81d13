import Evidence

/// A person's word why differences of one signature are there (要因分類). Appended to `classifications.ndjson`; the latest
/// for a signature counts, in this rehearsal and in those that follow.
package struct Classification: ChainedEntry, Hashable {
  package let signature: String
  package let kind: DifferenceClass
  package let by: String
  /// RFC 3339.
  package let at: String
  package let note: String
  /// The digest of the evidence that was looked at.
  package let evidence: String
  package let previous: String
}

extension Workspace {
  private var classificationLog: ChainedLog<Classification> { ChainedLog(file: path + "/classifications.ndjson") }

  /// The latest classification of each signature.
  ///
  /// - Throws: `ledger.chain` naming the first entry that does not follow from the one before.
  package func classifications() throws(Diagnostic) -> [String: Classification] {
    Dictionary(try classificationLog.entries().map { ($0.signature, $0) }) { _, last in last }
  }

  /// Appends a classification.
  ///
  /// - Throws: `ledger.chain` when the list has been tampered with, `workspace.write`.
  package func classify(
    _ signature: String, as kind: DifferenceClass, by: String, at: String, note: String, evidence: String
  ) throws(Diagnostic) {
    try classificationLog.append {
      Classification(
        signature: signature, kind: kind, by: by, at: at, note: note, evidence: evidence, previous: $0)
    }
  }
}
