import Base
import Records
import Registers
import Testing

/// Days as people write them.
@Suite struct WrittenDayTests {
  @Test(arguments: [
    ("2019-11-29", "2019-11-29"), ("2019/11/29", "2019-11-29"), ("2019/1/9", "2019-01-09"),
    ("2019.11.29", "2019-11-29"),
    ("2019年11月29日", "2019-11-29"), ("令和元年11月29日", "2019-11-29"), ("令和1年11月29日", "2019-11-29"),
    ("R1.11.29", "2019-11-29"), ("R01.11.29", "2019-11-29"), ("r1/11/29", "2019-11-29"), ("R元.11.29", "2019-11-29"),
    ("令元.11.29", "2019-11-29"), ("Ｒ１．１１．２９", "2019-11-29"), ("令和　元年 11月 29日", "2019-11-29"),
    ("H31.4.30", "2019-04-30"), ("H31.5.1", "2019-05-01"), ("平成31年12月2日", "2019-12-02"), ("S64.1.7", "1989-01-07"),
    ("T15.12.25", "1926-12-25"), ("M6.1.1", "1873-01-01"), ("2020-02-29", "2020-02-29"),
  ])
  func isRead(_ text: String, _ day: String) { #expect(WrittenDay.read(text) == day) }

  @Test(arguments: [
    "", "2019-11-31", "2019-02-29", "19/11/29", "R1.4.30", "R1.13.1", "R1.11.31", "R0.1.1", "R1.11.0", "S64.1.8",
    "H32.1.1",
    "S70.1.1", "M5.12.2", "X1.1.1", "R1.11", "11/29", "2019", "20191129", "令和元年11月", "2019-11-29T00:00", "20190-1-1",
    "R1.11.29.", "－2019-1-1", "R100.1.1",
  ])
  func isRefused(_ text: String) { #expect(WrittenDay.read(text) == nil) }

  @Test func everyDayOfPapersIsReadBack() {
    for number in stride(from: Day.number("1926-12-26") ?? 0, to: Day.number("2040-01-01") ?? 0, by: 7) {
      let day = Day.text(number)
      guard let date = CivilDate.parse(day[...]) else { Issue.record("\(day)"); continue }
      #expect(WrittenDay.read(Era.japaneseText(date)) == day)
    }
  }
}
