import Base
import SQLite

/// A defect of a ledger, and its place.
package struct LedgerFinding: Sendable, Hashable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// An entry that does not match its digest.
    case changed
    /// An entry that is intact, but is not the one that the next entry follows.
    case replaced
    /// Numbers are missing.
    case removed
    /// An entry in the place of another.
    case reordered
    /// An entry dated before the previous one that does not correct the clock.
    case time
    /// A text that is not an entry.
    case unreadable
    /// A register's table that is not the sum of the entries.
    case register
    /// Parts of the database that a ledger does not have.
    case structure
    /// A file of evidence is missing, or is not as recorded.
    case evidence
    /// The chain does not reach the head that was fixed outside, or does not include it.
    case anchor
  }

  package let kind: Kind
  /// The entry, from 1; `nil` when it does not concern one.
  package let entry: Int?
  /// Register, record and field; or a file.
  package let place: String
  package let text: Bilingual

  package init(_ kind: Kind, entry: Int? = nil, place: String = "", _ ja: String, _ en: String) {
    self.kind = kind
    self.entry = entry
    self.place = place
    text = Bilingual(ja, en)
  }
}

extension LedgerReading {
  /// Verifies the chain alone: every entry in its place, intact, and following from the previous one. Gives the first
  /// hundred findings.
  ///
  /// - Parameter each: receives every intact entry.
  /// - Throws: `ledger.database`.
  package func verifyChain(each: (Entry) -> Void = { _ in }) throws(Diagnostic) -> [LedgerFinding] {
    var found: [LedgerFinding] = []
    let row = try prepare("SELECT number, register, record, text, digest FROM entry ORDER BY number")
    var (last, digest, at) = (0, "", "")
    while found.count < 100, try row.next() {
      guard let number = row[0].exactInteger else {
        found.append(
          .init(
            .unreadable, entry: last + 1, "記載 \(last) の後の行に番号が無い。",
            "the row behind entry \(last) has no number."))
        continue
      }
      let (register, record, text, stored) = (row[1].text, row[2].text, row[3].text, row[4].text)
      if number == last + 2 {
        found.append(.init(.removed, entry: last + 1, "記載 \(last + 1) が無い。", "entry \(last + 1) is missing."))
      } else if number > last + 1 {
        let gap = "\(last + 1)–\(number - 1)"
        found.append(.init(.removed, entry: last + 1, "記載 \(gap) が無い。", "entries \(gap) are missing."))
      }
      let isNext = number == last + 1
      last = max(last, number)
      defer { digest = stored ?? "" }
      guard let text, let stored, SHA256.digest(of: text) == stored else {
        found.append(
          .init(
            .changed, entry: number, "記載 \(number) が書き換えられている。",
            "entry \(number) was changed: it is not what its digest says."))
        continue
      }
      guard let entry = Entry(text) else {
        found.append(.init(.unreadable, entry: number, "記載 \(number) が読めない。", "entry \(number) cannot be read."))
        continue
      }
      if entry.number != number {
        found.append(
          .init(
            .reordered, entry: number, "記載 \(entry.number) が \(number) 番目に置かれている。",
            "entry \(entry.number) stands at place \(number)."))
        continue
      }
      if isNext, entry.previous != digest {
        found.append(
          number == 1
            ? .init(.replaced, entry: 1, "記載 1 の前に記載があった。", "entry 1 follows an entry that is not there.")
            : .init(
              .replaced, entry: number - 1, "記載 \(number - 1) が差し替えられている（記載 \(number) は別の記載に続く）。",
              "entry \(number - 1) was replaced: entry \(number) follows another."))
      }
      if register != entry.amendment.register || record != entry.amendment.id {
        found.append(
          .init(
            .register, entry: number, "記載 \(number) の索引が記載と違う。",
            "the index of entry \(number) does not say what the entry says."))
      }
      if entry.at < at, !entry.amendment.correctsClock {
        found.append(
          .init(
            .time, entry: number, "記載 \(number) の日時が前の記載より早い。", "entry \(number) is dated before the one before it."))
      }
      at = entry.at
      each(entry)
    }
    return found
  }

  /// Whether every entry matches its digest and follows from the previous one: the tests that need no parsing of
  /// entries. A tenth of the cost of ``verifyChain(each:)``, which names the defects.
  ///
  /// - Throws: `ledger.database`.
  package func isChainWhole() throws(Diagnostic) -> Bool { try isChainWhole { _, _, _, _ in true } }

