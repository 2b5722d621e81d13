import Copybook
import Evidence
import Expressions
import Records

/// One item of a record kind, with the codec that reads it.
package struct FieldPlan: Sendable {
  package let name: String
  package let slot: Slot
  package let codec: any FieldCodec
  package let privacy: Privacy
  /// Offset of each occurrence from the record's start; one for an item that is in no table.
  package let offsets: [Int]
  /// For each occurrence, the varying tables that must have so many occurrences for it to be there.
  let guards: [[OccurrenceGuard]]
  /// Which of the record's areas (``Unfolding``) the offsets count in.
  let area: Int
  /// The ruled groups around the item, as indices of ``KindPlan/rules``: it is there when all of them are chosen.
  let groups: [Int]
  /// The field that says how many bytes of the text are value, `nil` where all are.
  let lengthField: Int?
  /// The innermost-named table the item lies in, for `each`.
  package let table: String?
  /// Index of the first occurrence's column among the kind's columns.
  package let column: Int

  /// The name of one occurrence (from 0), as messages have it: `TAX[2]`, or `TAX[2][1]` within two tables.
  package func title(_ occurrence: Int) -> String {
    var rest = occurrence
    var subscripts = ""
    for dimension in slot.dimensions.reversed() {
      subscripts = "[\(rest % dimension.count + 1)]" + subscripts
      rest /= dimension.count
    }
    return name + subscripts
  }
}

/// How the records of one kind are decoded: one codec per item, in record order, FILLER left out.
package struct KindPlan: Sendable {
  package let title: String
  package let fields: [FieldPlan]
  package let columnCount: Int
  /// Bytes of the longest record.
  package let length: Int
  /// How records whose tables vary are stretched; `nil` where every item has one place.
  let unfolding: Unfolding?
  /// What chooses between redefinitions, record by record.
  let rules: GroupRules
  /// True when every item has one place in every record.
  package var hasFixedPlaces: Bool { unfolding == nil && rules.isEmpty }
  /// True when every record has every item, in one place.
  var isPlain: Bool { unfolding == nil && rules.isEmpty && fields.allSatisfy { $0.lengthField == nil } }

  /// So many items and occurrences a record may have: each is a column.
  package static let columnLimit = 1_000_000

  /// - Parameters:
  ///   - chosen: of each set of redefinitions the group that this kind uses.
  ///   - keepsFiller: FILLER is decoded too.
  ///   - slides: items after a table of varying length follow its last occurrence; else every item has one place.
  ///   - rules: for groups that redefine one another, the condition (an expression) under which a record has them.
  /// - Throws: `copybook.usage` for an item that cannot be decoded, `copybook.meaning` for a meaning that does not fit
  ///   the item's picture.
  package static func compile(
    title: String, layout: Layout, choosing chosen: Set<String>, reading: Interpretation, keepsFiller: Bool = false,
    slides: Bool = false, rules texts: [GroupRules.Text] = []
  ) throws(Diagnostic) -> KindPlan {
    let choice = CodecChoice(reading: reading)
    let unfolding = try Unfolding(layout, slides: slides, choice: choice)
    let privacy = PrivateBytes(layout, reading.privacy, chosen)
    var rules = try GroupRules(layout, texts)
    var fields: [FieldPlan] = []
    var column = 0
    for slot in layout.slots(choosing: chosen) where keepsFiller || !slot.item.isFiller {
      let (area, shift) = unfolding?.area(of: slot.item) ?? (0, 0)
      guard column + slot.occurrences <= Self.columnLimit else {
        throw Diagnostic(.copybookColumns, at: slot.item.place, slot.name, String(Self.columnLimit))
      }
      let offsets = slot.offsets.map { $0 + shift }
      fields.append(
        FieldPlan(
          name: slot.name, slot: slot, codec: try choice.codec(slot.item),
          privacy: privacy.privacy(of: slot), offsets: offsets,
          guards: unfolding?.guards(slot) ?? [], area: area, groups: rules.groups(around: slot.item),
          lengthField: try lengthField(slot, fields, reading), table: slot.dimensions.last?.name, column: column))
      column += offsets.count
    }
    try rules.compile(scope(title, fields.filter(\.groups.isEmpty)))
    return KindPlan(
      title: title, fields: fields, columnCount: column, length: layout.length, unfolding: unfolding, rules: rules)
  }

  /// The nearest earlier item of the name that says a text's length: within the same tables, or a table's own.
  private static func lengthField(
    _ slot: Slot, _ fields: [FieldPlan], _ reading: Interpretation
  ) throws(Diagnostic) -> Int? {
    guard let name = reading.lengthItems[slot.name] else { return nil }
    let index = fields.lastIndex {
      $0.name == name && $0.codec.type == .integer && $0.slot.dimensions == slot.dimensions
    }
    guard let index else {
      throw Diagnostic(.copybookMeaning, at: slot.item.place, slot.name, slot.name, "9(n) \(name)")
    }
    return index
  }

  /// The names an expression may use over this kind's columns. Of items that share a name the first counts.
  package func scope(_ lookups: Lookups = Lookups()) -> Scope { Self.scope(title, fields, lookups) }

  private static func scope(_ title: String, _ fields: [FieldPlan], _ lookups: Lookups = Lookups()) -> Scope {
    let entries = fields.map { field in
      (
        field.name,
        Scope.Entry(
          type: field.codec.type, column: field.column, table: field.table, occurrences: field.offsets.count,
          privacy: field.privacy)
      )
    }
    return Scope(title: title, entries: Dictionary(entries, uniquingKeysWith: { first, _ in first }), lookups: lookups)
  }
}
