import Glibc
import Synchronization

/// Lets shards decode in parallel and load one after the other, in the order of the batches.
///
/// A shard takes a ticket, works, waits for its turn, loads, and passes the turn on. Memory is limited to one batch per
/// shard; a slow target slows the reading.
final class Turnstile: @unchecked Sendable {
  private let next = Atomic<Int>(0)
  private var turn = 0
  private var stopped = false
  private let lock: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let changed: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    changed.deallocate()
  }

  /// The number of the next batch to work on.
  func ticket() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }

  /// Waits for the turn of `ticket`; false when another shard has failed, and nothing more is to be done.
  func enter(_ ticket: Int) -> Bool {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while turn != ticket, !stopped { pthread_cond_wait(changed, lock) }
    return !stopped
  }

  func leave() {
    pthread_mutex_lock(lock)
    turn += 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  /// Ends the work of all shards after a failure.
  func stop() {
    pthread_mutex_lock(lock)
    stopped = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }
}
