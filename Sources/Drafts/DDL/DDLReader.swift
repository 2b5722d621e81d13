import Base

/// Reads the definition of a database (DDL) in the dialects of PostgreSQL, Oracle, SQL Server and SQLite.
///
/// What it does not understand is told with its line and left out, never guessed.
package struct DDLReader {
  private let file: String
  private var schema = SchemaDraft()

  package static func read(_ text: String, file: String) -> SchemaDraft {
    var reader = DDLReader(file: file)
    for statement in statements(of: SQLToken.tokens(of: text)) { reader.statement(statement) }
    for index in reader.schema.tables.indices where reader.schema.tables[index].key.isEmpty {
      reader.schema.tables[index].key = reader.schema.tables[index].unique.first ?? []
    }
    return reader.schema
  }

  private init(file: String) { self.file = file }

  /// Tokens between semicolons; `GO` and `/` alone on a line end a statement, too. A comment behind the semicolon on its
  /// line belongs to the statement before it.
  private static func statements(of tokens: [SQLToken]) -> [[SQLToken]] {
    var statements: [[SQLToken]] = [[]]
    var depth = 0
    for (index, token) in tokens.enumerated() {
      let isAlone = token.beginsLine && (index + 1 == tokens.count || tokens[index + 1].beginsLine)
      if token.isSign("(") { depth += 1 }
      if token.isSign(")") { depth -= 1 }
      if (token.isSign(";") && depth <= 0) || (isAlone && (token.keyword == "GO" || token.isSign("/"))) {
        depth = 0
        statements.append([])
      } else {
        statements[statements.count - 1].append(token)
      }
    }
    return statements.filter { $0.contains { $0.kind != .comment } }
  }

  // MARK: statements

  /// Statements that say nothing of tables and columns.
  private static let silent: [[String]] = [
    ["SET"], ["USE"], ["BEGIN"], ["COMMIT"], ["GRANT"], ["REVOKE"], ["PRINT"], ["PRAGMA"], ["ANALYZE"],
    ["CREATE", "INDEX"], ["CREATE", "SEQUENCE"], ["CREATE", "SCHEMA"], ["CREATE", "DATABASE"], ["CREATE", "EXTENSION"],
    ["CREATE", "ROLE"], ["CREATE", "USER"], ["CREATE", "TABLESPACE"], ["ALTER", "SEQUENCE"], ["ALTER", "SCHEMA"],
    ["ALTER", "DATABASE"], ["ALTER", "INDEX"], ["ALTER", "SESSION"], ["DROP"], ["PROMPT"], ["WHENEVER"], ["START"],
    ["CREATE", "CLUSTERED", "INDEX"], ["CREATE", "NONCLUSTERED", "INDEX"], ["CREATE", "BITMAP", "INDEX"],
  ]

  private mutating func statement(_ all: [SQLToken]) {
    let tokens = all.filter { $0.kind != .comment }
    let words = tokens.prefix(6).map(\.keyword)
    if Self.silent.contains(where: { words.starts(with: $0) }) { return }
    var cursor = SQLCursor(tokens)
    if cursor.takes("CREATE") {
      if cursor.takes("UNIQUE") {
        uniqueIndex(&cursor, all)
        return
      }
      while ["GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED", "PRIVATE"].contains(cursor.keyword) { cursor.skip() }
      if cursor.takes("TABLE") { return create(&cursor, all) }
    } else if cursor.takes("ALTER") {
      if cursor.takes("TABLE") { return alter(&cursor, all) }
    } else if cursor.takes("COMMENT") {
      if comment(&cursor) { return }
    } else if ["EXEC", "EXECUTE"].contains(cursor.keyword), description(tokens) {
      return
    }
    tell(tokens)
  }

  /// Says that something is left out: its first words and its line.
  private mutating func tell(_ tokens: [SQLToken]) {
    let words = tokens.prefix(8).map { $0.kind == .text ? "'\($0.text)'" : $0.text }.joined(separator: " ")
    schema.problems.append(
      Diagnostic(
        .draftStatement, at: Place(file: file, line: tokens.first?.line), tokens.count > 8 ? words + " …" : words))
  }

  // MARK: CREATE TABLE

  private mutating func create(_ cursor: inout SQLCursor, _ all: [SQLToken]) {
    let begin = cursor
    if cursor.takes("IF") { cursor.skip(2) }
    guard let name = cursor.takeName(), cursor.next?.isSign("(") == true, let body = cursor.takeBrackets() else {
      return tell(begin.rest)
    }
    if schema.table(name) != nil { return tell(begin.rest) }
    var table = TableDraft(name: name)
    let notes = all.filter { $0.kind == .comment }
    table.comment = notes.last { $0.line < (begin.next?.line ?? 0) }?.text.trimmed ?? ""
    for item in SQLCursor.split(body) { self.item(item, &table, notes) }
    if cursor.takes("COMMENT") {
      if cursor.next?.isSign("=") == true { cursor.skip() }
      if let text = cursor.next, text.kind == .text { table.comment = text.text }
    }
    // Columns may also come from elsewhere.
    if ["INHERITS", "AS", "OF"].contains(cursor.keyword) { tell(cursor.rest) }
    schema.tables.append(table)
  }

  private static let constraints: Set<String> = [
    "CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "KEY", "INDEX", "EXCLUDE", "LIKE", "PERIOD",
  ]

  private mutating func item(_ tokens: [SQLToken], _ table: inout TableDraft, _ notes: [SQLToken]) {
    guard let first = tokens.first else { return }
    // A column may be called so, if a type follows.
    if Self.constraints.contains(first.keyword), !isColumn(tokens) { return constraint(tokens, &table) }
    guard var column = column(tokens, &table) else { return tell(tokens) }
    let last = tokens.last?.line ?? first.line
    let beside = notes.filter { $0.line == last }.map(\.text.trimmed).last
    if column.comment.isEmpty { column.comment = beside ?? above(first.line, notes) ?? "" }
    table.columns.append(column)
  }

  private func isColumn(_ tokens: [SQLToken]) -> Bool {
    guard ["KEY", "INDEX", "PERIOD"].contains(tokens[0].keyword), tokens.count > 1 else { return false }
    return SQLTypes.words.contains(tokens[1].keyword)
  }

  /// A comment that stands alone on the line above.
  private func above(_ line: Int, _ notes: [SQLToken]) -> String? {
    notes.last { $0.line == line - 1 && $0.beginsLine }?.text.trimmed
  }

  /// `name type constraints`; `nil` when the type is not understood.
  private mutating func column(_ tokens: [SQLToken], _ table: inout TableDraft) -> ColumnDraft? {
    var cursor = SQLCursor(tokens)
    guard let name = cursor.takeName(), let (type, doubt) = SQLTypes.take(&cursor) else { return nil }
    var column = ColumnDraft(name: name, type: type, doubt: doubt)
    while let token = cursor.next {
      switch token.keyword {
      case "NOT":
        cursor.skip()
        if cursor.takes("NULL") { column.isOptional = false }
      case "PRIMARY":
        cursor.skip()
        if cursor.takes("KEY") {
          table.key = [name]
          column.isOptional = false
        }
      case "UNIQUE":
        cursor.skip()
        if cursor.keyword == "KEY" { cursor.skip() }
        table.unique.append([name])
      case "REFERENCES":
        cursor.skip()
        if let reference = reference(&cursor, [name]) { table.references.append(reference) }
      case "DEFAULT": cursor.skipValue()
      case "COMMENT":
        cursor.skip()
        column.comment = cursor.next?.text ?? ""
        cursor.skip()
      case "CONSTRAINT": cursor.skip(2)
      case "CHECK", "GENERATED", "AS", "IDENTITY": cursor.skipToClause()
      case "COLLATE", "ENCODE": cursor.skip(2)
      case "CHARACTER", "CHARSET": cursor.skip(token.keyword == "CHARACTER" ? 3 : 2)
      case "ON":
        cursor.skip(
          cursor.rest.dropFirst(2).first?.keyword == "NO" || cursor.rest.dropFirst(2).first?.keyword == "SET" ? 4 : 3)
      case "NULL", "AUTO_INCREMENT", "AUTOINCREMENT", "ENABLE", "DISABLE", "VISIBLE", "VALIDATE", "NOVALIDATE", "ASC",
        "DESC",
        "CLUSTERED", "NONCLUSTERED", "STORED", "VIRTUAL", "ROWGUIDCOL", "SPARSE", "DEFERRABLE", "INITIALLY", "DEFERRED",
        "IMMEDIATE", "UNSIGNED", "INVISIBLE":
        cursor.skip()
      default:
        tell(cursor.rest)
        return column
      }
    }
    return column
  }

  private func reference(_ cursor: inout SQLCursor, _ columns: [String]) -> TableDraft.Reference? {
    guard let table = cursor.takeName() else { return nil }
    let targets = cursor.next?.isSign("(") == true ? cursor.takeNames() : []
    return TableDraft.Reference(columns: columns, table: table, targets: targets)
  }

  /// A constraint of the whole table.
  private mutating func constraint(_ tokens: [SQLToken], _ table: inout TableDraft) {
    var cursor = SQLCursor(tokens)
    if cursor.takes("CONSTRAINT") { _ = cursor.takeName() }
    func skipOptions() {
      while ["CLUSTERED", "NONCLUSTERED"].contains(cursor.keyword) { cursor.skip() }
    }
    if cursor.takes("PRIMARY"), cursor.takes("KEY") {
      skipOptions()
      table.key = cursor.takeNames()
      for name in table.key { if let index = table.column(name) { table.columns[index].isOptional = false } }
    } else if cursor.takes("UNIQUE") {
      if ["KEY", "INDEX"].contains(cursor.keyword) { cursor.skip() }
      skipOptions()
      if cursor.next?.isSign("(") == false { _ = cursor.takeName() }
      table.unique.append(cursor.takeNames())
    } else if cursor.takes("FOREIGN"), cursor.takes("KEY") {
      let columns = cursor.takeNames()
      if cursor.takes("REFERENCES"), let reference = reference(&cursor, columns) {
        table.references.append(reference)
      } else {
        tell(tokens)
      }
    } else if !["CHECK", "KEY", "INDEX"].contains(cursor.keyword) {
      tell(tokens)
    }
  }

  // MARK: ALTER TABLE, COMMENT ON

  private mutating func alter(_ cursor: inout SQLCursor, _ all: [SQLToken]) {
    let begin = cursor
    while ["ONLY", "IF", "EXISTS"].contains(cursor.keyword) { cursor.skip() }
    guard let name = cursor.takeName(), let index = schema.table(name) else { return tell(begin.rest) }
    if cursor.takes("WITH") { cursor.skip() }
    if ["OWNER", "ENABLE", "DISABLE", "CHECK", "REPLICA", "CLUSTER"].contains(cursor.keyword) { return }
    if cursor.takes("ADD") {
      if cursor.takes("COLUMN") {}
      let items = cursor.next?.isSign("(") == true ? cursor.takeBrackets() ?? [] : cursor.rest
      var table = schema.tables[index]
      for item in SQLCursor.split(items) { self.item(item, &table, all.filter { $0.kind == .comment }) }
      schema.tables[index] = table
      return
    }
    let word = cursor.keyword
    guard ["ALTER", "MODIFY"].contains(word) else { return tell(begin.rest) }
    cursor.skip()
    if cursor.takes("COLUMN") {}
    if cursor.next?.isSign("(") == true { cursor = SQLCursor(cursor.takeBrackets() ?? []) }
    guard let column = cursor.takeName(), let place = schema.tables[index].column(column) else {
      return tell(begin.rest)
    }
    let words = cursor.rest.map(\.keyword)
    if words.starts(with: ["SET", "NOT", "NULL"]) || words.starts(with: ["NOT", "NULL"]) {
      schema.tables[index].columns[place].isOptional = false
    } else if words.starts(with: ["DROP", "NOT", "NULL"]) || words == ["NULL"] {
      schema.tables[index].columns[place].isOptional = true
    } else if !words.starts(with: ["SET", "DEFAULT"]) && words.first != "DEFAULT" && words.first != "ADD" {
      tell(begin.rest)
    }
  }

  private mutating func uniqueIndex(_ cursor: inout SQLCursor, _ all: [SQLToken]) {
    let begin = cursor
    while let token = cursor.next, token.keyword != "ON" { cursor.skip() }
    guard cursor.takes("ON"), let name = cursor.takeName(), let table = schema.table(name),
      cursor.next?.isSign("(") == true
    else { return tell(begin.rest) }
    let columns = cursor.takeNames()
    // An index over an expression, or of some rows, says nothing of the columns.
    guard cursor.keyword != "WHERE", columns.allSatisfy({ schema.tables[table].column($0) != nil }) else { return }
    schema.tables[table].unique.append(columns)
  }

  /// - Returns: false when it is a comment on something that is not known.
  private mutating func comment(_ cursor: inout SQLCursor) -> Bool {
    guard cursor.takes("ON") else { return false }
    let what = cursor.keyword
    guard ["TABLE", "COLUMN"].contains(what) else { return !what.isEmpty }
    cursor.skip()
    let path = cursor.takePath()
    guard cursor.takes("IS"), let text = cursor.next else { return false }
    return note(
      text.text, table: what == "TABLE" ? path.last : path.dropLast().last, column: what == "COLUMN" ? path.last : nil)
  }

  /// SQL Server's `sp_addextendedproperty` of `MS_Description`.
  private mutating func description(_ tokens: [SQLToken]) -> Bool {
    let texts = tokens.filter { $0.kind == .text }.map(\.text)
    guard let at = texts.firstIndex(of: "MS_Description"), at + 1 < texts.count else { return false }
    func behind(_ word: String) -> String? {
      texts.firstIndex { $0.uppercased() == word }.flatMap { $0 + 1 < texts.count ? texts[$0 + 1] : nil }
    }
    return note(texts[at + 1], table: behind("TABLE"), column: behind("COLUMN"))
  }

  private mutating func note(_ text: String, table: String?, column: String?) -> Bool {
    guard let table, let index = schema.table(table) else { return false }
    guard let column else {
      schema.tables[index].comment = text
      return true
    }
    guard let place = schema.tables[index].column(column) else { return false }
    schema.tables[index].columns[place].comment = text
    return true
  }
}

extension String {
  var trimmed: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
