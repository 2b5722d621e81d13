import Base
import Diff
import Dispatch
import Foundation
import Synchronization
import Testing

/// Rows that do not fit into memory are returned complete and in order.
@Suite struct SortingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: Int
    var rows = 5_000
    var keyBytes = 0...12
    var rowBytes = 0...40
    var testDescription: String { name }
  }

  private static func bytes(_ range: ClosedRange<Int>, _ random: inout Seeded) -> [UInt8] {
    (0..<Int.random(in: range, using: &random)).map { _ in UInt8.random(in: 0...3, using: &random) }
  }

  @Test(arguments: [
    Case(name: "nothing", limit: 100, rows: 0), Case(name: "one empty row", limit: 1, rows: 1, keyBytes: 0...0),
    Case(name: "rows beyond the limit", limit: 16, rows: 200), Case(name: "every row a run", limit: 1, rows: 60),
    Case(name: "many runs", limit: 2_000),
    Case(name: "long rows", limit: 300_000, rows: 12, rowBytes: 150_000...200_000),
    Case(name: "long keys", limit: 100_000, rows: 12, keyBytes: 70_000...140_000),
    Case(name: "all in memory", limit: 24 << 20),
  ])
  func rowsComeBackInOrder(_ input: Case) throws {
    var random = Seeded(7)
    let rows = (0..<input.rows).map { _ in
      (key: Self.bytes(input.keyBytes, &random), row: Self.bytes(input.rowBytes, &random))
    }
    let sorter = RowSorter(Scratch(folder: NSTemporaryDirectory()), limit: input.limit)
    for row in rows {
      try row.key.withUnsafeBufferPointer { key in
        try row.row.withUnsafeBufferPointer { try sorter.add(key: key, row: $0) }
      }
    }
    #expect(sorter.count == rows.count)
    var found: [(key: [UInt8], row: [UInt8])] = []
    let block = RowBlock()
    while try sorter.next(block) {
      found += (0..<block.count).map { (Array(block.key($0)), Array(block.row($0))) }
    }
    #expect(!(try sorter.next(block)), "the end is the end")
    let expected = rows.sorted {
      $0.key == $1.key ? $0.row.lexicographicallyPrecedes($1.row) : $0.key.lexicographicallyPrecedes($1.key)
    }
    #expect(found.map(\.key) == expected.map(\.key) && found.map(\.row) == expected.map(\.row))
  }

  /// Threads that open scratch files at once, in one folder, get one each.
  @Test func scratchFilesThatAreOpenedAtOnceDoNotMeet() {
    let opened = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 400) { _ in
      if Scratch(folder: NSTemporaryDirectory()).hasFile { opened.add(1, ordering: .relaxed) }
    }
    #expect(opened.load(ordering: .relaxed) == 400)
  }

  /// A disk that accepts no bytes is an error, not a shorter list.
  @Test func withoutScratchFileARunIsTrouble() throws {
    let sorter = RowSorter(Scratch(), limit: 1)
    let failure = #expect(throws: Diagnostic.self) {
      for byte in 0...9 as ClosedRange<UInt8> {
        try [byte].withUnsafeBufferPointer { try sorter.add(key: $0, row: $0) }
      }
    }
    #expect(failure?.code == .diffScratch)
  }

  @Test(arguments: [0, 1 << 20, 96 << 20]) func repeatedKeysAreMarked(_ budget: Int) throws {
    let scratch = Scratch(folder: NSTemporaryDirectory(), budget: budget)
    var random = Seeded(11)
    var hashes = (0..<700_000).map { _ in random.next() } + [0]
    let repeated = Set(hashes.prefix(50) + hashes.suffix(3))
    hashes += repeated
    let tally = KeyTally(scratch)
    for hash in hashes.shuffled(using: &random) { try tally.insert(hash) }
    let marks = BucketMarks()
    tally.markRepeated(marks)
    let expected = Set(repeated.map(BucketDigests.bucket))
    #expect(marks.count == expected.count)
    #expect(expected.allSatisfy(marks.contains))
    let again = BucketMarks()
    tally.markRepeated(again)
    #expect(again.count == 0, "the hashes are forgotten")
  }
}
