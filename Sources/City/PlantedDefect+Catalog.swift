import Evidence

extension PlantedDefect {
  /// Every defect that can be planted, in the order of their numbers. A new one is one entry in the list of its file.
  package static let catalog: [PlantedDefect] =
    (addressDefects + taxDefects + collectionDefects).sorted { $0.id < $1.id }

  /// 共通宛名.
  private static let addressDefects: [PlantedDefect] = [
    PlantedDefect(
      "D03", "ATMAST", kind: 10, "住所コードの1桁がゾーン3（ASCII）", "one zoned digit of the address code has zone 3 (ASCII)"
    ) { change throws(Diagnostic) in
      try change.set("AT-JUSHO-CD", bytes: [0x31])
      return .keep
    },
    PlantedDefect(
      "D04-open", "ATMAST", kind: 10, "方書がKIで始まりKOがない", "the building opens a kanji run that nothing closes",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      let bytes = try change.bytes("AT-KATAGAKI").map { $0 == 0x29 ? 0x40 : $0 }
      try change.set("AT-KATAGAKI", bytes: Array(bytes.prefix(61)) + [0xBA])
      return .keep
    },
    PlantedDefect(
      "D04-first", "ATMAST", kind: 10, "方書がKOで始まる", "the building begins with the code that ends a kanji run",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      try change.set("AT-KATAGAKI", bytes: [0x29])
      return .keep
    },
    PlantedDefect(
      "D04-odd", "ATMAST", kind: 10, "KIとKOの間が奇数バイト", "an odd number of bytes between the shift codes",
      suits: { $0.traits.contains(.mixedBuilding) }
    ) { change throws(Diagnostic) in
      let bytes = try change.bytes("AT-KATAGAKI")
      try change.set("AT-KATAGAKI", bytes: [bytes[0]] + Array(bytes.dropFirst(2)) + [0x40])
      return .keep
    },
    PlantedDefect(
      "D05", "ATMAST", kind: 10, "シフトコードの分だけ漢字が途中で切れた方書", "a building cut inside a character for want of room",
      suits: { !$0.traits.contains(.mixedBuilding) && !$0.traits.contains(.longBuilding) }
    ) { change throws(Diagnostic) in
      // メゾン緑 over and over, and half a character more.
      let pattern: [UInt8] = [0xA5, 0xE1, 0xA5, 0xBE, 0xA5, 0xF3, 0xCE, 0xD0]
      try change.set("AT-KATAGAKI", bytes: [0x28] + (0..<61).map { pattern[$0 % 8] })
      return .keep
    },
    PlantedDefect(
      "D06", "ATMAST", kind: 10, "氏名に変換表にない外字 80A1", "a user-defined character (80A1) without an entry in a name"
    ) { change throws(Diagnostic) in
      try change.set("AT-KANJI-SHIMEI", bytes: [0x80, 0xA1])
      return .keep
    },
    PlantedDefect(
      "D14", "ATMAST", kind: 10, "存在しない生年月日 3620229", "a birth date that does not exist: 3620229"
    ) { change throws(Diagnostic) in
      try change.set("AT-SEINEN-YMD", 362_0229)
      return .keep
    },
    PlantedDefect(
      "D14-era", "ATMAST", kind: 10, "昭和64年3月1日（元号の範囲外）", "a birth date after the end of its era: 3640301"
    ) { change throws(Diagnostic) in
      try change.set("AT-SEINEN-YMD", 364_0301)
      return .keep
    },
    PlantedDefect(
      "D16", "ATMAST", kind: 10, "届出年月日が異動年月日より前", "reported before it happened"
    ) { change throws(Diagnostic) in
      try change.set("AT-TODOKE-YMD", 320_0401)
      return .keep
    },
    PlantedDefect(
      "D17-latest", "ATMAST", kind: 10, "最新区分1が2行", "two rows are the latest", suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in
      try change.set("AT-SAISHIN-KBN", bytes: [0xF1])
      return .keep
    },
    PlantedDefect(
      "D17-gap", "ATMAST", kind: 10, "履歴番号が1, 3", "history numbers 1 and 3", suits: { $0.versions == 2 && $0.version == 2 }
    ) { change throws(Diagnostic) in
      try change.set("AT-RIREKI-NO", 3)
      return .keep
    },
    PlantedDefect(
      "D17-order", "ATMAST", kind: 10, "最新区分が最大の履歴番号にない", "the latest row is not the last one", records: 2,
      suits: { $0.versions == 2 && !$0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SAISHIN-KBN", bytes: [change.mark.version == 1 ? 0xF1 : 0xF0])
      return .keep
    },
    PlantedDefect(
      "D34", "ATMAST", kind: 10, "支援措置の終了日が稼働日より前に短縮", "protection shortened to end before the new system starts",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SHIEN-SHURYO", 501_1130)
      return .keep
    },
    PlantedDefect(
      "D34-mailing", "ATMAST", kind: 40, "送付先の行で支援措置区分が消えている", "the protection flag is lost on the mailing address",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.protected) }
    ) { change throws(Diagnostic) in
      try change.set("AT-SHIEN-KBN", bytes: [0xF0])
      return .keep
    },
    PlantedDefect(
      "D35", "ATMAST", kind: 10, "異動事由98（変換表にない）", "reason 98, which the code table does not list"
    ) { change throws(Diagnostic) in
      try change.set("AT-IDO-JIYU", bytes: [0xF9, 0xF8])
      return .keep
    },
    PlantedDefect(
      "D39-at", "ATMAST", kind: 99, "トレーラの件数が1件多い", "the trailer counts one record too many"
    ) { change throws(Diagnostic) in
      try change.set("CT-KENSU", change.packed("CT-KENSU") + 1)
      return .keep
    },
    PlantedDefect(
      "D40", "ATMAST", kind: 20, "氏名「テスト」", "a person named テスト"
    ) { change throws(Diagnostic) in
      try change.set("AT-KANJI-SHIMEI", text: "テスト　太郎")
      return .keep
    },
    PlantedDefect(
      "D40-number", "ATMAST", kind: 30, "宛名番号9999999999の試験データ", "a test record with number 9999999999", isRare: true
    ) { _ throws(Diagnostic) in .twice },
  ]

  /// 個人住民税.
  private static let taxDefects: [PlantedDefect] = [
    PlantedDefect(
      "D01", "KJFUKA", kind: 10, "人的控除差調整額が未初期化（全てX'40'）", "a packed amount never initialised (all X'40')",
      suits: { $0.isLatest && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-JINTEKI-SA", bytes: [UInt8](repeating: 0x40, count: 5))
      return .keep
    },
    PlantedDefect(
      "D02", "KJFUKA", kind: 10, "年税額の符号が0", "the sign of the yearly tax is 0", suits: { $0.isLatest && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      let last = try change.bytes("KJ-NENZEI")[4]
      try change.set("KJ-NENZEI", bytes: [last & 0xF0], at: 4)
      return .keep
    },
    PlantedDefect(
      "D03-zero", "KJFUKA", kind: 20, "配偶者宛名番号のゾーンが0", "a zoned digit of the spouse's number has zone 0"
    ) { change throws(Diagnostic) in
      try change.set("KJ-HAIGU-NO", bytes: [0x01], at: 9)
      return .keep
    },
    PlantedDefect(
      "D17-tax", "KJFUKA", kind: 10, "更正前の行も最新", "the version before a correction is the latest, too", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-SAISHIN-KBN", bytes: [0xF1])
      return .keep
    },
    PlantedDefect(
      "D19-assessment", "KJFUKA", kind: 10, "調定があるのに賦課の行がない", "a claim whose assessment is missing",
      suits: { $0.isLatest && $0.versions == 1 && $0.amount > 0 && $0.year == 2017 && $0.method == 1 }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "D20", "KJFUKA", kind: 10, "期別の合計が年税額と100円違う", "the instalments differ from the yearly tax by 100 yen",
      suits: { $0.isLatest && $0.traits.contains(.fourParts) && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-KI-ZEIGAKU", change.packed("KJ-KI-ZEIGAKU") + 100)
      return .keep
    },
    PlantedDefect(
      "D20-remainder", "KJFUKA", kind: 10, "端数が最後の期別にある", "the remainder stands in the last instalment",
      suits: { $0.isLatest && $0.traits.contains(.uneven) && $0.year == 2016 }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KJ-KI-ZEIGAKU")
      try change.set("KJ-KI-ZEIGAKU", change.packed("KJ-KI-ZEIGAKU", occurrence: 3))
      try change.set("KJ-KI-ZEIGAKU", first, occurrence: 3)
      return .keep
    },
    PlantedDefect(
      "D33", "KJFUKA", kind: 10, "翌年度の仮徴収額がない", "next year's provisional amount is missing", isRare: true,
      suits: { $0.isLatest && $0.year == 2019 && $0.traits.contains(.provisional) }
    ) { change throws(Diagnostic) in
      try change.set("KJ-KARI-CHOSHU", 0)
      return .keep
    },
    PlantedDefect(
      "D37", "KJFUKA", kind: 10, "期別10枠が満杯で11番目の随時分10,000円が失われた", "ten of ten instalments used, an eleventh of 10,000 yen lost",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.fullTable) && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      for item in ["KJ-SHI-SHOTOKUWARI", "KJ-NENZEI", "KJ-FUCHO-GAKU"] {
        try change.set(item, change.packed(item) + 10_000)
      }
      return .keep
    },
    PlantedDefect(
      "D39-sign", "KJFUKA", kind: 99, "トレーラの金額合計1の符号が負", "the first total of the trailer has the wrong sign"
    ) { change throws(Diagnostic) in
      try change.set("CT-KINGAKU-1", -change.packed("CT-KINGAKU-1"))
      return .keep
    },
  ]

  /// 収納・滞納.
  private static let collectionDefects: [PlantedDefect] = [
    PlantedDefect(
      "D02-receipt", "SNCHOTEI", kind: 20, "収入額の符号がA", "the sign of a receipt is A (plus, but not the usual one)",
      suits: { $0.amount > 0 }
    ) { change throws(Diagnostic) in
      let last = try change.bytes("SN-SHUNO")[5]
      try change.set("SN-SHUNO", bytes: [last & 0xF0 | 0x0A], at: 5)
      return .keep
    },
    PlantedDefect(
      "D18", "SNCHOTEI", kind: 50, "口座の宛名番号が宛名にない", "a bank account of a number that the address master lacks"
    ) { change throws(Diagnostic) in
      try change.set("SN-ATENA-NO", 999_998)
      return .keep
    },
    PlantedDefect(
      "D18-claim", "SNCHOTEI", kind: 10, "調定の宛名番号が宛名にない", "a claim on a number that the address master lacks",
      suits: { $0.tax == 1 && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      try change.set("SN-ATENA-NO", 999_999)
      return .keep
    },
    PlantedDefect(
      "D19-claim", "SNCHOTEI", kind: 10, "賦課があるのに調定の行がない", "an assessed instalment without its claim",
      suits: { $0.tax == 1 && $0.year == 2019 && $0.received == 0 && $0.traits.isEmpty }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "D21", "SNCHOTEI", kind: 10, "別人の調定が＋1,000円と−1,000円（合計は一致）", "claims of two persons off by +1,000 and −1,000: totals agree",
      records: 2,
      suits: {
        $0.tax == 1 && $0.year == 2019 && $0.code == InstalmentCode(number: 4) && $0.received == 0 && $0.amount > 2_000
          && $0.traits.isEmpty
      }
    ) { change throws(Diagnostic) in
      let difference = change.turn == 0 ? 1_000 : -1_000
      try change.set("SN-CHOTEI", change.mark.amount + difference)
      try change.set("SN-MINO", change.mark.unpaid + difference)
      return .keep
    },
    PlantedDefect(
      "D29", "SNCHOTEI", kind: 10, "速報と確報を二重に収入済とした", "a preliminary and a final report of one payment both counted",
      isRare: true,
      suits: { $0.traits.contains(.hasReport) && $0.unpaid == 0 && $0.received == $0.amount && !$0.traits.contains(.enforced) }
    ) { change throws(Diagnostic) in
      try change.set("SN-SHUNO", change.mark.received * 2)
      try change.set("SN-MINO", -change.mark.received)
      return .keep
    },
    PlantedDefect(
      "D29-cancelled", "SNCHOTEI", kind: 20, "取消済みの収入が生きている", "a cancelled receipt counts again", isRare: true,
      suits: { $0.traits.contains(.cancelled) }
    ) { change throws(Diagnostic) in
      try change.set("SN-TORIKESHI", bytes: [0xF0])
      return .keep
    },
    PlantedDefect(
      "D30", "SNCHOTEI", kind: 20, "6月1日以後の収入が前の会計年度", "a receipt of June still booked to the year before",
      suits: { $0.tax == 2 && $0.month == 6 && $0.code == InstalmentCode(number: 12) }
    ) { change throws(Diagnostic) in
      try change.set("SN-KAIKEI-NENDO", Int(change.mark.assessed))
      return .keep
    },
    PlantedDefect(
      "D32", "SNCHOTEI", kind: 10, "執行停止中に延滞金が加算された", "interest runs while collection is stopped", isRare: true,
      suits: { $0.traits.contains(.stopped) && $0.unpaid > 0 }
    ) { change throws(Diagnostic) in
      try change.set("SN-ENTAI", 2_400)
      return .keep
    },
    PlantedDefect(
      "D35-measure", "SNCHOTEI", kind: 40, "処分コード98（変換表にない）", "enforcement code 98, which the code table does not list",
      isRare: true
    ) { change throws(Diagnostic) in
      try change.set("SN-SHOBUN-CD", bytes: [0xF9, 0xF8])
      return .keep
    },
    PlantedDefect(
      "D38", "SNCHOTEI", kind: 10, "指定番号の先頭の0が失われた", "the leading zeros of a 指定番号 are lost",
      suits: { $0.tax == 2 && $0.traits.contains(.leadingZero) }
    ) { change throws(Diagnostic) in
      let digits = try change.bytes("SN-SHITEI-NO").drop { $0 == 0xF0 }
      try change.set("SN-SHITEI-NO", bytes: Array(digits) + [UInt8](repeating: 0x40, count: 8 - digits.count))
      return .keep
    },
    PlantedDefect(
      "D38-account", "SNCHOTEI", kind: 50, "口座番号の先頭の0が失われた", "the leading zero of an account number is lost",
      isRare: true, suits: { $0.traits.contains(.leadingZero) }
    ) { change throws(Diagnostic) in
      let digits = try change.bytes("SN-KOZA-NO").drop { $0 == 0xF0 }
      try change.set("SN-KOZA-NO", bytes: Array(digits) + [UInt8](repeating: 0x40, count: 7 - digits.count))
      return .keep
    },
    PlantedDefect(
      "D39", "SNCHOTEI", kind: 99, "トレーラの件数が1件少ない", "the trailer counts one record too few"
    ) { change throws(Diagnostic) in
      try change.set("CT-KENSU", change.packed("CT-KENSU") - 1)
      return .keep
    },
  ]
}
