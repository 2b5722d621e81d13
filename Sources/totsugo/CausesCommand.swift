import Registers
import Projects
import ArgumentParser
import Base
import Commands
import Evidence
import Office
import Outline
import Report
import Tables

/// `totsugo causes …`: what the failed and undecided checks of the latest run come from (原因).
struct CausesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "causes",
    abstract: .said("最新の実行の不合格と未判定の原因を、重い順に示す", "What the failures of the latest run come from, the gravest first."),
    subcommands: [List.self, Show.self, ClassifyCause.self, AssignCause.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: .said("原因の一覧。検査、金額、次にすること", "List the causes with checks, amounts and the next act."))

    @Argument(help: .project) var project: String
    @Option(help: .workspace) var workspace: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      try CausesCommand.reading(project, workspace, common) { run, listing, language in
        if common.format == .text, let line = run.causesInOneLine(Words(language: language)) { common.answer(line) }
        try common.answer(listing, run.causes ?? [], language)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: .said(
        "原因一つの検査、旧レコード、まとめた理由を示す", "Show a cause: its checks, the old records, and why they belong together."))

    @Argument(help: .project) var project: String
    @Argument(help: .said("`list` に出る番号", "The id, as `list` names it.")) var id: String
    @Option(help: .workspace) var workspace: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      try CausesCommand.reading(project, workspace, common) { run, listing, language in
        let causes = run.causes ?? []
        guard let cause = causes.first(where: { $0.id == id }) else {
          throw Dossier.unknownCause(id, among: causes.map(\.id))
        }
        let words = Words(language: language)
        switch common.format {
        case .json: try common.answer(json: listing.json(of: cause, words))
        case .text: common.answer(cause.lines(in: run, listing, words).joined(separator: "\n"))
        }
      }
    }
  }

  private static func reading(
    _ project: String, _ workspace: String?, _ common: CommonOptions,
    _ body: (RunEvidence, Listing<Cause>, Language) throws -> Void
  ) throws {
    let outline = try common.reporting { try ProjectOutline.read(project) }
    let language = common.language(outline.language)
    try common.reporting(language) {
      let office = ProjectOffice(outline, workspace: workspace)
      let dossier = try office.dossier()
      let run = try office.latestEvidence(dossier)
      let titles = try outline.head.subsystemTitles()
      try body(run, Cause.listing(of: run.checks, dossier.items) { titles[$0] ?? Bilingual($0, $0) }, language)
    }
  }
}

/// `totsugo causes classify`: 要因分類 of all differences of a cause.
struct ClassifyCause: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: .said(
      "原因の不一致すべてに要因分類を付ける。次回以後のリハーサルにも引き継ぐ",
      "Say why the differences of a cause are there; kept for the rehearsals to come."))

  @OptionGroup var options: RegisterOptions
  @Argument(help: .said("`list` に出る番号", "The id, as `list` names it.")) var id: String
  @Argument(
    help: .said(
      "M 移行、N 新システム、O 旧の誤り、I 意図した変更、R 端数、T 時点、D 表示、U 未分類",
      "M migration, N new system, O old error, I intended, R rounding, T timing, D display, U unclassified."))
  var kind: DifferenceClass
  @Option(help: .said("理由", "Why.")) var note: String
  @Option(help: .said("承認者。記録する人とは別の人", "Who approved it; another person than the one who enters it.")) var approver:
    String
  @Option(help: .said("有効な最後の日。YYYY-MM-DD（省略時は期限なし）", "The last day on which it counts, YYYY-MM-DD (default: no end)."))
  var until: DayArgument?
  @OptionGroup var person: PersonOption

  func run() throws {
    let act = ClassificationAct(kind, note: note, approver: approver, until: until?.text ?? "", keys: [])
    try options.enter(by: person.by) { _, language, reading, now in
      let amendments = try Dossier(reading, today: Day.today()).classify(cause: id, act, by: person.by, at: now)
      let title = kind.title
      return (
        amendments,
        language(
          "原因 \(id) の不一致の群\(amendments.count)つを「\(title.ja)」としました",
          "\(id): \(amendments.count) signatures are “\(title.en)” now")
      )
    }
  }
}

/// `totsugo causes assign`: a cause becomes an issue (課題) of a section.
struct AssignCause: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: .said("原因を課題として担当課に割り当てる", "Give a cause to a section, as an issue (課題) that is linked with it."))

  @OptionGroup var options: RegisterOptions
  @Argument(help: .said("`list` に出る番号", "The id, as `list` names it.")) var id: String
  @Option(help: .said("対応する担当課", "The section (担当課) that deals with it.")) var section: String
  @OptionGroup var fields: IssueFields
  @OptionGroup var person: PersonOption

  func run() throws {
    try options.enter(by: person.by) { dossier, now in
      let (issue, amendment) = try dossier.assign(
        cause: id, fields.fields(title: nil, severity: nil, section: section), by: person.by, at: now)
      return (
        amendment,
        { $0("原因 \(id) を課題 \(issue) として\(section)に割り当てました", "\(id) is issue \(issue) of \(section) now") }
      )
    }
  }
}
