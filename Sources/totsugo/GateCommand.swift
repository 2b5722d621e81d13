import Evidence
import Records
import Office
import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Checks
import Foundation
import Gates
import Ledger
import Registers
import Report
import Tables

/// `totsugo gate NAME PROJECT`: the go/no-go decision. Exit 0 only on GO, and never for a decision on assumptions.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: .said(
      "証跡にもとづいて判定する（仮稼働判定 provisional、本稼働判定 production）",
      "Judge a gate (仮稼働判定 provisional, 本稼働判定 production) on the evidence."))

  @Argument(help: .said("判定の名前。日本語の題名でもよい", "The gate: its name or its Japanese title."))
  var name: String

  @Argument(help: .project)
  var project: String

  @Option(help: .workspace)
  var workspace: String?

  @Option(
    help: .said(
      "この日（YYYY-MM-DD）の終わりまでに記録されたものだけで判定する。まだ来ていない日を指定すると見通しとなり、終了コードは0にならない",
      "Judge as of the end of this day, YYYY-MM-DD: only what had been entered by then. Of a day that has not come: for planning; the exit code is never 0."
    )
  )
  var asOf: DayArgument?

  @Option(
    help: .said(
      "見通しのための仮定。criterion:ID、item:ID（確認済）、issue:ID（完了）、milestone:ID（実施済）。記録はせず、終了コードは0にならない",
      "For planning: take as given criterion:ID, item:ID (confirmed), issue:ID (closed) or milestone:ID (done). Never recorded; the exit code is never 0.",
      valueName: "what"))
  var assume: [String] = []

  @OptionGroup var common: CommonOptions

  func run() throws {
    let outline = try common.reporting { try ProjectOutline.read(project) }
    let language = common.language(outline.language)
    try common.reporting(language) {
      let office = ProjectOffice(outline, workspace: workspace)
      try common.tellPending(office, language)
      let (decision, dossier) = try office.decide(name, asOf: asOf?.text, assumptions: assume)
      switch common.format {
      case .json: try common.answer(json: DecisionAnswer(decision, dossier, language))
      case .text: common.answer(DecisionText(decision, dossier, language).text, painting: .verdicts)
      }
      // A decision for a future day is not final.
      if decision.verdict != .go || !decision.assumed.isEmpty || dossier.today > Day.today() { throw Failure.no }
    }
  }
}

/// A decision as text for a terminal.
struct DecisionText {
  private let decision: Decision
  private let dossier: Dossier
  private let language: Language

  init(_ decision: Decision, _ dossier: Dossier, _ language: Language) {
    self.decision = decision
    self.dossier = dossier
    self.language = language
  }

  var text: String {
    let day =
      dossier.isOfNow ? "" : language("（\(Language.japanese.date(dossier.today))現在）", " (as of \(dossier.today))")
    var lines = ["\(decision.title.text(language)): \(decision.verdict.rawValue)\(day)"]
    if dossier.today > Day.today() {
      lines.append(language("  先の日付での試算。判定ではない。", "  For planning, not a decision: that day has not come."))
    }
    if !decision.assumed.isEmpty {
      lines.append(
        language("  仮定に基づく試算。判定ではない: ", "  For planning, not a decision; assumed: ")
          + decision.assumed.joined(separator: ", "))
    }
    let words = Words(language: language)
    for fact in DecisionBrief(decision, dossier).facts(words) {
      lines.append("  \(fact.name)")
      lines += words.text(fact.value).split(separator: "\n").map { "    \($0)" }
    }
    for finding in decision.criteria { lines += self.lines(finding) }
    let run = decision.run.map { language("実行 \($0)", "run \($0)") } ?? language("実行なし", "no run")
    lines.append(
      "  \(language.date(dossier.today))  \(run)  \(language("台帳", "ledger")) \(dossier.head.number) \(dossier.head.digest)"
    )
    if decision.criteria.contains(where: { !$0.since.moment.isEmpty }) {
      lines.append(language("  日時は日本時間。", "  Times are Japanese time (UTC+9)."))
    }
    lines += dossier.remarks.map { "  " + $0.text(language) }
    // A line break in people's text does not begin a new line, which would look like a finding.
    return lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " / ") }.joined(separator: "\n")
  }

  private func lines(_ finding: Decision.Finding) -> [String] {
    let verdict = finding.verdict.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0)
    let required = language("必要", "required")
    var lines = [
      "  \(verdict) \(finding.id)  \(finding.title.text(language)): \(finding.actual.text(language)) (\(required) \(finding.required.text(language)))"
    ]
    let indent = "              "
    if finding.verdict != .go { lines.append(indent + finding.why.text(language)) }
    var facts: [String] = []
    switch finding.since {
    case .at(let moment): facts.append("\(language("発生日時", "since")) \(language.moment(moment))")
    case .because(let reason): facts.append("\(language("発生日時", "since")): \(reason.text(language))")
    }
    if let who = finding.who { facts.append("\(language("対応課", "who can change it")): \(who.text(language))") }
    if !facts.isEmpty { lines.append(indent + facts.joined(separator: "  ")) }
    if let waiver = finding.waiver {
      lines.append(
        indent
          + language(
            "適用除外 \(waiver.id): \(waiver.reason)（責任者 \(waiver.owner)、承認 \(waiver.approver)、\(Language.japanese.date(waiver.until))まで）",
            "waived by \(waiver.id): \(waiver.reason) (owner \(waiver.owner), approved by \(waiver.approver), until \(waiver.until))"
          )
      )
    }
    return lines
  }
}

/// A decision as JSON.
struct DecisionAnswer: Encodable {
  struct LedgerEnd: Encodable {
    let number: Int
    let digest: String
  }

  let gate: String
  let verdict: String
  /// Why, what next, what has changed.
  let brief: JSONValue
  let asOf: String
  let criteria: JSONValue
  /// The assumptions; missing in a decision without any.
  let assumed: [String]?
  let run: String?
  let evidence: String
  let ledger: LedgerEnd
  /// Runs that began and whose end was never entered; they are not counted.
  let unfinished: [String]
  /// Corrections of the ledger, with person and reason: withdrawn entries, the clock, rebuilt registers.
  let corrections: JSONValue

  init(_ decision: Decision, _ dossier: Dossier, _ language: Language) {
    gate = decision.gate
    verdict = decision.verdict.rawValue
    brief = DecisionBrief(decision, dossier).json(Words(language: language))
    asOf = dossier.today
    criteria = Decision.Finding.listing.json(decision.criteria, Words(language: language))
    assumed = decision.assumed.isEmpty ? nil : decision.assumed
    run = decision.run
    evidence = decision.evidence
    ledger = LedgerEnd(number: dossier.head.number, digest: dossier.head.digest)
    unfinished = dossier.unfinished.map(\.run)
    corrections = Correction.listing.json(dossier.corrections, Words(language: language))
  }
}
