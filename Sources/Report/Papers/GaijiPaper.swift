import Base
import Tables
import Evidence

/// 外字・縮退一覧: the evidence about characters that the old set has and the new one does not.
enum GaijiPaper: PaperKind {
  static let name = "gaiji"
  static let title = Bilingual("外字・縮退一覧", "User-defined characters and reductions")
  static let readers = Bilingual("各課長（市民課・税各課）", "heads of the sections")
  static let needs: PaperNeeds = [.evidence]
  static let isRestricted = true

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    guard let evidence = input.evidence else {
      return [.init(words("外字", "Characters"), [.paragraph(words.noRun, .unknown)])]
    }
    let checks = evidence.checks.filter { $0.category == "C05" }
    return [
      Paper.Section(
        words("１　取扱い別の件数", "1  What became of them"),
        [
          .figures(figures(evidence, words)), .table(files(evidence, words)),
          .paragraph(
            words(
              "一致・字形差・縮退は移行した値の数、未同定・対応表なし・未定義は拒否したレコードの数。証跡は文字そのものを持たない。",
              "Identified, glyph differences and reductions are values that were migrated; unidentified, unlisted and undefined are records that were rejected. Evidence does not hold the characters."
            )),
        ]),
      Paper.Section(words("２　文字の検査", "2  Checks of characters"), [.table(table(checks, input, words))]),
      Paper.Section(
        words("３　文字のために拒否したレコード", "3  Records rejected because of a character"), [.table(rejects(evidence, words))]),
    ]
  }

  private static func codes(_ words: Words) -> [(code: String, name: String, isFault: Bool)] {
    [
      ("charset.gaiji.match", words("外字 一致", "identified"), false),
      ("charset.glyph.difference", words("字形差", "glyph differs"), false),
      ("charset.glyph.reduction", words("縮退", "reduced"), false),
      ("charset.gaiji.unidentified", words("未同定の外字", "unidentified"), true),
      ("charset.gaiji.unmapped", words("対応表にない外字", "not listed"), true),
      ("charset.control", words("制御文字", "control characters"), false),
      ("charset.code.replaced", words("変換で失われた文字", "lost in a conversion"), true),
      ("charset.code.undefined", words("未定義の文字", "undefined"), true),
      ("charset.code.no-unicode", words("Unicodeにない文字", "not in Unicode"), true),
    ]
  }

  private static func count(_ code: String, _ file: RunEvidence.FileEvidence) -> Int {
    (file.faults[code] ?? 0) + (file.oddities[code] ?? 0)
  }

  private static func figures(_ evidence: RunEvidence, _ words: Words) -> [Paper.Figure] {
    codes(words).map { code, name, _ in
      .init(
        code.replacing(".", with: "_").replacing("-", with: "_"), name,
        .number(evidence.files.reduce(0) { $0 + count(code, $1) }))
    }
  }

  private static func files(_ evidence: RunEvidence, _ words: Words) -> Table {
    let codes = codes(words)
    return Table(
      "files", words("ファイル別", "By file"),
      [.init("file", words("ファイル", "File"), .id, head: true), .init("title", words("名称", "Name"))]
        + codes.map { .init($0.code.replacing(".", with: "_").replacing("-", with: "_"), $0.name, .number) },
      evidence.files.map { file in
        let isBad = codes.contains { $0.isFault && count($0.code, file) > 0 }
        return .init(
          [.text(file.file), .text(words(file.title))]
            + codes.map { file.refused == nil ? .number(count($0.code, file)) : words.notMeasured },
          tone: isBad ? .bad : .plain)
      })
  }

  private static func table(_ checks: [CheckResult], _ input: PaperInput, _ words: Words) -> Table {
    let order: [CheckStatus] = [.failed, .notRun, .warned, .passed]
    return Table(
      "checks", words("文字の検査（C05）", "Checks of characters (C05)"),
      [
        .init("id", "No.", .id), .init("status", words("結果", "Result"), .mark),
        .init("subsystem", words("業務", "Subsystem")),
        .init("title", words("検査", "Check"), head: true), .init("rows", words("対象", "Looked at"), .number),
        .init("differences", words("不一致", "Differences"), .number), .init("cause", words("要因", "Cause"), .id),
      ],
      order.flatMap { status in checks.filter { $0.status == status } }.map { check in
        let kinds = Set(check.groups.map { input.kind(of: $0.signature) }).sorted { $0.rawValue < $1.rawValue }
        return .init([
          .text(check.id), words.mark(check.status), .text(words(input.title(ofSubsystem: check.subsystem))),
          .text(words(check.title)), .number(check.expectedRows),
          check.status == .notRun ? words.undecided : .number(check.differences),
          .text(kinds.map { "\($0.rawValue) \(words($0.title))" }.joined(separator: words("、", ", "))),
        ])
      }, none: words("文字の検査がない。", "There is no check of characters."), judges: "status")
  }

  private static func rejects(_ evidence: RunEvidence, _ words: Words) -> Table {
    let faults = Set(codes(words).filter(\.isFault).map(\.code))
    return Table(
      "rejects", words("拒否したレコードの位置", "Where they stand"),
      [
        .init("file", words("ファイル", "File"), .id, head: true), .init("kind", words("種別", "Kind"), .id),
        .init("record", words("何件目", "Record"), .number), .init("offset", words("位置(バイト)", "Byte offset"), .number),
        .init("field", words("項目", "Field")), .init("reason", words("理由", "Why")),
        .init("decision", words("同定結果（市民課）", "Identified as"), .blank),
        .init("seal", words("印", "Seal"), .blank, width: 14),
      ],
      evidence.rejects.filter { faults.contains($0.fault) }.map { reject in
        .init([
          .text(reject.file), .text(reject.kind), .number(reject.record), .number(reject.offset), .text(reject.field),
          .text(words.fault(reject.fault)), .empty, .empty,
        ])
      }, none: words("なし。", "None."))
  }
}
