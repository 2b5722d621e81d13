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

  /// What a field holds; of a personal field no value.
  private var listing: Listing<FieldProfile> {
    let top = top
    return Listing(
      "fields", Bilingual("項目ごと", "Fields"),
      [
        .data("name") { .text($0.name) }, .data("type") { .text(Self.word($0.type)) },
        .cell("項目", "Field", .id, key: "field") { profile, _ in .text(profile.name) },
        .amount("filled", "値あり", "Filled") { $0.filled }, .amount("empty", "空文字", "Empty") { $0.empty },
        .amount("null", "値なし", "Null") { $0.nulls }, .data("zero") { .integer($0.zeros) },
        .data("negative") { .integer($0.negatives) },
        .shown(
          "invalid", "不正", "Invalid", .number,
          value: { profile in
            .list(
              Self.faults(profile).map {
                .object(["fault": .text($0.code), "count": .integer($0.count), "first_record": .integer($0.first)])
              })
          }, cell: { profile, _ in .number(profile.invalid) }),
        .shown(
          "distinct", "種類数", "Distinct", .number, value: { .integer($0.distinct) },
          cell: { .text(($0.isExact ? "" : "≈") + $1.number($0.distinct)) }),
        .data("distinct_exact") { .boolean($0.isExact) },
        .shown(
          "minimum", "最小", "Minimum", .id, value: { $0.open($0.minimum).map { .text($0) } },
          cell: { profile, _ in .text(profile.shown(profile.minimum)) }),
        .shown(
          "maximum", "最大", "Maximum", .id, value: { $0.open($0.maximum).map { .text($0) } },
          cell: { profile, _ in .text(profile.shown(profile.maximum)) }),
        .shown(
          "sum", "合計", "Sum", .number, value: { $0.open($0.sum).map { .text($0) } },
          cell: { profile, _ in .text(profile.privacy == .open ? profile.sum ?? "" : Privacy.mask) }),
        .data("quantiles") { .texts($0.privacy == .open ? $0.quantileTexts : []) },
        .data("quantiles_exact") { .boolean($0.quantilesAreExact) },
        .shown(
          "frequent", "多い値(件数)", "Most frequent (count)",
          value: { profile in
            .list(
              profile.mostFrequent(top).map {
                .object(["value": .text(profile.open($0.value) ?? ""), "count": .integer($0.count)])
              })
          },
          cell: { profile, words in
            .text(
              profile.mostFrequent(top).map {
                "\(profile.shown($0.value))(\(profile.isExact ? "" : "≥")\(words.number($0.count)))"
              }.joined(separator: " "))
          }),
        .data("frequent_slack") { .integer($0.countSlack) },
      ])
  }

  private var table: Table {
    listing.table(
      profiles, words,
      [
        .init("field", head: true), "filled", "empty", "null", "invalid", "distinct", "minimum", "maximum", "sum",
        "frequent",
      ], limit: .max)
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
      Self.faults(profile).map { "  \(profile.name): \(words.fault($0.code)) [\($0.code)] \($0.count), #\($0.first)" }
    }
    let faultHead = faults.isEmpty ? [] : [words("不正な値(件数、最初のレコード番号)", "invalid values (count, first record)")]
    return ([heading] + table.lines(words) + faultHead + faults + [note(words)].compactMap(\.self)).joined(
      separator: "\n")
  }

  private static func faults(_ profile: FieldProfile) -> [(code: String, count: Int, first: Int)] {
    profile.faults.map { ($0.key.code, $0.value.count, $0.value.first) }
      .sorted { ($1.count, $0.code) < ($0.count, $1.code) }
  }

  // MARK: JSON

  private struct Answer: Encodable {
    let file: String
    let records: Int
    let fields: JSONValue
  }

  /// One JSON document; numbers are texts, since most of them have more digits than a JSON reader keeps.
  package var json: String {
    let answer = Answer(file: file, records: records, fields: listing.json(profiles, words))
    return String(decoding: (try? JSONDocument.data(answer)) ?? Data(), as: UTF8.self)
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
        Self.faults(profile).map { fault in
          .init([
            .text(profile.name), .text(words.fault(fault.code)), .code(fault.code), .number(fault.count),
            .number(fault.first),
          ])
        }
      }, limit: .max)
  }
}

extension FieldProfile {
  /// A value for programs; masked where it is personal.
  fileprivate func open(_ text: String?) -> String? { privacy == .open ? text : text.map { _ in Privacy.mask } }

  /// A value for people: a text in quotes, cut after 24 characters; control characters are not sent to the terminal.
  fileprivate func shown(_ value: String?) -> String {
    guard privacy == .open else { return Privacy.mask }
    guard let value, type == .text else { return value ?? "" }
    let visible = String(
      String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "·" : $0 }))
    return "\"" + (visible.count > 24 ? visible.prefix(23) + "…" : visible) + "\""
  }
}
