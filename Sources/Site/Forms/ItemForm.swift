import Base
import Tables
import Ledger
import Office
import Registers
import Report

/// 確認事項: the forms for acts on items, and their entry. Only `ItemAct` decides what is permitted.
struct ItemForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// Acts offered for a single item, and for several selected ones.
  private static let single: [ItemAct.Kind] = [
    .investigate, .answer, .attend, .confirm, .sendBack, .close, .hold, .amend,
  ]
  private static let several: [ItemAct.Kind] = [.confirm, .answer, .investigate, .close, .sendBack]

  /// The state of an item as seen in the form: its id, revision and digest.
  static func seen(_ standing: ItemStanding) -> String {
    "\(standing.item.id) \(standing.item.revision) \(standing.digest)"
  }

  // MARK: forms

  /// A form for each act that the item's state allows.
  static func one(_ standing: ItemStanding, _ visit: Visit) -> HTML {
    let words = visit.words
    guard visit.enters else { return "" }
    // A person does not confirm their own answer.
    let isOwn = !standing.item.answeredBy.isEmpty && FourEyes.isSame(standing.item.answeredBy, visit.person.name)
    let open = single.filter { $0.isOpen(for: standing) && !(isOwn && ($0 == .confirm || $0 == .close)) }
    let own: HTML =
      isOwn && (ItemAct.Kind.confirm.isOpen(for: standing) || ItemAct.Kind.close.isOpen(for: standing))
      ? "<p class=\"warn\">\(words("回答した本人は確認できません。別の人が確認します。", "Whoever answered cannot confirm; another person does."))</p>"
      : ""
    let form = EntryForm(visit, to: PageAddress.path("items", standing.item.id))
    let forms = open.map { act in
      form.html(
        act.rawValue, act.title, revision: standing.item.revision,
        ["<input type=\"hidden\" name=\"item\" value=\"\(seen(standing))\">", fields(act, standing, form, visit)])
    }
    return EntryForm.acts([own] + forms, visit)
  }

  private static func fields(
    _ act: ItemAct.Kind, _ standing: ItemStanding, _ form: EntryForm, _ visit: Visit
  ) -> HTML {
    switch act {
    case .answer:
      form.text("text", Bilingual("回答・対応方針", "What was found, what will be done"), required: true)
    case .confirm: form.line("note", Bilingual("見たもの（任意）", "What was looked at (optional)"))
    case .sendBack: form.text("text", Bilingual("理由", "Why"), required: true)
    case .hold:
      """
      \(form.text("text", Bilingual("理由と、その間の対応", "Why, and what is done meanwhile"), required: true))\
      \(ApprovalFields.approver(visit))\(form.day("until", Bilingual("いつまで", "Until"), required: true))
      """
    case .attend:
      """
      \(form.day("held", Bilingual("実施日", "Held on"), required: true))\
      \(form.line("invited", Bilingual("対象者数", "Invited"), type: "number", required: true))\
      \(form.line("attended", Bilingual("出席者数", "Attended"), type: "number", required: true))
      """
    case .amend: amended(standing, form)
    // Withdrawing is only possible with the command.
    case .investigate, .close, .withdraw: ""
    }
  }

  /// Deadline, assignee, note, and what the item is linked with (ひも付け).
  private static func amended(_ standing: ItemStanding, _ form: EntryForm) -> HTML {
    let item = standing.item
    return """
      \(form.day("due", Bilingual("期限", "Due"), item.due))\(form.line("assignee", Bilingual("担当者", "Assignee"), item.assignee))\
      \(form.text("note", Bilingual("備考", "Note"), item.note))\
      \(form.line("links", Bilingual("関連（番号を「、」で区切る）", "Linked to (numbers, separated by commas)"), item.links.joined(separator: "、")))
      """
  }

  /// The list within a form that applies one act to all selected items.
  static func several(_ list: HTML, _ visit: Visit) -> HTML {
    let words = visit.words
    let acts = several.map { act -> HTML in
      "<option value=\"\(act.rawValue)\">\(words(act.title))</option>"
    }
    return """
      <form class="several" method="post" action="/items"><input type="hidden" name="key" value="\(visit.formKey)">\
      <input type="hidden" name="back" value="\(visit.inquiry.target)">\(list)
      <fieldset><legend>\(words("選択した項目を、\(visit.person.name)として", "With what is picked, as \(visit.person.name)"))</legend>\
      <label>\(words("すること", "Do"))<select name="act">\(acts)</select></label>\
      <label>\(words("回答・理由・見たもの", "Answer, reason, or what was looked at"))<input name="text"></label>\
      <button>\(words("記録する", "Enter"))</button></fieldset></form>
      """
  }

  // MARK: entering

  /// Enters the form, for all its items or none.
  ///
  /// - Returns: the message, and the next page.
  /// - Throws: `serve.changed` when an item or its evidence is no longer as it was seen; the errors of `ItemAct`.
  func enter(_ rest: [String]) throws -> Entered {
    let inquiry = visit.inquiry
    guard rest.count <= 1, let act = ItemAct.Kind(rawValue: inquiry.field("act")) else {
      throw Diagnostic(.optionValue, inquiry.field("act"), Self.single.map(\.rawValue).joined(separator: ", "))
    }
    let seen = (inquiry.form["item"] ?? []).map {
      $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }
    guard !seen.isEmpty, seen.allSatisfy({ $0.count == 3 }), Set(seen.map { $0[0] }).count == seen.count,
      rest.isEmpty || seen.map({ $0[0] }) == rest
    else {
      throw Diagnostic(.registerMissing, "item")
    }
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      let amendments = try seen.map { seen in
        // An item of another section looks like a missing one.
        guard let standing = dossier.items.first(where: { $0.item.id == seen[0] }), visit.sees(standing) else {
          throw Diagnostic(.registerUnknown, seen[0], "items", "–")
        }
        guard standing.item.revision == Int(seen[1]), standing.digest == seen[2] else {
          throw Diagnostic(.serveChanged, at: Place(record: seen[0]), seen[0])
        }
        return try self.act(act, standing).amendment(of: standing, by: visit.person.name, at: now, source: "serve")
      }
      return (amendments, ())
    }
    let ids = seen.map { $0[0] }
    let names = ids.count > 6 ? ids.prefix(6).joined(separator: ", ") + " …" : ids.joined(separator: ", ")
    let back = inquiry.field("back")
    return Entered(
      said: Bilingual(
        "\(names) の\(EntryWords.act(act.rawValue, in: Item.register.name).ja)を記録しました。",
        "Entered for \(names): \(act.title.en)."),
      next: rest.isEmpty
        ? (PageAddress.isOurs(back) && back.hasPrefix("/items") ? back : "/items")
        : next(after: rest[0], act).map { PageAddress.path("items", $0) } ?? PageAddress.path("items", rest[0])
    )
  }

  /// The next item of the same section that waits for the same act, after this one in the list and then from its
  /// beginning. `nil` when there is none, and after acts that are no step of a series.
  private func next(after id: String, _ act: ItemAct.Kind) -> String? {
    guard act == .answer || act == .confirm else { return nil }
    let items = visit.snapshot.dossier.items
    guard let place = items.firstIndex(where: { $0.item.id == id }) else { return nil }
    let owner = items[place].item.owner
    return (items[(place + 1)...] + items[..<place]).first { standing in
      standing.item.owner == owner && visit.sees(standing) && act.isOpen(for: standing)
        // What waits for an answer: not yet answered. What waits for a confirmation: answered by somebody else.
        && (act == .answer
          ? standing.state != .answered
          : !FourEyes.isSame(standing.item.answeredBy, visit.person.name))
    }?.item.id
  }

  private func act(_ kind: ItemAct.Kind, _ standing: ItemStanding) throws(Diagnostic) -> ItemAct {
    let inquiry = visit.inquiry
    let text = inquiry.field("text")
    func number(_ name: String) throws(Diagnostic) -> Int {
      guard let number = Int(inquiry.field(name)) else {
        throw Diagnostic(.optionValue, inquiry.field(name), "1, 2, 3 …")
      }
      return number
    }
    switch kind {
    case .investigate: return .investigate
    case .answer: return .answer(text)
    case .confirm:
      let note = text.isEmpty ? inquiry.field("note") : text
      return .confirm(restsOn: standing.digest, note: note.isEmpty ? nil : note)
    case .sendBack: return .sendBack(reason: text)
    case .close: return .close
    case .hold:
      return .hold(
        reason: text, approver: try ApprovalFields.approver(of: visit), until: try ApprovalFields.until(of: visit))
    case .attend:
      let held = try ApprovalFields.day("held", of: visit)
      if held > Day.today() { throw Diagnostic(.registerFuture, held) }
      return .attend(held: held, invited: try number("invited"), attended: try number("attended"))
    case .amend:
      let links = visit.parts("links")
      if links != standing.item.links {
        try IssueForm.check(links.filter { !standing.item.links.contains($0) }, visit.snapshot.dossier, visit)
      }
      let (due, assignee, note) = (try visit.day("due"), visit.given("assignee"), visit.given("note"))
      // An emptied field is cleared.
      func changed(_ text: String?, _ old: String) -> String? { (text ?? "") == old ? nil : text ?? "" }
      let act = ItemAct.amend(
        due: changed(due, standing.item.due), assignee: changed(assignee, standing.item.assignee),
        note: changed(note, standing.item.note), links: links == standing.item.links ? nil : links)
      if act == .amend(due: nil, assignee: nil, note: nil, links: nil) {
        throw Diagnostic(.registerMissing, "something that changes")
      }
      return act
    case .withdraw:
      throw Diagnostic(.optionValue, kind.rawValue, Self.single.map(\.rawValue).joined(separator: ", "))
    }
  }
}
