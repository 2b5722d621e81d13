import Charset
import Foundation
import Testing

/// Bytes and their Unicode characters in other implementations, set by set.
extension ConformanceTests {
  @Test func encodings() throws {
    let rows = try Conformance.rows("vectors/encodings_vectors.tsv")
    try Conformance.judge(
      "encodings",
      rows.map { row in
        let bytes = row["bytes_hex"] ?? ""
        let subject = bytes == EncodingVector.notEncodable ? row["unicode"] ?? "" : bytes
        return ("\(row["encoding"] ?? "") \(subject)", try EncodingVector(row).flaw)
      })
  }

  @Test func codePages() throws {
    let rows = try Conformance.rows("vectors/codepage_vectors.tsv")
    try Conformance.judge(
      "code-pages",
      rows.map { row in ("\(row["code_page"] ?? "") \((row["bytes_hex"] ?? "").prefix(16))", codePageFlaw(row)) })
  }

  private func codePageFlaw(_ row: [String: String]) -> String? {
    let page = row["code_page"] ?? ""
    let isSingle = page.hasPrefix("CodePage")
    let name = isSingle ? "ibm-" + page.dropFirst(8) : EncodingVector.sets[page]?.name ?? ""
    guard let set = Charset.CharacterSet.named(name) else { return "no set of that name" }
    let (text, fault) = set.decode(isSingle ? .single : .mixed, bytes: hexBytes(row["bytes_hex"] ?? ""))
    if let fault { return "\(fault) after \(text)" }
    return Array(text.unicodeScalars) == Array((row["expected_unicode"] ?? "").unicodeScalars) ? nil : text
  }
}

struct EncodingVector {
  /// The text in place of the bytes for characters without an encoding.
  static let notEncodable = "(not encodable)"

  /// Names and forms of the sets as in the vectors.
  static let sets: [String: (name: String, form: TextForm)] = [
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

  /// This project's result for the malformed rows, on which the libraries differ: text and whether it is invalid.
  private static let malformed: [String: (text: String, fault: TextFault?)] = [
    "0E4562": ("日", nil), "0E456240": ("日", .oddLength), "0E45620F0F": ("日", .strayShift), "4562": ("･a", nil),
    "0E4000": ("", .undefinedCode), "0E40400F": ("　", nil), "0E0F": ("", nil), "C10EC20F": ("A", .oddLength),
    "0EFEFE0F": ("", .undefinedCode),
  ]

  let row: [String: String]
  let set: Charset.CharacterSet
  let form: TextForm
  let isMalformed: Bool

  init(_ row: [String: String]) throws {
    let words = (row["encoding"] ?? "").components(separatedBy: " ")
    self.row = row
    isMalformed = words.last == "malformed"
    let (name, form) = try #require(Self.sets[words[0]])
    set = try #require(Charset.CharacterSet.named(name))
    self.form = form
  }

  var flaw: String? {
    let hex = row["bytes_hex"] ?? ""
    if hex == Self.notEncodable {
      let (bytes, fault) = set.encode(form, row["unicode"] ?? "")
      return fault == .noCode ? nil : "encoded as \(bytes)"
    }
    let source = hexBytes(hex)
    if isMalformed {
      let (text, fault) = set.decode(form, bytes: source)
      return Self.malformed[hex].map { $0.text == text && $0.fault == fault } == true ? nil : "\(text) \(fault as Any)"
    }
    let expected = (row["codepoints"] ?? "").components(separatedBy: " ").compactMap {
      UInt32($0.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    }
    return form == .single ? singleFlaw(source, expected) : flaw(source, expected)
  }

  /// Byte by byte: the vectors continue after an undefined one, with U+FFFD in its place.
  private func singleFlaw(_ source: [UInt8], _ expected: [Unicode.Scalar]) -> String? {
    for (byte, scalar) in zip(source, expected) {
      let (text, fault) = set.decode(.single, bytes: [byte])
      let holds = fault == nil ? Array(text.unicodeScalars) == [scalar] : scalar == "\u{FFFD}"
      if !holds { return "\(byte) is \(text), expected \(scalar)" }
      if fault == nil, set.encode(.single, text).0 != [byte] { return "\(text) is not written as \(byte)" }
    }
    return source.count == expected.count ? nil : "\(source.count) bytes, \(expected.count) characters"
  }

  /// Up to the first U+FFFD, which is an invalid value here. Private-use characters are invalid too, unless they are
  /// requested.
  private func flaw(_ source: [UInt8], _ expected: [Unicode.Scalar]) -> String? {
    var set = set
    if expected.contains(where: { $0.properties.generalCategory == .privateUse }) {
      if set.decode(form, bytes: source).1 != .gaijiUnmapped { return "a user-defined character is not refused" }
      set = set.keepingPrivateUse
    }
    let (text, fault) = set.decode(form, bytes: source)
    let whole = Array(expected.prefix { $0 != "\u{FFFD}" })
    guard Array(text.unicodeScalars) == whole else { return text }
    if fault != nil || whole.count < expected.count {
      return (fault != nil) == (whole.count < expected.count) ? nil : "\(text) \(fault as Any)"
    }
    // Of two codes for one character, and of two shift codes, one is written.
    let isOneWay =
      (row["encoding"] ?? "").hasPrefix("x-Fujitsu")
      && ["38", "30E2", "A1A1"].contains { (row["bytes_hex"] ?? "").contains($0) }
    return isOneWay || set.encode(form, text).0 == source ? nil : "\(text) is not written as it was read"
  }
}
