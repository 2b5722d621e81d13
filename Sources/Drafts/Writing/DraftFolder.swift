import Base
import Copybook
import Decode
import Foundation
import Records
import Profile

/// The files of a draft project, and the list of all its guesses.
package struct DraftFolder {
  let draft: ProjectDraft
  private let privacy: PrivacyDraft
  let checks: [CheckDraft]
  private var guesses: [ProjectDraft.GuessLine]
  /// The files by name.
  package private(set) var files: [DefinitionFile] = []
  /// The number of columns that are mapped, and of those that nobody has mapped yet.
  package private(set) var mapped = 0
  package private(set) var unmapped = 0
  package var guessed: Int { guesses.count }
  package var checkCount: Int { checks.count }
  package var tableCount: Int { draft.filled.count }
  package var fileCount: Int { draft.files.count { !$0.kinds.isEmpty } }

  package init(_ draft: ProjectDraft) {
    self.draft = draft
    privacy = PrivacyDraft(draft)
    let standard = ChecksOfDraft(draft)
    checks = standard.checks
    guesses = draft.guesses
    for check in standard.rebuilt { guess("checks/\(check.id)", "rebuilt", check.evidence) }
    addSchema()
    addCodes()
    for index in draft.files.indices where !draft.files[index].kinds.isEmpty { addSubsystem(index) }
    let items = addItems()
    addGates(items)
    addProject()
    let header = "thing,guess,evidence,counter_examples"
    add(
      "drafts.csv",
      ([header] + guesses.map { YAMLLines.csv([$0.thing, $0.guess, $0.evidence, $0.counterExamples]) }).joined(
        separator: "\n") + "\n")
  }

  /// Writes the files, all or none.
  ///
  /// - Throws: `output.write`.
  package func write(to folder: String) throws(Diagnostic) {
    let temporary = folder + ".new-\(getpid())"
    do {
      for file in files {
        let path = temporary + "/" + file.name
        let parent = DefinitionFile.parts(of: path).folder
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(file.bytes).write(to: URL(fileURLWithPath: path))
      }
      try FileManager.default.moveItem(atPath: temporary, toPath: folder)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw Diagnostic(.outputWrite, at: Place(file: folder), error.localizedDescription)
    }
  }

  mutating func add(_ name: String, _ text: String) {
    files.append(DefinitionFile(name: name, bytes: Array(text.utf8)))
  }

  mutating func guess(_ thing: String, _ guess: String, _ evidence: String, _ against: String = "") {
    guesses.append(.init(thing: thing, guess: guess, evidence: evidence, counterExamples: against))
  }

  // MARK: schema and codes

  private mutating func addSchema() {
    var lines = YAMLLines()
    let filled = draft.filled
    if filled.isEmpty { lines.add(0, "tables: {}") } else { lines.add(0, "tables:") }
    for table in filled {
      let schema = draft.schema.tables[table]
      if schema.key.isEmpty {
        guess(
          "schema/\(schema.name)/key", draft.key(of: table).joined(separator: " "), "no PRIMARY KEY or UNIQUE; names")
      }
      for (index, column) in schema.columns.enumerated() {
        if let personal = privacy.columns[table][index] {
          guess("schema/\(schema.name)/\(column.name)/privacy", personal.privacy.rawValue, personal.why)
        }
        if !column.doubt.isEmpty { guess("schema/\(schema.name)/\(column.name)", column.type.words, column.doubt) }
      }
      addTable(table, to: &lines)
    }
    let unfilled = draft.assignment.unfilled.sorted()
    if !unfilled.isEmpty {
      lines.add(0, "not-verified:")
      for table in unfilled {
        let name = draft.schema.tables[table].name
        lines.add(1, "- {table: \(YAMLLines.scalar(name)), reason: 下書き。移行元がまだ決まっていない}")
        guess("schema/\(name)", "not-verified", "no record kind fits its columns")
        lines.add(2, "# with rows: take the line out, and put this under `tables`")
        var skeleton = YAMLLines()
        addTable(table, to: &skeleton)
        for line in skeleton.lines { lines.add(2, "# " + line) }
      }
    }
    add("schema.yaml", lines.text)
  }

  /// A table with its key and columns.
  private func addTable(_ table: Int, to lines: inout YAMLLines) {
    let schema = draft.schema.tables[table]
    if !schema.comment.isEmpty { lines.add(1, "# \(schema.comment.replacing("\n", with: " "))") }
    lines.add(1, "\(YAMLLines.scalar(schema.name)):")
    lines.add(2, "key: \(YAMLLines.list(draft.key(of: table)))")
    lines.add(2, "columns:")
    for (index, column) in schema.columns.enumerated() {
      let personal = privacy.columns[table][index].map { " " + $0.privacy.rawValue } ?? ""
      lines.add(
        3, "\(YAMLLines.scalar(column.name)): \(column.type.words)\(column.isOptional ? " optional" : "")\(personal)")
    }
  }

  /// The values met of every column with codes, each standing for itself until somebody writes the standard's code.
  private mutating func addCodes() {
    var tables: [String: (order: [String], hasBlank: Bool, names: [String: String])] = [:]
    var room: [String: Int] = [:]
    var order: [String] = []
    for table in draft.filled {
      for place in draft.places(of: table) {
        for column in place.row.columns {
          guard let field = column.fields.first, column.expression?.hasPrefix("code(") == true else { continue }
          let name = ColumnExpression.codeTable(draft.schema.tables[table].columns[column.column])
          if tables[name] == nil { order.append(name) }
          if let length = draft.schema.tables[table].columns[column.column].type.length {
            room[name] = min(room[name] ?? .max, length)
          }
          var entry = tables[name] ?? ([], false, [:])
          for text in field.facts.texts where !entry.order.contains(text) { entry.order.append(text) }
          entry.hasBlank = entry.hasBlank || field.facts.blanks > 0
          for condition in field.slot.item.conditions { entry.names.merge(condition.named) { first, _ in first } }
          tables[name] = entry
        }
      }
    }
    for name in order {
      guard let table = tables[name] else { continue }
      var rows = ["legacy,standard,name_ja,name_en"]
      if table.hasBlank { rows.append(",,,") }
      for value in table.order.sorted() {
        rows.append(YAMLLines.csv([value, value, table.names[value] ?? "", table.names[value] ?? ""]))
      }
      add("codes/\(name).csv", rows.joined(separator: "\n") + "\n")
      let long = table.order.filter { $0.unicodeScalars.count > room[name] ?? .max }
      guess(
        "codes/\(name)", "\(table.order.count) values, each as itself", "the values met",
        long.isEmpty ? "" : "longer than the column: " + long.joined(separator: " "))
    }
  }

  // MARK: subsystems

  static func folder(_ file: FileDraft) -> String { file.id.lowercased() }

  private mutating func addSubsystem(_ index: Int) {
    let file = draft.files[index]
    let folder = Self.folder(file)
    var names: Set<String> = []
    for book in [file.copybook] + file.kinds.map(\.copybook) where names.insert(book.name).inserted {
      for copied in book.files { files.append(DefinitionFile(name: folder + "/" + copied.name, bytes: copied.bytes)) }
    }
    var lines = YAMLLines()
    lines.add(0, "title: \(YAMLLines.both(file.copybook.title, file.id))")
    lines.add(0, "files:")
    lines.add(1, "\(YAMLLines.scalar(file.id)):")
    lines.add(2, "title: \(YAMLLines.both(file.copybook.title, file.id))")
    lines.add(2, "data: \(YAMLLines.scalar(file.data))")
    lines.add(2, "\(file.isDelimited ? "layout" : "copybook"): \(YAMLLines.scalar(file.copybook.name))")
    if !file.isDelimited { lines.add(2, "record-format: \(YAMLLines.scalar(file.format.text))") }
    guess(
      "files/\(file.id)/record-format", file.format.text, file.format.evidence,
      file.formats.dropFirst().filter { $0.share > 0 }.map { "\($0.text) \(FormatGuess.percent($0.share))" }.joined(
        separator: ", "))
    if let set = file.lineCharset { guess("files/\(file.id)/charset", set.name, set.evidence) }
    if let item = file.kindItem {
      lines.add(2, "kind: \(YAMLLines.scalar(item.title))")
      guess("files/\(file.id)/kind", item.title, file.kindEvidence)
    } else {
      guess(
        "files/\(file.id)/kind", "none", "all records are of one kind: no item near the beginning tells kinds apart")
    }
    addTypes(index, &lines)
    lines.add(2, "kinds:")
    for kind in file.kinds.indices { addKind(index, kind, &lines) }
    addDrops(index, &lines)
    add(folder + "/pipeline.yaml", lines.text)
    let own = checks.filter { $0.file == index }
    var text = YAMLLines()
    text.add(0, "checks:")
    for check in own { text.add(check.lines, depth: 1) }
    add(folder + "/checks.yaml", text.text)
  }

  private mutating func addTypes(_ index: Int, _ lines: inout YAMLLines) {
    let file = draft.files[index]
    var byMeaning: [(String, [String])] = Meaning.names.map { ($0, []) }
    var told: Set<String> = []
    for field in file.kinds.flatMap(\.fields) where told.insert(field.name).inserted {
      guard let type = draft.types[index][field.name] else { continue }
      if let meaning = type.meaning, let place = byMeaning.firstIndex(where: { $0.0 == meaning }) {
        byMeaning[place].1.append(field.name)
      }
      let word = type.isTime ? "HHMMSS" : type.meaning
      if let cell = field.cell {
        guess("files/\(file.id)/types/\(field.name)", cell.words, cell.evidence, cell.against)
      } else if let word {
        guess("files/\(file.id)/types/\(field.name)", word, type.evidence, type.counterExamples)
      } else if field.isPlainDigits {
        guess("files/\(file.id)/types/\(field.name)", "number", type.evidence)
      }
    }
    let used = byMeaning.filter { !$0.1.isEmpty }
    if !used.isEmpty { lines.add(2, "types:") }
    for (meaning, names) in used { lines.add(3, "\(meaning): \(YAMLLines.list(names))") }
    let personal = privacy.items[index].sorted { $0.key < $1.key }
    if !personal.isEmpty { lines.add(2, "personal: \(YAMLLines.list(personal.map(\.key)))") }
    for (name, why) in personal { guess("files/\(file.id)/personal/\(name)", "personal", why) }
  }

  private mutating func addKind(_ index: Int, _ number: Int, _ lines: inout YAMLLines) {
    let file = draft.files[index]
    let kind = file.kinds[number]
    let thing = "files/\(file.id)/kinds/\(kind.code)"
    lines.add(3, "\(YAMLLines.quoted(kind.code)):")
    let words =
      kind.role == .header
      ? ("ヘッダ", "Header") : kind.role == .trailer ? ("トレーラ", "Trailer") : ("種別 \(kind.code)", "Kind \(kind.code)")
    lines.add(4, "title: \(YAMLLines.both(words.0, words.1))")
    if kind.role != .data {
      lines.add(4, "role: \(kind.role.rawValue)")
      guess(thing, kind.role.rawValue, "one record, the \(kind.role == .header ? "first" : "last")")
    }
    if kind.copybook.name != file.copybook.name {
      lines.add(4, "copybook: \(YAMLLines.scalar(kind.copybook.name))")
      guess(thing + "/copybook", kind.copybook.name, "its values can be read, those of \(file.copybook.name) cannot")
    }
    if !kind.choose.isEmpty { lines.add(4, "choose: \(YAMLLines.list(kind.choose.map(\.title)))") }
    for choice in kind.choose { guess(thing + "/choose/" + choice.title, choice.title, choice.evidence) }
    guard kind.role == .data else { return }
    let rows = draft.assignment.rows[index][number]
    guard !rows.isEmpty else {
      lines.add(4, "exclude:")
      lines.add(
        5,
        "- {id: \(YAMLLines.scalar("\(file.id)-X\(kind.code)")), when: \(YAMLLines.scalar(kind.always)), reason: \(YAMLLines.both("下書き。移行先の表がまだ決まっていない", "a draft: no table yet"))}"
      )
      guess(thing + "/exclude", "all \(kind.records) records", "no table fits this kind")
      return
    }
    lines.add(4, "rows:")
    for row in rows {
      let table = draft.schema.tables[row.table]
      lines.add(5, "- table: \(YAMLLines.scalar(table.name))")
      let place = "mapping/\(file.id)/\(kind.code)/\(table.name)"
      guess(
        place, row.each.map { "a row for each \($0)" } ?? "one row",
        "\(ColumnGuess.percent(row.score)) of its columns fit")
      if let each = row.each { lines.add(6, "each: \(YAMLLines.scalar(each))") }
      if let when = row.when { lines.add(6, "when: \(YAMLLines.scalar(when))") }
      lines.add(6, "columns:")
      for column in row.columns {
        let name = table.columns[column.column].name
        lines.add(7, "\(YAMLLines.scalar(name)): \(YAMLLines.scalar(column.expression ?? "draft"))")
        if column.expression == nil { unmapped += 1 } else { mapped += 1 }
        guess("\(place)/\(name)", column.expression ?? "draft", column.evidence)
      }
    }
  }

  /// Items that nothing reads, with the reason that nobody has decided yet.
  private mutating func addDrops(_ index: Int, _ lines: inout YAMLLines) {
    let file = draft.files[index]
    var open: [String] = []
    var known: Set<String> = []
    for (number, kind) in file.kinds.enumerated() {
      var used: Set<String> = []
      for row in draft.assignment.rows[index][number] {
        for name in row.columns.flatMap({ $0.fields }).map(\.name) { used.insert(name) }
        if row.when != nil { for field in kind.fields where field.table == row.each { used.insert(field.name) } }
      }
      // The condition that leaves the whole kind out reads an item.
      if kind.role == .data, draft.assignment.rows[index][number].isEmpty, let first = kind.fields.first {
        used.insert(first.name)
      }
      for check in checks {
        for read in check.reads where read.file == index && read.kind == number { used.insert(read.name) }
      }
      for field in kind.fields where !used.contains(field.name) && known.insert(field.name).inserted {
        open.append(field.name)
      }
    }
    if !open.isEmpty || file.hasFiller { lines.add(2, "drop:") }
    let reason = YAMLLines.both("下書き。行き先がまだ決まっていない", "a draft: not decided yet")
    for name in open {
      lines.add(3, "\(YAMLLines.scalar(name)): \(reason)")
      guess("files/\(file.id)/drop/\(name)", "drop", "no column takes it")
    }
    if file.hasFiller { lines.add(3, "FILLER: \(YAMLLines.both("予備", "spare bytes"))") }
  }

  private mutating func addProject() {
    let order = draft.order
    var lines = YAMLLines()
    lines.add(0, "project: \(YAMLLines.scalar(order.city))")
    lines.add(0, "title: \(YAMLLines.both(order.city + " 移行（下書き）", order.city + " migration (draft)"))")
    lines.add(0, "language: ja")
    lines.add(0, "as-of: \(order.asOf)")
    lines.add(0, "charset: \(YAMLLines.scalar(draft.charset))")
    if let dialect = order.dialectText { lines.add(0, "dialect: \(YAMLLines.scalar(dialect))") }
    if draft.hasBlankNumbers {
      lines.add(0, "spaces: \("null")")
      lines.add(0, "low-values: \("null")")
      guess("project/spaces", "null", "numeric items without digits were met")
    }
    lines.add(0, "subsystems: \(YAMLLines.list(draft.files.filter { !$0.kinds.isEmpty }.map(Self.folder)))")
    lines.add(0, "schema: [schema.yaml]")
    if files.contains(where: { $0.name.hasPrefix("codes/") }) { lines.add(0, "codes: codes") }
    lines.add(0, "registers: registers")
    lines.add(0, "gates: gates.yaml")
    lines.add(0, "drafts: drafts.csv")
    let unread = draft.unread
    if !unread.isEmpty { lines.add(0, "not-read:") }
    for name in unread {
      lines.add(1, "- {file: \(YAMLLines.scalar(name)), reason: 下書き。コピー句が指定されていない}")
      guess("data/\(name)", "not-read", "no copybook was given for it")
    }
    add("project.yaml", lines.text)
  }
}
