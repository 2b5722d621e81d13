import Base
import Decode
import Definitions

/// One item of a layout as it is written, in YAML or in a row of a sheet.
struct LayoutItem {
  let place: Place
  let problems: Problems
  /// `name`, `header`, `type`, `form`, `offset`, `length`.
  let values: [String: LocatedText]

  subscript(key: String) -> LocatedText? { values[key] }

  /// The value of a key that must be there; `nil` after a diagnostic.
  func required(_ key: String) -> LocatedText? {
    if let value = values[key] { return value }
    problems.add(Diagnostic(.definitionMissing, at: place, key))
    return nil
  }

  func wrong(_ key: String?, _ found: String, _ expected: String) {
    problems.add(Diagnostic(.definitionValue, at: key.flatMap { values[$0]?.place } ?? place, found, expected))
  }

  /// A whole number; `nil` after a diagnostic.
  func integer(_ key: String) -> Int? {
    guard let value = values[key] else { return nil }
    if let number = Int(value.text) { return number }
    wrong(key, value.text, "a whole number")
    return nil
  }

  /// - Returns: `nil` after a diagnostic.
  static func read(_ node: DefinitionNode) -> LayoutItem? {
    guard let map = node.map(DefinitionKeys.layoutItem) else { return nil }
    var values: [String: LocatedText] = [:]
    for key in DefinitionKeys.layoutItem {
      guard let value = map[key] else { continue }
      guard let text = value.text else { return nil }
      values[key] = LocatedText(text, at: value.place)
    }
    return LayoutItem(place: node.place, problems: node.problems, values: values)
  }
}

/// The items of a layout in a workbook (レイアウト表), one a row.
enum LayoutSheet {
  private static let columns = [
    SheetTable.Column("name", ["項目名", "項目名称", "項目", "name", "item", "field"], isRequired: true),
    SheetTable.Column("type", ["型", "属性", "データ型", "タイプ", "type"], isRequired: true),
    SheetTable.Column("start", ["開始位置", "位置", "開始", "position", "start"]),
    SheetTable.Column(
      "length", ["桁数", "長さ", "バイト数", "桁", "サイズ", "length", "bytes", "digits", "size"], isRequired: true),
    SheetTable.Column("places", ["小数", "小数桁", "小数桁数", "小数部", "小数点以下", "decimals", "scale"]),
    SheetTable.Column("form", ["書式", "形式", "日付形式", "form", "format"]),
    SheetTable.Column("header", ["見出し", "ヘッダ", "ヘッダー", "header"]),
  ]
  private static let remarks = [
    "備考", "説明", "内容", "摘要", "no", "no.", "番号", "項番", "#", "必須", "キー", "項目id", "物理名", "例", "終了位置", "remarks", "remark",
    "note", "notes", "description", "comment", "required", "key", "id", "example", "end",
  ]
  private static let types: [(words: [String], type: String)] = [
    (
      ["文字", "文字列", "漢字", "全角", "半角", "英数", "英数字", "英数カナ", "カナ", "x", "n", "char", "varchar", "text", "string"], "text"
    ),
    (["数値", "数字", "整数", "9", "s9", "number", "numeric", "decimal", "integer"], "number"),
    (["日付", "年月日", "date"], "date"),
  ]

  /// - Parameters:
  ///   - tab: the name of the sheet, if the workbook has several such tables.
  ///   - isFixed: whether items have places.
  /// - Returns: `nil` after a diagnostic.
  static func read(_ file: DefinitionFile, tab: String?, isFixed: Bool, _ problems: Problems) -> [LayoutItem]? {
    guard let table = SheetTable.read(file, tab: tab, columns, remarks: remarks, problems) else { return nil }
    let items = table.rows.map { item($0, isFixed, problems) }
    return items.contains { $0 == nil } ? nil : items.compactMap(\.self)
  }

  private static func item(_ row: SheetTable.Row, _ isFixed: Bool, _ problems: Problems) -> LayoutItem? {
    var values: [String: LocatedText] = [:]
    var isWrong = false
    func wrong(_ place: Place, _ found: String, _ expected: String) {
      problems.add(Diagnostic(.definitionValue, at: place, found, expected))
      isWrong = true
    }
    /// `-` stands for nothing; the cell of a merged one is empty.
    func cell(_ key: String) -> LocatedText? {
      row.cells[key].flatMap { cell in
        let text = SheetTable.plain(cell.text)
        return ["-", "―", "—", "‐"].contains(text)
          ? nil : LocatedText(key == "name" || key == "header" ? cell.text : text, at: cell.place)
      }
    }
    func number(_ key: String) -> Int? {
      guard let cell = cell(key) else { return nil }
      if let number = Int(cell.text), number >= 0 { return number }
      wrong(cell.place, cell.text, "a whole number")
      return nil
    }
    for key in ["name", "type"] where cell(key) == nil {
      wrong(row.place, "a row without \(key)", "an item: a name, a type and a length; other texts stand under remarks")
    }
    values["name"] = cell("name")
    values["header"] = cell("header")
    values["form"] = cell("form")
    let (length, places, start) = (number("length"), number("places"), number("start"))
    if let type = cell("type") {
      let word = type.text.lowercased().filter { !$0.isWhitespace }
      let known = types.first { $0.words.contains(word) }?.type
      let size = length.map(String.init) ?? ""
      if known != "date" || isFixed, cell("length") == nil { wrong(row.place, "no length", "a whole number") }
      if let known {
        let digits = known == "number" && places.map { $0 > 0 } == true ? "(\(size),\(places ?? 0))" : "(\(size))"
        values["type"] = LocatedText(known == "date" ? known : known + digits, at: type.place)
        if known != "number", let cell = cell("places"), places != 0 {
          wrong(cell.place, cell.text, "decimals of a number alone")
        }
      } else {
        wrong(type.place, type.text, types.map { $0.words[0] }.joined(separator: ", ") + "; text, number, date")
      }
    }
    if isFixed {
      values["length"] = cell("length")
      if let cell = cell("start"), let start {
        if start < 1 { wrong(cell.place, cell.text, "a byte from 1") }
        values["offset"] = LocatedText(String(start - 1), at: cell.place)
      }
    } else if let cell = cell("start") {
      wrong(cell.place, cell.text, "no place: the file has cells")
    }
    return isWrong ? nil : LayoutItem(place: row.place, problems: problems, values: values)
  }
}
