/// 義務者別賦課: the bill of one owner and year, with every step that the record shows.
struct PropertyBill {
  var land = (tax: 0, planning: 0)
  var house = (tax: 0, planning: 0)
  var assets = 0
  /// 免税点未満, by class.
  var isBelow = (land: false, house: false, assets: false)
  var base = 0
  var planningBase = 0
  var gross = 0
  var reduction = 0
  var relief = 0
  var tax = 0
  var planning = 0
  var parcels = 0
  var houses = 0

  var total: Int { tax + planning }

  /// The bill of a year; `isFirst` for the bill before the correction.
  init(_ estate: Estate, in cadastre: borrowing Cadastre, _ year: Int, isFirst: Bool = false) {
    for index in estate.parcels {
      let recorded = cadastre.parcels[index]
      let parcel = isFirst && recorded.isCorrected ? recorded.beforeCorrection : recorded
      let base = parcel.base(in: isFirst && recorded.isCorrected ? 2017 : year)
      land.tax += base.tax
      land.planning += base.planning
      relief += base.tax * 14 * parcel.relief / 100_000
      parcels += 1
    }
    for index in estate.houses {
      let building = cadastre.houses[index]
      guard building.isThere(in: year) else { continue }
      house.tax += building.value(in: year)
      house.planning += building.value(in: year)
      reduction += building.reduction(in: year)
      if building.parent < 0 { houses += 1 }
    }
    if let equipment = estate.equipment { for kind in 0..<6 { assets += equipment.value(kind, in: year) } }
    let limits = PropertyTax.limits
    isBelow = (
      land.tax > 0 && land.tax < limits.land, house.tax > 0 && house.tax < limits.house,
      assets > 0 && assets < limits.assets
    )
    if isBelow.land { relief = 0 }
    if isBelow.house { reduction = 0 }
    base =
      ((isBelow.land ? 0 : land.tax) + (isBelow.house ? 0 : house.tax) + (isBelow.assets ? 0 : assets)) / 1_000 * 1_000
    planningBase = ((isBelow.land ? 0 : land.planning) + (isBelow.house ? 0 : house.planning)) / 1_000 * 1_000
    gross = base * 14 / 1_000
    tax = max(0, gross - reduction - relief) / 100 * 100
    planning = planningBase * PropertyTax.planningRate(year) / 10_000 / 100 * 100
  }

  /// The instalments: the remainder in the first.
  var instalments: (first: Int, other: Int) { ResidentTax.split(total, parts: 4, unit: 1_000) }

  /// End of May, end of July, 25 December, end of February, moved to open days.
  static func due(_ year: Int, _ calendar: CityCalendar) -> [DayNumber] {
    [
      CityCalendar.endOfMonth(year, 5), CityCalendar.endOfMonth(year, 7), CityCalendar.day(year, 12, 25),
      CityCalendar.endOfMonth(year + 1, 2),
    ].map(calendar.open)
  }
}

extension Estate {
  /// Whether the owner has property on 1 January of a year: a new house may be all of it.
  func isThere(_ cadastre: borrowing Cadastre, _ year: Int) -> Bool {
    equipment != nil || hasLandOrHouse(cadastre, year)
  }

  /// 税目 21 for 償却資産 alone, 20 otherwise.
  func tax(_ cadastre: borrowing Cadastre, _ year: Int) -> Int { hasLandOrHouse(cadastre, year) ? 20 : 21 }

  private func hasLandOrHouse(_ cadastre: borrowing Cadastre, _ year: Int) -> Bool {
    if !parcels.isEmpty { return true }
    for index in houses where cadastre.houses[index].isThere(in: year) { return true }
    return false
  }

  /// Corrected in May of FY2019: two versions of a parcel and of the bill.
  func isCorrected(_ cadastre: borrowing Cadastre, _ year: Int) -> Bool {
    guard year == 2019 else { return false }
    for index in parcels where cadastre.parcels[index].isCorrected { return true }
    return false
  }

  /// 納期限 of the first instalment of FY2019 as printed: 4310531, or 5010531 on the corrected slips.
  func printedDue(_ due: DayNumber, _ entry: Int, _ year: Int, isCorrected: Bool, _ calendar: CityCalendar) -> Int64 {
    calendar.packed(due) - (year == 2019 && entry == 0 && !isCorrected ? 700_000 : 0)
  }
}
