import Base
import Evidence
import Ledger
import RegisterFixtures
import Registers
import Testing

/// The standing of an item: people's entries, and the machine's evidence.
@Suite struct ItemStandingTests {
  enum Answer: String, Sendable { case passed, failed, undecided, none }

  /// One answer of the machine, for all possible entries.
  struct Case: Sendable, CustomTestStringConvertible {
    let answer: Answer
    let needsPerson: Bool
    let changed: Bool
    let stands: [Character]
    var testDescription: String { "\(answer), \(needsPerson ? "person" : "machine"), \(changed ? "changed" : "same")" }

    init(_ answer: Answer, person: Bool, changed: Bool, _ stands: String) {
      (self.answer, needsPerson, self.changed) = (answer, person, changed)
      self.stands = Array(stands.filter { $0 != " " })
    }
  }

  /// The recorded states. An item is sent back by the program when a check fails, or by a person.
  static let recorded: [(state: Item.State, byPerson: Bool)] = [
    (.raised, false), (.investigating, false), (.answered, false), (.confirmed, false), (.returned, false),
    (.returned, true), (.closed, false), (.onHold, false),
  ]

  /// The evidence for an answer, and an item that rests on it.
  static func standing(
    _ answer: Answer, needsPerson: Bool, changed: Bool, _ state: Item.State, byPerson: Bool
  ) throws -> ItemStanding {
    let status: CheckStatus = answer == .passed ? .passed : answer == .failed ? .failed : .notRun
    let office = try Office()
    defer { office.remove() }
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", status)]), at: Moment.of(2))
    let runs = try office.dossier().runs
    let evidence = EvidenceUnderItems(runs: runs, days: [])
    var fields: [Item.Field: JSONValue] = [
      .kind: .text("migration"), .state: .text(state.rawValue), .answeredBy: .text("山田"), .reason: .text("違う"),
      .assignee: .text("山田"), .approver: .text("課長"), .until: .text("2019-12-20"),
    ]
    if state == .onHold { fields[.scope] = ApprovedScope("A").json }
    if answer != .none { fields[.evidence] = .texts(["A"]) }
    if needsPerson { fields[.confirmer] = .text("市民税係長") }
    if state == .confirmed || state == .closed { fields[.confirmedBy] = .text("鈴木") }
    if state == .closed { fields[.closedBy] = .text("鈴木") }
    if byPerson { fields[.returnedBy] = .text("佐藤") }
    let digest = ItemStanding(Fixture.item("K-1", fields), evidence, today: "2019-11-29").digest
    if state == .confirmed || state == .closed { fields[.restsOn] = .text(changed ? "sha256:old" : digest) }
    return ItemStanding(Fixture.item("K-1", fields), evidence, today: "2019-11-29")
  }

  /// R 起票, I 調査中, A 回答済, C 確認済, B 差戻, X 完了, H 保留; S: confirmed on other evidence (証跡変更); M: confirmed by the machine;
  /// U: closed once, on other evidence than the present one.
  static let words: [Character: String] = [
    "R": "raised", "I": "investigating", "A": "answered", "C": "confirmed", "B": "returned", "X": "closed",
    "H": "on_hold", "S": "answered", "M": "confirmed", "U": "closed",
  ]

