import Base
import Evidence
import Records
import Ledger

/// 一件書類: all registers of a project in one state, with the standing of each item; the input of lists, gates and papers.
package struct Dossier: Sendable {
  /// The head of the ledger.
  package let head: Head
  /// `YYYY-MM-DD`: the day for which deadlines, waivers and ages are computed.
  package let today: String
  /// The reason why the entries up to that day, or the day itself, are uncertain: then no criterion of a gate can be
  /// judged.
  package private(set) var doubt: Bilingual?
  /// Whether it is the present state of the registers, not that of an earlier day.
  package let isOfNow: Bool
  /// Runs that ended, oldest first; the last with all its checks.
  package let runs: [RunRecord]
  /// 未完了: runs that began and whose end was never entered. Nothing counts them.
  package let unfinished: [RunRecord]
  /// 失敗: runs that stopped early, by a fault or at a user's request. Nothing counts them.
  package let failed: [RunRecord]
  /// 訂正: changes to the ledger itself, with name and reason, oldest first.
  package let corrections: [Correction]
  package var items: [ItemStanding]
  /// Items that a person has withdrawn.
  package let withdrawn: [Item]
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
  /// The classifications that cover the differences of the latest run, by signature.
  package let classes: [String: Classification]
  /// The classifications that do not: there are now more differences, or more money, than approved, or their last day
  /// is over.
  package let outgrown: [Outgrown]
  package let jobs: [String: TestJob]
  package let samples: [Sample]
  /// What people said of mapping and drafts.
  package let confirmations: [Confirmation]

  package var latest: RunRecord? { runs.last }

  /// The run after the latest one that did not end: its effect on the verified target is unknown.
  package var brokenOff: RunRecord? {
    (unfinished + failed).filter { $0.run > latest?.run ?? "" }.max { $0.run < $1.run }
  }

  /// Days of the parallel run with a withdrawn entry, whatever has been entered since.
  package var withdrawnDays: [String] {
    withdrawn(ParallelDay.register).map(\.record)
  }

  /// The number of rows entered from a list of the definitions, withdrawn ones included.
  package func rows(of list: String) -> Int {
    switch list {
    case "test-jobs": jobs.count
    case "extract-requests": requests.count
    case "batch-hours": hours.count
    case "master-schedule": milestones.count
    default: items.count { $0.item.isOn(list) } + withdrawn.count { $0.isOn(list) }
    }
  }

  /// The same, with a reason why it does not allow a judgement.
  package func doubting(_ why: Bilingual) -> Dossier {
    var doubted = self
    doubted.doubt = doubt ?? why
    return doubted
  }

  /// The present state of the registers.
  ///
  /// - Parameter now: the clock, RFC 3339; `nil` when nothing is judged by it.
  package init(_ reading: borrowing LedgerReading, today: String, now: String? = nil) throws(Diagnostic) {
    let heavy: Set<RunRecord.Field> = [.checks, .definitionFiles]
    let all = try reading.records(RunRecord.self, without: heavy)
    var runs = all.filter(\.isComplete)
    if let last = runs.last, let whole = try reading.record(RunRecord.self, last.run) { runs[runs.count - 1] = whole }
    var doubt: Bilingual?
    if let now, let last = try reading.last(), now < last.at {
      doubt = Bilingual(
        "時計（\(Language.japanese.moment(now))）が最後の記載（\(Language.japanese.moment(last.at))）より前で、今日がいつか分からない（totsugo ledger clock）",
        "the clock (\(Language.english.moment(now))) stands before the last entry (\(Language.english.moment(last.at))): nobody knows which day it is (`totsugo ledger clock`)"
      )
    }
    self.init(
      head: try reading.head(), today: today, doubt: doubt, isOfNow: true, runs: runs,
      unfinished: all.filter(\.isUnfinished),
      failed: all.filter(\.hasFailed), corrections: try reading.records(Correction.self),
      items: try reading.records(Item.self),
      issues: try reading.records(Issue.self), milestones: try reading.records(Milestone.self),
      meetings: try reading.records(Meeting.self), decisions: try reading.records(GateDecision.self),
      waivers: try reading.records(Waiver.self), requests: try reading.records(ExtractRequest.self),
      estimates: try reading.records(Estimate.self), businesses: try reading.records(Business.self),
      batches: try reading.records(BatchRun.self), days: try reading.records(ParallelDay.self),
      classes: try reading.records(Classification.self), jobs: try reading.records(TestJob.self),
      samples: try reading.records(Sample.self), confirmations: try reading.records(Confirmation.self))
  }

  /// The state of the registers at the end of a day. Reads the whole ledger.
  ///
  /// - Parameter now: the clock, RFC 3339: an entry dated later may have been made before that day's end.
  package init(_ reading: borrowing LedgerReading, asOf day: String, now: String = Day.now()) throws(Diagnostic) {
    let (state, head, doubtful) = try reading.state(before: Day.end(of: day), now: now)
    let all = state.records(RunRecord.self)
    let doubt = doubtful.map {
      Bilingual(
        "記載 \($0) の日時は誤りで、\(Language.japanese.date(day))までに記載されたかどうか分からない",
        "entry \($0) is dated wrongly: nobody knows whether it was made by the end of \(day)")
    }
    self.init(
      head: head, today: day, doubt: doubt, isOfNow: false, runs: all.filter(\.isComplete),
      unfinished: all.filter(\.isUnfinished),
      failed: all.filter(\.hasFailed), corrections: state.records(Correction.self),
      items: state.records(Item.self), issues: state.records(Issue.self), milestones: state.records(Milestone.self),
      meetings: state.records(Meeting.self), decisions: state.records(GateDecision.self),
      waivers: state.records(Waiver.self), requests: state.records(ExtractRequest.self),
      estimates: state.records(Estimate.self), businesses: state.records(Business.self),
      batches: state.records(BatchRun.self), days: state.records(ParallelDay.self),
      classes: state.records(Classification.self), jobs: state.records(TestJob.self),
      samples: state.records(Sample.self), confirmations: state.records(Confirmation.self))
  }

  private init(
    head: Head, today: String, doubt: Bilingual?, isOfNow: Bool, runs: [RunRecord], unfinished: [RunRecord],
    failed: [RunRecord], corrections: [Correction], items: [Item], issues: [Issue], milestones: [Milestone],
    meetings: [Meeting],
    decisions: [GateDecision], waivers: [Waiver], requests: [ExtractRequest],
    estimates: [Estimate], businesses: [Business], batches: [BatchRun], days: [ParallelDay],
    classes: [Classification], jobs: [TestJob], samples: [Sample], confirmations: [Confirmation]
  ) {
    self.samples = samples
    self.confirmations = confirmations
    self.head = head
    self.today = today
    self.isOfNow = isOfNow
    self.doubt = doubt ?? runs.last?.lapsed(on: today)
    self.runs = runs
    self.unfinished = unfinished
    self.failed = failed
    self.corrections = corrections
    let days = days.filter(\.counts)
    let evidence = EvidenceUnderItems(runs: runs, days: days)
    withdrawn = items.filter { !$0.withdrawn.isEmpty }
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
    let groups = Dictionary((runs.last?.groups ?? []).map { ($0.signature, $0) }) { first, _ in first }
    outgrown = classes.compactMap { given in
      groups[given.signature].flatMap { given.covers($0, on: today) ? nil : Outgrown(given: given, group: $0) }
    }
    let gone = Set(outgrown.map(\.given.signature))
    self.classes = Dictionary(classes.filter { !gone.contains($0.signature) }.map { ($0.signature, $0) }) { first, _ in
      first
    }
    self.jobs = Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
  }
}

