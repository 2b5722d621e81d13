/// The fixed corporations of a city's first block, so that the rare states of returns exist in the smallest city. Raw
/// values are ordinals among the block's corporations.
enum CorporateRole: Int {
  /// More than 50 億 of capital and more than 50 people: 号数 9; headquarters elsewhere.
  case giant
  /// Founded in January 2016: a first business year of two months.
  case young
  /// Capital doubled across a tier.
  case raised
  /// 更正 that lowers the tax of the last year.
  case corrected
  /// 中間納付 above the tax of the last year.
  case overpaid
  /// 修正申告, and 決定 by the office.
  case amended, decided
  /// 申告期限 extended by a month; two months and one after the closing is New Year's Eve.
  case extended
  /// 公益法人等 with more than 50 people.
  case publicInterest

  func cast(_ corporation: inout Corporation) {
    corporation.raisedCapitalOn = 0
    corporation.isLocal = true
    switch self {
    case .giant:
      corporation.capital = 7_000_000_000
      corporation.isLocal = false
    case .young:
      corporation.capital = 10_000_000
      corporation.founded = CityCalendar.day(2016, 1, 5)
      corporation.closing = 3
    case .raised:
      corporation.capital = 10_000_000
      corporation.raisedCapitalOn = CityCalendar.day(2017, 8, 21)
      corporation.closing = 3
    case .corrected: (corporation.capital, corporation.closing) = (3_000_000, 3)
    case .overpaid: (corporation.capital, corporation.closing) = (5_000_000, 3)
    case .amended: (corporation.capital, corporation.closing) = (2_000_000_000, 12)
    case .decided: (corporation.capital, corporation.closing) = (7_000_000_000, 7)
    case .extended: (corporation.capital, corporation.closing) = (30_000_000, 9)
    case .publicInterest:
      (corporation.capital, corporation.closing) = (0, 3)
      corporation.isPublicInterest = true
    }
  }

  /// 市内従業者数 when the role requires a certain one.
  var staff: Int? {
    switch self {
    case .giant: 75
    case .young: 92
    case .raised: 80
    case .overpaid: 10
    case .publicInterest: 64
    default: nil
    }
  }
}
