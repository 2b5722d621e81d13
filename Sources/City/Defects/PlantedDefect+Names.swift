import Base

extension PlantedDefect {
  /// Names with several spellings.
  static let nameDefects: [PlantedDefect] = [
    changed(
      "D07", "ATMAST", kind: 10, "一世帯に辻の2字体（67A5とC4D4）", "two glyph codes of 辻 (67A5 and C4D4) in one household",
      records: 2, isRare: true,
      suits: { $0.traits.contains(.steady) && ($0.traits.contains(.head) || $0.traits.contains(.second)) }
    ) { change throws(Diagnostic) in
      let name = try change.bytes("AT-KANJI-SHIMEI")
      let given = Self.afterSpace(name)
      try change.set("AT-KANJI-SHIMEI", bytes: [UInt8](repeating: 0x40, count: name.count))
      let family: [UInt8] = change.mark.traits.contains(.head) ? [0x67, 0xA5] : [0xC4, 0xD4]
      try change.set("AT-KANJI-SHIMEI", bytes: family + [0x40, 0x40] + given)
    },
    changed(
      "D08", "ATMAST", kind: 10, "藪（JIS78字形、EUCで読むと薮）", "藪, which the EUC rule would read as 薮", expected: .accepted,
      suits: { $0.isLatest && $0.version == 1 && !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in try change.set("AT-KANJI-SHIMEI", bytes: [0xCC, 0xF9]) },
    changed(
      "D09", "ATMAST", kind: 10, "𠮷（BMP外の1文字）", "𠮷, one character beyond the BMP", expected: .accepted,
      suits: { $0.isLatest && $0.version == 1 && !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in try change.set("AT-KANJI-SHIMEI", bytes: [0x45, 0xFB]) },
    changed(
      "D10", "ATMAST", kind: 10, "氏名の姓と名の間に空白がない", "no space between family and given name",
      suits: { !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in
      let name = try change.bytes("AT-KANJI-SHIMEI")
      try change.set("AT-KANJI-SHIMEI", bytes: Self.beforeSpace(name) + Self.afterSpace(name) + [0x40, 0x40])
    },
    changed(
      "D10-two", "ATMAST", kind: 10, "氏名の姓と名の間に空白2つ", "two spaces between family and given name",
      suits: { !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in
      let name = try change.bytes("AT-KANJI-SHIMEI")
      let wide: [UInt8] = [0x40, 0x40, 0x40, 0x40]
      try change.set("AT-KANJI-SHIMEI", bytes: Self.beforeSpace(name) + wide + Self.afterSpace(name))
    },
    changed(
      "D11", "ATMAST", kind: 10, "カナの長音がハイフン", "a hyphen for the long vowel in the reading",
      suits: { $0.isLatest && !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in try change.set("AT-KANA-SHIMEI", bytes: [0x60], at: 1) },
    changed(
      "D11-company", "ATMAST", kind: 30, "法人名カナの長音がハイフン", "a hyphen for the long vowel in a corporation's reading",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.longVowel) }
    ) { change throws(Diagnostic) in
      let kana = try change.bytes("AT-KANA-SHIMEI").map { $0 == Lexicon.longVowel ? 0x60 : $0 }
      try change.set("AT-KANA-SHIMEI", bytes: kana)
    },
    changed(
      "D11-building", "ATMAST", kind: 10, "方書の長音が全角ハイフン", "a full-width hyphen for the long vowel in a building's name",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.longVowel) }
    ) { change throws(Diagnostic) in
      // ー A1BC, － A1DD.
      let place = try change.bytes("AT-KATAGAKI")
      for index in place.indices.dropLast() where place[index] == 0xA1 && place[index + 1] == 0xBC {
        try change.set("AT-KATAGAKI", bytes: [0xDD], at: index + 1)
      }
    },
    changed(
      "D11-small", "ATMAST", kind: 10, "カナの小書きｮ・ｭが大きい", "small kana written large in the reading", isRare: true,
      suits: { $0.isLatest && $0.traits.contains(.smallKana) }
    ) { change throws(Diagnostic) in
      let kana = try change.bytes("AT-KANA-SHIMEI").map { $0 == 0x54 ? 0xAC : $0 == 0x55 ? 0xAD : $0 }
      try change.set("AT-KANA-SHIMEI", bytes: kana)
    },
    changed(
      "G08", "ATMAST", kind: 10, "氏名カナが1文字短い", "the reading is cut by one character",
      suits: { $0.isLatest && !$0.traits.contains(.foreign) }
    ) { change throws(Diagnostic) in
      let kana = try change.bytes("AT-KANA-SHIMEI")
      let end = kana.lastIndex { $0 != 0x40 } ?? 0
      try change.set("AT-KANA-SHIMEI", bytes: [0x40], at: end)
    },
    changed(
      "G09", "ATMAST", kind: 10, "富士見町が富土見町", "富土見町 for 富士見町", isRare: true,
      suits: { $0.traits.contains(.fujimi) }
    ) { change throws(Diagnostic) in
      // 士 BBCE, 土 C5DA.
      let place = try change.bytes("AT-JUSHO-KANJI")
      for index in stride(from: 0, to: place.count - 1, by: 2) where place[index] == 0xBB && place[index + 1] == 0xCE {
        try change.set("AT-JUSHO-KANJI", bytes: [0xC5, 0xDA], at: index)
      }
    },
  ]

  /// The place of the first double space that is followed by text.
  private static func space(_ name: [UInt8]) -> Int {
    stride(from: 2, to: name.count - 2, by: 2).first { name[$0] == 0x40 && name[$0 + 1] == 0x40 } ?? name.count - 2
  }

  private static func beforeSpace(_ name: [UInt8]) -> [UInt8] { Array(name[..<space(name)]) }

  private static func afterSpace(_ name: [UInt8]) -> [UInt8] {
    var rest = Array(name[(space(name) + 2)...])
    while rest.count > 1, rest[rest.count - 1] == 0x40, rest[rest.count - 2] == 0x40 { rest.removeLast(2) }
    return rest
  }
}
