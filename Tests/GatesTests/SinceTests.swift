import Base
import Evidence
import Foundation
import Gates
import Ledger
import RegisterFixtures
import Registers
import Testing

/// The moment from which a criterion has its answer, compared with a replay: the gate judged again as of the end of
/// every day.
@Suite struct SinceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let criterion: String
    /// The events of a day, at random.
    let happen: @Sendable (Office, Int, inout Chance) throws -> Void
    var testDescription: String { criterion }
  }

  struct Chance: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
  }

  private static func run(_ office: Office, _ day: Int, _ chance: inout Chance) throws {
    guard chance.below(3) > 0 else { return }
    let statuses: [CheckStatus] = [.passed, .passed, .failed, .warned]
    let checks = (0..<3).map { Fixture.check("A\($0)", statuses[chance.below(4)]) }
    try office.enter(
      run: Fixture.run(
        day, day: day, checks, seconds: [60, 90][chance.below(2)], rejected: chance.below(3),
        files: [[nil], ["x"]][chance.below(2)],
        leftOut: chance.below(4) == 0 ? ["collection"] : []), at: Moment.of(day))
  }

  private static func issues(_ office: Office, _ day: Int, _ chance: inout Chance) throws {
    if chance.below(2) == 0 { try office.issue("I-00\(day < 10 ? "0" : "")\(day)", day: day) }
    let open = try office.dossier().issues.filter { $0.isOpen && $0.openedAt < Moment.of(day) }
    if let one = open.randomElement(using: &chance), chance.below(2) == 0 { try office.close(one.id, day: day) }
  }

  private static func requests(_ office: Office, _ day: Int, _ chance: inout Chance) throws {
    if day == 1 { for number in 1...6 { try office.request("EX-\(number)") } }
    let open = try office.dossier().requests.filter { !$0.isSettled }
    if let one = open.randomElement(using: &chance), chance.below(2) == 0 {
      let entered = try one.settled(.ended, destination: "", due: nil, note: nil, by: "山田")
      try office.enter(entered, at: Moment.of(day))
      let settled = try #require(try office.dossier().requests.first { $0.id == one.id })
      try office.enter(try settled.approved(by: "鈴木", at: Moment.of(day)), at: Moment.of(day))
    }
  }

  static let cases = [
    Case(criterion: "kind: checks, max-failed: 1", happen: run), Case(criterion: "kind: complete", happen: run),
    Case(criterion: "kind: rejected, max: 1", happen: run), Case(criterion: "kind: inconclusive, max: 0", happen: run),
    Case(criterion: "kind: duration, window-seconds: 60", happen: run),
    Case(criterion: "kind: rehearsals, min: 3", happen: run),
    Case(criterion: "kind: issues, max-open: 1", happen: issues),
    Case(criterion: "kind: issues, max-open: 3", happen: issues),
    Case(criterion: "kind: requests, max-unsettled: 2", happen: requests),
  ]

  @Test(arguments: cases) func sinceIsTheDayFromWhichEveryReplayAgrees(_ row: Case) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var chance = Chance(seed)
    for round in 0..<12 {
      let office = try Office()
      defer { office.remove() }
      let last = 14
      for day in 1...last { try row.happen(office, day, &chance) }
      var answers: [String] = []
      for day in 1...last {
        answers.append(Town.answer(try Town.finding(row.criterion, try office.dossier(asOf: Moment.day(day)))))
      }
      let finding = try Town.finding(row.criterion, try office.dossier(Moment.day(last)))
      #expect(Town.answer(finding) == answers.last)
      guard finding.verdict != .noGo else { continue }
      let first = (answers.lastIndex { $0 != answers.last } ?? -1) + 1
      // When it has been so from the first day on, there is no moment to report.
      let since =
        finding.since.moment.isEmpty
        ? 0 : (Day.number(Day.of(finding.since.moment)) ?? 0) - (Day.number("2019-11-01") ?? 0)
      #expect(since == first, "seed \(seed), round \(round): \(answers.joined(separator: " ")), since \(finding.since)")
    }
  }
}
