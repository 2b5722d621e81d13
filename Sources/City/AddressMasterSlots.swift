import Base

/// Slots common to all kinds of ATMAST.
struct AddressMasterSlots {
  let kind, number, history, latest, household, type, state, reading, name, alias, sex, birth: Int
  let reason, day, reported, protection, protectedFrom, protectedTo, hasMailing, same, unified: Int
  let address: AddressSlots
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("AT-KIND")
    number = try writer.slot("AT-ATENA-NO")
    history = try writer.slot("AT-RIREKI-NO")
    latest = try writer.slot("AT-SAISHIN-KBN")
    household = try writer.slot("AT-SETAI-NO")
    type = try writer.slot("AT-JUMIN-SHUBETSU")
    state = try writer.slot("AT-JUMIN-JOTAI")
    reading = try writer.slot("AT-KANA-SHIMEI")
    name = try writer.slot("AT-KANJI-SHIMEI")
    alias = try writer.slot("AT-TSUSHO-KANJI")
    sex = try writer.slot("AT-SEIBETSU")
    birth = try writer.slot("AT-SEINEN-YMD")
    reason = try writer.slot("AT-IDO-JIYU")
    day = try writer.slot("AT-IDO-YMD")
    reported = try writer.slot("AT-TODOKE-YMD")
    protection = try writer.slot("AT-SHIEN-KBN")
    protectedFrom = try writer.slot("AT-SHIEN-KAISHI")
    protectedTo = try writer.slot("AT-SHIEN-SHURYO")
    hasMailing = try writer.slot("AT-SOFU-UMU")
    same = try writer.slot("AT-DOITSU-NO")
    unified = try writer.slot("AT-TOGO-NO")
    address = try AddressSlots(writer)
    stamp = try Stamp(writer, "AT", department: department)
  }

  /// 氏名: family and given name with one space between, in both forms.
  func put(family: Lexicon.Entry, given: Lexicon.Entry, _ writer: KindWriter, _ words: Lexicon) throws(Diagnostic) {
    var end = try writer.text(name, family.kanji)
    end = try writer.text(name, words.doubleSpace, at: end)
    _ = try writer.text(name, given.kanji, at: end)
    end = try writer.text(reading, family.kana)
    end = try writer.text(reading, words.singleSpace, at: end)
    _ = try writer.text(reading, given.kana, at: end)
  }
}

/// Slots of 住登内・住登外個人.
struct PersonSlots {
  let relation, head, nationality, stay, since, before, hasNumber: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    relation = try writer.slot("AT-ZOKUGARA-CD")
    head = try writer.slot("AT-SETAINUSHI-NO")
    nationality = try writer.slot("AT-KOKUSEKI-CD")
    stay = try writer.slot("AT-ZAIRYU-MANRYO")
    since = try writer.slot("AT-JUTEI-YMD")
    before = try writer.slot("AT-TENNYUMAE")
    hasNumber = try writer.slot("AT-MYNO-UMU")
  }
}

/// Slots of 法人.
struct CorporationSlots {
  let number, representative, seat, capital, closing: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    number = try writer.slot("AT-HOJIN-NO")
    representative = try writer.slot("AT-DAIHYO-KANJI")
    seat = try writer.slot("AT-HONTEN-KBN")
    capital = try writer.slot("AT-SHIHON")
    closing = try writer.slot("AT-KESSAN-TSUKI")
  }
}

/// Slots of 送付先.
struct MailingSlots {
  let tax, from, to, priority, reason: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    tax = try writer.slot("AT-SOFU-ZEIMOKU")
    from = try writer.slot("AT-SOFU-KAISHI")
    to = try writer.slot("AT-SOFU-SHURYO")
    priority = try writer.slot("AT-SOFU-YUSEN")
    reason = try writer.slot("AT-SOFU-JIYU")
  }
}
