import Base
import Charset
import Copybook
import Records

/// The meaning of a field beyond its picture: a copybook has `9(7) COMP-3`; that it is a date is known only to people.
package enum Meaning: Hashable, Sendable {
  /// A date, month or year in a stated form: `yyyymmdd`, `yymmdd:50`, `era-date` …
  case date(DateNotation)
  /// Digits that are a name, not a number: leading zeros are significant.
  case identifier
  /// X with shift codes and kanji inside.
  case mixed

  /// - Returns: `nil` when no meaning has that name.
  package init?(_ name: String) {
    switch name {
    case "identifier": self = .identifier
    case "mixed": self = .mixed
    default:
      guard let form = DateNotation(name) else { return nil }
      self = .date(form)
    }
  }

  /// The names of all meanings; `50` in one stands for any pivot from 00 to 99.
  package static let names = DateNotation.names + ["identifier", "mixed"]
}

/// The interpretation of the bytes of a record that its copybook leaves open. It names items by name, in a ``KindPlan``
/// by title.
package struct Interpretation: Sendable {
  package var characters: CharacterSet
  /// The set of N, G and NATIONAL items; `nil` uses the double-byte half of ``characters``, or UTF-16 (high byte first,
  /// IBM's NATIONAL) when it has none.
  package var national: CharacterSet?
  /// Sets of single items, by name.
  package var ownCharacters: [String: CharacterSet] = [:]
  package var dialect = Dialect(.ibm)
  package var blanks = BlankRule()
  package var trimming = TextCodec.Trimming.right
  package var meanings: [String: Meaning] = [:]
  /// Texts whose length is in another item (VARCHAR): the text's name to that item's. The bytes behind that length are
  /// not part of the value.
  package var lengthItems: [String: String] = [:]
  package var privacy: [String: Privacy] = [:]
  /// The items of a layout that is not a copybook's, by name: plain text of these types.
  package var cells: [String: CellType] = [:]
  /// Whether each item is a cell of a delimited record; otherwise it has its place.
  package var isDelimited = false

  package init(_ characters: CharacterSet) { self.characters = characters }

  /// The same, with items named by title instead of by the user's names.
  ///
  /// - Throws: `name.ambiguous`.
  func named(by names: NameTable) throws(Diagnostic) -> Interpretation {
    var named = self
    named.ownCharacters = try names.keyed(ownCharacters)
    named.meanings = try names.keyed(meanings)
    named.privacy = try names.keyed(privacy)
    named.cells = try names.keyed(cells)
    named.lengthItems = try names.keyed(lengthItems)
    for (text, length) in named.lengthItems {
      if let title = try names.find(length).flatMap({ names.title($0) }) { named.lengthItems[text] = title }
    }
    return named
  }

  /// The character set of an item.
  package func characters(of item: DataItem) -> CharacterSet {
    if let own = ownCharacters[item.title] { return own }
    guard item.picture?.category == .national || item.usage == .national || item.usage == .doubleByte else {
      return characters
    }
    if let national { return national }
    return characters.hasDoubleBytes ? characters : CharacterSet.named("utf-16be") ?? characters
  }
}
