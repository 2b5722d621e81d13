/// 土地: one 筆.
struct Parcel {
  /// The item's index among those of its owner, for the 物件番号.
  var slot = 0
  /// Hundredths of a square metre: 小規模住宅用地, 一般住宅用地, 非住宅用地.
  var area = (small: 0, general: 0, other: 0)
  /// Yen per hundredth of a square metre, a multiple of 6, so that every share of the value is a whole number.
  var price = 0
  var dwellings = 0
  /// 負担水準 of FY2017, in hundredths.
  var level = 100
  /// 区分所有敷地: the share of the site, in 100,000ths.
  var share = 0
  /// 減免割合.
  var relief = 0
  var isExempt = false
  /// Outside 市街化区域: not subject to 都市計画税.
  var isOutside = false
  /// Assessed as non-housing at first in FY2019, at a level of 65.
  var isCorrected = false
  /// 登記地目 and 現況地目.
  var category = (registered: 3, actual: 3)

  var isHousing: Bool { area.other == 0 }
  var whole: Int { area.small + area.general + area.other }
  var value: Int { isExempt ? 0 : whole * price }

  /// 本則課税標準額: 固定 and 都計.
  var regular: (tax: Int, planning: Int) {
    guard !isExempt else { return (0, 0) }
    let (small, general, other) = (area.small * price, area.general * price, area.other * price)
    return (small / 6 + general / 3 + other, isOutside ? 0 : small / 3 + general * 2 / 3 + other)
  }

  /// Levels of last year's and of this year's base.
  func levels(in year: Int) -> (last: Int, now: Int) {
    var last = level
    for _ in 2017..<max(year, 2017) { last = PropertyTax.level(after: last, isHousing: isHousing) }
    return (last, PropertyTax.level(after: last, isHousing: isHousing))
  }

  /// 課税標準額 of a year: 固定 and 都計.
  func base(in year: Int) -> (tax: Int, planning: Int) {
    let level = levels(in: year).now
    return (regular.tax / 100 * level, regular.planning / 100 * level)
  }

  /// The parcel before the correction: non-housing.
  var beforeCorrection: Parcel {
    var parcel = self
    parcel.area = (0, 0, whole)
    (parcel.dwellings, parcel.level, parcel.isCorrected) = (0, 65, false)
    return parcel
  }
}

/// 家屋: one 棟 or an extension of one.
struct House {
  var slot = 0
  /// 評価額 from FY2018, and in FY2017.
  var value = 0
  var before = 0
  /// 種類, 構造, 階数.
  var kind = 1
  var structure = 1
  var floors = 2
  /// 建築年月 as `YYYYMM`.
  var built = 0
  /// Hundredths of a square metre.
  var area = 0
  /// 新築住宅減額 0, 1 three years, 2 five years, and its last fiscal year.
  var reduction = 0
  var reducedUntil = 0
  /// 増築: slot of the main house, −1 for none.
  var parent = -1

  func value(in year: Int) -> Int { year == 2017 ? before : value }
  func isThere(in year: Int) -> Bool { built < (year - 1) * 100 + 13 }
  func reduction(in year: Int) -> Int {
    guard reduction > 0, year <= reducedUntil else { return 0 }
    return PropertyTax.reduction(value: value(in: year), hundredths: area)
  }
}

/// 償却資産 of an owner: the purchases of each of the six classes, with their dates.
struct Equipment {
  var slot = 0
  var prices: InlineArray<6, Int> = .init(repeating: 0)
  var bought: InlineArray<6, Int> = .init(repeating: 0)

  /// Loss of a year in thousandths: 構築物, 機械装置, 船舶, 航空機, 車両運搬具, 工具器具備品.
  private static let rates = [109, 206, 189, 250, 319, 369]

  func value(_ kind: Int, in year: Int) -> Int {
    prices[kind] == 0
      ? 0 : PropertyTax.value(of: prices[kind], rate: Self.rates[kind], years: year - bought[kind])
  }
}

/// The property of one owner in the city, in one bill.
struct Estate {
  /// Index among the block's owners.
  var index = 0
  var owner = 0
  var parcels = 0..<0
  var houses = 0..<0
  var equipment: Equipment?
  /// 共有者 with their shares, the representative among them; empty for a sole owner.
  var shares = 0..<0
  /// Whether the owner is or was a resident.
  var isPersonal = false
  var defaults = false

  var isShared: Bool { !shares.isEmpty }
  /// Only 償却資産, in any year.
  var isEquipmentOnly: Bool { parcels.isEmpty && houses.isEmpty }
}

/// 持分.
struct OwnershipShare {
  var number = 0
  var numerator = 1
  var denominator = 2
}
