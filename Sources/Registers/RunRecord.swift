import Base
import Evidence
import Foundation
import Ledger
import Workspace

/// A run as the ledger keeps it, for gates and items. All its results are in its `evidence.json`, whose digest is here.
package struct RunRecord: RegisterRecord {
  package enum Field: Int, RegisterField {
    case project, command, stage, started, finished, milliseconds, isComplete, definitions, data, target
    case evidence, fileDigest, read, migrated, rejected, excluded, rows, files, refused, leftOut, unpassed, groups
    case steps, accepted, inputs, causes, limit, omitted
    // The long fields are last: SQLite reads a row up to the last field requested.
    case definitionFiles, checks, drafts

    package var kind: RegisterSchema.Kind {
      switch self {
      case .milliseconds, .isComplete, .read, .migrated, .rejected, .excluded, .rows, .files, .limit, .omitted: .integer
      case .definitionFiles, .refused, .leftOut, .checks, .unpassed, .groups, .steps, .accepted, .inputs, .causes,
        .drafts:
        .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("run", Field.self)

  /// The purpose of the run.
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

  /// The result of a check.
  package struct Check: Sendable, Hashable {
    package let id: String
    package let status: CheckStatus
    package let severity: Severity
    package let category: String
    package let subsystem: String
    /// The first half of a SHA-256 over all findings of the check: enough to detect a change.
    package let digest: String
    /// Of a check that did not pass; empty otherwise, and in runs of earlier versions.
    package let title: Bilingual
  }

  /// The differences of one signature.
  package struct Group: Sendable, Hashable {
    package let check: String
    package let signature: String
    package let lines: Int
    /// How far apart the values of each measure are, added up (Σ |new − old|); empty when nothing is summed. Not the sums of a
    /// ``DifferenceGroup``, in which differences in both directions cancel out.
    package let distances: [Int128]
    /// The keys of its lines, parts joined by `/`; empty when there are more than ``DifferenceGroup/namedKeys``, or a
    /// part is personal.
    package let keys: [String]
  }

  /// What failed and undecided checks come from.
  package struct Cause: Sendable, Hashable {
    /// The same in every run that has the cause.
    package let id: String
    package let title: Bilingual
    package let severity: Severity
    package let checks: [String]
    /// The signatures of its differences.
    package let groups: [String]
    /// `nil` in runs of earlier versions.
    package let kind: Evidence.Cause.Kind?
    /// The code of the fault or of the rule; empty when there is none.
    package let code: String
    package let yen: Int128?
    /// The first legacy record concerned; `nil` when none is known, when it would tell who is under protection, and in
    /// runs of earlier versions.
    package let place: RecordPlace?
  }

  package let run: String
  /// The project's name.
  package let project: String
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
  /// The verified target: a reference without its password.
  package let target: String
  package let evidence: String
  /// SHA-256 of the file `evidence.json`; empty while the run is unfinished.
  package let fileDigest: String
  package let records: Tally
  package let files: Int
  /// Files that could not be migrated at all.
  package let refused: [String]
  /// Subsystems that were left out.
  package let leftOut: [String]
  /// All checks; empty when they were not requested.
  package let checks: [Check]
  /// The checks that failed, warned, or were not decided.
  package let unpassed: [Check]
  /// Differences by signature; a failed check without groups has one group without a signature.
  package let groups: [Group]
  /// The rules that accepted differences of the run, and their last days, `YYYY-MM-DD`.
  package let accepted: [(id: String, until: String)]
  /// The legacy files that were read, and SHA-256 of their bytes.
  package let inputs: [(file: String, sha256: String)]
  /// The gravest first; empty also in runs of earlier versions.
  package let causes: [Cause]
  /// 下書き: the guesses on which its definitions rest, by thing.
  package let drafts: [String]
  /// The records of each file that it read at most; `nil` when it read all.
  package let limit: Int?
  /// The number of definitions that it left out because something is wrong in them.
  package let omitted: Int
  /// The time of each step, in seconds.
  package let steps: [String: Double]

  package init(_ row: RegisterRow) {
    run = row.id
    project = row.text(Field.project)
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
    accepted = (row[Field.accepted].list ?? []).map { ($0[0].text ?? "", $0[1].text ?? "") }
    inputs = (row[Field.inputs].list ?? []).map { ($0[0].text ?? "", $0[1].text ?? "") }
    causes = (row[Field.causes].list ?? []).map {
      Cause(
        id: $0[0].text ?? "", title: Bilingual($0[1].text ?? "", $0[2].text ?? ""),
        severity: Severity(rawValue: $0[3].text ?? "") ?? .s1, checks: $0[4].texts, groups: $0[5].texts,
        kind: Evidence.Cause.Kind(rawValue: $0[6].text ?? ""), code: $0[7].text ?? "",
        yen: $0[8].text.flatMap { Int128($0) },
        place: Self.place($0))
    }
    drafts = row.texts(Field.drafts)
    limit = row.integer(Field.limit)
    omitted = row.integer(Field.omitted) ?? 0
    steps = Dictionary(
      (row[Field.steps].list ?? []).map { ($0[0].text ?? "", Double($0[1].integer ?? 0) / 1000) }
    ) { _, last in last }
    groups = (row[Field.groups].list ?? []).map {
      Group(
        check: $0[0].text ?? "", signature: $0[1].text ?? "", lines: $0[2].integer ?? 0,
        distances: ($0[3].list ?? []).compactMap { $0.text.flatMap { Int128($0) } }, keys: $0[4].texts)
    }
  }

  private static func place(_ cause: JSONValue) -> RecordPlace? {
    guard let file = cause[9].text, let record = cause[10].integer, record > 0 else { return nil }
    return RecordPlace(file: file, record: record)
  }

  /// Whether it read and judged everything: no part of a file and no definition was left out.
  package var isOfEverything: Bool { limit == nil && omitted == 0 }

  /// Whether all files that were read are byte for byte those of another run.
  package func readsWhat(_ other: RunRecord) -> Bool {
    inputs.count == other.inputs.count && inputs.allSatisfy { mine in other.inputs.contains { $0 == mine } }
  }

  /// Seconds from its first start to its end, by the clock; `nil` when one of them is not a moment.
  package var secondsFromStart: Int? {
    guard let start = try? Date(started, strategy: .iso8601), let end = try? Date(finished, strategy: .iso8601) else {
      return nil
    }
    return Int(end.timeIntervalSince(start))
  }

  /// 未完了: it began, and its end was never entered: it is still running or was killed. Its evidence is not used.
  package var isUnfinished: Bool { fileDigest.isEmpty }

  /// 失敗: it ended before all its work was done.
  package var hasFailed: Bool { !isComplete && !isUnfinished }

  private static func checks(_ value: JSONValue) -> [Check] {
    (value.list ?? []).map {
      Check(
        id: $0[0].text ?? "", status: CheckStatus(rawValue: $0[1].text ?? "") ?? .notRun,
        severity: Severity(rawValue: $0[2].text ?? "") ?? .s1, category: $0[3].text ?? "",
        subsystem: $0[4].text ?? "", digest: $0[5].text ?? "",
        title: Bilingual($0[6].text ?? "", $0[7].text ?? ""))
    }
  }

  /// The amendment for the start of a run, or for the resumption of a stopped one. It is entered before any evidence is
  /// written.
  package static func began(_ start: Workspace.Start, isResumed: Bool) -> Amendment {
    Change<RunRecord>(start.run, isResumed ? "resume" : "begin")
      .set(.project, start.project).set(.command, start.command).set(.stage, start.stage).set(.started, start.started)
      .set(.definitions, start.definitions).set(.data, start.data).set(.target, start.target)
      .clear(.fileDigest, .isComplete).amendment
  }

  /// The amendment for a completed or failed run.
  package static func amendment(
    _ sealed: SealedEvidence, fileDigest: String, stage: Stage, definitionFiles: [String], data: String,
    target: String, leftOut: [String]
  ) -> Amendment {
    let evidence = sealed.evidence
    let checks = zip(evidence.checks, sealed.checks).map { check, document -> (CheckResult, [String]) in
      let found = String(SHA256.digest(of: document).dropFirst(7).prefix(32))
      return (
        check, [check.id, check.status.rawValue, check.severity.rawValue, check.category, check.subsystem, found]
      )
    }
    let unpassed = checks.filter { $0.0.status != .passed }.map { check, fields in
      JSONValue.texts(fields + [check.title.ja, check.title.en])
    }
    let groups = evidence.checks.filter { $0.status == .failed }.flatMap { check -> [JSONValue] in
      // Differences without groups form one group that cannot be classified.
      if check.groups.isEmpty {
        return [.list([.text(check.id), .text(""), .integer(max(1, check.differences))])]
      }
      return check.groups.map {
        .list([
          .text(check.id), .text($0.signature), .integer($0.lines), .texts($0.gross.map { String($0) }),
          .texts($0.keys ?? []),
        ])
      }
    }
    let tally = evidence.records
    let steps = evidence.steps.map { step -> JSONValue in
      .list([.text(step.step), .integer(Int((step.seconds * 1000).rounded()))])
    }
    let inputs = evidence.files.filter { $0.refused == nil }.map { JSONValue.texts([$0.file, $0.sha256]) }
    let protected = Set(evidence.checks.filter(\.concernsProtected).map(\.id))
    let causes = (evidence.causes ?? []).map { cause -> JSONValue in
      // A record's number would tell who is under protection.
      let place = cause.checks.contains { protected.contains($0.check) } ? nil : cause.places.first
      return .list([
        .text(cause.id), .text(cause.title.ja), .text(cause.title.en), .text(cause.severity.rawValue),
        .texts(cause.checks.map(\.check)), .texts(cause.groups), .text(cause.kind.rawValue), .text(cause.code ?? ""),
        .text(cause.yen.map { String($0) } ?? ""), .text(place?.file ?? ""),
        .integer(place?.record ?? 0),
      ])
    }
    let accepted = (evidence.accepted ?? []).filter { $0.matched > 0 }.map { JSONValue.texts([$0.id, $0.expires]) }
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
      .set(.checks, .list(checks.map { .texts($0.1) })).set(.unpassed, .list(unpassed)).set(.groups, .list(groups))
      .set(.steps, .list(steps)).set(.inputs, .list(inputs)).set(.accepted, .list(accepted))
      .set(.causes, .list(causes)).set(.limit, evidence.limit).set(.omitted, evidence.omitted?.count)
      .set(.drafts, .texts(evidence.drafts ?? [])).amendment
  }
}
