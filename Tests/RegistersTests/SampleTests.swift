import Base
import Ledger
import RegisterFixtures
import Registers
import Testing

/// 標本の大きさ, compared with sums of exact fractions; and the life of a sample.
@Suite struct SampleTests {
  struct Size: Sendable {
    let population: Int
    let confidence: Int
    let rate: Int
    let records: Int
  }

  @Test(arguments: [
    Size(population: 1, confidence: 9_500, rate: 100, records: 1),
    Size(population: 10, confidence: 9_500, rate: 100, records: 10),
    Size(population: 100, confidence: 9_500, rate: 100, records: 78),
    Size(population: 417, confidence: 9_500, rate: 100, records: 188),
    Size(population: 187, confidence: 9_900, rate: 50, records: 186),
    Size(population: 10_000, confidence: 9_500, rate: 100, records: 291),
    Size(population: 1_000_000, confidence: 9_500, rate: 100, records: 298),
    Size(population: 1_000_000, confidence: 9_990, rate: 10, records: 6_874),
    Size(population: 0, confidence: 9_500, rate: 100, records: 0),
  ]) func howManyRecords(_ row: Size) {
    let size = SampleSize(population: row.population, confidence: row.confidence)
    #expect(size.records(rate: row.rate) == row.records)
    guard row.population > 0 else { return }
    // The size and its result agree: with no wrong record, no more than the rate is wrong; one record fewer would not
    // suffice.
    #expect(size.mostWrong(drawn: row.records, different: 0) <= row.population * row.rate / 10_000)
    if row.records > 1, row.records < row.population {
      #expect(size.mostWrong(drawn: row.records - 1, different: 0) > row.population * row.rate / 10_000)
    }
  }

  @Test(arguments: [
    (100, 95, 0, 0), (1_000, 258, 0, 9), (1_000, 258, 1, 16), (1_000, 258, 3, 27), (417, 188, 0, 4), (10, 10, 2, 2),
  ])
  func howManyAreWrongAtMost(_ population: Int, _ drawn: Int, _ different: Int, _ most: Int) {
    #expect(SampleSize(population: population, confidence: 9_500).mostWrong(drawn: drawn, different: different) == most)
  }

  @Test func whoComparesDoesNotConfirm() throws {
    let office = try Office()
    defer { office.remove() }
    try office.enter(
      Sample.drawn(
        "S-0001", "F0", title: "題", population: 100, drawn: 2, rare: 1, confidence: 9_500, rate: 100, run: "0001",
        data: "sha256:d", list: "sha256:l", seed: "s", by: "山田", at: Moment.of(3)), at: Moment.of(3))
    func sample() throws -> Sample { try office.dossier().sample("S-0001") }
    let place = Place(record: "S-0001")
    #expect(throws: Diagnostic(.registerMissing, at: place, "compared")) {
      try sample().confirmed(by: "鈴木", at: Moment.of(4))
    }
    func compare(_ compared: Int, _ different: [Sample.Difference] = []) throws -> Amendment {
      try sample().compared(compared, different: different, among: [4, 7, 9], by: "山田", at: Moment.of(4))
    }
    #expect(throws: Diagnostic(.sampleIncomplete, at: place, "2", "3")) { try compare(2) }
    #expect(throws: Diagnostic(.registerUnknown, "5", "S-0001", "…")) { try compare(3, [.init(record: 5, note: "違う")]) }
    #expect(throws: Diagnostic(.registerMissing, at: Place(record: "S-0001 7"), "what differs")) {
      try compare(3, [.init(record: 7, note: "　")])
    }
    try office.enter(try compare(3, [.init(record: 7, note: "氏名が違う")]), at: Moment.of(4))
    #expect(throws: Diagnostic(.ledgerFourEyes, at: place, "山 田")) {
      try sample().confirmed(by: "山 田", at: Moment.of(5))
    }
    try office.enter(try sample().confirmed(by: "鈴木", at: Moment.of(5)), at: Moment.of(5))
    let found = try sample()
    #expect(found.isConfirmed && found.different == [.init(record: 7, note: "氏名が違う")] && found.mostWrong == 97)
    // A confirmed sample is not compared again: the mistake is withdrawn by name and reason, or another sample is
    // drawn.
    #expect(throws: Diagnostic(.registerTransition, at: place, "confirmed", "enter", "drawn, compared")) {
      try compare(3)
    }
    #expect(try office.ledger.read { try $0.verify() } == [])
  }
}
