/// 軽自動車税 rates: by 種別, and for three and four wheels by the month of the first inspection.
package enum VehicleTax {
  /// 税率区分.
  package enum Tier: Int, Sendable {
    case old = 1
    case new = 2
    /// 重課, thirteen years after the first inspection.
    case heavy = 3
    /// 軽課 75 %.
    case quarter = 4
    /// 定額 (二輪等).
    case flat = 9
  }

  static func flat(_ type: Int) -> Int? {
    switch type {
    case 1, 2: 2_000
    case 3, 11: 2_400
    case 4: 3_700
    case 12: 5_900
    case 21: 3_600
    case 22: 6_000
    default: nil
    }
  }

  private static func tiers(_ type: Int) -> (old: Int, new: Int, heavy: Int) {
    switch type {
    case 31: (3_100, 3_900, 4_600)
    case 42: (5_500, 6_900, 8_200)
    case 41: (7_200, 10_800, 12_900)
    case 44: (3_000, 3_800, 4_500)
    default: (4_000, 5_000, 6_000)
    }
  }

  /// 税率区分 and 年税額 of a fiscal year.
  ///
  /// - Parameters:
  ///   - type: 種別コード.
  ///   - first: 初度検査 as `YYYYMM`; a month of 00 counts as December.
  ///   - fuel: 3 electric, 4 hybrid, 5 CNG are never 重課.
  package static func assess(type: Int, first: Int, fuel: Int, year: Int) -> (tier: Tier, yen: Int) {
    if let flat = flat(type) { return (.flat, flat) }
    let month = first % 100 == 0 ? first + 12 : first
    let rates = tiers(type)
    let isClean = fuel >= 3 && fuel <= 5
    if month <= (year - 13) * 100 + 3, !isClean { return (.heavy, rates.heavy) }
    if fuel == 3, month >= (year - 1) * 100 + 4, month <= year * 100 + 3 { return (.quarter, rates.new / 4) }
    return month <= 2015_03 ? (.old, rates.old) : (.new, rates.new)
  }
}
