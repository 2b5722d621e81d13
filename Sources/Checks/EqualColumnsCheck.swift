import Base
import Definitions
import Evidence
import Expressions
import Records

/// `equal-columns`: each row of a table has, column by column, the values of its legacy row, and no row is missing or too
/// many on either side. One check a table.
///
/// The key is that of the schema. Every other column has a value in each term, or stands under `except` with the reason.
/// One pass in fixed memory finds the buckets of keys that differ, as for `keys`; the rows of these alone are
/// compared in a second one, which names the columns.
struct EqualColumnsCheck: CheckKind {
  static let name = "equal-columns"
  static let purpose = Bilingual(
    "表のすべての行とすべての列がキーごとに一致する", "all rows and all columns of a table are equal, key by key")
  static let keys = ["table", "from", "except"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let node = map.required("table"), let table = sources.table(node), let scope = sources.scope(table),
      case .table(let name) = table, let from = map.required("from")
    else { return nil }
    let key = sources.key(of: name)
    guard !key.isEmpty else {
      node.wrong(name, "a table with a key")
      return nil
    }
    let columns = scope.entries.sorted { $0.value.column < $1.value.column }.map(\.key)
    var excepted: Set<String> = []
    for (column, place, reason) in map["except"]?.entries ?? [] {
      guard columns.contains(column), !key.contains(column) else {
        place.wrong(column, "a column beside the key: \(NameTable.nearest(column, among: columns))")
        return nil
      }
      guard reason.bilingual != nil else { return nil }
      excepted.insert(column)
    }
    let names = columns.filter { !key.contains($0) && !excepted.contains($0) }
    let reader = Reader(sources: sources, scope: scope, key: key, names: names)
    let legacy = from.list.map { reader.terms($0) }
    guard !legacy.isEmpty, legacy.allSatisfy({ $0 != nil }), let stored = reader.term(of: table, at: node) else {
      return nil
    }
    return Body(terms: legacy.flatMap { $0 ?? [] } + [stored], keyNames: key)
  }

  /// Reads the terms: their keys and values have the types of the table's columns.
  private struct Reader {
    let sources: CheckSources
    let scope: Scope
    let key: [String]
    let names: [String]

    /// The terms of one entry of `from`, one for each record kind; `nil` after a diagnostic.
    func terms(_ node: DefinitionNode) -> [Term]? {
      guard let map = node.map(["from", "each", "where", "by", "values"]), let from = map.required("from"),
        let by = map.required("by"), let keys = ordered(by, key), let values = ordered(map["values"], names, or: node)
      else { return nil }
      let found = TermReader.sources(named: from, sources)
      var terms: [Term] = []
      for source in found {
        if case .table = source {
          from.wrong(from.text ?? "", "records of a legacy file: FILE[kind,…]")
          return nil
        }
        let each = map["each"].map { sources.occurrences(source, $0) }
        if case .some(nil) = each { return nil }
        let condition = sources.condition(source, map["where"], of: node, each: each??.table)
        let columns = (keys + values).map { name, text in
          sources.compile(source, text, each: each??.table, type: scope.entries[name]?.type, isValue: true)
        }
        guard let condition, columns.allSatisfy({ $0 != nil }) else { return nil }
        let compiled = columns.compactMap(\.self)
        guard
          let term = term(
            .expected, source, each ?? nil, condition, keys: Array(compiled.prefix(keys.count)),
            values: Array(compiled.dropFirst(keys.count)), at: from)
        else { return nil }
        terms.append(term)
      }
      return terms.isEmpty ? nil : terms
    }

    /// The rows of the table; `nil` after a diagnostic.
    func term(of table: Source, at node: DefinitionNode) -> Term? {
      let columns = node.problems.collect { () throws(Diagnostic) in
        var compiled: [Compiled] = []
        for name in key + names { compiled.append(try sources.compile(table, name, at: node.place)) }
        return compiled
      }
      guard let columns else { return nil }
      var stored = term(
        .actual, table, nil, nil, keys: Array(columns.prefix(key.count)), values: Array(columns.dropFirst(key.count)),
        at: node)
      stored?.written = (key, nil)
      return stored
    }

    /// What is added up is the number of rows.
    private func term(
      _ side: Term.Side, _ source: Source, _ each: (table: String, count: Int)?, _ condition: Compiled?,
      keys: [Compiled], values: [Compiled], at node: DefinitionNode
    ) -> Term? {
      let one = node.problems.collect { () throws(Diagnostic) in try sources.compile(source, "1", at: node.place) }
      guard let one else { return nil }
      var term = Term(
        side: side, source: source, each: each, condition: condition, keys: keys, measures: [one], sign: 1,
        isControl: sources.isControl(source))
      term.values = zip(names, values).map { ($0, $1) }
      return term
    }

