import Base
import Evidence
import Foundation
import Gates
import Ledger
import RegisterFixtures
import Registers
import Testing

/// Gates from a few words of YAML.
enum Town {
  /// A gate `provisional` of criteria in YAML's flow form, `kind: rejected, max: 0`, named C1, C2, …
  static func gate(_ criteria: String..., otherwise: String = "conditional", name: String = "provisional") throws
    -> Gate
  {
    let lines = criteria.enumerated().map {
      "      - {id: C\($0 + 1), title: {ja: 基準, en: criterion}, otherwise: \(otherwise), \($1)}"
    }
    let text =
      "gates:\n  \(name):\n    title: {ja: 判定, en: decision}\n    criteria:\n" + lines.joined(separator: "\n") + "\n"
    return try #require(try read(text).first)
  }

  /// - Parameter expected: the file's last entry; by default the file's content, without lists.
  static func read(_ text: String, expected: String? = nil) throws -> [Gate] {
    let path = NSTemporaryDirectory() + "totsugo-gates-\(UUID().uuidString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data((text + (expected ?? Self.expected(text))).utf8).write(to: URL(fileURLWithPath: path))
    return try Gate.read(DefinitionFile.read(path, name: "gates.yaml"))
  }

  private static func expected(_ text: String) -> String {
    var counts: [(gate: String, count: Int)] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("  "), !line.hasPrefix("   "), line.hasSuffix(":") {
        counts.append((line.dropFirst(2).dropLast() + "", 0))
      } else if line.drop(while: { $0 == " " }).hasPrefix("- {id:"), !counts.isEmpty {
        counts[counts.count - 1].count += 1
      }
    }
    let criteria = counts.map { "\($0.gate): \($0.count)" }.joined(separator: ", ")
    return counts.isEmpty
      ? ""
      : "expected: {files: 0, tables: 0, checks: 0, severities: {}, warns: 0, may-be-empty: 0, criteria: {\(criteria)}, lists: {}}\n"
  }

  static let holidays: Set<String> = ["2019-11-04", "2019-11-23"]

  static func input(_ dossier: Dossier, _ assumptions: Assumptions = Assumptions()) -> GateInput {
    GateInput(
      dossier: dossier, definitions: "sha256:d", holidays: holidays, assumptions: assumptions,
      mapping: dossier.runs.isEmpty ? nil : MappingStanding.of(lines, dossier.confirmations))
  }

  /// The mapping of the town.
  static let lines = [line("A", "ITEM-A"), line("B", "ITEM-B")]

  static func line(_ column: String, _ expression: String) -> MappingLine {
    MappingLine(
      id: "mapping/F/10/T/\(column)", file: "F", fileTitle: Bilingual("F", "F"), kinds: [("10", Bilingual("10", "10"))],
      table: "T", column: column, type: "integer", limit: nil, places: 0, isKey: false, isOptional: false,
      expression: expression, isMissing: false, place: Place(), each: "", condition: "", items: [], codes: [])
  }

  /// `holds`, `fails` or `unknown`: the answer of a criterion that is CONDITIONAL when it fails.
  static func answer(_ finding: Decision.Finding) -> String {
    switch finding.verdict {
    case .go: "holds"
    case .conditional: "fails"
    case .noGo: "unknown"
    }
  }

  static func finding(_ criterion: String, _ dossier: Dossier) throws -> Decision.Finding {
    try #require(try gate(criterion).decide(input(dossier)).criteria.first)
  }
}

extension Office {
  func run(_ number: Int, day: Int, _ checks: CheckResult...) throws {
    try enter(run: Fixture.run(number, day: day, checks), at: Moment.of(day))
  }

  func milestone(_ id: String, _ fields: [Milestone.Field: JSONValue] = [:]) throws {
    var changes: [String: JSONValue] = ["planned_start": .text("2019-12-01"), "planned_end": .text("2019-12-01")]
    for (field, value) in fields { changes[RegisterSchema.name(of: field)] = value }
    try enter(Amendment(register: "milestone", id: id, act: "define", changes: changes))
  }

  func issue(
    _ id: String, _ severity: Severity = .s1, day: Int = 2, _ change: (inout IssueAct.Fields) -> Void = { _ in }
  ) throws {
    var fields = IssueAct.Fields()
    (fields.title, fields.section, fields.severity) = ("題", "納税課", severity)
    change(&fields)
    try enter(try IssueAct.open(id, fields, by: "山田", at: Moment.of(day)), at: Moment.of(day))
  }

  func close(_ id: String, day: Int) throws {
    let found = try #require(try dossier().issues.first { $0.id == id })
    try enter(try IssueAct.resolve("直した").amendment(of: found, by: "山田", at: Moment.of(day)), at: Moment.of(day))
    let resolved = try #require(try dossier().issues.first { $0.id == id })
    try enter(try IssueAct.close.amendment(of: resolved, by: "鈴木", at: Moment.of(day)), at: Moment.of(day))
  }

