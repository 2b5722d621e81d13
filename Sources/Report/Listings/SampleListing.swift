import Base
import Registers
import Tables

extension Sample {
  /// 標本照合: the samples and what they say.
  package static let listing = Listing<Sample>(
    "samples", Bilingual("標本照合", "Samples"),
    [
      .text("id", "番号", "No.", .id) { $0.id },
      .text("file", "ファイル", "File") { $0.file },
      .number("population", "全件", "Records") { $0.population },
      .number("by_lot", "くじ", "By lot") { $0.drawn },
      .number("rare", "まれ", "Rare") { $0.rare },
      .text("confidence", "信頼度%", "Confidence %") { SampleForm.percent($0.confidence) },
      .text("rate", "許容%", "Rate %") { SampleForm.percent($0.rate) },
      .bilingual("state", "状態", "State") { $0.state },
      .number("different", "相違", "Different") { $0.different.count },
      // The upper bound of wrong records in the file, with that confidence.
      .init(
        "most_wrong", Bilingual("相違の上限", "Wrong at most"), .number,
        value: { sample, _ in sample.mostWrong.map { .integer($0) } },
        cell: { sample, _ in .text(sample.mostWrong.map { String($0) } ?? "–") }),
      .text("run", "実行", "Run") { $0.run },
    ])
}
