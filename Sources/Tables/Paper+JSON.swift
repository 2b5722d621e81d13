import Foundation

extension Paper: Encodable {
  private enum Key: String, CodingKey {
    case paper, title, readers, language, restricted, facts, sections, ledger
    case name, value, tone, word, meaning, paragraphs, figures, tables, charts, lights
  }

  /// Keys are those of the paper's parts and are never translated; an unknown value is `null`.
  ///
  /// - Throws: the errors of the encoder.
  package func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encode(name, forKey: .paper)
    try all.encode(title, forKey: .title)
    try all.encode(readers, forKey: .readers)
    try all.encode(language, forKey: .language)
    try all.encode(isRestricted, forKey: .restricted)
    try all.encode(foot, forKey: .ledger)
    try all.encode(Fields(facts.map { ($0.key, .cell($0.value)) }), forKey: .facts)
    var list = all.nestedUnkeyedContainer(forKey: .sections)
    for section in sections {
      var fields = list.nestedContainer(keyedBy: Key.self)
      try fields.encode(section.title, forKey: .title)
      var (texts, figures, tables, charts, lights, lists):
        ([String], [(String, Value)], [Table], [[String: String]], [Fields], [Fields]) =
          ([], [], [], [], [], [])
      for block in section.blocks {
        switch block {
        case .heading(let text), .paragraph(let text, _): texts.append(text)
        case .figures(let some): figures += some.map { ($0.key, .cell($0.value)) }
        case .facts(let some), .sentences(let some): lists.append(Fields(some.map { ($0.key, .cell($0.value)) }))
        case .table(let table): tables.append(table)
        case .chart(let chart): charts.append(["title": chart.title, "text": chart.alternative])
        case .light(let tone, let word, let meaning):
          lights.append(Fields([("tone", .text(tone.rawValue)), ("word", .text(word)), ("meaning", .text(meaning))]))
        case .seals: break
        }
      }
      if !lights.isEmpty { try fields.encode(lights, forKey: .lights) }
      if !texts.isEmpty { try fields.encode(texts, forKey: .paragraphs) }
      if !figures.isEmpty { try fields.encode(Fields(figures), forKey: .figures) }
      if !lists.isEmpty { try fields.encode(lists, forKey: .facts) }
      if !tables.isEmpty { try fields.encode(tables, forKey: .tables) }
      if !charts.isEmpty { try fields.encode(charts, forKey: .charts) }
    }
  }

  package enum Value: Encodable {
    case text(String)
    case cell(Cell)

    package func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let text):
        var one = encoder.singleValueContainer()
        try one.encode(text)
      case .cell(let cell): try cell.encode(to: encoder)
      }
    }
  }

  /// An object whose names are known only during writing.
  package struct Fields: Encodable {
    private let fields: [(String, Value)]

    package init(_ fields: [(String, Value)]) { self.fields = fields }

    private struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { return nil }
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Name.self)
      for (name, value) in fields { try container.encode(value, forKey: Name(stringValue: name)) }
    }
  }
}

extension Table: Encodable {
  private enum Key: String, CodingKey { case name, title, rows, columns }

  package func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encode(key, forKey: .name)
    try all.encode(title, forKey: .title)
    let shown = columns.indices.filter { columns[$0].form != .blank }
    try all.encode(
      Paper.Fields(shown.map { (columns[$0].key, .text(columns[$0].title)) }), forKey: .columns)
    try all.encode(
      rows.filter { !$0.isTotal }.map { row in
        Paper.Fields(shown.map { (columns[$0].key, .cell($0 < row.cells.count ? row.cells[$0] : .empty)) })
      }, forKey: .rows)
  }
}

extension Cell: Encodable {
  private enum Key: String, CodingKey { case expected, actual, difference }

  package func encode(to encoder: any Encoder) throws {
    if case .pair(let expected, let actual) = self {
      var pair = encoder.container(keyedBy: Key.self)
      try pair.encode(expected, forKey: .expected)
      try pair.encode(actual, forKey: .actual)
      try pair.encode(actual - expected, forKey: .difference)
      return
    }
    var one = encoder.singleValueContainer()
    switch self {
    case .empty, .unknown, .pair, .pick: try one.encodeNil()
    case .text(let text), .changed(let text), .mark(let text, _), .code(let text), .date(let text), .late(let text),
      .moment(let text),
      .soft(let text):
      try one.encode(text)
    case .link(let cell, _): try one.encode(cell)
    case .several(let cells, _): try one.encode(cells)
    case .number(let number): try one.encode(number)
    case .decimal(let digits):
      if let value = Decimal(string: digits) { try one.encode(value) } else { try one.encode(digits) }
    }
  }
}
