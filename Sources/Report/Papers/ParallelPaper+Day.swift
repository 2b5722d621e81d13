import Base
import Tables
import Evidence
import Records

extension ParallelEvidence {
  /// 並行稼働 日次突合表: one day as a paper, without the register of days.
  ///
  /// - Parameter time: the time of the comparison, RFC 3339.
  package func paper(_ language: Language, at time: String) -> Paper {
    let words = Words(language: language)
    return Paper(
      name: ParallelPaper.name, title: words(title), readers: words(ParallelPaper.readers), language: language,
      isRestricted: false, isDense: false,
      facts: [
        .init(key: "day", name: words("開庁日", "Day"), value: .date(day)),
        .init(key: "made", name: words("作成", "Made"), value: .moment(time)),
      ], sections: [ParallelPaper.day(self, words)], foot: words("証跡", "Evidence") + " " + evidence,
      whole: words("全件は parallel/\(day)/ のファイルにあります。", "The files in parallel/\(day)/ have all of them."))
  }

  /// The jobs and their totals, and the concluding line of the day.
  package func text(_ language: Language) -> String {
    let words = Words(language: language)
    let table = ParallelPaper.totals(self, words)
    let totals = table.rows.isEmpty ? [] : table.lines(words) + [""]
    let last = "\(words.date(day)) \(words(title)): \(words(outcome.title))"
    return (ParallelPaper.jobs(self, words).lines(words) + [""] + totals + [last, evidence]).joined(separator: "\n")
  }

  /// The parts of a job's files that are not compared, and oddities in them.
  static func notCompared(_ job: Job, _ words: Words) -> [String] {
    guard let comparison = job.comparison else { return [] }
    let sides = [(words("旧", "old"), comparison.left), (words("新", "new"), comparison.right)]
    let left = sides.compactMap { name, side -> String? in
      let items = Report.notCompared(side, words)
      return items.isEmpty
        ? nil
        : words("\(name)の比べない項目(\(items.count)) ", "\(name), not compared (\(items.count)): ")
          + items.joined(separator: ", ")
    }
    return left + comparison.remarks.map { ShownText.visible(words($0)) }
  }
}
