import Office
import ArgumentParser
import Base
import Commands
import Ledger
import Records
import Registers
import Report
import Tables
import Workspace

/// The reason of a correction.
struct ReasonOption: ParsableArguments {
  @Option(help: .said("理由", "Why.")) var reason: String

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) {
      throw ValidationError(.said("--reason で理由を指定してください。", "--reason says why."))
    }
  }
}

extension LedgerCommand {
  struct WithdrawEntry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: .said(
        "誤って記録したものを取り消す。台帳には残り、数えなくなる",
        "Withdraw (取消) what was entered by mistake: it stays in the chain, and nothing counts it any more."))

    @OptionGroup var options: RegisterOptions
    @Argument(
      help: .said(
        "`ledger list` に出る番号、または記録の番号（M-0003 なら、それについての最後の記録）",
        "The entry's number as `ledger list` has it, or its record: M-0003 is the last entry about it."))
    var entry: String
    @OptionGroup var reason: ReasonOption
    @Option(help: .said("取消しを認める人。別の人", "Who allows it; another person.")) var approver: String
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { _, language, reading, now in
        let (entry, amendments) = try Withdrawal.withdraw(
          entry, reading, by: person.by, approver: approver, reason: reason.reason, at: now)
        let what = "\(entry.amendment.register) \(entry.amendment.id) \(entry.amendment.act)"
        return (
          amendments,
          language("記載 \(entry.number)（\(what)）を取り消しました", "withdrew entry \(entry.number) (\(what))")
        )
      }
    }
  }

  struct CorrectClock: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clock",
      abstract: .said(
        "最後の記録が先の日付、またははるか前の日付でも、いまの時計が正しいことを記録する",
        "Enter that the computer's clock is right, although the last entry is dated behind it, or long before."))

    @OptionGroup var options: RegisterOptions
    @OptionGroup var reason: ReasonOption
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.run { office, language in
        guard try Ledger(reading: office.workspace, RegisterCatalog.schemas) != nil else {
          throw Diagnostic(.workspaceEmpty, at: Place(file: office.workspace.path))
        }
        let ledger = try Ledger(office.workspace, RegisterCatalog.schemas)
        let writing = try ledger.writing()
        try ProjectOffice.checkChain(writing.reading, office.workspace)
        let now = Day.now()
        let last = try writing.correctClock(by: person.by, reason: reason.reason, at: now)
        try writing.commit()
        options.common.say(
          language(
            "時計は正しいと記録しました: \(language.moment(now))（記載 \(last.number) は \(language.moment(last.at))）",
            "entered that the clock is right: \(language.moment(now)) (entry \(last.number) is dated \(language.moment(last.at)))"
          ))
      }
    }
  }

  struct RebuildRegisters: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild",
      abstract: .said(
        "台帳が無事なとき、壊れた登録簿を台帳から作り直す", "Make damaged registers anew (登録簿の作り直し) from the entries of a chain that is whole.")
    )

    @OptionGroup var options: RegisterOptions
    @Flag(help: .said("何が違うかを示すだけ", "Only show what differs.")) var dryRun = false
    @OptionGroup var reason: ReasonOption
    @OptionGroup var person: PersonOption

    /// 登録簿の違い: the registers that are not what the entries come to.
    private static let listing = Listing<RegisterDifference>(
      "registers", Bilingual("登録簿の違い", "Registers that differ"),
      [
        .text("register", "登録簿", "Register") { $0.register }, ids("changed", "変更", "Changed") { $0.changed },
        ids("added", "記載なし", "Added") { $0.added }, ids("gone", "消失", "Gone") { $0.gone },
        .cell("対象", "Records") { register, _ in
          let ids = register.changed + register.added + register.gone
          return .text(ids.prefix(12).joined(separator: ", ") + (ids.count > 12 ? " …" : ""))
        },
      ])

    /// Records for programs, their number for people.
    private static func ids(
      _ key: String, _ ja: String, _ en: String, _ ids: @escaping @Sendable (RegisterDifference) -> [String]
    ) -> Listing<RegisterDifference>.Field {
      .shown(key, ja, en, .number, value: { .texts(ids($0)) }, cell: { register, _ in .number(ids(register).count) })
    }

    func run() throws {
      try options.run { office, language in
        guard try Ledger(reading: office.workspace, RegisterCatalog.schemas) != nil else {
          throw Diagnostic(.workspaceEmpty, at: Place(file: office.workspace.path))
        }
        // Not opened with the office's `ledger()`: nothing is adopted into damaged registers.
        let ledger = try Ledger(office.workspace, RegisterCatalog.schemas)
        let writing = try ledger.writing()
        let (registers, parts) = try writing.rebuild(by: person.by, reason: reason.reason, at: Day.now())
        if dryRun { _ = consume writing } else { try writing.commit() }
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: JSONValue.object([
              "applied": .boolean(!dryRun && !(registers.isEmpty && parts.isEmpty)),
              "registers": Self.listing.json(registers, Words(language: language)),
              // Tables, triggers … that do not belong to a ledger.
              "parts": .texts(parts),
            ]))
        case .text: options.common.answer(lines: lines(registers, parts, language))
        }
      }
    }

    private func lines(_ registers: [RegisterDifference], _ parts: [String], _ language: Language) -> [String] {
      if registers.isEmpty, parts.isEmpty {
        return [language("登録簿は記載のとおりです。作り直すものはありません", "the registers are what the entries come to; nothing to rebuild")]
      }
      var lines: [String] = []
      if !registers.isEmpty {
        let words = Words(language: language)
        lines += Self.listing.table(registers, words).lines(words, on: options.common.terminal)
      }
      if !parts.isEmpty {
        let names = parts.joined(separator: ", ")
        lines.append(language("台帳に無い部品: \(names)", "no parts of a ledger: \(names)"))
      }
      lines.append(
        dryRun
          ? language("（まだ作り直していません）", "(nothing has been made anew)")
          : language("記載から作り直しました", "made anew from the entries"))
      return lines
    }
  }
}
