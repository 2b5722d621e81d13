import Base
import Evidence
import Foundation
import Gates
import Ledger
import RegisterFixtures
import Registers
import Report
import Workspace

/// A ledger in a separate folder, with the data for the papers of a small project.
final class SmallProject {
  let workspace: Workspace
  let ledger: Ledger
  private let folder: String
  static let today = "2019-11-20"
  static let now = "2019-11-15T03:00:00Z"
  /// Text that must never become markup.
  static let hostile = "</style><script>alert(\"1\")</script> & <b>'"

  init() throws {
    folder = NSTemporaryDirectory() + "totsugo-papers-" + UUID().uuidString
    workspace = Workspace(path: folder)
    ledger = try Ledger(workspace, RegisterCatalog.schemas)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func append(_ amendments: Amendment..., at now: String = SmallProject.now) throws {
    try append(all: amendments, at: now)
  }

  func append(all amendments: [Amendment], at now: String = SmallProject.now) throws {
    _ = try ledger.write { try $0.append(amendments, by: "佐藤", at: now) }
  }

  func dossier() throws -> Dossier { try ledger.read { try Dossier($0, today: Self.today) } }

  static func item(_ id: String, _ kind: Item.Kind, owner: String, title: String, _ more: [String: JSONValue] = [:])
    -> Amendment
  {
    let fields: [String: JSONValue] = [
      "kind": .text(kind.rawValue), "owner": .text(owner), "title_ja": .text(title), "title_en": .text("Item " + id),
      "severity": .text("S1"), "gate": .text("both"), "state": .text("raised"), "raised_by": .text("list"),
      "raised_at": .text("2019-10-01T00:00:00Z"), "confirmer": .text("係長"),
    ]
    return Amendment(register: "item", id: id, act: "raise", changes: fields.merging(more) { $1 })
  }

  /// One record of everything: items of all kinds and states, issues, a waiver, meetings, a decision, hours, an
  /// estimate, two runs, a day of the parallel run.
  func fill() throws {
    try append(
      Self.item("AT-K001", .migration, owner: "市民課", title: "支援措置の件数は一致するか", ["evidence": .texts(["AT-C01-02"])]),
      Self.item("AT-K002", .migration, owner: "市民課", title: Self.hostile, ["title_en": .text(Self.hostile)]),
      Self.item(
        "KJ-T001", .test, owner: "市民税課", title: "調定表は一致するか", ["job": .text("KJ-CHOTEI"), "category": .text("V2")]),
      Self.item(
        "TR-001", .training, owner: "全課", title: "共通操作", ["due": .text("2019-11-01"), "planned": .text("2019-11-01")]),
      Amendment(
        register: "job", id: "KJ-CHOTEI", act: "list",
        changes: ["owner": .text("市民税課"), "title_ja": .text("調定処理"), "title_en": .text("Claims")]),
      Amendment(
        register: "business", id: "KJ", act: "list",
        changes: [
          "title_ja": .text("市・都民税"), "title_en": .text("Resident tax"), "hours": .integer(372),
          "replaced": .text("yes"),
        ]),
      Amendment(
        register: "milestone", id: "link-juki", act: "list",
        changes: [
          "kind": .text("link"), "title_ja": .text("住基連携"), "title_en": .text("Link"), "owner": .text("情報管理課"),
          "planned_start": .text("2019-11-01"), "planned_end": .text("2019-11-10"),
        ]), at: "2019-10-01T00:00:00Z")
    var fields = IssueAct.Fields()
    (fields.title, fields.severity, fields.section, fields.due) = (Self.hostile, .s1, "市民税課", "2019-11-18")
    fields.approver = "課長"
    (fields.isImportant, fields.workaround, fields.workaroundKind) = (true, "手計算", .temporary)
    let meeting = try Meeting.record(
      "M-0001", kind: .progress, held: "2019-04-24", title: "", agenda: ["進捗状況報告", Self.hostile], attendees: [],
      minutes: "", decision: nil, conditions: [], by: "佐藤")
    try append(
      IssueAct.open("I-0001", fields, by: "佐藤", at: Self.now), meeting,
      Waiver.grant(
        "W-0001", gate: "provisional", criterion: "G-02", for: ApprovedScope(), reason: Self.hostile, owner: "情報管理課",
        approver: "副市長",
        until: "2019-11-30", by: "佐藤", at: Self.now),
      Estimate.assess(
        "E-0001", title: "改修委託", amount: 1_200_000, effortLow: "1.2", effortHigh: "2.8", unitPrice: 1_176_324,
        viewpoints: Dictionary(uniqueKeysWithValues: Estimate.Viewpoint.allCases.map { ($0, .sound) }), overall: .sound,
        note: "低廉", by: "佐藤", at: Self.now))
    try record(Self.evidence("0001", isBroken: true))
    try record(Self.evidence("0002", isBroken: false))
    let day = ParallelEvidence(
      title: Bilingual("並行稼働", "Parallel run"), day: "2019-11-18",
      jobs: [
        .init(
          id: "KJ-CHOTEI", title: Bilingual("調定処理", "Claims"), section: "市民税課", items: ["KJ-T001"], cutOffs: [],
          outcome: .notCompared, trouble: Bilingual("旧の出力がない", "no old output"),
          totals: [.init(column: "税額", old: "12.5", new: "-3")], comparison: nil)
      ], evidence: "sha256:0")
    try append(ParallelDay.amendment(day, fileDigest: "sha256:0", isWhole: true, at: Self.now))
    parallel = day
  }

  private(set) var parallel: ParallelEvidence?

  func record(_ evidence: RunEvidence) throws {
    try append(
      RunRecord.amendment(
        SealedEvidence(evidence), fileDigest: "sha256:0", stage: .rehearsal, definitionFiles: [], data: "", target: "",
        leftOut: []))
  }

  static func evidence(_ run: String, isBroken: Bool, groups: Int = 1) -> RunEvidence {
    func check(_ id: String, _ kind: String, _ category: String, _ status: CheckStatus) -> CheckResult {
      CheckResult(
        id: id, kind: kind, category: category, subsystem: "address-master", severity: .s1,
        title: Bilingual("支援措置の検査 \(id)", "Check \(id)"), formula: Bilingual("旧＝新", "old = new"), status: status,
        expectedFrom: [.legacy], actualFrom: [.target], why: Bilingual("結果", "found"))
    }
    func kind(_ code: String, _ japanese: String, _ english: String, _ bytes: ByteUse) -> RunEvidence.FileEvidence.Kind
    {
      .init(kind: code, title: Bilingual(japanese, english), records: Tally(), bytes: bytes)
    }
    var totals = check("AT-C02-02", "totals", "C02", isBroken ? .failed : .passed)
    (totals.keyNames, totals.measureNames) = (["賦課年度", "科目"], ["n", "年税額"])
    totals.lines = [
      .init(key: ["2019", "A1"], expected: [3, 1_234_567], actual: [3, isBroken ? 1_234_000 : 1_234_567])
    ]
    if isBroken {
      totals.differences = groups
      totals.list = "differences/AT-C02-02.ndjson"
      totals.groups = (0..<groups).map {
        DifferenceGroup(
          signature: "AT-C02-02/\($0)", pattern: Bilingual("年税額 −1000以内", "tax: within −1000"), lines: 40_000 / groups,
          sums: [0, -567], samples: [["2019", "A1"]])
      }
    }
    var evidence = RunEvidence(
      run: run, project: "p", title: Bilingual("移行", "Migration"), asOf: "2019-11-29", command: "run",
      started: "2019-11-1\(run.suffix(1))T00:00:00Z", finished: "2019-11-1\(run.suffix(1))T01:00:00Z", seconds: 12.3,
      complete: true, definitions: "sha256:1",
      files: [
        .init(
          file: "ATMAST", subsystem: "address-master", title: Bilingual("共通宛名", "Address master"), bytes: 100,
          sha256: "sha256:2", records: Tally(read: 10, migrated: 9, rejected: 1, excluded: 0),
          kinds: [
            kind("00", "見出し", "Header", bytes(480, mapped: 2, checked: 38, dropped: 440)),
            kind("10", Self.hostile, "Resident", bytes(480, mapped: 425, checked: 0, dropped: 55)),
          ],
          faults: ["charset.gaiji.unmapped": 1])
      ], tables: [.init(table: "宛名", rows: 9, sha256: "sha256:3")],
      checks: [check("AT-C01-02", "rows", "C01", .passed), totals, check("AT-C05-03", "decoded", "C05", .notRun)],
      rejects: [
        .init(file: "ATMAST", kind: "10", record: 2, offset: 480, field: "AT-SHIMEI", fault: "charset.gaiji.unmapped")
      ])
    evidence.evidence = "sha256:e\(run)"
    evidence.steps = [
      .init(step: "file ATMAST", seconds: 1.5, planned: 60), .init(step: "index", seconds: 0.2, planned: nil),
    ]
    return evidence
  }

  static func bytes(_ length: Int, mapped: Int, checked: Int, dropped: Int) -> ByteUse {
    var use = ByteUse()
    (use.length, use.mapped, use.checked, use.dropped) = (length, mapped, checked, dropped)
    return use
  }

  static let gates = """
    gates:
      provisional:
        title: {ja: 仮稼働判定, en: Provisional decision}
        criteria:
          - {id: G-01, kind: rehearsals, min: 2, title: {ja: 回数, en: Rehearsals}, otherwise: no-go}
          - {id: G-02, kind: issues, severities: [S1], max-open: 0, title: {ja: 課題, en: Issues}, otherwise: no-go}
          - {id: G-03, kind: duration, window-seconds: 3600, title: {ja: 時間, en: Time}, otherwise: no-go}
    expected: {files: 0, tables: 0, checks: 0, severities: {}, warns: 0, may-be-empty: 0, criteria: {provisional: 3}, lists: {}}

    """

  /// The input of a paper, with the evidence of the last run and the gate's verdict.
  func input(_ evidence: RunEvidence? = SmallProject.evidence("0002", isBroken: false)) throws -> PaperInput {
    let dossier = try dossier()
    let path = folder + "/gates.yaml"
    try Self.gates.write(toFile: path, atomically: true, encoding: .utf8)
    let gate = try Gate.read(DefinitionFile.read(path, name: "gates.yaml"))[0]
    var input = PaperInput(
      project: Bilingual("桜ヶ瀬市 \(Self.hostile)", "City \(Self.hostile)"), dossier: dossier,
      subsystems: [("address-master", Bilingual("共通宛名", "Address master"))])
    input.decision = gate.decide(GateInput(dossier: dossier, definitions: nil, holidays: []))
    input.window = gate.secondsAllowed
    input.gates = [gate.name: gate.title]
    input.evidence = dossier.latest == nil ? nil : evidence
    input.comparison = RunComparison(dossier.runs)
    input.day = parallel
    return input
  }
}