  /// Whether ``verify()`` would find nothing: the chain is intact, the registers' tables are the sum of the entries,
  /// and the database has the parts of a ledger and no others. About a third of its cost: texts are hashed, not parsed,
  /// and SQLite does not check its own pages.
  ///
  /// - Throws: `ledger.database`; `ledger.tampered` when the table of a register with entries is missing.
  package func isWhole() throws(Diagnostic) -> Bool {
    var proof = RegisterProof(ledger.schemas)
    guard try isChainWhole(each: { proof.add($0, register: $1, record: $2, text: $3) }) else { return false }
    guard try proof.holds(in: self) else { return false }
    return try structureFindings().isEmpty
  }

  /// - Parameter each: receives the number of each entry, its register and record from the index, and its text; false
  ///   means that the entry is not intact.
  private func isChainWhole(
    each: (
      Int, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>
    ) -> Bool
  ) throws(Diagnostic) -> Bool {
    let row = try prepare("SELECT number, text, digest, register, record FROM entry ORDER BY number")
    var (last, previous) = (0, "")
    while try row.next() {
      let text = row[1].bytes
      let digest = SHA256.digest(of: text)
      // These names cannot be part of a text at this place: its quotes would be escaped.
      let link = ",\"number\":\(last + 1),\"previous\":\"\(previous)\",\"register\":\""
      guard row[0].integer == last + 1, row[2].bytes.elementsEqual(digest.utf8), Self.contains(text, link),
        each(last + 1, row[3].bytes, row[4].bytes, text)
      else { return false }
      (last, previous) = (last + 1, digest)
    }
    return true
  }

