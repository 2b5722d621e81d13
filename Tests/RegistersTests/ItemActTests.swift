import Base
import Evidence
import Ledger
import RegisterFixtures
import Registers
import Testing

/// The possible acts on an item, state by state.
@Suite struct ItemActTests {
  static let acts: [(word: String, act: ItemAct)] = [
    ("investigate", .investigate), ("answer", .answer("旧コード98は新99に移す")),
    ("confirm", .confirm(restsOn: "", note: nil)), ("send-back", .sendBack(reason: "帳票の漢字が違う")), ("close", .close),
    ("hold", .hold(reason: "業者の回答待ち", approver: "課長", until: "2019-12-20")),
    ("attend", .attend(held: "2019-11-05", invited: 10, attended: 9)),
    ("amend", .amend(due: "2019-12-01", assignee: nil, note: nil, links: nil)),
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let state: Item.State
    /// For each act: the state that follows, `=` for the same, or `–` when it is refused.
    let follows: [String]
    var testDescription: String { state.rawValue }

    init(_ state: Item.State, _ follows: String) {
      self.state = state
      self.follows = follows.split(separator: " ").map(String.init)
    }
  }

  /// States in which an act is allowed, as its refusal names them.
  static let names = [
    "investigate": "raised, returned", "answer": "raised, investigating, answered, returned", "confirm": "answered",
    "send-back": "answered, confirmed, closed, on_hold", "close": "confirmed",
    "hold": "raised, investigating, answered, returned", "attend": "raised, investigating, answered, returned",
  ]

  static func item(_ state: Item.State, kind: String = "training", _ more: [Item.Field: JSONValue] = [:]) -> Item {
    Fixture.item(
      "TR-001", [.kind: .text(kind), .state: .text(state.rawValue), .answeredBy: .text("山田")].merging(more) { $1 })
  }

  static func standing(_ item: Item, today: String = "2019-11-29") -> ItemStanding {
    ItemStanding(item, EvidenceUnderItems(runs: [], days: []), today: today)
  }

