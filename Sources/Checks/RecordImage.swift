import Copybook
import Decode
import Records

/// Some items of a record, concatenated in record order: the part of it that rows of one table carry.
struct RecordImage: Sendable {
  struct Item: Sendable {
    let name: String
    let privacy: Privacy
    let encoder: ColumnEncoder
    /// Its offset in the image and in the record.
    let place: Int
    let offset: Int
  }

  /// A stretch of the record that is copied at once.
  private struct Run {
    let place: Int
    let offset: Int
    var length: Int
  }

  let items: [Item]
  let length: Int
  /// The distance in bytes from the first occurrence to each; only 0 outside tables.
  private let distances: [Int]
  private let runs: [Run]

  /// - Parameter fields: all in one table (OCCURS), or none in a table.
  init(_ fields: [(field: FieldPlan, encoder: ColumnEncoder)]) {
    var items: [Item] = []
    var runs: [Run] = []
    var length = 0
    for (field, encoder) in fields.sorted(by: { $0.field.slot.item.offset < $1.field.slot.item.offset }) {
      let offset = field.slot.item.offset
      items.append(
        Item(name: field.name, privacy: field.privacy, encoder: encoder, place: length, offset: offset))
      if let last = runs.last, last.offset + last.length == offset {
        runs[runs.count - 1].length += encoder.length
      } else {
        runs.append(Run(place: length, offset: offset, length: encoder.length))
      }
      length += encoder.length
    }
    self.items = items
    self.runs = runs
    self.length = length
    let offsets = fields.first?.field.offsets ?? [0]
    distances = offsets.map { $0 - offsets[0] }
  }

  /// Copies the items of one occurrence (from 0) of a record.
  @inline(__always)
  func copy(_ record: UnsafePointer<UInt8>, occurrence: Int, to image: UnsafeMutablePointer<UInt8>) {
    let base = record + distances[occurrence]
    for run in runs { (image + run.place).update(from: base + run.offset, count: run.length) }
  }
}

/// The bytes of records at the length of their layout. Shorter records, from line-sequential files and trailing FILLER,
/// are padded with spaces.
final class WholeRecords {
  private let length: Int
  private let padded: UnsafeMutablePointer<UInt8>
  private let space: UInt8

  /// - Parameter length: the length of the layout in bytes.
  init(length: Int, space: UInt8) {
    self.length = length
    self.space = space
    padded = .allocate(capacity: length)
  }

  deinit { padded.deallocate() }

  /// The bytes of a record, valid until the next call.
  @inline(__always)
  func bytes(_ block: RecordBlock, _ row: Int) -> UnsafePointer<UInt8> {
    let record = block.base + block.starts[row]
    guard let there = block.lengths?[row], there < length else { return record }
    padded.update(from: record, count: there)
    (padded + there).update(repeating: space, count: length - there)
    return UnsafePointer(padded)
  }
}

/// Storage for the images of a batch of rows.
final class ImageBuffer {
  private(set) var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
  private var capacity = 0

  func reserve(_ count: Int) {
    guard count > capacity else { return }
    bytes.deallocate()
    capacity = count
    bytes = .allocate(capacity: count)
  }

  deinit { bytes.deallocate() }
}
