import Definitions
import Evidence
import Registers

/// `parallel`: the last so many business days of the parallel run (並行稼働) follow each other without a gap, and on each every
/// job was identical or explained.
struct ParallelCriterion: Criterion {
  static let kind = "parallel"
  static let keys = ["min-days"]

  private let minimum: Int

  init?(_ map: DefinitionMap) {
    guard let minimum = map.required("min-days")?.integer(atLeast: 1) else { return nil }
    self.minimum = minimum
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual(
      "連続\(minimum)開庁日以上、未説明0", "at least \(minimum) business days in a row, nothing unexplained")
    let days = input.dossier.days
    guard let last = days.last, let lastNumber = Day.number(last.day) else {
      return Judgement(
        .unknown, actual: Bilingual("0日", "no day"), required: required,
        why: Bilingual("並行稼働の突合がない", "no day of the parallel run has been compared"))
    }
    let byDay = Dictionary(days.map { ($0.day, $0) }) { _, later in later }
    var (good, number, first) = (0, lastNumber, last)
    var stop = Bilingual("", "")
    while number > 0 {
      let day = Day.text(number)
      number -= 1
      guard let found = byDay[day] else {
        if Day.isWeekend(number + 1) || input.holidays.contains(day) { continue }
        stop = Bilingual("\(day)は突合していない", "\(day) was not compared")
        break
      }
      guard found.outcome == .identical || found.outcome == .explained else {
        stop = Bilingual("\(day)は\(found.outcome.title.ja)", "\(day): \(found.outcome.title.en)")
        break
      }
      good += 1
      first = found
    }
    let sections = last.jobs.filter { $0.outcome != .identical && $0.outcome != .explained }.map(\.section)
    let streak = days.filter { $0.day >= first.day }
    return Judgement(
      good >= minimum ? .holds : .fails, actual: Bilingual("連続\(good)日", "\(good) in a row"), required: required,
      why: good >= minimum
        ? Bilingual("\(first.day)から\(last.day)まで一致または説明済", "from \(first.day) to \(last.day) identical or explained")
        : stop,
      since: good >= minimum ? streak.dropFirst(minimum - 1).first?.comparedAt ?? "" : last.comparedAt,
      who: GateInput.people(sections))
  }
}
