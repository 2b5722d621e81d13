import ArgumentParser
import Commands

/// `totsugo` (突合): dry-run migration, go/no-go decisions, differences.
@main
struct Totsugo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totsugo",
    abstract: "Verifies the migration of a city's tax systems. 税システム移行の検証",
    version: CommandProgram.version,
    subcommands: [
      RunCommand.self, GateCommand.self, ReportCommand.self, ReconcileCommand.self, LintCommand.self,
      CompareCommand.self, CausesCommand.self, DifferencesCommand.self,
      DecodeCommand.self, InspectCommand.self, ProfileCommand.self, ItemsCommand.self,
      ListCommand.self, DiffCommand.self, ParallelCommand.self, IssuesCommand.self, ScheduleCommand.self,
      MeetingsCommand.self, DecisionsCommand.self, WaiversCommand.self, RequestsCommand.self, EstimatesCommand.self,
      HoursCommand.self, SamplesCommand.self, LedgerCommand.self, ServeCommand.self, AccessCommand.self,
    ])

  static func main() { CommandProgram.run(Self.self) }
}
