import Commands
import Foundation
import Synchronization
import Workspace

/// The progress bar: on standard error, only when that is a terminal, and only for work longer than about a second.
final class ProgressLine: Sendable {
  private let state = Mutex<(began: Date, shown: Date)>((Date(), .distantPast))
  private let rows = Atomic<Int>(0)

  /// `nil` when no bar may be shown.
  init?(_ common: CommonOptions) {
    guard common.isTalkative else { return nil }
  }

  /// Shows how much of the current file has been read.
  @Sendable func report(_ event: RunEvent) {
    switch event {
    case .began: state.withLock { $0.began = Date() }
    case .read(_, let records, let bytes, let total): show(records, bytes, total)
    case .planned, .readBack, .readTable, .ended: break
    }
  }

  private func show(_ records: Int, _ bytes: Int, _ total: Int) {
    state.withLock { state in
      let now = Date()
      guard now.timeIntervalSince(state.began) > 1, now.timeIntervalSince(state.shown) > 0.2 || bytes == total else {
        return
      }
      state.shown = now
      let seconds = now.timeIntervalSince(state.began)
      let speed = Double(bytes) / seconds / 1_000_000
      let left = Double(total - bytes) / max(Double(bytes) / seconds, 1)
      let line = "\r\(records) records  \(Int(speed)) MB/s  \(100 * bytes / max(total, 1))%  \(Int(left)) s left   "
      try? FileHandle.standardError.write(contentsOf: Data((bytes == total ? line + "\r\u{1B}[K" : line).utf8))
    }
  }

  /// Counts rows whose total is unknown.
  @Sendable func count(_ more: Int) {
    let rows = rows.add(more, ordering: .relaxed).newValue
    state.withLock { state in
      let now = Date()
      guard now.timeIntervalSince(state.began) > 1, now.timeIntervalSince(state.shown) > 0.2 else { return }
      state.shown = now
      let speed = Double(rows) / now.timeIntervalSince(state.began)
      try? FileHandle.standardError.write(contentsOf: Data("\r\(rows) rows  \(Int(speed)) rows/s   ".utf8))
    }
  }

  /// Removes the line.
  func clear() {
    guard state.withLock({ $0.shown != .distantPast }) else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
