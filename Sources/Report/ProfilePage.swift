import Base
import Tables
import Foundation
import Profile
import Records

/// What the fields of a file hold, for a terminal, for programs, and as a page.
package struct ProfilePage {
  private let file: String
  private let records: Int
  private let profiles: [FieldProfile]
  private let top: Int
  private let language: Language
  private let words: Words

  package init(file: String, records: Int, profiles: [FieldProfile], top: Int, language: Language) {
    self.file = file
    self.records = records
    self.profiles = profiles
    self.top = top
    self.language = language
    words = Words(language: language)
  }

  private func head(_ words: Words) -> [String] {
    [
      words("項目", "field"), words("値あり", "filled"), words("空文字", "empty"), words("値なし", "null"), words("不正", "invalid"),
      words("種類数", "distinct"), words("最小", "minimum"), words("最大", "maximum"), words("合計", "sum"),
      words("多い値(件数)", "most frequent (count)"),
    ]
  }

  private func row(_ profile: FieldProfile, _ words: Words) -> [String] {
    let isOpen = profile.privacy == .open
    let about = profile.isExact ? "" : "≈"
    let frequent = profile.mostFrequent(top).map { entry in
      let value = isOpen ? Self.shown(entry.value, profile.type) : Privacy.mask
      return "\(value)(\(profile.isExact ? "" : "≥")\(words.number(entry.count)))"
    }
    return [
      profile.name, words.number(profile.filled), words.number(profile.empty), words.number(profile.nulls),
      words.number(profile.invalid), about + words.number(profile.distinct),
      isOpen ? profile.minimum.map { Self.shown($0, profile.type) } ?? "" : Privacy.mask,
      isOpen ? profile.maximum.map { Self.shown($0, profile.type) } ?? "" : Privacy.mask,
      isOpen ? profile.sum ?? "" : Privacy.mask, frequent.joined(separator: " "),
    ]
  }

  /// A text in quotes, cut after 24 characters; control characters do not reach the terminal.
  private static func shown(_ value: String, _ type: ValueType) -> String {
    guard type == .text else { return value }
    let visible = String(
      String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "·" : $0 }))
    return "\"" + (visible.count > 24 ? visible.prefix(23) + "…" : visible) + "\""
  }

  /// What the signs in the table mean; nothing where every figure is exact.
  private func note(_ words: Words) -> String? {
    guard profiles.contains(where: { !$0.isExact }) else { return nil }
    return words(
      "≈ は推定(HyperLogLog、標準誤差0.8%)、≥ は下限(Misra–Gries)。その他は正確な値です。",
      "≈ is an estimate (HyperLogLog, standard error 0.8 %), ≥ a lower bound (Misra–Gries); all else is exact.")
  }

  package var text: String {
    var table = TextTable(head(words), rightAligned: [1, 2, 3, 4, 5, 8])
    for profile in profiles { table.add(row(profile, words)) }
    let heading = words("\(file)  \(words.number(records))レコード", "\(file)  \(words.number(records)) records")
    let faults = profiles.filter { $0.invalid > 0 }.flatMap { profile in
      faultRows(profile).map { "  \(profile.name): \(words.fault($0.code)) [\($0.code)] \($0.count), #\($0.first)" }
    }
    let faultHead = faults.isEmpty ? [] : [words("不正な値(件数、最初のレコード番号)", "invalid values (count, first record)")]
    return ([heading] + table.lines + faultHead + faults + [note(words)].compactMap(\.self)).joined(separator: "\n")
  }

  private func faultRows(_ profile: FieldProfile) -> [(code: String, count: Int, first: Int)] {
    profile.faults.map { ($0.key.code, $0.value.count, $0.value.first) }
      .sorted { ($1.count, $0.code) < ($0.count, $1.code) }
  }

  // MARK: JSON

  private struct Answer: Encodable {
    struct Value: Encodable {
      let value: String
      let count: Int
    }

    struct Invalid: Encodable {
      let fault: String
      let count: Int
      let firstRecord: Int
    }

    struct Field: Encodable {
      let name: String
      let type: String
      let filled: Int
      let empty: Int
      let null: Int
      let zero: Int
      let negative: Int
      let invalid: [Invalid]
      let distinct: Int
      let distinctExact: Bool
      let minimum: String?
      let maximum: String?
      let sum: String?
      let quantiles: [String]
      let quantilesExact: Bool
      let frequent: [Value]
      let frequentSlack: Int
    }

    let file: String
    let records: Int
    let fields: [Field]
  }

  /// One document; numbers are texts, since most of them have more digits than a JSON reader keeps.
  package var json: String {
    let fields = profiles.map { profile in
      let isOpen = profile.privacy == .open
      func open(_ text: String?) -> String? { isOpen ? text : text.map { _ in Privacy.mask } }
      return Answer.Field(
        name: profile.name, type: Self.word(profile.type), filled: profile.filled, empty: profile.empty,
        null: profile.nulls, zero: profile.zeros, negative: profile.negatives,
        invalid: faultRows(profile).map { .init(fault: $0.code, count: $0.count, firstRecord: $0.first) },
        distinct: profile.distinct, distinctExact: profile.isExact, minimum: open(profile.minimum),
        maximum: open(profile.maximum), sum: open(profile.sum),
        quantiles: isOpen ? profile.quantileTexts : [], quantilesExact: profile.quantilesAreExact,
        frequent: profile.mostFrequent(top).map { .init(value: open($0.value) ?? "", count: $0.count) },
        frequentSlack: profile.countSlack)
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try? encoder.encode(Answer(file: file, records: records, fields: fields))
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func word(_ type: ValueType) -> String {
    switch type {
    case .integer: "integer"
    case .decimal: "decimal"
    case .text: "text"
    case .date: "date"
    case .flag: "boolean"
    }
  }

  // MARK: HTML

  /// A page whole in itself, in the language asked for.
  package var html: String {
    let numbers: Set<Int> = [1, 2, 3, 4, 5, 8]
    let head = head(words).enumerated().map { column, cell -> HTML in
      numbers.contains(column) ? "<th scope=\"col\" class=\"n\">\(cell)</th>" : "<th scope=\"col\">\(cell)</th>"
    }
    let rows = profiles.map { profile -> HTML in
      let cells = row(profile, words).dropFirst().enumerated().map { column, cell -> HTML in
        numbers.contains(column + 1)
          ? "<td class=\"n\">\(cell)</td>" : column < 8 ? "<td class=\"w\">\(cell)</td>" : "<td>\(cell)</td>"
      }
      let faults = faultRows(profile).map { fault -> HTML in
        "<br><span class=\"failed\">\(words.fault(fault.code)) \(fault.count) (#\(fault.first))</span>"
      }
      return "<tr><th scope=\"row\"><code>\(profile.name)</code>\(faults)</th>\(cells)</tr>"
    }
    let title = words("データの中身", "What the file holds")
    let count = words("\(words.number(records))レコード", "\(words.number(records)) records")
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title) \(file)</title><style>\(Style.sheet)</style></head><body><main>
      <h1>\(title)</h1><p class="soft"><code>\(file)</code>  \(count)</p>
      <div class="scroll" tabindex="0"><table><thead><tr>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
      <p class="small soft">\(note(words) ?? "")</p></main></body></html>
      """
    return page.text
  }
}
