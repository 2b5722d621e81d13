import Base

extension PlantedDefect {
  /// 収納・滞納.
  static let collectionDefects: [PlantedDefect] = [
    changed(
      "D02-receipt", "SNCHOTEI", kind: 20, "収入額の符号がA", "the sign of a receipt is A (plus, but not the usual one)",
      suits: { $0.amount > 0 }
    ) { change throws(Diagnostic) in
      let last = try change.bytes("SN-SHUNO")[5]
      try change.set("SN-SHUNO", bytes: [last & 0xF0 | 0x0A], at: 5)
    },
    changed(
      "D18", "SNCHOTEI", kind: 50, "口座の宛名番号が宛名にない", "a bank account of a number that the address master lacks"
    ) { change throws(Diagnostic) in
      try change.set("SN-ATENA-NO", 999_998)
    },
    changed(
      "D18-claim", "SNCHOTEI", kind: 10, "調定の宛名番号が宛名にない", "a claim on a number that the address master lacks",
      suits: { $0.tax == 1 && $0.year == 2019 }
    ) { change throws(Diagnostic) in
      try change.set("SN-ATENA-NO", 999_999)
    },
    PlantedDefect(
      "D19-claim", "SNCHOTEI", kind: 10, "賦課があるのに調定の行がない", "an assessed instalment without its claim",
      suits: { $0.tax == 1 && $0.year == 2019 && $0.received == 0 && $0.traits.isEmpty }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D21", "SNCHOTEI", kind: 10, "別人の調定が＋1,000円と−1,000円（合計は一致）",
      "claims of two persons off by +1,000 and −1,000: totals agree",
      records: 2,
      suits: {
        $0.tax == 1 && $0.year == 2019 && $0.code == InstalmentCode(number: 4) && $0.received == 0 && $0.amount > 2_000
          && $0.traits.isEmpty
      }
    ) { change throws(Diagnostic) in
      let difference = change.turn == 0 ? 1_000 : -1_000
      try change.set("SN-CHOTEI", change.mark.amount + difference)
      try change.set("SN-MINO", change.mark.unpaid + difference)
    },
    changed(
      "D29", "SNCHOTEI", kind: 10, "速報と確報を二重に収入済とした", "a preliminary and a final report of one payment both counted",
      isRare: true,
      suits: {
        $0.traits.contains(.hasReport) && $0.unpaid == 0 && $0.received == $0.amount && !$0.traits.contains(.enforced)
      }
    ) { change throws(Diagnostic) in
      try change.set("SN-SHUNO", change.mark.received * 2)
      try change.set("SN-MINO", -change.mark.received)
    },
    changed(
      "D29-cancelled", "SNCHOTEI", kind: 20, "取消済みの収入が生きている", "a cancelled receipt counts again", isRare: true,
      suits: { $0.traits.contains(.cancelled) }
    ) { change throws(Diagnostic) in
      try change.set("SN-TORIKESHI", bytes: [0xF0])
    },
    changed(
      "D30", "SNCHOTEI", kind: 20, "6月1日以後の収入が前の会計年度", "a receipt of June still booked to the year before",
      suits: { $0.tax == 2 && $0.month == 6 && $0.code == InstalmentCode(number: 12) }
    ) { change throws(Diagnostic) in
      try change.set("SN-KAIKEI-NENDO", Int(change.mark.assessed))
    },
    changed(
      "D12", "SNCHOTEI", kind: 20, "令和元年5月31日が4310531", "2019-05-31 written 4310531", isRare: true, expected: .accepted,
      suits: { $0.day == 2019_05_31 }
    ) { change throws(Diagnostic) in
      for item in ["SN-RYOSHU-YMD", "SN-SHUNYU-YMD"] where try change.packed(item) == 501_0531 {
        try change.set(item, 431_0531)
      }
    },
    changed(
      "D13", "SNCHOTEI", kind: 20, "会計年度が501（431と同じ年度）", "the accounting year is 501, the same as 431", isRare: true,
      expected: .accepted, suits: { $0.day >= 2019_06_01 && $0.year == 2019 && $0.assessed == 431 }
    ) { change throws(Diagnostic) in try change.set("SN-KAIKEI-NENDO", 501) },
    changed(
      "D15-due", "SNCHOTEI", kind: 10, "納期限の日が00", "the day of a due date is 00",
      suits: { $0.tax == 1 && $0.year == 2018 }
    ) { change throws(Diagnostic) in
      try change.set("SN-NOKIGEN", change.packed("SN-NOKIGEN") / 100 * 100)
    },
    changed(
      "D18-merged", "SNCHOTEI", kind: 10, "軽自の調定の宛名番号が宛名にない",
      "a vehicle claim on a number that the address master lacks",
      suits: { $0.tax == 30 }
    ) { change throws(Diagnostic) in try change.set("SN-ATENA-NO", 999_996) },
    PlantedDefect(
      "D19-kt-claim", "SNCHOTEI", kind: 10, "固定の賦課があるのに調定の行がない", "a property bill without its claim",
      suits: { $0.tax == 20 && $0.year == 2019 && $0.received == 0 && $0.traits.isEmpty }
    ) { _ throws(Diagnostic) in .drop },
    PlantedDefect(
      "D19-kk-claim", "SNCHOTEI", kind: 10, "国保の賦課があるのに調定の行がない", "a health insurance bill without its claim",
      suits: { $0.tax == 40 && $0.year == 2019 && $0.received == 0 && $0.traits.isEmpty }
    ) { _ throws(Diagnostic) in .drop },
    changed(
      "D30-may", "SNCHOTEI", kind: 20, "5月31日の収入が新しい会計年度", "a receipt of 31 May booked to the new year",
      isRare: true, suits: { $0.day % 10_000 == 531 && $0.day / 10_000 == $0.year + 1 }
    ) { change throws(Diagnostic) in try change.add("SN-KAIKEI-NENDO", 1) },
    changed(
      "D30-legal", "SNCHOTEI", kind: 20, "5月30日領収・31日収入（前会計年度で正しい）",
      "paid on 30 May, received on the 31st: the old year, rightly",
      isRare: true, expected: .accepted, suits: { $0.day % 10_000 == 531 && $0.day / 10_000 == $0.year + 1 }
    ) { change throws(Diagnostic) in try change.set("SN-RYOSHU-YMD", change.packed("SN-SHUNYU-YMD") - 1) },
    changed(
      "D32", "SNCHOTEI", kind: 10, "執行停止中に延滞金が加算された", "interest runs while collection is stopped", isRare: true,
      suits: { $0.traits.contains(.stopped) && $0.unpaid > 0 }
    ) { change throws(Diagnostic) in
      try change.set("SN-ENTAI", 2_400)
    },
    changed(
      "D35-measure", "SNCHOTEI", kind: 40, "処分コード98（変換表にない）", "enforcement code 98, which the code table does not list",
      isRare: true
    ) { change throws(Diagnostic) in
      try change.set("SN-SHOBUN-CD", bytes: [0xF9, 0xF8])
    },
    changed(
      "D38", "SNCHOTEI", kind: 10, "指定番号の先頭の0が失われた", "the leading zeros of a 指定番号 are lost",
      suits: { $0.tax == 2 && $0.traits.contains(.leadingZero) }
    ) { change throws(Diagnostic) in
      let digits = try change.bytes("SN-SHITEI-NO").drop { $0 == 0xF0 }
      try change.set("SN-SHITEI-NO", bytes: Array(digits) + [UInt8](repeating: 0x40, count: 8 - digits.count))
    },
    changed(
      "D38-account", "SNCHOTEI", kind: 50, "口座番号の先頭の0が失われた", "the leading zero of an account number is lost",
      isRare: true, suits: { $0.traits.contains(.leadingZero) }
    ) { change throws(Diagnostic) in
      let digits = try change.bytes("SN-KOZA-NO").drop { $0 == 0xF0 }
      try change.set("SN-KOZA-NO", bytes: Array(digits) + [UInt8](repeating: 0x40, count: 7 - digits.count))
    },
    PlantedDefect(
      "D39-twice", "SNCHOTEI", kind: 10, "512件が二度転送された", "512 records were transferred twice", followsTrailer: false,
      suits: { $0.year == 2018 }
    ) { _ throws(Diagnostic) in .block },
    changed(
      "D39", "SNCHOTEI", kind: 99, "トレーラの件数が1件少ない", "the trailer counts one record too few", followsTrailer: false
    ) { change throws(Diagnostic) in
      try change.set("CT-KENSU", change.packed("CT-KENSU") - 1)
    },
  ]
}
