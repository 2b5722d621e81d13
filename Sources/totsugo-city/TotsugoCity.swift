import ArgumentParser
import Commands

/// `totsugo-city` (合成の市): legacy files of a fictitious city, and the checks' reactions to planted defects.
///
/// A separate program: the verifier cannot plant defects.
@main
struct TotsugoCity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totsugo-city",
    abstract: .said(
      "合成した市の旧ファイルを作り、検査がどれだけ役立つかを測る", "Makes a synthetic city's legacy files, and measures what the checks are worth."),
    version: CommandProgram.version, subcommands: [GenerateCommand.self, OutputsCommand.self, MutateCommand.self])

  static func main() { CommandProgram.run(Self.self) }
}
