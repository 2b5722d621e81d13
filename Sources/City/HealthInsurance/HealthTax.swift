/// 国民健康保険税 of the city, by fiscal year, in integers.
package struct HealthTax: Sendable {
  /// 医療, 支援, 介護.
  package enum Part: Int, CaseIterable, Sendable {
    case medical, support, care
  }

  /// Hundredths of a per cent, yen per head, and 課税限度額, by part.
  let rates: [Int]
  let perHead: [Int]
  let ceilings: [Int]
  /// 軽減判定: yen added for each insured, for five tenths and for two.
  let fiveTenths: Int
  let twoTenths: Int

  /// 基礎控除, and the income up to which seven tenths are waived.
  static let basic = 330_000

  /// The ordinance of a fiscal year, FY2014–2019.
  package static func of(_ year: Int) -> HealthTax { years[min(max(year, 2014), 2019) - 2014] }

  private static let years: [HealthTax] = [
    HealthTax([440, 135, 140], [21_000, 6_500, 8_600], [510_000, 160_000, 140_000], 245_000, 450_000),
    HealthTax([450, 138, 144], [21_600, 6_700, 8_900], [510_000, 160_000, 140_000], 260_000, 470_000),
    HealthTax([455, 140, 146], [22_000, 6_800, 9_000], [520_000, 170_000, 160_000], 265_000, 480_000),
    HealthTax([460, 142, 148], [22_600, 6_900, 9_200], [540_000, 190_000, 160_000], 270_000, 490_000),
    HealthTax([465, 144, 150], [23_000, 7_000, 9_400], [540_000, 190_000, 160_000], 275_000, 500_000),
    HealthTax([469, 145, 152], [23_320, 7_140, 9_540], [580_000, 190_000, 160_000], 280_000, 510_000),
  ]

  private init(_ rates: [Int], _ perHead: [Int], _ ceilings: [Int], _ fiveTenths: Int, _ twoTenths: Int) {
    self.rates = rates
    self.perHead = perHead
    self.ceilings = ceilings
    self.fiveTenths = fiveTenths
    self.twoTenths = twoTenths
  }

  /// Tenths of the 均等割 that are waived.
  package func waived(income: Int, insured: Int) -> Int {
    if income <= Self.basic { return 7 }
    if income <= Self.basic + fiveTenths * insured { return 5 }
    return income <= Self.basic + twoTenths * insured ? 2 : 0
  }

  /// One of the three parts, step by step.
  package struct Assessment: Equatable, Sendable {
    package var base = 0
    package var onIncome = 0
    package var perHead = 0
    package var waived = 0
    package var overCeiling = 0
    /// 月割減額.
    package var beforeMonths = 0
    /// 決定額, floored to 100.
    package var total = 0
  }

  /// 所得割 + 均等割 − 軽減, up to the ceiling, for some months of the year.
  package func assess(_ part: Part, base: Int, heads: Int, waived: Int, months: Int = 12) -> Assessment {
    var result = Assessment()
    guard heads > 0 else { return result }
    let index = part.rawValue
    result.base = base
    result.onIncome = base * rates[index] / 10_000
    result.perHead = perHead[index] * heads
    result.waived = result.perHead * waived / 10
    let whole = result.onIncome + result.perHead - result.waived
    result.overCeiling = max(0, whole - ceilings[index])
    let capped = whole - result.overCeiling
    result.beforeMonths = capped - capped * months / 12
    result.total = (capped - result.beforeMonths) / 100 * 100
    return result
  }
}
