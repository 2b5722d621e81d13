import Base
import Copybook
import Decode
import Profile
import Records

/// Which records become rows of which tables: for each kind of each file the rows that its records make.
struct Assignment {
  /// The rows of each kind of each file, in the order of the tables.
  private(set) var rows: [[[RowDraft]]]
  /// Tables that no kind fills.
  private(set) var unfilled: Set<Int> = []

  /// The least share of a table's columns that a kind must fit.
  private static let least = 0.3

  init(
    _ files: [FileDraft], _ tables: [TableDraft], types: [[String: TypeGuess]], codes: (Int, FieldDraft) -> Bool
  ) throws(Diagnostic) {
    rows = files.map { file in file.kinds.map { _ in [] } }
    var guess = MappingGuess(tables)
    var candidates: [[(file: Int, kind: Int, row: RowDraft)]] = []
    for table in tables.indices {
      try Interruption.check()
      var found: [(file: Int, kind: Int, row: RowDraft)] = []
      for (file, draft) in files.enumerated() {
        for (kind, record) in draft.kinds.enumerated() where record.role == .data {
          var best = guess.row(record, table, each: nil, guesses: types[file]) { codes(file, $0) }
          for each in Self.tables(of: record) {
            let row = guess.row(record, table, each: each, guesses: types[file]) { codes(file, $0) }
            let own = row.columns.contains { $0.fields.contains { $0.table == each } }
            if own, row.score > best.score + 0.02 { best = row }
          }
          found.append((file, kind, best))
        }
      }
      candidates.append(found)
    }
    let affinity = Self.affinity(candidates, tables, files.count)
    for table in tables.indices {
      let found = candidates[table]
      func weight(_ row: (file: Int, kind: Int, row: RowDraft)) -> Double {
        row.row.score + 0.2 * (affinity[Self.group(tables[table].name)]?[row.file] ?? 0)
      }
      guard let best = found.max(by: { (weight($0), -$0.kind) < (weight($1), -$1.kind) }), best.row.score >= Self.least
      else {
        unfilled.insert(table)
        continue
      }
      for candidate in found where Self.shares(candidate, best) {
        rows[candidate.file][candidate.kind].append(candidate.row)
      }
    }
  }

  /// What the name of a table begins with: tables of one business often share it.
  private static func group(_ name: String) -> String { String(name.prefix { $0 != "_" }) }

  /// How well the kinds of each file fit the tables of each group, on average: of two files that fit a table alike, the
  /// one that fits its sisters has it.
  private static func affinity(
    _ candidates: [[(file: Int, kind: Int, row: RowDraft)]], _ tables: [TableDraft], _ files: Int
  ) -> [String: [Double]] {
    var sums: [String: [Double]] = [:]
    var count: [String: Int] = [:]
    for (table, found) in candidates.enumerated() {
      let name = group(tables[table].name)
      var best = [Double](repeating: 0, count: files)
      for row in found { best[row.file] = max(best[row.file], row.row.score) }
      sums[name] = zip(sums[name] ?? [Double](repeating: 0, count: files), best).map { $0 + $1 }
      count[name, default: 0] += 1
    }
    return sums.reduce(into: [:]) { found, entry in
      found[entry.key] = entry.value.map { $0 / Double(count[entry.key] ?? 1) }
    }
  }

  /// Changes the rows, when more is known of the types of items.
  mutating func revise(_ change: (_ file: Int, RowDraft) -> RowDraft) {
    for file in rows.indices {
      for kind in rows[file].indices { rows[file][kind] = rows[file][kind].map { change(file, $0) } }
    }
  }

  /// The tables (OCCURS) of a kind whose entries may make rows.
  private static func tables(of kind: KindDraft) -> [String] {
    var names: [String] = []
    for field in kind.fields where field.slot.dimensions.count == 1 {
      if let table = field.table, !names.contains(table) { names.append(table) }
    }
    return names
  }

  /// Whether a kind makes rows of the table as the best one does: from the same file, by the same items, apart from what
  /// only one of both has.
  private static func shares(
    _ candidate: (file: Int, kind: Int, row: RowDraft), _ best: (file: Int, kind: Int, row: RowDraft)
  ) -> Bool {
    if candidate.file == best.file, candidate.kind == best.kind { return true }
    guard candidate.file == best.file, candidate.row.score >= best.row.score * 0.7 else { return false }
    // Columns of items that not every kind has tell kinds apart.
    let specific = best.row.columns.filter { $0.fields.contains { $0.isSpecific } }
    let same = specific.filter { column in
      let other = candidate.row.columns[column.column]
      guard other.expression != nil else { return false }
      return other.fields.first?.identity == column.fields.first?.identity
        || (best.row.each != nil && candidate.row.each != nil && other.fields.first?.table != nil)
    }
    // Entries of another table than the best one's may lack what that one has.
    if best.row.each != nil, candidate.row.each != nil, best.row.each != candidate.row.each {
      return same.count * 10 >= specific.count * 3
    }
    return specific.isEmpty ? candidate.row.each == best.row.each : same.count * 10 >= specific.count * 7
  }
}
