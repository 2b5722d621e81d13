import Base
import Evidence
import Foundation
import Gates
import Ledger
import RegisterFixtures
import Registers
import Testing

/// Each kind of criterion: at its threshold, and one beside it.
@Suite struct CriterionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let yaml: String
    /// `holds`, `fails`, `unknown`.
    let answer: String
    let actual: String
    let enter: @Sendable (Office) throws -> Void
    var testDescription: String { "\(yaml): \(name)" }

    init(
      _ name: String, _ yaml: String, _ answer: String, _ actual: String,
      _ enter: @escaping @Sendable (Office) throws -> Void
    ) { (self.name, self.yaml, self.answer, self.actual, self.enter) = (name, yaml, answer, actual, enter) }
  }

  private static func run(_ office: Office, _ checks: CheckResult...) throws {
    try office.enter(run: Fixture.run(1, day: 2, checks), at: Moment.of(2))
  }

  private static func failing(_ count: Int, _ severity: Severity = .s1, groups: [String] = []) -> [CheckResult] {
    (0..<5).map {
      Fixture.check("A\($0)", $0 < count ? .failed : .passed, severity: severity, groups: $0 < count ? groups : [])
    }
  }

  static let checks: [Case] = [
    Case("no run", "kind: checks, max-failed: 0", "unknown", "none") { _ in },
    Case("a run that did not end", "kind: checks, max-failed: 0", "unknown", "none") {
      try $0.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)], complete: false), at: Moment.of(2))
    },
    Case("a run without checks", "kind: checks, max-failed: 0", "unknown", "no check") { try run($0) },
    Case("none of that severity", "kind: checks, max-failed: 0, severities: [S2]", "unknown", "no check") {
      try run($0, Fixture.check("A", .passed))
    },
    Case("none of that category", "kind: checks, max-failed: 0, categories: [C02]", "unknown", "no check") {
      try run($0, Fixture.check("A", .passed))
    },
    Case("one of the ids is not there", "kind: checks, max-failed: 0, ids: [A, B]", "unknown", "no check") {
      try run($0, Fixture.check("A", .passed))
    },
    Case("one undecided", "kind: checks, max-failed: 3", "unknown", "0 failed, 1 undecided") {
      try run($0, Fixture.check("A", .passed), Fixture.check("B", .notRun))
    },
    Case("one failed, one undecided", "kind: checks, max-failed: 0", "fails", "1 failed, 1 undecided") {
      try run($0, Fixture.check("A", .failed), Fixture.check("B", .notRun))
    },
    Case("one above", "kind: checks, max-failed: 1", "fails", "2") {
      try $0.enter(run: Fixture.run(1, day: 2, failing(2)), at: Moment.of(2))
    },
    Case("at the threshold", "kind: checks, max-failed: 1", "holds", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, failing(1)), at: Moment.of(2))
    },
    Case("none", "kind: checks, max-failed: 0", "holds", "0") {
      try $0.enter(run: Fixture.run(1, day: 2, failing(0)), at: Moment.of(2))
    },
    Case("a warning is no failure", "kind: checks, max-failed: 0", "holds", "0 (1 warn or are accepted)") {
      try run($0, Fixture.check("A", .warned))
    },
    Case("another severity failed", "kind: checks, max-failed: 0, severities: [S1]", "holds", "0") {
      try run($0, Fixture.check("A", .passed), Fixture.check("B", .failed, severity: .s2))
    },
    Case("another severity is undecided", "kind: checks, max-failed: 0, severities: [S1]", "holds", "0") {
      try run($0, Fixture.check("A", .passed), Fixture.check("B", .notRun, severity: .s2))
    },
    Case("not explained", "kind: checks, max-failed: 0, explained-by: [I, R]", "fails", "1") {
      try run($0, Fixture.check("A", .failed, groups: ["A/1", "A/2"]))
      try $0.classify("A/1", .intended)
    },
    Case("explained by another class", "kind: checks, max-failed: 0, explained-by: [I, R]", "fails", "1") {
      try run($0, Fixture.check("A", .failed, groups: ["A/1", "A/2"]))
      try $0.classify("A/1", .intended)
      try $0.classify("A/2", .migration)
    },
    Case("without groups nothing is explained", "kind: checks, max-failed: 0, explained-by: [I]", "fails", "1") {
      try run($0, Fixture.check("A", .failed))
      try $0.classify("A", .intended)
      // The group of all ungrouped differences has no signature.
      try $0.classify("A/1", .intended)
    },
    Case("explained", "kind: checks, max-failed: 0, explained-by: [I, R]", "holds", "0 (1 more explained)") {
      try run($0, Fixture.check("A", .failed, groups: ["A/1", "A/2"]))
      try $0.classify("A/1", .intended)
      try $0.classify("A/2", .rounding)
    },
    Case("explained, but not asked for", "kind: checks, max-failed: 0", "fails", "1") {
      try run($0, Fixture.check("A", .failed, groups: ["A/1"]))
      try $0.classify("A/1", .intended)
    },
    // inconclusive
    Case("no run", "kind: inconclusive, max: 0", "unknown", "none") { _ in },
    Case("no check", "kind: inconclusive, max: 0", "unknown", "no check") { try run($0) },
    Case("one above", "kind: inconclusive, max: 0", "fails", "1") { try run($0, Fixture.check("A", .notRun)) },
    Case("at the threshold", "kind: inconclusive, max: 1", "holds", "1") { try run($0, Fixture.check("A", .notRun)) },
    Case("failed is decided", "kind: inconclusive, max: 0", "holds", "0") { try run($0, Fixture.check("A", .failed)) },
    // rejected
    Case("no run", "kind: rejected, max: 0", "unknown", "none") { _ in },
    Case("nothing read", "kind: rejected, max: 0", "unknown", "0") {
      try $0.enter(run: Fixture.run(1, day: 2, [], read: 0), at: Moment.of(2))
    },
    Case("one above", "kind: rejected, max: 1", "fails", "2") {
      try $0.enter(run: Fixture.run(1, day: 2, [], rejected: 2), at: Moment.of(2))
    },
    Case("at the threshold", "kind: rejected, max: 1", "holds", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, [], rejected: 1), at: Moment.of(2))
    },
    // classified
    Case("no run", "kind: classified, max-unclassified: 0", "unknown", "none") { _ in },
    Case("no check", "kind: classified, max-unclassified: 0", "unknown", "no check") { try run($0) },
    Case("one above", "kind: classified, max-unclassified: 2", "fails", "3") {
      try run($0, Fixture.check("A", .failed, lines: 3, groups: ["A/1"]))
    },
    Case("no groups", "kind: classified, max-unclassified: 0", "fails", "1") {
      try run($0, Fixture.check("A", .failed))
    },
    Case("classified as unclassified", "kind: classified, max-unclassified: 0", "fails", "1") {
      try run($0, Fixture.check("A", .failed, groups: ["A/1"]))
      try $0.classify("A/1", .unclassified)
    },
    Case("at the threshold", "kind: classified, max-unclassified: 3", "holds", "3") {
      try run($0, Fixture.check("A", .failed, lines: 3, groups: ["A/1"]))
    },
    Case("all classified", "kind: classified, max-unclassified: 0", "holds", "0") {
      try run($0, Fixture.check("A", .failed, lines: 3, groups: ["A/1"]))
      try $0.classify("A/1", .migration)
    },
    Case("nothing differs", "kind: classified, max-unclassified: 0", "holds", "0") {
      try run($0, Fixture.check("A", .passed))
    },
  ]

  static let runs: [Case] = [
    Case("no run", "kind: complete", "unknown", "none") { _ in },
    Case("no file", "kind: complete", "fails", "0 files (rehearsal)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], files: []), at: Moment.of(2))
    },
    Case("a file refused", "kind: complete", "fails", "1 files (rehearsal)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], files: [nil, "壊れている"]), at: Moment.of(2))
    },
    Case("a subsystem left out", "kind: complete", "fails", "1 files (rehearsal)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], leftOut: ["collection"]), at: Moment.of(2))
    },
    Case(
      "a rehearsal, but production is asked for", "kind: complete, stage: production", "fails", "1 files (rehearsal)"
    ) {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
    },
    Case("production, then a rehearsal", "kind: complete, stage: production", "fails", "1 files (rehearsal)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], stage: .production), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, []), at: Moment.of(3))
    },
    Case("whole", "kind: complete", "holds", "1 files (rehearsal)") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
    },
    Case("production", "kind: complete, stage: production", "holds", "1 files (production)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], stage: .production), at: Moment.of(2))
    },
    Case("no run", "kind: rehearsals, min: 1", "unknown", "none") { _ in },
    Case("one below", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
    },
    Case("one did not end", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], complete: false), at: Moment.of(3))
    },
    Case("one left something out", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], leftOut: ["collection"]), at: Moment.of(3))
    },
    Case("one of another stage", "kind: rehearsals, min: 2, stage: rehearsal", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], stage: .production), at: Moment.of(3))
    },
    Case("at the threshold", "kind: rehearsals, min: 2", "holds", "2") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], stage: .production), at: Moment.of(3))
    },
    Case("the same again on the same day", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 2, []), at: Moment.of(2))
    },
    Case("other definitions on the same day", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 2, [], definitions: "sha256:e"), at: Moment.of(2))
    },
    Case("what was loaded is verified on another day", "kind: rehearsals, min: 2", "fails", "1") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], command: "reconcile"), at: Moment.of(3))
    },
    Case(
      "a rehearsal verified as production", "kind: complete, stage: production", "fails", "that of a rehearsal"
    ) {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], stage: .production, command: "reconcile"), at: Moment.of(3))
    },
    Case(
      "production, and its verification", "kind: complete, stage: production", "holds", "1 files (production)"
    ) {
      try $0.enter(run: Fixture.run(1, day: 2, [], stage: .production), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], stage: .production, command: "reconcile"), at: Moment.of(3))
    },
    Case("no run", "kind: definitions", "unknown", "none") { _ in },
    Case("changed", "kind: definitions", "fails", "changed") {
      try $0.enter(run: Fixture.run(1, day: 2, [], definitions: "sha256:other"), at: Moment.of(2))
    },
    Case("the same", "kind: definitions", "holds", "the same") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
    },
    Case("no run", "kind: duration, window-seconds: 100, margin-percent: 20", "unknown", "none") { _ in },
    Case(
      "a millisecond above", "kind: duration, window-seconds: 100, margin-percent: 20", "fails", "1 min 20 s (80.001 s)"
    ) {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 80.001), at: Moment.of(2))
    },
    Case("at the limit", "kind: duration, window-seconds: 100, margin-percent: 20", "holds", "1 min 20 s (80 s)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 80), at: Moment.of(2))
    },
    Case(
      "a part of a second counts as one", "kind: duration, window-seconds: 99, margin-percent: 20", "fails",
      "1 min 20 s (79.5 s)"
    ) {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 79.5), at: Moment.of(2))
    },
    Case("the migration of other files", "kind: duration, window-seconds: 100", "unknown", "1 min (60 s)") {
      try $0.enter(run: Fixture.run(1, day: 2, []), at: Moment.of(2))
      try $0.enter(run: Fixture.run(2, day: 3, [], files: [nil, nil], command: "reconcile"), at: Moment.of(3))
    },
    Case("a part of the whole", "kind: duration, window-seconds: 100", "unknown", "10 s") {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 10, leftOut: ["collection"]), at: Moment.of(2))
    },
    Case("resumed after an hour", "kind: duration, window-seconds: 100", "fails", "59 min 59 s (3599 s)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 10, started: Moment.of(2, hour: 11)), at: Moment.of(2))
    },
    Case("without a margin", "kind: duration, window-seconds: 100", "holds", "1 min 40 s (100 s)") {
      try $0.enter(run: Fixture.run(1, day: 2, [], seconds: 100), at: Moment.of(2))
    },
  ]

  private static func items(_ states: Item.State...) -> @Sendable (Office) throws -> Void {
    { office in
      for (index, state) in states.enumerated() {
        try office.enter(
          Fixture.define(
            "Q-\(index)",
            [
              .kind: .text("question"), .state: .text(state.rawValue), .confirmedBy: .text("鈴木"),
              .approver: .text("課長"),
              .until: .text("2019-12-20"),
            ]))
      }
    }
  }

  static let registers: [Case] = [
    Case("no item", "kind: items, min-closed-percent: 0", "unknown", "0 items") { _ in },
    Case(
      "none of that kind", "kind: items, min-closed-percent: 0, kinds: [test]", "unknown", "0 items", items(.confirmed)),
    Case(
      "an id is not there", "kind: items, min-closed-percent: 0, ids: [Q-0, Q-7]", "unknown", "1 items",
      items(.confirmed)),
    Case("of the other gate", "kind: items, min-closed-percent: 0", "unknown", "0 items") {
      try $0.enter(Fixture.define("Q-0", [.gate: .text("production")]))
    },
    Case(
      "one below", "kind: items, min-closed-percent: 50", "fails", "1 settled, 1 carried out, of 3",
      items(.confirmed, .raised, .raised)),
    Case(
      "at the threshold", "kind: items, min-closed-percent: 50", "holds", "1 settled, 1 carried out, of 2",
      items(.confirmed, .raised)),
    Case(
      "not carried out", "kind: items, min-closed-percent: 0, min-executed-percent: 100", "fails",
      "1 settled, 1 carried out, of 2", items(.confirmed, .investigating)),
    Case(
      "carried out", "kind: items, min-closed-percent: 0, min-executed-percent: 100", "holds",
      "1 settled, 2 carried out, of 2", items(.closed, .answered)),
    Case(
      "one sent back", "kind: items, min-closed-percent: 0", "fails", "1 settled, 2 carried out, of 2",
      items(.confirmed, .returned)),
    Case(
      "the rest is not approved", "kind: items, min-closed-percent: 0, rest: approved", "fails",
      "1 settled, 2 carried out, of 2", items(.confirmed, .answered)),
    Case(
      "the rest is approved", "kind: items, min-closed-percent: 0, rest: approved", "holds",
      "1 settled, 2 carried out, of 2", items(.confirmed, .onHold)),
    Case(
      "the hold has run out", "kind: items, min-closed-percent: 0, rest: approved", "fails",
      "0 settled, 0 carried out, of 1"
    ) {
      try $0.enter(
        Fixture.define("Q-0", [.state: .text("on_hold"), .approver: .text("課長"), .until: .text("2019-11-28")]))
    },
    Case(
      "proven, but no person saw it", "kind: items, min-closed-percent: 100, by-person: true", "fails",
      "0 settled, 1 carried out, of 1"
    ) {
      try $0.enter(Fixture.define("K-1", [.evidence: .texts(["A"])]))
      try run($0, Fixture.check("A", .passed))
    },
    Case(
      "seen by a person", "kind: items, min-closed-percent: 100, by-person: true", "holds",
      "1 settled, 1 carried out, of 1", items(.confirmed)),
    Case(
      "seen by a person, on other evidence", "kind: items, min-closed-percent: 100, by-person: true", "fails",
      "0 settled, 1 carried out, of 1"
    ) {
      try $0.enter(
        Fixture.define(
          "K-1",
          [.evidence: .texts(["A"]), .state: .text("confirmed"), .confirmedBy: .text("鈴木"), .restsOn: .text("old")]))
      try run($0, Fixture.check("A", .passed))
    },
    Case(
      "seen by a person, on the data of a rehearsal", "kind: items, min-closed-percent: 100, by-person: true", "fails",
      "0 settled, 1 carried out, of 1"
    ) {
      try $0.enter(Fixture.define("K-1", [.evidence: .texts(["A"]), .confirmer: .text("係長")]))
      try $0.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
      let standing = try #require(try $0.item("K-1"))
      let act = ItemAct.confirm(restsOn: standing.digest, note: nil)
      try $0.enter(try act.amendment(of: standing, by: "鈴木", at: Moment.of(4)), at: Moment.of(4))
      #expect(try $0.item("K-1")?.isSeenByPerson == true)
      try $0.enter(run: Fixture.run(2, day: 8, [Fixture.check("A", .passed)], files: [nil, nil]), at: Moment.of(8))
      #expect(try $0.item("K-1")?.isSeenByPerson == true)
    },
    Case(
      "sent back, and moved off the gate", "kind: items, min-closed-percent: 100", "fails",
      "0 settled, 1 carried out, of 1"
    ) {
      try $0.enter(
        Fixture.define(
          "K-1",
          [
            .gate: .text("production"), .state: .text("returned"), .returnedBy: .text("山田"),
            .returnedAt: .text(Moment.of(4)),
          ]))
    },
    // issues
    Case("one above", "kind: issues, max-open: 0", "fails", "1") { try $0.issue("I-0001") },
    Case("a workaround, but no owner", "kind: issues, max-open: 0, accept: workaround", "fails", "1") {
      try $0.issue("I-0001") { ($0.workaround, $0.workaroundKind, $0.approver) = ("手で直す", .temporary, "課長") }
    },
    Case("an owner, but no workaround", "kind: issues, max-open: 0, accept: workaround", "fails", "1") {
      try $0.issue("I-0001") { $0.owner = "山田" }
    },
    Case("a workaround, but not accepted", "kind: issues, max-open: 0", "fails", "1") {
      try $0.issue("I-0001") {
        ($0.workaround, $0.workaroundKind, $0.owner, $0.approver) = ("手で直す", .temporary, "山田", "課長")
      }
    },
    Case(
      "a workaround and an owner", "kind: issues, max-open: 0, accept: workaround", "holds",
      "0 (1 more with a workaround)"
    ) {
      try $0.issue("I-0001") {
        ($0.workaround, $0.workaroundKind, $0.owner, $0.approver) = ("手で直す", .temporary, "山田", "課長")
      }
    },
    Case("at the threshold", "kind: issues, max-open: 1", "holds", "1") { try $0.issue("I-0001") },
    Case("of another severity", "kind: issues, max-open: 0, severities: [S2]", "holds", "0") { try $0.issue("I-0001") },
    Case("resolved is open still", "kind: issues, max-open: 0", "fails", "1") {
      try $0.issue("I-0001")
      let found = try #require(try $0.dossier().issues.first)
      try $0.enter(try IssueAct.resolve("直した").amendment(of: found, by: "山田", at: Moment.of(3)), at: Moment.of(3))
    },
    Case("closed", "kind: issues, max-open: 0", "holds", "0") {
      try $0.issue("I-0001")
      try $0.close("I-0001", day: 3)
    },
    Case("not dated", "kind: issues, max-open: 9, dated: true", "fails", "1") { try $0.issue("I-0001") },
    Case("dated", "kind: issues, max-open: 9, dated: true", "holds", "1") {
      try $0.issue("I-0001") { $0.due = "2019-12-20" }
    },
    Case("no such milestone", "kind: issues, max-open: 9, none-due-before: start", "unknown", "–") {
      try $0.issue("I-0001")
    },
    Case("due the day before", "kind: issues, max-open: 9, none-due-before: start", "fails", "1") {
      try $0.milestone("start")
      try $0.issue("I-0001") { $0.due = "2019-11-30" }
    },
    Case("due on the day", "kind: issues, max-open: 9, none-due-before: start", "holds", "1") {
      try $0.milestone("start")
      try $0.issue("I-0001") { $0.due = "2019-12-01" }
    },
    Case("a milestone that is not planned", "kind: issues, max-open: 9, none-due-before: start", "unknown", "–") {
      try $0.enter(Amendment(register: "milestone", id: "start", act: "define", changes: [:]))
      try $0.issue("I-0001") { $0.due = "2019-11-30" }
    },
    // milestones
    Case("not there", "kind: milestones, milestones: [a, b]", "unknown", "1") {
      try $0.milestone("a", [.actualEnd: .text("2019-11-20")])
    },
    Case("not done", "kind: milestones, milestones: [a]", "fails", "0") {
      try $0.milestone("a", [.actualStart: .text("2019-11-20")])
    },
    Case("done", "kind: milestones, milestones: [a]", "holds", "1") {
      try $0.milestone("a", [.actualEnd: .text("2019-11-20")])
    },
    Case("done, not approved", "kind: milestones, milestones: [a], need: approved", "fails", "0") {
      try $0.milestone("a", [.actualEnd: .text("2019-11-20")])
    },
    Case("approved", "kind: milestones, milestones: [a], need: approved", "holds", "1") {
      try $0.milestone("a", [.approvedAt: .text(Moment.of(20))])
    },
    Case("approved, not stated", "kind: milestones, milestones: [a], need: stated", "fails", "0") {
      try $0.milestone("a", [.approvedAt: .text(Moment.of(20))])
    },
    Case("stated, not approved", "kind: milestones, milestones: [a], need: stated", "fails", "0") {
      try $0.milestone("a", [.note: .text("土曜18時")])
    },
    Case("stated and approved", "kind: milestones, milestones: [a], need: stated", "holds", "1") {
      try $0.milestone("a", [.approvedAt: .text(Moment.of(20)), .note: .text("土曜18時")])
    },
    // parallel: the 4th is a holiday, the 9th and 10th are a weekend.
    Case("no day", "kind: parallel, min-days: 1", "unknown", "no day") { _ in },
    Case("one below", "kind: parallel, min-days: 2", "fails", "1 in a row") { try $0.compare(5) },
    Case("at the threshold", "kind: parallel, min-days: 2", "holds", "2 in a row") {
      for day in [5, 6] { try $0.compare(day) }
    },
    Case("over a holiday and a weekend", "kind: parallel, min-days: 3", "holds", "3 in a row") {
      for day in [1, 5, 6] { try $0.compare(day) }
    },
    Case("over a weekend", "kind: parallel, min-days: 2", "holds", "2 in a row") {
      for day in [8, 11] { try $0.compare(day) }
    },
    Case("a day left out", "kind: parallel, min-days: 2", "fails", "1 in a row") {
      for day in [5, 7] { try $0.compare(day) }
    },
    Case("unexplained on the last", "kind: parallel, min-days: 1", "fails", "0 in a row") {
      try $0.compare(5)
      try $0.compare(6, .unexplained)
    },
    Case("not compared in between", "kind: parallel, min-days: 2", "fails", "1 in a row") {
      for (day, outcome) in [(5, .identical), (6, .notCompared), (7, .identical)] as [(Int, ParallelEvidence.Outcome)] {
        try $0.compare(day, outcome)
      }
    },
    Case("unexplained on a Sunday", "kind: parallel, min-days: 2", "fails", "1 in a row") {
      for (day, outcome) in [(8, .identical), (10, .unexplained), (11, .identical)] as [(Int, ParallelEvidence.Outcome)]
      { try $0.compare(day, outcome) }
    },
    Case("explained", "kind: parallel, min-days: 2", "holds", "2 in a row") {
      try $0.compare(5, .explained)
      try $0.compare(6)
    },
    Case("the last day withdrawn", "kind: parallel, min-days: 2", "fails", "0 in a row") {
      for day in [5, 6] { try $0.compare(day) }
      try $0.compare(7, .unexplained)
      try $0.withdraw("parallel_day", Moment.day(7))
    },
    Case("the outputs of a day before", "kind: parallel, min-days: 2", "fails", "0 in a row") {
      try $0.compare(5, content: "3 rows, a")
      try $0.compare(6, content: "3 rows, b")
      try $0.compare(7, content: "3 rows, a")
    },
    Case("other outputs every day", "kind: parallel, min-days: 2", "holds", "2 in a row") {
      try $0.compare(5, content: "3 rows, a")
      try $0.compare(6, content: "3 rows, b")
    },
    Case("nothing to put out on either day", "kind: parallel, min-days: 2", "holds", "2 in a row") {
      for day in [5, 6] { try $0.compare(day, content: "") }
    },
    Case("withdrawn, and compared again", "kind: parallel, min-days: 3", "holds", "3 in a row") {
      for day in [5, 6] { try $0.compare(day) }
      try $0.compare(7, .unexplained)
      try $0.withdraw("parallel_day", Moment.day(7))
      try $0.compare(7)
    },
    // trainings
    Case("none", "kind: trainings, min-held-percent: 0", "unknown", "none") { _ in },
    Case("nobody invited", "kind: trainings, min-held-percent: 0", "fails", "0 of 1 held, 0 of 0 came") {
      try $0.training("TR-1")
    },
    Case("one below", "kind: trainings, min-held-percent: 50", "fails", "1 of 3 held, 10 of 10 came") {
      try $0.training("TR-1", held: "2019-11-05")
      for id in ["TR-2", "TR-3"] { try $0.training(id) }
    },
    Case("at the threshold", "kind: trainings, min-held-percent: 50", "holds", "1 of 2 held, 10 of 10 came") {
      try $0.training("TR-1", held: "2019-11-05")
      try $0.training("TR-2")
    },
    Case(
      "one too few came", "kind: trainings, min-held-percent: 100, min-attendance-percent: 95", "fails",
      "1 of 1 held, 94 of 100 came"
    ) {
      try $0.training("TR-1", held: "2019-11-05", invited: 100, attended: 94)
    },
    Case(
      "just as many came", "kind: trainings, min-held-percent: 100, min-attendance-percent: 95", "holds",
      "1 of 1 held, 95 of 100 came"
    ) {
      try $0.training("TR-1", held: "2019-11-05", invited: 100, attended: 95)
    },
    Case("held, and sent back", "kind: trainings, min-held-percent: 100", "fails", "1 of 2 held, 10 of 10 came") {
      try $0.training("TR-1", held: "2019-11-05")
      try $0.training("TR-2", held: "2019-11-06", state: .returned)
    },
    Case("sent back, and taken on", "kind: trainings, min-held-percent: 100", "fails", "0 of 1 held, 0 of 0 came") {
      try $0.training("TR-1", held: "2019-11-05", state: .answered)
      for act in [ItemAct.sendBack(reason: "実施していない"), .investigate] {
        let standing = try #require(try $0.item("TR-1"))
        try $0.enter(try act.amendment(of: standing, by: "山田", at: Moment.of(6)), at: Moment.of(6))
      }
    },
    Case(
      "what people add to the list betters nothing", "kind: trainings, min-held-percent: 50", "fails",
      "2 of 4 held, 20 of 20 came"
    ) {
      for id in ["TR-1", "TR-2"] { try $0.training(id, listed: true) }
      for id in ["TR-8", "TR-9"] { try $0.training(id, held: "2019-11-05") }
    },
    // samples
    Case("no run", "kind: samples, max-rate-percent: 99", "unknown", "none") { _ in },
    Case("none drawn", "kind: samples, max-rate-percent: 99", "fails", "0 of 1 files") { try run($0) },
    Case("drawn, not compared", "kind: samples, max-rate-percent: 99", "fails", "0 of 1 files") {
      try run($0)
      try $0.sample(stage: 0)
    },
    Case("compared, not confirmed", "kind: samples, max-rate-percent: 99", "fails", "0 of 1 files") {
      try run($0)
      try $0.sample(stage: 1)
    },
    Case("confirmed", "kind: samples, max-rate-percent: 1", "holds", "1 of 1 files") {
      try run($0)
      try $0.sample()
    },
    Case("too many differ", "kind: samples, max-rate-percent: 1", "fails", "0 of 1 files") {
      try run($0)
      try $0.sample(different: 1)
    },
    Case("a good one after a bad one", "kind: samples, max-rate-percent: 1", "fails", "0 of 1 files") {
      try run($0)
      try $0.sample(different: 9)
      try $0.sample("S-0002", day: 6)
    },
    Case(
      "a bad one that nobody confirmed, after a good one", "kind: samples, max-rate-percent: 1", "fails", "0 of 1 files"
    ) {
      try run($0)
      try $0.sample()
      try $0.sample("S-0002", stage: 1, different: 9, day: 6)
    },
    Case("of other data", "kind: samples, max-rate-percent: 1", "fails", "0 of 1 files") {
      try run($0)
      try $0.sample(data: "sha256:other")
    },
    Case(
      "less sure than is asked", "kind: samples, max-rate-percent: 1, min-confidence-percent: 99", "fails",
      "0 of 1 files"
    ) {
      try run($0)
      try $0.sample()
    },
    Case(
      "a file that the run has not read", "kind: samples, max-rate-percent: 1, files: [F0, F7]", "fails", "1 of 2 files"
    ) {
      try run($0)
      try $0.sample()
    },
    // mapping
    Case("no run", "kind: mapping", "unknown", "none") { _ in },
    Case("nothing confirmed", "kind: mapping", "fails", "0 of 2 lines confirmed") { try run($0) },
    Case("one confirmed", "kind: mapping", "fails", "1 of 2 lines confirmed") {
      try run($0)
      try $0.confirm(Town.lines[0])
    },
    Case("all confirmed", "kind: mapping", "holds", "2 of 2 lines confirmed") { office in
      try run(office)
      for line in Town.lines { try office.confirm(line) }
    },
    Case("one changed since", "kind: mapping", "fails", "1 of 2 lines confirmed, 1 changed since") {
      try run($0)
      try $0.confirm(Town.lines[0])
      try $0.confirm(Town.line("B", "SOMETHING ELSE"))
    },
    Case("one withdrawn", "kind: mapping", "fails", "1 of 2 lines confirmed") { office in
      try run(office)
      for line in Town.lines { try office.confirm(line) }
      try office.enter(Confirmation.withdraw(Town.lines[1].id), at: Moment.of(5))
    },
    // requests
    Case("none", "kind: requests, max-unsettled: 9", "unknown", "none") { _ in },
    Case("one above", "kind: requests, max-unsettled: 0", "fails", "1 of 2 unsettled") {
      try $0.request("EX-1")
      try $0.request("EX-2", settled: 3)
    },
    Case("at the threshold", "kind: requests, max-unsettled: 1", "holds", "1 of 2 unsettled") {
      try $0.request("EX-1")
      try $0.request("EX-2", settled: 3)
    },
    // decision
    Case("none", "kind: decision, gate: provisional", "unknown", "no decision") { _ in },
    Case("of another gate", "kind: decision, gate: provisional", "unknown", "no decision") {
      try $0.decide("D-1", sitting: 1, .approved, gate: "production")
    },
    Case("sent back", "kind: decision, gate: provisional", "fails", "sitting 1: sent back") {
      try $0.decide("D-1", sitting: 1, .sentBack)
    },
    Case("approved, and then sent back", "kind: decision, gate: provisional", "fails", "sitting 2: sent back") {
      try $0.decide("D-1", sitting: 1, .approved)
      try $0.decide("D-2", sitting: 2, .sentBack)
    },
    Case("approved in the second sitting", "kind: decision, gate: provisional", "holds", "sitting 2: approved") {
      try $0.decide("D-1", sitting: 1, .sentBack)
      try $0.decide("D-2", sitting: 2, .approved)
    },
    Case("a condition is not met", "kind: decision, gate: provisional", "fails", "sitting 1: approved with conditions")
    {
      try $0.decide("D-1", sitting: 1, .conditional, [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-12-10")])
    },
    Case("a condition is met", "kind: decision, gate: provisional", "holds", "sitting 1: approved with conditions") {
      try $0.decide(
        "D-1", sitting: 1, .conditional,
        [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-12-10", met: "2019-11-20")])
    },
    Case("a condition of an earlier sitting", "kind: decision, gate: provisional", "fails", "sitting 2: approved") {
      try $0.decide("D-1", sitting: 1, .conditional, [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-12-10")])
      try $0.decide("D-2", sitting: 2, .approved)
    },
    Case(
      "overdue by a day", "kind: decision, gate: provisional, conditions: not-overdue", "fails",
      "sitting 1: approved with conditions"
    ) {
      try $0.decide("D-1", sitting: 1, .conditional, [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-11-28")])
    },
    Case(
      "due today", "kind: decision, gate: provisional, conditions: not-overdue", "holds",
      "sitting 1: approved with conditions"
    ) {
      try $0.decide("D-1", sitting: 1, .conditional, [DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-11-29")])
    },
  ]

  @Test(arguments: checks + runs + registers) func atTheThresholdAndBesideIt(_ row: Case) throws {
    let office = try Office()
    defer { office.remove() }
    try row.enter(office)
    let finding = try Town.finding(row.yaml, try office.dossier())
    #expect(Town.answer(finding) == row.answer, "\(finding.why.en)")
    #expect(finding.actual.en == row.actual)
    for text in [finding.actual, finding.required, finding.why] { #expect(!text.ja.isEmpty && !text.en.isEmpty) }
    #expect((finding.who == nil) == (row.answer == "holds"))
  }

  @Test func everyKindHasCasesThatHoldFailAndAreUnknown() {
    for kind in CriterionCatalog.kinds.map({ $0.kind }) {
      let answers = Set(
        (Self.checks + Self.runs + Self.registers).filter { $0.yaml.hasPrefix("kind: \(kind)") }.map(\.answer))
      #expect(answers == ["holds", "fails", "unknown"], "\(kind)")
    }
  }

  // MARK: nothing missing is GO

  /// One criterion of each kind, with the lowest threshold.
  static let easiest = [
    "kind: complete", "kind: checks, max-failed: 1000000", "kind: inconclusive, max: 1000000",
    "kind: rejected, max: 1000000",
    "kind: items, min-closed-percent: 0", "kind: rehearsals, min: 1", "kind: definitions",
    "kind: duration, window-seconds: 1000000",
    "kind: classified, max-unclassified: 1000000", "kind: issues, max-open: 0, none-due-before: service-start",
    "kind: milestones, milestones: [a]", "kind: parallel, min-days: 1", "kind: trainings, min-held-percent: 0",
    "kind: requests, max-unsettled: 1000000", "kind: decision, gate: provisional",
    "kind: samples, max-rate-percent: 99", "kind: mapping",
  ]

  @Test(arguments: easiest) func ofAnEmptyDossierNothingHolds(_ criterion: String) throws {
    let office = try Office()
    defer { office.remove() }
    let gate = try Town.gate(criterion)
    let decision = gate.decide(Town.input(try office.dossier()))
    #expect(decision.verdict == .noGo, "\(decision.criteria[0].actual.en)")
  }

  @Test func thereIsAnEasiestOfEachKind() {
    #expect(Self.easiest.count == CriterionCatalog.kinds.count)
    for kind in CriterionCatalog.kinds.map({ $0.kind }) {
      #expect(Self.easiest.contains { $0.hasPrefix("kind: \(kind)") }, "\(kind)")
    }
  }

  @Test func theCitysOwnGatesAreNoGoWithoutAnything() throws {
    let office = try Office()
    defer { office.remove() }
    let path =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path + "/Pipelines/gates.yaml"
    let gates = try Gate.read(DefinitionFile.read(path, name: "gates.yaml"))
    #expect(gates.map(\.name) == ["provisional", "production"])
    for gate in gates {
      let decision = gate.decide(Town.input(try office.dossier()))
      #expect(decision.verdict == .noGo)
      // An empty register of issues does not show whether there are none, or none were entered.
      let holding = decision.criteria.filter { $0.verdict == .go }.map(\.id)
      #expect(holding == (gate.name == "provisional" ? ["G1-12", "G1-13"] : ["G2-13"]))
    }
  }
}
