import Evidence
import Office
import Report
import Tables

/// 拒否レコード: records that were not migrated, with the reasons. The evidence keeps the first of them; the quarantine has
/// all.
enum RejectsPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.isEmpty else { return nil }
    let words = visit.words
    let title = words("拒否されたレコード", "Rejected records")
    guard let evidence = visit.snapshot.evidence else {
      return PageContent(title, "<p class=\"unknown\">\(words.noRun)</p>")
    }
    let files = evidence.files.filter { visit.sees(subsystem: $0.subsystem) }
    let total = files.reduce(0) { $0 + $1.records.rejected }
    let causes = Table(
      "causes", words("拒否の理由", "Why records were rejected"),
      [
        .init("file", words("ファイル", "File"), head: true), .init("reason", words("理由", "Why")),
        .init("records", words("件数", "Records"), .number),
      ],
      files.flatMap { file in
        file.faults.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).map { fault, count in
          .init([.text("\(file.file) \(words(file.title))"), .text(words.fault(fault)), .number(count)])
        }
      }, limit: .max)
    let known = Set(files.map(\.file))
    let rejects = evidence.rejects.filter { known.contains($0.file) }
    let pages = Paging(count: rejects.count, limit: 200, visit)
    let table = RunEvidence.Reject.listing.table(
      rejects[pages.range], words, ["file", .init("record", head: true), "kind", "offset", "field", "reason", "code"],
      title: words(
        "\(words.number(total))件のうち\(words.number(rejects.count))件",
        "\(words.number(rejects.count)) of \(words.number(total))"), limit: .max,
      link: { RecordPage.address(RecordPlace(file: $0.file, record: $0.record), visit) })
    return PageContent(
      title, crumbs: [.init(name: words("概況", "Overview"), address: "/")],
      "\(causes.html(words))\(pages.around(table))")
  }
}
