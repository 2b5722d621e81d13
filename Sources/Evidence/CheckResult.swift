import Base

/// The severity of a failed check. S1: money or protected data wrong or missing; S2: wrong but repairable before the
/// next notice; S3: cosmetic.
package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
  case s1 = "S1"
  case s2 = "S2"
  case s3 = "S3"

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// The three answers, and the warning of a check that is S3 or informative.
package enum CheckStatus: String, Sendable, Codable {
  case passed
  case failed
  case warned
  /// Not run, or inconclusive: never good enough for GO.
  case notRun = "not_run"
}

/// The source of one side of a check.
package enum CheckSide: String, Sendable, Codable, CaseIterable {
  /// The old system's own printed totals (header and trailer).
  case control
  /// The old system's records, before mapping.
  case legacy
  /// The new system's tables, read back.
  case target
  /// A fixed expectation.
  case constant
}

/// The result of a check.
package struct CheckResult: Sendable, Codable {
  package var id: String
  package var kind: String
  package var category: String
  package var subsystem: String
  package var severity: Severity
  package var title: Bilingual
  /// The two sides of the comparison, in words.
  package var formula: Bilingual
  /// 根拠: the law, article or page from which the expected values follow.
  package var rule: Bilingual?
  package var status: CheckStatus
  package var expectedFrom: [CheckSide]
  package var actualFrom: [CheckSide]
  /// The reason for this status.
  package var why: Bilingual
  /// Names of the group or key columns and of the measures.
  package var keyNames: [String]
  package var measureNames: [String]
  /// Rows (or groups) that entered the comparison on each side.
  package var expectedRows: Int
  package var actualRows: Int
  /// The number of groups, keys or rows that differ or fail.
  package var differences: Int
  /// The number of differences that rules accept (了承済み); `nil` when there are none.
  package var accepted: Int?
  /// Rows whose value could not be computed.
  package var unreadable: Int
  /// For totals all groups (at most 500, differing ones first); for other checks a sample of the differences, by key.
  package var lines: [Line]
  /// The file with the full list of differences, relative to the run's folder.
  package var list: String?
  /// SHA-256 of that file as it was written; `nil` when there is no file, and in evidence of runs that did not keep it.
  package var listDigest: String?
  /// SHA-256 of the list beside it that shows what is personal; `nil` when there is none, since nothing is masked.
  package var revealedDigest: String?

  /// The differences grouped by appearance, most frequent first.
  package var groups: [DifferenceGroup] = []
  /// The account of every byte of the record, for a `rebuilt` check.
  package var account: ByteAccount?

  /// One group, key or row.
  package struct Line: Sendable, Codable, Hashable {
    package var key: [String]
    package var expected: [Int128]
    package var actual: [Int128]
    /// The first legacy records of the line, in reading order; `nil` when none is known: the line is a sum of many
    /// records, or about rows of the target alone.
    package var records: [RecordPlace]?
    /// What each side has beside the sums, and why it has none; `nil` when the sums are all there is to say.
    package var sides: Sides?

    package init(
      key: [String], expected: [Int128], actual: [Int128], records: [RecordPlace]? = nil, sides: Sides? = nil
    ) {
      self.key = key
      self.expected = expected
      self.actual = actual
      self.records = records
      self.sides = sides
    }

    package var differs: Bool { expected != actual }
  }

  package init(
    id: String, kind: String, category: String, subsystem: String, severity: Severity, title: Bilingual,
    formula: Bilingual, status: CheckStatus, expectedFrom: [CheckSide], actualFrom: [CheckSide], why: Bilingual,
    keyNames: [String] = [], measureNames: [String] = [], expectedRows: Int = 0, actualRows: Int = 0,
    differences: Int = 0, unreadable: Int = 0, lines: [Line] = [], list: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.category = category
    self.subsystem = subsystem
    self.severity = severity
    self.title = title
    self.formula = formula
    self.status = status
    self.expectedFrom = expectedFrom
    self.actualFrom = actualFrom
    self.why = why
    self.keyNames = keyNames
    self.measureNames = measureNames
    self.expectedRows = expectedRows
    self.actualRows = actualRows
    self.differences = differences
    self.unreadable = unreadable
    self.lines = lines
    self.list = list
  }
}

extension CheckResult {
  /// The word in the Japanese titles of checks and items about persons under protection: whoever is named by a difference
  /// of such a check is one of them.
  package static let protection = "支援措置"

  /// Whether the keys of its differences tell who is under protection.
  package var concernsProtected: Bool { title.ja.contains(Self.protection) }
}
