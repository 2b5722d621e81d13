import Base
import Evidence
import Mutation

/// The result of `mutate --explain` as text: for each set what was planted and what was told, then how often it was right.
struct ExplainTable {
  private let report: ExplainReport
  private let language: Language
  private let seconds: Double

  init(_ report: ExplainReport, _ language: Language, seconds: Double) {
    self.report = report
    self.language = language
    self.seconds = seconds
  }

  private func word(_ ja: String, _ en: String) -> String { language == .japanese ? ja : en }

  var text: String {
    var table = TextTable(
      [word("混入", "planted"), word("原因", "told"), word("番号", "id"), word("誤り", "defect"), word("内容", "title")],
      rightAligned: [1])
    for trial in report.alone + report.pairs + report.many { add(trial, to: &table) }
    var lines = table.lines
    if !report.silent.isEmpty {
      lines.append(word("何も不合格にしない誤り: ", "makes nothing fail: ") + report.silent.joined(separator: ", "))
    }
    if !report.untried.isEmpty {
      lines.append(word("試せなかったもの: ", "no place found for: ") + report.untried.joined(separator: ", "))
    }
    return (lines + summary).joined(separator: "\n")
  }

  private func add(_ trial: ExplainReport.Trial, to table: inout TextTable) {
    let planted = trial.planted.joined(separator: " ")
    let told = String(trial.told.count)
    if trial.told.isEmpty { table.add([planted, told, "", "", ""]) }
    for (index, entry) in trial.told.enumerated() {
      let cause = entry.cause
      let subject = cause.subject.isEmpty ? "" : " (\(cause.subject))"
      table.add([
        index == 0 ? planted : "", index == 0 ? told : "", cause.id,
        entry.defects.isEmpty ? word("不明", "unknown") : entry.defects.joined(separator: "+"),
        cause.title.text(language) + subject,
      ])
    }
    for pair in trial.merged { table.add(["", "", word("混同", "MERGED"), pair, ""]) }
    for id in trial.untold { table.add(["", "", word("不説明", "UNTOLD"), id, ""]) }
  }

  private var summary: [String] {
    let exact = report.pairs.count(where: \.isExact)
    let counts = report.many.map { "\($0.told.count)/\($0.planted.count)" }.joined(separator: ", ")
    return [
      word("1件混入: 原因1件 ", "one defect: one cause ") + share(report.single, report.alone.count),
      word("2件混入: 一つの原因に混同 ", "two defects: merged in one cause ") + share(report.merged, report.pairs.count)
        + word("、1対1 ", ", each its own ") + share(exact, report.pairs.count),
      word("14件混入: 14±\(ExplainReport.margin)件 ", "fourteen defects: fourteen causes, ±\(ExplainReport.margin) ")
        + share(report.near, report.many.count) + (counts.isEmpty ? "" : "  (\(counts))"),
      "\(Int(seconds.rounded()))\(word("秒", " s"))",
    ]
  }

  private func share(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "0/0" : "\(part)/\(whole) (\((part * 1000 / whole) / 10).\((part * 1000 / whole) % 10) %)"
  }
}

/// The result of `mutate --explain` as JSON.
struct ExplainAnswer: Encodable {
  struct Told: Encodable {
    let id: String
    let kind: String
    let title: String
    let subject: String
    let checks: Int
    let differences: Int
    let explainedBy: [String]
    /// The planted defects that it stands for; empty when that is not known.
    let defects: [String]
  }

  struct Trial: Encodable {
    let planted: [String]
    let causes: [Told]
    let merged: [String]
    let untold: [String]
    let exact: Bool
  }

  struct Summary: Encodable {
    let alone: Int
    let oneCause: Int
    let pairs: Int
    let mergedPairs: Int
    let exactPairs: Int
    let sets: Int
    let nearSets: Int
    let holds: Bool
  }

  let alone: [Trial]
  let pairs: [Trial]
  let sets: [Trial]
  let silent: [String]
  let untried: [String]
  let summary: Summary
  let seconds: Double

  init(_ report: ExplainReport, _ language: Language, seconds: Double) {
    func trials(_ found: [ExplainReport.Trial]) -> [Trial] {
      found.map { trial in
        let causes = trial.told.map { told in
          Told(
            id: told.cause.id, kind: told.cause.kind.rawValue, title: told.cause.title.text(language),
            subject: told.cause.subject, checks: told.cause.checks.count, differences: told.cause.differences,
            explainedBy: told.cause.explainedBy.map(\.rawValue), defects: told.defects)
        }
        return Trial(
          planted: trial.planted, causes: causes, merged: trial.merged, untold: trial.untold, exact: trial.isExact)
      }
    }
    alone = trials(report.alone)
    pairs = trials(report.pairs)
    sets = trials(report.many)
    silent = report.silent
    untried = report.untried
    summary = Summary(
      alone: report.alone.count, oneCause: report.single, pairs: report.pairs.count, mergedPairs: report.merged,
      exactPairs: report.pairs.count(where: \.isExact), sets: report.many.count, nearSets: report.near,
      holds: report.holds)
    self.seconds = seconds
  }
}
