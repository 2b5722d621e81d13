import Base
import Copybook
import Decode
import Definitions
import Expressions
import Records

/// Reads the definition of a `rebuilt` check and accounts for every byte of the record.
struct RebuiltReader {
  private let map: DefinitionMap
  private let sources: CheckSources
  private let source: Source
  private let form: RecordForm
  private let by: [(key: String, keyNode: DefinitionNode, value: DefinitionNode)]
  private let reasons: [(item: String, reason: Bilingual, node: DefinitionNode, isEra: Bool)]

  init?(_ map: DefinitionMap, _ sources: CheckSources) {
    guard let record = map.required("record"), let by = map.required("by")?.entries,
      let source = TermReader.sources(named: record, sources).first
    else { return nil }
    guard let form = sources.records[source] else {
      record.wrong(record.text ?? "", "a kind of records: FILE[kind]")
      return nil
    }
    guard form.reading.cells.isEmpty else {
      record.wrong(
        record.text ?? "",
        "a kind with a copybook: plain text has several forms of one value; equal-columns compares its values")
      return nil
    }
    self.map = map
    self.sources = sources
    self.source = source
    self.form = form
    self.by = by
    var reasons: [(item: String, reason: Bilingual, node: DefinitionNode, isEra: Bool)] = []
    for entry in map["canonical"]?.entries ?? [] {
      let item = form.title(entry.key)
      if let reason = entry.value.bilingual { reasons.append((item, reason, entry.keyNode, false)) }
    }
    if let node = map["eras"], let reason = node.bilingual {
      let lost = Set(map["lost"]?.entries.map { form.title($0.key) } ?? [])
      for field in form.plan.fields where form.isEra(field) && !lost.contains(field.name) {
        if !reasons.contains(where: { $0.item == field.name }) { reasons.append((field.name, reason, node, true)) }
      }
    }
    self.reasons = reasons
  }

  func read() -> RebuiltCheck.Body? {
    var terms: [Term] = []
    var parts: [RebuiltCheck.Part] = []
    var covered: [String: DefinitionNode] = [:]
    let entries = map.required("from")?.list ?? []
    for entry in entries {
      guard let part = self.part(entry, parts.count, &covered) else { continue }
      parts.append(part.part)
      terms += part.terms
    }
    guard parts.count == entries.count, let losses = readLosses(&covered), let fill = readFiller() else { return nil }
    if let reason = map["behind"], reason.bilingual == nil { return nil }
    guard lint(covered, Set(losses.map(\.item))), let lead = lead(terms) else { return nil }
    let constants = self.constants(fill)
    return RebuiltCheck.Body(
      terms: terms, keyNames: by.map(\.key) + ["項目", "旧", "復元"], parts: parts, lead: lead,
      canonical: reasons.map { ($0.item, $0.reason, $0.isEra) },
      losses: losses, constants: constants, behind: behind(fill), behindReason: map["behind"]?.bilingual,
      length: form.length,
      ignored: fill == .any ? fillers.reduce(0) { $0 + $1.totalLength } + gaps.reduce(0) { $0 + $1.count } : 0,
      space: form.space)
  }

  private func field(_ entry: (key: String, keyNode: DefinitionNode, value: DefinitionNode)) -> FieldPlan? {
    let found = entry.keyNode.problems.collect { () throws(Diagnostic) in
      try form.plan.field(entry.key, at: entry.keyNode.place)
    }
    guard let found else { return nil }
    if let field = found { return field }
    entry.keyNode.wrong(
      entry.key,
      "an item of \(form.plan.title): \(NameTable.nearest(entry.key, among: form.plan.fields.map(\.name)))")
    return nil
  }

  // MARK: tables

