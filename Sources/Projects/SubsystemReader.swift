import Base
import Charset
import Checks
import Copybook
import Decode
import Definitions
import Expressions
import Framing
import Records
import Targets

/// Reads one subsystem's `pipeline.yaml`: its files, their kinds, and how records become rows.
struct SubsystemReader {
  let folder: String
  /// The project's interpretation of all files.
  let reading: Interpretation
  var project: ProjectReader
  private(set) var files: [FilePlan] = []
  private(set) var lint = DispositionLint()
  private(set) var mappedKinds: [MappedPrivacy.Kind] = []
  private var layouts: [String: Layout] = [:]

  init(folder: String, reading: Interpretation, project: ProjectReader) {
    self.folder = folder
    self.reading = reading
    self.project = project
  }

  mutating func read(_ node: DefinitionNode) -> Bilingual? {
    guard let map = node.map(DefinitionKeys.subsystem) else { return nil }
    for entry in map.required("files")?.entries ?? [] { readFile(entry.key, entry.value) }
    return map.required("title")?.bilingual
  }

  private mutating func layout(_ name: String, at place: Place) -> Layout? {
    let path = DefinitionPath.join(folder, name)
    if let known = layouts[path] { return known }
    guard let text = project.copybook(path, at: place) else { return nil }
    // Members of COPY are beside the copybook; their contents belong to the definitions, too.
    var reader = project
    let members = path.split(separator: "/").dropLast().joined(separator: "/")
    let layout = project.problems.collect { () throws(Diagnostic) in
      try CopybookParser.layout(of: text, file: path, dialect: reading.dialect) { name throws(Diagnostic) in
        try reader.member(name, of: members)
      }
    }
    project = reader
    layouts[path] = layout
    return layout
  }

  private mutating func readFile(_ id: String, _ node: DefinitionNode) {
    guard let map = node.map(DefinitionKeys.file), let title = map.required("title")?.bilingual,
      let sources = map.required("data").flatMap(Self.sources), let form = fileForm(map),
      let kinds = map.required("kinds")
    else { return }
    let names = FileNames(map, project)
    if form.kindItem == nil, kinds.entries.count != 1 {
      kinds.wrong(
        "\(kinds.entries.count) kinds and no `kind`", "one kind, or `kind`: the item that names a record's kind")
      return
    }
    var found: [FileKind] = []
    for entry in kinds.entries {
      if let kind = readKind(entry.key, entry.value, id, form, names) { found.append(kind) }
    }
    names.lint(found, isWhole: found.count == kinds.entries.count, form.layout)
    files.append(
      FilePlan(
        id: id, subsystem: folder, title: title, sources: sources, format: form.format, layout: form.layout,
        kindItem: form.kindItem, columnNames: form.columnNames, kinds: found, drops: names.drops.mapValues(\.1)))
  }

  /// One name, several, or one pattern; `nil` after a diagnostic.
  private static func sources(_ node: DefinitionNode) -> [String]? {
    guard node.isList else { return node.text.map { [$0] } }
    let names = node.texts
    if Set(names).count < names.count || names.isEmpty || names.contains(where: { $0.contains("*") }) {
      node.wrong(names.joined(separator: ", "), "each file once, without *")
      return nil
    }
    return names
  }

  /// How a file's records are read: by a copybook, or by a layout of plain text.
  private struct FileForm {
    let layout: Layout
    let reading: Interpretation
    let format: RecordFormat
    /// `nil` when all records are of one kind.
    var kindItem: DataItem?
    /// The names of the first line, item by item; empty when there is none.
    var columnNames: [String] = []
  }

