import Base
import Evidence
import Records
import Workbook

/// The list of items as a sheet for editing in Excel: its columns, their content for an item, and which of them may be
/// changed.
package enum ItemSheet {
  package static let name = Bilingual("確認事項", "Items")
  static let guideName = Bilingual("記入要領", "How to fill in")

  /// The columns from left to right.
  enum Column: Int, CaseIterable {
    // Columns that are printed.
    case id, owner, severity, title, proof, state, why, answer, due, person, reason
    // Columns beside them, on the screen only.
    case assignee, approver, until, links, note, held, invited, attended, kind, subsystem, category, job, gate
    case exported, revision, evidence

    /// Whether people fill in the column.
    var isEditable: Bool {
      switch self {
      case .state, .answer, .due, .assignee, .person, .reason, .approver, .until, .links, .note, .held, .invited,
        .attended:
        true
      default: false
      }
    }

    var title: Bilingual {
      switch self {
      case .id: Bilingual("番号", "No.")
      case .kind: Bilingual("区分", "Kind")
      case .subsystem: Bilingual("業務", "Subsystem")
      case .category: Bilingual("観点", "Category")
      case .job: Bilingual("処理", "Job")
      case .owner: Bilingual("担当課", "Section")
      case .severity: Bilingual("重大度", "Severity")
      case .gate: Bilingual("判定", "Gate")
      case .title: Bilingual("内容", "Item")
      case .proof: Bilingual("証跡・確認者", "Checks, or who confirms")
      case .state: Bilingual("状態", "State")
      case .answer: Bilingual("回答・対応方針", "Answer")
      case .due: Bilingual("期限", "Due")
      case .assignee: Bilingual("担当者", "Assignee")
      case .person: Bilingual("記入者", "Filled in by")
      case .reason: Bilingual("差戻・保留の理由", "Reason (sent back, on hold)")
      case .approver: Bilingual("保留の承認者", "Hold approved by")
      case .until: Bilingual("保留の期限", "Hold until")
      case .links: Bilingual("関連", "Links")
      case .note: Bilingual("備考", "Note")
      case .held: Bilingual("研修実施日", "Held on")
      case .invited: Bilingual("対象者数", "Invited")
      case .attended: Bilingual("出席者数", "Came")
      case .why: Bilingual("状態の理由", "Why it stands so")
      case .exported: Bilingual("書出時の状態", "State at export")
      case .revision: Bilingual("版", "Revision")
      case .evidence: Bilingual("書出時の証跡", "Evidence at export")
      }
    }

    private var width: Double {
      switch self {
      case .title, .answer: 40
      case .proof: 28
      case .reason: 20
      case .why: 30
      case .note, .links, .subsystem, .job: 22
      case .owner: 14
      case .due, .until, .held: 12
      case .severity, .category: 7
      default: 10
      }
    }

    private var form: Spreadsheet.Form {
      switch self {
      case .due, .until, .held: .date
      case .invited, .attended, .revision: .number
      default: .text
      }
    }

    func column(_ language: Language) -> Spreadsheet.Column {
      var column = Spreadsheet.Column(
        title.text(language), width: width, form: form, wraps: width >= 20, isEditable: isEditable,
        isHidden: [.exported, .revision, .evidence].contains(self))
      if self == .state {
        column.choices = Item.State.allCases.map { $0.title.text(language) }
        column.highlights = Item.State.allCases.map { state in
          let (fill, font) = Self.colours(of: state)
          return Spreadsheet.Highlight(state.title.text(language), fill: fill, font: font)
        }
      }
      if self == .severity { column.choices = Severity.allCases.map(\.rawValue) }
      if self == .kind { column.choices = Item.Kind.allCases.map { $0.title.text(language) } }
      return column
    }

    private static func colours(of state: Item.State) -> (fill: UInt32, font: UInt32) {
      switch state {
      case .raised: (0xFFFFFF, 0x404040)
      case .investigating: (0xDDEBF7, 0x1F3864)
      case .answered: (0xFFF2CC, 0x7F6000)
      case .confirmed: (0xE2EFDA, 0x375623)
      case .returned: (0xF8CBAD, 0x9C0006)
      case .closed: (0xC6E0B4, 0x375623)
      case .onHold: (0xE4DFEC, 0x403151)
      }
    }
  }

  /// The titles of subsystems and batch jobs.
  package struct Names: Sendable {
    package let subsystems: [String: Bilingual]
    package let jobs: [String: Bilingual]
    package let gates: GateNames

    package init(subsystems: [String: Bilingual] = [:], jobs: [String: TestJob] = [:], gates: GateNames = GateNames([]))
    {
      self.gates = gates
      self.subsystems = subsystems
      self.jobs = jobs.mapValues(\.title)
    }
  }

  /// The evidence under an item, shortened: it identifies the evidence of the exported standing.
  static func evidence(_ standing: ItemStanding) -> String { String(standing.digest.dropFirst(7).prefix(16)) }

  /// The workbook of items.
  ///
  /// - Parameter created: seconds since 1970.
  package static func workbook(
    _ items: [ItemStanding], title: Bilingual, names: Names, created: Int, _ language: Language
  ) -> Spreadsheet {
    let rows = items.map { standing in Column.allCases.map { cell($0, standing, names, language) } }
    let sheet = Spreadsheet.Sheet(
      name.text(language), columns: Column.allCases.map { $0.column(language) }, rows: rows, frozenColumns: 1,
      spareRows: 100, printedColumns: Column.reason.rawValue + 1)
    let guide = Spreadsheet.Sheet(
      guideName.text(language),
      columns: [
        Spreadsheet.Column(language == .japanese ? "項目" : "Column", width: 24),
        Spreadsheet.Column(language == .japanese ? "記入のしかた" : "How to fill it in", width: 100, wraps: true),
      ], rows: self.guide.map { [.text($0.text(language)), .text($1.text(language))] })
    let name = Bilingual("\(title.ja) 確認事項一覧", "\(title.en): items to be confirmed")
    return Spreadsheet(title: name.text(language), created: created, sheets: [sheet, guide])
      .showingControlCharacters()
  }

  /// The content of a column for an item.
  static func cell(
    _ column: Column, _ standing: ItemStanding, _ names: Names, _ language: Language
  ) -> Spreadsheet.Cell {
    switch column {
    case .state, .exported: .text(standing.state.title.text(language))
    case .why: .text(standing.why.text(language))
    case .evidence: .text(evidence(standing))
    // The author of earlier texts is in the ledger; the next author names himself here.
    case .person: .empty
    default: cell(column, standing.item, names, language)
    }
  }

  /// The content of a column for an item as entered, without its standing.
  static func cell(_ column: Column, _ item: Item, _ names: Names, _ language: Language) -> Spreadsheet.Cell {
    switch column {
    case .id: .text(item.id)
    case .kind: .text(item.kind.title.text(language))
    case .subsystem: .text(names.subsystems[item.subsystem]?.text(language) ?? item.subsystem)
    case .category: .text(item.category)
    case .job: .text(names.jobs[item.job]?.text(language) ?? item.job)
    case .owner: .text(item.owner)
    case .severity: .text(item.severity.rawValue)
    case .gate: .text(names.gates.title(of: item.gate).text(language))
    case .title: .text(item.title.text(language))
    case .proof: .text((item.evidence + [item.confirmer].filter { !$0.isEmpty }).joined(separator: "; "))
    case .answer: .text(item.answer)
    case .due: date(item.due)
    case .assignee: .text(item.assignee)
    case .reason: .text(item.reason)
    case .approver: .text(item.approver)
    case .until: date(item.until)
    case .links: .text(item.links.joined(separator: "; "))
    case .note: .text(item.note)
    case .held: date(item.held)
    case .invited: item.invited.map { .integer($0) } ?? .empty
    case .attended: item.attended.map { .integer($0) } ?? .empty
    case .revision: .integer(item.revision)
    case .state, .exported, .why, .person, .evidence: .empty
    }
  }

  private static func date(_ day: String) -> Spreadsheet.Cell {
    Int(day.filter { $0 != "-" }).map { .date($0) } ?? .empty
  }

  private static let guide: [(Bilingual, Bilingual)] = [
    (
      Bilingual("色の付いた列", "Coloured columns"),
      Bilingual(
        "記入する列です。ほかの列を変えた行は取り込めません。並べ替え、列の移動、列の追加はできます。",
        "These are to be filled in. A row in which another column was changed cannot be imported. Sorting, moving and adding columns is fine."
      )
    ),
    (
      Column.state.title,
      Bilingual(
        "一覧から選びます。起票 → 調査中 → 回答済 → 確認済 → 完了。受け入れられないときは差戻、猶予するときは保留。",
        "Choose from the list: raised → investigating → answered → confirmed → closed; sent back where it is not accepted, on hold where it must wait."
      )
    ),
    (
      Column.person.title,
      Bilingual(
        "その行に記入した人の氏名。空欄なら取り込む人。回答した人は確認できません。",
        "The name of who filled in the row; the one who imports, when empty. Who answered cannot confirm.")
    ),
    (
      Column.answer.title,
      Bilingual("回答済にするときは必ず書きます。", "Needed for the state “answered”.")
    ),
    (
      Column.reason.title,
      Bilingual(
        "差戻または保留にするときは必ず書きます。保留は承認者と期限も要ります。",
        "Needed to send back or to put on hold; a hold needs its approver and date, too.")
    ),
    (
      Column.links.title,
      Bilingual("課題や他の確認事項の番号。「; 」で区切ります。", "Numbers of issues or other items, separated by “; ”.")
    ),
    (
      Column.held.title,
      Bilingual(
        "研修だけ。実施日・対象者数・出席者数をそろえて書きます。", "For trainings: the day, how many were invited, how many came; all three.")
    ),
    (
      Bilingual("新しい行", "New rows"),
      Bilingual(
        "番号を空けて、区分「質問」、担当課、重大度、内容を書くと、ベンダへの質問として起票されます。",
        "Leave the number empty and fill in kind “question”, section, severity and item: it is raised as a question to the vendor."
      )
    ),
  ]
}
