import Base
import Evidence
import Gates
import Registers
import Tables

/// What is next, with who and until when.
extension DecisionBrief {
  /// The next three acts.
  package var acts: [Act] {
    var acts: [Act] = []
    for group in causeGroups { acts.append(act(group)) }
    acts += criteriaWithoutCause.map(act)
    return Array(acts.prefix(3))
  }

  /// Causes with the same next act, by the same people, until the same day; where most comes from rejected records,
  /// all that reject one, of the same people.
  private struct CauseGroup {
    /// `nil` for causes that reject records: each says what is to be mended.
    let next: Bilingual?
    let who: String
    /// Whether a person, and not a section alone, has taken it on.
    let isTaken: Bool
    let until: String
    var causes: [RunRecord.Cause]
  }

  private var causeGroups: [CauseGroup] {
    let owners = ItemStanding.owners(ofChecksUnder: dossier.items)
    var groups: [CauseGroup] = []
    // What most checks come from is mended first.
    let leads = rejectedShare != nil
    let ordered = leads ? causes.filter { $0.kind == .rejected } + causes.filter { $0.kind != .rejected } : causes
    for cause in ordered {
      let issue = dossier.issues.first { $0.isOpen && $0.links.contains(cause.id) }
      let sections = cause.checks.lazy.compactMap { owners[$0] }.first ?? []
      let who = issue.map { $0.owner.isEmpty ? $0.section : $0.owner } ?? sections.joined(separator: "、")
      let until = issue.flatMap { $0.due.isEmpty ? nil : $0.due } ?? meetingDay
      let next: Bilingual? =
        leads && cause.kind == .rejected
        ? nil : cause.kind?.next(cause.code) ?? Bilingual("原因を確かめる", "find out why")
      if let place = groups.firstIndex(where: { $0.next == next && $0.who == who && $0.until == until }) {
        groups[place].causes.append(cause)
      } else {
        let isTaken = issue.map { !$0.owner.isEmpty } ?? false
        groups.append(CauseGroup(next: next, who: who, isTaken: isTaken, until: until, causes: [cause]))
      }
    }
    return groups
  }

  private func act(_ group: CauseGroup) -> Act {
    let more = group.causes.count - 1
    var first = example(group.causes[0])
    if more > 0 {
      first = Bilingual(
        "\(first.ja)、ほか原因\(Words(language: .japanese).things(more))", "\(first.en), and \(more) more causes")
    }
    let who = group.who.isEmpty ? organiser : group.who
    return Act(
      what: group.next ?? mending(group.causes), first: first, isNobodys: !group.isTaken,
      who: group.isTaken ? Bilingual(who, who) : Bilingual("\(who)（担当者未定）", "\(who) (nobody named yet)"),
      until: group.until, target: more == 0 ? .cause(group.causes[0].id) : .causes)
  }

  /// What is to be mended so that rejected records can be migrated.
  private func mending(_ causes: [RunRecord.Cause]) -> Bilingual {
    var all: [Bilingual] = []
    for cause in causes.map({ Cause.Kind.mending($0.code) }) where !all.contains(cause) { all.append(cause) }
    let number = Words(language: .japanese).things(causes.count)
    return Bilingual(
      "拒否の原因\(number)を直す: " + all.map(\.ja).joined(separator: "、"),
      "mend what rejects records (\(causes.count) causes): " + all.map(\.en).joined(separator: "; "))
  }

  /// The first record of a cause, and what is wrong with it.
  private func example(_ cause: RunRecord.Cause) -> Bilingual {
    guard let place = cause.place else { return cause.title }
    return Bilingual(
      "\(cause.title.ja)［\(place.file)の\(place.record)件目］", "\(cause.title.en) [\(place.file), record \(place.record)]")
  }

  private func act(_ finding: Decision.Finding) -> Act {
    let (what, days) = work(finding)
    let due = days.filter { !$0.isEmpty }.min()
    return Act(
      what: what, first: nil, isNobodys: false, who: finding.who ?? Bilingual(organiser, organiser),
      until: due ?? meetingDay,
      target: .gate(decision.gate))
  }

