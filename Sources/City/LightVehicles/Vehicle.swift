/// A light vehicle with all its owners since about 2011.
struct Vehicle {
  /// An owner and the first day of ownership.
  struct Owner {
    var number = 0
    var acquired: DayNumber = 0
    var reported: DayNumber = 0
  }

  /// Index among the block's vehicles.
  var index = 0
  /// 軽自管理番号.
  var number = 0
  /// 種別コード.
  var type = 41
  /// 燃料 1 ガソリン 3 電気 4 HV 5 CNG.
  var fuel = 1
  /// 初度検査 as `YYYYMM`, 0 for a vehicle without inspection; month 00 when only the year is known.
  var first = 0
  /// Hundredths of a cc, or of a kW.
  var displacement = 0
  /// One or two owners, in order.
  var owners: (Owner, Owner) = (Owner(), Owner())
  var isSold = false
  var scrapped: DayNumber = 0
  /// 課税区分 1 課税 2 課税保留 3 非課税 4 商品車.
  var state = 1
  /// The year in which 身障 relief took all of the tax; 0 for none.
  var reliefYear = 0
  /// 所有形態 1 自己 3 リース, and 一括納税番号 of a leased one.
  var ownership = 1
  var bulk = 0
  /// Number of the plate in the city, from which all of the plate follows.
  var plate = 0

  /// 二輪小型・農耕 and the like: kind 10.
  var isSmall: Bool { type < 20 }
  /// 継続検査 exists: the certificate of payment matters.
  var isInspected: Bool { type >= 22 }

  /// The owner on 1 April, who is taxed; nil before the first or after scrapping.
  func owner(in year: Int) -> Int? {
    let reference = CityCalendar.day(year, 4, 1)
    guard owners.0.acquired <= reference, scrapped == 0 || scrapped > reference else { return nil }
    return isSold && owners.1.acquired <= reference ? owners.1.number : owners.0.number
  }
}
