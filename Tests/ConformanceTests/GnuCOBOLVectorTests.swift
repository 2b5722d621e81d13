import Foundation
import Testing

/// The bytes that a COBOL compiler stores for a picture, a usage and a value, under four configurations: read, and
/// written when the bytes are the mainframe's.
extension ConformanceTests {
  @Test func gnucobolVectors() throws {
    let rows = try Conformance.rows("vectors/vectors_gnucobol.tsv")
    try Conformance.judge(
      "gnucobol-vectors",
      rows.map { row in
        let cells = ["cobc_std", "pic", "usage", "sign_clause", "value"].map { row[$0] ?? "" }
        return (cells.joined(separator: " "), GnuCOBOLVector(row).flaw)
      })
  }
}

struct GnuCOBOLVector {
  let picture: String
  let usage: String
  let value: String
  let bytes: [UInt8]
  let item: OneItem

  init(_ row: [String: String]) {
    (picture, usage, value) = (row["pic"] ?? "", row["usage"] ?? "", row["value"] ?? "")
    bytes = hexBytes(row["hex"] ?? "")
    let clauses = [
      picture == "-" ? "" : "PIC \(picture)", ["DISPLAY", "EDIT"].contains(usage) ? "" : usage,
      row["sign_clause"] == "-" ? "" : row["sign_clause"] ?? "",
    ]
    item = OneItem(
      clauses.joined(separator: " "), dialect: Self.dialect(row["cobc_std"] ?? "", usage), charset: "us-ascii")
  }

  /// The settings of each configuration. Under `-std=ibm` the compiler gives COMP the mainframe's sizes, but not
  /// COMP-5.
  private static func dialect(_ configuration: String, _ usage: String) -> String {
    switch configuration {
    case "mf": "mf"
    case "ibm", "ibm_ebcdic_sign":
      "gnucobol,binary-sizes=\(usage == "COMP" ? "2-4-8" : "1-2-4-8")"
        + (configuration == "ibm" ? "" : ",sign=ibm")
    default: "gnucobol"
    }
  }

  var flaw: String? {
    switch usage {
    case "EDIT":
      return item.flaw(bytes) { reading in
        guard case .value(let text) = reading else { return false }
        return Self.number(edited: text) == Decimal(string: value)
      }
    case "COMP-1", "COMP-2":
      return item.flaw(bytes) { reading in
        guard case .value(let text) = reading else { return false }
        return Double(text) == Double(value)
      }
    default: return item.flaw(bytes, is: value) ?? written
    }
  }

  /// The flaw of the bytes written for the value: packed and binary numbers, which are the same on the mainframe.
  private var written: String? {
    guard usage == "COMP-3" || usage == "COMP", let number = Decimal(string: value) else { return nil }
    let scale = picture.contains("V") ? picture.components(separatedBy: "V")[1].count : 0
    let unscaled = NSDecimalNumber(decimal: number * pow(10, scale)).int64Value
    let found = try? item.bytes(unscaled)
    return found == bytes ? nil : "written as \(found.map { "\($0)" } ?? "nothing")"
  }

  /// The number that an edited text shows.
  private static func number(edited text: String) -> Decimal? {
    let isMinus = text.contains("-") || text.hasSuffix("CR") || text.hasSuffix("DB")
    return Decimal(string: (isMinus ? "-" : "") + text.filter { $0.isNumber || $0 == "." })
  }
}
