import Base
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
      // The day on which an era began is a day of the previous era, too; those of 1989 and 2019 began at midnight.
      (2151225, .alias(1926_12_25)), (3011225, .date(1926_12_25)), (2151226, .impossible), (3011224, .impossible),
      (1450730, .alias(1912_07_30)), (2010730, .date(1912_07_30)), (1450731, .impossible), (2010729, .impossible),
      (3640108, .impossible), (4310501, .alias(2019_05_01)),
      (2151200, .date(1926_12_00)), (3011200, .date(1926_12_00)), (2150000, .date(1926_00_00)),
      // The lunar calendar.
      (1010101, .lunar), (1010125, .lunar), (1051202, .lunar), (1051203, .lunar), (1051231, .impossible),
      (1050230, .lunar), (1050000, .lunar), (1051200, .lunar), (1051300, .impossible), (1000101, .impossible),
      (1060101, .date(1873_01_01)), (1060000, .date(1873_00_00)), (1060229, .impossible),
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

  /// A date that no item can hold is not written as “no date”.
  @Test(arguments: [1872_12_31, 1868_01_25, 1850_01_01, 1_01_01] as [Int64])
  func nothingIsWrittenForADateBeforeTheCalendar(date: Int64) {
    #expect(Era.packed(date) == -1)
    #expect(Era.packed(month: date / 100 * 100) == -1)
  }

  @Test func yearsComeBack() {
    for year in Int64(1868)...2035 {
      let reading = Era.year(Era.packed(year: year))
      #expect(reading == .date(year), "\(year)")
    }
    #expect(Era.packed(year: 1867) == -1)
  }

  @Test func everyDateOfTwoCenturiesComesBack() {
    for year in 1873...2035 {
      for month in 1...12 {
        for day in 1...CivilDate.days(year: year, month: month) {
          let number = CivilDate.number(year: year, month: month, day: day)
          #expect(Era.date(Era.packed(number)) == .date(number))
        }
      }
    }
  }
}
