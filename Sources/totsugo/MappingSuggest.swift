import ArgumentParser
import Base
import Commands
import Outline
import Projects
import Suggestions
import Tables
import Targets

/// `totsugo mapping suggest`: what both sides' data say about the mapping.
struct MappingSuggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: .said(
      "新旧のデータを比べて変換式を提案する", "Suggest expressions from the data of both sides."),
    discussion: .said(
      "表の行と、その行になったレコードをキーで並べ、列ごとに、いまの式と、ほかに合う式が何行で一致するかを示します。一致しない行は、対応か移行のどちらかの誤りです。定義は変えません。",
      "Rows and the records of which they were made are laid side by side by key; for each column it shows in how many rows the present expression agrees, and others that agree in as many or more. Rows that do not agree are a mistake of the mapping or of the load. The definitions are not changed."
    ))

  @Argument(help: .project) var project: String
  @Option(
    help: .said(
      "移行済みの移行先。sqlite:PATH、postgres://… または csv:フォルダ", "The loaded target: sqlite:PATH, postgres://… or csv:FOLDER"))
  var target: String
  @Option(help: .said("旧データのフォルダ", "The folder of the legacy files.")) var data: String
  @Option(help: .said("この表だけ（複数可）", "These tables alone.")) var table: [String] = []
  @Option(help: .said("各表で比べる行数の目安（キーで選ぶ）", "About so many rows of each table, chosen by their keys.")) var rows =
    20_000
  @Flag(help: .said("いまの式が全行で一致する列も示す", "Also the columns whose present expression agrees in all rows.")) var all =
    false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if rows < 1 { throw ValidationError(.said("--rows は1以上です。", "--rows is at least 1.")) }
  }

  private struct Answer: Encodable {
    struct Trial: Encodable {
      let expression: String
      let agreed: Int
      let rows: Int
      let exceptions: [Int]

      init(_ trial: MappingSearch.Trial) {
        (expression, agreed, rows, exceptions) = (trial.expression, trial.agreed, trial.rows, trial.exceptions)
      }
    }

    struct Line: Encodable {
      let id: String
      let present: Trial
      let suggestions: [Trial]
      let spellings: [String: Int]
    }

    let lines: [Line]
    let unmet: [String]
  }

  func run() throws {
    let compiled = try common.reporting { try ProjectOutline.compile(project, leniently: true).project }
    let language = common.language(compiled.language)
    try common.reporting(language) {
      let known = compiled.tables.map(\.name)
      for name in table where !known.contains(name) {
        throw Diagnostic(.optionValue, "--table \(name)", NameTable.choices(name, among: known))
      }
      let search = MappingSearch(compiled, try TargetReference.open(target), data: data, limit: rows)
      var findings: [MappingSearch.Finding] = []
      var unmet: [String] = []
      for schema in compiled.tables where table.isEmpty || table.contains(schema.name) {
        let found = try search.findings(schema)
        findings += found.findings
        unmet += found.unmet
      }
      let told = all ? findings : findings.filter { !$0.present.isWhole }
      switch common.format {
      case .json:
        try common.answer(
          json: Answer(
            lines: told.map {
              .init(
                id: $0.id, present: .init($0.present), suggestions: $0.suggestions.map(Answer.Trial.init),
                spellings: Dictionary(uniqueKeysWithValues: $0.spellings.map { ($0.difference.rawValue, $0.rows) }))
            }, unmet: unmet))
      case .text: common.answer(lines: Self.lines(told, findings.count, unmet, common.terminal, language))
      }
    }
  }

  private static func lines(
    _ told: [MappingSearch.Finding], _ count: Int, _ unmet: [String], _ terminal: Terminal, _ language: Language
  ) -> [String] {
    let words = Words(language: language)
    var lines = told.isEmpty ? [] : table(told, words).lines(words, on: terminal)
    let open = told.count { !$0.present.isWhole }
    lines.append(
      language(
        "\(count)列のうち \(count - open)列は、比べた全行で一致します", "\(count - open) of \(count) columns agree in all rows compared"
      ))
    for way in unmet {
      lines.append(language("キーの合う行がない: \(way)", "no row has the key of a record: \(way)"))
    }
    return lines
  }

  private static func table(_ told: [MappingSearch.Finding], _ words: Words) -> Table {
    func row(_ id: String, _ what: String, _ trial: MappingSearch.Trial) -> Table.Row {
      .init([
        .text(id), .text(what), .text(trial.expression), .number(trial.agreed), .number(trial.rows),
        words.percent(trial.agreed, of: trial.rows),
        .text(trial.exceptions.map(String.init).joined(separator: ", ")),
      ])
    }
    return Table(
      "suggestions", words("提案", "Suggestions"),
      [
        .init("line", words("行", "Line"), .id), .init("what", ""), .init("expression", words("変換式", "Expression")),
        .init("agreed", words("一致", "Agree"), .number), .init("rows", words("行数", "Rows"), .number),
        .init("percent", "%", .number), .init("exceptions", words("一致しないレコード", "Records that do not")),
      ],
      told.flatMap { finding in
        [row(String(finding.id.dropFirst("mapping/".count)), words("現在", "now"), finding.present)]
          + finding.spellings.map { difference, rows in
            .init([
              .empty, .text(words("違い", "differs")), .text(words(difference.title)), .number(rows),
              .number(finding.present.rows - finding.present.agreed), .empty, .empty,
            ])
          } + finding.suggestions.map { row("", words("提案", "suggested"), $0) }
      })
  }
}
