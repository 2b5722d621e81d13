import Base

/// Makes the people of one household. Every date follows from the order of events in a life: birth, moving in, moving
/// house, protection, leaving.
struct HouseholdMaker {
  let role: HouseholdRole
  let calendar: CityCalendar
  let employers: Int
  var draw: Draw
  private(set) var moves: (DayNumber, DayNumber) = (0, 0)
  private(set) var protectedFrom: (DayNumber, DayNumber) = (0, 0)
  private var entered: DayNumber = 0
  private var family = 0

  /// Marks the second person of a returned pair until the numbers are known.
  static let previous = -1

  init(role: HouseholdRole, calendar: CityCalendar, employers: Int, draw: Draw) {
    self.role = role
    self.calendar = calendar
    self.employers = employers
    self.draw = draw
    family =
      self.draw.chance(120)
      ? self.draw.within(InventedNames.firstGlyphFamily...InventedNames.families.count - 1)
      : self.draw.below(InventedNames.firstGlyphFamily)
    if role.protection > 0 { protect() }
  }

  /// The members, the head first; residents among them at most `room`.
  mutating func members(room: Int) -> [CityPerson] {
    let (head, household) =
      switch role.shape {
      case .single:
        (adult(role.isStudent ? 21...22 : role.isRich ? 46...54 : role.event == nil ? 20...64 : 30...55, .head), [])
      case .couple, .family, .threeGenerations: (adult(30...56, .head), companions(room: room - 1))
      case .singleParent: (adult(30...50, .head), children(min(2, room - 1), above: 30))
      case .elderlyCouple: (elder(.head), room > 1 ? [elder(.wife)] : [])
      case .elderlySingle: (elder(.head), [])
      case .foreigner: (foreigner(), [])
      case .gone: (gone(), [])
      case .returned: (returned(), [])
      } as (CityPerson, [CityPerson])
    var people = [head] + household
    for index in people.indices where index > 0 {
      switch people[index].relation {
      case .wife:
        people[index].isMan = !head.isMan
        if !head.isMan { people[index].relation = .husband }
      case .father: people[index].isMan = true
      case .mother: people[index].isMan = false
      default: break
      }
    }
    moveIn(&people)
    if role.shape == .returned {
      var again = people[0]
      again.entered = CityCalendar.day(2017, 1, 5) + draw.below(800)
      again.left = 0
      again.leaving = .stays
      again.sameAs = Self.previous
      again.work = .employee
      again.relation = .head
      people.append(again)
    }
    settleTax(&people)
    return people
  }

  // MARK: people

  private mutating func born(_ age: ClosedRange<Int>) -> CityPerson {
    var person = CityPerson()
    person.family = family
    person.isMan = draw.chance(500)
    var day = CityCalendar.day(2019, 11, 29) - draw.within(age) * 365 - draw.below(365) - 15
    if role.turns65In == nil, age.upperBound < 40, age.lowerBound <= 30, draw.chance(8) {
      // 昭和64年 and the first day of 平成: the week in which the era changed.
      day = CityCalendar.day(1989, 1, 1) + draw.below(8)
    }
    setBirthday(&person, role.bornOn ?? day)
    person.given = draw.below(25)
    return person
  }

  private func setBirthday(_ person: inout CityPerson, _ day: DayNumber) {
    person.birthday = day
    person.birthYear = calendar.year(day)
    person.birth = calendar.packed(day)
  }

  private mutating func adult(_ age: ClosedRange<Int>, _ relation: CityPerson.Relation) -> CityPerson {
    var person = born(age)
    person.relation = relation
    person.work = role.work ?? drawnWork()
    if person.work == .perCapitaOnly, role.shape != .singleParent { person.work = .exempt }
    person.employer = draw.below(employers)
    // Rounded to odd yen on purpose: real incomes are.
    let parents = role.shape != .single && role.shape != .foreigner
    person.income =
      person.work == .business
      ? draw.within(parents ? 2_900_000...8_000_000 : 1_400_000...8_000_000)
      : draw.within(parents ? 4_200_000...8_700_000 : 2_600_000...8_700_000)
    if role.isRich { person.income = 19_000_000 + draw.below(3_000_000) }
    person.annuity = draw.within(2_250_000...3_150_000)
    person.pension = drawnPension()
    person.hasAccount = role.hasAccount ?? draw.chance(300)
    person.event = role.event ?? .none
    person.eventYear = role.eventYear
    return person
  }

