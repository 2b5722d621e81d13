/// Why old and new differ (要因分類). Nothing may be unclassified when a gate is judged.
package enum DifferenceClass: String, Sendable, Codable, CaseIterable {
  case migration = "M"
  case newSystem = "N"
  case oldSystem = "O"
  case intended = "I"
  case rounding = "R"
  case timing = "T"
  case display = "D"
  case unclassified = "U"

  package var title: Bilingual {
    switch self {
    case .migration: Bilingual("移行不備", "defect of the migration")
    case .newSystem: Bilingual("新システム不具合", "defect of the new system")
    case .oldSystem: Bilingual("旧システムの潜在誤り", "old error that came to light")
    case .intended: Bilingual("意図した仕様差", "intended difference")
    case .rounding: Bilingual("端数・丸め", "rounding")
    case .timing: Bilingual("タイミング差", "extracted at another time")
    case .display: Bilingual("表示差", "shown differently")
    case .unclassified: Bilingual("未分類", "unclassified")
    }
  }
}

/// Differences of one check that look alike: 40,000 lines are a dozen causes.
package struct DifferenceGroup: Sendable, Codable, Hashable {
  /// Names the group, in this run and in every other: `AT-C02-04/3f9a`.
  package var signature: String
  /// What the lines have in common.
  package var pattern: Bilingual
  package var lines: Int
  /// Σ (actual − expected) of each measure.
  package var sums: [Int128]
  /// The first keys, personal parts masked.
  package var samples: [[String]]

  package init(signature: String, pattern: Bilingual, lines: Int, sums: [Int128], samples: [[String]]) {
    self.signature = signature
    self.pattern = pattern
    self.lines = lines
    self.sums = sums
    self.samples = samples
  }
}
