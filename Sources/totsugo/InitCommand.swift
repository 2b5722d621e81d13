import ArgumentParser
import Base
import Commands
import Drafts
import Foundation

/// `totsugo init CITY`: drafts a project from copybooks, data and DDL.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: .said(
      "コピー句・データ・移行先の定義から、プロジェクトの下書きを作る。推定はすべて根拠とともに drafts.csv に書く",
      "Draft a project from copybooks, data and DDL; every guess is listed with its evidence in drafts.csv."))

  @Argument(help: .said("市の名前（英数字）。プロジェクトの名前になる", "Name of the city: that of the project."))
  var city: String

  @Option(
    help: .said(
      "コピー句。COPYBOOK、COPYBOOK=データのファイル、COPYBOOK=データのファイル:文字コード。データのないものはヘッダ・トレーラに使う。繰り返し指定できる",
      "A copybook: COPYBOOK, COPYBOOK=DATA or COPYBOOK=DATA:CHARSET; one without data is tried on headers and trailers. May be repeated."
    ))
  var copybook: [String] = []

  @Option(
    help: .said(
      "見出し行のあるCSVまたはTSV。レイアウトを書く。繰り返し指定できる",
      "A CSV or TSV with a line of names, for which a layout is written. May be repeated."))
  var csv: [String] = []

  @Option(
    help: .said(
      "移行先の表の定義。DDLのファイル、sqlite:PATH、postgres://USER@HOST/DATABASE",
      "The tables of the new system: a file of DDL, sqlite:PATH or postgres://USER@HOST/DATABASE."))
  var ddl: String

  @Option(help: .said("旧システムのファイルのフォルダ", "Folder of the legacy files."))
  var data: String

  @Option(
    help: .said(
      "すべてのファイルのレコードの区切り方（省略時はデータから推定）", "How all files are divided (default: as the data show)."))
  var recordFormat: String?

  @Option(help: .said("すべてのファイルの文字コード（省略時はデータから推定）", "Character set of all files (default: as the data show)."))
  var charset: String?

  @Option(
    help: .said(
      "コンパイラー。ibm | fujitsu | hitachi | nec | mf | gnucobol", "Compiler: ibm | fujitsu | hitachi | nec | mf | gnucobol."
    ))
  var dialect: String?

  @Option(help: .said("データの基準日。YYYY-MM-DD（省略時は今日）", "Date of the data, YYYY-MM-DD (default: today)."))
  var asOf: String?

  @Option(
    name: .shortAndLong, help: .said("作るフォルダ。すでにあるものには書かない", "The folder to make; an existing one is left alone."))
  var output: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if copybook.isEmpty, csv.isEmpty {
      throw ValidationError(
        .said("--copybook でコピー句を、または --csv でファイルを指定してください。", "--copybook names the copybooks, --csv delimited files."))
    }
    if let asOf, !Day.isValid(asOf) {
      throw ValidationError(.said("--as-of は YYYY-MM-DD です。", "--as-of is YYYY-MM-DD."))
    }
  }

  private struct Answer: Encodable {
    struct Problem: Encodable {
      let code: String
      let file: String?
      let line: Int?
      let message: String
    }

    let project: String
    let files: Int
    let tables: Int
    let checks: Int
    let mapped: Int
    let unmapped: Int
    let drafts: Int
    let problems: [Problem]
  }

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
      let order = try DraftOrder(
        city: city, copybooks: copybook.map(CopybookInput.init), delimited: csv, ddl: ddl, data: data,
        recordFormat: recordFormat,
        charset: charset, dialect: dialect, output: output, asOf: asOf ?? Day.of(Day.now()))
      let draft = try ProjectDraft(order)
      let folder = DraftFolder(draft)
      try folder.write(to: output)
      let project = output + "/project.yaml"
      switch common.format {
      case .json:
        try common.answer(
          json: Answer(
            project: project, files: folder.fileCount, tables: folder.tableCount, checks: folder.checkCount,
            mapped: folder.mapped, unmapped: folder.unmapped, drafts: folder.guessed,
            problems: draft.problems.map {
              Answer.Problem(
                code: $0.code.rawValue, file: $0.place.file, line: $0.place.line, message: $0.message(language))
            }))
      case .text:
        for problem in draft.problems { common.answer(problem.message(language)) }
        common.answer(
          language(
            """
            下書き \(project)
              ファイル \(folder.fileCount)  表 \(folder.tableCount)  検査 \(folder.checkCount)
              項目対応 \(folder.mapped)  未対応（draft） \(folder.unmapped)
              確かめる推定 \(folder.guessed)件: \(output)/drafts.csv
            次: totsugo run --draft \(project) --data \(data)
            """,
            """
            draft \(project)
              files \(folder.fileCount)  tables \(folder.tableCount)  checks \(folder.checkCount)
              columns mapped \(folder.mapped), not mapped (draft) \(folder.unmapped)
              guesses to confirm \(folder.guessed): \(output)/drafts.csv
            next: totsugo run --draft \(project) --data \(data)
            """))
      }
    }
  }
}
