import Base
import Evidence
import Ledger
import Records
import Workbook

/// The changes that people made to the list of items in a workbook. All of them are entered, or none.
///
/// A cell counts as changed when it differs from the exported value, whose revision is in the hidden columns. If
/// another person has changed the same field since, it is a conflict.
package struct ItemImport {
  /// A change found in the sheet.
  package struct Change: Sendable {
    package let row: Int
    package let id: String
    package let act: String
    package let by: String
    /// The changed columns and their new values.
    package let fields: [String: String]
  }

  /// The outcome of an import.
  package struct Outcome: Sendable {
    package var changes: [Change] = []
    package var unchanged = 0
    /// Items that are not on the sheet.
    package var absent = 0
    /// Columns that were not read.
    package var ignored: [String] = []
  }

  private let sheet: ItemRows
  private let names: ItemSheet.Names
  private let name: String
  private let person: String
  private let now: String
  private let today: String
  private var outcome = Outcome()
  private var problems: [Diagnostic] = []
  /// The numbers of the existing questions, by their text: importing a workbook twice asks a question once.
  private var questions: [String: String] = [:]

  /// - Parameters:
  ///   - sheet: the rows of the workbook.
  ///   - person: the importer; the person whom a row names as its author takes precedence.
  package init(_ sheet: ItemRows, names: ItemSheet.Names, by person: String, at now: String, today: String) {
    self.sheet = sheet
    self.names = names
    name = sheet.path.split(separator: "/").last.map(String.init) ?? sheet.path
    self.person = person
    self.now = now
    self.today = today
  }

  /// Enters the changes of the sheet.
  ///
  /// - Throws: ``Diagnostics`` with every cell that is refused. The transaction must then be rolled back.
  package consuming func enter(_ writing: borrowing LedgerWriting) throws(Diagnostics) -> Outcome {
    let runs: Dossier
    do throws(Diagnostic) { runs = try Dossier(writing.reading, today: today) } catch { throw Diagnostics([error]) }
    let evidence = EvidenceUnderItems(runs: runs.runs, days: runs.days)
    let items = Dictionary(runs.items.map { ($0.item.id, $0) }) { first, _ in first }
    var numbers = runs.items.map(\.item.id)
    for standing in runs.items where standing.item.kind == .question {
      questions[standing.item.title.ja] = standing.item.id
    }
    var seen: Set<String> = []
    for row in sheet.rows {
      do throws(Diagnostic) {
        guard let id = try row.text(.id) else {
          let number = RecordNumber.next("Q", after: numbers)
          numbers.append(number)
          try raise(number, row, writing)
          continue
        }
        if !seen.insert(id).inserted { throw row.wrong(.id, id, "each number once") }
        guard let standing = items[id] else {
          throw row.wrong(.id, id, "a number of the register, or none")
        }
        try enter(row, standing, evidence, writing)
      } catch { problems.append(error) }
    }
    outcome.ignored = sheet.ignored
    outcome.absent = items.count - seen.count
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return outcome
  }

  /// A row whose columns are found by their headings.
  struct Row {
    let row: SheetRow
    let columns: [ItemSheet.Column: Int]
    let dates: DateSystem

    func place(_ column: ItemSheet.Column) -> Place { row.place(columns[column] ?? 0) }

    func wrong(_ column: ItemSheet.Column, _ found: String, _ expected: String) -> Diagnostic {
      Diagnostic(.itemImport, at: place(column), found, expected)
    }

    /// The text of a cell, a number as its digits; `nil` when it is empty.
    func text(_ column: ItemSheet.Column) throws(Diagnostic) -> String? {
      guard let index = columns[column] else { return nil }
      return try row.entered(index, lines: column != .person)
    }

    /// A date `YYYY-MM-DD`: a date of Excel, or a day as people write it (``WrittenDay``).
    func day(_ column: ItemSheet.Column) throws(Diagnostic) -> String? {
      guard let index = columns[column], let value = row[index] else { return nil }
      if let date = value.date(dates) { return Self.text(date) }
      let found = try text(column) ?? ""
      if let day = WrittenDay.read(found) { return day }
      throw wrong(column, found, "a date, such as 2019-11-20, 2019/11/20 or R1.11.20")
    }

    private static func text(_ date: Int) -> String {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
      return "\(date / 10_000)-\(two(date / 100 % 100))-\(two(date % 100))"
    }

    func integer(_ column: ItemSheet.Column) throws(Diagnostic) -> Int? {
      guard let index = columns[column], let value = row[index] else { return nil }
      if let number = value.integer { return number }
      let found = try text(column) ?? ""
      if let number = Int(found) { return number }
      throw wrong(column, found, "a whole number")
    }

    func choice<Choice: CaseIterable>(
      _ column: ItemSheet.Column, _ title: (Choice) -> Bilingual
    ) throws(Diagnostic) -> Choice? {
      guard let found = try text(column) else { return nil }
      if let choice = Choice.allCases.first(where: { title($0).ja == found || title($0).en == found }) { return choice }
      throw wrong(column, found, Choice.allCases.map { title($0).en }.joined(separator: ", "))
    }
  }

  // MARK: entering

  private mutating func raise(_ id: String, _ row: Row, _ writing: borrowing LedgerWriting) throws(Diagnostic) {
    let kind = try row.choice(.kind) { (kind: Item.Kind) in kind.title }
    guard kind == .question else {
      throw row.wrong(
        .kind, try row.text(.kind) ?? "an empty cell", Item.Kind.question.title.en)
    }
    guard let severity = Severity(rawValue: try row.text(.severity) ?? "") else {
      throw row.wrong(.severity, try row.text(.severity) ?? "an empty cell", "S1, S2, S3")
    }
    guard let title = try row.text(.title) else { throw row.wrong(.title, "an empty cell", "title") }
    if let known = questions[title] { throw row.wrong(.title, known, "a question that has not been raised yet") }
    guard let owner = try row.text(.owner) else { throw row.wrong(.owner, "an empty cell", "section") }
    let said = try row.text(.gate) ?? GateNames.all
    guard let gate = names.gates.name(of: said) else {
      throw row.wrong(.gate, said, names.gates.choices.joined(separator: ", "))
    }
    if let state = try row.choice(.state, { (state: Item.State) in state.title }), state != .raised {
      throw row.wrong(.state, state.title.en, Item.State.raised.title.en)
    }
    let by = try row.text(.person) ?? person
    let due = try row.day(.due) ?? ""
    let amendment = try ItemAct.raise(
      id, kind: .question, subsystem: try subsystem(row), severity: severity, owner: owner, gate: gate,
      title: title, due: due, by: by, at: now, source: source(row))
    try append(amendment, by, row, writing, ["title": title])
    if let answer = try row.text(.answer) { throw row.wrong(.answer, answer, "answer after it is raised") }
  }

  /// The id of the subsystem that a row names, by id or title; empty when it names none.
  private func subsystem(_ row: Row) throws(Diagnostic) -> String {
    guard let found = try row.text(.subsystem) else { return "" }
    let known = names.subsystems
    if let id = known.first(where: { $0.key == found || $0.value.ja == found || $0.value.en == found })?.key {
      return id
    }
    throw row.wrong(.subsystem, found, known.values.map(\.ja).sorted().joined(separator: "、"))
  }

  private func source(_ row: Row) -> String { "\(name) \(row.row.number): \(person)" }

  private mutating func append(
    _ amendment: Amendment, _ by: String, _ row: Row, _ writing: borrowing LedgerWriting, _ fields: [String: String]
  ) throws(Diagnostic) {
    try writing.append([amendment], by: by, at: now)
    outcome.changes.append(
      Change(row: row.row.number, id: amendment.id, act: amendment.act, by: by, fields: fields))
  }

  private mutating func enter(
    _ row: Row, _ standing: ItemStanding, _ evidence: EvidenceUnderItems, _ writing: borrowing LedgerWriting
  ) throws(Diagnostic) {
    let base = try base(row, standing, writing)
    try checkReadOnly(row, standing.item, base)
    let edited = try edits(row, base)
    let exported = try row.choice(.exported) { (state: Item.State) in state.title }
    let wanted = try row.choice(.state) { (state: Item.State) in state.title }
    guard let wanted, let exported else {
      throw row.wrong(wanted == nil ? .state : .exported, "an empty cell", "a state")
    }
    guard !edited.isEmpty || wanted != exported else {
      outcome.unchanged += 1
      return
    }
    try checkConflicts(row, edited, base, standing.item, writing)
    if wanted != exported, standing.state != exported, standing.state != wanted {
      throw try conflict(row, .state, standing.item, writing)
    }
    // A confirmation, a closing and an approved hold rest on the content of the sheet.
    let settles = [Item.State.confirmed, .closed, .onHold].contains(wanted) && wanted != exported
    if settles, base.revision != standing.item.revision { throw try conflict(row, .state, standing.item, writing) }
    if settles, try row.text(.evidence) ?? "" != ItemSheet.evidence(standing) {
      throw row.wrong(.state, wanted.title.en, "a sheet that was exported after the latest evidence")
    }
    let by = try row.text(.person) ?? person
    for (act, column) in try acts(row, edited, wanted == exported ? nil : wanted, standing) {
      do throws(Diagnostic) {
        let now = try self.standing(standing.item.id, evidence, writing)
        // A person who answered may not import another's confirmation either, nor an approver his own approval.
        switch act {
        case .confirm, .close: try FourEyes.check(now.item.id, person, [now.item.answeredBy])
        case .hold(_, let approver, _) where FourEyes.isPerson(approver):
          try FourEyes.check(now.item.id, approver, [person])
        default: break
        }
        let amendment = try act.amendment(of: now, by: by, at: self.now, source: source(row))
        try append(amendment, by, row, writing, try fields(row, edited, wanted, exported))
      } catch { throw error.moved(to: row.place(column)) }
    }
  }

  /// The item in the exported revision.
  private func base(
    _ row: Row, _ standing: ItemStanding, _ writing: borrowing LedgerWriting
  ) throws(Diagnostic) -> Item {
    let item = standing.item
    guard let revision = try row.integer(.revision) else { throw row.wrong(.revision, "an empty cell", "a revision") }
    if revision == item.revision { return item }
    var state = LedgerState([Item.register])
    var isKnown = false
    for entry in try writing.reading.history(of: item.id, in: Item.register.name) where entry.number <= revision {
      _ = state.apply(entry)
      isKnown = entry.number == revision
    }
    guard isKnown, let base = state.records(Item.self).first else {
      throw row.wrong(.revision, String(revision), "the revision of the export")
    }
    return base
  }

  private func standing(
    _ id: String, _ evidence: EvidenceUnderItems, _ writing: borrowing LedgerWriting
  ) throws(Diagnostic) -> ItemStanding {
    guard let item = try writing.reading.record(Item.self, id) else { preconditionFailure("item \(id)") }
    return ItemStanding(item, evidence, today: today)
  }

  /// Refuses a read-only column that is neither as exported nor as it is now.
  private func checkReadOnly(_ row: Row, _ item: Item, _ base: Item) throws(Diagnostic) {
    for column in ItemSheet.Column.allCases
    where !column.isEditable && ![.id, .why, .exported, .revision, .evidence].contains(column) {
      let found = try row.text(column) ?? ""
      let texts = [base, item].flatMap { item in
        [Language.japanese, .english].map { Self.text(ItemSheet.cell(column, item, names, $0)) }
      }
      if !texts.contains(found) { throw Diagnostic(.itemReadOnly, at: row.place(column), texts[0]) }
    }
  }

  private static func text(_ cell: Spreadsheet.Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): text
    case .integer(let number): String(number)
    case .decimal(let digits): digits
    case .date(let date): String(date)
    }
  }

  /// The columns, other than the state, that differ from the export, with their new values.
  private func edits(_ row: Row, _ base: Item) throws(Diagnostic) -> [ItemSheet.Column: String] {
    var edits: [ItemSheet.Column: String] = [:]
    for column in ItemSheet.Column.allCases where column.isEditable && column != .state && column != .person {
      let (old, new): (String, String)
      switch column {
      case .due, .until, .held:
        old = column == .due ? base.due : column == .until ? base.until : base.held
        new = try row.day(column) ?? ""
      case .invited, .attended:
        old = Self.text(ItemSheet.cell(column, base, names, .japanese))
        new = try row.integer(column).map { String($0) } ?? ""
      default:
        // The value as the export shows it.
        old = ControlCharacter.shown(Self.text(ItemSheet.cell(column, base, names, .japanese)))
        new = try row.text(column) ?? ""
      }
      if old != new { edits[column] = new }
    }
    return edits
  }

  private func checkConflicts(
    _ row: Row, _ edited: [ItemSheet.Column: String], _ base: Item, _ item: Item, _ writing: borrowing LedgerWriting
  ) throws(Diagnostic) {
    for column in ItemSheet.Column.allCases where edited[column] != nil {
      let now = ItemSheet.cell(column, item, names, .japanese)
      if now != ItemSheet.cell(column, base, names, .japanese), Self.text(now) != edited[column] {
        throw try conflict(row, column, item, writing)
      }
    }
  }

  private func conflict(
    _ row: Row, _ column: ItemSheet.Column, _ item: Item, _ writing: borrowing LedgerWriting
  ) throws(Diagnostic) -> Diagnostic {
    let last = try writing.reading.history(of: item.id, in: Item.register.name).last
    return Diagnostic(.itemConflict, at: row.place(column), last?.by ?? "–", Day.local(last?.at ?? "–"))
  }

  /// The acts to carry out, in order, each with the column that requests it.
  private func acts(
    _ row: Row, _ edited: [ItemSheet.Column: String], _ wanted: Item.State?, _ standing: ItemStanding
  ) throws(Diagnostic) -> [(ItemAct, ItemSheet.Column)] {
    var acts: [(ItemAct, ItemSheet.Column)] = []
    let amended: [ItemSheet.Column] = [.due, .assignee, .note, .links]
    if let first = amended.first(where: { edited[$0] != nil }) {
      let links = edited[.links].map { text in
        text.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init).filter {
          !$0.isEmpty
        }
      }
      acts.append(
        (.amend(due: edited[.due], assignee: edited[.assignee], note: edited[.note], links: links), first))
    }
    if [.held, .invited, .attended].contains(where: { edited[$0] != nil }) {
      guard let held = try row.day(.held), let invited = try row.integer(.invited),
        let attended = try row.integer(.attended)
      else { throw row.wrong(.held, "an empty cell", "day, invited and came, all three") }
      if held > today { throw row.wrong(.held, held, "≤ \(today)") }
      acts.append((.attend(held: held, invited: invited, attended: attended), .held))
    } else if edited[.answer] != nil || (wanted == .answered && standing.item.kind != .training) {
      acts.append((.answer(try row.text(.answer) ?? ""), .answer))
    }
    let reason = try row.text(.reason) ?? ""
    switch wanted {
    case nil, .answered: break
    case .raised: throw row.wrong(.state, Item.State.raised.title.en, "a state after “raised”")
    case .investigating: acts.append((.investigate, .state))
    case .confirmed: acts.append((.confirm(restsOn: standing.digest, note: nil), .state))
    case .closed: acts.append((.close, .state))
    case .returned: acts.append((.sendBack(reason: reason), .state))
    case .onHold:
      acts.append(
        (.hold(reason: reason, approver: try row.text(.approver) ?? "", until: try row.day(.until) ?? ""), .state))
    }
    if wanted != .onHold, wanted != .returned,
      let column = [ItemSheet.Column.reason, .approver, .until].first(where: { edited[$0] != nil })
    {
      throw row.wrong(column, edited[column] ?? "", "only with the state sent back or on hold")
    }
    return acts
  }

  private func fields(
    _ row: Row, _ edited: [ItemSheet.Column: String], _ wanted: Item.State, _ exported: Item.State
  ) throws(Diagnostic) -> [String: String] {
    var fields: [String: String] = [:]
    for (column, value) in edited { fields["\(column)"] = value }
    if wanted != exported { fields["state"] = wanted.rawValue }
    return fields
  }
}
