import Base
import Glibc
import Records

/// A file of records of any format, open for reading any of its blocks.
///
/// Reading is by position (`pread`), so shards may share the file. For plain fixed-length records places are computed;
/// for every other format they are found once, when the file is opened, and take 8 bytes per record.
package struct RecordFile: Sendable {
  /// The number of records read at once.
  package static let recordsPerBlock = RecordBlock.largest

  package let name: String
  package var path: String { file.path }
  package let size: Int
  package private(set) var recordCount: Int
  /// The records of the whole file.
  private let total: Int
  /// Bytes of a fixed-length record, or of the longest record of other formats.
  package let recordLength: Int
  private let places: RecordPlaces?
  private let file: SourceFile
  /// The files of which this one consists, in their order; empty for a single one.
  private var parts: [RecordFile]

  /// The line of names of a file of cells; empty when it has none.
  package var names: [UInt8] { places?.names ?? [] }
  /// For each item of a file of cells, the column in which the file has it; empty when columns are in the layout's order.
  package var columns: [Int] = []

  /// At least 1: a file of cells may have names alone.
  package var blockCount: Int {
    parts.isEmpty
      ? max(1, (recordCount + Self.recordsPerBlock - 1) / Self.recordsPerBlock)
      : parts.reduce(0) { $0 + $1.blockCount }
  }

  /// Opens `path` for reading.
  ///
  /// - Parameter recordLength: the length of the layout in bytes.
  /// - Throws: `file.open` when it cannot be opened, `file.empty`; for fixed-length records `frame.line-ends`, and
  ///   `file.length` when the size is not a multiple of it, which means a cut transfer or another record length; for
  ///   other formats the first damage (`frame.…`), or `frame.seek` when records have no places, because the file is
  ///   compressed or they are in segments.
  package init(path: String, format: RecordFormat = .fixed, recordLength: Int) throws(Diagnostic) {
    name = path.split(separator: "/").last.map(String.init) ?? path
    parts = []
    file = try Self.unpacked(try SourceFile(path))
    guard let bytes = file.size else { throw Diagnostic(.fileOpen, at: Place(file: path), "not a regular file") }
    size = bytes
    if size == 0 { throw Diagnostic(.fileEmpty, at: Place(file: path)) }
    guard format.isPlain else {
      places = try RecordPlaces(file, format: format, layoutLength: recordLength)
      total = places?.count ?? 0
      recordCount = total
      self.recordLength = max(recordLength, places?.longest ?? 0)
      return
    }
    places = nil
    self.recordLength = format.length ?? recordLength
    total = size / self.recordLength
    recordCount = total
    try lookForLineEnds()
    let rest = size % self.recordLength
    if rest != 0 {
      throw Diagnostic(
        .fileLength, at: Place(file: path, record: recordCount + 1, offset: size - rest), String(rest),
        String(self.recordLength), String(size))
    }
  }

  /// The first records of the file, as if it had no more.
  package func limited(to count: Int) -> RecordFile {
    var file = self
    file.recordCount = min(count, total)
    var left = file.recordCount
    file.parts = parts.compactMap { part in
      let own = part.limited(to: left)
      left -= own.recordCount
      return own.recordCount > 0 ? own : nil
    }
    return file
  }

  /// Several files of one format as one, in this order. Blocks do not cross their borders.
  package init(parts: [RecordFile]) {
    let first = parts[0]
    (name, file, places, columns) = (first.name, first.file, nil, first.columns)
    self.parts = parts
    size = parts.reduce(0) { $0 + $1.size }
    recordCount = parts.reduce(0) { $0 + $1.recordCount }
    total = recordCount
    recordLength = parts.map(\.recordLength).max() ?? 0
  }

  /// The bytes of a file whose name ends with `.gz`, on the disk; any other file as it is.
  private static func unpacked(_ file: SourceFile) throws(Diagnostic) -> SourceFile {
    guard file.path.hasSuffix(".gz"), file.size != nil else { return file }
    let source = try ByteSource(file)
    guard source.isCompressed else { return file }
    return try SourceFile.copy(file.path) { (buffer, room, _) throws(Diagnostic) in
      if source.available == 0, try !source.fill(1) { return 0 }
      let count = min(room, source.available)
      buffer.update(from: source.buffer + source.position, count: count)
      source.position += count
      return count
    }
  }

  private func lookForLineEnds() throws(Diagnostic) {
    var bytes = [UInt8](repeating: 0, count: min(size, LineEnds.sample(recordLength)))
    let count = try file.read(into: &bytes, count: bytes.count, at: 0)
    let end = bytes.withUnsafeBufferPointer {
      LineEnds.find(UnsafeBufferPointer(rebasing: $0[..<count]), total: size, recordLength: recordLength)
    }
    guard let end else { return }
    throw Diagnostic(
      .frameLineEnds, at: Place(file: path, record: 1, offset: recordLength), Hex.text(end),
      String(recordLength + end.count))
  }

  /// The place in the file of a record's first byte; records count from 0.
  package func offset(of record: Int) -> Int {
    if !parts.isEmpty {
      let (part, first, _) = part(of: record)
      return part.offset(of: record - first)
    }
    return places?.start(of: record) ?? record * recordLength
  }

  /// The number of bytes before a record, of all files.
  package func position(of record: Int) -> Int {
    if parts.isEmpty { return offset(of: record) }
    let (part, first, before) = part(of: record)
    return before + part.offset(of: record - first)
  }

  /// The file of a record, the number of its first record, and the bytes before it.
  private func part(of record: Int) -> (part: RecordFile, first: Int, before: Int) {
    var (first, before) = (0, 0)
    for part in parts.dropLast() {
      if record < first + part.recordCount { return (part, first, before) }
      first += part.recordCount
      before += part.size
    }
    return (parts[parts.count - 1], first, before)
  }

  /// The name of the file that has a record, of several; `nil` of one.
  package func partName(of record: Int) -> String? { parts.isEmpty ? nil : part(of: record).part.name }

  /// The records of a block, from 0.
  package func records(of block: Int) -> Range<Int> {
    guard !parts.isEmpty else {
      let first = min(block * Self.recordsPerBlock, recordCount)
      return first..<min(first + Self.recordsPerBlock, recordCount)
    }
    var (first, rest) = (0, block)
    for part in parts {
      if rest < part.blockCount {
        let own = part.records(of: rest)
        return first + own.lowerBound..<first + own.upperBound
      }
      first += part.recordCount
      rest -= part.blockCount
    }
    return recordCount..<recordCount
  }

  /// The block that has a record.
  package func block(of record: Int) -> Int {
    if parts.isEmpty { return record / Self.recordsPerBlock }
    var (first, blocks) = (0, 0)
    for part in parts {
      if record < first + part.recordCount { return blocks + part.block(of: record - first) }
      first += part.recordCount
      blocks += part.blockCount
    }
    return max(0, blocks - 1)
  }

  /// The line, from 1, on which a record begins; `nil` in files other than of cells.
  package func line(of record: Int) -> Int? {
    if !parts.isEmpty {
      let (part, first, _) = part(of: record)
      return part.line(of: record - first)
    }
    return places?.line(of: record)
  }

  /// The bytes of the file that belong to a block, headers and line ends included: blocks divide the file without a gap.
  private func range(of block: Int) -> Range<Int> {
    let first = block * Self.recordsPerBlock
    let next = first + Self.recordsPerBlock
    guard let places else { return first * recordLength..<min(next, recordCount) * recordLength }
    return (block == 0 ? 0 : places.start(of: first))..<(next < total ? places.start(of: next) : size)
  }

  /// Reads a block of records (the first is 0).
  ///
  /// - Throws: `file.read` when the system cannot read, or the file has become shorter.
  package func read(_ block: Int, into buffer: BlockBuffer) throws(Diagnostic) -> RecordBlock {
    var rest = block
    for part in parts {
      if rest < part.blockCount { return try part.read(rest, into: buffer) }
      rest -= part.blockCount
    }
    let range = range(of: block)
    let first = block * Self.recordsPerBlock
    let count = min(Self.recordsPerBlock, recordCount - first)
    let bytes = buffer.room(range.count)
    var done = 0
    while done < range.count {
      let got = try file.read(into: bytes + done, count: range.count - done, at: range.lowerBound + done)
      guard got > 0 else {
        throw Diagnostic(
          .fileRead, at: Place(file: path, record: first + 1, offset: range.lowerBound + done),
          "the file has become shorter")
      }
      done += got
    }
    for index in 0..<count {
      buffer.starts[index] = offset(of: first + index) - range.lowerBound
      buffer.lengths[index] = places?.length(of: first + index) ?? recordLength
    }
    return RecordBlock(
      base: UnsafePointer(bytes), starts: UnsafeBufferPointer(start: buffer.starts, count: count),
      lengths: places == nil ? nil : UnsafeBufferPointer(start: buffer.lengths, count: count))
  }

  /// Reads single records (the first is 0), at most ``recordsPerBlock``, in the given order.
  ///
  /// - Throws: `file.read` when the system cannot read, or the file has become shorter.
  package func read(records: [Int], into buffer: BlockBuffer) throws(Diagnostic) -> RecordBlock {
    let lengths = records.map { length(of: $0) }
    let bytes = buffer.room(lengths.reduce(0, +))
    var end = 0
    for (index, record) in records.enumerated() {
      (buffer.starts[index], buffer.lengths[index]) = (end, lengths[index])
      var done = 0
      while done < lengths[index] {
        let place = offset(of: record) + done
        let file = parts.isEmpty ? file : part(of: record).part.file
        let got = try file.read(into: bytes + end + done, count: lengths[index] - done, at: place)
        guard got > 0 else {
          throw Diagnostic(
            .fileRead, at: Place(file: path, record: record + 1, offset: place), "the file has become shorter")
        }
        done += got
      }
      end += lengths[index]
    }
    let isUniform = parts.isEmpty ? places == nil : parts.allSatisfy { $0.places == nil }
    return RecordBlock(
      base: UnsafePointer(bytes), starts: UnsafeBufferPointer(start: buffer.starts, count: records.count),
      lengths: isUniform ? nil : UnsafeBufferPointer(start: buffer.lengths, count: records.count))
  }

  private func length(of record: Int) -> Int {
    if !parts.isEmpty {
      let (part, first, _) = part(of: record)
      return part.length(of: record - first)
    }
    return places?.length(of: record) ?? recordLength
  }

  /// The first bytes of the file, or of each of several, as it was opened.
  ///
  /// - Returns: `count` bytes, fewer when the file has not so many.
  /// - Throws: `file.read`; `file.interrupted`.
  package func beginning(_ count: Int) throws(Diagnostic) -> [UInt8] {
    if !parts.isEmpty {
      var bytes: [UInt8] = []
      for part in parts { bytes += try part.beginning(count) }
      return bytes
    }
    var got = 0
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer { buffer.deallocate() }
    while got < count {
      let more = try file.read(into: buffer + got, count: count - got, at: got)
      if more == 0 { break }
      got += more
    }
    return Array(UnsafeBufferPointer(start: buffer, count: got))
  }

  /// - Throws: `file.changed` when the file has been written to since it was opened.
  package func requireUnchanged() throws(Diagnostic) {
    for part in parts { try part.requireUnchanged() }
    try file.requireUnchanged()
  }
}

