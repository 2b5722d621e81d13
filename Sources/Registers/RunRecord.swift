import Evidence
import Foundation
import Ledger

/// A run as the ledger keeps it: what gates and items need to know of it. Everything it learned stands in its
/// `evidence.json`, whose digest is here.
package struct RunRecord: RegisterRecord {
  package enum Field: Int, RegisterField {
    case project, command, stage, started, finished, milliseconds, isComplete, definitions, data, target
    case evidence, fileDigest, read, migrated, rejected, excluded, rows, files, refused, leftOut, unpassed, groups
    case steps
    // The long ones last: SQLite reads a row up to the last field that is asked for.
    case definitionFiles, checks

    package var kind: RegisterSchema.Kind {
      switch self {
      case .milliseconds, .isComplete, .read, .migrated, .rejected, .excluded, .rows, .files: .integer
      case .definitionFiles, .refused, .leftOut, .checks, .unpassed, .groups, .steps: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("run", Field.self)

  /// What the run is for.
  package enum Stage: String, Sendable, Codable, CaseIterable {
    /// リハーサル.
    case rehearsal
    /// 本番移行.
    case production

    package var title: Bilingual {
      switch self {
      case .rehearsal: Bilingual("リハーサル", "rehearsal")
      case .production: Bilingual("本番移行", "production")
      }
    }
  }

  /// What a check came to.
  package struct Check: Sendable, Hashable {
    package let id: String
    package let status: CheckStatus
    package let severity: Severity
    package let category: String
    package let subsystem: String
    /// The first half of a SHA-256 over all that the check found: enough to see that it has changed.
    package let digest: String
  }

  /// The differences of one signature.
  package struct Group: Sendable, Hashable {
    package let check: String
    package let signature: String
    package let lines: Int
  }

  package let run: String
  package let command: String
  package let stage: Stage
  package let started: String
  package let finished: String
  package let milliseconds: Int
  package let isComplete: Bool
  package let definitions: String
  package let definitionFiles: [String]
  /// The folder of the legacy files.
  package let data: String
  /// The target that was verified: a reference without password.
  package let target: String
  package let evidence: String
  /// SHA-256 of the file `evidence.json`.
  package let fileDigest: String
  package let records: Tally
  package let files: Int
  /// Files that could not be migrated at all.
  package let refused: [String]
  /// Subsystems that were left out.
  package let leftOut: [String]
  /// All checks; empty where they were not asked for.
  package let checks: [Check]
  /// The checks that failed, warned, or were not decided.
  package let unpassed: [Check]
  /// Differences by signature; a failed check without groups has one without a signature.
  package let groups: [Group]
  /// Seconds that each step took.
  package let steps: [String: Double]

  package init(_ row: RegisterRow) {
    run = row.id
    command = row.text(Field.command)
    stage = Stage(rawValue: row.text(Field.stage)) ?? .rehearsal
    started = row.text(Field.started)
    finished = row.text(Field.finished)
    milliseconds = row.integer(Field.milliseconds) ?? 0
    isComplete = row.integer(Field.isComplete) == 1
    definitions = row.text(Field.definitions)
    definitionFiles = row.texts(Field.definitionFiles)
    data = row.text(Field.data)
    target = row.text(Field.target)
    evidence = row.text(Field.evidence)
    fileDigest = row.text(Field.fileDigest)
    records = Tally(
      read: row.integer(Field.read) ?? 0,
      migrated: row.integer(Field.migrated) ?? 0, rejected: row.integer(Field.rejected) ?? 0,
      excluded: row.integer(Field.excluded) ?? 0)
    files = row.integer(Field.files) ?? 0
    refused = row.texts(Field.refused)
    leftOut = row.texts(Field.leftOut)
    checks = Self.checks(row[Field.checks])
    unpassed = Self.checks(row[Field.unpassed])
    steps = Dictionary(
      (row[Field.steps].list ?? []).map { ($0[0].text ?? "", Double($0[1].integer ?? 0) / 1000) }
    ) { _, last in last }
    groups = (row[Field.groups].list ?? []).map {
      Group(check: $0[0].text ?? "", signature: $0[1].text ?? "", lines: $0[2].integer ?? 0)
    }
  }

  private static func checks(_ value: JSONValue) -> [Check] {
    (value.list ?? []).map {
      Check(
        id: $0[0].text ?? "", status: CheckStatus(rawValue: $0[1].text ?? "") ?? .notRun,
        severity: Severity(rawValue: $0[2].text ?? "") ?? .s1, category: $0[3].text ?? "",
        subsystem: $0[4].text ?? "", digest: $0[5].text ?? "")
    }
  }

  /// The amendment that enters a run.
  package static func amendment(
    _ evidence: RunEvidence, fileDigest: String, stage: Stage, definitionFiles: [String], data: String, target: String,
    leftOut: [String]
  ) throws -> Amendment {
    let checks = try evidence.checks.map { check -> (CheckResult, JSONValue) in
      let found = String(SHA256.digest(of: try RunEvidence.encoder.encode(check)).dropFirst(7).prefix(32))
      return (
        check,
        .texts([check.id, check.status.rawValue, check.severity.rawValue, check.category, check.subsystem, found])
      )
    }
    let groups = evidence.checks.filter { $0.status == .failed }.flatMap { check -> [JSONValue] in
      // What is not known in groups is one that nobody can classify.
      if check.groups.isEmpty {
        return [.list([.text(check.id), .text(""), .integer(max(1, check.differences))])]
      }
      return check.groups.map { .list([.text(check.id), .text($0.signature), .integer($0.lines)]) }
    }
    let tally = evidence.records
    return Change<RunRecord>(evidence.run, "record")
      .set(.project, evidence.project).set(.command, evidence.command).set(.stage, stage.rawValue)
      .set(.started, evidence.started).set(.finished, evidence.finished)
      .set(.milliseconds, Int((evidence.seconds * 1000).rounded())).set(.isComplete, evidence.complete ? 1 : 0)
      .set(.definitions, evidence.definitions).set(.definitionFiles, definitionFiles).set(.data, data)
      .set(.target, target).set(.evidence, evidence.evidence).set(.fileDigest, fileDigest)
      .set(.read, tally.read).set(.migrated, tally.migrated).set(.rejected, tally.rejected)
      .set(.excluded, tally.excluded).set(.rows, evidence.tables.reduce(0) { $0 + $1.rows })
      .set(.files, evidence.files.count)
      .set(.refused, evidence.files.filter { $0.refused != nil }.map(\.file)).set(.leftOut, leftOut)
      .set(.checks, .list(checks.map(\.1)))
      .set(.unpassed, .list(checks.filter { $0.0.status != .passed }.map(\.1))).set(.groups, .list(groups))
      .set(
        .steps,
        .list(evidence.steps.map { .list([.text($0.step), .integer(Int(($0.seconds * 1000).rounded()))]) })
      )
      .amendment
  }
}
