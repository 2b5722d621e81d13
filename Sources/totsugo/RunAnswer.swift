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
  func perform(
    _ path: String, target: String?, resume: Bool, migrates: Bool, draft: Bool = false, limit: Int? = nil
  ) throws {
    let (outline, project) = try common.project(path, leniently: draft)
    let language = common.language(project.language)
    try common.reporting(language) {
      let line = ProgressLine(common, language)
      let order = RunSession.Order(
        data: data, target: target, only: only, resume: resume, jobs: jobs, migrates: migrates, stage: stage,
        limit: limit, language: language)
      let office = ProjectOffice(outline, workspace: workspace)
      let session = try RunSession(project, office, order) { line?.report($0) }
      defer { line?.clear() }
      let (evidence, standing) = try session.perform()
      line?.clear()
      let titles = Dictionary(project.subsystems.map { ($0.id, $0.title) }) { first, _ in first }
      let causes = Cause.listing(of: evidence.checks, standing.dossier.items) { titles[$0] ?? Bilingual($0, $0) }
        .json(evidence.causes ?? [], Words(language: language))
      let toDo = draft ? DraftToDo(project, evidence) : nil
      try common.answer(session, evidence, causes, standing.decisions, toDo, language)
    }
  }
}

extension CommonOptions {
  /// Compiles a project with mapping and checks, gates and lists.
  ///
  /// - Parameter leniently: leaves out what is wrong in them.
  func project(_ path: String, leniently: Bool = false) throws -> (outline: ProjectOutline, project: Project) {
    try reporting { try ProjectOutline.compile(path, leniently: leniently) }
  }

  fileprivate func answer(
    _ session: RunSession, _ evidence: RunEvidence, _ causes: JSONValue, _ decisions: [Decision],
    _ toDo: DraftToDo?, _ language: Language
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
          evidence: evidence.evidence, report: report, toDo: toDo?.json(language),
          seconds: evidence.seconds))
    case .text:
      let summary = RunSummary(evidence, decisions, language).text
      let lines = [summary, toDo?.text(language), report].compactMap(\.self)
      answer(lines.joined(separator: "\n"), painting: .verdicts)
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
  /// What a draft still needs; only of `run --draft`.
  let toDo: [DraftToDo.Entry]?
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