extension RecordFormat {
  /// True when records follow one another without bytes between, before or behind them.
  var isPlain: Bool { form.isFixed && blocks == .none && start == 0 && end == 0 && minimum == 0 }
}

/// A block's bytes and the places of its records. One per shard, refilled for every block.
package final class BlockBuffer {
  private var buffer = ByteBuffer()
  package let starts = UnsafeMutablePointer<Int>.allocate(capacity: RecordFile.recordsPerBlock)
  package let lengths = UnsafeMutablePointer<Int>.allocate(capacity: RecordFile.recordsPerBlock)

  package init() {}

  deinit {
    starts.deallocate()
    lengths.deallocate()
  }

  package var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }

  /// Memory for the bytes of a block, all of which are to be written.
  fileprivate func room(_ size: Int) -> UnsafeMutablePointer<UInt8> {
    buffer.removeAll(for: size)
    buffer.count = size
    return buffer.base
  }
}

/// The place of each record of a file. Immutable once it is built.
private final class RecordPlaces: @unchecked Sendable {
  /// The place of the first record of each block.
  private var blocks: [Int] = []
  /// For each record, its distance from its block's first record, and its bytes.
  private var distances: [UInt32] = []
  private var lengths: [UInt32] = []
  /// In a file of cells, the line of each record, and the line of names.
  private var lines: [UInt32] = []
  private(set) var names: [UInt8] = []
  private(set) var longest = 0

