import Base
import Evidence
import Mutation
import Tables

/// The result of `mutate --explain` as text: for each set what was planted and what was told, then how often it was right.
struct ExplainTable {
  private let report: ExplainReport
  private let words: Words
  private let terminal: Terminal
  private let seconds: Double

  init(_ report: ExplainReport, _ language: Language, on terminal: Terminal, seconds: Double) {
    self.report = report
    words = Words(language: language)
    self.terminal = terminal
    self.seconds = seconds
  }

  var lines: [String] {
    var lines = Table(
      "sets", words("混入と原因", "Planted and told"),
      [
        .init("planted", words("混入", "Planted")), .init("told", words("原因", "Told"), .number),
        .init("id", words("番号", "Id"), .id), .init("defect", words("誤り", "Defect")),
        .init("title", words("内容", "Title")),
      ], (report.alone + report.pairs + report.many).flatMap(rows)
    ).lines(words, on: terminal)
    if !report.silent.isEmpty {
      lines.append(words("何も不合格にしない誤り: ", "makes nothing fail: ") + report.silent.joined(separator: ", "))
    }
    if !report.untried.isEmpty {
      lines.append(words("試せなかったもの: ", "no place found for: ") + report.untried.joined(separator: ", "))
    }
    return lines + summary
  }

  private func rows(_ trial: ExplainReport.Trial) -> [Table.Row] {
    let first: [Cell] = [.text(trial.planted.joined(separator: " ")), .number(trial.told.count)]
    let told = trial.told.enumerated().map { index, entry -> Table.Row in
      let cause = entry.cause
      let defects = entry.defects.isEmpty ? words("不明", "unknown") : entry.defects.joined(separator: "+")
      let subject = cause.subject.isEmpty ? "" : " (\(cause.subject))"
      return .init(
        (index == 0 ? first : [.empty, .empty])
          + [.text(cause.id), .text(defects), .text(words(cause.title) + subject)])
    }
    func wrong(_ what: String, _ defect: String) -> Table.Row {
      .init([.empty, .empty, .mark(what, .bad), .text(defect), .empty])
    }
    return (told.isEmpty ? [.init(first + [.empty, .empty, .empty])] : told)
      + trial.merged.map { wrong(words("混同", "MERGED"), $0) }
      + trial.untold.map { wrong(words("不説明", "UNTOLD"), $0) }
  }

  private var summary: [String] {
    let exact = report.pairs.count(where: \.isExact)
    let counts = report.many.map { "\($0.told.count)/\($0.planted.count)" }.joined(separator: ", ")
    return [
      words("1件混入: 原因1件 ", "one defect: one cause ") + share(report.single, report.alone.count),
      words("2件混入: 一つの原因に混同 ", "two defects: merged in one cause ") + share(report.merged, report.pairs.count)
        + words("、1対1 ", ", each its own ") + share(exact, report.pairs.count),
      words("14件混入: 14±\(ExplainReport.margin)件 ", "fourteen defects: fourteen causes, ±\(ExplainReport.margin) ")
        + share(report.near, report.many.count) + (counts.isEmpty ? "" : "  (\(counts))"),
      "\(Int(seconds.rounded()))\(words("秒", " s"))",
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