  func reopen(_ id: String, day: Int) throws {
    let found = try #require(try dossier().issues.first { $0.id == id })
    try enter(try IssueAct.reopen(reason: "再発").amendment(of: found, by: "山田", at: Moment.of(day)), at: Moment.of(day))
  }

  func classify(_ signature: String, _ kind: DifferenceClass, day: Int = 3) throws {
    try enter(
      ClassificationAct(kind, note: "訳", approver: "課長").amendment(
        signature, ApprovedScope.Amount(lines: 1_000), evidence: "sha256:e", by: "山田", at: Moment.of(day)),
      at: Moment.of(day))
  }

  func compare(_ day: Int, _ outcome: ParallelEvidence.Outcome = .identical, content: String? = nil) throws {
    let evidence = Fixture.parallelDay(Moment.day(day), [("J1", outcome, [])], content: content)
    try ledger.write { try $0.enter(evidence, fileDigest: "", isWhole: true, at: Moment.of(day)) }
  }

  /// Withdraws the last entry about a record.
  func withdraw(_ register: String, _ id: String) throws {
    try ledger.write { writing in
      let last = try #require(try writing.reading.history(of: id, in: register).last)
      let made = try Withdrawal.withdraw(
        String(last.number), writing.reading, by: "山田", approver: "鈴木", reason: "誤記", at: last.at)
      try writing.append(made.amendments, by: "山田", at: last.at)
    }
  }

  /// A sample of the file F0, 1 % at 95 %: drawn, compared, confirmed.
  func sample(
    _ id: String = "S-0001", stage: Int = 2, different: Int = 0, data: String = "", day: Int = 3
  ) throws {
    let drawn = SampleSize(population: 10_000, confidence: 9_500).records(rate: 100)
    try enter(
      Sample.drawn(
        id, "F0", title: "題", population: 10_000, drawn: drawn, rare: 0, confidence: 9_500, rate: 100,
        run: "0001",
        data: data, list: "sha256:l", seed: "s", by: "山田", at: Moment.of(day)), at: Moment.of(day))
    func found() throws -> Sample { try dossier().sample(id) }
    if stage == 0 { return }
    let differences = (0..<different).map { Sample.Difference(record: $0 + 1, note: "違う") }
    try enter(
      try found().compared(
        drawn, different: differences, among: Array(1...drawn), by: "山田", at: Moment.of(day + 1)),
      at: Moment.of(day + 1))
    if stage == 1 { return }
    try enter(try found().confirmed(by: "鈴木", at: Moment.of(day + 2)), at: Moment.of(day + 2))
  }

  func training(
    _ id: String, held: String = "", invited: Int = 10, attended: Int = 10, state: Item.State = .raised,
    listed: Bool = false
  ) throws {
    var fields: [Item.Field: JSONValue] = [.kind: .text("training"), .state: .text(state.rawValue)]
    if listed { fields[.raisedBy] = .text("trainings") }
    if !held.isEmpty {
      fields.merge([.held: .text(held), .invited: .integer(invited), .attended: .integer(attended)]) { $1 }
    }
    try enter(Fixture.define(id, fields))
  }

  func request(_ id: String, settled: Int? = nil) throws {
    var changes: [String: JSONValue] = [
      "owner": .text("市民課"), "disposition": .text(settled == nil ? "undecided" : "ended"),
    ]
    if let settled { changes["approved_at"] = .text(Moment.of(settled)) }
    try enter(Amendment(register: "request", id: id, act: "define", changes: changes), at: Moment.of(settled ?? 1))
  }

  func decide(
    _ id: String, sitting: Int, _ decision: Resolution, _ conditions: [DecisionCondition] = [],
    gate: String = "provisional",
    held: Int = 5
  ) throws {
    let basis = GateDecision.Basis(
      gate: gate, verdict: "GO", findings: [], run: "", evidence: "", gates: "", ledger: .empty)
    try enter(
      try GateDecision.record(
        id, sitting: sitting, basis, decision: decision, permitted: Resolution.allCases, conditions: conditions,
        meeting: "M-0001", held: Moment.day(held), by: "山田", at: Moment.of(held)), at: Moment.of(held))
  }

  func confirm(_ line: MappingLine) throws {
    try enter(try Confirmation.confirm(line.id, line.digest, by: "佐藤", at: Moment.of(4)), at: Moment.of(4))
  }

  /// Waives a criterion for an issue, or for the given scope.
  func waive(
    _ criterion: String, gate: String = "provisional", for scope: ApprovedScope? = nil,
    until: String = "2019-12-20", day: Int = 5
  ) throws {
    // By default, for the open issues.
    let issues = try Town.gate("kind: issues, max-open: 0").decide(Town.input(try dossier())).criteria[0].scope
    try enter(
      try Waiver.grant(
        "W-0001", gate: gate, criterion: criterion, for: scope ?? issues, reason: "来月直す", owner: "山田", approver: "部長",
        until: until, by: "鈴木",
        at: Moment.of(day)), at: Moment.of(day))
  }
}
