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
    var causes = Grid(
      words("拒否の理由", "Why records were rejected"),
      [.text(words("ファイル", "File")), .text(words("理由", "Why")), .number(words("件数", "Records"))])
    for file in files {
      for (fault, count) in file.faults.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        causes.add([.text("\(file.file) \(words(file.title))"), .text(words.fault(fault)), .text(words.number(count))])
      }
    }
    let known = Set(files.map(\.file))
    let rejects = evidence.rejects.filter { known.contains($0.file) }
    let pages = Paging(count: rejects.count, limit: 200, visit)
    var grid = Grid(
      words(
        "\(words.number(total))件のうち\(words.number(rejects.count))件",
        "\(words.number(rejects.count)) of \(words.number(total))"),
      [
        .id(words("レコード", "Record")), .text(words("種別", "Kind")), .number(words("位置（バイト）", "Byte offset")),
        .text(words("項目", "Item")), .text(words("理由", "Why")),
      ])
    for reject in rejects[pages.range] {
      grid.add([
        .link(
          RecordPage.address(RecordPlace(file: reject.file, record: reject.record)),
          "\(reject.file) \(words.number(reject.record))"),
        .text(reject.kind), .text(words.number(reject.offset)), "<code>\(reject.field)</code>",
        "\(words.fault(reject.fault)) <code class=\"soft\">\(reject.fault)</code>",
      ])
    }
    return PageContent(
      title, crumbs: [.init(name: words("概況", "Overview"), address: "/")],
      "\(causes.html)\(pages.html)\(grid.html)\(pages.html)")
  }
}
