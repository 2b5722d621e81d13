import Base
import Tables
import Evidence
import Gates
import Records

/// The report as Markdown, for a ticket or a mail.
extension RunReport {
  package func markdown(_ language: Language) -> String {
    let words = Words(language: language)
    func cell(_ text: String) -> String {
      text.replacing("|", with: "\\|").replacing("\n", with: " ").replacing("<", with: "&lt;")
    }
    func table(_ head: [String], _ rows: [[String]]) -> String {
      ([head, head.map { _ in "---" }] + rows).map { "| " + $0.map(cell).joined(separator: " | ") + " |" }
        .joined(separator: "\n")
    }
    var parts = ["# \(words(evidence.title)) \(evidence.run)"]
    if let decision {
      parts.append("**\(words(decision.title)): \(decision.verdict.rawValue)**")
      parts.append(
        table(
          [
            "No.", words("基準", "Criterion"), words("判定", "Verdict"), words("実績", "Actual"), words("必要", "Required"),
            words("理由", "Why"),
          ],
          decision.criteria.map {
            [$0.id, words($0.title), $0.verdict.rawValue, words($0.actual), words($0.required), words($0.why)]
          }))
    }
    parts.append("## " + words("レコードの行き先", "What became of the records"))
    parts.append(
      table(
        [
          words("ファイル", "File"), words("読込", "read"), words("移行", "migrated"), words("拒否", "rejected"),
          words("除外", "excluded"),
        ],
        evidence.files.map {
          [$0.file]
            + [$0.records.read, $0.records.migrated, $0.records.rejected, $0.records.excluded].map(words.number)
        }))
    parts.append("## " + words("検査", "Checks"))
    parts.append(
      table(
        ["No.", words("結果", "Result"), words("重大度", "Severity"), words("検査", "Check"), words("内容", "What was found")],
        evidence.checks.map { [$0.id, words.status($0.status), $0.severity.rawValue, words($0.title), words($0.why)] }))
    if let unverified = evidence.unverified {
      parts.append("## " + words("移行先で検証していない表・項目", "Not verified in the target"))
      parts.append(
        table(
          [words("表", "Table"), words("項目", "Column"), words("理由", "Reason")],
          unverified.map { [$0.table, $0.column ?? "*", $0.reason ?? words("定義にない", "not in the definitions")] }))
    }
    if let unread = evidence.unread {
      parts.append("## " + words("データのフォルダにあって読まなかったファイル", "Files of the data folder that nothing reads"))
      parts.append(
        table(
          [words("ファイル", "File"), words("同じ内容のファイル", "The same as"), words("理由", "Reason")],
          unread.map { [$0.file, $0.same ?? "–", $0.reason ?? words("定義にない", "not in the definitions")] }))
    }
    parts.append(words("証跡", "Evidence") + " `\(evidence.evidence)`")
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// JUnit XML, one test case per check, for CI servers.
  package func junit(_ language: Language) -> String {
    func escaped(_ text: String) -> String { HTML.escaped(text) }
    let cases = evidence.checks.map { check -> String in
      let head =
        "  <testcase classname=\"\(escaped(check.subsystem + "." + check.category))\" name=\"\(escaped(check.id + " " + check.title.text(language)))\">"
      let why = escaped(check.why.text(language))
      switch check.status {
      case .passed: return head + "</testcase>"
      case .warned: return head + "<system-out>\(why)</system-out></testcase>"
      case .failed: return head + "<failure message=\"\(why)\"/></testcase>"
      case .notRun: return head + "<error message=\"\(why)\"/></testcase>"
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="\(escaped(evidence.project))" tests="\(evidence.checks.count)" failures="\(evidence.count(.failed))" \
      errors="\(evidence.count(.notRun))" time="\(evidence.seconds)">
      \(cases.joined(separator: "\n"))
      </testsuite>

      """
  }
}
