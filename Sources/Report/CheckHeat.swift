import Base
import Evidence
import Tables

/// 業務×区分: the checks of a run at a glance: how many of each subsystem and category did not pass.
package struct CheckHeat {
  private struct Count {
    var all = 0
    var failed = 0
    var undecided = 0
    var warned = 0
  }

  private let subsystems: [(id: String, title: Bilingual)]
  private let categories: [String]
  private let counts: [[String]: Count]

  /// - Parameter known: the subsystems in the project's order; others follow by id.
  package init(_ checks: [CheckResult], _ known: [(id: String, title: Bilingual)]) {
    var counts: [[String]: Count] = [:]
    for check in checks {
      var count = counts[[check.subsystem, check.category]] ?? Count()
      count.all += 1
      switch check.status {
      case .failed: count.failed += 1
      case .notRun: count.undecided += 1
      case .warned: count.warned += 1
      case .passed: break
      }
      counts[[check.subsystem, check.category]] = count
    }
    self.counts = counts
    let met = Set(checks.map(\.subsystem))
    let ids = Set(known.map(\.id))
    subsystems =
      known.filter { met.contains($0.id) } + met.subtracting(ids).sorted().map { ($0, Bilingual($0, $0)) }
    categories = Set(checks.map(\.category)).sorted()
  }

  /// The worst of a square, in a sign and a number, and its tone.
  private static func word(_ count: Count) -> (text: String, tone: Tone) {
    if count.failed > 0 { return ("✕ \(count.failed)/\(count.all)", .bad) }
    if count.undecided > 0 { return ("? \(count.undecided)/\(count.all)", .unknown) }
    if count.warned > 0 { return ("△ \(count.warned)/\(count.all)", .warn) }
    return ("○ \(count.all)", .good)
  }

  private func title(_ words: Words) -> String {
    words("検査結果　業務×区分　", "Checks by subsystem and category: ")
      + words("○合格 △警告 ?判定不能 ✕不合格（該当数/検査数）", "○ passed, △ warning, ? undecided, ✕ failed (of how many)")
  }

  package func chart(_ words: Words) -> PaperChart {
    var troubled: [String] = []
    let squares = subsystems.map { id, name in
      categories.map { category -> PaperChart.HeatMap.Square? in
        guard let count = counts[[id, category]] else { return nil }
        let (text, tone) = Self.word(count)
        if tone == .bad || tone == .unknown {
          troubled.append("\(words(name)) \(category): \(text.replacing("✕ ", with: ""))")
        }
        return .init(text: text, tone: tone)
      }
    }
    let spoken =
      troubled.isEmpty
      ? words("不合格も判定不能もない。", "Nothing failed and nothing is undecided.")
      : words("合格でないもの: ", "Not passed: ") + troubled.joined(separator: words("、", ", "))
    return .heat(
      .init(
        title: title(words), rows: subsystems.map { words($0.title) },
        columns: categories.map { "\($0) \(words.category($0))" }, squares: squares, alternative: spoken))
  }

  /// The same as a table whose squares lead to their checks.
  ///
  /// - Parameter link: the page of a square's checks.
  package func table(_ words: Words, link: (_ subsystem: String, _ category: String) -> String) -> Table {
    Table(
      "heat", title(words),
      [.init("subsystem", words("業務", "Subsystem"), head: true)]
        + categories.map { .init($0.lowercased(), "\($0) \(words.category($0))", .mark) },
      subsystems.map { id, name in
        .init(
          [.text(words(name))]
            + categories.map { category in
              guard let count = counts[[id, category]] else { return .soft("–") }
              let (text, tone) = Self.word(count)
              return .link(.mark(text, tone), to: link(id, category))
            })
      }, limit: .max)
  }
}
