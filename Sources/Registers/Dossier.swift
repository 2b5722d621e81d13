import Evidence
import Ledger

/// 一件書類: all registers of a project in one state, and where each item stands. What lists, gates and papers read.
package struct Dossier: Sendable {
  /// The end of the ledger.
  package let head: Head
  /// `YYYY-MM-DD`: the day for which deadlines, waivers and ages are reckoned.
  package let today: String
  /// Runs that came to their end, oldest first; the last with all its checks.
  package let runs: [RunRecord]
  package var items: [ItemStanding]
  package var issues: [Issue]
  package var milestones: [Milestone]
  package let meetings: [Meeting]
  package var decisions: [GateDecision]
  package let waivers: [Waiver]
  package let requests: [ExtractRequest]
  package let estimates: [Estimate]
  package let hours: [BatchHours]
  /// Days of the parallel run, oldest first.
  package let days: [ParallelDay]
  /// By signature.
  package let classes: [String: Classification]
  package let jobs: [String: TestJob]

  package var latest: RunRecord? { runs.last }

  /// The registers as they are.
  package init(_ reading: borrowing LedgerReading, today: String) throws {
    let heavy: Set<RunRecord.Field> = [.checks, .definitionFiles]
    var runs = try reading.records(RunRecord.self, without: heavy).filter(\.isComplete)
    if let last = runs.last, let whole = try reading.record(RunRecord.self, last.run) { runs[runs.count - 1] = whole }
    self.init(
      head: try reading.head(), today: today, runs: runs, items: try reading.records(Item.self),
      issues: try reading.records(Issue.self), milestones: try reading.records(Milestone.self),
      meetings: try reading.records(Meeting.self), decisions: try reading.records(GateDecision.self),
      waivers: try reading.records(Waiver.self), requests: try reading.records(ExtractRequest.self),
      estimates: try reading.records(Estimate.self), businesses: try reading.records(Business.self),
      batches: try reading.records(BatchRun.self), days: try reading.records(ParallelDay.self),
      classes: try reading.records(Classification.self), jobs: try reading.records(TestJob.self))
  }

  /// The registers as they were at the end of a day. Costs a reading of the whole ledger.
  package init(_ reading: borrowing LedgerReading, asOf day: String) throws {
    let end = Day.end(of: day)
    var head = Head.empty
    let state = try reading.state { entry in
      guard entry.at < end else { return false }
      head = Head(number: entry.number, digest: SHA256.digest(of: entry.value.canonical))
      return true
    }
    self.init(
      head: head, today: day, runs: state.records(RunRecord.self).filter(\.isComplete),
      items: state.records(Item.self), issues: state.records(Issue.self), milestones: state.records(Milestone.self),
      meetings: state.records(Meeting.self), decisions: state.records(GateDecision.self),
      waivers: state.records(Waiver.self), requests: state.records(ExtractRequest.self),
      estimates: state.records(Estimate.self), businesses: state.records(Business.self),
      batches: state.records(BatchRun.self), days: state.records(ParallelDay.self),
      classes: state.records(Classification.self), jobs: state.records(TestJob.self))
  }

  private init(
    head: Head, today: String, runs: [RunRecord], items: [Item], issues: [Issue], milestones: [Milestone],
    meetings: [Meeting], decisions: [GateDecision], waivers: [Waiver], requests: [ExtractRequest],
    estimates: [Estimate], businesses: [Business], batches: [BatchRun], days: [ParallelDay],
    classes: [Classification], jobs: [TestJob]
  ) {
    self.head = head
    self.today = today
    self.runs = runs
    let evidence = EvidenceUnderItems(runs: runs, days: days)
    self.items = items.filter(\.withdrawn.isEmpty).map { ItemStanding($0, evidence, today: today) }
    self.issues = issues
    self.milestones = milestones.sorted {
      ($0.plannedStart, $0.plannedEnd, $0.id) < ($1.plannedStart, $1.plannedEnd, $1.id)
    }
    self.meetings = meetings.sorted { ($0.held, $0.id) < ($1.held, $1.id) }
    self.decisions = decisions
    self.waivers = waivers
    self.requests = requests
    self.estimates = estimates
    hours = businesses.map { BatchHours($0, batches) }
    self.days = days
    self.classes = Dictionary(classes.map { ($0.signature, $0) }) { first, _ in first }
    self.jobs = Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
  }
}

extension LedgerWriting {
  /// Enters a run that has been recorded, and sends back the items that people had settled and whose checks now fail.
  package func enter(_ run: Amendment, at now: String) throws {
    try append([run], by: "totsugo", at: now)
    let dossier = try Dossier(reading, today: Day.of(now))
    guard dossier.latest?.run == run.id else { return }
    try sendBackFallen(dossier.items, source: "run \(run.id)", at: now)
  }

  /// Enters a day of the parallel run, and sends back the test items that people had settled and whose jobs now differ.
  package func enter(
    _ evidence: ParallelEvidence, fileDigest: String, isWhole: Bool, at now: String
  ) throws {
    try append(
      [ParallelDay.amendment(evidence, fileDigest: fileDigest, isWhole: isWhole, at: now)], by: "totsugo", at: now)
    let named = Set(evidence.jobs.flatMap(\.items))
    let items = try Dossier(reading, today: Day.of(now)).items.filter { named.contains($0.item.id) }
    try sendBackFallen(items, source: "parallel \(evidence.day)", at: now)
  }

  /// Sends back what people had settled and the evidence now speaks against.
  private func sendBackFallen(_ items: [ItemStanding], source: String, at now: String) throws {
    let settled: Set<Item.State> = [.answered, .confirmed, .closed]
    let fallen = items.filter { $0.state == .returned && settled.contains($0.item.state) }
    try append(
      fallen.map { ItemAct.sentBack(Change($0.item.id, "reopen", source: source), $0.why.ja, now).amendment },
      by: "totsugo", at: now)
  }
}
