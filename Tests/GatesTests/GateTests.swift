import Base
import Evidence
import Foundation
import Gates
import Ledger
import RegisterFixtures
import Registers
import Testing

/// The verdict from the criteria: waivers, assumptions, wrong definitions.
@Suite struct GateTests {
  /// Three criteria: one holds, one fails, one cannot be judged.
  private static let one = ["kind: rejected, max: 0", "kind: issues, max-open: 0", "kind: requests, max-unsettled: 0"]

  private static func office(
    waived criterion: String? = nil, gate: String = "provisional", until: String = "2019-12-20"
  ) throws
    -> Office
  {
    let office = try Office()
    try office.run(1, day: 2, Fixture.check("A", .passed))
    try office.issue("I-0001")
    if let criterion { try office.waive(criterion, gate: gate, until: until) }
    return office
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let criterion: String
    let otherwise: String
    let waived: (criterion: String, gate: String, until: String)?
    let verdict: Verdict
    let isShown: Bool
    var testDescription: String { name }

    init(
      _ name: String, _ criterion: String, _ otherwise: String, _ waived: (String, String, String)?, _ verdict: Verdict,
      shown: Bool = false
    ) {
      (self.name, self.criterion, self.otherwise, self.verdict, isShown) = (name, criterion, otherwise, verdict, shown)
      self.waived = waived.map { ($0.0, $0.1, $0.2) }
    }
  }

  private static let future = "2019-12-20"

  @Test(arguments: [
    Case("unknown is no go", one[2], "conditional", nil, .noGo),
    Case("unknown is no go, waived or not", one[2], "conditional", ("C1", "provisional", future), .noGo),
    Case("fails", one[1], "no-go", nil, .noGo), Case("fails, but may", one[1], "conditional", nil, .conditional),
    Case("waived in another gate", one[1], "no-go", ("C1", "production", future), .noGo),
    Case("another is waived", one[1], "no-go", ("C2", "provisional", future), .noGo),
    Case("the waiver ran out yesterday", one[1], "no-go", ("C1", "provisional", "2019-11-28"), .noGo),
    Case("the waiver's last day", one[1], "no-go", ("C1", "provisional", "2019-11-29"), .conditional, shown: true),
    Case("waived", one[1], "no-go", ("C1", "provisional", future), .conditional, shown: true),
    Case(
      "waived, and conditional anyhow", one[1], "conditional", ("C1", "provisional", future), .conditional, shown: true),
    Case("holds", one[0], "no-go", nil, .go),
    Case("holds, and waived", one[0], "no-go", ("C1", "provisional", future), .go),
  ])
  func aWaiverMakesAFailureConditional(_ row: Case) throws {
    let waived = row.waived
    let office = try Self.office(
      waived: waived?.criterion, gate: waived?.gate ?? "provisional", until: waived?.until ?? Self.future)
    defer { office.remove() }
    let decision = try Town.gate(row.criterion, otherwise: row.otherwise).decide(Town.input(try office.dossier()))
    #expect(decision.verdict == row.verdict)
    #expect((decision.criteria[0].waiver != nil) == row.isShown)
    #expect(decision.criteria[0].severity == (row.otherwise == "no-go" ? .s1 : .s2))
  }

  @Test func aWaiverThatWasRevokedIsNone() throws {
    let office = try Self.office(waived: "C1")
    defer { office.remove() }
    let waiver = try #require(try office.dossier().waivers.first)
    try office.enter(waiver.revoked(by: "鈴木", at: Moment.of(6)), at: Moment.of(6))
    let gate = try Town.gate(Self.one[1], otherwise: "no-go")
    #expect(gate.decide(Town.input(try office.dossier())).verdict == .noGo)
    // In the state of the day before, it held.
    #expect(gate.decide(Town.input(try office.dossier(asOf: "2019-11-05"))).verdict == .conditional)
  }

  /// The worst of the criteria is the verdict, whatever their order.
  @Test func theWorstIsTheVerdict() throws {
    let office = try Self.office()
    defer { office.remove() }
    let dossier = try office.dossier()
    let (good, bad, unknown) = (Self.one[0], Self.one[1], Self.one[2])
    let (better, best) = ("kind: rejected, max: 1", "kind: rejected, max: 2")
    for (criteria, verdict) in [
      ([good, bad, unknown], Verdict.noGo), ([unknown, good, bad], .noGo), ([bad, good, better], .conditional),
      ([good, better, bad], .conditional), ([good, better, best], .go),
    ] {
      let gate = try Town.gate(criteria[0], criteria[1], criteria[2])
      #expect(gate.decide(Town.input(dossier)).verdict == verdict, "\(criteria)")
    }
    #expect(Verdict.go.permits == [.approved, .conditional, .sentBack])
    #expect(Verdict.conditional.permits == [.conditional, .sentBack])
    #expect(Verdict.noGo.permits == [.sentBack])
  }

  // MARK: assumptions

