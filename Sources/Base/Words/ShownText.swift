/// Texts from users or data, made safe for a message or a terminal.
package enum ShownText {
  /// Makes invisible characters visible: control characters, marks of direction, spaces other than U+0020 and U+3000,
  /// and variation selectors as `‹U+0000›`; line ends as `⏎`.
  package static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        visible.append("⏎")
      } else if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        visible.append(
          contentsOf: "‹U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)›".unicodeScalars)
      } else {
        visible.append(scalar)
      }
    }
    return String(visible)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x3000: return false
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
    default: return false
    }
  }

  /// Removes passwords: the part between `:` and `@` of a word, as in `scheme://user:password@host`, and the value of
  /// `password=`.
  package static func withoutSecrets(_ text: String) -> String {
    guard text.contains("@") || text.contains("=") else { return text }
    var result = ""
    for piece in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !result.isEmpty || piece.startIndex != text.startIndex { result += " " }
      // A password may hold unescaped signs: the last @ counts.
      let start = piece.firstRange(of: "://")?.upperBound ?? piece.startIndex
      if let at = piece.lastIndex(of: "@"), at > start, let colon = piece[start..<at].firstIndex(of: ":") {
        result += piece[...colon] + "…" + piece[at...]
      } else {
        result += piece
      }
    }
    return withoutAssignments(result)
  }

  private static func withoutAssignments(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let equals = rest.firstIndex(of: "=") {
      let before = rest[..<equals].reversed().drop { $0 == " " }
      let name = String(before.prefix { $0.isLetter || $0 == "_" }.reversed()).lowercased()
      let after = rest.index(after: equals)
      result += rest[..<after]
      rest = rest[after...]
      guard ["password", "passwd", "pwd", "sslpassword"].contains(name) else { continue }
      rest = rest.drop { $0 == " " }
      result += "…"
      if rest.first == "'", let end = rest.dropFirst().firstIndex(of: "'") {
        rest = rest[rest.index(after: end)...]
      } else {
        rest = rest.drop { !$0.isWhitespace && $0 != "&" }
      }
    }
    return result + rest
  }

  /// An unintelligible reference, for a message: unless it is a plain file name, only its first word is shown, since it
  /// may hold a password.
  package static func reference(_ text: String) -> String {
    let plain = text.prefix { !":@=?&;".contains($0) && !$0.isWhitespace }
    return plain.count == text.count ? text : plain + "…"
  }
}

/// 制御文字: characters that are not text but control the terminal or the page: U+0000–001F, U+007F–009F, and the marks
/// that turn the direction of writing, U+202A–202E and U+2066–2069.
package enum ControlCharacter {
  private static func isOne(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func mayHoldOne(_ text: String) -> Bool {
    text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }
  }

  /// The first one in a text, as `U+001B`; `nil` when there is none.
  ///
  /// - Parameter lines: whether the text may have several lines, as a cell of a workbook may: U+000A is then allowed.
  package static func first(in text: String, lines: Bool) -> String? {
    guard mayHoldOne(text) else { return nil }
    return text.unicodeScalars.first { isOne($0) && !(lines && $0 == "\n") }.map(name)
  }

  /// The text with each of them as `‹U+001B›`. Line ends and tabs stay.
  package static func shown(_ text: String) -> String {
    shown(text, keeping: ["\n", "\t"]) { "‹\(name($0))›" }
  }

  /// A JSON text with each of them escaped: the same value, without effect on a terminal. Line ends of a JSON text are
  /// not in its values.
  package static func escaped(json: String) -> String {
    shown(json, keeping: ["\n"]) { scalar in
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  private static func shown(
    _ text: String, keeping kept: Set<Unicode.Scalar>, _ show: (Unicode.Scalar) -> String
  ) -> String {
    guard mayHoldOne(text) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isOne(scalar), !kept.contains(scalar) {
        shown.append(contentsOf: show(scalar).unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
