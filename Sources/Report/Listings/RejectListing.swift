import Base
import Evidence
import Tables

extension RunEvidence.Reject {
  /// 拒否されたレコード: where they are, and why they were not migrated.
  package static let listing = Listing<RunEvidence.Reject>(
    "rejects", Bilingual("拒否されたレコード", "Rejected records"),
    [
      .text("file", "ファイル", "File", .id) { $0.file },
      .text("kind", "種別", "Kind", .id) { $0.kind },
      .cell("何件目", "Record", .number, key: "record") { reject, _ in .number(reject.record) },
      .cell("位置(バイト)", "Byte offset", .number, key: "offset") { reject, _ in .number(reject.offset) },
      .cell("項目", "Field", key: "field") { reject, _ in .code(reject.field) },
      .cell("理由", "Why", key: "reason") { reject, words in .text(words.fault(reject.fault)) },
      .cell("コード", "Code", key: "code") { reject, _ in .code(reject.fault) },
    ])
}
