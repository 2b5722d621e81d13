import Base
import Ledger

/// 確認: a named person's word that a part of the definitions is right as it read then: a column's mapping, or a
/// guess of a draft. When that part changes, the word no longer holds.
package struct Confirmation: RegisterRecord {
  package enum Field: Int, RegisterField {
    case digest, note, confirmedBy, confirmedAt, expression, editedBy, editedAt

    package var kind: RegisterSchema.Kind { .text }
  }

  /// Whether a part is confirmed as it reads now.
  package enum State: String, Sendable, CaseIterable {
    /// Nobody has confirmed it, or there is nothing to confirm.
    case open
    case confirmed
    /// It was confirmed, and has changed since.
    case changed

    package var title: Bilingual {
      switch self {
      case .open: Bilingual("未確認", "open")
      case .confirmed: Bilingual("確認済", "confirmed")
      case .changed: Bilingual("要再確認", "changed since")
      }
    }
  }

  package static let register = RegisterSchema("confirmation", Field.self)

  /// What is confirmed: `mapping/FILE/KIND/TABLE/COLUMN`, or another part.
  package let id: String
  /// Of the part as it read; empty while nobody has confirmed it.
  package let digest: String
  /// 備考: free text.
  package let note: String
  package let confirmedBy: String
  package let confirmedAt: String
  /// The expression that somebody last entered through a mapping table; empty when nobody has.
  package let expression: String
  package let editedBy: String
  package let editedAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    digest = row.text(Field.digest)
    note = row.text(Field.note)
    confirmedBy = row.text(Field.confirmedBy)
    confirmedAt = row.text(Field.confirmedAt)
    expression = row.text(Field.expression)
    editedBy = row.text(Field.editedBy)
    editedAt = row.text(Field.editedAt)
  }

  /// Where a part stands.
  ///
  /// - Parameters:
  ///   - confirmation: the last word about it; `nil` when there is none.
  ///   - digest: of the part as it reads now.
  ///   - isMissing: whether it is still to be written, so that nobody can confirm it.
  static func state(_ confirmation: Confirmation?, of digest: String, isMissing: Bool) -> State {
    guard !isMissing, let said = confirmation?.digest, !said.isEmpty else { return .open }
    return said == digest ? .confirmed : .changed
  }

  /// - Parameters:
  ///   - digest: of the part as it reads now.
  ///   - editor: who last changed it, as far as the ledger knows; cannot confirm it.
  ///   - person: who vouches for it.
  /// - Throws: `register.missing` for what is not a person's name; `ledger.foureyes`.
  package static func confirm(
    _ id: String, _ digest: String, editedBy editor: String = "", by person: String, at now: String,
    source: String = ""
  ) throws(Diagnostic) -> Amendment {
    try FourEyes.check(id, person, [editor])
    return Change<Confirmation>(id, "confirm", source: source).set(.digest, digest).set(.confirmedBy, person)
      .set(.confirmedAt, now).amendment
  }

  /// Takes the word back; the note stays.
  package static func withdraw(_ id: String, source: String = "") -> Amendment {
    Change<Confirmation>(id, "withdraw", source: source).clear(.digest, .confirmedBy, .confirmedAt).amendment
  }

  /// An expression that somebody wrote into the definitions by a mapping table.
  package static func edit(
    _ id: String, _ expression: String, by person: String, at now: String, source: String = ""
  ) -> Amendment {
    Change<Confirmation>(id, "edit", source: source).set(.expression, expression).set(.editedBy, person)
      .set(.editedAt, now).amendment
  }

  package static func annotate(_ id: String, note: String, source: String = "") -> Amendment {
    Change<Confirmation>(id, "annotate", source: source).set(.note, note).amendment
  }
}
