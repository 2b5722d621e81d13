import Base
import Definitions
import Registers

/// `samples`: for these legacy files (all files unless they are named) a sample was compared by eye and confirmed
/// (標本照合), and shows with the required confidence that at most the given percentage of the records is wrong.
///
/// A sample counts for the file from which it was drawn, and not when the latest run read another file. All comparisons
/// of a file count: a second sample does not replace the first one.
struct SamplesCriterion: Criterion {
  static let kind = "samples"
  static let keys = ["files", "min-confidence-percent", "max-rate-percent"]

  private let files: [String]
  private let confidence: Int
  private let rate: Int

  init?(_ map: DefinitionMap) {
    guard let rate = map.required("max-rate-percent")?.integer(in: 0...99) else { return nil }
    self.rate = rate
    confidence = map["min-confidence-percent"]?.integer(in: 50...99) ?? 95
    files = map["files"]?.texts ?? []
  }

  /// Whether a sample meets the requirement for its file.
  private func isEnough(_ sample: Sample) -> Bool {
    guard sample.isConfirmed, sample.confidence >= confidence * 100, let wrong = sample.mostWrong else { return false }
    return wrong * 100 <= rate * sample.population
  }

  /// Whether the wrong records of a sample are within the limit, whatever confidence it was drawn for.
  private func isNotTooWrong(_ sample: Sample) -> Bool {
    sample.different.isEmpty || sample.mostWrong.map { $0 * 100 <= rate * sample.population } ?? false
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual(
      "信頼度\(confidence)%で相違\(rate)%以下", "at most \(rate) % wrong, with \(confidence) % confidence")
    guard let run = input.latest else { return .noRun(required: required) }
    let wanted = files.isEmpty ? run.inputs.map(\.file) : files
    guard !wanted.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0ファイル", "no file"), required: required,
        why: Bilingual("実行がファイルを読んでいない", "the run read no file"), blockers: [.run(run.run)])
    }
    var (open, since): ([String], [String]) = ([], [])
    for file in wanted {
      let data = run.inputs.first { $0.file == file }?.sha256
      let compared = input.dossier.samples.filter { $0.file == file && $0.data == data && !$0.comparedBy.isEmpty }
      let confirmed = compared.filter(\.isConfirmed)
      let isHeld = !confirmed.isEmpty && confirmed.contains(where: isEnough) && compared.allSatisfy(isNotTooWrong)
      if isHeld, let last = confirmed.last { since.append(last.confirmedAt) } else { open.append(file) }
    }
    let list = GateInput.list(open)
    return Judgement(
      open.isEmpty ? .holds : .fails,
      actual: Bilingual(
        "\(wanted.count - open.count) / \(wanted.count)ファイル", "\(wanted.count - open.count) of \(wanted.count) files"),
      required: required,
      why: open.isEmpty
        ? Bilingual("全ファイルの標本を照合済", "a sample of every file was compared")
        : Bilingual("標本照合が足りない: \(list)", "not enough samples were compared: \(list)"),
      since: .from(open.isEmpty ? since.max() : nil), blockers: open.map(Blocker.file))
  }
}
