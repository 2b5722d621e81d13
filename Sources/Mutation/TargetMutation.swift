import Base
import Records
import Targets

/// A way in which a loaded target can be wrong: its name, the tables or columns to which it applies, and the statements
/// that apply it to one of them.
package struct TargetMutation: Sendable {
  package let id: String
  package let description: Bilingual
  /// Whether it applies to the column; `nil` for mutations of rows.
  let suits: (@Sendable (TableSchema, TargetColumn) -> Bool)?
  /// The statements; `nil` when no row exists whose content they would change.
  let statements: @Sendable (inout Site) throws(Diagnostic) -> [String]?

  /// The place of a mutation, and the random numbers for its choices.
  struct Site {
    let table: TableSchema
    /// The column; for mutations of rows the first column of the key.
    let column: TargetColumn
    let scratch: SQLiteScratch
    var draw: Chance

    var name: String { SQLiteScratch.name(table.name) }
    var field: String { SQLiteScratch.name(column.name) }

    /// A random row number among the rows for which `condition` holds, with the column's value.
    mutating func row(where condition: String = "TRUE") throws(Diagnostic) -> (row: String, value: String)? {
      try rows(1, where: condition)?.first
    }

    /// `count` random rows; `nil` when there are fewer.
    mutating func rows(
      _ count: Int, where condition: String = "TRUE"
    ) throws(Diagnostic) -> [(row: String, value: String)]? {
      let found = try scratch.rows("SELECT rowid, \(field) FROM \(name) WHERE \(condition) ORDER BY rowid")
      guard found.count >= count else { return nil }
      let first = draw.below(found.count - count + 1)
      return found[first..<(first + count)].map { ($0[0] ?? "", $0[1] ?? "") }
    }

    func set(_ value: String, _ row: String) -> String { "UPDATE \(name) SET \(field) = \(value) WHERE rowid = \(row)" }
  }

  private init(
    _ id: String, _ ja: String, _ en: String, suits: (@Sendable (TableSchema, TargetColumn) -> Bool)? = nil,
    _ statements: @escaping @Sendable (inout Site) throws(Diagnostic) -> [String]?
  ) {
    self.id = id
    description = Bilingual(ja, en)
    self.suits = suits
    self.statements = statements
  }

  /// The columns to which it applies; the first of the key for a mutation of rows.
  func columns(of table: TableSchema) -> [TargetColumn] {
    guard let suits else { return [table.columns[table.key[0]]] }
    return table.columns.filter { suits(table, $0) }
  }

  package static let all = rows + numbers + dates + texts
}

// MARK: rows

