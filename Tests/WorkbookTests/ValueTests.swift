import Testing

import Workbook

/// The interpretation of numbers.
@Suite struct ValueTests {
  @Test(
    arguments: [
      ("0", 0), ("3", 3), ("3.0", 3), ("1E2", 100), ("1.5e+1", 15), ("-120E-1", -12), ("-0", 0),
      ("0E9999999999999999999", 0),
      ("00012", 12), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
      ("3.5", nil), ("1E-1", nil), ("1E99999999999999999999", nil), ("0.10000000000000001", nil), (".5", nil),
      ("5.", 5),
    ] as [(String, Int?)]) func integers(_ text: String, _ expected: Int?)
  {
    #expect(CellValue.number(text).integer == expected, "\(text)")
    #expect(CellValue.text(text).integer == nil)
  }

  @Test(arguments: [
    ("0.10000000000000001", "0.1"), ("8.4100000000000001", "8.41"), ("99999999999999.95", "100000000000000"),
    ("-1.50", "-1.5"), ("1E-7", "0.0000001"), ("1.2E3", "1200"), ("-0.0", "0"),
    ("123456789012345678", "123456789012346000"),
  ]) func decimals(_ text: String, _ expected: String) {
    #expect(CellValue.number(text).decimal == expected)
  }

  @Test(arguments: ["", "-", "1-", "1,000", "1.2.3", "E5", "1E", "0x10", "nan", "Infinity", "１", "1 2"])
  func noNumbers(_ text: String) { #expect(CellNumber(text) == nil, "\(text)") }

  @Test(
    arguments: [
      ("1", 1900_01_01), ("59", 1900_02_28), ("60", nil), ("61", 1900_03_01), ("46113", 2026_04_01),
      ("46113.0", 2026_04_01),
      ("45351", 2024_02_29), ("2958465", 9999_12_31), ("2958466", nil), ("0", nil), ("-1", nil), ("46113.5", nil),
      ("20260401", nil),
    ] as [(String, Int?)]) func datesFrom1900(_ text: String, _ expected: Int?)
  {
    #expect(CellValue.number(text).date(.from1900) == expected)
    if let expected { #expect(DateSystem.from1900.serial(date: expected) == CellValue.number(text).integer) }
  }

  @Test(
    arguments: [
      ("0", 1904_01_01), ("59", 1904_02_29), ("60", 1904_03_01), ("44651", 2026_04_01), ("2957003", 9999_12_31),
      ("2957004", nil), ("-1", nil),
    ] as [(String, Int?)]) func datesFrom1904(_ text: String, _ expected: Int?)
  {
    #expect(CellValue.number(text).date(.from1904) == expected)
    if let expected { #expect(DateSystem.from1904.serial(date: expected) == CellValue.number(text).integer) }
  }

  /// Every day follows the previous one, from 1900 to 9999, by the obvious calendar.
  @Test func theCalendarHasEveryDay() {
    var (year, month, day) = (1900, 3, 1)
    for serial in 61...2_958_465 {
      if DateSystem.from1900.date(serial: serial) != year * 10_000 + month * 100 + day {
        Issue.record("\(serial)")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      day += 1
      if day > days { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  @Test(arguments: [2023_02_29, 1900_02_29, 2026_13_01, 2026_00_00, 2026_04_31, 9999_99_99, 1899_12_31, 0, -1])
  func noDates(_ date: Int) { #expect(DateSystem.from1900.serial(date: date) == nil) }

  @Test func references() {
    for (text, column, row) in [("A1", 0, 1), ("Z9", 25, 9), ("AA10", 26, 10), ("XFD1048576", 16_383, 1_048_576)] {
      #expect(CellReference(text) == CellReference(column: column, row: row))
      #expect(CellReference(column: column, row: row).text == text)
    }
    for column in 0..<16_384 {
      let reference = CellReference(column: column, row: 7)
      #expect(CellReference(reference.text) == reference)
    }
    for text in ["", "A", "1", "A0", "a1", "A01", "XFE1", "A1048577", "$A$1", "A1B", "AAAAAAAAAAAAAAAAA1", "１"] {
      #expect(CellReference(text) == nil, "\(text)")
    }
  }

  @Test(arguments: ["", "_", "_x0041_", "a_x005F_x0041_b", "_x00_x0041_", "_x12345_", "表_xFFFF_"])
  func escapesAreUndone(_ text: String) {
    #expect(CellText.unescaped(Array(CellText.escaped(text).utf8)) == text)
  }
}
