import Base
import Copybook
import Decode
import Profile

/// A check of a draft project.
struct CheckDraft {
  let id: String
  let severity: String
  let title: (ja: String, en: String)
  let category: String
  let kind: String
  /// The other keys, a line each, indented relative to the check.
  let body: YAMLLines
  let file: Int
  /// Items of kinds that it reads, beside the mapping: file, kind and name.
  var reads: [(file: Int, kind: Int, name: String)] = []

  var lines: YAMLLines {
    var lines = YAMLLines()
    lines.add(0, "- id: \(YAMLLines.scalar(id))")
    lines.add(1, "kind: \(kind)")
    lines.add(1, "category: \(category)")
    lines.add(1, "severity: \(severity)")
    lines.add(1, "title: \(YAMLLines.both(title.ja, title.en))")
    lines.add(body, depth: 1)
    return lines
  }
}

/// The standard checks of every file and every table.
struct ChecksOfDraft {
  private let draft: ProjectDraft
  private(set) var checks: [CheckDraft] = []
  /// Round trips, with what comes back.
  private(set) var rebuilt: [(id: String, evidence: String)] = []

  init(_ draft: ProjectDraft) {
    self.draft = draft
    for index in draft.files.indices where !draft.files[index].kinds.isEmpty { addFile(index) }
    for (number, table) in draft.filled.enumerated() { addTable(table, number + 1) }
  }

  private mutating func add(
    _ id: String, _ kind: String, _ category: String, _ severity: String, _ title: (String, String), file: Int,
    reads: [(Int, Int, String)] = [], _ body: (inout YAMLLines) -> Void
  ) {
    var lines = YAMLLines()
    body(&lines)
    checks.append(
      CheckDraft(
        id: id, severity: severity, title: title, category: category, kind: kind, body: lines, file: file,
        reads: reads.map { (file: $0.0, kind: $0.1, name: $0.2) }))
  }

  // MARK: files

  private mutating func addFile(_ index: Int) {
    let file = draft.files[index]
    let title = file.copybook.title
    for (kind, word) in zip(file.kinds, file.kinds.map(\.role)) where word != .data {
      let (name, ja) = word == .header ? ("header", "ヘッダ") : ("trailer", "トレーラ")
      add(
        "\(file.id)-C01-\(kind.code)", "totals", "C01", "S1", ("\(title)の\(ja)が1件", "\(file.id): one \(name)"),
        file: index
      ) {
        $0.add(0, "expect-value: 1")
        $0.add(0, "actual:")
        $0.add(1, "- from: \(YAMLLines.scalar("\(file.id)[\(kind.code)]"))")
        $0.add(2, "sum: {件数: 1}")
      }
    }
    add(
      "\(file.id)-C04-01", "decoded", "C04", "S1", ("\(title)に読めないレコードがない", "\(file.id): no unreadable record"),
      file: index
    ) {
      $0.add(0, "file: \(YAMLLines.scalar(file.id))")
    }
    addTrailer(index)
    for kind in file.kinds.indices {
      guard let draft = RebuiltDraft(draft, index, kind) else { continue }
      let (code, body) = (file.kinds[kind].code, draft.body)
      add(
        "\(file.id)-C10-\(code)", "rebuilt", "C10", "S1",
        ("\(file.id)[\(code)]を移行先から復元し全バイト一致", "\(file.id)[\(code)] is rebuilt byte for byte"), file: index
      ) { $0.add(body, depth: 0) }
      rebuilt.append(("\(file.id)-C10-\(code)", draft.evidence))
    }
  }