extension Item {
  /// The kind of each list of items: a row of a list is on the list of its kind, even when it has moved.
  private static let lists: [String: Kind] = [
    "migration-items": .migration, "test-items": .test, "trainings": .training,
  ]

  /// Whether it comes from a list of the definitions and has that list's kind.
  package func isOn(_ list: String) -> Bool { Self.lists[list] == kind && Self.lists[raisedBy] != nil }
}

extension RunRecord {
  /// The note that it rests on accepted differences whose last day is over: the result without them is unknown.
  fileprivate func lapsed(on today: String) -> Bilingual? {
    let over = accepted.filter { $0.until < today }
    func rules(_ language: Language) -> String {
      over.map { "\($0.id) (\(language.date($0.until)))" }.joined(separator: ", ")
    }
    return over.isEmpty
      ? nil
      : Bilingual(
        "実行 \(run) は期限の過ぎた了承に基づく: \(rules(.japanese))。実行し直す",
        "run \(run) rests on acceptances whose day is over: \(rules(.english)); run anew")
  }
}

/// A classification that no longer covers the differences of its signature.
package struct Outgrown: Sendable {
  package let given: Classification
  package let group: RunRecord.Group

  /// 「承認1件に対し299件」.
  package var words: Bilingual {
    Bilingual(
      "\(given.signature) 承認\(given.amount.lines)件に対し\(group.lines)件\(keys.ja)",
      "\(given.signature): \(group.lines) where \(given.amount.lines) were approved\(keys.en)")
  }

  /// The keys that were not named, when keys were named.
  private var keys: Bilingual {
    let beyond = given.beyond(group)
    if beyond.isEmpty { return Bilingual("", "") }
    let list = beyond.prefix(6).joined(separator: ", ") + (beyond.count > 6 ? " …" : "")
    return Bilingual("（承認外のキー: \(list)）", " (keys beyond: \(list))")
  }
}

extension LedgerWriting {
  /// Enters a recorded run, and sends back the items that people had settled and whose checks now fail.
  package func enter(_ run: Amendment, at now: String) throws(Diagnostic) {
    try append([run], by: "totsugo", at: now)
    let dossier = try Dossier(reading, today: Day.of(now))
    guard dossier.latest?.run == run.id else { return }
    try sendBackFallen(dossier.items, source: "run \(run.id)", at: now)
  }

  /// Enters a day of the parallel run, and sends back the test items that people had settled and whose jobs now differ.
  package func enter(
    _ evidence: ParallelEvidence, fileDigest: String, isWhole: Bool, at now: String
  ) throws(Diagnostic) {
    try append(
      [ParallelDay.amendment(evidence, fileDigest: fileDigest, isWhole: isWhole, at: now)], by: "totsugo", at: now)
    let named = Set(evidence.jobs.flatMap(\.items))
    let items = try Dossier(reading, today: Day.of(now)).items.filter { named.contains($0.item.id) }
    try sendBackFallen(items, source: "parallel \(evidence.day)", at: now)
  }

  /// Sends back settled items that the evidence now contradicts.
  private func sendBackFallen(_ items: [ItemStanding], source: String, at now: String) throws(Diagnostic) {
    let settled: Set<Item.State> = [.answered, .confirmed, .closed]
    let fallen = items.filter { $0.state == .returned && settled.contains($0.item.state) }
    try append(
      fallen.map {
        ItemAct.sentBack(Change($0.item.id, "reopen", source: source), $0.why.ja, by: $0.item.returnedBy, now).amendment
      },
      by: "totsugo", at: now)
  }
}
