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
        visit.sees(issue)
          ? "<p>\(words("課題", "Issue")) \(HTML.link(PageAddress.path("issues", issue.id), issue.id))　\(issue.section) \(issue.owner)</p>"
          : "<p>\(words("課題", "Issue")) \(issue.id)　\(issue.section)</p>"
      } ?? IssueForm.new(cause: cause.id, visit)
    let classify: HTML =
      cause.groups.isEmpty || !cause.checks.allSatisfy { visit.sees(check: $0.check) }
      ? ""
      : ClassificationFields.html(form, of: cause.groups, visit)
    return EntryForm.acts([assigned, classify], visit)
  }

  /// - Throws: `serve.changed` when another run has ended or a group was classified since; the errors of assigning and of classifying.
  func enter(_ id: String) throws -> Entered {
    switch visit.inquiry.field("act") {
    case "assign": return try IssueForm(visit).assign(id)
    case "classify": return try classify(id)
    default: throw Diagnostic(.optionValue, visit.inquiry.field("act"), "assign, classify")
    }
  }

  private func classify(_ id: String) throws -> Entered {
    let act = try ClassificationFields.act(visit)
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      let cause = try dossier.cause(id)
      // Differences of another section's checks are classified there.
      guard cause.checks.allSatisfy(visit.sees(check:)) else { throw Diagnostic(.causeUnknown, id, "–") }
      try ClassificationFields.check(id, of: cause.groups, dossier, visit)
      return (try dossier.classify(cause: id, act, by: visit.person.name, at: now), ())
    }
    return Entered(
      said: Bilingual("原因 \(id) を「\(act.kind.title.ja)」としました。", "\(id): \(act.kind.title.en)."),
      next: PageAddress.path("causes", id))
  }
}