  private func part(
    _ node: DefinitionNode, _ number: Int, _ covered: inout [String: DefinitionNode]
  ) -> (part: RebuiltCheck.Part, terms: [Term])? {
    let known = ["table", "by", "where", "items", "each", "at", "unordered", "when", "otherwise"]
    guard let map = node.map(known), let name = map.required("table"), let table = sources.table(name),
      let rowKey = map.required("by")?.entries, let items = map.required("items")?.entries
    else { return nil }
    guard rowKey.map(\.key) == by.map(\.key) else {
      map["by"]?.wrong(rowKey.map(\.key).joined(separator: ", "), by.map(\.key).joined(separator: ", "))
      return nil
    }
    guard let each = occurrences(map) else { return nil }
    guard let keys = keys(rowKey, table, each.table), let fields = fields(items, each.table, &covered) else {
      return nil
    }
    let whole = sources.condition(source, self.map["where"], of: self.map.node, each: each.table)
    let condition = map["when"].map { sources.compile(source, $0, each: each.table, type: .flag) }
    let rows = map["where"].map { sources.compile(table, $0, type: .flag) }
    let at = map["at"].map { sources.compile(table, $0, type: .integer) }
    if case .some(nil) = condition { return nil }
    if case .some(nil) = rows { return nil }
    if case .some(nil) = at { return nil }
    let disorder = map["unordered"]?.bilingual.map { (table: each.table ?? name.text ?? "", reason: $0) }
    let image = RecordImage(fields.map { ($0.field, $0.encoder) })
    let values = image.items.compactMap { item -> Compiled? in
      fields.first { $0.field.name == item.name }.flatMap {
        sources.compile(table, $0.node, type: item.encoder.type)
      }
    }
    guard values.count == image.items.count, let blank = blank(map["otherwise"], image) else { return nil }
    let canonical = image.items.indices.filter { index in reasons.contains { $0.item == image.items[index].name } }
    let forms = canonical.compactMap { index in
      node.problems.collect { () throws(Diagnostic) in
        try sources.compile(source, image.items[index].name, at: node.place, each: each.table)
      }
    }
    let part = RebuiltCheck.Part(
      image: image, occurrences: each.count, isOrdered: at != nil, disorder: disorder, canonical: canonical,
      blank: blank)
    // The measures of the legacy side are: whether the record counts, whether it has a row, and the canonical values.
    let truth = node.problems.collect { () throws(Diagnostic) in
      try sources.compile(source, "true", at: node.place)
    }
    guard let whole, let truth, forms.count == canonical.count else { return nil }
    return (
      part,
      [
        Term(
          side: .expected, source: source, each: each.table.map { ($0, each.count) }, condition: whole,
          keys: keys.record,
          measures: [(condition ?? nil) ?? truth] + forms, sign: 1, isControl: sources.isControl(source), part: number),
        Term(
          side: .actual, source: table, each: nil, condition: rows ?? nil, keys: keys.row,
          measures: values + ((at ?? nil).map { [$0] } ?? []), sign: -1, part: number),
      ]
    )
  }

  /// The table (OCCURS) whose entries are the rows.
  private func occurrences(_ map: DefinitionMap) -> (table: String?, count: Int)? {
    guard let node = map["each"] else { return (nil, 1) }
    guard let (table, count) = sources.occurrences(source, node) else { return nil }
    if (map["at"] == nil) == (map["unordered"] == nil) {
      node.wrong(table, "`at`, the number of the occurrence, or `unordered`, the reason why no row says it")
      return nil
    }
    if let reason = map["unordered"], reason.bilingual == nil { return nil }
    return (table, count)
  }

  private func keys(
    _ rowKey: [(key: String, keyNode: DefinitionNode, value: DefinitionNode)], _ table: Source, _ each: String?
  ) -> (record: [Compiled], row: [Compiled])? {
    let record = by.compactMap { sources.compile(source, $0.value, each: each) }
    guard record.count == by.count else { return nil }
    let row = zip(rowKey, record).compactMap { sources.compile(table, $0.value, type: $1.type) }
    return row.count == record.count ? (record, row) : nil
  }

  private func fields(
    _ entries: [(key: String, keyNode: DefinitionNode, value: DefinitionNode)], _ each: String?,
    _ covered: inout [String: DefinitionNode]
  ) -> [(field: FieldPlan, encoder: ColumnEncoder, node: DefinitionNode)]? {
    var fields: [(field: FieldPlan, encoder: ColumnEncoder, node: DefinitionNode)] = []
    for entry in entries {
      guard let field = field(entry) else { return nil }
      guard field.table == each else {
        entry.keyNode.wrong(
          entry.key,
          each.map { "an item of the table \($0)" } ?? "an item outside tables, or `each: \(field.table ?? "")`")
        return nil
      }
      guard let encoder = ColumnEncoder(field, reading: form.reading) else {
        entry.keyNode.wrong(entry.key, "an item that can be rebuilt: no floating point and no address")
        return nil
      }
      if covered.updateValue(entry.keyNode, forKey: field.name) != nil {
        entry.keyNode.wrong(entry.key, "each item once")
        return nil
      }
      fields.append((field, encoder, entry.value))
    }
    return fields
  }