extension TargetMutation {
  private static let rows: [TargetMutation] = [
    TargetMutation("T01", "1行の欠落", "a row lost") { (site) throws(Diagnostic) in
      try site.row().map { ["DELETE FROM \(site.name) WHERE rowid = \($0.row)"] }
    },
    TargetMutation("T02", "1行の重複", "a row doubled") { (site) throws(Diagnostic) in
      try site.row().map { ["INSERT INTO \(site.name) SELECT * FROM \(site.name) WHERE rowid = \($0.row)"] }
    },
    TargetMutation("T03", "続いた行のまとまりの欠落", "a block of rows lost") { (site) throws(Diagnostic) in
      try site.rows(8).map { ["DELETE FROM \(site.name) WHERE rowid BETWEEN \($0[0].row) AND \($0[7].row)"] }
    },
    TargetMutation("T04", "続いた行のまとまりの重複", "a block of rows doubled") { (site) throws(Diagnostic) in
      try site.rows(8).map {
        ["INSERT INTO \(site.name) SELECT * FROM \(site.name) WHERE rowid BETWEEN \($0[0].row) AND \($0[7].row)"]
      }
    },
    TargetMutation(
      "T05", "ある値(年度・科目・チャネルなど)の行がすべて欠落", "all rows with one year, tax, channel … lost",
      suits: { $1.type == .integer || ($1.type == .text && ($1.length ?? 99) <= 4) }
    ) { (site) throws(Diagnostic) in
      let values = try site.scratch.rows("SELECT DISTINCT \(site.field) FROM \(site.name) ORDER BY 1 LIMIT 40")
      guard values.count > 1, let value = values[site.draw.below(values.count)][0] else { return nil }
      return ["DELETE FROM \(site.name) WHERE \(site.field) = \(SQLiteScratch.literal(value))"]
    },
    TargetMutation("T06", "2行の全内容の入替え(キー以外)", "two rows change places, but for their keys") {
      (site) throws(Diagnostic) in
      let keys = Set(site.table.key)
      let others = site.table.columns.indices.filter { !keys.contains($0) }.map {
        SQLiteScratch.name(site.table.columns[$0].name)
      }
      guard !others.isEmpty, let pair = try site.rows(2) else { return nil }
      let list = others.joined(separator: ", ")
      let same = try site.scratch.rows(
        "SELECT DISTINCT \(list) FROM \(site.name) WHERE rowid IN (\(pair[0].row), \(pair[1].row))")
      guard same.count == 2 else { return nil }
      let other = "CASE \(site.name).rowid WHEN \(pair[0].row) THEN \(pair[1].row) ELSE \(pair[0].row) END"
      let source = "SELECT \(list) FROM original.\(site.name) AS source WHERE source.rowid = "
      return [
        "UPDATE \(site.name) SET (\(list)) = (\(source) \(other)) WHERE rowid IN (\(pair[0].row), \(pair[1].row))"
      ]
    },
  ]
}

// MARK: numbers

extension TargetMutation {
  private static func number(
    _ id: String, _ ja: String, _ en: String,
    _ statements: @escaping @Sendable (inout Site) throws(Diagnostic) -> [String]?
  ) -> TargetMutation { TargetMutation(id, ja, en, suits: { $1.type == .integer }, statements) }

  /// Changes one row's value to an SQL expression over the column.
  private static func number(
    _ id: String, _ ja: String, _ en: String, where condition: @escaping @Sendable (String) -> String,
    becomes: @escaping @Sendable (String) -> String
  ) -> TargetMutation {
    number(id, ja, en) { (site) throws(Diagnostic) in
      try site.row(where: condition(site.field)).map { [site.set(becomes(site.field), $0.row)] }
    }
  }

  private static let numbers: [TargetMutation] = [
    number("T10", "数値が1大きい", "a number one too large", where: { "\($0) IS NOT NULL" }, becomes: { "\($0) + 1" }),
    number("T11", "数値の1桁が違う", "a digit changed", where: { "\($0) IS NOT NULL" }) {
      "\($0) + CASE abs(\($0)) / 100 % 10 WHEN 9 THEN -100 ELSE 100 END"
    },
    number("T12", "2件が+1,000と−1,000(合計は同じ)", "+1,000 and −1,000 in two rows, the sum unchanged") {
      (site) throws(Diagnostic) in
      try site.rows(2, where: "\(site.field) IS NOT NULL").map {
        [site.set("\(site.field) + 1000", $0[0].row), site.set("\(site.field) - 1000", $0[1].row)]
      }
    },
    number("T13", "2件の値の入替え", "the numbers of two rows swapped") { (site) throws(Diagnostic) in
      try swap(&site)
    },
    number("T14", "符号の反転", "the sign turned", where: { "\($0) <> 0" }, becomes: { "-\($0)" }),
    number("T15", "0になった", "a number became 0", where: { "\($0) <> 0" }, becomes: { _ in "0" }),
    number("T16", "千円単位で入った", "in thousands", where: { "abs(\($0)) >= 1000" }, becomes: { "\($0) / 1000" }),
    number(
      "T17", "百円未満が切り捨てられた", "cut to hundreds", where: { "\($0) % 100 <> 0" }, becomes: { "\($0) - \($0) % 100" }),
    number("T18", "数値が文字で入った", "a number stored as text", where: { "\($0) IS NOT NULL" }, becomes: { "\($0) || '円'" }),
  ]

