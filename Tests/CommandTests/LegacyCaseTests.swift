import Foundation
import Testing

/// Values of mainframes that are easily misread, or refused without their reason.
@Suite struct LegacyCaseTests {
  private func decode(_ copybook: String, _ data: [UInt8], _ options: String...) throws -> Program.Answer {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(copybook.utf8), to: "IN.cpy")
    try program.write(data, to: "IN.dat")
    return try program.run(all: ["decode", "IN.dat", "--copybook", "IN.cpy"] + options)
  }

  // MARK: eras

  private static func packed(_ number: Int) -> [UInt8] {
    let digits = String(format: "%07df", number)
    return stride(from: 0, to: 8, by: 2).map {
      UInt8(digits.dropFirst($0).prefix(2), radix: 16) ?? 0
    }
  }

  @Test func daysOfTwoErasAreAcceptedAndCountedAndLunarOnesRefused() throws {
    let numbers = [2_151_225, 3_011_225, 1_450_730, 2_010_730, 1_010_101, 1_010_125, 1_051_202, 1_060_101]
    let answer = try decode(
      "01 R.\n 05 D PIC 9(7) COMP-3.", numbers.flatMap(Self.packed), "--type", "D=era-date", "--to", "csv")
    let lunar = { (number: Int) in "!decode.date.lunar X'\(number)f'" }
    #expect(
      answer.output.split(separator: "\n").dropFirst().map(String.init) == [
        "1926-12-25", "1926-12-25", "1912-07-30", "1912-07-30", lunar(1_010_101), lunar(1_010_125), lunar(1_051_202),
        "1873-01-01",
      ], "\(answer.output)")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("2 accepted: decode.date.alias"), "\(answer.errors)")
    #expect(answer.errors.contains("lunar calendar"), "\(answer.errors)")
  }

  /// The dates that a map reads come from the same place.
  @Test func aMapReadsThemTheSameWay() throws {
    let program = try Program()
    defer { program.remove() }
    let old = ["大正15年12月25日", "明治45年7月30日", "T15.12.25", "2151225", "明治元年1月1日", "明治5年12月2日"]
    let new = ["1926-12-25", "1912-07-30", "1926-12-25", "1926-12-25", "1868-01-25", "1872-12-02"]
    func csv(_ dates: [String]) -> [UInt8] {
      Array(("id,d\n" + dates.enumerated().map { "\($0 + 1),\($1)\n" }.joined()).utf8)
    }
    try program.write(csv(old), to: "old.csv")
    try program.write(csv(new), to: "new.csv")
    try program.write(Array("columns:\n  d: {type: date}\n".utf8), to: "map.yaml")
    let answer = try program.run(
      "diff", "old.csv", "new.csv", "--key", "id", "--map", "map.yaml", "--rows", "rows")
    #expect(answer.code == 1)
    let rows = try String(contentsOfFile: program.folder + "/rows", encoding: .utf8)
    let ids = rows.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        .flatMap { ($0["key"] as? [String: Any])?["id"] as? String }
    }
    #expect(ids == ["5", "6"], "\(rows)")
  }

  // MARK: spaces

  struct Blank: Sendable, CustomTestStringConvertible {
    let clause: String
    let bytes: Int
    let options: [String]
    let value: String
    var testDescription: String { "\(clause) \(options)" }
  }

  private static let overflow = "!decode.number.overflow"
  /// Items of spaces. When spaces are a number with the item's digits, they are that number.
  @Test(arguments: [
    Blank(clause: "9(4)", bytes: 4, options: ["--spaces", "null"], value: ""),
    Blank(clause: "S9(7) COMP-3", bytes: 4, options: ["--spaces", "null"], value: ""),
    Blank(clause: "S9(4) COMP", bytes: 2, options: ["--spaces", "null"], value: ""),
    Blank(clause: "S9(4) COMP", bytes: 2, options: ["--spaces", "zero"], value: "0"),
    Blank(clause: "S9(4) COMP", bytes: 2, options: [], value: "!decode.number.blank X'4040'"),
    Blank(clause: "S9(9) COMP", bytes: 4, options: ["--spaces", "null"], value: ""),
    Blank(clause: "9(9) BINARY", bytes: 4, options: ["--spaces", "zero"], value: "0"),
    Blank(clause: "S9(18) COMP", bytes: 8, options: ["--spaces", "null"], value: ""),
    Blank(clause: "S9(7)V99 COMP", bytes: 4, options: ["--spaces", "zero"], value: "0.00"),
    // The range is that of the bytes.
    Blank(clause: "S9(4) COMP-5", bytes: 2, options: ["--spaces", "null"], value: "16448"),
    Blank(
      clause: "S9(4) COMP", bytes: 2, options: ["--spaces", "null", "--dialect", "ibm,truncate=no"], value: "16448"),
  ])
  func spacesInNumbersGoByTheRule(_ item: Blank) throws {
    let answer = try decode(
      "01 R.\n 05 N PIC \(item.clause).\n 05 T PIC X(1).", Array(repeating: 0x40, count: item.bytes) + [0xC1],
      all: ["--charset", "ibm-037", "--to", "csv"] + item.options)
    #expect(answer.output == "N,T\n\(item.value),A\n", "\(answer.errors)")
    #expect(answer.code == (item.value.hasPrefix("!") ? 1 : 0))
  }

  private func decode(_ copybook: String, _ data: [UInt8], all options: [String]) throws -> Program.Answer {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(copybook.utf8), to: "IN.cpy")
    try program.write(data, to: "IN.dat")
    return try program.run(all: ["decode", "IN.dat", "--copybook", "IN.cpy"] + options)
  }

  /// In ASCII, spaces are 8,224: a number of four digits.
  @Test func spacesThatAreANumberAreOne() throws {
    let copybook = "01 R.\n 05 A PIC S9(4) COMP.\n 05 B PIC S9(3) COMP."
    let answer = try decode(
      copybook, Array(repeating: 0x20, count: 4), "--charset", "us-ascii", "--spaces", "null", "--to", "csv")
    #expect(answer.output == "A,B\n8224,\n", "\(answer.errors)")
  }

  // MARK: shift codes

  @Test func kanjiInXNamesTheMeaningThatIsMissing() throws {
    let name: [UInt8] =
      [0xC1, 0x0E, 0x45, 0x65, 0x45, 0x63, 0x0F, 0xA9, 0xA4, 0xF1, 0xF2] + Array(repeating: 0x40, count: 5)
    let data = Array(repeatElement(name, count: 25).joined())
    var answer = try decode("01 R.\n 05 NAME PIC X(16).", data, "--charset", "ibm-930", "--language", "en")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("[charset.shift.stray]"))
    #expect(answer.errors.contains("use --type NAME=mixed"), "\(answer.errors)")
    #expect(answer.errors.contains("NAME: 25 value(s) with shift codes"), "\(answer.errors)")
    answer = try decode("01 R.\n 05 NAME PIC X(16).", data, "--charset", "ibm-930", "--language", "ja")
    #expect(answer.errors.contains("NAME: シフトコードのある値が25件"), "\(answer.errors)")
    // In an N item, and in one that is already mixed, that is not the remedy.
    answer = try decode(
      "01 R.\n 05 NAME PIC X(16).", [0x0F] + name.dropLast(), "--charset", "ibm-930", "--type", "NAME=mixed")
    #expect(answer.code == 1 && !answer.errors.contains("--type"), "\(answer.errors)")
  }
}
