import Base
import Copybook
import Records

/// Prints decoded records as NDJSON (groups as objects, OCCURS as arrays, each REDEFINES under its own name) or CSV (one
/// column per item and occurrence).
///
/// An invalid value is never null and never a replacement: it prints as `{"invalid": "decode.number.sign", "bytes":
/// "4040"}`, in CSV as `!decode.number.sign X'4040'`. A redefinition that its rule does not choose prints as null.
package final class RecordPrinter {
  package enum Form: String, Sendable, CaseIterable { case ndjson, csv }

  /// The writer of one value, with its storage: nothing is looked up per record.
  private struct Cell {
    enum Kind: UInt8 { case integer, decimal, text, bare, date, masked }

    let kind: Kind
    let scale: Int
    let power: UInt64
    var states: UnsafeMutablePointer<UInt8>
    var integers: UnsafeMutablePointer<Int64>
    var wides: UnsafeMutablePointer<Int128>
    var ends: UnsafeMutablePointer<Int>
    var bytes: UnsafeMutablePointer<UInt8>

    init(_ column: Column, _ field: FieldPlan) {
      switch column.type {
      case _ where field.privacy != .open: (kind, scale) = (.masked, 0)
      case .integer, .flag: (kind, scale) = (.integer, 0)
      case .decimal(let digits): (kind, scale) = (.decimal, digits)
      case .text: (kind, scale) = (field.codec is FloatCodec ? .bare : .text, 0)
      case .date: (kind, scale) = (.date, 0)
      }
      power = (0..<max(0, min(scale, 18))).reduce(1) { power, _ in power * 10 }
      (states, integers, wides) = (column.states, column.integers, column.wides)
      (ends, bytes) = (column.ends, column.bytes)
    }
  }

  private let plan: KindPlan
  private let form: Form
  private let sink: ByteSink
  private let header: String
  private let shape: RecordShape
  private let cells: UnsafeMutablePointer<Cell>
  /// The number of bytes of a record without its texts and its invalid values.
  private let room: Int

  package convenience init(layout: Layout, plan: KindPlan, form: Form, sink: ByteSink) {
    self.init(layout: layout, plan: plan, form: form, sink: sink, marksGroups: false)
  }

  /// - Parameter marksGroups: marks the beginning and end of groups that a rule chooses in the sink (NDJSON).
  init(layout: Layout, plan: KindPlan, form: Form, sink: ByteSink, marksGroups: Bool) {
    self.plan = plan
    self.form = form
    self.sink = sink
    if form == .csv {
      (header, shape) = RecordShape.csv(layout, plan)
    } else {
      header = ""
      shape = RecordShape.ndjson(layout, plan, marksGroups: marksGroups)
    }
    cells = .allocate(capacity: max(plan.columnCount, 1))
    room = shape.text.count + (plan.columnCount + 1) * DecimalText.room
  }

  deinit { cells.deallocate() }

  /// Prints the header before the first record.
  ///
  /// - Throws: `output.write`.
  package func begin() throws(Diagnostic) { try sink.put(header) }

  /// Prints the records that `decoder` has just decoded.
  ///
  /// - Parameter rows: the rows to print; `nil` prints all.
  /// - Throws: `output.write`.
  package func print(
    _ decoder: KindDecoder, _ block: RecordBlock, where rows: [Bool]? = nil
  ) throws(Diagnostic) {
    try print(decoder, block, from: 0..<block.count, where: rows)
  }

  /// Prints one record.
  func print(_ decoder: KindDecoder, _ block: RecordBlock, row: Int) throws(Diagnostic) {
    try print(decoder, block, from: row..<row + 1, where: nil)
  }

  private func print(
    _ decoder: KindDecoder, _ block: RecordBlock, from range: Range<Int>, where rows: [Bool]?
  ) throws(Diagnostic) {
    for field in plan.fields {
      for column in field.column..<field.column + field.offsets.count {
        (cells + column).initialize(to: Cell(decoder.columns[column], field))
      }
    }
    let (steps, text) = (shape.steps, shape.text)
    var failure: Diagnostic?
    steps.withUnsafeBufferPointer { steps in
      text.withUnsafeBufferPointer { text in
        do throws(Diagnostic) {
          for row in range where rows?[row] ?? true { try print(row, steps, text, decoder, block) }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  private func print(
    _ row: Int, _ steps: UnsafeBufferPointer<RecordShape.Step>, _ text: UnsafeBufferPointer<UInt8>,
    _ decoder: KindDecoder, _ block: RecordBlock
  ) throws(Diagnostic) {
    let (form, cells) = (form, cells)
    var start = try sink.room(room)
    var out = start
    var index = 0
    while index < steps.count {
      let step = steps.baseAddress.unsafelyUnwrapped + index
      index &+= 1
      switch step.pointee.work {
      case .nothing: break
      case .value:
        let cell = cells + step.pointee.column
        let state = cell.pointee.states[row]
        if state == 0 {
          switch cell.pointee.kind {
          case .integer: out += DecimalText.put(cell.pointee.integers[row], out)
          case .decimal:
            out += DecimalText.put(
              cell.pointee.wides[row], scale: cell.pointee.scale, power: cell.pointee.power, out)
          case .masked:
            let mask: StaticString = form == .csv ? "●●●" : "\"●●●\""
            out.update(from: mask.utf8Start, count: mask.utf8CodeUnitCount)
            out += mask.utf8CodeUnitCount
          case .date where form == .csv: out += DecimalText.put(date: cell.pointee.integers[row], out)
          case .date: out += quotedDate(cell, row, out)
          case .text, .bare:
            let first = row == 0 ? 0 : cell.pointee.ends[row &- 1]
            let count = cell.pointee.ends[row] &- first
            sink.advance(by: out - start)
            // A byte of JSON text takes at most six.
            start = try sink.room(6 &* count &+ 32 &+ room)
            out = start
            let value = cell.pointee.bytes + first
            if form == .csv || cell.pointee.kind == .bare {
              out += TextQuoting.csv(value, count, out)
            } else {
              out += TextQuoting.json(value, count, out)
            }
          }
        } else if state == 1 {
          if form == .ndjson { Self.null(&out) }
        } else {
          sink.advance(by: out - start)
          try invalid(
            Fault(rawValue: state) ?? .unreadable, decoder, block, row, step.pointee.field, step.pointee.occurrence)
          start = try sink.room(room)
          out = start
        }
      case .groupBegins, .groupEnds:
        sink.advance(by: out - start)
        sink.mark(step.pointee.rule, begins: step.pointee.work == .groupBegins)
        start = try sink.room(room)
        out = start
      case .unlessPresent:
        if !decoder.has(step.pointee.field, step.pointee.occurrence, row) {
          index = step.pointee.end
          continue
        }
      case .unlessChosen:
        if !decoder.has(group: step.pointee.rule, row) {
          Self.null(&out)
          index = step.pointee.end
          continue
        }
      }
      let literal = text.baseAddress.unsafelyUnwrapped + step.pointee.start
      if step.pointee.count == 1 {
        out[0] = literal[0]
        out += 1
      } else if step.pointee.count > 0 {
        out.update(from: literal, count: step.pointee.count)
        out += step.pointee.count
      }
    }
    sink.advance(by: out - start)
  }

  @inline(__always)
  private static func null(_ out: inout UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(out).storeBytes(of: UInt32(littleEndian: 0x6C6C_756E), as: UInt32.self)
    out += 4
  }

  private func quotedDate(_ cell: UnsafeMutablePointer<Cell>, _ row: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    out[0] = 0x22
    let count = DecimalText.put(date: cell.pointee.integers[row], out + 1)
    out[count + 1] = 0x22
    return count + 2
  }

  private func invalid(
    _ fault: Fault, _ decoder: KindDecoder, _ block: RecordBlock, _ row: Int, _ field: Int, _ occurrence: Int
  ) throws(Diagnostic) {
    let isOpen = plan.fields[field].privacy == .open
    let hex = isOpen ? decoder.bytes(field, occurrence, row, of: block) : Privacy.mask
    try sink.put(
      form == .ndjson ? "{\"invalid\":\"\(fault.code)\",\"bytes\":\"\(hex)\"}" : "!\(fault.code) X'\(hex)'")
  }
}
