import Base
import CSQLite
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing

/// R5: every change to a ledger behind the program's back is found and named.
@Suite struct TamperingTests {
  /// The required finding of a tampering.
  enum Expected {
    /// A finding of that kind, of that entry, in that place, before all others.
    case first(LedgerFinding.Kind, entry: Int?, place: String = "")
    /// Among the findings.
    case among(LedgerFinding.Kind, entry: Int?, place: String = "")
    /// Not detectable from within: only by a head that was fixed outside, and as this entry.
    case anchorOnly(entry: Int)
  }

  /// A ledger of a number of entries, and the facts that the tests need.
  struct Original {
    let shelf: Shelf
    let entries: [Entry]
    let anchor: Anchor
    let dump: [String]

    init(_ count: Int, seed: UInt64) throws {
      var random = Seeded(seed)
      shelf = Shelf()
      try RandomActs.enter(count, in: try shelf.open(), &random)
      let (entries, head) = try shelf.reading().read { (try $0.entries(from: 1), try $0.head()) }
      self.entries = entries
      anchor = try #require(Anchor(head, project: "桜ヶ瀬市", at: "2019-12-01T00:00:00Z", key: nil))
      dump = try shelf.dump()
    }

    /// A ledger with other entries: intact in itself, including the registers.
    func rewritten(_ entries: [(by: String, at: String, amendment: Amendment)]) throws -> Shelf {
      let other = Shelf()
      let ledger = try other.open()
      for entry in entries { try append([entry.amendment], in: ledger, by: entry.by, at: entry.at) }
      return other
    }

    var acts: [(by: String, at: String, amendment: Amendment)] { entries.map { ($0.by, $0.at, $0.amendment) } }
    var last: Int { entries.count }
  }

  enum Way: String, CaseIterable, Sendable {
    case byteOfText, byteOfDigest, byteOfIndex, cell, cellOfAnotherType, row, addedRow
    case removed, removedAndRenumbered, removedLast, swapped, inserted, appended, replaced, replacedAndLinked
    case otherForm, tailCut, rewritten, lastRewritten, setBack, structure, registerDropped, registerReplaced
  }

  static func other(than byte: UInt8, _ random: inout Seeded) -> UInt8 {
    let new = UInt8.random(in: 0x21...0x7E, using: &random)
    return new == byte ? new ^ 1 : new
  }

