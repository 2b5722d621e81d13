/// Words of the field that are not spelled as their characters are read: abbreviations, English, and words that makers
/// use for one another. Of municipal taxes, residents and money in general; of no single city.
enum FieldWords {
  struct Word {
    let word: [Character]
    let spellings: [String]
  }

  /// Words that say what kind of value it is, more than which one: they weigh less in a name.
  static let general: Set<String> = [
    "番号", "年月日", "年月", "月日", "日", "区分", "フラグ", "コード", "有無", "額", "金額", "数", "者", "の", "等", "年度", "時刻", "日時", "名",
  ]
  static let generalSpellings: Set<String> = [
    "KIND", "TYPE", "NO", "YMD", "YM", "MD", "KBN", "CD", "FLG", "UMU", "GAKU", "SU", "BI", "DT", "DATE", "CODE",
    "KUBUN", "BANGO",
    "ID",
    "KANJI", "NINZU",
  ]

  /// The words that begin at a place of a name.
  static func beginning(_ name: ArraySlice<Character>) -> [Word] {
    guard let first = name.first, let words = byFirst[first] else { return [] }
    return words.filter { name.starts(with: $0.word) }
  }

  /// The words that a spelling means: `ADDR` is 住所.
  static func meaning(_ spelling: String) -> Set<String> { bySpelling[spelling] ?? [] }

  private static let words: [Word] = text.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: " ").map(String.init)
    guard let word = parts.first else { return nil }
    return Word(word: Array(word), spellings: parts.dropFirst().map(NameSpelling.normal))
  }

  private static let byFirst = Dictionary(grouping: words) { $0.word[0] }
  private static let bySpelling: [String: Set<String>] = words.reduce(into: [:]) { found, word in
    for spelling in word.spellings { found[spelling, default: []].insert(String(word.word)) }
  }

  private static let text = """
    番号 NO NUM NUMBER BNG BAN NMB
    番 NO
    号 NO
    ID ID
    コード CD CODE KBN KIND
    区分 KBN KUBUN KB KIND CLS CLASS TYPE KU
    種別 KIND SBT SYUBETU TYPE SHU
    フラグ FLG FLAG KBN
    有無 UMU FLG KBN
    区分コード KBN CD
    年月日 YMD DATE NENGAPPI DT HI
    日付 YMD DATE HIZUKE DT
    日時 DATETIME NICHIJI TS
    年月 YM NENGETSU
    月日 MD MMDD TSUKIHI
    日 YMD DATE DT
    年度 NENDO FY YEAR ND
    年 YEAR YY
    時刻 JIKAN TIME HMS JIKOKU TM
    時間 JIKAN TIME HR
    履歴 RIREKI HIST RRK
    履歴番号 RENBAN
    連番 RENBAN SEQ
    更新 KOSHIN UPD UPDATE
    操作 SOSA KOSHIN UPD UPDATE OPE
    操作者 SOSASHA KOSHINSHA KOSHIN USER OPERATOR
    更新者 KOSHINSHA KOSHIN USER
    登録 TOROKU INS CRT REG
    作成 SAKUSEI CRT CREATE
    削除 SAKUJO DEL DELETE
    最新 SAISHIN LATEST NEW
    氏名 SHIMEI NAME NM MEI
    名称 MEISHO SHIMEI NAME NM
    名義人 MEIGI MEIGININ
    漢字 KANJI KJ
    フリガナ KANA FURIGANA KN
    カナ KANA KN
    かな KANA
    宛名 ATENA ADDRESSEE
    宛名番号 NO ATENANO
    住所 JUSHO ADDR ADDRESS ADR
    郵便番号 YUBIN ZIP POST YUBINNO
    電話 TEL DENWA PHONE
    電話番号 TEL DENWA PHONE
    生年月日 SEINEN BIRTH BIRTHDAY SEINENYMD
    性別 SEX SEIBETSU GENDER
    世帯主 NUSHI SETAINUSHI
    世帯 SETAI HOUSEHOLD
    続柄 ZOKUGARA TSUZUKIGARA RELATION
    個人番号 MYNO MYNUMBER KOJINNO KOJINBANGO
    法人番号 HOJINNO HOJINBANGO
    納税義務者 GIMUSHA NUSHI NOZEISHA NOGISHA TAXPAYER
    口座 KOZA ACCT ACCOUNT
    口座種別 YOKIN KOZASHUBETSU
    金融機関 KINYU GINKO BANK KINYUKIKAN
    店舗 TEMPO SHITEN TEN GINKO
    支店 SHITEN BRANCH
    銀行 GINKO BANK
    金額 GAKU KINGAKU AMT AMOUNT KIN
    税額 ZEIGAKU ZEI TAX GAKU
    年税額 NENZEI NENZEIGAKU
    額 GAKU AMT KIN
    合計 GOKEI TOTAL KEI SUM
    件数 KENSU CNT COUNT
    人数 NINZU CNT
    数 SU CNT NINZU
    回数 KAISU CNT
    面積 MENSEKI M2 AREA
    地積 CHISEKI M2 AREA
    床面積 YUKA M2
    割合 WARIAI WARI RITSU RATE
    率 RITSU RATE
    税率 ZEIRITSU RATE
    科目 KAMOKU ZEIMOKU
    税目 ZEIMOKU KAMOKU
    期別 KIBETSU KI KICD TERM
    期 KI
    納期限 NOKIGEN NOKI DUE DUEDATE
    開始 KAISHI START FROM BGN
    終了 SHURYO END TO
    廃止 HAISHI END
    備考 BIKO NOTE MEMO REMARKS
    摘要 TEKIYO
    予備 YOBI SPARE
    法人税割 HZW HOJINZEIWARI
    均等割 KTW KINTOWARI
    所得割 STW SHOTOKUWARI
    都計 TOKEI TOSHIKEIKAKU
    都市計画税 TOKEI
    固定資産税 KOTEI
    課税標準 HYOJUN KAZEIHYOJUN
    課税標準額 HYOJUN HYOJUNGAKU
    算出税額 SANSHUTSU
    督促手数料 TOKUSOKU TOKUSOKURYO
    延滞金 ENTAI ENTAIKIN
    調定 CHOTEI
    収納 SHUNO
    未納 MINO
    過誤納 KAGONO
    不能欠損 KESSON
    還付充当 SHORI
    国籍 KOKUSEKI
    国名 KOKUSEKI KOKUMEI
    送付先 SOFU SOFUSAKI
    支払者 SHIHARAISHA SHIHARAI
    本税 HONZEI
    減免 GEMMEN GENMEN
    減額 GENGAKU GEN
    公的年金等 NENKIN
    棟番号 TOGO TOBANGO
    構造 KOZO
    団体内統合宛名 TOGO
    番地 BANCHI
    方書 KATAGAKI
    状態 JOTAI STATUS STS
    賦課 FUKA KAZEI
    課税 KAZEI FUKA
    文字 MOJI
    ゆうちょ YUCHO
    チャネル CHANNEL
    優先 YUSEN
    銘柄 MEIGARA
    """
}
