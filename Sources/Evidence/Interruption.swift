import Synchronization

/// The user's wish to stop (SIGINT, SIGTERM): noticed between batches, so that what is committed stays whole.
package enum Interruption {
  private static let wanted = Atomic<Bool>(false)

  /// Safe to call from a signal handler.
  package static func request() { wanted.store(true, ordering: .relaxed) }

  /// - Throws: `run.interrupted`.
  package static func check() throws(Diagnostic) {
    if wanted.load(ordering: .relaxed) { throw Diagnostic(.interrupted) }
  }
}
