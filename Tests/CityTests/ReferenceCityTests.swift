import Foundation
import Testing

@Suite struct ReferenceCityTests {
  /// The same validator over a city that another program generated: its rules are those of the documents, not those of
  /// the generator.
  @Test func theValidatorFindsTheReferenceCityClean() throws {
    let folder = CityWorkshop.root + "/../shared/domain/city-300"
    guard FileManager.default.fileExists(atPath: folder + "/SNCHOTEI.dat") else {
      print("NOT RUN: the reference city is not here; the validator's rules are checked against our own cities only")
      return
    }
    let findings = try CityWorkshop.validate(folder)
    let isClean = findings.isEmpty
    #expect(isClean, "\(findings.count): \(findings.prefix(30))")
  }
}
