import Copybook
import Decode
import Profile
import Records

/// What an item means beyond its picture, with what speaks for it.
struct TypeGuess {
  /// The meaning, as the project's `types` name it; `nil` for what the picture says.
  var meaning: String?
  /// HHMMSS.
  var isTime = false
  var evidence: String
  var counterExamples = ""
  /// Whether no value speaks for it, only its name.
  var isByNameAlone = false

  /// Whether it is a cell that is a date.
  var isDateCell = false
  var isDate: Bool { isDateCell || Self.dates.contains(meaning ?? "") }
  private static let dates = ["era-date", "era-month", "yyyymmdd", "yyyymm"]

  /// The share of values that must fit: a few wrong ones are findings, and no reason against the meaning.
  private static let enough = 0.95
  /// The different values that digits without a telling name must have to be dates.
  private static let varied = 20

  private static let dateWords: Set<String> = ["YMD", "DATE", "BI", "HI", "NOKIGEN", "KIGEN", "NENGAPPI", "DT"]
  private static let monthWords: Set<String> = ["YM", "NENGETSU"]
  private static let yearWords: Set<String> = ["NENDO", "NEN", "FY"]
  private static let nameWords: Set<String> = [
    "NO", "CD", "CODE", "ID", "BANGO", "NUM", "KIGO", "JIKAN", "TIME", "HMS", "BNG", "TEL", "ZIP", "YUBIN",
  ]
  private static let numberWords: Set<String> = [
    "SU", "KENSU", "KAISU", "NINZU", "GAKU", "KINGAKU", "KIN", "KEI", "GOKEI", "RITSU", "WARI", "NEN", "TSUKISU", "SEQ",
    "RENBAN", "RIREKI", "AMT", "CNT", "KOSU", "LEN", "LENGTH", "RECLEN",
  ]

  /// - Parameter merged: the item in every kind that has it, the facts added up.
  init(_ name: String, _ field: FieldDraft, _ facts: [ItemFacts], shifts: (values: Int, mixed: Int)) {
    if let cell = field.cell {
      evidence = cell.evidence
      isDateCell = cell.isDate
      return
    }
    let words = NameSpelling.words(name).map(NameSpelling.normal)
    let comment = field.comment
    func named(_ set: Set<String>) -> Bool { words.contains { set.contains($0) } }
    func fit(_ path: (ItemFacts) -> ItemFacts.Fit) -> (share: Double, asked: Int, fits: Int, against: [Int]) {
      let fits = facts.map(path)
      let asked = fits.reduce(0) { $0 + $1.asked }
      let held = fits.reduce(0) { $0 + $1.fits }
      return (
        asked == 0 ? 0 : Double(held) / Double(asked), asked, held, Array(fits.flatMap(\.against).sorted().prefix(3))
      )
    }
    let values = facts.reduce(0) { $0 + $1.values - $1.blanks }
    evidence = "picture; \(values) values"
    func tell(_ found: (share: Double, asked: Int, fits: Int, against: [Int]), _ what: String) {
      evidence = "\(FormatGuess.percent(found.share)) of \(found.asked) values are \(what)"
      counterExamples = found.against.map { "record \($0)" }.joined(separator: ", ")
    }
    let eras: [(Int, String, (ItemFacts) -> ItemFacts.Fit, String, Bool)] = [
      (
        7, "era-date", { $0.eraDate }, "GYYMMDD",
        named(Self.dateWords) || comment.hasSuffix("日") || comment.contains("期限")
      ),
      (5, "era-month", { $0.eraMonth }, "GYYMM", named(Self.monthWords) || comment.contains("年月")),
      (3, "era-year", { $0.eraYear }, "GYY", named(Self.yearWords) || comment.contains("年度")),
    ]
    for (digits, era, path, form, isNamed) in eras where field.isDigits(digits) {
      let found = fit(path)
      // Digits that are shown are more often a number or a code: without a name, many different values must speak for it.
      if field.isPlainDigits, !isNamed {
        let isVaried = facts.contains { $0.distinct.map { $0 >= Self.varied } ?? true }
        guard digits > 3, isVaried, found.share >= Self.enough, !named(Self.nameWords) else {
          if digits == 7, found.fits > 0 {
            evidence += "; \(FormatGuess.percent(found.share)) of \(found.asked) values are \(form)"
          }
          break
        }
      }
      if found.asked > 0, found.share >= Self.enough {
        meaning = era
        tell(found, form)
      } else if found.asked == 0, isNamed {
        meaning = era
        evidence = "its name; no value"
        isByNameAlone = true
      }
      if meaning != nil || !field.isPlainDigits { return }
    }
    if field.isNumber || field.isText {
      let dates = fit { $0.civilDate }
      let isEight = field.isNumber ? field.isDigits(8) : field.slot.item.length == 8
      if isEight, dates.asked > 0, dates.share >= Self.enough {
        meaning = "yyyymmdd"
        tell(dates, "YYYYMMDD")
        return
      }
      let times = fit { $0.clock }
      if field.slot.item.length == 6, times.asked > 0, times.share >= Self.enough,
        named(["JIKAN", "JIKOKU", "TIME", "HMS", "TM"]) || comment.contains("時")
      {
        isTime = true
        if field.isPlainDigits { meaning = "identifier" }
        tell(times, "HHMMSS")
        return
      }
    }
    if field.isPlainDigits {
      let shorter = facts.reduce(0) { $0 + $1.shorter }
      let isName = named(Self.nameWords) || comment.contains("番号") || comment.contains("コード")
      let isCount = named(Self.numberWords) || comment.hasSuffix("数") || comment.hasSuffix("額")
      if (isName || (!isCount && field.slot.item.length >= (shorter > 0 ? 4 : 8))) && !(isCount && !isName) {
        meaning = "identifier"
        evidence = shorter > 0 ? "\(shorter) of \(values) values begin with 0" : "its name; \(values) values"
        isByNameAlone = shorter == 0
      }
      return
    }
    if field.isText, shifts.mixed > 0 {
      meaning = "mixed"
      evidence = "\(shifts.mixed) of \(shifts.values) values hold shift codes"
    }
  }
}

