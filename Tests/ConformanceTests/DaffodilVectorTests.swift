import Charset
import Foundation
import Testing

/// Packed numbers, zoned numbers and numbers with an assumed point of DFDL's test suite, each as the item of a copybook
/// that describes the same bytes. A case that no copybook can describe has no item.
extension ConformanceTests {
  @Test func daffodilVectors() throws {
    let rows = try Conformance.rows("vectors/daffodil_vectors.tsv")
    try Conformance.judge(
      "daffodil-vectors", rows.map { row in (row["test"] ?? "", try DaffodilVector.flaw(row)) })
  }
}

enum DaffodilVector {
  static func flaw(_ row: [String: String]) throws -> String? {
    guard let item = items[row["test"] ?? ""] else { return "no copybook describes it" }
    let (document, expected) = (row["document"] ?? "", row["expected"] ?? "")
    let kind = (row["doc_kind"] ?? "").components(separatedBy: ":")
    let charset = ["ebcdic-cp-us": "ibm-037", "ISO-8859-1": "iso-8859-1"][kind.last ?? ""] ?? "us-ascii"
    let characters = try #require(Charset.CharacterSet.named(charset))
    let bytes = kind[0] == "byte" ? hexBytes(document) : characters.encode(.single, document).0
    if expected.hasPrefix("ERROR") { return item.flawUnlessRefused(bytes) }
    let readings: [OneItem.Reading]
    do { readings = try item.readings(bytes) } catch { return "\(error)" }
    let wanted = item == calendar ? [monthDayYear(expected)] : expected.components(separatedBy: " ")
    let holds = zip(readings, wanted).allSatisfy { reading, text in
      guard case .value(let found) = reading else { return false }
      return found == text || (Decimal(string: found) != nil && Decimal(string: found) == Decimal(string: text))
    }
    return holds && readings.count == wanted.count ? nil : "\(readings)"
  }

  /// The calendars of the set are `MMddyy` as digits.
  private static func monthDayYear(_ date: String) -> String {
    let parts = date.components(separatedBy: "-")
    return parts[1] + parts[2] + parts[0].suffix(2)
  }

  private static let ascii = "us-ascii"
  private static let calendar = OneItem("PIC 9(6) COMP-6")
  private static let display = OneItem("PIC S9(10)", charset: ascii)
  private static let leading = OneItem("PIC S9(10) SIGN LEADING", charset: ascii)
  private static let money = OneItem("PIC 9(7)V99", charset: ascii)
  private static let moneySeparate = OneItem("PIC S9(7)V99 SIGN LEADING SEPARATE", charset: ascii)
  private static let small = OneItem("PIC 9(3)V99", charset: ascii)
  private static let ebcdicLeading = OneItem("PIC S9(8)V99 SIGN LEADING")
  private static let ebcdicTrailing = OneItem("PIC S9(8)V99")
  private static let twoDigits = OneItem("PIC 99V99 COMP-6")
  private static let fourDigits = OneItem("PIC 9(4) COMP-6")

  private static let items: [String: OneItem] = [
    "hexCharset02": fourDigits, "hexCharset03": twoDigits, "hexCharset04": calendar,
    "packedCharset01": OneItem("PIC S9(5) COMP-3"), "packedCharset03": OneItem("PIC S9(3)V99 COMP-3"),
    // A length is neither implied nor zero.
    "packedCharset08": OneItem("COMP-3"), "zeroLengthPackedCharset": OneItem("PIC 9(0) COMP-6"),
    "packedCharset04": calendar, "packedCharset05": OneItem("PIC S9(3) COMP-3"),
    "bcdCharset01": OneItem("PIC 9(8) COMP-6"), "bcdCharset03": twoDigits,
    "bcdCharset05": fourDigits, "bcdCharset06": fourDigits,
    "IBM4690Charset02": fourDigits, "IBM4690Charset03": twoDigits, "IBM4690Charset04": calendar,
    "IBM4690Charset05": fourDigits,
    "DelimitedPackedIntSeq": OneItem("PIC S9(3) COMP-3", "FILLER PIC X", "PIC S9(3) COMP-3", "FILLER PIC X"),
    "DelimitedPackedDecSeq": OneItem("PIC S9V99 COMP-3", "FILLER PIC X", "PIC S9V99 COMP-3", "FILLER PIC X"),
    "bcdBigIntToLongExpr": OneItem("PIC 99 COMP-6", "PIC X(5)", charset: ascii),
    "packedNegativeUnsigned": OneItem("PIC 9(3) COMP-3"), "packedIntTooLarge": OneItem("PIC S9(11) COMP-3"),
    "packedIntMax": OneItem("PIC S9(11) COMP-3"),
    "zoned_textNumberPattern_fail01": OneItem("PIC @999", charset: ascii),
    "zoned_textNumberPattern_fail05": OneItem("PIC 99E99", charset: ascii),
    "zoned_textNumberPattern_fail06": OneItem("PIC +9999+", charset: ascii),
    "zoned_float_fail01": OneItem("PIC S9(4) COMP-1"), "zoned_double_fail01": OneItem("PIC S9(4) COMP-2"),
    "ZonedStandard04": display, "ZonedCARealiaModified01": display, "ZonedCARealiaModified04": display,
    "ZonedCARealiaModified05": display, "ZonedTandemModified02": leading, "ZonedTandemModified03": leading,
    "ZonedTandemModified04": display, "ZonedTandemModified05": display,
    "ZonedTranslatedEBCDIC01": leading, "ZonedTranslatedEBCDIC02": leading, "ZonedTranslatedEBCDIC05": display,
    "ZonedEBCDICLeadingOverpunchedSign": ebcdicLeading, "ZonedEBCDICLeadingOverpunchedSign_B5": ebcdicLeading,
    "ZonedEBCDICLeadingOverpunchedSignBadDigit": ebcdicLeading,
    "ZonedEBCDICTrailingOverpunchedSign_B2": ebcdicTrailing,
    "ZonedEBCDICTrailingOverpunchedSignBadDigit": ebcdicTrailing,
    "vpattern_01": money, "vpattern_02": moneySeparate, "vpattern_03": moneySeparate,
    "vpattern_08": OneItem("PIC 9(17)V99", charset: ascii), "vpattern_double": OneItem("PIC 9V99", charset: ascii),
    "float_vpattern_01": small, "double_vpattern_01": small, "zoned_vpattern_03": money,
    "zoned_vpattern_04": OneItem("PIC S9V99 SIGN LEADING", dialect: "mf", charset: ascii),
  ]
}
