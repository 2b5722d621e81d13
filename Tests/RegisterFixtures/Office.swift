import Base
import Evidence
import Foundation
import Ledger
import Registers
import Workspace

/// A ledger in a fresh folder, in which a test enters its data.
package struct Office {
  package let folder: String
  package let ledger: Ledger
  package var workspace: Workspace { Workspace(path: folder) }

  package init() throws {
    folder = NSTemporaryDirectory() + "totsugo-office-" + UUID().uuidString
    ledger = try Ledger(Workspace(path: folder), RegisterCatalog.schemas)
  }

  package func remove() { try? FileManager.default.removeItem(atPath: folder) }

  package func enter(_ amendments: Amendment..., by person: String = "山田", at now: String = Moment.of(1)) throws {
    _ = try ledger.write { try $0.append(amendments, by: person, at: now) }
  }

  /// Enters a run as `totsugo run` does.
  package func enter(run: Amendment, at now: String) throws { try ledger.write { try $0.enter(run, at: now) } }

  package func dossier(_ today: String = "2019-11-29") throws -> Dossier {
    try ledger.read { try Dossier($0, today: today) }
  }

  package func dossier(asOf day: String) throws -> Dossier { try ledger.read { try Dossier($0, asOf: day) } }

  package func item(_ id: String, today: String = "2019-11-29") throws -> ItemStanding? {
    try dossier(today).items.first { $0.item.id == id }
  }
}

