import Base
import Tables
import Foundation
import Profile
import Records

/// The profile of a file's fields, for a terminal, for programs, and as a page.
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

  private var table: Table {
    Table(
      "fields", words("項目ごと", "Fields"),
      [
        .init("field", words("項目", "Field"), .id, head: true), .init("filled", words("値あり", "Filled"), .number),
        .init("empty", words("空文字", "Empty"), .number), .init("null", words("値なし", "Null"), .number),
        .init("invalid", words("不正", "Invalid"), .number), .init("distinct", words("種類数", "Distinct"), .number),
        .init("minimum", words("最小", "Minimum"), .id), .init("maximum", words("最大", "Maximum"), .id),
        .init("sum", words("合計", "Sum"), .number), .init("frequent", words("多い値(件数)", "Most frequent (count)")),
      ], profiles.map(row), limit: .max)
  }

  private func row(_ profile: FieldProfile) -> Table.Row {
    func open(_ text: String?) -> Cell {
      .text(profile.privacy == .open ? text.map { Self.shown($0, profile.type) } ?? "" : Privacy.mask)
    }
    let frequent = profile.mostFrequent(top).map { entry in
      let value = profile.privacy == .open ? Self.shown(entry.value, profile.type) : Privacy.mask
      return "\(value)(\(profile.isExact ? "" : "≥")\(words.number(entry.count)))"
    }
    return .init([
      .text(profile.name), .number(profile.filled), .number(profile.empty), .number(profile.nulls),
      .number(profile.invalid), .text((profile.isExact ? "" : "≈") + words.number(profile.distinct)),
      open(profile.minimum), open(profile.maximum),
      .text(profile.privacy == .open ? profile.sum ?? "" : Privacy.mask), .text(frequent.joined(separator: " ")),
    ])
  }

  /// A text in quotes, cut after 24 characters; control characters are not sent to the terminal.
  private static func shown(_ value: String, _ type: ValueType) -> String {
    guard type == .text else { return value }
    let visible = String(
      String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "·" : $0 }))
    return "\"" + (visible.count > 24 ? visible.prefix(23) + "…" : visible) + "\""
  }

  /// The meaning of the signs in the table; `nil` when every figure is exact.
  private func note(_ words: Words) -> String? {
    guard profiles.contains(where: { !$0.isExact }) else { return nil }
    return words(
      "≈ は推定(HyperLogLog、標準誤差0.8%)、≥ は下限(Misra–Gries)。その他は正確な値です。",
      "≈ is an estimate (HyperLogLog, standard error 0.8 %), ≥ a lower bound (Misra–Gries); all else is exact.")
  }

  package var text: String {
    let heading = words("\(file)  \(words.number(records))レコード", "\(file)  \(words.number(records)) records")
    let faults = profiles.filter { $0.invalid > 0 }.flatMap { profile in
      faultRows(profile).map { "  \(profile.name): \(words.fault($0.code)) [\($0.code)] \($0.count), #\($0.first)" }
    }
    let faultHead = faults.isEmpty ? [] : [words("不正な値(件数、最初のレコード番号)", "invalid values (count, first record)")]
    return ([heading] + table.lines(words) + faultHead + faults + [note(words)].compactMap(\.self)).joined(
      separator: "\n")
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

  /// One JSON document; numbers are texts, since most of them have more digits than a JSON reader keeps.
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
    let data = try? JSONDocument.data(Answer(file: file, records: records, fields: fields))
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

  // MARK: page

  /// A self-contained page, in the requested language.
  package var html: String {
    let title = words("データの中身", "What the file holds")
    let blocks: [Paper.Block] = [.table(table), .table(faultTable)] + (note(words).map { [.paragraph($0)] } ?? [])
    return Paper(
      name: "profile", title: title, readers: "", language: language, isRestricted: false, isDense: false,
      facts: [
        .init(key: "file", name: words("ファイル", "File"), value: .code(file)),
        .init(key: "records", name: words("レコード", "Records"), value: .number(records)),
      ], sections: [Paper.Section(title, blocks)], foot: "", whole: ""
    ).html()
  }

  private var faultTable: Table {
    Table(
      "invalid", words("不正な値", "Invalid values"),
      [
        .init("field", words("項目", "Field"), .id, head: true), .init("fault", words("内容", "What")),
        .init("code", words("コード", "Code")), .init("count", words("件数", "Count"), .number),
        .init("first", words("最初のレコード", "First record"), .number),
      ],
      profiles.flatMap { profile in
        faultRows(profile).map { fault in
          .init([
            .text(profile.name), .text(words.fault(fault.code)), .code(fault.code), .number(fault.count),
            .number(fault.first),
          ])
        }
      }, limit: .max)
  }
}
