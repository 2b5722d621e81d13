import Office
import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Foundation
import Ledger
import Registers
import Report
import Tables

/// The common options of commands on a register: the project, its workspace, the options of every command.
struct RegisterOptions: ParsableArguments {
  @Argument(help: .project) var project: String
  @Option(help: .workspace) var workspace: String?
  @OptionGroup var common: CommonOptions

  /// Runs `body` with the project's ledger; reports its errors.
  func run(_ body: (ProjectOffice, Language) throws -> Void) throws {
    let outline = try common.reporting { try ProjectOutline.read(project) }
    let language = common.language(outline.language)
    try common.reporting(language) { try body(ProjectOffice(outline, workspace: workspace), language) }
  }

  /// Runs `body` in one transaction, enters its amendments, and writes its message.
  func enter(
    by person: String,
    _ body: (ProjectOffice, Language, borrowing LedgerReading, _ now: String) throws -> (
      amendments: [Amendment], say: String
    )
  ) throws {
    try run { office, language in
      let text = try office.enter(by: person) { reading, now in try body(office, language, reading, now) }
      common.say(text)
    }
  }

  /// Answers with a list, as a table or as JSON. Then says how many entries are withdrawn: the list leaves them out.
  func answer<Subject>(
    _ listing: Listing<Subject>, _ subjects: [Subject], withdrawn: [Correction] = [], _ language: Language
  ) throws {
    try common.answer(listing, subjects, language)
    guard !withdrawn.isEmpty else { return }
    common.say(
      language(
        "ほかに取消 \(withdrawn.count)件（totsugo ledger list --register correction）",
        "not counting \(withdrawn.count) withdrawn (`totsugo ledger list --register correction`)"))
  }
}

extension CommonOptions {
  /// Answers with a list, as a table or as JSON.
  func answer<Subject>(_ listing: Listing<Subject>, _ subjects: [Subject], _ language: Language) throws {
    let words = Words(language: language)
    switch format {
    case .json: try answer(json: listing.json(subjects, words))
    case .text: answer(lines: listing.table(subjects, words).lines(words, on: terminal))
    }
  }

  /// Reports which lists have changed since they were entered: reading enters nothing.
  func tellPending(_ office: ProjectOffice, _ language: Language) throws {
    for list in try office.pendingLists() { say(Diagnostic(.registerPending, list).message(language)) }
  }
}

/// The person who acts.
struct PersonOption: ParsableArguments {
  @Option(help: .said("記録する人の氏名", "Who does it: the person's name.")) var by: String

  func validate() throws {
    if by.allSatisfy(\.isWhitespace) {
      throw ValidationError(.said("--by には氏名を指定してください。", "--by takes a person's name."))
    }
  }
}

/// A day as people write it; `YYYY-MM-DD` within the program.
struct DayArgument: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard let day = WrittenDay.read(argument) else { return nil }
    text = day
  }
}

extension DayArgument {
  /// The day, when it is not in the future.
  ///
  /// - Throws: `register.future`.
  func past() throws(Diagnostic) -> String {
    if text > Day.today() { throw Diagnostic(.registerFuture, text) }
    return text
  }
}

extension Language {
  /// The text in this language.
  func callAsFunction(_ ja: String, _ en: String) -> String { self == .japanese ? ja : en }
}

extension RegisterOptions {
  /// Enters one amendment.
  func enter(
    by person: String, _ body: (Dossier, _ now: String) throws -> (Amendment, (Language) -> String)
  ) throws {
    try enter(by: person) { _, language, reading, now in
      let (amendment, say) = try body(Dossier(reading, today: Day.today()), now)
      return ([amendment], say(language))
    }
  }
}
