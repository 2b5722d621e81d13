import Projects
import Base
import Checks
import Gates
import Registers

/// A project with the input of its decisions: gates and lists.
@dynamicMemberLookup
package struct ProjectOutline: Sendable {
  package let head: ProjectHead
  package let gates: [Gate]
  /// The folder of the lists with which registers begin.
  package let lists: SeedFolder?
  /// The parsed gates' file.
  private let gatesFile: DefinitionFile?

  package subscript<Value>(dynamicMember part: KeyPath<ProjectHead, Value>) -> Value { head[keyPath: part] }

  /// Reads head and gates.
  ///
  /// - Throws: ``Diagnostics`` with all their problems.
  package static func read(_ path: String) throws(Diagnostics) -> ProjectOutline {
    let head = try ProjectHead.read(path)
    let problems = Problems()
    let outline = ProjectOutline(head, problems) { name in
      problems.collect { () throws(Diagnostic) in try DefinitionFile.read(head.path(of: name), name: name) }
    }
    try problems.check()
    return outline
  }

  /// Reads and compiles a whole project: mapping and checks, gates and lists, and compares their references to each
  /// other.
  ///
  /// - Throws: ``Diagnostics`` with all problems of the definitions.
  ///
  /// - Parameter leniently: leaves out what is wrong in mapping and checks (``Project/omitted``).
  package static func compile(
    _ path: String, leniently: Bool = false, replacing replaced: [String: String] = [:]
  ) throws(Diagnostics) -> (outline: ProjectOutline, project: Project) {
    var found: ProjectOutline?
    let project = try ProjectReader.read(path, leniently: leniently, replacing: replaced) { beside in
      let outline = ProjectOutline(beside.head, beside.problems, file: beside.read)
      found = outline
      var rows: [String: Int] = [:]
      var milestones: Set<String> = []
      if let lists = outline.lists {
        // The lists belong to the definitions: they determine the requirements.
        var read: [DefinitionFile] = []
        do throws(Diagnostics) {
          for list in try lists.read(checks: Set(beside.checks.map(\.id)), note: { read.append($0) }) {
            rows[list.name] = list.rows.count
            if list.name == "master-schedule" { milestones.formUnion(list.rows.map(\.id)) }
          }
        } catch { error.items.forEach(beside.problems.add) }
        read.forEach(beside.note)
      }
      GateLint(
        checks: beside.checks, accepted: beside.accepted, files: beside.files, tables: beside.tables, rows: rows,
        milestones: milestones
      ).report(outline, beside.problems)
    }
    guard let found else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return (found, project)
  }

  private init(_ head: ProjectHead, _ problems: Problems, file: (String) -> DefinitionFile?) {
    self.head = head
    gatesFile = head.gatesFile.isEmpty ? nil : file(head.gatesFile)
    var gates: [Gate] = []
    if let gatesFile {
      do throws(Diagnostics) { gates = try Gate.read(gatesFile) } catch { error.items.forEach(problems.add) }
    }
    self.gates = gates
    let names = Self.gateNames(gates)
    lists = head.listsFolder.map { SeedFolder(path: head.path(of: $0), name: $0, gates: names) }
  }

  /// The gates, as named in lists and registers.
  package var gateNames: GateNames { Self.gateNames(gates) }

  /// The titles of the gates, by name.
  package var gateTitles: [String: Bilingual] {
    Dictionary(gates.map { ($0.name, $0.title) }) { first, _ in first }
  }

  private static func gateNames(_ gates: [Gate]) -> GateNames {
    GateNames(gates.map { (name: $0.name, title: $0.title) })
  }

  /// The files from which lists, decisions and titles are made: the project's own, gates, holidays, the registers'
  /// lists, and the subsystems' heads.
  package var files: [String] {
    [head.path] + head.ownFiles.dropFirst().map(head.path)
      + (lists.map { lists in [lists.path] + lists.files.map { lists.path + "/" + $0 + ".csv" } } ?? [])
  }

  /// The digest of the present definition files, with parsed files in their parsed state; `nil` when one is missing.
  package func digest(of files: [String]) -> String? {
    let parsed = [head.file] + (gatesFile.map { [$0] } ?? [])
    var contents: [DefinitionFile] = []
    for name in files {
      if let file = parsed.first(where: { $0.name == name }) {
        contents.append(file)
      } else {
        do throws(Diagnostic) { contents.append(try DefinitionFile.read(head.path(of: name), name: name)) } catch {
          return nil
        }
      }
    }
    return DefinitionFile.digest(of: contents)
  }

  /// A gate by its name or its title.
  ///
  /// - Throws: `gate.unknown`.
  package func gate(_ name: String) throws(Diagnostic) -> Gate {
    if let gate = gates.first(where: { $0.name == name || $0.title.ja == name || $0.title.en == name }) { return gate }
    // A title may be mistyped, too: the gate whose name or title is nearest comes first.
    let known = gates.map { gate in
      (
        apart: [gate.name, gate.title.ja, gate.title.en].map { NameTable.distance(name, $0) }.min() ?? 0,
        text: "\(gate.name) (\(gate.title.ja))"
      )
    }.sorted { ($0.apart, $0.text) < ($1.apart, $1.text) }.map(\.text).joined(separator: ", ")
    throw Diagnostic(.gateUnknown, at: Place(file: head.path), name, known)
  }
}
