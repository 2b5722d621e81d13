import Evidence
import Projects
import Base
import Checks
import Decode
import Expressions
import Framing
import Records
import Synchronization
import Targets
import Workspace

/// The work on one file that its shards share: the next block, the turn to load, the results.
final class FileLoading: @unchecked Sendable {
  private let plan: FilePlan
  private let file: RecordFile
  private let project: Project
  /// Used only by the shard whose turn it is.
  private let loader: (any TargetLoader)?
  private let loaded: Int
  private let identity: String
  private let batchesPerCommit: Int
  private let options: MigrationRun.Options
  private let turnstile = Turnstile()
  private let outcome = Mutex<(oddities: OddityCount, failure: Diagnostic?)>((OddityCount(), nil))
  let account: FileAccount

  init(
    plan: FilePlan, file: RecordFile, project: Project, loader: (any TargetLoader)?, loaded: Int, identity: String,
    quarantine: String, batchesPerCommit: Int, options: MigrationRun.Options
  ) {
    self.plan = plan
    self.file = file
    self.project = project
    self.loader = loader
    self.loaded = loaded
    self.identity = identity
    self.batchesPerCommit = batchesPerCommit
    self.options = options
    account = FileAccount(plan, quarantine: quarantine)
  }

  var failure: Diagnostic? { outcome.withLock { $0.failure } }

  /// One shard's loop, until no block is left or a shard has failed.
  func shard(_ observer: Observer) {
    let shard = FileShard(plan, file, project)
    do throws(Diagnostic) {
      while try step(shard, observer) {}
    } catch {
      outcome.withLock { $0.failure = $0.failure ?? error }
      turnstile.stop()
    }
    outcome.withLock { $0.oddities += shard.oddities }
  }

  /// - Returns: false when there is nothing more to do.
  private func step(_ shard: FileShard, _ observer: Observer) throws(Diagnostic) -> Bool {
    let block = turnstile.ticket()
    guard block < file.blockCount else { return false }
    try Interruption.check()
    let result = try shard.work(block, observe: { observer.observe($0, $1) }, maps: true)
    guard turnstile.enter(block) else { return false }
    let last = file.records(of: block).upperBound
    try account.add(result, bytes: shard.bytes)
    if let loader, last > loaded {
      for (table, batch) in shard.batches.enumerated() where batch.count > 0 { try loader.load(batch, into: table) }
      if (block + 1) % batchesPerCommit == 0 || last == file.recordCount {
        try loader.commit(Checkpoint(file: plan.id, records: last, identity: identity))
      }
    }
    options.progress?(file.progress(plan.id, records: last))
    turnstile.leave()
    return true
  }

  func finish(_ use: ByteUsage) throws(Diagnostic) -> RunEvidence.FileEvidence {
    try account.finish(bytes: file.size, oddities: outcome.withLock { $0.oddities }, use: use)
  }
}

extension RecordFile {
  /// The event that reports the number of records read.
  func progress(_ id: String, records: Int) -> RunEvent {
    .read(file: id, records: records, bytes: records < recordCount ? position(of: records) : size, total: size)
  }
}
