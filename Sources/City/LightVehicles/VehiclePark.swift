/// The vehicles of a block: a pure function of (seed, block). The first ones of the first block are fixed.
struct VehiclePark {
  let plan: CityPlan
  let calendar: CityCalendar
  private(set) var block = -1
  private(set) var vehicles: [Vehicle] = []
  /// Numbers of the owners who leave the tax unpaid, and of the drivers who pay from an account.
  private var defaulters: Set<Int> = []
  private var drivers: [Int] = []
  private var people = 0..<0

  /// Fiscal years in the file.
  static let years = 2016...2019
  private static let asOf = CityCalendar.day(2019, 11, 29)

  init(plan: CityPlan, calendar: CityCalendar) {
    self.plan = plan
    self.calendar = calendar
  }

  mutating func derive(_ block: Block) {
    guard block.index != self.block else { return }
    self.block = block.index
    vehicles.removeAll(keepingCapacity: true)
    defaulters.removeAll(keepingCapacity: true)
    drivers.removeAll(keepingCapacity: true)
    people = block.firstNumber..<block.firstNumber + block.persons.count
    let asOf = CityCalendar.day(2001, 11, 29)
    for person in block.persons where person.left == 0 && person.birthday < asOf && person.birthYear > 1930 {
      drivers.append(person.index)
    }
    let cast = block.index == 0 ? VehicleRole.allCases : []
    let count = max(cast.count, plan.residents(in: block.index) * 113 / 1_000 + 2)
    for index in 0..<count { add(index, index < cast.count ? cast[index] : nil, block) }
  }

  /// Whether this owner's 軽自 always stays unpaid.
  func isDefaulter(_ number: Int) -> Bool { defaulters.contains(number) }

  func hasAccount(_ number: Int) -> Bool {
    var draw = Draw(plan.seed, .account, number, 30)
    return people.contains(number) && !isDefaulter(number) && draw.chance(260)
  }

  /// 税率区分 and 年税額; nil when there is no taxpayer.
  func tax(_ vehicle: Vehicle, _ year: Int) -> (owner: Int, tier: VehicleTax.Tier, yen: Int, relief: Int)? {
    guard let owner = vehicle.owner(in: year) else { return nil }
    let (tier, yen) = VehicleTax.assess(type: vehicle.type, first: vehicle.first, fuel: vehicle.fuel, year: year)
    guard vehicle.state == 1 else { return (owner, tier, 0, 0) }
    return (owner, tier, yen, vehicle.reliefYear == year ? yen : 0)
  }

  // MARK: making

  private mutating func add(_ index: Int, _ role: VehicleRole?, _ block: Block) {
    var draw = Draw(plan.seed, .vehicle, block.index, index)
    var vehicle = Vehicle()
    vehicle.index = index
    vehicle.number = 20_000 + block.index * 600 + index * 5 + draw.below(5)
    vehicle.plate = block.index * 120 + index
    vehicle.type = role?.type ?? drawnType(&draw)
    vehicle.displacement = displacement(vehicle.type, &draw)
    if role == nil, draw.chance(20) { vehicle.fuel = [4, 4, 5][draw.below(3)] }
    if vehicle.isSmall, draw.chance(60) { (vehicle.fuel, vehicle.displacement) = (3, 58) }
    vehicle.first = vehicle.isSmall ? 0 : drawnMonth(&draw)
    role?.cast(&vehicle)
    own(&vehicle, role, block, &draw)
    if role == .some(.scrapped) || role == nil && draw.chance(110) {
      let last = vehicle.isSold ? vehicle.owners.1.acquired : vehicle.owners.0.acquired
      let room = Self.asOf - last - 90
      if room > 0 { vehicle.scrapped = avoidingAprilFirst(last + 60 + draw.below(room)) }
    }
    if role == nil, draw.chance(12) { vehicle.state = 2 + draw.below(3) }
    if vehicle.scrapped == 0, vehicle.state == 1, role == nil, draw.chance(14) {
      vehicle.reliefYear = 2016 + draw.below(4)
    }
    vehicles.append(vehicle)
  }

  private func drawnType(_ draw: inout Draw) -> Int {
    switch draw.below(100) {
    case 0..<16: 1
    case 16..<18: 2
    case 18..<23: 3
    case 23..<24: 4
    case 24..<25: 11
    case 25..<26: 12
    case 26..<31: 21
    case 31..<36: 22
    case 36..<37: 31
    case 37..<73: 41
    case 73..<76: 42
    case 76..<96: 43
    default: 44
    }
  }

  private func displacement(_ type: Int, _ draw: inout Draw) -> Int {
    switch type {
    case 1: draw.chance(300) ? 4_950 : 4_900
    case 2: 7_200
    case 3: 12_400
    case 4: 4_900
    case 11: 40_000
    case 12: 150_000
    case 21: 23_300 + draw.below(16) * 100
    case 22: 39_900 + draw.below(300) * 100
    default: 65_700 + draw.below(3) * 100
    }
  }

  /// `YYYYMM` from 1999 to this summer; registers before October 2003 have only the year.
  private func drawnMonth(_ draw: inout Draw) -> Int {
    let month = 1999 * 12 + draw.below(247)
    let number = month / 12 * 100 + month % 12 + 1
    return number < 2003_10 ? number / 100 * 100 : number
  }

