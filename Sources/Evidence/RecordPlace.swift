/// A record of a legacy file, by its place: the way back from a difference to what the old system wrote.
///
/// It says nothing of whom the record is about, so it is shown where keys are masked.
package struct RecordPlace: Sendable, Codable, Hashable {
  /// A difference tells so many records at most, the first in reading order; there may be more.
  package static let limit = 4

  /// The file's name in the definitions, for example `KJFUKA`.
  package var file: String
  /// Number of the record in the file, from 1, of whatever kind; `inspect --record` takes the same.
  package var record: Int

  package init(file: String, record: Int) {
    self.file = file
    self.record = record
  }
}
