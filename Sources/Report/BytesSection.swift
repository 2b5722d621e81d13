import Evidence
import Tables

/// バイト勘定: what every byte of every record is used for, and whether the records can be had again from the target.
struct BytesSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let files = report.evidence.files.filter { $0.refused == nil }
    let rows = files.flatMap { file in file.kinds.map { row(file, $0) } }
    let heads = [
      words("レコード長", "Length"), words("移行", "Mapped"), words("検査のみ", "Checked only"), words("廃棄", "Dropped"),
      words("不明", "Unaccounted"),
    ].map { name -> HTML in "<th scope=\"col\" class=\"n\">\(name)</th>" }
    return """
      <h2>\(words("バイト勘定", "Bytes accounted for"))</h2>
      <p class="soft">\(words("レコード1件のバイト数。移行 = 移行先の表に入る項目。廃棄には理由がある。", "Bytes of one record. Mapped: items that go into the target. What is dropped has a reason."))</p>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("ファイル", "File"))</th><th scope="col">\(words("種別", "Kind"))</th>\
      \(heads)<th scope="col">\(words("廃棄の理由", "Why dropped"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(roundTrip)
      """
  }

  private func row(_ file: RunEvidence.FileEvidence, _ kind: RunEvidence.FileEvidence.Kind) -> HTML {
    let use = kind.bytes
    let numbers = [use.length, use.mapped, use.checked, use.dropped, use.unaccounted].map { number -> HTML in
      "<td class=\"n\">\(words.number(number))</td>"
    }
    let why = use.drops.map { "\($0.item) \($0.bytes): \(words($0.reason))" }.joined(separator: "　")
    let style: HTML = use.unaccounted == 0 ? "" : " class=\"bad\""
    return "<tr\(style)><td>\(file.file)</td><td>\(kind.kind) \(words(kind.title))</td>\(numbers)<td>\(why)</td></tr>"
  }

  // MARK: the round trip

  private var roundTrip: HTML {
    let checks = report.evidence.checks.filter { $0.account != nil }
    guard !checks.isEmpty else { return "" }
    let rows = checks.compactMap { check in check.account.map { row(check, $0) } }
    let heads = [
      words("件数", "Records"), words("復元", "Rebuilt"), words("固定値", "Constant"), words("種別", "Kind"),
      words("喪失", "Lost"),
      words("対象外", "Ignored"),
    ].map { name -> HTML in "<th scope=\"col\" class=\"n\">\(name)</th>" }
    return """
      <h3>\(words("往復検証(移行先から旧レコードを復元)", "Round trip: legacy records rebuilt from the target"))</h3>
      <p class="soft">\(words("復元した全バイトを旧ファイルと比べる。喪失と読替えは宣言した理由があり、数えている。", "Every rebuilt byte is compared with the legacy file. Losses and other forms are declared, with a reason, and counted."))</p>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("検査", "Check"))</th><th scope="col">\(words("結果", "Result"))</th>\
      \(heads)<th scope="col">\(words("宣言した喪失・読替え(該当レコード数)", "Declared losses and other forms (records)"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private func row(_ check: CheckResult, _ account: ByteAccount) -> HTML {
    let numbers = [
      check.expectedRows, account.rebuilt, account.constant, account.kind, account.lost, account.ignored,
    ].map { number -> HTML in "<td class=\"n\">\(words.number(number))</td>" }
    let exceptions = (account.losses + account.forms).map {
      "\($0.item) \(words.number($0.records)): \(words($0.reason))"
    }.joined(separator: "　")
    let style: HTML = check.status == .passed ? "" : " class=\"bad\""
    return """
      <tr\(style)><td class="id">\(check.id)</td><td>\(words.status(check.status))</td>\(numbers)<td>\(exceptions)</td></tr>
      """
  }
}
