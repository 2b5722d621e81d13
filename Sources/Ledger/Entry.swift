import Base

/// A change of one record to be entered: the register, the record, the act, and the fields that change.
package struct Amendment: Sendable, Hashable {
  package let register: String
  package let id: String
  /// The act, as a word: `raise`, `answer`, `confirm` …
  package let act: String
  /// The fields that change, by name; null removes a value.
  package let changes: [String: JSONValue]
  /// The origin, if it is not a command of the person alone: `list.xlsx row 12`.
  package let source: String

  package init(register: String, id: String, act: String, changes: [String: JSONValue], source: String = "") {
    self.register = register
    self.id = id
    self.act = act
    self.changes = changes
    self.source = source
  }
}

/// An entry of the ledger (台帳の記載): an amendment, its person and time, and the digest of the previous entry.
///
/// The entry is the canonical JSON text of
/// `{account, act, at, by, changes, id, number, previous, register, source}`; its digest is SHA-256 over that text's UTF-8
/// bytes. The first entry's `previous` is empty.
package struct Entry: Sendable, Hashable {
  /// From 1, without gaps.
  package let number: Int
  /// RFC 3339 in UTC, to the second; never before that of the previous entry.
  package let at: String
  /// The person, or `totsugo` for entries that follow from a run.
  package let by: String
  /// The operating system account under which it was entered.
  package let account: String
  package let amendment: Amendment
  package let previous: String

  package var value: JSONValue {
    .object([
      "account": .text(account), "act": .text(amendment.act), "at": .text(at), "by": .text(by),
      "changes": .object(amendment.changes), "id": .text(amendment.id), "number": .integer(number),
      "previous": .text(previous), "register": .text(amendment.register), "source": .text(amendment.source),
    ])
  }

  init(number: Int, at: String, by: String, account: String, amendment: Amendment, previous: String) {
    self.number = number
    self.at = at
    self.by = by
    self.account = account
    self.amendment = amendment
    self.previous = previous
  }

  /// Reads the canonical text of an entry; `nil` when the text is not an entry or not canonical.
  package init?(_ text: String) {
    guard let value = JSONValue(parsing: text), let object = value.object, object.count == 10,
      let number = value["number"].integer, let at = value["at"].text, let by = value["by"].text,
      let account = value["account"].text, let act = value["act"].text, let changes = value["changes"].object,
      let id = value["id"].text, let previous = value["previous"].text, let register = value["register"].text,
      let source = value["source"].text, value.canonical.utf8.elementsEqual(text.utf8)
    else { return nil }
    self.init(
      number: number, at: at, by: by, account: account,
      amendment: Amendment(register: register, id: id, act: act, changes: changes, source: source), previous: previous)
  }
}

/// The head of the chain: the last entry's number and digest, which depend on all entries before.
package struct Head: Sendable, Hashable, Codable {
  package let number: Int
  /// `sha256:…`; empty for an empty ledger.
  package let digest: String

  package static let empty = Head(number: 0, digest: "")

  package init(number: Int, digest: String) {
    self.number = number
    self.digest = digest
  }
}
