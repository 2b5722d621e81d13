import Office
import Evidence
import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Foundation
import Ledger
import Registers
import Report

/// `totsugo differences …`: the differences of the latest run by pattern, and their causes (要因分類).
struct DifferencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "differences",
    abstract: .said(
      "最新の実行の不一致を、同じ形の群ごとに要因とともに示す", "Differences of the latest run, grouped by signature, and their causes."),
    subcommands: [List.self, Classify.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: .said("不一致の群の一覧。件数、合計、要因", "List the groups with counts, sums and causes."))

    @Argument(help: .project) var project: String
    @Option(help: .said("実行と証跡のフォルダ", "Folder with runs and evidence.")) var workspace: String?
    @Option(help: .said("この要因だけ。M、N、O、I、R、T、D、U のどれか", "Only groups of this class: M, N, O, I, R, T, D or U."))
    var kind: DifferenceClass?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let outline = try common.reporting { try ProjectOutline.read(project) }
      let language = common.language(outline.language)
      try common.reporting(language) {
        let office = ProjectOffice(outline, workspace: workspace)
        let dossier = try office.dossier()
        let run = try office.latestEvidence(dossier)
        let entries = GroupEntry.all(run.checks.filter { $0.status == .failed }, dossier.classes).sorted(
          by: GroupEntry.isGraver)
        try common.answer(GroupEntry.listing, entries.filter { kind == nil || $0.kind == kind }, language)
      }
    }
  }

  struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: .said(
        "不一致群に要因分類を付ける。次回以後のリハーサルにも引き継ぐ",
        "Say why the differences of a signature are there; kept for the rehearsals to come."))

    @Argument(help: .project) var project: String
    @Argument(help: .said("`list` に出る不一致群番号", "The signature, as `list` names it.")) var signature: String
    @Argument(
      help: .said(
        "M 移行、N 新システム、O 旧の誤り、I 意図した変更、R 端数、T 時点、D 表示、U 未分類",
        "M migration, N new system, O old error, I intended, R rounding, T timing, D display, U unclassified."))
    var kind: DifferenceClass
    @Option(help: .said("理由", "Why.")) var note: String
    @Option(help: .said("承認者。記録する人とは別の人", "Who approved it; another person than the one who enters it.")) var approver:
      String
    @Option(
      help: .said(
        "このキーの不一致だけ。キーは / でつなぐ。繰り返し指定できる（100件まで）",
        "Only for the difference with this key, parts joined by /; may be repeated (up to 100 differences)."))
    var key: [String] = []
    @Option(
      help: .said("有効な最後の日。YYYY-MM-DD（省略時は期限なし）", "The last day on which it counts, YYYY-MM-DD (default: no end)."))
    var until: DayArgument?
    @OptionGroup var person: PersonOption
    @Option(help: .said("実行と証跡のフォルダ", "Folder with runs and evidence.")) var workspace: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let outline = try common.reporting { try ProjectOutline.read(project) }
      let language = common.language(outline.language)
      try common.reporting(language) {
        let office = ProjectOffice(outline, workspace: workspace)
        let act = ClassificationAct(kind, note: note, approver: approver, until: until?.text ?? "", keys: key)
        try office.enter(by: person.by) { reading, now in
          let dossier = try Dossier(reading, today: Day.today())
          return (
            [try dossier.classify(signature, act, by: person.by, at: now)], ()
          )
        }
        let title = kind.title.text(language)
        common.say(language == .japanese ? "\(signature) を「\(title)」としました" : "\(signature): \(title)")
      }
    }
  }
}

extension DifferenceClass: ExpressibleByArgument {}
