import Base

extension PlantedDefect {
  /// 個人住民税.
  static let taxDefects: [PlantedDefect] = [
    changed(
      "D01", "KJFUKA", kind: 10, "人的控除差調整額が未初期化（全てX'40'）", "a packed amount never initialised (all X'40')",
      suits: { $0.isLatest && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-JINTEKI-SA", bytes: [UInt8](repeating: 0x40, count: 5))
    },
    changed(
      "D02", "KJFUKA", kind: 10, "年税額の符号が0", "the sign of the yearly tax is 0", suits: { $0.isLatest && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      let last = try change.bytes("KJ-NENZEI")[4]
      try change.set("KJ-NENZEI", bytes: [last & 0xF0], at: 4)
    },
    changed(
      "D03-zero", "KJFUKA", kind: 20, "配偶者宛名番号のゾーンが0", "a zoned digit of the spouse's number has zone 0"
    ) { change throws(Diagnostic) in
      try change.set("KJ-HAIGU-NO", bytes: [0x01], at: 9)
    },
    changed(
      "D17-tax", "KJFUKA", kind: 10, "更正前の行も最新", "the version before a correction is the latest, too", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-SAISHIN-KBN", bytes: [0xF1])
    },
    PlantedDefect(
      "D19-assessment", "KJFUKA", kind: 10, "調定があるのに賦課の行がない", "a claim whose assessment is missing",
      suits: { $0.isLatest && $0.versions == 1 && $0.amount > 0 && $0.year == 2017 && $0.method == 1 }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D20", "KJFUKA", kind: 10, "期別の合計が年税額と100円違う", "the instalments differ from the yearly tax by 100 yen",
      suits: { $0.isLatest && $0.traits.contains(.fourParts) && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      try change.set("KJ-KI-ZEIGAKU", change.packed("KJ-KI-ZEIGAKU") + 100)
    },
    changed(
      "D20-remainder", "KJFUKA", kind: 10, "端数が最後の期別にある", "the remainder stands in the last instalment",
      suits: { $0.isLatest && $0.traits.contains(.uneven) && $0.year == 2016 }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KJ-KI-ZEIGAKU")
      try change.set("KJ-KI-ZEIGAKU", change.packed("KJ-KI-ZEIGAKU", occurrence: 3))
      try change.set("KJ-KI-ZEIGAKU", first, occurrence: 3)
    },
    changed(
      "D33", "KJFUKA", kind: 10, "翌年度の仮徴収額がない", "next year's provisional amount is missing", isRare: true,
      suits: { $0.isLatest && $0.year == 2019 && $0.traits.contains(.provisional) }
    ) { change throws(Diagnostic) in
      try change.set("KJ-KARI-CHOSHU", 0)
    },
    changed(
      "D37", "KJFUKA", kind: 10, "期別10枠が満杯で11番目の随時分10,000円が失われた",
      "ten of ten instalments used, an eleventh of 10,000 yen lost",
      isRare: true, suits: { $0.isLatest && $0.traits.contains(.fullTable) && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      for item in ["KJ-SHI-SHOTOKUWARI", "KJ-NENZEI", "KJ-FUCHO-GAKU"] {
        try change.set(item, change.packed(item) + 10_000)
      }
    },
    changed(
      "D39-sign", "KJFUKA", kind: 99, "トレーラの金額合計1の符号が負", "the first total of the trailer has the wrong sign",
      followsTrailer: false
    ) { change throws(Diagnostic) in
      try change.set("CT-KINGAKU-1", -change.packed("CT-KINGAKU-1"))
    },
  ]
}
