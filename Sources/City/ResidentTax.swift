/// 個人住民税 of one person and year, in integers: the declared amounts, and every step that a record shows.
///
/// Rates and steps: city 6 %, Tokyo 4 %; 課税標準 floored to 1,000; each 所得割 floored to 100; 均等割 3,500 and 1,500
/// (地方税法, FY2014–2019).
package struct ResidentTax {
  package init() {}

  // The declared amounts.
  package var income = 0
  package var salary = 0
  package var annuity = 0
  /// 所得控除合計 and 人的控除差調整額.
  package var deductions = 0
  package var personalDifference = 0
  /// 扶養人数, including those under 16.
  package var dependants = 0
  package var spouse = 0
  /// 税額控除 and 配当割等控除, city and Tokyo.
  package var credits = (city: 0, metro: 0)
  package var dividends = (city: 0, metro: 0)
  /// 非課税区分: 0 taxed, 1 均等割のみ, 2 非課税, 3 生活保護, 4 障害等.
  package var exemption = 0
  package var reliefShare = 0

  // The computed amounts.
  package private(set) var base = 0
  package private(set) var gross = (city: 0, metro: 0)
  package private(set) var adjustment = (city: 0, metro: 0)
  package private(set) var onIncome = (city: 0, metro: 0)
  package private(set) var perCapita = (city: 0, metro: 0)
  /// 減免額.
  package private(set) var relief = 0
  /// 年税額.
  package private(set) var total = 0

  /// Computes all amounts from the declared ones.
  package mutating func assess() {
    guard exemption <= 1 else { return }
    perCapita = (3_500, 1_500)
    if exemption == 0 {
      base = max(0, income - deductions) / 1_000 * 1_000
      gross = (base * 6 / 100, base * 4 / 100)
      adjustment = Self.adjustment(base: base, difference: personalDifference)
      onIncome = (
        max(0, gross.city - adjustment.city - credits.city - dividends.city) / 100 * 100,
        max(0, gross.metro - adjustment.metro - credits.metro - dividends.metro) / 100 * 100
      )
    }
    let due = onIncome.city + onIncome.metro + perCapita.city + perCapita.metro
    relief = due * reliefShare / 100 / 100 * 100
    total = due - relief
  }

  /// Makes the total a multiple of 600, by a credit of some hundred yen: 仮徴収 (a sixth) and 本徴収 (a third of the rest)
  /// are then whole numbers; the sources give no rule for fractions.
  package mutating func roundToSixHundred() {
    assess()
    let surplus = total % 600
    guard surplus > 0 else { return }
    credits.city += surplus
    assess()
  }

  /// 調整控除 (地方税法37条・314条の6), in city and Tokyo three to two.
  package static func adjustment(base: Int, difference: Int) -> (city: Int, metro: Int) {
    let amount = base <= 2_000_000 ? min(difference, base) : max(difference - (base - 2_000_000), 50_000)
    return (amount * 3 / 100, amount * 2 / 100)
  }

  /// 給与所得 of a salary: FY2018 and later; earlier years had a higher ceiling, which the salaries here do not reach.
  package static func incomeFromSalary(_ salary: Int) -> Int {
    switch salary {
    case ..<1_625_000: max(0, salary - 650_000)
    case ..<1_800_000: salary - salary * 40 / 100
    case ..<3_600_000: salary - salary * 30 / 100 - 180_000
    case ..<6_600_000: salary - salary * 20 / 100 - 540_000
    case ..<10_000_000: salary - salary * 10 / 100 - 1_200_000
    default: salary - 2_200_000
    }
  }

  /// Parts that are multiples of `unit`, the remainder in the first; everything in the first when a part would be
  /// under `unit` (地方税法20条の4の2第6項).
  package static func split(_ amount: Int, parts: Int, unit: Int) -> (first: Int, other: Int) {
    let other = amount / parts / unit * unit
    return (amount - other * (parts - 1), other)
  }
}