/// 個人情報: names and words of what belongs to a person. In doubt it does: a person takes a mark away more easily than
/// a name comes back out of a report.
enum PersonalGuess {
  private static let words: [String] = [
    "氏名", "名前", "フリガナ", "カナ氏名", "住所", "番地", "方書", "郵便番号", "電話", "生年月日", "性別", "続柄", "国籍", "国名", "在留", "名義人",
    "口座番号", "口座種別", "金融機関", "ゆうちょ", "通称", "転入前", "所得", "障害", "生活保護", "支援措置", "代表", "滞納", "メール", "名称", "漢字", "者名",
    "人名", "主名", "払込人", "払込者", "納付者", "支払者", "届出者", "申請者", "相続人", "管理人", "受取人", "依頼人", "カナ", "ｶﾅ", "ﾌﾘｶﾞﾅ", "ふりがな", "扶養",
    "宛先",
  ]
  private static let spellings: Set<String> = [
    "SHIMEI", "NAME", "KANA", "JUSHO", "ADDR", "ADDRESS", "BANCHI", "KATAGAKI", "YUBIN", "ZIP", "TEL", "DENWA",
    "SEINEN",
    "KANJI", "DAIHYO", "DAIHYOSHA", "REPRESENTATIVE", "MEISHO", "MEI", "NM", "FURIGANA", "HARAIKOMI", "HARAIKOMININ",
    "TSUSHOMEI",
    "SEX", "GENDER", "BIRTHDAY", "BIRTHDATE", "PHONE", "INCOME", "FUYO", "DEPENDENTS", "BUILDING", "EMAIL",
    "BIRTH", "SEIBETSU", "ZOKUGARA", "KOKUSEKI", "MEIGI", "KOZA", "TSUSHO", "SHOTOKU", "TENNYUMAE", "MAIL", "SHIEN",
  ]

  private static func word(_ text: String) -> String? { words.first { text.contains($0) } }

  /// Of an item or of a column, by its name and by what is written beside it.
  static func word(name: String, comment: String) -> String? {
    word(name) ?? word(comment) ?? NameSpelling.words(name).map(NameSpelling.normal).first { spellings.contains($0) }
  }

  /// Whether a column or an item holds 個人番号 itself.
  static func isMyNumber(_ text: String) -> Bool { text.hasSuffix("個人番号") || text.hasSuffix("マイナンバー") }
}
