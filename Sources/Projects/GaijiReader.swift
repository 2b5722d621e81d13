import Base
import Charset

/// Reads a city's table of user-defined characters (外字表).
package enum GaijiReader {
  /// Adds a city's table to a set.
  ///
  /// - Throws: ``Diagnostics``: `gaiji.table` for every wrong line, including codes that cannot occur in a text of the
  ///   set.
  package static func add(_ text: String, file: String, to set: CharacterSet) throws(Diagnostics) -> CharacterSet {
    let table = try Self.table(text, file: file)
    let whole = set.with(gaiji: table)
    let wrong = table.entries.sorted { $0.line < $1.line }.compactMap { entry -> Diagnostic? in
      let place = Place(file: file, line: entry.line)
      if !isRead(entry, whole) { return Diagnostic(.gaijiTable, at: place, "code ∈ \(set.name)") }
      guard let own = own(entry, set), own != [entry.scalar, entry.second].filter({ $0 != 0 }), own != [entry.replaces]
      else {
        return nil
      }
      let character = own.map { "U+" + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
      return Diagnostic(.gaijiTable, at: place, "code ≠ \(character) (\(set.name)); replaces = \(character)")
    }
    guard wrong.isEmpty else { throw Diagnostics(wrong) }
    return whole
  }

  /// The character that the set itself has for the code; `nil` when it has none.
  private static func own(_ entry: GaijiEntry, _ set: CharacterSet) -> [UInt32]? {
    let (text, fault) = set.decode(.double, bytes: [UInt8(entry.code >> 8), UInt8(entry.code & 0xFF)])
    return fault == nil ? text.unicodeScalars.map(\.value) : nil
  }

  private static func isRead(_ entry: GaijiEntry, _ set: CharacterSet) -> Bool {
    let (text, fault) = set.decode(.double, bytes: [UInt8(entry.code >> 8), UInt8(entry.code & 0xFF)])
    if entry.standing == .unidentified { return fault == .gaijiUnidentified }
    return fault == nil && text.unicodeScalars.map(\.value) == [entry.scalar, entry.second].filter { $0 != 0 }
  }

  private static func table(_ text: String, file: String) throws(Diagnostics) -> GaijiTable {
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
      case .sameTwice(let line, let code): (line, "class ≠ 一致 (\(String(code, radix: 16, uppercase: true)))")
      case .unclosedQuote(let line): (line, "\"…\"")
      }
    return Diagnostic(.gaijiTable, at: Place(file: file, line: line), expected)
  }
}
