import Base
import Evidence
import Gates
import Ledger
import Records
import RegisterFixtures
import Registers
import Report
import Tables
import Testing

/// The sentences under a verdict: why, what next with who and until when, what has changed.
@Suite struct BriefTests {
  private static func cause(
    _ id: String, _ kind: Cause.Kind, _ checks: [String], code: String? = nil, yen: Int128? = nil
  ) -> Cause {
    Cause(
      id: id, kind: kind, title: Bilingual("原因\(id)", "cause \(id)"), code: code, severity: .s1,
      checks: checks.map { .init(check: $0, differences: 1, isWhole: true) }, records: 1,
      places: kind == .rejected ? [RecordPlace(file: "FILE", record: 12)] : [], differences: 1,
      yen: yen, groups: [], explainedBy: [.sameCheck])
  }

  private static func run(
    _ number: Int, _ failed: [String], _ causes: [Cause], rejected: Int = 0
  ) throws -> Amendment {
    let checks = ["A", "B", "C"].map { Fixture.check($0, failed.contains($0) ? .failed : .passed) }
    return try Fixture.run(number, day: number, checks, rejected: rejected, causes: causes)
  }

  private static func sentences(
    _ office: Office, _ criteria: String..., today: String = "2019-11-10", language: Language = .japanese,
    sees: (String) -> Bool = { _ in true }
  ) throws -> [String] {
    let dossier = try office.dossier(today)
    let lines = criteria.enumerated().map {
      "      - {id: C\($0 + 1), title: {ja: 基準\($0 + 1), en: criterion \($0 + 1)}, \($1)}"
    }
    let gate = try #require(
      try Town.read(
        "gates:\n  provisional:\n    title: {ja: 判定, en: decision}\n    meeting: sitting\n    criteria:\n"
          + lines.joined(separator: "\n") + "\n"
      ).first)
    let words = Words(language: language)
    return DecisionBrief(gate.decide(Town.input(dossier)), dossier, sees: sees).facts(words).map {
      words.text($0.value)
    }
  }

  private static func meeting(_ office: Office, by owner: String = "情報管理課") throws {
    try office.enter(
      Milestone.plan("sitting", kind: .gate, title: "判定会議", owner: owner, start: "2019-11-20", end: nil, by: "山田"))
  }

  /// What nobody is named for is the business of the section that prepares the meeting.
  @Test func theSectionThatPreparesTheMeetingIsNamedWhereNobodyIs() throws {
    let office = try Office()
    defer { office.remove() }
    try Self.meeting(office, by: "企画課")
    let none = try Self.sentences(office, "kind: complete")
    #expect(none[1] == "ア　「基準1」を満たす（いま なし）　企画課　期限 令和元年11月20日")
    try office.enter(run: Self.run(1, ["A"], [Self.cause("F-1", .single, ["A"])]), at: Moment.of(1))
    let told = try Self.sentences(office, "kind: checks, max-failed: 0")
    #expect(told[1].hasPrefix("まず　担当者未定の1件の担当者を決める（課題として割り当てる）　企画課　本日中\n"))
    #expect(told[1].contains("　企画課（担当者未定）　"))
  }

  @Test func withoutARunTheCriteriaAreTheReason() throws {
    let office = try Office()
    defer { office.remove() }
    let told = try Self.sentences(office, "kind: complete", "kind: rejected, max: 0", "kind: checks, max-failed: 0")
    #expect(told[0] == "①基準1: なし\n②基準2: なし\n基準3のうち3は判定できない")
    #expect(told[1].hasPrefix("ア　「基準1」を満たす（いま なし）　情報管理課　期限の定めなし\nイ　"))
    #expect(told[2] == "実行がまだない。")
  }

  @Test func causesComeFirstAndThoseOfOneActStandTogether() throws {
    let office = try Office()
    defer { office.remove() }
    try Self.meeting(office)
    try office.enter(Fixture.define("K-1", [.owner: .text("納税課"), .evidence: .texts(["A", "B"])]))
    try office.enter(Fixture.define("K-2", [.owner: .text("市民課"), .evidence: .texts(["C"])]))
    let causes = [
      Self.cause("F-1", .single, ["A"], yen: 50_000), Self.cause("F-2", .single, ["B"]),
      Self.cause("R-3", .rejected, ["C"], code: Fault.unmappedCode.code),
    ]
    try office.enter(run: Self.run(1, ["A", "B", "C"], causes, rejected: 1), at: Moment.of(1))
    let told = try Self.sentences(office, "kind: checks, max-failed: 0", "kind: rejected, max: 0", "kind: complete")
    #expect(told[0] == "①原因F-1。影響は最大50,000円\n②原因F-2\n基準3のうち2を満たさない")
    #expect(
      told[1]
        == "まず　担当者未定の2件の担当者を決める（課題として割り当てる）　情報管理課　本日中\nア　旧レコードと移行先の行を並べて確かめる　納税課（担当者未定）　期限 令和元年11月20日\n　まず見るもの: 原因F-1、ほか原因1つ"
        + "\nイ　コード変換表に加えるか旧データを直す。その後、再実行する　市民課（担当者未定）　期限 令和元年11月20日\n　まず見るもの: 原因R-3［FILEの12件目］"
    )
    #expect(told[2] == "比べる前回の実行がない。")
    // Who sees none of its checks is not told a cause.
    let others = try Self.sentences(office, "kind: checks, max-failed: 0", sees: { $0 == "C" })
    #expect(others[0].hasPrefix("①原因R-3\n") && !others.joined().contains("F-1"))
  }

  @Test func whatMostChecksComeFromIsTheFirstReasonAndTheFirstAct() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.owner: .text("市民課"), .evidence: .texts(["A", "B"])]))
    try office.enter(Fixture.define("K-2", [.owner: .text("納税課"), .evidence: .texts(["C"])]))
    let causes = [
      Self.cause("F-1", .single, ["C"], yen: 50_000),
      Self.cause("R-2", .rejected, ["A"], code: Fault.unmappedCode.code),
      Self.cause("R-3", .rejected, ["B"], code: Fault.date.code),
    ]
    try office.enter(run: Self.run(1, ["A", "B", "C"], causes, rejected: 4), at: Moment.of(1))
    let told = try Self.sentences(office, "kind: checks, max-failed: 0")
    #expect(
      told[0]
        == "①旧データ4件が新システムに入っていない（拒否: コード変換表にないコード、存在しない日付）。不合格・未判定の検査3のうち2はこれによる\n②原因F-1。影響は最大50,000円\n基準1のうち1を満たさない")
    #expect(
      told[1]
        == "まず　担当者未定の2件の担当者を決める（課題として割り当てる）　情報管理課　本日中\n"
        + "ア　拒否の原因2つを直す: コード変換表に加えるか旧データを直す、旧データの値を直して抽出し直す　市民課（担当者未定）　期限の定めなし\n　まず見るもの: 原因R-2［FILEの12件目］、ほか原因1つ\n"
        + "イ　旧レコードと移行先の行を並べて確かめる　納税課（担当者未定）　期限の定めなし\n　まず見るもの: 原因F-1\n"
        + "拒否を直したら、再実行は1回でよい")
  }

  @Test func anIssueSaysWhoAndUntilWhen() throws {
    let office = try Office()
    defer { office.remove() }
    try Self.meeting(office)
    try office.enter(run: Self.run(1, ["A"], [Self.cause("F-1", .single, ["A"])]), at: Moment.of(1))
    var fields = IssueAct.Fields()
    (fields.title, fields.severity, fields.section, fields.owner) = ("調べる", .s1, "納税課", "納税 太郎")
    (fields.due, fields.links) = ("2019-11-12", ["F-1"])
    try office.enter(IssueAct.open("I-0001", fields, by: "山田", at: Moment.of(2)))
    let criterion = "kind: checks, max-failed: 0"
    #expect(
      try Self.sentences(office, criterion, language: .english)[1]
        == "(a) lay the old record and the target’s row side by side – 納税 太郎, by 2019-11-12\n    Begin with cause F-1")
    #expect(try Self.sentences(office, criterion, today: "2019-11-13")[1].contains("期限 令和元年11月12日（超過）"))
  }

  @Test func whatHasChangedIsCounted() throws {
    let office = try Office()
    defer { office.remove() }
    let (first, second, third) = (
      Self.cause("F-1", .single, ["A"]), Self.cause("F-2", .single, ["B"]), Self.cause("F-3", .single, ["C"])
    )
    try office.enter(run: Self.run(1, ["A", "B"], [first, second], rejected: 2), at: Moment.of(1))
    try office.enter(run: Self.run(2, ["B", "C"], [second, third]), at: Moment.of(2))
    let told = try Self.sentences(office, "kind: checks, max-failed: 0")
    #expect(told[2] == "実行0001→0002: 原因は解消1・継続1・再発0・新規1。不合格の検査 2→2、拒否 2→0件。")
  }

  @Test func whatHoldsIsToldAsSuch() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(run: Self.run(1, [], []), at: Moment.of(1))
    let told = try Self.sentences(office, "kind: checks, max-failed: 0")
    #expect(told[0] == "1の基準をすべて満たしている。" && told[1] == "判定会議で決定し、記録する。")
  }
}
