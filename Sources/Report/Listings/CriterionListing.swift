import Base
import Evidence
import Gates
import Registers
import Tables

extension Decision.Finding {
  /// 判定基準: what a gate asks for, and what there is.
  package static let listing = Listing<Decision.Finding>(
    "criteria", Bilingual("判定基準", "Criteria"),
    [
      .text("id", "No.", "No.", .id) { $0.id },
      .bilingual("title", "基準", "Criterion") { $0.title },
      .shown(
        "verdict", "判定", "Verdict", .mark, value: { .text($0.verdict.rawValue) }, cell: { $1.mark($0.verdict) }),
      .bilingual("actual", "実績", "Actual") { $0.actual },
      .bilingual("required", "必要", "Required") { $0.required },
      .bilingual("why", "理由", "Why") { $0.why },
      .data("severity") { .text($0.severity.rawValue) },
      .shown("since", "発生日時", "Since", .id, value: { .text($0.since.moment) }) { finding, words in
        switch finding.since {
        case .at(let moment): moment.utf8.count == 10 ? .date(moment) : .moment(moment)
        case .because(let reason): .text(words(reason))
        }
      },
      .init(
        "since_reason", Bilingual("発生日時がない理由", "Why no moment"),
        value: { finding, words in
          if case .because(let reason) = finding.since { .text(words(reason)) } else { nil }
        },
        cell: { finding, words in
          if case .because(let reason) = finding.since { .text(words(reason)) } else { .empty }
        }),
      .init(
        "who", Bilingual("対応課", "Who can change it"),
        value: { finding, words in finding.who.map { .text(words($0)) } },
        cell: { finding, words in .text(finding.who.map { words($0) } ?? "") }),
      .data("blockers") { .texts($0.blockers.map(\.text)) },
      .shown("waiver", "適用除外", "Waiver", value: { $0.waiver.map(Self.value) }) { finding, words in
        .text(
          finding.waiver.map { waiver in
            "\(waiver.id) \(waiver.reason)　\(words("責任者", "owner")) \(waiver.owner)　\(words("承認", "approved by")) \(waiver.approver)　\(words("期限", "until")) \(words.date(waiver.until))"
          } ?? "")
      },
    ])

  private static func value(_ waiver: Waiver) -> JSONValue {
    .object([
      "id": .text(waiver.id), "reason": .text(waiver.reason), "owner": .text(waiver.owner),
      "approver": .text(waiver.approver), "until": .text(waiver.until),
    ])
  }

  /// The columns of a table of criteria: the waivers, where there are some.
  package static func columns(_ keys: [Listing<Decision.Finding>.Choice], of decision: Decision)
    -> [Listing<Decision.Finding>.Choice]
  {
    keys + (decision.criteria.contains { $0.waiver != nil } ? ["waiver"] : [])
  }
}
