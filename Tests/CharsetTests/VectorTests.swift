import Foundation
import Testing

@testable import Charset

/// The folder of published test vectors beside the package; the tests skip, and say so, when it is not there.
private let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("../shared")
private let vectors = shared.appendingPathComponent("conformance/vectors")
private let isThere = FileManager.default.fileExists(atPath: vectors.path)

@Suite("Published vectors", .enabled(if: isThere, "skipped: no ../shared/conformance/vectors beside the package"))
struct VectorTests {
  /// Rows we do not agree with, and why.
  static let refused: [String: String] = [
    "x-Fujitsu-JEF-Roundtrip 41A5": "a variant that refuses one-way codes; here 41A5 is 丈, counted as 縮退",
    "x-Hitachi-KEIS83-ShiftSpaceSingle 4040": "a variant that splits a double-byte space; here 4040 is U+3000",
    "cp00300 0E467A467C14": "its shift-out is not IBM's 0F: the vector's 14 belongs to another protocol",
  ]

  /// Names and forms of the sets as the vectors call them.
  static let sets: [String: (String, TextForm)] = [
    "IBM-930": ("ibm-930", .mixed), "IBM-939": ("ibm-939", .mixed), "IBM-1390": ("ibm-1390", .mixed),
    "x-Fujitsu-EBCDIC": ("fujitsu-ebcdic", .single), "x-Fujitsu-EBCDIK": ("fujitsu-ebcdik", .single),
    "x-Fujitsu-ASCII": ("fujitsu-ascii", .single), "x-Fujitsu-JEF": ("fujitsu-jef", .double),
    "x-Fujitsu-JEF-Roundtrip": ("fujitsu-jef", .double), "x-Fujitsu-JEF-EBCDIC": ("fujitsu-jef-ebcdic", .mixed),
    "x-Fujitsu-JEF-EBCDIK": ("fujitsu-jef-ebcdik", .mixed), "x-Fujitsu-JEF-ASCII": ("fujitsu-jef-ascii", .mixed),
    "x-Hitachi-EBCDIC": ("hitachi-ebcdic", .single), "x-Hitachi-EBCDIK": ("hitachi-ebcdik", .single),
    "x-Hitachi-KEIS83": ("hitachi-keis83", .double), "x-NEC-JIS8": ("nec-jis8", .single),
    "x-Hitachi-KEIS83-ShiftSpaceSingle": ("hitachi-keis83", .double),
    "x-Hitachi-KEIS83-EBCDIC": ("hitachi-keis83-ebcdic", .mixed),
    "x-Hitachi-KEIS83-EBCDIK": ("hitachi-keis83-ebcdik", .mixed), "x-NEC-EBCDIK": ("nec-ebcdik", .single),
    "x-NEC-JIPSJ": ("nec-jips-j", .double), "x-NEC-JIPSJ-JIS8": ("nec-jips-j", .mixed),
    "cp00300": ("ibm-930", .mixed),
  ]

  /// Our rules for the rows on which the libraries differ.
  static let malformed: [String: (text: String, fault: TextFault?, open: Bool)] = [
    "0E4562": ("日", nil, true), "0E456240": ("日", .oddLength, false), "0E45620F0F": ("日", .strayShift, false),
    "4562": ("･a", nil, false), "0E4000": ("", .undefinedCode, false), "0E40400F": ("　", nil, false),
    "0E0F": ("", nil, false), "C10EC20F": ("A", .oddLength, false), "0EFEFE0F": ("", .undefinedCode, false),
  ]

  static func rows(_ file: String) -> [[String]] {
    let text = (try? String(contentsOf: vectors.appendingPathComponent(file), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { $0.components(separatedBy: "\t") }
  }

  @Test func encodings() throws {
    let rows = Self.rows("encodings_vectors.tsv")
    var refused = 0
    for row in rows {
      let words = row[0].components(separatedBy: " ")
      let (name, form) = try #require(Self.sets[words[0]], "\(row[0])")
      var set = CharacterSet.named(name)!
      let comment: Comment = "\(row.joined(separator: " | "))"
      if row[1] == "(not encodable)" {
        #expect(set.encode(form, row[2]).1 == .noCode, comment)
        continue
      }
      let source = bytes(row[1])
      if words.last == "malformed" {
        let rule = try #require(Self.malformed[row[1]], comment)
        let (text, outcome) = decoded(set, form, source)
        #expect(text == rule.text && outcome.fault == rule.fault && outcome.notes.openShift == rule.open, comment)
        continue
      }
      if Self.refused["\(row[0]) \(row[1])"] != nil {
        refused += 1
        continue
      }
      let expected = row[3].split(separator: " ").map { Unicode.Scalar(UInt32($0.dropFirst(2), radix: 16)!)! }
      if expected.contains(where: { (0xE000...0xF8FF).contains($0.value) }) {
        #expect(set.decode(form, bytes: source).1 == .gaijiUnmapped, comment)
        set = set.keepingPrivateUse
      }
      let (text, fault) = set.decode(form, bytes: source)
      let before = Array(expected.prefix { $0 != "\u{FFFD}" })
      #expect(Array(text.unicodeScalars) == before, comment)
      #expect((fault != nil) == (before.count < expected.count), comment)
      if form == .single {  // the vectors go on after a fault, so try each byte alone
        for (byte, scalar) in zip(source, expected) {
          let (text, fault) = set.decode(form, bytes: [byte])
          #expect(fault == nil ? Array(text.unicodeScalars) == [scalar] : scalar == "\u{FFFD}", comment)
        }
      }
      let isPlain = !["38", "30E2", "A1A1"].contains { row[1].contains($0) && name.hasPrefix("fujitsu") }
      if fault == nil, isPlain { #expect(set.encode(form, text).0 == source, comment) }
    }
    #expect(rows.count == 104 && refused == 2)
  }

  @Test func codePages() throws {
    let rows = Self.rows("codepage_vectors.tsv")
    var left: [String] = []
    for row in rows {
      let comment: Comment = "\(row.joined(separator: " | "))"
      let name = row[0].hasPrefix("CodePage") ? "ibm-" + row[0].dropFirst(8) : Self.sets[row[0]]?.0
      guard let name, let set = CharacterSet.named(name), Self.refused["\(row[0]) \(row[1].uppercased())"] == nil
      else {
        left.append("\(row[0]) \(row[1])")
        continue
      }
      let form: TextForm = row[0].hasPrefix("CodePage") ? .single : .mixed
      let (text, fault) = set.decode(form, bytes: bytes(row[1]))
      #expect(fault == nil, comment)
      #expect(Array(text.unicodeScalars) == Array(row[2].unicodeScalars), comment)
    }
    // 274 and 275 (withdrawn; no library here has them whole), Korean (1364) and Chinese (1388) are not offered.
    #expect(left.map { $0.prefix(11) } == ["CodePage274", "CodePage275", "cp00300 0e4", "cp1364 f1f2", "cp1388 f1f2"])
  }
}
