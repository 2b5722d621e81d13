import Base
import Targets
import Testing

/// Dates and decimals as targets store them.
@Suite struct StoredTextTests {
  /// The twin of reading a date eight bytes at once: digit by digit, for every byte in every place.
  @Test func everyByteInEveryPlaceOfADateIsReadAsDigitByDigit() {
    func reference(_ text: [UInt8]) -> Int64? {
      guard text.count == 10, text[4] == 45, text[7] == 45 else { return nil }
      var value: Int64 = 0
      for index in 0..<10 where index != 4 && index != 7 {
        guard (48...57).contains(text[index]) else { return nil }
        value = value * 10 + Int64(text[index] - 48)
      }
      let (year, month, day) = (Int(value / 10_000), Int(value / 100 % 100), Int(value % 100))
      let isKnown = value == 0 || value == CivilDate.noEnd || (month == 0 && day == 0) || (day == 0 && 1...12 ~= month)
      return isKnown || CivilDate.exists(year: year, month: month, day: day) ? value : nil
    }
    for date in ["2019-11-30", "0001-01-01", "0000-00-00", "9999-99-99", "2024-02-29", "2023-02-28", "1899-12-31"] {
      for place in 0..<10 {
        for byte in UInt8.min...UInt8.max {
          var text = Array(date.utf8)
          text[place] = byte
          #expect(text.withUnsafeBufferPointer { StoredDate.read($0) } == reference(text), "\(text)")
        }
      }
    }
    for year in [1, 1900, 2000, 2019, 9999] {
      for rest in 0..<10_000 {
        let text = Array(
          (String(year + 10_000).dropFirst() + "-" + String(rest / 100 + 100).dropFirst() + "-"
            + String(rest % 100 + 100).dropFirst()).utf8)
        #expect(text.withUnsafeBufferPointer { StoredDate.read($0) } == reference(text))
      }
    }
  }

  private static func read(_ text: String, scale: Int, _ fraction: StoredDecimal.Fraction) -> Int128? {
    Array(text.utf8).withUnsafeBufferPointer { StoredDecimal.read($0, scale: scale, fraction) }
  }

  private static func written(_ value: Int128, scale: Int) -> String {
    let out = UnsafeMutablePointer<UInt8>.allocate(capacity: StoredDecimal.room(scale: scale))
    defer { out.deallocate() }
    let count = StoredDecimal.write(value, scale: scale, to: out)
    return String(decoding: UnsafeBufferPointer(start: out, count: count), as: UTF8.self)
  }

  /// The writer's twin is ``ExactDecimal``, and every written value is read back unchanged.
  @Test func decimalsAreWrittenAsTheirTextAndReadBack() {
    var random = SystemRandomNumberGenerator()
    for scale in -3...40 {
      for digits in 0...38 {
        let limit = (0..<digits).reduce(Int128(1)) { product, _ in product * 10 }
        for value in [limit - 1, limit / 7, Int128.random(in: 0..<limit, using: &random)] {
          for value in [value, -value] {
            let text = Self.written(value, scale: scale)
            #expect(text == ExactDecimal.text(value, scale: scale))
            if digits <= 35 { #expect(Self.read(text, scale: scale, .exact) == value, "\(text) \(scale)") }
          }
        }
      }
    }
    for value in [Int128.max, .min] { #expect(Self.written(value, scale: 2) == ExactDecimal.text(value, scale: 2)) }
  }

  @Test(
    arguments: [
      ("1.50", 2, 150, 150), ("1.5", 2, nil, 150), ("1.500", 2, nil, 150), ("1.505", 2, nil, nil), ("1", 2, nil, 100),
      ("-0.00", 2, 0, 0), ("007.00", 2, 700, 700), ("5", 0, 5, 5), ("5.0", 0, nil, 5), ("5.", 0, nil, nil),
      (".50", 2, nil, nil), ("-", 0, nil, nil), ("", 0, nil, nil), ("--1", 0, nil, nil), ("+1", 0, nil, nil),
      ("1e2", 0, nil, nil), ("1.2.3", 1, nil, nil), ("1,000", 0, nil, nil), ("NaN", 0, nil, nil),
      ("1" + String(repeating: "0", count: 38), 0, nil, nil), ("1" + String(repeating: "0", count: 60), 0, nil, nil),
      ("1" + String(repeating: "0", count: 37), 2, nil, nil),
    ] as [(String, Int, Int?, Int?)])
  func whatIsNoDecimalIsNotRead(text: String, scale: Int, exact: Int?, any: Int?) {
    #expect(Self.read(text, scale: scale, .exact) == exact.map { Int128($0) })
    #expect(Self.read(text, scale: scale, .any) == any.map { Int128($0) })
  }

  @Test(
    arguments: [
      ("2024-02-29", 20_240_229), ("2023-02-29", nil), ("2024-02-00", 20_240_200), ("2024-00-00", 20_240_000),
      ("2024-00-05", nil), ("2024-13-00", nil), ("0000-00-00", 0), ("9999-99-99", 99_999_999), ("2024/02/29", nil),
      ("2024-02-2 ", nil), ("20240229", nil), ("2024-02-29 ", nil), ("", nil),
    ] as [(String, Int64?)])
  func whatIsNoDateIsNotRead(text: String, date: Int64?) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { StoredDate.read($0) } == date)
  }
}
