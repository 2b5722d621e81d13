import Base
import City
import Foundation
import Testing

@Suite struct DefectTests {
  private static let plan = CityPlan(residents: 100, seed: 11)

  /// The clean city, generated once, with which every spoiled one is compared.
  private static let clean: [String: LegacyFile] = {
    let files = try? CityWorkshop.withCity(plan) { folder, _ in
      try LegacyFile.lengths.keys.map { try LegacyFile($0, in: folder) }
    }
    return Dictionary(uniqueKeysWithValues: (files ?? []).map { ($0.name, $0) })
  }()

  /// Files that are irrelevant to a defect of a file: a smaller city shows it sooner.
  private static func needless(_ file: String) -> Set<String> {
    let always: Set = ["ATMAST", "KJFUKA", "SNCHOTEI"]
    let optional = Set(LegacyFile.lengths.keys).subtracting(always)
    return file == "SNCHOTEI"
      ? [] : file == "ATMAST" ? optional.subtracting(["TGRENKEI"]) : optional.subtracting([file])
  }

  /// Sabotage: each defect alone, on a city that is clean without it.
  @Test(arguments: PlantedDefect.catalog.map(\.id))
  func aDefectChangesWhatItNamesAndIsFound(_ id: String) throws {
    let defect = try #require(PlantedDefect.named(id))
    let clean = try #require(Self.clean[defect.file])
    var plan = Self.plan
    plan.defects = [defect]
    try CityWorkshop.withCity(plan, without: Self.needless(defect.file)) { folder, facts in
      let spoilt = try LegacyFile(defect.file, in: folder)
      let named = Set(facts.planted.filter { $0.id == id }.map(\.record))
      #expect(!named.isEmpty)
      if clean.count == spoilt.count {
        // The trailer may follow.
        let changed = (0..<clean.count - 1).filter { clean[$0].bytes != spoilt[$0].bytes }.map { $0 + 1 }
        let isInPlace = Set(changed).isSubset(of: named)
        #expect(isInPlace, "changed \(changed.prefix(20)), named \(named.sorted().prefix(20))")
        let isChanged = !changed.isEmpty || clean.trailer.bytes != spoilt.trailer.bytes
        #expect(isChanged)
      }
      let findings = try CityWorkshop.validate(folder, stopsEarly: true)
      switch defect.expected {
      case .found:
        let isFound = !findings.isEmpty
        #expect(isFound)
      case .accepted:
        let isClean = findings.isEmpty
        #expect(isClean, "\(findings.prefix(5))")
      }
    }
  }

  /// A trailer that agrees with the data hides nothing: the defect is found by the rule that it breaks.
  @Test(arguments: ["D20-kt", "D25-sign", "D29-cancelled", "D31", "G03-kj", "G05-kk", "G15-ke", "D19-tg"])
  func theTrailerFollowsTheData(_ id: String) throws {
    guard let defect = PlantedDefect.named(id) else { return }
    var plan = Self.plan
    plan.defects = [defect]
    try CityWorkshop.withCity(plan, without: Self.needless(defect.file)) { folder, _ in
      let findings = try CityWorkshop.validate(folder)
      let ofTrailer = findings.filter { $0.rule.hasPrefix("C01-0") || $0.rule == "C02-01 total" }
      #expect(ofTrailer.isEmpty)
    }
  }

  @Test func everyDefectSaysWhatItIs() throws {
    let catalog = PlantedDefect.catalog
    #expect(catalog.allSatisfy { !$0.description.ja.isEmpty && !$0.description.en.isEmpty })
    #expect(Set(catalog.map(\.id)).count == catalog.count)
    #expect(catalog.allSatisfy { $0.listed == $0.id.hasPrefix("D") })
    #expect(Set(catalog.map(\.file)) == Set(LegacyFile.lengths.keys))
    // Every line of the list of dirty data, and at least thirty mutations of any legacy file.
    let listed = Set(catalog.filter(\.listed).map { String($0.id.prefix(3)) })
    #expect(listed == Set((1...40).map { $0 < 10 ? "D0\($0)" : "D\($0)" }))
    #expect(Set(catalog.filter { !$0.listed }.map { String($0.id.prefix(3)) }).count >= 30)
  }

  @Test func aDefectOfAFileThatIsNotWrittenIsRefused() throws {
    let defect = try #require(PlantedDefect.named("D24"))
    #expect(throws: Diagnostic.self) {
      try CityWorkshop.withCity(CityPlan(residents: 100, defects: [defect]), without: ["KESHARYO"]) { _, _ in }
    }
  }

  @Test func severalDefectsGoTogether() throws {
    // Defects that drop or double whole blocks would take the records of other defects.
    let defects = PlantedDefect.catalog.filter {
      !["G11", "G12", "G13", "G13-kt", "G14", "D39-twice"].contains($0.id)
    }
    let plan = CityPlan(residents: 2_000, seed: 12, defects: defects)
    try CityWorkshop.withCity(plan) { _, facts in
      #expect(Set(facts.planted.map(\.id)) == Set(defects.map(\.id)))
    }
  }
}
