import Base
import Charset
import Copybook
import Foundation

/// Writes the synthetic city 桜ヶ瀬市: nine files of its old system and facts.json.
///
/// ATMAST, KJFUKA and SNCHOTEI are always written. KESHARYO, HJSHINK, KTDAICHO, KKFUKA, NNSHIKAKU and TGRENKEI are
/// written when their layout is given; the taxes of a missing file are not collected either.
///
/// ```swift
/// let city = try CityGenerator(plan: CityPlan(residents: 20_000, seed: 7), layouts: layouts, characters: jef, closedDays: days)
/// let facts = try city.write(into: "/tmp/city")
/// ```
///
/// The same plan gives the same bytes on every machine. Memory does not grow with the residents: people are derived
/// again, block by block, for every pass that the order of a file requires.
package struct CityGenerator {
  private let plan: CityPlan
  private let layouts: [String: Layout]
  private let characters: Charset.CharacterSet
  private let words: Lexicon
  private let calendar: CityCalendar

  /// - Parameter closedDays: the days on which the city is closed beside weekends, as `YYYYMMDD`: those of the project,
  ///   so that the city's due dates are moved by the project's rules.
  /// - Throws: `city.plan` for a plan out of range, `city.layout` when one of ATMAST, KJFUKA, SNCHOTEI and CT is
  ///   missing, `encode.character` when the character set lacks a word of the city.
  package init(
    plan: CityPlan, layouts: [String: Layout], characters: Charset.CharacterSet, closedDays: Set<Int64>
  ) throws {
    try plan.check()
    for name in ["ATMAST", "KJFUKA", "SNCHOTEI", "CT"] where layouts[name] == nil {
      throw Diagnostic(.cityLayout, name)
    }
    self.plan = plan
    self.layouts = layouts
    self.characters = characters
    words = try Lexicon(characters)
    calendar = CityCalendar(closedDays: closedDays)
  }

  /// Writes the files into `directory`, which must exist; files of these names are replaced.
  ///
  /// - Parameter progress: called about every 20,000 records with the number written since the last call.
  /// - Throws: `city.write` when the disk refuses, `city.defect` when no record is suitable for a defect.
  @discardableResult
  package func write(into directory: String, progress: ((Int) -> Void)? = nil) throws -> CityFacts {
    var facts = CityFacts()
    facts.residents = plan.residents
    facts.seed = plan.seed
    let planter = DefectPlanter(plan)
    let assessor = Assessor(plan: plan, calendar: calendar)
    try writeAddressMaster(directory, planter, progress, &facts)
    try writeResidentTax(directory, assessor, planter, progress, &facts)
    try writeVehicles(directory, planter, progress, &facts)
    try writeCorporateTax(directory, planter, progress, &facts)
    try writeProperty(directory, planter, progress, &facts)
    try writeHealth(directory, assessor, planter, progress, &facts)
    try writePensions(directory, assessor, planter, progress, &facts)
    try writeLinks(directory, planter, progress, &facts)
    try writeCollection(directory, assessor, planter, progress, &facts)
    try planter.finish()
    facts.planted = planter.planted
    try save(facts, in: directory)
    return facts
  }

  private func file(
    _ name: String, _ system: String, _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?
  ) throws -> (LegacyFileWriter, Layout) {
    guard let layout = layouts[name], let control = layouts["CT"] else { throw Diagnostic(.cityLayout, name) }
    let file = try LegacyFileWriter(
      name, system: system, in: directory, layout: layout, control: control, characters: characters,
      numbers: plan.blocks * CityPlan.blockNumbers, planter: planter, progress: progress)
    try file.putHeader(plan)
    return (file, layout)
  }

  private func writeAddressMaster(
    _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?, _ facts: inout CityFacts
  ) throws {
    let (file, layout) = try file("ATMAST", "AT", directory, planter, progress)
    var writer = try AddressMasterWriter(
      layout: layout, characters: characters, words: words, calendar: calendar, seed: plan.seed)
    file.add([writer.persons, writer.outsiders, writer.corporations, writer.mailings])
    var corporations = 0
    try walk([()]) { _, block in
      corporations += block.corporations.count
      try writer.write(block, to: file)
    }
    facts.atmast = try close(file, [0, 0, 0], planter)
    facts.cross.distinctCorporationsAT = corporations
    facts.cross.distinctPersonsAT = facts.atmast.distinctAtena - corporations
    facts.cross.residentsNow = writer.residents
    facts.cross.protectedPersons = writer.protected
  }

  private func writeResidentTax(
    _ directory: String, _ assessor: Assessor, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?,
    _ facts: inout CityFacts
  ) throws {
    let (file, layout) = try file("KJFUKA", "KJ", directory, planter, progress)
    var writer = try ResidentTaxWriter(layout: layout, characters: characters, assessor: assessor)
    file.add([writer.byInstalment, writer.fromSalary, writer.documents])
    try walk(ResidentTaxWriter.Pass.all) { pass, block in try writer.write(pass, block, to: file) }
    facts.kjfuka = try close(file, writer.totals, planter)
    facts.cross.kjTaxpayersFY2019 = writer.taxpayers
    facts.cross.kjTwoRowPersonsFY2019 = writer.doubled
    facts.cross.aliasDueRows += file.aliasDues
    note(writer.assessed, &facts)
  }

  // MARK: files that may be left out

  private func writeVehicles(
    _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?, _ facts: inout CityFacts
  ) throws {
    guard layouts["KESHARYO"] != nil else { return }
    let (file, layout) = try file("KESHARYO", "KE", directory, planter, progress)
    var writer = try VehicleWriter(
      layout: layout, characters: characters, words: words, plan: plan, calendar: calendar)
    file.add([writer.small, writer.large, writer.taxes])
    try walk(VehicleWriter.Pass.all) { pass, block in try writer.write(pass, block, to: file) }
    facts.kesharyo = try close(file, writer.totals, planter)
    facts.cross.aliasDueRows += file.aliasDues
    note(writer.assessed, &facts)
  }

  private func writeCorporateTax(
    _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?, _ facts: inout CityFacts
  ) throws {
    guard layouts["HJSHINK"] != nil else { return }
    let (file, layout) = try file("HJSHINK", "HJ", directory, planter, progress)
    var writer = try CorporateTaxWriter(layout: layout, characters: characters, plan: plan, calendar: calendar)
    file.add([writer.ledgers, writer.returns])
    try walk([()]) { _, block in try writer.write(block, to: file) }
    facts.hjshink = try close(file, writer.totals, planter)
    note(writer.assessed, &facts)
  }

  private func writeProperty(
    _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?, _ facts: inout CityFacts
  ) throws {
    guard layouts["KTDAICHO"] != nil else { return }
    let (file, layout) = try file("KTDAICHO", "KT", directory, planter, progress)
    var writer = try PropertyWriter(
      layout: layout, characters: characters, words: words, plan: plan, calendar: calendar)
    file.add([writer.land, writer.buildings, writer.equipment, writer.bills, writer.shares])
    try walk(PropertyWriter.Pass.all) { pass, block in try writer.write(pass, block, to: file) }
    facts.ktdaicho = try close(file, writer.totals, planter)
    facts.cross.aliasDueRows += file.aliasDues
    note(writer.assessed, &facts)
  }

  private func writeHealth(
    _ directory: String, _ assessor: Assessor, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?,
    _ facts: inout CityFacts
  ) throws {
    guard layouts["KKFUKA"] != nil else { return }
    let (file, layout) = try file("KKFUKA", "KK", directory, planter, progress)
    var writer = try HealthWriter(layout: layout, characters: characters, words: words, assessor: assessor)
    file.add([writer.bills, writer.insured])
    try walk(HealthWriter.Pass.all) { pass, block in try writer.write(pass, block, to: file) }
    facts.kkfuka = try close(file, writer.totals, planter)
    note(writer.assessed, &facts)
  }

  private func writePensions(
    _ directory: String, _ assessor: Assessor, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?,
    _ facts: inout CityFacts
  ) throws {
    guard layouts["NNSHIKAKU"] != nil else { return }
    let (file, layout) = try file("NNSHIKAKU", "NN", directory, planter, progress)
    var writer = try PensionWriter(layout: layout, characters: characters, assessor: assessor)
    file.add([writer.memberships, writer.exemptions, writer.extras, writer.forms])
    try walk([()]) { _, block in try writer.write(block, to: file) }
    facts.nnshikaku = try close(file, [0, 0, 0], planter)
  }

  private func writeLinks(
    _ directory: String, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?, _ facts: inout CityFacts
  ) throws {
    guard layouts["TGRENKEI"] != nil else { return }
    let (file, layout) = try file("TGRENKEI", "TG", directory, planter, progress)
    var writer = try PersonLinkWriter(
      layout: layout, characters: characters, words: words, plan: plan, calendar: calendar)
    file.add([writer.links, writer.changes])
    for pass in PersonLinkWriter.Pass.all {
      try walk([pass]) { pass, block in try writer.write(pass, block, to: file) }
      try writer.finish(pass, file)
    }
    facts.tgrenkei = try close(file, [0, 0, 0], planter)
  }

  /// Every block, once for each pass.
  private func walk<Pass>(_ passes: [Pass], _ body: (Pass, Block) throws -> Void) throws {
    var block = Block(plan: plan, calendar: calendar)
    for pass in passes {
      for index in 0..<plan.blocks {
        block.derive(index)
        try body(pass, block)
      }
    }
  }

  private func close(_ file: LegacyFileWriter, _ totals: [Int64], _ planter: DefectPlanter) throws -> CityFacts.File {
    try file.putTrailer(totals)
    try planter.finish(file.name)
    return file.facts(totals)
  }

  private func note(_ assessed: InstalmentTable<CityFacts.Assessed>, _ facts: inout CityFacts) {
    for (key, value) in assessed.named where value.count > 0 || value.sum > 0 {
      facts.cross.assessedByTaxYearInstalment[key] = value
    }
  }

  /// 税目 whose assessments are among the files.
  private var taxes: Set<Int> {
    var taxes: Set<Int> = [1, 2, 3]
    if layouts["HJSHINK"] != nil { taxes.insert(10) }
    if layouts["KTDAICHO"] != nil { taxes.formUnion([20, 21]) }
    if layouts["KESHARYO"] != nil { taxes.insert(30) }
    if layouts["KKFUKA"] != nil { taxes.insert(40) }
    return taxes
  }

  private func writeCollection(
    _ directory: String, _ assessor: Assessor, _ planter: DefectPlanter, _ progress: ((Int) -> Void)?,
    _ facts: inout CityFacts
  ) throws {
    let (file, layout) = try file("SNCHOTEI", "SN", directory, planter, progress)
    var writer = try CollectionWriter(
      layout: layout, characters: characters, words: words, assessor: assessor, taxes: taxes)
    let claims = writer.claims
    file.add([claims.claims, claims.receipts, claims.refunds, claims.enforcements, writer.accounts])
    try walk(CollectionWriter.Pass.all(taxes)) { pass, block in try writer.write(pass, block, to: file) }
    facts.snchotei = try close(file, writer.claims.totals, planter)
    facts.cross.aliasDueRows += file.aliasDues
    for (key, value) in writer.claims.collected.named where value.claims > 0 {
      facts.cross.snByTaxYearInstalment[key] = value
      // 特徴 is assessed per person and claimed per employer: the sum is the assessments', the count the claims'.
      if key.hasPrefix("02/") { facts.cross.assessedByTaxYearInstalment[key]?.count = value.claims }
    }
  }

  private func save(_ facts: CityFacts, in directory: String) throws {
    let path = directory + "/facts.json"
    let data = try facts.json()
    let isMade = FileManager.default.createFile(
      atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    guard isMade else { throw Diagnostic(.cityWrite, path, "createFile") }
  }
}
