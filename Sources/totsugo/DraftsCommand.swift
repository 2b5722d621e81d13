import ArgumentParser
import Base
import Commands
import Office
import Outline
import Registers
import Report
import Tables

/// `totsugo drafts`: the guesses on which a project rests, and who has confirmed them.
struct DraftsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drafts",
    abstract: .said("init の推定を示し、確認する", "The guesses of `init`, and their confirmation by name."),
    subcommands: [ListDrafts.self, Confirm.self])

  struct ListDrafts: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("推定と根拠を示す", "Show the guesses and their evidence."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("対象の先頭がこれに当たるものだけ（例 files/PAY）", "Only things that begin so, such as files/PAY.")) var under:
      String?
    @Flag(help: .said("確認済でないものだけ", "Only those that are not confirmed.")) var open = false

    func run() throws {
      try options.run { office, language in
        var all = try office.drafts(office.dossier())
        if let under { all = try DraftsCommand.under(under, all) }
        if open { all = all.filter { $0.state != .confirmed } }
        try options.answer(DraftStanding.listing, all, language)
      }
    }
  }

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm",
      abstract: .said("推定を確認する", "Confirm guesses by name."),
      discussion: .said(
        "列の推定は、その行の変換式に対する確認です（mapping confirm と同じ）。ほかの推定は drafts.csv の推定に対するものです。式がまだない列は確認できません。",
        "A guess about a column is confirmed as its line of the mapping reads (as by `mapping confirm`), any other as `drafts.csv` says it. A column without an expression cannot be confirmed."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("対象（drafts list の番号。複数可）", "Things, as `drafts list` names them.")) var things: [String] = []
    @Option(help: .said("対象の先頭がこれに当たるものすべて", "All things that begin so.")) var under: String?
    @OptionGroup var person: PersonOption

    func validate() throws {
      if things.isEmpty == (under == nil) {
        throw ValidationError(.said("対象か --under のどちらかを指定してください。", "Name things, or take --under."))
      }
    }

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let all = try office.drafts(office.dossier(reading, asOf: nil))
        let chosen: [DraftStanding]
        if let under {
          chosen = try DraftsCommand.under(under, all)
        } else {
          chosen = try things.map { thing throws(Diagnostic) in
            guard let found = all.first(where: { $0.thing == thing }) else {
              throw Diagnostic(.optionValue, thing, NameTable.choices(thing, among: all.map(\.thing)))
            }
            if found.isMissing { throw Diagnostic(.draftMissing, at: Place(field: thing)) }
            return found
          }
        }
        let open = chosen.filter { !$0.isMissing && $0.state != .confirmed }
        let missing = chosen.count(where: \.isMissing)
        let amendments = try open.map { draft throws(Diagnostic) in
          try Confirmation.confirm(
            draft.thing, draft.digest, editedBy: draft.confirmation?.editedBy ?? "", by: person.by, at: now)
        }
        return (
          amendments,
          language(
            "\(open.count)件を確認しました（確認済\(chosen.count - open.count - missing)件はそのまま、式のない列\(missing)件は確認できません）",
            "confirmed \(open.count) (\(chosen.count - open.count - missing) were confirmed already; columns without an expression: \(missing))"
          )
        )
      }
    }
  }

  private static func under(_ beginning: String, _ all: [DraftStanding]) throws(Diagnostic) -> [DraftStanding] {
    let found = all.filter {
      $0.thing == beginning || $0.thing.hasPrefix(beginning.hasSuffix("/") ? beginning : beginning + "/")
    }
    if found.isEmpty {
      throw Diagnostic(.optionValue, "--under \(beginning)", NameTable.choices(beginning, among: all.map(\.thing)))
    }
    return found
  }
}