  //                            investigate  answer   confirm   send-back close  hold    attend   amend
  @Test(arguments: [
    Case(.raised, "              investigating answered –         –        –      on_hold answered ="),
    Case(.investigating, "       –             answered –         –        –      on_hold answered ="),
    Case(.answered, "            –             answered confirmed returned –      on_hold answered ="),
    Case(.confirmed, "           –             –        –         returned closed –       –        ="),
    Case(.returned, "            investigating answered –         –        –      on_hold answered ="),
    Case(.closed, "              –             –        –         returned –      –       –        ="),
    Case(.onHold, "              –             –        –         returned –      –       –        ="),
  ])
  func whatIsAllowedInAState(_ row: Case) throws {
    #expect(row.follows.count == Self.acts.count)
    for (index, (word, act)) in Self.acts.enumerated() {
      let standing = Self.standing(Self.item(row.state))
      #expect(standing.state == row.state)
      if row.follows[index] == "–" {
        let place = Place(record: "TR-001")
        #expect(
          throws: Diagnostic(.registerTransition, at: place, row.state.rawValue, word, Self.names[word] ?? ""),
          "\(word)"
        ) { try act.amendment(of: standing, by: "鈴木", at: Moment.of(5)) }
        continue
      }
      let amendment = try act.amendment(of: standing, by: "鈴木", at: Moment.of(5), source: "表 row 3")
      #expect(amendment.register == "item" && amendment.id == "TR-001" && amendment.act == word)
      #expect(amendment.source == "表 row 3")
      let follows = row.follows[index] == "=" ? nil : row.follows[index]
      #expect(amendment.changes["state"]?.text == follows, "\(word)")
    }
  }

  @Test func aRefusalSaysWhatCanBeDone() {
    let found = Diagnostic(.registerTransition, at: Place(record: "AT-K001"), "raised", "close", "confirmed")
    #expect(
      found.message(.english)
        == "field AT-K001: in state “raised” it cannot be done: “close”; states in which it can: confirmed. See its state with `show`, and go on in the order of the states. [register.transition]"
    )
    #expect(
      found.message(.japanese)
        == "項目 AT-K001: 状態「起票」では「完了」はできません。できる状態: 確認済。いまの状態を show で確かめ、順番どおりに進めてください。 [register.transition]"
    )
  }

  /// The fields that each act enters; null removes a value.
  @Test func whatIsEntered() throws {
    let now = Moment.of(5)
    func changes(_ act: ItemAct, _ item: Item) throws -> String {
      JSONValue.object(try act.amendment(of: Self.standing(item), by: "鈴木", at: now).changes).canonical
    }
    let rows: [(ItemAct, Item, String)] = [
      (.investigate, Self.item(.raised), #"{"assignee":"鈴木","state":"investigating"}"#),
      (
        .answer("了解"), Self.item(.returned),
        #"{"answer":"了解","answered_at":"\#(now)","answered_by":"鈴木","reason":null,"state":"answered"}"#
      ),
      (
        .confirm(restsOn: "sha256:1", note: "画面を見た"), Self.item(.answered),
        #"{"confirmed_at":"\#(now)","confirmed_by":"鈴木","note":"画面を見た","reason":null,"rests_on":"sha256:1","state":"confirmed"}"#
      ),
      (
        .close, Self.item(.confirmed),
        #"{"closed_at":"\#(now)","closed_by":"鈴木","rests_on":null,"state":"closed"}"#
      ),
      (
        .hold(reason: "待ち", approver: "課長", until: "2019-12-20"), Self.item(.answered),
        #"{"approver":"課長","reason":"待ち","returned_at":"\#(now)","scope":[],"state":"on_hold","until":"2019-12-20"}"#
      ),
      (
        .attend(held: "2019-11-05", invited: 10, attended: 9), Self.item(.raised),
        #"{"answer":"2019-11-05 9/10","answered_at":"\#(now)","answered_by":"鈴木","attended":9,"held":"2019-11-05","invited":10,"reason":null,"state":"answered"}"#
      ),
      (
        .amend(due: "", assignee: nil, note: "x", links: ["I-0001"]), Self.item(.closed),
        #"{"due":null,"links":["I-0001"],"note":"x"}"#
      ),
    ]
    for (act, item, wanted) in rows { #expect(try changes(act, item) == wanted) }
    // An item that is sent back keeps its answer and loses every approval.
    let sent = try ItemAct.sendBack(reason: "違う").amendment(of: Self.standing(Self.item(.closed)), by: "鈴木", at: now)
    for field in ["confirmed_by", "confirmed_at", "rests_on", "closed_by", "closed_at", "approver", "until"] {
      #expect(sent.changes[field] == .null, "\(field)")
    }
    #expect(sent.changes["answer"] == nil)
    #expect(sent.changes["reason"] == .text("違う"))
  }

  struct Missing: Sendable, CustomTestStringConvertible {
    let act: ItemAct
    let what: String
    var testDescription: String { "\(act)" }
  }

  private static let counts = "0 ≤ attended ≤ invited, 0 < invited"

  @Test(arguments: [
    Missing(act: .answer(""), what: "answer"), Missing(act: .answer(" 　\t"), what: "answer"),
    Missing(act: .hold(reason: "", approver: "課長", until: "2019-12-01"), what: "reason"),
    Missing(act: .hold(reason: "待ち", approver: "　", until: "2019-12-01"), what: "approver"),
    Missing(act: .hold(reason: "待ち", approver: "課長", until: ""), what: "until"),
    Missing(act: .attend(held: "2019-11-05", invited: 0, attended: 0), what: counts),
    Missing(act: .attend(held: "2019-11-05", invited: 5, attended: 6), what: counts),
    Missing(act: .attend(held: "2019-11-05", invited: 5, attended: -1), what: counts),
    Missing(act: .attend(held: "2019-11-05", invited: Int.max, attended: 1), what: counts),
  ])
  func whatIsNeededIsAskedFor(_ row: Missing) {
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "TR-001"), row.what)) {
      try row.act.amendment(of: Self.standing(Self.item(.raised)), by: "鈴木", at: Moment.of(5))
    }
  }

  @Test func aReasonIsNeededToSendBack() {
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "TR-001"), "reason")) {
      try ItemAct.sendBack(reason: " ").amendment(of: Self.standing(Self.item(.closed)), by: "鈴木", at: Moment.of(5))
    }
  }

  @Test(arguments: ["migration", "test", "question"]) func onlyTrainingsAreAttended(_ kind: String) {
    let act = ItemAct.attend(held: "2019-11-05", invited: 5, attended: 5)
    #expect(throws: Diagnostic(.registerTransition, at: Place(record: "TR-001"), kind, "attend", "training")) {
      try act.amendment(of: Self.standing(Self.item(.raised, kind: kind)), by: "鈴木", at: Moment.of(5))
    }
  }

  @Test func whatIsWithdrawnStays() {
    let item = Self.item(.raised, [.withdrawn: .text("trainings 2019-11-05T00:00:00Z")])
    for (word, act) in Self.acts {
      #expect(
        throws: Diagnostic(.itemWithdrawn, at: Place(record: "TR-001"), "trainings 2019-11-05T00:00:00Z"), "\(word)"
      ) { try act.amendment(of: Self.standing(item), by: "鈴木", at: Moment.of(5)) }
    }
  }

  // MARK: two pairs of eyes

  struct Eyes: Sendable, CustomTestStringConvertible {
    let maker: String
    let approver: String
    let isSame: Bool
    var testDescription: String { "\(maker) / \(approver)" }

    init(_ maker: String, _ approver: String, same: Bool) {
      (self.maker, self.approver, isSame) = (maker, approver, same)
    }
  }

  static let eyes = [
    Eyes("山田", "山田", same: true), Eyes("山田 太郎", "山田太郎", same: true), Eyes("山田　太郎", "山田 太郎", same: true),
    Eyes(" 山田", "山田\t", same: true), Eyes("Yamada", "YAMADA", same: true), Eyes("Ｙａｍａｄａ", "yamada", same: true),
    Eyes("ﾔﾏﾀﾞ", "ヤマダ", same: true), Eyes("か\u{3099}とう", "がとう", same: true), Eyes("山田\u{a0}太郎", "山田太郎", same: true),
    Eyes("山田", "山本", same: false), Eyes("山田", "山田花子", same: false), Eyes("髙橋", "高橋", same: true),
    // Invisible characters, other forms and other letters do not make another person.
    Eyes("山田", "山\u{200B}田", same: true), Eyes("山田", "山田\u{FEFF}", same: true),
    Eyes("山田", "山\u{00AD}田\u{2060}", same: true),
    Eyes("辻", "辻\u{E0100}", same: true), Eyes("佐藤", "佐藤.", same: true), Eyes("Straße", "STRASSE", same: true),
    Eyes("sasaki", "s\u{0430}saki", same: true), Eyes("山﨑", "山崎", same: true), Eyes("渡邊", "渡辺", same: true),
    Eyes("さとう", "サトウ", same: true), Eyes("山田 太郎", "太郎 山田", same: true), Eyes("國井", "国井", same: true),
    Eyes("ヤマー", "ヤマ", same: false), Eyes("山田一", "山田二", same: false),
    Eyes("", "山田", same: false),
  ]

  @Test(arguments: eyes) func whoMadeItDoesNotApproveIt(_ row: Eyes) throws {
    let same = Diagnostic(.ledgerFourEyes, at: Place(field: "X"), row.approver)
    let approver = ShownText.visible(row.approver)
    if row.isSame {
      #expect(throws: same) { try FourEyes.check("X", row.approver, ["別人", row.maker]) }
      #expect(
        same.message(.english)
          == "field X: \(approver) cannot approve what \(approver) did. Another person must do it. [ledger.foureyes]"
      )
      #expect(same.message(.japanese) == "項目 X: \(approver)は自分が行ったことを承認できません。別の人が行ってください。 [ledger.foureyes]")
    } else {
      try FourEyes.check("X", row.approver, ["別人", row.maker])
    }
  }

  /// A text that is not a person's name approves nothing.
  @Test(arguments: [
    "", " ", "　", "\u{200B}", "\u{2060}\u{FEFF}", "\u{3164}", "\u{2800}", "-", "…", "totsugo", "Ｔｏｔｓｕｇｏ",
  ])
  func nobodyApprovesNothing(_ name: String) {
    #expect(throws: Diagnostic(.registerMissing, at: Place(field: "X"), "a person's name")) {
      try FourEyes.check("X", name, ["山田"])
    }
  }

  /// The excluded persons: for confirming and closing the one who answered, for a hold the one who enters or answered.
  @Test func whichEyesAreTwo() throws {
    let four = Diagnostic(.ledgerFourEyes, at: Place(record: "TR-001"), "山田")
    func enter(_ act: ItemAct, _ state: Item.State, by person: String) throws {
      _ = try act.amendment(of: Self.standing(Self.item(state)), by: person, at: Moment.of(5))
    }
    #expect(throws: four) { try enter(.confirm(restsOn: "", note: nil), .answered, by: "山田") }
    #expect(throws: four) { try enter(.close, .confirmed, by: "山田") }
    #expect(throws: four) { try enter(.hold(reason: "待ち", approver: "山田", until: "2019-12-01"), .answered, by: "鈴木") }
    #expect(throws: four) { try enter(.hold(reason: "待ち", approver: "山田", until: "2019-12-01"), .raised, by: "山田") }
    try enter(.confirm(restsOn: "", note: nil), .answered, by: "鈴木")
    try enter(.close, .confirmed, by: "鈴木")
    try enter(.hold(reason: "待ち", approver: "課長", until: "2019-12-01"), .answered, by: "山田")
  }

  @Test func whatChecksProveNobodyConfirms() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(Fixture.define("K-1", [.evidence: .texts(["A"])]))
    try office.enter(run: Fixture.run(1, day: 2, [Fixture.check("A", .passed)]), at: Moment.of(2))
    let standing = try #require(try office.item("K-1"))
    #expect(throws: Diagnostic(.itemProven, at: Place(record: "K-1"), "K-1")) {
      try ItemAct.confirm(restsOn: standing.digest, note: nil).amendment(of: standing, by: "鈴木", at: Moment.of(3))
    }
  }

  @Test func aQuestionNeedsATitleAndASection() throws {
    func raise(_ title: String, _ owner: String) throws -> Amendment {
      try ItemAct.raise(
        "Q-0001", kind: .question, subsystem: "", severity: .s2, owner: owner, gate: "both", title: title, due: "",
        by: "山田", at: Moment.of(5))
    }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "Q-0001"), "title")) { try raise(" ", "市民税課") }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "Q-0001"), "owner")) { try raise("98は?", "") }
    #expect(try raise("98は?", "市民税課").changes["state"] == .text("raised"))
  }

  struct Number: Sendable {
    let ids: [String]
    let next: String
  }

  @Test(arguments: [
    Number(ids: [], next: "Q-0001"), Number(ids: ["Q-0001", "Q-0003"], next: "Q-0004"),
    Number(ids: ["I-0009"], next: "Q-0001"),
    Number(ids: ["Q-9999"], next: "Q-10000"), Number(ids: ["Q-10000", "Q-9999"], next: "Q-10001"),
    Number(ids: ["Q-x", "QQ-0005"], next: "Q-0001"),
  ])
  func theNextNumberIsAboveAll(_ row: Number) { #expect(RecordNumber.next("Q", after: row.ids) == row.next) }
}
