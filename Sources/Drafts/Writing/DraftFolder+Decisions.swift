/// What people decide: the items to be confirmed, and the gates.
extension DraftFolder {
  /// 確認事項 of a draft: what has to be confirmed in every migration.
  mutating func addItems() -> Int {
    var rows: [[String]] = []
    func ids(_ kinds: [String], _ category: String? = nil) -> String {
      checks.filter { kinds.contains($0.kind) && (category == nil || $0.category == category) }.map(\.id).joined(
        separator: ";")
    }
    func item(_ category: String, _ ja: String, _ en: String, _ evidence: String, _ confirmer: String = "") {
      let by = evidence.isEmpty && confirmer.isEmpty ? "担当課 係長" : confirmer
      rows.append([
        "M-\(rows.count < 9 ? "0" : "")\(rows.count + 1)", "", category, "S1", "担当課", "both", ja, en, evidence, by,
      ])
    }
    item("C01", "ファイルごとの件数が合うこと", "Counts of every file agree", ids(["totals"], "C01"))
    item("C01", "移行先のキーが重複しないこと", "No key of the target is double", ids(["unique"]))
    item("C02", "金額と数の合計が合うこと", "Sums of money and numbers agree", ids(["totals"], "C02"))
    item("C04", "読めないレコードがないこと", "No record is unreadable", ids(["decoded"]))
    item("C04", "移行先の値が型に合うこと", "Values of the target fit their types", ids(["readable"]))
    item("C05", "全項目が一致すること", "All columns agree", ids(["equal-columns"]))
    item("C10", "旧レコードを移行先から復元できること", "Old records are rebuilt from the target", ids(["rebuilt"]))
    item("C07", "参照先があること", "References lead somewhere", ids(["references"]))
    item("C06", "項目対応（下書き）を業務の担当が確かめたこと", "The mapping was confirmed by the section", "")
    item("C06", "コードの対応を業務の担当が確かめたこと", "The codes were confirmed by the section", "")
    item("C06", "移行しない項目の理由を決めたこと", "Why items are dropped was decided", "")
    item("C08", "外字と文字の扱いを確かめたこと", "Characters were looked at", "")
    item("C09", "個人情報と個人番号の範囲を確かめたこと", "What is personal was confirmed", "")
    item("C10", "標本を目で確かめたこと", "Samples were compared by eye", "")
    item("C10", "帳票の印字を確かめたこと", "Printed papers were compared", "")
    let header = "id,subsystem,category,severity,owner,gate,title_ja,title_en,evidence,confirmed_by"
    add("registers/migration-items.csv", ([header] + rows.map(YAMLLines.csv)).joined(separator: "\n") + "\n")
    return rows.count
  }

  mutating func addGates(_ items: Int) {
    var lines = YAMLLines()
    let criteria: [(String, String, String, String)] = [
      ("complete", "", "全ファイルの移行", "All files"),
      ("checks", "severities: [S1], max-failed: 0, explained-by: [I, R, T], ", "重大度S1の不合格", "Failed S1 checks"),
      ("inconclusive", "max: 0, ", "未判定の検査", "Undecided checks"),
      ("rejected", "max: 0, ", "拒否レコード", "Rejected records"),
      ("items", "min-closed-percent: 100, ", "確認事項", "Items"),
      ("classified", "max-unclassified: 0, ", "未分類の不一致", "Unclassified differences"),
      ("definitions", "", "定義", "Definitions"),
      ("rehearsals", "", "リハーサル回数", "Rehearsals"),
    ]
    lines.add(0, "gates:")
    for (gate, ja, en) in [
      ("provisional", "仮稼働判定", "Provisional go-live decision"), ("production", "本稼働判定", "Go-live decision"),
    ] {
      lines.add(1, "\(gate):")
      lines.add(2, "title: \(YAMLLines.both(ja, en))")
      lines.add(2, "criteria:")
      for (index, entry) in criteria.enumerated() {
        let isProduction = gate == "production"
        // The first rehearsal may be enough to begin with; never for the day itself.
        let more = entry.0 == "rehearsals" ? "min: \(isProduction ? 2 : 1), " : entry.1
        lines.add(
          3,
          "- {id: \(isProduction ? "P" : "G")-0\(index + 1), kind: \(entry.0), \(more)title: \(YAMLLines.both(entry.2, entry.3)), otherwise: no-go}"
        )
      }
    }
    lines.add(0, "expected:")
    lines.add(1, "files: \(fileCount)")
    lines.add(1, "tables: \(tableCount)")
    lines.add(1, "checks: \(checks.count)")
    lines.add(1, "severities: {S1: \(checks.count)}")
    lines.add(1, "warns: 0")
    lines.add(1, "may-be-empty: 0")
    lines.add(1, "criteria: {provisional: \(criteria.count), production: \(criteria.count)}")
    lines.add(1, "lists: {migration-items: \(items)}")
    add("gates.yaml", lines.text)
  }
}
