/// The two languages of everything a person reads.
package enum Language: String, Sendable, Codable, CaseIterable {
  case japanese = "ja"
  case english = "en"

  /// Seconds as people say them: `2時間5分`, `2 h 5 min`; below a minute with one place.
  package func duration(_ seconds: Double) -> String {
    let isJapanese = self == .japanese
    if seconds < 60 {
      let tenths = Int((seconds * 10).rounded())
      let text = tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
      return text + (isJapanese ? "秒" : " s")
    }
    let whole = Int(seconds.rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    if hours == 0 { return isJapanese ? "\(minutes)分\(whole % 60)秒" : "\(minutes) min \(whole % 60) s" }
    return isJapanese ? "\(hours)時間\(minutes)分" : "\(hours) h \(minutes) min"
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
