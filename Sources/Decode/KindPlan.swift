import Base
import Charset
import Copybook
import Expressions
import Records

/// One item of a record kind, with the codec that reads it.
package struct FieldPlan: Sendable {
  /// The item's title: no other field of the kind has it.
  package let name: String
  package let slot: Slot
  package let codec: any FieldCodec
  package let privacy: Privacy
  /// Offset of each occurrence from the record's start; one for an item outside tables.
  package let offsets: [Int]
  /// For each occurrence, the varying tables and the counts that they must exceed for it to exist.
  let guards: [[OccurrenceGuard]]
  /// The record's area (``Unfolding``) in which the offsets count.
  let area: Int
  /// The ruled groups around the item, as indices of ``KindPlan/rules``: it exists when all of them are chosen.
  private(set) var groups: [Int]
  /// The field with the number of bytes of the text that are value; `nil` when all are.
  let lengthField: Int?
  /// The innermost named table that contains the item, for `each`.
  package let table: String?
  /// For a varying table: index of the first of the columns that show whether a record has the occurrence.
  package let presence: Int?
  /// Index of the first occurrence's column among the kind's columns.
  package let column: Int

  /// The item's number among those of a layout without groups, from 0: its cell in a delimited record.
  package var cell: Int { slot.item.identity - 1 }

  /// Bytes of one occurrence.
  package var length: Int { slot.item.length }

  /// PICTURE and USAGE as a copybook writes them: `S9(7) COMP-3`.
  package var picture: String {
    let usage = slot.item.usage == .display ? nil : slot.item.usage.rawValue
    return [slot.item.picture?.text, usage].compactMap(\.self).joined(separator: " ")
  }

  /// Digits of a number, characters of a text; `nil` for an edited item and one without a picture.
  package var characters: Int? { slot.item.picture.flatMap { $0.category == .edited ? nil : $0.count } }

  /// Digits right of the assumed point of a number; `nil` for what is no number.
  package var scale: Int? { slot.item.picture.flatMap { $0.category == .numeric ? $0.scale : nil } }

  /// The bytes of each occurrence in the layout, from 0.
  package var places: [Range<Int>] { slot.offsets.map { $0..<$0 + slot.item.length } }

  /// Whether shift codes in the item are a fault that `--type NAME=mixed` would remove.
  package var mayBeMixed: Bool { (codec as? TextCodec)?.mayBeMixed ?? false }

  /// Whether the values are the texts of floating-point numbers (COMP-1, COMP-2).
  package var isFloatingPoint: Bool { codec is FloatCodec }

  /// The same item, as if every record had it.
  fileprivate var inEveryRecord: FieldPlan {
    var field = self
    field.groups = []
    return field
  }

  /// The name of one occurrence (from 0) in messages: `TAX[2]`, or `TAX[2][1]` within two tables.
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

/// The plan for decoding the records of one kind: one codec per item, in record order, without FILLER.
package struct KindPlan: Sendable {
  package let title: String
  package let fields: [FieldPlan]
  /// The items of the kind by the user's names, including groups and items that are not decoded.
  package let names: NameTable
  /// The interpretation of the bytes, with items named by title.
  package let reading: Interpretation
  /// The type of each column: one for each occurrence of an item, and flags that show which occurrences of a varying
  /// table a record has.
  package let types: [ValueType]
  package var columnCount: Int { types.count }
  /// The varying tables, each by its first field, whose ``FieldPlan/presence`` belongs to it.
  let varying: [Int]
  /// The number of bytes of the longest record of the layout, and of the longest that has only the groups of this kind.
  package let length: Int
  package let ownLength: Int
  /// The bytes of the layout that belong only to unchosen redefinitions.
  let gaps: [Range<Int>]
  /// The byte of a space.
  let space: UInt8
  /// The stretching of records with varying tables; `nil` when every item has one place.
  let unfolding: Unfolding?
  /// The rules that choose between redefinitions, record by record.
  let rules: GroupRules
  /// Items of level 01 entries that redefine one another, as if every record had them: what conditions may read that
  /// choose among the entries.
  let guides: [FieldPlan]
  /// The number of cells of a delimited record; `nil` when items have places.
  package var cellCount: Int? { reading.isDelimited ? fields.last.map { $0.cell + 1 } : nil }
  /// True when every item has one place in every record, and every byte of the layout belongs to an item.
  package var hasFixedPlaces: Bool { isPlain && gaps.isEmpty }
  /// True when every record has every item, in one place. Read for each record, so it is computed in advance.
  let isPlain: Bool

  /// The largest number of items and occurrences of a record: each is a column.
  package static let columnLimit = 1_000_000

  /// - Parameters:
  ///   - chosen: the group that this kind uses in each set of redefinitions.
  ///   - keepsFiller: FILLER is decoded too.
  ///   - slides: items after a table of varying length follow its last occurrence; otherwise every item has one place.
  ///   - rules: the condition (an expression) of each group among redefinitions.
  /// - Throws: `copybook.usage` for an item that cannot be decoded, `copybook.meaning` for a meaning that does not fit
  ///   the item's picture, `name.ambiguous` for a name that several items have.
  package static func compile(
    title: String, layout: Layout, choosing chosen: Set<String>, reading: Interpretation, keepsFiller: Bool = false,
    slides: Bool = false, rules texts: [GroupRules.Text] = []
  ) throws(Diagnostic) -> KindPlan {
    let names = layout.names(choosing: chosen)
    let reading = try reading.named(by: names)
    let choice = CodecChoice(reading: reading)
    let slots = layout.slots(choosing: chosen)
    let unfolding = try Unfolding(layout, choosing: chosen, slides: slides, choice: choice)
    let privacy = PrivateBytes(layout, reading.privacy, names, chosen)
    var rules = try GroupRules(layout, texts, names)
    var fields: [FieldPlan] = []
    var types: [ValueType] = []
    var varying: [Int] = []
    for slot in slots where keepsFiller || !slot.item.isFiller {
      let (area, shift) = unfolding?.area(of: slot.item) ?? (0, 0)
      guard types.count + slot.occurrences <= Self.columnLimit else {
        throw Diagnostic(.copybookColumns, at: slot.item.place, slot.name, String(Self.columnLimit))
      }
      let offsets = slot.offsets.map { $0 + shift }
      let codec = try choice.codec(slot.item)
      let guards = unfolding?.guards(slot) ?? []
      let table = slot.dimensions.last?.name
      var presence = varying.lazy.map { fields[$0] }.first { $0.table == table && $0.guards == guards }?.presence
      if presence == nil, guards.contains(where: { !$0.isEmpty }) {
        presence = types.count
        varying.append(fields.count)
        types += Array(repeating: .flag, count: offsets.count)
      }
      fields.append(
        FieldPlan(
          name: slot.name, slot: slot, codec: codec,
          privacy: privacy.privacy(of: slot), offsets: offsets,
          guards: guards, area: area, groups: rules.groups(around: slot.item),
          lengthField: try lengthField(slot, fields, reading), table: table, presence: presence,
          column: types.count))
      types += Array(repeating: codec.type, count: offsets.count)
    }
    let guides = fields.filter { rules.isGuide($0) }.map(\.inEveryRecord)
    try rules.compile(scope(title, fields.filter(\.groups.isEmpty) + guides, names))
    return KindPlan(
      title: title, fields: fields, names: names, reading: reading, types: types, varying: varying,
      length: layout.length, ownLength: slots.map { ($0.offsets.last ?? 0) + $0.item.length }.max() ?? 0,
      gaps: layout.gaps(choosing: chosen), space: reading.characters.singleSpace, unfolding: unfolding, rules: rules,
      guides: guides.filter { rules.reads($0.column) },
      isPlain: !reading.isDelimited && unfolding == nil && rules.isEmpty && fields.allSatisfy { $0.lengthField == nil })
  }

  /// The nearest earlier item with the name of the text's length: within the same tables, or a table's own.
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

  /// The field that a name means; `nil` when there is none.
  ///
  /// - Throws: `name.ambiguous`.
  package func field(_ name: String, at place: Place) throws(Diagnostic) -> FieldPlan? {
    let identity = try names.find(name, at: place)
    return fields.first { $0.slot.item.identity == identity }
  }

  /// The names an expression may use over this kind's columns.
  package func scope(_ lookups: Lookups = Lookups()) -> Scope { Self.scope(title, fields, names, lookups) }

  private static func scope(
    _ title: String, _ fields: [FieldPlan], _ names: NameTable, _ lookups: Lookups = Lookups()
  ) -> Scope {
    let entries = fields.map { field in
      let texts: Scope.Entry.Texts =
        field.isFloatingPoint ? .numbers : (field.codec as? TextCodec)?.isTrimmed == true ? .trimmed : .asTheyAre
      return (
        field.name,
        Scope.Entry(
          type: field.codec.type, column: field.column, table: field.table, occurrences: field.offsets.count,
          presence: field.presence, privacy: field.privacy, texts: texts)
      )
    }
    return Scope(
      title: title, entries: Dictionary(uniqueKeysWithValues: entries), lookups: lookups, names: names,
      conditions: NamedConditions.expressions(fields))
  }
}
