import Charset
import Diff
import Evidence
import Expressions

extension DatasetReference {
  /// Opens what the reference names.
  ///
  /// - Throws: what opening it throws.
  package func open() throws(Diagnostic) -> any Dataset {
    switch form {
    case .csv, .tsv: return try DelimitedFile(path: path, dialect: try delimitedDialect())
    case .sqlite:
      guard (parameters["table"] == nil) != (parameters["query"] == nil) else {
        throw Diagnostic(.datasetReference, at: Place(file: text))
      }
      return try SQLiteDataset(path: path, table: parameters["table"], query: parameters["query"])
    case .ndjson, .postgres, .legacy, .project: throw Diagnostic(.datasetReference, at: Place(file: text))
    }
  }

  private func delimitedDialect() throws(Diagnostic) -> DelimitedDialect {
    var dialect = DelimitedDialect()
    if form == .tsv { dialect.delimiter = 9 }
    if let delimiter = parameters["delimiter"] {
      let byte = delimiter == "tab" || delimiter == "\\t" ? 9 : delimiter.utf8.count == 1 ? delimiter.utf8.first : nil
      guard let byte, byte < 0x80, ![10, 13, 34].contains(byte) else {
        throw Diagnostic(.optionValue, at: Place(file: path), "delimiter=\(delimiter)", "one ASCII character, or tab")
      }
      dialect.delimiter = byte
    }
    dialect.null = parameters["null"].map { Array($0.utf8) }
    switch parameters["quotes"] {
    case nil, "double": break
    case "none": dialect.hasQuotes = false
    case let other?: throw Diagnostic(.optionValue, at: Place(file: path), "quotes=\(other)", "double, none")
    }
    if let name = parameters["charset"], name != "utf-8" {
      guard let charset = Charset.CharacterSet.named(name), ["windows-31j", "euc-jp", "us-ascii"].contains(name) else {
        throw Diagnostic(.optionValue, at: Place(file: path), "charset=\(name)", "utf-8, windows-31j, euc-jp, us-ascii")
      }
      dialect.charset = charset
    }
    return dialect
  }
}
