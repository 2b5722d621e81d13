import Base
import Charset
import Copybook
import Decode
import Glibc

/// A file of the old system during writing: header, records, trailer, and their totals.
///
/// Bytes are collected in a buffer of 1 MiB. The file is readable by its owner alone (mode 0600): such files hold
/// personal data, and synthetic ones are handled the same way.
final class LegacyFileWriter {
  let name: String
  let system: String
  let recordLength: Int
  let planter: DefectPlanter
  private(set) var keyHash: UInt64 = 0
  /// The number of physical records so far; the header is the first.
  private(set) var written = 0
  private(set) var kinds: [KindWriter] = []
  private(set) var seen: NumberSet
  private(set) var aliasDues = 0
  /// The number of occurrences of each lawful case.
  private(set) var cases = CityCaseCounts()

  private let path: String
  private var descriptor: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0
  private let progress: ((Int) -> Void)?
  private let control: RecordEncoder
  private let end: RecordEncoder
  /// The additions of defects to the trailer that follows them: rows by kind, totals, the key hash.
  private var extraRows: [Int: Int] = [:]
  private var extraTotals: [Int64] = [0, 0, 0]
  private var extraHash: Int64 = 0
  /// A record that waits for the next one, and a block that will be written once more.
  private var held: [UInt8] = []
  private var copied: [UInt8] = []
  private var toCopy = 0