  /// Whether the text contains the words; the search begins at its end, where they are.
  private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ words: String) -> Bool {
    let words = Array(words.utf8)
    var start = text.count - words.count
    while start >= 0 {
      if text[start] == words[0], text[start..<start + words.count].elementsEqual(words) { return true }
      start -= 1
    }
    return false
  }

  /// All findings from within the ledger: the chain, and every register's table compared with the sum of the entries.
  /// Reads everything and holds the registers in memory.
  ///
  /// - Throws: `ledger.database`.
  package func verify() throws(Diagnostic) -> [LedgerFinding] {
    var state = LedgerState(ledger.schemas)
    var unknown: [LedgerFinding] = []
    var found = try verifyChain { entry in
      if let name = state.apply(entry) {
        unknown.append(
          .init(
            .unreadable, entry: entry.number, place: name, "記載 \(entry.number) の「\(name)」は台帳に無い項目である。",
            "entry \(entry.number) tells of “\(name)”, which no register has."))
      }
    }
    found += unknown
    for schema in ledger.schemas {
      // A missing table or column is reported with the parts of the database.
      guard connection.accepts(Self.query(of: schema)) else { continue }
      found += try verify(schema, state.registers[schema.name] ?? [:])
    }
    found += try structureFindings()
    for line in try connection.texts("PRAGMA integrity_check(10)", "ledger") where line != "ok" {
      found.append(.init(.structure, place: line, "データベースが壊れている: \(line)", "the database is damaged: \(line)"))
    }
    return found
  }

  private func verify(_ schema: RegisterSchema, _ expected: [String: RegisterRow]) throws(Diagnostic) -> [LedgerFinding]
  {
    var found: [LedgerFinding] = []
    try compare(schema, expected) { id, _, mistake in
      let (entry, place) = (expected[id]?.revision, "\(schema.name) \(id)")
      switch mistake {
      case .changed(let fields):
        for field in fields {
          found.append(
            .init(
              .register, entry: entry, place: "\(place) \(field)", "登録簿 \(schema.name) の \(id) の \(field) が台帳と違う。",
              "register \(schema.name), record \(id): \(field) is not what the ledger says."))
        }
      case .added:
        found.append(
          .init(
            .register, place: place, "登録簿 \(schema.name) の \(id) は台帳に記載が無い。",
            "register \(schema.name), record \(id): no entry of the ledger tells of it."))
      case .gone:
        found.append(
          .init(
            .register, entry: entry, place: place, "登録簿 \(schema.name) から \(id) が消えている。",
            "register \(schema.name), record \(id) is gone."))
      }
      return found.count < 100
    }
    return found
  }

  /// A defect of a record in a register's table.
  enum RowMistake {
    /// Fields that differ from the sum of the entries.
    case changed([String])
    /// A record without entries.
    case added
    case gone
  }

  /// Compares a register's table with the sum of the entries.
  ///
  /// - Parameter each: receives every defective record, with the entry on which the table says that it rests; ends the
  ///   comparison by returning false.
  func compare(
    _ schema: RegisterSchema, _ expected: [String: RegisterRow],
    each: (_ id: String, _ revision: Int?, RowMistake) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) {
    var left = expected
    let row = try prepare(Self.query(of: schema))
    while try row.next() {
      let (id, revision) = (row[0].text ?? "?", row[1].exactInteger)
      guard let wanted = left.removeValue(forKey: id) else {
        guard try each(id, revision, .added) else { return }
        continue
      }
      var fields = revision == wanted.revision ? [] : ["revision"]
      for (index, field) in schema.fields.enumerated() {
        if !row[index + 2].holds(LedgerWriting.stored(wanted.value(index))) { fields.append(field.name) }
      }
      if !fields.isEmpty { guard try each(id, revision, .changed(fields)) else { return } }
    }
    for id in left.keys.sorted() { guard try each(id, nil, .gone) else { return } }
  }

  /// Id, revision and all fields of a register's records.
  static func query(of schema: RegisterSchema) -> String {
    let columns = schema.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
    return "SELECT id, revision, \(columns) FROM \"\(schema.name)\" ORDER BY id"
  }

  /// A part of the database: SQLite's name for it, and its kind.
  struct Part {
    let name: String
    let type: String
    /// Whether a ledger has a part of that name and kind, but defined otherwise.
    let isDefinedOtherwise: Bool
  }

  /// The parts of the database that a ledger does not have or defines otherwise.
  func foreignParts() throws(Diagnostic) -> [Part] { try parts().foreign }

  /// Whether the database has a register's table in a ledger's definition.
  func hasTable(of schema: RegisterSchema) throws(Diagnostic) -> Bool {
    let part = LedgerPart.table(schema)
    let sql = "SELECT sql FROM sqlite_master WHERE name = ?1 AND type = 'table'"
    return try connection.texts(sql, part.name, with: [.text(part.name)]) == ["CREATE \(part.type) \(part.definition)"]
  }

  private func parts() throws(Diagnostic) -> (foreign: [Part], missing: [LedgerPart]) {
    var missing = Dictionary(LedgerPart.all(ledger.schemas).map { ($0.name, $0) }) { first, _ in first }
    var foreign: [Part] = []
    let row = try prepare("SELECT name, type, sql FROM sqlite_master ORDER BY name, type")
    while try row.next() {
      let (name, type) = (row[0].text ?? "?", row[1].text ?? "?")
      // SQLite creates the indexes of primary keys itself, without a definition.
      if row[2].kind == .null, type == "index" { continue }
      if let part = missing[name], part.type.lowercased() == type {
        missing[name] = nil
        if row[2].text != "CREATE \(part.type) \(part.definition)" {
          foreign.append(Part(name: name, type: type, isDefinedOtherwise: true))
        }
      } else {
        foreign.append(Part(name: name, type: type, isDefinedOtherwise: false))
      }
    }
    return (foreign, missing.values.sorted { $0.name < $1.name })
  }

  /// The parts of the database that a ledger does not have or defines otherwise, and those that are missing.
  private func structureFindings() throws(Diagnostic) -> [LedgerFinding] {
    let (foreign, missing) = try parts()
    var found = foreign.map { part -> LedgerFinding in
      part.isDefinedOtherwise
        ? .init(
          .structure, place: part.name, "データベースの部品「\(part.name)」が台帳のものと違う。",
          "“\(part.name)” of the database is not as a ledger has it.")
        : .init(
          .structure, place: part.name, "台帳に無い部品「\(part.name)」がデータベースにある。",
          "the database has “\(part.name)”, which is no part of a ledger.")
    }
    for part in missing {
      // The table of a register without entries was introduced by a later version of this program: nothing is lost, and
      // it is not a finding.
      if let schema = ledger.schemas.first(where: { $0.name == part.name }), try !isTold(schema) { continue }
      found.append(
        .init(
          .structure, place: part.name, "データベースに部品「\(part.name)」が無い。",
          "the database has no “\(part.name)”, which a ledger has."))
    }
    return found
  }
}
