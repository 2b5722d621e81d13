/// Up to a thousand residents with their households, former neighbours, outsiders and employers: a pure function of
/// (seed, block). The arrays are reused, so walking the city takes the memory of one block.
struct Block {
  private(set) var index = -1
  private(set) var persons: [CityPerson] = []
  private(set) var households: [Household] = []
  private(set) var corporations: [Corporation] = []
  private(set) var outsiders: [Outsider] = []
  /// The number of corporations that withhold tax: the first ones.
  private(set) var employers = 0
  private(set) var firstNumber = 0

  let plan: CityPlan
  let calendar: CityCalendar
  private var draw = Draw(0, .households, 0)

  init(plan: CityPlan, calendar: CityCalendar) {
    self.plan = plan
    self.calendar = calendar
  }

  /// Fills the block; cheap when it is already filled with this index.
  mutating func derive(_ index: Int) {
    guard index != self.index else { return }
    self.index = index
    persons.removeAll(keepingCapacity: true)
    households.removeAll(keepingCapacity: true)
    corporations.removeAll(keepingCapacity: true)
    outsiders.removeAll(keepingCapacity: true)
    firstNumber = 1_000_000 + index * CityPlan.blockNumbers + 1
    draw = Draw(plan.seed, .households, index)
    let residents = plan.residents(in: index)
    employers = max(3, residents / 80)
    var settled = 0
    var turn = 0
    while settled < residents {
      let role = index == 0 && turn < HouseholdRole.cast.count ? HouseholdRole.cast[turn] : HouseholdRole.drawn(&draw)
      settled += settle(role, room: residents - settled)
      turn += 1
    }
    addOutsiders(residents / 25 + 2)
    addCorporations(employers + 5 + residents / 70)
  }

  /// Adds a household; returns the number of its members who are residents today, at most `room`.
  private mutating func settle(_ role: HouseholdRole, room: Int) -> Int {
    var maker = HouseholdMaker(role: role, calendar: calendar, employers: employers, draw: draw)
    let members = maker.members(room: room)
    draw = maker.draw
    // A person who came back lives in a new household; the old one is closed.
    let sizes = role.shape == .returned ? [1, members.count - 1] : [members.count]
    let first = persons.count
    var next = members.makeIterator()
    for size in sizes {
      var household = Household()
      household.first = persons.count
      household.number = 500_000 + index * CityPlan.blockNumbers + households.count + 1
      household.count = size
      household.moves = maker.moves
      household.protection = role.protection
      household.protectedFrom = maker.protectedFrom
      for _ in 0..<size {
        guard var person = next.next() else { break }
        person.index = persons.count
        person.number = firstNumber + person.index
        person.household = households.count
        persons.append(person)
      }
      households.append(household)
    }
    link(first, members.count)
    return members.count { $0.left == 0 }
  }

  /// Spouses and merged numbers refer to one another by 宛名番号.
  private mutating func link(_ first: Int, _ count: Int) {
    guard count > 1 else { return }
    let second = first + 1
    if persons[second].sameAs == HouseholdMaker.previous {
      // The same person, back under a new number: the old number, which stays in the files, points to it.
      persons[first].sameAs = persons[second].number
      persons[second].sameAs = 0
    } else if persons[second].relation == .wife || persons[second].relation == .husband,
      persons[second].work == .none, persons[second].pension == .none, persons[first].work != .none
    {
      persons[first].spouse = persons[second].number
    }
  }

  private mutating func addOutsiders(_ count: Int) {
    for ordinal in 0..<count {
      let isDeleted = ordinal == 0
      outsiders.append(
        Outsider(
          number: firstNumber + persons.count + ordinal, index: ordinal, isDeleted: isDeleted,
          rows: !isDeleted && draw.chance(300) ? 2 : 1))
    }
  }

  private mutating func addCorporations(_ count: Int) {
    let first = firstNumber + persons.count + outsiders.count
    for ordinal in 0..<count {
      var corporation = Corporation()
      corporation.number = first + ordinal
      corporation.index = ordinal
      corporation.designation = ordinal < employers ? 10_000 + index * 64 + ordinal * 3 : 0
      let scattered = UInt64(corporation.number) &* 618_033_988_747 &+ plan.seed % 1_000_000
      corporation.corporateNumber = Corporation.withCheckDigit(Int(scattered % 1_000_000_000_000))
      corporation.form = draw.below(InventedNames.companyForms.count)
      corporation.name = draw.below(InventedNames.companyNames.count)
      corporation.trade = draw.below(InventedNames.companyTrades.count)
      corporation.capital = [3_000_000, 5_000_000, 10_000_000, 30_000_000, 100_000_000, 2_000_000_000][draw.below(6)]
      if draw.chance(200) {
        corporation.raisedCapitalOn = CityCalendar.day(2014 + draw.below(5), 8, 1 + draw.below(28))
      }
      var life = Draw(plan.seed, .corporation, corporation.number)
      corporation.founded = CityCalendar.day(1955 + life.below(40), 1 + life.below(12), 1 + life.below(28))
      corporation.representative = (life.below(60), life.below(25))
      corporation.isLocal = life.chance(600)
      corporation.closing = life.chance(400) ? 3 : 1 + life.below(12)
      if ordinal >= employers, life.chance(40) {
        (corporation.isPublicInterest, corporation.capital, corporation.raisedCapitalOn) = (true, 0, 0)
      }
      if index == 0, let role = CorporateRole(rawValue: ordinal) { role.cast(&corporation) }
      corporations.append(corporation)
    }
  }

  /// 団体内統合宛名番号: 15 digits, one to one with the 宛名番号 and in its order, so that the link file is sorted as the
  /// blocks are walked.
  func unifiedNumber(_ number: Int) -> Int64 {
    900_000_000_000_000 + Self.spread(number, 20_000_000, plan.seed)
  }

  /// 基礎年金番号: ten digits, in the order of the 宛名番号.
  func pensionNumber(_ number: Int) -> Int64 { 1_000_000_000 + Self.spread(number, 18_000, plan.seed ^ 0x5EED) }

  /// Numbers that look random, ascend with `number`, and are distinct.
  private static func spread(_ number: Int, _ room: UInt64, _ seed: UInt64) -> Int64 {
    var draw = Draw(seed, .link, number)
    return Int64(UInt64(number - 1_000_000) * room + draw.next() % room)
  }

  /// Children whom the person claims in a year, by age on 31 December before it: 16 and older, and younger.
  func children(of person: CityPerson, in year: Int) -> (older: Int, younger: Int) {
    guard person.claimsChildren else { return (0, 0) }
    let household = households[person.household]
    var older = 0
    var younger = 0
    for member in household.first..<household.first + household.count {
      let child = persons[member]
      guard child.relation == .child, child.left == 0 else { continue }
      let age = year - 1 - child.birthYear
      if (0..<16).contains(age) { younger += 1 } else if (16..<20).contains(age) { older += 1 }
    }
    return (older, younger)
  }
}
