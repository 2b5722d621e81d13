import Base
import Evidence
import Expressions
import Records

/// What the records that were not migrated take part in: their keys and numbers in each check that did not pass, as the
/// old data have them, and as the rows would be that they would have made.
///
/// A difference belongs to such records when it vanishes without them. Memory grows with the records and the checks.
/// Not for several threads at once.
package final class RejectedShares {
  /// Why records were not migrated: one fault of one item, or a rule that excludes them.
  package struct Reason: Hashable, Sendable {
    package let file: String
    package let kind: String
    /// The item or the column; empty when the whole record is concerned.
    package let field: String
    /// The code of the fault, or the rule's id.
    package let code: String
    package let isExclusion: Bool

    package init(file: String, kind: String, field: String, code: String, isExclusion: Bool) {
      self.file = file
      self.kind = kind
      self.field = field
      self.code = code
      self.isExclusion = isExclusion
    }
  }

  /// What a difference is without the records.
  struct Explanation {
    /// Indices of the reasons whose records take part in it.
    var reasons: Set<Int>
    var ground: Cause.Ground
    /// What is left; `nil` when nothing is.
    var rest: CheckResult.Line?
  }

  private struct Sums {
    var expected: [Int128]
    var actual: [Int128]

    init(_ measures: Int) {
      expected = Array(repeating: 0, count: measures)
      actual = expected
    }

    mutating func add(_ value: Int128, _ measure: Int, _ side: Term.Side) {
      if side == .expected { expected[measure] &+= value } else { actual[measure] &+= value }
    }

    static func += (left: inout Sums, right: Sums) {
      for index in left.expected.indices {
        left.expected[index] &+= right.expected[index]
        left.actual[index] &+= right.actual[index]
      }
    }
  }

  /// The shares in one check.
  private struct Part {
    /// By key and reason: of the old records, and of the rows that they would have made.
    var old: [[String]: [Int: Sums]] = [:]
    var drafts: [[String]: [Int: Sums]] = [:]
    /// Keys of rows of which a value cannot be read; `nil` where a part of the key itself cannot.
    var open: [(key: [String?], reason: Int)] = []
    var unreadable: [Int: Int] = [:]
  }

  package private(set) var reasons: [Reason] = []
  /// By reason, the number of records, and the first of them.
  package private(set) var records: [(count: Int, places: [RecordPlace])] = []
  /// All records, for differences that name theirs.
  private var owners: [RecordPlace: Int] = [:]
  private let checks: [Check]
  private let readers: [Source: [(check: Int, term: Term)]]
  private var parts: [String: Part] = [:]

  /// - Parameter checks: those that did not pass.
  package init(_ checks: [Check]) {
    self.checks = checks
    readers = Observer.readers(checks) { _, _ in true }
  }

  /// The sources whose rows matter.
  package var sources: Set<Source> { Set(readers.keys) }

  /// Begins with the records of one reason.
  package func begin(_ reason: Reason, _ numbers: [Int]) {
    let index = reasons.count
    reasons.append(reason)
    let places = numbers.map { RecordPlace(file: reason.file, record: $0) }
    records.append((numbers.count, Array(places.prefix(RecordPlace.limit))))
    for place in places { owners[place] = index }
    summaries = checks.map { $0.body.summary(Scratch()) }
  }

  private var summaries: [any CheckSummary] = []

  /// Adds rows of the current reason.
  ///
  /// - Parameter drafts: rows of a table that the records would have made, and not the records themselves.
  package func observe(_ source: Source, _ rows: ObservedRows, drafts: Bool) {
    let reason = reasons.count - 1
    for reader in readers[source] ?? [] {
      let check = checks[reader.check]
      if !drafts { summaries[reader.check].observe(reader.term, rows) }
      guard check.body.hasRowKeys else { continue }
      let (keys, measures) = (check.body.keyNames.count, check.body.measureNames.count)
      // Of keys without numbers, a row that is not there matters only where it is referred to.
      if drafts, measures == 0, reader.term.side == .actual { continue }
      var part = parts[check.id] ?? Part()
      _ = rows.select(reader.term, sums: measures > 0) { selection in
        for row in 0..<selection.count where selection.marks[row] != 1 {
          let names = selection.keys.prefix(keys).map { $0.fault(row) == nil ? $0.describe(row) ?? "–" : nil }
          guard selection.marks[row] == 0 else {
            part.open.append((names, reason))
            continue
          }
          var sums = Sums(measures)
          for (number, column) in selection.measures.prefix(measures).enumerated() {
            sums.add(reader.term.sign * Int128(column.integers[row]), number, reader.term.side)
          }
          let key = names.map { $0 ?? "–" }
          if drafts {
            part.drafts[key, default: [:]][reason, default: Sums(measures)] += sums
          } else {
            part.old[key, default: [:]][reason, default: Sums(measures)] += sums
          }
        }
      }
      parts[check.id] = part
    }
  }

  /// Ends the records of the current reason.
  package func end() {
    for (check, summary) in zip(checks, summaries) {
      let unreadable = check.body.conclude(summary, []).unreadable
      if unreadable > 0 { parts[check.id, default: Part()].unreadable[reasons.count - 1] = unreadable }
    }
    summaries = []
  }

  /// The reasons of the rows that a check could not read, and their number.
  func unreadable(_ check: String) -> [Int: Int] { parts[check]?.unreadable ?? [:] }

  /// The reasons whose faults a `decoded` check counts under this code.
  func reasons(in file: String, code: String) -> Set<Int> {
    Set(reasons.indices.filter { !reasons[$0].isExclusion && reasons[$0].file == file && reasons[$0].code == code })
  }

  /// The part of a difference that comes from these records; `nil` when none does.
  func explain(_ check: Check, _ line: CheckResult.Line) -> Explanation? {
    if let named = fromRecords(line) { return named }
    guard let part = parts[check.id] else { return nil }
    let old = part.old[line.key] ?? [:]
    let drafts = part.drafts[line.key] ?? [:]
    if line.expected.isEmpty {
      // A reference: what it refers to would be there.
      if !drafts.isEmpty { return Explanation(reasons: Set(drafts.keys), ground: .missingKey, rest: nil) }
    } else {
      if !old.isEmpty, agrees(without(old, line), check) {
        return Explanation(reasons: Set(old.keys), ground: .without, rest: nil)
      }
      if !drafts.isEmpty, agrees(with(drafts, line), check) {
        return Explanation(reasons: Set(drafts.keys), ground: .asIfMigrated, rest: nil)
      }
    }
    let open = part.open.filter { entry in zip(entry.key, line.key).allSatisfy { $0 == nil || $0 == $1 } }
      .filter { $0.key.isEmpty || $0.key.contains { $0 != nil } }
    if !open.isEmpty { return Explanation(reasons: Set(open.map(\.reason)), ground: .unreadable, rest: nil) }
    guard !old.isEmpty, !line.expected.isEmpty else { return nil }
    return Explanation(reasons: Set(old.keys), ground: .without, rest: without(old, line))
  }

  /// Whether all records of a difference were rejected. A line names only the first records, so that of more nothing is
  /// known.
  private func fromRecords(_ line: CheckResult.Line) -> Explanation? {
    guard let records = line.records, records.count < RecordPlace.limit else { return nil }
    let owners = records.map { self.owners[$0] }
    guard !owners.contains(nil) else { return nil }
    return Explanation(reasons: Set(owners.compactMap { $0 }), ground: .without, rest: nil)
  }

  private func without(_ shares: [Int: Sums], _ line: CheckResult.Line) -> CheckResult.Line {
    var rest = line
    for sums in shares.values {
      for index in sums.expected.indices where index < line.expected.count {
        rest.expected[index] &-= sums.expected[index]
        rest.actual[index] &-= sums.actual[index]
      }
    }
    return rest
  }

  private func with(_ shares: [Int: Sums], _ line: CheckResult.Line) -> CheckResult.Line {
    var rest = line
    for sums in shares.values {
      for index in sums.expected.indices where index < line.expected.count {
        rest.expected[index] &+= sums.expected[index]
        rest.actual[index] &+= sums.actual[index]
      }
    }
    return rest
  }

  private func agrees(_ line: CheckResult.Line, _ check: Check) -> Bool { !check.body.modulus.rest(line).differs }
}
