import Expressions
import Records

/// Rows of a batch that a condition and what is read of them leave.
final class ChosenRows {
  /// For each row: 0 taken, 1 left out by the condition, 2 unreadable.
  private(set) var marks = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
  /// The numbers of the rows taken, in order, where these are not all.
  private(set) var places = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  private var capacity = 0
  private(set) var taken = 0
  private(set) var unreadable = 0

  deinit {
    marks.deallocate()
    places.deallocate()
  }

  private func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    marks.deallocate()
    places.deallocate()
    capacity = max(rows, 512)
    marks = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
  }

  /// Takes the rows for which the condition holds; those for which it cannot be judged are unreadable.
  func choose(_ condition: Column?, _ rows: Int) {
    reserve(rows)
    guard let condition else {
      marks.update(repeating: 0, count: rows)
      (taken, unreadable) = (rows, 0)
      return
    }
    let (states, values) = (condition.states, condition.integers)
    for row in 0..<rows { marks[row] = states[row] > 1 ? 2 : values[row] == 0 ? 1 : 0 }
    count(rows)
  }

  /// Takes the rows of others of which everything can be read.
  ///
  /// - Parameter sums: whether a row whose measures hold null cannot be read either.
  func choose(_ others: ChosenRows, _ keys: [Column], _ measures: [Column], sums: Bool, _ rows: Int) {
    reserve(rows)
    marks.update(from: others.marks, count: rows)
    for column in keys { worsen(column.states, above: 1, rows) }
    for column in measures { worsen(column.states, above: sums ? 0 : 1, rows) }
    count(rows)
  }

  private func worsen(_ states: UnsafeMutablePointer<UInt8>, above limit: UInt8, _ rows: Int) {
    for row in 0..<rows { marks[row] = marks[row] != 1 && states[row] > limit ? 2 : marks[row] }
  }

  private func count(_ rows: Int) {
    var (taken, unreadable) = (0, 0)
    for row in 0..<rows {
      places[taken] = Int32(truncatingIfNeeded: row)
      taken &+= marks[row] == 0 ? 1 : 0
      unreadable &+= marks[row] == 2 ? 1 : 0
    }
    (self.taken, self.unreadable) = (taken, unreadable)
  }
}

/// The rows of one occurrence that a term selects.
struct Selection {
  private let rows: ObservedRows
  private let chosen: ChosenRows
  let occurrence: Int
  let keys: [Column]
  let measures: [Column]
  /// The number of rows taken.
  let taken: Int
  let unreadable: Int
  var count: Int { rows.count }
  /// For each row: 0 taken, 1 left out by the condition, 2 unreadable.
  var marks: UnsafePointer<UInt8> { UnsafePointer(chosen.marks) }

  fileprivate init(
    _ rows: ObservedRows, _ term: Term, _ occurrence: Int, _ keys: [Column], _ measures: [Column], _ sums: Bool
  ) {
    self.rows = rows
    self.occurrence = occurrence
    self.keys = keys
    self.measures = measures
    let hashes = rows.hashes
    let shared = hashes.rows(rows.places.condition, term.condition, rows.machine, occurrence, rows.count)
    let isClean =
      keys.allSatisfy { $0.joinedStates(rows.count) <= 1 }
      && measures.allSatisfy { $0.joinedStates(rows.count) <= (sums ? 0 : 1) }
    if isClean {
      chosen = shared
    } else {
      hashes.own.choose(shared, keys, measures, sums: sums, rows.count)
      chosen = hashes.own
    }
    (taken, unreadable) = (chosen.taken, chosen.unreadable)
  }

  /// Hashes of the key, by row.
  var hashes: UnsafePointer<UInt128> { hashes(rows.places.keys) }

  /// Hashes of the key without its last part, and of the last part.
  var shortHashes: UnsafePointer<UInt128> { hashes(rows.places.beginning) }
  var lastHashes: UnsafePointer<UInt128> { hashes(rows.places.last) }

  /// Hashes of the measures, and of the values that are compared.
  var measureHashes: UnsafePointer<UInt128> { hashes(rows.places.measures) }
  var valueHashes: UnsafePointer<UInt128> { hashes(rows.places.values) }

  /// Hashes of the values of a list of ``TermPlaces``.
  private func hashes(_ list: Int) -> UnsafePointer<UInt128> {
    UnsafePointer(rows.hashes.hashes(list, rows.machine, occurrence, rows.count))
  }

  /// Calls `body` for each row taken.
  @inline(__always)
  func forEach(_ body: (_ row: Int) -> Void) {
    if taken == count {
      for row in 0..<count { body(row) }
    } else {
      let places = chosen.places
      for index in 0..<taken { body(Int(places[index])) }
    }
  }
}

extension ObservedRows {
  /// Calls `body` with the rows that a term selects, for each occurrence.
  ///
  /// - Parameter measured: whether the measures are computed and checked; otherwise `body` does it.
  /// - Returns: the number of rows whose condition, key or measure was invalid.
  func select(_ term: Term, measured: Bool = true, sums: Bool = false, _ body: (Selection) -> Void) -> Int {
    var unreadable = 0
    for occurrence in 0..<(term.each?.count ?? 1) {
      if term.each != nil { machine.move(to: occurrence) }
      let selection = Selection(
        self, term, occurrence, term.keys.map { machine.value($0) },
        measured ? term.measures.map { machine.value($0) } : [], sums)
      unreadable += selection.unreadable
      body(selection)
    }
    return unreadable
  }
}

/// The order of keys in lists: the order of their texts, and for equal texts (a text `–` and no value) that of their
/// hashes, so that a list always has the same bytes.
struct KeyRank: Comparable {
  let name: [String]
  let hash: UInt128

  static func < (left: KeyRank, right: KeyRank) -> Bool {
    left.name == right.name ? left.hash < right.hash : left.name.lexicographicallyPrecedes(right.name)
  }
}
