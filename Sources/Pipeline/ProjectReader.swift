import Charset
import Copybook
import Decode
import Definitions
import Evidence
import Expressions
import Foundation
import Reconcile
import Records
import Registers
import Targets

/// Reads a project file and all it names, and compiles them. Every mistake is collected; nothing of the data is read.
package struct ProjectReader {
  private let folder: String
  let problems = Problems()
  let sources = SourceBuilders()
  private var contents: [(name: String, data: Data)] = []
  private(set) var lookups = Lookups()
  private(set) var tables: [TableSchema] = []
  private var tablePlaces: [String: Place] = [:]

  /// - Throws: ``Diagnostics`` with everything that is wrong.
  package static func read(_ path: String) throws(Diagnostics) -> Project {
    var reader = ProjectReader(folder: (path as NSString).deletingLastPathComponent)
    let project = reader.project(path)
    try reader.problems.check()
    guard let project else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return project
  }

  private init(folder: String) { self.folder = folder.isEmpty ? "." : folder }

  func absolute(_ name: String, from base: String = "") -> String {
    if name.hasPrefix("/") { return name }
    return NSString.path(withComponents: [folder, base, name])
  }

  /// Notes a file's content for the project's digest.
  private mutating func note(_ name: String) {
    contents.append((name, FileManager.default.contents(atPath: absolute(name)) ?? Data()))
  }

  private mutating func yaml(_ name: String) -> DefinitionNode? {
    note(name)
    return DefinitionNode.read(absolute(name), name: name, problems)
  }

  /// The text of a copybook, in UTF-8 or Windows-31J.
  mutating func copybook(_ name: String, at place: Place) -> String? {
    note(name)
    guard let data = FileManager.default.contents(atPath: absolute(name)) else {
      problems.add(Diagnostic(.definitionOpen, at: Place(file: name)))
      return nil
    }
    guard let text = CopybookText.decode(Array(data)) else {
      problems.add(Diagnostic(.copybookText, at: Place(file: name)))
      return nil
    }
    return text
  }

  /// A COPY member in a folder of the definitions; what it says belongs to them, too.
  mutating func member(_ name: String, of folder: String) throws(Diagnostic) -> (text: String, file: String)? {
    let root = absolute(folder)
    guard let found = try CopybookFolders([root], decode: CopybookText.decode).search(name) else { return nil }
    let file = folder + found.file.dropFirst(root.count)
    note(file)
    return (found.text, file)
  }

  mutating func text(_ name: String, at place: Place) -> String? {
    note(name)
    guard let data = FileManager.default.contents(atPath: absolute(name)) else {
      problems.add(Diagnostic(.definitionOpen, at: Place(file: name)))
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }

  private mutating func project(_ path: String) -> Project? {
    let name = (path as NSString).lastPathComponent
    guard let map = yaml(name)?.map(ProjectOutline.keys) else { return nil }
    readCodes(map["codes"])
    readRates(map["rates"])
    readHolidays(map["holidays"])
    readSchema(map.required("schema"))
    for table in tables {
      let entries = table.columns.enumerated().map {
        ($1.name, Scope.Entry(type: $1.type, column: $0, privacy: $1.privacy))
      }
      sources.add(
        .table(table.name),
        Scope(title: table.name, entries: Dictionary(uniqueKeysWithValues: entries), lookups: lookups))
    }
    guard let reading = readInterpretation(map) else { return nil }
    var subsystems: [Project.Subsystem] = []
    var files: [FilePlan] = []
    var checkFiles: [(subsystem: String, node: DefinitionNode)] = []
    for entry in map.required("subsystems")?.texts ?? [] {
      guard let definition = yaml(entry + "/pipeline.yaml") else { continue }
      var subsystem = SubsystemReader(folder: entry, reading: reading, project: self)
      if let title = subsystem.read(definition) { subsystems.append(Project.Subsystem(id: entry, title: title)) }
      files += subsystem.files
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
    let checkReader = CheckReader(CheckSources(sources, records: forms), templates: readTemplates())
    let checks = checkFiles.flatMap { checkReader.read($0.node, subsystem: $0.subsystem) }
    lintChecks(checks)
    for lint in lints { lint.report(sources, problems) }
    let programs = sources.programs()
    let usage = ByteUsage(programs, checks)
    for file in files.indices {
      for kind in files[file].kinds.indices {
        files[file].kinds[kind].bytesUsed = usage.bytes(of: files[file].kinds[kind], in: files[file])
      }
    }
    let coverage = CoverageLint(programs, checks)
    for table in tables { coverage.report(table, at: tablePlaces[table.name] ?? Place(file: path), problems) }
    let outline = ProjectOutline(map, path: path, problems)
    if let name = outline?.gatesFile, !name.isEmpty { note(name) }
    if let lists = outline?.lists {
      do throws(Diagnostics) { _ = try lists.read(checks: Set(checks.map(\.id))) } catch {
        error.items.forEach(problems.add)
      }
    }
    let steps = files.map { "file \($0.id)" } + ["index", "read-back", "differences"]
    let schedule = readSchedule(map["schedule"], steps)
    guard let outline else { return nil }
    return Project(
      outline: outline, charset: reading.characters.name, subsystems: subsystems, files: files, tables: tables,
      checks: checks, programs: programs, schedule: schedule, definitionFiles: contents.map(\.name).sorted(),
      digest: ProjectOutline.digest(of: contents))
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

  /// What holds for all files: character set, user-defined characters, compiler, blank numbers.
  private mutating func readInterpretation(_ map: DefinitionMap) -> Interpretation? {
    guard let node = map.required("charset"), var characters = characters(node) else { return nil }
    if let node = map["gaiji"], let name = node.text, let text = text(name, at: node.place) {
      do throws(Diagnostics) {
        characters = characters.with(gaiji: try GaijiReader.table(text, file: name))
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

  /// What becomes of glyphs that share a Unicode character: `keep` tells them apart by variation sequences.
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
      guard let schema = yaml(name)?.map(["tables"])?.required("tables") else { continue }
      for entry in schema.entries {
        if let table = SchemaReader.table(entry.key, entry.value) { tables.append(table) }
        tablePlaces[entry.key] = entry.keyNode.place
      }
    }
  }

  /// The CSV files of a folder, each with its name without `.csv`.
  private mutating func tableFiles(_ node: DefinitionNode?, _ what: String) -> [(title: String, name: String)] {
    guard let node, let folder = node.text else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: absolute(folder))) ?? []
    if names.isEmpty { node.wrong(folder, "a folder with \(what) (*.csv)") }
    let files = names.sorted().filter { $0.hasSuffix(".csv") }.map {
      (title: String($0.dropLast(4)), name: folder + "/" + $0)
    }
    for file in files { note(file.name) }
    return files
  }

  /// Each CSV of the folder is a rate table: `key,from,to,value,note`.
  private mutating func readRates(_ node: DefinitionNode?) {
    for (title, name) in tableFiles(node, "rates") {
      if let table = RateReader.table(absolute(name), name: name, title: title, problems) {
        lookups.rates[title] = table
      }
    }
  }

  /// A CSV `date,name` of the days on which the city is closed.
  private mutating func readHolidays(_ node: DefinitionNode?) {
    guard let name = node?.text else { return }
    note(name)
    lookups.holidays = RateReader.holidays(absolute(name), name: name, problems)
  }

  /// Each CSV of the folder is a code table: `legacy,standard,name_ja,name_en,valid_from,valid_to,note`.
  private mutating func readCodes(_ node: DefinitionNode?) {
    for (title, name) in tableFiles(node, "code tables") {
      guard
        let table = DelimitedText.read(
          absolute(name), name: name, required: ["legacy", "standard", "name_ja", "name_en"],
          optional: ["valid_from", "valid_to", "note"], problems)
      else { continue }
      var mapping: [String: String] = [:]
      for row in table.rows {
        if mapping.updateValue(row["standard"], forKey: row["legacy"]) != nil {
          problems.add(
            Diagnostic(.definitionValue, at: Place(file: name, line: row.line), row["legacy"], "each legacy code once"))
        }
      }
      lookups.codes[title] = CodeTable(name: title, mapping: mapping)
    }
  }
}
