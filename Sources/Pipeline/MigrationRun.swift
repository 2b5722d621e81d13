import Evidence
import Projects
import Base
import Checks
import Decode
import Dispatch
import Expressions
import Foundation
import Framing
import Synchronization
import Targets
import Workspace

/// A dry-run migration, or with `migrates` false the verification of a target that another program has loaded.
package struct MigrationRun: Sendable {
  package struct Options: Sendable {
    package var data: String
    /// The subsystems to migrate; empty for all.
    package var only: [String]
    package var resume: Bool
    package var jobs: Int
    package var migrates: Bool
    /// Whether the differences of failed checks are listed, for which their sources are read again.
    package var localises: Bool
    /// The records of each file that are read at most; `nil` for all.
    package var limit: Int?
    /// Called from any thread; the caller waits for it to return.
    package var progress: (@Sendable (RunEvent) -> Void)?

    package init(
      data: String, only: [String] = [], resume: Bool = false, jobs: Int = 1, migrates: Bool = true,
      localises: Bool = true, limit: Int? = nil, progress: (@Sendable (RunEvent) -> Void)? = nil
    ) {
      self.data = data
      self.only = only
      self.resume = resume
      self.jobs = jobs
      self.migrates = migrates
      self.localises = localises
      self.limit = limit
      self.progress = progress
    }
  }

  /// The number of batches per commit.
  private static let batchesPerCommit = 32

  let project: Project
  let target: any Target
  let folder: String
  let options: Options

  package init(project: Project, target: any Target, folder: String, options: Options) {
    self.project = project
    self.target = target
    self.folder = folder
    self.options = options
  }

  private var files: [FilePlan] {
    project.files.filter { options.only.isEmpty || options.only.contains($0.subsystem) }
  }

  /// Does the work and fills `evidence`, which on failure has the results until then, marked incomplete.
  ///
  /// - Throws: the errors of reading and writing files, target and workspace; the user's interruption. Rows committed
  ///   to the target stay, for a resumed run.
  package func run(_ evidence: inout RunEvidence) throws(Diagnostic) {
    var inputs: [(plan: FilePlan, file: RecordFile)] = []
    var unread: [Source: Bilingual] = [:]
    for plan in project.files {
      guard files.contains(where: { $0.id == plan.id }) else {
        skip(plan, Bilingual("--only により対象外", "left out by --only"), &unread)
        continue
      }
      do throws(Diagnostic) {
        let file = try plan.open(in: options.data)
        inputs.append((plan, options.limit.map(file.limited) ?? file))
      } catch {
        let why = Bilingual(error.message(.japanese), error.message(.english))
        skip(plan, why, &unread)
        evidence.files.append(
          RunEvidence.FileEvidence(
            file: plan.id, subsystem: plan.subsystem, title: plan.title, refused: why))
      }
    }
    options.progress?(plan(of: inputs, unread))
    let scratch = Scratch(folder: folder)
    let use = ByteUsage(project)
    var unmigrated: [String: FileAccount.Unmigrated] = [:]
    var observers = (0..<max(1, options.jobs)).map { _ in Observer(project.checks, scratch) }
    if options.migrates {
      try target.prepare(project.tables, resuming: options.resume)
      let loader = try target.loader(project.tables)
      for input in inputs {
        let watch = Stopwatch(RunProgress.filePrefix + input.plan.id, project, options.progress)
        unmigrated[input.plan.id] = try migrate(input.plan, input.file, loader, observers, use, &evidence)
        evidence.steps.append(watch.stop())
      }
      let watch = Stopwatch("index", project, options.progress)
      try loader.finish()
      evidence.steps.append(watch.stop())
    } else {
      try TargetExtent.requireAll(
        project.tables.filter { unread[.table($0.name)] == nil }, in: target.inventory(beside: project.tables),
        target.reference)
      for input in inputs {
        let watch = Stopwatch(RunProgress.filePrefix + input.plan.id, project, options.progress)
        unmigrated[input.plan.id] = try migrate(input.plan, input.file, nil, observers, use, &evidence)
        evidence.steps.append(watch.stop())
      }
    }
    // The results of the shards are merged before the tables are read, which halves the memory.
    let observer = Observer.merged(observers)
    let readers = observers.indices.map { $0 == 0 ? observer : Observer(project.checks, scratch) }
    observers = []
    var watch = Stopwatch("read-back", project, options.progress)
    evidence.tables = try readBack(readers, unread, evidence.files)
    _ = Observer.merged(readers)
    observer.settle()
    evidence.steps.append(watch.stop())
    watch = Stopwatch("differences", project, options.progress)
    let tally = AcceptanceTally(project.accepted, on: CivilDate.parse(Day.of(evidence.started)) ?? .max)
    let causes = options.localises ? try causes(observer, inputs, unread, evidence.files, unmigrated) : nil
    let found =
      try causes.map { (finder) throws(Diagnostic) in
        try localise(observer, inputs, unread, evidence.tables, tally, finder)
      } ?? [:]
    evidence.files.sort { $0.file < $1.file }
    evidence.checks = observer.results(
      files: evidence.files, unread: unread, found: found, accepting: tally, explaining: causes)
    evidence.accepted = tally.evidence
    let unverified = project.extent.unverified(try target.inventory(beside: project.tables), project.tables)
    evidence.unverified = unverified.isEmpty ? nil : unverified
    if let result = TargetExtent.result(unverified) { evidence.checks.append(result) }
    let lying = try project.dataExtent.unread(in: options.data, project.files, read: evidence.files)
    evidence.unread = lying.isEmpty ? nil : lying
    if let result = DataExtent.result(lying) { evidence.checks.append(result) }
    var explained: [Cause] = []
    if let causes {
      options.progress?(.explaining)
      let parts = try suspects(causes, evidence.checks, inputs)
      explained = causes.causes(of: evidence.checks, unread: unread, parts: parts)
    }
    evidence.causes = explained.isEmpty ? nil : explained
    evidence.steps.append(watch.stop())
    let drafts = project.drafts.guesses.map(\.thing)
    evidence.drafts = drafts.isEmpty ? nil : drafts
    evidence.limit = options.limit
    evidence.omitted = project.omitted.isEmpty ? nil : project.omitted.map { $0.message(.english) }
    for input in inputs { try input.file.requireUnchanged() }
    evidence.complete = true
  }

  /// The steps of the run, after the files have been opened.
  private func plan(of inputs: [(plan: FilePlan, file: RecordFile)], _ unread: [Source: Bilingual]) -> RunEvent {
    let steps =
      inputs.map { RunProgress.filePrefix + $0.plan.id } + (options.migrates ? ["index"] : [])
      + ["read-back", "differences"]
    return .planned(
      steps: steps.map { RunProgress.Step(step: $0, planned: project.schedule[$0]) },
      files: inputs.map { RunEvent.File(id: $0.plan.id, title: $0.plan.title, bytes: $0.file.size) },
      tables: project.tables.count { unread[.table($0.name)] == nil })
  }

  /// Notes that a file and its tables cannot be judged.
  private func skip(_ plan: FilePlan, _ why: Bilingual, _ unread: inout [Source: Bilingual]) {
    for kind in plan.kinds {
      unread[.records(file: plan.id, kind: kind.code)] = why
      for row in kind.mapping.rows { unread[.table(project.tables[row.table].name)] = why }
    }
  }

  // MARK: files

  /// Reads one file with all shards; with a loader it is also mapped and loaded, from its checkpoint on.
  private func migrate(
    _ plan: FilePlan, _ file: RecordFile, _ loader: (any TargetLoader)?, _ observers: [Observer],
    _ use: ByteUsage, _ evidence: inout RunEvidence
  ) throws(Diagnostic) -> FileAccount.Unmigrated {
    let identity = SHA256.digest(of: "\(project.digest) \(plan.id) \(file.size)")
    let checkpoint = loader?.checkpoints[plan.id]
    if let checkpoint, checkpoint.identity != identity {
      throw Diagnostic(.resumeOther, at: Place(file: file.path), plan.id)
    }
    let work = FileLoading(
      plan: plan, file: file, project: project, loader: loader, loaded: checkpoint?.records ?? 0, identity: identity,
      quarantine: folder + "/quarantine", batchesPerCommit: Self.batchesPerCommit, options: options)
    nonisolated(unsafe) let shards = observers
    DispatchQueue.concurrentPerform(iterations: shards.count) { work.shard(shards[$0]) }
    if let failure = work.failure { throw failure }
    evidence.files.append(try work.finish(use))
    evidence.rejects += work.account.rejects
    return work.account.unmigrated
  }

  // MARK: tables

  /// The largest tables come first, so that no shard is left with one of them at the end.
  private func readBack(
    _ observers: [Observer], _ unread: [Source: Bilingual], _ files: [RunEvidence.FileEvidence]
  ) throws(Diagnostic) -> [RunEvidence.TableEvidence] {
    let rows = mostRows(files)
    let tables = project.tables.enumerated().filter { unread[.table($1.name)] == nil }
      .sorted { (rows[$1.offset], $0.offset) < (rows[$0.offset], $1.offset) }.map(\.element)
    let next = Atomic<Int>(0)
    let results = Mutex<(found: [RunEvidence.TableEvidence], failure: Diagnostic?)>(([], nil))
    nonisolated(unsafe) let shards = observers
    let project = project
    let target = target
    let options = options
    DispatchQueue.concurrentPerform(iterations: shards.count) { shard in
      while results.withLock({ $0.failure == nil }) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < tables.count else { return }
        do throws(Diagnostic) {
          let evidence = try TableReading(tables[index], project).read(target, digests: true) {
            shards[shard].observe($0, $1)
            options.progress?(.readBack(rows: $1.count))
          }
          options.progress?(.readTable)
          results.withLock { $0.found.append(evidence) }
        } catch {
          results.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    let (found, failure) = results.withLock { $0 }
    if let failure { throw failure }
    return found.sorted { $0.table < $1.table }
  }

  /// For each table, how many rows the records that were read can have made.
  private func mostRows(_ files: [RunEvidence.FileEvidence]) -> [Int] {
    var rows = project.tables.map { _ in 0 }
    let read = Dictionary(files.map { ($0.file, $0.kinds) }) { first, _ in first }
    for file in project.files {
      for kind in file.kinds {
        let records = read[file.id]?.first { $0.kind == kind.code }?.records.read ?? 0
        for row in kind.mapping.rows { rows[row.table] += records * (row.each?.count ?? 1) }
      }
    }
    return rows
  }

  // MARK: differences

  /// Observes the records that were not migrated once more, alone, for the checks that did not pass.
  private func causes(
    _ observer: Observer, _ inputs: [(plan: FilePlan, file: RecordFile)], _ unread: [Source: Bilingual],
    _ files: [RunEvidence.FileEvidence], _ unmigrated: [String: FileAccount.Unmigrated]
  ) throws(Diagnostic) -> CauseFinder {
    let nothing = AcceptanceTally(AcceptedDifferences(), on: .max)
    let results = observer.results(files: files, unread: unread, found: [:], accepting: nothing)
    let open = Set(results.filter { $0.status != .passed }.map(\.id))
    let shares = RejectedShares(project.checks.filter { open.contains($0.id) })
    if !open.isEmpty {
      let records = RejectedRecords(project, shares)
      for (plan, file) in inputs { try records.observe(plan, file, unmigrated[plan.id] ?? [:]) }
    }
    let titles = Dictionary(project.files.map { ($0.id, $0.title) }) { first, _ in first }
    return CauseFinder(project.checks, project.entities, fillers: project.fillers, shares, files: titles)
  }

  /// Observes the records that differences name once more, each alone.
  private func suspects(
    _ finder: CauseFinder, _ results: [CheckResult], _ inputs: [(plan: FilePlan, file: RecordFile)]
  ) throws(Diagnostic) -> RecordParts {
    let open = Set(results.filter { $0.status != .passed }.map(\.id))
    let parts = RecordParts(project.checks.filter { open.contains($0.id) })
    let places = Dictionary(grouping: finder.suspects, by: \.file)
    let records = SuspectRecords(project, parts)
    for (plan, file) in inputs { try records.observe(plan, file, places[plan.id] ?? []) }
    return parts
  }

  /// Reads the sources of failed checks again, and writes all differences of each check to a list.
  private func localise(
    _ observer: Observer, _ inputs: [(plan: FilePlan, file: RecordFile)], _ unread: [Source: Bilingual],
    _ tables: [RunEvidence.TableEvidence], _ tally: AcceptanceTally, _ causes: CauseFinder
  ) throws(Diagnostic) -> [String: Localisation.Found] {
    lazy var locating = project.locating()
    guard
      let localisation = observer.localisation(
        excluding: Set(unread.keys), origins: locating.origins, rejected: causes.shares)
    else { return [:] }
    let project = locating
    let records = Dictionary(inputs.map { ($0.plan.id, $0.file.recordCount) }) { first, _ in first }
    let rows = Dictionary(tables.map { ($0.table, $0.rows) }) { first, _ in first }
    nonisolated(unsafe) let parts = localisation.divided(among: max(1, options.jobs)) { source in
      switch source {
      case .records(let file, _): records[file] ?? 0
      case .table(let name): rows[name] ?? 0
      }
    }
    let failure = Mutex<Diagnostic?>(nil)
    DispatchQueue.concurrentPerform(iterations: parts.count) { part in
      do throws(Diagnostic) {
        try readAgain(parts[part], project, inputs, tells: part == 0)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    let salt = try Self.salt(inputs.map(\.file))
    return try localisation.finish(accepting: tally, explaining: causes) { (check, entries) throws(Diagnostic) in
      func line(_ line: CheckResult.Line, _ entry: Localisation.Entry) -> DifferenceList.Line {
        DifferenceList.Line(
          line, keys: check.body.keyNames, measures: check.body.measureNames, group: entry.signature,
          accepted: entry.rule)
      }
      let (name, digest) = try DifferenceList.write(entries.lazy.map { line($0.line, $0) }, of: check.id, in: folder)
      guard entries.contains(where: { $0.line != $0.revealed }) else { return (name, digest, nil) }
      let revealed = try DifferenceList.writeRevealed(
        entries.lazy.map { line($0.revealed, $0) }, salt: salt, of: check.id, in: folder)
      return (name, digest, revealed)
    }
  }

  /// - Parameter tells: whether this reader's progress is told.
  private func readAgain(
    _ localisation: Localisation, _ project: Project, _ inputs: [(plan: FilePlan, file: RecordFile)], tells: Bool
  ) throws(Diagnostic) {
    let sources = localisation.sources
    for (plan, file) in inputs
    where plan.kinds.contains(where: { sources.contains(.records(file: plan.id, kind: $0.code)) }) {
      let shard = FileShard(plan, file, project)
      for block in 0..<file.blockCount {
        try Interruption.check()
        _ = try shard.work(block, observe: { localisation.observe($0, $1) }, maps: false)
        guard tells else { continue }
        options.progress?(
          file.progress(plan.id, records: min((block + 1) * RecordFile.recordsPerBlock, file.recordCount)))
      }
    }
    for table in project.tables where sources.contains(.table(table.name)) {
      _ = try TableReading(table, project).read(target, digests: false) { localisation.observe($0, $1) }
    }
  }

  /// What nobody knows who has not the data, and is the same whenever they are: of the files as they were opened.
  private static func salt(_ files: [RecordFile]) throws(Diagnostic) -> String {
    var bytes: [UInt8] = []
    for file in files { bytes += try file.beginning(65_536) }
    return SHA256.digest(of: "totsugo revealed " + SHA256.digest(of: Data(bytes)))
  }
}
