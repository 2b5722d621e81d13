import Foundation

/// A file of the old system, read in the slow and obvious way: by the offsets of the record descriptions, digit by
/// digit. Shares no code with the writer.
struct LegacyFile {
  let name: String
  let length: Int
  let bytes: [UInt8]

  static let lengths = [
    "ATMAST": 480, "KJFUKA": 400, "SNCHOTEI": 340, "KESHARYO": 240, "HJSHINK": 280, "KTDAICHO": 300, "KKFUKA": 500,
    "NNSHIKAKU": 200, "TGRENKEI": 160,
  ]

  init(_ name: String, in directory: String) throws {
    self.name = name
    length = Self.lengths[name]!
    let path = directory + "/" + name + ".dat"
    isMissing = !FileManager.default.fileExists(atPath: path)
    let bytes = isMissing ? [] : [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    self.bytes = bytes
    let length = length
    data = stride(from: length, to: bytes.count - length, by: length).map {
      LegacyRecord(bytes: bytes[$0..<$0 + length], number: $0 / length + 1)
    }
  }

  var count: Int { bytes.count / length }

  subscript(record: Int) -> LegacyRecord {
    LegacyRecord(bytes: bytes[record * length..<(record + 1) * length], number: record + 1)
  }

  var header: LegacyRecord { self[0] }
  var trailer: LegacyRecord { self[count - 1] }
  /// True for a file that the city does not have.
  let isMissing: Bool
  /// All records without the header and the trailer.
  let data: [LegacyRecord]
}

/// One record; offsets from 1 as in the descriptions.
struct LegacyRecord {
  let bytes: ArraySlice<UInt8>
  /// Physical record from 1.
  let number: Int

  func raw(_ offset: Int, _ length: Int) -> [UInt8] {
    let start = bytes.startIndex + offset - 1
    return Array(bytes[start..<start + length])
  }

  /// COMP-3; nil for an invalid digit or sign.
  func packed(_ offset: Int, _ length: Int, signed: Bool) -> Int? {
    var value = 0
    let start = bytes.startIndex + offset - 1
    for index in start..<start + length - 1 {
      let byte = bytes[index]
      let (high, low) = (Int(byte >> 4), Int(byte & 15))
      guard high < 10, low < 10 else { return nil }
      value = value * 100 + high * 10 + low
    }
    let last = bytes[start + length - 1]
    guard last >> 4 < 10 else { return nil }
    value = value * 10 + Int(last >> 4)
    switch (last & 15, signed) {
    case (0xC, true), (0xF, false): return value
    case (0xD, true): return -value
    default: return nil
    }
  }

  func zoned(_ offset: Int, _ length: Int) -> Int? {
    var value = 0
    let start = bytes.startIndex + offset - 1
    for index in start..<start + length {
      let byte = bytes[index]
      guard byte >= 0xF0, byte <= 0xF9 else { return nil }
      value = value * 10 + Int(byte - 0xF0)
    }
    return value
  }

  /// EBCDIC to ASCII: digits, capital letters and spaces; other bytes as `?`.
  private static let ascii: [UInt8] = (0..<256).map { byte in
    switch byte {
    case 0xF0...0xF9: UInt8(byte - 0xF0 + 48)
    case 0xC1...0xC9: UInt8(byte - 0xC1 + 65)
    case 0xD1...0xD9: UInt8(byte - 0xD1 + 74)
    case 0xE2...0xE9: UInt8(byte - 0xE2 + 83)
    case 0x40: 32
    default: 63
    }
  }

  /// Digits, capital letters and spaces; other bytes as `?`.
  func text(_ offset: Int, _ length: Int) -> String {
    let start = bytes.startIndex + offset - 1
    var end = start + length
    while end > start, bytes[end - 1] == 0x40 { end -= 1 }
    let table = Self.ascii
    return String(unsafeUninitializedCapacity: end - start) { buffer in
      for index in start..<end { buffer[index - start] = table[Int(bytes[index])] }
      return end - start
    }
  }

  /// Whether all bytes are spaces.
  func isBlank(_ offset: Int, _ length: Int) -> Bool {
    let start = bytes.startIndex + offset - 1
    for index in start..<start + length where bytes[index] != 0x40 { return false }
    return true
  }

  var kind: String { text(1, 2) }
}

/// Calendar of the validator: dates as YYYYMMDD, days as counted from 0001-01-01.
enum SlowCalendar {
  /// GYYMMDD to YYYYMMDD: 0 empty, nil impossible. 平成 after its end is an alias.
  static func date(_ packed: Int) -> Int? {
    if packed == 0 { return 0 }
    if packed == 9_999_999 { return 9999_9999 }
    let base = [0, 1867, 1911, 1925, 1988, 2018]
    let era = packed / 1_000_000
    guard (1...5).contains(era) else { return nil }
    let date = (base[era] + packed / 10_000 % 100) * 10_000 + packed % 10_000
    let ends = [0, 1912_07_29, 1926_12_24, 1989_01_07, 9999_99_99, 9999_99_99]
    let starts = [0, 1868_01_25, 1912_07_30, 1926_12_25, 1989_01_08, 2019_05_01]
    guard date <= ends[era], date + (date % 10_000 == 0 ? 1231 : date % 100 == 0 ? 31 : 0) >= starts[era] else {
      return nil
    }
    let (month, day) = (date / 100 % 100, date % 100)
    if month == 0 { return day == 0 ? date : nil }
    guard month <= 12, day <= days(date / 10_000, month) else { return nil }
    return date
  }

  /// GYYMM to YYYYMM: 0 empty, nil impossible; a month of 00 when only the year is known.
  static func month(_ packed: Int) -> Int? {
    if packed == 0 { return 0 }
    let base = [0, 1867, 1911, 1925, 1988, 2018]
    let era = packed / 10_000
    guard (1...5).contains(era), packed % 100 <= 12 else { return nil }
    let month = (base[era] + packed / 100 % 100) * 100 + packed % 100
    return month % 100 > 0 && (era == 5 ? month < 2019_05 : era == 4 && month < 1989_01) ? nil : month
  }

  /// YYYYMMDD of our days to GYYMMDD.
  static func packed(_ date: Int) -> Int {
    date >= 2019_05_01 ? 5_000_000 + date - 2018_0000 : 4_000_000 + date - 1988_0000
  }

  static func year(_ packed: Int) -> Int { packed / 100 == 5 ? 2018 + packed % 100 : 1988 + packed % 100 }

  static func days(_ year: Int, _ month: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  static func ordinal(_ date: Int) -> Int {
    let year = date / 10_000
    var days = (year - 1) * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400
    for month in 1..<(date / 100 % 100) { days += self.days(year, month) }
    return days + date % 100
  }

  static func next(_ date: Int) -> Int {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
    if day < days(year, month) { return date + 1 }
    return month < 12 ? year * 10_000 + (month + 1) * 100 + 1 : (year + 1) * 10_000 + 101
  }

  /// The date itself or the next one that is not a weekend or holiday. 0001-01-01 was a Monday.
  static func open(_ date: Int, _ holidays: Set<Int>) -> Int {
    var date = date
    while (ordinal(date) - 1) % 7 >= 5 || holidays.contains(date) { date = next(date) }
    return date
  }
}
