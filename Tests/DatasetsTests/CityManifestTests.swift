import Comparisons
import Base
import Datasets
import Foundation
import Testing

/// The city's manifest of the parallel run, `Pipelines/parallel`, compared with its lists of test items and jobs.
@Suite struct CityManifestTests {
  private static let root =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Pipelines"

  private static func manifest() throws -> ParallelManifest {
    try ParallelManifest.read(root + "/parallel/manifest.yaml")
  }

  private static func list(_ name: String) throws -> [DelimitedText.Row] {
    let problems = Problems()
    let path = "\(root)/registers/\(name).csv"
    let header = try String(contentsOfFile: path, encoding: .utf8).prefix { !$0.isNewline }
    let columns = header.split(separator: ",").map(String.init)
    let list = try #require(DelimitedText.read(path, name: name, required: columns, problems))
    try problems.check()
    return list.rows
  }

  /// V1 件数 and V2 現新比較.
  private static func comparable() throws -> [DelimitedText.Row] {
    try list("test-items").filter { ["V1", "V2"].contains($0["category"]) }
  }

  /// Each item that the manifest names is a test item about counts or about old and new, of the output's own job.
  @Test func eachOutputIsEvidenceForItemsOfItsJob() throws {
    let items = Dictionary(uniqueKeysWithValues: try Self.comparable().map { ($0["id"], $0) })
    let jobs = Dictionary(uniqueKeysWithValues: try Self.list("test-jobs").map { ($0["id"], $0) })
    for output in try Self.manifest().jobs {
      let job = try #require(jobs[output.job ?? output.id], "\(output.id)")
      #expect(output.section == job["owner"], "\(output.id)")
      #expect(!output.items.isEmpty && Set(output.items).count == output.items.count, "\(output.id)")
      for id in output.items {
        let item = try #require(items[id], "\(output.id) names \(id)")
        #expect(item["job"] == job["id"], "\(output.id) names \(id)")
      }
    }
  }

  @Test func atLeastOneHundredAndTwentyItemsRestOnAComparison() throws {
    let named = Set(try Self.manifest().jobs.flatMap(\.items))
    let (all, tied) = (try Self.comparable(), try Self.comparable().filter { named.contains($0["id"]) })
    #expect(all.count == 163 && tied.count >= 120, "\(tied.count)")
    for view in ["V1", "V2"] { #expect(tied.count { $0["category"] == view } >= 50, "\(view)") }
  }

  /// Who confirms an item that rests on comparisons, is told which they are; who confirms another one, what is to be
  /// looked at.
  @Test func eachItemSaysWhatIsLookedAt() throws {
    var titles: [String: Set<String>] = [:]
    for output in try Self.manifest().jobs {
      for item in output.items { titles[item, default: []].insert(output.title.ja) }
    }
    for item in try Self.list("test-items") {
      let text = try #require(item["confirmed_by"].wholeMatch(of: #/([^（]+)（(.+)）/#), "\(item["id"])")
      let named = text.2.matches(of: #/「([^」]+)」/#).map { String($0.1) }
      #expect(Set(named) == titles[item["id"], default: []], "\(item["id"])")
      #expect(text.2.contains("並行稼働の突合") == !named.isEmpty, "\(item["id"])")
    }
  }

  /// The records of the old system, and the queries from which the sample makes both outputs: one for each output.
  @Test func eachOutputHasARecordAndAQuery() throws {
    let outputs = Set(try Self.manifest().jobs.map(\.id))
    func names(_ folder: String, _ ending: String) throws -> Set<String> {
      Set(
        try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/parallel/\(folder)")
          .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) })
    }
    #expect(try names("records", ".cpy") == outputs)
    #expect(try names("sample", ".sql") == outputs.union(["views"]))
  }
}
