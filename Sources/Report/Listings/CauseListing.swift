import Base
import Evidence
import Records
import Registers
import Tables

extension Cause {
  /// 原因: what failed and undecided checks come from, who can act, and what to do next.
  ///
  /// - Parameters:
  ///   - checks: the checks of the run.
  ///   - items: the items, whose owners act on the checks that are their evidence.
  ///   - title: the title of a subsystem.
  package static func listing(
    of checks: [CheckResult], _ items: [ItemStanding], _ title: @escaping @Sendable (String) -> Bilingual
  ) -> Listing<Cause> {
    let known = Dictionary(checks.map { ($0.id, $0) }) { first, _ in first }
    let sections = ItemStanding.owners(ofChecksUnder: items)
    return Listing(
      "causes", Bilingual("原因（重大度・金額の順）", "Causes, by severity and yen"),
      [
        .text("id", "番号", "Id", .id) { $0.id },
        .shown(
          "severity", "重大度", "Sev.", .mark, value: { .text($0.severity.rawValue) },
          cell: { cause, _ in .mark(cause.severity.rawValue, cause.severity == .s1 ? .bad : .warn) }),
        .word("kind", "種類", "Kind", code: { $0.kind.rawValue }, name: { $0.kind.title }),
        .bilingual("title", "何が起きたか", "What happened") { $0.title },
        .text("subject", "対象", "What") { $0.subject },
        .shown(
          "checks", "検査", "Checks", .number,
          value: { .texts($0.checks.map(\.check)) }, cell: { cause, _ in .number(cause.checks.count) }),
        .number("records", "旧レコード", "Old records") { $0.records },
        .number("differences", "不一致", "Differences") { $0.differences },
        .shown(
          "yen", "影響額（最大、円）", "Yen, at most", .number,
          value: { $0.yen.flatMap { yen in Int(exactly: yen).map { .integer($0) } ?? .text(String(yen)) } },
          cell: { cause, _ in cause.yen.map { .number($0) } ?? .text("–") }),
        .init(
          "explained_by", Bilingual("根拠", "Shown by"), value: { cause, _ in .texts(cause.explainedBy.map(\.rawValue)) },
          cell: { cause, words in
            .text(cause.explainedBy.map { words($0.title) }.joined(separator: words("、", ", ")))
          }),
        .init(
          "subsystem", Bilingual("業務", "Subsystem"),
          value: { cause, words in cause.subsystem(known).map { .text(words(title($0))) } },
          cell: { cause, words in .text(cause.subsystem(known).map { words(title($0)) } ?? "") }),
        .shown(
          "sections", "対応課", "Who", value: { .texts($0.sections(sections)) },
          cell: { cause, words in .text(cause.sections(sections).joined(separator: words("、", ", "))) }),
        .bilingual("next", "次にすること", "What to do next") { $0.next },
      ], terminal: ["id", "severity", "title", "subject", "checks", "differences", "yen", "sections", "next"])
  }

  /// The sections of the first check that has an item: checks stand in the order of the definitions, the file's own
  /// first.
  func sections(_ owners: [String: [String]]) -> [String] { checks.lazy.compactMap { owners[$0.check] }.first ?? [] }

  /// The subsystem of its first check: checks stand in the order of the definitions, the file's own first.
  func subsystem(_ checks: [String: CheckResult]) -> String? {
    self.checks.lazy.compactMap { checks[$0.check]?.subsystem }.first
  }

  /// What to do next about it.
  package var next: Bilingual { kind.next(code) }
}

extension ItemStanding {
  /// The sections whose items rest on each check, by its id.
  static func owners(ofChecksUnder items: [ItemStanding]) -> [String: [String]] {
    var owners: [String: Set<String>] = [:]
    for standing in items {
      for check in standing.item.evidence { owners[check, default: []].insert(standing.item.owner) }
    }
    return owners.mapValues { $0.sorted() }
  }
}

extension Cause.Kind {
  /// What is to be mended so that a record can be migrated.
  ///
  /// - Parameter code: the fault for which it was rejected.
  static func mending(_ code: String?) -> Bilingual {
    switch code {
    case Fault.unmappedCode.code:
      Bilingual("コード変換表に加えるか旧データを直す", "add the code to its table or correct the old data")
    case Fault.unmappedGaiji.code, Fault.unidentifiedGaiji.code:
      Bilingual("外字を同定して外字対応表に加える", "identify the gaiji and add it to the table")
    case Fault.unknownKind.code:
      Bilingual("レコード種別を旧システムの担当に確かめ、定義に加える", "ask the old system’s operators what kind of record it is, and define it")
    default: Bilingual("旧データの値を直して抽出し直す", "correct the value in the old data and extract again")
    }
  }

