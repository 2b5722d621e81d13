import ArgumentParser
import Base
import Commands
import Outline
import Registers
import Site

/// `totsugo access FILE`: adds a person to the access list of `serve`, and prints the token once.
struct AccessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: .said(
      "`serve` の利用者一覧に人を加え、アクセスキーを表示する（どこにも保存しない）",
      "Add a person to the access list of `serve`; prints the token, which is kept nowhere."),
    discussion: .said(
      "使えなくするには、その人の行を消します。アクセスキーを変えるには、行を消してから、もう一度加えます。",
      "To take a person's access away, remove the line. To change a token, remove the line and add the person again."))

  @Argument(help: .said("利用者一覧のCSVファイル。なければ作る", "The access list, a CSV file; it is made when it is not there."))
  var file: String

  @Option(help: .said("氏名。この名前で記録される", "The person's name: entries are made under it."))
  var name: String

  @Option(
    help: .said(
      "見ることのできる項目と不一致の担当課。繰り返し指定できる（省略時はすべて）",
      "A section (担当課) whose items and differences the person sees; may be repeated (default: all)."))
  var section: [String] = []

  @Option(
    help: .said(
      "enter（回答・確認の記録）または protected（取扱注意の資料の閲覧）。繰り返し指定できる",
      "enter (answer and confirm items) or protected (read restricted papers); may be repeated."))
  var may: [AccessList.Right] = []

  @Option(
    help: .said(
      "--section を確かめるプロジェクトファイル。担当課はその一覧にあるもの",
      "The project file that --section is checked against: its lists name the sections."))
  var project: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !section.isEmpty, project == nil {
      throw ValidationError(
        .said(
          "--section には --project PROJECT が要ります。担当課はその一覧で確かめます。",
          "--section needs --project PROJECT: its lists name the sections."))
    }
  }

  private struct Answer: Encodable {
    let name: String
    let token: String
  }

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
      try checkSections()
      let token = try AccessList.add(name, sections: section.isEmpty ? ["*"] : section, rights: may, to: file)
      switch common.format {
      case .json: try common.answer(json: Answer(name: name, token: token))
      case .text: common.answer(token)
      }
      common.say(
        language(
          "\(file) に \(name) を加えました。アクセスキーは今だけ表示されます。本人にだけ渡してください。",
          "\(name) was added to \(file). The token is shown this once; give it to nobody else."))
    }
  }
}

extension AccessCommand {
  /// A mistyped section would see nothing, and nobody would notice.
  private func checkSections() throws {
    guard let project, !section.isEmpty else { return }
    let known = try ProjectOutline.read(project).lists?.sections() ?? []
    for name in section where !known.contains(name) {
      throw Diagnostic(.optionValue, "--section \(name)", NameTable.choices(name, among: known))
    }
  }
}

extension AccessList.Right: ExpressibleByArgument {}
