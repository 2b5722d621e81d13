import Base
import Evidence
import Foundation
import Ledger
import Synchronization
import Testing
import Workspace

/// The progress of a run as a file, its estimates, and whether a run is at work.
@Suite struct RunProgressTests {
  private static let sample = RunProgress(run: "0001", command: "run", resumed: false, started: "2019-11-20T09:00:00Z")

  @Test func whatCannotBeReadOrWrittenIsNone() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let workspace = shelf.workspace
    workspace.record(Self.sample)
    #expect(workspace.progress(of: "0001") == nil)
    try PrivateFile.makeFolder(workspace.folder(of: "0001"))
    workspace.record(Self.sample)
    #expect(workspace.progress(of: "0001")?.step == "open")
    let file = workspace.folder(of: "0001") + "/progress.json"
    // A failure to write leaves the earlier file.
    try PrivateFile.makeFolder(file + ".partial")
    var later = Self.sample
    later.step = "index"
    workspace.record(later)
    #expect(workspace.progress(of: "0001")?.step == "open")
    try Data("{\"run\"".utf8).write(to: URL(fileURLWithPath: file))
    #expect(workspace.progress(of: "0001") == nil)
  }

  @Test func howFastHowLongAndHowLate() {
    var progress = Self.sample
    #expect(progress.bytesPerSecond == nil && progress.secondsLeftReading == nil && progress.secondsBehindPlan == nil)
    progress.steps = [
      RunEvidence.Step(step: "open", seconds: 7, planned: nil),
      RunEvidence.Step(step: "file A", seconds: 10, planned: 30),
    ]
    (progress.step, progress.stepSeconds, progress.planned) = ("file B", 10, 15)
    (progress.allBytes, progress.allBytesTotal) = (4_000, 10_000)
    #expect(progress.bytesPerSecond == 200)
    #expect(progress.secondsLeftReading == 30)
    #expect(progress.secondsBehindPlan == -20)
    progress.stepSeconds = 40
    #expect(progress.secondsBehindPlan == 5)
    progress.state = .failed
    #expect(progress.secondsLeftReading == nil && progress.secondsBehindPlan == -20)
  }

  @Test func askingWhetherItIsAtWorkTakesNothing() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let workspace = shelf.workspace
    #expect(!workspace.isAtWork(on: "0001"))
    #expect(!FileManager.default.fileExists(atPath: workspace.path))
    do {
      let lock = try WorkspaceLock(workspace)
      #expect(!workspace.isAtWork(on: "0001"))
      lock.hold(for: "0001")
      #expect(workspace.isAtWork(on: "0001") && !workspace.isAtWork(on: "0002"))
      // The question has not released the lock.
      #expect(workspace.isAtWork(on: "0001"))
      #expect(throws: Diagnostic(.workspaceBusy, at: Place(file: workspace.path))) { try WorkspaceLock(workspace) }
      withExtendedLifetime(lock) {}
    }
    #expect(!workspace.isAtWork(on: "0001"))
    // The name is still in the file, as after a killed run: the next holder of the lock is not at work on that run.
    do {
      let lock = try WorkspaceLock(workspace)
      #expect(!workspace.isAtWork(on: "0001"))
      withExtendedLifetime(lock) {}
    }
    // A run that starts is not refused because others ask.
    let isDone = Atomic<Bool>(false)
    let asked = Atomic<Int>(0)
    let refused = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      if thread > 0 {
        while !isDone.load(ordering: .relaxed) {
          _ = workspace.isAtWork(on: "0001")
          asked.add(1, ordering: .relaxed)
        }
        return
      }
      let end = ContinuousClock.now + .milliseconds(300)
      while ContinuousClock.now < end {
        if (try? WorkspaceLock(workspace)) == nil { refused.add(1, ordering: .relaxed) }
      }
      isDone.store(true, ordering: .relaxed)
    }
    #expect(refused.load(ordering: .relaxed) == 0)
  }
}
