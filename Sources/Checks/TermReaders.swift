import Expressions

/// The values of a key, or of another list, as its beginning and one value more: lists that begin alike share what is
/// computed of their beginning.
struct ValueList: Hashable {
  /// The number of the list without its last value; -1 for the list without values.
  let beginning: Int
  let last: Int
  /// Whether it depends on the occurrence.
  let moves: Bool
}

/// Where that which a term shares with others is kept: the numbers of lists of values, and of a condition.
package struct TermPlaces {
  let condition: Int
  let keys: Int
  /// The key without its last value, and the last value.
  let beginning: Int
  let last: Int
  let measures: Int
  let values: Int
}

/// The terms that read each source, by check.
package struct TermReaders {
  /// An object, since a term is large and each batch goes over all of them.
  final class Reader: Sendable {
    let check: Int
    let term: Term
    fileprivate let places: TermPlaces

    fileprivate init(check: Int, term: Term, places: TermPlaces) {
      self.check = check
      self.term = term
      self.places = places
    }
  }

  /// The lists of values and the conditions that the readers of a source share.
  fileprivate struct Shared {
    var lists: [ValueList: Int] = [:]
    var values: [(list: ValueList, last: Compiled?)] = []
    var conditions: [Compiled?: Int] = [:]

    mutating func list(_ parts: some Collection<Compiled>) -> Int {
      var number = add(ValueList(beginning: -1, last: -1, moves: false), nil)
      var moves = false
      for part in parts {
        moves = moves || part.table != nil
        number = add(ValueList(beginning: number, last: part.node, moves: moves), part)
      }
      return number
    }

    private mutating func add(_ list: ValueList, _ last: Compiled?) -> Int {
      if let number = lists[list] { return number }
      lists[list] = values.count
      values.append((list, last))
      return values.count - 1
    }

    mutating func places(_ term: Term) -> TermPlaces {
      let condition = conditions[term.condition] ?? conditions.count
      conditions[term.condition] = condition
      return TermPlaces(
        condition: condition, keys: list(term.keys), beginning: list(term.keys.dropLast()),
        last: list(term.keys.suffix(1)), measures: list(term.measures), values: list(term.values.map(\.value)))
    }
  }

  private var bySource: [Source: (readers: [Reader], shared: Shared)] = [:]

  /// - Parameter chosen: the terms that matter, by number of their check.
  init(_ checks: [Check], where chosen: (_ check: Int, Term) -> Bool = { _, _ in true }) {
    for (index, check) in checks.enumerated() {
      for term in check.body.terms where chosen(index, term) { add(term, index) }
    }
  }

  mutating func add(_ term: Term, _ check: Int) {
    var (readers, shared) = bySource.removeValue(forKey: term.source) ?? ([], Shared())
    let places = shared.places(term)
    readers.append(Reader(check: check, term: term, places: places))
    bySource[term.source] = (readers, shared)
  }

  /// The sources that are read.
  package var sources: Set<Source> { Set(bySource.keys) }

  /// Calls `body` with the readers of a source, and the rows as each sees them.
  func forEach(_ source: Source, _ rows: ObservedRows, _ body: (Reader, ObservedRows) -> Void) {
    guard let (readers, shared) = bySource[source] else { return }
    rows.hashes.begin(shared.values, conditions: shared.conditions.count)
    var rows = rows
    for reader in readers {
      rows.places = reader.places
      body(reader, rows)
    }
  }
}
