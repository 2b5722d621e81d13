import Pipeline
import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Foundation

/// `totsugo lint PROJECT`: all errors in the definitions, before any data is read.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: .said(
      "定義の誤りを、ファイルと行番号とともにすべて示す", "Report everything that is wrong with the definitions, with file and line."))

  @Argument(help: .project)
  var project: String

  @Flag(
    help: .said(
      "項目変換の試験（業務フォルダの mapping-tests.csv）も行う",
      "Also try the tests of the mapping (mapping-tests.csv of each subsystem)."))
  var tests = false

  @OptionGroup var common: CommonOptions

  private struct Answer: Encodable {
    struct Problem: Encodable {
      let code: String
      let file: String?
      let line: Int?
      let column: Int?
      let message: String

      init(_ found: Diagnostic, _ language: Language) {
        code = found.code.rawValue
        file = found.place.file
        line = found.place.line
        column = found.place.column
        message = found.message(language)
      }
    }

    let project: String
    let problems: [Problem]
    /// What is not wrong, but tells less than it could.
    var hints: [Problem] = []
    /// The number of records tried; `nil` without `--tests`.
    var tests: Int?
  }

  func run() throws {
    let language = common.language()
    do {
      let compiled = try ProjectOutline.compile(project).project
      var tried: Int?
      if tests {
        let problems = Problems()
        tried = MappingTests(compiled, problems).count
        try problems.check()
      }
      switch common.format {
      case .json:
        try common.answer(
          json: Answer(
            project: project, problems: [], hints: compiled.hints.map { Answer.Problem($0, language) }, tests: tried))
      case .text:
        let counts = "\(compiled.files.count) / \(compiled.tables.count) / \(compiled.checks.count)"
        common.answer(
          language == .japanese
            ? "問題はありません(ファイル / 表 / 検査: \(counts))" : "No problems (files / tables / checks: \(counts))")
        for hint in compiled.hints { common.answer(language("ヒント: ", "hint: ") + hint.message(language)) }
        if let tried {
          common.answer(language("項目変換の試験 \(tried)件に合格", "\(tried) test(s) of the mapping passed"))
        }
      }
    } catch let error as Diagnostics {
      if let stop = error.items.first(where: \.isInterruption) {
        CommonOptions.complain(stop.message(language))
        throw Failure.interrupted
      }
      switch common.format {
      case .json:
        let problems = error.items.map { Answer.Problem($0, language) }
        try common.answer(json: Answer(project: project, problems: problems))
      case .text:
        for item in error.items { common.answer(item.message(language)) }
        common.answer(
          language == .japanese ? "問題 \(error.items.count)件" : "\(error.items.count) problem(s)")
      }
      throw Failure.no
    }
  }
}