  /// What to do next.
  ///
  /// - Parameter code: the fault or the rule for which records were not migrated.
  func next(_ code: String?) -> Bilingual {
    switch self {
    case .rejected:
      Bilingual("\(Self.mending(code).ja)。その後、再実行する", "\(Self.mending(code).en), then run again")
    case .excluded: Bilingual("除外の規則と対象の件数を確かめる", "see whether the rule excludes what it should")
    case .notRead: Bilingual("ファイルを受け取り直し、再実行する", "have the file delivered again, and run again")
    case .control:
      Bilingual(
        "旧システムの担当に、抽出の件数・合計と制御レコードを確かめる", "ask the old system’s operators about count and totals of the extract")
    case .shape: Bilingual("例を数件見て、項目変換またはロードの誤りを確かめる", "look at some examples: mapping or load make one mistake")
    case .single: Bilingual("旧レコードと移行先の行を並べて確かめる", "lay the old record and the target’s row side by side")
    case .check: Bilingual("検査の内容と不一致を確かめる", "look at the check and its differences")
    }
  }
}

extension Cause.Kind {
  package var title: Bilingual {
    switch self {
    case .rejected: Bilingual("レコードの拒否", "rejected records")
    case .excluded: Bilingual("レコードの除外", "excluded records")
    case .notRead: Bilingual("読めなかったファイル", "file not read")
    case .control: Bilingual("旧システムの合計", "the old system’s totals")
    case .shape: Bilingual("同じ形の不一致", "one mistake in many rows")
    case .single: Bilingual("一件の不一致", "one thing")
    case .check: Bilingual("一つの検査", "one check")
    }
  }
}

extension Cause.Ground {
  package var title: Bilingual {
    switch self {
    case .without: Bilingual("そのレコードを除くと一致", "agrees without the records")
    case .asIfMigrated: Bilingual("移行していれば一致", "would agree if they were migrated")
    case .unreadable: Bilingual("その値を読めず判定できない", "cannot be judged: the value cannot be read")
    case .missingKey: Bilingual("参照先がそのレコード", "the record is what is missing")
    case .notRead: Bilingual("読んでいない", "was not read")
    case .sameRecord: Bilingual("同じ旧レコード", "same old record")
    case .sameKey: Bilingual("同じキー", "same key")
    case .sameAmount: Bilingual("同じ金額・件数", "same amount")
    case .sameFile: Bilingual("そのファイルのただ一つの原因", "the only cause of the file")
    case .sameShape: Bilingual("同じ形", "same shape")
    case .opposite: Bilingual("打ち消し合う", "cancel each other")
    case .control: Bilingual("旧システムの合計との差", "differs from the old system’s totals")
    case .sameCheck: Bilingual("同じ検査", "same check")
    }
  }
}

extension RunEvidence {
  /// What the failed and undecided checks come to, in one line; `nil` when there are none, or no causes are known.
  package func causesInOneLine(_ words: Words) -> String? {
    guard let causes, !causes.isEmpty else { return nil }
    let open = checks.count(where: \.isOpen)
    let only = onlyRejected.count
    let rejected = causes.count { $0.kind == .rejected }
    let others = causes.count - rejected
    func plural(_ number: Int, _ word: String) -> String { number == 1 ? word : word + "s" }
    let failed = words(
      "不合格\(count(.failed))・未判定\(count(.notRun))", "\(count(.failed)) failed and \(count(.notRun)) undecided checks")
    if only == 0 {
      return words(
        "\(failed) ＝ 原因\(words.things(causes.count))", "\(failed) = \(causes.count) \(plural(causes.count, "cause"))")
    }
    let fromRejects = words(
      "拒否\(words.number(records.rejected))件（原因\(words.things(rejected))）に伴う\(only)",
      "\(only) that come only from \(words.number(records.rejected)) rejected \(plural(records.rejected, "record")) (\(rejected) \(plural(rejected, "cause")))"
    )
    if only == open { return "\(failed) ＝ \(fromRejects)" }
    return words(
      "\(failed) ＝ \(fromRejects) ＋ 残り\(open - only)（ほかの原因\(words.things(others))）。拒否を直すと残り\(open - only)の見込み",
      "\(failed) = \(fromRejects) + \(open - only) more (\(others) other \(plural(others, "cause"))). With the rejections mended, \(open - only) are expected to remain"
    )
  }
}

extension Cause {
  /// Everything about the cause, line by line.
  package func lines(in run: RunEvidence, _ listing: Listing<Cause>, _ words: Words) -> [String] {
    let facts = listing.facts(
      self, words,
      [
        "id", "severity", "kind", "title", "subject", "subsystem", "sections", "records", "differences", "yen",
        "explained_by",
        "next",
      ])
    let places = self.places.map { words("\($0.file) \($0.record)件目", "\($0.file) record \($0.record)") }
    let known = Dictionary(run.checks.map { ($0.id, $0) }) { first, _ in first }
    let more = records > places.count && !places.isEmpty ? " …" : ""
    return facts.map { "\($0.name): \(words.text($0.value))" }
      + (places.isEmpty
        ? [] : [words("旧レコードの位置: ", "Old records: ") + places.joined(separator: words("、", ", ")) + more])
      + checks.map { part in
        let check = known[part.check]
        let whole = part.isWhole ? "" : words("（ほかの原因もある）", " (has other causes, too)")
        let title = check.map { words($0.title) } ?? ""
        return words(
          "  \(part.check) \(title): 不一致\(part.differences)件\(whole)",
          "  \(part.check) \(title): \(part.differences) differences\(whole)")
      }
  }
}
