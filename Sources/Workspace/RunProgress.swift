import Base
import Evidence
import Foundation

/// The progress of a run (進捗), for watching from another process. It is not evidence: it reflects the clock and the
/// reading, may be out of date, and may be missing.
///
/// `runs/NNNN/progress.json` is written at most twice a second while records are read, at each step's beginning, and at
/// the end. Nothing is written while a target creates indexes, so a reader adds the time since `at` to `stepSeconds`
/// itself.
///
/// A run that was killed stays ``State/running`` for ever. It is at work only if ``Workspace/isAtWork(on:)`` is true,
/// too.
package struct RunProgress: Sendable, Codable {
  package enum State: String, Sendable, Codable {
    case running
    /// It ended and its report was written, whatever the results of its checks.
    case finished
    /// It could not go on; the step is the one in which it failed.
    case failed
    /// The user stopped it.
    case interrupted
  }

  /// A step that has not begun, and the seconds that the plan of the cut-over (`schedule`) allows.
  package struct Step: Sendable, Codable {
    package var step: String
    package var planned: Int?

    package init(step: String, planned: Int?) {
      self.step = step
      self.planned = planned
    }
  }

  package var run: String
  /// `run` or `reconcile`.
  package var command: String
  package var state: State
  /// Whether it resumes a stopped run. Records that were loaded before are read, and counted, again.
  package var resumed: Bool

  /// The current step, or the one in which the run ended: `open` (the files are opened and the target is prepared),
  /// then the steps of ``RunEvidence/Step``, then `report`.
  package var step: String
  /// Seconds since it began.
  package var stepSeconds: Double = 0
  /// Seconds that the plan allows for it; `nil` when there is no limit.
  package var planned: Int?
  /// The finished steps.
  package var steps: [RunEvidence.Step] = []
  /// The steps that follow, in their order; empty until the files have been opened.
  package var ahead: [Step] = []

  /// The current file: in a `file` step the migrated one, in `differences` the one that is read again.
  package var file: String?
  package var fileTitle: Bilingual?
  /// Records and bytes read of that file, and its size in bytes.
  package var records = 0
  package var bytes = 0
  package var bytesTotal = 0

  /// For the files that can be migrated: their number, the number of finished ones, and the amount read of all of them.
  package var files = 0
  package var filesDone = 0
  package var allRecords = 0
  package var allBytes = 0
  package var allBytesTotal = 0

  /// Reading back: the number of tables, of finished tables, and of rows.
  package var tables = 0
  package var tablesDone = 0
  package var rows = 0

  /// RFC 3339: the start of this attempt, and the time of this report.
  package var started: String
  package var at: String
  /// Seconds from `started` to `at`.
  package var seconds: Double = 0

  package init(run: String, command: String, resumed: Bool, started: String) {
    self.run = run
    self.command = command
    self.resumed = resumed
    self.started = started
    state = .running
    step = "open"
    at = started
  }

  package static let filePrefix = "file "

  /// Seconds spent in the `file` steps so far.
  private var secondsReading: Double {
    let done = steps.filter { $0.step.hasPrefix(Self.filePrefix) }.reduce(0) { $0 + $1.seconds }
    return step.hasPrefix(Self.filePrefix) && state == .running ? done + stepSeconds : done
  }

  /// Bytes of legacy files per second, over all files read; `nil` before there is a measurement.
  package var bytesPerSecond: Double? {
    let seconds = secondsReading
    return seconds > 0 && allBytes > 0 ? Double(allBytes) / seconds : nil
  }

  /// Estimated seconds until all files have been read, at the present speed and without the later steps. `nil` when it
  /// cannot be estimated, or nothing is left.
  package var secondsLeftReading: Double? {
    guard state == .running, allBytes < allBytesTotal, let speed = bytesPerSecond else { return nil }
    return Double(allBytesTotal - allBytes) / speed
  }

  /// Seconds behind the plan of the cut-over, negative when ahead of it: over the finished steps with a plan, plus the
  /// excess of the current step. `nil` when no step so far has a plan.
  package var secondsBehindPlan: Double? {
    var (behind, isPlanned) = (0.0, false)
    for done in steps {
      guard let planned = done.planned else { continue }
      behind += done.seconds - Double(planned)
      isPlanned = true
    }
    if state == .running, let planned {
      behind += max(0, stepSeconds - Double(planned))
      isPlanned = true
    }
    return isPlanned ? behind : nil
  }
}

extension Workspace {
  private func progressFile(of run: String) -> String { folder(of: run) + "/progress.json" }

  /// The progress of a run; `nil` when there is no progress file, or it cannot be read.
  package func progress(of run: String) -> RunProgress? {
    FileManager.default.contents(atPath: progressFile(of: run))
      .flatMap { JSONDocument.value(RunProgress.self, from: $0) }
  }

  /// Writes the progress of a run: whole or not at all, without waiting for the disk. A failure is ignored.
  package func record(_ progress: RunProgress) {
    guard let data = try? JSONDocument.data(progress) else { return }
    try? PrivateFile.write(data, to: progressFile(of: progress.run), isDurable: false)
  }
}
