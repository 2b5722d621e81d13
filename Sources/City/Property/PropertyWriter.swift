import Base
import Charset
import Copybook
import Decode

/// Writes KTDAICHO (固定資産税・都市計画税): land, houses and equipment of each year by 物件番号, then the bills of each year,
/// then the co-owners of each year.
struct PropertyWriter {
  private(set) var cadastre: Cadastre
  let calendar: CityCalendar
  let words: Lexicon
  let seed: UInt64
  let land: KindWriter
  let buildings: KindWriter
  let equipment: KindWriter
  let bills: KindWriter
  let shares: KindWriter
  private let landSlots: (PropertySlots, ParcelSlots)
  private let buildingSlots: (PropertySlots, HouseSlots)
  private let equipmentSlots: (PropertySlots, EquipmentSlots)
  private let billSlots: (PropertySlots, BillSlots)
  private let shareSlots: (PropertySlots, ShareSlots)
  private(set) var assessed = InstalmentTable(CityFacts.Assessed())
  /// Trailer totals: Σ of values and Σ of bases of the property, Σ NENZEI of the bills.
  private(set) var totals: [Int64] = [0, 0, 0]

  enum Pass {
    case things(Int), bills(Int), shares(Int)

    static var all: [Pass] {
      Cadastre.years.map { .things($0) } + Cadastre.years.map { .bills($0) } + Cadastre.years.map { .shares($0) }
    }
  }

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, plan: CityPlan, calendar: CityCalendar
  ) throws(Diagnostic) {
    self.calendar = calendar
    self.words = words
    seed = plan.seed
    cadastre = Cadastre(plan: plan, calendar: calendar)
    let (office, _) = characters.encode(.single, "ZEI")
    func writer(_ kind: Int) -> KindWriter {
      KindWriter(kind, layout: layout, choosing: ["KT-BODY-\(kind)"], characters: characters)
    }
    (land, buildings, equipment) = (writer(10), writer(20), writer(30))
    (bills, shares) = (writer(40), writer(50))
    landSlots = (try PropertySlots(land, department: office), try ParcelSlots(land))
    buildingSlots = (try PropertySlots(buildings, department: office), try HouseSlots(buildings))
    equipmentSlots = (try PropertySlots(equipment, department: office), try EquipmentSlots(equipment))
    billSlots = (try PropertySlots(bills, department: office), try BillSlots(bills))
    shareSlots = (try PropertySlots(shares, department: office), try ShareSlots(shares))
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    cadastre.derive(block)
    for estate in cadastre.estates {
      switch pass {
      case .things(let year):
        for index in estate.parcels { try writeLand(cadastre.parcels[index], estate, year, file) }
        for index in estate.houses where cadastre.houses[index].isThere(in: year) {
          try write(cadastre.houses[index], estate, year, file)
        }
        if let equipment = estate.equipment { try write(equipment, estate, year, file) }
      case .bills(let year) where estate.isThere(cadastre, year): try writeBills(estate, block, year, file)
      case .shares(let year) where estate.isThere(cadastre, year):
        for index in estate.shares { try write(cadastre.shares[index], estate, block, year, file) }
      case .bills, .shares: break
      }
    }
  }

  /// A row's place in the history.
  private struct Version {
    var number = 1
    var of = 1
    /// 異動事由 00 当初, 40 新築, 70 更正, and its day.
    var reason = 0
    var day: DayNumber
    /// The day on which the row was made.
    var made: DayNumber

    var isLatest: Bool { number == of }

    init(_ year: Int, made month: Int, _ dayOfMonth: Int, _ calendar: CityCalendar) {
      day = CityCalendar.day(year, 1, 1)
      made = calendar.open(CityCalendar.day(year, month, dayOfMonth))
    }

    mutating func correct() {
      (number, of, reason) = (2, 2, 70)
      day = Cadastre.corrected
      made = Cadastre.corrected
    }
  }

  private func begin(
    _ slots: PropertySlots, _ writer: KindWriter, _ estate: Estate, _ year: Int, thing: Int, sharing: Int,
    _ version: Version
  ) throws(Diagnostic) -> RecordMark {
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    let packedYear = CityCalendar.packedYear(year)
    try writer.set(slots.assessed, packedYear)
    try writer.set(slots.belongs, packedYear)
    try writer.set(slots.owner, estate.owner)
    try writer.set(slots.thing, thing)
    try writer.set(slots.history, version.number)
    writer.code(slots.latest, version.isLatest ? 1 : 0)
    writer.code(slots.sharing, sharing)
    writer.code2(slots.reason, version.reason)
    try writer.set(slots.day, calendar.packed(version.day))
    var draw = Draw(seed, .property, estate.owner, year * 100 + writer.kind + thing % 8 + version.number * 7)
    try slots.stamp.put(writer, &draw, on: calendar.packed(version.made))
    var mark = RecordMark()
    (mark.year, mark.assessed) = (year, packedYear)
    mark.isLatest = version.isLatest
    mark.number = estate.owner
    mark.notice = Int64(thing)
    (mark.version, mark.versions) = (version.number, version.of)
    return mark
  }

  // MARK: property

  private mutating func writeLand(
    _ parcel: Parcel, _ estate: Estate, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    var version = Version(year, made: 4, 2, calendar)
    guard parcel.isCorrected, year == 2019 else { return try write(parcel, parcel, estate, year, version, file) }
    version.of = 2
    try write(parcel.beforeCorrection, parcel, estate, year, version, file)
    version.correct()
    try write(parcel, parcel, estate, year, version, file)
  }

  private mutating func write(
    _ parcel: Parcel, _ recorded: Parcel, _ estate: Estate, _ year: Int, _ version: Version, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = landSlots
    let writer = land
    let thing = cadastre.number(estate, parcel.slot)
    let sharing = parcel.share > 0 ? 2 : estate.isShared ? 1 : 0
    var mark = try begin(common, writer, estate, year, thing: thing, sharing: sharing, version)
    var draw = Draw(seed, .property, thing, 5)
    try writer.set(own.town, (1 + draw.below(13)) * 1_000 + 1 + draw.below(5))
    try writer.set(own.lot, 101 + draw.below(2_900))
    if draw.chance(200) { try writer.set(own.branch, 1 + draw.below(60)) }
    writer.code2(own.registered, parcel.category.registered)
    writer.code2(own.actual, parcel.category.actual)
    try writer.set(own.registeredArea, parcel.whole)
    try writer.set(own.actualArea, parcel.whole)
    try writer.set(own.valued, year == 2017 ? 427 : 430)
    try writer.set(own.value, parcel.value)
    try writer.set(own.small, parcel.area.small)
    try writer.set(own.general, parcel.area.general)
    try writer.set(own.other, parcel.area.other)
    try writer.set(own.dwellings, parcel.dwellings)
    // The wrong version is independent: its level never moved.
    let levels = parcel.levels(in: version.isLatest ? year : 2017)
    let regular = parcel.regular
    let base = (tax: regular.tax / 100 * levels.now, planning: regular.planning / 100 * levels.now)
    try writer.set(own.last, regular.tax / 100 * levels.last)
    try writer.set(own.lastPlanning, regular.planning / 100 * levels.last)
    try writer.set(own.regular, regular.tax)
    try writer.set(own.regularPlanning, regular.planning)
    try writer.set(own.level, parcel.isExempt ? 0 : levels.last * 100)
    try writer.set(own.base, base.tax)
    try writer.set(own.planningBase, base.planning)
    writer.code(own.exempt, parcel.isExempt ? 1 : 0)
    try writer.set(own.relief, parcel.relief)
    writer.code(own.zone, parcel.isOutside ? 2 : 1)
    try writer.set(own.numerator, parcel.share > 0 ? parcel.share : 1)
    try writer.set(own.denominator, parcel.share > 0 ? 100_000 : 1)
    mark.amount = base.tax
    mark.method = parcel.isHousing ? 1 : 2
    mark.month = levels.last
    if parcel.isExempt { mark.traits.insert(.exempt) }
    if parcel.isOutside { mark.cases.insert(.landOutside) }
    try file.emit(writer, mark)
    totals[0] += Int64(parcel.value)
    totals[1] += Int64(base.tax)
  }

  private mutating func write(
    _ house: House, _ estate: Estate, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = buildingSlots
    let writer = buildings
    let thing = cadastre.number(estate, house.slot)
    var version = Version(year, made: 4, 2, calendar)
    if house.built >= (year - 1) * 100 + 1 { version.reason = 40 }
    var mark = try begin(
      common, writer, estate, year, thing: thing, sharing: estate.isShared ? 1 : 0, version)
    var draw = Draw(seed, .property, thing, 6)
    try writer.set(own.town, (1 + draw.below(13)) * 1_000 + 1 + draw.below(5))
    let end = writer.digits(101 + draw.below(2_900), own.registered, at: 0)
    writer.encoder.set(own.registered, byte: words.hyphen, at: end)
    _ = writer.digits(1 + draw.below(40), own.registered, at: end + 1)
    try writer.set(own.building, house.parent < 0 ? 1 : 2)
    writer.code2(own.kind, house.kind)
    writer.code2(own.structure, house.structure)
    writer.code2(own.roof, 2)
    try writer.set(own.floors, house.floors)
    try writer.set(own.built, packedMonth(house.built))
    try writer.set(own.area, house.area)
    let value = house.value(in: year)
    try writer.set(own.points, value / 100)
    try writer.set(own.value, value)
    try writer.set(own.base, value)
    try writer.set(own.planningBase, value)
    let reduction = house.reduction(in: year)
    writer.code(own.reductionKind, reduction > 0 ? house.reduction : 0)
    if reduction > 0 { try writer.set(own.reducedUntil, CityCalendar.packedYear(house.reducedUntil)) }
    try writer.set(own.reduction, reduction)
    writer.code(own.isExtension, house.parent < 0 ? 0 : 1)
    if house.parent >= 0 { try writer.set(own.parent, cadastre.number(estate, house.parent)) }
    writer.code(own.exempt, 0)
    mark.amount = value
    if house.parent >= 0 {
      mark.traits.insert(.extended)
      mark.cases.insert(.buildingExtended)
    }
    if reduction > 0 {
      mark.traits.insert(.reduced)
      mark.cases.insert(.newHouse)
    }
    try file.emit(writer, mark)
    totals[0] += Int64(value)
    totals[1] += Int64(value)
  }

  private mutating func write(
    _ things: Equipment, _ estate: Estate, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = equipmentSlots
    let writer = equipment
    let thing = cadastre.number(estate, things.slot)
    let version = Version(year, made: 2, 20, calendar)
    var mark = try begin(common, writer, estate, year, thing: thing, sharing: 0, version)
    var draw = Draw(seed, .property, thing, year)
    var code = Draw(seed, .property, thing, 8)
    try writer.set(own.code, code.below(99_999_999))
    var (prices, values) = (0, 0)
    for kind in 0..<6 where things.prices[kind] > 0 {
      let value = things.value(kind, in: year)
      try writer.set(own.price, kind, Int64(things.prices[kind]))
      try writer.set(own.value, kind, Int64(value))
      try writer.set(own.base, kind, Int64(value))
      prices += things.prices[kind]
      values += value
    }
    try writer.set(own.prices, prices)
    try writer.set(own.values, values)
    try writer.set(own.bases, values)
    try writer.set(own.declared, calendar.packed(CityCalendar.day(year, 1, 8) + draw.below(24)))
    writer.code(own.declaration, 1)
    mark.amount = values
    try file.emit(writer, mark)
    totals[0] += Int64(values)
    totals[1] += Int64(values)
  }

  // MARK: bills

  private mutating func writeBills(
    _ estate: Estate, _ block: Block, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let notice = NoticeNumbers.property(block.index, estate.index, year)
    var version = Version(year, made: 4, 20, calendar)
    if estate.isCorrected(cadastre, year) {
      version.of = 2
      try write(PropertyBill(estate, in: cadastre, year, isFirst: true), estate, notice, year, version, file)
      version.correct()
    }
    try write(PropertyBill(estate, in: cadastre, year), estate, notice, year, version, file)
  }

  private mutating func write(
    _ bill: PropertyBill, _ estate: Estate, _ notice: Int64, _ year: Int, _ version: Version, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = billSlots
    let writer = bills
    var mark = try begin(common, writer, estate, year, thing: 0, sharing: estate.isShared ? 1 : 0, version)
    try writer.set(own.notice, notice)
    try put(bill, own, writer)
    let (first, other) = bill.instalments
    let tax = estate.tax(cadastre, year)
    let dates = PropertyBill.due(year, calendar)
    let isCorrected = version.number == 2
    for entry in 0..<4 {
      let amount = entry == 0 ? first : other
      guard amount > 0 else { continue }
      let code = InstalmentCode(number: entry + 1)
      let due = estate.printedDue(dates[entry], entry, year, isCorrected: isCorrected, calendar)
      writer.code(own.code, entry, code)
      try writer.set(own.due, entry, due)
      try writer.set(own.amount, entry, Int64(amount))
      if due >= 431_0501, due < 500_0000 { file.noteAlias() }
      guard version.isLatest else { continue }
      assessed[tax, year, code].count += 1
      assessed[tax, year, code].sum += Int64(amount)
    }
    if !estate.shares.isEmpty {
      try writer.set(own.owners, estate.shares.count)
      mark.traits.insert(.shared)
      mark.cases.insert(.shared)
    }
    mark.notice = notice
    (mark.amount, mark.tax) = (bill.total, tax)
    if bill.isBelow.land || bill.isBelow.house || bill.isBelow.assets { mark.traits.insert(.below) }
    if mark.traits.contains(.below) { mark.cases.insert(.belowLimit) }
    if bill.land.tax == PropertyTax.limits.land {
      mark.traits.insert(.atLimit)
      mark.cases.insert(.atLimit)
    }
    if other > 0 { mark.traits.insert(.fourParts) }
    if first != other { mark.traits.insert(.uneven) }
    if bill.parcels > 1, bill.land.tax % 1_000 > 0 || bill.house.tax % 1_000 > 0 { mark.traits.insert(.manyThings) }
    try file.emit(writer, mark)
    totals[2] += Int64(bill.total)
  }

  private func put(_ bill: PropertyBill, _ own: BillSlots, _ writer: KindWriter) throws(Diagnostic) {
    try writer.set(own.land, bill.land.tax)
    try writer.set(own.house, bill.house.tax)
    try writer.set(own.assets, bill.assets)
    try writer.set(own.base, bill.base)
    try writer.set(own.landPlanning, bill.land.planning)
    try writer.set(own.housePlanning, bill.house.planning)
    try writer.set(own.planningBase, bill.planningBase)
    writer.code(own.landBelow, bill.isBelow.land ? 1 : 0)
    writer.code(own.houseBelow, bill.isBelow.house ? 1 : 0)
    writer.code(own.assetsBelow, bill.isBelow.assets ? 1 : 0)
    try writer.set(own.gross, bill.gross)
    try writer.set(own.reduction, bill.reduction)
    try writer.set(own.relief, bill.relief)
    try writer.set(own.tax, bill.tax)
    try writer.set(own.planning, bill.planning)
    try writer.set(own.total, bill.total)
    try writer.set(own.parcels, bill.parcels)
    try writer.set(own.houses, bill.houses)
  }

  private func write(
    _ share: OwnershipShare, _ estate: Estate, _ block: Block, _ year: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = shareSlots
    let writer = shares
    let version = Version(year, made: 4, 2, calendar)
    var mark = try begin(common, writer, estate, year, thing: 0, sharing: 1, version)
    try writer.set(own.representative, estate.owner)
    try writer.set(own.owner, share.number)
    try writer.set(own.numerator, share.numerator)
    try writer.set(own.denominator, share.denominator)
    mark.amount = share.denominator
    mark.notice = Int64(share.number)
    if share.number == estate.owner { mark.traits.insert(.shared) }
    if let person = CollectionWriter.person(share.number, block), share.number != estate.owner,
      block.households[person.household].protection > 0
    {
      mark.traits.insert(.protected)
    }
    try file.emit(writer, mark)
  }

  private func packedMonth(_ month: Int) -> Int64 {
    let (year, ordinal) = (month / 100, month % 100)
    if month < 1989_02 { return Int64(30_000 + (year - 1925) * 100 + ordinal) }
    return Int64(40_000 + (year - 1988) * 100 + ordinal)
  }
}
