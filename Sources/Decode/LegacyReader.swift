import Base
import Copybook
import Expressions
import Framing
import Records

/// A legacy file read through its layout, block by block: framed, decoded, and synchronised again after lost bytes.
///
/// ```swift
/// let reader = try LegacyReader(SourceFile(path), layout: layout, plan: plan, format: .fixed)
/// while let block = try reader.next() { printer.print(reader.decoder, block) }
/// ```
package final class LegacyReader {
  package let frames: RecordReader
  package let decoder: KindDecoder
  /// Invalid values of the current block, in record order; those of redefinitions only when a rule chose them.
  package private(set) var faults: [(record: Int, field: Int, occurrence: Int, fault: Fault)] = []
  /// The numbers of records with more, and with fewer, bytes than the layout; in formats of varying length both may be
  /// valid.
  package private(set) var longer = 0
  package private(set) var shorter = 0

  private let plan: KindPlan
  /// Whether a fault in the field counts: a value that is invalid in one redefinition may be valid in another.
  private let counts: [Bool]
  /// A block whose first records must be skipped.
  private var pending: (block: RecordBlock, from: Int)?
  /// The number of records of the frames' block before the returned ones.
  private var passed = 0
  /// Whether shifted bytes would be noticed.
  private let canJudge: Bool
  /// The number of consecutive bad records after which the reader looks for shifted bytes.
  private static let suspicion = 3

  /// - Throws: the errors of opening the file: `file.read`, `frame.…`.
  package init(
    _ file: SourceFile, layout: Layout, plan: KindPlan, format: RecordFormat, policy: DamagePolicy = .keepGoing
  ) throws(Diagnostic) {
    self.plan = plan
    decoder = KindDecoder(plan, trimmed: format.form == .text)
    let counts = plan.countsFaults(layout)
    self.counts = counts
    let judge = KindDecoder(plan)
    // Without numbers all records look alike, and shifted bytes are not noticed.
    canJudge = plan.unfolding == nil && plan.fields.contains { $0.codec.type != .text }
    let length = format.length ?? layout.length
    let scorer: RecordReader.Scorer = { record in
      withUnsafePointer(to: 0) { start in
        withUnsafePointer(to: length) { length in
          judge.decode(
            RecordBlock(
              base: record, starts: UnsafeBufferPointer(start: start, count: 1),
              lengths: UnsafeBufferPointer(start: length, count: 1)))
        }
      }
      return judge.faults().count { counts[$0.field] }
    }
    frames = try RecordReader(
      file, format: format, layoutLength: layout.length,
      recordsPerBlock: max(1, min(512, 4_000_000 / max(plan.columnCount, 1))), policy: policy,
      scorer: canJudge ? scorer : nil)
  }

  /// The number, from 1, of the first record of the current block.
  package var firstRecord: Int { frames.firstRecord + passed }

  /// The place in the file of record `index` of the current block.
  package func offset(of index: Int) -> Int { frames.offset(of: index + passed) }

  /// The next records, decoded; `nil` at the end. Valid until the next call.
  ///
  /// - Throws: the errors of ``RecordReader/next(_:)``.
  ///
  /// - Parameter most: the largest number of records; the records behind them in the block are not returned by a later
  ///   call.
  package func next(_ most: Int = .max) throws(Diagnostic) -> RecordBlock? {
    var next = pending
    pending = nil
    if next == nil, let block = try frame() { next = (block, 0) }
    let from = next?.from ?? 0
    passed = from
    guard var block = next?.block else {
      let tally = frames.tally
      if tally.bytesRead == 0 { throw Diagnostic(.fileEmpty, at: Place(file: frames.path)) }
      if tally.bytes(.fileHeader) + tally.bytes(.fileFooter) == tally.bytesRead {
        throw Diagnostic(.frameNothing, at: Place(file: frames.path), String(tally.bytesRead))
      }
      return nil
    }
    if from > 0 || block.count > most {
      block = Self.rows(from..<min(block.count, from + min(most, block.count)), of: block)
      decoder.forget()
      decode(block)
    }
    if block.lengths != nil {
      for row in 0..<block.count {
        let excess = decoder.excess(row, of: block)
        if excess > 0 { longer += 1 } else if excess < 0 { shorter += 1 }
      }
    }
    return block
  }

  /// The next block, decoded and synchronised.
  private func frame() throws(Diagnostic) -> RecordBlock? {
    while let block = try frames.next() {
      decode(block)
      guard let suspect = suspect(block.count), let kept = try frames.recheck(from: suspect) else { return block }
      decoder.forget()
      if kept == 0 { continue }
      let healed = Self.rows(0..<kept, of: block)
      decode(healed)
      return healed
    }
    return nil
  }

  /// Skips the records before `record`, counted from 1. In files whose bytes may have shifted the earlier records are
  /// read, so that `record` is the same as when reading from the beginning. Faults and oddities in them are not
  /// counted; in a file with fewer records no record follows.
  ///
  /// - Throws: the errors of ``next(_:)``.
  package func skip(to record: Int) throws(Diagnostic) {
    guard record > 1 else { return }
    guard canJudge, frames.format.form == .fixed else { return try frames.skip(to: record) }
    while let block = try frame() {
      if record < frames.firstRecord + block.count {
        pending = (block, record - frames.firstRecord)
        return
      }
      decoder.forget()
    }
  }

  private static func rows(_ rows: Range<Int>, of block: RecordBlock) -> RecordBlock {
    RecordBlock(
      base: block.base, starts: UnsafeBufferPointer(rebasing: block.starts[rows]),
      lengths: block.lengths.map { UnsafeBufferPointer(rebasing: $0[rows]) })
  }

  private func decode(_ block: RecordBlock) {
    decoder.decode(block)
    var lost = -1
    faults = decoder.faults().filter { found in
      guard counts[found.field] else { return false }
      guard found.fault == .occurrences else { return true }
      // The loss of the items behind the table is reported once for each record.
      defer { lost = found.record }
      return lost != found.record
    }
  }

  /// The first of several consecutive bad records that reach the end of the block.
  private func suspect(_ count: Int) -> Int? {
    var (first, last, run) = (-1, -2, 0)
    for fault in faults where fault.record != last {
      (first, run) = fault.record == last + 1 ? (first, run + 1) : (fault.record, 1)
      last = fault.record
      if run == Self.suspicion { return first }
    }
    return nil
  }
}

