import ArgumentParser
import CMalloc
import Evidence
import Foundation
import Pipeline

/// `totsugo` (突合): dry-run migration, go/no-go, differences.
@main
struct Totsugo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "totsugo",
    abstract: "Verifies the migration of a city's tax systems. 税システム移行の検証",
    version: "1.0.0",
    subcommands: [
      RunCommand.self, GateCommand.self, ReportCommand.self, ReconcileCommand.self, LintCommand.self,
      CompareCommand.self, DifferencesCommand.self, MutateCommand.self,
      DecodeCommand.self, InspectCommand.self, ProfileCommand.self, GenerateCommand.self, ItemsCommand.self,
      ListCommand.self, DiffCommand.self, ParallelCommand.self, IssuesCommand.self, ScheduleCommand.self,
      MeetingsCommand.self, DecisionsCommand.self, WaiversCommand.self, RequestsCommand.self, EstimatesCommand.self,
      HoursCommand.self, SamplesCommand.self, LedgerCommand.self, ServeCommand.self, AccessCommand.self,
    ])

  static func main() {
    Signals.install()
    Memory.settle()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Foundation.exit(failure.code)
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        print(fullMessage(for: error))
        Foundation.exit(0)
      }
      CommonOptions.complain(ShownText.withoutSecrets(fullMessage(for: error)))
      Foundation.exit(64)
    }
  }
}

/// Ends the command with an exit code; what had to be said has been said.
struct Failure: Error {
  let code: Int32

  /// Done, and what was asked does not hold.
  static let no = Failure(code: 1)
  /// It could not be done.
  static let trouble = Failure(code: 2)
  /// Wrong usage of an option.
  static let usage = Failure(code: 64)
  /// Interrupted by the user; the work so far is kept.
  static let interrupted = Failure(code: 130)
}

/// Asks the allocator to give large pieces back when they are freed: the key sets of checks are made anew as they grow,
/// and what they leave would otherwise stay with the process.
enum Memory {
  static func settle() {
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    mallopt(M_ARENA_MAX, 2)
  }
}

/// Turns SIGINT and SIGTERM into a wish to stop at the next batch.
enum Signals {
  static func install() {
    signal(SIGINT) { _ in Interruption.request() }
    signal(SIGTERM) { _ in Interruption.request() }
    signal(SIGPIPE, SIG_IGN)
    // A process that was started by a thread that takes no signals has inherited that.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, SIGINT)
    sigaddset(&wanted, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
