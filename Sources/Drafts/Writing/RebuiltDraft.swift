import Copybook
import Decode
import Profile

/// 復元 of a draft: how the items of a kind come back from the rows that its records make. What no row gives back is lost,
/// with the reason that nobody has decided yet.
struct RebuiltDraft {
  private(set) var body = YAMLLines()
  private let kind: KindDraft
  private let types: [String: TypeGuess]
  private var covered: Set<String> = []
  /// Items that no row gives back.
  private(set) var lost: [String] = []
  var evidence: String {
    "\(covered.count) items come back" + (lost.isEmpty ? "" : "; lost: " + lost.joined(separator: " "))
  }

  /// `nil` for cells, which have several forms of one value, and for a kind of which nothing can be rebuilt.
  init?(_ draft: ProjectDraft, _ file: Int, _ number: Int) {
    let owner = draft.files[file]
    kind = owner.kinds[number]
    types = draft.types[file]
    guard kind.role == .data, !owner.isDelimited else { return nil }
    let rows = draft.assignment.rows[file][number]
    guard let lead = rows.first(where: { $0.each == nil }) else { return nil }
    let leading = draft.schema.tables[lead.table]
    let key = draft.key(of: lead.table).compactMap(leading.column)
    let keys = key.compactMap { column in
      lead.columns[column].expression.map { (name: leading.columns[column].name, text: $0) }
    }
    guard !keys.isEmpty, keys.count == key.count else { return nil }
    body.add(0, "record: \(YAMLLines.scalar("\(owner.id)[\(kind.code)]"))")
    body.add(0, "by: \(YAMLLines.map(keys.map { ($0.name, $0.text) }))")
    body.add(0, "from:")
    for row in [lead] + rows where row.table != lead.table || row.each == lead.each {
      guard row.table != lead.table || covered.isEmpty else { continue }
      add(row, draft.schema.tables[row.table], keys)
    }
    guard !covered.isEmpty else { return nil }
    let eras = kind.fields.contains { covered.contains($0.name) && types[$0.name]?.meaning?.hasPrefix("era-") == true }
    if eras { body.add(0, "eras: \(YAMLLines.both("下書き。431と501は同じ年度", "a draft: 431 and 501 are one year"))") }
    let kindPlace = owner.kindItem?.offset
    let open = kind.fields.filter { field in
      !covered.contains(field.name) && field.name != owner.kindItem?.title
    }
    if !open.isEmpty { body.add(0, "lost:") }
    for field in open {
      let isKind = field.slot.item.offset == kindPlace && field.slot.item.length == owner.kindItem?.length
      let reason =
        isKind
        ? YAMLLines.both("レコードの種別", "the record's kind")
        : YAMLLines.both("下書き。移行先から戻せない", "a draft: nothing gives it back")
      if !isKind { lost.append(field.name) }
      body.add(1, "\(YAMLLines.scalar(field.name)): \(reason)")
    }
  }

  /// The items that the rows of a table give back.
  private mutating func add(_ row: RowDraft, _ table: TableDraft, _ keys: [(name: String, text: String)]) {
    let by = keys.compactMap { key in
      row.columns.first { $0.expression == key.text }.map { (key.name, table.columns[$0.column].name) }
    }
    guard by.count == keys.count else { return }
    let number = row.columns.first { $0.expression == "occurrence()" }.map { table.columns[$0.column].name }
    guard row.each == nil || number != nil else { return }
    var items: [(String, String)] = []
    for guess in row.columns {
      for (field, text) in Self.inverse(guess, table.columns[guess.column], types)
      where field.table == row.each && field.slot.dimensions.count == (row.each == nil ? 0 : 1)
        && covered.insert(field.name).inserted
      {
        items.append((field.name, text))
      }
    }
    guard !items.isEmpty else { return }
    body.add(1, "- table: \(YAMLLines.scalar(table.name))")
    if let each = row.each, let number {
      body.add(2, "each: \(YAMLLines.scalar(each))")
      body.add(2, "at: \(YAMLLines.scalar(number))")
      if let when = row.when { body.add(2, "when: \(YAMLLines.scalar(when))") }
    }
    body.add(2, "by: \(YAMLLines.map(by))")
    body.add(2, "items:")
    for (item, text) in items { body.add(3, "\(YAMLLines.scalar(item)): \(YAMLLines.scalar(text))") }
  }

