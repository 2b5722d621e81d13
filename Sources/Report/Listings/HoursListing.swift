import Base
import Registers
import Tables

extension BatchHours {
  /// 業務別バッチ処理時間: the hours of a year, business by business.
  package static let listing = Listing<BatchHours>(
    "hours", Bilingual("業務別バッチ処理時間", "Batch hours"),
    [
      .text("id", "業務", "Business", .id) { $0.business.id },
      .bilingual("title", "名称", "Title") { $0.business.title },
      .flag("replaced", "更改対象", "Replaced", yes: Bilingual("対象", "yes"), no: Bilingual("対象外", "no")) {
        $0.business.isReplaced
      },
      .amount("old_hours", "旧（時間/年）", "Old (h/year)") { $0.business.hours },
      .init(
        "new_seconds", Bilingual("新（時間/年）", "New (h/year)"), .number,
        value: { hours, _ in hours.secondsAYear.map { .integer($0) } },
        cell: { hours, words in
          .text(
            hours.secondsAYear.map { tenths($0, of: 3600, words) }
              ?? (hours.business.isReplaced ? words("未測定", "not measured") : "–"))
        }),
      .cell("新/旧", "New/old", .number) { hours, words in
        guard let new = hours.secondsAYear, hours.business.hours > 0 else { return .text("–") }
        return .text(tenths(new * 100, of: hours.business.hours * 3600, words) + "%")
      },
      .init(
        "jobs", Bilingual("測定した処理", "Jobs measured"), .number,
        value: { hours, _ in
          .list(
            hours.jobs.map {
              .object([
                "job": .text($0.job), "day": .text($0.day), "seconds": .integer($0.seconds),
                "times_a_year": .integer($0.timesAYear),
              ])
            })
        }, cell: { hours, _ in .text(String(hours.jobs.count)) }),
    ])

  /// A quotient to one decimal place, half up.
  private static func tenths(_ number: Int, of unit: Int, _ words: Words) -> String {
    let tenths = (number * 10 + unit / 2) / unit
    return "\(words.number(tenths / 10)).\(tenths % 10)"
  }
}
