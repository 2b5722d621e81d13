import Charset
import Copybook
import Evidence
import Expressions
import Records

/// What a field means beyond its picture: a copybook says `9(7) COMP-3`, only people know that it is a date.
package enum Meaning: String, Hashable, Sendable, CaseIterable {
  /// GYYMMDD, GYYMM, GYY: era date (元号年月日), month, year.
  case eraDate = "era-date"
  case eraMonth = "era-month"
  case eraYear = "era-year"
  /// Digits that are a name, not a number: leading zeros count.
  case identifier
  /// X with shift codes and kanji inside.
  case mixed
}

/// One item of a record kind, with the codec that reads it.
package struct FieldPlan: Sendable {
  package let name: String
  package let slot: Slot
  package let codec: any FieldCodec
  package let privacy: Privacy
  /// Offset of each occurrence from the record's start; one for an item that is in no table.
  package let offsets: [Int]
  /// The innermost-named table the item lies in, for `each`.
  package let table: String?
  /// Index of the first occurrence's column among the kind's columns.
  package let column: Int
}

/// How the records of one kind are decoded: one codec per item, in record order, FILLER left out.
package struct KindPlan: Sendable {
  package let title: String
  package let fields: [FieldPlan]
  package let columnCount: Int
  package let length: Int

  /// - Parameter chosen: of each set of redefinitions the group that this kind uses.
  /// - Throws: `copybook.usage` for an item that cannot be decoded, `copybook.meaning` for a meaning that does not fit
  ///   the item's picture.
  package static func compile(
    title: String, layout: Layout, choosing chosen: Set<String>, meanings: [String: Meaning] = [:],
    privacy: [String: Privacy] = [:], characters: CharacterSet, trimming: TextCodec.Trimming = .right
  ) throws(Diagnostic) -> KindPlan {
    var fields: [FieldPlan] = []
    var column = 0
    for slot in layout.slots(choosing: chosen) where !slot.item.isFiller {
      var offsets = [slot.item.offset]
      for dimension in slot.dimensions {
        offsets = offsets.flatMap { start in (0..<dimension.count).map { start + $0 * dimension.stride } }
      }
      fields.append(
        FieldPlan(
          name: slot.name, slot: slot,
          codec: try codec(slot.item, meanings[slot.name], characters, trimming),
          privacy: privacy[slot.name] ?? .open, offsets: offsets, table: slot.dimensions.last?.name, column: column))
      column += offsets.count
    }
    return KindPlan(title: title, fields: fields, columnCount: column, length: layout.length)
  }

  /// The names an expression may use over this kind's columns. Of items that share a name the first counts.
  package func scope(codes: [String: CodeTable]) -> Scope {
    let entries = fields.map { field in
      (
        field.name,
        Scope.Entry(
          type: field.codec.type, column: field.column, table: field.table, occurrences: field.offsets.count,
          privacy: field.privacy)
      )
    }
    return Scope(title: title, entries: Dictionary(entries, uniquingKeysWith: { first, _ in first }), codes: codes)
  }

  private static func codec(
    _ item: DataItem, _ meaning: Meaning?, _ characters: CharacterSet, _ trimming: TextCodec.Trimming
  ) throws(Diagnostic) -> any FieldCodec {
    guard let picture = item.picture else {
      throw Diagnostic(.copybookUsage, at: item.place, item.name, item.usage.rawValue)
    }
    func misfit(_ expected: String) -> Diagnostic {
      Diagnostic(.copybookMeaning, at: item.place, item.name, "PIC \(picture.text) \(item.usage.rawValue)", expected)
    }
    switch meaning {
    case .eraDate, .eraMonth, .eraYear:
      let precision: EraCodec.Precision = meaning == .eraDate ? .date : meaning == .eraMonth ? .month : .year
      let digits = precision == .date ? 7 : precision == .month ? 5 : 3
      guard picture.category == .numeric, item.usage == .packed, picture.count == digits, !picture.signed else {
        throw misfit("PIC 9(\(digits)) COMP-3")
      }
      return EraCodec(precision)
    case .identifier:
      guard picture.category == .numeric, item.usage == .display, !picture.signed, picture.scale == 0 else {
        throw misfit("PIC 9(n)")
      }
      return IdentifierCodec(digits: picture.count)
    case .mixed:
      guard picture.category == .alphanumeric else { throw misfit("PIC X(n)") }
      return TextCodec(form: .mixed, length: item.length, characters: characters, trimming: trimming)
    case nil: break
    }
    switch picture.category {
    case .alphanumeric, .edited:
      return TextCodec(form: .single, length: item.length, characters: characters, trimming: trimming)
    case .national:
      return TextCodec(form: .double, length: item.length, characters: characters, trimming: trimming)
    case .numeric: return try number(item, picture, characters)
    }
  }

  private static func number(
    _ item: DataItem, _ picture: Picture, _ characters: CharacterSet
  ) throws(Diagnostic) -> any FieldCodec {
    switch item.usage {
    case .packed: return PackedCodec(digits: picture.count, scale: picture.scale, signed: picture.signed)
    case .binary, .nativeBinary:
      return BinaryCodec(
        digits: picture.count, scale: picture.scale, signed: picture.signed, length: item.length,
        checksPicture: item.usage == .binary)
    case .display:
      return ZonedCodec(
        digits: picture.count, scale: picture.scale, signed: picture.signed, leading: item.sign.leading,
        separate: item.sign.separate, ascii: characters.singleSpace == 0x20)
    default: throw Diagnostic(.copybookUsage, at: item.place, item.name, item.usage.rawValue)
    }
  }
}

/// Decodes blocks of one kind into columns it owns. One per shard.
package final class KindDecoder {
  package let plan: KindPlan
  package let columns: [Column]
  package private(set) var oddities = OddityCount()

  package init(_ plan: KindPlan) {
    self.plan = plan
    columns = plan.fields.flatMap { field in field.offsets.map { _ in Column(field.codec.type) } }
  }

  /// Fills the columns with the block's records; what they held before is gone.
  package func decode(_ block: RecordBlock) {
    for field in plan.fields {
      for (occurrence, offset) in field.offsets.enumerated() {
        let column = columns[field.column + occurrence]
        column.removeAll()
        field.codec.decode(block, at: offset, into: column, oddities: &oddities)
      }
    }
  }

  /// The faults of the records just decoded: record index within the block, field index, occurrence and fault, in
  /// record order. Empty for a clean block, at the cost of one scan of the states.
  package func faults() -> [(record: Int, field: Int, occurrence: Int, fault: Fault)] {
    var found: [(record: Int, field: Int, occurrence: Int, fault: Fault)] = []
    for (index, field) in plan.fields.enumerated() {
      for occurrence in field.offsets.indices {
        let column = columns[field.column + occurrence]
        var worst: UInt8 = 0
        for row in 0..<column.count { worst = max(worst, column.states[row]) }
        guard worst > 1 else { continue }
        for row in 0..<column.count {
          if let fault = column.fault(row) { found.append((row, index, occurrence, fault)) }
        }
      }
    }
    return found.sorted { ($0.record, $0.field, $0.occurrence) < ($1.record, $1.field, $1.occurrence) }
  }
}
