import Foundation
import Testing

import Charset

private let facts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("../shared/encodings")
private let isThere = FileManager.default.fileExists(atPath: facts.path)

/// Every row of the published tables, read again without the generator.
@Suite("Published tables", .enabled(if: isThere, "skipped: no ../shared/encodings beside the package"))
struct FactsTests {
  private func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOf: facts.appendingPathComponent(file), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { $0.components(separatedBy: "\t") }
  }

  /// File, set, form, and the number of rows that the corrections move or fix (checked below).
  @Test(arguments: [
    ("fujitsu_jef.tsv", "fujitsu-jef", TextForm.double, 0), ("hitachi_keis78.tsv", "hitachi-keis78", .double, 0),
    ("hitachi_keis83.tsv", "hitachi-keis83", .double, 0), ("nec_jips.tsv", "nec-jips-j", .double, 118),
    ("fujitsu_ebcdik.tsv", "fujitsu-ebcdik", .single, 0), ("fujitsu_ebcdic.tsv", "fujitsu-ebcdic", .single, 0),
    ("fujitsu_ascii.tsv", "fujitsu-ascii", .single, 0), ("hitachi_ebcdik.tsv", "hitachi-ebcdik", .single, 0),
    ("hitachi_ebcdic.tsv", "hitachi-ebcdic", .single, 2), ("nec_ebcdik.tsv", "nec-ebcdik", .single, 1),
    ("nec_jis8.tsv", "nec-jis8", .single, 4),
  ])
  func makers(file: String, name: String, form: TextForm, mended: Int) throws {
    let set = CharacterSet.named(name)!
    var differing = 0
    var seen = Set<String>()
    for row in try rows(file) where !row[5].contains("encode_only") {
      if row[5].contains("cjk_ci"), seen.contains(row[0]) { continue }
      seen.insert(row[0])
      let (text, fault) = set.decode(form, bytes: bytes(row[0]))
      if row[1] == "FFFD" {
        #expect(fault == .noUnicode)
        continue
      }
      let expected = ([row[1]] + (row[4].isEmpty ? [] : [row[4]])).map { UInt32($0, radix: 16)! }
      if text.unicodeScalars.map(\.value) != expected { differing += 1 }
    }
    #expect(differing == mended)
  }

  @Test(arguments: [
    ("hitachi-ebcdic", TextForm.single, "8E8F7F", "ﾈﾉ\""), ("nec-ebcdik", .single, "A7A8", "ﾒﾓ"),
    ("nec-jis8", .single, "4D4E5D5E6D6E7D7E", "MN]^mn}~"),
    ("nec-jips-j", .double, "28322834283828392839283A283C2840", "┣┫┯┨┨┷┝╂"),
    ("nec-jips-j", .double, "2941 2945 2946 2956 2957 297E", "AEFVW~"),
    ("nec-jips-j", .double, "2A21 2A45 2A46 2A5F 2A60 2A7E", "｡ﾅﾆﾟヰポ"),
  ])
  func corrections(name: String, form: TextForm, hex: String, text: String) {
    #expect(CharacterSet.named(name)!.decode(form, bytes: bytes(hex)).0 == text)
  }

  @Test(arguments: ["ibm-930", "ibm-939", "ibm-1390", "ibm-1399"])
  func ibm(name: String) throws {
    let set = CharacterSet.named(name)!.keepingPrivateUse
    var codes = 0
    for row in try rows(name + "_decode.tsv") {
      let expected = row[1].split(separator: "+").map { UInt32($0, radix: 16)! }
      let isUndefined = expected == [0x1A] && row[0] != "3f"  // glibc's value for bytes that ICU lacks
      let (text, fault) = set.decode(row[0].count == 2 ? .single : .double, bytes: bytes(row[0]))
      #expect(isUndefined ? fault == .undefinedCode : text.unicodeScalars.map(\.value) == expected)
      codes += 1
    }
    #expect(codes > 11_000)
  }
}
