import Base
import Definitions
import Registers

/// `trainings`: the percentages of the planned sessions (操作研修) that were held, and of the invited users who attended.
struct TrainingsCriterion: Criterion {
  static let kind = "trainings"
  static let keys = ["min-held-percent", "min-attendance-percent"]

  private let held: Int
  private let attendance: Int
  let lists = ["trainings"]

  init?(_ map: DefinitionMap) {
    guard let held = map.required("min-held-percent")?.integer(in: 0...100) else { return nil }
    self.held = held
    attendance = map["min-attendance-percent"]?.integer(in: 0...100) ?? 0
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required =
      attendance == 0
      ? Bilingual("実施\(held)%以上", "at least \(held) % held")
      : Bilingual("実施\(held)%以上、出席\(attendance)%以上", "at least \(held) % held, \(attendance) % attendance")
    let standings = input.dossier.items.filter { $0.item.kind == .training }
    let sessions = standings.map(\.item)
    // A training that was sent back has not taken place until it is entered again, whoever has taken it over since.
    let returned = Set(standings.filter { $0.state == .returned || $0.item.hasObjection }.map(\.item.id))
    guard !sessions.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0回", "none"), required: required,
        why: Bilingual("研修の登録がない", "no training is in the register"))
    }
    let done = sessions.filter { !$0.held.isEmpty && !returned.contains($0.id) }
    let listed = sessions.filter { lists.contains(where: $0.isOn) }
    let doneOfList = done.count { lists.contains(where: $0.isOn) }
    let invited = done.reduce(0) { $0 + ($1.invited ?? 0) }
    let attended = done.reduce(0) { $0 + ($1.attended ?? 0) }
    let open = sessions.filter { $0.held.isEmpty || returned.contains($0.id) }
    let hasAttendance = attended * 100 >= attendance * invited && invited > 0
    let enough =
      done.count * 100 >= held * sessions.count && doneOfList * 100 >= held * listed.count && hasAttendance
    let list = GateInput.named(open.map { ($0.id, $0.title) })
    // Attendance is too low: the sessions below the required share, and those without an invitation.
    let missed =
      hasAttendance
      ? [] : done.filter { ($0.attended ?? 0) * 100 < attendance * ($0.invited ?? 0) || ($0.invited ?? 0) == 0 }
    return Judgement(
      enough ? .holds : .fails,
      actual: Bilingual(
        "実施\(done.count) / \(sessions.count)回、出席\(attended) / \(invited)人",
        "\(done.count) of \(sessions.count) held, \(attended) of \(invited) came"), required: required,
      why: !open.isEmpty
        ? Bilingual("未実施: \(list.ja)", "not held: \(list.en)")
        : Bilingual("全\(sessions.count)回を実施", "all \(sessions.count) were held"),
      since: .from(enough ? done.map(\.held).max() : nil), who: GateInput.people(open.map(\.owner)),
      blockers: (open + missed).map { .item($0.id) })
  }
}
