import Base
import Records

/// Joins segments of spanned records (VS, VBS) to records, in its own buffer.
///
/// The RDW of a segment marks it as a whole record (0), its first segment (1), its last (2) or one between (3).
final class SegmentJoiner {
  private let header: LengthHeader
  private let minimum: Int
  private var buffer = ByteBuffer(capacity: 1 << 16)
  private let starts: UnsafeMutablePointer<Int>
  private let lengths: UnsafeMutablePointer<Int>
  private let offsets: UnsafeMutablePointer<Int>
  private(set) var count = 0
  /// The record whose last segment is still missing: its place in the buffer and in the file.
  private var open: (start: Int, offset: Int)?

  init(_ format: RecordFormat, _ recordsPerBlock: Int) {
    header = format.header
    minimum = format.minimum
    starts = .allocate(capacity: recordsPerBlock)
    lengths = .allocate(capacity: recordsPerBlock)
    offsets = .allocate(capacity: recordsPerBlock)
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    offsets.deallocate()
  }

  /// The number of bytes of the open record, counted neither as record nor as skipped yet.
  var openBytes: Int { open.map { buffer.count - $0.start } ?? 0 }

  func offset(of index: Int) -> Int { offsets[index] }

  /// Removes the current block; the open record moves to the buffer's beginning.
  func begin() {
    count = 0
    if let open {
      buffer.base.update(from: buffer.base + open.start, count: openBytes)
      buffer.count -= open.start
      self.open = (0, open.offset)
    } else {
      buffer.removeAll()
    }
  }

  /// Takes the reader's segments; segments that do not belong together are returned as damage.
  func join(_ reader: RecordReader) -> [Damage] {
    var damages: [Damage] = []
    for index in 0..<reader.count {
      let data = reader.source.buffer + reader.starts[index]
      let place = header.segment(at: data - header.size)
      let offset = reader.source.origin + reader.starts[index]
      let length = reader.lengths[index]
      let isTooLong = openBytes + length > ByteSource.limitBytes
      if place < 2 || isTooLong, let orphan = end(reader) { damages.append(orphan) }
      if place >= 2, open == nil {
        reader.tally.skip(.damage, bytes: length)
        damages.append(damage(reader, offset - header.size, length, place))
        continue
      }
      if open == nil { open = (buffer.count, offset) }
      buffer.append(UnsafeBufferPointer(start: data, count: length))
      if place == 0 || place == 2 { complete(reader) }
    }
    return damages
  }

  /// The open record, as damage: its last segment is missing.
  func end(_ reader: RecordReader) -> Damage? {
    guard let open else { return nil }
    let bytes = openBytes
    buffer.count = open.start
    self.open = nil
    reader.tally.skip(.damage, bytes: bytes)
    return damage(reader, open.offset - header.size, bytes, 1)
  }

  private func damage(_ reader: RecordReader, _ offset: Int, _ bytes: Int, _ place: UInt8) -> Damage {
    Damage(
      kind: .segment, record: reader.nextRecord + count, offset: offset, skipped: bytes, found: "0\(place)",
      expected: place == 1 ? "03, 02" : "00, 01")
  }

  private func complete(_ reader: RecordReader) {
    guard let open else { return }
    let length = openBytes
    if length < minimum {
      reader.tally.skip(.short, bytes: length)
      buffer.count = open.start
    } else {
      starts[count] = open.start
      lengths[count] = length
      offsets[count] = open.offset
      count += 1
      reader.tally.recordBytes += length
    }
    self.open = nil
  }

  var block: RecordBlock {
    RecordBlock(
      base: UnsafePointer(buffer.base), starts: UnsafeBufferPointer(start: starts, count: count),
      lengths: UnsafeBufferPointer(start: lengths, count: count))
  }
}
