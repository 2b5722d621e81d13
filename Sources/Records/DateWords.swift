import Base

/// Dates and moments as people read them: a date of the registers in the notation of Japanese documents, a moment in
/// Japanese time. English keeps the order of ISO 8601.
extension Language {
  /// `令和元年11月29日`, `2019-11-29`; a text that is no date stays as it is.
  package func date(_ iso: String) -> String {
    guard self == .japanese, let date = CivilDate.parse(iso.prefix(10)) else { return String(iso.prefix(10)) }
    return Era.japaneseText(date)
  }

  /// `R元.11.29` for narrow columns, `2019-11-29`.
  package func shortDate(_ iso: String) -> String {
    guard self == .japanese, let date = CivilDate.parse(iso.prefix(10)), let era = Era.of(date) else {
      return String(iso.prefix(10))
    }
    let letters = ["M", "T", "S", "H", "R"]
    let year = Int(date / 10_000) - era.firstYear + 1
    return "\(letters[era.digit - 1])\(year == 1 ? "元" : String(year)).\(date / 100 % 100).\(date % 100)"
  }

  /// The day and the time of a moment, RFC 3339, in Japanese time; any other text as it is.
  package func moment(_ rfc3339: String) -> String { moment(rfc3339, date) }

  package func shortMoment(_ rfc3339: String) -> String { moment(rfc3339, shortDate) }

  private func moment(_ rfc3339: String, _ date: (String) -> String) -> String {
    let local = Day.local(rfc3339)
    guard local != rfc3339 else { return rfc3339 }
    return "\(date(local)) \(local.dropFirst(11))"
  }
}

extension Bilingual {
  /// A date in both languages.
  package static func date(_ iso: String) -> Bilingual {
    Bilingual(Language.japanese.date(iso), Language.english.date(iso))
  }

  /// A moment in both languages, in Japanese time.
  package static func moment(_ rfc3339: String) -> Bilingual {
    Bilingual(Language.japanese.moment(rfc3339), Language.english.moment(rfc3339))
  }
}
