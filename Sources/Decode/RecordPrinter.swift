import Copybook
import Evidence
import Records

/// Prints decoded records as NDJSON (groups as objects, OCCURS as arrays, each REDEFINES under its own name) or CSV (one
/// column per item and occurrence). The shape is worked out once, from the layout.
///
/// An invalid value is never null and never a replacement: it prints as `{"invalid": "decode.number.sign", "bytes":
/// "4040"}`, in CSV as `!decode.number.sign X'4040'`.
package final class RecordPrinter {
  package enum Form: String, Sendable, CaseIterable { case ndjson, csv }

  /// What is printed for a record, in order.
  private enum Step {
    case literal([UInt8])
    case value(column: Int, field: Int, occurrence: Int)
  }

  private let plan: KindPlan
  private let form: Form
  private let sink: ByteSink
  private var steps: [Step] = []
  private var header: [UInt8] = []

  package init(layout: Layout, plan: KindPlan, form: Form, sink: ByteSink) {
    self.plan = plan
    self.form = form
    self.sink = sink
    if form == .ndjson { shapeJSON(layout) } else { shapeCSV() }
  }

  private func literal(_ text: String) {
    if case .literal(let last)? = steps.last {
      steps[steps.count - 1] = .literal(last + Array(text.utf8))
    } else {
      steps.append(.literal(Array(text.utf8)))
    }
  }

  // MARK: shapes

  private func shapeJSON(_ layout: Layout) {
    var next: [String: Int] = [:]
    var fields: [(place: String, index: Int)] = []
    for (index, field) in plan.fields.enumerated() { fields.append((Self.place(field.slot.item), index)) }
    next = Dictionary(fields.map { ($0.place, $0.index) }) { first, _ in first }
    object(layout.root.children.isEmpty ? [layout.root] : layout.root.children, [], next)
    literal("\n")
  }

  private static func place(_ item: DataItem) -> String { "\(item.place.line ?? 0):\(item.place.column ?? 0)" }

  private func object(_ items: [DataItem], _ indices: [Int], _ fields: [String: Int]) {
    literal("{")
    var first = true
    for item in items where !(item.isFiller && !item.isGroup) {
      if !first { literal(",") }
      first = false
      literal("\"\(item.name)\":")
      if item.isTable {
        literal("[")
        for occurrence in 0..<item.occurs {
          if occurrence > 0 { literal(",") }
          one(item, indices + [occurrence], fields)
        }
        literal("]")
      } else {
        one(item, indices, fields)
      }
    }
    literal("}")
  }

  private func one(_ item: DataItem, _ indices: [Int], _ fields: [String: Int]) {
    if item.isGroup {
      object(item.children, indices, fields)
    } else if let field = fields[Self.place(item)] {
      var occurrence = 0
      for (dimension, index) in zip(plan.fields[field].slot.dimensions, indices) {
        occurrence = occurrence * dimension.count + index
      }
      steps.append(.value(column: plan.fields[field].column + occurrence, field: field, occurrence: occurrence))
    }
  }

  private func shapeCSV() {
    var names: [String] = []
    for (index, field) in plan.fields.enumerated() {
      for occurrence in field.offsets.indices {
        if !names.isEmpty { literal(",") }
        names.append(field.offsets.count == 1 ? field.name : "\(field.name)[\(occurrence + 1)]")
        steps.append(.value(column: field.column + occurrence, field: index, occurrence: occurrence))
      }
    }
    literal("\n")
    header = Array((names.joined(separator: ",") + "\n").utf8)
  }

  // MARK: printing

  /// Prints what comes before the first record.
  package func begin() throws(Diagnostic) { try sink.put(header) }

  /// Prints the records that `decoder` has just decoded.
  package func print(_ decoder: KindDecoder, _ block: RecordBlock) throws(Diagnostic) {
    for row in 0..<block.count {
      for step in steps {
        switch step {
        case .literal(let text): try sink.put(text)
        case .value(let column, let field, let occurrence):
          let values = decoder.columns[column]
          if let fault = values.fault(row) {
            try invalid(fault, block, row, field, occurrence)
          } else {
            try value(values, row)
          }
        }
      }
    }
  }

  private func invalid(
    _ fault: Fault, _ block: RecordBlock, _ row: Int, _ field: Int, _ occurrence: Int
  ) throws(Diagnostic) {
    let start = block.base + block.starts[row] + plan.fields[field].offsets[occurrence]
    let hex = Hex.text(UnsafeBufferPointer(start: start, count: plan.fields[field].slot.item.length))
    let text = form == .ndjson ? "{\"invalid\":\"\(fault.code)\",\"bytes\":\"\(hex)\"}" : "!\(fault.code) X'\(hex)'"
    try sink.put(Array(text.utf8))
  }

  private func value(_ column: Column, _ row: Int) throws(Diagnostic) {
    if column.isAbsent(row) { return try sink.put(Array((form == .ndjson ? "null" : "").utf8)) }
    switch column.type {
    case .integer, .flag: try sink.put(column.integers[row])
    case .decimal(let scale): try sink.put(Array(ExactDecimal.text(column.wides[row], scale: scale).utf8))
    case .date: try sink.put(Array(CivilDate.text(column.integers[row]).utf8))
    case .text: form == .ndjson ? try json(column.text(row)) : try csv(column.text(row))
    }
  }

  private func json(_ text: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    try sink.put(UInt8(ascii: "\""))
    if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
      for byte in text {
        if byte == 0x22 || byte == 0x5C {
          try sink.put([0x5C, byte])
        } else if byte < 0x20 {
          try sink.put(Array("\\u00\(Hex.text(byte))".utf8))
        } else {
          try sink.put(byte)
        }
      }
    } else {
      try sink.put(text)
    }
    try sink.put(UInt8(ascii: "\""))
  }

  private func csv(_ text: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard text.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      return try sink.put(text)
    }
    try sink.put(UInt8(ascii: "\""))
    for byte in text { try sink.put(byte == 0x22 ? [0x22, 0x22] : [byte]) }
    try sink.put(UInt8(ascii: "\""))
  }
}
