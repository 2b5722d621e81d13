import Base

/// One defect injected into something clean, and what the checks said.
package struct MutationTrial: Sendable, Codable {
  package enum Side: String, Sendable, Codable { case legacy, target }

  package enum Verdict: String, Sendable, Codable {
    case caught
    /// Legal though unusual, and nothing failed.
    case accepted
    /// Nobody noticed; or what is legal was taken for an error.
    case missed
  }

  package let mutation: String
  package let side: Side
  /// The file, or table and column.
  package let place: String
  package let description: Bilingual
  /// Checks that failed or warned, and had not on the clean data.
  package let caughtBy: [String]
  /// Records refused.
  package let rejected: Int
  package let verdict: Verdict
}

/// What the checks are worth (検査の検出力): every trial, and the checks that never caught anything.
package struct MutationReport: Sendable, Codable {
  /// A clean city, and what complained about it.
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
