import ArgumentParser
import Base
import CMalloc
import Foundation

/// The common beginning and end of both programs, `totsugo` and `totsugo-city`.
package enum CommandProgram {
  package static let version = "1.0.0"

  /// Reads the arguments, runs the named command, and ends the process with its exit code: 64 for wrong usage.
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

/// Ends the command with an exit code; all messages have already been written.
package struct Failure: Error {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// Done, with a negative result.
  package static let no = Failure(code: 1)
  /// The work could not be done.
  package static let trouble = Failure(code: 2)
  /// Wrong usage of an option.
  package static let usage = Failure(code: 64)
  /// Interrupted by the user; the work so far is kept.
  package static let interrupted = Failure(code: 130)
}

/// Makes the allocator return large blocks when they are freed: the key sets of checks are reallocated as they grow,
/// and the old blocks would otherwise stay with the process.
private enum Memory {
  static func settle() {
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    mallopt(M_ARENA_MAX, 2)
  }
}

/// Turns SIGINT and SIGTERM into a request to stop at the next batch.
private enum Signals {
  static func install() {
    signal(SIGINT) { _ in Interruption.request() }
    signal(SIGTERM) { _ in Interruption.request() }
    signal(SIGPIPE, SIG_IGN)
    // A process started by a thread that blocks signals has inherited that.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, SIGINT)
    sigaddset(&wanted, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
