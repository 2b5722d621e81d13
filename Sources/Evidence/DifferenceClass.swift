import Base

/// The cause of a difference between old and new (要因分類). No difference may be unclassified when a gate is judged.
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

/// Differences of one check that look alike: 40,000 lines have a dozen causes.
package struct DifferenceGroup: Sendable, Codable, Hashable {
  /// Names the group, in this run and in every other run: `AT-C02-04/3f9a`.
  package var signature: String
  /// The common pattern of the lines.
  package var pattern: Bilingual
  package var lines: Int
  /// Σ (actual − expected) of each measure.
  package var sums: [Int128]
  /// Σ |actual − expected| of each measure, by which approvals are bounded. When a measure is personal, it is rounded
  /// up to 1, 2 or 5 times a power of ten.
  package var gross: [Int128] = []
  /// The first keys, personal parts masked.
  package var samples: [[String]]
  /// All keys, parts joined by `/`; `nil` when there are more than ``namedKeys``, a line has no key, or a part is
  /// personal.
  package var keys: [String]?

  /// The next of 1, 2, 5, 10, 20, 50 …: the bound of an approval when the amount itself is not shown.
  package static func coarse(_ number: Int128) -> Int128 {
    if number == 0 { return 0 }
    var step: Int128 = 1
    while true {
      for factor in [1, 2, 5] as [Int128] where step * factor >= number { return step * factor }
      if step > Int128.max / 100 { return .max }
      step *= 10
    }
  }

  /// The largest number of lines whose keys are kept, so that an approval can name them.
  package static let namedKeys = 100

  package init(signature: String, pattern: Bilingual, lines: Int, sums: [Int128], samples: [[String]]) {
    self.signature = signature
    self.pattern = pattern
    self.lines = lines
    self.sums = sums
    self.samples = samples
  }
}
