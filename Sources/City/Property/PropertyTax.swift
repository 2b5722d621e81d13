/// 固定資産税・都市計画税 in integers: the change of a base from year to year, and the tax due on it.
package enum PropertyTax {
  /// 免税点 of an owner, by class.
  package static let limits = (land: 300_000, house: 200_000, assets: 1_500_000)

  /// 負担調整: the level of this year's base in hundredths of the 本則 (of the value, for non-housing), from last year's
  /// level.
  package static func level(after last: Int, isHousing: Bool) -> Int {
    if isHousing { return last >= 100 ? 100 : min(100, max(20, last + 5)) }
    return last >= 70 ? 70 : last >= 60 ? last : min(60, max(20, last + 5))
  }

  /// 新築住宅減額: half of the tax on at most 120 m²; the area is in hundredths of a square metre.
  package static func reduction(value: Int, hundredths area: Int) -> Int {
    value * 14 * min(area, 12_000) / (area * 2_000)
  }

  /// 都市計画税 in hundredths of a per cent.
  static func planningRate(_ year: Int) -> Int { year == 2017 ? 25 : 24 }

  /// 評価額 of assets bought for `price`: half a year's loss first, then a year's, never below a twentieth.
  ///
  /// - Parameters:
  ///   - rate: loss of a year in thousandths.
  ///   - years: 賦課期日 passed since the purchase, from 1.
  package static func value(of price: Int, rate: Int, years: Int) -> Int {
    var value = price * (2_000 - rate) / 2_000
    for _ in 1..<max(years, 1) { value = value * (1_000 - rate) / 1_000 }
    return max(value, price * 5 / 100)
  }
}
