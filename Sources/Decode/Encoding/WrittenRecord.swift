import Base
import Charset
import Copybook
import Framing
import Records

/// A record made of values that people wrote by item: for tests of the mapping. Items without a value are empty: numbers
/// 0, texts spaces, cells nothing.
package struct WrittenRecord {
  /// A value: `nil` for null.
  package typealias Value = (name: String, text: String?)

  private let plan: KindPlan

  package init(_ plan: KindPlan) { self.plan = plan }

  /// The bytes of a record with places.
  ///
  /// - Throws: `definition.value` for an unknown item, and a value that its item cannot hold.
  package func bytes(_ values: [Value], at place: Place) throws(Diagnostic) -> [UInt8] {
    guard plan.unfolding == nil else {
      throw Diagnostic(.definitionValue, at: place, plan.title, "hex: of a record whose tables vary")
    }
    var record = [UInt8](repeating: plan.space, count: plan.length)
    for field in plan.fields {
      guard let encoder = ColumnEncoder(field, reading: plan.reading) else { continue }
      for offset in field.offsets { record.replaceSubrange(offset..<offset + field.length, with: encoder.empty) }
    }
    for value in values {
      let (field, occurrence) = try find(value.name, at: place)
      let bytes = try encoded(value, field, at: place)
      let offset = field.offsets[occurrence]
      record.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    return record
  }

  /// The line of a delimited record, without its end.
  ///
  /// - Parameter fixed: bytes of cells that are not written by people: the kind's.
  /// - Throws: as ``bytes(_:at:)``.
  package func line(
    _ values: [Value], _ syntax: CellSyntax, fixed: [Int: [UInt8]], at place: Place
  ) throws(Diagnostic) -> [UInt8] {
    var cells = [[UInt8]](repeating: [], count: plan.cellCount ?? 0)
    for (cell, bytes) in fixed { cells[cell] = bytes }
    for value in values {
      let (field, _) = try find(value.name, at: place)
      cells[field.cell] = try value.text == nil ? [] : quoted(encoded(value, field, at: place), syntax)
    }
    return Array(cells.joined(separator: [syntax.separator]))
  }

  private func quoted(_ bytes: [UInt8], _ syntax: CellSyntax) -> [UInt8] {
    let special: Set<UInt8> = [syntax.separator, 0x22, 0x0A, 0x0D]
    guard bytes.isEmpty || bytes.contains(where: special.contains) else { return bytes }
    return [0x22] + bytes.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
  }

  /// The item of `NAME` or `NAME[2]`.
  private func find(_ written: String, at place: Place) throws(Diagnostic) -> (FieldPlan, occurrence: Int) {
    let parts = written.split(separator: "[", omittingEmptySubsequences: false)
    let name = String(parts[0])
    let title = try plan.names.find(name, at: place).flatMap { plan.names.title($0) }
    guard let field = plan.fields.first(where: { $0.name == title }) else {
      throw Diagnostic(.definitionValue, at: place, written, "an item: \(plan.names.nearest(name))")
    }
    var occurrence = 0
    let subscripts = parts.dropFirst().map { part in part.hasSuffix("]") ? Int(part.dropLast()) ?? 0 : 0 }
    let dimensions = field.slot.dimensions
    for (number, dimension) in zip(subscripts, dimensions) {
      occurrence = (1...dimension.count).contains(number) ? occurrence * dimension.count + number - 1 : -1
      if occurrence < 0 { break }
    }
    guard subscripts.count == dimensions.count, occurrence >= 0 else {
      let form = name + dimensions.map { "[1…\($0.count)]" }.joined()
      throw Diagnostic(.definitionValue, at: place, written, form)
    }
    return (field, occurrence)
  }

  private func encoded(_ value: Value, _ field: FieldPlan, at place: Place) throws(Diagnostic) -> [UInt8] {
    let wrong = Diagnostic(
      .definitionValue, at: place, "\(value.name)=\(value.text ?? "NULL")",
      "a value that the item holds (\(field.picture)); otherwise hex:")
    if plan.reading.cells[field.name] != nil {
      // Plain text stands in the file as it is written.
      let (bytes, fault) = plan.reading.characters.encode(.mixed, value.text ?? "")
      if fault != nil { throw wrong }
      if plan.reading.isDelimited { return bytes }
      guard bytes.count <= field.length else { throw wrong }
      return bytes + [UInt8](repeating: plan.space, count: field.length - bytes.count)
    }
    guard let encoder = ColumnEncoder(field, reading: plan.reading) else { throw wrong }
    let column = Column(encoder.type)
    guard Self.append(value.text, to: column) else { throw wrong }
    var bytes = [UInt8](repeating: 0, count: encoder.length)
    let failed = bytes.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { encoder.encode(column, rows: 1, to: $0, stride: encoder.length) } ?? 0
    }
    if failed > 0 { throw wrong }
    return bytes
  }

  /// - Returns: false for a text that is no value of the type.
  private static func append(_ text: String?, to column: Column) -> Bool {
    guard let text else {
      column.appendNull()
      return true
    }
    switch column.type {
    case .text: column.append(text)
    case .date:
      guard let date = CivilDate.parse(text) else { return false }
      column.append(date)
    case .integer, .flag:
      guard let number = Int64(text) else { return false }
      column.append(number)
    case .decimal(let scale):
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      let behind = parts.count == 2 ? parts[1].count : 0
      guard parts.count <= 2, scale >= behind, let number = Int128(parts.joined()) else { return false }
      column.append(wide: (behind..<scale).reduce(number) { value, _ in value * 10 })
    }
    return true
  }
}
