import Base

extension PlantedDefect {
  /// 固定資産税・都市計画税.
  static let propertyDefects: [PlantedDefect] = [
    blank("D01-kt", "KTDAICHO", kind: 20, "KT-HYOKAGAKU"),
    sign("D02-kt", "KTDAICHO", kind: 40, "KT-NENZEI", 0),
    zone("D03-kt", "KTDAICHO", kind: 10, "KT-CHIBAN-HON"),
    changed("D14-kt", "KTDAICHO", kind: 10, "存在しない異動年月日 4300231", "a date that does not exist: 4300231") {
      change throws(Diagnostic) in
      try change.set("KT-IDO-YMD", 430_0231)
    },
    bothLatest("D17-kt", "KTDAICHO", kind: 40, "KT-SAISHIN-KBN"),
    stranger("D18-kt", "KTDAICHO", kind: 50, "KT-KYOYU-NO"),
    PlantedDefect(
      "D19-kt", "KTDAICHO", kind: 40, "調定があるのに賦課の行がない", "claims whose bill is missing",
      suits: { $0.amount > 0 && $0.versions == 1 && $0.year == 2018 && !$0.traits.contains(.shared) }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D20-kt", "KTDAICHO", kind: 40, "期別の合計が年税額と100円違う", "the instalments differ from the yearly tax by 100 yen",
      suits: { $0.traits.contains(.fourParts) && $0.isLatest && $0.year == 2019 }
    ) { change throws(Diagnostic) in try change.add("KT-KI-ZEIGAKU", 100) },
    changed(
      "D20-kt-last", "KTDAICHO", kind: 40, "端数が最後の期別にある", "the remainder stands in the last instalment",
      suits: { $0.traits.contains(.uneven) && $0.traits.contains(.fourParts) && $0.isLatest && $0.year == 2017 }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KT-KI-ZEIGAKU")
      try change.set("KT-KI-ZEIGAKU", change.packed("KT-KI-ZEIGAKU", occurrence: 3))
      try change.set("KT-KI-ZEIGAKU", first, occurrence: 3)
    },
    changed(
      "D22", "KTDAICHO", kind: 20, "増築の親物件がない", "an extension without its main house", isRare: true,
      suits: { $0.traits.contains(.extended) }
    ) { change throws(Diagnostic) in try change.set("KT-ZOCHIKU-OYA", 799_999_999) },
    changed(
      "D23", "KTDAICHO", kind: 50, "持分が1/2と1/3", "shares of 1/2 and 1/3", isRare: true,
      suits: { $0.amount == 2 && !$0.traits.contains(.shared) }
    ) { change throws(Diagnostic) in try change.set("KT-MOCHIBUN-BO", 3) },
    changed(
      "D27", "KTDAICHO", kind: 40, "30万円ちょうどが免税点未満", "land of exactly 300,000 counted as below the limit", isRare: true,
      suits: { $0.traits.contains(.atLimit) }
    ) { change throws(Diagnostic) in try change.set("KT-MENZEI-TOCHI", bytes: [0xF1]) },
    changed(
      "D27-below", "KTDAICHO", kind: 40, "免税点未満の区分が0", "a class below its limit is not marked", isRare: true,
      suits: { $0.traits.contains(.below) && $0.amount == 0 }
    ) { change throws(Diagnostic) in
      for item in ["KT-MENZEI-TOCHI", "KT-MENZEI-KAOKU", "KT-MENZEI-SHOKYAKU"] {
        try change.set(item, bytes: [0xF0])
      }
    },
    changed(
      "D28", "KTDAICHO", kind: 40, "課税標準を物件ごとに千円未満切捨て", "bases floored for each thing instead of their sum",
      isRare: true,
      suits: { $0.traits.contains(.manyThings) && $0.isLatest && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      try change.add("KT-KOTEI-KEI", -1_000)
      try change.add("KT-KOTEI-SANSHUTSU", -14)
    },
    unknown("D35-kt", "KTDAICHO", kind: 10, "KT-IDO-JIYU"),
    PlantedDefect(
      "D34-share", "KTDAICHO", kind: 50, "支援措置対象の共有者の行が失われた", "a protected co-owner's row is lost", isRare: true,
      suits: { $0.traits.contains(.protected) }
    ) { _ throws(Diagnostic) in .drop },
    lost("G01-kt", "KTDAICHO", kind: 20), doubled("G02-kt", "KTDAICHO", kind: 10),
    digit("G03-kt", "KTDAICHO", kind: 10, "KT-KOTEI-HYOJUN"),
    changed(
      "G05-kt", "KTDAICHO", kind: 40, "別人の第4期が＋1,000円と−1,000円（合計は一致）",
      "fourth instalments of two owners off by +1,000 and −1,000: totals agree", records: 2,
      suits: { $0.traits.contains(.fourParts) && $0.isLatest && $0.year == 2018 }
    ) { change throws(Diagnostic) in
      try change.add("KT-KI-ZEIGAKU", change.turn == 0 ? 1_000 : -1_000, occurrence: 3)
    },
    changed(
      "G15-kt", "KTDAICHO", kind: 20, "納税義務者が別の実在者", "the owner is another person who exists",
      suits: {
        $0.year == 2019
      }
    ) { change throws(Diagnostic) in
      try change.set("KT-GIMUSHA-NO", change.mark.number == 1_000_001 ? 1_000_002 : 1_000_001)
    },
    changed(
      "G16-kt", "KTDAICHO", kind: 10, "最新区分が0になった", "the only row is no longer the latest",
      suits: {
        $0.versions == 1 && $0.amount > 0
      }
    ) { change throws(Diagnostic) in try change.set("KT-SAISHIN-KBN", bytes: [0xF0]) },
    changed(
      "G21-kt", "KTDAICHO", kind: 40, "第1期と第2期の税額が入れ替わった", "the first two instalments are swapped",
      suits: {
        $0.traits.contains(.uneven) && $0.traits.contains(.fourParts)
      }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KT-KI-ZEIGAKU")
      try change.set("KT-KI-ZEIGAKU", change.packed("KT-KI-ZEIGAKU", occurrence: 1))
      try change.set("KT-KI-ZEIGAKU", first, occurrence: 1)
    },
    changed("G23", "KTDAICHO", kind: 50, "持分の分子が1増えた", "a share's numerator is one more", isRare: true) {
      change throws(Diagnostic) in
      try change.set("KT-MOCHIBUN-SHI", change.zoned("KT-MOCHIBUN-SHI") + 1)
    },
    filler("G26-kt", "KTDAICHO", kind: 50, after: "KT-MOCHIBUN-BO"),
    changed(
      "G31-kt", "KTDAICHO", kind: 10, "小規模住宅用地と一般が入れ替わった", "small and general residential area are swapped",
      suits: { $0.method == 1 && $0.amount > 0 }
    ) { change throws(Diagnostic) in
      let small = try change.packed("KT-SHOKIBO-M2")
      try change.set("KT-SHOKIBO-M2", change.packed("KT-IPPAN-M2"))
      try change.set("KT-IPPAN-M2", small)
    },
    changed(
      "G32-kt", "KTDAICHO", kind: 20, "新築減額が1年長い", "the reduction for a new house lasts a year longer", isRare: true,
      suits: { $0.traits.contains(.reduced) }
    ) { change throws(Diagnostic) in try change.add("KT-SHINCHIKU-SHURYO", 1) },
    changed(
      "G33-kt", "KTDAICHO", kind: 10, "負担水準が1％違う", "the level of the base is off by a hundredth",
      suits: {
        $0.amount > 0
      }
    ) { change throws(Diagnostic) in try change.add("KT-FUTAN-SUIJUN", 100) },
  ]
}
