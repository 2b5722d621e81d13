import Base
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing

/// Entering and reading, without tampering.
@Suite struct LedgerTests {
  /// The expected content of a ledger, computed without it.
  private struct Twin {
    var entries: [Amendment] = []
    var registers: [String: [String: [String: JSONValue]]] = [:]

    mutating func enter(_ amendment: Amendment) {
      entries.append(amendment)
      var record = registers[amendment.register, default: [:]][amendment.id] ?? [:]
      for (name, value) in amendment.changes { record[name] = value.isNull ? nil : value }
      registers[amendment.register, default: [:]][amendment.id] = record
    }
  }

  @Test(arguments: [1, 2, 3, 20, 120])
  func theTablesAreTheSumOfTheEntries(_ count: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(seed)
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    try RandomActs.enter(count, in: ledger, &random)
    var twin = Twin()
    let entries = try ledger.read { try $0.entries(from: 1) }
    for entry in entries { twin.enter(entry.amendment) }
    #expect(entries.map(\.number) == Array(1...count), "seed \(seed)")
    // Every entry follows from the previous one, by a digest that any program can compute.
    var previous = ""
    for entry in entries {
      #expect(entry.previous == previous, "seed \(seed), entry \(entry.number)")
      previous = SHA256.digest(of: entry.value.canonical)
    }
    try ledger.read { reading in
      #expect(try reading.head() == Head(number: count, digest: previous), "seed \(seed)")
      for schema in Shelf.schemas {
        let rows = try reading.rows(of: schema)
        let wanted = twin.registers[schema.name] ?? [:]
        #expect(Set(rows.keys) == Set(wanted.keys), "seed \(seed)")
        for (id, row) in rows {
          // Compared by bytes: が and か゛ are different words of a record.
          #expect(
            JSONValue.object(row).canonical.utf8.elementsEqual(JSONValue.object(wanted[id] ?? [:]).canonical.utf8),
            "seed \(seed), \(schema.name) \(id)")
        }
        for id in wanted.keys {
          let history = try reading.history(of: id, in: schema.name)
          #expect(
            history == entries.filter { $0.amendment.register == schema.name && $0.amendment.id == id }, "seed \(seed)")
        }
      }
      for thing in try reading.records(Thing.self) {
        #expect(
          thing.row.revision
            == entries.last { $0.amendment.register == "thing" && $0.amendment.id == thing.row.id }?.number,
          "seed \(seed)")
      }
      let all = JSONValue.object(
        twin.registers.mapValues { .object($0.mapValues { .object($0) }) })
      #expect(try reading.state().value.canonical == all.canonical, "seed \(seed)")
      #expect(try reading.verify() == [], "seed \(seed)")
    }
  }

  @Test func anEarlierStateIsTheSumOfTheEarlierEntries() throws {
    var random = Seeded(7)
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    try RandomActs.enter(40, in: ledger, &random)
    let entries = try ledger.read { try $0.entries(from: 1) }
    for end in [0, 1, 17, 40] {
      var twin = Twin()
      for entry in entries.prefix(end) { twin.enter(entry.amendment) }
      let state = try ledger.read { try $0.state(upTo: end) }
      let all = JSONValue.object(twin.registers.mapValues { .object($0.mapValues { .object($0) }) })
      #expect(state.value.canonical == all.canonical, "entry \(end)")
    }
  }

  @Test func anEmptyLedgerIsWhole() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    #expect(try ledger.read { try $0.head() } == .empty)
    #expect(try shelf.findings() == [])
    #expect(try shelf.dump() == ["\(Head.empty)"])
    #expect(try ledger.read { try $0.record(Thing.self, "N-1") } == nil)
  }

  @Test func thereIsNoneToReadBeforeOneIsMade() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    #expect(try Ledger(reading: shelf.workspace, Shelf.schemas) == nil)
    // A process that is creating a ledger has created the empty file.
    try FileManager.default.createDirectory(atPath: shelf.folder, withIntermediateDirectories: true)
    #expect(FileManager.default.createFile(atPath: shelf.file, contents: nil))
    #expect(try Ledger(reading: shelf.workspace, Shelf.schemas) == nil)
  }

  @Test func whatThrowsEntersNothing() throws {
    struct Stop: Error {}
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    var random = Seeded(3)
    try RandomActs.enter(5, in: ledger, &random)
    let before = try shelf.dump()
    #expect(throws: Stop.self) {
      try ledger.write { writing in
        try writing.append([RandomActs.amendment(&random)], by: "山田", at: "2019-12-01T00:00:00Z")
        throw Stop()
      }
    }
    #expect(try shelf.dump() == before)
  }

  @Test func aFieldThatIsNotAskedForIsNull() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    let changes: [String: JSONValue] = ["title": .text("a"), "count": .integer(1), "parts": .list([.integer(2)])]
    try append([Amendment(register: "thing", id: "N-1", act: "raise", changes: changes)], in: ledger, at: Clock.text(0))
    let thing = try #require(try ledger.read { try $0.records(Thing.self, without: [.parts]) }.first)
    #expect(thing.row[Thing.Field.parts] == .null)
    #expect(thing.row.text(Thing.Field.title) == "a")
    #expect(thing.row.integer(Thing.Field.count) == 1)
  }

  struct Control: Sendable, CustomTestStringConvertible {
    let by: String
    let id: String
    let changes: [String: JSONValue]
    let source: String
    /// The character and its place; `nil` when it may be entered.
    let refused: (String, String, String)?
    var testDescription: String { refused.map { "\($0.0) \($0.1)" } ?? "entered" }

    init(
      by: String = "山田", id: String = "N-1", _ changes: [String: JSONValue] = [:], source: String = "",
      refused: (String, String, String)? = nil
    ) {
      (self.by, self.id, self.changes, self.source, self.refused) = (by, id, changes, source, refused)
    }
  }

  /// Characters that control a reader's terminal or page are refused. A text may have lines; a name may not.
  @Test(arguments: [
    Control(["title": .text("a\0b")], refused: ("U+0000", "thing N-1 title", "a\0b")),
    Control(["title": .text("a\u{B}b")], refused: ("U+000B", "thing N-1 title", "a\u{B}b")),
    Control(["title": .text("\u{1B}[2J")], refused: ("U+001B", "thing N-1 title", "\u{1B}[2J")),
    Control(["title": .text("a\tb")], refused: ("U+0009", "thing N-1 title", "a\tb")),
    Control(["title": .text("a\rb")], refused: ("U+000D", "thing N-1 title", "a\rb")),
    Control(["title": .text("\u{7F}")], refused: ("U+007F", "thing N-1 title", "\u{7F}")),
    Control(["title": .text("\u{9B}m")], refused: ("U+009B", "thing N-1 title", "\u{9B}m")),
    Control(["title": .text("\u{202A}")], refused: ("U+202A", "thing N-1 title", "\u{202A}")),
    Control(["title": .text("\u{202E}gpj")], refused: ("U+202E", "thing N-1 title", "\u{202E}gpj")),
    Control(["title": .text("\u{2066}")], refused: ("U+2066", "thing N-1 title", "\u{2066}")),
    Control(["title": .text("\u{2069}")], refused: ("U+2069", "thing N-1 title", "\u{2069}")),
    Control(["parts": .list([.text("\0")])], refused: ("U+0000", "thing N-1 parts", "\0")),
    Control(["parts": .object(["a\nb": .null])], refused: ("U+000A", "thing N-1 parts", "a\nb")),
    Control(id: "N\u{1}", refused: ("U+0001", "thing N\u{1} id", "N\u{1}")),
    Control(by: "山田\n鈴木", refused: ("U+000A", "thing N-1 by", "山田\n鈴木")),
    Control(by: "\u{202E}山田", refused: ("U+202E", "thing N-1 by", "\u{202E}山田")),
    Control(source: "a\u{B}.xlsx", refused: ("U+000B", "thing N-1 source", "a\u{B}.xlsx")),
    // Lines, marks that are part of a word, and words that only look like marks.
    Control(["title": .text("十件を見た。\n問題なし")]), Control(["title": .text("葛\u{E0100}城 \u{200D}\u{200E}\u{2029}\u{A0}")]),
    Control(["title": .text("é…“”€\u{2065}\u{206A}\u{2029}\u{202F}")]), Control(by: "山田　太郎"),
  ])
  func controlCharactersAreRefused(_ row: Control) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    let amendment = Amendment(register: "thing", id: row.id, act: "raise", changes: row.changes, source: row.source)
    guard let (control, place, text) = row.refused else {
      try append([amendment], in: ledger, by: row.by, at: Clock.text(0))
      return
    }
    let refusal = Diagnostic(.ledgerControl, at: Place(field: place), control, text)
    #expect(throws: refusal) { try append([amendment], in: ledger, by: row.by, at: Clock.text(0)) }
    #expect(try ledger.read { try $0.head() } == .empty)
    #expect(refusal.message(.english).contains("the control character \(control) cannot be entered into the ledger"))
    #expect(ControlCharacter.first(in: refusal.message(.japanese), lines: true) == nil)
  }

  /// A text that a cell of Excel cannot hold is refused when it is entered, not when a list is exported.
  @Test func aTextHasAnEnd() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    func note(_ text: String) -> Amendment {
      Amendment(register: "thing", id: "N-1", act: "raise", changes: ["title": .text(text)])
    }
    try append([note(String(repeating: "𠮷", count: 16_383) + "a")], in: ledger, at: Clock.text(0))
    let refusal = Diagnostic(.ledgerLong, at: Place(field: "thing N-1 title"), "32768", "32767")
    #expect(throws: refusal) {
      try append([note(String(repeating: "𠮷", count: 16_384))], in: ledger, at: Clock.text(1))
    }
    #expect(refusal.message(.english).contains("the text has 32768 characters; the limit is 32767."))
    #expect(try ledger.read { try $0.head().number } == 1)
  }

  struct Moment: Sendable, CustomTestStringConvertible {
    let at: String
    let isTaken: Bool
    var testDescription: String { at }
  }

  @Test(arguments: [
    Moment(at: "2019-11-01T08:59:59Z", isTaken: false), Moment(at: "2018-12-31T23:59:59Z", isTaken: false),
    Moment(at: "2019-11-01T09:00:00Z", isTaken: true), Moment(at: "2019-11-01T09:00:01Z", isTaken: true),
  ])
  func theClockMayNotStandBeforeTheLastEntry(_ row: Moment) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    let amendment = Amendment(register: "remark", id: "N-1", act: "raise", changes: [:])
    try append([amendment], in: ledger, at: Clock.text(0))
    let refused = Diagnostic(.ledgerClock, at: Place(file: shelf.file), row.at, Clock.text(0))
    if row.isTaken {
      try append([amendment], in: ledger, at: row.at)
    } else {
      #expect(throws: refused) { try append([amendment], in: ledger, at: row.at) }
      #expect(
        refused.message(.english)
          == "\(shelf.file): the clock (\(row.at)) stands before the last entry (2019-11-01T09:00:00Z). Set the computer's clock. If it is right, and the entry's time is wrong, say so by name and reason with `totsugo ledger clock`. Nothing has been changed. [ledger.clock]"
      )
      #expect(
        refused.message(.japanese)
          == "\(shelf.file): 時計（\(row.at)）が最後の記載（2019-11-01T09:00:00Z）より前です。計算機の日時を直してください。時計が正しく記載の日時が誤りなら、totsugo ledger clock に氏名と理由を添えて記録してください。何も変更していません。 [ledger.clock]"
      )
    }
    #expect(try ledger.read { try $0.head().number } == (row.isTaken ? 2 : 1))
  }

  @Test func nobodyElseCanReadIt() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    _ = try shelf.open()
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(shelf.file) == 0o600)
    #expect(try mode(shelf.folder) == 0o700)
  }

  /// Each writer adds one to the value it read: a lost entry shows in the sum.
  @Test func twoThatWriteAtOnceLoseNothing() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    _ = try shelf.open()
    let (writers, each) = (4, 25)
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<writers {
      Thread {
        defer { ended.signal() }
        do {
          let ledger = try shelf.open()
          for _ in 0..<each {
            try ledger.write { writing in
              let old = try writing.reading.record(Thing.self, "N-1")?.row.integer(Thing.Field.count) ?? 0
              try writing.append(
                [Amendment(register: "thing", id: "N-1", act: "add", changes: ["count": .integer(old + 1)])], by: "山田",
                at: Clock.text(0))
            }
          }
        } catch { Issue.record(error) }
      }.start()
    }
    for _ in 0..<writers { ended.wait() }
    let ledger = try shelf.reading()
    #expect(try ledger.read { try $0.record(Thing.self, "N-1") }?.row.integer(Thing.Field.count) == writers * each)
    #expect(try ledger.read { try $0.head().number } == writers * each)
    #expect(try shelf.findings() == [])
  }

  @Test func whoWaitsTooLongIsTold() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let (holder, other) = (try shelf.open(), try shelf.open())
    let amendment = Amendment(register: "remark", id: "N-1", act: "raise", changes: [:])
    try holder.write { writing in
      try writing.append([amendment], by: "山田", at: Clock.text(0))
      // Readers see the earlier state all the while.
      #expect(try shelf.reading().read { try $0.head() } == .empty)
      #expect(throws: Diagnostic(.ledgerBusy, at: Place(file: shelf.file))) {
        try other.write { try $0.append([amendment], by: "鈴木", at: Clock.text(0)) }
      }
    }
    #expect(try shelf.reading().read { try $0.head().number } == 1)
  }
}
