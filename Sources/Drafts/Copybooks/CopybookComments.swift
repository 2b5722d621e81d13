import Copybook

/// What people wrote beside the items of a copybook: behind `*>`, behind column 72, or on the comment line above. Makers
/// and cities write the Japanese names of items there.
enum CopybookComments {
  /// The comments by line, from 1. Only what holds characters other than ASCII counts: it is a name, not a number of the
  /// library.
  static func byLine(_ text: String) -> [Int: String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop { $0 == "\r" } }
    var found: [Int: String] = [:]
    var above: String?
    for (index, line) in lines.enumerated() {
      let body = line.prefix { $0 != "\r" }
      if let comment = whole(body) {
        above = comment
        continue
      }
      let isEmpty = body.allSatisfy { $0 == " " || $0 == "\t" }
      if let comment = beside(body) ?? (isEmpty ? nil : above) { found[index + 1] = comment }
      above = nil
    }
    return found
  }

  /// The comment of a line that is nothing else.
  private static func whole(_ line: Substring) -> String? {
    let characters = Array(line)
    let isFixed = characters.count > 6 && "*/".contains(characters[6])
    let rest = line.drop { $0 == " " || $0 == "\t" }
    guard isFixed || rest.hasPrefix("*") else { return nil }
    let text = isFixed ? String(characters[7...]) : String(rest.drop { $0 == "*" || $0 == ">" })
    return japanese(text) ?? ""
  }

  private static func beside(_ line: Substring) -> String? {
    if let mark = line.firstRange(of: "*>") { return japanese(String(line[mark.upperBound...])) }
    // Behind the full stop, or behind column 72, where no entry reaches.
    var column = 1
    for (index, character) in zip(line.indices, line) {
      if column > 72 { return japanese(String(line[index...])) }
      column += character.unicodeScalars.allSatisfy { $0.value < 0x370 } ? 1 : 2
    }
    return nil
  }

  private static func japanese(_ text: String) -> String? {
    let trimmed = text.filter { !"*-=#+".contains($0) }.trimmed
    return trimmed.unicodeScalars.contains { $0.value > 0x7F } ? trimmed : nil
  }
}