  /// What a criterion asks for next, by the kind of what stands in its way; and the days by which.
  private func work(_ finding: Decision.Finding) -> (what: Bilingual, days: [String]) {
    func count(_ isOne: (Blocker) -> String?) -> [String] { finding.blockers.compactMap(isOne) }
    let items = Set(count { if case .item(let id) = $0 { id } else { nil } })
    if !items.isEmpty {
      return (
        Bilingual("確認事項\(items.count)項目を実施し、確認を受ける", "carry out \(items.count) items and have them confirmed"),
        dossier.items.filter { items.contains($0.item.id) }.map(\.item.due)
      )
    }
    let issues = Set(count { if case .issue(let id) = $0 { id } else { nil } })
    if !issues.isEmpty {
      return (
        Bilingual("課題\(issues.count)件を解決し、確認を受ける", "resolve \(issues.count) issues and have them confirmed"),
        dossier.issues.filter { issues.contains($0.id) }.map(\.due)
      )
    }
    let lines = Set(count { if case .milestone(let id) = $0 { id } else { nil } })
    if !lines.isEmpty {
      let open = dossier.milestones.filter { lines.contains($0.id) }
      let titles = GateInput.named(open.map { ("", $0.title) })
      return (
        Bilingual("\(titles.ja)を終え、日程に記録する", "finish \(titles.en), and enter it in the schedule"),
        open.map(\.plannedEnd)
      )
    }
    switch finding.blockers.first {
    case .request:
      return (Bilingual("電算処理依頼の扱いを決める", "settle the extract requests"), [])
    case .day: return (Bilingual("並行稼働の比較を続け、違いを説明する", "go on comparing, and explain what differs"), [])
    case .decision:
      return (Bilingual("判定会議の決定と条件の履行を記録する", "enter what the meeting decided, and its conditions as they are met"), [])
    case .definitions, .run, .subsystem, .rejects:
      return (Bilingual("全業務でもう一度実行する", "run once more, with everything"), [])
    case .file:
      return (Bilingual("ファイルごとの標本を照合する", "compare the samples of each file"), [])
    default:
      return (
        Bilingual(
          "「\(finding.title.ja)」を満たす（いま \(finding.actual.ja)）",
          "see that “\(finding.title.en)” holds (now \(finding.actual.en))"), []
      )
    }
  }

  /// The section that prepares the meeting, and names people for what nobody has taken on.
  private var organiser: String { dossier.organiser(of: decision.meeting) }

  private var meetingDay: String {
    decision.meeting.flatMap { id in dossier.milestones.first { $0.id == id }?.plannedStart } ?? ""
  }

  private func until(_ act: Act, _ words: Words) -> String {
    if act.until.isEmpty { return words("期限の定めなし", "no deadline") }
    let late = act.until < dossier.today ? words("（超過）", " (overdue)") : ""
    return words("期限 \(words.date(act.until))\(late)", "by \(words.date(act.until))\(late)")
  }

  /// What is done, who does it, until when; and the record to begin with, on a line of its own.
  private func lines(_ act: Act, _ mark: String, _ words: Words) -> [Cell] {
    let head = Cell.text(
      mark + words("\(words(act.what))　\(words(act.who))　", "\(words(act.what)) – \(words(act.who)), ")
        + until(act, words))
    return [head] + (act.first.map { [.soft(words("　まず見るもの: \($0.ja)", "    Begin with \($0.en)"))] } ?? [])
  }

  /// What comes before acts that nobody has taken on; `nil` when somebody has taken on each.
  private var assigning: Bilingual? {
    let number = acts.count(where: \.isNobodys)
    return number == 0
      ? nil
      : Bilingual(
        "まず　担当者未定の\(number)件の担当者を決める（課題として割り当てる）",
        "First: name who does the \(number) that nobody has taken on, as issues")
  }

  /// That one run follows, where records are rejected; otherwise empty.
  private func remark(_ words: Words) -> String {
    rejectedShare == nil ? "" : words("拒否を直したら、再実行は1回でよい", "one run is enough when all is mended")
  }

  func next(_ words: Words, _ isShort: Bool) -> Cell {
    if failing.isEmpty {
      return .text(words("判定会議で決定し、記録する。", "The meeting decides, and its decision is entered."))
    }
    let first = assigning.map { Cell.text(words("\($0.ja)　\(organiser)　本日中", "\($0.en) – \(organiser), today")) }
    let lines = zip(Self.letters(words), acts).flatMap { mark, act in
      self.lines(act, mark, words).prefix(isShort ? 1 : 2)
    }
    let remark = remark(words)
    return .several([first].compactMap { $0 } + lines + (remark.isEmpty || isShort ? [] : [.soft(remark)]), by: "\n")
  }

  /// The next acts side by side: what, who, until when, what to begin with; `nil` when all criteria hold.
  ///
  /// - Parameter address: where an act's page is.
  package func table(_ words: Words, _ address: (Target) -> String) -> Table? {
    if failing.isEmpty { return nil }
    let first = assigning.map {
      Table.Row([
        .link(words($0), to: address(.causes)), .text(organiser), .text(words("本日中", "today")), .empty,
      ])
    }
    let rows = zip(Self.letters(words), acts).map { mark, act in
      Table.Row([
        .link(mark + words(act.what), to: address(act.target)), .text(words(act.who)),
        act.until.isEmpty
          ? .text(words("期限の定めなし", "no deadline")) : .due(act.until, isLate: act.until < dossier.today),
        .text(act.first.map { words($0) } ?? ""),
      ])
    }
    let remark = remark(words)
    let title = words("次にすること", "Next") + (remark.isEmpty ? "" : words("（\(remark)）", " (\(remark))"))
    return Table(
      "acts", title,
      [
        .init("act", words("すること", "What")), .init("who", words("担当", "Who")),
        .init("until", words("期限", "Until"), .date), .init("first", words("まず見るもの", "Begin with")),
      ], [first].compactMap { $0 } + rows, limit: .max)
  }

  /// Acts have other marks than reasons.
  private static func letters(_ words: Words) -> [String] {
    words.language == .japanese ? ["ア　", "イ　", "ウ　"] : ["(a) ", "(b) ", "(c) "]
  }
}