  /// - Throws: `city.write` when the file cannot be created, `city.layout` or `encode.slot` for layouts of another
  ///   shape.
  init(
    _ name: String, system: String, in directory: String, layout: Layout, control: Layout, characters: CharacterSet,
    numbers: Int, planter: DefectPlanter, progress: ((Int) -> Void)?
  ) throws(Diagnostic) {
    self.name = name
    self.system = system
    self.planter = planter
    self.progress = progress
    recordLength = layout.length
    path = directory + "/" + name + ".dat"
    self.control = RecordEncoder(layout: control, choosing: ["CT-HEADER"], characters: characters)
    end = RecordEncoder(layout: control, choosing: ["CT-TRAILER"], characters: characters)
    seen = NumberSet(count: numbers)
    capacity = max(1 << 20, 4 * recordLength)
    buffer = .allocate(capacity: capacity)
    descriptor = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Diagnostic(.cityWrite, path, String(cString: strerror(errno))) }
    guard fchmod(descriptor, 0o600) == 0 else { throw Diagnostic(.cityWrite, path, String(cString: strerror(errno))) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  func add(_ writers: [KindWriter]) { kinds += writers }

  /// Writes the complete record in the encoder of `writer`.
  func emit(_ writer: KindWriter, _ mark: RecordMark) throws(Diagnostic) {
    writer.count(mark)
    cases.count(mark.cases)
    keyHash = (keyHash &+ UInt64(mark.number)) % 1_000_000_000_000_000
    seen.insert(mark.number)
    guard planter.isWaiting(for: name, writer.kind, mark) else { return try put(writer.encoder) }
    let before = TrailerShare(writer, file: name)
    let (disposition, follows) = try planter.offer(
      writer, mark, file: name, record: written + 1 + (held.isEmpty ? 0 : 1))
    let after = TrailerShare(writer, file: name)
    switch disposition {
    case .keep: try put(writer.encoder)
    case .drop: break
    case .again:
      try put(writer.encoder)
      try put(writer.encoder)
    case .twice:
      try put(writer.encoder)
      planter.alterCopy(writer)
      try put(writer.encoder)
    case .later:
      try flushHeld()
      held = Array(writer.encoder.bytes)
    case .block:
      toCopy = 512
      try put(writer.encoder)
    }
    guard follows else { return }
    let copies: Int64 = disposition == .drop ? 0 : disposition == .again || disposition == .twice ? 2 : 1
    extraRows[writer.kind, default: 0] += Int(copies) - 1
    for index in 0..<3 { extraTotals[index] += copies * after.totals[index] - before.totals[index] }
    extraHash += copies * after.number - before.number
    if disposition == .twice { extraHash += 9_999_999_999 - after.number }
  }

  /// Writes the delayed record after the one that should have followed it.
  private func flushHeld() throws(Diagnostic) {
    guard !held.isEmpty else { return }
    let record = held
    held = []
    try put(record)
  }

  func noteAlias() { aliasDues += 1 }

  private func put(_ encoder: RecordEncoder) throws(Diagnostic) {
    try put(UnsafeBufferPointer(encoder.bytes))
    if toCopy > 0 { try copy(Array(encoder.bytes)) }
    if !held.isEmpty { try flushHeld() }
  }

  private func put(_ bytes: [UInt8]) throws(Diagnostic) {
    var fault: Diagnostic?
    bytes.withUnsafeBufferPointer { pointer in
      do throws(Diagnostic) { try put(pointer) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  private func put(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    if used + recordLength > capacity { try flush() }
    let target = buffer + used
    if let source = bytes.baseAddress { target.update(from: source, count: min(bytes.count, recordLength)) }
    if bytes.count < recordLength {
      (target + bytes.count).update(repeating: 0x40, count: recordLength - bytes.count)
    }
    used += recordLength
    written += 1
    if written % 20_000 == 0 { progress?(20_000) }
  }

  /// Keeps a record of the block that will be written again, and writes the block again when it is complete.
  private func copy(_ record: [UInt8]) throws(Diagnostic) {
    copied += record
    toCopy -= 1
    if toCopy == 0 { try repeatBlock() }
  }

  private func repeatBlock() throws(Diagnostic) {
    toCopy = 0
    for start in stride(from: 0, to: copied.count, by: recordLength) {
      try put(Array(copied[start..<start + recordLength]))
    }
    copied = []
  }

  // MARK: two records at once

  /// Applies defects that need two records. Called before the trailer, after all records.
  func settlePairs() throws(Diagnostic) {
    guard planter.hasPairs(name) else { return }
    try flush()
    for pair in planter.pairs(name) {
      guard let writer = kinds.first(where: { $0.kind == pair.defect.kind }), let change = pair.defect.settle else {
        continue
      }
      var records: [[UInt8]] = []
      for record in pair.records { records.append(try read(record)) }
      var shares: [TrailerShare] = []
      for record in records { shares.append(share(record, writer)) }
      let both = PlantedDefect.Pair(encoder: writer.encoder, first: records[0], second: records[1])
      try change(both)
      for (index, record) in [both.first, both.second].enumerated() {
        try rewrite(pair.records[index], record)
        let after = share(record, writer)
        guard pair.defect.followsTrailer else { continue }
        for total in 0..<3 { extraTotals[total] += after.totals[total] - shares[index].totals[total] }
        extraHash += after.number - shares[index].number
      }
    }
  }

  private func share(_ record: [UInt8], _ writer: KindWriter) -> TrailerShare {
    for (index, byte) in record.enumerated() { writer.encoder.bytes[index] = byte }
    return TrailerShare(writer, file: name)
  }

  /// A written record, by its physical number.
  private func read(_ record: Int) throws(Diagnostic) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: recordLength)
    let count = pread(descriptor, &bytes, recordLength, off_t((record - 1) * recordLength))
    guard count == recordLength else { throw Diagnostic(.cityWrite, path, String(cString: strerror(errno))) }
    return bytes
  }

  private func rewrite(_ record: Int, _ bytes: [UInt8]) throws(Diagnostic) {
    let count = pwrite(descriptor, bytes, recordLength, off_t((record - 1) * recordLength))
    guard count == recordLength else { throw Diagnostic(.cityWrite, path, String(cString: strerror(errno))) }
  }

  private func flush() throws(Diagnostic) {
    var start = 0
    while start < used {
      let count = write(descriptor, buffer + start, used - start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Diagnostic(.cityWrite, path, String(cString: strerror(errno))) }
      start += count
    }
    used = 0
  }

  // MARK: control records

  func putHeader(_ plan: CityPlan) throws(Diagnostic) {
    func text(_ slot: String, _ value: String) throws(Diagnostic) { try control.set(control.slot(slot), value) }
    func number(_ slot: String, _ value: Int64) throws(Diagnostic) { try control.set(control.slot(slot), value) }
    control.begin()
    try text("CT-KIND", "00")
    try text("CT-SYS-ID", system)
    try text("CT-FILE-ID", String(name.prefix(8)))
    try number("CT-KAIJI", Int64(plan.round))
    try control.set(control.slot("CT-CHUSHUTSU-YMD"), date: CityPlan.asOf)
    try number("CT-CHUSHUTSU-JIKAN", 203_000)
    try control.set(control.slot("CT-KIJUN-YMD"), date: CityPlan.asOf)
    try text("CT-LAYOUT-VER", "0301")
    try number("CT-RECLEN", Int64(recordLength))
    try text("CT-DANTAI-CD", CityPlan.municipality)
    try text("CT-HIMITSU-KBN", "0")
    try put(control)
  }

  /// 件数, 金額合計 and キーハッシュ of the clean city and of the defects that the trailer follows; a defect of the trailer is
  /// planted here.
  func putTrailer(_ clean: [Int64]) throws(Diagnostic) {
    try flushHeld()
    if toCopy > 0 { try repeatBlock() }
    try settlePairs()
    let totals = clean.indices.map { clean[$0] + extraTotals[$0] }
    let rows = dataRecords + extraRows.values.reduce(0, +)
    let hash = (Int64(keyHash) + extraHash) % 1_000_000_000_000_000
    end.begin()
    try end.set(end.slot("CT-KIND"), "99")
    try end.set(end.slot("CT-SYS-ID"), system)
    try end.set(end.slot("CT-FILE-ID"), String(name.prefix(8)))
    try end.set(end.slot("CT-KENSU"), Int64(rows))
    let kind = try end.slot("CT-KIND-KENSU-KIND")
    let count = try end.slot("CT-KIND-KENSU-KENSU")
    let present = kinds.filter { $0.rows + extraRows[$0.kind, default: 0] > 0 }
    for (index, writer) in present.prefix(6).enumerated() {
      end.set(kind, index, byte: 0xF0 | UInt8(writer.kind / 10))
      end.set(kind, index, byte: 0xF0, at: 1)
      try end.set(count, index, Int64(writer.rows + extraRows[writer.kind, default: 0]))
    }
    for (index, total) in totals.enumerated() { try end.set(end.slot("CT-KINGAKU-\(index + 1)"), total) }
    try end.set(end.slot("CT-KEY-HASH"), hash)
    try planter.offerTrailer(end, file: name, record: written + 1)
    try put(end)
    try flush()
    guard close(descriptor) == 0 else {
      descriptor = -1
      throw Diagnostic(.cityWrite, path, String(cString: strerror(errno)))
    }
    descriptor = -1
    progress?(written % 20_000)
  }

  var dataRecords: Int { kinds.reduce(0) { $0 + $1.rows } }

  func facts(_ totals: [Int64]) -> CityFacts.File {
    var file = CityFacts.File()
    file.recordsTotalWithHeaderTrailer = dataRecords + 2
    file.dataRecords = dataRecords
    for writer in kinds where writer.rows > 0 {
      file.rowsPerKind[String(writer.kind)] = writer.rows
      for (index, count) in writer.rowsByYear.enumerated() where count > 0 {
        file.rowsPerKindAndYear["\(writer.kind)/\(2013 + index)"] = count
      }
      file.rowsWithNendo501 += writer.aliasYears
      file.latestRows += writer.latest
      file.deletedRows += writer.deleted
      for (name, sum) in writer.namedSums { file.moneySums[name] = sum }
    }
    file.distinctAtena = seen.count
    file.keyHash = Int64(keyHash)
    file.cases = cases.named
    file.trailerTotals = totals
    return file
  }
}

/// The set of 宛名番号 of the city that occurred: one bit each, of the size of the largest city.
struct NumberSet {
  private var bits: [UInt64]
  private(set) var count = 0

  init(count: Int) { bits = [UInt64](repeating: 0, count: count / 64 + 1) }

  mutating func insert(_ number: Int) {
    let offset = number - 1_000_000
    guard offset >= 0, offset / 64 < bits.count else { return }
    let bit: UInt64 = 1 << UInt64(offset % 64)
    guard bits[offset / 64] & bit == 0 else { return }
    bits[offset / 64] |= bit
    count += 1
  }
}
