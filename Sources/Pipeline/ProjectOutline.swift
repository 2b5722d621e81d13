import Base
import Definitions
import Foundation
import Gates
import Registers

/// What a project is called, and what its decisions need: gates, lists, holidays. Read without its mapping and checks, so that
/// lists and gates answer at once.
package struct ProjectOutline: Sendable {
  /// Path of the project file, and the folder that relative names start from.
  package let path: String
  package let folder: String
  package let name: String
  package let title: Bilingual
  package let language: Language
  /// 基準日: the date at which the data stand.
  package let asOf: String
  /// The ids of the subsystems.
  package let subsystems: [String]
  package let gates: [Gate]
  /// The file that defines the gates; empty when there is none.
  package let gatesFile: String
  /// The folder of the lists that registers begin with.
  package let lists: SeedFolder?
  private let holidaysName: String?
  private let holidaysFile: String?
  /// The bytes that were parsed, by name: what is judged by them is told with their digest, whatever the files hold by now.
  private let parsed: [String: DefinitionFile]

  /// - Throws: ``Diagnostics`` with everything that is wrong with what is read.
  package static func read(_ path: String) throws(Diagnostics) -> ProjectOutline {
    let problems = Problems()
    let name = DefinitionFile.parts(of: path).name
    let file = problems.collect { () throws(Diagnostic) in try DefinitionFile.read(path, name: name) }
    let map = file.flatMap { DefinitionNode.read($0, problems) }?.map(keys)
    let folder = DefinitionFile.parts(of: path).folder
    let outline = map.flatMap { map in
      ProjectOutline(map, path: path, problems, parsed: file.map { [$0] } ?? []) { name in
        problems.collect { () throws(Diagnostic) in
          try DefinitionFile.read(
            name.hasPrefix("/") ? name : NSString.path(withComponents: [folder, name]), name: name)
        }
      }
    }
    try problems.check()
    guard let outline else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return outline
  }

  /// The keys of a project file.
  static let keys = [
    "project", "title", "language", "as-of", "charset", "gaiji", "variations", "dialect", "spaces", "low-values",
    "subsystems", "schema", "codes", "rates", "holidays", "registers", "gates", "schedule",
    "not-read", "accept",
  ]

  /// Reads the project file's own entries and the gates.
  ///
  /// - Parameter file: reads a file by its name; `nil` after a diagnostic.
  /// - Parameter parsed: what `map` was read from.
  init?(
    _ map: DefinitionMap, path: String, _ problems: Problems, parsed: [DefinitionFile] = [],
    file: (String) -> DefinitionFile?
  ) {
    self.path = path
    let parent = DefinitionFile.parts(of: path).folder
    let folder = parent.isEmpty ? "." : parent
    self.folder = folder
    func absolute(_ name: String) -> String {
      name.hasPrefix("/") ? name : NSString.path(withComponents: [folder, name])
    }
    gatesFile = map["gates"]?.text ?? ""
    var gates: [Gate] = []
    var read = parsed
    if !gatesFile.isEmpty, let file = file(gatesFile) {
      read.append(file)
      do throws(Diagnostics) { gates = try Gate.read(file) } catch { error.items.forEach(problems.add) }
    }
    self.gates = gates
    self.parsed = Dictionary(read.map { ($0.name, $0) }) { first, _ in first }
    lists = (map["registers"]?.text).map { SeedFolder(path: absolute($0), name: $0) }
    holidaysName = map["holidays"]?.text
    holidaysFile = holidaysName.map(absolute)
    language = map["language"]?.choice(Language.self) ?? .english
    subsystems = map.required("subsystems")?.texts ?? []
    guard let name = map.required("project")?.text, let title = map.required("title")?.bilingual,
      let asOf = map.required("as-of")?.text
    else { return nil }
    guard let day = CivilDate.parse(asOf), CivilDate.dayNumber(day) != nil else {
      map["as-of"]?.wrong(asOf, "a date YYYY-MM-DD")
      return nil
    }
    self.name = name
    self.title = title
    self.asOf = asOf
  }

  /// The days on which the city is closed, `YYYY-MM-DD`.
  ///
  /// - Throws: ``Diagnostics`` when their list is wrong.
  package func holidays() throws(Diagnostics) -> Set<String> {
    guard let holidaysFile else { return [] }
    let problems = Problems()
    let table = DelimitedText.read(holidaysFile, name: holidaysFile, required: ["date"], optional: ["name"], problems)
    try problems.check()
    return Set((table?.rows ?? []).map { $0["date"] })
  }

  /// The files that lists, decisions and titles are made from: the project's own, gates, holidays, the registers' lists, and the
  /// subsystems' heads.
  package var files: [String] {
    var files = [path]
    if !gatesFile.isEmpty { files.append(NSString.path(withComponents: [folder, gatesFile])) }
    if let holidaysFile { files.append(holidaysFile) }
    if let lists { files += [lists.path] + lists.files.map { lists.path + "/" + $0 + ".csv" } }
    return files + subsystems.map { NSString.path(withComponents: [folder, $0 + "/pipeline.yaml"]) }
  }

  /// The names of the files that this project begins with: its own, the gates, the holidays, and the subsystems' heads.
  package var ownFiles: [String] {
    [DefinitionFile.parts(of: path).name] + (gatesFile.isEmpty ? [] : [gatesFile]) + (holidaysName.map { [$0] } ?? [])
      + subsystems.map { $0 + "/pipeline.yaml" }
  }

  /// What the subsystems are called, by id. Reads a file each.
  ///
  /// - Throws: ``Diagnostics`` for one that cannot be read.
  package func subsystemTitles() throws(Diagnostics) -> [String: Bilingual] {
    let problems = Problems()
    var titles: [String: Bilingual] = [:]
    for id in subsystems {
      let name = id + "/pipeline.yaml"
      let node = DefinitionNode.read(NSString.path(withComponents: [folder, name]), name: name, problems)
      titles[id] = node?.entries.first { $0.key == "title" }?.value.bilingual
    }
    try problems.check()
    return titles
  }

  /// The digest of definition files as they are now: that of a run says which they were; `nil` when one is gone.
  package func digest(of files: [String]) -> String? {
    var contents: [DefinitionFile] = []
    for name in files {
      if let file = parsed[name] {
        contents.append(file)
        continue
      }
      let path = NSString.path(withComponents: [folder, name])
      do throws(Diagnostic) { contents.append(try DefinitionFile.read(path, name: name)) } catch { return nil }
    }
    return Self.digest(of: contents)
  }

  /// SHA-256 over names and contents, by name.
  static func digest(of contents: [DefinitionFile]) -> String {
    let digest = SHA256()
    for file in contents.sorted(by: { $0.name < $1.name }) {
      digest.update("\(file.name.utf8.count) \(file.name) \(file.bytes.count) ")
      file.bytes.withUnsafeBytes { digest.update($0) }
    }
    return digest.finish()
  }

  /// A gate by its name or its title.
  ///
  /// - Throws: `gate.unknown`.
  package func gate(_ name: String) throws(Diagnostic) -> Gate {
    if let gate = gates.first(where: { $0.name == name || $0.title.ja == name || $0.title.en == name }) { return gate }
    let known = gates.map { "\($0.name) (\($0.title.ja))" }.joined(separator: ", ")
    throw Diagnostic(.gateUnknown, at: Place(file: path), name, known)
  }
}
