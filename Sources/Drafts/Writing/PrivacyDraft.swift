import Records

/// 個人情報 of a draft: what names say, and what follows from the mapping: an item whose value goes to a personal column
/// is personal, and a column that takes the value of a personal item is, too.
struct PrivacyDraft {
  /// Personal items by file, with the word that says so.
  private(set) var items: [[String: String]]
  /// Personal columns by table, with the word, and the privacy.
  private(set) var columns: [[Int: (why: String, privacy: Privacy)]]

  init(_ draft: ProjectDraft) {
    columns = draft.schema.tables.map { table in
      var found: [Int: (why: String, privacy: Privacy)] = [:]
      for (index, column) in table.columns.enumerated() {
        if PersonalGuess.isMyNumber(column.name) || PersonalGuess.isMyNumber(column.comment) {
          found[index] = ("個人番号", .myNumber)
        } else if let word = PersonalGuess.word(name: column.name, comment: column.comment) {
          found[index] = (word, .personal)
        }
      }
      return found
    }
    items = draft.files.map { file in
      var found: [String: String] = [:]
      for field in file.kinds.filter({ $0.role == .data }).flatMap(\.fields) {
        if let word = PersonalGuess.word(name: field.name, comment: field.comment) { found[field.name] = word }
      }
      return found
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for table in draft.filled {
        for place in draft.places(of: table) {
          for guess in place.row.columns {
            for field in guess.fields {
              let item = items[place.file][field.name]
              let column = columns[table][guess.column]
              if let item, column == nil {
                columns[table][guess.column] = ("item \(field.name): \(item)", .personal)
                hasChanged = true
              }
              if let column, item == nil {
                items[place.file][field.name] = column.why
                hasChanged = true
              }
            }
          }
        }
      }
    }
  }
}
