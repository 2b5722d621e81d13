import Base
import Ledger
import RegisterFixtures
import Registers
import Testing

/// Computed figures: estimates, hours, fiscal years.
@Suite struct FigureTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let effort: String
    let price: Int
    let yen: Int?
    var testDescription: String { "\(effort) × \(price)" }

    init(_ effort: String, _ price: Int, _ yen: Int?) { (self.effort, self.price, self.yen) = (effort, price, yen) }
  }

  @Test(arguments: [
    Reference("", 1, nil), Reference(".", 1, nil), Reference(".5", 1, nil), Reference("1.", 1, nil),
    Reference("1.2.3", 1, nil),
    Reference("-1", 1, nil), Reference("+1", 1, nil), Reference("1e3", 1, nil), Reference("１.2", 1, nil),
    Reference(" 1", 1, nil),
    Reference("1.00000", 1, nil), Reference("99999999999999999999", 1, nil), Reference("1", -1, nil),
    Reference("2", Int.max, nil), Reference("1.0001", Int.max / 10_000, nil),
    Reference("1.0000", Int.max / 10_000, Int.max / 10_000),
    Reference("9223372036854.7758", 100, nil), Reference("922337203685477.5807", 1, nil),
    Reference("1", Int.max, Int.max), Reference("0", 1_176_324, 0),
    // The annual report's row.
    Reference("1.2", 1_176_324, 1_411_589), Reference("2.8", 1_176_324, 3_293_707),
    // Half a yen is rounded up; less is not.
    Reference("0.5", 1, 1), Reference("0.4", 1, 0), Reference("0.4999", 1, 0), Reference("1.5", 3, 5),
    Reference("0.0001", 5_000, 1),
    Reference("0.0001", 4_999, 0), Reference("00001.20", 1_176_324, 1_411_589),
    // A case that binary fractions get wrong: 0.1 × 3 × 10^15.
    Reference("0.1", 3_000_000_000_000_005, 300_000_000_000_001), Reference("1.1", 5, 6), Reference("1.005", 100, 101),
  ])
  func effortTimesPriceIsExact(_ row: Reference) { #expect(Estimate.reference(row.effort, row.price) == row.yen) }

  private static let views: [Estimate.Viewpoint: Estimate.Assessment] = Dictionary(
    uniqueKeysWithValues: Estimate.Viewpoint.allCases.map { ($0, .sound) })

  private static func assess(
    amount: Int = 1_200_000, low: String = "1.2", high: String = "2.8", price: Int = 1_176_324,
    views: [Estimate.Viewpoint: Estimate.Assessment] = views, overall: Estimate.Assessment = .sound, note: String = ""
  ) throws -> Amendment {
    try Estimate.assess(
      "E-0001", title: "基幹系システムの改修", amount: amount, effortLow: low, effortHigh: high, unitPrice: price,
      viewpoints: views,
      overall: overall, note: note, by: "山田", at: Moment.of(5))
  }

  @Test func theAnnualReportsRow() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(try Self.assess(note: "参考比較金額を下回るが、既存の部品を使うため妥当"))
    let estimate = try #require(try office.dossier().estimates.first)
    #expect(estimate.referenceLow == 1_411_589 && estimate.referenceHigh == 3_293_707)
    #expect(estimate.position == .below && estimate.position.title.ja == "基準より低廉")
    #expect(estimate.overall.title.ja == "妥当")
    #expect(estimate.viewpoints == Self.views)
    #expect(estimate.amount == 1_200_000 && estimate.note.hasPrefix("参考比較金額"))
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let name: String
    let what: String?
    let assess: @Sendable () throws -> Amendment
    var testDescription: String { name }

    init(_ name: String, _ what: String?, _ assess: @escaping @Sendable () throws -> Amendment) {
      (self.name, self.what, self.assess) = (name, what, assess)
    }
  }

  private static let form = "--effort LOW..HIGH, --unit-price YEN, --amount YEN"

  private static func with(_ view: Estimate.Viewpoint, _ assessment: Estimate.Assessment?)
    -> [Estimate.Viewpoint: Estimate.Assessment]
  {
    var changed = views
    changed[view] = assessment
    return changed
  }

  @Test(arguments: [
    Refused("no amount", form) { try assess(amount: 0, note: "x") },
    Refused("less than none", form) { try assess(amount: -1, note: "x") },
    Refused("bounds turned round", form) { try assess(low: "2.8", high: "1.2", note: "x") },
    Refused("no decimal", form) { try assess(low: "一", note: "x") },
    Refused("beyond all numbers", form) { try assess(high: "9999999", price: Int.max / 2, note: "x") },
    Refused("no price", form) { try assess(price: 0, note: "x") },
    Refused("a viewpoint left out", "--rate") { try assess(views: with(.rate, nil), note: "x") },
    Refused("below, without a note", "--note") { try assess() },
    Refused("above, without a note", "--note") { try assess(amount: 3_293_708) },
    Refused("doubtful, without a note", "--note") { try assess(amount: 2_000_000, views: with(.effort, .doubtful)) },
    Refused("unsound, and sound in all", "--overall doubtful | unsound") {
      try assess(amount: 2_000_000, views: with(.total, .unsound), note: "x")
    },
    Refused("below, with a note", nil) { try assess(note: "x") },
    Refused("the lowest", nil) { try assess(amount: 1_411_589) },
    Refused("the highest", nil) { try assess(amount: 3_293_707) },
    Refused("unsound, and doubtful in all", nil) {
      try assess(amount: 2_000_000, views: with(.total, .unsound), overall: .doubtful, note: "x")
    },
  ])
  func whatIsNeededForAnEstimate(_ row: Refused) throws {
    guard let what = row.what else {
      _ = try row.assess()
      return
    }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "E-0001"), what)) { try row.assess() }
  }

  // MARK: batch hours

  private static func measure(_ id: String, _ job: String, _ day: String, _ seconds: Int, _ times: Int) throws
    -> Amendment
  {
    try BatchRun.measured(id, business: "KJ", job: job, day: day, seconds: seconds, timesAYear: times, by: "山田")
  }

  @Test func theLatestTimeOfEachJobCounts() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(
      Amendment(
        register: "business", id: "KJ", act: "define", changes: ["hours": .integer(372), "replaced": .text("yes")]))
    #expect(try office.dossier().hours.first?.secondsAYear == nil)
    for (id, job, day, seconds, times) in [
      ("B-0001", "当初賦課", "2019-10-01", 7_200, 1), ("B-0002", "当初賦課", "2019-10-08", 3_600, 1),
      ("B-0003", "例月", "2019-10-02", 600, 12), ("B-0004", "例月", "2019-09-30", 9_999, 12),
      // On the same day the later entry counts.
      ("B-0005", "例月", "2019-10-02", 500, 12),
    ] { try office.enter(try Self.measure(id, job, day, seconds, times)) }
    let hours = try #require(try office.dossier().hours.first)
    #expect(hours.jobs.map(\.seconds) == [500, 3_600])
    #expect(hours.secondsAYear == 3_600 + 12 * 500)
    #expect(hours.business.isReplaced)
  }

  struct Measured: Sendable {
    let job: String
    let seconds: Int
    let times: Int
  }

  @Test(arguments: [
    Measured(job: "", seconds: 1, times: 1), Measured(job: "x", seconds: 0, times: 1),
    Measured(job: "x", seconds: -1, times: 1),
    Measured(job: "x", seconds: 1, times: 0), Measured(job: "x", seconds: Int.max, times: 2),
    Measured(job: "x", seconds: 1, times: Int.max), Measured(job: "x", seconds: 31_622_401, times: 1),
  ])
  func timesThatCannotBeAreRefused(_ row: Measured) {
    #expect(throws: Diagnostic.self) { try Self.measure("B-0001", row.job, "2019-10-01", row.seconds, row.times) }
  }

  // MARK: meetings and their conditions

  struct Year: Sendable {
    let held: String
    let year: Int?
  }

  @Test(arguments: [
    Year(held: "", year: nil), Year(held: "2019-03-31", year: 2018), Year(held: "2019-04-01", year: 2019),
    Year(held: "2019-12-31", year: 2019), Year(held: "2020-01-10", year: 2019), Year(held: "2020-03-31", year: 2019),
  ])
  func theFiscalYearBeginsInApril(_ row: Year) {
    #expect(Meeting(Fixture.row("M-0001", [Meeting.Field.held: .text(row.held)])).fiscalYear == row.year)
  }

  struct Conditions: Sendable, CustomTestStringConvertible {
    let decision: Resolution?
    let conditions: [DecisionCondition]
    let what: String?
    var testDescription: String { "\(decision?.rawValue ?? "none"), \(conditions.count)" }
  }

  private static let whole = DecisionCondition(text: "再テスト", owner: "納税課", due: "2019-12-10")
  private static let pair = "--decision conditional + --condition"
  private static let shape = "--condition DUE:OWNER:TEXT"

  @Test(arguments: [
    Conditions(decision: .conditional, conditions: [], what: pair),
    Conditions(decision: .approved, conditions: [whole], what: pair),
    Conditions(decision: .sentBack, conditions: [whole], what: pair),
    Conditions(decision: nil, conditions: [whole], what: pair),
    Conditions(
      decision: .conditional, conditions: [whole, DecisionCondition(text: "", owner: "納税課", due: "2019-12-10")],
      what: shape),
    Conditions(
      decision: .conditional, conditions: [DecisionCondition(text: "再テスト", owner: "", due: "2019-12-10")], what: shape),
    Conditions(
      decision: .conditional, conditions: [DecisionCondition(text: "再テスト", owner: "納税課", due: "")], what: shape),
    Conditions(decision: .conditional, conditions: [whole], what: nil),
    Conditions(decision: .approved, conditions: [], what: nil),
    Conditions(decision: nil, conditions: [], what: nil),
  ])
  func conditionsBelongToAConditionalDecision(_ row: Conditions) throws {
    func record() throws -> Amendment {
      try Meeting.record(
        "M-0001", kind: .gate, held: "2019-11-29", title: "判定会議", agenda: ["a"], attendees: ["課長"], minutes: "",
        decision: row.decision,
        conditions: row.conditions, by: "山田")
    }
    guard let what = row.what else {
      let meeting = Meeting(
        Fixture.row("M-0001", [Meeting.Field.conditions: try record().changes["conditions"] ?? .null]))
      #expect(meeting.conditions == row.conditions)
      return
    }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "M-0001"), what)) { try record() }
  }

  private static func decide(_ decision: Resolution, permitted: [Resolution], _ conditions: [DecisionCondition] = [])
    throws
    -> Amendment
  {
    let basis = GateDecision.Basis(
      gate: "provisional", verdict: "CONDITIONAL", findings: [["G1-01", "GO", "1", "1"]], run: "0001",
      evidence: "sha256:e",
      gates: "sha256:g", ledger: Head(number: 3, digest: "sha256:l"))
    return try GateDecision.record(
      "D-0001", sitting: 1, basis, decision: decision, permitted: permitted, conditions: conditions, meeting: "M-0001",
      held: "2019-11-29", by: "山田", at: Moment.of(29))
  }

  @Test func theVerdictMustCarryTheDecision() throws {
    #expect(
      throws: Diagnostic(
        .decisionRefused, at: Place(record: "provisional"), "CONDITIONAL", "conditional (条件付き了承), sent-back (差戻し)")
    ) { try Self.decide(.approved, permitted: [.conditional, .sentBack]) }
    _ = try Self.decide(.sentBack, permitted: [.conditional, .sentBack])
  }

  @Test func aConditionIsMetByAnother() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(try Self.decide(.conditional, permitted: [.conditional], [Self.whole, Self.whole]))
    let decision = try #require(try office.dossier().decisions.first)
    for number in [0, -1, 3, Int.min] {
      #expect(throws: Diagnostic(.registerMissing, at: Place(record: "D-0001"), "1 … 2"), "\(number)") {
        try decision.met(number, on: "2019-12-05", by: "鈴木")
      }
    }
    #expect(throws: Diagnostic(.ledgerFourEyes, at: Place(record: "D-0001 2"), "納税 課")) {
      try decision.met(2, on: "2019-12-05", by: "納税 課")
    }
    try office.enter(try decision.met(2, on: "2019-12-05", by: "鈴木"), at: Moment.of(30))
    #expect(try office.dossier().decisions.first?.conditions.map(\.met) == ["", "2019-12-05"])
  }

  /// A decision carries the digest of its whole basis: each part of it counts.
  @Test func theDigestOfADecisionIsOverAllOfIt() {
    func digest(
      gate: String = "g", verdict: String = "GO", findings: [[String]] = [["a", "b"]], run: String = "1",
      evidence: String = "e",
      gates: String = "d", head: Head = Head(number: 1, digest: "x")
    ) -> String {
      GateDecision.Basis(
        gate: gate, verdict: verdict, findings: findings, run: run, evidence: evidence, gates: gates, ledger: head
      ).digest
    }
    let all = [
      digest(), digest(gate: "h"), digest(verdict: "NO-GO"), digest(findings: [["a"], ["b"]]),
      digest(findings: [["a", "c"]]),
      digest(run: "2"), digest(evidence: "f"), digest(gates: "c"), digest(head: Head(number: 2, digest: "x")),
      digest(head: Head(number: 1, digest: "y")),
    ]
    #expect(Set(all).count == all.count)
    #expect(digest() == digest())
  }
}
