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

  /// The shares in one check.
  private struct Part {
    /// Of the old records, and of the rows that they would have made.
    var old: ShareTable
    var drafts: ShareTable
    /// Rows of which a value cannot be read: by the parts of the key that cannot, and the others, their reasons.
    var open: [UInt64: [UInt128: Set<Int>]] = [:]
    var unreadable: [Int: Int] = [:]

    init(_ measures: Int) {
      old = ShareTable(measures)
      drafts = old
    }
  }

  package private(set) var reasons: [Reason] = []
  /// By reason, the number of records, and the first of them.
  package private(set) var records: [(count: Int, places: [RecordPlace])] = []
  /// All records, for differences that name theirs.
  private var owners: [RecordPlace: Int] = [:]
  private let checks: [Check]
  private let readers: TermReaders
  private var parts: [Part]
  /// For each check, by group of an order, the rows that it lacks: each leaves one gap.
  private var gaps: [[UInt128: Int]]
  private let numbers: [String: Int]
  /// For each check, what it has seen of all of these records; complete where keys are noted.
  private let whole: [any CheckSummary]

  /// - Parameter checks: those that did not pass.
  package init(_ checks: [Check]) {
    self.checks = checks
    readers = TermReaders(checks)
    gaps = checks.map { _ in [:] }
    parts = checks.map { Part($0.body.measureNames.count) }
    numbers = Dictionary(checks.enumerated().map { ($1.id, $0) }) { first, _ in first }
    whole = checks.map { $0.body.summary(Scratch()) }
    for summary in whole { (summary as? any KeyNoting)?.noteKeys() }
  }

  /// What a check has seen of these records, and of them alone, with their keys.
  func summary(of check: String) -> (any CheckSummary)? { numbers[check].map { whole[$0] } }

  /// The sources whose rows matter.
  package var sources: Set<Source> { readers.sources }

  /// Begins with the records of one reason.
  package func begin(_ reason: Reason, _ numbers: [Int]) {
    let index = reasons.count
    reasons.append(reason)
    let places = numbers.map { RecordPlace(file: reason.file, record: $0) }
    records.append((numbers.count, Array(places.prefix(RecordPlace.limit))))
    for place in places { owners[place] = index }
    summaries = checks.map { $0.body.summary(Scratch()) }
    for summary in summaries { (summary as? any KeyNoting)?.noteKeys() }
  }

  private var summaries: [any CheckSummary] = []

  /// Adds rows of the current reason.
  ///
  /// - Parameter drafts: rows of a table that the records would have made, and not the records themselves.
  package func observe(_ source: Source, _ rows: ObservedRows, drafts: Bool) {
    let reason = reasons.count - 1
    readers.forEach(source, rows) { reader, rows in
      let check = checks[reader.check]
      if !drafts { summaries[reader.check].observe(reader.term, rows) }
      // A row that is missing leaves a gap in the order of its group.
      let leavesGap = drafts && check.body.tells == .step
      guard check.body.tells.hasRowKeys || leavesGap else { return }
      let (keys, measures) = (check.body.keyNames.count, check.body.measureNames.count)
      // Of keys without numbers, a row that is not there matters only where it is referred to.
      if drafts, measures == 0, reader.term.side == .actual, !leavesGap { return }
      var key = ShareKey()
      _ = rows.select(reader.term, sums: measures > 0) { selection in
        for row in 0..<selection.count where selection.marks[row] != 1 {
          for column in selection.keys.prefix(keys) { key.add(column, row) }
          let hash = key.finish()
          guard selection.marks[row] == 0 else {
            let mask = Self.unreadable(selection.keys.prefix(keys), row)
            parts[reader.check].open[mask, default: [:]][hash, default: []].insert(reason)
            continue
          }
          if leavesGap { gaps[reader.check][hash, default: 0] += 1 }
          let columns = selection.measures.prefix(measures)
          if drafts {
            parts[reader.check].drafts.add(columns, row, reader.term, to: hash, reason)
          } else {
            parts[reader.check].old.add(columns, row, reader.term, to: hash, reason)
          }
        }
      }
    }
  }

  /// A bit for each part of the key that cannot be read.
  private static func unreadable(_ keys: ArraySlice<Column>, _ row: Int) -> UInt64 {
    keys.enumerated().reduce(0) { $1.element.fault(row) == nil ? $0 : $0 | 1 << UInt64($1.offset) }
  }

  /// Ends the records of the current reason.
  package func end() {
    for (index, summary) in summaries.enumerated() {
      let unreadable = checks[index].body.conclude(summary, []).unreadable
      if unreadable > 0 { parts[index].unreadable[reasons.count - 1] = unreadable }
      if summary is any KeyNoting { whole[index].merge(summary) }
    }
    summaries = []
  }

  /// The reasons of the rows that a check could not read, and their number.
  func unreadable(_ check: String) -> [Int: Int] { numbers[check].map { parts[$0].unreadable } ?? [:] }

  /// The reasons whose faults a `decoded` check counts under this code.
  func reasons(in file: String, code: String) -> Set<Int> {
    Set(reasons.indices.filter { !reasons[$0].isExclusion && reasons[$0].file == file && reasons[$0].code == code })
  }

  /// The part of a difference that comes from these records; `nil` when none does.
  func explain(_ check: Check, _ line: CheckResult.Line) -> Explanation? {
    if let named = fromRecords(check, line) { return named }
    guard let number = numbers[check.id] else { return nil }
    let part = parts[number]
    let key = ShareKey.of(line.key)
    let old = part.old.entries(key)
    let drafts = part.drafts.entries(key)
    func reasons(_ table: ShareTable, _ entries: [Int]) -> Set<Int> { Set(entries.map { table.reasons[$0] }) }
    if line.expected.isEmpty {
      // A reference: what it refers to would be there.
      if !drafts.isEmpty, check.body.tells != .step || fillsGap(number, key) {
        return Explanation(reasons: reasons(part.drafts, drafts), ground: .missingKey, rest: nil)
      }
    } else {
      if !old.isEmpty, agrees(Self.moved(line, part.old, old, -1), check) {
        return Explanation(reasons: reasons(part.old, old), ground: .without, rest: nil)
      }
      if !drafts.isEmpty, agrees(Self.moved(line, part.drafts, drafts, 1), check) {
        return Explanation(reasons: reasons(part.drafts, drafts), ground: .asIfMigrated, rest: nil)
      }
    }
    let open = part.open.reduce(into: Set<Int>()) { found, entry in
      // A row of which nothing is known could be any.
      guard line.key.isEmpty || entry.key.nonzeroBitCount < line.key.count else { return }
      found.formUnion(entry.value[ShareKey.of(line.key, without: entry.key)] ?? [])
    }
    if !open.isEmpty { return Explanation(reasons: open, ground: .unreadable, rest: nil) }
    guard !old.isEmpty, !line.expected.isEmpty else { return nil }
    return Explanation(
      reasons: reasons(part.old, old), ground: .without, rest: Self.moved(line, part.old, old, -1))
  }

  /// Whether a gap is left that a row of the group would fill; each is asked for once.
  private func fillsGap(_ check: Int, _ key: UInt128) -> Bool {
    guard let left = gaps[check][key], left > 0 else { return false }
    gaps[check][key] = left - 1
    return true
  }

  /// Whether all records of a difference without numbers were rejected: numbers say more, for the other side may have a
  /// row. A line names only the first records, so that of more nothing is known; a record that is had again with other
  /// bytes has a row, too.
  private func fromRecords(_ check: Check, _ line: CheckResult.Line) -> Explanation? {
    guard line.expected.isEmpty, let records = line.records, records.count < RecordPlace.limit else { return nil }
    if check.body.tells == .bytes, line.key.suffix(2) != ["1", "0"] { return nil }
    let owners = records.map { self.owners[$0] }
    guard !owners.contains(nil) else { return nil }
    return Explanation(reasons: Set(owners.compactMap { $0 }), ground: .without, rest: nil)
  }

  /// The line with the shares added, or with −1 taken away.
  private static func moved(
    _ line: CheckResult.Line, _ table: ShareTable, _ entries: [Int], _ sign: Int128
  ) -> CheckResult.Line {
    var rest = line
    for entry in entries {
      for index in 0..<min(table.measures, rest.expected.count) {
        rest.expected[index] &+= sign * table.expected(entry, index)
        rest.actual[index] &+= sign * table.actual(entry, index)
      }
    }
    return rest
  }

  private func agrees(_ line: CheckResult.Line, _ check: Check) -> Bool { !check.body.modulus.rest(line).differs }
}
