/// 妨げているもの: one thing that keeps a criterion from holding, by its name in the registers, the evidence or the
/// definitions. Where the reader goes on from a red light.
///
/// A name may be one that is looked for and not there: a check that no run has made, an item that no list has.
package enum Blocker: Sendable, Hashable {
  /// A check that failed, was not decided, or does not exist.
  case check(String)
  /// Differences of one cause that nobody has classified.
  case group(check: String, signature: String)
  /// 確認事項 of every kind; trainings too.
  case item(String)
  /// 課題.
  case issue(String)
  /// A line of the master schedule.
  case milestone(String)
  /// 電算処理依頼.
  case request(String)
  /// A run as a whole: too slow, of another stage, incomplete, or without what is asked.
  case run(String)
  /// A legacy file that could not be migrated at all.
  case file(String)
  /// A subsystem that the run left out.
  case subsystem(String)
  /// A day of the parallel run, `YYYY-MM-DD`: compared with a bad end, or not compared.
  case day(String)
  /// The last sitting of a gate, or that there has been none.
  case decision(gate: String)
  /// The quarantine of a run.
  case rejects(run: String)
  /// The definitions, which are no longer those of the run.
  case definitions(run: String)

  /// `check`, `group`, `item` …: what `id` is the name of.
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
    }
  }

  /// Of a group its signature, of a decision its gate, of rejected records and definitions the run.
  package var id: String {
    switch self {
    case .group(_, let signature): signature
    case .check(let id), .item(let id), .issue(let id), .milestone(let id), .request(let id), .run(let id),
      .file(let id), .subsystem(let id), .day(let id), .decision(let id), .rejects(let id), .definitions(let id):
      id
    }
  }

  /// `check:KJ-C02-01`: `kind:id`, spelled as `--assume` spells items, issues and milestones.
  package var text: String { "\(kind):\(id)" }
}
