import Base
import Projects
import Registers
import Workbook

/// 移行項目マッピング表: the mapping as a workbook for both companies, one sheet a table.
package enum MappingSheet {
  /// The columns from left to right.
  enum Column: Int, CaseIterable {
    case number, file, kind, item, picture, position, length, fill, samples, column, type, required, expression
    case condition, codes, warnings, note, state, person, day
    // Hidden: what the row was when it was written.
    case id, wasExpression, wasNote, wasState, wasDigest

    /// Whether people fill in the column.
    var isEditable: Bool { [.expression, .note, .state, .person].contains(self) }
    var isHidden: Bool { rawValue >= Self.id.rawValue }

    var title: Bilingual {
      switch self {
      case .number: Bilingual("No.", "No.")
      case .file: Bilingual("移行元ファイル", "Source file")
      case .kind: Bilingual("レコード種別", "Record kind")
      case .item: Bilingual("移行元項目", "Source items")
      case .picture: Bilingual("PICTURE", "PICTURE")
      case .position: Bilingual("位置(バイト)", "Position (bytes)")
      case .length: Bilingual("長さ(バイト)", "Length (bytes)")
      case .fill: Bilingual("充足率(%)", "Filled (%)")
      case .samples: Bilingual("値の例", "Sample values")
      case .column: Bilingual("移行先の列", "Target column")
      case .type: Bilingual("型", "Type")
      case .required: Bilingual("必須", "Required")
      case .expression: Bilingual("変換式", "Expression")
      case .condition: Bilingual("行を作る条件", "Row made when")
      case .codes: Bilingual("コード変換表", "Code tables")
      case .warnings: Bilingual("注意", "Warnings")
      case .note: Bilingual("備考", "Note")
      case .state: Bilingual("確認状況", "State")
      case .person: Bilingual("確認者", "Confirmed by")
      case .day: Bilingual("確認日", "Confirmed on")
      case .id: Bilingual("行の番号", "Line")
      case .wasExpression: Bilingual("書出時の変換式", "Expression at export")
      case .wasNote: Bilingual("書出時の備考", "Note at export")
      case .wasState: Bilingual("書出時の確認状況", "State at export")
      case .wasDigest: Bilingual("書出時の要約", "Digest at export")
      }
    }

    private var width: Double {
      switch self {
      case .expression: 44
      case .warnings, .note, .item: 28
      case .file, .kind, .samples, .column, .condition: 20
      case .picture, .type, .person, .codes: 14
      case .number: 6
      default: 11
      }
    }

    func column(_ language: Language) -> Spreadsheet.Column {
      let form: Spreadsheet.Form = self == .number ? .number : self == .day ? .date : .text
      var column = Spreadsheet.Column(
        title.text(language), width: width, form: form, wraps: width >= 20, isEditable: isEditable, isHidden: isHidden)
      if self == .state {
        column.choices = [Confirmation.State.open, .confirmed].map { $0.title.text(language) }
        let colours: [(Confirmation.State, UInt32, UInt32)] = [
          (.open, 0xFFF2CC, 0x7F6000), (.confirmed, 0xE2EFDA, 0x375623), (.changed, 0xF8CBAD, 0x9C0006),
        ]
        column.highlights = colours.map { Spreadsheet.Highlight($0.title.text(language), fill: $1, font: $2) }
      }
      return column
    }
  }

  static let dropName = Bilingual("移行しない項目", "Not migrated")
  static let guideName = Bilingual("記入要領", "How to fill in")

  /// - Parameters:
  ///   - contents: what the data hold; empty when nothing was read: then samples and shares are blank.
  ///   - created: seconds since 1970.
  package static func workbook(
    _ project: Project, _ standings: [MappingStanding], _ contents: ItemContents, created: Int, _ language: Language
  ) -> Spreadsheet {
    let warnings = MappingWarnings(contents)
    let columns = Column.allCases.map { $0.column(language) }
    var names = Set([dropName.text(language), guideName.text(language)])
    var tables: [String] = []
    var lines: [String: [MappingStanding]] = [:]
    for standing in standings {
      if lines[standing.line.table] == nil { tables.append(standing.line.table) }
      lines[standing.line.table, default: []].append(standing)
    }
    var sheets = tables.map { table in
      let own = lines[table] ?? []
      let rows = own.enumerated().map { number, standing in
        let facts = Facts(standing, contents, warnings)
        return Column.allCases.map { cell($0, number + 1, facts, language) }
      }
      return Spreadsheet.Sheet(
        sheetName(table, &names), columns: columns, rows: rows, frozenColumns: 1,
        printedColumns: Column.day.rawValue + 1)
    }
    sheets += [drops(project, language), guide(language)]
    let title = Bilingual("\(project.title.ja) 移行項目マッピング表", "\(project.title.en): mapping table")
    return Spreadsheet(title: title.text(language), created: created, sheets: sheets).showingControlCharacters()
  }

  /// A name that a sheet may have: at most 31 characters, none of `[]:*?/\`, unlike the others.
  static func sheetName(_ name: String, _ taken: inout Set<String>) -> String {
    let allowed = name.map { "[]:*?/\\".contains($0) ? "_" : $0 }
    var found = String(allowed.prefix(31))
    var number = 2
    while !taken.insert(found.lowercased()).inserted {
      found = String(allowed.prefix(28)) + "~\(number)"
      number += 1
    }
    return found
  }

  /// All that a row shows.
  struct Facts {
    let standing: MappingStanding
    let contents: [ItemContents.Content?]
    let warnings: [Bilingual]

    init(_ standing: MappingStanding, _ contents: ItemContents, _ warnings: MappingWarnings) {
      self.standing = standing
      let line = standing.line
      self.contents = line.items.map { contents[line.file, line.kinds[0].code, $0.name] }
      self.warnings = warnings.of(line)
    }
  }

  private static func cell(_ column: Column, _ number: Int, _ facts: Facts, _ language: Language) -> Spreadsheet.Cell {
    let line = facts.standing.line
    /// One line of the cell for each item.
    func items(_ text: (MappingLine.Item) -> String) -> Spreadsheet.Cell {
      line.items.isEmpty ? .empty : .text(line.items.map(text).joined(separator: "\n"))
    }
    func each(_ text: (ItemContents.Content) -> String) -> Spreadsheet.Cell {
      facts.contents.allSatisfy { $0 == nil }
        ? .empty : .text(facts.contents.map { $0.map(text) ?? "" }.joined(separator: "\n"))
    }
    switch column {
    case .number: return .integer(number)
    case .file: return .text("\(line.fileTitle.text(language)) (\(line.file))")
    case .kind: return .text(line.kinds.map { "\($0.code) \($0.title.text(language))" }.joined(separator: "\n"))
    case .picture: return items(\.picture)
    case .position:
      return items { $0.isCell ? said("\($0.position)列目", "column \($0.position)", language) : String($0.position) }
    case .length:
      return items { $0.isCell ? said("\($0.length)文字", "\($0.length) characters", language) : String($0.length) }
    case .fill: return each { $0.rows == 0 ? "–" : share($0.filled, of: $0.rows) }
    case .samples: return each { $0.samples.joined(separator: " / ") }
    case .required:
      return line.isKey
        ? .text(said("キー", "key", language)) : line.isOptional ? .empty : .text(said("必須", "yes", language))
    case .item, .column, .type, .condition, .codes:
      let text = shown(column, facts.standing, language)
      return text.isEmpty ? .empty : .text(text)
    case .warnings:
      return facts.warnings.isEmpty ? .empty : .text(facts.warnings.map { $0.text(language) }.joined(separator: "\n"))
    case .person:
      return facts.standing.state == .confirmed ? .text(facts.standing.confirmation?.confirmedBy ?? "") : .empty
    case .day:
      let day = facts.standing.state == .confirmed ? Day.of(facts.standing.confirmation?.confirmedAt ?? "") : ""
      return Int(day.filter { $0 != "-" }).map { .date($0) } ?? .empty
    case .expression, .note, .state, .id, .wasExpression, .wasNote, .wasState, .wasDigest:
      let text = self.text(column, facts.standing, language)
      return text.isEmpty ? .empty : .text(text)
    }
  }

  /// The text of a column that people fill in, or of what it was.
  static func text(_ column: Column, _ standing: MappingStanding, _ language: Language) -> String {
    switch column {
    case .id: standing.line.id
    case .expression, .wasExpression: standing.line.expression
    case .note, .wasNote: standing.confirmation?.note ?? ""
    case .state, .wasState: standing.state.title.text(language)
    case .wasDigest: short(standing.line.digest)
    default: ""
    }
  }

  /// Enough of a digest to tell whether a line has changed.
  static func short(_ digest: String) -> String { String(digest.dropFirst(7).prefix(16)) }

  /// The text of a column that nobody fills in, as the export writes it.
  static func shown(_ column: Column, _ standing: MappingStanding, _ language: Language) -> String {
    let line = standing.line
    return switch column {
    case .column: line.column
    case .type: line.type
    case .item: line.items.map(\.name).joined(separator: "\n")
    case .codes: line.codes.joined(separator: "\n")
    case .condition:
      [line.each.isEmpty ? "" : said("\(line.each) の繰返しごと", "each \(line.each)", language), line.condition]
        .filter { !$0.isEmpty }.joined(separator: "\n")
    default: ""
    }
  }

  private static func said(_ ja: String, _ en: String, _ language: Language) -> String {
    Bilingual(ja, en).text(language)
  }

  /// In percent with one place, rounded down: 100.0 only for all.
  static func share(_ part: Int, of whole: Int) -> String {
    let tenths = part * 1000 / max(1, whole)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func drops(_ project: Project, _ language: Language) -> Spreadsheet.Sheet {
    let rows = project.files.flatMap { file in
      file.drops.sorted { $0.key < $1.key }.map { item, reason -> [Spreadsheet.Cell] in
        [.text("\(file.title.text(language)) (\(file.id))"), .text(item), .text(reason.text(language))]
      }
    }
    return Spreadsheet.Sheet(
      dropName.text(language),
      columns: [
        Spreadsheet.Column(Column.file.title.text(language), width: 28),
        Spreadsheet.Column(Column.item.title.text(language), width: 28),
        Spreadsheet.Column(said("移行しない理由", "Why it is not migrated", language), width: 80, wraps: true),
      ], rows: rows)
  }

  private static func guide(_ language: Language) -> Spreadsheet.Sheet {
    let lines: [(Bilingual, Bilingual)] = [
      (
        Bilingual("色の付いた列", "Coloured columns"),
        Bilingual(
          "記入する列です。並べ替え、行の削除、列の移動や追加はできます。見出しは変えないでください。",
          "These are to be filled in. Rows may be sorted or deleted, columns moved or added. Leave the headings as they are."
        )
      ),
      (
        Column.expression.title,
        Bilingual(
          "直すと、取り込むときに定義ファイルの同じ場所が書き換わります。誤った式があれば、何も取り込みません。",
          "What is changed here is changed in the definition file at the import. With a wrong expression nothing is imported."
        )
      ),
      (
        Column.state.title,
        Bilingual(
          "確かめた行を「確認済」にします。「要再確認」は、確認の後に変換式・条件・型が変わった行です。",
          "Set a line that was looked at to “confirmed”. “changed since” is a line whose expression, condition or type changed after it was confirmed."
        )
      ),
      (
        Column.person.title,
        Bilingual("確かめた人の氏名。空欄なら取り込む人。", "The name of who looked at it; the one who imports, when empty.")
      ),
    ]
    return Spreadsheet.Sheet(
      guideName.text(language),
      columns: [
        Spreadsheet.Column(said("項目", "Column", language), width: 24),
        Spreadsheet.Column(said("記入のしかた", "How to fill it in", language), width: 100, wraps: true),
      ], rows: lines.map { [.text($0.text(language)), .text($1.text(language))] })
  }
}
