import Base
import Foundation

/// What two values that are not equal differ in, when it is their spelling alone: whoever argues about a column should know
/// that it is not about its meaning.
package enum ValueDifference: String, CaseIterable, Sendable {
  case empty, spaces, width, similar, kana, zeros

  package var title: Bilingual {
    switch self {
    case .empty: Bilingual("空と NULL の違いだけ", "empty against NULL alone")
    case .spaces: Bilingual("前後の空白だけ", "spaces around it alone")
    case .width: Bilingual("全角・半角の違いだけ", "full or half width alone")
    case .similar: Bilingual("似た文字の違いだけ（−と－、〜と～など）", "similar characters alone (− and －, 〜 and ～ …)")
    case .kana: Bilingual("ひらがな・カタカナの違いだけ", "hiragana or katakana alone")
    case .zeros: Bilingual("前の0だけ", "zeros in front alone")
    }
  }

  /// The first that explains why two unequal values differ; `nil` when their meaning does.
  static func of(_ left: String?, _ right: String?) -> ValueDifference? {
    guard let left, let right else {
      return (left ?? right ?? "").allSatisfy { $0 == " " || $0 == "　" } ? .empty : nil
    }
    if Candidates.trimmed(left) == Candidates.trimmed(right) { return .spaces }
    let (wide, other) = (compatible(left), compatible(right))
    if wide == other { return .width }
    if plain(wide) == plain(other) { return .similar }
    if plain(katakana(wide)) == plain(katakana(other)) { return .kana }
    let isDigits = { (text: String) in !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    if isDigits(left), isDigits(right), Candidates.unzeroed(left) == Candidates.unzeroed(right) { return .zeros }
    return nil
  }

  private static func compatible(_ text: String) -> String { text.precomposedStringWithCompatibilityMapping }

  static func katakana(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (0x3041...0x3096).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0x60) ?? scalar : scalar
        }))
  }

  /// Characters that makers' tables take for one another, as one of them.
  private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{2212}": "-", "\u{FF0D}": "-", "\u{2010}": "-", "\u{2011}": "-", "\u{2013}": "-", "\u{2014}": "-",
    "\u{2015}": "-", "\u{30FC}": "-", "\u{301C}": "~", "\u{FF5E}": "~", "\u{2016}": "|", "\u{2225}": "|",
    "\u{FFE3}": "\u{203E}", "\u{00A5}": "\\", "\u{FFE5}": "\\", "\u{00B7}": "\u{30FB}",
  ]

  static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { lookalikes[$0] ?? $0 }))
  }
}
