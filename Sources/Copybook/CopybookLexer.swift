import Base

/// A word, literal, full stop or pseudo-text delimiter, with its place.
struct Token: Hashable {
  enum Kind: Hashable {
    case word, literal, stop
    /// `==`, around pseudo-text.
    case delimiter
    /// A literal without its closing quote, or with a character directly behind it.
    case unclosed
    /// The text behind column 72 of a line of the fixed form, when it is not an identification.
    case cut
  }

  let kind: Kind
  /// A literal's content, a word as written.
  let text: String
  /// The token as written, with quotes and prefix (`X'0F'`).
  let written: String
  let place: Place

  /// The word in upper case, empty for any other token.
  var word: String { kind == .word ? text.uppercased() : "" }

  /// The level that a word of one or two digits may be: 1–49, 66, 77, 78, 88.
  var level: UInt8? {
    guard kind == .word, text.utf8.count <= 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt8(text).flatMap { (1...49).contains($0) || [66, 77, 78, 88].contains($0) ? $0 : nil }
  }

  /// A number as written (`-1.5`, `1,5`, `1E3`), `nil` for any other token.
  var number: String? {
    guard kind == .word, let first = text.unicodeScalars.first, "+-.,0123456789".unicodeScalars.contains(first),
      text.unicodeScalars.contains(where: { ("0"..."9").contains($0) }),
      text.unicodeScalars.allSatisfy({ "+-.,0123456789Ee".unicodeScalars.contains($0) })
    else { return nil }
    return text
  }

  func moved(to place: Place) -> Token { Token(kind: kind, text: text, written: written, place: place) }
}

/// Splits copybook text into tokens. Commas and semicolons before a blank are blanks; `*>` begins a comment.
struct CopybookLexer {
  private let file: String
  private var tokens: [Token] = []

  static func tokens(of text: String, file: String, form: SourceForm) -> [Token] {
    var lexer = CopybookLexer(file: file)
    var reader = SourceReader(text, form: form)
    while let line = reader.next() {
      if let first = line.cut.first { lexer.append(.cut, lexer.string(line.cut), lexer.string(line.cut), first) }
      lexer.scan(line.text)
    }
    return lexer.tokens
  }

  /// - Throws: `copybook.cut`, `copybook.syntax` for the first invalid token.
  static func check(_ tokens: [Token]) throws(Diagnostic) {
    for token in tokens {
      switch token.kind {
      case .cut: throw Diagnostic(.copybookCut, at: token.place, token.text)
      case .unclosed: throw Diagnostic(.copybookSyntax, at: token.place, token.written, "a closing quote")
      case .word, .literal, .stop, .delimiter: break
      }
    }
  }

  private init(file: String) { self.file = file }

  private mutating func scan(_ line: [SourceCharacter]) {
    var index = 0
    while index < line.count {
      let scalar = line[index].scalar
      if scalar.isBlank || ((scalar == "," || scalar == ";") && isBreak(line, index + 1)) {
        index += 1
      } else if pair(line, index, "*", ">") {
        return
      } else if scalar == "'" || scalar == "\"" {
        index = literal(line, from: index, quote: index)
      } else if pair(line, index, "=", "=") {
        append(.delimiter, "==", "==", line[index])
        index += 2
      } else if scalar == ".", isBreak(line, index + 1) {
        append(.stop, ".", ".", line[index])
        index += 1
      } else {
        index = word(line, from: index)
      }
    }
  }

  private static let prefixes: Set<String> = ["X", "N", "G", "NX", "B", "BX", "H", "Z", "U", "UX", "NC"]

  private mutating func word(_ line: [SourceCharacter], from first: Int) -> Int {
    var end = first + 1
    while end < line.count, !isBreak(line, end),
      !(".,;".unicodeScalars.contains(line[end].scalar) && isBreak(line, end + 1))
    {
      if line[end].scalar == "'" || line[end].scalar == "\"" {
        guard Self.prefixes.contains(string(line[first..<end]).uppercased()) else { break }
        return literal(line, from: first, quote: end)
      }
      end += 1
    }
    let text = string(line[first..<end])
    append(.word, text, text, line[first])
    return end
  }

  private mutating func literal(_ line: [SourceCharacter], from first: Int, quote: Int) -> Int {
    let mark = line[quote].scalar
    var content = String.UnicodeScalarView()
    var index = quote + 1
    while index < line.count {
      if line[index].scalar == mark {
        if index + 1 < line.count, line[index + 1].scalar == mark {
          index += 1
        } else {
          let isClosed = isBreak(line, index + 1) || ".,;)&".unicodeScalars.contains(line[index + 1].scalar)
          append(isClosed ? .literal : .unclosed, String(content), string(line[first...index]), line[first])
          return index + 1
        }
      }
      content.append(line[index].scalar)
      index += 1
    }
    append(.unclosed, String(content), string(line[first...]), line[first])
    return line.count
  }

  private mutating func append(_ kind: Token.Kind, _ text: String, _ written: String, _ first: SourceCharacter) {
    let place = Place(file: file, line: first.line, column: first.column)
    tokens.append(Token(kind: kind, text: text, written: written, place: place))
  }

  private func string(_ characters: ArraySlice<SourceCharacter>) -> String {
    String(String.UnicodeScalarView(characters.map(\.scalar)))
  }

  private func pair(_ line: [SourceCharacter], _ index: Int, _ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool
  {
    index + 1 < line.count && line[index].scalar == first && line[index + 1].scalar == second
  }

  private func isBreak(_ line: [SourceCharacter], _ index: Int) -> Bool {
    index >= line.count || line[index].scalar.isBlank || pair(line, index, "=", "=") || pair(line, index, "*", ">")
  }
}
