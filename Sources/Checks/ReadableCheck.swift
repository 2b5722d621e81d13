import Base
import Definitions
import Evidence
import Expressions
import Records

/// `readable`: every value of a target table is allowed by its column's type.
struct ReadableCheck: CheckKind {
  static let name = "readable"
  static let purpose = Bilingual("移行先のすべての値が項目の型に合う", "every value of a target table fits its column's type")
  static let keys = ["table"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let table = map.required("table"), let name = table.text else { return nil }
    guard let scope = sources.scope(.table(name)) else {
      table.wrong(name, "a table: \(NameTable.nearest(name, among: sources.tables))")
      return nil
    }
    let names = scope.entries.keys.sorted()
    let columns = names.compactMap { column in
      table.problems.collect { () throws(Diagnostic) in try sources.compile(.table(name), column, at: table.place) }
    }
    let term = Term(
      side: .actual, source: .table(name), each: nil, condition: nil, keys: columns, measures: [], sign: 1)
    return Body(terms: [term], columns: names, limits: names.map { sources.lengths[name]?[$0] })
  }

  struct Body: CheckBody {
    var tells: Telling { .value }
    let terms: [Term]
    /// The names of the table's columns, in the order of the term's keys.
    let columns: [String]
    /// The largest number of characters of each; `nil` when it is not limited.
    let limits: [Int?]
    let keyNames = ["行番号", "項目", "行の値"]
    /// Values of personal columns are masked when they are reported.
    let keyPrivacy = [Privacy.open, .open, .open]

    var expectedFrom: [CheckSide] { [.constant] }

    func pattern(of line: CheckResult.Line) -> Bilingual? {
      line.key.count > 1 ? Bilingual("\(line.key[1]) 型に合わない値", "\(line.key[1]): a value that does not fit") : nil
    }

    func summary(_ scratch: Scratch) -> any CheckSummary { Invalid(limits) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let invalid = summary as? Invalid else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: invalid.bad == 0
          ? Bilingual("\(invalid.rows)行すべて読める", "all \(invalid.rows) rows can be read")
          : Bilingual("\(invalid.bad)行に型に合わない値", "\(invalid.bad) rows hold a value that does not fit"))
      finding.actualRows = invalid.rows
      finding.expectedRows = invalid.rows
      finding.differences = invalid.bad
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let invalid = summary as? Invalid, invalid.bad > 0 else { return nil }
      return InvalidLocaliser(columns, limits)
    }
  }

  final class Invalid: CheckSummary {
    fileprivate var rows = 0
    fileprivate var bad = 0
    private let limits: [Int?]

    init(_ limits: [Int?]) { self.limits = limits }

    func observe(_ term: Term, _ rows: ObservedRows) {
      bad += rows.select(term) { selection in
        let limited = zip(selection.keys, limits).compactMap { column, limit in
          limit.flatMap { column.mayBeLonger(selection.count, than: $0) ? (column, $0) : nil }
        }
        if limited.isEmpty { return }
        selection.forEach { row in
          if limited.contains(where: { $0.0.isLonger(row, than: $0.1) }) { bad += 1 }
        }
      }
      self.rows += rows.count
    }

    func merge(_ other: any CheckSummary) {
      guard let other = other as? Invalid else { return }
      rows += other.rows
      bad += other.bad
    }
  }

  /// Lists each value that does not fit: the number of its row in the order of the key, its column, and the other
  /// values of the row.
  final class InvalidLocaliser: Localiser {
    private let columns: [String]
    private let limits: [Int?]
    private var rows = 0
    private var lines: [CheckResult.Line] = []

    init(_ columns: [String], _ limits: [Int?]) {
      self.columns = columns
      self.limits = limits
    }

    func observe(_ term: Term, _ rows: ObservedRows) {
      let values = term.keys.map { rows.machine.value($0) }
      for row in 0..<rows.count {
        for (index, value) in values.enumerated() {
          let isTooLong = limits[index].map { value.isLonger(row, than: $0) } ?? false
          guard value.fault(row) != nil || isTooLong else { continue }
          lines.append(
            CheckResult.Line(
              key: [String(self.rows + row + 1), columns[index], others(term, values, row)], expected: [], actual: [],
              sides: sides(value, term.keys[index].privacy, row, limits[index])))
        }
      }
      self.rows += rows.count
    }

    /// What the column allows, and what stands there.
    private func sides(_ value: Column, _ privacy: Privacy, _ row: Int, _ limit: Int?) -> CheckResult.Line.Sides {
      typealias Side = CheckResult.Line.Side
      let word = ProgramBuilder.word(value.type)
      let allowed = Side([Side.Value(Side.Value.type, limit.map { "\(word)(\($0))" } ?? word)])
      if let fault = value.fault(row) {
        return .init(
          expected: allowed,
          actual: Side(why: Bilingual("読めない: \(fault.meaning.ja)", "cannot be read: \(fault.meaning.en)")))
      }
      let length = value.text(row).count { $0 & 0xC0 != 0x80 }
      return .init(
        expected: allowed,
        actual: Side([
          Side.Value(Side.Value.type, "\(word)(\(length))"),
          Side.Value(Side.Value.text, value.describe(row) ?? "–", privacy: privacy.told),
        ]))
    }

    private func others(_ term: Term, _ values: [Column], _ row: Int) -> String {
      columns.indices.filter { values[$0].fault(row) == nil }.map { column in
        let isOpen = term.keys[column].privacy == .open
        return "\(columns[column])=\(isOpen ? values[column].describe(row) ?? "–" : Privacy.mask)"
      }.joined(separator: ", ")
    }

    func finish() -> [CheckResult.Line] { lines }
  }
}

extension Column {
  /// Whether one of the first `rows` rows may be a text with more characters than `limit`. False is certain.
  fileprivate func mayBeLonger(_ rows: Int, than limit: Int) -> Bool { type == .text && longestText(rows) > limit }

  /// Whether a text has more characters than `limit`.
  @inline(__always)
  fileprivate func isLonger(_ row: Int, than limit: Int) -> Bool {
    guard type == .text, states[row] == 0 else { return false }
    let text = text(row)
    return text.count > limit && text.count { $0 & 0xC0 != 0x80 } > limit
  }
}
