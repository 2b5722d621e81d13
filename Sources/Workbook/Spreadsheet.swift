import Base

/// A workbook to be written: the content of its cells, and how people find, read and change it.
///
/// ```swift
/// let column = Spreadsheet.Column("判定", width: 12, isEditable: true, choices: ["承認", "差戻し"])
/// let sheet = Spreadsheet.Sheet("確認事項", columns: [column], rows: [[.text("承認")]], spareRows: 200)
/// try Spreadsheet(title: "第3回リハーサル", created: 1_772_323_200, sheets: [sheet]).write(to: "items.xlsx")
/// ```
/// The first row of each sheet is its header, so that filters and imports are simple.
package struct Spreadsheet: Sendable {
  /// The title in the document's properties and above each printed page.
  package var title: String
  /// The time in seconds since 1970, UTC. The same content and time give the same bytes.
  package var created: Int
  package var sheets: [Sheet]

  package init(title: String, created: Int, sheets: [Sheet]) {
    self.title = title
    self.created = created
    self.sheets = sheets
  }

  package struct Sheet: Sendable {
    package var name: String
    package var columns: [Column]
    /// Cells in the order of the columns; a row may be shorter.
    package var rows: [[Cell]]
    /// Further rows below them, computed when they are written: for sheets that do not fit into memory.
    package var more: Rows?
    /// Cells that lead to another sheet.
    package var links: [Link] = []
    /// Columns at the left that stay in view.
    package var frozenColumns: Int
    /// The number of rows below the last one that also have the drop-down lists and colours, for people to add to.
    package var spareRows: Int
    /// The number of columns at the left that are printed, one page wide; `nil` to print all.
    package var printedColumns: Int?

    package init(
      _ name: String, columns: [Column], rows: [[Cell]], frozenColumns: Int = 0, spareRows: Int = 0,
      printedColumns: Int? = nil
    ) {
      self.name = name
      self.columns = columns
      self.rows = rows
      self.frozenColumns = frozenColumns
      self.spareRows = spareRows
      self.printedColumns = printedColumns
    }

    /// The number of rows, without the header and the spare ones.
    var rowCount: Int { rows.count + (more?.count ?? 0) }

    /// Calls `body` with each row in order.
    func forEachRow(_ body: ([Cell]) throws(Diagnostic) -> Void) throws(Diagnostic) {
      for row in rows { try body(row) }
      guard let more else { return }
      var start = 0
      while start < more.count {
        let end = min(start + Self.atOnce, more.count)
        for row in try more.read(start..<end) { try body(row) }
        start = end
      }
    }

    /// The number of further rows that are asked for together.
    static let atOnce = 1_000
  }

  /// Rows that are asked for in order, some at a time, when the workbook is written and when it is proven.
  package struct Rows: Sendable {
    package let count: Int
    package let read: @Sendable (Range<Int>) throws(Diagnostic) -> [[Cell]]

    package init(count: Int, read: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> [[Cell]]) {
      self.count = count
      self.read = read
    }
  }

  /// A cell that leads to a row of another sheet. Rows are counted from 0, without the header.
  package struct Link: Sendable {
    package var row: Int
    package var column: Int
    package var sheet: String
    package var target: Int

    package init(row: Int, column: Int, sheet: String, target: Int) {
      self.row = row
      self.column = column
      self.sheet = sheet
      self.target = target
    }
  }

  package struct Column: Sendable {
    package var title: String
    /// The width in characters of the usual font.
    package var width: Double
    package var form: Form
    package var wraps: Bool
    /// Whether people fill in the column: it then has its own colour. No cell is locked.
    package var isEditable: Bool
    package var isHidden: Bool
    /// The allowed values; empty to allow any. An empty cell is always allowed.
    package var choices: [String]
    package var highlights: [Highlight]

    package init(
      _ title: String, width: Double = 12, form: Form = .text, wraps: Bool = false, isEditable: Bool = false,
      isHidden: Bool = false, choices: [String] = [], highlights: [Highlight] = []
    ) {
      self.title = title
      self.width = width
      self.form = form
      self.wraps = wraps
      self.isEditable = isEditable
      self.isHidden = isHidden
      self.choices = choices
      self.highlights = highlights
    }
  }

  /// The display of a column's numbers, and the treatment of values typed into its empty cells.
  package enum Form: Sendable {
    /// Typed digits stay text: `0012`.
    case text
    /// With thousands separators: `1,234`.
    case amount
    /// Without thousands separators: `2026`.
    case number
    /// `yyyy-mm-dd`.
    case date
  }

  /// The colours (RGB) of a column's cells while they hold `value`, also after a change.
  package struct Highlight: Sendable {
    package var value: String
    package var fill: UInt32
    package var font: UInt32

    package init(_ value: String, fill: UInt32, font: UInt32) {
      self.value = value
      self.fill = fill
      self.font = font
    }
  }

  package enum Cell: Hashable, Sendable {
    case empty
    /// Stays text whatever its form: `0012`, `=1+1`.
    case text(String)
    case integer(Int)
    /// An exact number such as `-12.50`, shown with as many places as it has.
    case decimal(String)
    /// `YYYYMMDD`. A date that Excel's calendar does not have (before March 1900, unknown parts, no end) is written as
    /// text of the same look.
    case date(Int)
  }
}

extension Spreadsheet {
  /// The same with control characters shown: a workbook cannot hold them, and old entries with them must not prevent an
  /// export.
  package func showingControlCharacters() -> Spreadsheet {
    var shown = self
    for sheet in shown.sheets.indices {
      shown.sheets[sheet].rows = shown.sheets[sheet].rows.map(Self.shown)
      if let more = shown.sheets[sheet].more {
        shown.sheets[sheet].more = Rows(count: more.count) { range throws(Diagnostic) in
          try more.read(range).map(Self.shown)
        }
      }
    }
    return shown
  }

  @Sendable private static func shown(_ row: [Cell]) -> [Cell] {
    row.map { cell in
      if case .text(let text) = cell { return .text(ControlCharacter.shown(text)) }
      return cell
    }
  }
}

extension Spreadsheet.Cell {
  /// The value in the file; `nil` for an empty cell.
  var stored: CellValue? {
    switch self {
    case .empty, .text(""): nil
    case .text(let text): .text(text)
    case .integer(let value): .number(String(value))
    case .decimal(let digits): .number(digits)
    case .date(let date):
      // Programs disagree about the days before March 1900.
      if date >= 1900_03_01, let serial = DateSystem.from1900.serial(date: date) {
        .number(String(serial))
      } else {
        .text(Self.text(ofDate: date))
      }
    }
  }

  /// `YYYY-MM-DD`, whatever its parts are.
  private static func text(ofDate date: Int) -> String {
    let digits = String(date)
    let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    return padded.dropLast(4) + "-" + padded.suffix(4).prefix(2) + "-" + padded.suffix(2)
  }
}
