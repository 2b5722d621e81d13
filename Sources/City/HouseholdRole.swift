/// The kind of the next household. A city's first households are fixed, so that the rare states of the records exist in
/// the smallest city; the others are drawn.
struct HouseholdRole {
  enum Shape: UInt8 {
    case single, couple, family, threeGenerations, singleParent, elderlyCouple, elderlySingle, foreigner
    /// People who have left: moved out, dead, removed by office, or back under another number.
    case gone, returned
  }

  var shape: Shape
  var protection = 0
  /// The event: fixed for the first households, drawn for the others.
  var event: CityPerson.TaxEvent?
  var eventYear = 0
  var work: CityPerson.Work?
  var pension: CityPerson.Pension?
  var leaving: CityPerson.Leaving?
  var turns65In: Int?
  var mailings: Int?
  var hasAccount: Bool?
  var spouseWork: CityPerson.Work?
  /// An income far above every ceiling of 国保.
  var isRich = false
  /// 20 to 22 years old.
  var isStudent = false
  /// The first day as a resident, the last, and the birthday, for events within FY2019.
  var entersOn: DayNumber?
  var leavesOn: DayNumber?
  var bornOn: DayNumber?

  static let cast: [HouseholdRole] = [
    .init(shape: .single, event: .raise, eventYear: 2018, work: .business, hasAccount: false),
    .init(shape: .single, event: .raise, eventYear: 2019, work: .business, hasAccount: true),
    .init(shape: .single, event: .cutEarly, eventYear: 2018, work: .business),
    .init(shape: .single, event: .cutLate, eventYear: 2019, work: .business, hasAccount: true),
    .init(shape: .single, event: .assessedLateInApril, eventYear: 2018, work: .business),
    .init(shape: .single, event: .assessedLateInNovember, eventYear: 2017, work: .business),
    .init(shape: .single, event: .assessedLateInNovember, eventYear: 2018, work: .business),
    .init(shape: .single, event: .defaults, work: .business, hasAccount: false),
    .init(shape: .elderlySingle, pension: .withheldAndBusiness),
    .init(shape: .elderlySingle, pension: .withheld),
    .init(shape: .elderlySingle, pension: .withheld, turns65In: 2019),
    .init(shape: .elderlySingle, pension: .withheld, turns65In: 2016),
    .init(shape: .family, protection: 1, work: .employee, mailings: 1),
    .init(shape: .single, protection: 2, work: .employee),
    .init(shape: .single, protection: 1, work: .business, mailings: 2),
    .init(shape: .foreigner), .init(shape: .foreigner),
    .init(shape: .gone, leaving: .movedOut), .init(shape: .gone, leaving: .died, mailings: 1),
    .init(shape: .gone, leaving: .removed), .init(shape: .returned),
    .init(shape: .singleParent, work: .perCapitaOnly), .init(shape: .single, work: .welfare),
    .init(shape: .single, work: .disabled), .init(shape: .single, work: .mixed),
    .init(shape: .couple, event: .disallowed, eventYear: 2018, work: .employee),
    .init(shape: .couple, event: .disallowed, eventYear: 2019, work: .employee),
    .init(shape: .single, work: .exempt, isStudent: true), .init(shape: .single, work: .business, isRich: true),
    .init(shape: .couple, work: .employee, spouseWork: .business),
    .init(shape: .couple, work: .employee, spouseWork: .business),
    // 国保 within FY2019: entered, moved out, 75 before and after the extract, 40, 65.
    .init(shape: .single, work: .business, entersOn: CityCalendar.day(2019, 8, 19)),
    .init(shape: .gone, work: .business, leaving: .movedOut, leavesOn: CityCalendar.day(2019, 8, 8)),
    .init(shape: .elderlySingle, pension: .byInstalment, bornOn: CityCalendar.day(1944, 9, 17)),
    .init(shape: .elderlySingle, pension: .byInstalment, bornOn: CityCalendar.day(1944, 12, 10)),
    .init(shape: .single, work: .business, bornOn: CityCalendar.day(1979, 8, 21)),
    .init(shape: .single, work: .business, bornOn: CityCalendar.day(1954, 11, 1)),
  ]

  static func drawn(_ draw: inout Draw) -> HouseholdRole {
    let shape: Shape =
      switch draw.below(100) {
      case 0..<27: .single
      case 27..<40: .couple
      case 40..<65: .family
      case 65..<69: .threeGenerations
      case 69..<73: .singleParent
      case 73..<81: .elderlyCouple
      case 81..<89: .elderlySingle
      case 89..<91: .foreigner
      case 91..<99: .gone
      default: .returned
      }
    var role = HouseholdRole(shape: shape)
    if shape.rawValue < Shape.elderlyCouple.rawValue, draw.chance(4) { role.protection = draw.chance(200) ? 2 : 1 }
    return role
  }
}
