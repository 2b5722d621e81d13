import Base
import Copybook
import Decode
import Profile
import Records

/// 項目対応: which item fills which column, told by names, types and lengths.
struct MappingGuess {
  private let tables: [TableDraft]
  /// The different names of columns, and where each is.
  private var names: [NameMatch.Column] = []
  private var places: [[(table: Int, column: Int)]] = []
  /// The names at which a word may begin so, and those that are compared with every item.
  private var byPair: [Int: [Int]] = [:]
  private var always: [Int] = []
  /// The names that an item's name has something in common with, by item: it is compared once.
  private var known: [String: [(name: Int, score: Double)]] = [:]
  /// The pairs of a kind's items and of columns, by table.
  private var pairs: [String: [Int: [(field: Int, column: Int, score: Double)]]] = [:]

  /// The least score at which a column takes an item.
  static let least = 0.52

  init(_ tables: [TableDraft]) {
    self.tables = tables
    var numbers: [String: Int] = [:]
    for (table, draft) in tables.enumerated() {
      for (column, entry) in draft.columns.enumerated() {
        let key = entry.name + "\u{0}" + entry.comment
        if let number = numbers[key] {
          places[number].append((table, column))
        } else {
          numbers[key] = names.count
          let name = NameMatch.Column(entry.name, comment: entry.comment)
          if !name.isWorded {
            for code in name.beginnings.codes { byPair[code, default: []].append(names.count) }
          } else {
            always.append(names.count)
          }
          names.append(name)
          places.append([(table, column)])
        }
      }
    }
  }

  // MARK: one pair

  private mutating func scores(_ field: FieldDraft, _ copybook: CopybookDraft) -> [(name: Int, score: Double)] {
    let key = copybook.id + " " + field.name
    if let scores = known[key] { return scores }
    let name = field.slot.item.name
    let item = NameMatch.Item(name, prefix: copybook.prefix, comment: field.comment)
    // Items of a table often begin with its name: KI-ZEIGAKU in KI.
    let inner = field.table.flatMap { group in
      name.hasPrefix(group + "-") ? NameMatch.Item(name, prefix: group + "-", comment: field.comment) : nil
    }
    var found: [(name: Int, score: Double)] = []
    for number in candidates(item, inner) {
      let column = names[number]
      var score = NameMatch.score(item, column)
      if let inner { score = max(score, NameMatch.score(inner, column)) }
      if score > 0.3 { found.append((number, score)) }
    }
    known[key] = found
    return found
  }

  /// The names that an item may have something in common with, in their order.
  private func candidates(_ item: NameMatch.Item, _ inner: NameMatch.Item?) -> [Int] {
    guard let codes = item.codes, let more = inner.map(\.codes) ?? [] else { return Array(names.indices) }
    var found = Set(always)
    for code in codes + more { found.formUnion(byPair[code] ?? []) }
    return found.sorted()
  }

  /// The pairs of a kind's items and a table's columns whose names have something in common.
  private mutating func pairs(_ kind: KindDraft, _ table: Int) -> [(field: Int, column: Int, score: Double)] {
    let key = kind.copybook.id + " " + kind.code
    if let known = pairs[key] { return known[table] ?? [] }
    var found: [Int: [(field: Int, column: Int, score: Double)]] = [:]
    for (index, field) in kind.fields.enumerated() {
      for (name, score) in scores(field, kind.copybook) {
        for place in places[name] { found[place.table, default: []].append((index, place.column, score)) }
      }
    }
    pairs[key] = found
    return found[table] ?? []
  }

  /// How well the types fit; 0 when a value of the one is none of the other.
  private func fit(_ field: FieldDraft, _ guess: TypeGuess, _ type: ColumnType) -> Double {
    switch type {
    case .date, .timestamp: return guess.isDate && (type == .date || guess.meaning != "era-month") ? 1 : 0
    case .time: return guess.isTime ? 1 : 0
    case .boolean: return guess.meaning == nil && !field.isNumber && field.slot.item.length == 1 ? 1 : 0
    case _ where type.isWhole:
      if guess.isDate || guess.isTime { return 0 }
      if guess.meaning == "era-year" { return 1 }
      if field.holdsDigits { return 0.9 }
      guard field.isNumber, field.scale == 0 else { return 0 }
      return field.isPlainDigits && guess.meaning == "identifier" ? 0.9 : 1
    case _ where type.scale != nil:
      guard field.isNumber, !guess.isDate, guess.meaning == nil else { return 0 }
      return field.scale == type.scale ? 1 : 0.85
    default:
      if guess.isDate || guess.meaning == "era-year" { return 0 }
      let length = type.length ?? .max
      if field.isNumber {
        guard field.scale == 0, length >= field.digits else { return 0 }
        return field.isPlainDigits ? 1 : 0.7
      }
      let characters = field.characters
      return length >= (characters + 1) / 2 ? 1 : 0.85
    }
  }

  // MARK: one kind and one table

