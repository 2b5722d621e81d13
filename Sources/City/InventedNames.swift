/// Invented people and places: ordinary words in unusual combinations. A kanji form, a half-width reading and, when the
/// family registered a certain glyph, the code that keeps it.
struct Word: Sendable {
  let kanji: String
  let kana: String
  /// The two-byte code of the first character when it differs from the choice of the character set.
  let glyph: (UInt8, UInt8)?

  init(_ kanji: String, _ kana: String, glyph: (UInt8, UInt8)? = nil) {
    self.kanji = kanji
    self.kana = kana
    self.glyph = glyph
  }
}

enum InventedNames {
  static let families: [Word] = [
    Word("佐藤", "ｻﾄｳ"), Word("鈴木", "ｽｽﾞｷ"), Word("高橋", "ﾀｶﾊｼ"), Word("田中", "ﾀﾅｶ"), Word("伊藤", "ｲﾄｳ"),
    Word("渡辺", "ﾜﾀﾅﾍﾞ"), Word("山本", "ﾔﾏﾓﾄ"), Word("中村", "ﾅｶﾑﾗ"), Word("小林", "ｺﾊﾞﾔｼ"), Word("加藤", "ｶﾄｳ"),
    Word("吉田", "ﾖｼﾀﾞ"), Word("山田", "ﾔﾏﾀﾞ"), Word("佐々木", "ｻｻｷ"), Word("山口", "ﾔﾏｸﾞﾁ"), Word("松本", "ﾏﾂﾓﾄ"),
    Word("井上", "ｲﾉｳｴ"), Word("木村", "ｷﾑﾗ"), Word("林", "ﾊﾔｼ"), Word("斎藤", "ｻｲﾄｳ"), Word("清水", "ｼﾐｽﾞ"),
    Word("山崎", "ﾔﾏｻﾞｷ"), Word("森", "ﾓﾘ"), Word("池田", "ｲｹﾀﾞ"), Word("橋本", "ﾊｼﾓﾄ"), Word("阿部", "ｱﾍﾞ"),
    Word("石川", "ｲｼｶﾜ"), Word("山下", "ﾔﾏｼﾀ"), Word("中島", "ﾅｶｼﾞﾏ"), Word("石井", "ｲｼｲ"), Word("小川", "ｵｶﾞﾜ"),
    Word("前田", "ﾏｴﾀﾞ"), Word("岡田", "ｵｶﾀﾞ"), Word("長谷川", "ﾊｾｶﾞﾜ"), Word("藤田", "ﾌｼﾞﾀ"), Word("後藤", "ｺﾞﾄｳ"),
    Word("近藤", "ｺﾝﾄﾞｳ"), Word("村上", "ﾑﾗｶﾐ"), Word("遠藤", "ｴﾝﾄﾞｳ"), Word("青木", "ｱｵｷ"), Word("坂本", "ｻｶﾓﾄ"),
    Word("藤井", "ﾌｼﾞｲ"), Word("西村", "ﾆｼﾑﾗ"), Word("福田", "ﾌｸﾀﾞ"), Word("太田", "ｵｵﾀ"), Word("三浦", "ﾐｳﾗ"),
    Word("岡本", "ｵｶﾓﾄ"), Word("松田", "ﾏﾂﾀﾞ"), Word("中川", "ﾅｶｶﾞﾜ"), Word("原田", "ﾊﾗﾀﾞ"), Word("小野", "ｵﾉ"),
    Word("田村", "ﾀﾑﾗ"), Word("竹内", "ﾀｹｳﾁ"), Word("金子", "ｶﾈｺ"), Word("和田", "ﾜﾀﾞ"), Word("中山", "ﾅｶﾔﾏ"),
    Word("石田", "ｲｼﾀﾞ"), Word("上田", "ｳｴﾀﾞ"), Word("原", "ﾊﾗ"), Word("酒井", "ｻｶｲ"), Word("横山", "ﾖｺﾔﾏ"),
    Word("宮崎", "ﾐﾔｻﾞｷ"), Word("内田", "ｳﾁﾀﾞ"), Word("高木", "ﾀｶｷﾞ"), Word("安藤", "ｱﾝﾄﾞｳ"), Word("谷口", "ﾀﾆｸﾞﾁ"),
    // Registered glyphs: extension kanji, JIS 1978/1983 pairs, two codes for one character.
    Word("髙橋", "ﾀｶﾊｼ"), Word("髙田", "ﾀｶﾀﾞ"), Word("山﨑", "ﾔﾏｻﾞｷ"), Word("宮﨑", "ﾐﾔｻﾞｷ"), Word("𠮷田", "ﾖｼﾀﾞ"),
    Word("𠮷岡", "ﾖｼｵｶ"), Word("濵田", "ﾊﾏﾀﾞ"), Word("濱口", "ﾊﾏｸﾞﾁ"), Word("渡邉", "ﾜﾀﾅﾍﾞ"), Word("渡邊", "ﾜﾀﾅﾍﾞ"),
    Word("齋藤", "ｻｲﾄｳ"), Word("櫻井", "ｻｸﾗｲ"), Word("藪田", "ﾔﾌﾞﾀ"), Word("檜山", "ﾋﾔﾏ"), Word("桧垣", "ﾋｶﾞｷ"),
    Word("籠谷", "ｶｺﾞﾀﾆ"), Word("壺井", "ﾂﾎﾞｲ"), Word("砺波", "ﾄﾅﾐ"), Word("辻", "ﾂｼﾞ"),
    Word("辻", "ﾂｼﾞ", glyph: (0x67, 0xA5)), Word("榊原", "ｻｶｷﾊﾞﾗ"), Word("樋口", "ﾋｸﾞﾁ"),
  ]
  /// The first of the families with a registered glyph.
  static let firstGlyphFamily = 65

