import Base
import Evidence

/// What a run told of planted defects (原因の究明の評価): one, two and fourteen at a time.
package struct ExplainReport: Sendable {
  /// A cause that was told, and the planted defects that it stands for; none when that is not known.
  package struct Told: Sendable {
    package let cause: Cause
    package let defects: [String]
  }

  /// Defects planted together.
  package struct Trial: Sendable {
    package let planted: [String]
    package let told: [Told]
    /// Pairs of defects of one cause that are two when they stand alone: `D01+D20`.
    package let merged: [String]
    /// Defects of which no cause is known.
    package let untold: [String]

    /// Whether each defect is one cause, and each cause one defect.
    package var isExact: Bool {
      told.count == planted.count && merged.isEmpty && untold.isEmpty && told.allSatisfy { $0.defects.count == 1 }
    }
  }

  /// The largest number of causes more or less than fourteen.
  package static let margin = 2
  /// Of a hundred defects alone, those that must be told as one cause.
  package static let share = 95

  package var alone: [Trial] = []
  package var pairs: [Trial] = []
  package var many: [Trial] = []
  /// Defects that make nothing fail.
  package var silent: [String] = []
  /// Defects for which the city has no record.
  package var untried: [String] = []

  package init() {}

  package var single: Int { alone.count { $0.told.count == 1 } }
  package var merged: Int { pairs.count { !$0.merged.isEmpty } }
  package var near: Int { many.count { abs($0.told.count - $0.planted.count) <= Self.margin } }

  /// Whether the goals are met: one cause for 95 % of the defects, no pair merged, fourteen causes of fourteen, ± 2.
  package var holds: Bool {
    single * 100 >= alone.count * Self.share && merged == 0 && near == many.count && !alone.isEmpty
  }
}
