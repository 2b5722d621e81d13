/// The dispositions of the records: every record has exactly one.
package struct Tally: Hashable, Sendable, Codable {
  /// Records read, control records (header, trailer) not counted.
  package var read = 0
  package var migrated = 0
  package var rejected = 0
  package var excluded = 0

  package init(read: Int = 0, migrated: Int = 0, rejected: Int = 0, excluded: Int = 0) {
    self.read = read
    self.migrated = migrated
    self.rejected = rejected
    self.excluded = excluded
  }

  package var balances: Bool { read == migrated + rejected + excluded }

  package static func += (left: inout Tally, right: Tally) {
    left.read += right.read
    left.migrated += right.migrated
    left.rejected += right.rejected
    left.excluded += right.excluded
  }
}
