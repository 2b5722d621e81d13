import Base
import Definitions
import Foundation

/// The head of a project (プロジェクト): its name, title, language and 基準日, and the names of the files with which it begins.
/// It is read without mapping and checks, so that lists and gates answer at once.
package struct ProjectHead: Sendable {
  /// The path of the project file, and the folder to which names are relative.
  package let path: String
  package let folder: String
  package let name: String
  package let title: Bilingual
  package let language: Language
  /// 基準日: the date of the data.
  package let asOf: String
  /// The ids of the subsystems.
  package let subsystems: [String]
  /// The file that defines the gates; empty when there is none.
  package let gatesFile: String
  /// The folder of the lists with which registers begin, as named in the project.
  package let listsFolder: String?
  private let holidaysName: String?
  /// The parsed project file.
  package let file: DefinitionFile

  /// - Throws: ``Diagnostics`` with all errors in it.
  package static func read(_ path: String) throws(Diagnostics) -> ProjectHead {
    let problems = Problems()
    let name = DefinitionFile.parts(of: path).name
    let file = problems.collect { () throws(Diagnostic) in try DefinitionFile.read(path, name: name) }
    let head = file.flatMap { file in
      DefinitionNode.read(file, problems)?.map(keys).flatMap { ProjectHead($0, file, path: path) }
    }
    try problems.check()
    guard let head else { throw Diagnostics([Diagnostic(.definitionOpen, at: Place(file: path))]) }
    return head
  }

  /// The keys of a project file.
  static let keys = [
    "project", "title", "language", "as-of", "charset", "gaiji", "variations", "dialect", "spaces", "low-values",
    "subsystems", "schema", "codes", "rates", "holidays", "registers", "gates", "schedule",
    "not-read", "accept", "entities", "drafts",
  ]

  /// Reads the project file's own entries; `nil` after a diagnostic.
  init?(_ map: DefinitionMap, _ file: DefinitionFile, path: String) {
    self.path = path
    self.file = file
    let parent = DefinitionFile.parts(of: path).folder
    folder = parent.isEmpty ? "." : parent
    gatesFile = map["gates"]?.text ?? ""
    listsFolder = map["registers"]?.text
    holidaysName = map["holidays"]?.text
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

  /// The path of a file that the project names.
  package func path(of name: String) -> String {
    name.hasPrefix("/") ? name : NSString.path(withComponents: [folder, name])
  }

  /// The days on which the city is closed, `YYYY-MM-DD`.
  ///
  /// - Throws: ``Diagnostics`` when their list is wrong.
  package func holidays() throws(Diagnostics) -> Set<String> {
    guard let file = holidaysName.map(path) else { return [] }
    let problems = Problems()
    let table = DelimitedText.read(file, name: file, required: ["date"], optional: ["name"], problems)
    try problems.check()
    return Set((table?.rows ?? []).map { $0["date"] })
  }

  /// The names of the files with which this project begins: its own, the gates, the holidays, and the subsystems'
  /// heads.
  package var ownFiles: [String] {
    [file.name] + (gatesFile.isEmpty ? [] : [gatesFile]) + (holidaysName.map { [$0] } ?? [])
      + subsystems.map { $0 + "/pipeline.yaml" }
  }

  /// The titles of the subsystems, by id. Reads one file for each.
  ///
  /// - Throws: ``Diagnostics`` when one cannot be read.
  package func subsystemTitles() throws(Diagnostics) -> [String: Bilingual] {
    let problems = Problems()
    var titles: [String: Bilingual] = [:]
    for id in subsystems {
      let name = id + "/pipeline.yaml"
      let node = DefinitionNode.read(path(of: name), name: name, problems)
      titles[id] = node?.entries.first { $0.key == "title" }?.value.bilingual
    }
    try problems.check()
    return titles
  }
}
