import Base
import Charset
import Copybook
import Decode

/// Writes KESHARYO (軽自動車税): the vehicles by 軽自管理番号, then the assessments of each fiscal year.
struct VehicleWriter {
  private(set) var park: VehiclePark
  let calendar: CityCalendar
  let words: Lexicon
  let seed: UInt64
  let small: KindWriter
  let large: KindWriter
  let taxes: KindWriter
  private let smallSlots: (VehicleSlots, VehicleBodySlots)
  private let largeSlots: (VehicleSlots, VehicleBodySlots)
  private let taxSlots: (VehicleSlots, VehicleTaxSlots)
  private(set) var assessed = InstalmentTable(CityFacts.Assessed())
  /// Trailer totals: Σ NENZEI, Σ GEMMEN, Σ CHOTEI.
  private(set) var totals: [Int64] = [0, 0, 0]

  enum Pass {
    case vehicles
    case taxes(Int)

    static var all: [Pass] { [.vehicles] + VehiclePark.years.map { .taxes($0) } }
  }

  init(
    layout: Layout, characters: CharacterSet, words: Lexicon, plan: CityPlan, calendar: CityCalendar
  ) throws(Diagnostic) {
    self.calendar = calendar
    self.words = words
    seed = plan.seed
    park = VehiclePark(plan: plan, calendar: calendar)
    let (office, _) = characters.encode(.single, "SHM")
    small = KindWriter(10, layout: layout, choosing: ["KE-SHARYO-10-20"], characters: characters)
    large = KindWriter(20, layout: layout, choosing: ["KE-SHARYO-10-20"], characters: characters)
    taxes = KindWriter(30, layout: layout, choosing: ["KE-SHARYO-30"], characters: characters)
    smallSlots = (try VehicleSlots(small, department: office), try VehicleBodySlots(small))
    largeSlots = (try VehicleSlots(large, department: office), try VehicleBodySlots(large))
    taxSlots = (try VehicleSlots(taxes, department: office), try VehicleTaxSlots(taxes))
  }

  mutating func write(_ pass: Pass, _ block: Block, to file: LegacyFileWriter) throws(Diagnostic) {
    park.derive(block)
    for vehicle in park.vehicles {
      switch pass {
      case .vehicles:
        try write(vehicle, vehicle.owners.0, version: 1, file)
        if vehicle.isSold { try write(vehicle, vehicle.owners.1, version: 2, file) }
      case .taxes(let year):
        guard let tax = park.tax(vehicle, year) else { continue }
        try write(vehicle, tax, block, year, file)
      }
    }
  }

  private func begin(
    _ slots: VehicleSlots, _ writer: KindWriter, _ vehicle: Vehicle, _ owner: Int, version: Int, isLatest: Bool
  ) throws(Diagnostic) {
    writer.begin()
    writer.code2(slots.kind, writer.kind)
    try writer.set(slots.vehicle, vehicle.number)
    try writer.set(slots.history, version)
    writer.code(slots.latest, isLatest ? 1 : 0)
    try writer.set(slots.taxpayer, owner)
    try writer.set(slots.owner, owner)
    try writer.set(slots.user, owner)
    _ = try writer.text(slots.region, vehicle.isSmall ? words.plateCity : words.plateRegion)
    // 1…9999 repeats; the letter changes with each round, so that plates are unique.
    let serial = serial(vehicle)
    let round = vehicle.plate / 9_999 + serial % 11
    let kana = vehicle.isSmall ? round % 4 : 4 + round % (words.plateKana.count - 4)
    _ = try writer.text(slots.kana, words.plateKana[kana])
    try writer.set(slots.serial, serial)
    if vehicle.type > 30 {
      writer.code(slots.classification, serial % 3 == 0 ? 4 : 5)
      writer.code2(slots.classification, 80 + serial % 2, at: 1)
    }
    writer.code2(slots.type, vehicle.type)
  }

  private func serial(_ vehicle: Vehicle) -> Int { 1 + vehicle.plate * 7_919 % 9_999 }