  private mutating func fileForm(_ map: DefinitionMap) -> FileForm? {
    guard var form = map["layout"].map({ textForm($0, map) }) ?? copybookForm(map) else { return nil }
    guard let node = map["kind"] else { return form }
    // Of several level 01 entries, which are redefinitions, any may have the item.
    let records = Set(form.layout.records.map(\.title))
    guard let name = node.text else { return nil }
    let item = node.problems.collect { () throws(Diagnostic) in
      try form.layout.names(choosing: records).find(name, at: node.place)
    }
    guard let item else { return nil }
    form.kindItem =
      form.layout.slots(choosing: records).first { $0.item.identity == item && $0.dimensions.isEmpty }?.item
    if form.kindItem == nil {
      node.unknownItem(name, form.layout)
      return nil
    }
    return form
  }

  private mutating func copybookForm(_ map: DefinitionMap) -> FileForm? {
    guard let node = map.required("copybook"), let name = node.text, let layout = layout(name, at: node.place),
      let format = recordFormat(map["record-format"])
    else { return nil }
    return FileForm(layout: layout, reading: reading, format: format)
  }

  private mutating func textForm(_ node: DefinitionNode, _ map: DefinitionMap) -> FileForm? {
    for key in ["copybook", "record-format", "charset-of", "types"] {
      map[key]?.wrong(key, "no such key beside `layout`, which says it")
    }
    guard let name = node.text, let file = project.yaml(DefinitionPath.join(folder, name)),
      let text = LayoutReader.read(
        file, characters: project.characters,
        open: { sheet in sheet.text.flatMap { project.file(DefinitionPath.join(folder, $0)) } })
    else { return nil }
    var reading = reading
    reading.characters = text.characters
    reading.cells = text.types
    reading.isDelimited = text.format.cells != nil
    return FileForm(layout: text.layout, reading: reading, format: text.format, columnNames: text.columnNames)
  }

  /// F by default.
  private func recordFormat(_ node: DefinitionNode?) -> RecordFormat? {
    guard let node, let text = node.text else { return .fixed }
    let characters = reading.characters
    return node.problems.collect { () throws(Diagnostic) in
      do throws(Diagnostic) {
        return try RecordFormat(text) { text in
          let (bytes, fault) = characters.encode(.single, text)
          return fault == nil ? bytes : nil
        }
      } catch { throw error.moved(to: node.place) }
    }
  }

  // MARK: kinds

