import Base
import Evidence
import Foundation
import Synchronization

/// Keeps the progress of a run, and writes it for other processes.
///
/// For any number of threads. An event costs a lock and a look at the clock; every half second, and at each step's
/// beginning, the calling thread writes a small file.
package final class ProgressFile: Sendable {
  private struct Sheet {
    var progress: RunProgress
    var files: [String: RunEvent.File] = [:]
    /// Records and bytes of the finished files.
    var done = (records: 0, bytes: 0)
    var stepBegan = ContinuousClock.now
    var written = ContinuousClock.now
    var isStepOpen = true
  }

  private static let interval = Duration.milliseconds(500)

  private let began = ContinuousClock.now
  private let write: @Sendable (RunProgress) -> Void
  private let sheet: Mutex<Sheet>

  /// Writes the beginning at once.
  ///
  /// - Parameter write: must be fast; its errors cannot be reported.
  package init(_ progress: RunProgress, write: @escaping @Sendable (RunProgress) -> Void) {
    self.write = write
    sheet = Mutex(Sheet(progress: progress))
    write(progress)
  }

  @Sendable package func report(_ event: RunEvent) {
    sheet.withLock { sheet in
      let now = ContinuousClock.now
      let isUrgent = Self.note(event, &sheet, now)
      if isUrgent || now - sheet.written >= Self.interval { put(&sheet, now) }
    }
  }

  /// Writes the final state.
  package func end(_ state: RunProgress.State) {
    sheet.withLock { sheet in
      let now = ContinuousClock.now
      if state == .finished { Self.close(&sheet, now) }
      sheet.progress.state = state
      put(&sheet, now)
    }
  }

  private func put(_ sheet: inout Sheet, _ now: ContinuousClock.Instant) {
    sheet.written = now
    sheet.progress.at = Day.now()
    sheet.progress.seconds = Self.seconds(now - began)
    sheet.progress.stepSeconds = Self.seconds(now - sheet.stepBegan)
    write(sheet.progress)
  }

  private static func seconds(_ duration: Duration) -> Double { (duration / .milliseconds(1)).rounded() / 1000 }

  /// - Returns: whether it must be written at once.
  private static func note(_ event: RunEvent, _ sheet: inout Sheet, _ now: ContinuousClock.Instant) -> Bool {
    switch event {
    case .planned(let steps, let files, let tables):
      sheet.progress.ahead = steps
      sheet.progress.files = files.count
      sheet.progress.tables = tables
      sheet.progress.allBytesTotal = files.reduce(0) { $0 + $1.bytes }
      for file in files { sheet.files[file.id] = file }
      return true
    case .began(let step):
      begin(step, &sheet, now)
      return true
    case .read(let file, let records, let bytes, let total):
      if sheet.progress.file != file { open(file, &sheet) }
      sheet.progress.records = records
      sheet.progress.bytes = bytes
      sheet.progress.bytesTotal = total
      if isReading(sheet) {
        sheet.progress.allRecords = sheet.done.records + records
        sheet.progress.allBytes = sheet.done.bytes + bytes
      }
    case .readBack(let rows): sheet.progress.rows += rows
    case .explaining: break
    case .readTable: sheet.progress.tablesDone += 1
    case .ended(let step): end(step, &sheet)
    }
    return false
  }

  private static func isReading(_ sheet: Sheet) -> Bool { sheet.progress.step.hasPrefix(RunProgress.filePrefix) }

  private static func open(_ file: String, _ sheet: inout Sheet) {
    sheet.progress.file = file
    sheet.progress.fileTitle = sheet.files[file]?.title
    sheet.progress.bytesTotal = sheet.files[file]?.bytes ?? 0
    (sheet.progress.records, sheet.progress.bytes) = (0, 0)
  }

  private static func begin(_ step: String, _ sheet: inout Sheet, _ now: ContinuousClock.Instant) {
    close(&sheet, now)
    sheet.progress.step = step
    sheet.progress.planned = nil
    if let place = sheet.progress.ahead.firstIndex(where: { $0.step == step }) {
      sheet.progress.planned = sheet.progress.ahead[place].planned
      sheet.progress.ahead.removeSubrange(...place)
    }
    sheet.stepBegan = now
    sheet.isStepOpen = true
    if isReading(sheet) { open(String(step.dropFirst(RunProgress.filePrefix.count)), &sheet) }
  }

  /// Closes a step whose duration no event reports.
  private static func close(_ sheet: inout Sheet, _ now: ContinuousClock.Instant) {
    guard sheet.isStepOpen else { return }
    let progress = sheet.progress
    end(
      RunEvidence.Step(step: progress.step, seconds: seconds(now - sheet.stepBegan), planned: progress.planned), &sheet)
  }

  private static func end(_ step: RunEvidence.Step, _ sheet: inout Sheet) {
    sheet.isStepOpen = false
    sheet.progress.steps.append(step)
    if isReading(sheet) {
      sheet.progress.filesDone += 1
      sheet.done.records += sheet.progress.records
      sheet.done.bytes += sheet.progress.bytesTotal
      sheet.progress.allBytes = sheet.done.bytes
    }
    (sheet.progress.file, sheet.progress.fileTitle) = (nil, nil)
    (sheet.progress.records, sheet.progress.bytes, sheet.progress.bytesTotal) = (0, 0, 0)
  }
}
