import Base
import Evidence
import Office
import Registers
import Report
import Tables

/// 要因分類 of one group of differences, on the group's page.
enum GroupForm {
  static func html(_ group: DifferenceGroup, _ check: String, _ visit: Visit) -> HTML {
    let form = ClassificationFields.html(
      EntryForm(visit, to: PageAddress.path("differences", check)), of: [group.signature],
      now: visit.snapshot.kind(of: group.signature),
      with: "<input type=\"hidden\" name=\"group\" value=\"\(group.signature)\">", visit)
    return EntryForm.acts([form], visit)
  }

  /// Enters the form.
  ///
  /// - Throws: `serve.changed`; the errors of ``Dossier/classify``.
  static func enter(_ rest: [String], _ visit: Visit) throws -> Entered {
    let signature = visit.inquiry.field("group")
    guard rest.count == 1, visit.sees(check: rest[0]), signature.hasPrefix(rest[0] + "/") else {
      throw Diagnostic(.registerUnknown, signature, "differences", "–")
    }
    let act = try ClassificationFields.act(visit)
    try visit.snapshot.office.enter(by: visit.person.name) { reading, now in
      let dossier = try Dossier(reading, today: Day.of(now))
      try ClassificationFields.check(signature, of: [signature], dossier, visit)
      return ([try dossier.classify(signature, act, by: visit.person.name, at: now, source: "serve")], ())
    }
    return Entered(
      said: Bilingual("\(signature) を「\(act.kind.title.ja)」としました。", "\(signature): \(act.kind.title.en)."),
      next: PageAddress.path("differences", rest[0], query: [("group", signature)]))
  }
}
