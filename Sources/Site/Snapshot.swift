import Base
import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Registers
import Report
import Synchronization
import Workspace

/// 写し: what the pages show, read in one state of the workspace. Immutable but for what it works out once.
final class Snapshot: Sendable {
  let record: Record
  let dossier: Dossier
  /// Of the latest run that came to its end.
  let evidence: RunEvidence?
  /// The files that only a run tells of, as they were before they were read: its evidence, and its definitions, which a decision
  /// holds against those of the run.
  let stampsOfRun: [String]
  let checks: [String: CheckResult]
  /// What subsystems are called, by id.
  let titles: [String: Bilingual]
  /// The sections whose items rest on a check.
  let sectionsOfCheck: [String: Set<String>]
  private let decided = Mutex<[String: Decision]>([:])

  /// - Throws: what is wrong with ledger or evidence: then there is nothing that may be shown.
  init(_ record: Record, reusing known: RunEvidence?) throws {
    self.record = record
    do {
      let reading = try record.reading()
      try Record.checkWhole(reading, record.workspace)
      dossier = try Dossier(reading, today: Day.today(), now: Day.now())
    }
    titles = try record.outline.subsystemTitles()
    stampsOfRun = Self.stampsOfRun(dossier, record)
    if let latest = dossier.latest {
      let isKnown = known?.run == latest.run && known?.evidence == latest.evidence
      if isKnown { try record.workspace.checkedEvidence(of: latest) }
      evidence = isKnown ? known : try record.workspace.evidence(of: latest)
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

  static func stampsOfRun(_ dossier: Dossier, _ record: Record) -> [String] {
    guard let latest = dossier.latest else { return [] }
    return [FileStamp.of(record.workspace.folder(of: latest.run) + "/evidence.json")]
      + latest.definitionFiles.map { FileStamp.of(record.outline.folder + "/" + $0) }
  }

  var outline: ProjectOutline { record.outline }

  func title(ofSubsystem id: String) -> Bilingual { titles[id] ?? Bilingual(id, id) }

  /// A gate's decision, worked out once.
  func decision(_ gate: Gate) throws -> Decision {
    if let known = decided.withLock({ $0[gate.name] }) { return known }
    let decision = try record.decide(gate, dossier)
    decided.withLock { $0[gate.name] = decision }
    return decision
  }

  func kind(of signature: String) -> DifferenceClass { dossier.classes[signature]?.kind ?? .unclassified }
}

/// Makes the snapshot anew when a file that it was made from has changed.
final class SnapshotCase: Sendable {
  private let project: String
  private let workspace: String?
  private let held = Mutex<(state: [String], snapshot: Snapshot)?>(nil)
  private let compiled = Mutex<(digest: String, project: Project)?>(nil)

  init(project: String, workspace: String?) {
    self.project = project
    self.workspace = workspace
  }

  /// - Throws: what is wrong with project, ledger or evidence.
  func current() throws -> Snapshot {
    try held.withLock { held in
      if let (state, snapshot) = held, state == Self.state(snapshot.record),
        snapshot.stampsOfRun == Snapshot.stampsOfRun(snapshot.dossier, snapshot.record)
      {
        return snapshot
      }
      let record = Record(try ProjectOutline.read(project), workspace: workspace)
      // Before the files are read: what changes meanwhile is seen the next time.
      let state = Self.state(record)
      let snapshot = try Snapshot(record, reusing: held?.snapshot.evidence)
      held = (state, snapshot)
      return snapshot
    }
  }

  /// The project with mapping and checks, compiled anew when its definitions have changed.
  func project(_ snapshot: Snapshot) throws -> Project {
    try compiled.withLock { compiled in
      if let compiled, snapshot.outline.digest(of: compiled.project.definitionFiles) == compiled.digest {
        return compiled.project
      }
      let project = try ProjectReader.read(self.project)
      compiled = (project.digest, project)
      return project
    }
  }

  /// The files that registers and gates are made from, and the day. Two different states have the same only when a file was
  /// changed within the clock's tick and kept its size.
  private static func state(_ record: Record) -> [String] {
    let ledger = record.workspace.path + "/ledger.sqlite"
    let files = record.outline.files + [ledger, ledger + "-wal"]
    return [Day.today()] + files.map(FileStamp.of)
  }
}
