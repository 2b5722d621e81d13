import Evidence

/// Copybook text to layout.
///
/// Supported: levels 01–49, 66 (skipped), 77, 88; REDEFINES; OCCURS n; PICTURE; USAGE, inherited from groups; SIGN;
/// JUSTIFIED; BLANK WHEN ZERO; VALUE. What is not understood is refused with line and column.
package struct CopybookParser {
  private var tokens: [CopybookLexer.Token]
  private var index = 0
  private let file: String

  /// - Throws: the first thing that is wrong, as a `copybook.…` diagnostic with line and column.
  package static func layout(of text: String, file: String) throws(Diagnostic) -> Layout {
    var parser = CopybookParser(tokens: try CopybookLexer.tokens(of: text, file: file), file: file)
    let entries = try parser.entries()
    guard !entries.isEmpty else {
      throw Diagnostic(.copybookSyntax, at: Place(file: file, line: 1, column: 1), "", "a data description entry")
    }
    var rest = entries[...]
    var root = try parser.tree(&rest, below: 0, inherited: .display)
    if root.count > 1 || root[0].picture != nil {
      var record = DataItem(level: 0, name: "RECORD", place: entries[0].place)
      record.children = root
      root = [record]
    }
    _ = try parser.measure(&root[0], at: 0)
    return Layout(file: file, root: root[0])
  }

  private init(tokens: [CopybookLexer.Token], file: String) {
    self.tokens = tokens
    self.file = file
  }

  // MARK: entries

  private var peek: CopybookLexer.Token? { index < tokens.count ? tokens[index] : nil }

  private mutating func next(_ expected: String) throws(Diagnostic) -> CopybookLexer.Token {
    guard let token = peek, token.kind != .stop else { throw wrong(expected) }
    index += 1
    return token
  }

  private func wrong(_ expected: String) -> Diagnostic {
    let last = tokens.last?.place ?? Place(file: file, line: 1, column: 1)
    return Diagnostic(.copybookSyntax, at: peek?.place ?? last, peek?.text ?? "end of text", expected)
  }

  private mutating func skip(_ words: String...) {
    while let token = peek, token.kind == .word, words.contains(token.text.uppercased()) { index += 1 }
  }

  private mutating func entries() throws(Diagnostic) -> [DataItem] {
    var items: [DataItem] = []
    while peek != nil {
      let token = try next("a level number")
      guard let level = Int(token.text), (1...49).contains(level) || [66, 77, 88].contains(level) else {
        index -= 1
        throw wrong("a level number (01–49, 66, 77, 88)")
      }
      if level == 66 {
        while let token = peek, token.kind != .stop { index += 1 }
        index += 1
        continue
      }
      if level == 88 {
        let condition = try condition()
        guard !items.isEmpty else { throw wrong("an item before level 88") }
        items[items.count - 1].conditions.append(condition)
        continue
      }
      items.append(try entry(level == 77 ? 1 : level, token.place))
    }
    return items
  }

  private mutating func condition() throws(Diagnostic) -> DataItem.Condition {
    let name = try next("a condition-name").text
    var values: [String] = []
    while let token = peek, token.kind != .stop {
      if token.kind == .literal || !["VALUE", "VALUES", "IS", "ARE"].contains(token.text.uppercased()) {
        values.append(token.text)
      }
      index += 1
    }
    try stop()
    return DataItem.Condition(name: name, values: values)
  }

  private mutating func stop() throws(Diagnostic) {
    guard peek?.kind == .stop else { throw wrong("a full stop") }
    index += 1
  }

  private static let clauses: Set<String> = [
    "PIC", "PICTURE", "REDEFINES", "OCCURS", "USAGE", "SIGN", "JUST", "JUSTIFIED", "BLANK", "VALUE", "COMP", "COMP-1",
    "COMP-2", "COMP-3", "COMP-4", "COMP-5", "BINARY", "DISPLAY", "PACKED-DECIMAL", "COMPUTATIONAL", "COMPUTATIONAL-3",
    "COMPUTATIONAL-4", "COMPUTATIONAL-5", "NATIONAL", "SYNC", "SYNCHRONIZED", "LEADING", "TRAILING", "IS",
  ]

  private mutating func entry(_ level: Int, _ place: Place) throws(Diagnostic) -> DataItem {
    var name = "FILLER"
    if let token = peek, token.kind == .word, !Self.clauses.contains(token.text.uppercased()) {
      name = token.text.uppercased()
      guard name.allSatisfy({ $0.isLetter || $0.isNumber || "-_#@$".contains($0) || $0 == "ー" }) else {
        throw wrong("a data-name")
      }
      index += 1
    }
    var item = DataItem(level: level, name: name, place: place)
    var usage: Usage?
    while let token = peek, token.kind == .word {
      index += 1
      switch token.text.uppercased() {
      case "PIC", "PICTURE":
        skip("IS")
        let picture = try next("a picture")
        do { item.picture = try Picture.parse(picture.text) } catch {
          throw Diagnostic(.copybookPicture, at: picture.place, picture.text, error.expected)
        }
      case "REDEFINES": item.redefines = try next("a data-name").text.uppercased()
      case "OCCURS":
        let count = try next("a number of occurrences")
        guard let number = Int(count.text), number > 0 else {
          index -= 1
          throw wrong("a number of occurrences from 1")
        }
        item.occurs = number
        item.isTable = true
        skip("TIMES")
        if peek?.text.uppercased() == "TO" || peek?.text.uppercased() == "DEPENDING" {
          throw wrong("a fixed number of occurrences")
        }
        if peek?.text.uppercased() == "INDEXED" {
          index += 1
          skip("BY")
          while let word = peek, word.kind == .word, !Self.clauses.contains(word.text.uppercased()) { index += 1 }
        }
      case "USAGE":
        skip("IS")
        let word = try next("a usage")
        usage = try self.usage(word)
      case "SIGN", "LEADING", "TRAILING", "SEPARATE":
        index -= 1
        sign(&item)
      case "JUST", "JUSTIFIED":
        item.justifiedRight = true
        skip("RIGHT")
      case "BLANK":
        item.blankWhenZero = true
        skip("WHEN", "ZERO", "ZEROS", "ZEROES")
      case "VALUE":
        skip("IS")
        index += 1
      case "IS": break
      default: usage = try self.usage(token)
      }
    }
    try stop()
    if let usage { item.usage = usage }
    item.explicitUsage = usage
    return item
  }

  private mutating func sign(_ item: inout DataItem) {
    while let word = peek?.text.uppercased(), peek?.kind == .word,
      ["SIGN", "IS", "LEADING", "TRAILING", "SEPARATE", "CHARACTER"].contains(word)
    {
      if word == "LEADING" { item.sign.leading = true }
      if word == "SEPARATE" { item.sign.separate = true }
      index += 1
    }
  }

  private func usage(_ token: CopybookLexer.Token) throws(Diagnostic) -> Usage {
    switch token.text.uppercased() {
    case "DISPLAY": return .display
    case "COMP-3", "COMPUTATIONAL-3", "PACKED-DECIMAL": return .packed
    case "COMP", "COMP-4", "BINARY", "COMPUTATIONAL", "COMPUTATIONAL-4": return .binary
    case "COMP-5", "COMPUTATIONAL-5": return .nativeBinary
    case "COMP-1": return .float
    case "COMP-2": return .double
    case "NATIONAL": return .national
    default:
      throw Diagnostic(.copybookSyntax, at: token.place, token.text, "a clause (PIC, USAGE, OCCURS, REDEFINES …)")
    }
  }

  // MARK: tree and offsets

  private func tree(
    _ rest: inout ArraySlice<DataItem>, below level: Int, inherited: Usage
  ) throws(Diagnostic) -> [DataItem] {
    var items: [DataItem] = []
    while var item = rest.first, item.level > level {
      rest.removeFirst()
      if item.explicitUsage == nil { item.usage = inherited }
      if let deeper = rest.first, deeper.level > item.level {
        guard item.picture == nil else {
          throw Diagnostic(
            .copybookSyntax, at: deeper.place, "level \(deeper.level)", "no items below one with a picture")
        }
        item.children = try tree(&rest, below: item.level, inherited: item.usage)
      } else if item.picture == nil, item.usage != .float, item.usage != .double {
        throw Diagnostic(.copybookSyntax, at: item.place, item.name, "a picture or items below")
      }
      items.append(item)
    }
    return items
  }

  /// Sets offset and length of the item and all below it; returns the bytes it takes.
  private func measure(_ item: inout DataItem, at offset: Int) throws(Diagnostic) -> Int {
    item.offset = offset
    guard !item.children.isEmpty else {
      item.length = try elementaryLength(item)
      return item.totalLength
    }
    var end = offset
    for index in item.children.indices {
      var start = end
      if let target = item.children[index].redefines {
        guard let first = item.children[..<index].first(where: { $0.name == target }) else {
          throw Diagnostic(.copybookRedefines, at: item.children[index].place, item.children[index].name, target)
        }
        start = first.offset
      }
      let size = try measure(&item.children[index], at: start)
      end = max(end, start + size)
    }
    item.length = end - offset
    return item.totalLength
  }

  private func elementaryLength(_ item: DataItem) throws(Diagnostic) -> Int {
    if item.usage == .float { return 4 }
    if item.usage == .double { return 8 }
    guard let picture = item.picture else { return 0 }
    if picture.category == .national || item.usage == .national { return picture.count * 2 }
    guard picture.category == .numeric else {
      guard item.usage == .display else {
        throw Diagnostic(.copybookSyntax, at: item.place, item.usage.rawValue, "a numeric picture for this usage")
      }
      return picture.count
    }
    switch item.usage {
    case .packed: return picture.count / 2 + 1
    case .binary, .nativeBinary: return picture.count <= 4 ? 2 : picture.count <= 9 ? 4 : 8
    default: return picture.count + (item.sign.separate ? 1 : 0)
    }
  }
}
