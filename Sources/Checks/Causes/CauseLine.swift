import Base
import Evidence
import Expressions

/// A difference that is not explained by records that were not migrated, with what connects it to others.
struct CauseLine {
  /// Index of its check.
  let check: Int
  let key: [String: String]
  /// The whole key as one number.
  let keyHash: UInt128
  let records: Set<RecordPlace>
  /// actual − expected, by name of the sum.
  let deltas: [String: Int128]
  /// The signature of its group.
  let shape: String
  let pattern: Bilingual
  /// The number of differences that it stands for; 0 for a check that could not be decided.
  var count = 1
  /// Whether one side is the old system's own totals.
  let isControl: Bool
  /// Whether one side has nothing of it.
  let isOneSided: Bool
  /// For a record out of order the one before it: either may be wrong.
  let before: RecordPlace?

  init(
    _ check: Int, _ definition: Check, _ line: CheckResult.Line, shape: String, pattern: Bilingual, count: Int = 1
  ) {
    self.check = check
    func named<Value>(_ names: [String], _ values: [Value]) -> [String: Value] {
      Dictionary(zip(names, values)) { first, _ in first }
    }
    key = named(definition.body.keyNames, line.key)
    keyHash = ShareKey.of(line.key)
    records = Set(line.records ?? [])
    let moved = zip(line.expected, line.actual).map { $1.subtractingReportingOverflow($0).partialValue }
    deltas = named(definition.body.measureNames, moved).filter { $0.value != 0 }
    isOneSided = !line.expected.isEmpty && (line.expected.allSatisfy { $0 == 0 } || line.actual.allSatisfy { $0 == 0 })
    before =
      definition.body.tells == .place
      ? line.records?.first.map { RecordPlace(file: $0.file, record: $0.record - 1) } : nil
    self.shape = shape
    self.pattern = pattern
    self.count = count
    isControl = definition.body.expectedFrom.contains(.control) || definition.body.actualFrom.contains(.control)
  }

  /// The records in which it may lie; empty when it names only the first of many.
  var suspects: Set<RecordPlace> {
    records.count < RecordPlace.limit ? records.union(before.map { [$0] } ?? []) : []
  }

  /// Whether its check could not be decided.
  var isUndecided: Bool { count == 0 }

  /// Whether it is a sum over many rows, in which the rows of one thing cannot be told apart.
  func isSum(_ roles: EntityRoles) -> Bool {
    records.isEmpty && !key.keys.contains { roles.names($0) }
      && !deltas.isEmpty
  }

  /// Whether both name the same thing: the parts of the key that both have are equal, and name more than a person. Of
  /// four and more parts one may differ: it is what went wrong.
  func namesSame(_ other: CauseLine, _ roles: EntityRoles) -> Bool {
    if holds(other, roles) || other.holds(self, roles) || isOfSameYear(other, roles) { return true }
    var (thing, person, more, others) = (false, false, 0, 0)
    for (name, value) in key {
      guard let theirs = other.key[name] else { continue }
      let isThing = roles.things.contains(name) || roles.texts.contains(name)
      let isPerson = roles.persons.contains(name)
      guard theirs == value else {
        if isThing || isPerson || others > 0 { return false }
        others += 1
        continue
      }
      if !EntityRoles.tells(value) { continue }
      if isThing { thing = true } else if isPerson { person = true } else { more += 1 }
    }
    if others > 0 { return (thing || person) && more >= 2 }
    // A reference has nothing but the person.
    let isBare = deltas.isEmpty && other.deltas.isEmpty && key.count == 1 && other.key.count == 1
    return thing || person && (more > 0 || isBare)
  }

  /// Whether both name one person and one year under different names, and nothing that differs.
  private func isOfSameYear(_ other: CauseLine, _ roles: EntityRoles) -> Bool {
    guard key.allSatisfy({ name, value in other.key[name].map { $0 == value } ?? true }) else { return false }
    func named(_ names: Set<String>, in line: CauseLine) -> Set<String> {
      Set(line.key.filter { names.contains($0.key) && EntityRoles.tells($0.value) }.values)
    }
    return !named(roles.persons, in: self).isDisjoint(with: named(roles.persons, in: other))
      && !named(roles.years, in: self).isDisjoint(with: named(roles.years, in: other))
  }

  /// Whether a text of several parts holds the thing that the other names. A short number could be in any text.
  private func holds(_ other: CauseLine, _ roles: EntityRoles) -> Bool {
    key.contains { name, text in
      roles.texts.contains(name)
        && other.key.contains {
          roles.things.contains($0.key) && $0.value.count >= 8 && EntityRoles.tells($0.value) && text.contains($0.value)
        }
    }
  }

  /// Whether both come from one record: of many records, a difference names only the first.
  func hasSameRecord(_ other: CauseLine) -> Bool {
    if stands(beside: other) || other.stands(beside: self) { return true }
    return !records.isDisjoint(with: other.records) && min(records.count, other.records.count) == 1
      && max(records.count, other.records.count) < RecordPlace.limit
  }

  private func stands(beside other: CauseLine) -> Bool {
    guard let before else { return false }
    return other.records.count < RecordPlace.limit && other.records.contains(before)
  }

  /// Σ of the sums that are money, without sign: the largest of them.
  func yen(_ roles: EntityRoles) -> Int128? {
    deltas.filter { roles.yen.contains($0.key) }.map { $0.value == .min ? .max : abs($0.value) }.max()
  }
}

extension Check {
  /// The files that it reads, and those that fill the tables that it reads.
  ///
  /// - Parameter fillers: the files that fill each table.
  func files(_ fillers: [String: Set<String>]) -> Set<String> {
    sources.reduce(into: []) { found, source in
      switch source {
      case .records(let file, _): found.insert(file)
      case .table(let name): found.formUnion(fillers[name] ?? [name])
      }
    }
  }
}
