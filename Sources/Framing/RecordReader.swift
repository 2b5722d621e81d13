import Base
import Records

/// The records of a file, in blocks, by its format.
///
/// Bytes that the format cannot explain are damage: located, counted, skipped (``Damage``). Every byte consumed is in a
/// record, a header, or left out for a reason that the tally names; the reader traps otherwise.
package final class RecordReader {
  /// The largest number of damages that are kept; more are only counted, in ``damageCount``.
  package static let damagesKept = 1000

  /// Counts the faults in the fixed-length record at an address: 0 is a good record.
  package typealias Scorer = (UnsafePointer<UInt8>) -> Int

  package let format: RecordFormat
  package let policy: DamagePolicy
  /// Bytes of a fixed-length record.
  package let recordLength: Int
  /// Whether every record has the length of its layout.
  private let isUniform: Bool
  let source: ByteSource
  let recordsPerBlock: Int
  let scorer: Scorer?
  var slips: SlipFinder?

  /// The current block.
  let starts: UnsafeMutablePointer<Int>
  let lengths: UnsafeMutablePointer<Int>
  var count = 0
  /// The place in the file of the current block's (BDW) end; `Int.max` when there are no blocks.
  var blockEnd = Int.max
  /// Of a file of cells: the line of names, the number of the next line (from 1), and those of the block's records.
  package internal(set) var names: [UInt8] = []
  var hasBegun = false
  var line = 1
  let lines: UnsafeMutablePointer<Int>
  private let segments: SegmentJoiner?
  private let rule: RuleMeasure?
  private var hasFinished = false
  private var passed = 0
  /// Damage to throw after the records before it were delivered.
  private var deferred: Diagnostic?

  package internal(set) var tally = FramingTally()
  package internal(set) var damages: [Damage] = []
  package internal(set) var damageCount = 0
  /// The number of the block's first record, from 1. Skipped and lost records have no number.
  package private(set) var firstRecord = 1

  package var path: String { source.path }
  /// Whether the file is compressed, so that places are in the decompressed data.
  package var isCompressed: Bool { source.isCompressed }

  /// Opens `path` at its first record, to read it once.
  ///
  /// - Throws: `file.open`; the errors of ``init(_:format:layoutLength:recordsPerBlock:bufferBytes:policy:scorer:)``.
  package convenience init(
    path: String, format: RecordFormat, layoutLength: Int, recordsPerBlock: Int = 512, bufferBytes: Int = 1 << 20,
    policy: DamagePolicy = .keepGoing, scorer: Scorer? = nil
  ) throws(Diagnostic) {
    try self.init(
      try SourceFile(path), format: format, layoutLength: layoutLength, recordsPerBlock: recordsPerBlock,
      bufferBytes: bufferBytes, policy: policy, scorer: scorer)
  }

  /// Starts at the first record of `file`.
  ///
  /// - Parameters:
  ///   - layoutLength: bytes of a fixed-length record when the format does not give the length.
  ///   - bufferBytes: the initial size of the buffer in bytes; it grows for longer records.
  ///   - scorer: enables ``recheck(from:)`` to find slipped bytes (F).
  /// - Throws: `file.read`, `frame.gzip`; `frame.format` for impossible lengths.
  package init(
    _ file: SourceFile, format: RecordFormat, layoutLength: Int, recordsPerBlock: Int = 512, bufferBytes: Int = 1 << 20,
    policy: DamagePolicy = .keepGoing, scorer: Scorer? = nil
  ) throws(Diagnostic) {
    let recordLength = format.length ?? layoutLength
    if format.form.isFixed, recordLength < 1 { throw Diagnostic(.frameFormat, "length=\(recordLength)", "length ≥ 1") }
    if case .size(let size) = format.blocks, size < recordLength {
      throw Diagnostic(.frameFormat, "block=\(size)", "block ≥ \(recordLength)")
    }
    self.format = format
    self.policy = policy
    self.recordLength = recordLength
    isUniform = format.form.isFixed && recordLength == layoutLength
    self.recordsPerBlock = recordsPerBlock
    self.scorer = format.form.isFixed && format.blocks == .none ? scorer : nil
    source = try ByteSource(file, footer: format.end, capacity: bufferBytes)
    starts = .allocate(capacity: recordsPerBlock)
    lengths = .allocate(capacity: recordsPerBlock)
    lines = .allocate(capacity: format.cells == nil ? 0 : recordsPerBlock)
    rule = format.rule.map { RuleMeasure(rule: $0) }
    segments = format.form.isSpanned ? SegmentJoiner(format, recordsPerBlock) : nil
    if self.scorer != nil { slips = SlipFinder(recordLength: recordLength) }
    if format.start > 0 { tally.skip(.fileHeader, bytes: try source.skip(format.start)) }
    if format.blocks != .none { blockEnd = source.offset }
    if format.form.isFixed, format.blocks == .none { lookForLineEnds() }
  }

  private func lookForLineEnds() {
    // A read error is reported after the records before it.
    _ = try? source.fill(LineEnds.sample(recordLength))
    let total = source.size.map { $0 - format.end - source.offset } ?? (source.isComplete ? source.available : nil)
    let bytes = UnsafeBufferPointer(start: source.buffer + source.position, count: source.available)
    guard let end = LineEnds.find(bytes, total: total, recordLength: recordLength) else { return }
    note(
      later: Damage(
        kind: .lineEnds, record: 1, offset: source.offset + recordLength, skipped: 0, found: Hex.text(end),
        expected: String(recordLength + end.count)))
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    lines.deallocate()
  }

  /// The next records, at most `most` of them; `nil` at the end, and from then on.
  ///
  /// The block is valid until the next call of the reader. A block ends early at the buffer's end and before damage.
  /// - Throws: `file.read`, `frame.gzip`, `frame.large`; in strict policy the damage just passed.
  package func next(_ most: Int = .max) throws(Diagnostic) -> RecordBlock? {
    firstRecord = passed + tally.records + 1
    count = 0
    if hasFinished { return nil }
    if let damage = deferred {
      deferred = nil
      throw damage
    }
    defer { assertBalance() }
    let block = try frame(max(1, min(most, recordsPerBlock)))
    tally.records += block.count
    if block.count > 0 { return block }
    finish()
    return nil
  }

  private func frame(_ most: Int) throws(Diagnostic) -> RecordBlock {
    if let cells = format.cells {
      try frameCells(cells, most)
    } else if format.form == .text {
      try frameLines(most)
    } else if format.form.isFixed {
      try frame(FixedMeasure(length: recordLength), most)
    } else if let rule {
      try frame(rule, most)
    } else if let segments {
      return try join(segments, most)
    } else {
      try frame(HeaderMeasure(of: format.header), most)
    }
    var bytes = 0
    for index in 0..<count { bytes += lengths[index] }
    tally.recordBytes += bytes
    if let scorer, count > 0 { slips?.sample(scorer(source.buffer + starts[0])) }
    return RecordBlock(
      base: source.buffer, starts: UnsafeBufferPointer(start: starts, count: count),
      lengths: isUniform ? nil : UnsafeBufferPointer(start: lengths, count: count))
  }

  /// Segments of spanned records, joined to records in a separate buffer.
  private func join(_ segments: SegmentJoiner, _ most: Int) throws(Diagnostic) -> RecordBlock {
    segments.begin()
    repeat {
      count = 0
      // A segment completes at most one record, so the block never overflows with as many segments as records.
      try frame(HeaderMeasure(of: format.header), most)
      for orphan in segments.join(self) { note(later: orphan) }
      if count == 0, let orphan = segments.end(self) { note(later: orphan) }
    } while count > 0 && segments.count == 0
    if segments.count == 0, let damage = deferred {
      deferred = nil
      throw damage
    }
    return segments.block
  }

  /// The place in the file of the first byte of record `index` of the current block.
  package func offset(of index: Int) -> Int { segments?.offset(of: index) ?? source.origin + starts[index] }

  /// The number of the line, from 1, on which record `index` of the current block begins; only in a file of cells.
  package func line(of index: Int) -> Int { lines[index] }

  /// The number of the next record.
  var nextRecord: Int { passed + tally.records + 1 }

  /// Skips the records before `record`, counted from 1; by seeking in an uncompressed regular file of form F.
  ///
  /// - Throws: the errors of ``next(_:)``.
  package func skip(to record: Int) throws(Diagnostic) {
    if format.form.isFixed, format.blocks == .none, format.minimum <= recordLength, let size = source.size {
      let whole = max(0, size - format.end - source.offset) / recordLength
      let count = min(record - nextRecord, whole)
      if count > 0 { pass(count, bytes: try source.skip(count * recordLength)) }
    }
    while nextRecord < record {
      let bytes = tally.recordBytes
      guard let block = try next(record - nextRecord) else { return }
      tally.records -= block.count
      let skipped = tally.recordBytes - bytes
      tally.recordBytes = bytes
      pass(block.count, bytes: skipped)
    }
  }

  private func pass(_ count: Int, bytes: Int) {
    passed += count
    tally.skip(.range, bytes: bytes, count: count)
  }

  /// Counts the file's footer, the last bytes.
  private func finish() {
    hasFinished = true
    let footer = source.takeFooter()
    if footer > 0 { tally.skip(.fileFooter, bytes: footer) }
  }

  /// Notes a skipped damage.
  ///
  /// - Throws: the damage, in strict policy.
  func note(_ damage: Damage) throws(Diagnostic) {
    damageCount += 1
    if damages.count < Self.damagesKept { damages.append(damage) }
    if policy == .strict { throw damage.diagnostic(file: path) }
  }

  private func note(later damage: Damage) {
    do throws(Diagnostic) { try note(damage) } catch { deferred = deferred ?? error }
  }

  private func assertBalance() {
    precondition(
      tally.bytesRead + (segments?.openBytes ?? 0) == source.offset,
      "bytes read: \(tally.bytesRead) of \(source.offset)")
  }
}
