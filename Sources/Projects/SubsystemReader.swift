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
    guard let map = node.map(["title", "files"]) else { return nil }
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
    let known = [
      "title", "data", "copybook", "record-format", "charset-of", "kind", "types", "personal", "kinds", "drop",
    ]
    guard let map = node.map(known), let title = map.required("title")?.bilingual,
      let data = map.required("data")?.text, let copybook = map.required("copybook"), let copybookName = copybook.text,
      let layout = layout(copybookName, at: copybook.place), let kindNode = map.required("kind"),
      let kindName = kindNode.text
    else { return }
    guard let format = recordFormat(map["record-format"]) else { return }
    let kindItem = kindNode.problems.collect { () throws(Diagnostic) in
      try layout.names(choosing: []).find(kindName, at: kindNode.place)
    }
    guard let kindItem else { return }
    guard
      let kindItem = layout.slots(choosing: []).first(where: { $0.item.identity == kindItem && $0.dimensions.isEmpty })?
        .item
    else {
      unknownField(kindNode, kindName, layout)
      return
    }
    let meanings = readMeanings(map["types"])
    let privacy = readPrivacy(map["personal"])
    var kinds: [FileKind] = []
    let names = Names(
      meanings: meanings, privacy: privacy, characters: readCharacters(map["charset-of"]), drops: readDrops(map["drop"])
    )
    for entry in map.required("kinds")?.entries ?? [] {
      if let kind = readKind(entry.key, entry.value, id, layout, names, kindItem, format) { kinds.append(kind) }
    }
    lintNames(names, kinds, map, layout)
    files.append(
      FilePlan(
        id: id, subsystem: folder, title: title, data: data, format: format, layout: layout,
        kindOffset: kindItem.offset,
        kindLength: kindItem.length, kinds: kinds, drops: names.drops.mapValues(\.1)))
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

  private struct Names {
    let meanings: [String: (Meaning, DefinitionNode)]
    let privacy: [String: (Privacy, DefinitionNode)]
    let characters: [String: (CharacterSet, DefinitionNode)]
    let drops: [String: (DefinitionNode, Bilingual)]

    /// The names with a declaration other than a reason to drop them.
    var named: [(name: String, node: DefinitionNode)] {
      meanings.map { ($0.key, $0.value.1) } + privacy.map { ($0.key, $0.value.1) }
        + characters.map { ($0.key, $0.value.1) }
    }
  }

  private func readMeanings(_ node: DefinitionNode?) -> [String: (Meaning, DefinitionNode)] {
    var meanings: [String: (Meaning, DefinitionNode)] = [:]
    for entry in node?.entries ?? [] {
      guard let meaning = Meaning(rawValue: entry.key) else {
        entry.keyNode.wrong(entry.key, Meaning.allCases.map(\.rawValue).joined(separator: ", "))
        continue
      }
      for field in entry.value.list { if let name = field.text { meanings[name] = (meaning, field) } }
    }
    return meanings
  }

  private func readPrivacy(_ node: DefinitionNode?) -> [String: (Privacy, DefinitionNode)] {
    var privacy: [String: (Privacy, DefinitionNode)] = [:]
    for field in node?.list ?? [] { if let name = field.text { privacy[name] = (.personal, field) } }
    return privacy
  }

  /// Items with another character set: `NAME: charset`.
  private func readCharacters(_ node: DefinitionNode?) -> [String: (CharacterSet, DefinitionNode)] {
    var characters: [String: (CharacterSet, DefinitionNode)] = [:]
    for entry in node?.entries ?? [] {
      if let set = project.characters(entry.value) { characters[entry.key] = (set, entry.keyNode) }
    }
    return characters
  }

  private func readDrops(_ node: DefinitionNode?) -> [String: (DefinitionNode, Bilingual)] {
    var drops: [String: (DefinitionNode, Bilingual)] = [:]
    for entry in node?.entries ?? [] {
      guard let reason = entry.value.bilingual else { continue }
      drops[entry.key] = (entry.keyNode, reason)
    }
    return drops
  }

  private func unknownField(_ node: DefinitionNode, _ name: String, _ layout: Layout) {
    let names = layout.names
    node.problems.add(
      names.ids(name).isEmpty
        ? Diagnostic(.fieldUnknown, at: node.place, name, layout.file, names.nearest(name))
        : Diagnostic(.fieldHidden, at: node.place, name, layout.file))
  }

  private func lintNames(_ names: Names, _ kinds: [FileKind], _ map: DefinitionMap, _ layout: Layout) {
    // The items of a kind that could not be read are unknown.
    let isWhole = kinds.count == map["kinds"]?.entries.count
    func isKnown(_ name: String) -> Bool {
      if name == NameTable.filler || (!isWhole && !layout.names.ids(name).isEmpty) { return true }
      return kinds.contains { kind in
        let ids = kind.plan.names.ids(name)
        return kind.plan.fields.contains { ids.contains($0.slot.item.identity) }
      }
    }
    for (name, node) in names.named + names.drops.map({ ($0.key, $0.value.0) })
    where !isKnown(name) {
      unknownField(node, name, layout)
    }
  }

  // MARK: kinds

  private mutating func readKind(
    _ code: String, _ node: DefinitionNode, _ file: String, _ fileLayout: Layout, _ given: Names, _ kindItem: DataItem,
    _ format: RecordFormat
  ) -> FileKind? {
    guard let map = node.map(["title", "role", "copybook", "choose", "exclude", "rows"]),
      let title = map.required("title")?.bilingual
    else { return nil }
    var layout = fileLayout
    if let own = map["copybook"] {
      guard let name = own.text, let other = self.layout(name, at: own.place) else { return nil }
      layout = other
    }
    var reading = reading
    let own = given.characters.mapValues(\.0)
    // An ambiguous name is reported below.
    reading.ownCharacters = (try? layout.names.keyed(own)) ?? own
    let form: TextForm = kindItem.picture?.category == .national ? .double : .single
    let (bytes, fault) = reading.characters(of: kindItem).encode(form, code)
    let width = kindItem.length
    guard fault == nil, bytes.count == width else {
      node.wrong(code, "a kind of \(width) characters")
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
    let kindTitle = plan.fields.first { $0.slot.item.offset == kindItem.offset && $0.slot.item.length == width }?.name
    project.forms[source] = RecordForm(
      plan: plan, slots: layout.slots(choosing: chosen), reading: plan.reading, kindItem: kindTitle ?? kindItem.name,
      isFixed: format.form.isFixed)
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
    let role = map["role"]?.choice(FileKind.Role.self) ?? .data
    if role == .data, map["rows"]?.list.isEmpty ?? true, map["exclude"] == nil {
      node.wrong("no row for \(code)", "`rows`, or `exclude` with the reason why its records do not go over")
      return nil
    }
    return FileKind(
      code: code, bytes: bytes, title: title, role: role, layout: layout, plan: plan, mapping: mapping,
      chosen: chosen, reading: reading)
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
        unknownField(group, text, layout)
        return nil
      }
      chosen.insert(title)
    }
    return chosen
  }

  /// The dropped items of a kind, by title.
  private func drops(_ names: Names, _ plan: KindPlan) -> [String: DefinitionNode] {
    var drops: [String: DefinitionNode] = [:]
    for (name, (node, _)) in names.drops where name != NameTable.filler {
      let found = node.problems.collect { () throws(Diagnostic) in try plan.names.find(name, at: node.place) }
      if let title = found?.flatMap({ plan.names.title($0) }) { drops[title] = node }
    }
    drops[NameTable.filler] = names.drops[NameTable.filler]?.0
    return drops
  }

  private func compile(_ node: DefinitionNode, _ source: Source, _ each: String?, _ type: ValueType?) -> Compiled? {
    guard let text = node.text else { return nil }
    return node.problems.collect { () throws(Diagnostic) in
      try project.sources.compile(source, text, at: node.place, each: each, type: type)
    }
  }

  /// The value of a column that nobody has mapped.
  private func nothing(_ source: Source, _ each: String?, _ type: ValueType, at place: Place) -> Compiled? {
    try? project.sources.compile(source, "null", at: place, each: each, type: type)
  }

  private func exclusion(_ node: DefinitionNode, _ source: Source) -> Exclusion? {
    guard let map = node.map(["id", "when", "reason"]), let id = map.required("id")?.text,
      let reason = map.required("reason")?.bilingual, let when = map.required("when"),
      let condition = compile(when, source, nil, .flag)
    else { return nil }
    return Exclusion(id: id, reason: reason, condition: condition)
  }

  private func row(_ node: DefinitionNode, _ source: Source, file: String, kind: String) -> RowPlan? {
    guard let map = node.map(["table", "each", "when", "columns"]), let tableNode = map.required("table"),
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
      guard let entry = entries.first(where: { $0.key == column.name }) else {
        columns.problems.add(Diagnostic(.columnUnmapped, at: columns.place, schema.name, column.name))
        if project.leniently, let value = nothing(source, each?.table, column.type, at: columns.place) {
          values.append(value)
          written.append(.init(text: RowPlan.Written.draft, place: columns.place))
        }
        continue
      }
      if entry.value.text == RowPlan.Written.draft {
        let thing = DraftList.mapping(file: file, kind: kind, table: schema.name, column: column.name)
        if !project.drafts.has(thing) { columns.problems.add(Diagnostic(.draftLine, at: entry.value.place, thing)) }
        if let value = nothing(source, each?.table, column.type, at: entry.value.place) {
          values.append(value)
          written.append(.init(text: RowPlan.Written.draft, place: entry.value.place))
        }
      } else if let value = compile(entry.value, source, each?.table, column.type) {
        values.append(value)
        written.append(.init(text: entry.value.text ?? "", place: entry.value.place))
      } else if project.leniently, let value = nothing(source, each?.table, column.type, at: entry.value.place) {
        values.append(value)
        written.append(.init(text: RowPlan.Written.draft, place: entry.value.place))
      }
    }
    guard values.count == schema.columns.count, let condition else { return nil }
    return RowPlan(
      table: table, each: each, condition: condition, values: values, written: written,
      when: map["when"]?.text)
  }
}

/// Names of definition files relative to the project's folder.
enum DefinitionPath {
  /// `folder/name` with `..` resolved.
  static func join(_ folder: String, _ name: String) -> String {
    var parts = folder.split(separator: "/").map(String.init)
    for part in name.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
