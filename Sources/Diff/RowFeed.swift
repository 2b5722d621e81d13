import Base
import Dispatch

/// Reads one side ahead on its own thread, at most a few blocks, and determines the order of each block's keys.
///
/// A block is returned once the first key of the next one is known, so that equal keys across the end of a block are
/// noticed.
package final class RowFeed: @unchecked Sendable {
  private static let blocksAhead = 4

  private let source: any RowSource
  private let order: KeyOrder?
  private struct State {
    var spare: [RowBlock] = (0..<RowFeed.blocksAhead).map { _ in RowBlock() }
    var ready: [RowBlock] = []
    var hasEnded = false
    var isStopped = false
    /// Why it ended before the last row.
    var failure: Diagnostic?
  }

  private let state = Monitor(State())
  private let finished = DispatchSemaphore(value: 0)

  /// Starts reading. `order` is `nil` when the order does not matter.
  package init(_ source: any RowSource, order: KeyOrder?) {
    self.source = source
    self.order = order
    let thread = DispatchQueue(label: "rows")
    thread.async { [self] in
      work()
      finished.signal()
    }
  }

  /// Ends the reading and waits until the thread has released the source.
  package func stop() {
    state.change { $0.isStopped = true }
    finished.wait()
    finished.signal()
  }

  /// The next block; `nil` at the end. The caller must give it back.
  package func take() throws(Diagnostic) -> RowBlock? {
    let (block, failure) = state.take(when: { !$0.ready.isEmpty || $0.hasEnded }) { state in
      state.ready.isEmpty ? (nil, state.failure) : (state.ready.removeFirst(), nil)
    }
    if let failure { throw failure }
    return block
  }

  package func give(back block: RowBlock) { state.change { $0.spare.append(block) } }

  private func fresh() -> RowBlock? {
    state.take(when: { !$0.spare.isEmpty || $0.isStopped }) { $0.isStopped ? nil : $0.spare.removeLast() }
  }

  private func work() {
    var held: RowBlock?
    var failure: Diagnostic?
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
        if let held { state.change { $0.ready.append(held) } }
        held = block
      }
    } catch {
      failure = error
    }
    state.change { state in
      if let held { state.ready.append(held) }
      state.failure = failure
      state.hasEnded = true
    }
  }
}
