import Base
import Evidence
import Ledger
import RegisterFixtures
import Registers
import Testing

/// 課題: the possible acts, state by state.
@Suite struct IssueTests {
  static let acts: [(word: String, act: IssueAct, states: String)] = [
    ("update", .update(IssueAct.Fields()), "open, working, resolved"), ("resolve", .resolve("設定を直した"), "open, working"),
    ("close", .close, "resolved"), ("reopen", .reopen(reason: "再発"), "resolved, closed"),
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let state: Registers.Issue.State
    let follows: [String]
    var testDescription: String { state.rawValue }

    init(_ state: Registers.Issue.State, _ follows: String) {
      self.state = state
      self.follows = follows.split(separator: " ").map(String.init)
    }
  }

  static func issue(_ state: Registers.Issue.State, _ more: [Registers.Issue.Field: JSONValue] = [:]) -> Registers.Issue
  {
    Fixture.issue("I-0001", [.state: .text(state.rawValue), .resolvedBy: .text("山田")].merging(more) { $1 })
  }

  //                       update  resolve  close  reopen
  @Test(arguments: [
    Case(.open, "            working resolved –      –"), Case(.working, "         working resolved –      –"),
    Case(.resolved, "        working –        closed open"), Case(.closed, "          –       –        –      open"),
  ])
  func whatIsAllowedInAState(_ row: Case) throws {
    #expect(row.follows.count == Self.acts.count)
    for (index, (word, act, states)) in Self.acts.enumerated() {
      let issue = Self.issue(row.state)
      if row.follows[index] == "–" {
        #expect(
          throws: Diagnostic(.registerTransition, at: Place(record: "I-0001"), row.state.rawValue, word, states),
          "\(word)"
        ) { try act.amendment(of: issue, by: "鈴木", at: Moment.of(5)) }
        continue
      }
      let amendment = try act.amendment(of: issue, by: "鈴木", at: Moment.of(5))
      #expect(amendment.act == word && amendment.register == "issue")
      #expect(amendment.changes["state"]?.text == row.follows[index], "\(word)")
    }
  }

  struct Missing: Sendable, CustomTestStringConvertible {
    let act: IssueAct
    let what: String
    var testDescription: String { "\(act)" }
  }

  private static func workaround(_ kind: Registers.Issue.WorkaroundKind?) -> IssueAct.Fields {
    var fields = IssueAct.Fields()
    fields.workaround = "手で直す"
    fields.workaroundKind = kind
    return fields
  }

  @Test(arguments: [
    Missing(act: .resolve(""), what: "resolution"), Missing(act: .resolve("　"), what: "resolution"),
    Missing(act: .update(workaround(nil)), what: "--kind temporary | permanent"),
  ])
  func whatIsNeededIsAskedFor(_ row: Missing) {
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "I-0001"), row.what)) {
      try row.act.amendment(of: Self.issue(.open), by: "鈴木", at: Moment.of(5))
    }
  }

  @Test func aReasonIsNeededToOpenItAgain() {
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "I-0001"), "reason")) {
      try IssueAct.reopen(reason: "").amendment(of: Self.issue(.closed), by: "鈴木", at: Moment.of(5))
    }
  }

  @Test func whatIsNeededToOpenOne() throws {
    func open(_ change: (inout IssueAct.Fields) -> Void) throws -> Amendment {
      var fields = IssueAct.Fields()
      (fields.title, fields.section, fields.severity) = ("還付額が1円違う", "納税課", .s2)
      change(&fields)
      return try IssueAct.open("I-0001", fields, by: "山田", at: Moment.of(5))
    }
    func missing(_ what: String) -> Diagnostic { Diagnostic(.registerMissing, at: Place(record: "I-0001"), what) }
    #expect(throws: missing("title")) { try open { $0.title = nil } }
    #expect(throws: missing("title")) { try open { $0.title = " " } }
    #expect(throws: missing("section")) { try open { $0.section = nil } }
    #expect(throws: missing("severity")) { try open { $0.severity = nil } }
    #expect(throws: missing("--kind temporary | permanent")) { try open { $0.workaround = "手で直す" } }
    let opened = try open { _ in }
    #expect(
      JSONValue.object(opened.changes).canonical
        == #"{"cause":"U","opened_at":"2019-11-05T12:00:00Z","opened_by":"山田","section":"納税課","severity":"S2","state":"open","title":"還付額が1円違う"}"#
    )
  }

  @Test(arguments: ItemActTests.eyes) func whoResolvedDoesNotClose(_ row: ItemActTests.Eyes) throws {
    let issue = Self.issue(.resolved, [.resolvedBy: .text(row.maker)])
    if row.isSame {
      #expect(throws: Diagnostic(.ledgerFourEyes, at: Place(record: "I-0001"), row.approver)) {
        try IssueAct.close.amendment(of: issue, by: row.approver, at: Moment.of(5))
      }
    } else {
      _ = try IssueAct.close.amendment(of: issue, by: row.approver, at: Moment.of(5))
    }
  }

  /// A reopened issue keeps nothing of its end. A workaround was allowed for the issue at that time.
  @Test(arguments: [
    ("title", true), ("detail", true), ("graver", true), ("less grave", false), ("due", false), ("reopened", true),
  ]) func aWorkaroundIsForWhatItWasAllowedFor(_ change: String, _ ends: Bool) throws {
    let office = try Office()
    defer { office.remove() }
    var fields = IssueAct.Fields()
    (fields.title, fields.section, fields.severity, fields.owner) = ("余白", "納税課", .s2, "田中")
    (fields.workaround, fields.workaroundKind, fields.approver) = ("手書き", .temporary, "課長")
    try office.enter(try IssueAct.open("I-0001", fields, by: "山田", at: Moment.of(2)), at: Moment.of(2))
    func act(_ act: IssueAct) throws {
      let issue = try #require(try office.dossier().issues.first)
      try office.enter(try act.amendment(of: issue, by: "山田", at: Moment.of(3)), at: Moment.of(3))
    }
    var said = IssueAct.Fields()
    switch change {
    case "title": said.title = "全員の税額が2倍"
    case "detail": said.detail = "全員の税額が2倍"
    case "graver": said.severity = .s1
    case "less grave": (said.severity, said.approver) = (.s3, "課長")
    case "due": said.due = "2019-12-01"
    default: try act(.resolve("直した"))
    }
    try act(change == "reopened" ? .reopen(reason: "再発") : .update(said))
    #expect(try office.dossier().issues.first?.workaround == (ends ? "" : "手書き"))
  }

  @Test func openedAgainItIsOpen() throws {
    let office = try Office()
    defer { office.remove() }
    var fields = IssueAct.Fields()
    (fields.title, fields.section, fields.severity, fields.owner) = ("題", "納税課", .s1, "山田")
    try office.enter(try IssueAct.open("I-0001", fields, by: "山田", at: Moment.of(2)), at: Moment.of(2))
    func enter(_ act: IssueAct, by person: String, day: Int) throws {
      let issue = try #require(try office.dossier().issues.first)
      try office.enter(try act.amendment(of: issue, by: person, at: Moment.of(day)), at: Moment.of(day))
    }
    try enter(.resolve("直した"), by: "山田", day: 3)
    try enter(.close, by: "鈴木", day: 4)
    try enter(.reopen(reason: "再発"), by: "佐藤", day: 6)
    let issue = try #require(try office.dossier().issues.first)
    #expect(issue.isOpen && issue.resolution.isEmpty && issue.resolvedBy.isEmpty && issue.closedAt.isEmpty)
    #expect(issue.reason == "再発" && issue.owner == "山田")
    let history = try office.ledger.read { try $0.history(of: "I-0001", in: "issue") }
    #expect(history.map(\.amendment.act) == ["open", "resolve", "close", "reopen"])
  }

  struct Age: Sendable {
    let opened: String
    let closed: String
    let due: String
    let age: Int?
    let isOverdue: Bool
  }

  @Test(arguments: [
    Age(opened: "", closed: "", due: "", age: nil, isOverdue: false),
    Age(opened: "2019-11-30T12:00:00Z", closed: "", due: "2019-11-29", age: 0, isOverdue: false),
    Age(opened: "2019-11-29T12:00:00Z", closed: "", due: "2019-11-28", age: 0, isOverdue: true),
    Age(opened: "2019-11-01T12:00:00Z", closed: "", due: "2019-11-30", age: 28, isOverdue: false),
    Age(opened: "2018-02-28T12:00:00Z", closed: "2018-03-01T12:00:00Z", due: "2018-02-28", age: 1, isOverdue: false),
  ])
  func anIssueHasAnAge(_ row: Age) {
    let issue = Fixture.issue(
      "I-0001",
      [
        .openedAt: .text(row.opened), .closedAt: .text(row.closed), .due: .text(row.due),
        .state: .text(row.closed.isEmpty ? "working" : "closed"),
      ])
    #expect(issue.age(on: "2019-11-29") == row.age)
    #expect(issue.isOverdue(on: "2019-11-29") == row.isOverdue)
  }
}