  private mutating func drawnWork() -> CityPerson.Work {
    switch draw.below(100) {
    case 0..<58: .employee
    case 58..<62: .mixed
    case 62..<90: .business
    case 90..<94: .exempt
    case 94..<96: .perCapitaOnly
    case 96..<97: .welfare
    case 97..<98: .disabled
    default: .none
    }
  }

  private mutating func drawnPension() -> CityPerson.Pension {
    switch draw.below(100) {
    case 0..<33: .exempt
    case 33..<76: .withheld
    case 76..<80: .withheldAndBusiness
    case 80..<95: .byInstalment
    default: .none
    }
  }

  private mutating func companions(room: Int) -> [CityPerson] {
    var people: [CityPerson] = []
    guard room > 0 else { return people }
    var spouse = adult(28...55, .wife)
    spouse.event = .none
    spouse.claimsChildren = false
    spouse.work =
      role.spouseWork
      ?? (draw.chance(450) || role.event != nil ? .none : draw.chance(780) ? .employee : .business)
    spouse.pension = .none
    people.append(spouse)
    guard role.shape != .couple else { return people }
    people += children(min(1 + draw.below(3), room - 1), above: 30)
    if role.shape == .threeGenerations, people.count < room {
      var parent = elder(draw.chance(400) ? .father : .mother)
      if draw.chance(250) {
        parent.leaving = .died
        parent.left = CityCalendar.day(2014, 2, 1) + draw.below(2_100)
        parent.mailings = draw.chance(600) ? 1 : 0
      }
      people.append(parent)
    }
    return people
  }

  private mutating func children(_ count: Int, above parents: Int) -> [CityPerson] {
    (0..<max(0, count)).map { _ in
      var child = born(0...19)
      child.relation = .child
      return child
    }
  }

  private mutating func elder(_ relation: CityPerson.Relation) -> CityPerson {
    var person = born(role.pension == .withheldAndBusiness ? 74...92 : 66...92)
    if let year = role.turns65In { setBirthday(&person, CityCalendar.day(year - 65, 1, 5) + draw.below(80)) }
    person.relation = relation
    person.pension = role.pension ?? drawnPension()
    person.work = role.turns65In == nil ? .none : .employee
    person.employer = draw.below(employers)
    person.annuity = draw.within(2_250_000...3_150_000)
    person.income = person.work == .employee ? draw.within(2_600_000...6_000_000) : draw.within(1_200_000...3_000_000)
    person.hasAccount = draw.chance(400)
    if role.turns65In == nil, role.bornOn == nil, draw.chance(12) {
      // Old registers lack the day.
      person.birth = person.birth / 100 * 100
    }
    return person
  }

  private mutating func foreigner() -> CityPerson {
    var person = adult(22...58, .head)
    person.foreigner = 1 + draw.below(InventedNames.foreigners.count)
    if draw.chance(400) { person.birth = person.birth / 10_000 * 10_000 }
    person.event = .none
    return person
  }

  private mutating func gone() -> CityPerson {
    let leaving = role.leaving ?? (draw.chance(650) ? .movedOut : draw.chance(850) ? .died : .removed)
    var person = leaving == .died ? elder(.head) : adult(24...60, .head)
    person.leaving = leaving
    person.left = CityCalendar.day(2013, 3, 1) + draw.below(leaving == .removed ? 2_300 : 2_400)
    if let day = role.leavesOn { person.left = day }
    person.mailings = role.mailings ?? (leaving == .died && draw.chance(500) ? 1 : 0)
    person.event = .none
    return person
  }

  private mutating func returned() -> CityPerson {
    var person = adult(28...50, .head)
    person.work = .business
    person.leaving = .movedOut
    person.left = CityCalendar.day(2014, 3, 1) + draw.below(600)
    person.event = .none
    return person
  }

  // MARK: dates

  private mutating func protect() {
    // A year, renewed once or not; always in force on the day of the extract.
    let start = CityCalendar.day(2019, 1, 10) + draw.below(300)
    protectedFrom = draw.chance(400) ? (calendar.adding(months: -12, to: start), start) : (start, 0)
  }

