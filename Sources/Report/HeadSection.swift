import Evidence
import Tables
import Gates
import Registers

/// Title, run, dates and digests.
struct HeadSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let evidence = report.evidence
    let kind =
      evidence.command == "reconcile"
      ? words("移行結果 検証報告書", "Verification report") : words("移行リハーサル 結果報告書", "Dry-run migration report")
    return """
      <header><h1>\(words(evidence.title)) \(kind)</h1>
      <p class="soft">\(words("実行", "Run")) \(evidence.run)　\(words("基準日", "data as of")) \(words.date(evidence.asOf))　\
      \(words("実行日時", "finished")) \(words.time(evidence.finished))　\(words("所要", "took")) \(String(evidence.seconds)) \(words("秒", "s"))</p>
      <p class="soft small">\(words("証跡", "Evidence")) <code>\(evidence.evidence)</code><br>\
      \(words("定義", "Definitions")) <code>\(evidence.definitions)</code></p></header>
      """
  }
}

/// The verdict on top, then each criterion with its actual and required value.
struct DecisionSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    guard let decision = report.decision else { return cards }
    let rows = decision.criteria.map { finding -> HTML in
      """
      <tr><td class="id">\(finding.id)</td><th scope="row">\(words(finding.title))</th>\
      <td><span class="tag \(finding.verdict.rawValue)">\(finding.verdict.rawValue)</span></td>\
      <td class="w">\(words(finding.actual))</td><td class="w">\(words(finding.required))</td><td>\(words(finding.why))\(details(finding))</td></tr>
      """
    }
    let meaning =
      switch decision.verdict {
      case .go: words("すべての基準を満たしています。", "Every criterion holds.")
      case .conditional: words("条件付きです。下表の項目に条件と期限が必要です。", "Conditional: the criteria below need conditions and dates.")
      case .noGo: words("稼働できません。下表の基準を満たしていません。", "Do not go live: the criteria below do not hold.")
      }
    return """
      <section class="verdict \(decision.verdict.rawValue)"><b>\(decision.verdict.rawValue)</b>\
      <span><strong>\(words(decision.title))</strong><br>\(meaning)</span></section>
      \(cards)
      <h2>\(words("判定基準", "Criteria"))</h2><div class="scroll" tabindex="0"><table><thead><tr><th scope="col">No.</th>\
      <th scope="col">\(words("基準", "Criterion"))</th><th scope="col">\(words("判定", "Verdict"))</th>\
      <th scope="col">\(words("実績", "Actual"))</th><th scope="col">\(words("必要", "Required"))</th>\
      <th scope="col">\(words("理由", "Why"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      \(comparison)
      """
  }

  /// Since when, who can change it, and the waiver: what the meeting asks next.
  private func details(_ finding: Decision.Finding) -> HTML {
    let since: HTML =
      finding.since.isEmpty
      ? "" : "<br><span class=\"soft small\">\(words("いつから", "since")) \(words.time(finding.since))</span>"
    let who: HTML =
      finding.who.map { "<br><span class=\"soft small\">\(words("変えられる人", "who can change it")) \(words($0))</span>" }
      ?? ""
    let waiver: HTML =
      finding.waiver.map { waiver in
        """
        <br><strong>\(words("適用除外", "waived")) \(waiver.id)</strong> \(waiver.reason)　\(words("責任者", "owner")) \(waiver.owner)　\
        \(words("承認", "approved by")) \(waiver.approver)　\(words("期限", "until")) \(words.date(waiver.until))
        """
      } ?? ""
    return "\(since)\(who)\(waiver)"
  }

  private var cards: HTML {
    let evidence = report.evidence
    let tally = evidence.records
    let cards: [(String, Int)] = [
      (words("読込", "records read"), tally.read), (words("移行", "migrated"), tally.migrated),
      (words("拒否", "rejected"), tally.rejected), (words("除外", "excluded"), tally.excluded),
      (words("検査 合格", "checks passed"), evidence.count(.passed)),
      (words("検査 不合格", "checks failed"), evidence.count(.failed)),
      (words("検査 警告", "warnings"), evidence.count(.warned)),
      (words("検査 未判定", "undecided"), evidence.count(.notRun)),
    ]
    let pieces = cards.map { name, value -> HTML in
      "<div class=\"card\"><b>\(words.number(value))</b><span>\(name)</span></div>"
    }
    return "<div class=\"cards\">\(pieces)</div>"
  }

  private func changed(_ comparison: RunComparison) -> HTML {
    guard comparison.definitionsChanged else { return "" }
    let text = words(
      "定義が前回から変わっています。検査そのものが違うかもしれません。",
      "The definitions have changed since: the checks themselves may be others.")
    return "<p class=\"bad\">\(text)</p>"
  }

  private var comparison: HTML {
    guard let comparison = report.comparison else { return "" }
    let groups: [(String, [String])] = [
      (words("解消", "fixed"), comparison.fixed), (words("継続", "still there"), comparison.stillThere),
      (words("再発", "returned"), comparison.returned), (words("新規", "new"), comparison.new),
      (words("未判定になった", "no longer decided"), comparison.undecided),
      (words("警告・了承になった", "only warn or are accepted now"), comparison.warned),
    ]
    let rows = groups.map { name, ids -> HTML in
      "<tr><th scope=\"row\" class=\"id\">\(name)</th><td class=\"n\">\(ids.count)</td><td>\(ids.isEmpty ? "–" : ids.joined(separator: ", "))</td></tr>"
    }
    let lines: HTML =
      report.differences.map { found in
        """
        <p>\(words("不一致の件数", "single differences"))　\(words("解消", "fixed")) \(words.number(found.fixed))　\
        \(words("継続", "still there")) \(words.number(found.stillThere))　\(words("再発", "returned")) \(words.number(found.returned))　\
        \(words("新規", "new")) \(words.number(found.new))</p>
        """
      } ?? ""
    return """
      <h2>\(words("前回リハーサルとの比較", "Against the previous rehearsal"))</h2>\(changed(comparison))\(lines)
      <p class="soft">\(words("実行 \(comparison.previous) → \(comparison.run)", "run \(comparison.previous) → \(comparison.run)"))　\
      \(words("拒否レコード", "rejected records")) \(words.number(comparison.rejectedBefore)) → \(words.number(comparison.rejectedNow))</p>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("区分", "State"))</th><th scope="col" class="n">\(words("検査数", "Checks"))</th>\
      <th scope="col">\(words("検査", "Which"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
