import Foundation

/// Expressions that could give a column's values, found by looking at texts of both sides in some rows. Each is tried on
/// all kept rows afterwards: this only keeps from trying everything.
struct Candidates {
  /// An item and its values in the rows.
  struct Item {
    let name: String
    let isText: Bool
    let values: [String?]
  }

  /// What a column holds.
  enum Form { case text, date, number }

  private let items: [Item]
  /// Names of the code tables.
  private let codes: [String]

  init(_ items: [Item], codes: [String]) {
    self.items = items
    self.codes = codes
  }

  /// A share of rows that agree below which a guess is not worth a try.
  private static let least = 0.5
  private static let most = 12

  /// - Parameters:
  ///   - values: of the column, row by row; `nil` for null.
  ///   - occurrences: the number of the occurrence of each row, from 1; empty where a record makes one row.
  /// - Returns: expressions as the definitions write them, the likeliest first; a constant, which says least, last.
  func expressions(for values: [String?], _ form: Form, occurrences: [Int] = []) -> [String] {
    guard !values.isEmpty else { return [] }
    let isText = form == .text
    var found: [(share: Double, rank: Int, text: String)] = []
    if Set(values).count == 1 { found.append((1, 9, Self.literal(values[0], form))) }
    if !occurrences.isEmpty, form == .number {
      let agreed = zip(values, occurrences).count { $0 == String($1) }
      found.append((Double(agreed) / Double(values.count), 1, "occurrence()"))
    }
    func note(_ share: Double, _ rank: Int, _ text: String) {
      if share >= Self.least { found.append((share, rank, text)) }
    }
    for item in items {
      let name = item.name
      note(share(values, item.values) { $0 == $1 }, 0, name)
      if isText, item.isText, let (text, share) = Self.replaced(values, item.values, name) { note(share, 2, text) }
      if isText, item.isText {
        let filled = zip(values, item.values).count { $0 == $1 ?? "" }
        if filled > zip(values, item.values).count(where: { $0 == $1 }) {
          note(Double(filled) / Double(values.count), 2, "coalesce(\(name), '')")
        }
      }
      if let (empty, share) = Self.emptied(values, item.values) {
        note(share, 2, "if(\(name) = \(Self.literal(empty, item.isText ? .text : .number)), null, \(name))")
      }
      if isText, item.isText, let pieces = Self.pieces(values, item.values, name) { note(pieces.share, 4, pieces.text) }
      if item.isText {
        note(share(values, item.values) { $0 == Self.trimmed($1) }, 1, "trim(\(name))")
        if isText {
          let folded = share(values, item.values) { Self.folded($0) == Self.folded($1) }
          for function in ["wide", "narrow", "katakana", "hiragana"] { note(folded, 2, "\(function)(\(name))") }
          for function in ["wide", "narrow"] { note(folded, 3, "\(function)(trim(\(name)))") }
        }
      }
      let unzeroed = share(values, item.values) { Self.unzeroed($0) == Self.unzeroed($1) }
      if isText {
        if let width = Self.width(values) {
          note(unzeroed, 2, "digits(\(item.isText ? "number(\(name))" : name), \(width))")
        }
      } else if item.isText {
        note(unzeroed, 2, "number(\(name))")
      }
      if isText, item.isText, let (from, count) = slice(values, item.values) {
        note(share(values, item.values) { Self.slice($1, from, count) == $0 }, 4, "slice(\(name), \(from), \(count))")
      }
      if isFunction(values, of: item.values) {
        for table in codes { found.append((Self.least, 3, "code('\(table)', \(name))")) }
      }
    }
    if isText { found += concatenations(values).map { ($0.share, 5, $0.text) } }
    var seen: Set<String> = []
    return found.sorted { ($1.share, $0.rank, $0.text) < ($0.share, $1.rank, $1.text) }.map(\.text)
      .filter { seen.insert($0).inserted }.prefix(Self.most + codes.count).map(\.self)
  }

  private static func literal(_ value: String?, _ form: Form) -> String {
    guard let value else { return "null" }
    switch form {
    case .text: return "'\(value.replacing("'", with: "''"))'"
    case .date: return "date('\(value)')"
    case .number: return value
    }
  }

  /// The one value of the item that stands for null, and the share of rows that agree with that.
  private static func emptied(_ values: [String?], _ texts: [String?]) -> (empty: String, share: Double)? {
    guard let first = values.firstIndex(of: nil), let empty = texts[first] else { return nil }
    var agreed = 0
    for (value, text) in zip(values, texts) where text == empty ? value == nil : value == text { agreed += 1 }
    return (empty, Double(agreed) / Double(values.count))
  }

  /// The item with up to three characters that always stand for another one: − for －.
  private static func replaced(
    _ values: [String?], _ texts: [String?], _ name: String
  ) -> (text: String, share: Double)? {
    var pairs: [Character: [Character: Int]] = [:]
    for case (let value?, let text?) in zip(values, texts)
    where value != text && value.count == text.count && ValueDifference.plain(value) == ValueDifference.plain(text) {
      for (mine, theirs) in zip(value, text) where mine != theirs { pairs[theirs, default: [:]][mine, default: 0] += 1 }
    }
    guard !pairs.isEmpty, pairs.count <= 3 else { return nil }
    let changes = pairs.compactMapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
    let order = changes.sorted { $0.key < $1.key }
    let agreed = zip(values, texts).count { value, text in value == text.map { String($0.map { changes[$0] ?? $0 }) } }
    let text = order.reduce(name) { text, change in
      "replace(\(text), \(literal(String(change.key), .text)), \(literal(String(change.value), .text)))"
    }
    return (text, Double(agreed) / Double(values.count))
  }

