import Base
import Tables
import Evidence
import Ledger
import Office
import Registers
import Report

/// 要因分類: the cause of a group's differences, entered on the group's page.
struct GroupForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  static func html(_ group: DifferenceGroup, _ check: String, _ visit: Visit) -> HTML {
    let words = visit.words
    guard visit.enters else { return "" }
    let now = visit.snapshot.kind(of: group.signature)
    let classes = DifferenceClass.allCases.map { kind -> HTML in
      let selected: HTML = kind == now ? " selected" : ""
      return "<option value=\"\(kind.rawValue)\"\(selected)>\(kind.rawValue) \(words(kind.title))</option>"
    }
    return """
      <form class="act" method="post" action="\(PageAddress.path("differences", check))"><h2>\(words("要因を分類する", "Say the cause"))</h2>\
      <input type="hidden" name="key" value="\(visit.formKey)"><input type="hidden" name="group" value="\(group.signature)">\
      <input type="hidden" name="seen" value="\(seen(group.signature, visit.snapshot.dossier))">\
      <label>\(words("要因", "Cause"))<select name="kind">\(classes)</select></label>\
      <label>\(words("理由", "Why"))<textarea name="note" rows="2" required></textarea></label>\
      \(ApprovalFields.approver(visit))\
      <label>\(words("有効期限（任意）", "Until (optional)"))<input name="until"></label>\
      <button>\(words("\(visit.person.name)として分類する", "Classify as \(visit.person.name)"))</button></form>
      """
  }

  /// The state of a group as seen in the form: the run's evidence, and the time and person of its classification.
  private static func seen(_ signature: String, _ dossier: Dossier) -> String {
    "\(dossier.latest?.evidence ?? "") \(dossier.classes[signature]?.at ?? "") \(dossier.classes[signature]?.by ?? "")"
  }

  /// Enters the form.
  ///
  /// - Throws: `serve.changed` when another run has ended since, or another cause has been entered; the errors of
  ///   ``Dossier/classify``.
  func enter(_ rest: [String]) throws -> Entered {
    let inquiry = visit.inquiry
    let signature = inquiry.field("group")
    guard rest.count == 1, visit.sees(check: rest[0]), signature.hasPrefix(rest[0] + "/") else {
      throw Diagnostic(.registerUnknown, signature, "differences", "–")
    }
    guard let kind = DifferenceClass(rawValue: inquiry.field("kind")) else {
      let known = DifferenceClass.allCases.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic(.optionValue, inquiry.field("kind"), known)
    }
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      guard Self.seen(signature, dossier) == inquiry.field("seen") else {
        throw Diagnostic(.serveChanged, at: Place(record: signature), signature)
      }
      let act = ClassificationAct(
        kind, note: inquiry.field("note"), approver: try ApprovalFields.approver(of: visit),
        until: inquiry.field("until").isEmpty ? "" : try ApprovalFields.until(of: visit))
      let entry = try dossier.classify(signature, act, by: visit.person.name, at: now, source: "serve")
      return ([entry], ())
    }
    return Entered(
      said: Bilingual("\(signature) を「\(kind.title.ja)」としました。", "\(signature): \(kind.title.en)."),
      next: PageAddress.path("differences", rest[0], query: [("group", signature)])
    )
  }
}
