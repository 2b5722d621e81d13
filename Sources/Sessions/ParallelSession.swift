import Comparisons
import Base
import Evidence
import Foundation
import Ledger
import Registers
import Workspace

/// A day of the parallel run (並行稼働) in a workspace: compared job by job, recorded. The use case behind `parallel`.
package struct ParallelSession {
  private let manifest: ParallelManifest
  private let day: String
  private let workspace: Workspace
  private let lock: WorkspaceLock
  private let ledger: Ledger

  /// Locks the workspace.
  ///
  /// - Parameters:
  ///   - day: `YYYY-MM-DD`, not in the future.
  ///   - workspace: its folder; `.totsugo` beside the manifest when `nil`.
  /// - Throws: `register.future`, `workspace.busy`, `workspace.write`; the errors of opening the ledger.
  package init(_ manifest: ParallelManifest, day: String, workspace: String?) throws {
    if day > Day.today() { throw Diagnostic(.registerFuture, day) }
    self.manifest = manifest
    self.day = day
    self.workspace = Workspace(path: workspace ?? manifest.folder + "/.totsugo")
    try PrivateFile.makeFolder(self.workspace.folder(ofDay: day))
    lock = try WorkspaceLock(self.workspace)
    ledger = try Ledger(self.workspace, RegisterCatalog.schemas)
    try ledger.reading().checkClock(Day.now())
  }

  /// Compares the outputs of the day, and records the evidence.
  ///
  /// - Parameters:
  ///   - run: of the same manifest and day.
  ///   - only: the jobs; all when empty.
  ///   - remark: receives warnings about the data.
  /// - Throws: the errors of reading the outputs and of entering.
  package func perform(
    _ run: ParallelRun, only: Set<String>, wishes: DatasetComparison.Wishes, remark: (Diagnostic) -> Void
  ) throws -> ParallelEvidence {
    defer { withExtendedLifetime(lock) {} }
    let evidence = try run.run(only: only, wishes: wishes, lists: workspace.folder(ofDay: day), remark: remark)
    // A day without any output or earlier entry is no day of the parallel run but a mistake.
    let isKnown = try ledger.reading().record(ParallelDay.self, day) != nil
    let isThere = manifest.outputs(on: day).contains { FileManager.default.fileExists(atPath: $0) }
    guard isKnown || isThere || evidence.jobs.contains(where: { $0.outcome != .notCompared }) else { return evidence }
    // A process killed between file and entry leaves an unfinished day, and no finding of tampering.
    let begun = try ledger.writing()
    try begun.append([ParallelDay.began(day, title: evidence.title.ja)], by: "totsugo", at: Day.now())
    try begun.commit()
    let digest = try workspace.record(evidence)
    let ended = try ledger.writing()
    try ended.enter(evidence, fileDigest: digest, isWhole: only.isEmpty, at: Day.now())
    try ended.commit()
    return evidence
  }
}
