import ArgumentParser
import Base
import Commands
import Office
import Outline
import Projects
import Sessions
import Tables

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

  /// 点検: the things that were looked at.
  private static let listing = Listing<Doctor.Line>(
    "doctor", Bilingual("点検", "Looked at"),
    [
      .word(
        "standing", "", "", code: { $0.standing.rawValue }, name: { word($0.standing) }, tone: { tone($0.standing) }),
      .text("id", "点検", "Looked at") { $0.id },
      .init("found", Bilingual("結果", "Found")) { line, words in
        .text(words(line.found))
      } cell: { line, words in
        .text(words(line.found) + (line.act.map { " → " + words($0) } ?? ""))
      },
      .init("act", nil, value: { line, words in line.act.map { .text(words($0)) } }, cell: nil),
    ])

  func run() throws {
    let (outline, project) = try common.reporting { try ProjectOutline.compile(self.project) }
    let language = common.language(outline.language)
    let doctor = Doctor(
      project, ProjectOffice(outline, workspace: workspace), data: data ?? project.folder + "/data", target: target,
      writes: !readOnly, program: CommandProgram.version)
    switch common.format {
    case .json:
      let lines = Self.listing.json(doctor.lines, Words(language: language))
      try common.answer(json: JSONValue.object(["standing": .text(doctor.standing.rawValue), "lines": lines]))
    case .text: try common.answer(Self.listing, doctor.lines, language)
    }
    switch doctor.standing {
    case .ok: break
    case .warning: throw Failure.no
    case .trouble: throw Failure.trouble
    }
  }

  private static func word(_ standing: Doctor.Standing) -> Bilingual {
    switch standing {
    case .ok: Bilingual("良", "ok")
    case .warning: Bilingual("注意", "warning")
    case .trouble: Bilingual("不可", "trouble")
    }
  }

  private static func tone(_ standing: Doctor.Standing) -> Tone {
    switch standing {
    case .ok: .good
    case .warning: .warn
    case .trouble: .bad
    }
  }
}
