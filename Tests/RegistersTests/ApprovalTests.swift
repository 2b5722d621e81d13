import Base
import Ledger
import RegisterFixtures
import Registers
import Testing

/// Acts that need a second person, or a date: milestones, extract requests, waivers.
@Suite struct ApprovalTests {
  private static func milestone(_ fields: [Milestone.Field: JSONValue] = [:]) -> Milestone {
    Milestone(
      Fixture.row(
        "rollback",
        [Milestone.Field.plannedStart: .text("2019-11-10"), .plannedEnd: .text("2019-11-12")].merging(fields) { $1 }))
  }

  @Test func aMilestoneIsApprovedAfterItsEndByAnother() throws {
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "rollback"), "end")) {
      try Self.milestone().approved(by: "鈴木", at: Moment.of(12))
    }
    let done = Self.milestone([.actualEnd: .text("2019-11-12"), .enteredBy: .text("山田")])
    #expect(throws: Diagnostic(.ledgerFourEyes, at: Place(record: "rollback"), "山 田")) {
      try done.approved(by: "山 田", at: Moment.of(12))
    }
    #expect(try done.approved(by: "鈴木", at: Moment.of(12)).changes["approver"] == .text("鈴木"))
  }

  struct Happened: Sendable, CustomTestStringConvertible {
    let name: String
    let start: String?
    let end: String?
    let before: [Milestone.Field: String]
    /// Start and end afterwards; `nil` when refused.
    let after: [String]?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Happened(name: "end before start", start: "2019-11-12", end: "2019-11-11", before: [:], after: nil),
    Happened(
      name: "end before the start entered", start: nil, end: "2019-11-09", before: [.actualStart: "2019-11-10"],
      after: nil),
    Happened(
      name: "start after the end entered", start: "2019-11-13", end: nil, before: [.actualEnd: "2019-11-12"], after: nil
    ),
    Happened(name: "begun", start: "2019-11-10", end: nil, before: [:], after: ["2019-11-10", ""]),
    Happened(
      name: "ended, nothing said of its start", start: nil, end: "2019-11-12", before: [:],
      after: ["2019-11-12", "2019-11-12"]),
    Happened(
      name: "ended", start: nil, end: "2019-11-12", before: [.actualStart: "2019-11-10"],
      after: ["2019-11-10", "2019-11-12"]),
  ])
  func whatHappened(_ row: Happened) throws {
    let milestone = Self.milestone(row.before.mapValues { .text($0) })
    guard let after = row.after else {
      #expect(throws: Diagnostic(.registerMissing, at: Place(record: "rollback"), "start ≤ end")) {
        try milestone.happened(start: row.start, end: row.end, note: nil, run: nil, by: "山田")
      }
      return
    }
    let amendment = try milestone.happened(start: row.start, end: row.end, note: nil, run: nil, by: "山田")
    #expect([amendment.changes["actual_start"]?.text ?? "", amendment.changes["actual_end"]?.text ?? ""] == after)
    // The earlier approval was for something else.
    #expect(amendment.changes["approver"] == .null && amendment.changes["approved_at"] == .null)
  }

  struct State: Sendable {
    let today: String
    let start: String
    let end: String
    let title: String
  }

  @Test(arguments: [
    State(today: "2019-11-10", start: "", end: "", title: "planned"),
    State(today: "2019-11-11", start: "", end: "", title: "not begun, late"),
    State(today: "2019-11-13", start: "", end: "", title: "late"),
    State(today: "2019-11-13", start: "2019-11-10", end: "", title: "late"),
    State(today: "2019-11-12", start: "2019-11-10", end: "", title: "under way"),
    State(today: "2019-11-13", start: "2019-11-10", end: "2019-11-12", title: "done"),
    State(today: "2019-11-13", start: "2019-11-10", end: "2019-11-13", title: "done, late"),
  ])
  func whereAMilestoneStands(_ row: State) {
    let milestone = Self.milestone([.actualStart: .text(row.start), .actualEnd: .text(row.end)])
    #expect(milestone.state(on: row.today).en == row.title)
  }

  @Test func anExtractRequestIsSettledAndThenAgreedTo() throws {
    func request(_ fields: [ExtractRequest.Field: JSONValue] = [:]) -> ExtractRequest {
      ExtractRequest(Fixture.row("EX-001", fields))
    }
    for disposition in [ExtractRequest.Disposition.rehomed, .replaced] {
      #expect(throws: Diagnostic(.registerMissing, at: Place(record: "EX-001"), "--destination")) {
        try request().settled(disposition, destination: "", due: nil, note: nil, by: "山田")
      }
    }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "EX-001"), "disposition")) {
      try request().approved(by: "鈴木", at: Moment.of(5))
    }
    let ended = try request().settled(.ended, destination: "", due: nil, note: "使っていない", by: "山田")
    #expect(ended.changes["approved_at"] == .null)
    let settled = request([.disposition: .text("ended"), .enteredBy: .text("山田")])
    #expect(!settled.isSettled)
    #expect(throws: Diagnostic(.ledgerFourEyes, at: Place(record: "EX-001"), "山田")) {
      try settled.approved(by: "山田", at: Moment.of(5))
    }
    _ = try settled.approved(by: "鈴木", at: Moment.of(5))
    #expect(request([.disposition: .text("ended"), .approvedAt: .text(Moment.of(5))]).isSettled)
    #expect(!request([.disposition: .text("undecided"), .approvedAt: .text(Moment.of(5))]).isSettled)
  }

  private static func grant(reason: String = "来月直す", owner: String = "山田", approver: String = "部長", by: String = "鈴木")
    throws
    -> Amendment
  {
    try Waiver.grant(
      "W-0001", gate: "provisional", criterion: "G1-03", for: ApprovedScope("issue:I-0001"), reason: reason,
      owner: owner, approver: approver,
      until: "2019-12-20",
      by: by, at: Moment.of(5))
  }

  @Test func aWaiverHasReasonOwnerApproverAndEnd() throws {
    func missing(_ what: String) -> Diagnostic { Diagnostic(.registerMissing, at: Place(record: "W-0001"), what) }
    #expect(throws: missing("reason")) { try Self.grant(reason: "") }
    #expect(throws: missing("reason")) { try Self.grant(reason: "　") }
    #expect(throws: missing("owner")) { try Self.grant(owner: "") }
    #expect(throws: missing("approver")) { try Self.grant(approver: " ") }
    for (owner, person) in [("部長", "鈴木"), ("山田", "部 長")] {
      #expect(throws: Diagnostic(.ledgerFourEyes, at: Place(record: "W-0001"), "部長")) {
        try Self.grant(owner: owner, by: person)
      }
    }
    let office = try Office()
    defer { office.remove() }
    try office.enter(try Self.grant())
    let waiver = try #require(try office.dossier().waivers.first)
    #expect(waiver.holds(on: "2019-12-20") && !waiver.holds(on: "2019-12-21"))
    try office.enter(waiver.revoked(by: "鈴木", at: Moment.of(6)), at: Moment.of(6))
    #expect(try office.dossier().waivers.first?.holds(on: "2019-12-20") == false)
  }
}
