import Foundation

/// GnuCOBOL: compiles a program and runs it in a separate folder.
struct Cobol {
  static let isInstalled: Bool = {
    guard let cobol = try? Cobol() else { return false }
    defer { cobol.remove() }
    return (try? cobol.shell("cobc", ["--version"])) != nil
  }()
  static let absence = "GnuCOBOL is not installed: Scripts/prerequisites gnucobol4"

  static let programs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Programs")

  /// The folder in which programs run and leave their files.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("oracle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The program's output, line by line.
  ///
  /// - Parameter standard: `default`, `ibm`, `mf`: a value of `cobc -std`.
  func run(
    _ source: String, standard: String = "default", environment: [String: String] = [:]
  ) throws -> [String] {
    try source.write(toFile: path("PROGRAM.cbl"), atomically: true, encoding: .utf8)
    _ = try shell("cobc", ["-x", "-w", "-std=\(standard)", "-I", Self.programs.path, "-o", "PROGRAM", "PROGRAM.cbl"])
    return try shell(path("PROGRAM"), [], environment).split(separator: "\n").map(String.init)
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private func shell(
    _ program: String, _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (Pipe(), path("errors"))
    try Data().write(to: URL(fileURLWithPath: errors))
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = FileManager.default.contents(atPath: errors).map { String(decoding: $0, as: UTF8.self) }
      throw Failure(description: "\(program): \(process.terminationStatus)\n\(text ?? "")")
    }
    return String(decoding: printed, as: UTF8.self)
  }
}
