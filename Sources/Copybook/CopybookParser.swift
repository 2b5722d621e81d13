import Base

/// The parser of copybooks: from text to layout.
///
/// Source text is read in fixed or free form, COPY and REPLACE are executed, entries are read, arranged in a tree,
/// measured for a dialect, and the names in them are resolved. Text that cannot be parsed is refused with line and
/// column.
package enum CopybookParser {
  /// The relation of several level 01 entries of a copybook.
  package enum RecordOrder: String, Hashable, Sendable, CaseIterable {
    /// Each describes the same area, as under an FD.
    case alternatives
    /// One after another.
    case sequence
  }

  /// The layout of one copybook.
  ///
  /// - Throws: the errors of ``layout(of:dialect:form:records:decimalComma:search:)``.
  package static func layout(
    of text: String, file: String, dialect: Dialect = Dialect(.ibm), form: SourceForm = .auto,
    records: RecordOrder = .alternatives, decimalComma: Bool = false,
    search: ((String) throws(Diagnostic) -> (text: String, file: String)?)? = nil
  ) throws(Diagnostic) -> Layout {
    try layout(
      of: [(text, file)], dialect: dialect, form: form, records: records, decimalComma: decimalComma, search: search)
  }

  /// - Parameters:
  ///   - sources: copybooks whose entries follow one another, each in its own form.
  ///   - decimalComma: DECIMAL-POINT IS COMMA; also taken from SPECIAL-NAMES when the text is a program.
  ///   - search: text and file of a COPY member by its name (`MEMBER`, or `LIBRARY/MEMBER` after OF or IN).
  /// - Throws: the first error, as a `copybook.…` diagnostic with line and column.
  package static func layout(
    of sources: [(text: String, file: String)], dialect: Dialect, form: SourceForm,
    records: RecordOrder = .alternatives,
    decimalComma: Bool, search: ((String) throws(Diagnostic) -> (text: String, file: String)?)?
  ) throws(Diagnostic) -> Layout {
    let file = sources.first?.file ?? ""
    var tokens: [Token] = []
    var decimalComma = decimalComma
    for source in sources {
      let program = CopybookLexer.tokens(of: source.text, file: source.file, form: form)
      let division = dataDivision(of: program)
      try CopybookLexer.check(division)
      tokens += try CopyExpansion.expand(division, file: source.file, form: form, search: search)
      decimalComma = decimalComma || contains(program, "DECIMAL-POINT", "COMMA")
    }
    var reader = EntryReader(tokens, file: file, decimalComma: decimalComma)
    try reader.read()
    var tree = try RecordTree(reader.entries, file: file, records: records)
    var measure = LayoutMeasure(dialect)
    try measure.record(&tree.root)
    var names = NameResolution(tree.root)
    try names.resolveTables(in: &tree.root)
    return Layout(file: file, root: tree.root, renames: try names.resolve(reader.renames))
  }

  /// In a whole program, the text between DATA DIVISION and PROCEDURE DIVISION.
  private static func dataDivision(of tokens: [Token]) -> [Token] {
    func division(_ name: String) -> Int? {
      tokens.indices.dropLast().first { tokens[$0].word == name && tokens[$0 + 1].word == "DIVISION" }
    }
    let end = division("PROCEDURE") ?? tokens.count
    guard let start = division("DATA"), start < end else { return Array(tokens[..<end]) }
    return Array(tokens[start..<end])
  }

  /// True when the first word is followed by the second, with or without IS between them.
  private static func contains(_ tokens: [Token], _ first: String, _ second: String) -> Bool {
    tokens.indices.contains {
      tokens[$0].word == first && tokens[$0...].dropFirst().prefix(2).contains { $0.word == second }
    }
  }
}
