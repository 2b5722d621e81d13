import Evidence

/// Splits copybook text into words, literals and full stops, each with its place.
///
/// Fixed form: columns 1–6 are numbers, column 7 is the indicator (`*` and `/` comment, `-` continuation), 8–72 text.
/// A text that uses columns 1–7 otherwise is taken as free form.
struct CopybookLexer {
  struct Token: Hashable {
    enum Kind: Hashable { case word, literal, stop }
    let kind: Kind
    let text: String
    let place: Place
  }

  static func tokens(of text: String, file: String) throws(Diagnostic) -> [Token] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.last == "\r" ? $0.dropLast() : $0 }
    let fixed = isFixed(lines)
    var tokens: [Token] = []
    for (index, line) in lines.enumerated() {
      var body = Array(line)
      var start = 0
      if fixed {
        guard body.count > 6 else { continue }
        if "*/$".contains(body[6]) { continue }
        body = Array(body.prefix(72))
        start = 7
      } else if body.drop(while: { $0 == " " }).starts(with: ["*"]) {
        continue
      }
      try scan(body, from: start, line: index + 1, file: file, into: &tokens)
    }
    return tokens
  }

  private static func isFixed(_ lines: [Substring]) -> Bool {
    lines.allSatisfy { line in
      let characters = Array(line)
      let numbers = characters.prefix(6).allSatisfy { $0 == " " || $0.isNumber || $0 == "\t" }
      return numbers && (characters.count <= 6 || " */-$Dd".contains(characters[6]))
    }
  }

  private static func scan(
    _ body: [Character], from start: Int, line: Int, file: String, into tokens: inout [Token]
  ) throws(Diagnostic) {
    var index = start
    func place(_ column: Int) -> Place { Place(file: file, line: line, column: column + 1) }
    while index < body.count {
      let character = body[index]
      if character == " " || character == "\t" || ((character == "," || character == ";") && isBreak(body, index + 1)) {
        index += 1
      } else if character == "*", index + 1 < body.count, body[index + 1] == ">" {
        return
      } else if character == "'" || character == "\"" {
        guard let close = body[(index + 1)...].firstIndex(of: character) else {
          throw Diagnostic(.copybookSyntax, at: place(index), String(body[index...]), "a closing quote")
        }
        tokens.append(Token(kind: .literal, text: String(body[(index + 1)..<close]), place: place(index)))
        index = close + 1
      } else if character == ".", isBreak(body, index + 1) {
        tokens.append(Token(kind: .stop, text: ".", place: place(index)))
        index += 1
      } else {
        let first = index
        while index < body.count, body[index] != " ", body[index] != "\t",
          !(".,;".contains(body[index]) && isBreak(body, index + 1))
        { index += 1 }
        tokens.append(Token(kind: .word, text: String(body[first..<index]), place: place(first)))
      }
    }
  }

  private static func isBreak(_ body: [Character], _ index: Int) -> Bool {
    index >= body.count || body[index] == " " || body[index] == "\t"
  }
}
