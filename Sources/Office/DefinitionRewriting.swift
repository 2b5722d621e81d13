import Base
import Foundation
import Ledger
import Outline
import Projects
import Registers

extension ProjectOffice {
  /// Enters amendments and writes definition files, all or nothing: files are written before the entries are committed,
  /// and put back when these cannot be. A crash between the two leaves files without their entries.
  ///
  /// - Parameters:
  ///   - dryRun: whether nothing is written or entered.
  ///   - body: gives the amendments, the new texts of files by name, and what is returned.
  /// - Throws: the errors of entering, of `body`, and of reading and writing the files.
  package func rewrite<T>(
    by person: String, dryRun: Bool,
    _ body: (Dossier, _ now: String) throws -> (amendments: [Amendment], files: [(name: String, text: String)], say: T)
  ) throws -> T {
    guard FourEyes.isPerson(person) else {
      throw Diagnostic(.registerMissing, at: Place(field: "--by"), "a person's name")
    }
    let writing = try ledger(adopting: !dryRun).writing()
    try Self.checkWhole(writing.reading, workspace)
    let now = Day.now()
    let made = try body(dossier(writing.reading, asOf: nil), now)
    try writing.append(made.amendments, by: person, at: now)
    if dryRun {
      _ = consume writing
      return made.say
    }
    var written: [(path: String, old: Data, mode: Any?)] = []
    func putBack() {
      for file in written { try? Self.replace(file.path, with: file.old, file.mode) }
    }
    do {
      for file in made.files {
        let path = outline.head.path(of: file.name)
        let old = Data(try DefinitionFile.read(path, name: file.name).bytes)
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        written.append((path, old, mode ?? nil))
        try Self.replace(path, with: Data(file.text.utf8), mode ?? nil)
      }
      try writing.commit()
    } catch {
      putBack()
      throw error
    }
    return made.say
  }

  /// Replaces a file at once and keeps who may read it.
  private static func replace(_ path: String, with data: Data, _ mode: Any?) throws(Diagnostic) {
    try PrivateFile.write(data, to: path)
    if let mode { try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path) }
  }
}
