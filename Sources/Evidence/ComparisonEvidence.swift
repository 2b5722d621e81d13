import Base

/// The result of a comparison of two datasets: everything that its reports show, without the data.
package struct ComparisonEvidence: Codable, Sendable, Hashable {
  /// A stretch of a legacy record, bytes counted from 1.
  package struct Bytes: Codable, Sendable, Hashable {
    package var first: Int
    package var last: Int

    package init(first: Int, last: Int) {
      self.first = first
      self.last = last
    }
  }

  package struct Side: Codable, Sendable, Hashable {
    package var reference: String
    package var rows: Int
    /// Keys that occur more than once.
    package var duplicateKeys: Int
    /// The number of rows and the sum of their hashes, whatever their order.
    package var content: String
    /// Columns left out at the user's request.
    package var ignored: [String]
    /// Bytes of its records that are in no column (FILLER) and therefore not compared.
    package var unnamedBytes: [Bytes]

    package init(
      reference: String, rows: Int, duplicateKeys: Int, content: String, ignored: [String], unnamedBytes: [Bytes]
    ) {
      self.reference = reference
      self.rows = rows
      self.duplicateKeys = duplicateKeys
      self.content = content
      self.ignored = ignored
      self.unnamedBytes = unnamedBytes
    }
  }

  package struct Column: Codable, Sendable, Hashable {
    package var name: String
    package var type: String
    package var normalForms: [String]
    package var tolerance: String?
    package var isKey: Bool
    /// Rows that differ in this column, without accepted ones.
    package var changed: Int
    package var unreadableLeft: Int
    package var unreadableRight: Int

    package init(
      name: String, type: String, normalForms: [String], tolerance: String?, isKey: Bool, changed: Int,
      unreadableLeft: Int, unreadableRight: Int
    ) {
      self.name = name
      self.type = type
      self.normalForms = normalForms
      self.tolerance = tolerance
      self.isKey = isKey
      self.changed = changed
      self.unreadableLeft = unreadableLeft
      self.unreadableRight = unreadableRight
    }
  }

  /// A rule for an expected difference, and its outcome.
  package struct Rule: Codable, Sendable, Hashable {
    package enum State: String, Codable, Sendable { case matched, unmatched, expired, exceeded }

    package var id: String
    package var reason: String
    package var approver: String
    package var expires: String
    package var kind: DifferenceClass?
    package var matched: Int
    package var state: State
    /// Rows that the rule would cover beyond its limit; `nil` when there are none.
    package var beyond: Int?

    package init(
      id: String, reason: String, approver: String, expires: String, kind: DifferenceClass?, matched: Int, state: State,
      beyond: Int? = nil
    ) {
      self.beyond = beyond
      self.id = id
      self.reason = reason
      self.approver = approver
      self.expires = expires
      self.kind = kind
      self.matched = matched
      self.state = state
    }
  }

  /// One value on both sides as it may be shown; `nil` for null and for a side without the row.
  package struct Values: Codable, Sendable, Hashable {
    package var column: String
    package var left: String?
    package var right: String?

    package init(column: String, left: String?, right: String?) {
      self.column = column
      self.left = left
      self.right = right
    }
  }

  package struct Sample: Codable, Sendable, Hashable {
    package var key: [String]
    package var values: [Values]

    package init(key: [String], values: [Values]) {
      self.key = key
      self.values = values
    }
  }

  /// Differences that look alike.
  package struct Group: Codable, Sendable, Hashable {
    package var signature: String
    /// `changed`, `left_only`, `right_only` or `duplicate`.
    package var kind: String
    package var pattern: Bilingual
    package var rows: Int
    package var samples: [Sample]

    package init(signature: String, kind: String, pattern: Bilingual, rows: Int, samples: [Sample]) {
      self.signature = signature
      self.kind = kind
      self.pattern = pattern
      self.rows = rows
      self.samples = samples
    }
  }

  /// The method of the comparison and its cost.
  package struct Way: Codable, Sendable, Hashable {
    /// `merge` or `digests`.
    package var name: String
    package var leftReadAgain: Int
    package var rightReadAgain: Int

    package init(name: String, leftReadAgain: Int, rightReadAgain: Int) {
      self.name = name
      self.leftReadAgain = leftReadAgain
      self.rightReadAgain = rightReadAgain
    }
  }

  package var left: Side
  package var right: Side
  package var columns: [Column]
  package var same: Int
  /// The number of rows in `same` that are equal only within a tolerance.
  package var tolerated: Int
  package var changed: Int
  package var leftOnly: Int
  package var rightOnly: Int
  package var accepted: Int
  package var rules: [Rule]
  package var groups: [Group]
  package var way: Way
  /// Remarks on data that could be read.
  package var remarks: [Bilingual]
  /// Legacy records that the mapping rejected, so that their rows were not compared.
  package var rejected: Int
  /// The files with the terms of the comparison and the accepted differences, with their SHA-256.
  package var definitions: [String] = []
  /// SHA-256 over the compared columns and terms, the content of each side and every difference in key order.
  package var evidence: String

  package init(
    left: Side, right: Side, columns: [Column], same: Int, tolerated: Int, changed: Int, leftOnly: Int, rightOnly: Int,
    accepted: Int, rules: [Rule], groups: [Group], way: Way, remarks: [Bilingual],
    rejected: Int, evidence: String
  ) {
    self.left = left
    self.right = right
    self.columns = columns
    self.same = same
    self.tolerated = tolerated
    self.changed = changed
    self.leftOnly = leftOnly
    self.rightOnly = rightOnly
    self.accepted = accepted
    self.rules = rules
    self.groups = groups
    self.way = way
    self.remarks = remarks
    self.rejected = rejected
    self.evidence = evidence
  }

  /// The number of differences that are not accepted.
  package var unexplained: Int { changed + leftOnly + rightOnly }
  /// Whether everything was compared and no difference is left that is not accepted.
  package var isIdentical: Bool { unexplained == 0 && rejected == 0 }

  /// The verdict in words.
  package var verdict: Bilingual {
    if unexplained > 0 { return Bilingual("不一致", "different") }
    if left.rows == 0, right.rows == 0 { return Bilingual("一致(両側とも0行)", "identical (no rows on either side)") }
    if rejected > 0 { return Bilingual("一部のレコードは比べていません", "some records were not compared") }
    return accepted > 0
      ? Bilingual("一致(了承済みの差異を除く)", "identical but for accepted differences") : Bilingual("一致", "identical")
  }
}
