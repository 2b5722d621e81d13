import Base
import Evidence
import Gates
import Ledger
import Records
import Registers
import Tables

/// An entry of the ledger in words (経過): what was done, and what was entered with it.
package struct EntryWords {
  private let words: Words
  private let names: ItemSheet.Names

  package init(_ words: Words, _ names: ItemSheet.Names = .init()) {
    self.words = words
    self.names = names
  }

  /// What was done, as a noun: an act may mean different things in two registers.
  package static func act(_ act: String, in register: String) -> Bilingual {
    acts["\(register).\(act)"] ?? acts[act] ?? Bilingual(act, act)
  }

  package static func register(_ name: String) -> Bilingual { registers[name] ?? Bilingual(name, name) }

  /// Where an entry comes from: a list, a run, another entry.
  package func source(_ entry: Entry) -> String {
    let source = entry.amendment.source
    if let list = Self.sources[source] { return words(list) }
    for (english, japanese) in [("entry ", "記載"), ("parallel ", "並行稼働 "), ("run ", "実行 "), ("import ", "取込 ")]
    where source.hasPrefix(english) {
      let rest = String(source.dropFirst(english.count))
      return words(japanese, english) + (Day.isValid(rest) ? words.date(rest) : rest)
    }
    return source
  }

  /// The fields that were entered, without those that repeat who did it and when.
  package func changes(_ entry: Entry) -> String { changes(entry.amendment.changes, in: entry.amendment.register) }

  /// - Parameter changes: the values by the register's names of its fields.
  package func changes(_ changes: [String: JSONValue], in register: String) -> String {
    let told = changes.compactMap { field, value -> (place: Int, text: String)? in
      guard let place = Self.fields.firstIndex(where: { $0.name == field }), !isRepeated(field, changes),
        let text = text(value, field, register), !text.isEmpty
      else { return nil }
      let title = Self.fields[place].title
      return (place, words("\(title.ja)「\(text)」", "\(title.en): \(text)"))
    }
    return told.sorted { $0.place < $1.place }.map(\.text).joined(separator: words("、", "; "))
  }

  /// An answer that a training gives is told by its day and numbers; of two titles that in the other language is left out.
  private func isRepeated(_ field: String, _ changes: [String: JSONValue]) -> Bool {
    switch field {
    case "answer": changes["attended"] != nil
    case "title_ja": words.language == .english
    case "title_en": words.language == .japanese
    default: false
    }
  }

  private func text(_ value: JSONValue, _ field: String, _ register: String) -> String? {
    switch value {
    case .null: nil
    case .boolean(let flag): flag ? words("はい", "yes") : words("いいえ", "no")
    case .integer(let number):
      field == "important" ? text(.boolean(number != 0), field, register) : words.number(number)
    case .text(let text): Day.isValid(text) ? words.date(text) : word(text, field, register)
    case .list(let values):
      values.compactMap { text($0, field, register) }.joined(separator: words("、", ", "))
    case .object(let parts):
      parts.sorted { $0.key < $1.key }.compactMap { key, value -> String? in
        guard let text = text(value, key, register), !text.isEmpty else { return nil }
        if let viewpoint = Estimate.Viewpoint(rawValue: key) {
          return "\(words(viewpoint.title)) \(Estimate.Assessment(rawValue: text).map { words($0.title) } ?? text)"
        }
        return key == "met" ? words("履行 ", "met ") + text : text
      }.joined(separator: " ")
    }
  }

  /// The name of a code in a field of fixed words; any other text as it is.
  private func word(_ code: String, _ field: String, _ register: String) -> String {
    let title: Bilingual? =
      switch (register, field) {
      case ("item", "state"): Item.State(rawValue: code)?.title
      case ("item", "kind"): Item.Kind(rawValue: code)?.title
      case (_, "gate"): names.gates.title(of: code)
      case (_, "subsystem"): names.subsystems[code]
      case (_, "job"): names.jobs[code]
      case ("issue", "state"): Issue.State(rawValue: code)?.title
      case ("issue", "workaround_kind"): Issue.WorkaroundKind(rawValue: code)?.title
      case ("issue", "cause"), ("classification", "kind"): DifferenceClass(rawValue: code)?.title
      case ("milestone", "kind"): Milestone.Kind(rawValue: code)?.title
      case ("meeting", "kind"): Meeting.Kind(rawValue: code)?.title
      case (_, "decision"): Resolution(rawValue: code)?.title
      case (_, "verdict"): Verdict(rawValue: code).map { Bilingual(words.verdict($0), words.verdict($0)) }
      case ("request", "disposition"): ExtractRequest.Disposition(rawValue: code)?.title
      case ("request", "frequency"): ExtractRequest.Frequency(rawValue: code)?.title
      case ("estimate", "overall"): Estimate.Assessment(rawValue: code)?.title
      case ("run", "stage"): RunRecord.Stage(rawValue: code)?.title
      case ("correction", "act"): Self.act(code, in: "")
      case ("correction", "register"): Self.register(code)
      default: nil
      }
    return title.map { words($0) } ?? code
  }

  /// Whether people are told of a field, and whether it is known that they are not.
  package static func isTold(_ field: String) -> Bool { fields.contains { $0.name == field } }
  package static func isUntold(_ field: String) -> Bool { untold.contains(field) }

  /// The fields that people are told of, in the order in which they read them.
  static let fields: [(name: String, title: Bilingual)] = [
    ("state", Bilingual("状態", "state")), ("title", Bilingual("件名", "title")), ("title_ja", Bilingual("件名", "title")),
    ("title_en", Bilingual("件名", "title")), ("answer", Bilingual("回答", "answer")),
    ("reason", Bilingual("理由", "reason")), ("detail", Bilingual("詳細", "detail")),
    ("resolution", Bilingual("対応の内容", "resolution")), ("kind", Bilingual("区分", "kind")),
    ("severity", Bilingual("重大度", "severity")), ("cause", Bilingual("要因", "cause")),
    ("subsystem", Bilingual("業務", "subsystem")), ("business", Bilingual("業務", "business")),
    ("category", Bilingual("観点", "category")), ("job", Bilingual("処理", "job")),
    ("section", Bilingual("担当課", "section")), ("owner", Bilingual("担当", "owner")),
    ("assignee", Bilingual("担当者", "assignee")), ("gate", Bilingual("判定", "gate")),
    ("criterion", Bilingual("判定基準", "criterion")), ("sitting", Bilingual("回", "sitting")),
    ("verdict", Bilingual("判定結果", "verdict")), ("decision", Bilingual("決定", "decision")),
    ("conditions", Bilingual("条件", "conditions")), ("due", Bilingual("期限", "due")),
    ("until", Bilingual("いつまで", "until")), ("planned", Bilingual("予定日", "planned")),
    ("planned_start", Bilingual("予定の開始", "planned start")), ("planned_end", Bilingual("予定の終了", "planned end")),
    ("actual_start", Bilingual("開始", "began")), ("actual_end", Bilingual("終了", "ended")),
    ("held", Bilingual("実施日", "held")), ("invited", Bilingual("対象者数", "invited")),
    ("attended", Bilingual("出席者数", "came")), ("agenda", Bilingual("議題", "agenda")),
    ("attendees", Bilingual("出席者", "attendees")), ("minutes", Bilingual("議事録", "minutes")),
    ("important", Bilingual("重要課題", "important")), ("workaround", Bilingual("回避策", "workaround")),
    ("workaround_kind", Bilingual("回避策の種類", "kind of workaround")), ("approver", Bilingual("承認者", "approver")),
    ("disposition", Bilingual("扱い", "disposition")), ("destination", Bilingual("移管・代替先", "destination")),
    ("frequency", Bilingual("頻度", "frequency")), ("items", Bilingual("テスト項目", "items")),
    ("amount", Bilingual("見積額（円）", "amount (yen)")), ("effort_low", Bilingual("基準工数の下限", "effort from")),
    ("effort_high", Bilingual("基準工数の上限", "effort to")), ("unit_price", Bilingual("標準単価（円）", "unit price (yen)")),
    ("viewpoints", Bilingual("観点別の評価", "viewpoints")), ("overall", Bilingual("総合評価", "overall")),
    ("hours", Bilingual("時間", "hours")), ("replaced", Bilingual("更改対象", "replaced")),
    ("day", Bilingual("実行日", "day")), ("seconds", Bilingual("所要時間（秒）", "seconds")),
    ("times_a_year", Bilingual("年間の回数", "times a year")), ("file", Bilingual("ファイル", "file")),
    ("population", Bilingual("全件", "population")), ("drawn", Bilingual("くじの件数", "drawn by lot")),
    ("rare", Bilingual("まれな件数", "rare")), ("different", Bilingual("相違", "different")),
    ("confirmer", Bilingual("確認者の職", "confirmed by (post)")), ("stage", Bilingual("目的", "stage")),
    ("run", Bilingual("実行", "run")), ("read", Bilingual("読込", "read")), ("migrated", Bilingual("移行", "migrated")),
    ("rejected", Bilingual("拒否", "rejected")), ("excluded", Bilingual("除外", "excluded")),
    ("keys", Bilingual("キー", "keys")), ("expression", Bilingual("変換式", "expression")),
    ("links", Bilingual("関連", "links")), ("note", Bilingual("備考", "note")),
    ("entry", Bilingual("記載", "entry")), ("record", Bilingual("対象", "record")), ("act", Bilingual("行為", "act")),
    ("register", Bilingual("登録簿", "register")), ("rows", Bilingual("行数", "rows")),
  ]

  /// Fields of which people are not told: who and when, which the entry has itself, and what machines keep.
  static let untold: Set<String> = [
    "raised_by", "raised_at", "answered_by", "answered_at", "confirmed_by", "confirmed_at", "closed_by", "closed_at",
    "returned_by", "returned_at", "opened_by", "opened_at", "resolved_by", "resolved_at", "entered_by", "entered_at",
    "approved_at", "revoked_by", "revoked_at", "assessed_by", "assessed_at", "drawn_by", "drawn_at", "compared_by",
    "compared_at", "by", "at", "withdrawn", "rests_on", "scope", "evidence", "meeting", "findings", "ledger_number",
    "ledger_digest", "gates", "confidence", "rate", "data", "list", "seed", "digest", "outcome", "jobs", "file_digest",
    "project", "command", "started", "finished", "milliseconds", "is_complete", "definitions", "target", "files",
    "refused", "left_out", "unpassed", "groups", "steps", "accepted", "inputs", "causes", "limit", "omitted", "drafts",
    "definition_files", "checks", "lines", "sums", "edited_by", "edited_at",
  ]

  static let acts: [String: Bilingual] = [
    "define": Bilingual("一覧から登録", "entered from the list"), "redefine": Bilingual("一覧の変更", "changed in the list"),
    "adopt": Bilingual("一覧の取込み", "list taken over"), "raise": Bilingual("起票", "raised"),
    "investigate": Bilingual("調査開始", "taken on"), "answer": Bilingual("回答", "answered"),
    "attend": Bilingual("研修の実施", "training held"), "confirm": Bilingual("確認", "confirmed"),
    "send-back": Bilingual("差戻", "sent back"), "reopen": Bilingual("差戻", "sent back"),
    "issue.reopen": Bilingual("再開", "opened again"), "close": Bilingual("完了", "closed"),
    "hold": Bilingual("保留", "put on hold"), "meeting.hold": Bilingual("開催", "held"),
    "item.withdraw": Bilingual("取下げ", "withdrawn"), "withdraw": Bilingual("取消", "withdrawn"),
    "annotate": Bilingual("備考", "noted"), "edit": Bilingual("変換式の変更", "expression changed"),
    "amend": Bilingual("変更", "amended"), "open": Bilingual("起票", "opened"), "update": Bilingual("対応", "updated"),
    "resolve": Bilingual("解決", "resolved"), "plan": Bilingual("計画", "planned"), "begin": Bilingual("開始", "began"),
    "end": Bilingual("終了", "ended"), "approve": Bilingual("承認", "approved"), "settle": Bilingual("扱いの決定", "settled"),
    "measure": Bilingual("測定", "measured"), "assess": Bilingual("評価", "assessed"), "draw": Bilingual("抽出", "drawn"),
    "compare": Bilingual("照合", "compared"), "parallel_day.compare": Bilingual("突合", "compared"),
    "classify": Bilingual("要因分類", "classified"), "grant": Bilingual("適用除外", "granted"),
    "revoke": Bilingual("取消", "revoked"), "decide": Bilingual("決定", "decided"),
    "meet": Bilingual("条件の履行", "condition met"), "record": Bilingual("終了", "ended"),
    "resume": Bilingual("再開", "resumed"), "clock": Bilingual("時計の訂正", "clock corrected"),
    "rebuild": Bilingual("登録簿の作り直し", "registers rebuilt"),
  ]

  static let registers: [String: Bilingual] = [
    "item": Bilingual("確認事項", "items"), "issue": Bilingual("課題", "issues"),
    "milestone": Bilingual("日程", "schedule"), "meeting": Bilingual("会議", "meetings"),
    "decision": Bilingual("決定", "decisions"), "waiver": Bilingual("適用除外", "waivers"),
    "request": Bilingual("電算処理依頼", "extract requests"), "estimate": Bilingual("見積評価", "estimates"),
    "business": Bilingual("処理時間（旧）", "batch hours (old)"), "batch_run": Bilingual("処理時間（新）", "batch hours (new)"),
    "run": Bilingual("実行", "runs"), "parallel_day": Bilingual("並行稼働", "parallel run"),
    "classification": Bilingual("要因分類", "classifications"), "job": Bilingual("バッチ処理", "batch jobs"),
    "list": Bilingual("一覧", "lists"), "confirmation": Bilingual("定義の確認", "confirmation"),
    "sample": Bilingual("標本", "samples"),
    "correction": Bilingual("訂正", "corrections"),
  ]

  private static let sources: [String: Bilingual] = [
    "serve": Bilingual("画面", "serve"),
    "batch-hours": Bilingual("処理時間の一覧", "batch-hours"), "migration-items": Bilingual("移行の確認事項の一覧", "migration-items"),
    "test-items": Bilingual("テスト項目の一覧", "test-items"), "trainings": Bilingual("研修の一覧", "trainings"),
    "test-jobs": Bilingual("バッチ処理の一覧", "test-jobs"), "master-schedule": Bilingual("日程の一覧", "master-schedule"),
    "extract-requests": Bilingual("電算処理依頼の一覧", "extract-requests"),
  ]
}