  /// Exchanges the different values of two rows.
  private static func swap(_ site: inout Site) throws(Diagnostic) -> [String]? {
    // Where two rows differ in nothing else, the table has the same rows after the exchange.
    let others = site.table.columns.map { SQLiteScratch.name($0.name) }.filter { $0 != site.field }
    guard !others.isEmpty, let one = try site.row() else { return nil }
    func own(_ columns: String) -> String { "(SELECT \(columns) FROM \(site.name) WHERE rowid = \(one.row))" }
    let list = others.joined(separator: ", ")
    let differs = others.count == 1 ? list : "(\(list))"
    guard
      let other = try site.row(
        where: "\(site.field) <> \(own(site.field)) AND \(differs) IS NOT \(own(list))")
    else { return nil }
    let source = "(SELECT \(site.field) FROM original.\(site.name) WHERE rowid = "
    return [site.set(source + other.row + ")", one.row), site.set(source + one.row + ")", other.row)]
  }
}

// MARK: dates

extension TargetMutation {
  private static func date(
    _ id: String, _ ja: String, _ en: String, where condition: @escaping @Sendable (String) -> String = { real($0) },
    becomes: @escaping @Sendable (String) -> String
  ) -> TargetMutation {
    TargetMutation(id, ja, en, suits: { $1.type == .date }) { (site) throws(Diagnostic) in
      try site.row(where: condition(site.field)).map { [site.set(becomes(site.field), $0.row)] }
    }
  }

  /// A date with all its parts.
  private static func real(_ field: String) -> String { "date(\(field)) = \(field)" }

  private static let dates: [TargetMutation] = [
    date("T20", "日付が1日ずれた", "a date off by a day") { "date(\($0), '+1 day')" },
    date(
      "T21", "元号の取違え(30年ずれ)", "another era: off by thirty years",
      where: { real($0) + " AND substr(\($0), 6) <> '02-29'" }
    ) {
      "(substr(\($0), 1, 4) + CASE WHEN \($0) < '1989' THEN 30 ELSE -30 END) || substr(\($0), 5)"
    },
    date("T22", "日付が空になった", "a date became empty", where: { "\($0) <> '0000-00-00'" }) { _ in "'0000-00-00'" },
    date("T23", "日が不詳になった", "the day became unknown") { "substr(\($0), 1, 8) || '00'" },
    date("T24", "空の日付に値が入った", "an empty date got a value", where: { "\($0) = '0000-00-00'" }) { _ in "'2019-04-01'" },
    TargetMutation("T25", "2件の日付の入替え", "the dates of two rows swapped", suits: { $1.type == .date }) {
      (site) throws(Diagnostic) in
      try swap(&site)
    },
    date("T26", "無期限の取違え", "no end instead of an end", where: { "\($0) <> '9999-99-99'" }) { _ in "'9999-99-99'" },
    date("T27", "存在しない日付", "a date that does not exist") { "substr(\($0), 1, 4) || '-02-30'" },
  ]
}

// MARK: texts

extension TargetMutation {
  private static func text(
    _ id: String, _ ja: String, _ en: String, where condition: @escaping @Sendable (String) -> String,
    becomes: @escaping @Sendable (String) -> String
  ) -> TargetMutation {
    TargetMutation(id, ja, en, suits: { $1.type == .text }) { (site) throws(Diagnostic) in
      try site.row(where: condition(site.field)).map { [site.set(becomes(site.field), $0.row)] }
    }
  }

