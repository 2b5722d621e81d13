import Foundation
import Testing

/// Line ends behind fixed-length records, control characters in texts, and characters that were lost earlier.
@Suite struct ControlCharacterTests {
  static let copybook = "01 REC.\n 05 K PIC X(4).\n 05 NAME PIC X(12).\n 05 F PIC X(1)."

  static func ebcdic(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      switch byte {
      case 48...57: byte - 48 + 0xF0
      case 65...73: byte - 65 + 0xC1
      case 74...82: byte - 74 + 0xD1
      case 83...90: byte - 83 + 0xE2
      default: 0x40
      }
    }
  }

  private static func records(_ count: Int, end: [UInt8] = []) -> [UInt8] {
    (1...count).flatMap { ebcdic(String(format: "%04dNAME%08dY", $0, $0)) + end }
  }

  private func run(
    _ command: String, _ data: [UInt8], _ copybook: String = copybook, _ options: String...
  ) throws -> Program.Answer {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(copybook.utf8), to: "IN.cpy")
    try program.write(data, to: "IN.dat")
    let charset = options.contains("--charset") ? [] : ["--charset", "ibm-037"]
    return try program.run(all: [command, "IN.dat", "--copybook", "IN.cpy"] + charset + options)
  }

  /// 17 × 18 = 18 × 17: the file is as long as whole records, all items are texts, and every record but the first begins
  /// too late.
  @Test(
    arguments: [[0x0A], [0x25], [0x15], [0x0D], [0x0D, 0x0A], [0x0D, 0x25], [0x0D, 0x15]] as [[UInt8]],
    ["decode", "profile"])
  func aFileTransferredAsTextIsTold(_ end: [UInt8], _ command: String) throws {
    let answer = try run(command, Self.records(17, end: end))
    #expect(answer.code == 1)
    let hex = end.map { String(format: "%02x", $0) }.joined()
    #expect(answer.errors.contains("every record is followed by X'\(hex)'"), "\(answer.errors)")
    #expect(answer.errors.contains("F,length=\(17 + end.count)"))
    #expect(answer.errors.contains("accepted: charset.control"), "\(answer.errors)")
  }

  /// With numbers the damage is obvious; its cause is reported all the same, and first.
  @Test func theCauseIsToldBesideInvalidNumbers() throws {
    let copybook = "01 REC.\n 05 K PIC X(4).\n 05 P PIC S9(5) COMP-3."
    var data: [UInt8] = []
    for number in 0..<40 { data += Self.ebcdic(String(format: "%04d", number)) + [0x12, 0x34, 0x5C, 0x0A] }
    let answer = try run("decode", data, copybook)
    #expect(answer.code == 1)
    #expect(answer.errors.contains("[frame.line-ends]"), "\(answer.errors)")
  }

  @Test func aRecordFormatWithTheLineEndReadsTheFile() throws {
    let copybook = Self.copybook + "\n 05 FILLER PIC X(1)."
    let answer = try run("decode", Self.records(18, end: [0x25]), copybook)
    #expect(answer.code == 0, "\(answer.errors)")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let charset: String
    let form: String
    let bytes: [UInt8]
    /// The reported finding; `nil` for an ordinary text.
    let told: String?
    var testDescription: String { "\(charset) \(form) \(bytes)" }
  }

  /// The bytes are at the front of a text of 8 bytes; the rest is padding.
  @Test(arguments: [
    Case(charset: "ibm-037", form: "X(8)", bytes: [0xC1, 0x00], told: "accepted: charset.control"),
    Case(charset: "ibm-037", form: "X(8)", bytes: [0x3F], told: "accepted: charset.control"),
    Case(charset: "ibm-037", form: "X(8)", bytes: [0x15], told: "accepted: charset.control"),
    Case(charset: "ibm-037", form: "X(8)", bytes: [0xFF], told: "accepted: charset.control"),
    Case(charset: "ibm-037", form: "X(8)", bytes: [0x41], told: nil),
    Case(charset: "ibm-930", form: "X(8)", bytes: [0x25], told: "accepted: charset.control"),
    Case(charset: "fujitsu-jef", form: "X(8)", bytes: [0x25], told: "accepted: charset.control"),
    Case(charset: "hitachi-keis83", form: "X(8)", bytes: [0x0A, 0xC1], told: "accepted: charset.control"),
    Case(charset: "us-ascii", form: "X(8)", bytes: [0x41, 0x0A], told: "accepted: charset.control"),
    Case(charset: "us-ascii", form: "X(8)", bytes: [0x7F], told: "accepted: charset.control"),
    Case(charset: "us-ascii", form: "X(8)", bytes: [0x41, 0x7E], told: nil),
    Case(charset: "windows-31j", form: "X(8)", bytes: [0x88, 0x9F, 0x09], told: "accepted: charset.control"),
    Case(charset: "euc-jp", form: "X(8)", bytes: [0xB0, 0xA1, 0x1B], told: "accepted: charset.control"),
    Case(
      charset: "utf-8", form: "X(8)", bytes: [0x41, 0x42, 0x43, 0x1F, 0x44, 0x45, 0x46, 0x47],
      told: "accepted: charset.control"),
    Case(
      charset: "utf-8", form: "X(8)", bytes: [0x41, 0x42, 0x43, 0x7F, 0x44, 0x45, 0x46, 0x47],
      told: "accepted: charset.control"),
    Case(charset: "utf-8", form: "X(8)", bytes: [0xC2, 0x85], told: "accepted: charset.control"),
    Case(charset: "utf-8", form: "X(8)", bytes: [0x20, 0x7E, 0x41, 0x20, 0x7E, 0x41, 0x20, 0x7E], told: nil),
    Case(charset: "utf-8", form: "X(8)", bytes: [0xC2, 0xA0, 0x41], told: nil),
    // A character that an earlier conversion lost is not a value.
    Case(charset: "utf-8", form: "X(8)", bytes: [0x41, 0xEF, 0xBF, 0xBD], told: "[charset.code.replaced]"),
    Case(charset: "utf-16be", form: "N(4)", bytes: [0x30, 0x42, 0xFF, 0xFD], told: "[charset.code.replaced]"),
    Case(charset: "utf-16le", form: "N(4)", bytes: [0x42, 0x30, 0xFD, 0xFF], told: "[charset.code.replaced]"),
    Case(charset: "utf-16be", form: "N(4)", bytes: [0x00, 0x0A], told: "accepted: charset.control"),
  ])
  func controlCharactersAreCounted(_ item: Case) throws {
    let pad: [UInt8] =
      item.charset == "utf-16be"
      ? [0, 0x20]
      : item.charset == "utf-16le"
        ? [0x20, 0]
        : [
          ["ibm-037", "ibm-930", "fujitsu-jef", "hitachi-keis83"].contains(item.charset) ? 0x40 : 0x20
        ]
    var data = item.bytes
    while data.count < 8 { data += pad }
    let answer = try run("decode", data, "01 R.\n 05 T PIC \(item.form).", "--charset", item.charset)
    if let told = item.told {
      #expect(answer.errors.contains(told), "\(answer.output)\(answer.errors)")
    } else {
      #expect(answer.errors.isEmpty, "\(answer.errors)")
    }
    #expect(answer.code == (item.told?.hasPrefix("[") == true ? 1 : 0), "\(answer.output)\(answer.errors)")
    #expect(!answer.output.contains("\u{FFFD}"))
  }
}