  /// What the trailer counts and adds up: items whose value is the number of records, or a sum of an item.
  private mutating func addTrailer(_ index: Int) {
    let file = draft.files[index]
    guard let trailer = file.kinds.firstIndex(where: { $0.role == .trailer }) else { return }
    let data = file.kinds.indices.filter { file.kinds[$0].role == .data }
    let count = data.reduce(0) { $0 + file.kinds[$1].records }
    var number = 1
    for field in file.kinds[trailer].fields
    where field.isNumber && field.slot.dimensions.isEmpty && field.facts.smallest == field.facts.largest
      && draft.types[index][field.name]?.meaning == nil
    {
      let value = field.facts.sum
      let from = YAMLLines.scalar("\(file.id)[\(file.kinds[trailer].code)]")
      if value == Int128(count) {
        add(
          "\(file.id)-C01-1\(number)", "totals", "C01", "S1", ("トレーラの件数とデータの件数", "The trailer counts the records"),
          file: index, reads: [(index, trailer, field.name)]
        ) {
          $0.add(0, "expected:")
          $0.add(1, "- from: \(from)")
          $0.add(2, "sum: {件数: \(field.name)}")
          $0.add(0, "actual:")
          $0.add(1, "- from: \(YAMLLines.scalar("\(file.id)[*]"))")
          $0.add(2, "sum: {件数: 1}")
        }
        number += 1
        continue
      }
      guard value > 1000, let (name, kinds) = summed(index, data, value) else { continue }
      add(
        "\(file.id)-C02-1\(number)", "totals", "C02", "S1", ("トレーラの合計と\(name)の合計", "The trailer adds up \(name)"),
        file: index, reads: [(index, trailer, field.name)] + kinds.map { (index, $0, name) }
      ) {
        $0.add(0, "zero: \(YAMLLines.both("トレーラは合計だけをもつ", "the trailer has the sum alone"))")
        $0.add(0, "expected:")
        $0.add(1, "- from: \(from)")
        $0.add(2, "sum: {合計: \(field.name)}")
        $0.add(0, "actual:")
        for kind in kinds {
          $0.add(1, "- from: \(YAMLLines.scalar("\(file.id)[\(file.kinds[kind].code)]"))")
          $0.add(2, "sum: {合計: \(name)}")
        }
      }
      number += 1
    }
  }

  /// The item whose sum over all kinds that have it is this value.
  private func summed(_ index: Int, _ data: [Int], _ value: Int128) -> (String, [Int])? {
    var sums: [String: (sum: Int128, kinds: [Int])] = [:]
    var order: [String] = []
    let file = draft.files[index]
    for kind in data {
      for field in file.kinds[kind].fields
      where field.isNumber && field.slot.dimensions.isEmpty && draft.types[index][field.name]?.meaning == nil
        && field.scale == 0
      {
        if sums[field.name] == nil { order.append(field.name) }
        sums[field.name, default: (0, [])].sum += field.facts.sum
        sums[field.name]?.kinds.append(kind)
      }
    }
    return order.first { sums[$0]?.sum == value }.map { ($0, sums[$0]?.kinds ?? []) }
  }

  // MARK: tables

  private mutating func addTable(_ table: Int, _ number: Int) {
    let draft = draft
    let places = draft.places(of: table)
    guard let first = places.first else { return }
    let schema = draft.schema.tables[table]
    let name = schema.name
    let prefix = "T\(number < 10 ? "0" : "")\(number)"
    let file = first.file
    add("\(prefix)-C01-01", "totals", "C01", "S1", ("\(name)の行数", "Rows of \(name)"), file: file) {
      Self.terms(draft, places, &$0) { _ in
        [("行数", "1")]
      } by: { _ in
        []
      }
      $0.add(0, "actual:")
      $0.add(1, "- from: \(YAMLLines.scalar(name))")
      $0.add(2, "sum: {行数: 1}")
    }
    let sums = schema.columns.indices.filter { column in
      schema.columns[column].type.isWhole
        && places.allSatisfy { place in
          let guess = place.row.columns[column]
          guard let field = guess.fields.first, guess.expression == field.name, field.isNumber else { return false }
          return draft.types[place.file][field.name]?.meaning == nil
        }
    }
    if !sums.isEmpty {
      add("\(prefix)-C02-01", "totals", "C02", "S1", ("\(name)の合計", "Sums of \(name)"), file: file) {
        Self.terms(draft, places, &$0) { place in
          [("行数", "1")] + sums.map { (schema.columns[$0].name, place.row.columns[$0].expression ?? "0") }
        } by: { _ in
          []
        }
        $0.add(0, "actual:")
        $0.add(1, "- from: \(YAMLLines.scalar(name))")
        $0.add(
          2, "sum: \(YAMLLines.map([("行数", "1")] + sums.map { (schema.columns[$0].name, schema.columns[$0].name) }))")
      }
    }
    addColumns(table, places, "\(prefix)-C05-01")
    add("\(prefix)-C01-02", "unique", "C01", "S1", ("\(name)のキーが重複しない", "Keys of \(name) are unique"), file: file) {
      $0.add(0, "table: \(YAMLLines.scalar(name))")
      $0.add(0, "key: \(YAMLLines.list(draft.key(of: table)))")
    }
    add(
      "\(prefix)-C04-01", "readable", "C04", "S1", ("\(name)の値が型に合う", "Values of \(name) fit their types"), file: file
    ) {
      $0.add(0, "table: \(YAMLLines.scalar(name))")
    }
    for (index, reference) in schema.references.enumerated() {
      addReference(table, reference, "\(prefix)-C07-\(index + 1)", file)
    }
  }

