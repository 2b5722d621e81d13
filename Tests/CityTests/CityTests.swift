import Base
import City
import Foundation
import Testing

@Suite struct CityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let residents: Int
    let seed: UInt64
    var testDescription: String { "\(residents) residents, seed \(seed)" }
  }

  @Test(arguments: [
    Case(residents: 100, seed: 1), Case(residents: 100, seed: 2), Case(residents: 300, seed: 3),
    Case(residents: 300, seed: 20_191_201), Case(residents: 2_000, seed: 4), Case(residents: 2_001, seed: 5),
  ])
  func aCityIsConsistentByEveryRule(_ city: Case) throws {
    let plan = CityPlan(residents: city.residents, seed: city.seed)
    try CityWorkshop.withCity(plan) { folder, facts in
      let findings = try CityWorkshop.validate(folder)
      let isClean = findings.isEmpty
      #expect(isClean, "\(findings.count): \(findings.prefix(20))")
      #expect(facts.cross.residentsNow == city.residents)
    }
  }
}

/// The guarantees of the generator beside consistency.
@Suite struct CityPromiseTests {
  private static let names = LegacyFile.lengths.keys.sorted().map { $0 + ".dat" } + ["facts.json"]

  private static func contents(_ plan: CityPlan) throws -> [Data] {
    try CityWorkshop.withCity(plan) { folder, _ in
      try names.map { try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)) }
    }
  }

  @Test func theSamePlanGivesTheSameBytes() throws {
    let first = try Self.contents(CityPlan(residents: 300, seed: 6, round: 2))
    let second = try Self.contents(CityPlan(residents: 300, seed: 6, round: 2))
    let other = try Self.contents(CityPlan(residents: 300, seed: 7, round: 2))
    #expect(first == second)
    let areAllOther = zip(first, other).allSatisfy { $0.0 != $0.1 }
    #expect(areAllOther)
  }

  @Test func theFactsAreWhatIsInTheFiles() throws {
    try CityWorkshop.withCity(CityPlan(residents: 300, seed: 8)) { folder, facts in
      #expect(facts.files.count == 9)
      for (name, known) in facts.files {
        let file = try LegacyFile(name, in: folder)
        #expect(file.count == known.recordsTotalWithHeaderTrailer)
        #expect(
          Dictionary(grouping: file.data, by: \.kind).mapValues(\.count)
            == Dictionary(uniqueKeysWithValues: known.rowsPerKind.map { ($0.key, $0.value) }))
        let numbers = Set(file.data.map { $0.zoned(CityValidator.numberOffsets[name]!, 10) })
        #expect(numbers.count == known.distinctAtena)
      }
      let claims = try LegacyFile("SNCHOTEI", in: folder).data.filter { $0.kind == "10" }
      #expect(
        claims.reduce(0) { $0 + ($1.packed(98, 6, signed: true) ?? 0) }
          == Int(facts.snchotei.moneySums["10/ENTAI"] ?? -1))
      for (key, value) in facts.cross.assessedByTaxYearInstalment {
        #expect(facts.cross.snByTaxYearInstalment[key]?.chotei == value.sum, "\(key)")
        #expect(facts.cross.snByTaxYearInstalment[key]?.claims == value.count, "\(key)")
      }
      #expect(facts.cross.assessedByTaxYearInstalment.count == facts.cross.snByTaxYearInstalment.count)
    }
  }

  @Test func theRareStatesAreInTheSmallestCity() throws {
    try CityWorkshop.withCity(CityPlan(residents: 100, seed: 9)) { folder, facts in
      #expect(facts.kjfuka.rowsWithNendo501 == 2)
      #expect(facts.cross.aliasDueRows > 0)
      #expect(facts.cross.protectedPersons >= 3)
      let collection = try LegacyFile("SNCHOTEI", in: folder).data
      let measures = Set(collection.filter { $0.kind == "40" }.map { $0.text(50, 2) })
      #expect(measures.isSuperset(of: ["70", "80"]))
      #expect(Set(collection.filter { $0.kind == "30" }.map { $0.text(50, 1) }) == ["1", "2"])
      #expect(Set(collection.filter { $0.kind == "20" }.map { $0.text(78, 1) }) == ["0", "1", "2"])
      #expect(collection.contains { $0.kind == "10" && ($0.packed(98, 6, signed: true) ?? 0) > 0 })
      let addresses = try LegacyFile("ATMAST", in: folder).data
      #expect(Set(addresses.map { $0.text(28, 1) }).isSuperset(of: ["1", "2", "3", "4", "9"]))
      #expect(addresses.contains { ($0.zoned(414, 10) ?? 0) > 0 })
    }
  }

  @Test(arguments: [(99, 1), (240_001, 1), (300, 0), (300, 1_000)])
  func aPlanOutOfRangeIsRefused(_ residents: Int, _ round: Int) {
    #expect(throws: Diagnostic.self) {
      try CityWorkshop.withCity(CityPlan(residents: residents, round: round)) { _, _ in }
    }
  }

  @Test func theFilesBelongToTheirOwnerAlone() throws {
    try CityWorkshop.withCity(CityPlan(residents: 100)) { folder, _ in
      for name in Self.names {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
    }
  }
}
