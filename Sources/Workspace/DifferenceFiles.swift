import Base
import Evidence
import Foundation
import Synchronization

/// The lists of single differences of runs (`differences/CHECK.ndjson`), read by line: 40,000 lines are scanned once
/// for their ends and groups, and only the lines that a page shows are decoded.
package final class DifferenceFiles: Sendable {
  /// The places of the lines in a file.
  private struct Index: Sendable {
    let stamp: String
    /// The seal of the scanned bytes.
    let seal: ListSeal
    let ends: [Int]
    let byGroup: [String: [Int]]
  }

  private static let kept = 16

  private let indexes = Mutex<[String: Index]>([:])

  package init() {}

  /// - Returns: the numbers of a check's lines, from 0: all lines, or those of a group.
  /// - Throws: `workspace.unreadable` for a missing list, `ledger.tampered` for one that is not as recorded.
  package func numbers(_ file: String, of check: CheckResult, group: String?) throws(Diagnostic) -> [Int] {
    let (_, index) = try open(file) { (seal) throws(Diagnostic) in try check.prove(seal, of: file) }
    guard let group else { return Array(index.ends.indices) }
    return index.byGroup[group] ?? []
  }

  /// Some lines of a list.
  ///
  /// - Parameter reveals: with what is personal; numbers of persons (個人番号) never.
  /// - Throws: the errors of ``numbers(_:of:group:)``; `workspace.unreadable` also for a damaged list.
  package func read(
    _ file: String, _ numbers: ArraySlice<Int>, of check: CheckResult, reveals: Bool = false
  ) throws(Diagnostic) -> [SingleDifference] {
    let digest = reveals ? check.revealedDigest : nil
    let file = digest == nil ? file : DifferenceList.revealed(file)
    let (data, index) = try open(file) { (seal) throws(Diagnostic) in
      guard let digest else { return try check.prove(seal, of: file) }
      guard seal.digest == digest else {
        throw Diagnostic(.ledgerTampered, at: Place(file: file), "revealed/\(check.id).ndjson")
      }
    }
    var found: [SingleDifference] = []
    for line in numbers {
      // Before the lines of a revealed list stands its salt.
      let number = digest == nil ? line : line + 1
      let start = number == 0 ? 0 : index.ends[number - 1] + 1
      guard let line = DifferenceList.Line(data[start..<index.ends[number]]) else {
        throw Diagnostic(.workspaceUnreadable, at: Place(file: file, line: number + 1))
      }
      found.append(SingleDifference(line, of: check))
    }
    return found
  }

  private func open(
    _ file: String, _ prove: (ListSeal) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> (Data, Index) {
    let stamp = FileStamp.of(file)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe) else {
      throw Diagnostic(.workspaceUnreadable, at: Place(file: file))
    }
    if let known = indexes.withLock({ $0[file] }), known.stamp == stamp {
      try prove(known.seal)
      return (data, known)
    }
    let seal = ListSeal(data)
    try prove(seal)
    let index = Self.index(data, stamp, seal)
    indexes.withLock { indexes in
      if indexes.count >= Self.kept { indexes.removeAll() }
      indexes[file] = index
    }
    return (data, index)
  }

  /// The place of `mark` in a line; `nil` when it does not occur.
  private static func find(_ mark: [UInt8], in line: UnsafeRawBufferPointer) -> Int? {
    var from = 0
    while let base = line.baseAddress, from < line.count,
      let quote = memchr(base + from, Int32(mark[0]), line.count - from)
    {
      let place = base.distance(to: UnsafeRawPointer(quote))
      if place + mark.count > line.count { return nil }
      if memcmp(quote, mark, mark.count) == 0 { return place }
      from = place + 1
    }
    return nil
  }

  private static func index(_ data: Data, _ stamp: String, _ seal: ListSeal) -> Index {
    var ends: [Int] = []
    var byGroup: [String: [Int]] = [:]
    let mark = DifferenceList.groupMark
    data.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      while start < bytes.count, let found = memchr(base + start, 10, bytes.count - start) {
        let end = base.distance(to: UnsafeRawPointer(found))
        // No text of a line can hold the mark: quotes within texts are escaped.
        if let group = Self.find(mark, in: UnsafeRawBufferPointer(rebasing: bytes[start..<end])) {
          let from = start + group + mark.count
          let to = memchr(base + from, 34, end - from).map { base.distance(to: UnsafeRawPointer($0)) } ?? end
          let signature = String(decoding: bytes[from..<to], as: UTF8.self)
          byGroup[signature, default: []].append(ends.count)
        }
        ends.append(end)
        start = end + 1
      }
    }
    return Index(stamp: stamp, seal: seal, ends: ends, byGroup: byGroup)
  }
}