  struct Assumed: Sendable, CustomTestStringConvertible {
    let texts: [String]
    /// The answers of the four criteria, or the problem.
    let answers: String
    var testDescription: String { texts.joined(separator: " ") }
  }

  private static let form = "criterion:ID, item:ID, issue:ID, milestone:ID"

  @Test(arguments: [
    Assumed(texts: ["wish:C1"], answers: "wish:C1|" + form), Assumed(texts: ["C1"], answers: "C1|" + form),
    Assumed(texts: ["item"], answers: "item|" + form), Assumed(texts: [""], answers: "|" + form),
    Assumed(texts: ["criterion:C9"], answers: "criterion:C9|C1, C2, C3, C4"),
    Assumed(texts: ["item:K-9"], answers: "item:K-9|item:ID (items list)"),
    Assumed(texts: ["issue:I-0009"], answers: "issue:I-0009|issue:ID (issues list)"),
    Assumed(texts: ["milestone:b"], answers: "milestone:b|milestone:ID (milestones list)"),
    Assumed(texts: ["item:K-1", "item:K-9"], answers: "item:K-9|item:ID (items list)"),
    Assumed(texts: [], answers: "fails fails fails unknown"),
    Assumed(texts: ["item:K-1"], answers: "holds fails fails unknown"),
    Assumed(texts: ["issue:I-0001"], answers: "fails holds fails unknown"),
    Assumed(texts: ["milestone:a"], answers: "fails fails holds unknown"),
    Assumed(texts: ["criterion:C4"], answers: "fails fails fails holds"),
    Assumed(texts: ["item:K-1", "issue:I-0001", "milestone:a", "criterion:C4"], answers: "holds holds holds holds"),
  ])
  func whatIsAssumedIsTold(_ row: Assumed) throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.kind: .text("question")]))
    try office.milestone("a")
    try office.issue("I-0001")
    let gate = try Town.gate(
      "kind: items, min-closed-percent: 100, by-person: true", "kind: issues, max-open: 0",
      "kind: milestones, milestones: [a], need: stated", "kind: requests, max-unsettled: 0")
    let dossier = try office.dossier()
    if row.answers.contains("|") {
      let parts = row.answers.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      #expect(throws: Diagnostic(.gateAssume, at: Place(file: "--assume"), parts[0], parts[1])) {
        try Assumptions(row.texts, gate: gate, dossier: dossier)
      }
      return
    }
    let head = try office.ledger.read { try $0.head() }
    let decision = gate.decide(Town.input(dossier, try Assumptions(row.texts, gate: gate, dossier: dossier)))
    #expect(decision.criteria.map(Town.answer).joined(separator: " ") == row.answers)
    #expect(decision.assumed == row.texts)
    #expect(try office.ledger.read { try $0.head() } == head)
  }

  // MARK: wrong definitions

  struct Wrong: Sendable, CustomTestStringConvertible {
    let criterion: String
    let code: DiagnosticCode
    let facts: [String]
    /// Column, from 1, of the criterion's line.
    let column: Int
    var testDescription: String { criterion }

    init(_ criterion: String, _ code: DiagnosticCode, _ column: Int, _ facts: String...) {
      (self.criterion, self.code, self.column, self.facts) = (criterion, code, column, facts)
    }
  }

  private static let kinds = CriterionCatalog.kinds.map { $0.kind }.joined(separator: ", ")

  // The words of a criterion begin in column 68, behind its id and its title.
  @Test(arguments: [
    Wrong("kind: luck", .definitionValue, 74, "luck", kinds), Wrong("max: 0", .definitionMissing, 9, "kind"),
    Wrong("kind: rejected", .definitionMissing, 9, "max"),
    Wrong("kind: rejected, max: some", .definitionValue, 89, "some", "a whole number"),
    Wrong("kind: rejected, max: -1", .definitionValue, 89, "-1", "at least 0"),
    Wrong("kind: inconclusive, max: -1", .definitionValue, 93, "-1", "at least 0"),
    Wrong("kind: checks, max-failed: -1", .definitionValue, 94, "-1", "at least 0"),
    Wrong("kind: checks, max-failed: 0, severities: [S9]", .definitionValue, 110, "S9", "S1, S2, S3"),
    Wrong("kind: checks, max-failed: 0, explained-by: [X]", .definitionValue, 112, "X", "M, N, O, I, R, T, D, U"),
    Wrong("kind: checks, max-failed: 0, explained-by: [U]", .definitionValue, 112, "U", "M, N, O, I, R, T, D"),
    Wrong(
      "kind: checks, max-failed: 0, max: 1", .definitionKey, 97, "max",
      "id, kind, title, otherwise, severities, categories, ids, max-failed, explained-by"),
    Wrong("kind: classified, max-unclassified: -1", .definitionValue, 104, "-1", "at least 0"),
    Wrong("kind: issues, max-open: -1", .definitionValue, 92, "-1", "at least 0"),
    Wrong("kind: issues, max-open: 0, dated: yes", .definitionValue, 102, "yes", "true or false"),
    Wrong("kind: requests, max-unsettled: -1", .definitionValue, 99, "-1", "at least 0"),
    Wrong("kind: items, min-closed-percent: 101", .definitionValue, 101, "101", "0 to 100"),
    Wrong("kind: items, min-closed-percent: 0, min-executed-percent: -1", .definitionValue, 126, "-1", "0 to 100"),
    Wrong(
      "kind: items, min-closed-percent: 0, kinds: [wish]", .definitionValue, 112, "wish",
      "migration, test, training, question"),
    Wrong("kind: items, min-closed-percent: 0, rest: some", .definitionValue, 110, "some", "open, approved"),
    Wrong("kind: rehearsals, min: 0", .definitionValue, 91, "0", "at least 1"),
    Wrong("kind: rehearsals, min: 1, stage: play", .definitionValue, 101, "play", "rehearsal, production"),
    Wrong("kind: duration, window-seconds: 0", .definitionValue, 100, "0", "1 to 31622400"),
    Wrong(
      "kind: duration, window-seconds: 9223372036854775807, margin-percent: 20", .definitionValue, 100,
      "9223372036854775807", "1 to 31622400"),
    Wrong("kind: duration, window-seconds: 10, margin-percent: 100", .definitionValue, 120, "100", "0 to 99"),
    Wrong("kind: milestones, milestones: []", .definitionValue, 98, "an empty list", "ids of the master schedule"),
    Wrong("kind: parallel, min-days: 0", .definitionValue, 94, "0", "at least 1"),
    Wrong("kind: trainings, min-held-percent: 101", .definitionValue, 103, "101", "0 to 100"),
    Wrong(
      "kind: trainings, min-held-percent: 9223372036854775807", .definitionValue, 103, "9223372036854775807", "0 to 100"
    ),
    Wrong(
      "kind: trainings, min-held-percent: 0, min-attendance-percent: 101", .definitionValue, 130, "101", "0 to 100"),
    Wrong("kind: decision", .definitionMissing, 9, "gate"),
    Wrong("kind: decision, gate: provisional, conditions: some", .definitionValue, 115, "some", "met, not-overdue"),
  ])
  func aWrongCriterionIsToldWithItsPlace(_ row: Wrong) throws {
    // Without `otherwise`, which `gate` writes.
    let text =
      "gates:\n  g:\n    title: {ja: 判定, en: decision}\n    criteria:\n      - {id: C1, title: {ja: 基準, en: criterion}, otherwise: no-go, \(row.criterion)}\n"
    var found: [Diagnostic] = []
    do { _ = try Town.read(text) } catch let error as Diagnostics { found = error.items }
    let first = try #require(found.first)
    #expect(first.code == row.code && first.facts == row.facts)
    #expect(first.place == Place(file: "gates.yaml", line: 5, column: row.column))
  }

  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let codes: [DiagnosticCode]
    let line: Int?
    var testDescription: String { name }
  }

  private static let head = "gates:\n  g:\n    title: {ja: 判定, en: decision}\n"
  private static let whole = "      - {id: C1, kind: definitions, title: {ja: 基準, en: criterion}}\n"

  @Test(arguments: [
    File(name: "empty", text: "", codes: [.definitionYAML], line: 1),
    File(name: "no YAML", text: "gates: [", codes: [.definitionYAML], line: 2),
    File(
      name: "no gates", text: "gate: {}\n", codes: [.definitionKey, .definitionMissing, .definitionMissing], line: 1),
    File(name: "no criteria", text: head, codes: [.definitionMissing], line: 3),
    File(name: "an empty list", text: head + "    criteria: []\n", codes: [.definitionValue], line: 4),
    File(name: "an id twice", text: head + "    criteria:\n" + whole + whole, codes: [.definitionValue], line: 6),
    File(
      name: "otherwise go",
      text: head
        + "    criteria:\n      - {id: C1, kind: definitions, otherwise: go, title: {ja: 基準, en: criterion}}\n",
      codes: [.definitionValue], line: 5),
    File(
      name: "one language", text: head + "    criteria:\n      - {id: C1, kind: definitions, title: {ja: 基準}}\n",
      codes: [.definitionMissing], line: 5),
    File(
      name: "two mistakes", text: head + "    criteria:\n      - {id: C1, kind: luck}\n      - {id: C2, kind: fate}\n",
      codes: [.definitionValue, .definitionValue], line: 5),
    File(name: "whole", text: head + "    criteria:\n" + whole, codes: [], line: nil),
  ])
  func aWrongFileIsToldWithItsLine(_ row: File) throws {
    var found: [Diagnostic] = []
    do { _ = try Town.read(row.text) } catch let error as Diagnostics { found = error.items }
    #expect(found.map(\.code) == row.codes, "\(found.map { $0.message(.english) })")
    #expect(found.first?.place.line == row.line)
  }
}
