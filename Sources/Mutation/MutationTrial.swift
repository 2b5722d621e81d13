import Base

/// One defect injected into clean data, and the reaction of the checks.
package struct MutationTrial: Sendable, Codable {
  package enum Side: String, Sendable, Codable { case legacy, target }

  package enum Verdict: String, Sendable, Codable {
    case caught
    /// Legal though unusual, and no check failed.
    case accepted
    /// No check noticed it; or legal data counted as an error.
    case missed
  }

  package let mutation: String
  package let side: Side
  /// The file, or table and column.
  package let place: String
  package let description: Bilingual
  /// Checks that failed or warned, and did not on the clean data.
  package let caughtBy: [String]
  /// The number of rejected records.
  package let rejected: Int
  package let verdict: Verdict
}

/// The power of the checks (検査の検出力): every trial, and the checks that never caught anything.
package struct MutationReport: Sendable, Codable {
  /// A clean city, and the checks that raised an alarm.
  package struct CleanCity: Sendable, Codable {
    package let name: String
    package let records: Int
    package let alarms: [String]
  }

  package var clean: [CleanCity] = []
  package var trials: [MutationTrial] = []
  /// Mutations for which no place was found.
  package var untried: [String] = []
  /// Checks that caught nothing.
  package var idle: [String] = []

  package init() {}

  package var missed: [MutationTrial] { trials.filter { $0.verdict == .missed } }
  package var alarms: Int { clean.reduce(0) { $0 + $1.alarms.count } }
}