  private mutating func readKind(
    _ code: String, _ node: DefinitionNode, _ file: String, _ form: FileForm, _ given: FileNames
  ) -> FileKind? {
    guard let map = node.map(DefinitionKeys.kind),
      let title = map.required("title")?.bilingual
    else { return nil }
    var layout = form.layout
    if let own = map["copybook"] {
      if form.reading.isDelimited {
        own.wrong("copybook", "no copybook: cells have no places")
        return nil
      }
      guard let name = own.text, let other = self.layout(name, at: own.place) else { return nil }
      layout = other
    }
    var reading = form.reading
    let own = given.characters.mapValues(\.0)
    // An ambiguous name is reported below.
    reading.ownCharacters = (try? layout.names.keyed(own)) ?? own
    guard let bytes = kindBytes(code, node, form, reading) else { return nil }
    let role = map["role"]?.choice(FileKind.Role.self) ?? .data
    if role != .data, form.kindItem == nil {
      map["role"]?.wrong(role.rawValue, "no role: without `kind` all records are data")
      return nil
    }
    guard let chosen = choice(map["choose"], layout) else { return nil }
    for set in layout.alternatives where set.filter({ chosen.contains($0.title) }).count != 1 {
      let options = set.map(\.title).joined(separator: ", ")
      node.problems.add(Diagnostic(.variantUnchosen, at: node.place, code, options))
      return nil
    }
    let names = layout.names(choosing: chosen)
    let isClear = given.named.map { name, node in
      node.problems.collect { () throws(Diagnostic) in try names.find(name, at: node.place) } != nil
    }
    guard isClear.allSatisfy(\.self) else { return nil }
    reading.ownCharacters = given.characters.mapValues(\.0)
    reading.meanings = given.meanings.mapValues(\.0)
    reading.privacy = given.privacy.mapValues(\.0)
    func compile(_ reading: Interpretation) -> KindPlan? {
      node.problems.collect { () throws(Diagnostic) in
        try KindPlan.compile(
          title: "\(file)[\(code)]", layout: layout, choosing: chosen, reading: reading,
          slides: reading.dialect.slidesAfterTables)
      }
    }
    guard var plan = compile(reading) else { return nil }
    let mapped = MappedPrivacy(map["rows"], project.tables)
    let more = mapped.items(of: plan, project.lookups)
    if !more.isEmpty {
      reading = plan.reading
      reading.privacy.merge(more) { Privacy.stricter($0, $1) }
      guard let widened = compile(reading) else { return nil }
      plan = widened
    }
    mappedKinds.append((mapped, plan, node))
    let source = Source.records(file: file, kind: code)
    project.sources.add(source, plan.scope(project.lookups))
    let kindTitle = plan.fields.first {
      $0.slot.item.offset == form.kindItem?.offset && $0.slot.item.length == form.kindItem?.length
    }?.name
    project.forms[source] = RecordForm(
      plan: plan, slots: layout.slots(choosing: chosen), reading: plan.reading,
      kindItem: kindTitle ?? form.kindItem?.name,
      isFixed: form.format.form.isFixed)
    lint.add(
      source, title: plan.title, fields: plan.fields.map(\.name), place: node.place, drops: drops(given, plan),
      hasFiller: layout.slots(choosing: chosen).contains { $0.item.isFiller } || !layout.gaps(choosing: chosen).isEmpty)
    let exclusions = (map["exclude"]?.list ?? []).compactMap { exclusion($0, source) }
    for (index, exclusion) in exclusions.enumerated()
    where exclusions[..<index].contains(where: { $0.id == exclusion.id }) {
      map["exclude"]?.wrong(exclusion.id, "each id once: what they leave out is counted by it")
    }
    let mapping = MappingPlan(
      exclusions: exclusions,
      rows: (map["rows"]?.list ?? []).compactMap { row($0, source, file: file, kind: code) })
    if role == .data, map["rows"]?.list.isEmpty ?? true, map["exclude"] == nil {
      node.wrong("no row for \(code)", "`rows`, or `exclude` with the reason why its records do not go over")
      return nil
    }
    return FileKind(
      code: code, bytes: bytes, title: title, role: role, layout: layout, plan: plan, mapping: mapping,
      chosen: chosen, reading: reading)
  }

  /// The bytes that name a kind; empty when the file has one kind. `nil` after a diagnostic.
  private func kindBytes(
    _ code: String, _ node: DefinitionNode, _ form: FileForm, _ reading: Interpretation
  ) -> [UInt8]? {
    guard let item = form.kindItem else { return [] }
    let isWide = item.picture?.category == .national
    let (bytes, fault) = reading.characters(of: item).encode(
      reading.cells.isEmpty ? isWide ? .double : .single : .mixed, code)
    guard fault == nil, reading.isDelimited || bytes.count == item.length else {
      node.wrong(code, "a kind of \(item.length) characters")
      return nil
    }
    return bytes
  }

  /// The groups that a kind chooses, by title; `nil` after a diagnostic.
  private func choice(_ node: DefinitionNode?, _ layout: Layout) -> Set<String>? {
    var chosen: Set<String> = []
    let names = layout.names
    for group in node?.list ?? [] {
      guard let text = group.text else { return nil }
      let found = group.problems.collect { () throws(Diagnostic) in
        try names.find(text, at: group.place)
      }
      guard let found else { return nil }
      guard let title = found.flatMap({ names.title($0) }) else {
        group.unknownItem(text, layout)
        return nil
      }
      chosen.insert(title)
    }
    return chosen
  }

  /// The dropped items of a kind, by title.
  private func drops(_ names: FileNames, _ plan: KindPlan) -> [String: DefinitionNode] {
    var drops: [String: DefinitionNode] = [:]
    for (name, (node, _)) in names.drops where name != NameTable.filler {
      let found = node.problems.collect { () throws(Diagnostic) in try plan.names.find(name, at: node.place) }
      if let title = found?.flatMap({ plan.names.title($0) }) { drops[title] = node }
    }
    drops[NameTable.filler] = names.drops[NameTable.filler]?.0
    return drops
  }

