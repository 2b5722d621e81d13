import Evidence

extension PlantedDefect {
  /// 収納・滞納.
  static let collectionDefects: [PlantedDefect] = [
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
      return .keep
    },
    PlantedDefect(
      "D29", "SNCHOTEI", kind: 10, "速報と確報を二重に収入済とした", "a preliminary and a final report of one payment both counted",
      isRare: true,
      suits: {
        $0.traits.contains(.hasReport) && $0.unpaid == 0 && $0.received == $0.amount && !$0.traits.contains(.enforced)
      }
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
