import Base
import Foundation
import Ledger
import RegisterFixtures
import Testing

/// Changes to the ledger itself, with name and reason: the clock, and rebuilt registers.
@Suite struct CorrectionTests {
  private static func thing(_ number: Int, _ title: String) -> Amendment {
    Amendment(register: "thing", id: "N-\(number)", act: "raise", changes: ["title": .text(title)])
  }

  // MARK: clock

  struct Jump: Sendable, CustomTestStringConvertible {
    let at: String
    let isTaken: Bool
    var testDescription: String { at }
  }

  /// 400 days after 2019-11-01 is 2020-12-05.
  @Test(arguments: [
    Jump(at: "2020-12-05T09:00:00Z", isTaken: true), Jump(at: "2020-12-06T08:59:59Z", isTaken: true),
    Jump(at: "2020-12-06T09:00:00Z", isTaken: false), Jump(at: "2099-01-01T00:00:00Z", isTaken: false),
    Jump(at: "9999-12-31T23:59:59Z", isTaken: false),
  ])
  func aClockThatHasJumpedIsRefusedUntilAPersonSaysThatItIsRight(_ row: Jump) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    try append([Self.thing(1, "a")], in: ledger, at: Clock.text(0))
    if row.isTaken {
      try ledger.read { try $0.checkClock(row.at) }
      try append([Self.thing(2, "b")], in: ledger, at: row.at)
      return
    }
    let refused = Diagnostic(.ledgerJump, at: Place(file: shelf.file), row.at, Clock.text(0), "400")
    #expect(throws: refused) { try ledger.read { try $0.checkClock(row.at) } }
    #expect(throws: refused) { try append([Self.thing(2, "b")], in: ledger, at: row.at) }
    #expect(
      refused.message(.english)
        == "\(shelf.file): the clock (\(row.at)) stands more than 400 days behind the last entry (2019-11-01T09:00:00Z). Look at the computer's clock. If it is right, say so by name and reason with `totsugo ledger clock`. Nothing has been changed. [ledger.jump]"
    )
    try ledger.write { _ = try $0.correctClock(by: "山田", reason: "監査のため再開", at: row.at) }
    try append([Self.thing(2, "b")], in: ledger, at: row.at)
    #expect(try shelf.findings() == [])
  }

  /// A future date does not block the ledger for ever: the correction is in the chain, and the chain still holds.
  @Test func theClockCanBeSetRightBehindAFutureDate() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    try append([Self.thing(1, "a")], in: ledger, at: Clock.text(0))
    try append([Self.thing(2, "b")], in: ledger, at: "2020-10-01T00:00:00Z")
    #expect(throws: Diagnostic(.ledgerClock, at: Place(file: shelf.file), Clock.text(60), "2020-10-01T00:00:00Z")) {
      try append([Self.thing(3, "c")], in: ledger, at: Clock.text(60))
    }
    let before = try ledger.write {
      try $0.correctClock(by: "山田", reason: "時計の電池切れ", at: Clock.text(60))
    }
    #expect(before.number == 2)
    try append([Self.thing(3, "c")], in: ledger, at: Clock.text(61))
    #expect(try shelf.findings() == [])
    let entries = try ledger.read { try $0.entries(from: 3) }
    #expect(entries.map(\.amendment.act) == ["clock", "raise"] && entries[0].by == "山田")
    let correction = try #require(try ledger.read { try $0.records(Correction.self) }.first)
    #expect(correction.kind == .clock && correction.id == "C-0001" && correction.reason == "時計の電池切れ")
    #expect(correction.entry == 2 && correction.before == "2020-10-01T00:00:00Z" && correction.at == Clock.text(60))
    // When there is no defect, nothing is corrected.
    let needless = Diagnostic(.ledgerClockRight, at: Place(file: shelf.file), Clock.text(62), Clock.text(61))
    #expect(throws: needless) {
      try ledger.write { _ = try $0.correctClock(by: "山田", reason: "念のため", at: Clock.text(62)) }
    }
    #expect(
      needless.message(.english)
        == "\(shelf.file): the clock (\(Clock.text(62))) agrees with the last entry (\(Clock.text(61))): there is nothing to correct. Enter what is to be entered. Nothing has been changed. [ledger.clock-right]"
    )
  }

  /// Only a correction may be dated before the previous entry: any other one is found.
  @Test func anotherEntryThatIsDatedBackIsFound() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    try append([Self.thing(1, "a")], in: ledger, at: Clock.text(100))
    try append([Self.thing(2, "b")], in: ledger, at: Clock.text(100))
    let entry = try #require(try ledger.read { try $0.last() })
    let (text, digest) = TamperingTests.forged(entry, ["at": .text(Clock.text(50))])
    try TamperingTests.put(shelf, 2, text, digest)
    #expect(try shelf.findings().map(\.kind) == [.time])
  }

  struct Moment: Sendable, CustomTestStringConvertible {
    /// The requested moment and the clock, in seconds.
    let before: String
    let now: String
    /// The number of entries that count, and the doubtful one.
    let count: Int
    let doubtful: Int?
    var testDescription: String { "before \(before), now \(now)" }
  }

  /// Entries 1 at 10 s, 2 at 20 s, 3 and 4 dated 300 days later, 5 the correction at 40 s, 6 at 50 s, 7 dated 300 days later again.
  /// When 3 and 4 were made is known only as between 20 s and 40 s, of 7 only that it was after 50 s.
  @Test(arguments: [
    Moment(before: Clock.text(5), now: Clock.text(60), count: 0, doubtful: nil),
    Moment(before: Clock.text(15), now: Clock.text(60), count: 1, doubtful: nil),
    Moment(before: Clock.text(20), now: Clock.text(60), count: 1, doubtful: nil),
    Moment(before: Clock.text(30), now: Clock.text(60), count: 2, doubtful: 3),
    Moment(before: Clock.text(40), now: Clock.text(60), count: 2, doubtful: 3),
    Moment(before: Clock.text(41), now: Clock.text(60), count: 5, doubtful: nil),
    Moment(before: Clock.text(50), now: Clock.text(60), count: 5, doubtful: nil),
    Moment(before: Clock.text(55), now: Clock.text(60), count: 6, doubtful: 7),
    Moment(before: Clock.text(55), now: "2020-12-01T00:00:00Z", count: 6, doubtful: nil),
    Moment(before: "2021-01-01T00:00:00Z", now: Clock.text(60), count: 7, doubtful: nil),
  ])
  func whatHadBeenEnteredByAMoment(_ row: Moment) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    let ledger = try shelf.open()
    let future = "2020-08-27T00:00:00Z"
    for (number, at) in [Clock.text(10), Clock.text(20), future, future].enumerated() {
      try append([Self.thing(number + 1, "a")], in: ledger, at: at)
    }
    try ledger.write { _ = try $0.correctClock(by: "山田", reason: "時計", at: Clock.text(40)) }
    try append([Self.thing(5, "a")], in: ledger, at: Clock.text(50))
    try append([Self.thing(6, "a")], in: ledger, at: future)
    let (state, head, doubtful) = try ledger.read { try $0.state(before: row.before, now: row.now) }
    #expect(head.number == row.count && doubtful == row.doubtful, "\(head.number) \(doubtful ?? 0)")
    #expect(try state.value.canonical == ledger.read { try $0.state(upTo: row.count).value.canonical })
  }

  // MARK: rebuilt registers

  struct Damage: Sendable, CustomTestStringConvertible {
    let sql: String
    /// Register, and the changed, added and missing records.
    let registers: [String: [[String]]]
    var parts: [String] = []
    var testDescription: String { sql }
  }

  @Test(arguments: [
    Damage(sql: "UPDATE thing SET title = 'x' WHERE id = 'N-1'", registers: ["thing": [["N-1"], [], []]]),
    Damage(sql: "UPDATE thing SET count = 'x', parts = x'ff'", registers: ["thing": [["N-1", "N-2", "N-3"], [], []]]),
    Damage(
      sql: "DELETE FROM thing WHERE id = 'N-2'; INSERT INTO thing (id, revision) VALUES ('N-9', 1)",
      registers: ["thing": [[], ["N-9"], ["N-2"]]]),
    Damage(sql: "DROP TABLE thing", registers: ["thing": [[], [], ["N-1", "N-2", "N-3"]]]),
    Damage(
      sql: "ALTER TABLE thing RENAME TO kept; CREATE VIEW thing AS SELECT * FROM kept",
      registers: ["thing": [[], [], ["N-1", "N-2", "N-3"]]], parts: ["kept", "thing"]),
    Damage(sql: "ALTER TABLE remark ADD COLUMN more", registers: ["remark": [[], [], ["R-1"]]], parts: ["remark"]),
    Damage(
      sql: "CREATE TRIGGER t AFTER INSERT ON correction BEGIN DELETE FROM thing; END", registers: [:], parts: ["t"]),
    Damage(
      sql: "DROP INDEX entry_record; CREATE INDEX entry_record ON entry (text)", registers: [:],
      parts: ["entry_record"]),
    Damage(
      sql: "DELETE FROM remark; UPDATE thing SET answered_by = '市長' WHERE id = 'N-3'",
      registers: ["thing": [["N-3"], [], []], "remark": [[], [], ["R-1"]]]),
  ])
  func aDamagedRegisterIsMadeAnewFromTheEntries(_ row: Damage) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    try Self.fill(shelf)
    let whole = try shelf.dump()
    try shelf.script(row.sql)
    #expect(try !shelf.findings().isEmpty)
    // Looking at it changes nothing.
    let damaged = try Data(contentsOf: URL(fileURLWithPath: shelf.file))
    let shown = try shelf.open().tryOut { try $0.rebuild(by: "山田", reason: "試し", at: Clock.text(9)) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: shelf.file)) == damaged)
    let done = try shelf.open().write { try $0.rebuild(by: "山田", reason: "ディスク障害", at: Clock.text(9)) }
    #expect(shown.registers == done.registers && shown.parts == done.parts)
    let differences = done.registers.map { ($0.register, [$0.changed, $0.added, $0.gone]) }
    #expect(Dictionary(differences) { $1 } == row.registers)
    #expect(done.parts == row.parts)
    #expect(try shelf.findings() == [])
    // Everything is restored, and one more entry records the rebuilding.
    let again = try shelf.dump()
    let before = whole.filter { !$0.hasPrefix("Head(") }
    #expect(again.filter { !$0.hasPrefix("Head(") && !$0.contains("\"rebuild\"") } == before)
    let entry = try #require(try shelf.reading().read { try $0.last() })
    #expect(
      entry.by == "山田" && entry.amendment.act == "rebuild" && entry.amendment.changes["reason"] == .text("ディスク障害"))
    for (register, records) in row.registers {
      #expect(
        entry.amendment.changes["differences"]?[register] == .list(records.map { .integer($0.count) }), "\(register)")
    }
    // An intact register is not rebuilt, and nothing is entered.
    let nothing = try shelf.open().write { try $0.rebuild(by: "山田", reason: "もう一度", at: Clock.text(10)) }
    #expect(nothing.registers.isEmpty && nothing.parts.isEmpty)
    #expect(try shelf.reading().read { try $0.last() } == entry)
  }

  private static func fill(_ shelf: Shelf) throws {
    let ledger = try shelf.open()
    for number in 1...3 { try append([thing(number, "か\u{3099}")], in: ledger, at: Clock.text(number)) }
    let parts = JSONValue.list([.text("a"), .null])
    try append(
      [
        Amendment(register: "thing", id: "N-3", act: "answer", changes: ["parts": parts, "count": .integer(Int.min)]),
        Amendment(register: "remark", id: "R-1", act: "raise", changes: ["text": .text("行1\n行2")]),
      ], in: ledger, at: Clock.text(4))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let sql: String
    let refused: @Sendable (String) -> Diagnostic
    var testDescription: String { sql }
  }

  /// Nothing is rebuilt from a broken chain, and the trace of a cut tail is kept.
  @Test(arguments: [
    Refusal(sql: "UPDATE entry SET text = replace(text, 'N-1', 'N-4') WHERE number = 1") {
      Diagnostic(.ledgerChain, at: Place(file: $0, record: 1))
    },
    Refusal(sql: "DELETE FROM entry WHERE number = 2") { Diagnostic(.ledgerChain, at: Place(file: $0, record: 2)) },
    Refusal(sql: "DELETE FROM entry WHERE number = 5") {
      Diagnostic(.ledgerCut, at: Place(file: $0, field: "remark R-1"), "5", "4")
    },
    Refusal(sql: "DELETE FROM entry WHERE number >= 3; DELETE FROM remark") {
      Diagnostic(.ledgerCut, at: Place(file: $0, field: "thing N-3"), "4", "2")
    },
  ])
  func whatIsBrokenIsNotCoveredUp(_ row: Refusal) throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    try Self.fill(shelf)
    try shelf.script(row.sql)
    let before = try shelf.findings()
    let ledger = try shelf.open()
    for isTried in [true, false] {
      #expect(throws: row.refused(shelf.file)) {
        _ = try (isTried ? ledger.tryOut : ledger.write) { try $0.rebuild(by: "山田", reason: "x", at: Clock.text(9)) }
      }
    }
    #expect(try shelf.findings() == before && !before.isEmpty)
    let cut = Diagnostic(.ledgerCut, at: Place(file: "f", field: "thing N-3"), "4", "2")
    #expect(
      cut.message(.english)
        == "f, field thing N-3: the register rests on entry 4, but the ledger ends at entry 2: its tail was cut off. To make it anew would wipe out the trace. Compare with a copy of the ledger and find the cause. Nothing has been changed. [ledger.cut]"
    )
  }

  /// A later version's register without entries is not missed, and is created with the next entry.
  @Test func aLedgerOfAnEarlierVersionIsWhole() throws {
    let shelf = Shelf()
    defer { shelf.remove() }
    try Self.fill(shelf)
    try shelf.sql("DROP TABLE correction")
    #expect(try shelf.findings() == [])
    #expect(try shelf.reading().read { try $0.records(Correction.self) }.isEmpty)
    try append([Self.thing(4, "b")], in: try shelf.open(), at: Clock.text(9))
    try shelf.sql("DELETE FROM correction")
    // A register with entries is missing, not empty: it is neither read nor created again.
    try shelf.sql("DROP TABLE remark")
    let gone = Diagnostic(.ledgerTampered, at: Place(file: shelf.file), "remark")
    #expect(throws: gone) { try shelf.reading().read { _ = try $0.records(Remark.self) } }
    _ = try shelf.open()
    #expect(throws: gone) { try shelf.reading().read { _ = try $0.records(Remark.self) } }
    #expect(try shelf.findings().map(\.kind) == [.structure])
  }
}
