import Base
import Evidence
import Tables

extension ComparisonEvidence {
  /// データの比較: the result of a comparison, as a paper.
  ///
  /// - Parameter time: the time of the comparison, RFC 3339.
  package func paper(_ language: Language, at time: String) -> Paper {
    let words = Words(language: language)
    return Paper(
      name: "comparison", title: words("データの比較", "Comparison of datasets"), readers: "", language: language,
      isRestricted: false, isDense: false,
      facts: [.init(key: "made", name: words("作成", "Made"), value: .moment(time))],
      sections: [
        Paper.Section(
          words("１　結果", "1  Result"),
          [
            .light(
              isIdentical ? .good : .bad, word: words(verdict),
              meaning: words(
                "説明のつかない差異 \(words.number(unexplained))件", "Unexplained differences \(words.number(unexplained))")),
            .figures([
              .init("same", words("同じ", "Same"), .number(same)),
              .init("changed", words("値が違う", "Changed"), .number(changed)),
              .init("left_only", words("左だけ", "Left only"), .number(leftOnly)),
              .init("right_only", words("右だけ", "Right only"), .number(rightOnly)),
              .init("accepted", words("了承済み", "Accepted"), .number(accepted)),
            ]),
          ]
            + (tolerated == 0
              ? []
              : [
                .paragraph(
                  words(
                    "「同じ」のうち\(words.number(tolerated))行は、許容差の範囲で違います。",
                    "\(words.number(tolerated)) of the same rows differ within a tolerance."))
              ]) + remarks.map { .paragraph(words($0)) } + [.paragraph(comparisonWay(way, words))]
            + definitions.map { .paragraph($0) }),
        Paper.Section(
          words("２　比べたもの", "2  What was compared"), [.table(sideTable(words)), .table(columnTable(words))]),
        Paper.Section(words("３　差異", "3  Differences"), [.table(groupTable(words))]),
      ]
        + (rules.isEmpty
          ? []
          : [
            Paper.Section(
              words("４　了承済みの差異", "4  Accepted differences"), [.table(ComparisonEvidence.Rule.table(rules, words))])
          ]),
      foot: words("証跡", "Evidence") + " " + evidence,
      whole: words("全件は --rows または --csv で書き出します。", "--rows and --csv write all of them."))
  }

  private func sideTable(_ words: Words) -> Table {
    Table(
      "sides", words("両側", "Sides"),
      [
        .init("side", words("側", "Side"), head: true), .init("dataset", words("データ", "Dataset")),
        .init("rows", words("行", "Rows"), .number), .init("duplicate_keys", words("重複キー", "Duplicate keys"), .number),
        .init("not_compared", words("比べない項目", "Not compared")),
      ],
      [(words("左", "Left"), left), (words("右", "Right"), right)].map { name, side in
        .init([
          .text(name), .code(side.reference), .number(side.rows), .number(side.duplicateKeys),
          .text(notCompared(side, words).joined(separator: ", ")),
        ])
      })
  }

  private func columnTable(_ words: Words) -> Table {
    ComparisonEvidence.Column.listing.table(
      columns.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }, words,
      [.init("column", head: true), "type", "disregarded", "changed", "unreadable_left", "unreadable_right"],
      tone: { $0.changed > 0 ? .bad : .plain })
  }

  private func groupTable(_ words: Words) -> Table {
    ComparisonEvidence.Group.listing.table(
      groups, words, [.init("signature", head: true), "pattern", "rows", "key", "values"],
      none: words("差異はない。", "There are no differences."))
  }
}

extension ComparisonEvidence.Column {
  /// 項目ごと: how a column is compared, and how many of its values differ.
  static let listing = Listing<Self>(
    "columns", Bilingual("項目ごと", "By column"),
    [
      .cell("項目", "Column", key: "column") { column, words in
        .text(column.name + (column.isKey ? words("(キー)", " (key)") : ""))
      },
      .data("name") { .text($0.name) },
      .shown("type", "型", "Type", value: { .text($0.type) }, cell: { .text(type($0.type, $1)) }),
      .data("normal") { .texts($0.normalForms) },
      .data("tolerance") { $0.tolerance.map { .text($0) } },
      .data("unreadable") { .object(["left": .integer($0.unreadableLeft), "right": .integer($0.unreadableRight)]) },
      .cell("無視する違い", "Disregarded", key: "disregarded") { column, _ in
        .text((column.normalForms + (column.tolerance.map { ["± " + $0] } ?? [])).joined(separator: ", "))
      },
      .amount("changed", "違う行", "Changed") { $0.changed },
      .cell("左で読めない", "Unreadable left", .number, key: "unreadable_left") { column, _ in
        .number(column.unreadableLeft)
      },
      .cell("右で読めない", "Unreadable right", .number, key: "unreadable_right") { column, _ in
        .number(column.unreadableRight)
      },
    ])

  private static func type(_ name: String, _ words: Words) -> String {
    switch name {
    case "text": words("文字", "text")
    case "number": words("数値", "number")
    case "date": words("日付", "date")
    case "boolean": words("真偽", "true/false")
    default: words("値ごと", "any")
    }
  }
}

extension ComparisonEvidence.Group {
  /// 差異の種類: what they look like, how many rows they are, and one of them.
  static let listing = Listing<Self>(
    "groups", Bilingual("差異の種類", "Kinds of differences"),
    [
      .text("signature", "不一致群番号", "Signature", .id) { $0.signature },
      .bilingual("pattern", "違い", "What") { $0.pattern },
      .cell("行", "Rows", .number, key: "rows") { group, _ in .number(group.rows) },
      .cell("例（キー）", "For example (key)", key: "key") { group, _ in
        .code((group.samples.first?.key ?? []).joined(separator: " / "))
      },
      .cell("例（値）", "Values", key: "values") { group, words in
        let values = (group.samples.first?.values ?? []).map { "\($0.column) \(shown($0.left)) → \(shown($0.right))" }
        return .text(values.joined(separator: words("、", "; ")))
      },
    ])

  /// A value with visible spaces at its ends; NULL and the empty text differ.
  private static func shown(_ value: String?) -> String {
    guard let value else { return "NULL" }
    if value.isEmpty { return "“”" }
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\u{3000}" }
    func marks(_ spaces: some Sequence<Character>) -> String { String(spaces.map { $0 == " " ? "␣" : "□" }) }
    let head = value.prefix(while: isSpace)
    let rest = value.dropFirst(head.count)
    let tail = String(rest.reversed().prefix(while: isSpace).reversed())
    let cut = rest.count > 400 ? rest.prefix(400) + "…" : rest.dropLast(tail.count)
    return marks(head) + cut + marks(tail)
  }
}
