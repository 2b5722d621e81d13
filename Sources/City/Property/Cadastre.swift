/// The estates of a block: a pure function of (seed, block).
struct Cadastre {
  let plan: CityPlan
  let calendar: CityCalendar
  private(set) var block = -1
  private(set) var estates: [Estate] = []
  private(set) var parcels: [Parcel] = []
  private(set) var houses: [House] = []
  private(set) var shares: [OwnershipShare] = []

  /// Fiscal years in the file.
  static let years = 2017...2019
  /// 更正 of FY2019, before the first instalment was due.
  static let corrected = CityCalendar.day(2019, 5, 20)

  init(plan: CityPlan, calendar: CityCalendar) {
    self.plan = plan
    self.calendar = calendar
  }

  mutating func derive(_ block: Block) {
    guard block.index != self.block else { return }
    self.block = block.index
    estates.removeAll(keepingCapacity: true)
    parcels.removeAll(keepingCapacity: true)
    houses.removeAll(keepingCapacity: true)
    shares.removeAll(keepingCapacity: true)
    let cast = block.index == 0 ? EstateRole.allCases : []
    let owners = owners(block, atLeast: cast.count)
    for (index, owner) in owners.enumerated() { add(index, owner, index < cast.count ? cast[index] : nil, block) }
  }

  func payer(_ estate: Estate) -> Payer {
    var draw = Draw(plan.seed, .account, estate.owner, 20)
    let hasAccount = estate.isPersonal && !estate.defaults && !estate.isEquipmentOnly && draw.chance(270)
    return Payer(number: estate.owner, hasAccount: hasAccount, defaults: estate.defaults)
  }

  /// 物件番号.
  func number(_ estate: Estate, _ slot: Int) -> Int { 700_000 + (block * 512 + estate.index) * 8 + slot }

  // MARK: owners

  private func owners(_ block: Block, atLeast count: Int) -> [(number: Int, person: Int)] {
    var owners: [(number: Int, person: Int)] = []
    let entered = CityCalendar.day(2016, 12, 1)
    for person in block.persons where person.birthYear < 1992 && person.entered < entered && person.sameAs == 0 {
      var draw = Draw(plan.seed, .property, person.number, 1)
      let isTaken = person.event == .defaults || draw.chance(person.left == 0 ? 410 : 350)
      if owners.count < count || isTaken { owners.append((person.number, person.index)) }
    }
    for outsider in block.outsiders where !outsider.isDeleted {
      var draw = Draw(plan.seed, .property, outsider.number, 1)
      if draw.chance(500) { owners.append((outsider.number, -1)) }
    }
    for corporation in block.corporations where corporation.founded < entered {
      var draw = Draw(plan.seed, .property, corporation.number, 1)
      if draw.chance(620) { owners.append((corporation.number, -2)) }
    }
    return owners
  }

  private mutating func add(_ index: Int, _ owner: (number: Int, person: Int), _ role: EstateRole?, _ block: Block) {
    var draw = Draw(plan.seed, .property, owner.number)
    var estate = Estate()
    estate.index = index
    estate.owner = owner.number
    estate.isPersonal = owner.person >= 0
    if owner.person >= 0 { estate.defaults = block.persons[owner.person].event == .defaults }
    if role == nil, owner.person >= 0, draw.chance(12) { estate.defaults = true }
    let (firstParcel, firstHouse, firstShare) = (parcels.count, houses.count, shares.count)
    if let role { cast(role, &estate) } else { furnish(&estate, isCorporation: owner.person == -2, &draw) }
    if role?.isShared ?? (owner.person >= 0 && estate.equipment == nil && draw.chance(110)) {
      share(&estate, owner.person, from: firstParcel, role, block, &draw)
    }
    estate.parcels = firstParcel..<parcels.count
    estate.houses = firstHouse..<houses.count
    estate.shares = firstShare..<shares.count
    estates.append(estate)
  }

  // MARK: 共有

  private mutating func share(
    _ estate: inout Estate, _ person: Int, from firstParcel: Int, _ role: EstateRole?, _ block: Block,
    _ draw: inout Draw
  ) {
    guard person >= 0, !parcels[firstParcel...].contains(where: { $0.share > 0 }) else { return }
    // Protected people are among the co-owners: their address must not be shown to the others.
    let isHidden: (CityPerson) -> Bool = { $0.left == 0 && block.households[$0.household].protection > 0 }
    var others: [Int] = []
    if role != nil { others = block.persons.filter { isHidden($0) && $0.number != estate.owner }.map(\.number) }
    for offset in [1, 2, 7, 11] where person + offset < block.persons.count {
      let other = block.persons[person + offset]
      guard other.birthYear < 2000, other.sameAs == 0, !others.contains(other.number) else { continue }
      others.append(other.number)
    }
    let isTriple = role == .sharedByThree || role == nil && draw.chance(200)
    guard others.count >= (isTriple ? 2 : 1), !others.prefix(2).contains(estate.owner) else { return }
    if isTriple {
      for number in [estate.owner, others[0], others[1]] {
        shares.append(OwnershipShare(number: number, numerator: 1, denominator: 3))
      }
    } else {
      let parts = [(1, 2), (2, 3), (7, 10), (3, 4)][
        role == .sharedInThirds ? 1 : role == .sharedInHalves ? 0 : draw.below(4)]
      shares.append(OwnershipShare(number: estate.owner, numerator: parts.0, denominator: parts.1))
      shares.append(OwnershipShare(number: others[0], numerator: parts.1 - parts.0, denominator: parts.1))
    }
    let first = shares.count - (isTriple ? 3 : 2)
    shares[first...].sort { $0.number < $1.number }
  }

