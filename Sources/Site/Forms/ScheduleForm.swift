import Base
import Ledger
import Office
import Registers
import Report
import Tables

/// 日程: lines are planned, entered as they happen, and approved by another person. Only `Milestone` decides what is permitted.
struct ScheduleForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  // MARK: forms

  /// The form of a new line, for persons who see all sections: a line belongs to the whole project.
  static func new(_ visit: Visit) -> HTML {
    guard visit.person.sections == nil else { return "" }
    let (form, words) = (EntryForm(visit, to: "/schedule"), visit.words)
    return form.html(
      "plan", Bilingual("行を加える", "Add a line"),
      [
        form.line("id", Bilingual("番号（半角英数字）", "Id"), required: true),
        form.line("title", Bilingual("件名", "Title"), required: true),
        form.choice(
          "kind", Bilingual("種類", "Kind"), Milestone.Kind.allCases.map { ($0.rawValue, words($0.title)) },
          required: true), form.line("owner", Bilingual("担当", "Who answers for it"), required: true),
        form.day("start", Bilingual("計画の始め", "Planned from"), required: true),
        form.day("end", Bilingual("計画の終わり", "Planned to")),
      ])
  }

  static func one(_ line: Milestone, _ visit: Visit) -> HTML {
    guard visit.person.sees(line.owner) else { return "" }
    let form = EntryForm(visit, to: PageAddress.path("schedule", line.id))
    var forms = [
      form.html(
        "happened", Bilingual("実績を記録する", "Enter what happened"), revision: line.revision,
        [
          form.day("start", Bilingual("始めた日", "Began on"), line.actualStart),
          form.day("end", Bilingual("終えた日", "Done on"), line.actualEnd),
          form.text("note", Bilingual("内容（結果、文書の場所）", "What came of it"), line.note),
          form.choice(
            "run", Bilingual("実行", "Run"), visit.snapshot.dossier.runs.reversed().map { ($0.run, $0.run) }, line.run),
        ])
    ]
    if line.isDone, !line.isApproved {
      let isOwn = FourEyes.isSame(line.enteredBy, visit.person.name)
      forms.append(
        isOwn
          ? "<p class=\"warn\">\(visit.words("記録した本人は承認できません。別の人が承認します。", "Whoever entered it cannot approve; another person does."))</p>"
          : form.html("approve", Bilingual("承認する", "Approve"), revision: line.revision, []))
    }
    // A section does not shift its own deadline.
    guard visit.person.sections == nil else { return EntryForm.acts(forms, visit) }
    forms.append(
      form.html(
        "plan", Bilingual("計画を改める", "Plan it anew"), revision: line.revision,
        [
          form.line("owner", Bilingual("担当", "Who answers for it"), line.owner, required: true),
          form.day("start", Bilingual("計画の始め", "Planned from"), line.plannedStart, required: true),
          form.day("end", Bilingual("計画の終わり", "Planned to"), line.plannedEnd, required: true),
        ]))
    return EntryForm.acts(forms, visit)
  }

  // MARK: entering

  /// - Throws: `serve.changed` when the line is no longer as it was seen; the errors of `Milestone`.
  func enter(_ rest: [String]) throws -> Entered {
    if rest.isEmpty { return try plan() }
    guard rest.count == 1 else { throw Diagnostic(.registerUnknown, rest.joined(separator: "/"), "schedule", "–") }
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let line = try Dossier(reading, today: Day.of(now)).milestone(rest[0])
      guard visit.person.sees(line.owner) else { throw Diagnostic(.registerUnknown, rest[0], "schedule", "–") }
      try visit.checkSeen(line.id, revision: line.revision)
      return ([try amendment(line, now)], ())
    }
    return Entered(
      said: Bilingual("\(rest[0]) を記録しました。", "Entered in \(rest[0])."), next: PageAddress.path("schedule", rest[0]))
  }

  private func amendment(_ line: Milestone, _ now: String) throws -> Amendment {
    let person = visit.person.name
    switch visit.inquiry.field("act") {
    case "happened":
      let (start, end) = (try visit.pastDay("start"), try visit.pastDay("end"))
      guard start != nil || end != nil else {
        throw Diagnostic(.registerMissing, at: Place(record: line.id), "start, end")
      }
      let run = visit.given("run")
      if let run, !visit.snapshot.dossier.runs.contains(where: { $0.run == run }) {
        throw Dossier.unknown(run, "runs", among: visit.snapshot.dossier.runs.map(\.run))
      }
      return try line.happened(start: start, end: end, note: visit.given("note"), run: run, by: person)
    case "approve": return try line.approved(by: person, at: now)
    case "plan" where visit.person.sections == nil:
      let (start, end) = (try visit.day("start"), try visit.day("end"))
      guard let start, let end, start <= end else {
        throw Diagnostic(.registerMissing, at: Place(record: line.id), "start ≤ end")
      }
      return Milestone.plan(
        line.id, kind: nil, title: nil, owner: try visit.required("owner"), start: start, end: end, by: person, of: line
      )
    default: throw Diagnostic(.optionValue, visit.inquiry.field("act"), "happened, approve, plan")
    }
  }

  private func plan() throws -> Entered {
    guard visit.person.sections == nil, visit.inquiry.field("act") == "plan" else {
      throw Diagnostic(.optionValue, visit.inquiry.field("act"), "–")
    }
    let id = try visit.required("id")
    guard id.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9-]{0,39}/#) != nil else {
      throw Diagnostic(.optionValue, id, "A–Z a–z 0–9 -")
    }
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      guard !dossier.milestones.contains(where: { $0.id == id }) else {
        throw Diagnostic(.serveChanged, at: Place(record: id), id)
      }
      let (start, end) = (try visit.day("start"), try visit.day("end"))
      guard let start, start <= end ?? start, let kind = try visit.choice("kind", Milestone.Kind.self) else {
        throw Diagnostic(.registerMissing, at: Place(record: id), "kind, start ≤ end")
      }
      return (
        [
          Milestone.plan(
            id, kind: kind, title: try visit.required("title"), owner: try visit.required("owner"), start: start,
            end: end, by: visit.person.name)
        ], ()
      )
    }
    return Entered(
      said: Bilingual("\(id) を日程に加えました。", "\(id) is in the schedule."), next: PageAddress.path("schedule", id))
  }
}
