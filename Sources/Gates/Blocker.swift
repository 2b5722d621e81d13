/// 妨げているもの: a record that keeps a criterion from holding, by its name in the registers, the evidence or the
/// definitions. From it the reader finds the cause of a red light.
///
/// The name may be missing there: a check that no run has made, an item that no list has.
package enum Blocker: Sendable, Hashable {
  /// A check that failed, was not decided, or does not exist.
  case check(String)
  /// Unclassified differences of one cause.
  case group(check: String, signature: String)
  /// 確認事項 of every kind, trainings included.
  case item(String)
  /// 課題.
  case issue(String)
  /// A line of the master schedule.
  case milestone(String)
  /// 電算処理依頼.
  case request(String)
  /// A run as a whole: too slow, of another stage, incomplete, or without the required data.
  case run(String)
  /// A legacy file that could not be migrated at all.
  case file(String)
  /// A subsystem that the run left out.
  case subsystem(String)
  /// A day of the parallel run, `YYYY-MM-DD`: compared with unexplained differences, or not compared.
  case day(String)
  /// The last sitting of a gate, or its absence.
  case decision(gate: String)
  /// The quarantine of a run.
  case rejects(run: String)
  /// The definitions, which are no longer those of the run.
  case definitions(run: String)
  /// A line of the mapping that nobody has confirmed as it reads now.
  case mapping(String)

  /// `check`, `group`, `item` …: the kind of the record that `id` names.
  package var kind: String {
    switch self {
    case .check: "check"
    case .group: "group"
    case .item: "item"
    case .issue: "issue"
    case .milestone: "milestone"
    case .request: "request"
    case .run: "run"
    case .file: "file"
    case .subsystem: "subsystem"
    case .day: "day"
    case .decision: "decision"
    case .rejects: "rejects"
    case .definitions: "definitions"
    case .mapping: "mapping"
    }
  }

  /// The name. For a group it is the signature, for a decision the gate, for rejected records and definitions the run.
  package var id: String {
    switch self {
    case .group(_, let signature): signature
    case .check(let id), .item(let id), .issue(let id), .milestone(let id), .request(let id), .run(let id),
      .file(let id), .subsystem(let id), .day(let id), .decision(let id), .rejects(let id), .definitions(let id),
      .mapping(let id):
      id
    }
  }

  /// `check:KJ-C02-01`: `kind:id`, in the notation of `--assume` for items, issues and milestones.
  package var text: String { "\(kind):\(id)" }
}
