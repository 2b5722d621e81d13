import Base

/// A list of subjects of one kind (一覧): every field described once, for programs (JSON) and for people (a ``Table``).
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

    /// A number that is the same for programs and people.
    package static func number(
      _ key: String, _ ja: String, _ en: String, _ number: @escaping @Sendable (Subject) -> Int
    ) -> Field {
      Field(
        key, Bilingual(ja, en), .number, value: { subject, _ in .integer(number(subject)) },
        cell: { subject, _ in .text(String(number(subject))) })
    }

    /// A word of a fixed set: its code for programs, its name for people.
    package static func word(
      _ key: String, _ ja: String, _ en: String, code: @escaping @Sendable (Subject) -> String,
      name: @escaping @Sendable (Subject) -> Bilingual
    ) -> Field {
      Field(
        key, Bilingual(ja, en), value: { subject, _ in .text(code(subject)) },
        cell: { subject, words in .text(words(name(subject))) })
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
      _ ja: String, _ en: String, _ form: Table.Column.Form = .text,
      _ cell: @escaping @Sendable (Subject, Words) -> Cell
    ) -> Field {
      Field("", Bilingual(ja, en), form, value: nil, cell: cell)
    }
  }

  package let name: String
  package let title: Bilingual
  /// In the order of the columns.
  package let fields: [Field]
  /// The rows of a table below that of a subject, for its parts.
  package let below: (@Sendable (Subject, Words) -> [[Cell]])?
  /// The last row of a table, which is no subject's.
  package let total: (@Sendable (Words) -> [Cell])?

  package init(
    _ name: String, _ title: Bilingual, _ fields: [Field],
    below: (@Sendable (Subject, Words) -> [[Cell]])? = nil, total: (@Sendable (Words) -> [Cell])? = nil
  ) {
    self.name = name
    self.title = title
    self.fields = fields
    self.below = below
    self.total = total
  }

  /// The table that people read.
  package func table(_ subjects: some Sequence<Subject>, _ words: Words) -> Table {
    let columns = fields.filter { $0.cell != nil }
    var rows: [Table.Row] = []
    for subject in subjects {
      rows.append(.init(columns.map { $0.cell?(subject, words) ?? .empty }))
      rows += below?(subject, words).map { .init($0) } ?? []
    }
    if let total { rows.append(.init(total(words), total: true)) }
    return Table(
      name, words(title), columns.map { .init($0.key, $0.title.map { words($0) } ?? "", $0.form) }, rows, limit: .max)
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
