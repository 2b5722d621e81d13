import Base
import Foundation
import Records
import Testing

/// The source itself, compared with its documentation.
@Suite struct LayeringTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func sources() throws -> [(target: String, file: String, text: String)] {
    let folder = root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map { file in
      let parts = file.pathComponents.drop { $0 != "Sources" }.dropFirst()
      return (parts.first ?? "", parts.joined(separator: "/"), try String(contentsOf: file, encoding: .utf8))
    }
  }

  /// The levels of the table in `Docs/ARCHITECTURE.md`.
  static func levels() throws -> [String: Int] {
    var levels: [String: Int] = [:]
    for line in try text("Docs/ARCHITECTURE.md").split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, let level = Int(cells[0]) else { continue }
      levels[cells[1].trimmingCharacters(in: ["`"])] = level
    }
    return levels
  }

  @Test func everyTargetImportsOnlyFromLowerLevels() throws {
    let levels = try Self.levels()
    for (target, file, text) in try Self.sources() {
      let level = try #require(levels[target], "Docs/ARCHITECTURE.md does not list \(target)")
      for imported in SwiftText.imports(text) {
        guard let other = levels[imported] else { continue }
        #expect(other < level, "\(file) imports \(imported)")
      }
    }
    for target in levels.keys {
      #expect(FileManager.default.fileExists(atPath: Self.root.path + "/Sources/" + target), "no target \(target)")
    }
  }

  @Test func hotTargetsDoWithoutFoundation() throws {
    let hot = ["Records", "Expressions", "Charset", "Copybook", "Decode", "Checks", "Targets", "Framing"]
    let sources = try Self.sources()
    for target in hot { #expect(sources.contains { $0.target == target }, "no target \(target)") }
    for (target, file, text) in sources where hot.contains(target) {
      #expect(!SwiftText.imports(text).contains("Foundation"), "\(file)")
    }
  }

  /// Threads are started where ARCHITECTURE says, and there they are.
  @Test func onlySomeTargetsStartThreads() throws {
    var starting: Set<String> = []
    for (target, file, text) in try Self.sources() {
      for line in SwiftText.threadStarts(text) {
        #expect(["Pipeline", "Diff", "HTTP", "Site"].contains(target), "\(file): \(line)")
        starting.insert(target)
      }
    }
    #expect(starting == ["Pipeline", "Diff", "HTTP", "Site"])
  }

  /// A section a code, with the very sentences of the program.
  @Test(arguments: [("Docs/DIAGNOSTICS.md", Language.english), ("Docs/DIAGNOSTICS.ja.md", .japanese)])
  func everyDiagnosticIsDocumented(_ file: String, _ language: Language) throws {
    func plain(_ text: some StringProtocol) -> String {
      String(text).replacing(#/\{\d\}/#, with: "…").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let page = try Self.text(file)
    let parts = page.components(separatedBy: "\n## ").dropFirst().map { $0.split(separator: "\n", maxSplits: 1) }
    let sections = Dictionary(parts.map { (String($0[0]), plain($0[1])) }) { first, _ in first }
    #expect(sections.count == parts.count)
    for code in DiagnosticCode.allCases {
      let section = sections[code.rawValue] ?? ""
      for text in [code.wording.found, code.wording.remedy] {
        #expect(!text.text(language).isEmpty && section.contains(plain(text.text(language))), "\(code.rawValue)")
      }
      #expect(code.wording.found.ja.unicodeScalars.contains { $0.value > 0x3000 }, "\(code.rawValue) has no Japanese")
    }
    for fault in Fault.allCases { #expect(page.contains("| `\(fault.code)` |"), "\(fault.code)") }
    for oddity in Oddity.allCases { #expect(page.contains("| `\(oddity.code)` |"), "\(oddity.code)") }
  }

  @Test func everyDiagnosticIsUsed() throws {
    let all = try Self.sources().filter { $0.file != "Base/Words/DiagnosticCode.swift" }.map(\.text).joined()
    for code in DiagnosticCode.allCases { #expect(all.contains(".\(code)"), "\(code) is never given") }
  }
}
