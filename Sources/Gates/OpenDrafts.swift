import Base
import Evidence
import Registers

/// 未確認の下書き: no gate is GO while the definitions of the judged run rest on guesses that nobody has confirmed, or
/// while the run read only the first records of its files.
enum OpenDrafts {
  /// The guesses of the latest run that nobody has confirmed by name, by thing.
  static func things(_ input: GateInput) -> [String] {
    (input.latest?.drafts ?? []).filter { !input.confirmed.contains($0) }
  }

  /// The finding; `nil` when nothing is open.
  static func builtIn(_ input: GateInput) -> Decision.Finding? {
    guard let run = input.latest else { return nil }
    let open = things(input)
    let limit = run.limit
    guard !open.isEmpty || !run.isOfEverything else { return nil }
    let names = GateInput.list(open)
    let few = limit.map {
      Bilingual("先頭の\($0)件だけを読んだ実行である", "the run read only the first \($0) records of each file")
    }
    let guessed =
      open.isEmpty
      ? nil
      : Bilingual("だれも確かめていない下書きがある: \(names)", "guesses that nobody has confirmed: \(names)")
    let omitted =
      run.omitted == 0
      ? nil
      : Bilingual("誤りのある定義 \(run.omitted)件を除いた実行である", "the run left \(run.omitted) faulty definitions out")
    let why = [few, omitted, guessed].compactMap(\.self)
    return Decision.Finding(
      id: "DRAFTS", title: Bilingual("下書きのままの定義がない", "No definition is a draft"), verdict: .noGo,
      actual: Bilingual("下書き \(open.count)", "\(open.count) drafts"), required: Bilingual("0", "0"),
      scope: ApprovedScope(), severity: .s1,
      why: Bilingual(why.map(\.ja).joined(separator: "。"), why.map(\.en).joined(separator: "; ")),
      since: .at(run.finished),
      who: input.organiser, blockers: [.run(run.run)], waiver: nil)
  }
}
