import Base
import Synchronization

/// Lets shards decode in parallel and load one after the other, in the order of the batches.
///
/// A shard takes a ticket, works, waits for its turn, loads, and passes the turn on. Memory is limited to one batch per
/// shard; a slow target slows the reading.
final class Turnstile: Sendable {
  private struct State {
    var turn = 0
    var isStopped = false
  }

  private let next = Atomic<Int>(0)
  private let state = Monitor(State())

  /// The number of the next batch to work on.
  func ticket() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }

  /// Waits for the turn of `ticket`; false when another shard has failed, and nothing more is to be done.
  func enter(_ ticket: Int) -> Bool {
    state.take(when: { $0.turn == ticket || $0.isStopped }) { !$0.isStopped }
  }

  func leave() { state.change { $0.turn += 1 } }

  /// Ends the work of all shards after a failure.
  func stop() { state.change { $0.isStopped = true } }
}