  /// The rows of a table that a kind's records may make.
  ///
  /// - Parameter each: the table (OCCURS) whose entries each make a row.
  mutating func row(
    _ kind: KindDraft, _ table: Int, each: String?, guesses: [String: TypeGuess], codes: (FieldDraft) -> Bool
  ) -> RowDraft {
    let columns = tables[table].columns
    let fields = kind.fields
    struct Pair {
      let field: Int
      let column: Int
      let score: Double
      let apart: Double
    }
    var pairs: [Pair] = []
    for (index, column, name) in self.pairs(kind, table) {
      let field = fields[index]
      guard field.slot.dimensions.isEmpty || (field.table == each && field.slot.dimensions.count == 1),
        let guess = guesses[field.name]
      else { continue }
      let fit = fit(field, guess, columns[column].type)
      guard fit > 0 else { continue }
      // Items of the table of which each entry makes a row come before those of the record.
      let own = each != nil && field.table == each ? 0.04 : 0
      let apart = abs(Double(index) / Double(max(1, fields.count)) - Double(column) / Double(max(1, columns.count)))
      pairs.append(Pair(field: index, column: column, score: name * fit + own, apart: apart))
    }
    pairs.sort { ($0.score, -$0.apart) > ($1.score, -$1.apart) }
    var taken: [Int: Pair] = [:]
    var used: Set<Int> = []
    for pair in pairs where pair.score >= Self.least && taken[pair.column] == nil && !used.contains(pair.field) {
      taken[pair.column] = pair
      used.insert(pair.field)
    }
    // One item may fill several columns, if it fits well.
    for pair in pairs where pair.score >= 0.85 && taken[pair.column] == nil { taken[pair.column] = pair }
    // The best two items of each column; `pairs` is in order.
    var bests = [[Pair]](repeating: [], count: columns.count)
    for pair in pairs where bests[pair.column].count < 2 && bests[pair.column].first?.field != pair.field {
      bests[pair.column].append(pair)
    }
    var found: [ColumnGuess] = []
    for (index, column) in columns.enumerated() {
      let pair = taken[index]
      let next = bests[index].first { $0.field != pair?.field }.map { (fields[$0.field].name, $0.score) }
      guard let pair, let guess = guesses[fields[pair.field].name] else {
        found.append(unmatched(index, column, fields, guesses, kind, table, each, next))
        continue
      }
      let field = fields[pair.field]
      let time = column.type == .timestamp ? Self.time(beside: field, fields, guesses) : nil
      let (text, why) = ColumnExpression.of(field, guess, column, isCode: codes(field), time: time)
      found.append(
        ColumnGuess(
          column: index, expression: text, fields: [field] + (time.map { [$0] } ?? []), score: pair.score, next: next,
          why: why))
    }
    let sum = found.reduce(0.0) { $0 + ($1.expression == nil ? 0 : max($1.score * $1.score, 0.25)) }
    return RowDraft(
      table: table, each: each, when: each.map { condition($0, kind, guesses) } ?? nil, columns: found,
      score: sum / Double(max(1, columns.count)))
  }

  /// The item of the time of day that belongs to a date, by its name: KOSHIN-HMS to KOSHIN-YMD.
  private static func time(
    beside date: FieldDraft, _ fields: [FieldDraft], _ guesses: [String: TypeGuess]
  ) -> FieldDraft? {
    func stem(_ field: FieldDraft) -> [String] { NameSpelling.words(field.slot.item.name).dropLast() }
    guard guesses[date.name]?.isDate == true else { return nil }
    let found = fields.filter {
      guesses[$0.name]?.isTime == true && $0.table == date.table && !stem($0).isEmpty && stem($0) == stem(date)
    }
    return found.count == 1 ? found[0] : nil
  }

  /// A column that no item's name fits: what its words say of another column's item, the number of an entry, or nothing.
  private mutating func unmatched(
    _ index: Int, _ column: ColumnDraft, _ fields: [FieldDraft], _ guesses: [String: TypeGuess], _ kind: KindDraft,
    _ table: Int, _ each: String?, _ next: (name: String, score: Double)?
  ) -> ColumnGuess {
    for (ending, isFlag) in [("月不詳フラグ", true), ("不詳フラグ", true), ("不詳表記", false)] where column.name.contains(ending) {
      let stem = column.name.replacing(ending, with: "").filter { $0 != "_" }
      let match = NameMatch.Column(stem)
      let dates = fields.filter { $0.slot.dimensions.isEmpty && guesses[$0.name]?.isDate ?? false }.map { field in
        (
          field,
          NameMatch.score(
            NameMatch.Item(field.slot.item.name, prefix: kind.copybook.prefix, comment: field.comment), match)
        )
      }
      guard let (date, score) = dates.max(by: { $0.1 < $1.1 }), score >= Self.least else { continue }
      let isMonth = guesses[date.name]?.meaning == "era-month"
      let text =
        isMonth
        ? "if(not is_null(\(date.name)) and month(\(date.name)) = 0, '1', '0')"
        : isFlag
          ? "if(unknown(\(date.name)), '1', '0')"
          : "if(unknown(\(date.name)), if(month(\(date.name)) = 0, '月日不詳', '日不詳'), '')"
      return ColumnGuess(
        column: index, expression: text, fields: [date], score: score, next: next, why: "parts of the date that are 00")
    }
    if each != nil, column.type.isWhole, isNumberOfEntry(column, tables[table], fields) {
      return ColumnGuess(
        column: index, expression: "occurrence()", fields: [], score: 0, next: next, why: "number of the entry")
    }
    return ColumnGuess(column: index, expression: nil, fields: [], score: 0, next: next, why: "")
  }

