import Base
import Foundation
import Testing

/// The canonical JSON that the ledger hashes.
@Suite struct JSONValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// The canonical text; `nil` when refused.
    let canonical: String?
    var testDescription: String { text }

    init(_ text: String, _ canonical: String?) { (self.text, self.canonical) = (text, canonical) }
  }

  @Test(arguments: [
    Case("1.5", nil), Case("1e3", nil), Case("-0", nil), Case("01", nil), Case("-", nil), Case("+1", nil),
    Case("9223372036854775808", nil), Case("9223372036854775807", "9223372036854775807"),
    Case("-9223372036854775809", nil), Case("-9223372036854775808", "-9223372036854775808"),
    Case("{\"a\":1,\"a\":2}", nil), Case("[1,]", nil),
    Case("{\"a\":1,}", nil), Case("\"\\u00\"", nil), Case("\"\\ud83d\"", nil), Case("\"\\ude00\"", nil),
    Case("\"a", nil), Case("\"\u{1}\"", nil), Case("1 2", nil), Case("", nil), Case("nul", nil), Case("[", nil),
    Case(String(repeating: "[", count: 100), nil), Case(" [ 1 , true , null ] ", "[1,true,null]"),
    Case("{\"b\":1,\"a\":{\"d\":[],\"c\":{}}}", "{\"a\":{\"c\":{},\"d\":[]},\"b\":1}"),
    Case("\"\\u65e5\\u672c \\ud83d\\ude00\"", "\"日本 😀\""), Case("\"\\/\\u007f\"", "\"/\u{7f}\""),
    Case("\"\\b\\f\\n\\r\\t\\u001f\\\"\\\\\"", "\"\\b\\f\\n\\r\\t\\u001f\\\"\\\\\""), Case("\"が\"", "\"が\""),
  ])
  func aTextHasOneCanonicalForm(_ row: Case) {
    #expect(JSONValue(parsing: row.text)?.canonical == row.canonical)
  }

  @Test func anythingWrittenIsReadAgain() {
    var random = SystemRandomNumberGenerator()
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
      case 0: .null
      case 1: .boolean(.random(using: &random))
      case 2: .integer(.random(in: Int.min...Int.max, using: &random))
      case 3: .text(text())
      case 4: .list((0..<3).map { _ in value(depth + 1) })
      default: .object(Dictionary((0..<3).map { _ in (text(), value(depth + 1)) }) { first, _ in first })
      }
    }
    func text() -> String {
      let scalars = (0..<5).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0..<0x3100, using: &random)) }
      return String(String.UnicodeScalarView(scalars))
    }
    for _ in 0..<2_000 {
      let made = value(0)
      let written = made.canonical
      #expect(JSONValue(parsing: written)?.canonical == written, "\(written)")
    }
  }
}
