import Base

/// 原因: one thing that went wrong, with every failed or undecided check that comes from it. A run's causes together
/// name each check that did not pass.
package struct Cause: Sendable, Codable, Hashable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// Records of one file were rejected for one reason.
    case rejected
    /// A rule left records out.
    case excluded
    /// A file, or a table that only this file fills, was not read.
    case notRead = "not_read"
    /// The old system's own totals disagree with its records.
    case control
    /// The same difference in several places: one mistake in many rows.
    case shape
    /// Differences of one thing: a claim, a vehicle, a person's history.
    case single
    /// The differences of one check that nothing connects with others.
    case check
  }

  /// The reason why a difference belongs to the cause, from a proof to a resemblance.
  package enum Ground: String, Sendable, Codable, CaseIterable {
    /// Without the records, both sides agree: they were observed alone and subtracted.
    case without
    /// With the rows that the records would have made, both sides agree.
    case asIfMigrated = "as_if_migrated"
    /// The difference cannot be judged, because a value of these records cannot be read.
    case unreadable
    /// What is missing has the key of such a record.
    case missingKey = "missing_key"
    case notRead = "not_read"
    /// The differences come from the same legacy record.
    case sameRecord = "same_record"
    /// They name the same thing: all parts of the key that both have are equal, and more than the person.
    case sameKey = "same_key"
    /// They have the same amount, in sums over the same file or table.
    case sameAmount = "same_amount"
    /// It is the only cause that concerns the file.
    case sameFile = "same_file"
    /// They look alike.
    case sameShape = "same_shape"
    /// They cancel each other.
    case opposite
    /// One side is the old system's own totals of the file.
    case control
    /// They are of one check.
    case sameCheck = "same_check"
  }

  /// The part of a check's differences that belongs to the cause.
  package struct Part: Sendable, Codable, Hashable {
    package var check: String
    /// Differences; 0 for a check that is undecided because of it.
    package var differences: Int
    /// Whether nothing of the check's failure is left without this kind of cause.
    package var isWhole: Bool

    package init(check: String, differences: Int, isWhole: Bool) {
      self.check = check
      self.differences = differences
      self.isWhole = isWhole
    }
  }

  /// The same in every run that has the cause, while no other cause of its gravest check has its pattern: `R-3f9a2c`.
  package var id: String
  package var kind: Kind
  package var title: Bilingual
  /// The code of the fault or of the rule for which records were not migrated; `nil` otherwise.
  package var code: String?
  /// What it names, if it is one thing: parts of a key that anybody may see; empty otherwise, and when a check of it
  /// concerns protected persons.
  package var subject: String
  /// The worst of its checks.
  package var severity: Severity
  package var checks: [Part]
  /// The number of legacy records known to be concerned, and the first of them.
  package var records: Int
  package var places: [RecordPlace]
  package var differences: Int
  /// Σ |actual − expected| in yen, of the check in which it is largest; `nil` when no check of it has money. Rounded up
  /// to 1, 2 or 5 times a power of ten when amounts are personal.
  package var yen: Int128?
  /// The signatures of the groups of its differences; another cause may have differences of the same group.
  package var groups: [String]
  package var explainedBy: [Ground]

  package init(
    id: String, kind: Kind, title: Bilingual, subject: String = "", code: String? = nil, severity: Severity,
    checks: [Part], records: Int, places: [RecordPlace],
    differences: Int, yen: Int128?, groups: [String], explainedBy: [Ground]
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.subject = subject
    self.code = code
    self.severity = severity
    self.checks = checks
    self.records = records
    self.places = places
    self.differences = differences
    self.yen = yen
    self.groups = groups
    self.explainedBy = explainedBy
  }
}

extension RunEvidence {
  /// The checks that would have passed if no record had been rejected.
  package var onlyRejected: [String] {
    let rejected = Set((causes ?? []).filter { $0.kind == .rejected }.flatMap(\.checks).filter(\.isWhole).map(\.check))
    let others = Set((causes ?? []).filter { $0.kind != .rejected }.flatMap(\.checks).map(\.check))
    return checks.filter { $0.isOpen && rejected.contains($0.id) && !others.contains($0.id) }.map(\.id)
  }
}

extension CheckResult {
  /// Whether it stands in the way: failed, or not decided.
  package var isOpen: Bool { status == .failed || status == .notRun }
}
