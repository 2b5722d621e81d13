import Base
import Evidence
import Office
import Registers
import Report
import Tables

/// 課題: opened, dealt with, resolved and closed on its page. Only `IssueAct` decides what is permitted.
struct IssueForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  private static let classes = DifferenceClass.allCases

  // MARK: forms

  /// The form of a new issue.
  ///
  /// - Parameters:
  ///   - link: what it is about: an item, a check, a signature; empty for nothing yet.
  ///   - cause: the cause of the latest run of which it is made; then title and severity are those of the cause.
  static func new(link: String = "", cause: String? = nil, _ visit: Visit) -> HTML {
    let form = EntryForm(visit, to: cause.map { PageAddress.path("causes", $0) } ?? "/issues")
    let own: [HTML] =
      cause == nil
      ? [
        form.line("title", Bilingual("内容を1行で", "What is wrong, in a line"), required: true),
        severity(form, ""),
      ] : []
    return form.html(
      cause == nil ? "open" : "assign",
      cause == nil ? Bilingual("課題を起票する", "Open an issue") : Bilingual("課題にする", "Make it an issue"),
      own + [
        form.section("section"), form.line("owner", Bilingual("対応する人", "Who deals with it")),
        form.day("due", Bilingual("期限", "By when")), form.text("detail", Bilingual("詳しい内容", "More about it")),
      ]
        + (cause == nil
          ? [form.line("links", Bilingual("関連（番号を「、」で区切る）", "Linked to (numbers, separated by commas)"), link)] : []))
  }

  private static func severity(_ form: EntryForm, _ chosen: String) -> HTML {
    form.choice(
      "severity", Bilingual("重大度", "Severity"), Severity.allCases.map { ($0.rawValue, $0.rawValue) }, chosen,
      required: true)
  }

  /// A form for each act that the issue's state allows.
  static func one(_ issue: Issue, _ visit: Visit) -> HTML {
    let words = visit.words
    let form = EntryForm(visit, to: PageAddress.path("issues", issue.id))
    let isOwn = !issue.resolvedBy.isEmpty && FourEyes.isSame(issue.resolvedBy, visit.person.name)
    var forms: [HTML] = []
    if IssueAct.resolve("").isOpen(for: issue) {
      forms.append(
        form.html(
          "resolve", Bilingual("解決を記録する", "Say how it was resolved"), revision: issue.revision,
          [form.text("resolution", Bilingual("行ったこと", "What was done"), required: true)]))
    }
    if IssueAct.close.isOpen(for: issue) {
      forms.append(
        isOwn
          ? "<p class=\"warn\">\(words("解決した本人は完了にできません。別の人が確かめます。", "Whoever resolved it cannot close it; another person does."))</p>"
          : form.html("close", Bilingual("完了にする", "Close it"), revision: issue.revision, []))
    }
    if IssueAct.reopen(reason: "").isOpen(for: issue) {
      forms.append(
        form.html(
          "reopen", Bilingual("再び開く", "Open it again"), revision: issue.revision,
          [form.text("reason", Bilingual("理由", "Why"), required: true)]))
    }
    if IssueAct.update(.init()).isOpen(for: issue) { forms.append(update(issue, form, visit)) }
    return EntryForm.acts(forms, visit)
  }

  private static func update(_ issue: Issue, _ form: EntryForm, _ visit: Visit) -> HTML {
    let words = visit.words
    return form.html(
      "update", Bilingual("内容・担当・期限・回避策を変更する", "Change it: contents, who, by when, workaround"),
      revision: issue.revision,
      [
        form.line("title", Bilingual("内容を1行で", "What is wrong, in a line"), issue.title, required: true),
        severity(form, issue.severity.rawValue), form.section("section", issue.section),
        form.line("owner", Bilingual("対応する人", "Who deals with it"), issue.owner),
        form.day("due", Bilingual("期限", "By when"), issue.due),
        form.text("detail", Bilingual("詳しい内容", "More about it"), issue.detail),
        form.choice(
          "cause", Bilingual("要因", "Cause"), classes.map { ($0.rawValue, "\($0.rawValue) \(words($0.title))") },
          issue.cause.rawValue, required: true),
        form.choice(
          "important", Bilingual("重要課題", "On the list of important issues"),
          [("1", words("載せる", "yes")), ("0", words("載せない", "no"))], issue.isImportant ? "1" : "0", required: true),
        form.text("workaround", Bilingual("回避策（承認者が要る）", "Workaround (needs an approver)"), issue.workaround),
        form.choice(
          "kind", Bilingual("回避策の種類", "Kind of workaround"),
          Issue.WorkaroundKind.allCases.map { ($0.rawValue, words($0.title)) }, issue.workaroundKind?.rawValue ?? ""),
        ApprovalFields.approver(visit, isRequired: false),
        form.line(
          "links", Bilingual("関連（番号を「、」で区切る）", "Linked to (numbers, separated by commas)"),
          issue.links.joined(separator: "、")),
      ])
  }

  // MARK: entering

  /// - Throws: `serve.changed` when the issue is no longer as it was seen; the errors of `IssueAct`.
  func enter(_ rest: [String]) throws -> Entered {
    let act = visit.inquiry.field("act")
    if rest.isEmpty {
      guard act == "open" else { throw Diagnostic(.optionValue, act, "open") }
      return try open()
    }
    guard rest.count == 1 else { throw Diagnostic(.registerUnknown, rest.joined(separator: "/"), "issues", "–") }
    let id = rest[0]
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      let issue = try dossier.issue(id)
      // An issue of another section looks like a missing one.
      guard visit.sees(issue) else { throw Diagnostic(.registerUnknown, id, "issues", "–") }
      try visit.checkSeen(id, revision: issue.revision)
      let added = act == "update" ? visit.parts("links").filter { !issue.links.contains($0) } : []
      try Self.check(added, dossier, visit)
      return ([try self.act(act, issue).amendment(of: issue, by: visit.person.name, at: now)], ())
    }
    // An issue that was given to another section is no longer to be seen.
    let isOurs = visit.given("section").map { visit.person.sees($0) } ?? true
    return Entered(
      said: Bilingual("課題 \(id) を記録しました。", "Entered in issue \(id)."),
      next: isOurs ? PageAddress.path("issues", id) : "/issues")
  }

  private func open() throws -> Entered {
    let fields = try fields()
    let id = try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      try Self.check(fields.links ?? [], dossier, visit)
      let id = RecordNumber.next("I", after: dossier.issues.map(\.id))
      return ([try IssueAct.open(id, fields, by: visit.person.name, at: now)], id)
    }
    return Entered(
      said: Bilingual("課題 \(id) を起票しました。", "Opened issue \(id)."),
      next: (fields.section.map { visit.person.sees($0) } ?? true) ? PageAddress.path("issues", id) : "/issues")
  }

  /// Makes an issue of a cause.
  ///
  /// - Throws: the errors of ``Dossier/assign(cause:_:by:at:)``.
  func assign(_ cause: String) throws -> Entered {
    let fields = try fields()
    let id = try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let (id, amendment) = try Dossier(reading, today: Day.of(now)).assign(
        cause: cause, fields, by: visit.person.name, at: now)
      return ([amendment], id)
    }
    return Entered(
      said: Bilingual("原因を課題 \(id) として割り当てました。", "The cause is issue \(id) now."),
      next: PageAddress.path("causes", cause))
  }

  private func fields() throws(Diagnostic) -> IssueAct.Fields {
    var fields = IssueAct.Fields()
    fields.title = visit.given("title")
    fields.severity = try visit.choice("severity", Severity.self)
    fields.section = try visit.section("section")
    fields.owner = visit.given("owner")
    fields.due = try visit.day("due")
    fields.detail = visit.given("detail")
    let links = visit.parts("links")
    if !links.isEmpty { fields.links = links }
    return fields
  }

  /// Only what the form changed: a field that is as before is not entered again.
  private func changes(_ issue: Issue) throws(Diagnostic) -> IssueAct.Fields {
    var fields = try fields()
    func changed<Value: Equatable>(_ value: Value?, _ old: Value) -> Value? { value == old ? nil : value }
    // An emptied field is cleared; an owner cannot be, which `IssueAct` says.
    func text(_ value: String?, _ old: String) -> String? { changed(value ?? "", old) }
    fields.title = changed(fields.title, issue.title)
    fields.severity = changed(fields.severity, issue.severity)
    fields.section = changed(fields.section, issue.section)
    fields.owner = text(fields.owner, issue.owner)
    fields.due = text(fields.due, issue.due)
    fields.detail = text(fields.detail, issue.detail)
    fields.links = changed(visit.parts("links"), issue.links)
    fields.cause = changed(try visit.choice("cause", DifferenceClass.self), issue.cause)
    fields.isImportant = changed(visit.given("important").map { $0 == "1" }, issue.isImportant)
    fields.workaround = changed(visit.given("workaround"), issue.workaround)
    fields.workaroundKind = try visit.choice("kind", Issue.WorkaroundKind.self)
    if fields.workaroundKind == issue.workaroundKind { fields.workaroundKind = nil }
    if visit.given("approver") != nil { fields.approver = try ApprovalFields.approver(of: visit) }
    if fields == IssueAct.Fields() { throw Diagnostic(.registerMissing, "something that changes") }
    return fields
  }

  /// Numbers that a person types must name something.
  ///
  /// - Throws: `register.unknown` with the most similar ids.
  static func check(_ links: [String], _ dossier: Dossier, _ visit: Visit) throws(Diagnostic) {
    let known = Set(
      dossier.items.map(\.item.id) + dossier.issues.filter(visit.sees).map(\.id) + dossier.runs.map(\.run)
        + (dossier.latest.map { run in
          run.checks.map(\.id) + run.groups.map(\.signature) + run.causes.map(\.id)
        } ?? []))
    for link in links where !known.contains(link) {
      throw Dossier.unknown(link, "items, checks, issues, runs, causes", among: Array(known))
    }
  }

  private func act(_ act: String, _ issue: Issue) throws(Diagnostic) -> IssueAct {
    switch act {
    case "update": return .update(try changes(issue))
    case "resolve": return .resolve(try visit.required("resolution"))
    case "close": return .close
    case "reopen": return .reopen(reason: try visit.required("reason"))
    default: throw Diagnostic(.optionValue, act, "update, resolve, close, reopen")
    }
  }
}
