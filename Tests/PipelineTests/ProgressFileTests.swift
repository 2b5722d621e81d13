import Base
import Evidence
import Ledger
import Synchronization
import Testing
import Workspace

/// The events of a run, their written summary, and the frequency of writing.
@Suite struct ProgressFileTests {
  private final class Written: Sendable {
    private let all = Mutex<[RunProgress]>([])
    func add(_ progress: RunProgress) { all.withLock { $0.append(progress) } }
    var list: [RunProgress] { all.withLock { $0 } }
  }

  private static func file(_ written: Written) -> ProgressFile {
    ProgressFile(RunProgress(run: "0001", command: "run", resumed: false, started: "2019-11-20T09:00:00Z")) {
      written.add($0)
    }
  }

  private static let plan = RunEvent.planned(
    steps: [
      RunProgress.Step(step: "file A", planned: 60), RunProgress.Step(step: "file B", planned: nil),
      RunProgress.Step(step: "read-back", planned: 9),
    ],
    files: [
      RunEvent.File(id: "A", title: Bilingual("甲", "A"), bytes: 100),
      RunEvent.File(id: "B", title: Bilingual("乙", "B"), bytes: 300),
    ], tables: 2)

  private static func ended(_ step: String) -> RunEvent {
    .ended(RunEvidence.Step(step: step, seconds: 1.5, planned: nil))
  }

  @Test func eachStepBeginsWithAWordAndTheRestIsToldNowAndThen() throws {
    let written = Written()
    let file = Self.file(written)
    #expect(written.list.map(\.step) == ["open"])
    file.report(Self.plan)
    file.report(.began(step: "file A"))
    let began = ContinuousClock.now
    for record in 1...100_000 { file.report(.read(file: "A", records: record, bytes: record / 1000, total: 100)) }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    #expect(written.list.count <= 3 + Int(seconds * 2) + 1)
    file.report(Self.ended("file A"))
    file.report(.began(step: "file B"))
    var last = try #require(written.list.last)
    #expect(last.step == "file B" && last.file == "B" && last.fileTitle == Bilingual("乙", "B") && last.planned == nil)
    #expect(last.files == 2 && last.filesDone == 1 && last.allBytesTotal == 400 && last.tables == 2)
    #expect(last.allRecords == 100_000 && last.allBytes == 100 && last.bytes == 0 && last.bytesTotal == 300)
    #expect(last.ahead.map(\.step) == ["read-back"] && last.steps.map(\.step) == ["open", "file A"])
    file.report(.read(file: "B", records: 7, bytes: 150, total: 300))
    file.end(.interrupted)
    last = try #require(written.list.last)
    #expect(last.state == .interrupted && last.allRecords == 100_007 && last.allBytes == 250 && last.bytes == 150)
  }

  /// A file that is read again for its differences is not counted twice in the sum.
  @Test func readingAgainIsNotCountedTwice() throws {
    let written = Written()
    let file = Self.file(written)
    file.report(Self.plan)
    for id in ["A", "B"] {
      file.report(.began(step: "file " + id))
      file.report(.read(file: id, records: 1, bytes: id == "A" ? 100 : 300, total: id == "A" ? 100 : 300))
      file.report(Self.ended("file " + id))
    }
    file.report(.began(step: "read-back"))
    #expect(written.list.last?.planned == 9)
    for _ in 0..<2 {
      file.report(.readBack(rows: 5))
      file.report(.readTable)
    }
    file.report(Self.ended("read-back"))
    file.report(.began(step: "differences"))
    file.report(.read(file: "B", records: 1, bytes: 200, total: 300))
    file.end(.failed)
    var last = try #require(written.list.last)
    #expect(last.file == "B" && last.bytes == 200 && last.allBytes == 400 && last.allRecords == 2)
    #expect(last.rows == 10 && last.tablesDone == 2 && last.step == "differences")
    file.report(Self.ended("differences"))
    file.report(.began(step: "report"))
    file.end(.finished)
    last = try #require(written.list.last)
    #expect(last.steps.map(\.step) == ["open", "file A", "file B", "read-back", "differences", "report"])
    #expect(last.file == nil && last.filesDone == 2 && last.ahead.isEmpty)
  }
}
