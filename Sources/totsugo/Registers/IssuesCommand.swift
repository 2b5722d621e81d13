import ArgumentParser
import Base
import Commands
import Evidence
import Ledger
import Office
import Registers
import Report
import Tables

/// `totsugo issues …`: 課題: the problem, its severity, its owner, its deadline.
struct IssuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issues",
    abstract: .said(
      "課題の起票、対応、解決、完了と、進捗会議の一覧", "Issues (課題): open, deal with, resolve, close; the list for the progress meeting."),
    subcommands: [
      ListIssues.self, ShowIssue.self, OpenIssue.self, UpdateIssue.self, ResolveIssue.self, CloseIssue.self,
      ReopenIssue.self,
    ])
}

/// The fields of a 課題.
struct IssueFields: ParsableArguments {
  @Option(help: .said("詳しい内容", "More about it.")) var detail: String?
  @Option(
    help: .said(
      "要因。M 移行、N 新システム、O 旧の誤り、I 意図した変更、R 端数、T 時点、D 表示、U 不明",
      "Cause: M migration, N new system, O old error, I intended, R rounding, T timing, D display, U unknown."))
  var cause: DifferenceClass?
  @Option(help: .said("対応する人", "Who deals with it.")) var owner: String?
  @Option(help: .said("期限。YYYY-MM-DD", "By when, YYYY-MM-DD.")) var due: DayArgument?
  @Option(help: .said("解決までの回避策", "What is done until it is resolved (回避策).")) var workaround: String?
  @Option(help: .said("回避策の種類。temporary（暫定）または permanent（恒久）", "Of the workaround: temporary (暫定) or permanent (恒久)."))
  var kind: Issue.WorkaroundKind?
  @Option(help: .said("回避策や重要度の引下げを認める人。別の人", "Who allows a workaround or a lower severity; another person."))
  var approver: String?
  @Option(
    help: .said("関係する項目、検査、実行、不一致群。繰り返し指定できる", "Items, checks, runs or signatures that it is about; may be repeated."))
  var link: [String] = []
  @Flag(inversion: .prefixedNo, help: .said("重要課題の一覧に載せるかどうか", "Whether it is on the list of important issues (重要課題)."))
  var important: Bool?

  /// - Parameter links: the existing links.
  func fields(title: String?, severity: Severity?, section: String?, links: [String] = []) -> IssueAct.Fields {
    var fields = IssueAct.Fields()
    (fields.title, fields.severity, fields.section) = (title, severity, section)
    (fields.detail, fields.cause, fields.owner, fields.due) = (detail, cause, owner, due?.text)
    (fields.workaround, fields.workaroundKind, fields.isImportant) = (workaround, kind, important)
    fields.approver = approver
    if !link.isEmpty { fields.links = links + link.filter { !links.contains($0) } }
    return fields
  }
}

