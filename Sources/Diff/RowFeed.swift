import Base
import Dispatch
import Glibc
import Synchronization

/// Reads one side ahead on its own thread, at most a few blocks, and determines the order of each block's keys.
///
/// A block is returned once the first key of the next one is known, so that equal keys across the end of a block are
/// noticed.
package final class RowFeed: @unchecked Sendable {
  private static let blocksAhead = 4

  private let source: any RowSource
  private let order: KeyOrder?
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var spare: [RowBlock] = []
  private var ready: [RowBlock] = []
  private var hasEnded = false
  private var isStopped = false
  private var failure: Diagnostic?
  private let finished = DispatchSemaphore(value: 0)

  /// Starts reading. `order` is `nil` when the order does not matter.
  package init(_ source: any RowSource, order: KeyOrder?) {
    self.source = source
    self.order = order
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
    spare = (0..<Self.blocksAhead).map { _ in RowBlock() }
    let thread = DispatchQueue(label: "rows")
    thread.async { [self] in
      work()
      finished.signal()
    }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    changed.deallocate()
  }

  /// Ends the reading and waits until the thread has released the source.
  package func stop() {
    pthread_mutex_lock(lock)
    isStopped = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
    finished.wait()
    finished.signal()
  }

  /// The next block; `nil` at the end. The caller must give it back.
  package func take() throws(Diagnostic) -> RowBlock? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while ready.isEmpty, !hasEnded { pthread_cond_wait(changed, lock) }
    if ready.isEmpty {
      if let failure { throw failure }
      return nil
    }
    return ready.removeFirst()
  }

  package func give(back block: RowBlock) {
    pthread_mutex_lock(lock)
    spare.append(block)
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  private func fresh() -> RowBlock? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while spare.isEmpty, !isStopped { pthread_cond_wait(changed, lock) }
    return isStopped ? nil : spare.removeLast()
  }

  private func publish(_ block: RowBlock?, end: Bool) {
    pthread_mutex_lock(lock)
    if let block { ready.append(block) }
    if end { hasEnded = true }
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  private func work() {
    var held: RowBlock?
    do throws(Diagnostic) {
      while let block = fresh(), try source.next(block) {
        if let order {
          block.sequence = order.sequence(block, after: held.map { $0.key($0.count - 1) })
          if let held, block.sequence != .strict,
            order.compare(held.key(held.count - 1), block.key(0)) == 0, held.sequence == .strict
          {
            held.sequence = .ties
          }
        }
        if let held { publish(held, end: false) }
        held = block
      }
    } catch {
      failure = error
    }
    publish(held, end: true)
  }
}
