import Base
import Evidence
import Registers
import Tables

/// A group of differences, its check, and the class that a person gave it.
package struct GroupEntry: Sendable {
  package let check: CheckResult
  package let group: DifferenceGroup
  package let given: Classification?

  package init(check: CheckResult, group: DifferenceGroup, given: Classification?) {
    self.check = check
    self.group = group
    self.given = given
  }

  package var kind: DifferenceClass { given?.kind ?? .unclassified }

  /// The groups of checks, in their order.
  package static func all(
    _ checks: some Sequence<CheckResult>, _ classes: [String: Classification]
  ) -> [GroupEntry] {
    checks.flatMap { check in
      check.groups.map { GroupEntry(check: check, group: $0, given: classes[$0.signature]) }
    }
  }

  /// The gravest groups first, the largest of those first.
  package static func isGraver(_ one: GroupEntry, _ other: GroupEntry) -> Bool {
    let (mine, others) = (one.check.severity.rawValue, other.check.severity.rawValue)
    return mine == others ? isLarger(one, other) : mine < others
  }

  /// The largest groups first.
  package static func isLarger(_ one: GroupEntry, _ other: GroupEntry) -> Bool {
    (other.group.lines, one.group.signature) < (one.group.lines, other.group.signature)
  }

  /// 不一致の群: what they look like, how many they are, why they are there.
  package static let listing = Listing<GroupEntry>(
    "groups", Bilingual("不一致の群（件数順）", "Groups, the largest first"),
    [
      .text("signature", "不一致群番号", "Signature", .id) { $0.group.signature },
      .cell("重大度", "Sev.", .mark, key: "severity") { entry, _ in .mark(entry.check.severity.rawValue, .plain) },
      .shown(
        "check", "検査", "Check", value: { .text($0.check.id) },
        cell: { entry, words in .text(words(entry.check.title)) }),
      .init(
        "pattern", Bilingual("内容", "Pattern"), value: { entry, words in .text(words(entry.group.pattern)) },
        cell: { entry, words in .text(entry.pattern(words)) }),
      .data("lines") { .integer($0.group.lines) },
      .cell("件数", "Lines", .number, key: "differences") { entry, _ in .number(entry.group.lines) },
      .data("measures") { .texts($0.check.measureNames) },
      .shown(
        "sums", "差の合計", "Sum of differences",
        value: { .list($0.group.sums.map { sum in Int(exactly: sum).map { .integer($0) } ?? .text(String(sum)) }) },
        cell: { entry, words in
          // Of personal amounts there is no sum in the evidence.
          entry.group.sums.isEmpty && !entry.group.gross.isEmpty
            ? .soft(words(CheckResult.Line.Side.withheld))
            : .text(
              zip(entry.check.measureNames, entry.group.sums).filter { $1 != 0 }.map {
                "\(words.name(ofValue: $0)) \(words.number($1))"
              }
              .joined(separator: words("、", ", ")))
        }),
      .data("class") { .text($0.kind.rawValue) },
      .cell("要因", "Cause", .mark, key: "cause") { entry, words in words.mark(entry.kind) },
      .shown(
        "samples", "例", "For example", value: { .list($0.group.samples.map { .texts($0) }) },
        cell: { entry, _ in .text(entry.group.samples.first?.joined(separator: "/") ?? "") }),
      .data("by") { $0.given.map { .text($0.by) } },
      .data("approver") { $0.given.map { .text($0.approver) } },
      .data("until") { entry in entry.given.flatMap { $0.until.isEmpty ? nil : .text($0.until) } },
      .data("note") { $0.given.map { .text($0.note) } },
      .cell("分類の理由", "Why that cause", key: "reason") { entry, _ in
        entry.given.map { .several([.text($0.note), .person($0.by, at: $0.at)]) } ?? .empty
      },
    ], terminal: ["signature", "severity", "pattern", "differences", "sums", "cause", "samples"])

  /// The pattern of the group's differences. When it equals the check's title (a row is missing, or not the same), the
  /// check's formula says more.
  private func pattern(_ words: Words) -> String {
    guard group.pattern != check.title else { return words(check.formula) }
    return words.fault(words(group.pattern))
  }
}
