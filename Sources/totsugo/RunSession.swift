import Commands
import Base
import Commands
import Datasets
import Evidence
import Foundation
import Ledger
import Pipeline
import Registers
import Report
import Targets
import Workspace

/// A run in a workspace: opened, performed, recorded, answered. What `run` and `reconcile` share.
struct RunSession {
  private let project: Project
  private let workspace: Workspace
  private let lock: WorkspaceLock
  private let record: Record
  private let ledger: Ledger
  private let start: Workspace.Start
  private let target: any Target
  private let options: MigrationRun.Options
  private let progress: ProgressFile
  private let common: CommonOptions

  init(
    project: Project, workspace: String?, data: String?, target: String?, only: [String], resume: Bool, jobs: Int,
    migrates: Bool, stage: RunRecord.Stage?, common: CommonOptions
  ) throws {
    self.project = project
    self.common = common
    let record = Record(project.outline, workspace: workspace)
    self.record = record
    self.workspace = record.workspace
    lock = try WorkspaceLock(self.workspace)
    ledger = try record.ledger()
    for name in only where !project.subsystems.contains(where: { $0.id == name }) {
      throw Diagnostic(
        .definitionValue, at: Place(file: "--only"), name, project.subsystems.map(\.id).joined(separator: ", "))
    }
    // What the gates will rest on, and what the report will compare with, is read before hours of work, not after.
    try Record.checkWhole(ledger.reading(), record.workspace)
    let known = try ledger.reading().records(RunRecord.self, without: [.checks, .definitionFiles])
    _ = try DifferenceComparison(known.filter(\.isComplete), in: self.workspace)
    if resume {
      guard let last = self.workspace.runs.last, !known.contains(where: { $0.run == last && $0.isComplete }),
        let unfinished = self.workspace.start(of: last)
      else { throw Diagnostic(.resumeNothing) }
      guard unfinished.definitions == project.digest else {
        throw Diagnostic(.resumeOther, at: Place(file: project.path), project.name)
      }
      start = unfinished
      // Named again, it may bring the password that the workspace does not keep.
      self.target = try TargetReference.open(target ?? unfinished.target)
      guard self.target.reference == unfinished.target else {
        throw Diagnostic(.resumeOther, at: Place(file: self.target.reference), unfinished.target)
      }
    } else {
      let folder = data ?? project.folder + "/data"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
        throw Diagnostic(.fileOpen, at: Place(file: folder), String(cString: strerror(ENOENT)))
      }
      let named = try target.map(TargetReference.open)
      let run = try self.workspace.newRun(after: known.map(\.run))
      self.target = try named ?? TargetReference.open("sqlite:" + self.workspace.folder(of: run) + "/target.sqlite")
      start = Workspace.Start(
        run: run, project: project.name, command: migrates ? "run" : "reconcile", started: Day.now(),
        definitions: project.digest, data: data ?? project.folder + "/data",
        target: self.target.reference, only: only,
        stage: (stage ?? .rehearsal).rawValue)
      try self.workspace.record(start)
    }
    // From here on whatever evidence this run leaves is known to be unfinished until its end is entered.
    let beginning = RunRecord.began(start, isResumed: resume)
    let writing = try ledger.writing()
    try writing.append([beginning], by: "totsugo", at: Day.now())
    try writing.commit()
    let progress = ProgressFile(
      RunProgress(run: start.run, command: start.command, resumed: resume, started: Day.now()),
      write: self.workspace.record)
    self.progress = progress
    lock.hold(for: start.run)
    let line = ProgressLine(common)
    options = MigrationRun.Options(
      data: start.data, only: start.only, resume: resume, jobs: jobs, migrates: migrates,
      progress: {
        progress.report($0)
        line?.report($0)
      })
  }

  /// Does the work and records the evidence, also when it fails half-way.
  func perform() throws -> RunEvidence {
    do {
      let evidence = try work()
      progress.end(.finished)
      return evidence
    } catch {
      progress.end((error as? Diagnostic)?.code == .interrupted ? .interrupted : .failed)
      throw error
    }
  }

  private func work() throws -> RunEvidence {
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
    // Not by the clock on the wall, which may be set.
    evidence.seconds = ((ContinuousClock.now - began) / .milliseconds(1)).rounded() / 1000
    try evidence.seal()
    let digest = try workspace.record(evidence)
    let run = try RunRecord.amendment(
      evidence, fileDigest: digest, stage: RunRecord.Stage(rawValue: start.stage) ?? .rehearsal,
      definitionFiles: project.definitionFiles,
      // Whole, so that it can be found from elsewhere; the evidence, which is the same everywhere, has no path.
      data: Self.whole(start.data), target: Self.whole(target: start.target),
      leftOut: start.only.isEmpty ? [] : project.subsystems.map(\.id).filter { !start.only.contains($0) })
    // What took hours is not given up because somebody reads.
    ledger.wait(seconds: 600)
    let writing = try ledger.writing()
    try writing.enter(run, at: Day.now())
    try writing.commit()
    if let failure { throw failure }
    let page = try record.report(project).html(common.language(project.language))
    try PrivateFile.write(Data(page.utf8), to: folder + "/report.html")
    return evidence
  }

  private static func whole(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  private static func whole(target: String) -> String {
    target.hasPrefix("sqlite:") ? "sqlite:" + whole(String(target.dropFirst(7))) : target
  }

  private struct Answer: Encodable {
    struct Checks: Encodable {
      let passed: Int
      let failed: Int
      let warned: Int
      let notRun: Int
    }

    let run: String
    let project: String
    let records: Tally
    let rowsWritten: Int
    let checks: Checks
    let failedChecks: [String]
    let notVerified: [RunEvidence.Unverified]
    let notRead: [RunEvidence.UnreadFile]
    let evidence: String
    let report: String
    let seconds: Double
  }

  /// Prints the answer. Throws the exit code: 1 when a check failed or a record was rejected, 2 when a file could not
  /// be migrated at all.
  func answer(_ evidence: RunEvidence, _ language: Language) throws {
    let report = workspace.folder(of: start.run) + "/report.html"
    let failed = evidence.checks.filter { $0.status == .failed }.map(\.id)
    switch common.format {
    case .json:
      try common.answer(
        json: Answer(
          run: evidence.run, project: evidence.project, records: evidence.records,
          rowsWritten: start.command == "run" ? evidence.tables.reduce(0) { $0 + $1.rows } : 0,
          checks: .init(
            passed: evidence.count(.passed), failed: failed.count, warned: evidence.count(.warned),
            notRun: evidence.count(.notRun)),
          failedChecks: failed, notVerified: evidence.unverified ?? [], notRead: evidence.unread ?? [],
          evidence: evidence.evidence, report: report,
          seconds: evidence.seconds))
    case .text: common.answer(RunSummary(evidence, language).text + "\n" + report)
    }
    for file in evidence.files { if let refused = file.refused { CommonOptions.complain(refused.text(language)) } }
    if evidence.files.contains(where: { $0.refused != nil }) { throw Failure.trouble }
    if !failed.isEmpty || evidence.records.rejected > 0 || evidence.count(.notRun) > 0 { throw Failure.no }
  }
}
