/// The Japanese names of facts that are words: states, acts, fields. Facts are kept in English, as machines read them.
enum FactWords {
  /// A fact in a language; a list of words word by word. Any other fact (a name, a number, an option) stays as it is.
  static func text(_ fact: String, _ language: Language) -> String {
    guard language == .japanese else { return fact }
    if let word = japanese[fact] ?? date(fact) { return word }
    let parts = fact.split(separator: ",").map { $0.drop { $0 == " " } }
    let words = parts.map { japanese[String($0)] }
    guard parts.count > 1, words.contains(where: { $0 != nil }) else { return fact }
    return zip(parts, words).map { $1 ?? String($0) }.joined(separator: "、")
  }

  /// `2019年11月29日` or `2019年11月29日 13:09` of a date or a moment.
  private static func date(_ fact: String) -> String? {
    guard Day.isValid(String(fact.prefix(10))), fact.utf8.count == 10 || fact.utf8.count == 16 else { return nil }
    let parts = fact.prefix(10).split(separator: "-").compactMap { Int($0) }
    return "\(parts[0])年\(parts[1])月\(parts[2])日\(fact.dropFirst(10))"
  }

  /// A fact that appears beside keywords (`title`, `reason`). Users type keywords as they are, so only phrases are
  /// translated.
  static func phrase(_ fact: String, _ language: Language) -> String {
    language == .japanese && fact.contains(" ") ? japanese[fact] ?? fact : fact
  }

  private static let japanese: [String: String] = [
    // States.
    "raised": "起票", "investigating": "調査中", "answered": "回答済", "confirmed": "確認済", "returned": "差戻",
    "sent back": "差戻", "closed": "完了", "on_hold": "保留", "on hold": "保留", "open": "未着手", "working": "対応中",
    "resolved": "解決・確認待ち",
    // Acts.
    "investigate": "調査", "answer": "回答", "confirm": "確認", "send-back": "差戻", "close": "完了", "hold": "保留",
    "attend": "研修の実施", "amend": "変更", "update": "変更", "resolve": "解決", "reopen": "再開",
    // Kinds.
    "migration": "移行", "test": "テスト", "training": "研修", "question": "質問", "provisional": "仮稼働", "production": "本稼働",
    "both": "両方",
    // Fields.
    "reason": "理由", "approver": "承認者", "until": "期限", "title": "件名", "owner": "担当", "section": "担当課",
    "severity": "重大度", "resolution": "対応の内容", "disposition": "扱い（移管・代替・廃止）", "end": "完了の日", "a state": "状態",
    "start ≤ end": "開始は完了より後にならない日付", "0 ≤ attended ≤ invited, 0 < invited": "対象者数は1以上、出席者数は対象者数以下",
    "--decision conditional + --condition": "条件付き了承（--decision conditional）には条件（--condition）",
    "a question that has not been raised yet": "まだ起票していない質問", "a decision with conditions": "条件の付いた決定",
    "a run that decides its checks": "検査を判定できる実行",
    "another name in the copybook": "コピー句での別の名前",
    // Cells of a workbook.
    "each number once": "各番号を一度だけ", "a number of the register, or none": "登録済みの番号、または空欄",
    "text without control characters": "制御文字のない文字", "text": "文字", "a value": "値",
    "a value, not a formula without its result": "計算済みの値（結果のない式は不可）", "a whole number": "整数",
    "a date, such as 2019-11-20 or 2019/11/20": "日付（例 2019-11-20、2019/11/20、Excelの日付）",
    "each column once": "各列を一度だけ", "a state after “raised”": "起票より先の状態",
    "answer after it is raised": "起票してから回答", "the revision of the export": "書き出した時の版",
    "day, invited and came, all three": "実施日・対象者数・出席者数の三つ", "an empty cell": "空欄", "a revision": "版",
    "only with the state sent back or on hold": "状態を差戻か保留にしたときだけ",
    // Registers.
    "items": "確認事項", "issues": "課題", "schedule": "日程", "decisions": "決定", "requests": "電算処理依頼", "runs": "実行",
    "waivers": "適用除外", "hours": "処理時間",
  ]
}
