/// 法人市民税 of one business year, in integers.
package enum CorporateTax {
  /// 均等割 for a year by 号数 1…9 (地方税法312条).
  static let perCapita = [0, 50_000, 120_000, 130_000, 150_000, 160_000, 400_000, 410_000, 1_750_000, 3_000_000]

  /// 号数 by 資本金等の額 and 市内従業者数.
  package static func tier(capital: Int, staff: Int) -> Int {
    let isLarge = staff > 50
    switch capital {
    case ...10_000_000: return isLarge ? 2 : 1
    case ...100_000_000: return isLarge ? 4 : 3
    case ...1_000_000_000: return isLarge ? 6 : 5
    case ...5_000_000_000: return isLarge ? 8 : 7
    default: return isLarge ? 9 : 7
    }
  }

  /// 号数 of a corporation: 公益法人等 are in the first row of the table (地方税法312条1項の表1号).
  static func tier(_ corporation: Corporation, capital: Int, staff: Int) -> Int {
    corporation.isPublicInterest ? 1 : tier(capital: capital, staff: staff)
  }

  /// 均等割 for some months of a year, floored to 100.
  package static func perCapita(tier: Int, months: Int) -> Int { perCapita[tier] * months / 12 / 100 * 100 }

  /// 法人税割 rate in hundredths of a per cent, by the first day of the business year as `YYYYMMDD`.
  package static func rate(startingOn start: Int) -> Int {
    start < 2014_10_01 ? 1_230 : start < 2019_10_01 ? 970 : 600
  }

  /// 予定申告: six months of last year's 法人税割, floored to 100; 3.7 months in the first year at the lower rate.
  package static func provisional(_ last: Int, months: Int, startingOn start: Int) -> Int {
    let isTransitional = start >= 2019_10_01 && start < 2020_10_01
    return last * (isTransitional ? 37 : 60) / (months * 10) / 100 * 100
  }
}
