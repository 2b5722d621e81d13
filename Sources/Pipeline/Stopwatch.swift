import Evidence
import Projects
import Workspace

/// Measures a step of a run, and reports its beginning and end.
struct Stopwatch {
  private let step: String
  private let planned: Int?
  private let progress: (@Sendable (RunEvent) -> Void)?
  private let start = ContinuousClock.now

  init(_ step: String, _ project: Project, _ progress: (@Sendable (RunEvent) -> Void)?) {
    self.step = step
    self.progress = progress
    planned = project.schedule[step]
    progress?(.began(step: step))
  }

  func stop() -> RunEvidence.Step {
    let spent = ContinuousClock.now - start
    let milliseconds = spent / .milliseconds(1)
    let step = RunEvidence.Step(step: step, seconds: milliseconds.rounded() / 1000, planned: planned)
    progress?(.ended(step))
    return step
  }
}
