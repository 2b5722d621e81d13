import Base
import Foundation
import Gates
import Ledger
import Office
import Outline
import Registers
import Report
import Tables

/// 会議・決定: meetings are entered on their page, a gate's decision on the gate's. Who does so sees all sections: a decision is
/// about the whole project.
struct MeetingForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  private static func resolutions(_ visit: Visit, _ permitted: [Resolution]) -> [(String, String)] {
    permitted.map { ($0.rawValue, visit.words($0.title)) }
  }

  private static func session(_ form: EntryForm) -> [HTML] {
    [
      form.day("held", Bilingual("開催日", "Held on"), required: true),
      form.text("attendees", Bilingual("出席者（1行に1人）", "Who was there, one a line")),
      form.text("minutes", Bilingual("議事録、またはその場所", "Minutes, or where they are")),
    ]
  }

  // MARK: forms

  /// The form of a meeting that was held, other than a gate's.
  static func new(_ visit: Visit) -> HTML {
    guard visit.person.sections == nil else { return "" }
    let (form, words) = (EntryForm(visit, to: "/meetings"), visit.words)
    return form.html(
      "hold", Bilingual("会議を記録する", "Enter a meeting"),
      [
        form.choice(
          "kind", Bilingual("会議", "Meeting"),
          Meeting.Kind.allCases.filter { $0 != .gate }.map { ($0.rawValue, words($0.title)) }, required: true),
        form.line("title", Bilingual("件名", "Title")),
        form.text("agenda", Bilingual("議題（1行に1件）", "Agenda, one point a line")),
        form.choice(
          "decision", Bilingual("決定（あれば）", "Decision, if any"), resolutions(visit, [.approved, .sentBack])),
      ] + session(form))
  }

  /// The form of a gate's decision: the verdict says which are permitted.
  static func decide(_ decision: Decision, _ visit: Visit) -> HTML {
    guard visit.person.sections == nil else { return "" }
    let form = EntryForm(visit, to: PageAddress.path("gates", decision.gate))
    return EntryForm.acts(
      [
        form.html(
          "decide", Bilingual("判定会議の決定を記録する", "Enter what the meeting decided"),
          [
            form.choice(
              "decision", Bilingual("決定（この判定で許されるもの）", "Decision that the verdict permits"),
              resolutions(visit, decision.verdict.permits), required: true),
            "<input type=\"hidden\" name=\"seen\" value=\"\(decision.digest)\">",
          ] + session(form) + [
            form.text(
              "conditions", Bilingual("条件（1行に1件。期限 担当: 内容）", "Conditions, one a line: day owner: what"))
          ])
      ], visit)
  }

  /// The conditions that are not met, each with the form that says so.
  static func conditions(_ visit: Visit) -> HTML {
    let words = visit.words
    let open = visit.snapshot.dossier.decisions.flatMap { decision in
      decision.conditions.enumerated().filter { $1.met.isEmpty }.map { (decision, $0 + 1, $1) }
    }
    if open.isEmpty { return "" }
    let form = EntryForm(visit, to: "/meetings")
    let lines = open.map { decision, number, condition -> HTML in
      let what =
        "\(decision.id) \(number)　\(condition.text)（\(condition.owner)、\(words.date(condition.due))\(words("まで", ""))）"
      let isOwn = FourEyes.isSame(condition.owner, visit.person.name)
      let met: HTML =
        isOwn || !visit.person.sees(condition.owner)
        ? ""
        : form.html(
          "met", Bilingual("履行を記録する", "Enter that it is met"), revision: decision.revision,
          [
            "<input type=\"hidden\" name=\"decision\" value=\"\(decision.id)\"><input type=\"hidden\" name=\"number\" value=\"\(number)\">",
            form.day("on", Bilingual("履行した日", "Met on"), required: true),
          ])
      return "<li>\(what)\(met)</li>"
    }
    return "<h2>\(words("履行していない条件", "Conditions to be met"))</h2><ul>\(lines)</ul>"
  }

  // MARK: entering

  /// - Throws: `serve.changed` when the decision is no longer as it was seen; the errors of `Meeting` and
  ///   `GateDecision`.
  func enter() throws -> Entered {
    switch visit.inquiry.field("act") {
    case "hold": return try hold()
    case "met": return try met()
    default: throw Diagnostic(.optionValue, visit.inquiry.field("act"), "hold, met")
    }
  }

  /// Judges the gate anew, and enters what its meeting decided.
  ///
  /// - Throws: the errors of `ProjectOffice.enter`.
  func decide(_ name: String) throws -> Entered {
    try checkSeesAll()
    guard let decision = try visit.choice("decision", Resolution.self) else {
      throw Diagnostic(.registerMissing, "decision")
    }
    let office = visit.snapshot.office
    let gate = try office.outline.gate(name)
    let sitting = GateSitting(
      gate, decision, held: try held(), conditions: try conditions(), attendees: visit.lines("attendees"),
      minutes: visit.given("minutes") ?? "")
    let entered = try office.enter(by: visit.person.name) { reading, now in
      let made = try office.enter(sitting, reading, by: visit.person.name, at: now, visit.language)
      guard made.entered.judged == visit.inquiry.field("seen") else {
        throw Diagnostic(.serveChanged, at: Place(record: name), name)
      }
      return (made.amendments, made.entered)
    }
    return Entered(
      said: Bilingual(
        "\(gate.title.ja) 第\(entered.sitting)回の決定「\(decision.title.ja)」を記録しました（\(entered.id)）。",
        "Entered for \(gate.title.en), sitting \(entered.sitting): \(decision.title.en) (\(entered.id))."),
      next: "/meetings")
  }

  private func checkSeesAll() throws(Diagnostic) {
    if visit.person.sections != nil { throw Diagnostic(.optionValue, visit.person.name, "–") }
  }

  private func held() throws(Diagnostic) -> String {
    guard let held = try visit.pastDay("held") else { throw Diagnostic(.registerMissing, "held") }
    return held
  }

  /// `R1.12.20 納税課: 残り2件を直す`, one a line.
  private func conditions() throws(Diagnostic) -> [DecisionCondition] {
    try visit.lines("conditions").map { (line) throws(Diagnostic) in
      let halves = line.split(maxSplits: 1, whereSeparator: { $0 == ":" || $0 == "：" }).map(String.init)
      let words = (halves.first ?? "").split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\u{3000}" }).map(
        String.init)
      guard halves.count == 2, words.count == 2, let due = WrittenDay.read(words[0]) else {
        throw Diagnostic(.optionValue, line, "R1.12.20 納税課: …")
      }
      return DecisionCondition(
        text: halves[1].trimmingCharacters(in: .whitespaces), owner: words[1].trimmingCharacters(in: .whitespaces),
        due: due)
    }
  }

  private func hold() throws -> Entered {
    try checkSeesAll()
    guard let kind = try visit.choice("kind", Meeting.Kind.self), kind != .gate else {
      throw Diagnostic(.registerMissing, "kind")
    }
    let held = try held()
    let decision = try visit.choice("decision", Resolution.self)
    let id = try visit.snapshot.office.enter(by: visit.person.name) { reading, _ in
      let id = RecordNumber.next("M", after: try reading.ids(of: Meeting.register))
      let entry = try Meeting.record(
        id, kind: kind, held: held, title: visit.given("title") ?? kind.title.ja, agenda: visit.lines("agenda"),
        attendees: visit.lines("attendees"), minutes: visit.given("minutes") ?? "", decision: decision,
        conditions: [], by: visit.person.name)
      return ([entry], id)
    }
    return Entered(said: Bilingual("会議 \(id) を記録しました。", "Entered meeting \(id)."), next: "/meetings")
  }

  private func met() throws -> Entered {
    let id = try visit.required("decision")
    guard let number = Int(visit.inquiry.field("number")), let on = try visit.pastDay("on") else {
      throw Diagnostic(.registerMissing, at: Place(record: id), "number, on")
    }
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let decision = try Dossier(reading, today: Day.of(now)).decision(id)
      let owner = decision.conditions.indices.contains(number - 1) ? decision.conditions[number - 1].owner : ""
      guard visit.person.sees(owner) else { throw Diagnostic(.registerUnknown, id, "decisions", "–") }
      try visit.checkSeen(id, revision: decision.revision)
      return ([try decision.met(number, on: on, by: visit.person.name)], ())
    }
    return Entered(
      said: Bilingual("\(id) の条件\(number)の履行を記録しました。", "\(id): condition \(number) is met."), next: "/meetings")
  }
}
