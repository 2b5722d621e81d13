import Base
import Foundation

/// All results of a run, and the only input of gates and reports.
package struct RunEvidence: Sendable, Codable {
  package var run: String
  package var project: String
  package var title: Bilingual
  package var asOf: String
  /// `run` (migrated and verified) or `reconcile` (verified a target that another program loaded).
  package var command: String
  /// RFC 3339, of the clock; not part of the digest.
  package var started: String
  package var finished: String
  package var seconds: Double
  /// False when the run ended before its end; its results are then not evidence for a gate.
  package var complete: Bool
  /// SHA-256 over the definitions.
  package var definitions: String
  package var steps: [Step] = []
  package var files: [FileEvidence]
  package var tables: [TableEvidence]
  package var checks: [CheckResult]
  /// Tables and columns of the target beyond the schema, which nothing verifies; `nil` when there are none.
  package var unverified: [Unverified]?
  /// Files in the folder of the legacy files that nothing reads; `nil` when there are none.
  package var unread: [UnreadFile]?
  /// The outcome of each rule that accepts differences; `nil` when there are no rules.
  package var accepted: [ComparisonEvidence.Rule]?
  /// The first rejected records; the quarantine holds all of them.
  package var rejects: [Reject]
  /// What the failed and undecided checks come from, the gravest first; `nil` when there are none, or in evidence of
  /// earlier versions. Not part of the digest: it is recomputed from the same data.
  package var causes: [Cause]?
  /// 下書き: the guesses of the definitions, by thing; `nil` when there are none.
  package var drafts: [String]?
  /// The number of records of each file beyond which nothing was read; `nil` when everything was.
  package var limit: Int?
  /// Definitions that a draft run left out because something is wrong in them; `nil` when there are none.
  package var omitted: [String]?
  /// SHA-256 over all of the above that depends on data and definitions alone.
  package var evidence: String

  /// A step of the run and the time it took; not part of the digest.
  package struct Step: Sendable, Codable {
    /// `file NAME`, `index`, `read-back`, `differences`.
    package var step: String
    package var seconds: Double
    /// The time that the plan of the cut-over allows; `nil` when it has no limit for the step.
    package var planned: Int?

    package init(step: String, seconds: Double, planned: Int?) {
      self.step = step
      self.seconds = seconds
      self.planned = planned
    }
  }

  package struct FileEvidence: Sendable, Codable {
    package var file: String
    package var subsystem: String
    package var title: Bilingual
    package var bytes: Int
    package var sha256: String
    package var records: Tally
    package var kinds: [Kind]
    /// Rejected records by fault code, excluded ones by rule, accepted oddities by code.
    package var faults: [String: Int]
    package var exclusions: [String: Int]
    package var oddities: [String: Int]
    /// The reason why the file was not migrated at all; `nil` when it was.
    package var refused: Bilingual?

    package struct Kind: Sendable, Codable {
      package var kind: String
      package var title: Bilingual
      package var records: Tally
      package var bytes: ByteUse

      package init(kind: String, title: Bilingual, records: Tally, bytes: ByteUse) {
        self.kind = kind
        self.title = title
        self.records = records
        self.bytes = bytes
      }
    }

    package init(
      file: String, subsystem: String, title: Bilingual, bytes: Int = 0, sha256: String = "", records: Tally = Tally(),
      kinds: [Kind] = [], faults: [String: Int] = [:], exclusions: [String: Int] = [:], oddities: [String: Int] = [:],
      refused: Bilingual? = nil
    ) {
      self.file = file
      self.subsystem = subsystem
      self.title = title
      self.bytes = bytes
      self.sha256 = sha256
      self.records = records
      self.kinds = kinds
      self.faults = faults
      self.exclusions = exclusions
      self.oddities = oddities
      self.refused = refused
    }
  }

  package struct TableEvidence: Sendable, Codable {
    package var table: String
    package var rows: Int
    /// SHA-256 over the canonical rows in key order.
    package var sha256: String

    package init(table: String, rows: Int, sha256: String) {
      self.table = table
      self.rows = rows
      self.sha256 = sha256
    }
  }

  /// A table or a column of the target that the schema does not have.
  package struct Unverified: Sendable, Codable, Hashable {
    package var table: String
    /// `nil` for the whole table.
    package var column: String?
    /// The reason why it is not verified, from the definitions; `nil` when they do not mention it.
    package var reason: String?

    package init(table: String, column: String?, reason: String?) {
      self.table = table
      self.column = column
      self.reason = reason
    }
  }

  /// A file in the folder of the legacy files that no definition reads.
  package struct UnreadFile: Sendable, Codable, Hashable {
    package var file: String
    /// The reason why it is not read, from the definitions; `nil` when they do not mention it.
    package var reason: String?
    /// The file of the definitions that holds the same bytes, if any.
    package var same: String?

    package init(file: String, reason: String?, same: String?) {
      self.file = file
      self.reason = reason
      self.same = same
    }
  }

  /// A record that was not migrated, and the reason; its bytes are in the quarantine.
  package struct Reject: Sendable, Codable, Hashable {
    package var file: String
    package var kind: String
    package var record: Int
    package var offset: Int
    /// The line, from 1, in a file of cells (CSV, TSV).
    package var line: Int?
    /// The name of the file, of several that are read as one.
    package var data: String?
    package var field: String
    package var fault: String

    package init(
      file: String, kind: String, record: Int, offset: Int, line: Int? = nil, data: String? = nil, field: String,
      fault: String
    ) {
      self.file = file
      self.kind = kind
      self.record = record
      self.offset = offset
      self.line = line
      self.data = data
      self.field = field
      self.fault = fault
    }
  }

  package init(
    run: String, project: String, title: Bilingual, asOf: String, command: String, started: String,
    finished: String = "",
    seconds: Double = 0, complete: Bool = false, definitions: String, files: [FileEvidence] = [],
    tables: [TableEvidence] = [], checks: [CheckResult] = [], rejects: [Reject] = []
  ) {
    self.run = run
    self.project = project
    self.title = title
    self.asOf = asOf
    self.command = command
    self.started = started
    self.finished = finished
    self.seconds = seconds
    self.complete = complete
    self.definitions = definitions
    self.files = files
    self.tables = tables
    self.checks = checks
    self.rejects = rejects
    evidence = ""
  }

  package var records: Tally {
    var sum = Tally()
    for file in files { sum += file.records }
    return sum
  }

  package func count(_ status: CheckStatus) -> Int { checks.filter { $0.status == status }.count }
}
