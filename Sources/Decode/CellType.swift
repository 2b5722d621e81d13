import Base
import Copybook
import Records

/// What plain text of a record is, in a layout that is no copybook's.
package enum CellType: Hashable, Sendable {
  /// At most this many characters.
  case text(Int)
  /// `number(9,2)`: at most this many digits, of which so many behind the point.
  case number(digits: Int, scale: Int)
  case date(DateNotation)

  /// - Parameter form: of a date; `nil` for another type.
  /// - Returns: `nil` when the words are no type, or no form of one.
  package init?(_ word: String, form: String?) {
    if word == "date" {
      guard let form, let date = DateNotation(form, inText: true) else { return nil }
      self = .date(date)
      return
    }
    guard form == nil, word.hasSuffix(")"), let open = word.firstIndex(of: "(") else { return nil }
    let sizes = word[word.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
      .map { Int($0.filter { $0 != " " }) }
    switch (word[..<open], sizes.count) {
    case ("text", 1):
      guard let size = sizes[0], (1...100_000).contains(size) else { return nil }
      self = .text(size)
    case ("number", 1), ("number", 2):
      guard let digits = sizes[0], (1...38).contains(digits), let scale = sizes.count == 1 ? 0 : sizes[1],
        (0...digits).contains(scale)
      else { return nil }
      self = .number(digits: digits, scale: scale)
    default: return nil
    }
  }

  package static let expected = "text(n), number(n), number(n,n) or date with `form`"

  /// The largest number of characters.
  package var width: Int {
    switch self {
    case .text(let size): size
    case .number(let digits, let scale): digits + (scale > 0 ? 2 : 1)
    case .date(let form): form.width
    }
  }

  func codec(_ item: DataItem, _ reading: Interpretation) -> any FieldCodec {
    let characters = reading.characters(of: item)
    switch self {
    case .text(let size):
      return CellTextCodec(
        length: item.length, size: size, characters: characters, isPadded: !reading.isDelimited)
    case .number(let digits, let scale):
      return CellNumberCodec(
        length: item.length, digits: digits, scale: scale, letters: CellLetters(characters), blanks: reading.blanks)
    case .date(let form):
      return CellDateCodec(
        length: item.length, form: form, letters: CellLetters(characters), blanks: reading.blanks)
    }
  }
}
