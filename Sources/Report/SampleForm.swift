import Base
import Tables
import Foundation
import Registers

/// 標本照合票: the records that were drawn, one a line, to be compared with both systems' screens and ticked by hand.
package struct SampleForm {
  package struct Line: Sendable {
    package let record: Int
    package let kind: String
    /// The keys of the rows that it becomes, as `column value`; personal ones masked.
    package let keys: [String]
    /// Items whose state is rare; empty for a record of the lot.
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
  /// By record kind: what nothing else holds, and is to be compared first.
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

  /// Hundredths of a per cent as people read them: `95`, `0.5`.
  package static func percent(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    if rest == 0 { return String(hundredths / 100) }
    let text = (rest < 10 ? "0" : "") + String(rest)
    return "\(hundredths / 100).\(text.hasSuffix("0") ? String(text.dropLast()) : text)"
  }

  /// The page, whole in itself.
  package func html(_ language: Language) -> String {
    let words = Words(language: language)
    let heading = words("標本照合票 \(id)", "Sample \(id)")
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(heading) \(file)</title><style>\(Style.sheet)</style></head><body><main>
      <h1>\(heading) \(words(title))</h1>
      <p>\(purpose(words))</p>
      <table class="facts"><tbody>
      <tr><th scope="row">\(words("ファイル", "File"))</th><td>\(file)</td><th scope="row">\(words("抽出", "Drawn"))</th><td>\(drawn)</td></tr>
      <tr><th scope="row">\(words("全件数", "Records"))</th><td>\(words.number(population))</td><th scope="row">\(words("標本", "Sample"))</th><td>\(sample(words))</td></tr>
      <tr><th scope="row">\(words("一覧の要約値", "Digest of the list"))</th><td colspan="3" class="id">\(list)</td></tr></tbody></table>
      <h2>\(words("見比べる項目", "Items to compare"))</h2>
      <p>\(words("ほかに照合する相手のない項目です。必ず見てください。ほかの項目も、違いに気付いたら書いてください。", "Nothing else holds these items: look at each. Write down what else you see to differ."))</p>
      \(itemList(words))
      <h2>\(words("レコード", "Records"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col" class="n">\(words("番号", "No."))</th><th scope="col" class="n">\(words("レコード", "Record"))</th>\
      <th scope="col">\(words("種別", "Kind"))</th><th scope="col">\(words("キー", "Keys"))</th><th scope="col">\(words("選んだ理由", "Why"))</th>\
      <th scope="col">\(words("一致", "Same"))</th><th scope="col" width="35%">\(words("相違の内容", "What differs"))</th></tr></thead><tbody>\(rows(words))</tbody></table></div>
      <p>\(words("照合者", "Compared by"))　＿＿＿＿＿＿＿＿＿＿　\(words("年月日", "Date"))　＿＿＿＿＿＿　　\(words("確認者（別の人）", "Confirmed by (somebody else)"))　＿＿＿＿＿＿＿＿＿＿　\(words("年月日", "Date"))　＿＿＿＿＿＿</p>
      </main></body></html>
      """
    return page.text + "\n"
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

  private func itemList(_ words: Words) -> HTML {
    let rows = items.map { kind, names -> HTML in
      "<dt>\(kind)</dt><dd>\(names.isEmpty ? words("なし", "none") : names.joined(separator: words("、", ", ")))</dd>"
    }
    return "<dl>\(rows)</dl>"
  }

  private func rows(_ words: Words) -> HTML {
    let rows = lines.enumerated().map { index, line -> HTML in
      let why =
        line.rare.isEmpty
        ? words("くじ", "lot") : words("まれ: ", "rare: ") + line.rare.prefix(4).joined(separator: words("、", ", "))
      return """
        <tr><td class="n">\(words.number(index + 1))</td><td class="n">\(String(line.record))</td><td>\(line.kind)</td>\
        <td>\(line.keys.joined(separator: words("、", ", ")))</td><td>\(why)</td><td>□</td><td></td></tr>
        """
    }
    return "\(rows)"
  }
}
