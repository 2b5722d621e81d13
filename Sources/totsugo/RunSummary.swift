import Evidence

/// What a run came to, in a few lines of text.
struct RunSummary {
  private let evidence: RunEvidence
  private let language: Language

  init(_ evidence: RunEvidence, _ language: Language) {
    self.evidence = evidence
    self.language = language
  }

  var text: String {
    var lines: [String] = []
    let all = evidence.records
    if language == .japanese {
      lines.append("実行 \(evidence.run)  \(evidence.title.ja)")
      lines.append("  読込 \(all.read)件 = 移行 \(all.migrated) + 拒否 \(all.rejected) + 除外 \(all.excluded)")
      lines.append(
        "  検査 合格 \(evidence.count(.passed))  不合格 \(evidence.count(.failed))  警告 \(evidence.count(.warned))  未判定 \(evidence.count(.notRun))"
      )
    } else {
      lines.append("Run \(evidence.run)  \(evidence.title.en)")
      lines.append(
        "  read \(all.read) = migrated \(all.migrated) + rejected \(all.rejected) + excluded \(all.excluded)")
      lines.append(
        "  checks: \(evidence.count(.passed)) passed, \(evidence.count(.failed)) failed, \(evidence.count(.warned)) warned, \(evidence.count(.notRun)) not run"
      )
    }
    for check in evidence.checks where check.status != .passed {
      let word =
        switch check.status {
        case .failed: language == .japanese ? "不合格" : "FAILED"
        case .warned: language == .japanese ? "警告" : "warned"
        default: language == .japanese ? "未判定" : "not run"
        }
      lines.append(
        "  \(word)  \(check.id) [\(check.severity.rawValue)] \(check.title.text(language)): \(check.why.text(language))"
      )
    }
    lines.append("  \(evidence.evidence)")
    return lines.joined(separator: "\n")
  }
}
