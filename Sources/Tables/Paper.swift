import Base

/// 報告書: the content of a paper, in one language, independent of its look. A paper is made by one file of `Papers/`; the
/// writers (HTML, Markdown, JSON, workbook, JUnit) know no paper.
package struct Paper: Sendable {
  /// A line of the head about the paper's subject.
  package struct Fact: Sendable {
    /// The machine name, never translated.
    package let key: String
    package let name: String
    package let value: Cell

    package init(key: String, name: String, value: Cell) {
      self.key = key
      self.name = name
      self.value = value
    }

    /// A line that only people read.
    package init(_ name: String, _ value: Cell) { self.init(key: "", name: name, value: value) }
  }

  package struct Section: Sendable {
    package let title: String
    /// Whether it begins on a new sheet when it is printed.
    package let startsPage: Bool
    package let blocks: [Block]

    package init(_ title: String, startsPage: Bool = false, _ blocks: [Block]) {
      self.title = title
      self.startsPage = startsPage
      self.blocks = blocks
    }
  }

  package enum Block: Sendable {
    /// 判定, with a traffic light: the word and its meaning.
    case light(Tone, word: String, meaning: String)
    case heading(String)
    case paragraph(String, Tone)
    case figures([Figure])
    /// Names and values below each other.
    case facts([Fact])
    /// Names and sentences below each other, in the full width.
    case sentences([Fact])
    case table(Table)
    case chart(PaperChart)
    /// Boxes for names and seals (印), to be filled in by hand.
    case seals([String])

    package static func paragraph(_ text: String) -> Block { .paragraph(text, .plain) }
  }

  /// A number that readers look for first.
  package struct Figure: Sendable {
    package let key: String
    package let name: String
    package let value: Cell

    package init(_ key: String, _ name: String, _ value: Cell) {
      self.key = key
      self.name = name
      self.value = value
    }
  }

  /// The name in the catalogue.
  package let name: String
  package let title: String
  /// The readers of the paper.
  package let readers: String
  package let language: Language
  /// 取扱注意: only for the heads of the sections concerned.
  package let isRestricted: Bool
  /// Whether each page is small enough to be printed densely on one sheet.
  package let isDense: Bool
  /// Whether it begins with its contents (目次).
  package let hasContents: Bool
  package let facts: [Fact]
  package let sections: [Section]
  /// The head of the ledger, for the foot of every sheet.
  package let foot: String
  /// The place of the complete lists that the paper shortens.
  package let whole: String

  package init(
    name: String, title: String, readers: String, language: Language, isRestricted: Bool, isDense: Bool,
    hasContents: Bool = false, facts: [Fact], sections: [Section], foot: String, whole: String
  ) {
    self.name = name
    self.title = title
    self.readers = readers
    self.language = language
    self.isRestricted = isRestricted
    self.isDense = isDense
    self.hasContents = hasContents
    self.facts = facts
    self.sections = sections
    self.foot = foot
    self.whole = whole
  }

  /// The table whose sheet is the first of a workbook, since it leads to others; `nil` for the paper's text.
  package var front: Table? { tables.first { $0.leads != nil } }

  /// All tables, in their order.
  package var tables: [Table] {
    sections.flatMap { section in
      section.blocks.compactMap { block in if case .table(let table) = block { table } else { nil } }
    }
  }

  /// Whether a table is longer than the page shows.
  package var isCut: Bool { tables.contains { $0.rows.count > $0.limit || $0.whole != nil } }
}

/// A rating. It is never expressed by colour alone.
package enum Tone: String, Sendable {
  case plain, good, bad, warn
  /// Not measured, or not decidable.
  case unknown
}
