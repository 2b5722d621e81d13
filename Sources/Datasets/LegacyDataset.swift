import Base
import Decode
import Diff
import Framing
import Records

/// A legacy file read through its copybook, with a column for every elementary item and occurrence.
///
/// An invalid value is a value that could not be read, with its bytes in hexadecimal; a file that ends within a record
/// or is damaged stops the reading.
package struct LegacyDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  package let file: SourceFile?
  package let unnamedBytes: [Range<Int>]
  private let plan: KindPlan
  private let places: [(field: Int, occurrence: Int)]
  private let condition: RecordCondition?
  private let open: @Sendable () throws(Diagnostic) -> LegacyReader

  /// - Parameter condition: an expression that selects the records.
  /// - Parameter open: opens the file again, with the strict policy.
  /// - Throws: `expression.…` for the condition.
  package init(
    _ file: SourceFile, _ plan: KindPlan, where condition: String?, reference: String,
    open: @escaping @Sendable () throws(Diagnostic) -> LegacyReader
  ) throws(Diagnostic) {
    self.reference = reference
    self.file = file
    unnamedBytes = Self.unnamedBytes(plan)
    self.plan = plan
    self.open = open
    var columns: [DatasetColumn] = []
    var places: [(field: Int, occurrence: Int)] = []
    for (index, field) in plan.fields.enumerated() {
      let kind: ComparisonKind =
        switch field.codec.type {
        case .integer, .decimal: .number
        case .text: field.isFloatingPoint ? .number : .text
        case .date: .date
        case .flag: .truth
        }
      for occurrence in field.offsets.indices {
        columns.append(DatasetColumn(field.title(occurrence), kind, privacy: field.privacy))
        places.append((index, occurrence))
      }
    }
    self.columns = columns
    self.places = places
    self.condition = try condition.map { (text) throws(Diagnostic) in
      try RecordCondition(text, plan, at: Place(file: "where"))
    }
  }

  /// The bytes of the longest record that no named item covers.
  private static func unnamedBytes(_ plan: KindPlan) -> [Range<Int>] {
    var isNamed = [Bool](repeating: false, count: plan.length)
    for place in plan.fields.lazy.flatMap(\.places).joined() where place < plan.length { isNamed[place] = true }
    var found: [Range<Int>] = []
    for place in isNamed.indices where !isNamed[place] {
      if let last = found.last, last.upperBound == place {
        found[found.count - 1] = last.lowerBound..<place + 1
      } else {
        found.append(place..<place + 1)
      }
    }
    return found
  }

  /// - Throws: the errors of opening the file: `file.…`, `frame.…`.
  package func cells() throws(Diagnostic) -> any CellSource {
    LegacyCells(try open(), plan, places, condition.map(RecordFilter.init))
  }
}

/// The records of a legacy file, item by item.
final class LegacyCells: CellSource {
  private let reader: LegacyReader
  private let plan: KindPlan
  private let places: [(field: Int, occurrence: Int)]
  private let filter: RecordFilter?
  private var block: RecordBlock?
  private var position = 0
  private var filtered = 0
  /// The number of records with bytes that no item holds.
  private var unheld = 0

  init(
    _ reader: LegacyReader, _ plan: KindPlan, _ places: [(field: Int, occurrence: Int)],
    _ filter: RecordFilter?
  ) {
    self.reader = reader
    self.plan = plan
    self.places = places
    self.filter = filter
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    while true {
      if let block, position < block.count {
        defer { position += 1 }
        // A record whose condition is invalid is compared: its values show why.
        if filter?.holds(position) == false {
          filtered += 1
          continue
        }
        if reader.decoder.unheldBytes(position, of: block) > 0 { unheld += 1 }
        row.removeAll()
        for (index, place) in places.enumerated() { set(index, place, block, &row) }
        return true
      }
      try Interruption.check()
      guard let next = try reader.next() else { return false }
      try requireWhole(next)
      (block, position) = (next, 0)
      filter?.start(reader.decoder, rows: next.count)
    }
  }

  /// - Throws: `dataset.longer` for a record with bytes that the layout does not describe: they would not be compared.
  private func requireWhole(_ block: RecordBlock) throws(Diagnostic) {
    guard block.lengths != nil else { return }
    for row in 0..<block.count {
      let excess = reader.decoder.excess(row, of: block)
      guard excess > 0 else { continue }
      let place = Place(
        file: reader.frames.path, record: reader.firstRecord + row, offset: reader.offset(of: row))
      throw Diagnostic(.datasetLonger, at: place, String(excess))
    }
  }

  /// Remarks on the records and bytes left out, or read in spite of an unusual notation, so far.
  var remarks: [Diagnostic] {
    let place = Place(file: reader.frames.path)
    let edges = [FramingTally.Skip.fileHeader, .fileFooter].reduce(0) { $0 + reader.frames.tally.bytes($1) }
    let passed = [FramingTally.Skip.short, .invalid, .damage, .emptyLine, .padding].reduce(0) {
      $0 + reader.frames.tally.count($1)
    }
    var remarks: [Diagnostic] = []
    if filtered > 0 { remarks.append(Diagnostic(.datasetFiltered, at: place, String(filtered))) }
    if unheld > 0 { remarks.append(Diagnostic(.datasetUnheld, at: place, String(unheld))) }
    if reader.shorter > 0 { remarks.append(Diagnostic(.datasetShorter, at: place, String(reader.shorter))) }
    if reader.frames.tally.count(.endMark) > 0 { remarks.append(Diagnostic(.datasetEnd, at: place)) }
    if edges > 0 { remarks.append(Diagnostic(.datasetEdges, at: place, String(edges))) }
    if passed > 0 { remarks.append(Diagnostic(.datasetPassed, at: place, String(passed))) }
    for oddity in Oddity.allCases where reader.decoder.oddities[oddity] > 0 {
      remarks.append(Diagnostic(.datasetOdd, at: place, oddity.code, String(reader.decoder.oddities[oddity])))
    }
    return remarks
  }

  private func set(
    _ index: Int, _ place: (field: Int, occurrence: Int), _ block: RecordBlock, _ row: inout CellRow
  ) {
    guard reader.decoder.has(place.field, place.occurrence, position) else { return row.setNull(index) }
    let column = reader.decoder.columns[plan.fields[place.field].column + place.occurrence]
    if plan.fields[place.field].isFloatingPoint, column.states[position] == 0 {
      return row.set(index, .number, column.text(position))
    }
    guard column.states[position] > 1 else { return row.set(index, column, position) }
    let bytes = reader.decoder.bytes(place.field, place.occurrence, position, of: block)
    row.set(index, .invalid, bytes.hasPrefix("X'") ? bytes : "X'\(bytes)'")
  }
}