  /// All columns at once, row by row. A column that nobody has mapped is left out until it is.
  private mutating func addColumns(_ table: Int, _ places: [RowPlace], _ id: String) {
    let draft = draft
    let schema = draft.schema.tables[table]
    let key = draft.key(of: table)
    let isKey = schema.columns.map { key.contains($0.name) }
    let isMapped = schema.columns.indices.map { column in places.contains { $0.row.columns[column].expression != nil } }
    let values = schema.columns.indices.filter { !isKey[$0] && isMapped[$0] }
    let open = schema.columns.indices.filter { !isKey[$0] && !isMapped[$0] }
    let title = ("\(schema.name)の全項目", "All columns of \(schema.name)")
    add(id, "equal-columns", "C05", "S1", title, file: places[0].file) {
      $0.add(0, "table: \(YAMLLines.scalar(schema.name))")
      $0.add(0, "from:")
      for place in places {
        $0.add(1, "- from: \(YAMLLines.scalar(draft.source(place)))")
        if let each = place.row.each { $0.add(2, "each: \(YAMLLines.scalar(each))") }
        if let when = place.row.when { $0.add(2, "where: \(YAMLLines.scalar(when))") }
        for (word, columns) in [("by", schema.columns.indices.filter { isKey[$0] }), ("values", values)]
        where !columns.isEmpty {
          $0.add(2, "\(word):")
          for column in columns {
            let text = place.row.columns[column].expression ?? Self.nothing(schema.columns[column].type)
            $0.add(3, "\(YAMLLines.scalar(schema.columns[column].name)): \(YAMLLines.scalar(text))")
          }
        }
      }
      if !open.isEmpty { $0.add(0, "except:") }
      for column in open {
        $0.add(
          1, "\(YAMLLines.scalar(schema.columns[column].name)): \(YAMLLines.both("下書き。まだ対応がない", "a draft: not mapped"))"
        )
      }
    }
  }

  private mutating func addReference(_ table: Int, _ reference: TableDraft.Reference, _ id: String, _ file: Int) {
    let schema = draft.schema
    guard let other = schema.table(reference.table), !draft.assignment.unfilled.contains(other) else { return }
    let targets = reference.targets.isEmpty ? draft.key(of: other) : reference.targets
    let name = schema.tables[table].name
    guard targets.count == reference.columns.count else { return }
    let columns = reference.columns.compactMap {
      schema.tables[table].column($0).map { schema.tables[table].columns[$0] }
    }
    guard columns.count == targets.count else { return }
    let names = columns.map(\.name)
    let optional = columns.filter(\.isOptional).map { "not is_null(\($0.name))" }
    add(
      id, "references", "C07", "S1",
      ("\(name)の参照先が\(reference.table)にある", "\(name) refers to rows of \(reference.table)"), file: file
    ) {
      $0.add(0, "expected:")
      $0.add(1, "- from: \(YAMLLines.scalar(schema.tables[other].name))")
      $0.add(2, "by: \(YAMLLines.map(Array(zip(names, targets))))")
      $0.add(0, "actual:")
      $0.add(1, "- from: \(YAMLLines.scalar(name))")
      if !optional.isEmpty { $0.add(2, "where: \(YAMLLines.scalar(optional.joined(separator: " and ")))") }
      $0.add(2, "by: \(YAMLLines.map(names.map { ($0, $0) }))")
    }
  }

  /// `null` of a type, where another kind's term has a value.
  static func nothing(_ type: ColumnType) -> String {
    switch type {
    case .date: "ymd(number(null), 1, 1)"
    case _ where type.isWhole || type.scale != nil: "number(null)"
    case .boolean: "number(null) = 1"
    default: "null"
    }
  }

  private static func terms(
    _ draft: ProjectDraft, _ places: [RowPlace], _ lines: inout YAMLLines, sum: (RowPlace) -> [(String, String)],
    by: (RowPlace) -> [(String, String)]
  ) {
    lines.add(0, "expected:")
    for place in places {
      lines.add(1, "- from: \(YAMLLines.scalar(draft.source(place)))")
      if let each = place.row.each { lines.add(2, "each: \(YAMLLines.scalar(each))") }
      if let when = place.row.when { lines.add(2, "where: \(YAMLLines.scalar(when))") }
      let by = by(place)
      if !by.isEmpty {
        lines.add(2, "by:")
        for (name, text) in by { lines.add(3, "\(YAMLLines.scalar(name)): \(YAMLLines.scalar(text))") }
      }
      lines.add(2, "sum: \(YAMLLines.map(sum(place)))")
    }
  }
}
