import Office
import Projects
import Outline
import ArgumentParser
import Base
import Commands
import Foundation
import Ledger
import Registers
import Report
import Tables
import Workbook

extension ItemsCommand {
  struct ExportItems: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: .said(
        "項目の一覧をExcelに書き出す。記入して取り込める", "Write the list of items as an Excel workbook, to be filled in and imported."))

    @OptionGroup var options: RegisterOptions
    @OptionGroup var filter: ItemFilterOptions
    @Option(name: [.customShort("o"), .long], help: .said("書き出す .xlsx ファイル", "The workbook to write, .xlsx."))
    var output: String

    func run() throws {
      try options.run { office, language in
        let filter = try filter.filter(office.outline)
        let dossier = try office.dossier()
        let found = dossier.items.filter { filter.admits($0, dossier.today) }
        try ItemSheet.workbook(
          found, title: office.outline.title, names: office.names(dossier.jobs),
          created: Int(Date().timeIntervalSince1970), language
        ).write(to: output)
        options.common.say(language("\(output) に\(found.count)項目を書き出しました", "wrote \(found.count) items to \(output)"))
      }
    }
  }

  struct ImportItems: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: .said(
        "書き出したExcelへの記入を取り込む。全部か、全く取り込まないかのどちらか",
        "Enter what people changed in an exported workbook; all of it, or nothing."),
      discussion: .said(
        "変更はすべて表示します。受け付けられないセルは行と列を示し、そのときは何も変えません。表で触らなかったところは、登録簿がその後変わっていても、そのままです。",
        "Every change is listed. A cell that cannot be taken is named with row and column, and nothing is changed then. What was not changed in the workbook is left alone, even if it has changed in the register since."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(
      help: .said(
        "Excel、LibreOfficeなどで保存した .xlsx ファイル", "The workbook, .xlsx, saved by Excel, LibreOffice or another program."))
    var file: String
    @Flag(help: .said("何が変わるかを示すだけ", "Only show what would change.")) var dryRun = false
    @OptionGroup var person: PersonOption

    /// 変更: what people filled in.
    private static func listing(_ names: ItemSheet.Names) -> Listing<ItemImport.Change> {
      Listing(
        "changes", Bilingual("変更", "Changes"),
        [
          .number("row", "行", "Row") { $0.row }, .text("id", "番号", "No.", .id) { $0.id },
          .word(
            "act", "行為", "Act", code: { $0.act }, name: { EntryWords.act($0.act, in: Item.register.name) }),
          .text("by", "記入者", "By") { $0.by },
          .init("fields", Bilingual("内容", "What")) { change, _ in
            .object(change.fields.mapValues { .text($0) })
          } cell: { change, words in
            .text(EntryWords(words, names).changes(change.fields.mapValues { .text($0) }, in: Item.register.name))
          },
        ])
    }

    func run() throws {
      try options.run { office, language in
        let sheet = try ItemRows(file)
        // A dry run enters nothing, not even the lists.
        let ledger = try office.ledger(adopting: !dryRun)
        let writing = try ledger.writing()
        try ProjectOffice.checkWhole(writing.reading, office.workspace)
        if dryRun, let lists = office.outline.lists { try writing.adopt(lists, at: Day.now()) }
        let jobs = try writing.reading.records(TestJob.self)
        let names = try office.names(Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first })
        let outcome = try ItemImport(sheet, names: names, by: person.by, at: Day.now(), today: Day.today()).enter(
          writing)
        if dryRun { _ = consume writing } else { try writing.commit() }
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: JSONValue.object([
              "applied": .boolean(!dryRun),
              "changes": Self.listing(names).json(outcome.changes, Words(language: language)),
              "unchanged": .integer(outcome.unchanged), "absent": .integer(outcome.absent),
              "ignored_columns": .texts(outcome.ignored),
            ]))
        case .text: options.common.answer(lines: Self.lines(outcome, dryRun, names, options.common.terminal, language))
        }
      }
    }

    private static func lines(
      _ outcome: ItemImport.Outcome, _ dryRun: Bool, _ names: ItemSheet.Names, _ terminal: Terminal,
      _ language: Language
    ) -> [String] {
      let words = Words(language: language)
      var lines =
        outcome.changes.isEmpty ? [] : listing(names).table(outcome.changes, words).lines(words, on: terminal)
      lines.append(
        dryRun
          ? language(
            "変更\(outcome.changes.count)件（まだ取り込んでいません）、変更なし\(outcome.unchanged)項目、表にない\(outcome.absent)項目",
            "\(outcome.changes.count) changes (nothing has been entered), \(outcome.unchanged) unchanged, \(outcome.absent) not on the sheet"
          )
          : language(
            "\(outcome.changes.count)件を取り込みました。変更なし\(outcome.unchanged)項目、表にない\(outcome.absent)項目",
            "\(outcome.changes.count) changes entered; \(outcome.unchanged) unchanged, \(outcome.absent) not on the sheet"
          ))
      if !outcome.ignored.isEmpty {
        let names = outcome.ignored.joined(separator: language("、", ", "))
        lines.append(language("読まなかった列: \(names)", "columns that were not read: \(names)"))
      }
      return lines
    }
  }
}
