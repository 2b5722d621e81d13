import Evidence
import Pipeline
import Office
import Projects
import Base
import Foundation
import Ledger
import Registers
import Targets
import Workspace

/// A run (実行) in a workspace: opened, performed, recorded. The use case behind `run` and `reconcile`.
package struct RunSession {
  /// The order of a run.
  package struct Order {
    /// Folder of the legacy files; `data` beside the project when `nil`.
    package var data: String?
    /// Reference of the target; an SQLite file in the workspace when `nil`.
    package var target: String?
    /// Only these subsystems; all when empty.
    package var only: [String]
    /// Whether it resumes the interrupted run.
    package var resume: Bool
    /// The number of shards that work in parallel.
    package var jobs: Int
    /// Whether the target is loaded, or only verified.
    package var migrates: Bool
    package var stage: RunRecord.Stage?
    /// The records of each file that are read at most; `nil` for all.
    package var limit: Int?
    /// Language of the report.
    package var language: Language

    package init(
      data: String?, target: String?, only: [String], resume: Bool, jobs: Int, migrates: Bool, stage: RunRecord.Stage?,
      limit: Int? = nil, language: Language
    ) {
      self.data = data
      self.target = target
      self.only = only
      self.resume = resume
      self.jobs = jobs
      self.migrates = migrates
      self.stage = stage
      self.limit = limit
      self.language = language
    }
  }

  private let project: Project
  private let office: ProjectOffice
  private let language: Language
  private let lock: WorkspaceLock
  private let ledger: Ledger
  private let start: Workspace.Start
  private let target: any Target
  private let options: MigrationRun.Options
  private let progress: ProgressFile

  private var workspace: Workspace { office.workspace }

  /// Whether rows are loaded, and not only verified.
  package var migrates: Bool { options.migrates }
  /// The path of the report that ``perform()`` writes.
  package var report: String { workspace.folder(of: start.run) + "/report.html" }

  /// Locks the workspace, and enters that the run has begun.
  ///
  /// - Parameter watch: receives every event, on the thread of the event.
  /// - Throws: `workspace.busy`, `resume.nothing`, `resume.other`, `file.open` without the data, `target.readonly`; the
  ///   errors of opening ledger and target.
  package init(
    _ project: Project, _ office: ProjectOffice, _ order: Order, watch: @escaping @Sendable (RunEvent) -> Void
  ) throws {
    self.project = project
    self.office = office
    language = order.language
    let (data, only) = (order.data, order.only)
    let workspace = office.workspace
    lock = try WorkspaceLock(workspace)
    ledger = try office.ledger()
    for name in only where !project.subsystems.contains(where: { $0.id == name }) {
      throw Diagnostic(
        .definitionValue, at: Place(file: "--only"), name, NameTable.choices(name, among: project.subsystems.map(\.id)))
    }
    // The basis of the gates, and of the report's comparison, is read before hours of work, not after.
    try ProjectOffice.checkWhole(ledger.reading(), office.workspace)
    let known = try ledger.reading().records(RunRecord.self, without: [.checks, .definitionFiles])
    _ = try DifferenceComparison(known.filter(\.isComplete), in: workspace)
    if order.resume {
      guard let last = workspace.runs.last, !known.contains(where: { $0.run == last && $0.isComplete }),
        let unfinished = workspace.start(of: last)
      else { throw Diagnostic(.resumeNothing) }
      guard unfinished.definitions == project.digest else {
        throw Diagnostic(.resumeOther, at: Place(file: project.path), project.name)
      }
      start = unfinished
      // If it is named again, it may contain the password that the workspace does not keep.
      self.target = try TargetReference.open(order.target ?? unfinished.target)
      guard self.target.reference == unfinished.target else {
        throw Diagnostic(.resumeOther, at: Place(file: self.target.reference), unfinished.target)
      }
    } else {
      let folder = data ?? project.folder + "/data"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
        throw Diagnostic(.fileOpen, at: Place(file: folder), String(cString: strerror(ENOENT)))
      }
      let named = try order.target.map(TargetReference.open)
      if let named, order.migrates, !named.takesRows {
        throw Diagnostic(.targetReadonly, at: Place(file: named.reference))
      }
      let run = try workspace.newRun(after: known.map(\.run))
      self.target = try named ?? TargetReference.open("sqlite:" + workspace.folder(of: run) + "/target.sqlite")
      start = Workspace.Start(
        run: run, project: project.name, command: order.migrates ? "run" : "reconcile", started: Day.now(),
        definitions: project.digest, data: data ?? project.folder + "/data",
        target: self.target.reference, only: only,
        stage: (order.stage ?? .rehearsal).rawValue)
      try workspace.record(start)
    }
    // From here on any evidence of this run is known to be unfinished until its end is entered.
    let beginning = RunRecord.began(start, isResumed: order.resume)
    let writing = try ledger.writing()
    try writing.append([beginning], by: "totsugo", at: Day.now())
    try writing.commit()
    let progress = ProgressFile(
      RunProgress(run: start.run, command: start.command, resumed: order.resume, started: Day.now()),
      write: workspace.record)
    self.progress = progress
    lock.hold(for: start.run)
    options = MigrationRun.Options(
      data: start.data, only: start.only, resume: order.resume, jobs: order.jobs, migrates: order.migrates,
      limit: order.limit,
      progress: {
        progress.report($0)
        watch($0)
      })
  }

  /// Does the work and records the evidence, also when it fails half-way.
  ///
  /// - Returns: the evidence, and what the gates say with it, as in the report.
  /// - Throws: the errors of the migration, after the evidence has been recorded; those of recording the evidence, of
  ///   judging and of writing the report.
  package func perform() throws -> (evidence: RunEvidence, standing: ProjectOffice.Standing) {
    do {
      let outcome = try work()
      progress.end(.finished)
      return outcome
    } catch {
      progress.end((error as? Diagnostic)?.code == .interrupted ? .interrupted : .failed)
      throw error
    }
  }

  private func work() throws -> (evidence: RunEvidence, standing: ProjectOffice.Standing) {
    let began = ContinuousClock.now
    let folder = workspace.folder(of: start.run)
    var evidence = RunEvidence(
      run: start.run, project: project.name, title: project.title, asOf: project.asOf, command: start.command,
      started: start.started, definitions: project.digest)
    let migration = MigrationRun(project: project, target: target, folder: folder, options: options)
    var failure: Diagnostic?
    do throws(Diagnostic) { try migration.run(&evidence) } catch { failure = error }
    if failure == nil { progress.report(.began(step: "report")) }
    evidence.finished = Day.now()
    // Not the wall clock, which may be set.
    evidence.seconds = ((ContinuousClock.now - began) / .milliseconds(1)).rounded() / 1000
    let sealed = try SealedEvidence(evidence)
    let digest = try workspace.record(sealed)
    let run = RunRecord.amendment(
      sealed, fileDigest: digest, stage: RunRecord.Stage(rawValue: start.stage) ?? .rehearsal,
      definitionFiles: project.definitionFiles,
      // The full path, so that it can be found from elsewhere; the evidence, which is the same everywhere, has no path.
      data: Self.whole(start.data), target: Self.whole(target: start.target),
      leftOut: start.only.isEmpty ? [] : project.subsystems.map(\.id).filter { !start.only.contains($0) })
    // Hours of work are not lost because another process reads.
    ledger.wait(seconds: 600)
    let writing = try ledger.writing()
    try writing.enter(run, at: Day.now())
    try writing.commit()
    if let failure { throw failure }
    let standing = try office.standing()
    try office.writeReport(of: sealed.evidence, standing, language, to: report)
    return (sealed.evidence, standing)
  }

  private static func whole(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  private static func whole(target: String) -> String {
    if target.hasPrefix("sqlite:") { return "sqlite:" + whole(String(target.dropFirst(7))) }
    guard target.hasPrefix("csv:") else { return target }
    let body = target.dropFirst(4)
    let mark = body.firstIndex(of: "?") ?? body.endIndex
    return "csv:" + whole(String(body[..<mark])) + body[mark...]
  }
}
