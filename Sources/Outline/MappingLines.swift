import Base
import Decode
import Expressions
import Projects
import Registers
import Targets

extension Project {
  /// 移行項目マッピング表: one line for each column of each row that a record makes. Kinds that share a row share its
  /// lines. In the order of the definitions.
  package var mappingLines: [MappingLine] {
    var lines: [MappingLine] = []
    for file in files {
      var known: [Place: Int] = [:]
      for kind in file.kinds {
        var numbers: [Int: Int] = [:]
        for row in kind.mapping.rows {
          numbers[row.table, default: 0] += 1
          guard let place = row.written.first?.place else { continue }
          if let first = known[place] {
            // A row that several kinds share is written once.
            for index in first..<first + row.written.count { lines[index] = lines[index].shared(by: kind) }
          } else {
            known[place] = lines.count
            lines += self.lines(file, kind, row, number: numbers[row.table] ?? 1)
          }
        }
      }
    }
    return lines
  }

  private func lines(_ file: FilePlan, _ kind: FileKind, _ row: RowPlan, number: Int) -> [MappingLine] {
    let table = tables[row.table]
    let source = Source.records(file: file.id, kind: kind.code)
    let beginning = "mapping/\(file.id)/\(kind.code)/\(table.name)\(number > 1 ? "#\(number)" : "")"
    return table.columns.indices.map { index in
      let column = table.columns[index]
      let written = row.written[index]
      let names = kind.plan.names(programs[source]?.inputs(of: row.values[index]) ?? [])
      let fields = kind.plan.fields.filter { names.contains($0.name) }
      return MappingLine(
        id: "\(beginning)/\(column.name)", file: file.id, fileTitle: file.title, kinds: [(kind.code, kind.title)],
        table: table.name, column: column.name, type: column.written, limit: column.length, places: column.places,
        isKey: table.key.contains(index),
        isOptional: column.optional, expression: written.text, isMissing: written.isDraft, place: written.place,
        each: row.each?.table ?? "",
        condition: row.when ?? "", items: fields.map { MappingLine.Item($0, kind.reading) },
        codes: Self.tables(namedIn: written.text))
    }
  }

  /// The names of the code tables in an expression: `code('NAME', …)`, `lookup('NAME', …)`.
  private static func tables(namedIn text: String) -> [String] {
    var found: [String] = []
    let calls = text.replacing("lookup('", with: "code('")
    for part in calls.split(separator: "code('", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: "'") else { continue }
      let name = String(part[..<end])
      if !found.contains(name) { found.append(name) }
    }
    return found
  }
}

extension MappingLine.Item {
  fileprivate init(_ field: FieldPlan, _ reading: Interpretation) {
    if let cell = reading.cells[field.name] {
      self.init(cell, field, isCell: reading.isDelimited)
      return
    }
    self.init(
      name: field.name, picture: field.picture, position: (field.places.first?.lowerBound ?? 0) + 1,
      length: field.length, count: field.characters, scale: field.scale)
  }
}

extension MappingLine.Item {
  /// An item of a layout: what it holds is told in characters, its place in bytes only where lines have such places.
  private init(_ cell: CellType, _ field: FieldPlan, isCell: Bool) {
    let (words, count, scale): (String, Int?, Int?) =
      switch cell {
      case .text(let size): ("text(\(size))", size, nil)
      case .number(let digits, 0): ("number(\(digits))", digits, 0)
      case .number(let digits, let scale): ("number(\(digits),\(scale))", digits, scale)
      case .date: ("date", nil, nil)
      }
    self.init(
      name: field.name, picture: words, position: isCell ? field.cell + 1 : (field.places.first?.lowerBound ?? 0) + 1,
      length: isCell ? cell.width : field.length, isCell: isCell, count: count, scale: scale)
  }
}

extension MappingLine {
  fileprivate func shared(by kind: FileKind) -> MappingLine {
    MappingLine(
      id: id, file: file, fileTitle: fileTitle, kinds: kinds + [(kind.code, kind.title)], table: table, column: column,
      type: type, limit: limit, places: places, isKey: isKey, isOptional: isOptional, expression: expression,
      isMissing: isMissing, place: place, each: each,
      condition: condition, items: items, codes: codes)
  }
}