  /// The item's characters with others between them at fixed places, as in `12:30:00` of `123000`.
  private static func pieces(
    _ values: [String?], _ texts: [String?], _ name: String
  ) -> (text: String, share: Double)? {
    guard
      let sample = values.indices.first(where: {
        guard let value = values[$0], let text = texts[$0] else { return false }
        return text.count > 1 && value.count > text.count && value.count < 2 * text.count
      }), let value = values[sample], let text = texts[sample]
    else { return nil }
    // The places of the column's text: of the item's character, or a character of its own.
    var parts: [(from: Int, count: Int, own: String)] = []
    var next = text.startIndex
    for character in value {
      if next < text.endIndex, text[next] == character {
        let place = text.distance(from: text.startIndex, to: next) + 1
        if let last = parts.last, last.own.isEmpty {
          parts[parts.count - 1].count += 1
        } else {
          parts.append((place, 1, ""))
        }
        next = text.index(after: next)
      } else if let last = parts.last, !last.own.isEmpty {
        parts[parts.count - 1].own.append(character)
      } else {
        parts.append((0, 0, String(character)))
      }
    }
    guard next == text.endIndex, parts.count > 2 else { return nil }
    func made(_ text: String) -> String {
      parts.map { $0.own.isEmpty ? slice(text, $0.from, $0.count) : $0.own }.joined()
    }
    let agreed = zip(values, texts).count { value, text in
      guard let value, let text else { return value == nil && text == nil }
      return made(text) == value
    }
    let written = parts.map { $0.own.isEmpty ? "slice(\(name), \($0.from), \($0.count))" : literal($0.own, .text) }
    return ("concat(\(written.joined(separator: ", ")))", Double(agreed) / Double(values.count))
  }

  private func share(_ left: [String?], _ right: [String?], _ agree: (String, String) -> Bool) -> Double {
    var count = 0
    for (mine, theirs) in zip(left, right) {
      switch (mine, theirs) {
      case (nil, nil): count += 1
      case (let mine?, let theirs?): if agree(mine, theirs) { count += 1 }
      default: break
      }
    }
    return Double(count) / Double(max(1, left.count))
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last == " " || last == "　" { text.removeLast() }
    while let first = text.first, first == " " || first == "　" { text.removeFirst() }
    return String(text)
  }

  /// Without differences of width and of the two kana, to see whether a function of these could help.
  private static func folded(_ text: String) -> String { text.foldedForms }

  static func unzeroed(_ text: String) -> String {
    let rest = text.drop { $0 == "0" }
    return rest.isEmpty && !text.isEmpty ? "0" : String(rest)
  }

  /// The one width of all texts that are digits.
  private static func width(_ values: [String?]) -> Int? {
    let widths = Set(values.compactMap(\.self).map(\.count))
    guard widths.count == 1, let width = widths.first, width > 0,
      values.allSatisfy({ $0?.allSatisfy { $0.isASCII && $0.isNumber } ?? true })
    else { return nil }
    return width
  }

  /// Where the column's texts stand within the item's.
  private func slice(_ values: [String?], _ texts: [String?]) -> (from: Int, count: Int)? {
    for (value, text) in zip(values, texts) {
      guard let value, let text, !value.isEmpty, value.count < text.count else { continue }
      let (piece, whole) = (Array(value), Array(text))
      for start in 0...(whole.count - piece.count) where whole[start..<start + piece.count].elementsEqual(piece) {
        return (start + 1, piece.count)
      }
      return nil
    }
    return nil
  }

  private static func slice(_ text: String, _ from: Int, _ count: Int) -> String {
    String(text.dropFirst(from - 1).prefix(count))
  }

  /// Whether few values of the item each stand for one value of the column.
  private func isFunction(_ values: [String?], of texts: [String?]) -> Bool {
    var known: [String: [String: Int]] = [:]
    for (value, text) in zip(values, texts) { known[text ?? "–", default: [:]][value ?? "–", default: 0] += 1 }
    guard known.count > 1, known.count <= 64 else { return false }
    let agreed = known.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
    return Double(agreed) >= 0.95 * Double(values.count)
  }

  /// Two items one after the other, with a text between them.
  private func concatenations(_ values: [String?]) -> [(share: Double, text: String)] {
    var found: [(Double, String)] = []
    guard let sample = values.indices.first(where: { values[$0]?.count ?? 0 > 2 }), let whole = values[sample] else {
      return []
    }
    for first in items where first.isText {
      guard let head = first.values[sample], !head.isEmpty, whole.hasPrefix(head), head.count < whole.count else {
        continue
      }
      for second in items where second.isText && second.name != first.name {
        guard let tail = second.values[sample], !tail.isEmpty, whole.hasSuffix(tail),
          head.count + tail.count <= whole.count
        else { continue }
        let between = String(whole.dropFirst(head.count).dropLast(tail.count))
        guard between.count < 4 else { continue }
        let agreed = values.indices.count {
          guard let head = first.values[$0], let tail = second.values[$0] else { return false }
          return values[$0] == head + between + tail
        }
        let start = between.isEmpty ? first.name : "concat(\(first.name), \(Self.literal(between, .text)))"
        found.append((Double(agreed) / Double(values.count), "concat(\(start), \(second.name))"))
      }
    }
    return found.filter { $0.0 >= Self.least }
  }
}

extension String {
  /// Compatibility characters as what they stand for, kana as katakana: equal when a function of widths or kana could make them so.
  fileprivate var foldedForms: String {
    ValueDifference.katakana(decomposedStringWithCompatibilityMapping)
  }
}
