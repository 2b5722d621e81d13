/// Name, sex and days of a non-resident, common to the address master and the link file.
struct OutsiderIdentity {
  let family: Int
  let given: Int
  let isMan: Bool
  let birthday: DayNumber
  /// The day of the first row.
  let first: DayNumber

  init(_ outsider: Outsider, _ seed: UInt64) {
    var draw = Draw(seed, .person, outsider.number)
    family = draw.below(InventedNames.families.count)
    isMan = draw.chance(500)
    given = draw.below(25)
    birthday = CityCalendar.day(1935 + draw.below(60), 1, 1) + draw.below(365)
    first = CityCalendar.day(1998 + draw.below(16), 4, 1) + draw.below(300)
  }
}