  private func write(
    _ vehicle: Vehicle, _ owner: Vehicle.Owner, version: Int, _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let writer = vehicle.isSmall ? small : large
    let (common, own) = vehicle.isSmall ? smallSlots : largeSlots
    var mark = RecordMark()
    mark.isLatest = version == 2 || !vehicle.isSold
    try begin(common, writer, vehicle, owner.number, version: version, isLatest: mark.isLatest)
    var draw = Draw(seed, .vehicle, vehicle.number, 7)
    var end = try writer.text(own.chassis, words.chassis[draw.below(4)])
    end = writer.digits(10 + draw.below(980), own.chassis, at: end)
    writer.encoder.set(own.chassis, byte: words.hyphen, at: end)
    _ = writer.digits(1_000_000 + draw.below(8_900_000), own.chassis, at: end + 1)
    _ = try writer.text(own.name, words.vehicles[draw.below(words.vehicles.count)])
    end = try writer.text(own.model, words.models[draw.below(4)])
    writer.encoder.set(own.model, byte: words.hyphen, at: end)
    end = try writer.text(own.model, words.chassis[draw.below(4)], at: end + 1)
    _ = writer.digits(10 + draw.below(980), own.model, at: end)
    try writer.set(own.displacement, vehicle.displacement)
    writer.code(own.fuel, vehicle.fuel)
    writer.code(own.use, vehicle.type == 43 || vehicle.type == 44 ? 2 : 1)
    writer.code(own.service, vehicle.type == 42 || vehicle.type == 44 ? 2 : 1)
    try writer.set(own.first, packedMonth(vehicle.first))
    try writer.set(own.acquired, calendar.packed(owner.acquired))
    try writer.set(own.reported, calendar.packed(owner.reported))
    writer.code2(own.reason, version)
    let scrapped = mark.isLatest ? vehicle.scrapped : 0
    if scrapped > 0 {
      try writer.set(own.scrapped, calendar.packed(scrapped))
      writer.code2(own.scrapReason, 1)
    }
    writer.code(own.ownership, vehicle.ownership)
    mark.number = owner.number
    mark.notice = Int64(vehicle.number)
    (mark.version, mark.versions) = (version, vehicle.isSold ? 2 : 1)
    mark.month = vehicle.first
    (mark.method, mark.tax) = (vehicle.fuel, vehicle.type)
    if serial(vehicle) < 1_000 { mark.traits.insert(.leadingZero) }
    try common.stamp.put(writer, &draw, on: calendar.packed(max(owner.reported, scrapped)))
    try file.emit(writer, mark)
  }

  private mutating func write(
    _ vehicle: Vehicle, _ tax: (owner: Int, tier: VehicleTax.Tier, yen: Int, relief: Int), _ block: Block, _ year: Int,
    _ file: LegacyFileWriter
  ) throws(Diagnostic) {
    let (common, own) = taxSlots
    let writer = taxes
    try begin(common, writer, vehicle, tax.owner, version: 1, isLatest: true)
    let packedYear = CityCalendar.packedYear(year)
    let notice = NoticeNumbers.vehicle(block.index, vehicle.index, year)
    let claim = tax.yen - tax.relief
    try writer.set(own.assessed, packedYear)
    try writer.set(own.belongs, packedYear)
    try writer.set(own.notice, notice)
    writer.code(own.tier, tax.tier.rawValue)
    try writer.set(own.total, tax.yen)
    writer.code2(own.reliefKind, tax.relief > 0 ? 10 : 0)
    try writer.set(own.relief, tax.relief)
    try writer.set(own.claim, claim)
    writer.code(own.state, vehicle.state)
    if claim > 0 { try writer.set(own.due, Self.printedDue(vehicle, year, calendar)) }
    if claim > 0, year == 2019, Self.isPrintedEarly(vehicle) { file.noteAlias() }
    let isValid = vehicle.isInspected && vehicle.state == 1 && !park.isDefaulter(tax.owner)
    if isValid { try writer.set(own.certificate, calendar.packed(CityCalendar.day(year + 1, 5, 31))) }
    try writer.set(own.bulk, vehicle.bulk)
    var mark = RecordMark()
    (mark.year, mark.assessed) = (year, packedYear)
    mark.isLatest = true
    mark.number = tax.owner
    mark.notice = notice
    (mark.amount, mark.tax, mark.method) = (claim, vehicle.type, tax.tier.rawValue)
    mark.month = vehicle.first
    if vehicle.fuel == 4 { mark.traits.insert(.changed) }
    if park.isDefaulter(tax.owner) { mark.traits.insert(.unpaid) }
    var draw = Draw(seed, .vehicle, vehicle.number, year)
    try common.stamp.put(writer, &draw, on: calendar.packed(calendar.open(CityCalendar.day(year, 5, 7))))
    try file.emit(writer, mark)
    totals[0] += Int64(tax.yen)
    totals[1] += Int64(tax.relief)
    totals[2] += Int64(claim)
    guard claim > 0 else { return }
    assessed[30, year, InstalmentCode(number: 1)].count += 1
    assessed[30, year, InstalmentCode(number: 1)].sum += Int64(claim)
  }

  /// Most slips of FY2019 were printed before the new era had a name.
  private static func isPrintedEarly(_ vehicle: Vehicle) -> Bool { vehicle.plate % 4 != 1 }

  /// The end of May: for FY2019 printed as 4310531 on most slips.
  static func printedDue(_ vehicle: Vehicle, _ year: Int, _ calendar: CityCalendar) -> Int64 {
    let due = calendar.packed(calendar.open(CityCalendar.day(year, 5, 31)))
    return year == 2019 && isPrintedEarly(vehicle) ? due - 700_000 : due
  }

  private func packedMonth(_ month: Int) -> Int64 {
    guard month > 0 else { return 0 }
    let (year, ordinal) = (month / 100, month % 100)
    if year * 100 + ordinal >= 2019_05 { return Int64(50_000 + (year - 2018) * 100 + ordinal) }
    return Int64(40_000 + (year - 1988) * 100 + ordinal)
  }
}
