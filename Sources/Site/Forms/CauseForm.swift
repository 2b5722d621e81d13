import Base
import Evidence
import Office
import Registers
import Report
import Tables

/// 原因: a cause is made an issue of a section, and all its differences get one class, on its page.
struct CauseForm {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  static func html(_ cause: Cause, _ visit: Visit) -> HTML {
    let words = visit.words
    let form = EntryForm(visit, to: PageAddress.path("causes", cause.id))
    let issue = visit.snapshot.dossier.issues.first { $0.isOpen && $0.links.contains(cause.id) }
    let assigned: HTML =
      issue.map { issue in
        "<p>\(words("課題", "Issue")) \(HTML.link(PageAddress.path("issues", issue.id), issue.id))　\(issue.section) \(issue.owner)</p>"
      } ?? IssueForm.new(cause: cause.id, visit)
    let classify: HTML =
      cause.groups.isEmpty
      ? ""
      : form.html(
        "classify", Bilingual("要因を分類する", "Classify it"),
        [
          "<input type=\"hidden\" name=\"seen\" value=\"\(visit.snapshot.dossier.latest?.evidence ?? "")\">",
          form.choice(
            "kind", Bilingual("要因", "Cause"),
            DifferenceClass.allCases.map { ($0.rawValue, "\($0.rawValue) \(words($0.title))") }, required: true),
          form.text("note", Bilingual("理由", "Why"), required: true), ApprovalFields.approver(visit),
          form.day("until", Bilingual("有効期限（任意）", "Until (optional)")),
        ])
    return EntryForm.acts([assigned, classify], visit)
  }

  /// - Throws: `serve.changed` when another run has ended since; the errors of assigning and of classifying.
  func enter(_ id: String) throws -> Entered {
    switch visit.inquiry.field("act") {
    case "assign": return try IssueForm(visit).assign(id)
    case "classify": return try classify(id)
    default: throw Diagnostic(.optionValue, visit.inquiry.field("act"), "assign, classify")
    }
  }

  private func classify(_ id: String) throws -> Entered {
    guard let kind = try visit.choice("kind", DifferenceClass.self) else { throw Diagnostic(.registerMissing, "kind") }
    let act = ClassificationAct(
      kind, note: visit.inquiry.field("note"), approver: try ApprovalFields.approver(of: visit),
      until: visit.given("until") == nil ? "" : try ApprovalFields.until(of: visit))
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      guard dossier.latest?.evidence == visit.inquiry.field("seen") else {
        throw Diagnostic(.serveChanged, at: Place(record: id), id)
      }
      return (try dossier.classify(cause: id, act, by: visit.person.name, at: now), ())
    }
    return Entered(
      said: Bilingual("原因 \(id) を「\(kind.title.ja)」としました。", "\(id): \(kind.title.en)."),
      next: PageAddress.path("causes", id))
  }
}
