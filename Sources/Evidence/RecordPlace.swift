/// The place of a record in a legacy file: the way back from a difference to the old system's data.
///
/// It does not identify the person of the record, so it is shown where keys are masked.
package struct RecordPlace: Sendable, Codable, Hashable {
  /// A difference names at most this many records, the first in reading order; there may be more.
  package static let limit = 4

  /// The file's name in the definitions, for example `KJFUKA`.
  package var file: String
  /// Number of the record in the file, from 1, over all kinds; `inspect --record` takes the same number.
  package var record: Int

  package init(file: String, record: Int) {
    self.file = file
    self.record = record
  }
}
