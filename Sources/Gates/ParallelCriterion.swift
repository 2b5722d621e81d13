import Base
import Definitions
import Evidence
import Records
import Registers

/// `parallel`: the last `min-days` business days of the parallel run (並行稼働) follow each other without a gap, and on
/// each of them every job was identical or explained, on outputs that are not those of an earlier day.
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
    func isClosed(_ day: String, _ number: Int) -> Bool { Day.isWeekend(number) || input.holidays.contains(day) }
    // A future day is not a business day. A day on which the city is closed adds none to the streak, and ends it when
    // its outcome is bad.
    let days = input.dossier.days.filter { $0.day <= input.dossier.today }
    // A day whose comparison was withdrawn has not been compared: the streak before it is not restored.
    let withdrawn = input.dossier.withdrawnDays.filter { $0 <= input.dossier.today }
    guard let last = days.last, let lastNumber = Day.number(([last.day] + withdrawn).max() ?? "") else {
      return Judgement(
        .unknown, actual: Bilingual("0日", "no day"), required: required,
        why: Bilingual("並行稼働の突合がない", "no day of the parallel run has been compared"))
    }
    func isGood(_ day: ParallelDay) -> Bool { day.outcome == .identical || day.outcome == .explained }
    let byDay = Dictionary(days.map { ($0.day, $0) }) { _, later in later }
    /// The earlier day whose outputs it repeats.
    func model(of day: ParallelDay) -> ParallelDay? { days.first { $0.day < day.day && day.repeats($0) } }
    var (good, number, first) = (0, lastNumber, last)
    var stop = Bilingual("", "")
    while number > 0 {
      let day = Day.text(number)
      number -= 1
      guard let found = byDay[day] else {
        if isClosed(day, number + 1) { continue }
        stop = Bilingual("\(Language.japanese.date(day))は突合していない", "\(day) was not compared")
        break
      }
      guard isGood(found) else {
        stop = Bilingual(
          "\(Language.japanese.date(day))は\(found.outcome.title.ja)", "\(day): \(found.outcome.title.en)")
        break
      }
      if let model = model(of: found) {
        stop = Bilingual(
          "\(Language.japanese.date(day))の出力は\(Language.japanese.date(model.day))と同じ",
          "\(day) has the outputs of \(model.day)")
        break
      }
      if isClosed(day, number + 1) { continue }
      good += 1
      first = found
    }
    // The day that ends the streak, even when it is before the start of the parallel run; before it the days since the
    // first comparison that would end it next, within the required number of days.
    var blockers = [Blocker.day(Day.text(number + 1))]
    var counted = good + 1
    while number > 0, counted < minimum {
      let day = Day.text(number)
      number -= 1
      if day < days[0].day { break }
      let found = byDay[day]
      if found == nil, isClosed(day, number + 1) { continue }
      counted += 1
      if !(found.map { isGood($0) && model(of: $0) == nil } ?? false) { blockers.append(.day(day)) }
    }
    let sections = last.jobs.filter { $0.outcome != .identical && $0.outcome != .explained }.map(\.section)
    let streak = days.filter { $0.day >= first.day }
    return Judgement(
      good >= minimum ? .holds : .fails, actual: Bilingual("連続\(good)日", "\(good) in a row"), required: required,
      why: good >= minimum
        ? Bilingual(
          "\(Language.japanese.date(first.day))から\(Language.japanese.date(last.day))まで一致または説明済",
          "from \(first.day) to \(last.day) identical or explained")
        : stop,
      since: .from(good >= minimum ? streak.dropFirst(minimum - 1).first?.comparedAt : last.comparedAt),
      who: GateInput.people(sections), blockers: blockers)
  }
}