  private static let entryWords: Set<String> = ["KI", "KAI", "KIBETSU", "RENBAN", "SEQ", "JUN", "EDABAN", "MEISAI"]

  /// Whether a column's words say that it numbers the entries of a table.
  private func isNumberOfEntry(_ column: ColumnDraft, _ table: TableDraft, _ fields: [FieldDraft]) -> Bool {
    let words = ["回", "位置", "期別", "連番", "順", "月"]
    if words.contains(where: { column.name.contains($0) }) { return true }
    guard table.key.contains(column.name) else { return false }
    return words.contains { column.comment.contains($0) }
      || NameSpelling.words(column.name).map(NameSpelling.normal).contains { Self.entryWords.contains($0) }
  }

  /// The condition under which an entry of a table is used: one of its items has a value. A table that varies has only the
  /// entries that are used.
  private func condition(_ each: String, _ kind: KindDraft, _ guesses: [String: TypeGuess]) -> String? {
    if kind.varies(each) { return nil }
    let parts = kind.fields.filter { $0.table == each }.map { field -> String in
      let guess = guesses[field.name]
      if guess?.isDate == true { return "not is_null(\(field.name))" }
      if field.isNumber, guess?.meaning == nil || guess?.meaning == "era-year" { return "\(field.name) <> 0" }
      if field.isNumber { return "\(field.name) <> '\(String(repeating: "0", count: field.slot.item.length))'" }
      return "\(field.name) <> ''"
    }
    return parts.isEmpty ? nil : parts.joined(separator: " or ")
  }
}

/// The expression by which an item's value becomes a column's.
enum ColumnExpression {
  static func of(
    _ field: FieldDraft, _ guess: TypeGuess, _ column: ColumnDraft, isCode: Bool, time: FieldDraft? = nil
  ) -> (text: String, why: String) {
    let name = field.name
    if column.type.isWhole, field.holdsDigits {
      guard field.facts.blanks > 0, column.isOptional else { return ("number(\(name))", "a text of digits") }
      return (
        "if(\(name) = '', null, number(\(name)))", "a text of digits; \(field.facts.blanks) values are blank"
      )
    }
    if column.type == .boolean { return ("\(name) = '1'", "1 is true") }
    if column.type == .timestamp {
      let day = "text(\(name), 'yyyy-mm-dd')"
      guard let time = time?.name else { return ("concat(\(day), ' 00:00:00')", "the day without a time") }
      return (
        "concat(\(day), ' ', slice(\(time), 1, 2), ':', slice(\(time), 3, 2), ':', slice(\(time), 5, 2))",
        "the day, and \(time)"
      )
    }
    guard column.type.isText || column.type == .time else { return (name, "") }
    if guess.isTime, column.type.length == 8 || column.type == .time {
      return (
        "concat(concat(slice(\(name), 1, 2), ':'), concat(slice(\(name), 3, 2), concat(':', slice(\(name), 5, 2))))",
        "HHMMSS to HH:MM:SS"
      )
    }
    if let (text, why) = spelled(field, column) { return (text, why) }
    if isCode { return ("code('\(codeTable(column))', \(name))", "few values") }
    if field.isNumber, guess.meaning != "identifier" {
      return ("digits(\(name), \(field.digits))", "digits")
    }
    if guess.meaning == "identifier", column.isOptional {
      let zeros = String(repeating: "0", count: field.slot.item.length)
      return (
        "if(\(name) = '\(zeros)', null, \(name))",
        "zeros are no value: the column may be null; \(field.facts.blanks) values are"
      )
    }
    return (name, "")
  }

  /// The form that the words beside the column name: full or half width, a postcode with its hyphen.
  private static func spelled(_ field: FieldDraft, _ column: ColumnDraft) -> (text: String, why: String)? {
    let name = field.name
    if field.isText, column.comment.contains("全角") { return ("wide(\(name))", "its comment says 全角") }
    if field.picture?.category == .national, column.comment.contains("半角") {
      return ("narrow(\(name))", "its comment says 半角")
    }
    if field.isText, field.characters == 7, column.type.length == 8, column.comment.contains("郵便"),
      column.comment.contains("ハイフン")
    {
      let text = "concat(slice(\(name), 1, 3), '-', slice(\(name), 4, 4))"
      return (field.facts.blanks > 0 ? "if(\(name) = '', '', \(text))" : text, "its comment says ハイフン")
    }
    return nil
  }

  /// The name of the table of codes of a column: a file's name.
  static func codeTable(_ column: ColumnDraft) -> String { column.name.filter { !"/\\:'\"*?<>|".contains($0) } }
}
