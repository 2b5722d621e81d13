import Definitions
import Evidence
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
  private let holidaysFile: String?

  /// - Throws: ``Diagnostics`` with everything that is wrong with what is read.
  package static func read(_ path: String) throws(Diagnostics) -> ProjectOutline {
    let problems = Problems()
    let name = (path as NSString).lastPathComponent
    let map = DefinitionNode.read(path, name: name, problems)?.map(keys)
    let outline = map.flatMap { ProjectOutline($0, path: path, problems) }
    try problems.check()
    guard let outline else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return outline
  }

  /// The keys of a project file.
  static let keys = [
    "project", "title", "language", "as-of", "charset", "gaiji", "variations", "dialect", "spaces", "low-values",
    "subsystems", "schema", "codes", "rates", "holidays", "registers", "gates", "schedule",
  ]

  /// Reads the project file's own entries and the gates.
  init?(_ map: DefinitionMap, path: String, _ problems: Problems) {
    self.path = path
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    self.folder = folder
    func absolute(_ name: String) -> String {
      name.hasPrefix("/") ? name : NSString.path(withComponents: [folder, name])
    }
    gatesFile = map["gates"]?.text ?? ""
    var gates: [Gate] = []
    if !gatesFile.isEmpty {
      do throws(Diagnostics) { gates = try Gate.read(absolute(gatesFile), name: gatesFile) } catch {
        error.items.forEach(problems.add)
      }
    }
    self.gates = gates
    lists = (map["registers"]?.text).map { SeedFolder(path: absolute($0), name: $0) }
    holidaysFile = (map["holidays"]?.text).map(absolute)
    language = map["language"]?.choice(Language.self) ?? .english
    subsystems = map.required("subsystems")?.texts ?? []
    guard let name = map.required("project")?.text, let title = map.required("title")?.bilingual,
      let asOf = map.required("as-of")?.text
    else { return nil }
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
    var contents: [(name: String, data: Data)] = []
    for name in files {
      guard let data = FileManager.default.contents(atPath: NSString.path(withComponents: [folder, name])) else {
        return nil
      }
      contents.append((name, data))
    }
    return Self.digest(of: contents)
  }

  /// SHA-256 over names and contents, by name.
  static func digest(of contents: [(name: String, data: Data)]) -> String {
    let digest = SHA256()
    for (name, data) in contents.sorted(by: { $0.name < $1.name }) {
      digest.update("\(name.utf8.count) \(name) \(data.count) ")
      data.withUnsafeBytes { digest.update($0) }
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
