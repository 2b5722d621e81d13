import Base
import Charset
import Framing
import Glibc

/// One file of the folder: `TABLE.csv` or `TABLE.tsv`, also with `.gz`.
struct CSVFile: Sendable {
  let name: String
  let path: String
  let table: String
  private let separator: UInt8

  /// `nil` for another ending, and for a folder.
  init?(_ name: String, in folder: String) {
    let whole = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
    let ending = whole.lowercased().suffix(4)
    guard whole.count > 4, ending == ".csv" || ending == ".tsv" else { return nil }
    self.name = name
    path = folder + "/" + name
    guard !Self.isFolder(path) else { return nil }
    table = String(whole.dropLast(4))
    separator = ending == ".csv" ? 0x2C : 0x09
  }

  static func isFolder(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  func syntax(_ notation: CSVNotation) -> CellSyntax {
    CellSyntax(separator: separator, hasHeader: true, mayHaveMark: notation.charset.scheme == .utf8)
  }

  /// - Throws: `file.open`, `file.read`, `frame.gzip`.
  func reader(_ notation: CSVNotation) throws(Diagnostic) -> RecordReader {
    try RecordReader(path: path, format: RecordFormat(cells: syntax(notation)), layoutLength: 0, policy: .strict)
  }

  /// The names of the first line; none in an empty file.
  ///
  /// - Throws: `dataset.charset` for a name in another character set; the errors of reading.
  func columns(_ notation: CSVNotation) throws(Diagnostic) -> [String] {
    let reader = try reader(notation)
    _ = try reader.next(1)
    if reader.names.isEmpty { return [] }
    var names: [String] = []
    for bytes in syntax(notation).cells(reader.names) {
      let (text, fault) = notation.charset.decode(.mixed, bytes: bytes)
      if fault != nil {
        throw Diagnostic(
          .datasetCharset, at: Place(file: path, line: 1), notation.charset.name, Hex.text(bytes))
      }
      names.append(text)
    }
    return names
  }

  /// For each column of the file, the index of the table's column, `nil` for one that the table has not.
  ///
  /// - Throws: `target.table` for a column that is missing, `target.twice` for one that is there twice.
  func places(of schema: TableSchema, _ notation: CSVNotation) throws(Diagnostic) -> [Int?] {
    let names = try columns(notation)
    for column in schema.columns {
      let count = names.count { $0 == column.name }
      if count == 0 { throw Diagnostic(.targetTable, at: Place(file: path), table, column.name) }
      if count > 1 { throw Diagnostic(.targetTwice, at: Place(file: path, line: 1), table, column.name) }
    }
    return names.map { name in schema.columns.firstIndex { $0.name == name } }
  }
}
