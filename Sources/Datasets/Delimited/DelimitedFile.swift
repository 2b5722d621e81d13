import Base
import Charset
import Diff
import Framing
import Synchronization

/// The notation of a delimited file.
package struct DelimitedDialect: Sendable {
  package var delimiter: UInt8 = 0x2C
  /// Whether quotation marks enclose values (RFC 4180).
  package var hasQuotes = true
  /// The notation of null outside quotation marks; `nil` when there is none: an empty value is an empty text.
  package var null: [UInt8]?
  /// The names of the columns, for a file without a header line.
  package var header: [String]?
  /// The character set; `nil` for UTF-8.
  package var charset: Charset.CharacterSet?
  /// Whether the file begins with a byte order mark of UTF-16 that gives the byte order.
  package var hasMark = false

  package init() {}

  var isUTF16: Bool { charset?.name.hasPrefix("utf-16") ?? false }
}

/// A fact found in one reading that later readings must know.
final class Noted: Sendable {
  private let isTrue = Atomic<Bool>(false)

  var value: Bool { isTrue.load(ordering: .relaxed) }
  func note() { isTrue.store(true, ordering: .relaxed) }
}

/// A CSV or TSV file with a header line (RFC 4180), possibly compressed with gzip. All its values are texts.
package struct DelimitedFile: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  let source: SourceFile
  /// Whether a reading found U+FFFD: every later reading must then look for it, too.
  let holdsReplacement = Noted()
  package var file: SourceFile? { source }
  var path: String { source.path }
  let dialect: DelimitedDialect

  /// Reads the header.
  ///
  /// - Throws: the errors of reading; `dataset.columns` for a header with a name that is empty or occurs twice.
  package init(path: String, dialect: DelimitedDialect, reference: String) throws(Diagnostic) {
    self.reference = reference
    source = try SourceFile.rereadable(path)
    var dialect = dialect
    try Self.lookAtMark(source, &dialect)
    self.dialect = dialect
    let names = if let header = dialect.header { header } else { try DelimitedReader.header(source, dialect) }
    columns = names.map { DatasetColumn($0, .text) }
  }

  /// Applies a byte order mark of UTF-16.
  ///
  /// - Throws: `dataset.mark` when it is required and missing; the errors of reading.
  private static func lookAtMark(_ source: SourceFile, _ dialect: inout DelimitedDialect) throws(Diagnostic) {
    guard dialect.charset == nil || dialect.hasMark || dialect.isUTF16 else { return }
    var first: [UInt8] = [0, 0]
    let bytes = try ByteSource(source, capacity: 64)
    for place in 0..<2 {
      var byte: UInt8 = 0
      if try bytes.read(into: &byte, count: 1) == 1 { first[place] = byte }
    }
    switch (first, dialect.charset?.name) {
    case ([0xFF, 0xFE], "utf-16be"), ([0xFE, 0xFF], "utf-16le"):
      let right = first[0] == 0xFF ? "utf-16le" : "utf-16be"
      throw Diagnostic(.optionValue, at: Place(file: source.path), "charset=\(dialect.charset?.name ?? "")", right)
    case ([0xFF, 0xFE], let name) where name != "utf-16be": dialect.charset = .named("utf-16le")
    case ([0xFE, 0xFF], let name) where name != "utf-16le": dialect.charset = .named("utf-16be")
    default: if dialect.hasMark { throw Diagnostic(.datasetMark, at: Place(file: source.path)) }
    }
  }

  /// - Throws: `file.read`, `frame.gzip`, `run.interrupted`.
  package func cells() throws(Diagnostic) -> any CellSource {
    try DelimitedReader(self, terms: nil, .left)
  }

  /// - Throws: `file.read`, `frame.gzip`, `run.interrupted`.
  package func canonicalRows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> (any RowSource)? {
    try DelimitedReader(self, terms: terms, side, checks: !again)
  }

  /// The index of the key value when a line without quotation marks is a canonical row as it is; otherwise `nil`.
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
