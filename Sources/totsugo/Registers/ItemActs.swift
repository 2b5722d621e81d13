import Office
import Outline
import ArgumentParser
import Commands
import Base
import Evidence
import Ledger
import Registers
import Report

extension RegisterOptions {
  /// Performs an act on items: on all of them or none.
  func act(_ ids: [String], by person: String, _ act: (ItemStanding) throws(Diagnostic) -> ItemAct) throws {
    try enter(by: person) { office, language, reading, now in
      let dossier = try Dossier(reading, today: Day.today())
      var amendments: [Amendment] = []
      for id in ids {
        let standing = try dossier.item(id)
        amendments.append(try act(standing).amendment(of: standing, by: person, at: now))
      }
      let words = ids.count > 6 ? ids.prefix(6).joined(separator: ", ") + " …" : ids.joined(separator: ", ")
      let done = amendments.first.map { EntryWords.act($0.act, in: $0.register).ja } ?? ""
      return (
        amendments, language("\(words): \(ids.count)項目の\(done)を記録しました", "\(words): \(ids.count) entered")
      )
    }
  }
}

extension ItemsCommand {
  struct RaiseItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "raise",
      abstract: .said(
        "事業者への質問など、一覧にない項目を起票する", "Raise a question to the vendor, or another item that no list has (起票)."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("質問の内容", "What is asked.")) var title: String
    @Option(help: .said("質問する、または回答する担当課", "The section (担当課) that asks or answers.")) var owner: String
    @Option(help: .said("S1、S2、S3 のどれか", "S1, S2 or S3.")) var severity: Severity
    @Option(help: .said("migration（移行）、test（テスト）、question（質問）のどれか", "migration, test or question.")) var kind:
      Item.Kind = .question
    @Option(help: .said("対象の業務", "The subsystem that it is about.")) var subsystem: String = ""
    @Option(help: .said("求める判定の名前。both はすべての判定", "The gate that asks for it, by its name; both for every gate."))
    var gate: String = GateNames.all
    @Option(help: .said("期限。YYYY-MM-DD", "Deadline, YYYY-MM-DD.")) var due: DayArgument?
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let gates = office.outline.gateNames
        guard gates.has(gate) else {
          throw Diagnostic(.optionValue, "--gate \(gate)", gates.choices.joined(separator: ", "))
        }
        let dossier = try Dossier(reading, today: Day.today())
        let id = RecordNumber.next("Q", after: dossier.items.map(\.item.id))
        let amendment = try ItemAct.raise(
          id, kind: kind, subsystem: subsystem, severity: severity, owner: owner, gate: gate, title: title,
          due: due?.text ?? "", by: person.by, at: now)
        return ([amendment], language("\(id) を起票しました", "raised \(id)"))
      }
    }
  }

  struct InvestigateItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "investigate", abstract: .said("項目を調査中にする", "Take items on (調査中)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(items, by: person.by) { _ in .investigate } }
  }

  struct AnswerItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answer", abstract: .said("項目に回答する", "Answer items (回答)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("回答。分かったこと、これからすること", "The answer: what was found, what will be done.")) var text: String
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(items, by: person.by) { _ in .answer(text) } }
  }

  struct ConfirmItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm",
      abstract: .said(
        "回答済の項目を、手元の証跡にもとづいて確認する。回答した人は確認できない",
        "Confirm answered items on the evidence at hand (確認); not by the one who answered."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("何を見て確認したか", "What was looked at.")) var note: String?
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(items, by: person.by) { .confirm(restsOn: $0.digest, note: note) } }
  }

  struct SendBackItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen",
      abstract: .said("項目を差し戻す。完了や保留の項目の再開も", "Send items back, or take up again what was closed or on hold (差戻)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("理由", "Why.")) var reason: String
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(items, by: person.by) { _ in .sendBack(reason: reason) } }
  }

  struct CloseItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close",
      abstract: .said("確認済の項目を完了にする。回答した人は完了にできない", "Close confirmed items (完了); not by the one who answered."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @OptionGroup var person: PersonOption

    func run() throws { try options.act(items, by: person.by) { _ in .close } }
  }

  struct HoldItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hold",
      abstract: .said("承認者の了承を得て、項目を期限まで保留する（残課題）", "Put items on hold until a date, as an approver allows (保留・残課題)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("理由と、それまでの対応", "Why, and what is done meanwhile.")) var reason: String
    @Option(help: .said("承認者。別の人", "Who approves; another person.")) var approver: String
    @Option(help: .said("いつまで。YYYY-MM-DD", "Until when, YYYY-MM-DD.")) var until: DayArgument
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.act(items, by: person.by) { _ in .hold(reason: reason, approver: approver, until: until.text) }
    }
  }

  struct WithdrawItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: .said(
        "要らなくなった項目を、承認者の了承を得て取り下げる", "Withdraw items that are no longer asked for, as an approver allows (取下げ)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("理由", "Why.")) var reason: String
    @Option(help: .said("承認者。別の人", "Who approves; another person.")) var approver: String
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.act(items, by: person.by) { _ in .withdraw(reason: reason, approver: approver) }
    }
  }

  struct AttendTraining: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "attend",
      abstract: .said("研修の実施と出席者数を記録する", "Enter a training that was held, and how many came (研修の実施)."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("研修の番号", "The training's number.")) var item: String
    @Option(help: .said("実施日。YYYY-MM-DD", "When it was held, YYYY-MM-DD.")) var held: DayArgument
    @Option(help: .said("対象者の数", "How many were invited.")) var invited: Int
    @Option(help: .said("出席者の数", "How many came.")) var attended: Int
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.act([item], by: person.by) { _ throws(Diagnostic) in
        .attend(held: try held.past(), invited: invited, attended: attended)
      }
    }
  }

  struct AmendItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "amend",
      abstract: .said("項目の期限、担当者、備考、関係先を記録する", "Set deadline, the one who deals with it, note or links of items."))
    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The items' numbers.")) var items: [String]
    @Option(help: .said("期限。YYYY-MM-DD", "Deadline, YYYY-MM-DD.")) var due: DayArgument?
    @Option(help: .said("対応する人", "Who deals with it.")) var assignee: String?
    @Option(help: .said("備考", "A note.")) var note: String?
    @Option(help: .said("関係する課題、実行、項目。繰り返し指定できる", "Issues, runs or items that it is linked to; may be repeated."))
    var link: [String] = []
    @OptionGroup var person: PersonOption

    func validate() throws {
      if due == nil, assignee == nil, note == nil, link.isEmpty {
        throw ValidationError(
          .said(
            "記録する内容を指定してください（--due、--assignee、--note、--link）。",
            "Say what is to be set: --due, --assignee, --note or --link."))
      }
    }

    func run() throws {
      try options.act(items, by: person.by) { standing in
        .amend(
          due: due?.text, assignee: assignee, note: note,
          links: link.isEmpty ? nil : standing.item.links + link.filter { !standing.item.links.contains($0) })
      }
    }
  }
}
