import ArgumentParser
import Commands

/// `totsugo` (突合): dry-run migration, go/no-go decisions, differences.
@main
struct Totsugo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totsugo",
    abstract: .said("自治体の税システムの移行を検証する", "Verifies the migration of a city's tax systems."),
    version: CommandProgram.version,
    groupedSubcommands: [
      CommandGroup(
        name: .said("移行する", "Migrate"),
        subcommands: [
          InitCommand.self, DraftsCommand.self, MappingCommand.self, LintCommand.self, DoctorCommand.self,
          RunCommand.self,
          ReconcileCommand.self, ParallelCommand.self,
        ]),
      CommandGroup(
        name: .said("判定する", "Judge"),
        subcommands: [
          GateCommand.self, CompareCommand.self, ReportCommand.self, DecisionsCommand.self, WaiversCommand.self,
        ]),
      CommandGroup(
        name: .said("調べる", "Look into"),
        subcommands: [
          CausesCommand.self, DifferencesCommand.self, ServeCommand.self, DiffCommand.self, DecodeCommand.self,
          InspectCommand.self, TraceCommand.self, ProfileCommand.self, ListCommand.self, SchemaCommand.self,
        ]),
      CommandGroup(
        name: .said("記録する", "Record"),
        subcommands: [
          ItemsCommand.self, IssuesCommand.self, ScheduleCommand.self, MeetingsCommand.self, RequestsCommand.self,
          EstimatesCommand.self, HoursCommand.self, SamplesCommand.self, LedgerCommand.self, AccessCommand.self,
        ]),
    ])

  static func main() { CommandProgram.run(Self.self) }
}
