import Evidence
import Projects
import Base
import Checks
import Decode
import Expressions
import Framing
import Glibc
import Records
import Targets

/// One thread's share of the work on one file: its buffers, decoders, machines and batches. Nothing in it is shared.
final class FileShard {
  private let plan: FilePlan
  private let file: RecordFile
  private let buffer = BlockBuffer()
  private let kinds: [Kind]
  private let unknown = Group()
  let batches: [Batch]

  /// Per kind: the records of the current block, with decoder, machine and mapper.
  private final class Kind {
    let kind: FileKind
    let source: Source
    let decoder: KindDecoder
    let machine: Machine
    let mapper: Mapper
    let group = Group()
    let hashes = KeyHashes()

    init(_ kind: FileKind, _ file: FilePlan, _ columns: [Int], _ project: Project) {
      self.kind = kind
      source = .records(file: file.id, kind: kind.code)
      decoder = KindDecoder(
        kind.plan, trimmed: file.format.form == .text, cells: file.format.cells, columns: columns)
      machine = Machine(project.programs[source]!)
      mapper = Mapper(kind.mapping, tables: project.tables)
    }
  }

  private final class Group {
    var starts: [Int] = []
    var lengths: [Int] = []
    var records: [Int] = []

    func removeAll() {
      starts.removeAll(keepingCapacity: true)
      lengths.removeAll(keepingCapacity: true)
      records.removeAll(keepingCapacity: true)
    }
  }

  /// The result of one block, to be added to the file's account in order.
  struct Outcome {
    var tallies: [Tally]
    var faults: [String: Int] = [:]
    var exclusions: [String: Int] = [:]
    /// The records that a rule excludes.
    var excluded: [(record: Int, kind: String, rule: String)] = []
    /// Rejected records, with the place of each in the block's bytes.
    var rejects: [(reject: RunEvidence.Reject, place: Range<Int>)] = []
  }

  init(_ plan: FilePlan, _ file: RecordFile, _ project: Project) {
    self.plan = plan
    self.file = file
    kinds = plan.kinds.map { Kind($0, plan, file.columns, project) }
    batches = project.tables.map { Batch($0.fields) }
  }

  /// The bytes of the file that belong to the current block.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(buffer.bytes) }

  /// Reads block number `block`, decodes it, lets the checks observe it, and maps it when `maps` is set.
  func work(_ block: Int, observe: (Source, ObservedRows) -> Void, maps: Bool) throws(Diagnostic) -> Outcome {
    let records = try file.read(block, into: buffer)
    let numbers = file.records(of: block)
    divide(records, numbers: numbers.lowerBound + 1..<numbers.upperBound + 1)
    for batch in batches { batch.removeAll() }
    var outcome = Outcome(tallies: Array(repeating: Tally(), count: kinds.count))
    for index in kinds.indices { process(index, records, observe, maps, &outcome) }
    for row in unknown.starts.indices { reject("?", unknown, row, "", .unknownKind, &outcome) }
    return outcome
  }

  /// Reads single records (from 1, at most a block's), lets the checks observe them, and makes the rows that they would
  /// have made if nothing were wrong with them: with faults in place of the values that cannot be read.
  func draft(_ numbers: ArraySlice<Int>, observe: (Source, ObservedRows) -> Void) throws(Diagnostic) {
    let records = try file.read(records: numbers.map { $0 - 1 }, into: buffer)
    divide(records, numbers: numbers)
    for batch in batches { batch.removeAll() }
    for kind in kinds where !kind.group.starts.isEmpty {
      _ = decode(kind, records, observe)
      if kind.kind.role == .data { kind.mapper.draft(kind.machine, records: kind.group.records, into: batches) }
    }
  }

  private func divide(_ block: RecordBlock, numbers: some Collection<Int>) {
    for kind in kinds { kind.group.removeAll() }
    unknown.removeAll()
    for (record, number) in numbers.enumerated() {
      let start = block.starts[record]
      let length = block.lengths?[record] ?? plan.recordLength
      let kind = plan.kind(of: block.base + start, length: length, columns: file.columns)
      let group = kind.map { kinds[$0].group } ?? unknown
      group.starts.append(start)
      group.lengths.append(length)
      group.records.append(number)
    }
  }

