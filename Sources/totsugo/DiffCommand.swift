import Datasets
import Comparisons
import Commands
import Tables
import ArgumentParser
import Base
import Diff
import Evidence
import Foundation
import Ledger
import Report

/// `totsugo diff LEFT RIGHT`: differences between two datasets.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: .said(
      "二つのデータ（ファイル、表、問合せ、旧システムのファイル）を比べる", "Differences between two datasets: files, tables, queries, legacy files."),
    discussion: .said(
      "データは、FILE.csv、FILE.tsv、FILE.ndjson（.gz も可）、sqlite:PATH?table=T または ?query=SQL、postgres://…?table=T または ?query=SQL、legacy:FILE?copybook=CPY&charset=C&record-format=R、PROJECT.yaml:SUBSYSTEM.TABLE のどれかで示します。終了コードは、0 一致またはすべて了承済み、1 不一致、2 実行できない。",
      "A dataset is FILE.csv, FILE.tsv or FILE.ndjson (also .gz), sqlite:PATH?table=T or ?query=SQL, postgres://…?table=T or ?query=SQL, legacy:FILE?copybook=CPY&charset=C&record-format=R, or PROJECT.yaml:SUBSYSTEM.TABLE. Exit code 0: identical, or all differences accepted; 1: different; 2: trouble."
    ))

  @Argument(help: .said("左のデータ", "The left dataset, as a reference.")) var left: String
  @Argument(help: .said("右のデータ", "The right dataset, as a reference.")) var right: String
  @Option(help: .said("行を特定する列。コンマで区切る", "Columns that tell rows apart, separated by commas.")) var key: String
  @Option(
    help: .said("比べない列。コンマで区切る。繰り返し指定できる", "Columns that are not compared, separated by commas; may be repeated."))
  var ignore: [String] = []
  @Option(
    help: .said("どの列とどの列をどう比べるかを書いたファイル", "A file that says which columns belong together and how they are compared."))
  var map: String?
  @Option(
    help: .said(
      "了承済みの差異を書いたファイル。それぞれに理由、承認者、期限がある", "A file of expected differences, each with reason, approver and expiry date."
    )) var accept: String?
  @Option(
    help: .said(
      "この幅までの数値の差は同じとみなす。COLUMN=NUMBER の形で、繰り返し指定できる",
      "Numbers of a column that differ by no more are the same: COLUMN=NUMBER; may be repeated."))
  var tolerance: [String] = []
  @Option(help: .said("すべての不一致をNDJSONでこのファイルに書く", "Write every difference to this file, as NDJSON.")) var rows: String?
  @Option(help: .said("すべての不一致を表計算用のCSVでこのファイルに書く", "Write every difference to this file, as CSV for a spreadsheet."))
  var csv: String?
  @Option(help: .said("答えをHTMLでこのファイルに書く", "Write the answer to this file, as an HTML page.")) var html: String?
  @Option(help: .said("列挙する不一致の上限。件数はすべて数える", "List at most so many differences; all are counted.")) var limit: Int?
  @Option(
    name: .customLong("as-of"),
    help: .said(
      "了承済みの差異が有効でなければならない日（省略時は今日）", "The day on which accepted differences must still hold (default: today)."))
  var asOf: String?
  @Flag(help: .said("個人情報の値を表示する（個人番号は表示しない）", "Show personal values (personal numbers never).")) var reveal = false
  @Option(
    help: .said(
      "スレッド数の上限（省略時はコアの数）。答えは変わらない", "Threads at most (default: the cores). The answer does not depend on it."))
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if Self.names([key]).isEmpty {
      throw ValidationError(.said("--key は列の名前をコンマで区切って指定します。", "--key takes names of columns, separated by commas."))
    }
    if Self.names([key]).isEmpty {
      throw ValidationError(.said("--key には列が一つ以上要ります。", "--key takes at least one column."))
    }
    if let limit, limit < 0 { throw ValidationError(.said("--limit は0以上の数です。", "--limit takes a number from 0.")) }
    if jobs < 1 || jobs > 256 {
      throw ValidationError(.said("--jobs は1から256までの数です。", "--jobs takes a number from 1 to 256."))
    }
  }

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
      var request = ComparisonPlan.Request(key: Self.names([key]))
      request.ignored = Set(Self.names(ignore))
      request.tolerances = try tolerance.map { try Self.tolerance($0) }
      for (index, one) in request.tolerances.enumerated()
      where request.tolerances[..<index].contains(where: { $0.column == one.column }) {
        throw Diagnostic(.optionValue, "--tolerance \(one.column)=…", "--tolerance \(one.column)=… once")
      }
      if let map { request.map = try ColumnMap.read(map) }
      let line = ProgressLine(common, language)
      let sides = (left: try DatasetReference(left), right: try DatasetReference(right))
      try OutputFiles.check(
        [("--rows", rows), ("--csv", csv), ("--html", html)],
        apartFrom: [sides.left, sides.right].filter { $0.form != .postgres }.map(\.path) + [map, accept])
      let comparison = try DatasetComparison(
        left: sides.left.open(), right: sides.right.open(), request, progress: line?.count)
      var evidence = try comparison.run(
        DatasetComparison.Wishes(
          accept: accept, day: try day(), reveals: reveal, rows: rows, csv: csv, limit: limit ?? .max,
          language: language,
          jobs: jobs)
      ) { if common.format == .json { common.say($0.message(language)) } }
      line?.clear()
      if let map { evidence.definitions.insert("\(map) \(request.map.digest)", at: 0) }
      if let html {
        try PrivateFile.write(
          Data(evidence.paper(language, at: Day.now()).html().utf8), to: html)
      }
      switch common.format {
      case .json: try common.answer(json: ComparisonAnswer(evidence, language))
      case .text: common.answer(ComparisonText(evidence, language, limit: limit ?? .max).text)
      }
      if !evidence.isIdentical { throw Failure.no }
    }
  }

  private static func names(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static func tolerance(_ text: String) throws(Diagnostic) -> (column: String, number: ExactNumber) {
    guard let equals = text.lastIndex(of: "="), let number = ExactNumber(text[text.index(after: equals)...].utf8),
      !text[equals...].contains("-")
    else { throw Diagnostic(.optionValue, "--tolerance \(text)", "COLUMN=NUMBER") }
    return (String(text[..<equals]), number)
  }

  /// The day to which the comparison refers, `YYYYMMDD`; today by default.
  private func day() throws(Diagnostic) -> Int64 {
    guard let asOf else {
      let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
      return CivilDate.number(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
    }
    guard let day = CivilDate.parse(asOf), CivilDate.dayNumber(day) != nil else {
      throw Diagnostic(.optionValue, "--as-of \(asOf)", "YYYY-MM-DD")
    }
    return day
  }
}