  // Recorded:                                         R I A C B B X H
  // Who sent it back:                                         - 人
  @Test(arguments: [
    Case(.failed, person: false, changed: false, "     B B B B B B B H"),
    Case(.failed, person: false, changed: true, "      B B B B B B B H"),
    Case(.failed, person: true, changed: false, "      B B B B B B B H"),
    Case(.failed, person: true, changed: true, "       B B B B B B B H"),
    Case(.undecided, person: false, changed: false, "  R I A A B B A H"),
    Case(.undecided, person: false, changed: true, "   R I A S B B S H"),
    Case(.undecided, person: true, changed: false, "   R I A A B B A H"),
    Case(.undecided, person: true, changed: true, "    R I A S B B S H"),
    Case(.none, person: false, changed: false, "       R I A C B B X H"),
    Case(.none, person: false, changed: true, "        R I A S B B S H"),
    Case(.none, person: true, changed: false, "        R I A C B B X H"),
    Case(.none, person: true, changed: true, "         R I A S B B S H"),
    Case(.passed, person: false, changed: false, "     M M M M M B X H"),
    Case(.passed, person: false, changed: true, "      M M M M M B U H"),
    Case(.passed, person: true, changed: false, "      A A A C A B X H"),
    Case(.passed, person: true, changed: true, "       A A A S A B S H"),
  ])
  func peopleAndMachinesTogether(_ row: Case) throws {
    for (index, recorded) in Self.recorded.enumerated() {
      let standing = try Self.standing(
        row.answer, needsPerson: row.needsPerson, changed: row.changed, recorded.state, byPerson: recorded.byPerson)
      let word = row.stands[index]
      let name: Comment = "recorded \(recorded)"
      #expect(standing.state.rawValue == Self.words[word], name)
      #expect(standing.isStale == (word == "S"), name)
      #expect(standing.isDone == "MUCX".contains(word), name)
      #expect(standing.isSeenByPerson == "CX".contains(word), name)
      // A person's objection is settled by a person.
      #expect(
        standing.isProvenByMachine == (row.answer == .passed && !row.needsPerson && !recorded.byPerson), name)
      #expect(standing.isApprovedHold == (word == "H"), name)
      #expect(!standing.why.ja.isEmpty && !standing.why.en.isEmpty, name)
    }
  }

  struct Word: Sendable, CustomTestStringConvertible {
    let name: String
    let state: Item.State
    let answer: Answer
    let changed: Bool
    let ja: String
    let en: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Word(name: "failed", state: .confirmed, answer: .failed, changed: false, ja: "検査不合格: A", en: "failed: A"),
    Word(
      name: "undecided", state: .confirmed, answer: .undecided, changed: false, ja: "未実施または判定不能: A",
      en: "not run or inconclusive: A"),
    Word(
      name: "stale", state: .confirmed, answer: .none, changed: true, ja: "鈴木の確認後に証跡が変わった",
      en: "the evidence changed after 鈴木 confirmed"),
    Word(name: "returned", state: .returned, answer: .none, changed: false, ja: "差戻: 違う", en: "sent back: 違う"),
    Word(
      name: "passed", state: .raised, answer: .passed, changed: false, ja: "検査合格: A。市民税係長の確認待ち",
      en: "passed: A; waits for 市民税係長"),
    Word(
      name: "on hold", state: .onHold, answer: .failed, changed: false, ja: "保留（課長承認、令和元年12月20日まで）: 違う",
      en: "on hold (課長, until 2019-12-20): 違う"),
  ])
  func itSaysWhy(_ row: Word) throws {
    let standing = try Self.standing(
      row.answer, needsPerson: true, changed: row.changed, row.state, byPerson: row.state == .returned)
    #expect(standing.why.ja == row.ja)
    #expect(standing.why.en == row.en)
  }

  struct Hold: Sendable {
    let until: String
    let approver: String
    let isApproved: Bool
  }

  @Test(arguments: [
    Hold(until: "2019-11-28", approver: "課長", isApproved: false), Hold(until: "", approver: "課長", isApproved: false),
    Hold(until: "2019-12-20", approver: "", isApproved: false),
    Hold(until: "2019-11-29", approver: "課長", isApproved: true),
    Hold(until: "2019-11-30", approver: "課長", isApproved: true),
  ])
  func aHoldRunsOut(_ row: Hold) {
    let item = Fixture.item(
      "K-1", [.state: .text("on_hold"), .until: .text(row.until), .approver: .text(row.approver), .reason: .text("待ち")])
    let standing = ItemStanding(item, EvidenceUnderItems(runs: [], days: []), today: "2019-11-29")
    #expect(standing.isApprovedHold == row.isApproved)
    #expect(standing.isExecuted == row.isApproved)
    #expect(!standing.isDone)
    #expect(standing.why.en.contains("which has passed") == (row.until < "2019-11-29"))
  }

  @Test func withoutARunNothingIsDecided() {
    let item = Fixture.item("K-1", [.kind: .text("migration"), .evidence: .texts(["A"])])
    let standing = ItemStanding(item, EvidenceUnderItems(runs: [], days: []), today: "2019-11-29")
    #expect(standing.state == .raised && !standing.isExecuted)
    #expect(standing.why == Bilingual("完了した実行がない", "no run has come to its end"))
  }

  @Test func aCheckThatTheRunDoesNotHaveIsUndecided() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A", "B"])]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    #expect(try office.item("K-1")?.why.en == "not run or inconclusive: B")
    #expect(try office.item("K-1")?.isDone == false)
  }

  // MARK: effects of a run on confirmed items

  @Test func aFailingCheckReopensWhatPeopleConfirmedAndSaysSo() throws {
    let office = try Office()
    defer { office.remove() }
    let person: [Item.Field: JSONValue] = [.evidence: .texts(["A"]), .confirmer: .text("係長")]
    for (id, state) in [("K-1", "confirmed"), ("K-2", "closed"), ("K-3", "answered")] {
      try office.enter(
        Fixture.define(
          id, person.merging([.state: .text(state), .answeredBy: .text("山田"), .confirmedBy: .text("鈴木")]) { $1 }))
    }
    for (id, state) in [("K-4", "raised"), ("K-5", "investigating"), ("K-6", "on_hold")] {
      try office.enter(Fixture.define(id, person.merging([.state: .text(state)]) { $1 }))
    }
    try office.enter(
      Fixture.define("K-7", [.evidence: .texts(["B"]), .confirmer: .text("係長"), .state: .text("confirmed")]))
    let checks = { (status: CheckStatus) in [Fixture.check("A", status), Fixture.check("B", .passed)] }
    try office.enter(run: Fixture.run(1, day: 2, checks(.failed)), at: Moment.of(2))
    for id in ["K-1", "K-2", "K-3"] {
      let history = try office.ledger.read { try $0.history(of: id, in: "item") }
      #expect(history.map(\.amendment.act) == ["define", "reopen"], "\(id)")
      #expect(history.last?.by == "totsugo" && history.last?.amendment.source == "run 0001")
      #expect(history.last?.amendment.changes["reason"] == .text("検査不合格: A"))
      #expect(history.last?.amendment.changes["confirmed_by"] == .null)
      #expect(try office.item(id)?.item.state == .returned)
    }
    for id in ["K-4", "K-5", "K-6", "K-7"] {
      #expect(try office.ledger.read { try $0.history(of: id, in: "item") }.count == 1, "\(id)")
    }
    // When it passes again, a person must examine it again.
    try office.enter(run: Fixture.run(2, day: 3, checks(.passed)), at: Moment.of(3))
    #expect(try office.item("K-1")?.state == .answered)
    #expect(try office.item("K-6")?.state == .onHold)
    #expect(try office.ledger.read { try $0.verify() } == [])
  }

  @Test func whatAPersonSentBackStaysSoWhateverPasses() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A"])]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    let act = ItemAct.sendBack(reason: "画面の漢字が違う")
    try office.enter(
      try act.amendment(of: try #require(try office.item("K-1")), by: "佐藤", at: Moment.of(3)), at: Moment.of(3))
    #expect(try office.item("K-1")?.state == .returned)
    try office.enter(run: Fixture.run(2, day: 4, [Fixture.check("A", .passed)]), at: Moment.of(4))
    let standing = try #require(try office.item("K-1"))
    #expect(standing.state == .returned)
    #expect(standing.why.en == "sent back: 画面の漢字が違う")
    // Until it is answered.
    let answer = ItemAct.answer("外字を登録した")
    // Taking it on is not an answer.
    let taken = try ItemAct.investigate.amendment(of: standing, by: "山田", at: Moment.of(5))
    try office.enter(taken, at: Moment.of(5))
    #expect(try office.item("K-1")?.state == .investigating)
    try office.enter(
      try answer.amendment(of: try #require(try office.item("K-1")), by: "山田", at: Moment.of(6)), at: Moment.of(6))
    // Checks do not settle a person's objection either: another person does.
    let answered = try #require(try office.item("K-1"))
    #expect(answered.state == .answered && !answered.isProvenByMachine)
    let confirm = ItemAct.confirm(restsOn: answered.digest, note: nil)
    #expect(throws: (any Error).self) { try confirm.amendment(of: answered, by: "山田", at: Moment.of(7)) }
    try office.enter(try confirm.amendment(of: answered, by: "佐藤", at: Moment.of(7)), at: Moment.of(7))
    #expect(try office.item("K-1")?.state == .confirmed)
  }

  @Test func anObjectionOutlivesAHold() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A"])]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    func act(_ act: ItemAct, by person: String, day: Int) throws {
      let standing = try #require(try office.item("K-1"))
      try office.enter(try act.amendment(of: standing, by: person, at: Moment.of(day)), at: Moment.of(day))
    }
    try act(.sendBack(reason: "画面の漢字が違う"), by: "佐藤", day: 3)
    try act(.hold(reason: "待ち", approver: "課長", until: "2019-12-20"), by: "山田", day: 4)
    try act(.sendBack(reason: "始める"), by: "山田", day: 5)
    #expect(try office.item("K-1")?.state == .returned)
  }

  @Test func whatWasOnHoldAndIsTakenUpAgainEvidenceMaySettle() throws {
    let office = try Office()
    defer { office.remove() }
    let hold: [Item.Field: JSONValue] = [.evidence: .texts(["A"]), .state: .text("on_hold"), .approver: .text("課長")]
    try office.enter(Fixture.define("K-1", hold))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    let act = ItemAct.sendBack(reason: "始める")
    try office.enter(
      try act.amendment(of: try #require(try office.item("K-1")), by: "佐藤", at: Moment.of(3)), at: Moment.of(3))
    #expect(try office.item("K-1")?.state == .confirmed)
  }

  @Test func aRunThatDidNotEndChangesNothing() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A"]), .state: .text("confirmed")]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .failed)], complete: false), at: Moment.of(2))
    #expect(try office.dossier().runs.isEmpty)
    #expect(try office.ledger.read { try $0.history(of: "K-1", in: "item") }.count == 1)
  }

  @Test func aConfirmationIsStaleWhenTheEvidenceChanges() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A"]), .confirmer: .text("係長")]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    let seen = try #require(try office.item("K-1"))
    try office.enter(
      try ItemAct.confirm(restsOn: seen.digest, note: nil).amendment(of: seen, by: "鈴木", at: Moment.of(3)),
      at: Moment.of(3))
    #expect(try office.item("K-1")?.state == .confirmed)
    // The same result is the same evidence; another finding of a check is not.
    try office.enter(run: Fixture.run(2, day: 4, [Fixture.check("A", .passed)]), at: Moment.of(4))
    #expect(try office.item("K-1")?.isStale == false)
    try office.enter(run: Fixture.run(3, day: 5, [Fixture.check("A", .passed, lines: 3)]), at: Moment.of(5))
    let stale = try #require(try office.item("K-1"))
    #expect(stale.isStale && stale.state == .answered && stale.title == Bilingual("証跡変更", "evidence changed"))
    // Closing is refused, confirming again is not.
    #expect(throws: Diagnostic.self) { try ItemAct.close.amendment(of: stale, by: "鈴木", at: Moment.of(6)) }
    try office.enter(
      try ItemAct.confirm(restsOn: stale.digest, note: nil).amendment(of: stale, by: "鈴木", at: Moment.of(6)),
      at: Moment.of(6))
    #expect(try office.item("K-1")?.state == .confirmed)
  }

  // MARK: the parallel run

  struct Parallel: Sendable {
    let outcomes: [ParallelEvidence.Outcome]
    let state: Item.State
  }

  @Test(arguments: [
    Parallel(outcomes: [.notCompared], state: .raised), Parallel(outcomes: [.identical, .notCompared], state: .raised),
    Parallel(outcomes: [.unexplained], state: .returned),
    Parallel(outcomes: [.explained, .unexplained], state: .returned),
    Parallel(outcomes: [.explained], state: .answered), Parallel(outcomes: [.identical], state: .answered),
    Parallel(outcomes: [.identical, .explained], state: .answered),
    Parallel(outcomes: [.unexplained, .notCompared], state: .returned),
  ])
  func aDayOfTheParallelRunIsEvidence(_ row: Parallel) throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("T-1", [.kind: .text("test"), .confirmer: .text("係長"), .job: .text("J1")]))
    // A manifest may name items under jobs that do not test them: that is not evidence, for or against.
    let jobs =
      row.outcomes.map { ("J1", $0, ["T-1"]) } + [
        ("J9", .unexplained, ["T-2", "T-1"]), ("J8", .identical, ["T-3", "K-1", "Q-1"]),
      ]
    try office.enter(Fixture.define("T-3", [.kind: .text("test"), .confirmer: .text("係長"), .job: .text("J1")]))
    try office.enter(Fixture.define("K-1", [.kind: .text("migration"), .confirmer: .text("係長"), .job: .text("J8")]))
    try office.enter(Fixture.define("Q-1", [.kind: .text("question"), .job: .text("J8")]))
    let day = Fixture.parallelDay("2019-11-18", jobs)
    try office.ledger.write { try $0.enter(day, fileDigest: "", isWhole: true, at: Moment.of(18)) }
    #expect(try office.item("T-1")?.state == row.state)
    for id in ["T-3", "K-1", "Q-1"] { #expect(try office.item(id)?.state == .raised, "\(id)") }
  }

  @Test func aDayThatDiffersReopensItsTestItems() throws {
    let office = try Office()
    defer { office.remove() }
    for id in ["T-1", "T-2"] {
      let fields: [Item.Field: JSONValue] = [
        .kind: .text("test"), .state: .text("closed"), .closedBy: .text("鈴木"), .job: .text(id == "T-1" ? "J1" : "J2"),
      ]
      try office.enter(Fixture.define(id, fields))
    }
    let day = Fixture.parallelDay("2019-11-18", [("J1", .unexplained, ["T-1"]), ("J2", .identical, ["T-2"])])
    try office.ledger.write { try $0.enter(day, fileDigest: "", isWhole: true, at: Moment.of(18)) }
    let history = try office.ledger.read { try $0.history(of: "T-1", in: "item") }
    #expect(history.last?.amendment.source == "parallel 2019-11-18" && history.last?.by == "totsugo")
    #expect(try office.item("T-2")?.state == .closed)
    // The next day is identical: an item that the program sent back is settled again by the program.
    let next = Fixture.parallelDay("2019-11-19", [("J1", .identical, ["T-1"])])
    try office.ledger.write { try $0.enter(next, fileDigest: "", isWhole: true, at: Moment.of(19)) }
    #expect(try office.item("T-1")?.state == .confirmed)
  }

  /// A person confirms what the comparison shows, and need not confirm each day that is identical again; a day with
  /// accepted differences, or with another comparison, is another evidence.
  @Test func aConfirmationHoldsWhileTheDaysAreIdentical() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("T-1", [.kind: .text("test"), .confirmer: .text("係長"), .job: .text("J1")]))
    func compare(_ day: Int, _ outcome: ParallelEvidence.Outcome, output: String = "J1") throws -> ItemStanding {
      var evidence = Fixture.parallelDay(Moment.day(day), [(output, outcome, ["T-1"])])
      evidence.jobs[0].job = "J1"
      try office.ledger.write { try $0.enter(evidence, fileDigest: "", isWhole: true, at: Moment.of(day)) }
      return try #require(try office.item("T-1"))
    }
    let first = try compare(4, .identical)
    #expect(first.state == .answered && first.why.en.contains("waits for 係長") && !first.isProvenByMachine)
    try office.enter(
      try ItemAct.confirm(restsOn: first.digest, note: nil).amendment(of: first, by: "鈴木", at: Moment.of(4)),
      at: Moment.of(4))
    #expect(try compare(5, .identical).state == .confirmed)
    #expect(try compare(6, .explained).isStale)
    #expect(try compare(7, .identical).state == .confirmed)
    #expect(try compare(8, .identical, output: "J1-LIST").isStale)
    #expect(try compare(9, .unexplained).state == .returned)
    #expect(try compare(10, .identical).state == .answered)
  }

  /// A later day that names an item under another job does not cancel the bad day of the right job.
  @Test func anotherJobTakesNoBadDayBack() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("T-1", [.kind: .text("test"), .confirmer: .text("係長"), .job: .text("J1")]))
    for (day, job, outcome) in [(18, "J1", .unexplained), (19, "J8", .identical)]
      as [(
        Int, String, ParallelEvidence.Outcome
      )]
    {
      let evidence = Fixture.parallelDay(Moment.day(day), [(job, outcome, ["T-1"])])
      try office.ledger.write { try $0.enter(evidence, fileDigest: "", isWhole: true, at: Moment.of(day)) }
    }
    let standing = try #require(try office.item("T-1"))
    #expect(standing.state == .returned && standing.why.en.contains("2019-11-18, J1"), "\(standing.why.en)")
  }

  /// A person's objection is not removed by evidence found in between.
  @Test func anObjectionOutlivesABadDay() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("T-1", [.kind: .text("test"), .job: .text("J1")]))
    func compare(_ day: Int, _ outcome: ParallelEvidence.Outcome) throws {
      let evidence = Fixture.parallelDay(Moment.day(day), [("J1", outcome, ["T-1"])])
      try office.ledger.write { try $0.enter(evidence, fileDigest: "", isWhole: true, at: Moment.of(day)) }
    }
    func act(_ act: ItemAct, by person: String, day: Int) throws {
      let standing = try #require(try office.item("T-1"))
      try office.enter(try act.amendment(of: standing, by: person, at: Moment.of(day)), at: Moment.of(day))
    }
    try compare(4, .identical)
    #expect(try office.item("T-1")?.state == .confirmed)
    try act(.sendBack(reason: "印字が違う"), by: "山田", day: 5)
    try act(.answer("直した"), by: "業者", day: 6)
    try compare(7, .unexplained)
    try compare(8, .identical)
    #expect(try office.item("T-1")?.state == .returned)
    try act(.answer("直した"), by: "業者", day: 9)
    #expect(try office.item("T-1")?.state == .answered)
    let standing = try #require(try office.item("T-1"))
    try act(.confirm(restsOn: standing.digest, note: nil), by: "鈴木", day: 10)
    #expect(try office.item("T-1")?.state == .confirmed)
  }

  @Test func ofADayInPartsTheDayIsNotCompared() throws {
    let office = try Office()
    defer { office.remove() }
    let day = Fixture.parallelDay("2019-11-18", [("J1", .identical, [])])
    try office.ledger.write { try $0.enter(day, fileDigest: "", isWhole: false, at: Moment.of(18)) }
    #expect(try office.dossier().days.map(\.outcome) == [.notCompared])
  }

  /// The law that connects the two ways to get a dossier.
  @Test func asOfTheLastDayIsAsItIs() throws {
    let office = try Office()
    defer { office.remove() }
    for number in 1...6 {
      try office.enter(Fixture.define("K-\(number)", [.evidence: .texts(["A\(number % 3)"])]), at: Moment.of(number))
    }
    for number in 1...4 {
      let checks = (0..<3).map { Fixture.check("A\($0)", ($0 + number) % 3 == 0 ? .failed : .passed) }
      try office.enter(run: Fixture.run(number, day: 7 + number, checks), at: Moment.of(7 + number))
    }
    let (now, then) = (try office.dossier("2019-11-30"), try office.dossier(asOf: "2019-11-30"))
    #expect(now.head == then.head && now.today == then.today)
    #expect(
      now.items.map { "\($0.item.id) \($0.item.revision)" } == then.items.map { "\($0.item.id) \($0.item.revision)" })
    for (left, right) in zip(now.items, then.items) {
      #expect(
        left.state == right.state && left.digest == right.digest && left.since == right.since && left.why == right.why)
    }
    #expect(try office.dossier(asOf: "2019-11-03").items.count == 3)
    #expect(try office.dossier(asOf: "2019-10-31").head == .empty)
    #expect(try office.dossier(asOf: "2019-11-09").latest?.run == "0002")
  }
}
