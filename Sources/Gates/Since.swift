import Base
import Registers

/// 発生日時: the moment from which a criterion has its present answer, or the reason why there is none.
package enum Since: Sendable, Hashable {
  /// RFC 3339, or a day `YYYY-MM-DD`.
  case at(String)
  case because(Bilingual)

  /// It has never had another answer.
  static let beginning = Since.because(Bilingual("初めから", "from the beginning"))
  /// There is no answer.
  static let undecided = Since.because(Bilingual("判定できない", "it cannot be judged"))
  static let noRun = Since.because(Bilingual("実行がまだない", "there is no run yet"))

  /// The moment; empty when there is none.
  package var moment: String {
    if case .at(let moment) = self { moment } else { "" }
  }

  /// The moment; the beginning when it is empty.
  static func from(_ moment: String?) -> Since {
    if let moment, !moment.isEmpty { .at(moment) } else { .beginning }
  }

  /// For an answer that depends on runs alone: the end of the first run from which on all runs, up to the latest, give
  /// the same answer.
  static func runs<Answer: Equatable>(_ runs: [RunRecord], _ answer: (RunRecord) -> Answer) -> Since {
    guard let last = runs.last else { return .noRun }
    let now = answer(last)
    return .at(runs.reversed().prefix { answer($0) == now }.last?.finished ?? last.finished)
  }

  /// For an answer that depends on the number of open records, each of which is open from one moment to another.
  ///
  /// - Parameters:
  ///   - records: `from` is empty for a record that was always open, `to` for one that is open now.
  ///   - holds: the answer for a number of open records.
  static func open(_ records: [(from: String, to: String)], holds: (Int) -> Bool) -> Since {
    var count = records.filter(\.to.isEmpty).count
    let now = holds(count)
    var changes: [String: Int] = [:]
    for record in records {
      if !record.from.isEmpty { changes[record.from, default: 0] += 1 }
      if !record.to.isEmpty { changes[record.to, default: 0] -= 1 }
    }
    for (time, change) in changes.sorted(by: { $0.key > $1.key }) {
      count -= change
      if holds(count) != now { return .at(time) }
    }
    return .beginning
  }
}