  private func compile(
    _ node: DefinitionNode, _ source: Source, _ each: String?, _ type: ValueType?, isValue: Bool = false
  ) -> Compiled? {
    guard let text = node.text else { return nil }
    return node.problems.collect { () throws(Diagnostic) in
      try project.sources.compile(source, text, at: node.place, each: each, type: type, isValue: isValue)
    }
  }

  /// The value of a column that nobody has mapped.
  private func nothing(_ source: Source, _ each: String?, _ type: ValueType, at place: Place) -> Compiled? {
    try? project.sources.compile(source, "null", at: place, each: each, type: type, isValue: true)
  }

  private func exclusion(_ node: DefinitionNode, _ source: Source) -> Exclusion? {
    guard let map = node.map(DefinitionKeys.exclusion), let id = map.required("id")?.text,
      let reason = map.required("reason")?.bilingual, let when = map.required("when"),
      let condition = compile(when, source, nil, .flag)
    else { return nil }
    return Exclusion(id: id, reason: reason, condition: condition)
  }

  private func row(_ node: DefinitionNode, _ source: Source, file: String, kind: String) -> RowPlan? {
    guard let map = node.map(DefinitionKeys.row), let tableNode = map.required("table"),
      let tableName = tableNode.text, let columns = map.required("columns")
    else { return nil }
    guard let table = project.tables.firstIndex(where: { $0.name == tableName }) else {
      tableNode.wrong(tableName, project.tables.map(\.name).joined(separator: ", "))
      return nil
    }
    var each: (table: String, count: Int)?
    if let node = map["each"], let name = node.text {
      let found = node.problems.collect { () throws(Diagnostic) in
        try project.sources.scope(source)?.table(name, at: node.place)
      }
      guard let found else { return nil }
      guard let (title, count) = found else {
        node.wrong(name, "a table (OCCURS) of the record")
        return nil
      }
      each = (title, count)
    }
    if let node = map["when"], node.text == nil { return nil }
    let place = (map["when"] ?? node).place
    let condition = node.problems.collect { () throws(Diagnostic) in
      try project.sources.compile(source, condition: map["when"]?.text, at: place, each: each?.table)
    }
    let schema = project.tables[table]
    let entries = columns.entries
    for entry in entries where !schema.columns.contains(where: { $0.name == entry.key }) {
      entry.keyNode.wrong(entry.key, schema.columns.map(\.name).joined(separator: ", "))
    }
    var values: [Compiled] = []
    var written: [RowPlan.Written] = []
    for column in schema.columns {
      let entry = entries.first { $0.key == column.name }?.value
      let thing = DraftList.mapping(file: file, kind: kind, table: schema.name, column: column.name)
      if let entry, entry.text != RowPlan.Written.draft {
        if let value = compile(entry, source, each?.table, column.type, isValue: true) {
          values.append(value)
          written.append(.init(text: entry.text ?? "", place: entry.place))
          continue
        }
      } else if entry == nil {
        columns.problems.add(Diagnostic(.columnUnmapped, at: columns.place, schema.name, column.name))
      } else if !project.drafts.has(thing) {
        columns.problems.add(Diagnostic(.draftLine, at: (entry ?? columns).place, thing))
      }
      // What nobody has mapped is null; in a lenient run, so is what cannot be compiled.
      guard project.leniently || entry?.text == RowPlan.Written.draft,
        let value = nothing(source, each?.table, column.type, at: (entry ?? columns).place)
      else { continue }
      values.append(value)
      written.append(.init(text: RowPlan.Written.draft, place: (entry ?? columns).place))
    }
    guard values.count == schema.columns.count, let condition else { return nil }
    return RowPlan(
      table: table, each: each, condition: condition, values: values, written: written,
      when: map["when"]?.text)
  }
}