  var count: Int { lengths.count }

  init(_ file: SourceFile, format: RecordFormat, layoutLength: Int) throws(Diagnostic) {
    let reader = try RecordReader(file, format: format, layoutLength: layoutLength, policy: .strict)
    if reader.isCompressed || format.form.isSpanned { throw Diagnostic(.frameSeek, at: Place(file: file.path)) }
    while let block = try reader.next() {
      for index in 0..<block.count {
        let place = reader.offset(of: index)
        if count % RecordFile.recordsPerBlock == 0 { blocks.append(place) }
        guard let distance = UInt32(exactly: place - blocks[blocks.count - 1]) else {
          throw Diagnostic(
            .frameLarge, at: Place(file: file.path, record: count + 1, offset: place), String(UInt32.max))
        }
        let length = block.lengths?[index] ?? reader.recordLength
        distances.append(distance)
        lengths.append(UInt32(length))
        if format.cells != nil { lines.append(UInt32(truncatingIfNeeded: reader.line(of: index))) }
        longest = max(longest, length)
      }
    }
    names = reader.names
    if count == 0, names.isEmpty { throw Diagnostic(.fileEmpty, at: Place(file: file.path)) }
  }

  func start(of record: Int) -> Int { blocks[record / RecordFile.recordsPerBlock] + Int(distances[record]) }

  func length(of record: Int) -> Int { Int(lengths[record]) }

  func line(of record: Int) -> Int? { lines.isEmpty ? nil : Int(lines[record]) }
}
