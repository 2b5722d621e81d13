import Base

extension PlantedDefect {
  /// 国民健康保険税.
  static let healthDefects: [PlantedDefect] = [
    blank("D01-kk", "KKFUKA", kind: 10, "KK-NENZEI"),
    sign("D02-kk", "KKFUKA", kind: 20, "KK-KISO-SHOTOKU", 0x0A),
    zone("D03-kk", "KKFUKA", kind: 10, "KK-SETAI-NO"),
    changed(
      "D16-kk", "KKFUKA", kind: 20, "喪失日が取得日より前", "lost before it was acquired", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in try change.set("KK-SOSHITSU-YMD", 350_0401) },
    bothLatest("D17-kk", "KKFUKA", kind: 10, "KK-SAISHIN-KBN"),
    stranger("D18-kk", "KKFUKA", kind: 20, "KK-ATENA-NO"),
    PlantedDefect(
      "D19-kk", "KKFUKA", kind: 10, "調定があるのに賦課の行がない", "claims whose bill is missing",
      suits: { $0.year == 2016 && $0.versions == 1 && $0.amount > 0 }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D20-kk", "KKFUKA", kind: 10, "期別の合計が年税額と100円違う", "the instalments differ from the yearly tax by 100 yen",
      suits: { $0.traits.contains(.fourParts) && $0.isLatest && $0.year == 2019 }
    ) { change throws(Diagnostic) in try change.add("KK-KI-ZEIGAKU", 100) },
    changed(
      "D31", "KKFUKA", kind: 10, "前年度の限度額（54万円）による医療分", "the medical part cut at another year's ceiling", isRare: true,
      suits: { $0.traits.contains(.atLimit) && $0.year == 2019 && $0.isLatest && $0.traits.contains(.fourParts) }
    ) { change throws(Diagnostic) in
      try change.add("KK-BUN-GENDO-CHOKA", 40_000)
      try change.add("KK-BUN-KETTEI", -40_000)
      for item in ["KK-NENZEI", "KK-FUCHO-GAKU"] { try change.add(item, -40_000) }
      for part in 0..<8 { try change.add("KK-KI-ZEIGAKU", -5_000, occurrence: part) }
    },
    changed(
      "D31-care", "KKFUKA", kind: 20, "65歳以上に介護分の月数", "months of the care part for somebody over 65", isRare: true,
      suits: { $0.traits.contains(.provisional) && $0.isLatest }
    ) { change throws(Diagnostic) in try change.set("KK-TSUKI-KAIGO", 12) },
    changed(
      "D31-payer", "KKFUKA", kind: 10, "納税義務者が世帯主でない", "the payer is not the householder", isRare: true,
      suits: { $0.traits.contains(.shared) && $0.year == 2019 }
    ) { change throws(Diagnostic) in try change.set("KK-NUSHI-NO", change.mark.number + 1) },
    unknown("D35-kk", "KKFUKA", kind: 20, "KK-SHUTOKU-JIYU"),
    lost("G01-kk", "KKFUKA", kind: 20), doubled("G02-kk", "KKFUKA", kind: 10),
    digit("G03-kk", "KKFUKA", kind: 10, "KK-BUN-SHOTOKUWARI"),
    changed(
      "G05-kk", "KKFUKA", kind: 20, "別人の基準所得が＋1,000円と−1,000円", "bases of two insured off by +1,000 and −1,000",
      records: 2, suits: { $0.amount > 10_000 }
    ) { change throws(Diagnostic) in try change.add("KK-KISO-SHOTOKU", change.turn == 0 ? 1_000 : -1_000) },
    changed(
      "G21-kk", "KKFUKA", kind: 10, "第1期と第2期が入れ替わった", "the first two instalments are swapped",
      suits: {
        $0.traits.contains(.uneven) && $0.isLatest
      }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KK-KI-ZEIGAKU")
      try change.set("KK-KI-ZEIGAKU", change.packed("KK-KI-ZEIGAKU", occurrence: 1))
      try change.set("KK-KI-ZEIGAKU", first, occurrence: 1)
    },
    changed("G22-kk", "KKFUKA", kind: 20, "世帯主が別の実在者", "the householder is another person who exists") {
      change throws(Diagnostic) in
      try change.set("KK-NUSHI-NO", change.mark.number == 1_000_003 ? 1_000_004 : 1_000_003)
    },
    filler("G26-kk", "KKFUKA", kind: 20, after: "KK-HIJIHATSU-SHURYO"),
    changed(
      "G34-kk", "KKFUKA", kind: 10, "軽減区分が隣の区分", "the reduction became its neighbour",
      suits: {
        $0.isLatest && $0.method == 7
      }
    ) { change throws(Diagnostic) in try change.set("KK-KEIGEN-KBN", bytes: [0xF5]) },
    changed(
      "G35-kk", "KKFUKA", kind: 10, "被保険者数が1多い", "one insured too many", suits: { $0.isLatest && $0.year == 2019 }
    ) {
      change throws(Diagnostic) in
      try change.add("KK-HIHO-SU", 1)
    },
  ]
}
