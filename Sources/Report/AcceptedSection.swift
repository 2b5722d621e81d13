import Evidence
import Tables

/// 了承済みの差異: the rules that accept differences, and what became of each.
struct AcceptedSection {
  private let rules: [ComparisonEvidence.Rule]
  private let words: Words

  init(_ rules: [ComparisonEvidence.Rule], _ words: Words) {
    self.rules = rules
    self.words = words
  }

  /// Empty where there is no rule.
  var html: HTML {
    if rules.isEmpty { return "" }
    let rows = rules.map { rule -> HTML in
      let style: HTML = rule.state == .matched ? "" : " class=\"bad\""
      let cause = rule.kind.map { "\($0.rawValue) \(words($0.title))" } ?? ""
      return """
        <tr\(style)><td class="id">\(rule.id)</td><td>\(rule.reason)</td><td>\(cause)</td><td>\(rule.approver)</td><td class="w">\(words.date(rule.expires))</td>\
        <td class="n">\(words.number(rule.matched))</td><td>\(ruleState(rule, words))</td></tr>
        """
    }
    return """
      <h2>\(words("了承済みの差異", "Accepted differences"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("番号", "Id"))</th><th scope="col">\(words("理由", "Reason"))</th><th scope="col">\(words("要因", "Cause"))</th><th scope="col">\(words("承認者", "Approver"))</th>\
      <th scope="col">\(words("期限", "Until"))</th><th scope="col" class="n">\(words("行", "Rows"))</th><th scope="col">\(words("状態", "State"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
