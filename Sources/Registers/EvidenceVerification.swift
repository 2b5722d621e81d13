import Base
import Evidence
import Foundation
import Ledger
import Workspace

extension Workspace {
  private func file(of run: RunRecord) -> String { evidenceFile(ofRun: run.run) }
  private func file(of day: ParallelDay) -> String { evidenceFile(ofDay: day.day) }

  /// The evidence of a run in the ledger.
  ///
  /// - Throws: `workspace.unreadable` when it is gone or damaged, `ledger.tampered` when it is not what was recorded,
  ///   `workspace.unfinished` when the end of the run was never entered.
  package func evidence(of record: RunRecord) throws(Diagnostic) -> RunEvidence {
    let data = try checkedEvidence(of: record)
    guard let evidence = JSONDocument.value(RunEvidence.self, from: data) else {
      throw Diagnostic(.workspaceUnreadable, at: Place(file: file(of: record)))
    }
    return evidence
  }

  /// The file of a run's evidence, compared with the ledger.
  ///
  /// - Throws: the errors of ``evidence(of:)``.
  @discardableResult
  package func checkedEvidence(of record: RunRecord) throws(Diagnostic) -> Data {
    let file = file(of: record)
    if record.isUnfinished { throw Diagnostic(.workspaceUnfinished, at: Place(file: file), record.run) }
    return try evidence(in: file, digest: record.fileDigest)
  }

  /// The list of a check's single differences, compared with the evidence of its run; `nil` when there is none.
  ///
  /// - Throws: `workspace.unreadable` when it is gone or, for a run that kept no digest of it, has another number of
  ///   lines; `ledger.tampered` when it is not what was recorded.
  package func differences(of check: CheckResult, in run: String) throws(Diagnostic) -> (file: String, data: Data)? {
    guard let list = check.list else { return nil }
    let file = folder(of: run) + "/" + list
    guard let data = try contents(of: file) else {
      throw Diagnostic(.workspaceUnreadable, at: Place(file: file))
    }
    try check.prove(ListSeal(data), of: file)
    return (file, data)
  }

  /// The evidence of a day of the parallel run in the ledger.
  ///
  /// - Throws: the errors of ``evidence(of:)-(RunRecord)``.
  package func evidence(of day: ParallelDay) throws(Diagnostic) -> ParallelEvidence {
    let file = file(of: day)
    if day.isUnfinished { throw Diagnostic(.workspaceUnfinished, at: Place(file: file), day.day) }
    let data = try evidence(in: file, digest: day.fileDigest)
    guard let evidence = JSONDocument.value(ParallelEvidence.self, from: data) else {
      throw Diagnostic(.workspaceUnreadable, at: Place(file: file))
    }
    return evidence
  }

  /// Compares the evidence files with the ledger, and the lists of single differences with the evidence. Only evidence
  /// of runs with differences is decoded. A file that exists and cannot be read is not a finding: nothing can be proven
  /// of it, and the error is thrown.
  ///
  /// The files of an unfinished run or day are not compared: the ledger shows that they were never entered, and nothing
  /// reads them. A finished run stays finished, whatever is entered later.
  ///
  /// - Throws: `file.open` for a file that exists and cannot be read; `ledger.database`.
  package func verifyEvidence(_ reading: borrowing LedgerReading) throws(Diagnostic) -> [LedgerFinding] {
    var found: [LedgerFinding] = []
    func gone(_ file: String) {
      found.append(
        .init(
          .evidence, place: file, "証跡のファイル \(file) が無いか、読めない。", "the evidence in \(file) is gone or cannot be read."))
    }
    func changed(_ file: String) {
      found.append(
        .init(
          .evidence, place: file, "証跡のファイル \(file) は記録した時と違う。", "the evidence in \(file) is not what was recorded."))
    }
    var files: [(file: String, digest: String, run: RunRecord?)] = []
    var known: Set<String> = []
    for run in try reading.records(RunRecord.self, without: [.checks, .definitionFiles]) {
      known.insert(file(of: run))
      if !run.isUnfinished {
        files.append((file(of: run), run.fileDigest, run))
      } else if try reading.history(of: run.run, in: RunRecord.register.name).contains(where: Self.isEnd) {
        found.append(
          .init(
            .evidence, place: file(of: run), "実行 \(run.run) は終わっていたのに、後から始まりが記載されている。",
            "run \(run.run) had come to its end, and was entered as begun behind that."))
      }
    }
    for day in try reading.records(ParallelDay.self) {
      known.insert(file(of: day))
      if !day.isUnfinished { files.append((file(of: day), day.fileDigest, nil)) }
    }
    // Also evidence files that were never entered.
    for file in runsWithEvidence.map(evidenceFile(ofRun:))
      + days.map(evidenceFile(ofDay:))
    where !known.contains(file) {
      found.append(
        .init(
          .evidence, place: file, "証跡のファイル \(file) は台帳に記載がない。",
          "no entry of the ledger tells of the evidence in \(file)."))
    }
    for (file, digest, run) in files {
      guard let data = try contents(of: file) else {
        gone(file)
        continue
      }
      if SHA256.digest(of: data) != digest {
        changed(file)
      } else if let run, run.unpassed.contains(where: { $0.status != .notRun }) {
        guard let evidence = JSONDocument.value(RunEvidence.self, from: data) else {
          gone(file)
          continue
        }
        for check in evidence.checks {
          guard let list = check.list else { continue }
          let file = folder(of: run.run) + "/" + list
          do throws(Diagnostic) { _ = try differences(of: check, in: run.run) } catch {
            if error.code == .fileOpen { throw error }
            if try contents(of: file) == nil { gone(file) } else { changed(file) }
          }
          // The open values are no evidence: whoever takes them away takes nothing from the proof.
          let open = DifferenceList.revealed(file)
          if let digest = check.revealedDigest, let data = try contents(of: open), SHA256.digest(of: data) != digest {
            changed(open)
          }
        }
      }
    }
    return found
  }

  private static func isEnd(_ entry: Entry) -> Bool {
    entry.amendment.changes[RegisterSchema.name(of: RunRecord.Field.isComplete)] == .integer(1)
  }

  /// The evidence files that the ledger names, for a bundle; without those of unfinished runs and days.
  ///
  /// - Throws: `workspace.unreadable` for a missing file; `file.open`; `ledger.database`.
  package func evidenceFiles(_ reading: borrowing LedgerReading) throws(Diagnostic) -> [(name: String, data: Data)] {
    var files: [(name: String, data: Data)] = []
    for run in try reading.records(RunRecord.self, without: [.checks, .definitionFiles]) where !run.isUnfinished {
      guard let data = try contents(of: file(of: run)) else {
        throw Diagnostic(.workspaceUnreadable, at: Place(file: file(of: run)))
      }
      files.append(("run-\(run.run).json", data))
    }
    for day in try reading.records(ParallelDay.self) where !day.isUnfinished {
      guard let data = try contents(of: file(of: day)) else {
        throw Diagnostic(.workspaceUnreadable, at: Place(file: file(of: day)))
      }
      files.append(("parallel-\(day.day).json", data))
    }
    return files
  }
}
