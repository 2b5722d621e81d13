import ArgumentParser
import Base
import Commands
import Foundation
import Mappings
import Office
import Outline
import Projects
import Registers
import Report
import Tables
import Workbook

/// `totsugo mapping`: 移行項目マッピング表, out to Excel and back, and who has confirmed it.
struct MappingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mapping",
    abstract: .said(
      "移行項目マッピング表。Excelへの書き出しと取り込み、確認", "The mapping table: to Excel and back, and its confirmation."),
    subcommands: [ListLines.self, Export.self, Import.self, Confirm.self, MappingSuggest.self])

  struct ListLines: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("行と、その確認の状況を示す", "Show the lines and whether they are confirmed."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("この表だけ", "This table alone.")) var table: String?
    @Flag(help: .said("確認済でない行だけ", "Only lines that are not confirmed.")) var open = false

    func run() throws {
      try options.run { office, language in
        var lines = try office.mapping(office.dossier())
        if let table {
          let known = Array(Set(lines.map(\.line.table)))
          lines = lines.filter { $0.line.table == table }
          guard !lines.isEmpty else {
            throw Diagnostic(.optionValue, "--table \(table)", NameTable.choices(table, among: known))
          }
        }
        if open { lines = lines.filter { $0.state != .confirmed } }
        try options.answer(MappingStanding.listing, lines, language)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: .said(
        "マッピング表をExcelに書き出す。直して取り込める", "Write the mapping table as an Excel workbook, to be corrected and imported."),
      discussion: .said(
        "--data を付けると、旧データを1回読み、項目ごとの充足率・値の例・注意を加えます。個人情報の値は書きません。",
        "With --data the legacy data are read once, for how often each item is filled, samples and warnings. Personal values are not written."
      ))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("旧データのフォルダ", "The folder of the legacy files.")) var data: String?
    @Option(
      help: .said("各ファイルの先頭から何件まで読むか（512件単位に切り上げる）", "So many records of each file, rounded up to blocks of 512."))
    var limit: Int?
    @Option(name: [.customShort("o"), .long], help: .said("書き出す .xlsx ファイル", "The workbook to write, .xlsx."))
    var output: String

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError(.said("--limit は1以上です。", "--limit is at least 1.")) }
      if limit != nil, data == nil {
        throw ValidationError(.said("--limit には --data が要ります。", "--limit needs --data."))
      }
    }

    func run() throws {
      try options.run { office, language in
        // A mapping can be argued about before everything else is right.
        let project = try ProjectOutline.compile(office.outline.path, leniently: true).project
        for problem in project.omitted {
          let words = problem.message(language)
          options.common.say(language("書き出しから除いたもの: \(words)", "left out of the export: \(words)"))
        }
        let lines = MappingStanding.of(project.mappingLines, try office.dossier().confirmations)
        let contents = try data.map { try ItemContents(project, data: $0, limit: limit) } ?? ItemContents()
        try MappingSheet.workbook(project, lines, contents, created: Int(Date().timeIntervalSince1970), language)
          .write(to: output)
        options.common.say(language("\(output) に\(lines.count)行を書き出しました", "wrote \(lines.count) lines to \(output)"))
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: .said(
        "書き出したExcelの変更を取り込む。全部か、全く取り込まないかのどちらか",
        "Take over what people changed in an exported workbook; all of it, or nothing."),
      discussion: .said(
        "変換式は定義ファイルの同じ場所に書きます。コメントと順序は変わりません。確認と備考は台帳に記載します。式を直した人は、その行を確認できません。",
        "Expressions are written where they stand in the definition files; comments and order stay. Confirmations and notes go to the ledger. Who changed an expression cannot confirm it."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(
      help: .said(
        "Excel、LibreOfficeなどで保存した .xlsx ファイル", "The workbook, .xlsx, saved by Excel, LibreOffice or another program."))
    var file: String
    @Flag(help: .said("何が変わるかを示すだけ", "Only show what would change.")) var dryRun = false
    @OptionGroup var person: PersonOption

    /// 変更: what people changed in the workbook.
    private static let listing = Listing<MappingImport.Change>(
      "changes", Bilingual("変更", "Changes"),
      [
        .text("sheet", "シート", "Sheet") { $0.sheet }, .text("cell", "セル", "Cell", .id) { $0.cell },
        .text("id", "行", "Line", .id) { $0.id }, .word("act", "行為", "Act", code: { $0.act }, name: { act($0.act) }),
        .text("old", "前", "Old") { $0.old }, .text("new", "後", "New") { $0.new },
      ])

    func run() throws {
      try options.run { office, language in
        let rows = try MappingRows(file)
        let project = try ProjectOutline.compile(office.outline.path).project
        let outcome = try office.rewrite(by: person.by, dryRun: dryRun) { dossier, now in
          let lines = MappingStanding.of(project.mappingLines, dossier.confirmations)
          let outcome = try MappingImport(project, lines, by: person.by, at: now).outcome(of: rows)
          return (outcome.amendments, outcome.files, outcome)
        }
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: JSONValue.object([
              "applied": .boolean(!dryRun), "changes": Self.listing.json(outcome.changes, Words(language: language)),
              "unchanged": .integer(outcome.unchanged), "absent": .integer(outcome.absent),
              "ignored": .texts(outcome.ignored), "files": .texts(outcome.files.map(\.name)),
            ]))
        case .text: options.common.answer(lines: Self.lines(outcome, dryRun, options.common.terminal, language))
        }
      }
    }

    private static func act(_ act: String) -> Bilingual {
      switch act {
      case "expression": Bilingual("変換式", "expression")
      case "note": Bilingual("備考", "note")
      case "confirm": Bilingual("確認", "confirm")
      default: Bilingual("確認を取消", "withdraw")
      }
    }

    private static func lines(
      _ outcome: MappingImport.Outcome, _ dryRun: Bool, _ terminal: Terminal, _ language: Language
    ) -> [String] {
      let words = Words(language: language)
      var lines = outcome.changes.isEmpty ? [] : listing.table(outcome.changes, words).lines(words, on: terminal)
      let files = outcome.files.map(\.name).joined(separator: language("、", ", "))
      if !files.isEmpty { lines.append(language("書き換える定義: \(files)", "definition files: \(files)")) }
      lines.append(
        dryRun
          ? language(
            "変更\(outcome.changes.count)件（まだ取り込んでいません）、変更なし\(outcome.unchanged)行、表にない\(outcome.absent)行",
            "\(outcome.changes.count) changes (nothing has been entered), \(outcome.unchanged) unchanged, \(outcome.absent) not on the sheets"
          )
          : language(
            "\(outcome.changes.count)件を取り込みました。変更なし\(outcome.unchanged)行、表にない\(outcome.absent)行",
            "\(outcome.changes.count) changes taken over; \(outcome.unchanged) unchanged, \(outcome.absent) not on the sheets"
          ))
      if !outcome.ignored.isEmpty {
        let names = outcome.ignored.joined(separator: language("、", ", "))
        lines.append(language("読まなかったシート・列: \(names)", "sheets and columns that were not read: \(names)"))
      }
      return lines
    }
  }

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm",
      abstract: .said("行を確認する", "Confirm lines by name."),
      discussion: .said(
        "確認は、いまの変換式・条件・型に対するものです。後で変わると「要再確認」になります。",
        "The word is about expression, condition and type as they read now. When one changes, the line is “changed since”."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("行（mapping list の番号。複数可）", "Lines, as `mapping list` names them.")) var lines: [String] = []
    @Option(help: .said("この表のすべての行", "All lines of this table.")) var table: String?
    @OptionGroup var person: PersonOption

    func validate() throws {
      if lines.isEmpty == (table == nil) {
        throw ValidationError(.said("行か --table のどちらかを指定してください。", "Name lines, or a --table."))
      }
    }

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let all = try office.mapping(office.dossier(reading, asOf: nil))
        let chosen: [MappingStanding]
        if let table {
          chosen = all.filter { $0.line.table == table }
          if chosen.isEmpty {
            throw Diagnostic(
              .optionValue, "--table \(table)", NameTable.choices(table, among: Array(Set(all.map(\.line.table)))))
          }
        } else {
          chosen = try lines.map { id throws(Diagnostic) in
            guard let found = all.first(where: { $0.line.id == id }) else {
              throw Diagnostic(.optionValue, id, NameTable.choices(id, among: all.map(\.line.id)))
            }
            return found
          }
        }
        if lines.count == 1, chosen[0].line.isMissing { throw Diagnostic(.draftMissing, at: Place(field: lines[0])) }
        let open = chosen.filter { $0.state != .confirmed && !$0.line.isMissing }
        let amendments = try open.map { standing throws(Diagnostic) in
          try Confirmation.confirm(
            standing.line.id, standing.line.digest, editedBy: standing.confirmation?.editedBy ?? "", by: person.by,
            at: now)
        }
        return (
          amendments,
          language(
            "\(open.count)行を確認しました（確認済\(chosen.count - open.count)行はそのまま）",
            "confirmed \(open.count) lines (\(chosen.count - open.count) were confirmed already)")
        )
      }
    }
  }
}
