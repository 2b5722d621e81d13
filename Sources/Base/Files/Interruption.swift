import Synchronization

/// The user's wish to stop (SIGINT, SIGTERM): noticed between batches, so that committed work stays whole.
package enum Interruption {
  private static let wanted = Atomic<Bool>(false)

  /// Safe to call from a signal handler.
  package static func request() { wanted.store(true, ordering: .relaxed) }

  package static var isWanted: Bool { wanted.load(ordering: .relaxed) }

  /// - Throws: `run.interrupted`.
  package static func check() throws(Diagnostic) {
    if isWanted { throw Diagnostic(.interrupted) }
  }
}