  /// Sets every member's first day, the household's moves, and the members born here.
  private mutating func moveIn(_ people: inout [CityPerson]) {
    let asOf = CityCalendar.day(2019, 11, 29)
    let head = people[0]
    let grown = max(head.birthday + 20 * 366, CityCalendar.day(1950, 1, 1))
    let isRecent =
      head.left == 0 && role.event == nil && role.pension == nil
      && role.protection == 0 && draw.chance(200)
    let earliest = isRecent ? max(grown, CityCalendar.day(2013, 2, 1)) : grown
    let limit = isRecent ? asOf - 45 : CityCalendar.day(role.pension == nil ? 2012 : 2010, 11, 30)
    let latest = head.left == 0 ? limit : min(limit, head.left - 60)
    entered = earliest < latest ? earliest + draw.below(latest - earliest) : latest
    if let day = role.entersOn { entered = day }
    if role.protection == 0, head.left == 0, draw.chance(460) {
      moves.0 = between(entered, asOf)
      if moves.0 > 0, draw.chance(300) { moves.1 = between(moves.0, asOf) }
    }
    for index in people.indices {
      people[index].isBornHere = people[index].birthday > entered
      people[index].entered = max(entered, people[index].birthday)
      // Nobody dies here before moving in.
      if index > 0, people[index].left > 0, people[index].left < people[index].entered + 60 {
        (people[index].left, people[index].leaving, people[index].mailings) = (0, .stays, 0)
      }
      // A 年特 chain needs every year since 2013; a person who came later pays by instalment.
      let isSteady = people[index].left == 0 && people[index].entered < CityCalendar.day(2011, 12, 1)
      if !isSteady, people[index].pension == .withheld || people[index].pension == .withheldAndBusiness {
        people[index].pension = .byInstalment
      }
      if people[index].left == 0, people[index].mailings == 0 {
        let age = 2019 - people[index].birthYear
        people[index].mailings =
          index == 0 && role.mailings != nil ? role.mailings ?? 0 : age > 20 && draw.chance(22) ? 1 : 0
      }
    }
  }

  /// A day between two, at least a month from each; 0 when there is none.
  private mutating func between(_ first: DayNumber, _ last: DayNumber) -> DayNumber {
    let room = last - first - 80
    return room > 0 ? first + 40 + draw.below(room) : 0
  }

  // MARK: tax

  private mutating func settleTax(_ people: inout [CityPerson]) {
    if people.count > 1, people[0].work != .none { people[0].claimsChildren = true }
    for index in people.indices where people[index].pension == .withheldAndBusiness {
      if people[index].pensionYear(calendar) >= 2013 { people[index].pension = .withheld }
    }
    guard role.event == nil, !role.isRich, people[0].left == 0, people[0].birthYear < 1990 else { return }
    if people[0].work == .business, people[0].pensionYear(calendar) > 2019 {
      let years = people[0].entered < CityCalendar.day(2017, 1, 1)
      switch draw.below(1_000) {
      case 0..<16 where years: (people[0].event, people[0].eventYear) = (.raise, 2018 + draw.below(2))
      case 16..<28 where years: (people[0].event, people[0].eventYear) = (.cutEarly, 2018 + draw.below(2))
      case 28..<40 where years: (people[0].event, people[0].eventYear) = (.cutLate, 2018 + draw.below(2))
      case 40..<46 where years: (people[0].event, people[0].eventYear) = (.assessedLateInApril, 2018)
      case 46..<54 where years: (people[0].event, people[0].eventYear) = (.assessedLateInNovember, 2017 + draw.below(2))
      case 54..<90: (people[0].event, people[0].hasAccount) = (.defaults, false)
      default: break
      }
    } else if people[0].work == .employee, people.count > 1, people[1].work == .none,
      people[1].relation == .wife || people[1].relation == .husband,
      people[0].pensionYear(calendar) > 2019, people[0].entered < CityCalendar.day(2017, 1, 1), draw.chance(40)
    {
      (people[0].event, people[0].eventYear) = (.disallowed, 2018 + draw.below(2))
    }
  }
}
