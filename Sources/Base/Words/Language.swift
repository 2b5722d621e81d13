/// The two languages of every text for people.
package enum Language: String, Sendable, Codable, CaseIterable {
  case japanese = "ja"
  case english = "en"

  /// The other language.
  package var other: Language { self == .japanese ? .english : .japanese }

  /// Seconds as a duration for people: `2時間5分`, `2 h 5 min`; below a minute with one decimal.
  package func duration(_ seconds: Double) -> String {
    let isJapanese = self == .japanese
    if seconds < 60 {
      let tenths = Int((seconds * 10).rounded())
      let text = tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
      return text + (isJapanese ? "秒" : " s")
    }
    let whole = Int(seconds.rounded())
    let hours = whole / 3600
    // Seconds are left out beside hours.
    let (minutes, rest) = (whole / 60 % 60, hours > 0 ? 0 : whole % 60)
    let parts = [(hours, "時間", "h"), (minutes, "分", "min"), (rest, "秒", "s")].filter { $0.0 > 0 }
    return isJapanese
      ? parts.map { "\($0.0)\($0.1)" }.joined() : parts.map { "\($0.0) \($0.2)" }.joined(separator: " ")
  }
}

/// A text in both languages.
package struct Bilingual: Hashable, Sendable, Codable {
  package let ja: String
  package let en: String

  package init(_ ja: String, _ en: String) {
    self.ja = ja
    self.en = en
  }

  package func text(_ language: Language) -> String { language == .japanese ? ja : en }
}
