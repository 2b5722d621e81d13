import Records
import Testing

import Profile

@Suite struct FieldProfileTests {
  static func profile(_ numbers: [Int64?], faults: [Fault] = []) -> FieldProfile {
    let column = Column(.integer)
    for fault in faults { column.append(state: fault.rawValue) }
    for number in numbers { if let number { column.append(number) } else { column.appendNull() } }
    var profile = FieldProfile(name: "N", type: .integer)
    profile.add(column, record: 1)
    return profile
  }

  @Test func invalidIsNeitherNullNorAValue() {
    let profile = Self.profile([nil, 0, -5, 7, 7], faults: [.sign, .sign, .digit])
    #expect(profile.rows == 8)
    #expect(profile.filled == 4)
    #expect(profile.nulls == 1)
    #expect(profile.invalid == 3)
    #expect(profile.faults[.sign]?.count == 2)
    #expect(profile.faults[.digit]?.first == 3)
    #expect(profile.zeros == 1)
    #expect(profile.negatives == 1)
    #expect(profile.minimum == "-5")
    #expect(profile.maximum == "7")
    #expect(profile.sum == "9")
    #expect(profile.distinct == 3)
    #expect(profile.mostFrequent(1).map(\.count) == [2])
    #expect(profile.mostFrequent(1).map(\.value) == ["7"])
  }

  @Test func nothingAtAllHasNoMinimum() {
    let profile = Self.profile([])
    #expect(profile.minimum == nil)
    #expect(profile.sum == nil)
    #expect(profile.quantileTexts.isEmpty)
  }

  @Test func sumsOfHugeDecimalsAreExactOrAbsent() {
    let column = Column(.decimal(scale: 2))
    let huge = Int128.max / 2
    for value in [huge, huge, huge, -huge, -huge, -huge, 125] { column.append(wide: value) }
    var profile = FieldProfile(name: "D", type: .decimal(scale: 2))
    profile.add(column, record: 1)
    #expect(profile.sum == "1.25")
    let more = Column(.decimal(scale: 2))
    for _ in 0..<3 { more.append(wide: huge) }
    profile.add(more, record: 8)
    #expect(profile.sum == nil)
  }

  @Test(arguments: [4096, 4097, 100_000]) func distinctIsExactOrWithinTheSketchsError(_ count: Int) {
    let profile = Self.profile((0..<count).map { Int64($0) })
    #expect(profile.isExact == (count <= 4096))
    let error = abs(Double(profile.distinct - count)) / Double(count)
    #expect(error <= (count <= 4096 ? 0 : 0.03))
  }

  @Test func aFrequentValueAmongManyIsFoundWithinItsSlack() {
    let profile = Self.profile((0..<200_000).map { $0 % 4 == 0 ? 42 : Int64($0) })
    let best = profile.mostFrequent(1)
    #expect(best.map(\.value) == ["42"])
    #expect(best[0].count <= 50_000)
    #expect(best[0].count + profile.countSlack >= 50_000)
  }

  @Test func quantilesAreWithinOnePercentOfRank() {
    let numbers = (0..<100_000).map { Int64($0 * 7919 % 100_003) }
    let profile = Self.profile(numbers)
    let sorted = numbers.sorted()
    for (text, fraction) in zip(profile.quantileTexts, [0.01, 0.25, 0.5, 0.75, 0.99]) {
      let value = Int64(text) ?? -1
      let rank = Double(sorted.firstIndex { $0 >= value } ?? 0) / Double(sorted.count)
      #expect(abs(rank - fraction) <= 0.01, "\(fraction)")
    }
    #expect(Self.profile([3, 1, 2]).quantileTexts[2] == "2")
  }

  @Test func textsHaveLengthsAndAnOrder() {
    let column = Column(.text)
    for text in ["市", "", "AB"] { column.append(text) }
    var profile = FieldProfile(name: "T", type: .text)
    profile.add(column, record: 1)
    #expect(profile.empty == 1)
    #expect(profile.filled == 2)
    #expect(profile.minimum == "AB")
    #expect(profile.maximum == "市")
    #expect(profile.lengths == 0...3)
    #expect(profile.sum == nil)
  }
}