  // MARK: property

  private mutating func furnish(_ estate: inout Estate, isCorporation: Bool, _ draw: inout Draw) {
    var slot = 0
    func next() -> Int {
      slot += 1
      return slot - 1
    }
    let kind = draw.below(100)
    if isCorporation ? kind < 45 : kind < 4 {
      // 償却資産 alone.
      equip(&estate, slot: next(), &draw)
      return
    }
    if isCorporation ? kind < 80 : kind < 22 || kind >= 34 {
      var parcel = drawnParcel(isCorporation: isCorporation, &draw)
      parcel.slot = next()
      parcels.append(parcel)
      if draw.chance(160) {
        var second = drawnParcel(isCorporation: isCorporation, &draw)
        (second.slot, second.relief) = (next(), 0)
        parcels.append(second)
      }
    } else if !isCorporation, kind < 30 {
      parcels.append(site(slot: next(), &draw))
    }
    if kind >= 16 || isCorporation {
      var house = drawnHouse(isCorporation: isCorporation, &draw)
      house.slot = next()
      houses.append(house)
      if draw.chance(55), house.reduction == 0, house.value > 400_000 {
        houses.append(extended(house, slot: next(), &draw))
      }
    }
    if draw.chance(isCorporation ? 300 : 25) { equip(&estate, slot: next(), &draw) }
  }

  private func drawnParcel(isCorporation: Bool, _ draw: inout Draw) -> Parcel {
    var parcel = Parcel()
    let area = 4_000 + draw.below(30_000)
    parcel.price = [1_200, 1_800, 2_400, 3_000][draw.below(4)]
    if isCorporation || draw.chance(130) {
      parcel.area = (0, 0, area)
      parcel.level = [50, 54, 58, 60, 62, 65, 66, 70, 75][draw.below(9)]
      if draw.chance(500) { parcel.category.actual = 5 }
    } else {
      parcel.dwellings = draw.chance(20) ? 6 : 1
      let limit = parcel.dwellings * 20_000
      parcel.area = (min(area, limit), max(0, area - limit), 0)
      parcel.level = [80, 85, 90, 92, 95, 97, 100, 100, 100, 100, 100, 110][draw.below(12)]
    }
    if draw.chance(130) { parcel.category.registered = 2 }
    if draw.chance(60) { parcel.isOutside = true }
    if draw.chance(10) { parcel.relief = 50 }
    if draw.chance(15) {
      parcel.isExempt = true
      parcel.area = (0, 0, 258 + draw.below(900))
      (parcel.dwellings, parcel.level, parcel.relief) = (0, 0, 0)
    }
    return parcel
  }

  private func site(slot: Int, _ draw: inout Draw) -> Parcel {
    var parcel = Parcel()
    parcel.slot = slot
    (parcel.price, parcel.dwellings) = (2_400, 1)
    parcel.area.small = 1_200 + draw.below(1_800)
    parcel.share = 1_000 + draw.below(2_000)
    return parcel
  }

  private func drawnHouse(isCorporation: Bool, _ draw: inout Draw) -> House {
    var house = House()
    house.value = 600_000 + draw.below(13_000_000)
    house.before = house.value * 102 / 100
    house.kind = isCorporation ? [3, 4, 5][draw.below(3)] : draw.chance(40) ? 2 : 1
    house.structure = [1, 1, 1, 3, 4][draw.below(5)]
    house.area = 6_000 + draw.below(7_000)
    house.built = (1975 + draw.below(38)) * 100 + 1 + draw.below(12)
    guard !isCorporation, house.kind == 1, draw.chance(70) else { return house }
    // 新築: the first of three years is FY2017, 2018 or 2019.
    let first = 2017 + draw.below(3)
    house.built = (first - 1) * 100 + 2 + draw.below(10)
    (house.reduction, house.reducedUntil) = (1, first + 2)
    return house
  }

  private func extended(_ main: House, slot: Int, _ draw: inout Draw) -> House {
    var house = main
    house.slot = slot
    house.parent = main.slot
    house.value = main.value / 5 + draw.below(50_000)
    house.before = house.value * 102 / 100
    house.area = 900 + draw.below(1_400)
    house.built = min(main.built + 900, 2015_06)
    return house
  }

