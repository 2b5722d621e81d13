import Foundation
import Testing

/// `Package.swift`, held to the files of its targets.
@Suite struct ManifestTests {
  private static func imports(of target: SwiftText.Target) throws -> Set<String> {
    let folder = LayeringTests.root.appendingPathComponent(target.folder)
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.reduce(into: []) {
      $0.formUnion(SwiftText.imports(try String(contentsOf: $1, encoding: .utf8)))
    }
  }

  /// Programs that a test runs are built for it without being imported.
  @Test func everyTargetDeclaresWhatItImportsAndNothingElse() throws {
    let targets = SwiftText.targets(try LayeringTests.text("Package.swift"))
    #expect(targets.count > 50)
    let programs = Set(targets.filter(\.isExecutable).map(\.name))
    let known = Set(targets.map(\.name)).union(targets.flatMap(\.dependencies)).subtracting(programs)
    for target in targets where target.name != "CSHA256" {
      let imports = try Self.imports(of: target)
      let declared = Set(target.dependencies)
      #expect(
        declared.subtracting(imports).subtracting(programs).sorted() == [], "\(target.name) declares and never imports")
      #expect(
        imports.intersection(known).subtracting(declared).sorted() == [], "\(target.name) imports without declaring")
      #expect(declared.count == target.dependencies.count, "\(target.name) declares twice: \(target.dependencies)")
    }
  }

  /// Every folder of sources and tests is a target's.
  @Test func everyFolderIsATarget() throws {
    let manifest = try LayeringTests.text("Package.swift")
    let folders = SwiftText.targets(manifest).map(\.folder)
    for parent in ["Sources", "Tests"] {
      let path = LayeringTests.root.path + "/" + parent
      for name in try FileManager.default.contentsOfDirectory(atPath: path) {
        let files = FileManager.default.enumerator(atPath: path + "/" + name)?.compactMap { $0 as? String } ?? []
        guard files.contains(where: { $0.hasSuffix(".swift") }) else { continue }
        #expect(folders.contains(parent + "/" + name), "no target has \(parent)/\(name)")
      }
    }
  }
}

/// What the tests of the source see in it.
@Suite struct SwiftTextTests {
  @Test(
    arguments: [
      ("import Base", ["Base"]), ("  import Base", ["Base"]), ("\timport Base", ["Base"]), ("import  Base ", ["Base"]),
      ("@testable import Base", ["Base"]), ("@preconcurrency import Base", ["Base"]),
      ("@_exported import Base", ["Base"]), ("@_spi(Tests) import Base", ["Base"]),
      ("package import Base", ["Base"]), ("public import Base", ["Base"]), ("internal import Base", ["Base"]),
      ("private import Base", ["Base"]), ("fileprivate import Base", ["Base"]),
      ("@preconcurrency package import Base", ["Base"]), ("package @preconcurrency import Base", ["Base"]),
      ("import struct Base.Place", ["Base"]), ("import func Glibc.open", ["Glibc"]), ("import Base.Words", ["Base"]),
      ("import Base // the ground floor", ["Base"]), ("import Base; import Records", ["Base", "Records"]),
      ("#if canImport(Glibc)\n  import Glibc\n#endif", ["Glibc"]),
      ("// import Base", []), ("  /// import Base", []), ("let text = \"import Base\"", []), ("importBase", []),
      ("let text = \"\"\"\n  import Base\n  \"\"\"\nimport Records", ["Records"]),
      ("let address = \"http://localhost\"; import Base", ["Base"]),
    ] as [(String, Set<String>)])
  func importsAreSeen(_ text: String, _ modules: Set<String>) {
    #expect(SwiftText.imports(text) == modules)
  }

  @Test(
    arguments: [
      ("DispatchQueue.concurrentPerform(iterations: 2) { run($0) }", true), ("Task { run() }", true),
      ("Task{ run() }", true),
      ("Task(priority: .high) { run() }", true), ("Task<Void, Never> { run() }", true),
      ("Task.detached { run() }", true),
      ("Task.immediate { run() }", true), ("Thread { run() }.start()", true), ("let thread = Thread(block: run)", true),
      ("Thread.detachNewThread { run() }", true), ("pthread_create(&thread, nil, run, nil)", true),
      ("await withTaskGroup(of: Int.self) { _ in }", true),
      ("try await withThrowingTaskGroup(of: Int.self) { _ in }", true),
      ("await withDiscardingTaskGroup { _ in }", true), ("async let value = run()", true),
      ("DispatchQueue.global().async { run() }", true), ("DispatchQueue.global(qos: .utility).async { run() }", true),
      ("queue.async(execute: item)", true), ("queue.asyncAfter(deadline: .now()) { run() }", true),
      ("queue.async(group: group) { run() }", true), ("OperationQueue().addOperation(run)", true),
      ("  queue\n    .async { run() }", true),
      ("// Task { run() }", false), ("run() // not Task { run() }", false), ("func run() async throws {}", false),
      ("TaskList { run() }", false), ("Thread.current.name", false),
      ("DispatchQueue(label: \"a\").sync { run() }", false),
    ] as [(String, Bool)])
  func startsOfThreadsAreSeen(_ text: String, _ starts: Bool) {
    #expect(!SwiftText.threadStarts(text).isEmpty == starts)
  }

  @Test func targetsAreSeen() {
    let manifest = """
      func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: settings)
      }
      .systemLibrary(name: "CZlib"),
      .target(name: "CSHA256"),
      room("Base", ["CSHA256"]),
      room("Charset", []),
      room("Plain"),
      // room("Gone", ["Base"]),
      room(
        "Definitions",
        [
          "Base", .product(name: "Yams", package: "Yams-2"),
        ]),
      .executableTarget(
        name: "program", dependencies: ["Base"], path: "Elsewhere/program", exclude: ["run"], swiftSettings: settings),
      tests("Base", ["Base", "Charset"]),
      .testTarget(name: "OtherTests", dependencies: ["Base"], exclude: ["Fixtures"]),
      """
    #expect(
      SwiftText.targets(manifest) == [
        .init(name: "CSHA256", dependencies: [], folder: "Sources/CSHA256"),
        .init(name: "Base", dependencies: ["CSHA256"], folder: "Sources/Base"),
        .init(name: "Charset", dependencies: [], folder: "Sources/Charset"),
        .init(name: "Plain", dependencies: [], folder: "Sources/Plain"),
        .init(name: "Definitions", dependencies: ["Base", "Yams"], folder: "Sources/Definitions"),
        .init(name: "program", dependencies: ["Base"], folder: "Elsewhere/program", isExecutable: true),
        .init(name: "BaseTests", dependencies: ["Base", "Charset"], folder: "Tests/BaseTests"),
        .init(name: "OtherTests", dependencies: ["Base"], folder: "Tests/OtherTests"),
      ])
  }
}
