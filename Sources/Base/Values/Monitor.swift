import Glibc

/// What several threads share: a state that one at a time may touch, and that others wait for.
package final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  package init(_ state: State) {
    self.state = state
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    changed.deallocate()
  }

  /// Changes the state, and wakes all who wait.
  package func change(_ body: (inout State) -> Void) {
    pthread_mutex_lock(lock)
    body(&state)
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  /// Waits until the state is ready, and takes something from it. Wakes nobody.
  package func take<Value>(when isReady: (State) -> Bool, _ body: (inout State) -> Value) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while !isReady(state) { pthread_cond_wait(changed, lock) }
    return body(&state)
  }
}
