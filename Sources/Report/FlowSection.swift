import Evidence
import Tables

/// What became of every record, file by file: read = migrated + rejected + excluded.
struct FlowSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let files = report.evidence.files.map(file)
    let refused = report.evidence.files.compactMap { file -> HTML? in
      guard let why = file.refused else { return nil }
      return
        "<div class=\"finding\"><h3>\(file.file)</h3><p>\(words("このファイルは移行していません。", "This file was not migrated.")) \(words(why))</p></div>"
    }
    return """
      <h2>\(words("レコードの行き先", "What became of the records"))</h2>
      <p class="soft">\(words("読込 = 移行 + 拒否 + 除外。制御レコードは数えない。", "Read = migrated + rejected + excluded; control records are not counted."))</p>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("ファイル", "File"))</th><th scope="col">\(words("種別", "Kind"))</th>\
      \(["読込|read", "移行|migrated", "拒否|rejected", "除外|excluded"].map(head))<th scope="col">\(words("割合", "Share"))</th></tr></thead>\
      <tbody>\(files)</tbody></table></div>\(refused)\(notes)
      """
  }

  private func head(_ pair: String) -> HTML {
    let parts = pair.split(separator: "|").map(String.init)
    return "<th scope=\"col\" class=\"n\">\(words(parts[0], parts[1]))</th>"
  }

  private func row(_ name: HTML, _ kind: String, _ tally: Tally) -> HTML {
    """
    <tr>\(name)<td>\(kind)</td><td class="n">\(words.number(tally.read))</td><td class="n">\(words.number(tally.migrated))</td>\
    <td class="n">\(words.number(tally.rejected))</td><td class="n">\(words.number(tally.excluded))</td><td>\(Charts.disposition(tally, words))</td></tr>
    """
  }

  private func file(_ file: RunEvidence.FileEvidence) -> HTML {
    guard file.refused == nil else { return "" }
    let data = file.kinds.filter { $0.kind != "00" && $0.kind != "99" }
    let name: HTML = """
      <th scope="rowgroup" rowspan="\(data.count + 1)">\(words(file.title))<br><span class="soft small">\(file.file)　\
      \(words.number(file.bytes)) \(words("バイト", "bytes"))</span></th>
      """
    let rows = data.map { row("", "\($0.kind) \(words($0.title))", $0.records) }
    return "\(row(name, words("計", "all"), file.records))\(rows)"
  }

  /// Accepted oddities and excluded records, with their counts.
  private var notes: HTML {
    var rows: [HTML] = []
    for file in report.evidence.files {
      for (code, count) in file.oddities.sorted(by: { $0.key < $1.key }) {
        rows.append(
          "<tr><td>\(file.file)</td><td>\(words.oddity(code))</td><td><code>\(code)</code></td><td class=\"n\">\(words.number(count))</td></tr>"
        )
      }
      for (rule, count) in file.exclusions.sorted(by: { $0.key < $1.key }) {
        rows.append(
          "<tr><td>\(file.file)</td><td>\(words("除外規則", "exclusion rule"))</td><td><code>\(rule)</code></td><td class=\"n\">\(words.number(count))</td></tr>"
        )
      }
    }
    guard !rows.isEmpty else { return "" }
    return """
      <h3>\(words("受け入れて数えた特例・除外", "Accepted oddities and exclusions, counted"))</h3>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("ファイル", "File"))</th><th scope="col">\(words("内容", "What"))</th>\
      <th scope="col">\(words("コード", "Code"))</th><th scope="col" class="n">\(words("件数", "Count"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
