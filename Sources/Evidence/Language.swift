/// The two languages of everything a person reads.
package enum Language: String, Sendable, Codable, CaseIterable {
  case japanese = "ja"
  case english = "en"
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
