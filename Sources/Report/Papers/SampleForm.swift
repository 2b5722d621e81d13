import Base
import Tables
import Foundation
import Registers

/// 標本照合票: the drawn records, one per line, to be compared with both systems' screens and ticked by hand.
package struct SampleForm {
  package struct Line: Sendable {
    package let record: Int
    package let kind: String
    /// The keys of the rows made from the record, as `column value`; personal ones are masked.
    package let keys: [String]
    /// The items whose state is rare; empty for a record drawn by lot.
    package let rare: [String]

    package init(record: Int, kind: String, keys: [String], rare: [String]) {
      self.record = record
      self.kind = kind
      self.keys = keys
      self.rare = rare
    }
  }

  package let id: String
  package let title: Bilingual
  package let file: String
  package let population: Int
  package let byLot: Int
  /// In hundredths of a per cent.
  package let confidence: Int
  package let rate: Int
  package let list: String
  package let drawn: String
  package let lines: [Line]
  /// By record kind, the items that nothing else verifies, to be compared first.
  package let items: [(kind: String, names: [String])]

  package init(
    id: String, title: Bilingual, file: String, population: Int, byLot: Int, confidence: Int, rate: Int, list: String,
    drawn: String, lines: [Line], items: [(kind: String, names: [String])]
  ) {
    self.id = id
    self.title = title
    self.file = file
    self.population = population
    self.byLot = byLot
    self.confidence = confidence
    self.rate = rate
    self.list = list
    self.drawn = drawn
    self.lines = lines
    self.items = items
  }

  /// Hundredths of a per cent for people: `95`, `0.5`.
  package static func percent(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    if rest == 0 { return String(hundredths / 100) }
    let text = (rest < 10 ? "0" : "") + String(rest)
    return "\(hundredths / 100).\(text.hasSuffix("0") ? String(text.dropLast()) : text)"
  }

  /// The form, to be printed and filled in.
  package func paper(_ language: Language) -> Paper {
    let words = Words(language: language)
    let title = "\(words("標本照合票 \(id)", "Sample \(id)")) \(words(title))"
    return Paper(
      name: "sample", title: title, readers: "", language: language, isRestricted: false, isDense: false,
      facts: [
        .init(key: "file", name: words("ファイル", "File"), value: .text(file)),
        .init(key: "drawn", name: words("抽出", "Drawn"), value: .text(drawn)),
        .init(key: "population", name: words("全件数", "Records"), value: .number(population)),
        .init(key: "sample", name: words("標本", "Sample"), value: .text(sample(words))),
        .init(key: "list", name: words("一覧の要約値", "Digest of the list"), value: .code(list)),
      ],
      sections: [
        Paper.Section(
          words("見比べる項目", "Items to compare"),
          [
            .paragraph(purpose(words)),
            .paragraph(
              words(
                "ほかに照合する相手のない項目です。必ず見てください。ほかの項目も、違いに気付いたら書いてください。",
                "Nothing else holds these items: look at each. Write down what else you see to differ.")),
            .facts(
              items.map { kind, names in
                .init(
                  key: kind, name: kind,
                  value: .text(names.isEmpty ? words("なし", "none") : names.joined(separator: words("、", ", "))))
              }),
          ]),
        Paper.Section(
          words("レコード", "Records"),
          [
            .table(table(words)),
            .seals([
              words("照合者", "Compared by"), words("年月日", "Date"), words("確認者（別の人）", "Confirmed by (somebody else)"),
              words("年月日", "Date"),
            ]),
          ]),
      ], foot: list, whole: "")
  }

  private func table(_ words: Words) -> Table {
    Table(
      "records", words("レコード", "Records"),
      [
        .init("number", words("番号", "No."), .number), .init("record", words("レコード", "Record"), .number, head: true),
        .init("kind", words("種別", "Kind"), .id), .init("keys", words("キー", "Keys")),
        .init("reason", words("選んだ理由", "Why")), .init("same", words("一致", "Same"), .blank),
        .init("different", words("相違の内容", "What differs"), .blank, width: 60),
      ],
      lines.enumerated().map { number, line in
        let why =
          line.rare.isEmpty
          ? words("くじ", "lot") : words("まれ: ", "rare: ") + line.rare.prefix(4).joined(separator: words("、", ", "))
        return .init([
          .number(number + 1), .text(String(line.record)), .text(line.kind),
          .text(line.keys.joined(separator: words("、", ", "))), .text(why), .text("□"), .empty,
        ])
      }, limit: .max)
  }

  private func purpose(_ words: Words) -> String {
    words(
      "旧システムの画面（または帳票）と新システムの画面を、1件ずつ見比べてください。くじで選んだ\(words.number(byLot))件に相違が一つもなければ、信頼度\(Self.percent(confidence))%で、全件のうち違うものは\(Self.percent(rate))%以下といえます。",
      "Compare the old system's screen (or paper) with the new one's, record by record. When none of the \(words.number(byLot)) records of the lot differs, no more than \(Self.percent(rate)) % of all do, with \(Self.percent(confidence)) % confidence."
    )
  }

  private func sample(_ words: Words) -> String {
    let rare = lines.count - byLot
    return words(
      "くじ \(words.number(byLot))件、まれな状態 \(words.number(rare))件、計 \(words.number(lines.count))件",
      "\(words.number(byLot)) by lot, \(words.number(rare)) for rare states, \(words.number(lines.count)) in all")
  }
}
