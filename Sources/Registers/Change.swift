import Base
import Ledger

/// A builder for an amendment of one record: an act and the fields that it sets.
package struct Change<Record: RegisterRecord> {
  private let id: String
  private let act: String
  private let source: String
  private var fields: [String: JSONValue] = [:]

  package init(_ id: String, _ act: String, source: String = "") {
    self.id = id
    self.act = act
    self.source = source
  }

  /// Sets a text; an empty one is null.
  package func set(_ field: Record.Field, _ text: String) -> Change { set(field, text.isEmpty ? .null : .text(text)) }

  /// Sets a text when there is one, otherwise leaves the field unchanged.
  package func set(_ field: Record.Field, ifGiven text: String?) -> Change { text.map { set(field, $0) } ?? self }

  package func set(_ field: Record.Field, _ texts: [String]) -> Change { set(field, JSONValue.texts(texts)) }
  package func set(_ field: Record.Field, _ number: Int?) -> Change {
    set(field, number.map { .integer($0) } ?? .null)
  }

  package func set(_ field: Record.Field, _ value: JSONValue) -> Change {
    var changed = self
    changed.fields[RegisterSchema.name(of: field)] = value
    return changed
  }

  package func clear(_ fields: Record.Field...) -> Change { fields.reduce(self) { $0.set($1, .null) } }

  /// The amendment with the act, the fields that were set and the source.
  package var amendment: Amendment {
    Amendment(register: Record.register.name, id: id, act: act, changes: fields, source: source)
  }
}

/// Checks of the texts that an entry requires.
enum Required {
  /// - Throws: `register.missing` for a text without visible characters.
  static func text(_ text: String, _ what: String, _ place: Place) throws(Diagnostic) {
    if !FourEyes.isText(text) { throw Diagnostic(.registerMissing, at: place, what) }
  }
}

/// Numbers of the registers whose records are numbered: `I-0001`, `I-0002`, …
package enum RecordNumber {
  package static func next(_ prefix: String, after ids: some Sequence<String>) -> String {
    let numbers = ids.compactMap { $0.hasPrefix(prefix + "-") ? Int($0.dropFirst(prefix.count + 1)) : nil }
    let text = String((numbers.max() ?? 0) + 1)
    return prefix + "-" + String(repeating: "0", count: max(0, 4 - text.count)) + text
  }
}

extension Place {
  /// The place of a record of a register.
  package init(record id: String) { self.init(field: id) }
}
