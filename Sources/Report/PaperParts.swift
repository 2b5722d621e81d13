import Base
import Tables
import Evidence
import Gates
import Registers

/// Parts that several papers have in common.
extension Words {
  package func tone(_ verdict: Verdict) -> Tone {
    switch verdict {
    case .go: .good
    case .conditional: .warn
    case .noGo: .bad
    }
  }

  package func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .go: self("GO（可）", "GO")
    case .conditional: self("条件付き", "CONDITIONAL")
    case .noGo: self("NO-GO（不可）", "NO-GO")
    }
  }

  package func meaning(_ verdict: Verdict) -> String {
    switch verdict {
    case .go: self("すべての基準を満たしている。", "Every criterion holds.")
    case .conditional:
      self("満たさない基準があり、条件と期限を付ける必要がある。", "Some criteria do not hold: conditions with dates are needed.")
    case .noGo: self("満たさない、または判定できない基準がある。", "Criteria do not hold, or cannot be judged.")
    }
  }

  package func tone(_ status: CheckStatus) -> Tone {
    switch status {
    case .passed: .good
    case .failed: .bad
    case .warned: .warn
    case .notRun: .unknown
    }
  }

  package func mark(_ verdict: Verdict) -> Cell { .mark(self.verdict(verdict), tone(verdict)) }

  package func mark(_ status: CheckStatus) -> Cell { .mark(self.status(status), tone(status)) }

  package func tone(_ standing: ItemStanding) -> Tone {
    if standing.isStale { return .warn }
    return switch standing.state {
    case .confirmed, .closed: .good
    case .returned: .bad
    case .raised: .unknown
    case .investigating, .answered, .onHold: .warn
    }
  }

  package func mark(_ standing: ItemStanding) -> Cell { .mark(self(standing.title), tone(standing)) }

  package func mark(_ outcome: ParallelEvidence.Outcome) -> Cell {
    switch outcome {
    case .identical, .explained: .mark(self(outcome.title), .good)
    case .unexplained: .mark(self(outcome.title), .bad)
    case .notCompared: .mark(self(outcome.title), .unknown)
    }
  }

  package func mark(_ kind: DifferenceClass) -> Cell {
    .mark("\(kind.rawValue) \(self(kind.title))", kind == .unclassified ? .bad : .plain)
  }

  /// The subject of a category of checks, or of a viewpoint of tests.
  func category(_ code: String) -> String {
    switch code {
    case "C01": self("件数", "counts")
    case "C02": self("金額", "amounts")
    case "C03": self("コード", "codes")
    case "C04": self("桁・型", "types")
    case "C05": self("文字", "text")
    case "C06": self("日付", "dates")
    case "C07": self("参照", "links")
    case "C08": self("履歴", "history")
    case "C09": self("再計算", "sums")
    case "C10": self("現新比較", "old/new")
    case "V1": self("実行・件数", "run, counts")
    case "V2": self("現新比較", "old/new")
    case "V3": self("帳票・媒体", "print, media")
    case "V4": self("異例・更正", "rare cases")
    case "V5": self("連携・秘匿", "links, secrecy")
    default: code
    }
  }

  /// A number of days, or not measured.
  package func days(_ days: Int?) -> Cell { days.map { .number($0) } ?? notMeasured }
}

extension PaperInput {
  /// The `YYYY-MM-DD` of a day or of a moment.
  static func day(of text: String) -> String { text.utf8.count == 10 ? text : Day.of(text) }

  /// Sections in the order of their first items.
  static func sections(of items: [ItemStanding]) -> [String] {
    var (seen, order): (Set<String>, [String]) = ([], [])
    for standing in items where seen.insert(standing.item.owner).inserted { order.append(standing.item.owner) }
    return order
  }

  /// Open items, the gravest first: those sent back, then those whose deadline has passed.
  func open(_ items: [ItemStanding]) -> [ItemStanding] {
    func rank(_ standing: ItemStanding) -> Int {
      standing.state == .returned ? 0 : standing.isStale ? 1 : isOverdue(standing) ? 2 : 3
    }
    return items.filter { !$0.isDone }.sorted {
      ($0.item.severity, rank($0), $0.item.id) < ($1.item.severity, rank($1), $1.item.id)
    }
  }

  func isOverdue(_ standing: ItemStanding) -> Bool { standing.isOverdue(on: today) }

  // MARK: issues

  static func openIssues(_ issues: [Issue]) -> [Issue] {
    issues.filter(\.isOpen).sorted {
      ($0.severity, $0.due.isEmpty ? "9" : $0.due, $0.id) < ($1.severity, $1.due.isEmpty ? "9" : $1.due, $1.id)
    }
  }

  func issueTable(
    _ key: String, _ title: String, _ issues: [Issue], _ words: Words, limit: Int = 200, lines: Int? = nil
  ) -> Table {
    Issue.listing(on: today).table(
      issues, words,
      [
        "id", "severity", .init("title", lines: lines, head: true), "state", .init("owner", lines: lines), "due",
        "age_days", .init("workaround", lines: lines),
      ], key: key, title: title, limit: limit, judges: "state")
  }

  func itemTable(
    _ key: String, _ title: String, _ items: [ItemStanding], _ words: Words, limit: Int = 200, lines: Int? = nil
  ) -> Table {
    ItemStanding.listing(on: today).table(
      items, words,
      [
        "id", "severity", "state", .init("title", lines: lines, head: true), .init("owner", lines: lines, width: 21),
        "due", .init("why", lines: lines),
      ], key: key, title: title, limit: limit, none: words("未了の確認事項はない。", "No item is open."), judges: "state")
  }
}
