import Base
import Foundation
import Records

/// A day as people write it in a form or a workbook.
///
/// `2019-11-29`, `2019/11/29`, `2019.11.29`, `2019年11月29日`, `令和元年11月29日`, `令1.11.29`, `R1.11.29`, `R元/11/29`, also in
/// full-width characters. A day of an era must lie in it; 平成31年 may be written to its end, as forms printed before May
/// 2019 have it ([Era]). A year of two digits without an era is refused: nobody knows which is meant.
package enum WrittenDay {
  private static let letters: [Character: Int] = [
    "M": 1, "T": 2, "S": 3, "H": 4, "R": 5, "明": 1, "大": 2, "昭": 3, "平": 4, "令": 5,
  ]

  /// - Returns: `YYYY-MM-DD`; `nil` for a text that is not a day that exists.
  package static func read(_ text: String) -> String? {
    let plain = text.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }
    guard
      let match = plain.wholeMatch(
        of: #/([MTSHRmtshr]|明治?|大正?|昭和?|平成?|令和?)?(\d{1,4}|元)[年.\/-](\d{1,2})[月.\/-](\d{1,2})日?/#),
      let month = Int(match.3), let day = Int(match.4)
    else { return nil }
    let number = match.2 == "元" ? 1 : Int(match.2) ?? 0
    guard let letter = match.1?.uppercased().first else {
      guard match.2.count == 4, CivilDate.exists(year: number, month: month, day: day) else { return nil }
      return CivilDate.text(CivilDate.number(year: number, month: month, day: day))
    }
    guard let digit = letters[letter], (1...99).contains(number), match.2 != "00", month > 0, day > 0 else {
      return nil
    }
    let packed = Int64(digit * 1_000_000 + number * 10_000 + month * 100 + day)
    switch Era.date(packed) {
    case .date(let date): return CivilDate.text(date)
    case .alias(let date): return digit == 4 && number > 31 ? nil : CivilDate.text(date)
    case .empty, .noEnd, .lunar, .impossible: return nil
    }
  }
}
