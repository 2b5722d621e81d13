import Base

extension PlantedDefect {
  /// 国民年金 and 団体内統合宛名.
  static let personDefects: [PlantedDefect] = [
    blank("D01-nn", "NNSHIKAKU", kind: 20, "NN-SHOTOKU"),
    zone("D03-nn", "NNSHIKAKU", kind: 10, "NN-ATENA-NO"),
    changed(
      "D13-nn", "NNSHIKAKU", kind: 20, "所得判定年度が431（501と同じ年度）", "the year of income is 431, the same year as 501",
      isRare: true,
      expected: .accepted, suits: { $0.month == 2019_07 }
    ) { change throws(Diagnostic) in try change.set("NN-SHOTOKU-NENDO", 431) },
    changed(
      "D16-nn", "NNSHIKAKU", kind: 10, "喪失日が取得日より前", "lost before it was acquired", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in try change.set("NN-SOSHITSU-YMD", 350_0401) },
    bothLatest("D17-nn", "NNSHIKAKU", kind: 10, "NN-SAISHIN-KBN"),
    changed(
      "D17-nn-gap", "NNSHIKAKU", kind: 10, "連番が1, 3", "numbers 1 and 3", isRare: true,
      suits: { $0.versions == 2 && $0.version == 2 }
    ) { change throws(Diagnostic) in try change.set("NN-RENBAN", 3) },
    stranger("D18-nn", "NNSHIKAKU", kind: 40, "NN-ATENA-NO"),
    unknown("D35-nn", "NNSHIKAKU", kind: 20, "NN-MENJO-KBN"),
    lost("G01-nn", "NNSHIKAKU", kind: 20), doubled("G02-nn", "NNSHIKAKU", kind: 10),
    digit("G03-nn", "NNSHIKAKU", kind: 20, "NN-SHOTOKU", suits: { _ in true }),
    filler("G26-nn", "NNSHIKAKU", kind: 10, after: "NN-TODOKE-YMD"),
    changed(
      "G29", "NNSHIKAKU", kind: 20, "免除期間が前の期間と重なる", "an exemption overlaps the one before it", isRare: true,
      suits: { $0.version == 2 }
    ) { change throws(Diagnostic) in try change.set("NN-KAISHI-YM", change.packed("NN-KAISHI-YM") - 102) },
    PlantedDefect(
      "D36", "TGRENKEI", kind: 10, "2人に同じ団体内統合宛名番号", "two persons with one unified number", suits: { $0.method == 20 }
    ) { pair throws(Diagnostic) in try pair.copy("TG-TOGO-NO") },
    changed("D36-kana", "TGRENKEI", kind: 10, "連携のカナが宛名と違う", "the link's reading differs from the address master") {
      change throws(Diagnostic) in
      let first = try change.bytes("TG-KANA")[0]
      try change.set("TG-KANA", bytes: [first == 0x81 ? 0x82 : 0x81])
    },
    changed("D03-tg", "TGRENKEI", kind: 20, "世帯番号の1桁がゾーン0", "one digit of the household has zone 0") {
      change throws(Diagnostic) in
      try change.set("TG-SETAI-NO", bytes: [0x05], at: 9)
    },
    unknown("D35-tg", "TGRENKEI", kind: 20, "TG-IDO-JIYU"),
    PlantedDefect(
      "D17-tg", "TGRENKEI", kind: 20, "異動連番が欠けた（トレーラも1件少ない）", "a daily change is missing; the trailer counts without it"
    ) { _ throws(Diagnostic) in .drop },
    lost("G01-tg", "TGRENKEI", kind: 10), doubled("G02-tg", "TGRENKEI", kind: 10),
    changed("G06-tg", "TGRENKEI", kind: 10, "生年月日が1日違う", "a birth date off by a day") { change throws(Diagnostic) in
      let birth = try change.packed("TG-SEINEN-YMD")
      try change.set("TG-SEINEN-YMD", birth % 100 > 1 ? birth - 1 : birth + 1)
    },
    changed("G10-tg", "TGRENKEI", kind: 10, "性別が逆", "the sex is the other one") { change throws(Diagnostic) in
      try change.set("TG-SEIBETSU", bytes: [try change.bytes("TG-SEIBETSU")[0] == 0xF1 ? 0xF2 : 0xF1])
    },
    changed("G18-tg", "TGRENKEI", kind: 10, "宛名番号の先頭の0が失われた", "the leading zeros of a number are lost") {
      change throws(Diagnostic) in
      let digits = Array(try change.bytes("TG-ATENA-NO").drop { $0 == 0xF0 })
      try change.set("TG-ATENA-NO", bytes: digits + [UInt8](repeating: 0x40, count: 10 - digits.count))
    },
    filler("G26-tg", "TGRENKEI", kind: 10, after: "TG-KANA"),
    changed("G36-tg", "TGRENKEI", kind: 20, "異動連番が2つ飛ぶ", "a change's number jumps by two") {
      change throws(Diagnostic) in
      try change.set("TG-IDO-RENBAN", change.zoned("TG-IDO-RENBAN") + 2)
    },
    PlantedDefect(
      "G04-tg", "TGRENKEI", kind: 10, "2人の宛名番号が入れ替わった", "the numbers of two persons are swapped",
      suits: { $0.method == 20 }
    ) { pair throws(Diagnostic) in try pair.swap("TG-ATENA-NO") },
  ]
}
