import Base
import Evidence
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing

/// The contributions of the definitions' lists to the ledger.
@Suite struct SeedTests {
  /// A folder of lists, and a ledger that adopts them.
  struct Lists {
    let office: Office
    var path: String { office.folder + "/registers" }
    var folder: SeedFolder { SeedFolder(path: path, name: "registers", gates: cityGates) }

    init() throws {
      office = try Office()
      try FileManager.default.createDirectory(atPath: office.folder + "/registers", withIntermediateDirectories: true)
    }

    func write(_ name: String, _ lines: String...) throws {
      let header = SeedTests.headers[name] ?? "id"
      let text = ([header] + lines).joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name + ".csv"))
    }

    func adopt(day: Int) throws { try office.ledger.write { try $0.adopt(folder, at: Moment.of(day)) } }

    /// The acts on a record.
    func history(_ id: String, _ register: String = "item") throws -> [String] {
      try office.ledger.read { try $0.history(of: id, in: register) }.map(\.amendment.act)
    }

    var count: Int { get throws { try office.ledger.read { try $0.head().number } } }
  }

  static let headers = [
    "migration-items": "id,subsystem,category,severity,owner,gate,title_ja,title_en,evidence,confirmed_by",
    "test-items": "id,job,category,severity,owner,gate,title_ja,title_en,evidence,confirmed_by",
    "test-jobs": "id,owner,subsystem,title_ja,title_en",
    "trainings": "id,course,session,owner,planned,severity,gate,title_ja,title_en,confirmed_by",
    "extract-requests": "id,owner,title_ja,title_en,frequency,items",
    "batch-hours": "id,title_ja,title_en,hours,replaced",
    "master-schedule": "id,kind,title_ja,title_en,owner,planned_start,planned_end",
  ]

  static func item(_ id: String, _ title: String = "件数は", evidence: String = "A", by: String = "") -> String {
    "\(id),resident-tax,C01,S1,市民税課,both,\(title),counts,\(evidence),\(by)"
  }

  @Test func rowsAreAddedAndChangedAndNeverWithdrawnByThemselves() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("migration-items", Self.item("K-1"), Self.item("K-2"))
    try lists.adopt(day: 1)
    #expect(try lists.office.dossier().items.map(\.item.id) == ["K-1", "K-2"])
    #expect(try lists.office.item("K-1")?.item.raisedBy == "migration-items")
    #expect(try lists.office.item("K-1")?.item.raisedAt == Moment.of(1))
    // Nothing has changed: nothing is entered.
    let before = try lists.count
    try lists.adopt(day: 2)
    #expect(try lists.count == before)
    // A row added.
    try lists.write("migration-items", Self.item("K-1"), Self.item("K-2"), Self.item("K-3"))
    try lists.adopt(day: 3)
    #expect(try lists.count == before + 2)
    #expect(try lists.history("K-1") == ["define"] && lists.history("K-3") == ["define"])
    // A row changed: only the changed fields are entered.
    try lists.write("migration-items", Self.item("K-1", "件数と金額は"), Self.item("K-2"), Self.item("K-3"))
    try lists.adopt(day: 4)
    let entry = try #require(try lists.office.ledger.read { try $0.history(of: "K-1", in: "item") }.last)
    #expect(entry.amendment.changes == ["title_ja": .text("件数と金額は")] && entry.by == "totsugo")
    #expect(entry.amendment.act == "redefine" && entry.amendment.source == "migration-items")
    // A row removed: it stays required until a person withdraws it, with another's approval.
    try lists.write("migration-items", Self.item("K-1", "件数と金額は"), Self.item("K-3"))
    try lists.adopt(day: 5)
    #expect(try lists.history("K-2") == ["define"])
    #expect(try lists.office.dossier().items.map(\.item.id) == ["K-1", "K-2", "K-3"])
    let standing = try #require(try lists.office.item("K-2"))
    #expect(throws: Diagnostic.self) {
      try ItemAct.withdraw(reason: "対象外", approver: "山田").amendment(of: standing, by: "山田", at: Moment.of(6))
    }
    #expect(throws: Diagnostic.self) {
      try ItemAct.withdraw(reason: " ", approver: "鈴木").amendment(of: standing, by: "山田", at: Moment.of(6))
    }
    try lists.office.enter(
      try ItemAct.withdraw(reason: "対象外", approver: "鈴木").amendment(of: standing, by: "山田", at: Moment.of(6)),
      at: Moment.of(6))
    #expect(try lists.history("K-2") == ["define", "withdraw"])
    let dossier = try lists.office.dossier()
    #expect(dossier.items.map(\.item.id) == ["K-1", "K-3"] && dossier.rows(of: "migration-items") == 3)
    #expect(dossier.withdrawn.first?.withdrawn.hasSuffix("山田 / 鈴木: 対象外") == true)
    // Put back on the list, it stays withdrawn: that was a person's decision.
    try lists.write("migration-items", Self.item("K-1", "件数と金額は"), Self.item("K-2"), Self.item("K-3"))
    try lists.adopt(day: 7)
    #expect(try lists.office.dossier().items.map(\.item.id) == ["K-1", "K-3"])
    #expect(try lists.office.ledger.read { try $0.verify() } == [])
  }

  @Test func whatPeopleEnteredOutlivesTheList() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("migration-items", Self.item("K-1", by: "係長"))
    try lists.adopt(day: 1)
    let standing = try #require(try lists.office.item("K-1"))
    try lists.office.enter(
      try ItemAct.answer("済").amendment(of: standing, by: "山田", at: Moment.of(2)), at: Moment.of(2))
    try lists.office.enter(
      try ItemAct.raise(
        "Q-0001", kind: .question, subsystem: "", severity: .s2, owner: "市民税課", gate: "both", title: "なぜか", due: "",
        by: "山田",
        at: Moment.of(2)), at: Moment.of(2))
    // A change that asks for nothing else keeps the answer; one that does sends the item back.
    try lists.write("migration-items", Self.item("K-1", by: "係長").replacing("counts", with: "sums"))
    try lists.adopt(day: 3)
    #expect(try lists.office.item("K-1")?.item.state == .answered)
    try lists.write("migration-items", Self.item("K-1", "件数と金額は", by: "係長"))
    try lists.adopt(day: 4)
    #expect(try lists.office.item("K-1")?.item.state == .returned)
    #expect(try lists.office.item("K-1")?.item.reason.contains("migration-items") == true)
    #expect(try lists.office.item("K-1")?.item.answer == "済")
    // No list has it, and no list removes it.
    #expect(try lists.office.item("Q-0001") != nil)
  }

  /// An approval was for the list, or the plan, of that time.
  @Test func anApprovalEndsWhereWhatWasApprovedChanges() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    let plan = "return-point,document,最終復帰点,last point of return,情報管理課,2019-11-01,2019-11-05"
    try lists.write("master-schedule", plan, plan.replacing("return-point", with: "other"))
    try lists.write("extract-requests", "RQ-1,納税課,滞納者一覧,debtors,monthly,")
    try lists.adopt(day: 1)
    func milestone() throws -> Milestone {
      try #require(try lists.office.dossier().milestones.first { $0.id == "return-point" })
    }
    func request() throws -> ExtractRequest { try #require(try lists.office.dossier().requests.first) }
    func approve(day: Int) throws {
      try lists.office.enter(
        try milestone().happened(start: nil, end: "2019-11-05", note: "22時", run: nil, by: "山田"), at: Moment.of(day))
      try lists.office.enter(try milestone().approved(by: "鈴木", at: Moment.of(day)), at: Moment.of(day))
      try lists.office.enter(
        try request().settled(.rehomed, destination: "新システム", due: nil, note: nil, by: "山田"), at: Moment.of(day))
      try lists.office.enter(try request().approved(by: "鈴木", at: Moment.of(day)), at: Moment.of(day))
      #expect(try milestone().isApproved && request().isSettled)
    }
    try approve(day: 6)
    // Another row changes: no approval is withdrawn.
    try lists.write("master-schedule", plan, plan.replacing("return-point", with: "other").replacing("最終", with: "別の"))
    try lists.adopt(day: 7)
    #expect(try milestone().isApproved && request().isSettled)
    try lists.write(
      "master-schedule", plan.replacing("11-05", with: "11-09"), plan.replacing("return-point", with: "other"))
    try lists.write("extract-requests", "RQ-1,納税課,滞納者一覧,debtors,daily,")
    try lists.adopt(day: 8)
    #expect(try !milestone().isApproved && milestone().isDone && !request().isSettled)
    try approve(day: 9)
    try lists.office.enter(
      Milestone.plan("return-point", kind: nil, title: nil, owner: nil, start: nil, end: "2019-11-20", by: "山田"),
      at: Moment.of(9)
    )
    #expect(try !milestone().isApproved)
  }

  /// People's changes to a list's row stay when another row of the list changes, and are replaced when the row itself
  /// changes.
  @Test func listsDoNotTakeBackWhatPeopleChanged() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    func row(_ id: String, _ day: String, _ title: String) -> String { "\(id),phase,\(title),x,課,\(day),\(day)" }
    try lists.write("master-schedule", row("a", "2019-10-01", "一"), row("b", "2019-10-02", "二"))
    try lists.adopt(day: 1)
    try lists.office.enter(
      Milestone.plan("a", kind: nil, title: nil, owner: nil, start: "2019-11-01", end: "2019-11-01", by: "山田"),
      at: Moment.of(2))
    func planned(_ id: String) throws -> String? {
      try lists.office.dossier().milestones.first { $0.id == id }?.plannedStart
    }
    try lists.write("master-schedule", row("a", "2019-10-01", "一"), row("b", "2019-10-03", "二"))
    try lists.adopt(day: 3)
    #expect(try planned("a") == "2019-11-01" && planned("b") == "2019-10-03")
    try lists.write("master-schedule", row("a", "2019-10-05", "一"), row("b", "2019-10-03", "二"))
    try lists.adopt(day: 4)
    #expect(try planned("a") == "2019-10-05")
  }

  @Test func anItemThatMovesToAnotherListStays() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("test-jobs", "J1,市民税課,resident-tax,当初,first")
    try lists.write("test-items", "T-1,J1,V1,S1,市民税課,both,件数は,counts,,係長")
    try lists.write("migration-items", Self.item("K-1"), Self.item("K-2"))
    try lists.adopt(day: 1)
    try lists.write("migration-items", Self.item("K-1"))
    try lists.write(
      "test-items", "T-1,J1,V1,S1,市民税課,both,件数は,counts,,係長", "K-2,J1,V1,S1,市民税課,both,件数は,counts,,係長")
    try lists.adopt(day: 2)
    #expect(try lists.office.item("K-2")?.item.kind == .test)
    // It counts in its present place.
    let dossier = try lists.office.dossier()
    #expect(dossier.rows(of: "migration-items") == 1 && dossier.rows(of: "test-items") == 2)
  }

  /// One list is changed, the other was adopted long ago: an id is in both.
  @Test func anIdStandsInOneListOnly() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("test-jobs", "J1,市民税課,resident-tax,当初,first")
    try lists.write("migration-items", Self.item("K-1"))
    try lists.adopt(day: 1)
    try lists.write("test-items", "K-1,J1,V1,S1,市民税課,both,件数は,counts,,係長")
    let twice = Diagnostic(
      .definitionValue, at: Place(file: "registers/test-items.csv", line: 2), "K-1", "each id once")
    #expect(Self.problems { try lists.adopt(day: 2) } == [twice])
    #expect(try lists.office.item("K-1")?.item.kind == .migration)
  }

  static func problems(_ body: () throws -> Void) -> [Diagnostic] {
    do { try body() } catch let error as Diagnostics { return error.items } catch { Testing.Issue.record(error) }
    return []
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let list: String
    let row: String
    let found: String
    let expected: String
    var testDescription: String { "\(list): \(row)" }

    init(_ list: String, _ row: String, _ found: String, _ expected: String) {
      (self.list, self.row, self.found, self.expected) = (list, row, found, expected)
    }
  }

  @Test(arguments: [
    Wrong("migration-items", ",a,C01,S1,課,both,件,counts,A,", "", "each id once"),
    Wrong("migration-items", "K-0,a,C01,S1,課,both,件,counts,A,", "K-0", "each id once"),
    Wrong("migration-items", "K-1,a,C01,S4,課,both,件,counts,A,", "S4", "S1, S2, S3"),
    Wrong("migration-items", "K-1,a,C01,S1,,both,件,counts,A,", "–", "owner"),
    Wrong("migration-items", "K-1,a,C01,S1,課,all,件,counts,A,", "all", "provisional, production, both"),
    Wrong("migration-items", "K-1,a,C01,S1,課,both,,counts,A,", "–", "title_ja"),
    Wrong("migration-items", "K-1,a,C01,S1,課,both,件,,A,", "–", "title_en"),
    Wrong("migration-items", "K-1,a,C01,S1,課,both,件,counts,,", "–", "evidence or confirmed_by"),
    Wrong("migration-items", "K-1,a,C01,S1,課,both,件,counts,A;Z,", "Z", "the id of a check"),
    Wrong("migration-items", "K-1,a,C01,S1,課,both,件,counts,A", "9 columns", "10 columns"),
    Wrong("test-items", "T-1,,V1,S1,課,both,件,counts,,係長", "–", "job"),
    Wrong("test-items", "T-1,J9,V1,S1,課,both,件,counts,,係長", "J9", "an id of job"),
    Wrong("test-items", "T-1,J1,,S1,課,both,件,counts,,係長", "–", "category"),
    Wrong("trainings", "TR-1,,1,課,2019-09-02,S1,both,件,title,係長", "–", "course"),
    Wrong("trainings", "TR-1,KJ,1,課,2019-02-29,S1,both,件,title,係長", "2019-02-29", "YYYY-MM-DD"),
    Wrong("trainings", "TR-1,KJ,1,課,令和元年,S1,both,件,title,係長", "令和元年", "YYYY-MM-DD"),
    Wrong("test-jobs", "J2,,a,件,title", "–", "owner"),
    Wrong("extract-requests", "EX-1,課,件,title,weekly,K-0", "weekly", "yearly, monthly, daily, on-demand"),
    Wrong("extract-requests", "EX-1,課,件,title,daily,K-0;K-9", "K-9", "an id of item"),
    Wrong("batch-hours", "KJ,件,title,many,yes", "many", "a whole number"),
    Wrong("batch-hours", "KJ,件,title,-1,yes", "-1", "a whole number"),
    Wrong("batch-hours", "KJ,件,title,9223372036854775807,yes", "9223372036854775807", "a whole number"),
    Wrong("batch-hours", "KJ,件,title,5,maybe", "maybe", "yes, no"),
    Wrong("master-schedule", "m,phase,件,title,課,2019-11-02,2019-11-01", "2019-11-01", "≥ 2019-11-02"),
    Wrong(
      "master-schedule", "m,feast,件,title,課,2019-11-01,2019-11-01", "feast",
      "phase, rehearsal, test, training, document, link, cutover, gate, meeting, report"),
    Wrong("master-schedule", "m,phase,件,title,課,2019-13-01,2019-13-01", "2019-13-01", "YYYY-MM-DD"),
  ])
  func aWrongRowIsToldWithItsLine(_ row: Wrong) throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("test-jobs", "J1,市民税課,resident-tax,当初,first")
    try lists.write("migration-items", Self.item("K-0"))
    let first = ["migration-items": Self.item("K-0"), "test-jobs": "J1,市民税課,resident-tax,当初,first"][row.list]
    let lines = (first.map { [$0] } ?? []) + [row.row]
    let text = ([Self.headers[row.list] ?? ""] + lines).joined(separator: "\n")
    try Data(text.utf8).write(to: URL(fileURLWithPath: lists.path + "/" + row.list + ".csv"))
    let found = Self.problems { _ = try lists.folder.read(checks: ["A"]) }
    let place = Place(file: "registers/\(row.list).csv", line: lines.count + 1)
    #expect(found.first == Diagnostic(.definitionValue, at: place, row.found, row.expected))
  }

  @Test func aWrongListEntersNothingOfAny() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("migration-items", Self.item("K-1"))
    try lists.write("trainings", "TR-1,KJ,1,課,bad,S1,both,件,title,係長", "TR-2,KJ,1,課,worse,S1,both,件,title,係長")
    #expect(Self.problems { try lists.adopt(day: 1) }.count == 2)
    #expect(try lists.count == 0)
  }

  @Test func aListOfNoKindIsTold() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("wishes", "x")
    #expect(
      Self.problems { _ = try lists.folder.read(checks: nil) } == [
        Diagnostic(
          .registerList, at: Place(file: "registers/wishes.csv"), "wishes",
          "test-jobs, migration-items, test-items, trainings, extract-requests, batch-hours, master-schedule")
      ])
  }

  @Test func aColumnTooManyOrTooFewIsTold() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try Data("id,owner,subsystem,title_ja,colour\nJ1,課,a,件,red\n".utf8).write(
      to: URL(fileURLWithPath: lists.path + "/test-jobs.csv"))
    let found = Self.problems { _ = try lists.folder.read(checks: nil) }
    #expect(found.map(\.code).prefix(2) == [.definitionMissing, .definitionKey])
  }

  /// Every list fills its register, and the ledger stays intact.
  @Test func aRegisterOfEveryListIsFilled() throws {
    let lists = try Lists()
    defer { lists.office.remove() }
    try lists.write("test-jobs", "J1,市民税課,resident-tax,当初,first")
    try lists.write("test-items", "T-1,J1,V1,S1,市民税課,production,件数は,counts,,係長")
    try lists.write("trainings", "TR-1,KJ,1,市民税課,2019-09-02,S3,both,研修,training,係長")
    try lists.write("extract-requests", "EX-1,市民課,人口統計,population,monthly,T-1")
    try lists.write("batch-hours", "KJ,市・都民税,Resident tax,372,yes")
    try lists.write("master-schedule", "kick-off,meeting,キックオフ,kick-off,情報管理課,2018-04-18,2018-04-18")
    try lists.adopt(day: 1)
    let dossier = try lists.office.dossier()
    #expect(dossier.items.map(\.item.kind) == [.test, .training])
    #expect(dossier.items.last?.item.due == "2019-09-02" && dossier.items.first?.item.gate == "production")
    #expect(dossier.requests.first?.items == ["T-1"] && dossier.requests.first?.disposition == .undecided)
    #expect(dossier.hours.first?.business.hours == 372)
    #expect(dossier.milestones.first?.kind == .meeting)
    #expect(dossier.jobs["J1"]?.subsystem == "resident-tax")
    #expect(try lists.office.ledger.read { try $0.verify() } == [])
  }
}