    /// The entries of a node, which are these columns and no others, in this order; `nil` after a diagnostic.
    private func ordered(
      _ node: DefinitionNode?, _ wanted: [String], or parent: DefinitionNode? = nil
    ) -> [(String, DefinitionNode)]? {
      let entries = node?.entries ?? []
      var isWrong = false
      for entry in entries where !wanted.contains(entry.key) {
        entry.keyNode.wrong(entry.key, wanted.joined(separator: ", "))
        isWrong = true
      }
      let missing = wanted.filter { name in !entries.contains { $0.key == name } }
      if !missing.isEmpty {
        (node ?? parent)?.wrong(
          "nothing for \(missing.joined(separator: ", "))",
          "each column: \(wanted.joined(separator: ", ")); what is not compared stands under `except` with the reason")
        isWrong = true
      }
      return isWrong ? nil : wanted.compactMap { name in entries.first { $0.key == name }.map { (name, $0.value) } }
    }
  }

  struct Body: CheckBody {
    let terms: [Term]
    let keyNames: [String]

    var measureNames: [String] { [CheckResult.Line.Side.Value.count] }

    /// The columns that differ, whosever row it is.
    func pattern(of line: CheckResult.Line) -> Bilingual? {
      guard line.expected.isEmpty, let values = line.sides?.expected.values else {
        if line.actual == [0] { return Bilingual("行が旧にあるが新にない", "row: old only") }
        if line.expected == [0] { return Bilingual("行が新にあるが旧にない", "row: new only") }
        return Bilingual("行の数が違う", "another number of rows")
      }
      let names = values.map(\.name)
      return Bilingual("\(names.joined(separator: "、"))が違う", "\(names.joined(separator: ", ")): another value")
    }

    func summary(_ scratch: Scratch) -> any CheckSummary { ColumnBuckets() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let buckets = summary as? ColumnBuckets else { return Finding(why: Bilingual("", "")) }
      let columns = terms.last?.values.count ?? 0
      var finding = Finding(
        why: Bilingual(
          "期待側\(buckets.rows.expected)行と実際側\(buckets.rows.actual)行の\(columns)列すべてが一致",
          "all \(columns) columns of \(buckets.rows.expected) expected and \(buckets.rows.actual) actual rows agree"))
      finding.expectedRows = buckets.rows.expected
      finding.actualRows = buckets.rows.actual
      finding.unreadable = buckets.unreadable
      finding.differences = buckets.differing.count
      if finding.differences > 0 { finding.why = Bilingual("行または列の不一致あり", "rows or columns differ") }
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let buckets = summary as? ColumnBuckets, !buckets.differing.isEmpty else { return nil }
      return ColumnLocaliser(buckets.suspects(without: rejected as? ColumnBuckets))
    }
  }
}

/// For each bucket of keys whether there are the same rows on both sides, and whether they have the same values. A row
/// with a value that cannot be read is there all the same.
final class ColumnBuckets: KeyNoting {
  /// The number of rows, and the hash of their values.
  private let sums = BucketSums(measures: 2)
  /// The keys of all rows, when they are noted.
  private var noted: Set<UInt128>?
  private(set) var rows = BothSides(0)
  private(set) var unreadable = 0

  func observe(_ term: Term, _ rows: ObservedRows) {
    let sums = sums
    unreadable += rows.select(term, measured: false) { selection in
      let keys = selection.hashes
      let columns = term.values.map { rows.machine.value($0.value) }
      let values = selection.valueHashes
      let isReadable = columns.allSatisfy { $0.joinedStates(selection.count) <= 1 }
      selection.forEach { row in
        sums.add(term.side == .expected ? 1 : -1, 0, keys[row])
        if !isReadable, columns.contains(where: { $0.fault(row) != nil }) {
          unreadable += 1
          return
        }
        let value = Int128(bitPattern: values[row])
        sums.add(term.side == .expected ? value : 0 &- value, 1, keys[row])
      }
      if noted != nil { selection.forEach { noted?.insert(keys[$0]) } }
      self.rows[term.side] += selection.taken
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? ColumnBuckets else { return }
    sums.merge(other.sums)
    if let keys = other.noted { noted?.formUnion(keys) }
    rows = BothSides(rows.expected + other.rows.expected, rows.actual + other.rows.actual)
    unreadable += other.unreadable
  }

  func noteKeys() { noted = [] }

  var differing: Set<Int> { sums.differing }

  /// - Parameter rejected: a summary of rejected records alone, with their keys.
  func suspects(without rejected: ColumnBuckets?) -> SuspectKeys {
    SuspectKeys(buckets: sums.differing(without: rejected?.sums), named: rejected?.noted ?? [])
  }
}

/// Compares the rows of the suspects column by column. Memory grows with these keys; a row that has found its equal is
/// forgotten.
final class ColumnLocaliser: Localiser {
  /// The values of a row; `nil` for NULL.
  private struct Row {
    let values: [String?]
    var isUnreadable = false

