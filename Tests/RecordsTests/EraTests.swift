import Records
import Testing

@Suite struct EraTests {
  @Test(
    arguments: [
      (3620229, .impossible),  // 1987-02-29
      (3640301, .impossible),  // 昭和64 ran to 01-07
      (4010107, .impossible),  // before 平成
      (5010430, .impossible),  // before 令和
      (6010101, .impossible),
      (4311301, .impossible),
      (4310631 - 0, .impossible),
      (3640107, .date(1989_01_07)),
      (4010108, .date(1989_01_08)),
      (4310430, .date(2019_04_30)),
      (5010501, .date(2019_05_01)),
      (4310531, .alias(2019_05_31)),
      (4320229, .alias(2020_02_29)),
      (3620000, .date(1987_00_00)),
      (3620200, .date(1987_02_00)),
      (3620015, .impossible),
      (0, .empty),
      (9999999, .noEnd),
    ] as [(Int64, Era.Reading)])
  func datesOfTheOldSystem(packed: Int64, reading: Era.Reading) {
    #expect(Era.date(packed) == reading)
  }

  @Test(
    arguments: [
      (431, .date(2019)), (501, .alias(2019)), (502, .date(2020)), (432, .alias(2020)), (0, .empty), (600, .impossible),
    ]
      as [(Int64, Era.Reading)])
  func years(packed: Int64, reading: Era.Reading) {
    #expect(Era.year(packed) == reading)
  }

  @Test func everyDateOfTwoCenturiesComesBack() {
    for year in 1870...2035 {
      for month in 1...12 {
        for day in 1...CivilDate.days(year: year, month: month) {
          let number = CivilDate.number(year: year, month: month, day: day)
          #expect(Era.date(Era.packed(number)) == .date(number))
        }
      }
    }
  }
}
