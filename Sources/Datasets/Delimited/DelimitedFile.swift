import Charset
import Diff
import Evidence
import Framing
import Records

/// How a delimited file is written.
package struct DelimitedDialect: Sendable {
  package var delimiter: UInt8 = 0x2C
  /// Whether quotation marks enclose values (RFC 4180).
  package var hasQuotes = true
  /// What stands for null where it is not in quotation marks; `nil` when nothing does: an empty value is an empty text.
  package var null: [UInt8]?
  /// The names of the columns where the file has no header line.
  package var header: [String]?
  /// `nil` for UTF-8.
  package var charset: Charset.CharacterSet?

  package init() {}
}

/// A CSV or TSV file with a header line (RFC 4180), maybe packed by gzip. All its values are texts.
package struct DelimitedFile: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  let path: String
  let dialect: DelimitedDialect

  /// Reads the header.
  ///
  /// - Throws: what reading throws; `dataset.columns` for a header with a name that is empty or occurs twice.
  package init(path: String, dialect: DelimitedDialect, reference: String) throws(Diagnostic) {
    self.reference = reference
    self.path = path
    self.dialect = dialect
    let names = if let header = dialect.header { header } else { try DelimitedReader.header(path, dialect) }
    columns = names.map { DatasetColumn($0, .text) }
  }

  package func cells() throws(Diagnostic) -> any CellSource {
    try DelimitedReader(self, terms: nil, .left)
  }

  package func canonicalRows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> (any RowSource)? {
    try DelimitedReader(self, terms: terms, side, checks: !again)
  }

  /// Whether a line without quotation marks is a canonical row as it stands, and which of its values is the key.
  func plainKey(_ terms: Terms, _ side: Side) -> Int? {
    guard dialect.delimiter == 0x2C, dialect.null == nil, terms.key.count == 1,
      terms.columns.count == columns.count
    else { return nil }
    for (index, column) in terms.columns.enumerated() {
      let source = side == .left ? column.left : column.right
      guard source == index, column.kind == .text, column.forms.isEmpty else { return nil }
    }
    return terms.key[0]
  }
}
