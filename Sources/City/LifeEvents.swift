/// The events in a person's rows of ATMAST, oldest first: one row per event.
struct LifeEvent {
  enum Kind: Int {
    case born = 10
    case movedIn = 20
    case movedHouse = 30
    case movedOut = 40
    case died = 50
    /// 職権: removal, and the start or renewal of 支援措置.
    case byOffice = 60
  }

  var kind: Kind
  var day: DayNumber
  /// 届出: the same day or some days later, when the office is open; never after the extract.
  var reported: DayNumber = 0
  /// Addresses are numbered within the household; the last one elsewhere is a new one.
  var home: Int
  var isLeaving = false
  /// First day of the year of 支援措置 in force with this row; 0 for none.
  var protectedFrom: DayNumber = 0

  /// The events of a person, appended to `events` after clearing it.
  static func list(
    _ person: CityPerson, _ household: Household, _ seed: UInt64, _ calendar: CityCalendar,
    into events: inout [LifeEvent]
  ) {
    events.removeAll(keepingCapacity: true)
    var home = 0
    let moves = [household.moves.0, household.moves.1].filter { $0 > 0 }
    for move in moves where move <= person.entered { home += 1 }
    var protection: DayNumber = 0
    let protections = [household.protectedFrom.0, household.protectedFrom.1].filter { $0 > 0 }
    for start in protections where start <= person.entered { protection = start }
    events.append(
      LifeEvent(
        kind: person.isBornHere ? .born : .movedIn, day: person.entered, home: home, protectedFrom: protection))
    for move in moves where move > person.entered && (person.left == 0 || move < person.left) {
      home += 1
      events.append(LifeEvent(kind: .movedHouse, day: move, home: home, protectedFrom: protection))
    }
    for start in protections where start > person.entered && person.left == 0 {
      events.append(LifeEvent(kind: .byOffice, day: start, home: home, protectedFrom: start))
    }
    switch person.leaving {
    case .stays: break
    case .movedOut: events.append(LifeEvent(kind: .movedOut, day: person.left, home: home, isLeaving: true))
    case .died: events.append(LifeEvent(kind: .died, day: person.left, home: home, isLeaving: true))
    case .removed: events.append(LifeEvent(kind: .byOffice, day: person.left, home: home, isLeaving: true))
    }
    var draw = Draw(seed, .report, person.number)
    let asOf = CityCalendar.day(2019, 11, 29)
    var last: DayNumber = 0
    for index in events.indices {
      let day = events[index].day
      let reported = events[index].kind == .byOffice ? day : calendar.open(day + draw.below(12))
      // A later event is never known earlier.
      last = max(last, min(asOf, reported))
      events[index].reported = last
    }
  }
}
