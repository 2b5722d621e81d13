import Base
import Definitions
import Ledger
import Outline
import Projects
import Registers

/// The changes that people made to a mapping table in a workbook: expressions, which are written into the definition
/// files, and confirmations and notes, which go to the ledger. All of it, or nothing.
///
/// A cell counts as changed when it differs from what the hidden columns say it was. If the definitions or the ledger
/// have changed in the same place since, it is a conflict.
package struct MappingImport {
  /// A change that was found.
  package struct Change: Sendable {
    /// The cell.
    package let sheet: String
    package let cell: String
    package let id: String
    /// `expression`, `note`, `confirm` or `withdraw`.
    package let act: String
    package let old: String
    package let new: String
  }

  /// What is to be entered and written; nothing has been yet.
  package struct Outcome {
    package var changes: [Change] = []
    package var unchanged = 0
    /// Lines that are on no sheet.
    package var absent = 0
    /// Sheets and columns that were not read.
    package var ignored: [String] = []
    package var amendments: [Amendment] = []
    /// Definition files with their new texts.
    package var files: [(name: String, text: String)] = []
  }

  private struct Wish {
    let row: MappingRows.Row
    let standing: MappingStanding
    let expression: String
    let note: String
    let confirms: Bool
    let withdraws: Bool
    /// Who confirms.
    let person: String
  }

  private let project: Project
  private let standings: [String: MappingStanding]
  private let person: String
  private let now: String
  private var problems: [Diagnostic] = []
  private var outcome = Outcome()

  /// - Parameters:
  ///   - person: the importer; whom a row names as having confirmed it takes precedence.
  package init(_ project: Project, _ standings: [MappingStanding], by person: String, at now: String) {
    self.project = project
    self.standings = Dictionary(standings.map { ($0.line.id, $0) }) { first, _ in first }
    self.person = person
    self.now = now
  }

  /// - Throws: ``Diagnostics`` with every cell that is refused, and with what is wrong in an expression, at its cell.
  package consuming func outcome(of rows: MappingRows) throws(Diagnostics) -> Outcome {
    outcome.ignored = rows.ignored
    var wishes: [Wish] = []
    var seen: Set<String> = []
    for row in rows.rows {
      do throws(Diagnostic) {
        let id = try row.text(.id)
        guard !id.isEmpty else { throw row.wrong(.id, try row.text(.column), "a row that `mapping export` wrote") }
        guard let standing = standings[id] else { throw row.wrong(.id, id, "a line of this project") }
        guard seen.insert(id).inserted else { throw row.wrong(.id, id, "each line once") }
        try checkReadOnly(row, standing)
        if let wish = try wish(row, standing) { wishes.append(wish) } else { outcome.unchanged += 1 }
      } catch { problems.append(error) }
    }
    outcome.absent = standings.count - seen.count
    if !problems.isEmpty { throw Diagnostics(problems) }
    let changed = try rewritten(wishes)
    for wish in wishes {
      do throws(Diagnostic) { try enter(wish, changed, rows.path) } catch { problems.append(error) }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    return outcome
  }

  /// Refuses a row whose other columns were changed: nobody would notice that it has no effect.
  private func checkReadOnly(_ row: MappingRows.Row, _ standing: MappingStanding) throws(Diagnostic) {
    let isAsExported = try row.text(.wasExpression) == standing.line.expression
    var columns: [MappingSheet.Column] = [.column, .type]
    // What follows from the expression is another when that has changed since.
    if isAsExported { columns += [.item, .codes, .condition] }
    for column in columns {
      let found = try row.text(column)
      let known = [Language.japanese, .english].map { MappingSheet.shown(column, standing, $0) }
      if !known.contains(found) { throw Diagnostic(.itemReadOnly, at: row.place(column), known[0]) }
    }
  }

  private func state(
    _ row: MappingRows.Row, _ column: MappingSheet.Column
  ) throws(Diagnostic) -> Confirmation.State {
    let found = try row.text(column)
    if let state = Confirmation.State.allCases.first(where: { $0.title.ja == found || $0.title.en == found }) {
      return state
    }
    throw row.wrong(column, found, Confirmation.State.allCases.map(\.title.ja).joined(separator: "、"))
  }

  /// What the row asks for; `nil` when nothing in it was changed, or all that was is so already.
  private func wish(_ row: MappingRows.Row, _ standing: MappingStanding) throws(Diagnostic) -> Wish? {
    let line = standing.line
    let (expression, wasExpression) = (try row.text(.expression).trimmingSpaces, try row.text(.wasExpression))
    let (note, wasNote) = (try row.text(.note), try row.text(.wasNote))
    let (state, was) = (try state(row, .state), try self.state(row, .wasState))
    let person = try row.text(.person)
    if expression.isEmpty { throw row.wrong(.expression, "", "an expression; `null` for none") }
    if expression != wasExpression, line.expression != wasExpression, line.expression != expression {
      throw Diagnostic(.mappingConflict, at: row.place(.expression), line.expression)
    }
    let noted = standing.confirmation?.note ?? ""
    if note != wasNote, noted != wasNote, noted != note {
      throw Diagnostic(.mappingConflict, at: row.place(.note), noted)
    }
    if state == was, state != .confirmed, !person.isEmpty {
      throw row.wrong(.person, person, "only with the state “confirmed”")
    }
    if state != was, state == .changed {
      throw row.wrong(.state, state.title.ja, Confirmation.State.confirmed.title.ja)
    }
    let named = standing.confirmation?.confirmedBy ?? ""
    let isConfirmed = standing.state == .confirmed && (person.isEmpty || person == named)
    let confirms = state == .confirmed && state != was && !isConfirmed
    let withdraws = state == .open && state != was && standing.state != .open
    // Nobody confirms, or takes back, what they have not seen.
    let isSeen = try row.text(.wasDigest) == MappingSheet.short(line.digest)
    if !isSeen, confirms || withdraws { throw Diagnostic(.mappingConflict, at: row.place(.state), line.expression) }
    if confirms, line.isMissing, expression == wasExpression {
      throw Diagnostic(.draftMissing, at: row.place(.state))
    }
    let wish = Wish(
      row: row, standing: standing, expression: expression != wasExpression ? expression : line.expression,
      note: note != wasNote ? note : noted, confirms: confirms,
      withdraws: withdraws,
      person: person.isEmpty ? self.person : person)
    return wish.expression == line.expression && wish.note == noted && !confirms && !wish.withdraws ? nil : wish
  }

  /// Changes the definition files in memory, and compiles the project as it would then be.
  ///
  /// - Returns: its lines by id.
  private mutating func rewritten(_ wishes: [Wish]) throws(Diagnostics) -> [String: MappingLine] {
    let edits = wishes.filter { $0.expression != $0.standing.line.expression }
    guard !edits.isEmpty else { return standings.mapValues(\.line) }
    var cells: [String: [Int: [Int: Place]]] = [:]
    var files: [String: [DefinitionEdit]] = [:]
    for wish in edits {
      let place = wish.standing.line.place
      let (file, line, column) = (place.file ?? "", place.line ?? 0, place.column ?? 0)
      cells[file, default: [:]][line, default: [:]][column] = wish.row.place(.expression)
      files[file, default: []].append(
        DefinitionEdit(line: line, column: column, old: wish.standing.line.expression, new: wish.expression))
    }
    var replaced: [String: String] = [:]
    for (name, edits) in files.sorted(by: { $0.key < $1.key }) {
      do throws(Diagnostic) {
        let text = try DefinitionFile.read(project.head.path(of: name), name: name).text()
        replaced[name] = try DefinitionEdit.apply(edits, to: text, name: name)
      } catch {
        let cell = cells[name]?[error.place.line ?? 0]?[error.place.column ?? 0]
        throw Diagnostics([cell.map(error.moved) ?? error])
      }
    }
    outcome.files = replaced.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    do throws(Diagnostics) {
      let changed = try ProjectOutline.compile(project.path, replacing: replaced).project
      return Dictionary(changed.mappingLines.map { ($0.id, $0) }) { first, _ in first }
    } catch {
      // What is wrong in an expression is told at its cell; an edit shortens no line above another.
      throw Diagnostics(
        error.items.map { problem in
          let columns = cells[problem.place.file ?? ""]?[problem.place.line ?? 0]
          return columns?.values.first.map(problem.moved) ?? problem
        })
    }
  }

  private mutating func enter(
    _ wish: Wish, _ lines: [String: MappingLine], _ path: String
  ) throws(Diagnostic) {
    let line = wish.standing.line
    let place = wish.row.place(.id)
    let source =
      "\(path.split(separator: "/").last.map(String.init) ?? path) \(place.sheet ?? "") \(wish.row.number): \(person)"
    func note(_ act: String, _ column: MappingSheet.Column, _ old: String, _ new: String) {
      let place = wish.row.place(column)
      outcome.changes.append(
        Change(sheet: place.sheet ?? "", cell: place.cell ?? "", id: line.id, act: act, old: old, new: new))
    }
    var editor = wish.standing.confirmation?.editedBy ?? ""
    if wish.expression != line.expression {
      note("expression", .expression, line.expression, wish.expression)
      editor = person
      outcome.amendments.append(Confirmation.edit(line.id, wish.expression, by: person, at: now, source: source))
    }
    let noted = wish.standing.confirmation?.note ?? ""
    if wish.note != noted {
      note("note", .note, noted, wish.note)
      outcome.amendments.append(Confirmation.annotate(line.id, note: wish.note, source: source))
    }
    let state = wish.standing.state.title.ja
    if wish.confirms {
      note("confirm", .state, state, wish.person)
      let digest = lines[line.id]?.digest ?? line.digest
      do throws(Diagnostic) {
        outcome.amendments.append(
          try Confirmation.confirm(
            line.id, digest, editedBy: editor, by: wish.person, at: now, source: source))
      } catch { throw error.moved(to: wish.row.place(.person)) }
    } else if wish.withdraws {
      note("withdraw", .state, state, Confirmation.State.open.title.ja)
      outcome.amendments.append(Confirmation.withdraw(line.id, source: source))
    }
  }
}

extension String {
  /// Without spaces at its ends: a cell's are not seen.
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