extension IssuesCommand {
  struct ListIssues: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("課題の一覧。未完了のもの、経過日数、期限", "List the issues: what is open, how old, by when."))

    @OptionGroup var options: RegisterOptions
    @Option(
      help: .said(
        "この状態の課題だけ。open（未着手）、working（対応中）、resolved（解決）、closed（完了）",
        "Only issues in this state: open, working, resolved, closed.")) var state: Issue.State?
    @Option(help: .said("この重要度だけ。S1、S2、S3", "Only this severity: S1, S2, S3.")) var severity: Severity?
    @Option(help: .said("この担当課だけ", "Only this section's (担当課).")) var section: String?
    @Option(help: .said("この要因だけ。M、N、O、I、R、T、D、U のどれか", "Only this cause: M, N, O, I, R, T, D or U.")) var cause:
      DifferenceClass?
    @Flag(help: .said("重要課題だけ（重要課題管理一覧）", "Only important ones (重要課題管理一覧).")) var important = false
    @Flag(help: .said("完了していないものだけ", "Only those that are not closed.")) var open = false
    @Flag(help: .said("期限を過ぎたものだけ", "Only those whose deadline has passed.")) var overdue = false
    @Option(
      help: .said(
        "この日（YYYY-MM-DD）の終わりの時点の一覧。経過日数もその日で数える",
        "As they stood at the end of this day, YYYY-MM-DD; ages are reckoned to it."))
    var asOf: DayArgument?

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier(asOf: asOf?.text)
        let found = dossier.issues.filter { issue in
          (state == nil || issue.state == state) && (severity == nil || issue.severity == severity)
            && (section == nil || issue.section == section) && (cause == nil || issue.cause == cause)
            && (!important || issue.isImportant) && (!open || issue.isOpen)
            && (!overdue || issue.isOverdue(on: dossier.today))
        }
        try options.answer(Issue.listing(on: dossier.today), found, language)
        if options.common.format == .text { options.common.say(Self.ages(found, dossier.today, language)) }
      }
    }

    /// 滞留: the number of open issues by age.
    private static func ages(_ issues: [Issue], _ today: String, _ language: Language) -> String {
      let open = issues.filter(\.isOpen)
      let limits = [7, 14, 30, Int.max]
      var (from, counts): (Int, [String]) = (0, [])
      for limit in limits {
        let count = open.filter { (from...limit).contains($0.age(on: today) ?? 0) }.count
        let name =
          limit == Int.max
          ? language("\(from)日以上", "\(from) days or more") : language("\(from)–\(limit)日", "\(from)–\(limit) days")
        counts.append("\(name) \(count)")
        from = limit == Int.max ? limit : limit + 1
      }
      return language("未完了 \(open.count)件: ", "\(open.count) open: ") + counts.joined(separator: ", ")
    }
  }

  struct ShowIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: .said("課題一つの内容と経過をすべて示す", "Show an issue whole, and everything that was done with it."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("課題の番号", "The issue's number.")) var issue: String

    private struct Answer: Encodable {
      let issue: JSONValue
      let history: JSONValue
    }

    func run() throws {
      try options.run { office, language in
        let (dossier, entries) = try office.dossier(andHistoryOf: issue, in: Issue.register)
        let found = try dossier.issue(issue)
        let words = Words(language: language)
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: Answer(
              issue: Issue.listing(on: dossier.today).json(of: found, words),
              history: Entry.history().json(entries, words)))
        case .text:
          let facts = Issue.listing(on: dossier.today).facts(found, words, Issue.facts)
          let lines =
            ["\(found.id)  \(found.title)"] + Table.lines(facts, words) + [words("経過（日本時間）", "history (Japanese time)")]
            + entries.map { $0.historyLine(words) }
          options.common.answer(lines.joined(separator: "\n"))
        }
      }
    }
  }

  struct OpenIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: .said("課題を起票する", "Open an issue (起票)."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("内容を1行で", "What is wrong, in a line.")) var title: String
    @Option(help: .said("S1、S2、S3 のどれか", "S1, S2 or S3.")) var severity: Severity
    @Option(help: .said("担当課", "The section (担当課) that it belongs to.")) var section: String
    @OptionGroup var fields: IssueFields
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, now in
        let id = RecordNumber.next("I", after: dossier.issues.map(\.id))
        let said = fields.fields(title: title, severity: severity, section: section)
        return (
          try IssueAct.open(id, said, by: person.by, at: now),
          { $0("課題 \(id) を起票しました", "opened issue \(id)") }
        )
      }
    }
  }

  struct UpdateIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update",
      abstract: .said("課題の対応者、期限、回避策を記録する", "Say who deals with an issue, by when, with what workaround."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("課題の番号", "The issue's number.")) var issue: String
    @Option(help: .said("内容を1行で", "What is wrong, in a line.")) var title: String?
    @Option(help: .said("S1、S2、S3 のどれか", "S1, S2 or S3.")) var severity: Severity?
    @Option(help: .said("担当課", "The section (担当課) that it belongs to.")) var section: String?
    @OptionGroup var fields: IssueFields
    @OptionGroup var person: PersonOption

    func validate() throws {
      if fields.fields(title: title, severity: severity, section: section) == IssueAct.Fields() {
        throw ValidationError(
          .said(
            "記録する内容を指定してください（--owner、--due、--workaround など）。", "Say what is to be set: --owner, --due, --workaround …"))
      }
    }

    func run() throws {
      try options.act(on: issue, by: person.by) {
        .update(fields.fields(title: title, severity: severity, section: section, links: $0.links))
      }
    }
  }

  struct ResolveIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resolve", abstract: .said("課題をどう解決したかを記録する", "Say how an issue was resolved."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("課題の番号", "The issue's number.")) var issue: String
    @Option(help: .said("行ったこと", "What was done.")) var resolution: String
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(on: issue, by: person.by) { _ in .resolve(resolution) } }
  }

  struct CloseIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close",
      abstract: .said("解決した課題を完了にする。解決した人は完了にできない", "Close a resolved issue (完了); not by the one who resolved it."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("課題の番号", "The issue's number.")) var issue: String
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(on: issue, by: person.by) { _ in .close } }
  }

  struct ReopenIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: .said("課題を再び開く（再発）", "Open an issue again (再発)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("課題の番号", "The issue's number.")) var issue: String
    @Option(help: .said("理由", "Why.")) var reason: String
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(on: issue, by: person.by) { _ in .reopen(reason: reason) } }
  }
}

extension RegisterOptions {
  /// Performs an act on a 課題.
  func act(on id: String, by person: String, _ act: (Issue) -> IssueAct) throws {
    try enter(by: person) { dossier, now in
      let issue = try dossier.issue(id)
      let amendment = try act(issue).amendment(of: issue, by: person, at: now)
      return (amendment, { $0("課題 \(id) を記録しました", "entered in issue \(id)") })
    }
  }
}

extension Issue.State: ExpressibleByArgument {}
extension Issue.WorkaroundKind: ExpressibleByArgument {}
