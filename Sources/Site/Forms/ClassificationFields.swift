import Base
import Evidence
import Office
import Registers
import Report
import Tables

/// 要因分類: the form with which differences get a class, of one group or of all groups of a cause.
enum ClassificationFields {
  /// - Parameters:
  ///   - groups: the signatures that the class is for.
  ///   - now: the class that is chosen at first.
  static func html(
    _ form: EntryForm, of groups: [String], now: DifferenceClass? = nil, with more: HTML = "", _ visit: Visit
  ) -> HTML {
    let classes = DifferenceClass.allCases.map { ($0.rawValue, "\($0.rawValue) \(visit.words($0.title))") }
    return form.html(
      "classify", Bilingual("要因を分類する", "Classify it"),
      [
        "<input type=\"hidden\" name=\"seen\" value=\"\(seen(groups, visit.snapshot.dossier))\">", more,
        form.choice("kind", Bilingual("要因", "Cause"), classes, now?.rawValue ?? "", required: true),
        form.text("note", Bilingual("理由", "Why"), required: true), ApprovalFields.approver(visit),
        form.day("until", Bilingual("有効期限（任意）", "Until (optional)")),
      ])
  }

  /// The state of the groups as seen in the form: the run's evidence, and when and by whom each was classified.
  private static func seen(_ groups: [String], _ dossier: Dossier) -> String {
    let classes = groups.map { "\(dossier.classes[$0]?.at ?? "") \(dossier.classes[$0]?.by ?? "")" }
    return SHA256.digest(of: ([dossier.latest?.evidence ?? ""] + classes).joined(separator: "\n"))
  }

  /// - Throws: `serve.changed` when another run has ended or a group was classified since.
  static func check(_ id: String, of groups: [String], _ dossier: Dossier, _ visit: Visit) throws(Diagnostic) {
    guard seen(groups, dossier) == visit.inquiry.field("seen") else {
      throw Diagnostic(.serveChanged, at: Place(record: id), id)
    }
  }

  /// What the form says.
  ///
  /// - Throws: `option.value`, `register.missing`.
  static func act(_ visit: Visit) throws(Diagnostic) -> ClassificationAct {
    guard let kind = try visit.choice("kind", DifferenceClass.self) else { throw Diagnostic(.registerMissing, "kind") }
    return ClassificationAct(
      kind, note: visit.inquiry.field("note"), approver: try ApprovalFields.approver(of: visit),
      until: visit.given("until") == nil ? "" : try ApprovalFields.until(of: visit))
  }
}
