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

  /// - Parameter values: of the column, row by row; `nil` for null.
  /// - Returns: expressions as the definitions write them, the likeliest first.
  func expressions(for values: [String?], isText: Bool) -> [String] {
    guard !values.isEmpty else { return [] }
    let distinct = Set(values)
    if distinct.count == 1 { return [Self.literal(values[0], isText)] }
    var found: [(share: Double, rank: Int, text: String)] = []
    func note(_ share: Double, _ rank: Int, _ text: String) {
      if share >= Self.least { found.append((share, rank, text)) }
    }
    for item in items {
      let name = item.name
      note(share(values, item.values) { $0 == $1 }, 0, name)
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

  private static func literal(_ value: String?, _ isText: Bool) -> String {
    guard let value else { return "null" }
    return isText ? "'\(value.replacing("'", with: "''"))'" : value
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

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last == " " || last == "　" { text.removeLast() }
    while let first = text.first, first == " " || first == "　" { text.removeFirst() }
    return String(text)
  }

  /// Without differences of width and of the two kana, to see whether a function of these could help.
  private static func folded(_ text: String) -> String { text.foldedForms }

  private static func unzeroed(_ text: String) -> String {
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
        let start = between.isEmpty ? first.name : "concat(\(first.name), \(Self.literal(between, true)))"
        found.append((Double(agreed) / Double(values.count), "concat(\(start), \(second.name))"))
      }
    }
    return found.filter { $0.0 >= Self.least }
  }
}

extension String {
  /// Compatibility characters as what they stand for, kana as katakana: equal when a function of widths or kana could make them so.
  fileprivate var foldedForms: String {
    String(
      String.UnicodeScalarView(
        decomposedStringWithCompatibilityMapping.unicodeScalars.map { scalar in
          (0x3041...0x3096).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0x60) ?? scalar : scalar
        }))
  }
}
