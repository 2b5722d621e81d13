import CSQLite
import Foundation
import Testing

/// Builds the data file of `Samples/notices`, byte by byte by its copybook, without the project's own encoders: digits
/// are X'F0'…, packed numbers end in C, D or F, kanji are JEF.
struct NoticeFile {
  struct Notice {
    var person = 1
    /// 山田太郎
    var name: [UInt8] = [0xBB, 0xB3, 0xC5, 0xC4, 0xC2, 0xC0, 0xCF, 0xBA, 0x40, 0x40]
    var year = 431
    var tax = 3_000
    /// 2019-07-01 and 2019-09-02.
    var due = [5_010_701, 5_010_902]
    var instalments = [2_000, 1_000]
    var code = "01"
  }

  var notices: [Notice] = []
  /// The count in the trailer, when it must be wrong.
  var count: Int?
  var sum: Int?

  static func clean(_ count: Int) -> NoticeFile {
    var file = NoticeFile()
    for person in 1...max(1, count) {
      let tax = 3_000 + person % 7 * 1_000
      file.notices.append(
        Notice(person: person, tax: tax, instalments: [tax - 1_000, 1_000], code: person % 3 == 0 ? "02" : "01"))
    }
    return file
  }

  static func zoned(_ number: Int, _ width: Int) -> [UInt8] {
    let digits = String(number)
    return (String(repeating: "0", count: width - digits.count) + digits).utf8.map { $0 - 48 + 0xF0 }
  }

  static func text(_ text: String) -> [UInt8] { text.utf8.map { $0 >= 48 && $0 <= 57 ? $0 - 48 + 0xF0 : 0x40 } }

  static func packed(_ number: Int, _ length: Int, signed: Bool = true) -> [UInt8] {
    var nibbles = String(abs(number)).utf8.map { $0 - 48 } + [signed ? (number < 0 ? 0xD : 0xC) : 0xF]
    nibbles = Array(repeating: 0, count: length * 2 - nibbles.count) + nibbles
    return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + Array(repeating: 0x40, count: 60 - bytes.count) }

  static func record(_ notice: Notice) -> [UInt8] {
    var bytes = text("10") + zoned(notice.person, 8) + notice.name + packed(notice.year, 2, signed: false)
    bytes += packed(notice.tax, 5)
    for index in 0...1 { bytes += packed(notice.due[index], 4, signed: false) + packed(notice.instalments[index], 4) }
    return padded(bytes + text(notice.code))
  }

  static func control(_ kind: String, _ count: Int, _ sum: Int) -> [UInt8] {
    padded(text(kind) + packed(count, 4, signed: false) + packed(sum, 6))
  }

  var bytes: [UInt8] {
    Self.control("00", 0, 0) + notices.flatMap(Self.record)
      + Self.control("99", count ?? notices.count, sum ?? notices.reduce(0) { $0 + $1.tax })
  }
}

/// The built binary, run in a fresh folder.
struct Program {
  let folder: String
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The program that has a command.
  private static func binary(of command: String?) -> String {
    ["generate", "outputs", "mutate"].contains(command) ? binary + "-city" : binary
  }

  /// Beside the test bundle, whichever configuration was built.
  static let binary: String = {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    return "\(root)/.build/\(configuration)/totsugo"
  }()

  init() throws {
    folder = NSTemporaryDirectory() + "totsugo-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  struct Answer {
    let code: Int32
    let output: String
    let errors: String

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
  }

  /// Runs to the end, or sends the process a signal (SIGKILL by default): after `killAfter` seconds, or as soon as
  /// `killWhen` returns true.
  @discardableResult
  func run(_ arguments: String..., killAfter: Double? = nil, environment: [String: String] = [:]) throws -> Answer {
    try run(all: arguments, killAfter: killAfter, environment: environment)
  }

  ///
  /// - Parameter asReader: as a user who has no right to write to other users' files: root becomes `nobody`.
  @discardableResult
  func run(
    all arguments: [String], killAfter: Double? = nil, killWhen: (() throws -> Bool)? = nil,
    with signal: Int32 = SIGKILL, environment: [String: String] = [:], asReader: Bool = false
  ) throws -> Answer {
    let process = Process()
    let binary = Self.binary(of: arguments.first)
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    if asReader, geteuid() == 0 {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", binary] + arguments
    }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["LANG": "C"]) { $1 }.merging(environment) { $1 }
    let output = folder + "/stdout"
    let errors = folder + "/stderr"
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let killAfter {
      usleep(UInt32(killAfter * 1_000_000))
      if process.isRunning { kill(process.processIdentifier, signal) }
    }
    if let killWhen {
      while process.isRunning, try !killWhen() { usleep(2_000) }
      if process.isRunning { kill(process.processIdentifier, signal) }
    }
    process.waitUntilExit()
    let code = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    return Answer(code: code, output: try text(output), errors: try text(errors))
  }

  /// Changes the ledger of the workspace `ws` behind the program's back.
  func sql(_ statements: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(folder + "/ws/ledger.sqlite", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK, "\(statements)")
  }

  /// Changes the target of the first run in the workspace `ws`.
  func target(_ statements: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(folder + "/ws/runs/0001/target.sqlite", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK, "\(statements)")
  }

  private func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

  func write(_ bytes: [UInt8], to name: String = "data/NOTICE.dat") throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// Copies the sample project, so that a test may change it.
  func copyProject() throws -> String {
    try FileManager.default.copyItem(atPath: Self.root + "/Samples/notices", toPath: folder + "/project")
    return folder + "/project/project.yaml"
  }

  /// Sets the numbers of rows of its lists in the copied project's gates: `migration-items: 3, trainings: 1`.
  func expect(lists: String) throws {
    let path = folder + "/project/gates.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("lists: {migration-items: 3}", with: "lists: {\(lists)}")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  static let notices = root + "/Samples/notices/project.yaml"
}
