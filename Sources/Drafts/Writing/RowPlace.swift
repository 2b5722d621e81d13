import Copybook
import Foundation
import Profile

/// A row that records make, with where it is.
struct RowPlace {
  let file: Int
  let kind: Int
  let row: RowDraft
}

extension ProjectDraft {
  /// The rows of each table, in the order of files and kinds.
  func places(of table: Int) -> [RowPlace] {
    var places: [RowPlace] = []
    for (file, kinds) in assignment.rows.enumerated() {
      for (kind, rows) in kinds.enumerated() {
        for row in rows where row.table == table { places.append(RowPlace(file: file, kind: kind, row: row)) }
      }
    }
    return places
  }

  /// Tables that records fill, in the order of the schema.
  var filled: [Int] { schema.tables.indices.filter { !assignment.unfilled.contains($0) } }

  /// The key of a table: the schema's own, else columns whose words say that they name something.
  func key(of table: Int) -> [String] {
    let draft = schema.tables[table]
    if !draft.key.isEmpty { return draft.key }
    let named = draft.columns.filter { column in
      ["番号", "年度", "履歴", "期別", "コード"].contains { column.name.hasSuffix($0) } && !column.isOptional
    }.map(\.name)
    return named.isEmpty ? draft.columns.filter { !$0.isOptional }.map(\.name).prefix(4) + [] : named
  }

  /// The source of a kind's records in expressions of checks.
  func source(_ place: RowPlace) -> String { "\(files[place.file].id)[\(files[place.file].kinds[place.kind].code)]" }
}

extension ProjectDraft {
  /// Whether numeric items without digits (spaces, low-values) were met.
  var hasBlankNumbers: Bool {
    files.flatMap(\.kinds).flatMap(\.fields).contains { $0.isNumber && $0.facts.nulls > $0.facts.absent }
  }

  /// Files in the folder of the data for which nobody gave a copybook.
  var unread: [String] {
    let known = Set(files.map(\.data))
    return ((try? FileManager.default.contentsOfDirectory(atPath: order.data)) ?? []).sorted().filter {
      !known.contains($0)
    }
  }
}

extension FileDraft {
  /// Whether records have bytes that no item holds.
  var hasFiller: Bool {
    kinds.contains { kind in
      let chosen = Set(kind.choose.map(\.title))
      return kind.copybook.layout.slots(choosing: chosen).contains { $0.item.isFiller }
        || !kind.copybook.layout.gaps(choosing: chosen).isEmpty
    }
  }
}

extension Condition {
  /// The names of single values (88-levels).
  var named: [String: String] {
    values.reduce(into: [:]) { if $1.through == nil, $1.from.kind == .text { $0[$1.from.text] = name } }
  }
}
