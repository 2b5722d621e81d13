import Evidence
import Outline
import Projects
import Base
import Foundation
import Gates
import Ledger
import Registers
import Report
import Synchronization
import Workspace

/// 写し: the data of the pages, read in one state of the workspace. Immutable except for values that are computed once.
package final class Snapshot: Sendable {
  package let office: ProjectOffice
  package let dossier: Dossier
  /// The evidence of the latest run that ended.
  package let evidence: RunEvidence?
  /// The files that only a run names, stamped before they were read: its evidence, and its definitions, which a
  /// decision compares with those of the run.
  let stampsOfRun: [String]
  package let checks: [String: CheckResult]
  /// The titles of subsystems, by id.
  package let titles: [String: Bilingual]
  /// The sections whose items rest on a check.
  package let sectionsOfCheck: [String: Set<String>]
  private let decided = Mutex<[String: Decision]>([:])

  /// - Throws: the errors of ledger and evidence: then nothing may be shown.
  init(_ office: ProjectOffice, reusing known: RunEvidence?) throws {
    self.office = office
    do {
      let reading = try office.reading()
      try ProjectOffice.checkWhole(reading, office.workspace)
      dossier = try Dossier(reading, today: Day.today(), now: Day.now())
    }
    titles = try office.outline.head.subsystemTitles()
    stampsOfRun = Self.stampsOfRun(dossier, office)
    if let latest = dossier.latest {
      let isKnown = known?.run == latest.run && known?.evidence == latest.evidence
      if isKnown { try office.workspace.checkedEvidence(of: latest) }
      evidence = isKnown ? known : try office.workspace.evidence(of: latest)
    } else {
      evidence = nil
    }
    checks = Dictionary((evidence?.checks ?? []).map { ($0.id, $0) }) { first, _ in first }
    var sections: [String: Set<String>] = [:]
    for standing in dossier.items {
      for check in standing.item.evidence { sections[check, default: []].insert(standing.item.owner) }
    }
    sectionsOfCheck = sections
  }

  static func stampsOfRun(_ dossier: Dossier, _ office: ProjectOffice) -> [String] {
    guard let latest = dossier.latest else { return [] }
    return [FileStamp.of(office.workspace.evidenceFile(ofRun: latest.run))]
      + latest.definitionFiles.map { FileStamp.of(office.outline.folder + "/" + $0) }
  }

  package var outline: ProjectOutline { office.outline }

  /// The names of subsystems, batch jobs and gates.
  package var names: ItemSheet.Names {
    ItemSheet.Names(subsystems: titles, jobs: dossier.jobs, gates: office.outline.gateNames)
  }

  package func title(ofSubsystem id: String) -> Bilingual { titles[id] ?? Bilingual(id, id) }

  /// A gate's decision, computed once.
  ///
  /// - Throws: the errors of `ProjectOffice.decide`.
  package func decision(_ gate: Gate) throws -> Decision {
    if let known = decided.withLock({ $0[gate.name] }) { return known }
    let decision = try office.decide(gate, dossier)
    decided.withLock { $0[gate.name] = decision }
    return decision
  }

  package func kind(of signature: String) -> DifferenceClass { dossier.classes[signature]?.kind ?? .unclassified }
}

/// Makes a new snapshot when one of its files has changed.
package final class SnapshotCase: Sendable {
  private let project: String
  private let workspace: String?
  private let held = Mutex<(state: [String], snapshot: Snapshot)?>(nil)
  private let compiled = Mutex<(digest: String, project: Project)?>(nil)

  package init(project: String, workspace: String?) {
    self.project = project
    self.workspace = workspace
  }

  /// - Throws: the errors of project, ledger or evidence.
  package func current() throws -> Snapshot {
    try held.withLock { held in
      if let (state, snapshot) = held, state == Self.state(snapshot.office),
        snapshot.stampsOfRun == Snapshot.stampsOfRun(snapshot.dossier, snapshot.office)
      {
        return snapshot
      }
      let office = ProjectOffice(try ProjectOutline.read(project), workspace: workspace)
      // Before the files are read: a change meanwhile is noticed the next time.
      let state = Self.state(office)
      let snapshot = try Snapshot(office, reusing: held?.snapshot.evidence)
      held = (state, snapshot)
      return snapshot
    }
  }

  /// The project with mapping and checks, compiled again when its definitions have changed.
  ///
  /// - Throws: ``Diagnostics`` with all problems of the definitions.
  package func project(_ snapshot: Snapshot) throws -> Project {
    try compiled.withLock { compiled in
      if let compiled, snapshot.outline.digest(of: compiled.project.definitionFiles) == compiled.digest {
        return compiled.project
      }
      let project = try ProjectOutline.compile(self.project).project
      compiled = (project.digest, project)
      return project
    }
  }

  /// The files of registers and gates, and the day. Two different states are equal only when a file was changed within
  /// the clock's tick and kept its size.
  private static func state(_ office: ProjectOffice) -> [String] {
    let ledger = office.workspace.path + "/ledger.sqlite"
    let files = office.outline.files + [ledger, ledger + "-wal"]
    return [Day.today()] + files.map(FileStamp.of)
  }
}
