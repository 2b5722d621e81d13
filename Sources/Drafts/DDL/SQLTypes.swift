/// The types of the dialects, as the project's schema writes them.
enum SQLTypes {
  /// Reads a type at the cursor; `nil` for one that the schema has no word for.
  ///
  /// - Returns: the type, and what it cannot say.
  static func take(_ cursor: inout SQLCursor) -> (ColumnType, doubt: String)? {
    guard let first = cursor.next, first.isName else { return nil }
    var word = first.text.uppercased()
    cursor.skip()
    while let more = joined[word]?.first(where: { $0.0 == cursor.keyword }) {
      cursor.skip()
      word = more.1
    }
    var numbers: [Int] = []
    var unit = ""
    if cursor.next?.isSign("(") == true, let inside = cursor.takeBrackets() {
      numbers = inside.compactMap { $0.kind == .number ? Int($0.text) : nil }
      unit = inside.last { $0.kind == .word }?.keyword ?? ""
    }
    // TIMESTAMP (6) WITH TIME ZONE
    if ["WITH", "WITHOUT"].contains(cursor.keyword) {
      while ["WITH", "WITHOUT", "LOCAL", "TIME", "ZONE"].contains(cursor.keyword) { cursor.skip() }
    }
    return type(word, numbers, unit)
  }

  static func type(_ word: String, _ numbers: [Int], _ unit: String = "") -> (ColumnType, doubt: String)? {
    switch word {
    case "INTEGER", "INT", "SMALLINT", "BIGINT", "TINYINT", "MEDIUMINT", "INT2", "INT4", "INT8", "SERIAL", "BIGSERIAL",
      "SMALLSERIAL":
      return (.integer, "")
    case "NUMERIC", "DECIMAL", "DEC", "NUMBER":
      guard let digits = numbers.first else { return nil }
      let scale = numbers.count > 1 ? numbers[1] : 0
      return digits > 0 && digits <= 38 && scale <= digits ? (.numeric(digits, scale), "") : nil
    case "MONEY", "SMALLMONEY": return (.decimal(4), "")
    case "VARCHAR", "NVARCHAR", "NVARCHAR2", "CHARACTER VARYING", "NATIONAL CHARACTER VARYING":
      return (.text(numbers.first), numbers.isEmpty && unit != "MAX" ? "no length" : "")
    case "VARCHAR2":
      return (.text(numbers.first), unit == "CHAR" ? "" : "the length counts bytes")
    case "CHAR", "NCHAR", "CHARACTER", "BPCHAR", "NATIONAL CHARACTER":
      return (.char(numbers.first ?? 1), "")
    case "TEXT", "CLOB", "NCLOB", "NTEXT", "LONGTEXT", "MEDIUMTEXT": return (.text(nil), "")
    case "DATE": return (.date, "")
    case "BOOLEAN", "BOOL", "BIT": return numbers.isEmpty ? (.boolean, "") : nil
    case "TIMESTAMP", "DATETIME", "DATETIME2", "SMALLDATETIME", "TIMESTAMPTZ": return (.timestamp, "")
    case "TIME": return (.time, "")
    default: return nil
    }
  }

  private static let joined: [String: [(String, String)]] = [
    "CHARACTER": [("VARYING", "CHARACTER VARYING")], "CHAR": [("VARYING", "CHARACTER VARYING")],
    "NATIONAL": [("CHARACTER", "NATIONAL CHARACTER"), ("CHAR", "NATIONAL CHARACTER")],
    "NATIONAL CHARACTER": [("VARYING", "NATIONAL CHARACTER VARYING")], "DOUBLE": [("PRECISION", "DOUBLE PRECISION")],
    "LONG": [("RAW", "LONG RAW")],
  ]

  /// Words that can only be types, after a column whose name is a keyword.
  static let words: Set<String> = [
    "INTEGER", "INT", "SMALLINT", "BIGINT", "NUMERIC", "DECIMAL", "NUMBER", "VARCHAR", "VARCHAR2", "NVARCHAR", "CHAR",
    "CHARACTER", "TEXT", "DATE", "TIMESTAMP", "BOOLEAN",
  ]
}