  /// The items of the image without a row: initial values, or the values of `otherwise`.
  private func blank(_ node: DefinitionNode?, _ image: RecordImage) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: image.length)
    let others = node?.entries ?? []
    for entry in others where !image.items.contains(where: { $0.name == form.title(entry.key) }) {
      entry.keyNode.wrong(entry.key, "one of these items: \(image.items.map(\.name).joined(separator: ", "))")
      return nil
    }
    return bytes.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let base = buffer.baseAddress else { return true }
      for item in image.items {
        item.encoder.putEmpty(base + item.place)
        guard let entry = others.first(where: { form.title($0.key) == item.name }), let text = entry.value.text else {
          continue
        }
        let column = Column(item.encoder.type)
        if text.hasPrefix("'"), text.hasSuffix("'"), item.encoder.type == .text {
          column.append(String(text.dropFirst().dropLast()))
        } else if let number = Int64(text), item.encoder.type == .integer {
          column.append(number)
        } else {
          entry.value.wrong(text, "a constant of the item's type: 'text' or a whole number")
          return false
        }
        if item.encoder.encode(column, rows: 1, to: base + item.place, stride: 0) > 0 {
          entry.value.wrong(text, "a value that \(item.name) can hold")
          return false
        }
      }
      return true
    } ? bytes : nil
  }

  // MARK: the rest of the record

  private enum Filler: String, CaseIterable {
    case spaces
    case lowValues = "low-values"
    case any
  }

  /// The part by which records are counted: one that every record has.
  private func lead(_ terms: [Term]) -> Int? {
    let own = terms.filter { $0.side == .expected }
    let lead = own.first { $0.each == nil } ?? own.first
    if let lead, presence(of: lead.each?.table) == nil { return lead.part }
    map["from"]?.wrong(
      own.compactMap(\.each?.table).joined(separator: ", "),
      "an entry without `each` too: a record may have none of a table that varies")
    return nil
  }

  /// The first of the columns that show which occurrences of a table a record has.
  private func presence(of table: String?) -> Int? {
    table.flatMap { table in form.plan.fields.first { $0.table == table && $0.presence != nil }?.presence }
  }

  /// Bytes of the record that no item of the kind covers: they lie behind a shorter group among several that redefine
  /// one another.
  private var gaps: [Range<Int>] {
    var covered = Array(repeating: false, count: form.length)
    for slot in form.slots {
      for offset in slot.offsets { for place in offset..<offset + slot.item.length { covered[place] = true } }
    }
    var gaps: [Range<Int>] = []
    for place in covered.indices where !covered[place] {
      if let last = gaps.last, last.upperBound == place {
        gaps[gaps.count - 1] = last.lowerBound..<place + 1
      } else {
        gaps.append(place..<place + 1)
      }
    }
    return gaps
  }

  private var fillers: [Slot] { form.slots.filter(\.item.isFiller) }

  private func readFiller() -> Filler? {
    guard let node = map["filler"] else { return .spaces }
    return node.choice(Filler.self)
  }

  /// FILLER and the bytes that no item covers. The kind is left out: the record was selected by it.
  private func constants(_ filler: Filler) -> [RebuiltCheck.Constant] {
    if filler == .any { return [] }
    let byte = filler == .spaces ? form.space : 0
    return fillers.flatMap { slot in
      let presence = presence(of: slot.dimensions.last?.name)
      return slot.offsets.enumerated().map { occurrence, offset in
        RebuiltCheck.Constant(
          offset: offset, bytes: [UInt8](repeating: byte, count: slot.item.length),
          presence: presence.map { $0 + occurrence })
      }
    }
      + gaps.map {
        RebuiltCheck.Constant(offset: $0.lowerBound, bytes: [UInt8](repeating: byte, count: $0.count), presence: nil)
      }
  }

  /// The occurrences of all items that a record may lack.
  private func behind(_ filler: Filler) -> [RebuiltCheck.Behind] {
    let items = form.plan.fields.flatMap { field -> [RebuiltCheck.Behind] in
      guard let presence = field.presence else { return [] }
      let blank = initial(field)
      return field.offsets.enumerated().map { occurrence, offset in
        RebuiltCheck.Behind(
          item: field.title(occurrence), privacy: field.privacy, offset: offset, blank: blank,
          presence: presence + occurrence)
      }
    }
    return items
      + constants(filler).compactMap { constant in
        constant.presence.map {
          RebuiltCheck.Behind(
            item: NameTable.filler, privacy: .open, offset: constant.offset, blank: constant.bytes, presence: $0)
        }
      }
  }

  /// The bytes of an item before a value is written; spaces when it has no inverse.
  private func initial(_ field: FieldPlan) -> [UInt8] {
    ColumnEncoder(field, reading: form.reading)?.empty
      ?? [UInt8](repeating: form.space, count: field.slot.item.length)
  }

  private func readLosses(_ covered: inout [String: DefinitionNode]) -> [RebuiltCheck.Loss]? {
    var losses: [RebuiltCheck.Loss] = []
    for entry in map["lost"]?.entries ?? [] {
      guard let reason = entry.value.bilingual, let field = field(entry) else { return nil }
      if covered.updateValue(entry.keyNode, forKey: field.name) != nil {
        entry.keyNode.wrong(entry.key, "each item once")
        return nil
      }
      losses.append(
        RebuiltCheck.Loss(
          item: field.name, offsets: field.offsets, presence: field.presence, blank: initial(field), reason: reason))
    }
    return losses
  }

  /// Checks that every item is rebuilt or lost for a reason, and that only rebuilt items have other forms.
  private func lint(_ covered: [String: DefinitionNode], _ lost: Set<String>) -> Bool {
    let open = form.plan.fields.map(\.name).filter { covered[$0] == nil && $0 != form.kindItem }
    if !open.isEmpty {
      map.node.wrong("nothing for \(open.joined(separator: ", "))", "every item under `items` or `lost`")
    }
    for entry in reasons where covered[entry.item] == nil || lost.contains(entry.item) {
      entry.node.wrong(entry.item, "an item that is rebuilt")
    }
    return open.isEmpty
  }
}
