import Base
import Records

/// A table of a paper or a page: columns with types, so that a workbook has numbers and dates where a page has words.
package struct Table: Sendable {
  package struct Column: Sendable {
    package enum Form: Sendable {
      case text
      /// Without line breaks: a number of a register, a code.
      case id
      case number
      case date
      case mark
      /// Old beside new; three columns of a workbook.
      case pair
      /// Empty, for people to write in.
      case blank
    }

    /// The machine name, never translated.
    package let key: String
    package let title: String
    package let form: Form
    /// The number of lines of a cell that a page shows; `nil` to show all. Files always have the whole cell.
    package let lines: Int?
    /// The width in millimetres on the sheet, when the text should not determine it.
    package let width: Int?
    /// Whether the column names the row's subject.
    package let isHead: Bool
    /// Whether equal cells below each other are merged.
    package let merges: Bool

    package init(
      _ key: String, _ title: String, _ form: Form = .text, lines: Int? = nil, width: Int? = nil, head: Bool = false,
      merges: Bool = false
    ) {
      self.key = key
      self.title = title
      self.form = form
      self.lines = lines
      self.width = width
      isHead = head
      self.merges = merges
    }
  }

  package struct Row: Sendable {
    package let cells: [Cell]
    package let tone: Tone
    /// Whether it is a total (計), set apart below the others.
    package let isTotal: Bool

    package init(_ cells: [Cell], tone: Tone = .plain, total: Bool = false) {
      self.cells = cells
      self.tone = tone
      isTotal = total
    }
  }

  /// Rows that are asked for in order, some at a time.
  package struct Whole: Sendable {
    package let count: Int
    package let rows: @Sendable (Range<Int>) throws(Diagnostic) -> [Row]

    package init(count: Int, rows: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> [Row]) {
      self.count = count
      self.rows = rows
    }
  }

  /// For each row the row, from 0, of the table with that key; `nil` for one that leads nowhere.
  package struct Leads: Sendable {
    package let table: String
    package let rows: [Int?]

    package init(to table: String, rows: [Int?]) {
      self.table = table
      self.rows = rows
    }
  }

  /// The machine name, never translated; unique in the paper.
  package let key: String
  package let title: String
  package let columns: [Column]
  package let rows: [Row]
  /// The number of rows that a page shows; a table of 0 is in the complete lists alone.
  package let limit: Int
  /// The text of a page when there are no rows.
  package let none: String
  /// The column whose mark is a judgement, for JUnit.
  package let judges: String?
  /// All rows, for a workbook, when ``rows`` has only the first of them; `nil` when they are all.
  package var whole: Whole?
  /// The rows of another table to which those of this one lead in a workbook.
  package var leads: Leads?

  package init(
    _ key: String, _ title: String, _ columns: [Column], _ rows: [Row], limit: Int = 200, none: String = "",
    judges: String? = nil
  ) {
    self.key = key
    self.title = title
    self.columns = columns
    self.rows = rows
    self.limit = limit
    self.none = none
    self.judges = judges
  }

  /// The number of all rows.
  package var number: Int { whole?.count ?? rows.count }

  /// The same table, without a column of judgements.
  package var unjudged: Table { Table(key, title, columns, rows, limit: limit, none: none) }

  /// The same table, of which a page shows fewer rows.
  package func shortened(to limit: Int) -> Table {
    Table(key, title, columns, rows, limit: limit, none: none, judges: judges)
  }
}

/// The value of a table's cell or of a figure.
package enum Cell: Sendable, Hashable {
  case empty
  case text(String)
  /// A word with its tone.
  case mark(String, Tone)
  case number(Int128)
  /// An exact number with places: `12.5`.
  case decimal(String)
  /// `YYYY-MM-DD`.
  case date(String)
  /// A date by which something had to be done and was not.
  case late(String)
  /// RFC 3339.
  case moment(String)
  /// Digests, names of files.
  case code(String)
  /// A part that differs from what stands beside it.
  case changed(String)
  /// Old and new.
  case pair(Int128, Int128)
  /// 未測定, 判定不能: an unknown value, which is never a number.
  case unknown(String)
  /// A remark beside the matter itself.
  case soft(String)
  /// A cell that leads to another page.
  indirect case link(Cell, to: String)
  /// Several in one, one after the other; `\n` sets each on a line of its own.
  case several([Cell], by: String)
  /// A box to pick the row in a form: what it sends, and the name of the row.
  case pick(String, of: String)

  package static func number(_ value: Int) -> Cell { .number(Int128(value)) }

  /// A text that leads to another page.
  package static func link(_ text: String, to address: String) -> Cell { .link(.text(text), to: address) }

  /// A date, or none; whether it has passed in vain.
  package static func due(_ text: String, isLate: Bool) -> Cell { isLate ? .late(text) : .date(ifGiven: text) }

  /// A text, or none.
  package static func text(ifGiven text: String) -> Cell { text.isEmpty ? .empty : .text(text) }

  /// What a person did at a moment, or none.
  package static func person(_ name: String, at moment: String) -> Cell {
    name.isEmpty ? .empty : .several([.text(name), .moment(moment)])
  }

  /// One after the other, without those that are empty.
  package static func several(_ cells: [Cell]) -> Cell { .several(cells, by: " ") }

  /// A date when there is one, otherwise empty.
  package static func date(ifGiven text: String) -> Cell { text.isEmpty ? .empty : .date(text) }
}

extension Words {
  /// The text of a cell on a page.
  package func text(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text), .changed(let text), .mark(let text, _), .code(let text), .unknown(let text), .soft(let text):
      text
    case .link(let cell, _): self.text(cell)
    case .several(let cells, let separator):
      cells.map { self.text($0) }.filter { !$0.isEmpty }.joined(separator: separator)
    case .pick: ""
    case .number(let value): number(value)
    case .decimal(let digits): decimal(digits)
    case .date(let iso), .late(let iso): date(iso)
    case .moment(let moment): time(moment)
    case .pair(let old, let new):
      old == new
        ? number(old)
        : self(
          "旧 \(number(old))、新 \(number(new))、差 \(number(new - old))",
          "old \(number(old)), new \(number(new)), difference \(number(new - old))")
    }
  }

  private func decimal(_ digits: String) -> String {
    let isNegative = digits.hasPrefix("-")
    let parts = digits.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int128($0) }) else { return digits }
    let sign = isNegative ? (language == .japanese ? "△" : "−") : ""
    return sign + number(whole) + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Seconds as a duration for people: `2時間5分`.
  package func duration(_ seconds: Double) -> String { language.duration(seconds) }

  /// With one decimal place.
  package static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }

  /// A share of a whole, rounded down, so that 100 % means all of it; unknown when the whole is 0.
  package func percent(_ part: Int, of whole: Int) -> Cell {
    guard whole > 0 else { return .unknown(self("対象なし", "none")) }
    let tenths = part * 1000 / whole
    return .decimal("\(tenths / 10).\(tenths % 10)")
  }

  package var notMeasured: Cell { .unknown(self("未測定", "not measured")) }
  package var undecided: Cell { .unknown(self("判定不能", "undecided")) }
  package var noRun: String { self("完了した実行がないため判定不能。", "Undecided: no run has come to its end.") }
}
