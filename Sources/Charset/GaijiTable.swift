/// A city's certainty about the character that it gives for a user-defined code.
package enum GaijiStanding: Sendable {
  /// 一致: the same character and glyph.
  case same
  /// 字形差: the same character, a glyph that differs.
  case differs
  /// 縮退: another character replaces it. Never encoded back.
  case reduced
  /// 未同定: the character has not been identified yet. A fault when it occurs.
  case unidentified

  package init?(word: String) {
    switch word {
    case "一致", "same": self = .same
    case "字形差", "differs": self = .differs
    case "縮退", "reduced": self = .reduced
    case "未同定", "外字未同定", "unidentified": self = .unidentified
    default: return nil
    }
  }
}

/// One line of a city's gaiji table.
package struct GaijiEntry: Hashable, Sendable {
  /// The code as it is in the file, for example 0x80A1.
  package let code: Int
  /// The character, or 0 when the code is 未同定.
  package let scalar: UInt32
  /// A combining mark or variation selector after it, or 0.
  package let second: UInt32
  package let standing: GaijiStanding
  /// The set's own character that the entry replaces, or 0.
  package let replaces: UInt32
  /// The line of the table's text, from 1.
  package let line: Int
}

/// A city's user-defined codes (外字): the character of each, and the certainty about it.
///
/// Read from CSV text with a header that names at least `code`, `unicode` and `class`; other columns are free:
///
/// ```
/// code,unicode,class,remark
/// 80A1,U+9089,一致,渡邉
/// 80A2,U+8FBB U+E0102,字形差,辻 with two dots
/// 80A3,,未同定,
/// ```
///
/// A line for a code that already has a character in the set names that character in a column `replaces` (`U+3042`):
/// one wrong digit would otherwise change every あ.
package struct GaijiTable: Sendable {
  package let entries: [GaijiEntry]

  /// A problem with a line of the table.
  package enum Problem: Hashable, Sendable {
    case missingColumn(String)
    case badCode(line: Int)
    case badUnicode(line: Int)
    case badClass(line: Int)
    case codeTwice(line: Int)
    /// Two codes cannot both be the very same character (一致).
    case sameTwice(line: Int, as: Int)
    case unclosedQuote(line: Int)
  }

  /// All problems of a table, in order of lines (from 1).
  package struct Problems: Error, Hashable { package let all: [Problem] }

  /// Throws every problem of the text at once; a text with a problem is not used at all.
  package init(csv: String) throws(Problems) {
    var problems: [Problem] = []
    let lines = csvLines(csv) { problems.append(.unclosedQuote(line: $0)) }
    let header = (lines.first?.fields ?? []).map { $0.lowercased() }
    var columns: [Int] = []
    for name in ["code", "unicode", "class"] {
      if let column = header.firstIndex(of: name) {
        columns.append(column)
      } else {
        problems.append(.missingColumn(name))
      }
    }
    guard columns.count == 3 else { throw Problems(all: problems) }
    let replaces = header.firstIndex(of: "replaces")
    var entries: [GaijiEntry] = []
    var seen = Set<Int>()
    for line in lines.dropFirst() where line.fields != [""] {
      func field(_ index: Int) -> String { index < line.fields.count ? line.fields[index] : "" }
      guard let code = Int(field(columns[0]), radix: 16), (0x100...0xFFFF).contains(code) else {
        problems.append(.badCode(line: line.number))
        continue
      }
      if !seen.insert(code).inserted { problems.append(.codeTwice(line: line.number)) }
      guard let standing = GaijiStanding(word: field(columns[2])) else {
        problems.append(.badClass(line: line.number))
        continue
      }
      guard let scalars = Self.scalars(of: field(columns[1])), scalars.count <= 2,
        scalars.isEmpty == (standing == .unidentified)
      else {
        problems.append(.badUnicode(line: line.number))
        continue
      }
      let replaced = Self.scalars(of: replaces.map(field) ?? "")
      guard let replaced, replaced.count <= 1 else {
        problems.append(.badUnicode(line: line.number))
        continue
      }
      let entry = GaijiEntry(
        code: code, scalar: scalars.first ?? 0, second: scalars.count > 1 ? scalars[1] : 0, standing: standing,
        replaces: replaced.first ?? 0, line: line.number)
      let same = entries.first {
        $0.standing == .same && standing == .same && $0.scalar == entry.scalar && $0.second == entry.second
      }
      if let same, same.code != code { problems.append(.sameTwice(line: line.number, as: same.code)) }
      entries.append(entry)
    }
    guard problems.isEmpty else { throw Problems(all: problems) }
    self.entries = entries.sorted { $0.code < $1.code }
  }

  /// `U+9089`, `9089` or two of them with a space between; nil when it is neither that nor empty.
  private static func scalars(of text: String) -> [UInt32]? {
    var scalars: [UInt32] = []
    for word in text.split(separator: " ") {
      let digits = word.hasPrefix("U+") || word.hasPrefix("u+") ? word.dropFirst(2) : word
      // A terminal shows neither a control character nor U+FFFD.
      guard let value = UInt32(digits, radix: 16), value > 0x9F, value != 0xFFFD, Unicode.Scalar(value) != nil else {
        return nil
      }
      scalars.append(value)
    }
    return scalars
  }
}

/// The fields of each line of CSV, with quotes taken off and spaces trimmed; a byte-order mark is skipped.
private func csvLines(_ csv: String, unclosed: (Int) -> Void) -> [(number: Int, fields: [String])] {
  var lines: [(number: Int, fields: [String])] = []
  var fields: [String] = []
  var field: [UInt8] = []
  var number = 1
  var first = 1
  var quoted = false
  func endField() {
    let text = field.drop { $0 == 0x20 }
    let end = text.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? text.startIndex
    fields.append(String(decoding: text[..<end], as: UTF8.self))
    field.removeAll()
  }
  func endLine() {
    endField()
    lines.append((first, fields))
    fields.removeAll()
  }
  let bytes = Array(csv.utf8)
  var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    if byte == 0x0A { number += 1 }
    if quoted {
      if byte != UInt8(ascii: "\"") {
        field.append(byte)
      } else if index < bytes.count, bytes[index] == byte {
        field.append(byte)
        index += 1
      } else {
        quoted = false
      }
      continue
    }
    switch byte {
    case UInt8(ascii: "\""): quoted = true
    case UInt8(ascii: ","): endField()
    case 0x0D: break
    case 0x0A:
      endLine()
      first = number
    default: field.append(byte)
    }
  }
  if quoted { unclosed(first) }
  if !field.isEmpty || !fields.isEmpty { endLine() }
  return lines
}
