import Foundation
import Synchronization
import Testing

/// Published cases beside the project in `../shared/conformance`, and the list of failing ones.
enum Conformance {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = project.deletingLastPathComponent().appendingPathComponent("shared/conformance")
  static let isPresent: Bool = {
    let found = FileManager.default.fileExists(atPath: folder.path)
    if !found { print("CONFORMANCE NOT RUN: \(folder.path) is missing") }
    return found
  }()

  static func text(_ path: String, in root: URL = folder) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The rows of a tab-separated table, by column.
  static func rows(_ path: String, in root: URL = folder) throws -> [[String: String]] {
    let lines = try text(path, in: root).replacing("\r\n", with: "\n").components(separatedBy: "\n").filter {
      !$0.isEmpty
    }
    let head = lines[0].components(separatedBy: "\t")
    return lines.dropFirst().map { line in
      Dictionary(zip(head, line.components(separatedBy: "\t"))) { first, _ in first }
    }
  }

  /// A set's cases by name, each with its flaw; `nil` when it holds.
  typealias Outcomes = [(name: String, flaw: String?)]

  /// Compares the outcomes of a set with `Tests/Conformance/exceptions.tsv` and enters them into the ``table``: a case
  /// that fails must be listed with its reason, and a listed one must fail.
  static func judge(_ set: String, _ outcomes: Outcomes) throws {
    let listed = try rows("Tests/Conformance/exceptions.tsv", in: project).filter { $0["set"] == set }
    let reasons = Dictionary(uniqueKeysWithValues: listed.map { ($0["case"] ?? "", $0["reason"] ?? "") })
    #expect(!outcomes.isEmpty, "\(set) has no cases")
    #expect(Set(reasons.keys).isSubset(of: outcomes.map(\.name)), "\(set): a listed case does not exist")
    #expect(Set(outcomes.map(\.name)).count == outcomes.count, "\(set): two cases share a name")
    for (name, flaw) in outcomes {
      if let reason = reasons[name] {
        #expect(flaw != nil, "\(set) \(name) holds now; it is listed because \(reason)")
      } else if let flaw {
        Issue.record("\(set) \(name): \(flaw)")
      }
    }
    let failed = outcomes.count { $0.flaw != nil }
    lines.withLock { $0[set] = [outcomes.count, outcomes.count - failed, failed, reasons.count] }
  }

  private static let lines = Mutex<[String: [Int]]>([:])

  /// Cases, passed, failed and listed of every set judged so far, and in total.
  static var table: String {
    let sets = lines.withLock { $0 }.sorted { $0.key < $1.key }
    let total = sets.reduce([0, 0, 0, 0]) { sum, set in zip(sum, set.value).map { $0 + $1 } }
    func row(_ name: String, _ cells: [String]) -> String {
      name.padding(toLength: 24, withPad: " ", startingAt: 0)
        + cells.map { String(repeating: " ", count: max(0, 8 - $0.count)) + $0 }.joined()
    }
    let rows = (sets + [("total", total)]).map { row($0, $1.map(String.init)) }
    return ([row("CONFORMANCE", ["cases", "passed", "failed", "listed"])] + rows).joined(separator: "\n")
  }

  struct Answer {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The built binary.
  static func run(_ arguments: [String]) throws -> Answer {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    return try run(project.appendingPathComponent(".build/\(configuration)/totsugo").path, arguments)
  }

  static func run(_ program: String, _ arguments: [String]) throws -> Answer {
    try withFolder { folder in
      let (output, errors) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
      for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return Answer(
        code: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
  }

  /// A folder that exists while `body` runs.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("totsugo-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
