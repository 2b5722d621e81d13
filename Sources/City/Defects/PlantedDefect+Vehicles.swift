import Base

extension PlantedDefect {
  /// 軽自動車税.
  static let vehicleDefects: [PlantedDefect] = [
    blank("D01-ke", "KESHARYO", kind: 30, "KE-NENZEI"),
    sign("D02-ke", "KESHARYO", kind: 30, "KE-CHOTEI", 0x0A),
    zone("D03-ke", "KESHARYO", kind: 20, "KE-SHIYOSHA-NO"),
    changed("D14-ke", "KESHARYO", kind: 20, "存在しない取得年月日 4310229", "a date that does not exist: 4310229") {
      change throws(Diagnostic) in
      try change.set("KE-SHUTOKU-YMD", 431_0229)
    },
    changed("D15", "KESHARYO", kind: 20, "取得年月日の月日が00", "month and day of the acquisition are 00") {
      change throws(Diagnostic) in
      try change.set("KE-SHUTOKU-YMD", change.packed("KE-SHUTOKU-YMD") / 10_000 * 10_000)
    },
    changed("D16-ke", "KESHARYO", kind: 20, "申告年月日が取得年月日より前", "reported before it was acquired") {
      change throws(Diagnostic) in
      try change.set("KE-SHINKOKU-YMD", 411_0401)
    },
    changed(
      "D17-ke", "KESHARYO", kind: 20, "最新区分1が2行", "two rows are the latest", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in try change.set("KE-SAISHIN-KBN", bytes: [0xF1]) },
    stranger("D18-ke", "KESHARYO", kind: 30, "KE-GIMUSHA-NO"),
    PlantedDefect(
      "D19-ke", "KESHARYO", kind: 30, "調定があるのに賦課の行がない", "a claim whose assessment is missing",
      suits: { $0.amount > 0 && $0.year == 2018 }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D24", "KESHARYO", kind: 30, "初度検査2006年3月の車が旧税率", "a car of March 2006 taxed at the old rate", isRare: true,
      suits: { $0.month == 2006_03 && $0.year == 2019 && $0.tax == 41 && $0.amount > 0 }
    ) { change throws(Diagnostic) in try Self.tax(change, tier: 1, 7_200) },
    changed(
      "D24-april", "KESHARYO", kind: 30, "初度検査2006年4月の車が重課", "a car of April 2006 taxed as thirteen years old",
      isRare: true,
      suits: { $0.month == 2006_04 && $0.year == 2019 && $0.tax == 41 && $0.amount > 0 }
    ) { change throws(Diagnostic) in try Self.tax(change, tier: 3, 12_900) },
    changed(
      "D24-hybrid", "KESHARYO", kind: 30, "13年を超えたハイブリッド車が重課", "a hybrid older than thirteen years taxed as heavy",
      isRare: true,
      suits: { $0.traits.contains(.changed) && $0.year == 2019 && $0.tax == 41 && $0.method == 1 && $0.amount > 0 }
    ) { change throws(Diagnostic) in try Self.tax(change, tier: 3, 12_900) },
    unknown("D35-ke", "KESHARYO", kind: 20, "KE-SHUBETSU-CD"),
    changed(
      "D38-plate", "KESHARYO", kind: 20, "一連指定番号の先頭の0が失われた", "the leading zero of a plate's number is lost",
      isRare: true,
      suits: { $0.traits.contains(.leadingZero) }
    ) { change throws(Diagnostic) in
      let digits = Array(try change.bytes("KE-ICHIREN-NO").drop { $0 == 0xF0 })
      try change.set("KE-ICHIREN-NO", bytes: digits + [UInt8](repeating: 0x40, count: 4 - digits.count))
    },
    changed(
      "D18-certificate", "KESHARYO", kind: 30, "滞納者に有効な納税証明", "a valid certificate for somebody who owes the tax",
      isRare: true, suits: { $0.traits.contains(.unpaid) && $0.year == 2019 && $0.tax > 21 }
    ) { change throws(Diagnostic) in try change.set("KE-SHOMEI-KIGEN", 502_0531) },
    lost("G01-ke", "KESHARYO", kind: 20), doubled("G02-ke", "KESHARYO", kind: 30),
    digit("G03-ke", "KESHARYO", kind: 30, "KE-NENZEI", suits: { $0.amount > 1_000 }),
    PlantedDefect(
      "G04-ke", "KESHARYO", kind: 30, "2人の納税義務者が入れ替わった", "the taxpayers of two vehicles are swapped",
      suits: { $0.year == 2019 && $0.amount > 0 }
    ) { pair throws(Diagnostic) in try pair.swap("KE-GIMUSHA-NO") },
    changed(
      "G07-ke", "KESHARYO", kind: 30, "納期限の元号が1つ違う（4→3）", "a due date one era off (4 to 3)",
      suits: {
        $0.amount > 0 && $0.year == 2018
      }
    ) { change throws(Diagnostic) in try change.add("KE-NOKIGEN", -1_000_000) },
    changed(
      "G15-ke", "KESHARYO", kind: 30, "納税義務者が別の実在者", "the taxpayer is another person who exists",
      suits: {
        $0.amount > 0 && $0.year == 2017
      }
    ) { change throws(Diagnostic) in
      try change.set("KE-GIMUSHA-NO", change.mark.number == 1_000_001 ? 1_000_002 : 1_000_001)
    },
    changed("G16-ke", "KESHARYO", kind: 30, "課税が課税保留になった", "taxable became held", suits: { $0.amount > 0 }) {
      change throws(Diagnostic) in
      try change.set("KE-KAZEI-KBN", bytes: [0xF2])
    },
    changed(
      "G24-ke", "KESHARYO", kind: 30, "種別コードが隣のコード（41→42）", "the class became its neighbour (41 to 42)",
      suits: { $0.tax == 41 && $0.amount > 0 }
    ) { change throws(Diagnostic) in try change.set("KE-SHUBETSU-CD", bytes: [0xF2], at: 1) },
    filler("G26-ke", "KESHARYO", kind: 30, after: "KE-IKKATSU-NO"),
  ]

  private static func tax(_ change: Change, tier: UInt8, _ yen: Int) throws(Diagnostic) {
    try change.set("KE-ZEIRITSU-KBN", bytes: [0xF0 | tier])
    try change.set("KE-NENZEI", yen)
    try change.set("KE-CHOTEI", yen)
  }
}
