import Evidence
import Tables
import Records

/// 検証していない表・項目、読まなかったファイル: what target and data folder have beside the definitions, and why nobody looks
/// at it.
struct UnverifiedSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML { "\(target)\(files)" }

  private var files: HTML {
    guard let unread = report.evidence.unread else { return "" }
    let rows = unread.map { line -> HTML in
      let style: HTML = line.reason == nil ? " class=\"bad\"" : ""
      return """
        <tr\(style)><th scope="row">\(line.file)</th><td>\(line.same ?? "–")</td>\
        <td>\(line.reason ?? words("定義にない", "not in the definitions"))</td></tr>
        """
    }
    return """
      <h2>\(words("データのフォルダにあって読まなかったファイル", "Files of the data folder that nothing reads"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("ファイル", "File"))</th>\
      <th scope="col">\(words("同じ内容のファイル", "The same as"))</th><th scope="col">\(words("理由", "Reason"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private var target: HTML {
    guard let unverified = report.evidence.unverified else { return "" }
    let rows = unverified.map { line -> HTML in
      let style: HTML = line.reason == nil ? " class=\"bad\"" : ""
      return """
        <tr\(style)><th scope="row">\(line.table)</th><td>\(line.column ?? words("表の全項目", "the whole table"))</td>\
        <td>\(line.reason ?? words("定義にない", "not in the definitions"))</td></tr>
        """
    }
    return """
      <h2>\(words("移行先で検証していない表・項目", "Not verified in the target"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("表", "Table"))</th>\
      <th scope="col">\(words("項目", "Column"))</th><th scope="col">\(words("理由", "Reason"))</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
