import Foundation

/// The rule of two pairs of eyes (二者確認): the maker of a record does not approve it.
package enum FourEyes {
  /// - Parameters:
  ///   - what: the record, for the message.
  ///   - person: the approver.
  ///   - makers: the makers of the record.
  /// - Throws: `ledger.foureyes`; `register.missing` for a text that is not a person's name.
  package static func check(_ what: String, _ person: String, _ makers: [String]) throws(Diagnostic) {
    guard isPerson(person) else { throw Diagnostic(.registerMissing, at: Place(field: what), "a person's name") }
    for maker in makers where !maker.isEmpty && isSame(maker, person) {
      throw Diagnostic(.ledgerFourEyes, at: Place(field: what), person)
    }
  }

  /// Whether two names are the same person's, compared as they are read and not as they are written. Blanks, marks,
  /// width, case, kana, old and new forms of characters, invisible characters and the order of family and given name
  /// make no difference.
  package static func isSame(_ one: String, _ other: String) -> Bool {
    plain(one) == plain(other) || parts(one) == parts(other)
  }

  /// Whether a text has visible characters of a name and is not the program's own name.
  package static func isPerson(_ name: String) -> Bool { isText(name) && plain(name) != plain("totsugo") }

  /// Whether a text has a letter, a digit or another visible character.
  package static func isText(_ text: String) -> Bool { !plain(text).isEmpty }

  private static func parts(_ name: String) -> [String] {
    name.split(whereSeparator: \.isWhitespace).map { plain(String($0)) }.filter { !$0.isEmpty }.sorted()
  }

  private static func plain(_ name: String) -> String {
    // Upper case, then lower case: ß becomes SS, and then ss.
    let wide = name.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
    var plain = String.UnicodeScalarView()
    for scalar in wide.precomposedStringWithCompatibilityMapping.unicodeScalars {
      let properties = scalar.properties
      if properties.isDefaultIgnorableCodePoint || properties.isVariationSelector { continue }
      guard properties.isAlphabetic || properties.numericType != nil || scalar == "ー" else { continue }
      plain.append(folded(scalar))
    }
    return String(plain)
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // Hiragana as katakana.
    if (0x3041...0x3096).contains(scalar.value), let kana = Unicode.Scalar(scalar.value + 0x60) { return kana }
    return forms[scalar] ?? scalar
  }

  /// Old and variant forms of characters in names, each with its common form, and letters of other scripts that look
  /// the same.
  private static let forms: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs =
      "髙高 𠮷吉 檜桧 藪薮 冨富 峯峰 槗橋 﨑崎 嵜崎 國国 邊辺 邉辺 澤沢 濵浜 濱浜 廣広 齋斎 齊斉 眞真 惠恵 德徳 瀨瀬 櫻桜 嶋島 嶌島 彌弥 榮栄 應応 圓円 學学 繩縄 顯顕 條条 曾曽 靜静 龍竜 瀧滝 槇槙 藏蔵 萬万 與与 禮礼 "
      + "會会 淺浅 豐豊 黑黒 關関 遙遥 鐵鉄 隆隆 祐祐 福福 神神 祥祥 都都 海海 "
      + "аa еe оo рp сc хx уy іi ѕs αa οo ρp νv"
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    for pair in pairs.split(separator: " ") {
      let scalars = Array(pair.unicodeScalars)
      if scalars.count == 2 { forms[scalars[0]] = scalars[1] }
    }
    return forms
  }()
}