  static let men: [Word] = [
    Word("太郎", "ﾀﾛｳ"), Word("健一", "ｹﾝｲﾁ"), Word("翔太", "ｼｮｳﾀ"), Word("大輔", "ﾀﾞｲｽｹ"), Word("直樹", "ﾅｵｷ"),
    Word("拓也", "ﾀｸﾔ"), Word("勇気", "ﾕｳｷ"), Word("勉", "ﾂﾄﾑ"), Word("茂", "ｼｹﾞﾙ"), Word("隆", "ﾀｶｼ"),
    Word("博", "ﾋﾛｼ"), Word("誠", "ﾏｺﾄ"), Word("俊介", "ｼｭﾝｽｹ"), Word("義雄", "ﾖｼｵ"), Word("陽向", "ﾋﾅﾀ"),
    Word("蓮", "ﾚﾝ"), Word("大翔", "ﾋﾛﾄ"), Word("智", "ｻﾄｼ"), Word("淳", "ｼﾞｭﾝ"), Word("浩二", "ｺｳｼﾞ"),
    Word("和夫", "ｶｽﾞｵ"), Word("清", "ｷﾖｼ"), Word("正", "ﾀﾀﾞｼ"), Word("昭", "ｱｷﾗ"), Word("亮", "ﾘｮｳ"),
  ]

  static let women: [Word] = [
    Word("花子", "ﾊﾅｺ"), Word("沙織", "ｻｵﾘ"), Word("涼子", "ﾘｮｳｺ"), Word("美咲", "ﾐｻｷ"), Word("陽子", "ﾖｳｺ"),
    Word("恵子", "ｹｲｺ"), Word("久美子", "ｸﾐｺ"), Word("由美", "ﾕﾐ"), Word("真由美", "ﾏﾕﾐ"), Word("明美", "ｱｹﾐ"),
    Word("幸子", "ｻﾁｺ"), Word("千代", "ﾁﾖ"), Word("文子", "ﾌﾐｺ"), Word("光子", "ﾐﾂｺ"), Word("結衣", "ﾕｲ"),
    Word("葵", "ｱｵｲ"), Word("凛", "ﾘﾝ"), Word("亜希子", "ｱｷｺ"), Word("良子", "ﾖｼｺ"), Word("千尋", "ﾁﾋﾛ"),
    Word("遙", "ﾊﾙｶ"), Word("瞳", "ﾋﾄﾐ"), Word("菜々子", "ﾅﾅｺ"), Word("芳子", "ﾖｼｺ"), Word("節子", "ｾﾂｺ"),
  ]

  /// Foreigners: the registered name, its reading in capitals, 通称 (empty when there is none), 国籍コード.
  static let foreigners: [(name: String, reading: String, alias: String, nationality: String)] = [
    ("ＳＡＮＴＯＳ　ＭＡＲＩＡ", "SANTOS MARIA", "三田　マリア", "413"), ("朴　正雄", "PARK JEONGUNG", "新井　正雄", "101"),
    ("ＧＵＰＴＡ　ＲＡＪ", "GUPTA RAJ", "", "118"), ("陳　志明", "CHEN ZHIMING", "", "108"),
    ("ＮＧＵＹＥＮ　ＬＡＮ", "NGUYEN LAN", "", "127"), ("王　麗華", "WANG LIHUA", "大野　麗華", "108"),
    ("ＳＭＩＴＨ　ＪＡＭＥＳ", "SMITH JAMES", "", "304"), ("李　明姫", "LEE MYUNGHEE", "木下　明姫", "101"),
  ]

