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

  /// The jobs, and the concluding line of the day.
  package func text(_ language: Language) -> String {
    let words = Words(language: language)
    let troubles = jobs.compactMap { job in job.trouble.map { "\(job.id): \(words($0))" } }
    let left = jobs.flatMap { job in Self.notCompared(job, words).map { "\(job.id): \($0)" } }
    let last = "\(words.date(day)) \(words(title)): \(words(outcome.title))"
    return (table(words).lines(words) + troubles + left + ["", last, evidence]).joined(separator: "\n")
  }

  private func table(_ words: Words) -> Table {
    Table(
      "jobs", words("処理別の結果", "Jobs"),
      [
        .init("outcome", words("判定", "Outcome"), .mark), .init("job", words("処理", "Job"), .id),
        .init("title", words("名称", "Name")), .init("old_rows", words("旧(行)", "Old rows"), .number),
        .init("new_rows", words("新(行)", "New rows"), .number),
        .init("unexplained", words("未説明", "Unexplained"), .number),
        .init("explained", words("説明済", "Explained"), .number),
        .init("totals", words("合計(旧/新)", "Totals (old / new)")),
      ],
      jobs.map { job in
        let totals = job.totals.map { "\($0.column) \(amount($0.old, words)) / \(amount($0.new, words))" }
        return .init(
          [words.mark(job.outcome), .text(job.id), .text(words(job.title))]
            + (figures(job) ?? Array(repeating: .unknown("–"), count: 4))
            + [.text(totals.joined(separator: "、"))])
      })
  }

  /// Rows of the old and of the new side, those that nobody has explained, those that are; `nil` without a comparison.
  func figures(_ job: Job) -> [Cell]? {
    job.comparison.map {
      [.number($0.left.rows), .number($0.right.rows), .number($0.unexplained), .number($0.accepted)]
    }
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

  /// With separators when it is a whole number.
  private func amount(_ text: String, _ words: Words) -> String { Int128(text).map { words.number($0) } ?? text }
}
