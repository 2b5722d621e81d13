import Base
import Evidence
import Foundation

/// How far a run has come (進捗): for whoever watches it from another process. No evidence: it says what the clock and the
/// reading say, may be a while old, and may not be there.
///
/// `runs/NNNN/progress.json` is written at most twice a second while records are read, at each step's beginning, and at the
/// end. Nothing is written while a target makes indexes, so a reader adds the time since `at` to `stepSeconds` itself.
///
/// A run that was killed stays ``State/running`` for ever. It is at work only if ``Workspace/isAtWork(on:)`` says so too.
package struct RunProgress: Sendable, Codable {
  package enum State: String, Sendable, Codable {
    case running
    /// It came to its end and its report was written, whatever its checks say.
    case finished
    /// It could not go on; the step is the one in which that was.
    case failed
    /// The user stopped it.
    case interrupted
  }

  /// A step that has not begun, and the seconds that the plan of the cut-over (`schedule`) allows for it.
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
  /// Whether it goes on with a run that had stopped. Records that were loaded before are read, and counted, again.
  package var resumed: Bool

  /// The step at hand, or the one in which the run ended: `open` (the files are opened and the target is prepared), then
  /// what ``RunEvidence/Step`` names, then `report`.
  package var step: String
  /// Seconds since it began.
  package var stepSeconds: Double = 0
  /// Seconds that the plan allows for it; `nil` where it says nothing.
  package var planned: Int?
  /// The steps that are done.
  package var steps: [RunEvidence.Step] = []
  /// The steps that follow, in their order; empty until the files have been opened.
  package var ahead: [Step] = []

  /// The file at hand: in a `file` step the one that is migrated, in `differences` the one that is read again.
  package var file: String?
  package var fileTitle: Bilingual?
  /// Records and bytes of that file that have been read, and its bytes in all.
  package var records = 0
  package var bytes = 0
  package var bytesTotal = 0

  /// Of the files that can be migrated: how many there are, how many are done, and what has been read of all of them.
  package var files = 0
  package var filesDone = 0
  package var allRecords = 0
  package var allBytes = 0
  package var allBytesTotal = 0

  /// Reading back: tables, those that are done, and rows.
  package var tables = 0
  package var tablesDone = 0
  package var rows = 0

  /// RFC 3339: when this attempt began, and the time of what is told here.
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

  /// Bytes of legacy files a second, over all that have been read; `nil` before there is anything to reckon with.
  package var bytesPerSecond: Double? {
    let seconds = secondsReading
    return seconds > 0 && allBytes > 0 ? Double(allBytes) / seconds : nil
  }

  /// Seconds until all files will have been read, if it goes on as fast; the steps after that are not in it. `nil` where
  /// nobody knows, or nothing is left.
  package var secondsLeftReading: Double? {
    guard state == .running, allBytes < allBytesTotal, let speed = bytesPerSecond else { return nil }
    return Double(allBytesTotal - allBytes) / speed
  }

  /// Seconds behind the plan of the cut-over, below zero when ahead of it: over the steps that are done and have a plan, and
  /// what the step at hand has taken more than it may. `nil` where no step so far has a plan.
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

  /// How far a run has come; `nil` when it left no word of it, or what it left cannot be read.
  package func progress(of run: String) -> RunProgress? {
    FileManager.default.contents(atPath: progressFile(of: run))
      .flatMap { JSONDocument.value(RunProgress.self, from: $0) }
  }

  /// Writes how far a run has come: whole or not at all, and not waiting for the disk. That it could not be written is
  /// nobody's trouble.
  package func record(_ progress: RunProgress) {
    guard let data = try? JSONDocument.data(progress) else { return }
    try? PrivateFile.write(data, to: progressFile(of: progress.run), isDurable: false)
  }
}