  /// Streets of the city: postal code, 町字 (six digits of the 住所コード).
  static let towns: [(name: String, postal: String, code: Int64)] = [
    ("桜ヶ瀬市桜ヶ丘", "1990001", 1), ("桜ヶ瀬市緑町", "1990002", 2), ("桜ヶ瀬市富士見町", "1990003", 3), ("桜ヶ瀬市本町", "1990004", 4),
    ("桜ヶ瀬市仲町", "1990005", 5), ("桜ヶ瀬市上石原", "1990006", 6), ("桜ヶ瀬市下布田", "1990011", 7), ("桜ヶ瀬市深沢台", "1990012", 8),
    ("桜ヶ瀬市菊野台", "1990013", 9), ("桜ヶ瀬市多摩川", "1990014", 10), ("桜ヶ瀬市西つつじヶ丘", "1990015", 11),
    ("桜ヶ瀬市東葛原", "1990021", 12), ("桜ヶ瀬市染地", "1990022", 13), ("桜ヶ瀬市若葉町", "1990023", 14),
  ]

  /// Addresses elsewhere: at most 15 characters, so that they fit 転入前住所.
  static let elsewhere: [(name: String, postal: String, code: Int64)] = [
    ("東京都狛江市和泉本町", "2010003", 13_219_000_104), ("東京都府中市宮西町", "1830022", 13_206_000_101),
    ("東京都三鷹市下連雀", "1810013", 13_204_000_303), ("東京都千代田区丸の内", "1000005", 13_101_000_801),
    ("神奈川県川崎市多摩区登戸", "2140014", 14_135_000_702), ("埼玉県所沢市並木", "3590042", 11_208_000_411),
    ("千葉県松戸市根本", "2710077", 12_207_000_305), ("大阪府堺市堺区南瓦町", "5900078", 27_141_000_901),
    ("北海道札幌市中央区大通西", "0600042", 1_101_000_205),
  ]

  static let buildings = [
    "コーポ桜", "メゾン緑", "桜荘", "第二若葉荘", "富士見マンション", "ヴィラ上石原", "パークハイム多摩川", "サンハイツ", "グリーンコート菊野台", "仲町団地",
  ]
  /// Thirty characters: with the two shift codes they fill all 62 bytes of a 方書.
  static let longestBuilding = "ザ・グランドレジデンス桜ヶ瀬駅前イーストタワー管理組合事務所"

  static let companyForms: [Word] = [
    Word("株式会社", "ｶﾌﾞｼｷｶﾞｲｼｬ"), Word("有限会社", "ﾕｳｹﾞﾝｶﾞｲｼｬ"), Word("合同会社", "ｺﾞｳﾄﾞｳｶﾞｲｼｬ"),
  ]
  static let companyNames: [Word] = [
    Word("明和", "ﾒｲﾜ"), Word("仲町", "ﾅｶﾏﾁ"), Word("桜丘", "ｻｸﾗｵｶ"), Word("多摩", "ﾀﾏ"), Word("東都", "ﾄｳﾄ"),
    Word("緑川", "ﾐﾄﾞﾘｶﾜ"), Word("若葉", "ﾜｶﾊﾞ"), Word("富士見", "ﾌｼﾞﾐ"), Word("武蔵", "ﾑｻｼ"), Word("髙砂", "ﾀｶｻｺﾞ"),
  ]
  static let companyTrades: [Word] = [
    Word("システム", "ｼｽﾃﾑ"), Word("不動産", "ﾌﾄﾞｳｻﾝ"), Word("工業", "ｺｳｷﾞｮｳ"), Word("運輸", "ｳﾝﾕ"), Word("建設", "ｹﾝｾﾂ"),
    Word("商店", "ｼｮｳﾃﾝ"), Word("印刷", "ｲﾝｻﾂ"), Word("電機", "ﾃﾞﾝｷ"), Word("サービス", "ｻｰﾋﾞｽ"),
  ]

  /// Vehicles: 車名 in one or two bytes a character, and what plates show.
  static let vehicles = ["N-BOX", "ジムニー", "アルト", "ハイゼット", "タントカスタム", "スーパーカブ", "セロー250", "ミラ"]
  static let plateCity = "桜ヶ瀬市"
  static let plateRegion = "多摩"
  /// かな文字 of plates: the first four for small motorcycles.
  static let plateKana = [
    "う", "き", "く", "こ", "さ", "す", "せ", "そ", "た", "ち", "つ", "と", "な", "に", "ぬ", "の",
  ]
  static let chassis = ["HA", "DA", "LA", "S"]
  static let models = ["DBA", "EBD", "HBD", "JBH"]
}
