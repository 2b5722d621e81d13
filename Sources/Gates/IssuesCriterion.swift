import Base
import Definitions
import Evidence
import Records
import Registers

/// `issues`: the largest number of open 課題 of some severities.
///
/// With `accept: workaround` an issue with a written workaround and an owner does not count. `dated` requires a
/// deadline for each open issue; `none-due-before: MILESTONE` requires that none is due before that milestone's planned
/// day, nor overdue.
struct IssuesCriterion: Criterion {
  static let kind = "issues"
  static let keys = ["severities", "max-open", "accept", "dated", "none-due-before"]

  private enum Acceptance: String, CaseIterable { case none, workaround }

  private let severities: [Severity]
  private let limit: Int
  private let acceptance: Acceptance
  private let dated: Bool
  private let milestone: String?

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-open")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
    severities = (map["severities"]?.list ?? []).compactMap { $0.choice(Severity.self) }
    acceptance = map["accept"]?.choice(Acceptance.self) ?? .none
    dated = map["dated"]?.flag ?? false
    milestone = map["none-due-before"]?.text
  }

  private func counts(_ issue: Issue) -> Bool {
    issue.isOpen && !(acceptance == .workaround && !issue.workaround.isEmpty && !issue.owner.isEmpty)
  }

  /// By its number alone: a title is for those who see the section's issues.
  private func named(_ issue: Issue) -> (id: String, title: Bilingual) {
    (issue.id, Bilingual("", ""))
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let dossier = input.dossier
    var required = Bilingual("\(limit)件以下", "at most \(limit)")
    if dated { required = Bilingual(required.ja + "、期限あり", required.en + ", each with a deadline") }
    var horizon = ""
    if let milestone {
      guard let found = dossier.milestones.first(where: { $0.id == milestone }) else {
        return Judgement(
          .unknown, actual: Bilingual("–", "–"), required: required,
          why: Bilingual("工程「\(milestone)」がない", "there is no milestone “\(milestone)”"),
          blockers: [.milestone(milestone)])
      }
      guard !found.plannedStart.isEmpty else {
        return Judgement(
          .unknown, actual: Bilingual("–", "–"), required: required,
          why: Bilingual("工程「\(milestone)」に予定日がない", "the milestone “\(milestone)” has no planned day"),
          blockers: [.milestone(milestone)])
      }
      horizon = found.plannedStart
      required = Bilingual(
        required.ja + "、\(Language.japanese.date(horizon))より前の期限なし", required.en + ", none due before \(horizon)")
    }
    let all = dossier.issues.filter { severities.isEmpty || severities.contains($0.severity) }
    let open = all.filter(counts)
    let undated = dated ? open.filter(\.due.isEmpty) : []
    // Without a milestone the horizon is empty, and nothing is before it.
    func isDue(_ issue: Issue) -> Bool { !issue.due.isEmpty && issue.due < horizon }
    let due = open.filter(isDue)
    let holds = open.count <= limit && undated.isEmpty && due.isEmpty
    let others = open.count <= limit ? [] : open.filter { !(dated && $0.due.isEmpty) && !isDue($0) }
    let accepted = all.filter(\.isOpen).count - open.count
    let added =
      accepted == 0 ? Bilingual("", "") : Bilingual("（ほかに回避策あり\(accepted)件）", " (\(accepted) more with a workaround)")
    let reason: Bilingual
    if !undated.isEmpty {
      let list = GateInput.named(undated.map(named))
      reason = Bilingual("期限がない: \(list.ja)", "without a deadline: \(list.en)")
    } else if !due.isEmpty {
      let list = GateInput.named(due.map(named))
      reason = Bilingual("期限が先に来る: \(list.ja)", "due before: \(list.en)")
    } else if open.isEmpty {
      reason = Bilingual("未完了の課題なし（登録\(all.count)件）", "no open issue (\(all.count) in the register)")
    } else {
      let list = GateInput.named(open.map(named))
      reason = Bilingual("未完了: \(list.ja)", "open: \(list.en)")
    }
    // The issue does not hold the moment at which a workaround was found or a deadline was set.
    let times = all.filter { counts($0) || !$0.isOpen }.map { (from: $0.openedAt, to: $0.closedAt) }
    let since =
      holds == (open.count <= limit)
      ? Since.open(times) { $0 <= limit }
      : .because(Bilingual("期限を付けた日時は数えない", "the moment of a deadline is not counted"))
    return Judgement(
      holds ? .holds : .fails, actual: Bilingual("\(open.count)件\(added.ja)", "\(open.count)\(added.en)"),
      required: required, why: reason, since: since,
      who: GateInput.people(open.flatMap { [$0.owner.isEmpty ? $0.section : $0.owner] }),
      blockers: (undated + due + others).map { .issue($0.id) })
  }
}
