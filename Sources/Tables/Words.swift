import Base
import Records

/// The notation of numbers, dates and states on paper.
package struct Words {
  package let language: Language

  package init(language: Language) { self.language = language }

  package func callAsFunction(_ ja: String, _ en: String) -> String { language == .japanese ? ja : en }

  package func callAsFunction(_ text: Bilingual) -> String { text.text(language) }

  /// With separators; negative numbers with △ in Japanese papers, a minus sign in English.
  package func number(_ value: Int128) -> String {
    var digits = String(value.magnitude)
    var index = digits.endIndex
    while digits.distance(from: digits.startIndex, to: index) > 3 {
      index = digits.index(index, offsetBy: -3)
      digits.insert(",", at: index)
    }
    return value < 0 ? (language == .japanese ? "△" : "−") + digits : digits
  }

  package func number(_ value: Int) -> String { number(Int128(value)) }

  /// `三つ` as Japanese counts things: つ up to nine, 件 beyond.
  package func things(_ count: Int) -> String { number(count) + (language == .english ? "" : count < 10 ? "つ" : "件") }

  /// `令和元年11月29日`, or the ISO date.
  package func date(_ iso: String) -> String { language.date(iso) }

  /// `R元.11.29` in the narrow columns of a Japanese table, otherwise the ISO date.
  package func shortDate(_ iso: String) -> String { language.shortDate(iso) }

  /// 年度 in Japanese notation: `2019` is 平成31年度.
  package func fiscalYear(_ year: String) -> String {
    guard language == .japanese, let number = Int64(year) else { return year }
    // A fiscal year is named by the era of its first day.
    guard let era = Era.of(number * 10_000 + 401) else { return year }
    return "\(era.japanese)\(Int(number) - era.firstYear + 1)年度 (\(year))"
  }

  /// A moment in Japanese time.
  package func time(_ rfc3339: String) -> String { language.moment(rfc3339) }

  /// The same for narrow columns.
  package func shortTime(_ rfc3339: String) -> String { language.shortMoment(rfc3339) }
}
