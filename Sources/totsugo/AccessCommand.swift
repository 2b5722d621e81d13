import Commands
import ArgumentParser
import Site

/// `totsugo access FILE`: adds a person to the access list of `serve`, and prints the token once.
struct AccessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Add a person to the access list of `serve`; prints the token, which is kept nowhere.",
    discussion:
      "To take a person's access away, remove the line. To change a token, remove the line and add the person again.")

  @Argument(help: "The access list, a CSV file; it is made when it is not there.")
  var file: String

  @Option(help: "The person's name: entries are made under it.")
  var name: String

  @Option(help: "A section (担当課) whose items and differences the person sees; may be repeated (default: all).")
  var section: [String] = []

  @Option(help: "enter (answer and confirm items) or protected (read restricted papers); may be repeated.")
  var may: [AccessList.Right] = []

  @OptionGroup var common: CommonOptions

  private struct Answer: Encodable {
    let name: String
    let token: String
  }

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
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

extension AccessList.Right: ExpressibleByArgument {}