  /// The items of a column's expression with the expression that gives each back; none where none is known.
  private static func inverse(
    _ guess: ColumnGuess, _ column: ColumnDraft, _ types: [String: TypeGuess]
  ) -> [(FieldDraft, String)] {
    guard let field = guess.fields.first, let text = guess.expression else { return [] }
    let (name, stored) = (field.name, column.name)
    let length = field.slot.item.length
    if text == name { return isSame(field, types[name], column) ? [(field, stored)] : [] }
    if text == "code('\(ColumnExpression.codeTable(column))', \(name))" {
      return [(field, "uncode('\(ColumnExpression.codeTable(column))', \(stored))")]
    }
    if text == "\(name) = '1'" {
      let others = field.facts.texts.filter { $0 != "1" } + (field.facts.blanks > 0 ? [""] : [])
      guard field.facts.distinct != nil, others.count <= 1 else { return [] }
      return [(field, "if(\(stored), '1', '\(others.first ?? "0")')")]
    }
    if text == "number(\(name))" {
      let isFull = field.isText && field.facts.blanks == 0 && field.facts.texts.allSatisfy { $0.utf8.count == length }
      return isFull && field.facts.distinct != nil ? [(field, "digits(\(stored), \(length))")] : []
    }
    if text == "digits(\(name), \(field.digits))" { return field.scale == 0 ? [(field, "number(\(stored))")] : [] }
    if text == "wide(\(name))" { return [(field, "narrow(\(stored))")] }
    if text == "narrow(\(name))" { return [(field, "wide(\(stored))")] }
    if text.hasPrefix("if(\(name) = '\(String(repeating: "0", count: length))', null, \(name))") {
      return [(field, "coalesce(\(stored), '\(String(repeating: "0", count: length))')")]
    }
    if text == "concat(slice(\(name), 1, 3), '-', slice(\(name), 4, 4))" {
      return [(field, "concat(slice(\(stored), 1, 3), slice(\(stored), 5, 4))")]
    }
    if types[name]?.isTime == true, column.type.isText || column.type == .time {
      return [(field, "concat(slice(\(stored), 1, 2), slice(\(stored), 4, 2), slice(\(stored), 7, 2))")]
    }
    if column.type == .timestamp, types[name]?.isDate == true {
      let part = { (from: Int, count: Int) in "number(slice(\(stored), \(from), \(count)))" }
      let day = (field, "ymd(\(part(1, 4)), \(part(6, 2)), \(part(9, 2)))")
      guard guess.fields.count == 2 else { return [day] }
      let time = "concat(slice(\(stored), 12, 2), slice(\(stored), 15, 2), slice(\(stored), 18, 2))"
      return [day, (guess.fields[1], time)]
    }
    return []
  }

  /// Whether a column's value is of the item's type.
  private static func isSame(_ field: FieldDraft, _ type: TypeGuess?, _ column: ColumnDraft) -> Bool {
    guard let category = field.picture?.category, ![.float, .double, .index, .pointer].contains(field.slot.item.usage)
    else { return false }
    if type?.meaning == "era-year" { return column.type.isWhole }
    if type?.isDate == true { return column.type == .date }
    if category == .numeric, type?.meaning != "identifier" {
      return field.scale == 0 ? column.type.isWhole : column.type.scale == field.scale
    }
    return column.type.isText && [.alphanumeric, .national, .numeric].contains(category)
  }
}