  private func equip(_ estate: inout Estate, slot: Int, _ draw: inout Draw) {
    var equipment = Equipment()
    equipment.slot = slot
    for kind in [0, 1, 4, 5] where draw.chance(kind == 5 ? 900 : 350) {
      equipment.prices[kind] = 1_500_000 + draw.below(8_000_000)
      equipment.bought[kind] = 2011 + draw.below(6)
    }
    if equipment.prices[0] + equipment.prices[1] + equipment.prices[4] + equipment.prices[5] == 0 {
      (equipment.prices[5], equipment.bought[5]) = (1_600_000, 2015)
    }
    estate.equipment = equipment
  }

  /// Sets up the rare cases, each with numbers that show the rule.
  private mutating func cast(_ role: EstateRole, _ estate: inout Estate) {
    func parcel(_ small: Int, _ general: Int = 0, other: Int = 0, price: Int = 1_800, level: Int = 100) -> Parcel {
      var parcel = Parcel()
      parcel.area = (small, general, other)
      (parcel.price, parcel.level) = (price, level)
      parcel.dwellings = other > 0 ? 0 : 1
      parcel.slot = parcels.count
      return parcel
    }
    func house(_ value: Int, built: Int = 1991_04, area: Int = 9_000) -> House {
      var house = House()
      (house.value, house.before, house.built, house.area) = (value, value, built, area)
      return house
    }
    var lots: [Parcel] = []
    var buildings: [House] = []
    switch role {
    case .landAtLimit: lots = [parcel(1_500, price: 1_200)]
    case .belowLimits: (lots, buildings) = ([parcel(1_470, price: 1_200)], [house(199_999, built: 1980_04)])
    case .houseAtLimit: buildings = [house(200_000, built: 1975_04)]
    case .correctedWithExtension:
      lots = [parcel(20_000, 5_000)]
      buildings = [house(6_543_210), house(1_234_567, built: 2005_06, area: 2_200)]
      buildings[1].parent = 1
      lots[0].isCorrected = true
    case .correctedApartments:
      lots = [parcel(30_000)]
      buildings = [house(38_000_000, built: 2017_03, area: 31_000)]
      (lots[0].isCorrected, lots[0].dwellings) = (true, 6)
      (buildings[0].kind, buildings[0].structure, buildings[0].floors) = (2, 3, 4)
      (buildings[0].reduction, buildings[0].reducedUntil) = (2, 2022)
    case .newHouse:
      (lots, buildings) = ([parcel(16_000, price: 3_000)], [house(9_100_000, built: 2018_07, area: 9_800)])
      (buildings[0].reduction, buildings[0].reducedUntil) = (1, 2021)
    case .halfRelief:
      lots = [parcel(18_000, price: 2_400)]
      lots[0].relief = 50
    case .flooredOnce: (lots, buildings) = ([parcel(1_733), parcel(10_277)], [house(4_444_444)])
    case .apartment:
      lots = [parcel(1_805, price: 2_400)]
      lots[0].share = 1_114
      buildings = [house(5_120_333)]
      buildings[0].structure = 3
    case .sharedInThirds: (lots, buildings) = ([parcel(20_000, 5_129, level: 85)], [house(12_887_967)])
    case .sharedByThree: lots = [parcel(19_520, price: 2_400)]
    case .sharedInHalves: (lots, buildings) = ([parcel(15_000)], [house(7_644_040)])
    case .level65: lots = [parcel(0, other: 25_000, level: 65)]
    case .level50: lots = [parcel(0, other: 20_000, level: 50)]
    case .level75: lots = [parcel(0, other: 30_000, level: 75)]
    case .level90: lots = [parcel(20_000, 4_000, level: 90)]
    case .outside:
      lots = [parcel(20_000, 4_000, level: 90), parcel(0, other: 10_000, level: 65)]
      for index in lots.indices { lots[index].isOutside = true }
    case .exempt:
      lots = [parcel(12_000), parcel(0, other: 258, level: 0)]
      lots[1].isExempt = true
    case .equipmentBelow, .equipmentAtLimit, .equipmentAbove:
      var equipment = Equipment()
      equipment.prices[1] = 30_000_000 + (role == .equipmentBelow ? -20 : role == .equipmentAbove ? 20 : 0)
      equipment.bought[1] = 1994
      estate.equipment = equipment
    }
    for (slot, lot) in lots.enumerated() {
      parcels.append(lot)
      parcels[parcels.count - 1].slot = slot
    }
    for (offset, building) in buildings.enumerated() {
      houses.append(building)
      houses[houses.count - 1].slot = lots.count + offset
    }
  }
}

/// The roles of a city's first owners.
enum EstateRole: CaseIterable {
  case landAtLimit, belowLimits, houseAtLimit, correctedWithExtension, correctedApartments, newHouse, halfRelief
  case flooredOnce, apartment, sharedInThirds, sharedByThree, level65, level50, level75, level90, exempt
  case equipmentBelow, equipmentAtLimit, equipmentAbove, sharedInHalves, outside

  var isShared: Bool { self == .sharedInThirds || self == .sharedByThree || self == .sharedInHalves }
}
