import Base

/// The plan of a synthetic city: the same plan gives the same bytes on every machine.
package struct CityPlan: Sendable {
  /// Residents today (latest row of kind 10, 住民状態 1), 100...240,000.
  package var residents: Int
  package var seed: UInt64
  /// 移行回次, 1...999; 900 is 本番.
  package var round: Int
  /// The defects of this city; empty for a clean one.
  package var defects: [PlantedDefect]
  /// How many suitable records each defect passes over, by its id, so that several stand on different persons. Empty:
  /// each takes one of the first three.
  package var skips: [String: Int]

  /// 抽出基準日, fixed: the tax years and the holiday table end with it.
  package static let asOf: Int64 = 2019_11_29
  /// 団体コード of 桜ヶ瀬市, with its check digit.
  package static let municipality = "139998"
  /// Fiscal years with assessments.
  package static let years = 2014...2019

  package init(
    residents: Int, seed: UInt64 = 1, round: Int = 1, defects: [PlantedDefect] = [], skips: [String: Int] = [:]
  ) {
    self.residents = residents
    self.seed = seed
    self.round = round
    self.defects = defects
    self.skips = skips
  }

  /// - Throws: `city.plan` when a value is outside its range.
  func check() throws(Diagnostic) {
    guard (100...240_000).contains(residents) else {
      throw Diagnostic(.cityPlan, "residents", String(residents), "100...240000")
    }
    guard (1...999).contains(round) else { throw Diagnostic(.cityPlan, "round", String(round), "1...999") }
  }

  /// Residents come in blocks; nothing refers from one block to another.
  static let blockSize = 1_000
  /// 宛名番号 that a block may use: more than its residents, former residents, outsiders and corporations.
  static let blockNumbers = 2_048

  var blocks: Int { (residents + Self.blockSize - 1) / Self.blockSize }

  /// Residents of a block, spread evenly: no block is nearly empty.
  func residents(in block: Int) -> Int { residents * (block + 1) / blocks - residents * block / blocks }
}
