import Base
import CZlib
import Foundation
import Framing
import Records

/// Numbers that are the same in every run (SplitMix64).
struct Draw: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A file that lives as long as the value.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("framing-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// One gzip member.
func packed(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 4096)
  deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  let used = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      let status = deflate(&stream, Z_FINISH)
      precondition(status == Z_STREAM_END)
      return Int(stream.total_out)
    }
  }
  deflateEnd(&stream)
  return Array(output[..<used])
}

/// The result of reading a file.
struct Reading {
  var records: [[UInt8]] = []
  var offsets: [Int] = []
  var numbers: [Int] = []
  var damages: [Damage] = []
  var tally = FramingTally()
  var failure: Diagnostic?
}

/// Reads all of `bytes`; `each` sees every block and may ask the reader to recheck.
func read(
  _ bytes: [UInt8], _ format: RecordFormat, length: Int = 1, block: Int = 512, buffer: Int = 1 << 16,
  policy: DamagePolicy = .keepGoing, from first: Int = 1
) throws -> Reading {
  let file = try TemporaryFile(bytes)
  var reading = Reading()
  do {
    let reader = try RecordReader(
      path: file.path, format: format, layoutLength: length, recordsPerBlock: block, bufferBytes: buffer,
      policy: policy)
    defer {
      reading.damages = reader.damages
      reading.tally = reader.tally
    }
    if first > 1 { try reader.skip(to: first) }
    while let block = try reader.next() {
      for index in 0..<block.count {
        let start = block.base + block.starts[index]
        reading.records.append(
          Array(UnsafeBufferPointer(start: start, count: block.lengths?[index] ?? reader.recordLength)))
        reading.offsets.append(reader.offset(of: index))
        reading.numbers.append(reader.firstRecord + index)
      }
    }
  } catch {
    reading.failure = error
  }
  return reading
}

/// The writing twin of the reader: obvious rather than fast.
struct RecordWriter {
  let format: RecordFormat
  /// Records in a block, or bytes of a segment.
  var perBlock = 3

  func file(_ records: [[UInt8]], crlf: Bool = false) -> [UInt8] {
    let body: [UInt8]
    switch format.form {
    case .text: body = records.flatMap { $0 + (crlf ? [0x0D, 0x0A] : [0x0A]) }
    case .variableSpanned, .variableBlockedSpanned: body = blocks(segments(records))
    default: body = blocks(records.map { format.form.rawValue.hasPrefix("F") || format.rule != nil ? $0 : headed($0) })
    }
    return [UInt8](repeating: 0xEE, count: format.start) + body + [UInt8](repeating: 0xDD, count: format.end)
  }

  private func headed(_ data: [UInt8], segment: UInt8 = 0) -> [UInt8] {
    var header = Self.header(format.header, data.count)
    if segment > 0 { header[format.header.isLittleEndian ? 1 : 2] = segment }
    return header + data
  }

  static func header(_ header: LengthHeader, _ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: header.size)
    let length = count - header.adjustment + (header.countsItself ? header.size : 0)
    let isExtended = header.isExtendable && length > 32767
    let (position, width) = isExtended ? (0, 4) : (header.position, header.width)
    for index in 0..<width {
      let shift = 8 * (header.isLittleEndian ? index : width - 1 - index)
      bytes[position + index] = UInt8(truncatingIfNeeded: length >> shift)
    }
    if isExtended { bytes[header.isLittleEndian ? 3 : 0] |= 0x80 }
    if header.startsWithValidity { bytes[0] = 1 }
    return bytes
  }

  private func blocks(_ pieces: [[UInt8]]) -> [UInt8] {
    switch format.blocks {
    case .none: return pieces.flatMap { $0 }
    case .size(let size):
      let each = size / max(1, pieces.first?.count ?? 1)
      return stride(from: 0, to: pieces.count, by: each).flatMap { start in
        let block = pieces[start..<min(start + each, pieces.count)].flatMap { $0 }
        return block + [UInt8](repeating: 0, count: size - block.count)
      }
    case .header(let bdw):
      return stride(from: 0, to: pieces.count, by: perBlock).flatMap { start in
        let block = pieces[start..<min(start + perBlock, pieces.count)].flatMap { $0 }
        return Self.header(bdw, block.count) + block
      }
    }
  }

  private func segments(_ records: [[UInt8]]) -> [[UInt8]] {
    records.flatMap { record -> [[UInt8]] in
      if record.count <= 7 { return [headed(record)] }
      let starts = Array(stride(from: 0, to: record.count, by: 7))
      return starts.map { start in
        let place: UInt8 = start == 0 ? 1 : start == starts.last ? 2 : 3
        return headed(Array(record[start..<min(start + 7, record.count)]), segment: place)
      }
    }
  }
}