/// Moments and days of November 2019, by the day.
package enum Moment {
  /// Noon, UTC, of a day from 1 to 30.
  package static func of(_ day: Int, hour: Int = 12, seconds: Int = 0) -> String {
    "\(self.day(day))T\(two(hour)):\(two(seconds / 60)):\(two(seconds % 60))Z"
  }
  package static func day(_ day: Int) -> String { "2019-11-\(two(day))" }
  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

/// A record by its fields, without a ledger.
package enum Fixture {
  package static func row<Field: RegisterField>(_ id: String, _ fields: [Field: JSONValue]) -> RegisterRow {
    RegisterRow(id: id, revision: 1, values: Field.allCases.map { fields[$0] ?? .null })
  }

  package static func item(_ id: String = "Q-0001", _ fields: [Item.Field: JSONValue] = [:]) -> Item {
    let common: [Item.Field: JSONValue] = [
      .kind: .text("question"), .severity: .text("S2"), .owner: .text("市民税課"), .gate: .text("both"),
      .titleJa: .text("題"), .titleEn: .text("title"), .state: .text("raised"),
    ]
    return Item(row(id, common.merging(fields) { $1 }))
  }

  package static func issue(_ id: String = "I-0001", _ fields: [Issue.Field: JSONValue] = [:]) -> Issue {
    let common: [Issue.Field: JSONValue] = [
      .title: .text("題"), .severity: .text("S1"), .section: .text("市民税課"), .state: .text("open"),
      .openedAt: .text(Moment.of(1)),
    ]
    return Issue(row(id, common.merging(fields) { $1 }))
  }

  /// The amendment that makes an item with these fields.
  package static func define(_ id: String, _ fields: [Item.Field: JSONValue]) -> Amendment {
    let item: [Item.Field: JSONValue] = [
      .kind: .text("migration"), .severity: .text("S2"), .owner: .text("市民税課"), .gate: .text("both"),
      .titleJa: .text("題"), .titleEn: .text("title"), .state: .text("raised"),
    ]
    var changes: [String: JSONValue] = [:]
    for (field, value) in item.merging(fields, uniquingKeysWith: { $1 }) {
      changes[RegisterSchema.name(of: field)] = value
    }
    return Amendment(register: "item", id: id, act: "define", changes: changes)
  }

  /// A check's result, with only the fields that registers use.
  package static func check(
    _ id: String, _ status: CheckStatus, severity: Severity = .s1, category: String = "C01", lines: Int = 0,
    groups: [String] = [], sums: [Int128] = [], keys: [String]? = nil
  ) -> CheckResult {
    var check = CheckResult(
      id: id, kind: "rows", category: category, subsystem: "resident-tax", severity: severity,
      title: Bilingual("題", "title"),
      formula: Bilingual("式", "formula"), status: status, expectedFrom: [.legacy], actualFrom: [.target],
      why: Bilingual("訳", "why"), differences: lines)
    check.groups = groups.map {
      var group = DifferenceGroup(
        signature: $0, pattern: Bilingual("形", "pattern"), lines: max(1, lines), sums: sums, samples: [])
      group.keys = keys
      group.gross = sums.map { $0 < 0 ? -$0 : $0 }
      return group
    }
    return check
  }

  /// A run that ended on a day of November at noon, and began `seconds` before.
  package static func run(
    _ number: Int, day: Int, _ checks: [CheckResult], seconds: Double = 60, complete: Bool = true, read: Int = 100,
    rejected: Int = 0, files: [String?] = [nil], stage: RunRecord.Stage = .rehearsal, leftOut: [String] = [],
    definitions: String = "sha256:d", command: String = "run", fileDigest: String = "sha256:f",
    started: String? = nil, causes: [Cause]? = nil
  ) throws -> Amendment {
    let id = String(repeating: "0", count: 4 - String(number).count) + String(number)
    var evidence = RunEvidence(
      run: id, project: "town", title: Bilingual("町", "town"), asOf: "2019-11-29", command: command,
      started: started ?? Moment.of(day, hour: 11, seconds: max(0, 3600 - Int(seconds))), finished: Moment.of(day),
      seconds: seconds, complete: complete,
      definitions: definitions, checks: checks)
    evidence.files = files.enumerated().map { index, refused in
      RunEvidence.FileEvidence(
        file: "F\(index)", subsystem: "resident-tax", title: Bilingual("ファイル", "file"),
        records: index == 0 ? Tally(read: read, migrated: read - rejected, rejected: rejected, excluded: 0) : Tally(),
        refused: refused.map { Bilingual($0, $0) })
    }
    evidence.causes = causes
    return try RunRecord.amendment(
      SealedEvidence(evidence), fileDigest: fileDigest, stage: stage, definitionFiles: ["city.yaml"], data: "data",
      target: "sqlite:x",
      leftOut: leftOut)
  }

  /// - Parameter content: the content of each job's outputs; `nil` for jobs without content.
  package static func parallelDay(
    _ day: String, _ jobs: [(String, ParallelEvidence.Outcome, [String])], content: String? = nil
  ) -> ParallelEvidence {
    ParallelEvidence(
      title: Bilingual("並行稼働", "parallel run"), day: day,
      jobs: jobs.map {
        ParallelEvidence.Job(
          id: $0.0, title: Bilingual($0.0, $0.0), section: "納税課", items: $0.2, cutOffs: [], outcome: $0.1, trouble: nil,
          totals: [], comparison: content.map(comparison))
      }, evidence: "sha256:" + day)
  }

  private static func comparison(_ content: String) -> ComparisonEvidence {
    let side = ComparisonEvidence.Side(
      reference: "csv:x", rows: content.isEmpty ? 0 : 3, duplicateKeys: 0, content: content, ignored: [],
      unnamedBytes: [])
    return ComparisonEvidence(
      left: side, right: side, columns: [], same: side.rows, tolerated: 0, changed: 0, leftOnly: 0, rightOnly: 0,
      accepted: 0, rules: [], groups: [], way: .init(name: "merge", leftReadAgain: 0, rightReadAgain: 0), remarks: [],
      rejected: 0, evidence: "sha256:" + content)
  }
}

/// The gates of the sample city.
package let cityGates = GateNames([
  ("provisional", Bilingual("仮稼働判定", "Provisional operation")), ("production", Bilingual("本稼働判定", "Production")),
])
