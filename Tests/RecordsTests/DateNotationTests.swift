import Records
import Testing

@Suite struct DateNotationTests {
  struct Case: Sendable {
    let form: String
    let text: String
    let reading: Era.Reading

    init(_ form: String, _ text: String, _ reading: Era.Reading) {
      self.form = form
      self.text = text
      self.reading = reading
    }
  }

  static let cases: [Case] = [
    Case("yyyymmdd", "20240229", .date(2024_02_29)), Case("yyyymmdd", "20230229", .impossible),
    Case("yyyymmdd", "00000000", .empty), Case("yyyymmdd", "99999999", .noEnd),
    Case("yyyymmdd", "20240400", .date(2024_04_00)), Case("yyyymmdd", "20240001", .impossible),
    Case("yyyymmdd", "00000401", .impossible), Case("yyyymmdd", "2024041", .impossible),
    Case("yyyymmdd", "2024-04-01", .impossible), Case("yyyymmdd", "2024 401", .impossible),
    Case("yyyymm", "202404", .date(2024_04_00)), Case("yyyymm", "202413", .impossible),
    Case("yyyyddd", "2024366", .date(2024_12_31)), Case("yyyyddd", "2023366", .impossible),
    Case("yyyyddd", "2024060", .date(2024_02_29)), Case("yyyyddd", "2024000", .impossible),
    Case("yymmdd:50", "490401", .date(2049_04_01)), Case("yymmdd:50", "500401", .date(1950_04_01)),
    Case("yymmdd:00", "000401", .date(1900_04_01)), Case("yymmdd:50", "000000", .empty),
    Case("yymmdd:50", "000101", .date(2000_01_01)), Case("yymmdd:50", "999999", .noEnd),
    Case("yyddd:30", "24001", .date(2024_01_01)), Case("yyddd:30", "30365", .date(1930_12_31)),
    Case("era-date", "5060401", .date(2024_04_01)), Case("era-date", "R060401", .date(2024_04_01)),
    Case("era-date", "r060401", .date(2024_04_01)), Case("era-date", "H310501", .alias(2019_05_01)),
    Case("era-date", "X060401", .impossible), Case("era-date", "M050101", .lunar),
    Case("era-month", "R0604", .date(2024_04_00)), Case("era-year", "R06", .date(2024)),
    Case("yyyy/mm/dd", "2024/4/1", .date(2024_04_01)), Case("yyyy/mm/dd", "2024/04/01", .date(2024_04_01)),
    Case("yyyy/mm/dd", "2024-04-01", .impossible), Case("yyyy/mm/dd", "24/04/01", .impossible),
    Case("yyyy/mm/dd", "2024/4/", .impossible), Case("yyyy/mm/dd", "2024/4/1/", .impossible),
    Case("yyyy/mm", "2024/4", .date(2024_04_00)), Case("yy/mm/dd:50", "24/4/1", .date(2024_04_01)),
    Case("era.mm.dd", "R6.4.1", .date(2024_04_01)), Case("era.mm.dd", "H31.04.30", .date(2019_04_30)),
  ]

  @Test(arguments: cases) func aDateIsReadByItsForm(_ case: Case) throws {
    let form = try #require(DateNotation(`case`.form, inText: true))
    let reading = Array(`case`.text.utf8).withUnsafeBufferPointer { form.read(text: $0) }
    #expect(reading == `case`.reading, "\(`case`.form) \(`case`.text)")
  }

  @Test func aNumberIsWhatItsDigitsAre() throws {
    for `case` in Self.cases where `case`.text.allSatisfy(\.isNumber) {
      let form = try #require(DateNotation(`case`.form, inText: true))
      guard `case`.text.count == form.digits, let number = Int64(`case`.text) else { continue }
      #expect(form.read(number) == `case`.reading, "\(`case`.form) \(number)")
      if case .date(let date) = `case`.reading { #expect(form.written(date) == number, "\(`case`.form) \(date)") }
    }
    #expect(DateNotation("yymmdd:50")?.written(1949_01_01) == -1, "the form cannot tell this year")
  }

  @Test(arguments: [
    "yymmdd", "yymmdd:5", "yymmdd:500", "yyyymmdd:50", "dd/mm/yyyy", "yyyy/mm/dd", "", "date", "yy/mm/dd",
  ])
  func aFormThatIsNoneIsRefused(_ name: String) { #expect(DateNotation(name) == nil) }
}
