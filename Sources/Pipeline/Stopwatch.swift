import Evidence

/// Measures a step of a run.
struct Stopwatch {
  private let step: String
  private let planned: Int?
  private let start = ContinuousClock.now

  init(_ step: String, _ project: Project) {
    self.step = step
    planned = project.schedule[step]
  }

  func stop() -> RunEvidence.Step {
    let spent = ContinuousClock.now - start
    let milliseconds = spent / .milliseconds(1)
    return RunEvidence.Step(step: step, seconds: milliseconds.rounded() / 1000, planned: planned)
  }
}
