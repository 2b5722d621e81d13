import Base

/// A list of subjects of one kind (一覧): every field described once, for programs (JSON) and for people (a ``Table``).
/// Commands, pages and papers choose columns of it.
package struct Listing<Subject>: Sendable {
  /// A field of the list.
  package struct Field: Sendable {
    /// Name in JSON, in snake_case; never translated.
    package let key: String
    /// Title of its column; `nil` for a field that only programs read.
    package let title: Bilingual?
    package let form: Table.Column.Form
    /// The value in JSON; `nil` leaves the name out. A field that only people read has none.
    package let value: (@Sendable (Subject, Words) -> JSONValue?)?
    /// The cell in a table.
    package let cell: (@Sendable (Subject, Words) -> Cell)?

    package init(
      _ key: String, _ title: Bilingual?, _ form: Table.Column.Form = .text,
      value: (@Sendable (Subject, Words) -> JSONValue?)?, cell: (@Sendable (Subject, Words) -> Cell)?
    ) {
      self.key = key
      self.title = title
      self.form = form
      self.value = value
      self.cell = cell
    }

    /// A text that is the same for programs and people; people see `none` where it is empty.
    package static func text(
      _ key: String, _ ja: String, _ en: String, _ form: Table.Column.Form = .text, none: String = "",
      _ text: @escaping @Sendable (Subject) -> String
    ) -> Field {
      Field(
        key, Bilingual(ja, en), form, value: { subject, _ in .text(text(subject)) },
        cell: { subject, _ in .text(text(subject).isEmpty ? none : text(subject)) })
    }

    /// A text in the language of the reader, for programs too.
    package static func bilingual(
      _ key: String, _ ja: String, _ en: String, _ text: @escaping @Sendable (Subject) -> Bilingual
    ) -> Field {
      Field(
        key, Bilingual(ja, en), value: { subject, words in .text(words(text(subject))) },
        cell: { subject, words in .text(words(text(subject))) })
    }

    /// A value of programs, and what people see of it.
    package static func shown(
      _ key: String, _ ja: String, _ en: String, _ form: Table.Column.Form = .text,
      value: @escaping @Sendable (Subject) -> JSONValue?, cell: @escaping @Sendable (Subject, Words) -> Cell
    ) -> Field {
      Field(key, Bilingual(ja, en), form, value: { subject, _ in value(subject) }, cell: cell)
    }

    /// Several texts.
    package static func texts(
      _ key: String, _ ja: String, _ en: String, _ texts: @escaping @Sendable (Subject) -> [String]
    ) -> Field {
      .shown(
        key, ja, en, value: { .texts(texts($0)) }, cell: { subject, _ in .text(texts(subject).joined(separator: ", ")) }
      )
    }

    /// A number that is the same for programs and people.
    package static func number(
      _ key: String, _ ja: String, _ en: String, _ number: @escaping @Sendable (Subject) -> Int
    ) -> Field {
      Field(
        key, Bilingual(ja, en), .number, value: { subject, _ in .integer(number(subject)) },
        cell: { subject, _ in .text(String(number(subject))) })
    }

    /// An amount or a count, which people see with separators.
    package static func amount(
      _ key: String, _ ja: String, _ en: String, _ amount: @escaping @Sendable (Subject) -> Int
    ) -> Field {
      .shown(key, ja, en, .number, value: { .integer(amount($0)) }, cell: { subject, _ in .number(amount(subject)) })
    }

    /// A word of a fixed set: its code for programs, its name for people; a mark, where it has a tone.
    package static func word(
      _ key: String, _ ja: String, _ en: String, _ form: Table.Column.Form = .text,
      code: @escaping @Sendable (Subject) -> String, name: @escaping @Sendable (Subject) -> Bilingual,
      tone: (@Sendable (Subject) -> Tone)? = nil
    ) -> Field {
      Field(
        key, Bilingual(ja, en), tone == nil ? form : .mark, value: { subject, _ in .text(code(subject)) },
        cell: { subject, words in
          let name = words(name(subject))
          return tone.map { .mark(name, $0(subject)) } ?? .text(name)
        })
    }

    /// Yes or no: a boolean for programs, a word for people.
    package static func flag(
      _ key: String, _ ja: String, _ en: String, yes: Bilingual, no: Bilingual,
      _ flag: @escaping @Sendable (Subject) -> Bool
    ) -> Field {
      Field(
        key, Bilingual(ja, en), value: { subject, _ in .boolean(flag(subject)) },
        cell: { subject, words in .text(words(flag(subject) ? yes : no)) })
    }

    /// A field that only programs read.
    package static func data(_ key: String, _ value: @escaping @Sendable (Subject) -> JSONValue?) -> Field {
      Field(key, nil, value: { subject, _ in value(subject) }, cell: nil)
    }

    /// A column that only people read.
    package static func cell(
      _ ja: String, _ en: String, _ form: Table.Column.Form = .text, key: String = "",
      _ cell: @escaping @Sendable (Subject, Words) -> Cell
    ) -> Field {
      Field(key, Bilingual(ja, en), form, value: nil, cell: cell)
    }
  }

  /// A field as a column of a view: its key, and how the view shows it.
  package struct Choice: ExpressibleByStringLiteral, Sendable {
    fileprivate let key: String
    fileprivate let column: String?
    fileprivate let title: String?
    fileprivate let lines: Int?
    fileprivate let width: Int?
    fileprivate let isHead: Bool

    /// - Parameters:
    ///   - column: another key of the column than that of the field.
    ///   - title: another title of the column.
    package init(
      _ key: String, key column: String? = nil, as title: String? = nil, lines: Int? = nil, width: Int? = nil,
      head: Bool = false
    ) {
      (self.key, self.column, self.title, self.lines, self.width) = (key, column, title, lines, width)
      isHead = head
    }

    package init(stringLiteral key: String) { self.init(key) }
  }

  package let name: String
  package let title: Bilingual
  /// In the order of the columns.
  package let fields: [Field]
  /// The rows of a table below that of a subject, for its parts.
  package let below: (@Sendable (Subject, Words) -> [[Cell]])?
  /// The last row of a table, which is no subject's.
  package let total: (@Sendable (Words) -> [Cell])?
  /// The keys of the columns of a terminal, when it does not show all.
  package let terminal: [String]?

  package init(
    _ name: String, _ title: Bilingual, _ fields: [Field],
    below: (@Sendable (Subject, Words) -> [[Cell]])? = nil, total: (@Sendable (Words) -> [Cell])? = nil,
    terminal: [String]? = nil
  ) {
    self.name = name
    self.title = title
    self.fields = fields
    self.below = below
    self.total = total
    self.terminal = terminal
  }

  /// The same list with a field more.
  package func adding(_ field: Field) -> Listing { Listing(name, title, fields + [field]) }

  /// A table of chosen columns, for a page or a paper.
  ///
  /// - Parameters:
  ///   - choices: columns from left to right; a key that no field has is none.
  ///   - link: the address that the cells of head columns lead to.
  package func table(
    _ subjects: some Sequence<Subject>, _ words: Words, _ choices: [Choice], key: String? = nil, title: String? = nil,
    limit: Int = 200, none: String = "", judges: String? = nil, tone: (Subject) -> Tone = { _ in .plain },
    link: (Subject) -> String? = { _ in nil }
  ) -> Table {
    let columns = choices.compactMap { choice in
      fields.first { $0.key == choice.key && $0.cell != nil }.map { (field: $0, choice: choice) }
    }
    return Table(
      key ?? name, title ?? words(self.title),
      columns.map { field, choice in
        .init(
          choice.column ?? field.key, choice.title ?? field.title.map { words($0) } ?? "", field.form,
          lines: choice.lines,
          width: choice.width,
          head: choice.isHead)
      },
      subjects.map { subject in
        let address = link(subject)
        return Table.Row(
          columns.map { field, choice in
            let cell = field.cell?(subject, words) ?? .empty
            return address.flatMap { choice.isHead ? .link(cell, to: $0) : nil } ?? cell
          }, tone: tone(subject))
      }, limit: limit, none: none, judges: judges)
  }

  /// The table of a terminal.
  package func table(_ subjects: some Sequence<Subject>, _ words: Words) -> Table {
    let columns = fields.filter { $0.cell != nil && terminal?.contains($0.key) != false }
    var rows: [Table.Row] = []
    for subject in subjects {
      rows.append(.init(columns.map { $0.cell?(subject, words) ?? .empty }))
      rows += below?(subject, words).map { .init($0) } ?? []
    }
    if let total, !rows.isEmpty { rows.append(.init(total(words), total: true)) }
    return Table(
      name, words(title), columns.map { .init($0.key, $0.title.map { words($0) } ?? "", $0.form) }, rows, limit: .max)
  }

  /// Chosen fields of one subject, below each other; without those that have no value.
  package func facts(_ subject: Subject, _ words: Words, _ keys: [String]) -> [Paper.Fact] {
    keys.compactMap { key in
      guard let field = fields.first(where: { $0.key == key && $0.cell != nil }), let title = field.title,
        let cell = field.cell?(subject, words), !words.text(cell).isEmpty
      else { return nil }
      return Paper.Fact(key: key, name: words(title), value: cell)
    }
  }

  /// The objects that programs read, one for each subject.
  package func json(_ subjects: some Sequence<Subject>, _ words: Words) -> JSONValue {
    .list(subjects.map { json(of: $0, words) })
  }

  /// The object of one subject.
  package func json(of subject: Subject, _ words: Words) -> JSONValue {
    var object: [String: JSONValue] = [:]
    for field in fields { if let value = field.value?(subject, words) { object[field.key] = value } }
    return .object(object)
  }
}