  /// Pairs that look alike, or that another code order would exchange.
  private static let alike = [
    ("藪", "薮"), ("桧", "檜"), ("鴬", "鶯"), ("籠", "篭"), ("壺", "壷"), ("辺", "邊"), ("斎", "齋"), ("高", "髙"), ("崎", "﨑"),
    ("吉", "𠮷"), ("土", "士"), ("未", "末"), ("日", "曰"), ("ー", "－"), ("ｰ", "-"), ("ｯ", "ﾂ"), ("0", "O"), ("1", "l"),
    ("一", "ー"), ("カ", "力"), ("口", "ロ"), ("二", "ニ"),
  ]

  private static let texts: [TargetMutation] = [
    text("T30", "最後の1文字が切れた", "the last character cut", where: { "length(\($0)) > 0" }) {
      "substr(\($0), 1, length(\($0)) - 1)"
    },
    text("T31", "先頭の1文字(0など)が落ちた", "the first character (a zero) lost", where: { "length(\($0)) > 1" }) {
      "substr(\($0), 2)"
    },
    TargetMutation("T32", "似た字への置換え", "a look-alike character", suits: { $1.type == .text }) {
      (site) throws(Diagnostic) in
      let pairs = alike + alike.map { ($1, $0) }
      let condition = pairs.map { "instr(\(site.field), \(SQLiteScratch.literal($0.0))) > 0" }.joined(separator: " OR ")
      guard let row = try site.row(where: condition), let pair = pairs.first(where: { row.value.contains($0.0) }) else {
        return nil
      }
      return [site.set(SQLiteScratch.literal(row.value.replacing(pair.0, with: pair.1)), row.row)]
    },
    text("T33", "末尾に空白が付いた", "a space at the end", where: { "length(\($0)) > 0" }) { "\($0) || ' '" },
    text("T34", "空になった", "a text became empty", where: { "length(\($0)) > 0" }) { _ in "''" },
    text("T35", "空の項目に値が入った", "an empty text got a value", where: { "\($0) = ''" }) { _ in "'1'" },
    TargetMutation(
      "T36", "コードが同じ表の別のコードになった", "a code became another of its list",
      suits: { $1.type == .text && ($1.length ?? 99) <= 4 }
    ) { (site) throws(Diagnostic) in
      guard let row = try site.row(),
        let other = try site.scratch.rows(
          "SELECT DISTINCT \(site.field) FROM \(site.name) WHERE \(site.field) <> \(SQLiteScratch.literal(row.value)) ORDER BY 1 LIMIT 1"
        ).first?[0]
      else { return nil }
      return [site.set(SQLiteScratch.literal(other), row.row)]
    },
    TargetMutation("T37", "2件の値の入替え", "the texts of two rows swapped", suits: { $1.type == .text }) {
      (site) throws(Diagnostic) in
      try swap(&site)
    },
    text("T38", "1文字だけ違う", "one character changed", where: { "length(\($0)) > 0" }) {
      "substr(\($0), 1, length(\($0)) - 1) || CASE substr(\($0), -1) WHEN '9' THEN '8' ELSE '9' END"
    },
    text(
      "T39", "異体字の選択が落ちた", "a variation selector lost",
      where: { "instr(\($0), char(917760)) + instr(\($0), char(917761)) + instr(\($0), char(917762)) > 0" }
    ) {
      "replace(replace(replace(\($0), char(917760), ''), char(917761), ''), char(917762), '')"
    },
    text("T40", "全角空白が半角になった", "a full-width space became half-width", where: { "instr(\($0), '　') > 0" }) {
      "replace(\($0), '　', ' ')"
    },
    TargetMutation("T41", "値がNULLになった", "a value became NULL", suits: { $1.optional }) { (site) throws(Diagnostic) in
      try site.row(where: "\(site.field) IS NOT NULL").map { [site.set("NULL", $0.row)] }
    },
    TargetMutation("T42", "NULLに値が入った", "a NULL got a value", suits: { $1.optional && $1.type == .text }) {
      (site) throws(Diagnostic) in
      try site.row(where: "\(site.field) IS NULL").map { [site.set("'0'", $0.row)] }
    },
  ]
}
