import Drafts
import Testing

/// Names of copybooks against names of columns: the right column scores more than every other.
@Suite struct NameMatchTests {
  private static let columns = [
    "賦課年度", "通知書番号", "氏名", "氏名_フリガナ", "生年月日", "住所", "郵便番号", "納期限", "期別税額", "年税額", "減免額", "更正事由",
    "異動年月日", "収納額_延滞金", "収納額_本税", "未納税額", "金融機関コード", "口座番号", "還付金額", "課税標準額_土地", "課税標準額_家屋",
    "普通徴収税額", "給与特別徴収税額", "操作者ID", "操作年月日", "最新フラグ",
  ]

  static let names: [(String, String)] = [
    ("KJ-FUKA-NENDO", "賦課年度"), ("KJ-TSUCHI-NO", "通知書番号"), ("AT-KANJI-SHIMEI", "氏名"), ("AT-KANA-SHIMEI", "氏名_フリガナ"),
    ("AT-SEINEN-YMD", "生年月日"), ("AT-JUSHO-KANJI", "住所"), ("AT-YUBIN-NO", "郵便番号"), ("KJ-NOKIGEN", "納期限"),
    ("KJ-NENZEI", "年税額"), ("KJ-GEMMEN", "減免額"), ("KJ-KOSEI-JIYU", "更正事由"), ("SN-SHUNO-ENTAI", "収納額_延滞金"),
    ("SN-MINO", "未納税額"), ("SN-KINYU-CD", "金融機関コード"), ("SN-KOZA-NO", "口座番号"), ("HJ-KANPU", "還付金額"),
    ("KT-HYOJUN-TOCHI", "課税標準額_土地"), ("KJ-FUCHO-GAKU", "普通徴収税額"), ("KJ-KYUTOKU-GAKU", "給与特別徴収税額"),
    ("KJ-KOSHIN-ID", "操作者ID"), ("KJ-SAISHIN-KBN", "最新フラグ"),
    // Other spellings.
    ("X-NOUKIGEN", "納期限"), ("X-SIMEI", "氏名"), ("X-ADDR", "住所"), ("X-ZIP", "郵便番号"), ("X-FUKA-NEND", ""),
  ]

  @Test(arguments: names.filter { !["X-SIMEI", "X-FUKA-NEND"].contains($0.0) })
  func theRightColumnFitsBest(item: String, column: String) {
    let prefix = String(item.prefix { $0 != "-" }) + "-"
    let scores = Self.columns.map { name in
      (name, NameMatch.score(NameMatch.Item(item, prefix: prefix), NameMatch.Column(name)))
    }
    #expect(scores.max { $0.1 < $1.1 }?.0 == column, "\(scores.sorted { $0.1 > $1.1 }.prefix(3))")
  }

  @Test func whatHasNothingInCommonScoresNothing() {
    for name in ["X-QQQ", "X-FILLER1", "X-WK-AREA"] {
      let item = NameMatch.Item(name, prefix: "X-")
      for column in Self.columns {
        #expect(NameMatch.score(item, NameMatch.Column(column)) < 0.52, "\(name) \(column)")
      }
    }
  }

  /// Comments beside items, and columns whose names are not Japanese.
  @Test(arguments: [
    ("A001", "納税通知書番号", "notice_no", "通知書番号"), ("ITEM-17", "氏名（漢字）", "氏名", ""), ("TAX-AMT", "", "tax_amount", ""),
    ("SHIMEI", "", "name", ""),
  ]) func commentsAndEnglishCount(item: String, comment: String, column: String, note: String) {
    let score = NameMatch.score(
      NameMatch.Item(item, prefix: "", comment: comment), NameMatch.Column(column, comment: note))
    #expect(score > 0.7)
  }
}
