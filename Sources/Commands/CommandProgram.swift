import ArgumentParser
import Base
import CMalloc
import Foundation

/// What both programs, `totsugo` and `totsugo-city`, begin and end with.
package enum CommandProgram {
  package static let version = "1.0.0"

  /// Reads the arguments, runs the command that they name, and ends the process with its exit code: 64 for wrong usage.
  package static func run<Root: ParsableCommand>(_ root: Root.Type) {
    Signals.install()
    Memory.settle()
    do {
      var command = try root.parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Foundation.exit(failure.code)
    } catch {
      let code = root.exitCode(for: error)
      if code == .success {
        print(root.fullMessage(for: error))
        Foundation.exit(0)
      }
      CommonOptions.complain(ShownText.withoutSecrets(root.fullMessage(for: error)))
      Foundation.exit(64)
    }
  }
}

/// Ends the command with an exit code; what had to be said has been said.
package struct Failure: Error {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// Done, and what was asked does not hold.
  package static let no = Failure(code: 1)
  /// It could not be done.
  package static let trouble = Failure(code: 2)
  /// Wrong usage of an option.
  package static let usage = Failure(code: 64)
  /// Interrupted by the user; the work so far is kept.
  package static let interrupted = Failure(code: 130)
}

/// Asks the allocator to give large pieces back when they are freed: the key sets of checks are made anew as they grow,
/// and what they leave would otherwise stay with the process.
private enum Memory {
  static func settle() {
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    mallopt(M_ARENA_MAX, 2)
  }
}

/// Turns SIGINT and SIGTERM into a wish to stop at the next batch.
private enum Signals {
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