  private mutating func own(_ vehicle: inout Vehicle, _ role: VehicleRole?, _ block: Block, _ draw: inout Draw) {
    let isLeased = role == .leased || role == nil && draw.chance(30)
    if isLeased {
      let corporation = block.corporations[draw.below(block.corporations.count)]
      vehicle.owners.0 = owner(corporation.number, since: corporation.founded, vehicle, isNew: true, &draw)
      vehicle.ownership = 3
      vehicle.bulk = 70_000 + corporation.number % 2_048
      return
    }
    guard !drivers.isEmpty else { return }
    var person = block.persons[drivers[draw.below(drivers.count)]]
    // The owners of the fixed vehicles have been residents for long, so that every year of their vehicles is taxed.
    let settled = CityCalendar.day(2015, 1, 1)
    if role != nil, adult(person) > settled,
      let other = drivers.first(where: { adult(block.persons[$0]) < settled && $0 % 5 == vehicle.index % 5 })
    {
      person = block.persons[other]
    }
    if role == .unpaid, let defaulting = drivers.first(where: { block.persons[$0].event == .defaults }) {
      person = block.persons[defaulting]
    }
    vehicle.owners.0 = owner(person.number, since: adult(person), vehicle, isNew: role != nil, &draw)
    remember(person, &draw)
    guard role == .sold || role == nil && draw.chance(120), drivers.count > 1 else { return }
    let buyer = block.persons[drivers[draw.below(drivers.count)]]
    guard buyer.number != person.number else { return }
    var second = owner(
      buyer.number, since: max(adult(buyer), vehicle.owners.0.reported + 90), vehicle, isNew: false, &draw)
    guard second.acquired < Self.asOf - 20 else { return }
    second.acquired = avoidingAprilFirst(second.acquired)
    second.reported = min(Self.asOf, calendar.open(second.acquired + draw.below(9)))
    (vehicle.owners.1, vehicle.isSold) = (second, true)
    remember(buyer, &draw)
  }

  private mutating func remember(_ person: CityPerson, _ draw: inout Draw) {
    var habit = Draw(plan.seed, .vehicle, person.number, 999)
    if person.event == .defaults || habit.chance(22) { defaulters.insert(person.number) }
  }

  private func adult(_ person: CityPerson) -> DayNumber { max(person.entered, person.birthday + 18 * 366) }

  private func owner(_ number: Int, since: DayNumber, _ vehicle: Vehicle, isNew: Bool, _ draw: inout Draw)
    -> Vehicle.Owner
  {
    let month = vehicle.first % 100 == 0 ? 12 : vehicle.first % 100
    let made = vehicle.first > 0 ? CityCalendar.day(vehicle.first / 100, month, 10) : CityCalendar.day(2003, 5, 2)
    let earliest = max(since + 10, made)
    let room = Self.asOf - 60 - earliest
    // Half of the cars are bought new.
    let late = room <= 0 ? 0 : isNew || draw.chance(450) ? draw.below(min(room, 20) + 1) : draw.below(room)
    let day = avoidingAprilFirst(min(earliest + late, Self.asOf - 20))
    return Vehicle.Owner(
      number: number, acquired: day, reported: min(Self.asOf, calendar.open(day + draw.below(12))))
  }

  /// Avoids changes on the decisive day.
  private func avoidingAprilFirst(_ day: DayNumber) -> DayNumber {
    calendar.number(day) % 10_000 == 401 ? day + 1 : day
  }
}

/// The roles of a city's first vehicles.
enum VehicleRole: CaseIterable {
  /// First inspected in March and in April of 2006: 重課 in FY2019, and not yet.
  case march2006, april2006
  /// A hybrid and a gas car older than thirteen years, and a new electric one.
  case hybrid, gas, electric
  /// Only the year of the first inspection is known.
  case yearOnly
  case leased, sold, scrapped, unpaid, held, forSale, relieved, scooter, motorcycle, march2015, april2015, business
  case businessTruck, threeWheeler

  var type: Int? {
    switch self {
    case .scooter: 1
    case .motorcycle: 22
    case .gas, .leased: 43
    case .business: 42
    case .businessTruck: 44
    case .threeWheeler: 31
    default: 41
    }
  }

  func cast(_ vehicle: inout Vehicle) {
    vehicle.fuel = 1
    switch self {
    case .march2006: vehicle.first = 2006_03
    case .april2006: vehicle.first = 2006_04
    case .hybrid: (vehicle.first, vehicle.fuel) = (2004_05, 4)
    case .gas: (vehicle.first, vehicle.fuel) = (2004_02, 5)
    case .electric: (vehicle.first, vehicle.fuel, vehicle.displacement) = (2018_09, 3, 4_700)
    case .yearOnly: vehicle.first = 2002_00
    case .held: vehicle.state = 2
    case .forSale: vehicle.state = 4
    case .relieved: (vehicle.first, vehicle.reliefYear) = (2010_05, 2019)
    case .sold, .scrapped, .unpaid, .leased: vehicle.first = 2007_10
    case .march2015: vehicle.first = 2015_03
    case .april2015: vehicle.first = 2015_04
    case .businessTruck: vehicle.first = 2003_11
    case .threeWheeler: vehicle.first = 2012_06
    case .scooter, .motorcycle, .business: break
    }
  }
}
