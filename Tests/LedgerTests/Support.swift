import Base
import CSQLite
import Foundation
import Ledger
import RegisterFixtures
import Testing
import Workspace

/// A register with a field of every kind, so that the ledger is tested independently of its use.
struct Thing: RegisterRecord {
  enum Field: Int, RegisterField {
    case title, count, parts, answeredBy

    var kind: RegisterSchema.Kind {
      switch self {
      case .count: .integer
      case .parts: .structure
      default: .text
      }
    }
  }

  static let register = RegisterSchema("thing", Field.self)
  let row: RegisterRow
  init(_ row: RegisterRow) { self.row = row }
}

struct Remark: RegisterRecord {
  enum Field: Int, RegisterField {
    case text
    var kind: RegisterSchema.Kind { .text }
  }

  static let register = RegisterSchema("remark", Field.self)
  let row: RegisterRow
  init(_ row: RegisterRow) { self.row = row }
}

/// Random numbers from a seed (SplitMix64), so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A separate workspace, with a ledger of things and remarks.
struct Shelf {
  let folder: String
  var workspace: Workspace { Workspace(path: folder) }
  var file: String { folder + "/ledger.sqlite" }
  static let schemas = [Thing.register, Remark.register]

  init() { folder = NSTemporaryDirectory() + "totsugo-ledger-" + UUID().uuidString }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  func open() throws -> Ledger { try Ledger(workspace, Self.schemas) }
  func reading() throws -> Ledger { try #require(try Ledger(reading: workspace, Self.schemas)) }

  /// A copy of the ledger's file in a separate workspace.
  func copy() throws -> Shelf {
    let other = Shelf()
    try FileManager.default.createDirectory(atPath: other.folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: file, toPath: other.file)
    return other
  }

  /// Runs a statement behind the ledger's back.
  func sql(_ statement: String, _ values: Any?...) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try Self.run(handle, statement, values)
  }

  /// Runs statements as one, each without values.
  func script(_ statements: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(
      sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
  }

  private static func run(_ handle: OpaquePointer?, _ statement: String, _ values: [Any?]) throws {
    var prepared: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, statement, -1, &prepared, nil) == SQLITE_OK, "\(statement)")
    defer { sqlite3_finalize(prepared) }
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      switch value {
      case let text as String:
        let bytes = Array(text.utf8).map { CChar(bitPattern: $0) } + [0]
        sqlite3_bind_text(prepared, place, bytes, Int32(text.utf8.count), copied)
      case let number as Int: sqlite3_bind_int64(prepared, place, Int64(number))
      case let bytes as [UInt8]: sqlite3_bind_blob(prepared, place, bytes, Int32(bytes.count), copied)
      default: sqlite3_bind_null(prepared, place)
      }
    }
    try #require(sqlite3_step(prepared) == SQLITE_DONE, "\(statement): \(String(cString: sqlite3_errmsg(handle)))")
  }

  func findings() throws -> [LedgerFinding] { try reading().read { try $0.verify() } }

  /// All that can be read.
  func dump() throws -> [String] {
    try reading().read { reading in
      var lines = try reading.entries(from: 1).map(\.value.canonical)
      lines.append("\(try reading.head())")
      for schema in Self.schemas {
        for (id, row) in try reading.rows(of: schema).sorted(by: { $0.key < $1.key }) {
          lines.append("\(schema.name) \(id) \(JSONValue.object(row).canonical)")
        }
      }
      for thing in try reading.records(Thing.self) { lines.append("\(thing.row.id) \(thing.row.revision)") }
      for remark in try reading.records(Remark.self) { lines.append("\(remark.row.id) \(remark.row.revision)") }
      return lines
    }
  }
}

/// Random entries.
enum RandomActs {
  static let texts = [
    "", "山田　太郎", "が", "か\u{3099}", "a\"b\\c", "line\nline", "😀", "\u{a0}\u{200f}", "'; DROP TABLE entry; --",
    String(repeating: "確認", count: 400),
  ]

  static func text(_ random: inout Seeded) -> String { texts.randomElement(using: &random)! }

  static func value(_ kind: RegisterSchema.Kind, _ random: inout Seeded) -> JSONValue {
    if Int.random(in: 0..<5, using: &random) == 0 { return .null }
    switch kind {
    case .text: return .text(text(&random))
    case .integer:
      return .integer([0, 1, -1, 42, Int.max, Int.min].randomElement(using: &random)!)
    case .structure:
      return Bool.random(using: &random)
        ? .list([.text(text(&random)), .integer(7), .null, .boolean(true)])
        : .object([text(&random).replacing("\n", with: " "): .list([]), "b": .object(["z": .integer(1), "a": .null])])
    }
  }

  static func amendment(_ random: inout Seeded) -> Amendment {
    let schema = Shelf.schemas.randomElement(using: &random)!
    var changes: [String: JSONValue] = [:]
    for field in schema.fields where Bool.random(using: &random) { changes[field.name] = value(field.kind, &random) }
    return Amendment(
      register: schema.name, id: "N-\(Int.random(in: 1...9, using: &random))",
      act: ["raise", "answer", "close"].randomElement(using: &random)!, changes: changes,
      source: Bool.random(using: &random) ? "" : "表.xlsx row 12")
  }

  /// Enters `count` amendments in groups, each group in its own transaction and a second later.
  static func enter(_ count: Int, in ledger: Ledger, _ random: inout Seeded) throws {
    var left = count
    var second = 0
    while left > 0 {
      let group = min(left, Int.random(in: 1...5, using: &random))
      let amendments = (0..<group).map { _ in amendment(&random) }
      let person = ["山田", "鈴木", "totsugo"].randomElement(using: &random)!
      try append(amendments, in: ledger, by: person, at: Clock.text(second))
      left -= group
      second += 1
    }
  }
}

enum Clock {
  /// The second after 2019-11-01 09:00 UTC.
  static func text(_ second: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "2019-11-01T\(two(9 + second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }
}

/// Runs a program of the system to its end.
func shell(_ program: String, _ arguments: [String], in folder: String) throws -> (code: Int32, text: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// Enters amendments in one transaction.
func append(_ amendments: [Amendment], in ledger: Ledger, by person: String = "山田", at now: String) throws {
  _ = try ledger.write { try $0.append(amendments, by: person, at: now) }
}