  /// One ASCII byte of a text changed to another; `nil` when it has none.
  static func mangled(_ text: String, _ random: inout Seeded) -> String? {
    var bytes = Array(text.utf8)
    let places = bytes.indices.filter { bytes[$0] < 0x80 }
    guard let place = places.randomElement(using: &random) else { return nil }
    bytes[place] = other(than: bytes[place], &random)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An entry's text with some changed fields, and its digest.
  static func forged(_ entry: Entry, _ fields: [String: JSONValue]) -> (text: String, digest: String) {
    let text = JSONValue.object((entry.value.object ?? [:]).merging(fields) { $1 }).canonical
    return (text, SHA256.digest(of: text))
  }

  static func put(_ shelf: Shelf, _ number: Int, _ text: String, _ digest: String) throws {
    try shelf.sql("UPDATE entry SET text = ?, digest = ? WHERE number = ?", text, digest, number)
  }

  /// Moves the numbers of entries from one on, up or down.
  static func shift(_ shelf: Shelf, from number: Int, by step: Int) throws {
    try shelf.script(
      """
      UPDATE entry SET number = -(number + \(step)) WHERE number >= \(number);
      UPDATE entry SET number = -number WHERE number < 0;
      """)
  }

  /// Links the entries behind `number` again, so that the chain holds.
  static func link(_ shelf: Shelf, _ entries: [Entry], after number: Int, _ digest: String) throws {
    var previous = digest
    for entry in entries.dropFirst(number) {
      let (text, digest) = forged(entry, ["previous": .text(previous)])
      try put(shelf, entry.number, text, digest)
      previous = digest
    }
  }

  /// Applies a way of tampering. Gives the changed ledger and the required finding; `nil` when it is not applicable.
  static func tamper(_ way: Way, _ original: Original, _ random: inout Seeded) throws -> (Shelf, Expected)? {
    let shelf = try original.shelf.copy()
    let done = try tamper(way, original, shelf, &random)
    if done == nil { shelf.remove() }
    return done
  }

  private static func tamper(
    _ way: Way, _ original: Original, _ shelf: Shelf, _ random: inout Seeded
  ) throws -> (Shelf, Expected)? {
    let number = Int.random(in: 1...original.last, using: &random)
    let entry = original.entries[number - 1]
    let record = "\(entry.amendment.register) \(entry.amendment.id)"
    switch way {
    case .byteOfText:
      guard let text = mangled(entry.value.canonical, &random) else { return nil }
      try shelf.sql("UPDATE entry SET text = ? WHERE number = ?", text, number)
      return (shelf, .first(.changed, entry: number))
    case .byteOfDigest:
      let digest = SHA256.digest(of: entry.value.canonical)
      guard let changed = mangled(digest, &random) else { return nil }
      try shelf.sql("UPDATE entry SET digest = ? WHERE number = ?", changed, number)
      return (shelf, .first(.changed, entry: number))
    case .byteOfIndex:
      let column = Bool.random(using: &random) ? "register" : "record"
      let old = column == "register" ? entry.amendment.register : entry.amendment.id
      guard let changed = mangled(old, &random) else { return nil }
      try shelf.sql("UPDATE entry SET \(column) = ? WHERE number = ?", changed, number)
      return (shelf, .first(.register, entry: number))
    case .cell, .cellOfAnotherType:
      let schema = Shelf.schemas.first { $0.name == entry.amendment.register }!
      let field = schema.fields.randomElement(using: &random)!
      let old = try original.shelf.reading().read { try $0.rows(of: schema) }[entry.amendment.id]?[field.name]
      let new: Any? =
        if way == .cellOfAnotherType {
          [[UInt8]([0xFF, 0x00, 0xE3]), "abc"].randomElement(using: &random)!
        } else {
          switch old {
          case nil, .null?: field.kind == .integer ? 5 : "無から"
          case .integer(let value)?: value == 3 ? 4 : 3
          case .text(let text)?: mangled(text, &random) ?? text + "x"
          case let value?: mangled(value.canonical, &random) ?? ""
          }
        }
      try shelf.sql("UPDATE \(schema.name) SET \"\(field.name)\" = ? WHERE id = ?", new, entry.amendment.id)
      return (shelf, .among(.register, entry: nil, place: "\(record) \(field.name)"))
    case .row:
      try shelf.sql("DELETE FROM \(entry.amendment.register) WHERE id = ?", entry.amendment.id)
      return (shelf, .first(.register, entry: nil, place: record))
    case .addedRow:
      try shelf.sql("INSERT INTO remark (id, revision, text) VALUES ('Z', \(original.last), 'x')")
      return (shelf, .first(.register, entry: nil, place: "remark Z"))
    case .removed:
      guard number < original.last else { return nil }
      try shelf.sql("DELETE FROM entry WHERE number = ?", number)
      return (shelf, .first(.removed, entry: number))
    case .removedAndRenumbered:
      guard number < original.last else { return nil }
      try shelf.sql("DELETE FROM entry WHERE number = ?", number)
      try shift(shelf, from: number + 1, by: -1)
      return (shelf, .first(.reordered, entry: number))
    case .removedLast:
      try shelf.sql("DELETE FROM entry WHERE number = ?", original.last)
      let last = original.entries[original.last - 1].amendment
      return (shelf, .among(.register, entry: nil, place: "\(last.register) \(last.id)"))
    case .swapped:
      let with = Int.random(in: 1...original.last, using: &random)
      guard with != number else { return nil }
      try shelf.script(
        """
        UPDATE entry SET number = 0 WHERE number = \(number); UPDATE entry SET number = \(number) WHERE number = \(with);
        UPDATE entry SET number = \(with) WHERE number = 0;
        """)
      return (shelf, .first(.reordered, entry: min(number, with)))
    case .inserted:
      let (text, digest) = forged(entry, ["by": .text("偽"), "number": .integer(number)])
      try shift(shelf, from: number, by: 1)
      try shelf.sql(
        "INSERT INTO entry (number, register, record, text, digest) VALUES (?, ?, ?, ?, ?)", number,
        entry.amendment.register, entry.amendment.id, text, digest)
      return (shelf, .first(.reordered, entry: number + 1))
    case .appended:
      let (text, digest) = forged(
        entry,
        [
          "number": .integer(original.last + 1), "previous": .text(original.anchor.head.digest),
          "at": .text("2030-01-01T00:00:00Z"),
        ])
      try shelf.sql(
        "INSERT INTO entry (number, register, record, text, digest) VALUES (?, ?, ?, ?, ?)", original.last + 1,
        entry.amendment.register, entry.amendment.id, text, digest)
      return (shelf, .among(.register, entry: nil, place: record))
    case .replaced:
      guard number < original.last else { return nil }
      let (text, digest) = forged(entry, ["by": .text("偽")])
      try put(shelf, number, text, digest)
      return (shelf, .first(.replaced, entry: number))
    case .replacedAndLinked:
      // A change that shows in a register, with the chain behind it linked again.
      let field = entry.amendment.register == "remark" ? "text" : "title"
      guard
        original.entries.last(where: {
          $0.amendment.register == entry.amendment.register && $0.amendment.id == entry.amendment.id
            && $0.amendment.changes[field] != nil
        })?.number == number
      else { return nil }
      var changes = entry.amendment.changes
      changes[field] = .text("偽")
      let (text, digest) = forged(entry, ["changes": .object(changes)])
      try put(shelf, number, text, digest)
      try link(shelf, original.entries, after: number, digest)
      return (shelf, .first(.register, entry: nil, place: "\(record) \(field)"))
    case .otherForm:
      // The same entry in another notation: intact in itself, but not in the form that a ledger writes.
      let canonical = entry.value.canonical
      let text = [canonical + " ", "{ " + canonical.dropFirst(), canonical.replacing("\"act\":", with: "\"act\": ")]
        .randomElement(using: &random)!
      try put(shelf, number, text, SHA256.digest(of: text))
      return (shelf, .first(.unreadable, entry: number))
    case .tailCut:
      let cut = try original.rewritten(Array(original.acts.prefix(number - 1)))
      shelf.remove()
      return (cut, .anchorOnly(entry: number))
    case .rewritten:
      var acts = original.acts
      acts[number - 1].by = "偽"
      let other = try original.rewritten(acts)
      shelf.remove()
      return (other, .anchorOnly(entry: original.last))
    case .lastRewritten:
      let (text, digest) = forged(original.entries[original.last - 1], ["by": .text("偽")])
      try put(shelf, original.last, text, digest)
      return (shelf, .anchorOnly(entry: original.last))
    case .setBack:
      guard number > 1, original.entries[number - 2].at > Clock.text(0) else { return nil }
      let (text, digest) = forged(entry, ["at": .text(Clock.text(0))])
      try put(shelf, number, text, digest)
      try link(shelf, original.entries, after: number, digest)
      return (shelf, .first(.time, entry: number))
    case .structure:
      let (statement, name) = [
        ("CREATE TABLE spare (a)", "spare"), ("CREATE TABLE \"sqliteZautoindex\" (a)", "sqliteZautoindex"),
        ("CREATE VIEW looked AS SELECT * FROM entry", "looked"),
        ("CREATE INDEX thing_title ON thing (title)", "thing_title"),
        ("CREATE TRIGGER quiet AFTER INSERT ON entry BEGIN DELETE FROM remark; END", "quiet"),
        ("CREATE TRIGGER thing AFTER INSERT ON entry BEGIN DELETE FROM remark; END", "thing"),
        ("ALTER TABLE remark ADD COLUMN hidden TEXT", "remark"), ("DROP INDEX entry_record", "entry_record"),
      ].randomElement(using: &random)!
      try shelf.sql(statement)
      return (shelf, .first(.structure, entry: nil, place: name))
    case .registerDropped:
      // The table of a register without entries belongs to a later version: nothing is lost with it.
      guard original.entries.contains(where: { $0.amendment.register == "remark" }) else { return nil }
      try shelf.sql("DROP TABLE remark")
      return (shelf, .among(.structure, entry: nil, place: "remark"))
    case .registerReplaced:
      try shelf.script("ALTER TABLE remark RENAME TO kept; CREATE VIEW remark AS SELECT * FROM kept;")
      return (shelf, .among(.structure, entry: nil, place: "remark"))
    }
  }

  /// The flaw of the answer; `nil` when it is right.
  static func mistake(_ found: [LedgerFinding], _ expected: Expected, anchored: [LedgerFinding]) -> String? {
    func matches(_ finding: LedgerFinding, _ kind: LedgerFinding.Kind, _ entry: Int?, _ place: String) -> Bool {
      finding.kind == kind && (entry == nil || finding.entry == entry)
        && (place.isEmpty || finding.place.hasPrefix(place))
    }
    switch expected {
    case .first(let kind, let entry, let place):
      guard let first = found.first else { return "not found" }
      return matches(first, kind, entry, place) ? nil : "\(first)"
    case .among(let kind, let entry, let place):
      return found.contains { matches($0, kind, entry, place) } ? nil : "\(found)"
    case .anchorOnly(let entry):
      if !found.isEmpty { return "found from within: \(found)" }
      guard let first = anchored.first else { return "not found, even with an anchor" }
      return matches(first, .anchor, entry, "") ? nil : "\(first)"
    }
  }

  @Test func aThousandTamperingsAreFoundAndNamed() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(seed)
    var done: [Way: Int] = [:]
    var original = try Original(12, seed: random.next())
    for round in 0..<1_000 {
      if round % 100 == 0 {
        original.shelf.remove()
        original = try Original([1, 2, 3, 12, 30].randomElement(using: &random)!, seed: random.next())
      }
      var way = Way.allCases[round % Way.allCases.count]
      var made: (Shelf, Expected)?
      while made == nil {
        made = try Self.tamper(way, original, &random)
        if made == nil { way = Way.allCases.randomElement(using: &random)! }
      }
      guard let (shelf, expected) = made else { continue }
      defer { shelf.remove() }
      done[way, default: 0] += 1
      let (found, anchored, isWhole) = try shelf.reading().read {
        (try $0.verify(), try $0.verify(original.anchor, key: nil), (try? $0.isWhole()) ?? false)
      }
      if isWhole != found.isEmpty {
        Issue.record("seed \(seed), round \(round), \(way): whole by hashes: \(isWhole); found: \(found)")
      }
      if let mistake = Self.mistake(found, expected, anchored: anchored) {
        Issue.record("seed \(seed), round \(round), \(way), \(original.last) entries: wanted \(expected): \(mistake)")
      }
    }
    original.shelf.remove()
    #expect(
      Set(done.keys) == Set(Way.allCases), "seed \(seed): never done: \(Set(Way.allCases).subtracting(done.keys))")
  }

  /// A damaged ledger can still be opened: the damage is reported or refused, and never ends the program.
  @Test func whatWasTamperedWithIsReadOrRefused() throws {
    let original = try Original(12, seed: 11)
    defer { original.shelf.remove() }
    for statement in [
      "UPDATE thing SET revision = 'x'", "UPDATE thing SET count = 'x'", "UPDATE thing SET title = x'ff'",
      "UPDATE thing SET parts = '{'", "UPDATE thing SET parts = x'ff'",
      "UPDATE entry SET text = x'ff' WHERE number = 12",
      "UPDATE entry SET digest = x'ff' WHERE number = 12", "UPDATE entry SET register = x'ff' WHERE number = 12",
      "UPDATE thing SET id = x'ff' WHERE id = (SELECT min(id) FROM thing)",
      "UPDATE entry SET number = -5 WHERE number = 3",
      "UPDATE entry SET number = 9223372036854775807 WHERE number = 12",
      "INSERT INTO thing (id, revision) VALUES ('\u{3042}', 99999999999)",
    ] {
      let shelf = try original.shelf.copy()
      defer { shelf.remove() }
      try shelf.sql(statement)
      #expect((try? shelf.reading().read { try $0.isWhole() }) != true, "\(statement)")
      // The finding counts; a register is read as far as possible.
      var found: [LedgerFinding]? = []
      #expect(throws: Never.self, "\(statement)") { found = try shelf.findings() }
      #expect(found?.isEmpty == false, "\(statement)")
      _ = try? shelf.dump()
      _ = try? shelf.open().write {
        try $0.append(
          [Amendment(register: "thing", id: "N-1", act: "raise", changes: [:])], by: "山田", at: "2030-01-01T00:00:00Z")
      }
    }
  }

  @Test func aByteOfTheFileIsFoundOrOfNoConsequence() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(seed)
    let original = try Original(30, seed: random.next())
    defer { original.shelf.remove() }
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: original.shelf.file)))
    var (found, refused, same) = (0, 0, 0)
    for round in 0..<600 {
      let shelf = Shelf()
      defer { shelf.remove() }
      try FileManager.default.createDirectory(atPath: shelf.folder, withIntermediateDirectories: true)
      var changed = bytes
      // The first hundred bytes determine how all others are read.
      let place = round < 100 ? round : Int.random(in: 0..<bytes.count, using: &random)
      changed[place] ^= UInt8.random(in: 1...255, using: &random)
      try Data(changed).write(to: URL(fileURLWithPath: shelf.file))
      do {
        let findings = try shelf.findings()
        if !findings.isEmpty {
          found += 1
          continue
        }
        #expect(try shelf.dump() == original.dump, "seed \(seed), round \(round), byte \(place)")
        same += 1
      } catch let error as Diagnostic {
        #expect(error.code == .ledgerDatabase, "seed \(seed), round \(round), byte \(place): \(error)")
        refused += 1
      }
    }
    #expect(found > 0 && refused > 0 && same > 0, "seed \(seed): \(found) found, \(refused) refused, \(same) the same")
  }

  @Test func aFileThatWasCutIsFoundOrRefused() throws {
    var random = Seeded(23)
    let original = try Original(30, seed: 5)
    defer { original.shelf.remove() }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: original.shelf.file))
    for _ in 0..<60 {
      let shelf = Shelf()
      defer { shelf.remove() }
      try FileManager.default.createDirectory(atPath: shelf.folder, withIntermediateDirectories: true)
      let length = Int.random(in: 1..<bytes.count, using: &random)
      try bytes.prefix(length).write(to: URL(fileURLWithPath: shelf.file))
      do { #expect(try !shelf.findings().isEmpty, "cut to \(length) of \(bytes.count)") } catch let error as Diagnostic
      {
        #expect(error.code == .ledgerDatabase)
      }
    }
  }

  @Test func theFindingsSayWhatAndWhere() throws {
    struct Case {
      let statements: String
      let ja: String
      let en: String
    }
    let original = try Original(12, seed: 3)
    defer { original.shelf.remove() }
    for row in [
      Case(
        statements: "DELETE FROM entry WHERE number = 4", ja: "記載 4 が無い。", en: "entry 4 is missing."),
      Case(
        statements: "DELETE FROM entry WHERE number IN (4, 5, 6)", ja: "記載 4–6 が無い。", en: "entries 4–6 are missing."),
      Case(statements: "DELETE FROM entry WHERE number = 1", ja: "記載 1 が無い。", en: "entry 1 is missing."),
      Case(
        statements: "UPDATE entry SET digest = 'sha256:00' WHERE number = 5", ja: "記載 5 が書き換えられている。",
        en: "entry 5 was changed: it is not what its digest says."),
      Case(
        statements: "UPDATE entry SET record = 'N-99' WHERE number = 5", ja: "記載 5 の索引が記載と違う。",
        en: "the index of entry 5 does not say what the entry says."),
      Case(
        statements: "CREATE TABLE 裏帳簿 (a)", ja: "台帳に無い部品「裏帳簿」がデータベースにある。",
        en: "the database has “裏帳簿”, which is no part of a ledger."),
    ] {
      let shelf = try original.shelf.copy()
      defer { shelf.remove() }
      try shelf.script(row.statements)
      let first = try #require(try shelf.findings().first)
      #expect(first.text.ja == row.ja)
      #expect(first.text.en == row.en)
    }
  }
}
