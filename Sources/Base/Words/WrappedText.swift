/// Text in lines of a width (折返し): full-width characters take two columns.
package enum WrappedText {
  /// Characters with which no Japanese line begins (行頭禁則).
  private static let neverFirst = Set("、。，．・：；？！ー）」』】〕〉》］｝…ぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)]}%％")
  /// Characters with which no Japanese line ends (行末禁則).
  private static let neverLast = Set("（「『【〔〈《［｛([{")

  /// The lines of a text: broken at spaces and between full-width characters, within a word only where it has more
  /// columns than a line. A text that fits stays as it is.
  package static func lines(_ text: String, width: Int) -> [String] {
    let width = max(width, 2)
    if TextWidth.of(text) <= width { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for piece in pieces(text) {
      let columns = TextWidth.of(piece)
      if used + TextWidth.of(trimmed(piece)) > width, used > 0 {
        lines.append(trimmed(line))
        (line, used) = ("", 0)
      }
      if columns <= width || TextWidth.of(trimmed(piece)) <= width {
        line += piece
        used += columns
        continue
      }
      for character in piece {
        let columns = TextWidth.of(String(character))
        if used + columns > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(character)
        used += columns
      }
    }
    if !trimmed(line).isEmpty { lines.append(trimmed(line)) }
    return lines
  }

  /// The beginning of a text, with `…` where it was cut.
  package static func cut(_ text: String, to width: Int) -> String {
    if TextWidth.of(text) <= width { return text }
    var kept = ""
    var used = 0
    for character in text {
      let columns = TextWidth.of(String(character))
      if used + columns > width - 1 { break }
      kept.append(character)
      used += columns
    }
    return kept + "…"
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// What stays on one line: a word with the spaces behind it, or a full-width character with its punctuation.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var last: Character?
    for character in text {
      let isWide = TextWidth.of(String(character)) == 2
      let joins: Bool =
        if let last {
          character == " " || neverFirst.contains(character) || neverLast.contains(last)
            || (last != " " && !isWide && TextWidth.of(String(last)) < 2)
        } else { false }
      if joins { pieces[pieces.count - 1].append(character) } else { pieces.append(String(character)) }
      last = character
    }
    return pieces
  }
}
