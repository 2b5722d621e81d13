import Decode
import Evidence
import Expressions
import Framing
import Glibc
import Mapping
import Reconcile
import Records
import Targets

/// One thread's share of the work on one file: its buffers, decoders, machines and batches. Nothing in it is shared.
final class FileShard {
  static let recordsPerBatch = 512

  private let plan: FilePlan
  private let file: FixedFile
  private let buffer: UnsafeMutablePointer<UInt8>
  private let kinds: [Kind]
  private let unknown = Group()
  let batches: [Batch]

  /// Per kind: the records of the block at hand and what works on them.
  private final class Kind {
    let kind: FileKind
    let source: Source
    let decoder: KindDecoder
    let machine: Machine
    let mapper: Mapper
    let group = Group()

    init(_ kind: FileKind, _ file: FilePlan, _ project: Project) {
      self.kind = kind
      source = .records(file: file.id, kind: kind.code)
      decoder = KindDecoder(kind.plan)
      machine = Machine(project.programs[source]!)
      mapper = Mapper(kind.mapping, tables: project.tables)
    }
  }

  private final class Group {
    var starts: [Int] = []
    var records: [Int] = []

    func removeAll() {
      starts.removeAll(keepingCapacity: true)
      records.removeAll(keepingCapacity: true)
    }
  }

  /// What became of one block, to be added to the file's account in order.
  struct Outcome {
    var tallies: [Tally]
    var faults: [String: Int] = [:]
    var exclusions: [String: Int] = [:]
    var rejects: [(reject: RunEvidence.Reject, start: Int)] = []
  }

  init(_ plan: FilePlan, _ file: FixedFile, _ project: Project) {
    self.plan = plan
    self.file = file
    buffer = .allocate(capacity: Self.recordsPerBatch * plan.recordLength)
    kinds = plan.kinds.map { Kind($0, plan, project) }
    batches = project.tables.map { Batch($0.fields) }
  }

  deinit { buffer.deallocate() }

  /// The bytes of the block at hand.
  func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: buffer, count: count * plan.recordLength)
  }

  /// Reads block number `block`, decodes it, lets the checks observe it, and maps it when `maps` is set.
  func work(_ block: Int, observe: (Source, ObservedRows) -> Void, maps: Bool) throws(Diagnostic) -> Outcome {
    let first = block * Self.recordsPerBatch
    let count = min(Self.recordsPerBatch, file.recordCount - first)
    try file.read(first, count: count, into: buffer)
    divide(first, count)
    for batch in batches { batch.removeAll() }
    var outcome = Outcome(tallies: Array(repeating: Tally(), count: kinds.count))
    for index in kinds.indices { process(index, observe, maps, &outcome) }
    for (start, record) in zip(unknown.starts, unknown.records) {
      reject("?", record, start, "", .unknownKind, &outcome)
    }
    return outcome
  }

  private func divide(_ first: Int, _ count: Int) {
    for kind in kinds { kind.group.removeAll() }
    unknown.removeAll()
    for record in 0..<count {
      let start = record * plan.recordLength
      let group = plan.kind(of: buffer + start).map { kinds[$0].group } ?? unknown
      group.starts.append(start)
      group.records.append(first + record + 1)
    }
  }

  private func process(
    _ index: Int, _ observe: (Source, ObservedRows) -> Void, _ maps: Bool, _ outcome: inout Outcome
  ) {
    let kind = kinds[index]
    let group = kind.group
    guard !group.starts.isEmpty else { return }
    group.starts.withUnsafeBufferPointer { kind.decoder.decode(RecordBlock(base: buffer, starts: $0)) }
    kind.machine.start(kind.decoder.columns, rows: group.starts.count)
    observe(kind.source, ObservedRows(machine: kind.machine, count: group.starts.count, records: group.records))
    guard maps else { return }
    var dispositions = Array(repeating: Disposition.migrated, count: group.starts.count)
    for found in kind.decoder.faults() where dispositions[found.record] == .migrated {
      dispositions[found.record] = .rejected(field: kind.kind.plan.fields[found.field].name, found.fault)
    }
    if kind.kind.role == .data {
      kind.mapper.map(kind.machine, records: group.records, dispositions: &dispositions, into: batches)
    }
    account(kind, index, dispositions, &outcome)
  }

  private func account(_ kind: Kind, _ index: Int, _ dispositions: [Disposition], _ outcome: inout Outcome) {
    var tally = Tally()
    for (row, disposition) in dispositions.enumerated() {
      tally.read += 1
      switch disposition {
      case .migrated: tally.migrated += 1
      case .excluded(let rule):
        tally.excluded += 1
        outcome.exclusions[kind.kind.mapping.exclusions[rule].id, default: 0] += 1
      case .rejected(let field, let fault):
        tally.rejected += 1
        reject(kind.kind.code, kind.group.records[row], kind.group.starts[row], field, fault, &outcome)
      }
    }
    precondition(tally.balances, "records read must be migrated, rejected or excluded")
    outcome.tallies[index] = tally
  }

  private func reject(
    _ kind: String, _ record: Int, _ start: Int, _ field: String, _ fault: Fault, _ outcome: inout Outcome
  ) {
    outcome.faults[fault.code, default: 0] += 1
    let reject = RunEvidence.Reject(
      file: plan.id, kind: kind, record: record, offset: (record - 1) * plan.recordLength, field: field,
      fault: fault.code)
    outcome.rejects.append((reject, start))
  }

  /// Oddities met so far, over all kinds.
  var oddities: OddityCount {
    var sum = OddityCount()
    for kind in kinds { sum += kind.decoder.oddities }
    return sum
  }
}
