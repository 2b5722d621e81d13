import Base
import Charset
import Checks
import Copybook
import Decode
import Definitions
import Expressions
import Foundation
import Targets

/// Reads a project file and all files that it names, and compiles them. All errors are collected; no data is read.
package struct ProjectReader {
  private let folder: String
  private let replaced: [String: String]
  let problems = Problems()
  let sources = SourceBuilders()
  /// The files read so far, from which the project's digest is computed.
  private var contents: [DefinitionFile] = []
  private(set) var lookups = Lookups()
  private(set) var tables: [TableSchema] = []
  private var extent = TargetExtent()
  private var dataExtent = DataExtent()
  private(set) var drafts = DraftList()
  private var tablePlaces: [String: Place] = [:]

  /// The parts of a project for readers of the definitions beside mapping and checks.
  package struct Beside {
    package let head: ProjectHead
    package let checks: [Check]
    package let accepted: AcceptedDifferences
    /// The numbers of files and tables.
    package let files: Int
    package let tables: Int
    package let problems: Problems
    /// Reads a file by its name and adds it to the definitions; `nil` after a diagnostic.
    package let read: (String) -> DefinitionFile?
    /// Adds a file that has been read to the definitions.
    package let note: (DefinitionFile) -> Void
  }

  /// - Parameters:
  ///   - leniently: leaves out what is wrong, where a project remains, and lists it in ``Project/omitted``: a column
  ///     that cannot be compiled is null.
  ///   - replaced: texts of definition files by their names, to be read in place of the files.
  ///   - beside: reads gates and lists, which this reader does not know; errors are added to its problems.
  /// - Throws: ``Diagnostics`` with all errors.
  package static func read(
    _ path: String, leniently: Bool = false, replacing replaced: [String: String] = [:],
    beside: (Beside) -> Void = { _ in }
  ) throws(Diagnostics) -> Project {
    var reader = ProjectReader(folder: DefinitionFile.parts(of: path).folder, leniently: leniently, replaced: replaced)
    let project = reader.project(path, beside)
    if leniently, let project, project.files.contains(where: { !$0.kinds.isEmpty }) { return project }
    reader.problems.revise(reader.sources.located)
    try reader.problems.check()
    guard let project else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return project
  }

  /// Whether a column that cannot be compiled is null instead of an end.
  let leniently: Bool

  private init(folder: String, leniently: Bool, replaced: [String: String]) {
    self.folder = folder.isEmpty ? "." : folder
    self.leniently = leniently
    self.replaced = replaced
  }

  func absolute(_ name: String, from base: String = "") -> String {
    if name.hasPrefix("/") { return name }
    return NSString.path(withComponents: [folder, base, name])
  }

  /// Reads a file once: the bytes that are hashed are the bytes that are parsed.
  mutating func file(_ name: String) -> DefinitionFile? {
    if let text = replaced[name] {
      let file = DefinitionFile(name: name, bytes: Array(text.utf8))
      contents.append(file)
      return file
    }
    let path = absolute(name)
    let file = problems.collect { () throws(Diagnostic) in try DefinitionFile.read(path, name: name) }
    if let file { contents.append(file) }
    return file
  }

  mutating func yaml(_ name: String) -> DefinitionNode? {
    file(name).flatMap { DefinitionNode.read($0, problems) }
  }

  /// The text of a copybook, in UTF-8 or Windows-31J.
  mutating func copybook(_ name: String, at place: Place) -> String? {
    guard let file = file(name) else { return nil }
    guard let text = CopybookText.decode(file.bytes) else {
      problems.add(Diagnostic(.copybookText, at: Place(file: name)))
      return nil
    }
    return text
  }

  /// A COPY member in a folder of the definitions; its content belongs to them, too.
  mutating func member(_ name: String, of folder: String) throws(Diagnostic) -> (text: String, file: String)? {
    let root = absolute(folder)
    guard let found = try CopybookFolders([root], decode: CopybookText.decode).search(name) else { return nil }
    let file = DefinitionFile(name: folder + found.file.dropFirst(root.count), bytes: found.bytes)
    contents.append(file)
    return (found.text, file.name)
  }

  mutating func text(_ name: String, at place: Place) -> String? {
    guard let file = file(name) else { return nil }
    return problems.collect { () throws(Diagnostic) in try file.text() }
  }

  private mutating func project(_ path: String, _ beside: (Beside) -> Void) -> Project? {
    let name = DefinitionFile.parts(of: path).name
    guard let own = file(name), let map = DefinitionNode.read(own, problems)?.map(ProjectHead.keys) else { return nil }
    readCodes(map["codes"])
    readRates(map["rates"])
    readHolidays(map["holidays"])
    dataExtent.read(map["not-read"])
    if let file = map["drafts"]?.text.flatMap({ self.file($0) }) { drafts = DraftList(file, problems) }
    readSchema(map.required("schema"))
    guard let reading = readInterpretation(map) else { return nil }
    var subsystems: [Project.Subsystem] = []
    var files: [FilePlan] = []
    var checkFiles: [(subsystem: String, node: DefinitionNode)] = []
    var mappedKinds: [MappedPrivacy.Kind] = []
    for entry in map.required("subsystems")?.texts ?? [] {
      guard let definition = yaml(entry + "/pipeline.yaml") else { continue }
      var subsystem = SubsystemReader(folder: entry, reading: reading, project: self)
      if let title = subsystem.read(definition) { subsystems.append(Project.Subsystem(id: entry, title: title)) }
      files += subsystem.files
      mappedKinds += subsystem.mappedKinds
      contents = subsystem.project.contents
      forms = subsystem.project.forms
      for name in ["checks.yaml", "rebuild.yaml"] {
        let checks = entry + "/" + name
        if FileManager.default.fileExists(atPath: absolute(checks)), let node = yaml(checks) {
          checkFiles.append((entry, node))
        }
      }
      lints.append(subsystem.lint)
    }
    tables = MappedPrivacy.widened(tables, by: mappedKinds, lookups)
    // What nobody has mapped is null, and hides nothing else.
    if leniently { tables = Self.withOptionalDrafts(tables, files) }
    for table in tables {
      let entries = table.columns.enumerated().map {
        ($1.name, Scope.Entry(type: $1.type, column: $0, privacy: $1.privacy))
      }
      sources.add(
        .table(table.name),
        Scope(title: table.name, entries: Dictionary(uniqueKeysWithValues: entries), lookups: lookups))
    }
    for (index, file) in files.enumerated() where files[..<index].contains(where: { $0.id == file.id }) {
      problems.add(
        Diagnostic(.definitionValue, at: Place(file: file.subsystem + "/pipeline.yaml"), file.id, "each file id once"))
    }
    let keys = Dictionary(tables.map { table in (table.name, table.key.map { table.columns[$0].name }) }) { first, _ in
      first
    }
    let lengths = Dictionary(
      tables.map { table in
        let limited = table.columns.compactMap { column in column.length.map { (column.name, $0) } }
        return (table.name, Dictionary(limited) { first, _ in first })
      }
    ) { first, _ in first }
    let controls = Set(
      files.flatMap { file in
        file.kinds.filter { $0.role == .header || $0.role == .trailer }.map { .records(file: file.id, kind: $0.code) }
      } as [Source])
    let checkReader = CheckReader(
      CheckSources(sources, records: forms, keys: keys, lengths: lengths, controls: controls),
      templates: readTemplates())
    let checks = checkFiles.flatMap { checkReader.read($0.node, subsystem: $0.subsystem) }
    lintChecks(checks)
    let accepted = map["accept"]?.text.flatMap { yaml($0) }.map { AcceptedDifferences($0, checks) }
    for lint in lints { lint.report(sources, problems) }
    let programs = sources.programs()
    let coverage = CoverageLint(programs, checks, files)
    for (index, table) in tables.enumerated() {
      coverage.report(index, table, at: tablePlaces[table.name] ?? Place(file: path), problems)
    }
    let head = ProjectHead(map, own, path: path)
    if let head {
      var noted: [DefinitionFile] = []
      let (problems, absolute) = (problems, { [self] (name: String) in self.absolute(name) })
      beside(
        Beside(
          head: head, checks: checks, accepted: accepted ?? AcceptedDifferences(), files: files.count,
          tables: tables.count, problems: problems,
          read: { name in
            let file = problems.collect { () throws(Diagnostic) in
              try DefinitionFile.read(absolute(name), name: name)
            }
            if let file { noted.append(file) }
            return file
          },
          note: { noted.append($0) }))
      contents += noted
    }
    let steps = files.map { "file \($0.id)" } + ["index", "read-back", "differences"]
    let schedule = readSchedule(map["schedule"], steps)
    guard let head else { return nil }
    if leniently { problems.revise(sources.located) }
    // What could not be read is no reason to call a guess about it old.
    if problems.items.isEmpty {
      DraftLint(files, tables, extent, dataExtent, codes: lookups.codes.keys, checks: checks.map(\.id)).report(
        drafts, problems)
    }
    return Project(
      head: head, charset: reading.characters.name, subsystems: subsystems, files: files, tables: tables,
      extent: extent, dataExtent: dataExtent,
      checks: checks, accepted: accepted ?? AcceptedDifferences(),
      entities: EntityRoles(map["entities"], checks),
      programs: programs, rowOrigins: RowOriginTerms(files, tables, sources),
      closedDays: lookups.calendar.closed, schedule: schedule, drafts: drafts,
      omitted: leniently ? problems.items : [],
      definitionFiles: contents.map(\.name).sorted(),
      digest: DefinitionFile.digest(of: contents))
  }

  /// The tables, with every column optional that a row leaves open.
  private static func withOptionalDrafts(_ tables: [TableSchema], _ files: [FilePlan]) -> [TableSchema] {
    var tables = tables
    for row in files.flatMap(\.kinds).flatMap(\.mapping.rows) {
      for (column, written) in row.written.enumerated() where written.isDraft {
        tables[row.table] = tables[row.table].withOptionalColumn(column)
      }
    }
    return tables
  }

  private var lints: [DispositionLint] = []
  /// The bytes of each record kind.
  var forms: [Source: RecordForm] = [:]

  /// The files of the folder `templates`, by name without `.yaml`.
  private mutating func readTemplates() -> [String: DefinitionNode] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute("templates"))) ?? []
    var templates: [String: DefinitionNode] = [:]
    for name in names.sorted() where name.hasSuffix(".yaml") {
      templates[String(name.dropLast(5))] = yaml("templates/" + name)
    }
    return templates
  }

  // MARK: how bytes are read

  /// The interpretation of all files: character set, user-defined characters, compiler, blank numbers.
  private mutating func readInterpretation(_ map: DefinitionMap) -> Interpretation? {
    guard let node = map.required("charset"), var characters = characters(node) else { return nil }
    if let node = map["gaiji"], let name = node.text, let text = text(name, at: node.place) {
      do throws(Diagnostics) {
        characters = try GaijiReader.add(text, file: name, to: characters)
      } catch { error.items.forEach(problems.add) }
    }
    if let node = map["variations"], node.choice(Variations.self) == .keep { characters = characters.keepingVariations }
    var reading = Interpretation(characters)
    if let node = map["dialect"], let text = node.text {
      let dialect = problems.collect { () throws(Diagnostic) in try Dialect(text: text, at: node.place) }
      if let dialect { reading.dialect = dialect }
    }
    reading.blanks = BlankRule(
      spaces: map["spaces"]?.choice(BlankRule.Treatment.self) ?? .fault,
      lowValues: map["low-values"]?.choice(BlankRule.Treatment.self) ?? .fault)
    return reading
  }

  /// The treatment of glyphs that share a Unicode character: `keep` distinguishes them by variation sequences.
  private enum Variations: String, CaseIterable { case keep, drop }

  func characters(_ node: DefinitionNode) -> Charset.CharacterSet? {
    guard let name = node.text else { return nil }
    guard let set = Charset.CharacterSet.named(name) else {
      node.wrong(name, Charset.CharacterSet.names.joined(separator: ", "))
      return nil
    }
    return set
  }

  private func lintChecks(_ checks: [Check]) {
    var seen: Set<String> = []
    for check in checks where !seen.insert(check.id).inserted {
      problems.add(Diagnostic(.checkDuplicate, at: check.place, check.id))
    }
  }

  /// `schedule: {file ATMAST: 600, read-back: 1200}`: seconds for each step.
  private func readSchedule(_ node: DefinitionNode?, _ steps: [String]) -> [String: Int] {
    var schedule: [String: Int] = [:]
    for entry in node?.entries ?? [] {
      guard steps.contains(entry.key) else {
        entry.keyNode.wrong(entry.key, steps.joined(separator: ", "))
        continue
      }
      schedule[entry.key] = entry.value.integer
    }
    return schedule
  }

  // MARK: schema and codes

  private mutating func readSchema(_ node: DefinitionNode?) {
    for name in node?.texts ?? [] {
      guard let map = yaml(name)?.map(DefinitionKeys.schema) else { continue }
      extent.read(map["not-verified"])
      guard let schema = map.required("tables") else { continue }
      for entry in schema.entries {
        if let table = SchemaReader.table(entry.key, entry.value) {
          if tables.contains(where: { $0.name == table.name }) { entry.keyNode.wrong(table.name, "each table once") }
          tables.append(table)
        }
        tablePlaces[entry.key] = entry.keyNode.place
      }
    }
    extent.lint(tables, problems)
  }

  /// The CSV files of a folder, each with its name without `.csv`.
  private mutating func tableFiles(_ node: DefinitionNode?, _ what: String) -> [(title: String, file: DefinitionFile)] {
    guard let node, let folder = node.text else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(folder))) ?? []
    if names.isEmpty { node.wrong(folder, "a folder with \(what) (*.csv)") }
    let files = names.sorted().filter { $0.hasSuffix(".csv") }.map {
      (title: String($0.dropLast(4)), name: folder + "/" + $0)
    }
    return files.compactMap { title, name in file(name).map { (title, $0) } }
  }

  /// Each CSV of the folder is a rate table: `key,from,to,value,note`.
  private mutating func readRates(_ node: DefinitionNode?) {
    for (title, file) in tableFiles(node, "rates") {
      if let table = RateReader.table(file, title: title, problems) {
        lookups.rates[title] = table
      }
    }
  }

  /// A CSV `date,name` of the days on which the city is closed.
  private mutating func readHolidays(_ node: DefinitionNode?) {
    guard let name = node?.text, let file = file(name) else { return }
    lookups.calendar = OfficeCalendar(RateReader.holidays(file, problems))
  }

  /// Each CSV of the folder is a code table, or another table to look values up in.
  private mutating func readCodes(_ node: DefinitionNode?) {
    for (title, file) in tableFiles(node, "code tables") {
      CodeReader.read(file, title: title, into: &lookups, problems)
    }
  }
}
