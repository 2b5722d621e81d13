import Base

extension PlantedDefect {
  /// 共通宛名.
  static let addressDefects: [PlantedDefect] = [
    changed(
      "D03", "ATMAST", kind: 10, "住所コードの1桁がゾーン3（ASCII）", "one zoned digit of the address code has zone 3 (ASCII)"
    ) { change throws(Diagnostic) in
      try change.set("AT-JUSHO-CD", bytes: [0x31])
    },
    changed(
      "D04-open", "ATMAST", kind: 10, "方書がKIで始まりKOがない", "the building opens a kanji run that nothing closes",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      let bytes = try change.bytes("AT-KATAGAKI").map { $0 == 0x29 ? 0x40 : $0 }
      try change.set("AT-KATAGAKI", bytes: Array(bytes.prefix(61)) + [0xBA])
    },
    changed(
      "D04-first", "ATMAST", kind: 10, "方書がKOで始まる", "the building begins with the code that ends a kanji run",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      try change.set("AT-KATAGAKI", bytes: [0x29])
    },
    changed(
      "D04-odd", "ATMAST", kind: 10, "KIとKOの間が奇数バイト", "an odd number of bytes between the shift codes",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      let bytes = try change.bytes("AT-KATAGAKI")
      try change.set("AT-KATAGAKI", bytes: [bytes[0]] + Array(bytes.dropFirst(2)) + [0x40])
    },
    changed(
      "D05", "ATMAST", kind: 10, "シフトコードの分だけ漢字が途中で切れた方書", "a building cut inside a character for want of room",
      suits: { !$0.traits.contains(.mixedBuilding) && !$0.traits.contains(.longBuilding) }
    ) { change throws(Diagnostic) in
      // Repeats メゾン緑, followed by half a character.
      let pattern: [UInt8] = [0xA5, 0xE1, 0xA5, 0xBE, 0xA5, 0xF3, 0xCE, 0xD0]
      try change.set("AT-KATAGAKI", bytes: [0x28] + (0..<61).map { pattern[$0 % 8] })
    },
    changed(
      "D06", "ATMAST", kind: 10, "氏名に変換表にない外字 80A1", "a user-defined character (80A1) without an entry in a name"
    ) { change throws(Diagnostic) in
      try change.set("AT-KANJI-SHIMEI", bytes: [0x80, 0xA1])
    },
    changed(
      "D14", "ATMAST", kind: 10, "存在しない生年月日 3620229", "a birth date that does not exist: 3620229"
    ) { change throws(Diagnostic) in
      try change.set("AT-SEINEN-YMD", 362_0229)
    },
    changed(
      "D14-era", "ATMAST", kind: 10, "昭和64年3月1日（元号の範囲外）", "a birth date after the end of its era: 3640301"
    ) { change throws(Diagnostic) in
      try change.set("AT-SEINEN-YMD", 364_0301)
    },
    changed(
      "D16", "ATMAST", kind: 10, "届出年月日が異動年月日より前", "reported before it happened"
    ) { change throws(Diagnostic) in
      try change.set("AT-TODOKE-YMD", 320_0401)
    },
    changed(
      "D17-latest", "ATMAST", kind: 10, "最新区分1が2行", "two rows are the latest",
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in
      try change.set("AT-SAISHIN-KBN", bytes: [0xF1])
    },
    changed(
      "D17-gap", "ATMAST", kind: 10, "履歴番号が1, 3", "history numbers 1 and 3",
      suits: { $0.versions == 2 && $0.version == 2 }
    ) { change throws(Diagnostic) in
      try change.set("AT-RIREKI-NO", 3)
    },
    changed(
      "D17-order", "ATMAST", kind: 10, "最新区分が最大の履歴番号にない", "the latest row is not the last one", records: 2,
      suits: { $0.versions == 2 && !$0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SAISHIN-KBN", bytes: [change.mark.version == 1 ? 0xF1 : 0xF0])
    },
    changed(
      "D34", "ATMAST", kind: 10, "支援措置の終了日が稼働日より前に短縮", "protection shortened to end before the new system starts",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SHIEN-SHURYO", 501_1130)
    },
    changed(
      "D34-mailing", "ATMAST", kind: 40, "送付先の行で支援措置区分が消えている", "the protection flag is lost on the mailing address",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SHIEN-KBN", bytes: [0xF0])
    },
    changed(
      "D35", "ATMAST", kind: 10, "異動事由98（変換表にない）", "reason 98, which the code table does not list"
    ) { change throws(Diagnostic) in
      try change.set("AT-IDO-JIYU", bytes: [0xF9, 0xF8])
    },
    changed(
      "D39-at", "ATMAST", kind: 99, "トレーラの件数が1件多い", "the trailer counts one record too many", followsTrailer: false
    ) { change throws(Diagnostic) in
      try change.set("CT-KENSU", change.packed("CT-KENSU") + 1)
    },
    changed(
      "D40", "ATMAST", kind: 20, "氏名「テスト」", "a person named テスト"
    ) { change throws(Diagnostic) in
      try change.set("AT-KANJI-SHIMEI", text: "テスト　太郎")
    },
    PlantedDefect(
      "D40-number", "ATMAST", kind: 30, "宛名番号9999999999の試験データ", "a test record with number 9999999999",
      isRare: true
    ) { _ throws(Diagnostic) in .twice },
  ]
}