extension KindPlan {
  /// For each field, whether an invalid value counts as wrong: in a set of redefinitions without a rule, the record's
  /// redefinition is unknown.
  package func countsFaults(_ layout: Layout) -> [Bool] {
    var undecided: Set<Int> = []
    func collect(_ item: DataItem) {
      undecided.insert(item.identity)
      item.children.forEach(collect)
    }
    for set in layout.alternatives where !set.contains(where: { rules.rule(of: $0) != nil }) { set.forEach(collect) }
    return fields.map { !undecided.contains($0.slot.item.identity) }
  }
}

/// The length of a record that only its content determines: its layout's tables, or an expression over its items.
///
/// Slow (one record at a time), for files without record descriptor words.
package enum ContentLength {
  /// The record ends where its last item ends, with tables of the counted number of occurrences.
  package static func byLayout(_ plan: KindPlan) -> LengthRule {
    guard let unfolding = plan.unfolding else { return .measured { _ in .bytes(plan.length) } }
    let unfolder = Unchecked(Unfolder(unfolding))
    return .measured { bytes in
      guard let base = bytes.baseAddress else { return .needs(1) }
      guard let length = unfolder.value.length(of: base, available: bytes.count) else {
        return bytes.count >= plan.length ? .impossible : .needs(bytes.count + 1)
      }
      return length > 0 ? .bytes(length) : .impossible
    }
  }

  /// The record has the number of bytes that the expression gives.
  ///
  /// - Throws: `expression.…` when it is not an expression, or not a whole number.
  package static func by(
    _ expression: String, _ plan: KindPlan, at place: Place
  ) throws(Diagnostic) -> LengthRule {
    var builder = ProgramBuilder(scope: plan.scope())
    let compiled = try builder.compile(expression, at: place, type: .integer)
    let used = plan.fields.filter { builder.usedNames.contains($0.name) }
    let needed = used.map { ($0.offsets.max() ?? 0) + $0.slot.item.length }.max() ?? 1
    let decoder = KindDecoder(plan)
    let machine = Machine(builder.program)
    let state = Unchecked((decoder: decoder, machine: machine))
    return .measured { bytes in
      guard let base = bytes.baseAddress, bytes.count >= needed else { return .needs(needed) }
      withUnsafePointer(to: 0) { start in
        withUnsafePointer(to: bytes.count) { length in
          state.value.decoder.decode(
            RecordBlock(
              base: base, starts: UnsafeBufferPointer(start: start, count: 1),
              lengths: UnsafeBufferPointer(start: length, count: 1)))
        }
      }
      state.value.machine.start(state.value.decoder.columns, rows: 1)
      let column = state.value.machine.value(compiled)
      guard column.states[0] == 0, column.integers[0] >= Int64(needed) else { return .impossible }
      return .bytes(Int(column.integers[0]))
    }
  }

  /// A rule belongs to one reader, which is used by one thread; the closure's type requires more.
  private struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }
}
