/// A token of SQL text, with its line.
struct SQLToken: Equatable {
  enum Kind {
    /// A word without quotation marks; a name in quotation marks; a text; a number; any other character.
    case word, name, text, number, sign
    /// What stands behind `--` or between `/*` and `*/`.
    case comment
  }

  let kind: Kind
  /// The text without its marks.
  let text: String
  /// The line on which it begins, from 1.
  let line: Int
  /// Whether it is the first token of its line.
  let beginsLine: Bool

  /// A word in upper case, for keywords; empty for anything else.
  var keyword: String { kind == .word ? text.uppercased() : "" }
  var isName: Bool { kind == .word || kind == .name }
  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

  /// The tokens of a text in any dialect: names in `"…"`, `[…]` and `` `…` ``, texts in `'…'` (with N or E before it) and
  /// `$tag$…$tag$`.
  static func tokens(of source: String) -> [SQLToken] {
    var tokens: [SQLToken] = []
    let scalars = Array(source.unicodeScalars)
    var (at, line, isFirst) = (0, 1, true)
    func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    func add(_ kind: Kind, _ text: String, _ begin: Int) {
      tokens.append(SQLToken(kind: kind, text: text, line: begin, beginsLine: isFirst))
      if kind != .comment { isFirst = false }
    }
    /// The text up to a closing mark, a doubled one standing for itself.
    func quoted(_ close: Unicode.Scalar) -> String {
      var text = String.UnicodeScalarView()
      at += 1
      while at < scalars.count {
        if scalars[at] == close {
          guard at + 1 < scalars.count, scalars[at + 1] == close, close != "]" else { break }
          at += 1
        }
        if scalars[at] == "\n" { line += 1 }
        text.append(scalars[at])
        at += 1
      }
      at += 1
      return String(text)
    }
    while at < scalars.count {
      let (scalar, begin) = (scalars[at], line)
      let next: Unicode.Scalar = at + 1 < scalars.count ? scalars[at + 1] : "\n"
      switch scalar {
      case "\n":
        (line, isFirst) = (line + 1, true)
        at += 1
      case "-" where next == "-":
        let end = scalars[at...].firstIndex(of: "\n") ?? scalars.count
        add(.comment, string(at + 2..<end), begin)
        at = end
      case "/" where next == "*":
        var end = at + 2
        while end + 1 < scalars.count, !(scalars[end] == "*" && scalars[end + 1] == "/") {
          if scalars[end] == "\n" { line += 1 }
          end += 1
        }
        add(.comment, string(at + 2..<min(end, scalars.count)), begin)
        at = end + 2
      case "'": add(.text, quoted("'"), begin)
      case "\"": add(.name, quoted("\""), begin)
      case "`": add(.name, quoted("`"), begin)
      case "[": add(.name, quoted("]"), begin)
      case "N", "n", "E", "e":
        if next == "'" {
          at += 1
          add(.text, quoted("'"), begin)
        } else {
          fallthrough
        }
      case _ where scalar.isOfWord:
        var end = at
        while end < scalars.count, scalars[end].isOfWord || scalars[end].isDigit { end += 1 }
        add(.word, string(at..<end), begin)
        at = end
      case _ where scalar.isDigit:
        var end = at
        while end < scalars.count, scalars[end].isDigit || scalars[end] == "." { end += 1 }
        add(.number, string(at..<end), begin)
        at = end
      case _ where scalar.properties.isWhitespace: at += 1
      default:
        add(.sign, String(Character(scalar)), begin)
        at += 1
      }
    }
    return tokens
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  /// Letters, `_`, `$`, `#`, `@`, and whatever is not ASCII but a letter: names are often Japanese.
  fileprivate var isOfWord: Bool {
    properties.isAlphabetic || "_$#@".unicodeScalars.contains(self) || (value > 0x7F && !properties.isWhitespace)
  }
}
