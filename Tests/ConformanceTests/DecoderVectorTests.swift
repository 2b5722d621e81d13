import Foundation
import Testing

/// Calls of Cobrix's number decoders, each as an item with the same meaning.
extension ConformanceTests {
  @Test func decoderVectors() throws {
    let rows = try Conformance.rows("vectors/decoder_vectors.tsv")
    try Conformance.judge(
      "decoder-vectors",
      rows.enumerated().map { index, row in
        ("\(index + 1) \(row["decoder"] ?? "") \(row["bytes_hex"] ?? "")", DecoderVector(row).flaw)
      })
  }
}

struct DecoderVector {
  private let decoder: String
  private let bytes: [UInt8]
  private let expected: String
  /// `isUnsigned = false`; the scale is last, without a name.
  private var parameters: [String: String] = [:]

  init(_ row: [String: String]) {
    decoder = row["decoder"] ?? ""
    bytes = hexBytes(row["bytes_hex"] ?? "")
    expected = row["expected"] ?? ""
    for part in (row["params"] ?? "").components(separatedBy: ", ") where !part.isEmpty {
      let sides = part.components(separatedBy: " = ")
      parameters[sides.count > 1 ? sides[0] : "scale"] = sides.last
    }
  }

  var flaw: String? {
    switch expected.components(separatedBy: " ")[0] {
    // The peer's null is an invalid value here.
    case "NULL": return item.flawUnlessInvalid(bytes)
    case "NOT": return item.flaw(bytes) { if case .value = $0 { true } else { false } }
    case let number where item.clauses[0].hasPrefix("COMP-"):
      return item.flaw(bytes) { reading in
        guard case .value(let text) = reading, let found = Double(text), let wanted = Double(number) else {
          return false
        }
        return abs(found - wanted) <= abs(wanted) * 1e-7
      }
    case let number: return item.flaw(bytes, is: number)
    }
  }

  private func flag(_ name: String) -> Bool { parameters[name] == "true" }

  private var item: OneItem {
    switch decoder {
    case "decodeAsciiNumber", "decodeEbcdicBigNumber":
      let isASCII = decoder == "decodeAsciiNumber"
      return OneItem(
        "PIC \(flag("isUnsigned") ? "" : "S")\(digits(bytes.count))",
        dialect: "ibm,sign=ibm", charset: isASCII ? "us-ascii" : "ibm-037")
    case "decodeBCDIntegralNumber", "decodeBigBCDNumber":
      return flag("mandatorySignNibble")
        ? OneItem("PIC S\(digits(bytes.count * 2 - 1)) COMP-3") : OneItem("PIC \(digits(bytes.count * 2)) COMP-6")
    case "decodeBinaryNumber":
      // The largest number of digits that fit into so many bytes.
      let most = [1: 2, 2: 4, 3: 6, 4: 9, 8: 18][bytes.count] ?? 38
      return OneItem(
        "PIC \(flag("signed") ? "S" : "")\(digits(most)) COMP",
        dialect: "ibm,truncate=no,binary-sizes=1-8,binary-order=\(flag("bigEndian") ? "big" : "little")")
    default:
      let format = decoder.hasPrefix("ibm") ? "ibm" : "ieee"
      return OneItem(decoder.contains("single") ? "COMP-1" : "COMP-2", dialect: "ibm,float=\(format)")
    }
  }

  /// `count` digits, with the scale's number of digits right of the point; a negative scale factor puts the point
  /// before the first digit, with zeros between.
  private func digits(_ count: Int) -> String {
    let scale = Int(parameters["scale"] ?? "") ?? 0
    let factor = Int(parameters["scaleFactor"] ?? "") ?? 0
    if factor < 0 { return "V\(String(repeating: "P", count: -factor))9(\(count))" }
    if scale > count { return "V\(String(repeating: "P", count: scale - count))9(\(count))" }
    if scale == count { return "V9(\(count))" }
    return "9(\(count - scale))" + (scale > 0 ? "V9(\(scale))" : "")
  }
}