    /// Equal to the byte, which is more than equal texts.
    static func same(_ left: String?, _ right: String?) -> Bool {
      guard let left, let right else { return left == nil && right == nil }
      return left.utf8.elementsEqual(right.utf8)
    }

    func isSame(as other: Row) -> Bool {
      !isUnreadable && !other.isUnreadable && zip(values, other.values).allSatisfy { Self.same($0, $1) }
    }

    /// An order that does not depend on that of the rows in the target.
    static func precedes(_ left: Row, _ right: Row) -> Bool {
      for (one, other) in zip(left.values, right.values) where !same(one, other) {
        guard let one, let other else { return one == nil }
        return one.utf8.lexicographicallyPrecedes(other.utf8)
      }
      return false
    }
  }

  /// A key: its rows that have no equal on the other side.
  private struct Entry {
    let name: [String]
    var open = BothSides<[Row]>([])
    var counts = BothSides(0)
    var records = BothSides(NotedRecords())

    mutating func add(_ row: Row, _ side: Term.Side, _ place: UInt64) {
      counts[side] += 1
      records[side].note(place)
      let other: Term.Side = side == .expected ? .actual : .expected
      if let equal = open[other].firstIndex(where: { $0.isSame(as: row) }) {
        open[other].remove(at: equal)
      } else {
        open[side].append(row)
      }
    }

    /// The first rows that differ; `nil` where rows cannot be read or all have their equals.
    var pair: (expected: Row, actual: Row)? {
      func first(_ rows: [Row]) -> Row? { rows.filter { !$0.isUnreadable }.min(by: Row.precedes) }
      guard let expected = first(open.expected), let actual = first(open.actual) else { return nil }
      return (expected, actual)
    }
  }

  private let suspects: SuspectKeys
  private var entries: [UInt128: Entry] = [:]
  private var names: [String] = []
  private var privacy: [Privacy] = []
  private var files = LegacyFiles()
  private var origins = RowOrigins()

  init(_ suspects: SuspectKeys) { self.suspects = suspects }

  func observe(_ term: Term, _ rows: ObservedRows) {
    names = term.values.map(\.name)
    let own = term.values.map(\.value.privacy)
    privacy = privacy.isEmpty ? own : zip(privacy, own).map { Privacy.stricter($0, $1) }
    let places = files.places(term, rows)
    _ = rows.select(term, measured: false) { selection in
      let hashes = selection.hashes
      let columns = term.values.map { rows.machine.value($0.value) }
      selection.forEach { row in
        guard suspects.contains(hashes[row]) else { return }
        let name = { selection.keys.map { $0.describe(row) ?? "–" } }
        let isUnreadable = columns.contains { $0.fault(row) != nil }
        let found = Row(values: isUnreadable ? [] : columns.map { $0.describe(row) }, isUnreadable: isUnreadable)
        entries[hashes[row], default: Entry(name: name())].add(found, term.side, places[row])
      }
    }
  }

  func locate(_ origin: Term, _ rows: ObservedRows) {
    let places = files.places(origin, rows)
    _ = rows.select(origin) { selection in
      let hashes = selection.hashes
      selection.forEach { row in
        guard suspects.contains(hashes[row]) else { return }
        origins.note(places[row], hashes[row], origin.side)
      }
    }
  }

  private func line(_ hash: UInt128, _ entry: Entry) -> CheckResult.Line? {
    typealias Side = CheckResult.Line.Side
    var sides = CheckResult.Line.Sides(
      expected: Side(records: files.records(entry.records.expected)),
      actual: Side(records: files.records(entry.records.actual)))
    var line = CheckResult.Line(key: entry.name, expected: [], actual: [], records: files.records(entry.records))
    if entry.counts.expected != entry.counts.actual {
      line.expected = [Int128(entry.counts.expected)]
      line.actual = [Int128(entry.counts.actual)]
      if entry.counts.expected == 0 { sides.expected.why = Side.noExpectedRow }
      if entry.counts.actual == 0 { sides.actual.why = Side.noActualRow }
    } else {
      guard let pair = entry.pair else { return nil }
      for (index, name) in names.enumerated() where !Row.same(pair.expected.values[index], pair.actual.values[index]) {
        let told = privacy[index].told
        sides.expected.values.append(Side.Value(name, pair.expected.values[index] ?? "–", privacy: told))
        sides.actual.values.append(Side.Value(name, pair.actual.values[index] ?? "–", privacy: told))
      }
    }
    origins.add(to: &sides, hash, files)
    line.sides = sides
    return line
  }

  func finish() -> [CheckResult.Line] {
    entries.compactMap { hash, entry in line(hash, entry).map { (KeyRank(name: entry.name, hash: hash), $0) } }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }
}