  private func process(
    _ index: Int, _ block: RecordBlock, _ observe: (Source, ObservedRows) -> Void, _ maps: Bool,
    _ outcome: inout Outcome
  ) {
    let kind = kinds[index]
    let group = kind.group
    guard !group.starts.isEmpty else { return }
    let tooLong = decode(kind, block, observe)
    guard maps else { return }
    var dispositions = Array(repeating: Disposition.migrated, count: group.starts.count)
    for found in kind.decoder.faults() where dispositions[found.record] == .migrated {
      dispositions[found.record] = .rejected(field: kind.kind.plan.fields[found.field].name, found.fault)
    }
    for row in tooLong where dispositions[row] == .migrated { dispositions[row] = .rejected(field: "", .excess) }
    if kind.kind.role == .data {
      let rowless = kind.mapper.map(
        kind.machine, records: group.records, dispositions: &dispositions, into: batches)
      kind.decoder.add(.rowless, rowless)
    }
    account(kind, index, dispositions, &outcome)
  }

  /// Decodes the block's records of a kind, and lets the checks observe them.
  ///
  /// - Returns: the rows of records with more bytes than their kind.
  private func decode(_ kind: Kind, _ block: RecordBlock, _ observe: (Source, ObservedRows) -> Void) -> [Int] {
    let group = kind.group
    var tooLong: [Int] = []
    group.starts.withUnsafeBufferPointer { starts in
      group.lengths.withUnsafeBufferPointer { lengths in
        let isUniform = block.lengths == nil
        let records = RecordBlock(base: block.base, starts: starts, lengths: isUniform ? nil : lengths)
        kind.decoder.decode(records)
        kind.decoder.countUnheld(records)
        if !isUniform { tooLong = starts.indices.filter { kind.decoder.excess($0, of: records) > 0 } }
        kind.machine.start(kind.decoder.columns, rows: starts.count)
        observe(
          kind.source,
          ObservedRows(
            machine: kind.machine, count: starts.count, records: group.records, block: kind.decoder.placed(records),
            hashes: kind.hashes))
      }
    }
    return tooLong
  }

  private func account(_ kind: Kind, _ index: Int, _ dispositions: [Disposition], _ outcome: inout Outcome) {
    var tally = Tally()
    for (row, disposition) in dispositions.enumerated() {
      tally.read += 1
      switch disposition {
      case .migrated: tally.migrated += 1
      case .excluded(let rule):
        tally.excluded += 1
        let id = kind.kind.mapping.exclusions[rule].id
        outcome.exclusions[id, default: 0] += 1
        outcome.excluded.append((kind.group.records[row], kind.kind.code, id))
      case .rejected(let field, let fault):
        tally.rejected += 1
        reject(kind.kind.code, kind.group, row, field, fault, &outcome)
      }
    }
    precondition(tally.balances, "records read must be migrated, rejected or excluded")
    outcome.tallies[index] = tally
  }

  private func reject(
    _ kind: String, _ group: Group, _ row: Int, _ field: String, _ fault: Fault, _ outcome: inout Outcome
  ) {
    outcome.faults[fault.code, default: 0] += 1
    let (record, start) = (group.records[row], group.starts[row])
    let reject = RunEvidence.Reject(
      file: plan.id, kind: kind, record: record, offset: file.offset(of: record - 1), line: file.line(of: record - 1),
      data: file.partName(of: record - 1), field: field, fault: fault.code)
    outcome.rejects.append((reject, start..<start + group.lengths[row]))
  }

  /// What the last block's records were decoded to, kind by kind.
  var decoded: [ItemReading.Block] {
    kinds.filter { !$0.group.starts.isEmpty }.map {
      ItemReading.Block(kind: $0.kind, columns: $0.decoder.columns, records: $0.group.records)
    }
  }

  /// The oddities found so far, over all kinds.
  var oddities: OddityCount {
    var sum = OddityCount()
    for kind in kinds { sum += kind.decoder.oddities }
    return sum
  }
}
