import Base

extension PlantedDefect {
  /// 法人市民税.
  static let corporateDefects: [PlantedDefect] = [
    blank("D01-hj", "HJSHINK", kind: 20, "HJ-HOJINZEI-HYOJUN"),
    sign("D02-hj", "HJSHINK", kind: 20, "HJ-CHOTEI", 0),
    zone("D03-hj", "HJSHINK", kind: 20, "HJ-TSUCHI-NO"),
    changed("D14-hj", "HJSHINK", kind: 20, "元号と合わない納期限 4330931", "a due date that does not exist: 4330931") {
      change throws(Diagnostic) in
      try change.set("HJ-NOKIGEN", 433_0931)
    },
    stranger("D18-hj", "HJSHINK", kind: 20, "HJ-ATENA-NO"),
    PlantedDefect(
      "D19-hj", "HJSHINK", kind: 20, "調定があるのに申告の行がない", "a claim whose return is missing",
      suits: { $0.isLatest && $0.version == 1 && $0.amount > 0 && $0.method == 30 }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D25", "HJSHINK", kind: 20, "増資前の資本金による号数・均等割", "tier and per-capita levy by the capital before it was raised",
      isRare: true, suits: { $0.traits.contains(.changed) && $0.method == 30 && $0.month == 12 }
    ) { change throws(Diagnostic) in
      try change.set("HJ-KINTO-GOSU", bytes: [0xF2])
      try change.set("HJ-KINTOWARI", 120_000)
    },
    changed("D25-months", "HJSHINK", kind: 20, "均等割月数0", "no months of the per-capita levy") {
      change throws(Diagnostic) in
      try change.set("HJ-TSUKISU", 0)
    },
    changed(
      "D25-sign", "HJSHINK", kind: 20, "負の調定がプラス", "a negative claim with a plus sign", isRare: true,
      suits: { $0.traits.contains(.negative) }
    ) { change throws(Diagnostic) in try change.set("HJ-CHOTEI", -change.mark.amount) },
    changed(
      "D26", "HJSHINK", kind: 20, "2019年10月開始年度の予定申告が6/12（2019-11-28提出）",
      "a provisional return of a year from October 2019 at 6/12, filed on 2019-11-28", isRare: true,
      suits: { $0.isLatest && $0.method == 10 }
    ) { change throws(Diagnostic) in
      try change.set("HJ-JIGYO-KAISHI", 501_1001)
      try change.set("HJ-JIGYO-SHURYO", 502_0930)
      try change.set("HJ-SHINKOKU-YMD", 501_1128)
      try change.set("HJ-SHINKOKU-KIGEN", 502_0601)
      try change.set("HJ-NOKIGEN", 502_0601)
    },
    unknown("D35-hj", "HJSHINK", kind: 20, "HJ-SHINKOKU-KBN"),
    lost("G01-hj", "HJSHINK", kind: 20), doubled("G02-hj", "HJSHINK", kind: 20),
    digit("G03-hj", "HJSHINK", kind: 20, "HJ-KINTOWARI", suits: { $0.amount > 1_000 }),
    changed(
      "G17-hj", "HJSHINK", kind: 20, "調定額の符号が逆", "the sign of a claim is flipped", suits: { $0.amount > 0 }
    ) { change throws(Diagnostic) in try change.set("HJ-CHOTEI", -change.mark.amount) },
    changed(
      "G25", "HJSHINK", kind: 20, "事業年度番号が1違う", "a business year's number is off by one",
      suits: {
        $0.method == 30 && $0.amount > 0
      }
    ) { change throws(Diagnostic) in try change.set("HJ-JIGYO-NENDO-NO", change.zoned("HJ-JIGYO-NENDO-NO") + 1) },
    filler("G26-hj", "HJSHINK", kind: 20, after: "HJ-TSUCHI-NO"),
    changed(
      "G30-hj", "HJSHINK", kind: 20, "税率が12.3％", "the rate is 12.3 %",
      suits: {
        $0.method == 30 && $0.amount > 0 && $0.version == 1 && $0.day >= 2014_10_01
      }
    ) { change throws(Diagnostic) in try change.set("HJ-ZEIRITSU", 1_230) },
  ]
}
