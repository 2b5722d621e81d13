import Base
import Charset
import Copybook
import Decode
import Foundation
import Profile
import Records

/// What is known of a new city (新しい市): copybooks, data, and the tables of the new system.
package struct DraftOrder: Sendable {
  package var city: String
  package var copybooks: [CopybookInput]
  /// CSV and TSV files with a line of names.
  package var delimited: [String]
  /// DDL text, or `sqlite:PATH`, `postgres://…`.
  package var ddl: String
  /// The folder of the legacy files.
  package var data: String
  package var recordFormat: String?
  package var charset: String?
  package var dialect: Dialect
  /// The dialect as it was given; `nil` for the usual one.
  package var dialectText: String?
  /// The folder that is made.
  package var output: String
  /// 基準日, `YYYY-MM-DD`.
  package var asOf: String

  /// - Throws: `dialect.value`.
  package init(
    city: String, copybooks: [CopybookInput], delimited: [String] = [], ddl: String, data: String,
    recordFormat: String?, charset: String?,
    dialect dialectText: String?, output: String, asOf: String
  ) throws(Diagnostic) {
    self.city = city
    self.copybooks = copybooks
    self.delimited = delimited
    self.ddl = ddl
    self.data = data
    self.recordFormat = recordFormat
    self.charset = charset
    self.dialectText = dialectText
    dialect = try Dialect(text: dialectText ?? "ibm")
    self.output = output
    self.asOf = asOf
  }
}

