import Report
import Tables
import Gates
import Evidence
import Office
import Outline
import Projects
import Sessions
import Base
import Commands
import Registers

extension RunOptions {
  /// Performs a run or a reconciliation, and prints its answer.
  ///
  /// - Throws: the exit code: 1 when a check failed or was not decided, or a record was rejected; 2 when a file could
  ///   not be migrated at all.
  func perform(_ path: String, target: String?, resume: Bool, migrates: Bool) throws {
    let (outline, project) = try common.project(path)
    let language = common.language(project.language)
    try common.reporting(language) {
      let line = ProgressLine(common, language)
      let order = RunSession.Order(
        data: data, target: target, only: only, resume: resume, jobs: jobs, migrates: migrates, stage: stage,
        language: language)
      let office = ProjectOffice(outline, workspace: workspace)
      let session = try RunSession(project, office, order) { line?.report($0) }
      defer { line?.clear() }
      let evidence = try session.perform()
      line?.clear()
      let titles = Dictionary(project.subsystems.map { ($0.id, $0.title) }) { first, _ in first }
      let dossier = try office.provenDossier()
      let causes = Cause.listing(of: evidence.checks, dossier.items) { titles[$0] ?? Bilingual($0, $0) }
        .json(evidence.causes ?? [], Words(language: language))
      let decisions = common.format == .text ? try office.verdicts(dossier) : []
      try common.answer(session, evidence, causes, decisions, language)
    }
  }
}

extension CommonOptions {
  /// Compiles a project with mapping and checks, gates and lists.
  func project(_ path: String) throws -> (outline: ProjectOutline, project: Project) {
    try reporting { try ProjectOutline.compile(path) }
  }

  fileprivate func answer(
    _ session: RunSession, _ evidence: RunEvidence, _ causes: JSONValue, _ decisions: [Decision], _ language: Language
  ) throws {
    let report = session.report
    let failed = evidence.checks.filter { $0.status == .failed }.map(\.id)
    switch format {
    case .json:
      try answer(
        json: RunAnswer(
          run: evidence.run, project: evidence.project, records: evidence.records,
          rowsWritten: session.migrates ? evidence.tables.reduce(0) { $0 + $1.rows } : 0,
          checks: .init(
            passed: evidence.count(.passed), failed: failed.count, warned: evidence.count(.warned),
            notRun: evidence.count(.notRun)),
          failedChecks: failed, causes: causes, notVerified: evidence.unverified ?? [], notRead: evidence.unread ?? [],
          evidence: evidence.evidence, report: report,
          seconds: evidence.seconds))
    case .text:
      answer(RunSummary(evidence, decisions, language).text + "\n" + report, painting: .verdicts)
    }
    for file in evidence.files { if let refused = file.refused { Self.complain(refused.text(language)) } }
    if evidence.files.contains(where: { $0.refused != nil }) { throw Failure.trouble }
    if !failed.isEmpty || evidence.records.rejected > 0 || evidence.count(.notRun) > 0 { throw Failure.no }
  }
}

/// The JSON answer of a run.
private struct RunAnswer: Encodable {
  struct Checks: Encodable {
    let passed: Int
    let failed: Int
    let warned: Int
    let notRun: Int
  }

  let run: String
  let project: String
  let records: Tally
  let rowsWritten: Int
  let checks: Checks
  let failedChecks: [String]
  let causes: JSONValue
  let notVerified: [RunEvidence.Unverified]
  let notRead: [RunEvidence.UnreadFile]
  let evidence: String
  let report: String
  let seconds: Double
}

extension [String: Terminal.Colour] {
  /// The verdicts, and the severities of what failed.
  static var verdicts: [String: Terminal.Colour] {
    let words = Words(language: .english)
    var colours: [String: Terminal.Colour] = ["[S1]": .red, "[S2]": .yellow, "[S3]": .yellow]
    for verdict in [Verdict.go, .conditional, .noGo] { colours[verdict.rawValue] = words.tone(verdict).colour }
    return colours
  }
}
