import Base
import Commands
import Evidence
import Foundation
import Report
import Synchronization
import Tables
import Workspace

/// The progress bar: on standard error, only when that is a terminal, and only for work longer than about a second.
package final class ProgressLine: Sendable {
  private struct State {
    var began = Date()
    var shown = Date.distantPast
    var step = ""
    var stepBegan = Date()
    var tables = 0
    var tablesDone = 0
    var rows = 0
  }

  private let language: Language
  private let state = Mutex<State>(State())
  /// The seconds before the first line, and between two.
  private let patience: (first: Double, next: Double)
  private let write: @Sendable (String) -> Void

  /// `nil` when no bar may be shown.
  convenience init?(_ common: CommonOptions, _ language: Language) {
    guard common.isTalkative else { return nil }
    self.init(language) { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) }
  }

  /// - Parameter write: takes each line, which begins at the left edge.
  package init(
    _ language: Language, patience: (first: Double, next: Double) = (1, 0.2),
    write: @escaping @Sendable (String) -> Void
  ) {
    (self.language, self.patience, self.write) = (language, patience, write)
  }

  /// Shows what the run is doing: how much of a file has been read, how many rows have been read back, and each step by
  /// its name.
  @Sendable package func report(_ event: RunEvent) {
    switch event {
    case .planned(_, _, let tables): state.withLock { $0.tables = tables }
    case .began(let step):
      state.withLock { state in
        (state.step, state.stepBegan) = (step, Date())
        show(Words(language: language).step(step) + " …", &state)
      }
    case .read(let file, let records, let bytes, let total):
      state.withLock { show(read(file, records, bytes, total, $0), &$0, isLast: bytes == total) }
    case .readBack(let rows):
      state.withLock { state in
        state.rows += rows
        show(readBack(state), &state)
      }
    case .readTable:
      state.withLock { state in
        state.tablesDone += 1
        show(readBack(state), &state, isLast: state.tablesDone == state.tables)
      }
    case .explaining: state.withLock { show(Words(language: language).step("causes") + " …", &$0) }
    case .ended: break
    }
  }

  private func read(_ file: String, _ records: Int, _ bytes: Int, _ total: Int, _ state: State) -> String {
    let words = Words(language: language)
    let seconds = max(Date().timeIntervalSince(state.stepBegan), 0.001)
    let speed = Int(Double(bytes) / seconds / 1_000_000)
    let left = words.duration((Double(total - bytes) / max(Double(bytes) / seconds, 1)).rounded())
    // In the step of a file its name is part of the step's.
    let step = words.step(state.step) + (state.step.hasPrefix(RunProgress.filePrefix) ? "" : " \(file)")
    let share = 100 * bytes / max(total, 1)
    return words(
      "\(step)  \(words.number(records))件  \(share)%  毎秒\(speed)MB  残り\(left)",
      "\(step)  \(words.number(records)) records  \(share)%  \(speed) MB/s  \(left) left")
  }

  private func readBack(_ state: State) -> String {
    let words = Words(language: language)
    return words(
      "\(words.step(state.step))  表 \(state.tablesDone)/\(state.tables)  \(words.number(state.rows))行",
      "\(words.step(state.step))  tables \(state.tablesDone)/\(state.tables)  \(words.number(state.rows)) rows")
  }

  /// Counts rows whose total is unknown.
  @Sendable func count(_ more: Int) {
    state.withLock { state in
      state.rows += more
      let words = Words(language: language)
      let speed = Int(Double(state.rows) / max(Date().timeIntervalSince(state.began), 0.001))
      show(
        words(
          "\(words.number(state.rows))行  毎秒\(words.number(speed))行",
          "\(words.number(state.rows)) rows  \(words.number(speed)) rows/s"), &state)
    }
  }

  /// Writes the line over the one before.
  private func show(_ text: String, _ state: inout State, isLast: Bool = false) {
    let now = Date()
    guard now.timeIntervalSince(state.began) >= patience.first,
      now.timeIntervalSince(state.shown) >= patience.next || isLast
    else { return }
    state.shown = now
    write("\r\u{1B}[K" + text)
  }

  /// Removes the line.
  func clear() {
    guard state.withLock({ $0.shown != .distantPast }) else { return }
    write("\r\u{1B}[K")
  }
}
