import City
import Evidence
import Foundation
import Testing

@Suite struct DefectTests {
  /// Sabotage: each defect alone, on a city that is clean without it.
  @Test(arguments: PlantedDefect.catalog.map(\.id))
  func aDefectChangesWhatItNamesAndIsFound(_ id: String) throws {
    let defect = try #require(PlantedDefect.named(id))
    let clean = try CityWorkshop.withCity(CityPlan(residents: 300, seed: 11)) { folder, _ in
      try LegacyFile(defect.file, in: folder)
    }
    try CityWorkshop.withCity(CityPlan(residents: 300, seed: 11, defects: [defect])) { folder, facts in
      let spoilt = try LegacyFile(defect.file, in: folder)
      let named = Set(facts.planted.filter { $0.id == id }.map(\.record))
      #expect(!named.isEmpty)
      let changed = Self.changes(clean, spoilt)
      #expect(changed.isSubset(of: named), "changed \(changed), named \(named)")
      #expect(!changed.isEmpty)
      let findings = try CityWorkshop.validate(folder)
      let isFound = !findings.isEmpty
      #expect(isFound)
    }
  }

  /// Physical records (from 1, as the spoilt file counts them) in which two files differ; a record left out or added
  /// counts once.
  private static func changes(_ clean: LegacyFile, _ spoilt: LegacyFile) -> Set<Int> {
    var changed: Set<Int> = []
    var (left, right) = (0, 0)
    while left < clean.count || right < spoilt.count {
      let one = left < clean.count ? Array(clean[left].bytes) : []
      let other = right < spoilt.count ? Array(spoilt[right].bytes) : []
      if one != other {
        changed.insert(min(left, right) + 1)
        if clean.count > spoilt.count, left == right { left += 1; continue }
        if clean.count < spoilt.count, left == right {
          // The copy follows the record it was made from.
          changed.remove(right + 1)
          changed.insert(right)
          right += 1
          continue
        }
      }
      left += 1
      right += 1
    }
    return changed
  }

  @Test func aDefectWithoutARecordIsRefused() throws {
    let words = PlantedDefect.catalog.map(\.description)
    #expect(words.allSatisfy { !$0.ja.isEmpty && !$0.en.isEmpty })
    #expect(Set(PlantedDefect.catalog.map(\.id)).count == PlantedDefect.catalog.count)
  }

  @Test func severalDefectsGoTogether() throws {
    let plan = CityPlan(residents: 2_000, seed: 12, defects: PlantedDefect.catalog)
    try CityWorkshop.withCity(plan) { _, facts in
      #expect(Set(facts.planted.map(\.id)) == Set(PlantedDefect.catalog.map(\.id)))
    }
  }
}
