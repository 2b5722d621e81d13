import Charset
import Evidence

/// Reads a city's table of user-defined characters (外字表).
package enum GaijiReader {
  /// - Throws: every line that is wrong, as `gaiji.table`.
  package static func table(_ text: String, file: String) throws(Diagnostics) -> GaijiTable {
    do { return try GaijiTable(csv: text) } catch {
      throw Diagnostics(error.all.map { diagnostic($0, file) })
    }
  }

  private static func diagnostic(_ problem: GaijiTable.Problem, _ file: String) -> Diagnostic {
    let (line, expected): (Int, String) =
      switch problem {
      case .missingColumn(let name): (1, name)
      case .badCode(let line): (line, "code = 0100…FFFF")
      case .badUnicode(let line): (line, "unicode = U+…, U+… U+… (未同定: –)")
      case .badClass(let line): (line, "class = 一致, 字形差, 縮退, 未同定")
      case .codeTwice(let line): (line, "code ≠ code")
      case .unclosedQuote(let line): (line, "\"…\"")
      }
    return Diagnostic(.gaijiTable, at: Place(file: file, line: line), expected)
  }
}