/// A whole project as a draft (下書き): every guess with its evidence, nothing decided silently.
package struct ProjectDraft {
  /// A guess, as `drafts.csv` lists it.
  package struct GuessLine: Sendable {
    package let thing: String
    package let guess: String
    package let evidence: String
    package var counterExamples = ""
  }

  let order: DraftOrder
  var schema: SchemaDraft
  let files: [FileDraft]
  let controls: [CopybookDraft]
  /// The set of most files.
  let charset: String
  /// The set of each file, where it is another.
  let charsets: [String]
  var types: [[String: TypeGuess]] = []
  /// Items that hold codes, by file.
  private let codes: [Set<String>]
  private(set) var assignment: Assignment
  package private(set) var problems: [Diagnostic] = []
  package var guesses: [GuessLine] = []

  /// Reads everything that there is, the data twice, and guesses.
  ///
  /// - Throws: `draft.folder` when the folder exists; the errors of reading copybooks, DDL and data.
  package init(_ order: DraftOrder) throws(Diagnostic) {
    self.order = order
    if FileManager.default.fileExists(atPath: order.output) {
      throw Diagnostic(.draftFolder, at: Place(file: order.output))
    }
    for name in [order.charset].compactMap(\.self) where !CharsetGuess.isName(name) {
      let near = NameTable.nearest(name, among: CharacterSet.names)
      throw Diagnostic(.optionValue, at: Place(file: "--charset"), name, "\(near) … (totsugo list charsets)")
    }
    schema = try SchemaSource.read(order.ddl)
    guard !schema.tables.isEmpty else {
      // What was not understood may be the tables.
      throw Diagnostic(.draftTables, at: schema.problems.first?.place ?? Place(file: SchemaSource.shown(order.ddl)))
    }
    problems += schema.problems
    let books = try order.copybooks.map { input throws(Diagnostic) in
      try CopybookDraft(input, dialect: order.dialect)
    }
    let lying = ((try? FileManager.default.contentsOfDirectory(atPath: order.data)) ?? []).sorted()
    var files: [FileDraft] = []
    var controls: [CopybookDraft] = []
    for book in books {
      guard
        let name = book.input.data ?? lying.first(where: { CopybookDraft.id($0) == book.id && !$0.hasSuffix(".json") })
      else {
        controls.append(book)
        continue
      }
      let path = (order.data as NSString).appendingPathComponent(name)
      files.append(try FileDraft(book, data: name, path: path, format: order.recordFormat))
    }
    let cells = try order.delimited.map { path throws(Diagnostic) in
      try DelimitedDraft.read(path, in: order.data, charset: order.charset)
    }
    guard !files.isEmpty || !cells.isEmpty else {
      let place = Place(file: order.copybooks.first?.path ?? "--copybook")
      throw Diagnostic(.draftData, at: place, order.data)
    }
    self.controls = controls
    self.files = files + cells

    // Character sets: all files together, but those that name their own.
    var counts = files.map { CharsetGuess($0.copybook.input.charset ?? order.charset) }
    for (index, file) in files.enumerated() {
      if file.format.share < 1 {
        let tried = file.formats.map { "\($0.text) \(FormatGuess.percent($0.share))" }.joined(separator: ", ")
        problems.append(
          Diagnostic(.draftFormat, at: Place(file: file.path), String(file.copybook.layout.length), tried))
      }
      try file.scan(&counts, index)
    }
    var guesses: [GuessLine] = []
    let common = Self.common(counts.filter { $0.counts.count > 1 })
    if let common {
      let told = common.told
      guesses.append(
        GuessLine(thing: "project/charset", guess: common.name, evidence: told.evidence, counterExamples: told.against))
      if let others = common.others {
        problems.append(Diagnostic(.draftCharset, at: Place(file: order.data), "\(common.name), \(others)"))
      }
    }
    charset = common?.name ?? order.charset ?? counts.first?.counts.first?.name ?? "utf-8"
    charsets = counts.map { $0.counts.count == 1 ? $0.counts[0].name : common?.name ?? "ibm-930" }
    for (file, name) in zip(files, charsets) {
      guard let set = CharacterSet.named(name) else {
        throw Diagnostic(.optionValue, at: Place(file: "--charset"), name, CharacterSet.names.joined(separator: ", "))
      }
      if file.lacksKind {
        problems.append(Diagnostic(.draftKind, at: Place(file: file.path), file.copybook.name))
        continue
      }
      try file.profile(set, order.dialect, controls: controls)
    }
    for file in files { problems += Self.misfits(of: file) }
    let used = Set(files.flatMap(\.kinds).map(\.copybook.name))
    for book in controls where !used.contains(book.name) {
      problems.append(Diagnostic(.draftData, at: Place(file: book.input.path), order.data))
    }
    for file in cells where file.format.share < Self.leastShare {
      problems.append(Diagnostic(.draftCharset, at: Place(file: file.path), file.lineCharset?.evidence ?? ""))
    }
    files += cells
    for file in files { types.append(Self.types(of: file)) }
    codes = files.map(Self.codes)
    let codes = codes
    assignment = try Assignment(files, schema.tables, types: types) { codes[$0].contains($1.name) }
    self.guesses = guesses
    settleIdentifiers()
  }

  /// Digits are a name where their column is a text, and a number where it is one.
  private mutating func settleIdentifiers() {
    for (file, kinds) in assignment.rows.enumerated() {
      for column in kinds.joined().flatMap({ row in row.columns.map { (row.table, $0) } }) {
        guard let field = column.1.fields.first, field.isPlainDigits, let type = types[file][field.name],
          !type.isDate, !type.isTime
        else { continue }
        let target = schema.tables[column.0].columns[column.1.column]
        if target.type.isText, type.meaning == nil {
          types[file][field.name]?.meaning = "identifier"
          types[file][field.name]?.evidence += "; its column \(target.name) is a text"
        } else if target.type.isWhole, type.meaning == "identifier" {
          types[file][field.name]?.meaning = nil
          types[file][field.name]?.evidence += "; its column \(target.name) is a number"
        }
      }
    }
    let (types, schema, codes) = (types, schema, codes)
    assignment.revise { file, row in
      let columns = row.columns.map { guess -> ColumnGuess in
        guard guess.score > 0, guess.fields.count == 1, let field = guess.fields.first, field.isPlainDigits,
          guess.expression != nil,
          let type = types[file][field.name]
        else { return guess }
        let (text, why) = ColumnExpression.of(
          field, type, schema.tables[row.table].columns[guess.column], isCode: codes[file].contains(field.name))
        return ColumnGuess(
          column: guess.column, expression: text, fields: guess.fields, score: guess.score, next: guess.next, why: why)
      }
      return RowDraft(table: row.table, each: row.each, when: row.when, columns: columns, score: row.score)
    }
  }

  private typealias Common = (name: String, told: (evidence: String, against: String), others: String?)

  /// The set that fits the samples of all files best, and those that fit as well.
  private static func common(_ counts: [CharsetGuess]) -> Common? {
    guard var sum = counts.first else { return nil }
    for other in counts.dropFirst() { sum.add(other) }
    let ranking = sum.ranking
    guard let best = ranking.first else { return nil }
    let near = ranking.dropFirst().filter { $0.score > best.score - 0.002 }
    let next = ranking.dropFirst().prefix(3).map { "\($0.name) \(FormatGuess.percent($0.share))" }.joined(
      separator: ", ")
    let evidence = "\(FormatGuess.percent(best.share)) of \(best.values) sampled values; next \(next)"
    let others = near.isEmpty ? nil : near.prefix(4).map(\.name).joined(separator: ", ")
    return (best.name, (evidence, best.against ?? ""), others)
  }

  /// The share of lines or values that must be readable: of fewer, the set or the layout is another's.
  private static let leastShare = 0.95

  /// Kinds of which more than one value in twenty cannot be read: the copybook, or the character set, is another's.
  private static func misfits(of file: FileDraft) -> [Diagnostic] {
    file.kinds.filter { $0.role == .data }.compactMap { kind in
      let values = kind.fields.reduce(0) { $0 + $1.facts.values }
      let faults = kind.fields.reduce(0) { $0 + $1.facts.faults }
      guard Double(values - faults) < leastShare * Double(values),
        let first = kind.fields.first(where: { $0.facts.faults > 0 })
      else { return nil }
      let place = Place(file: file.path, record: first.facts.firstFault?.record, field: first.name)
      return Diagnostic(
        .draftFit, at: place, kind.code, FormatGuess.percent(Double(faults) / Double(max(1, values))), first.name)
    }
  }

  /// The meanings of a file's items, by name.
  private static func types(of file: FileDraft) -> [String: TypeGuess] {
    var fields: [String: FieldDraft] = [:]
    var facts: [String: [ItemFacts]] = [:]
    for kind in file.kinds {
      for field in kind.fields {
        if fields[field.name] == nil { fields[field.name] = field }
        facts[field.name, default: []].append(field.facts)
      }
    }
    return fields.reduce(into: [:]) { found, entry in
      found[entry.key] = TypeGuess(
        entry.key, entry.value, facts[entry.key] ?? [], shifts: file.shifts(of: entry.key, in: facts[entry.key] ?? []))
    }
  }

  private static let codeWords: Set<String> = [
    "KBN", "KUBUN", "CD", "CODE", "FLG", "FLAG", "UMU", "JIYU", "KIND", "SHUBETSU", "SBT", "TYPE", "KB",
  ]

  /// The items of a file that hold codes: short texts of a few different values.
  private static func codes(of file: FileDraft) -> Set<String> {
    var found: Set<String> = []
    var others: Set<String> = []
    for field in file.kinds.flatMap(\.fields) {
      if isCode(field) { found.insert(field.name) } else { others.insert(field.name) }
    }
    return found.subtracting(others)
  }

  private static func isCode(_ field: FieldDraft) -> Bool {
    guard field.isText, field.characters <= 4, field.facts.distinct != nil else { return false }
    let words = NameSpelling.words(field.name).map(NameSpelling.normal)
    let isNamed =
      words.contains { codeWords.contains($0) }
      || ["区分", "コード", "種別", "事由", "フラグ", "有無"].contains { field.comment.contains($0) }
    return field.characters <= 2 || isNamed
  }
}

extension CharsetGuess {
  /// Adds the counts of other files.
  mutating func add(_ other: CharsetGuess) {
    for count in other.counts { add(count) }
  }
}

extension FileDraft {
  /// Texts of an item of single bytes, and those with shift codes.
  func shifts(of name: String, in facts: [ItemFacts]) -> (values: Int, mixed: Int) {
    let stray = facts.filter { $0.firstFault?.fault == .strayShift }
    return (facts.reduce(0) { $0 + $1.values - $1.blanks }, stray.reduce(0) { $0 + $1.faults })
  }
}
