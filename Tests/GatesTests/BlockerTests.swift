import Base
import Evidence
import Foundation
import Gates
import Ledger
import Records
import RegisterFixtures
import Registers
import Testing

/// The blockers of a criterion that does not hold: all of them, in the order in which the reason names the first ones.
@Suite struct BlockerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let yaml: String
    let blockers: String
    let enter: @Sendable (Office) throws -> Void
    var testDescription: String { "\(yaml): \(blockers)" }

    init(_ yaml: String, _ blockers: String, _ enter: @escaping @Sendable (Office) throws -> Void) {
      (self.yaml, self.blockers, self.enter) = (yaml, blockers, enter)
    }
  }

  /// `check:A01 check:A02 …`: more than a reason names.
  private static func many(_ kind: String, _ count: Int, _ id: (Int) -> String) -> String {
    (1...count).map { "\(kind):\(id($0))" }.joined(separator: " ")
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  private static func checks(_ status: CheckStatus, _ count: Int, groups: Bool = false) -> [CheckResult] {
    (1...count).map { Fixture.check("A\(two($0))", status, groups: groups ? ["A\(two($0))/x", "A\(two($0))/y"] : []) }
  }

  private static func run(_ office: Office, _ checks: [CheckResult]) throws {
    try office.enter(run: Fixture.run(1, day: 2, checks), at: Moment.of(2))
  }

  private static func items(_ states: [String: Item.State]) -> @Sendable (Office) throws -> Void {
    { office in
      for (id, state) in states.sorted(by: { $0.key < $1.key }) {
        try office.enter(
          Fixture.define(
            id,
            [
              .kind: .text("question"), .state: .text(state.rawValue), .confirmedBy: .text("鈴木"),
              .approver: .text("課長"), .until: .text("2019-12-20"),
            ]))
      }
    }
  }

  static let ofRuns: [Case] = [
    Case("kind: complete", "") { _ in },
    Case("kind: complete, stage: production", "file:F1 file:F2 subsystem:collection run:0001") {
      try $0.enter(
        run: Fixture.run(1, day: 2, [], files: [nil, "x", "y"], leftOut: ["collection"]), at: Moment.of(2))
    },
    Case("kind: complete", "run:0001") { try $0.enter(run: Fixture.run(1, day: 2, [], files: []), at: Moment.of(2)) },
    Case("kind: checks, max-failed: 0", many("check", 30) { "A\(two($0))" }) { try run($0, checks(.failed, 30)) },
    // A number of them may fail; people decide which one.
    Case("kind: checks, max-failed: 1", "check:A01 check:A02") { try run($0, checks(.failed, 2)) },
    Case("kind: checks, max-failed: 2", "") { try run($0, checks(.failed, 2)) },
    Case("kind: checks, max-failed: 0", "check:A01 check:B") {
      try run($0, checks(.failed, 1) + [Fixture.check("B", .notRun)])
    },
    Case("kind: checks, max-failed: 1", "check:B") {
      try run($0, checks(.failed, 1) + [Fixture.check("B", .notRun)])
    },
    Case("kind: checks, max-failed: 0, ids: [A01, C, D]", "check:C check:D check:A01") {
      try run($0, checks(.failed, 2))
    },
    Case("kind: checks, max-failed: 0", "run:0001") { try run($0, []) },
    Case("kind: checks, max-failed: 0, explained-by: [I]", "check:A02") {
      try run($0, checks(.failed, 2, groups: true))
      for signature in ["A01/x", "A01/y", "A02/x"] { try $0.classify(signature, .intended) }
    },
    Case("kind: inconclusive, max: 0", many("check", 14) { "A\(two($0))" }) { try run($0, checks(.notRun, 14)) },
    Case("kind: inconclusive, max: 0", "run:0001") { try run($0, []) },
    Case("kind: rejected, max: 0", "rejects:0002") {
      for day in [1, 2] { try $0.enter(run: Fixture.run(day, day: day, [], rejected: 1), at: Moment.of(day)) }
    },
    Case("kind: rejected, max: 0", "run:0001") {
      try $0.enter(run: Fixture.run(1, day: 2, [], read: 0), at: Moment.of(2))
    },
    Case(
      "kind: classified, max-unclassified: 0",
      "group:A01/x " + many("group", 8) { "A\(two($0 + 1))/x group:A\(two($0 + 1))/y" } + " check:B"
    ) {
      try run($0, checks(.failed, 9, groups: true) + [Fixture.check("B", .failed)])
      try $0.classify("A01/y", .rounding)
    },
    Case("kind: rehearsals, min: 3", "run:0002 run:0003") {
      try $0.enter(run: Fixture.run(1, day: 1, []), at: Moment.of(1))
      try $0.enter(run: Fixture.run(2, day: 2, [], leftOut: ["collection"]), at: Moment.of(2))
      try $0.enter(run: Fixture.run(3, day: 3, [], files: ["x"]), at: Moment.of(3))
    },
    Case("kind: rehearsals, min: 3", "") { try run($0, []) },
    Case("kind: definitions", "definitions:0001") {
      try $0.enter(run: Fixture.run(1, day: 2, [], definitions: "sha256:other"), at: Moment.of(2))
    },
    Case("kind: duration, window-seconds: 10", "run:0001") {
      try run($0, [])
      try $0.enter(run: Fixture.run(2, day: 3, [], command: "reconcile"), at: Moment.of(3))
    },
  ]

  static let ofRegisters: [Case] = [
    Case("kind: samples, max-rate-percent: 1", "file:F0") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
    },
    Case("kind: items, min-closed-percent: 100", many("item", 15) { "Q-\(two($0))" }) { office in
      try items(Dictionary((1...15).map { ("Q-\(two($0))", Item.State.raised) }) { $1 })(office)
    },
    Case(
      "kind: items, min-closed-percent: 100", "item:Q-2 item:Q-1 item:Q-3",
      items(["Q-1": .raised, "Q-2": .returned, "Q-3": .answered, "Q-4": .confirmed])),
    Case(
      "kind: items, min-closed-percent: 50", "item:Q-2",
      items(["Q-1": .raised, "Q-2": .returned, "Q-3": .confirmed, "Q-4": .confirmed])),
    // Held as approved: no reason to stop when enough are settled.
    Case(
      "kind: items, min-closed-percent: 0, rest: approved", "item:Q-2", items(["Q-1": .onHold, "Q-2": .returned])),
    Case(
      "kind: items, min-closed-percent: 100, ids: [Q-1, Q-2, Q-8, Q-9]", "item:Q-8 item:Q-9 item:Q-1",
      items(["Q-1": .raised, "Q-2": .confirmed])),
    Case("kind: issues, max-open: 1", many("issue", 13) { "I-\(two($0))" }) {
      for number in 1...13 { try $0.issue("I-\(two(number))") }
    },
    Case(
      "kind: issues, max-open: 0, dated: true, none-due-before: start",
      "issue:I-3 issue:I-4 issue:I-2 issue:I-1"
    ) {
      try $0.milestone("start")
      for (id, due) in [("I-1", "2019-12-24"), ("I-2", "2019-11-30"), ("I-3", ""), ("I-4", "")] {
        try $0.issue(id) { $0.due = due.isEmpty ? nil : due }
      }
    },
    Case("kind: issues, max-open: 9, dated: true", "issue:I-2") {
      try $0.issue("I-1") { $0.due = "2019-11-30" }
      try $0.issue("I-2")
    },
    Case("kind: issues, max-open: 9, none-due-before: start", "milestone:start") { try $0.issue("I-1") },
    Case("kind: milestones, milestones: [a, b, c, d]", "milestone:c milestone:d milestone:b") {
      try $0.milestone("a", [.actualEnd: .text("2019-11-20")])
      try $0.milestone("b")
    },
    // The 4th is a holiday, the 9th and 10th are a weekend.
    Case("kind: parallel, min-days: 1", "") { _ in },
    Case("kind: parallel, min-days: 9", "day:2019-11-08 day:2019-11-07 day:2019-11-05") {
      for (day, outcome) in [
        (1, .identical), (5, .unexplained), (6, .explained), (8, .unexplained), (11, .identical), (12, .identical),
      ] as [(Int, ParallelEvidence.Outcome)] { try $0.compare(day, outcome) }
    },
    Case("kind: parallel, min-days: 4", "day:2019-11-08 day:2019-11-07") {
      for (day, outcome) in [(5, .unexplained), (8, .unexplained), (11, .identical), (12, .identical)]
        as [(Int, ParallelEvidence.Outcome)]
      { try $0.compare(day, outcome) }
    },
    // Before the first day there was no parallel run.
    Case("kind: parallel, min-days: 1000000", "day:2019-11-05") { try $0.compare(6) },
    Case("kind: trainings, min-held-percent: 100", many("item", 13) { "TR-\(two($0))" }) {
      for number in 1...13 { try $0.training("TR-\(two(number))") }
      try $0.training("TR-99", held: "2019-11-05")
    },
    Case("kind: trainings, min-held-percent: 50, min-attendance-percent: 90", "item:TR-4 item:TR-2 item:TR-3") {
      for (id, invited, attended) in [("TR-1", 10, 10), ("TR-2", 10, 1), ("TR-3", 0, 0)] {
        try $0.training(id, held: "2019-11-05", invited: invited, attended: attended)
      }
      try $0.training("TR-4")
    },
    Case("kind: requests, max-unsettled: 2", many("request", 13) { "EX-\(two($0))" }) {
      for number in 1...13 { try $0.request("EX-\(two(number))") }
      try $0.request("EX-99", settled: 3)
    },
    Case("kind: requests, max-unsettled: 2", "") { _ in },
    Case("kind: mapping", "") { _ in },
    // What has changed since it was confirmed comes first.
    Case("kind: mapping", "mapping:mapping/F/10/T/B mapping:mapping/F/10/T/A") {
      try $0.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
      try $0.confirm(Town.line("B", "SOMETHING ELSE"))
    },
    Case("kind: decision, gate: provisional", "decision:provisional") { _ in },
    Case("kind: decision, gate: provisional", "decision:provisional") {
      try $0.decide("D-1", sitting: 1, .conditional, [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-12-10")])
    },
  ]

  @Test(arguments: ofRuns + ofRegisters) func allOfThemInTheirOrder(_ row: Case) throws {
    let office = try Office()
    defer { office.remove() }
    try row.enter(office)
    let finding = try Town.finding(row.yaml, try office.dossier())
    #expect(finding.blockers.map(\.text).joined(separator: " ") == row.blockers)
    Self.expectAgreement(finding, row.yaml)
  }

  /// Every kind, at its threshold and beside it.
  @Test(arguments: CriterionTests.checks + CriterionTests.runs + CriterionTests.registers)
  func theReasonTellsTheFirstOfThem(_ row: CriterionTests.Case) throws {
    let office = try Office()
    defer { office.remove() }
    try row.enter(office)
    let finding = try Town.finding(row.yaml, try office.dossier())
    if row.answer == "holds" {
      #expect(finding.blockers.isEmpty)
    } else {
      Self.expectAgreement(finding, row.yaml)
    }
    // Failures can be named, except that too few rehearsals were made.
    if row.answer == "fails", !row.yaml.hasPrefix("kind: rehearsals") { #expect(!finding.blockers.isEmpty) }
  }

  @Test func everyKindIsAmongTheCases() {
    for kind in CriterionCatalog.kinds.map({ $0.kind }) {
      #expect((Self.ofRuns + Self.ofRegisters).contains { $0.yaml.hasPrefix("kind: \(kind)") }, "\(kind)")
    }
  }

  /// Expects that what the reason names, in both languages, is the first of the blockers.
  private static func expectAgreement(_ finding: Decision.Finding, _ yaml: String) {
    let ids = finding.blockers.map(\.id)
    #expect(Set(ids).count == ids.count)
    guard let first = ids.first else { return }
    let reasons = [finding.why.ja, finding.why.en]
    // A day, a run, a gate or a milestone within a sentence.
    let lists = [
      "complete", "checks", "inconclusive", "classified", "items", "issues", "milestones", "trainings", "requests",
    ]
    guard lists.contains(where: { yaml.hasPrefix("kind: \($0)") }), reasons.allSatisfy({ $0.contains(": ") }) else {
      if yaml.hasPrefix("kind: parallel") || yaml.hasPrefix("kind: duration") || yaml.contains("none-due-before") {
        // Each language writes a day in its own way.
        let names = [Language.japanese.date(first), first]
        for (reason, name) in zip(reasons, names) { #expect(reason.contains(Day.isValid(first) ? name : first)) }
      }
      return
    }
    // A group is named by its check, a milestone by its title alone.
    let names = finding.blockers.reduce(into: [String]()) { names, blocker in
      var name = blocker.id
      if case .group(let check, _) = blocker { name = check }
      if names.last != name { names.append(name) }
    }
    if yaml.hasPrefix("kind: milestones"), !finding.isUnknown {
      for reason in reasons { #expect(!names.contains(where: reason.contains), "\(reason)") }
      return
    }
    for reason in reasons {
      let words = Set(reason.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init))
      let told = names.filter(words.contains)
      #expect(!told.isEmpty && told == Array(names.prefix(told.count)), "\(reason)")
    }
    // Titles are long: three are told, and how many more there are.
    if finding.why.ja.contains(" ほか") {
      let all = yaml.hasPrefix("kind: classified") ? Set(names).count : names.count
      #expect(finding.why.ja.hasSuffix(" ほか\(all - 3)"), "\(finding.why.ja)")
      #expect(finding.why.en.hasSuffix(" and \(all - 3) more"), "\(finding.why.en)")
    }
  }

  @Test func whatIsWaivedHasItsBlockersAndWhatIsAssumedHasNone() throws {
    let office = try Office()
    defer { office.remove() }
    try office.issue("I-0001")
    try office.waive("C1")
    let dossier = try office.dossier()
    let gate = try Town.gate("kind: issues, max-open: 0")
    let finding = try #require(gate.decide(Town.input(dossier)).criteria.first)
    #expect(finding.waiver != nil && finding.blockers == [.issue("I-0001")])
    for texts in [["criterion:C1"], ["issue:I-0001"]] {
      let assumed = gate.decide(Town.input(dossier, try Assumptions(texts, gate: gate, dossier: dossier)))
      #expect(assumed.criteria[0].blockers.isEmpty)
    }
    // A blocker that can be assumed away is spelled as in the option.
    _ = try Assumptions(finding.blockers.map(\.text), gate: gate, dossier: dossier)
  }
}
