import Base
import City
import Testing

/// The city contains every lawful case that the pages name, so that the rules are tested on it.
@Suite struct CityCaseTests {
  @Test(arguments: [UInt64(1), 2, 20_191_201])
  func everyCaseOccursInACityOfTwoThousand(_ seed: UInt64) throws {
    try CityWorkshop.withCity(CityPlan(residents: 2_000, seed: seed)) { _, facts in
      let missing = CityCase.all.filter { facts.occurrences(of: $0) == 0 }.map(\.id)
      #expect(missing.isEmpty)
    }
  }

  @Test func everyCaseSaysWhatItIs() {
    #expect(Set(CityCase.all.map(\.id)).count == CityCase.all.count)
    #expect(Set(CityCase.all.map(\.title.ja)).count == CityCase.all.count)
    #expect(CityCase.all.allSatisfy { !$0.title.en.isEmpty && $0.title.ja != $0.title.en && !$0.page.isEmpty })
  }

  /// Counted again from the bytes, by the record descriptions.
  @Test func theCountsAreWhatIsInTheFiles() throws {
    try CityWorkshop.withCity(CityPlan(residents: 300, seed: 5)) { folder, facts in
      func count(_ file: String, _ kind: String, _ isExample: (LegacyRecord) -> Bool) throws -> Int {
        try LegacyFile(file, in: folder).data.filter { $0.kind == kind && isExample($0) }.count
      }
      func told(_ id: String) throws -> Int {
        facts.occurrences(of: try #require(CityCase.all.first { $0.id == id }))
      }
      let isBig: (LegacyRecord, Int) -> Bool = { ($0.packed($1, 4, signed: false) ?? 0) > 50 }
      let counted = [
        "landOutside": try count("KTDAICHO", "10") { $0.text(150, 1) == "2" },
        "negativeClaim": try count("HJSHINK", "20") { ($0.packed(142, 6, signed: true) ?? 0) < 0 },
        "turned75": try count("KKFUKA", "20") { $0.text(49, 1) == "1" && $0.text(72, 2) == "05" },
        "leftInYear": try count("KKFUKA", "20") { $0.text(49, 1) == "1" && ["01", "03"].contains($0.text(72, 2)) },
        "assessedLate": try count("KJFUKA", "10") {
          SlowCalendar.year($0.packed(3, 2, signed: false) ?? 0)
            > SlowCalendar.year($0.packed(5, 2, signed: false) ?? 0)
        },
      ]
      for (id, number) in counted { #expect(try told(id) == number, "\(id)") }
      let publicInterest = try count("HJSHINK", "10") { $0.text(52, 2) == "02" && isBig($0, 62) }
      #expect(publicInterest > 0)
    }
  }
}
