import Base
import Decode
import Expressions
import Pipeline
import Projects
import Records
import Targets

/// 対応の提案: what both sides' data say about the mapping. A suggestion is never taken over by itself: a mapping that is
/// learnt from a load has the load's mistakes.
package struct MappingSearch {
  /// An expression and how many rows agree with it.
  package struct Trial: Sendable {
    package let expression: String
    package let agreed: Int
    package let rows: Int
    /// The first records that do not agree.
    package let exceptions: [Int]

    package var isWhole: Bool { agreed == rows }
  }

  /// What was found for one column.
  package struct Finding: Sendable {
    /// As the mapping table names the line.
    package let id: String
    package let file: String
    package let table: String
    package let column: String
    /// The present expression; no row agrees with one that does not compile.
    package let present: Trial
    /// Others that agree in as many rows or more, the best first; at most three.
    package let suggestions: [Trial]
    /// In how many of the rows that the present expression misses the spelling alone differs, and how.
    package let spellings: [(difference: ValueDifference, rows: Int)]
  }

  private static let exceptions = 5
  /// Rows in which candidates are looked for.
  private static let looked = 1_000

  private let project: Project
  private let target: any Target
  private let data: String
  private let limit: Int

  /// - Parameters:
  ///   - data: the folder of the legacy files.
  ///   - limit: about so many rows of each table are compared, chosen by their keys.
  package init(_ project: Project, _ target: any Target, data: String, limit: Int) {
    self.project = project
    self.target = target
    self.data = data
    self.limit = limit
  }

  /// Reads a table once and each file that fills it twice.
  ///
  /// - Returns: a finding for each column of each row that records become; none for a row whose keys meet no row of the
  ///   table.
  /// - Throws: the errors of reading target and files; the user's interruption.
  package func findings(_ table: TableSchema) throws(Diagnostic) -> (findings: [Finding], unmet: [String]) {
    let rows = try AlignedRows(table, target, limit: limit)
    var findings: [Finding] = []
    var unmet: [String] = []
    for way in ways(table) {
      let name = "\(way.file.id)/\(way.kind.code)"
      let candidates = try candidates(rows, way)
      guard let candidates else {
        unmet.append("\(name) → \(table.name)")
        continue
      }
      findings += try trials(rows, way, candidates)
    }
    return (findings, unmet)
  }

  /// Each row of a table, once for the kinds that share it.
  private func ways(_ table: TableSchema) -> [AlignedRows.Way] {
    var ways: [AlignedRows.Way] = []
    for file in project.files {
      var seen: Set<Place> = []
      for kind in file.kinds {
        var number = 0
        for row in kind.mapping.rows where project.tables[row.table].name == table.name {
          number += 1
          if let place = row.written.first?.place, seen.insert(place).inserted {
            ways.append(AlignedRows.Way(file: file, kind: kind, row: row, number: number))
          }
        }
      }
    }
    return ways
  }

  /// The expressions that are worth a try, by column; `nil` when no record meets a row.
  private func candidates(_ rows: AlignedRows, _ way: AlignedRows.Way) throws(Diagnostic) -> [[String]]? {
    let fields = way.kind.plan.fields.filter { $0.table == nil || $0.table == way.row.each?.table }
    var texts: [[String?]] = fields.map { _ in [] }
    var met: [Int] = []
    var occurrences: [Int] = []
    var columns: [Column] = []
    try rows.read(way, project, data: data) {
      columns = $0.columns
    } _: { row, occurrence, number in
      guard met.count < Self.looked else { return }
      met.append(number)
      if way.row.each != nil { occurrences.append(occurrence + 1) }
      for (index, field) in fields.enumerated() {
        let column = field.table == nil ? field.column : field.column + occurrence
        texts[index].append(columns[column].describe(row))
      }
    }
    if met.isEmpty { return nil }
    let items = fields.indices.map { index in
      Candidates.Item(
        name: fields[index].name, isText: fields[index].codec.type == .text, values: texts[index])
    }
    let search = Candidates(items, codes: project.codeTables)
    return rows.table.columns.indices.map { column in
      search.expressions(
        for: met.map { rows.values[$0][column] }, Self.form(rows.table.columns[column].type),
        occurrences: occurrences)
    }
  }

  private static func form(_ type: ValueType) -> Candidates.Form {
    switch type {
    case .text: .text
    case .date: .date
    default: .number
    }
  }

  /// The first three; of those that agree alike, the likelier first.
  private static func best(_ trials: [Trial]) -> [Trial] {
    trials.enumerated().sorted { ($1.element.agreed, $0.offset) < ($0.element.agreed, $1.offset) }.prefix(3)
      .map(\.element)
  }

  private struct Attempt {
    let column: Int
    let text: String
    let compiled: Compiled
    let isPresent: Bool
    var agreed = 0
    var exceptions: [Int] = []
    var spellings: [ValueDifference: Int] = [:]
  }

  private func trials(
    _ rows: AlignedRows, _ way: AlignedRows.Way, _ candidates: [[String]]
  ) throws(Diagnostic) -> [Finding] {
    let source = Source.records(file: way.file.id, kind: way.kind.code)
    guard let lookups = project.programs[source]?.lookups else { return [] }
    var builder = ProgramBuilder(scope: way.kind.plan.scope(lookups))
    var attempts: [Attempt] = []
    for (index, column) in rows.table.columns.enumerated() {
      for text in [way.row.written[index].text] + candidates[index].filter({ $0 != way.row.written[index].text }) {
        // A guess that does not compile is none.
        guard
          let compiled = try? builder.compile(text, at: Place(), each: way.row.each?.table, type: column.type)
        else { continue }
        attempts.append(
          Attempt(column: index, text: text, compiled: compiled, isPresent: text == way.row.written[index].text))
      }
    }
    let machine = Machine(builder.program)
    var met = 0
    var records: [Int] = []
    var values: [Column] = []
    var occurrence = -1
    try rows.read(way, project, data: data) { block in
      machine.start(block.columns, rows: block.records.count)
      (records, occurrence) = (block.records, -1)
    } _: { row, now, number in
      if now != occurrence {
        machine.move(to: now)
        values = attempts.map { machine.value($0.compiled) }
        occurrence = now
      }
      met += 1
      for index in attempts.indices {
        let found = values[index].fault(row) == nil ? values[index].describe(row) : "\u{0}"
        let stored = rows.values[number][attempts[index].column]
        if found == stored {
          attempts[index].agreed += 1
          continue
        }
        if attempts[index].exceptions.count < Self.exceptions { attempts[index].exceptions.append(records[row]) }
        if attempts[index].isPresent, let difference = ValueDifference.of(found, stored) {
          attempts[index].spellings[difference, default: 0] += 1
        }
      }
    }
    return rows.table.columns.indices.map { index in
      let own = attempts.filter { $0.column == index }.map {
        Trial(expression: $0.text, agreed: $0.agreed, rows: met, exceptions: $0.exceptions)
      }
      let written = way.row.written[index].text
      let present =
        own.first { $0.expression == written } ?? Trial(expression: written, agreed: 0, rows: met, exceptions: [])
      let better = own.filter {
        $0.expression != written && ($0.agreed > present.agreed || $0.isWhole && !present.isWhole)
      }
      return Finding(
        id:
          "mapping/\(way.file.id)/\(way.kind.code)/\(rows.table.name)\(way.number > 1 ? "#\(way.number)" : "")/\(rows.table.columns[index].name)",
        file: way.file.id, table: rows.table.name, column: rows.table.columns[index].name, present: present,
        suggestions: Self.best(better),
        spellings: ValueDifference.allCases.compactMap { difference in
          attempts.first { $0.column == index && $0.isPresent }?.spellings[difference].map { (difference, $0) }
        })
    }
  }
}

extension Project {
  /// The names of the code tables.
  fileprivate var codeTables: [String] { programs.values.first?.lookups.codes.keys.sorted() ?? [] }
}
