import Decode
import Evidence
import Foundation
import Glibc
import Ledger
import Records

/// What is learned about one file while its blocks come in order: its digest, its tallies, its rejected records.
final class FileAccount: @unchecked Sendable {
  private let plan: FilePlan
  private let digest = SHA256()
  private var tallies: [Tally]
  private var faults: [String: Int] = [:]
  private var exclusions: [String: Int] = [:]
  private(set) var rejects: [RunEvidence.Reject] = []
  private var unknown = 0
  private let quarantine: Quarantine

  init(_ plan: FilePlan, quarantine folder: String) {
    self.plan = plan
    tallies = Array(repeating: Tally(), count: plan.kinds.count)
    quarantine = Quarantine(folder: folder, file: plan.id)
  }

  /// Adds a block. Blocks come in the file's order, one at a time.
  func add(_ outcome: FileShard.Outcome, bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    digest.update(bytes)
    for index in tallies.indices { tallies[index] += outcome.tallies[index] }
    for (code, count) in outcome.faults { faults[code, default: 0] += count }
    for (rule, count) in outcome.exclusions { exclusions[rule, default: 0] += count }
    for (reject, place) in outcome.rejects.sorted(by: { $0.reject.record < $1.reject.record }) {
      if reject.kind == "?" { unknown += 1 }
      if rejects.count < 200 { rejects.append(reject) }
      try quarantine.keep(reject, UnsafeRawBufferPointer(rebasing: bytes[place]))
    }
  }

  func finish(bytes: Int, oddities: OddityCount) throws(Diagnostic) -> RunEvidence.FileEvidence {
    try quarantine.close()
    var records = Tally()
    var kinds: [RunEvidence.FileEvidence.Kind] = []
    for (kind, tally) in zip(plan.kinds, tallies) {
      // A header or trailer that cannot be read counts as a rejected record; a sound one is no data.
      if kind.role == .data {
        records += tally
      } else {
        records.read += tally.rejected
        records.rejected += tally.rejected
      }
      kinds.append(.init(kind: kind.code, title: kind.title, records: tally, bytes: kind.bytesUsed))
    }
    records.read += unknown
    records.rejected += unknown
    precondition(records.balances, "records read must be migrated, rejected or excluded")
    var odd: [String: Int] = [:]
    for oddity in Oddity.allCases where oddities[oddity] > 0 { odd[oddity.code] = oddities[oddity] }
    return RunEvidence.FileEvidence(
      file: plan.id, subsystem: plan.subsystem, title: plan.title, bytes: bytes, sha256: digest.finish(),
      records: records, kinds: kinds, faults: faults, exclusions: exclusions, oddities: odd)
  }
}

/// Rejected records of one file: `FILE.dat` holds them byte for byte, `FILE.ndjson` says for each where it was and why.
/// Made with the first reject; a resumed run makes them anew.
final class Quarantine {
  private let folder: String
  private let file: String
  private var records: UnsafeMutablePointer<FILE>?
  private var reasons: UnsafeMutablePointer<FILE>?

  init(folder: String, file: String) {
    self.folder = folder
    self.file = file
    unlink("\(folder)/\(file).dat")
    unlink("\(folder)/\(file).ndjson")
  }

  private func create(_ name: String) throws(Diagnostic) -> UnsafeMutablePointer<FILE> {
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else {
      throw Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    return stream
  }

  func keep(_ reject: RunEvidence.Reject, _ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    if records == nil {
      try Workspace(path: folder).make(folder)
      records = try create(file + ".dat")
      reasons = try create(file + ".ndjson")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = ((try? encoder.encode(reject)) ?? Data()) + [10]
    guard let records, let reasons, fwrite(bytes.baseAddress, 1, bytes.count, records) == bytes.count,
      line.withUnsafeBytes({ fwrite($0.baseAddress, 1, $0.count, reasons) }) == line.count
    else { throw Diagnostic(.workspaceWrite, at: Place(file: "\(folder)/\(file)"), String(cString: strerror(errno))) }
  }

  func close() throws(Diagnostic) {
    let failed = [records, reasons].compactMap { $0 }.map { fclose($0) != 0 }.contains(true)
    (records, reasons) = (nil, nil)
    if failed {
      throw Diagnostic(.workspaceWrite, at: Place(file: "\(folder)/\(file)"), String(cString: strerror(errno)))
    }
  }

  deinit {
    if let records { fclose(records) }
    if let reasons { fclose(reasons) }
  }
}
