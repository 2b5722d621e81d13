import ArgumentParser
import Base
import Commands
import Office
import Outline
import Projects
import Sessions

/// `totsugo doctor PROJECT`: what would go wrong in a run tonight.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: .said(
      "実行の前に点検する。ファイル、ディスク、メモリ、時計、移行先", "Look ahead: files, disks, memory, clock, target."),
    discussion: .said(
      "終了コード: 0 問題なし、1 注意あり、2 このままでは実行できない。移行先に書く権限は、取り消すトランザクションの中で表 totsugo_probe を作って確かめ、何も残しません。--read-only では作りません。レコード長が一定でないファイルは一度読みます。",
      "Exit code: 0 all is well, 1 warnings, 2 a run would fail. The rights to write are tried by a table totsugo_probe in a transaction that is undone; nothing remains, and with --read-only nothing is made. Files whose records vary in length are read once."
    ))

  @Argument(help: .project) var project: String
  @Option(
    help: .said(
      "旧システムのファイルのフォルダ（省略時はプロジェクトの隣の data）", "Folder of the legacy files (default: data, beside the project)."))
  var data: String?
  @Option(
    help: .said("移行先。sqlite:PATH、postgres://… または csv:フォルダ", "The target: sqlite:PATH, postgres://… or csv:FOLDER"))
  var target: String?
  @Option(help: .workspace) var workspace: String?
  @Flag(
    help: .said("移行先に書く権限を試さない（reconcile の前に）", "Do not try the rights to write in the target (before `reconcile`)."))
  var readOnly = false
  @OptionGroup var common: CommonOptions

  private struct Answer: Encodable {
    struct Line: Encodable {
      let id: String
      let standing: Doctor.Standing
      let found: String
      let act: String?
    }

    let standing: Doctor.Standing
    let lines: [Line]
  }

  func run() throws {
    let (outline, project) = try common.reporting { try ProjectOutline.compile(self.project) }
    let language = common.language(outline.language)
    let doctor = Doctor(
      project, ProjectOffice(outline, workspace: workspace), data: data ?? project.folder + "/data", target: target,
      writes: !readOnly, program: CommandProgram.version)
    switch common.format {
    case .json:
      let lines = doctor.lines.map {
        Answer.Line(
          id: $0.id, standing: $0.standing, found: $0.found.text(language), act: $0.act?.text(language))
      }
      try common.answer(json: Answer(standing: doctor.standing, lines: lines))
    case .text:
      var table = TextTable(language == .japanese ? ["", "点検", "結果"] : ["", "looked at", "found"])
      for line in doctor.lines {
        let act = line.act.map { " → " + $0.text(language) } ?? ""
        table.add([Self.word(line.standing, language), line.id, line.found.text(language) + act])
      }
      common.answer(lines: table.lines(common.terminal).flatMap(\.self))
    }
    switch doctor.standing {
    case .ok: break
    case .warning: throw Failure.no
    case .trouble: throw Failure.trouble
    }
  }

  private static func word(_ standing: Doctor.Standing, _ language: Language) -> String {
    switch standing {
    case .ok: language("良", "ok")
    case .warning: language("注意", "warning")
    case .trouble: language("不可", "trouble")
    }
  }
}
