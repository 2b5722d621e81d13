import Base
import Evidence
import Gates
import Ledger
import RegisterFixtures
import Registers
import Testing

/// 承認は、承認したものの外へ広がらない: the scope of a waiver, a hold or a classification, and later findings.
@Suite struct OutgrownTests {
  typealias Step = @Sendable (Office) throws -> Void

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let criterion: String
    let before: Step
    let after: Step
    /// The part beyond the approval, in Japanese; `nil` when it still covers.
    let beyond: String?
    var testDescription: String { name }

    init(_ name: String, _ criterion: String, _ before: @escaping Step, then after: @escaping Step, _ beyond: String?) {
      (self.name, self.criterion, self.before, self.after, self.beyond) = (name, criterion, before, after, beyond)
    }
  }

  private static func failing(
    _ number: Int, _ lines: Int, _ groups: [String] = ["A/1"], sums: [Int128] = [], keys: [String]? = nil,
    rejected: Int = 0
  ) -> Step {
    { office in
      // The second one comes after the approval.
      let day = number == 1 ? 2 : 10
      try office.enter(
        run: Fixture.run(
          number, day: day,
          [Fixture.check("A", .failed, lines: lines, groups: groups, sums: sums, keys: keys)], rejected: rejected),
        at: Moment.of(day))
    }
  }

  private static let checks = "kind: checks, max-failed: 0"

  static let waivers: [Case] = [
    Case("as many", checks, failing(1, 2), then: failing(2, 2), nil),
    Case("fewer", checks, failing(1, 2), then: failing(2, 1), nil),
    Case("more", checks, failing(1, 1), then: failing(2, 299), "承認1件に対し299件（超過: A/1）"),
    Case("more money", checks, failing(1, 1, sums: [100]), then: failing(2, 1, sums: [101]), "承認1件に対し1件（超過: A/1）"),
    Case("as much the other way", checks, failing(1, 1, sums: [100]), then: failing(2, 1, sums: [-100]), nil),
    Case("another kind of difference", checks, failing(1, 1), then: failing(2, 1, ["A/2"]), "承認1件に対し1件（超過: A/2）"),
    Case("one more kind", checks, failing(1, 1), then: failing(2, 1, ["A/1", "A/2"]), "承認1件に対し2件（超過: A/2）"),
    Case("not known in groups", checks, failing(1, 1, []), then: failing(2, 3, []), "承認1件に対し3件（超過: A）"),
    Case(
      "another issue", "kind: issues, max-open: 0", { try $0.issue("I-0001") },
      then: { try $0.issue("I-0002", day: 10) },
      "承認1件に対し2件（超過: issue:I-0002 S1"),
    Case(
      "the issue is called something else", "kind: issues, max-open: 0", { try $0.issue("I-0001") },
      then: { office in
        let found = try #require(try office.dossier().issues.first)
        var fields = IssueAct.Fields()
        fields.title = "全員の税額が2倍"
        try office.enter(
          try IssueAct.update(fields).amendment(of: found, by: "山田", at: Moment.of(10)), at: Moment.of(10))
      }, "承認1件に対し1件（超過: issue:I-0001 S1"),
    Case(
      "a day that was not compared is unexplained", "kind: parallel, min-days: 1", { try $0.compare(5, .notCompared) },
      then: { try $0.compare(5, .unexplained) }, "承認1件に対し1件（超過: day:2019-11-05 unexplained"),
    Case(
      "somebody objects", "kind: items, min-closed-percent: 100",
      { try $0.enter(Fixture.define("K-1", [.kind: .text("migration"), .confirmer: .text("係長")])) },
      then: { office in
        for act in [ItemAct.answer("済"), .sendBack(reason: "違う"), .investigate] {
          let standing = try #require(try office.item("K-1"))
          try office.enter(try act.amendment(of: standing, by: "山田", at: Moment.of(10)), at: Moment.of(10))
        }
      }, "承認1件に対し1件（超過: item:K-1 "),
    Case(
      "one more rejected record", "kind: rejected, max: 0", failing(1, 1, rejected: 1),
      then: failing(2, 1, rejected: 2),
      "承認1件に対し2件（超過: rejects）"),
    Case(
      "the item's check finds more", "kind: items, min-closed-percent: 100",
      { office in
        try office.enter(Fixture.define("K-1", [.kind: .text("migration"), .evidence: .texts(["A"])]))
        try failing(1, 1)(office)
      }, then: failing(2, 5), "承認2件に対し6件（超過: A/1）"),
  ]

  private static func finding(_ row: Case, _ office: Office) throws -> Decision.Finding {
    let gate = try Town.gate(row.criterion, otherwise: "no-go")
    return try #require(gate.decide(Town.input(try office.dossier())).criteria.first)
  }

  @Test(arguments: waivers)
  func aWaiverCoversWhatItWasGivenFor(_ row: Case) throws {
    let office = try Office()
    defer { office.remove() }
    try row.before(office)
    try office.waive("C1", for: try Self.finding(row, office).scope)
    #expect(try Self.finding(row, office).verdict == .conditional)
    try row.after(office)
    let finding = try Self.finding(row, office)
    guard let beyond = row.beyond else {
      #expect(finding.verdict == .conditional && finding.waiver?.id == "W-0001")
      return
    }
    #expect(finding.verdict == .noGo && finding.waiver == nil)
    #expect(finding.why.ja.contains("。適用除外 W-0001 の範囲を超える: \(beyond)"), "\(finding.why.ja)")
    #expect(finding.why.en.contains("Beyond waiver W-0001: "))
    // It can be given again, for the present findings.
    try office.waive("C1", for: finding.scope, day: 12)
    #expect(try Self.finding(row, office).verdict == .conditional)
  }

  @Test func aWaiverOfWhichNothingTellsWhatItIsForCoversNothing() throws {
    let office = try Office()
    defer { office.remove() }
    try office.issue("I-0001")
    try office.waive("C1")
    let waiver = try #require(try office.dossier().waivers.first)
    try office.enter(
      Amendment(register: "waiver", id: waiver.id, act: "grant", changes: ["scope": .null]), at: Moment.of(6))
    let finding = try Self.finding(
      Case("", "kind: issues, max-open: 0", { _ in }, then: { _ in }, nil), office)
    #expect(finding.verdict == .noGo && finding.why.ja.contains("範囲の記録がない"))
  }

  static let holds: [Case] = [
    Case("as many", "", failing(1, 2), then: failing(2, 2), nil),
    Case("more", "", failing(1, 1), then: failing(2, 299), "保留の範囲を超えた（課長）: 承認1件に対し299件（超過: A/1）"),
    Case("other differences", "", failing(1, 1), then: failing(2, 1, ["A/9"]), "保留の範囲を超えた（課長）: 承認1件に対し1件（超過: A/9）"),
    Case(
      "nothing failed then", "", { try $0.run(1, day: 2, Fixture.check("A", .notRun)) }, then: failing(2, 1),
      "保留の範囲を超えた（課長）: 承認1件に対し1件（超過: A/1）"),
    Case(
      "passes now", "", failing(1, 1), then: { try $0.run(2, day: 10, Fixture.check("A", .passed)) }, nil),
  ]

  @Test(arguments: holds)
  func aHoldCoversWhatItsChecksHadFound(_ row: Case) throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.kind: .text("migration"), .evidence: .texts(["A"])]))
    try row.before(office)
    func standing() throws -> ItemStanding { try #require(try office.dossier().items.first) }
    if try standing().state == .returned || standing().state == .raised {
      let act = ItemAct.hold(reason: "待ち", approver: "課長", until: "2019-12-20")
      try office.enter(try act.amendment(of: try standing(), by: "山田", at: Moment.of(4)), at: Moment.of(4))
    }
    #expect(try standing().isApprovedHold)
    try row.after(office)
    let found = try standing()
    #expect(found.isApprovedHold == (row.beyond == nil))
    guard let beyond = row.beyond else { return }
    #expect(found.state == .returned && !found.isDone)
    #expect(found.why.ja == beyond)
    #expect(found.why.en.hasPrefix("beyond what 課長 put on hold: "))
  }

  struct Given: Sendable, CustomTestStringConvertible {
    let name: String
    let act: ClassificationAct
    let after: Step
    /// The message; `nil` when it still covers.
    let told: String?
    var testDescription: String { name }
  }

  private static func act(keys: [String] = [], until: String = "") -> ClassificationAct {
    ClassificationAct(.rounding, note: "訳", approver: "課長", until: until, keys: keys)
  }

  @Test(arguments: [
    Given(name: "as many", act: act(), after: failing(2, 2, sums: [3], keys: ["1", "2"]), told: nil),
    Given(
      name: "more", act: act(), after: failing(2, 299, sums: [3]), told: "A/1 承認2件に対し299件"),
    Given(name: "more money", act: act(), after: failing(2, 2, sums: [4]), told: "A/1 承認2件に対し2件"),
    Given(
      name: "another key, where any was meant", act: act(), after: failing(2, 1, sums: [1], keys: ["3"]), told: nil),
    Given(
      name: "another key", act: act(keys: ["1", "2"]), after: failing(2, 1, sums: [1], keys: ["3"]),
      told: "A/1 承認2件に対し1件（承認外のキー: 3）"),
    Given(
      name: "one of two keys", act: act(keys: ["1"]), after: failing(2, 1, sums: [1], keys: ["1"]), told: nil),
    Given(
      name: "keys are no longer known", act: act(keys: ["1"]), after: failing(2, 1, sums: [1]),
      told: "A/1 承認2件に対し1件"),
    Given(
      name: "its day is over", act: act(until: "2019-11-28"), after: failing(2, 2, sums: [3]), told: "A/1 承認2件に対し2件"),
    Given(name: "its last day", act: act(until: "2019-11-29"), after: failing(2, 2, sums: [3]), told: nil),
  ])
  func aClassificationCoversWhatItWasGivenFor(_ row: Given) throws {
    let office = try Office()
    defer { office.remove() }
    try Self.failing(1, 2, sums: [3], keys: ["1", "2"])(office)
    try office.enter(
      try office.dossier().classify("A/1", row.act, by: "山田", at: Moment.of(3)), at: Moment.of(3))
    try row.after(office)
    let gate = try Town.gate("kind: classified, max-unclassified: 0", otherwise: "no-go")
    let finding = try #require(gate.decide(Town.input(try office.dossier())).criteria.first)
    #expect(finding.verdict == (row.told == nil ? .go : .noGo))
    if let told = row.told { #expect(finding.why.ja.hasSuffix("（\(told)）"), "\(finding.why.ja)") }
  }

  struct Refused: Sendable {
    let act: ClassificationAct
    let diagnostic: Diagnostic
  }

  private static let place = Place(record: "A/1")

  @Test(arguments: [
    Refused(
      act: ClassificationAct(.rounding, note: " ", approver: "課長"),
      diagnostic: Diagnostic(.registerMissing, at: place, "reason")),
    Refused(
      act: ClassificationAct(.rounding, note: "訳", approver: "　"),
      diagnostic: Diagnostic(.registerMissing, at: place, "approver")),
    Refused(
      act: ClassificationAct(.rounding, note: "訳", approver: "山 田"),
      diagnostic: Diagnostic(.ledgerFourEyes, at: place, "山 田")),
    Refused(act: act(keys: ["9"]), diagnostic: Dossier.unknown("9", "A/1", among: ["1", "2"])),
  ])
  func aClassificationIsRefused(_ row: Refused) throws {
    let office = try Office()
    defer { office.remove() }
    try Self.failing(1, 2, keys: ["1", "2"])(office)
    let dossier = try office.dossier()
    #expect(throws: row.diagnostic) { try dossier.classify("A/1", row.act, by: "山田", at: Moment.of(3)) }
  }
}
