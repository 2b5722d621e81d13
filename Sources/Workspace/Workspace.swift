import Base
import Evidence
import Foundation
import Glibc

/// The folder of a project's runs and their evidence (`.totsugo` beside the project unless given otherwise).
///
/// ```
/// .totsugo/
///   lock                     held while a run is writing
///   ledger.sqlite            the ledger and its registers; a ledger.sqlite-journal beside it is part of it
///   runs/0001/run.json       what was started
///   runs/0001/progress.json  how far it has come
///   runs/0001/evidence.json  what it learned
///   runs/0001/target.sqlite  the target, unless another was named
///   runs/0001/quarantine/    rejected records, byte for byte, and why
///   runs/0001/differences/   every difference of each failed check
/// ```
/// Folders have mode 0700, files 0600: they may hold personal data.
package struct Workspace: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The arguments with which a run was started, so that it can be resumed with the same ones.
  package struct Start: Codable, Sendable {
    package var run: String
    package var project: String
    package var command: String
    package var started: String
    package var definitions: String
    package var data: String
    package var target: String
    package var only: [String]
    /// `rehearsal` or `production`.
    package var stage: String

    package init(
      run: String, project: String, command: String, started: String, definitions: String, data: String, target: String,
      only: [String], stage: String
    ) {
      self.run = run
      self.project = project
      self.command = command
      self.started = started
      self.definitions = definitions
      self.data = data
      self.target = target
      self.only = only
      self.stage = stage
    }
  }

  package func folder(of run: String) -> String { path + "/runs/" + run }

  /// The folder of a day of the parallel run: its evidence and its lists.
  package func folder(ofDay day: String) -> String { path + "/parallel/" + day }

  /// The numbers of all runs, oldest first.
  package var runs: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/runs")) ?? []).filter { Int($0) != nil }.sorted()
  }

  /// Creates the folder of a new run, with a number above all existing ones.
  ///
  /// - Parameter known: the runs in the ledger, whose folders may be gone.
  /// - Throws: `workspace.write`.
  package func newRun(after known: [String]) throws(Diagnostic) -> String {
    let number = ((runs + known).compactMap { Int($0) }.max() ?? 0) + 1
    let run = String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
    try PrivateFile.makeFolder(folder(of: run))
    return run
  }

  package func record(_ start: Start) throws(Diagnostic) {
    try PrivateFile.write(JSONDocument.data(start), to: folder(of: start.run) + "/run.json")
  }

  package func start(of run: String) -> Start? {
    FileManager.default.contents(atPath: folder(of: run) + "/run.json")
      .flatMap { JSONDocument.value(Start.self, from: $0) }
  }
}
