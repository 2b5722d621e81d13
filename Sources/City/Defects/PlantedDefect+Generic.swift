import Base

extension PlantedDefect {
  /// Defects of any legacy file, in the files that always exist.
  static let genericDefects: [PlantedDefect] = [
    lost("G01-at", "ATMAST", kind: 10), lost("G01-kj", "KJFUKA", kind: 10), lost("G01-sn", "SNCHOTEI", kind: 20),
    doubled("G02-at", "ATMAST", kind: 20), doubled("G02-kj", "KJFUKA", kind: 20),
    doubled("G02-sn", "SNCHOTEI", kind: 20),
    digit("G03-kj", "KJFUKA", kind: 10, "KJ-KAZEI-HYOJUN", suits: { $0.isLatest && $0.amount > 10_000 }),
    digit("G03-sn", "SNCHOTEI", kind: 10, "SN-CHOTEI", suits: { $0.amount > 10_000 && $0.tax == 40 }),
    PlantedDefect(
      "G04-sn", "SNCHOTEI", kind: 10, "2人の調定額が入れ替わった", "the claims of two persons are swapped",
      suits: { $0.tax == 1 && $0.year == 2018 && $0.code == InstalmentCode(number: 2) && $0.amount > 3_000 }
    ) { pair throws(Diagnostic) in try pair.swap("SN-CHOTEI") },
    PlantedDefect(
      "G04-kj", "KJFUKA", kind: 20, "2人の年税額が入れ替わった", "the yearly taxes of two persons are swapped",
      suits: { $0.isLatest && $0.year == 2017 && $0.amount > 5_000 }
    ) { pair throws(Diagnostic) in try pair.swap("KJ-NENZEI") },
    changed("G06-at", "ATMAST", kind: 10, "生年月日が1日違う", "a birth date off by a day", suits: { $0.isLatest }) {
      change throws(Diagnostic) in
      let birth = try change.packed("AT-SEINEN-YMD")
      try change.set("AT-SEINEN-YMD", birth % 100 > 1 ? birth - 1 : birth + 1)
    },
    changed(
      "G06-sn", "SNCHOTEI", kind: 10, "納期限が1日違う", "a due date off by a day",
      suits: {
        $0.tax == 20 && $0.year == 2018 && $0.code == InstalmentCode(number: 2)
      }
    ) { change throws(Diagnostic) in try change.add("SN-NOKIGEN", -1) },
    changed("G07-at", "ATMAST", kind: 10, "生年月日の元号が1つ違う", "a birth date one era off", suits: { $0.isLatest }) {
      change throws(Diagnostic) in
      try change.add("AT-SEINEN-YMD", try change.packed("AT-SEINEN-YMD") / 1_000_000 == 3 ? 1_000_000 : -1_000_000)
    },
    changed(
      "G07-sn", "SNCHOTEI", kind: 20, "収入日の元号が1つ違う（4→5）", "a receipt one era off (4 to 5)",
      suits: {
        $0.year == 2014
      }
    ) { change throws(Diagnostic) in try change.add("SN-SHUNYU-YMD", 1_000_000) },
    changed(
      "G10-at", "ATMAST", kind: 10, "住民状態が隣のコード（1→2）", "a resident's state became its neighbour",
      suits: {
        $0.isLatest && $0.traits.contains(.head) && $0.traits.contains(.steady)
      }
    ) { change throws(Diagnostic) in try change.set("AT-JUMIN-JOTAI", bytes: [0xF2]) },
    PlantedDefect(
      "G11", "SNCHOTEI", kind: 10, "512件のブロックが二重", "a block of 512 records is there twice", followsTrailer: false,
      suits: { $0.year == 2016 }
    ) { _ throws(Diagnostic) in .block },
    PlantedDefect(
      "G12", "SNCHOTEI", kind: 10, "512件のブロックが欠けた", "a block of 512 records is lost", records: 512, isRun: true,
      followsTrailer: false, suits: { $0.year == 2016 }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "G13", "KJFUKA", kind: 10, "2016年度の普徴の行が全てない", "all rows of kind 10 of FY2016 are missing", records: .max,
      suits: { $0.year == 2016 }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "G13-kt", "KTDAICHO", kind: 40, "2018年度の賦課が全てない", "all bills of FY2018 are missing", records: .max,
      suits: { $0.year == 2018 }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "G14", "SNCHOTEI", kind: 20, "ペイジーの収入が全てない", "all receipts through Pay-easy are missing", records: .max,
      suits: { $0.method == 4 }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "G15-sn", "SNCHOTEI", kind: 10, "調定の宛名番号が別の実在者", "a claim on another person who exists",
      suits: {
        $0.tax == 1 && $0.year == 2017
      }
    ) { change throws(Diagnostic) in
      try change.set("SN-ATENA-NO", change.mark.number == 1_000_001 ? 1_000_002 : 1_000_001)
    },
    changed(
      "G16-at", "ATMAST", kind: 10, "最新区分が0になった", "the only row is no longer the latest",
      suits: {
        $0.versions == 1
      }
    ) { change throws(Diagnostic) in try change.set("AT-SAISHIN-KBN", bytes: [0xF0]) },
    changed(
      "G16-deleted", "ATMAST", kind: 20, "削除区分が1になった", "a live row became deleted",
      suits: {
        $0.isLatest && !$0.isDeleted
      }
    ) { change throws(Diagnostic) in try change.set("AT-SAKUJO-KBN", bytes: [0xF1]) },
    changed(
      "G17-sn", "SNCHOTEI", kind: 10, "調定額の符号が逆", "the sign of a claim is flipped",
      suits: {
        $0.amount > 0 && $0.tax == 20
      }
    ) { change throws(Diagnostic) in try change.set("SN-CHOTEI", -change.mark.amount) },
    PlantedDefect(
      "G19", "KJFUKA", kind: 10, "隣り合う2件の順序が逆", "two neighbouring records are in the wrong order", records: 2,
      isRun: true,
      suits: { $0.year == 2015 }
    ) { change throws(Diagnostic) in change.turn == 0 ? .later : .keep },
    PlantedDefect(
      "G20", "SNCHOTEI", kind: 20, "2人の収入の通知書番号が入れ替わった", "receipts of two persons are booked to each other's claim",
      suits: { $0.tax == 1 && $0.year == 2018 && $0.code == InstalmentCode(number: 1) && $0.amount > 3_000 }
    ) { pair throws(Diagnostic) in try pair.swap("SN-TSUCHI-NO") },
    changed(
      "G21-kj", "KJFUKA", kind: 10, "第1期と第2期の税額が入れ替わった", "the first two instalments are swapped",
      suits: {
        $0.isLatest && $0.traits.contains(.uneven)
      }
    ) { change throws(Diagnostic) in
      let first = try change.packed("KJ-KI-ZEIGAKU")
      try change.set("KJ-KI-ZEIGAKU", change.packed("KJ-KI-ZEIGAKU", occurrence: 1))
      try change.set("KJ-KI-ZEIGAKU", first, occurrence: 1)
    },
    changed(
      "G22-at", "ATMAST", kind: 10, "世帯主宛名番号が別人", "the householder is another person",
      suits: {
        $0.isLatest && $0.traits.contains(.head) && $0.traits.contains(.steady)
      }
    ) { change throws(Diagnostic) in try change.set("AT-SETAINUSHI-NO", change.mark.number + 1) },
    filler("G26-at", "ATMAST", kind: 10, after: "AT-MYNO-UMU"),
    filler("G26-sn", "SNCHOTEI", kind: 20, after: "SN-ZUMI-NO"),
    changed(
      "G27", "SNCHOTEI", kind: 20, "収入額が本税から督促手数料へ100円移った", "100 yen moved from the tax to the fee",
      suits: {
        $0.amount > 1_000 && !$0.traits.contains(.cancelled)
      }
    ) { change throws(Diagnostic) in
      try change.add("SN-SHUNO", -100)
      try change.add("SN-SHUNO-TOKUSOKU", 100)
    },
    changed(
      "G28", "ATMAST", kind: 10, "世帯番号が1違う", "a household number off by one",
      suits: {
        $0.isLatest && $0.traits.contains(.second) && $0.traits.contains(.steady)
      }
    ) { change throws(Diagnostic) in try change.set("AT-SETAI-NO", change.zoned("AT-SETAI-NO") + 1_000_000) },
    changed("G37", "SNCHOTEI", kind: 99, "キーハッシュが1違う", "the key hash is off by one", followsTrailer: false) {
      change throws(Diagnostic) in
      try change.set("CT-KEY-HASH", change.packed("CT-KEY-HASH") + 1)
    },
    changed(
      "G38", "KJFUKA", kind: 20, "月割の1か月が0円", "one of twelve months is 0", suits: { $0.isLatest && $0.amount > 20_000 }
    ) {
      change throws(Diagnostic) in
      try change.set("KJ-TSUKI-ZEIGAKU", 0, occurrence: 5)
    },
    changed(
      "G39", "SNCHOTEI", kind: 10, "督促状発付日が納期限より前", "dunned before it was due", isRare: true,
      suits: {
        $0.unpaid > 0 && $0.year < 2019
      }
    ) { change throws(Diagnostic) in try change.set("SN-TOKUSOKU-YMD", 420_0401) },
    changed(
      "G40", "SNCHOTEI", kind: 10, "完納区分が未納のまま", "a claim paid in full is still open",
      suits: {
        $0.unpaid == 0 && $0.received > 0
      }
    ) { change throws(Diagnostic) in try change.set("SN-KANNO-KBN", bytes: [0xF0]) },
  ]
}
