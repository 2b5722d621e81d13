import Base
import Ledger
import Registers
import Tables

extension Entry {
  /// 台帳の記載: the entries of the ledger.
  package static let listing = Listing<Entry>(
    "entries", Bilingual("台帳の記載", "Entries"),
    [
      .number("number", "番号", "No.") { $0.number }, .time, .text("by", "だれが", "By") { $0.by },
      .data("account") { .text($0.account) },
      .text("register", "登録簿", "Register") { $0.amendment.register },
      .text("id", "対象", "Record") { $0.amendment.id }, .text("act", "行為", "Act") { $0.amendment.act },
      .text("source", "出所", "Source") { $0.amendment.source },
      .data("digest") { .text(SHA256.digest(of: $0.value.canonical)) },
    ])

  /// 経過: what was done with a record.
  package static let history = Listing<Entry>(
    "history", Bilingual("経過", "History"),
    [
      .number("number", "番号", "No.") { $0.number }, .time, .text("by", "だれが", "By") { $0.by },
      .word("act", "行為", "Act", code: { $0.amendment.act }) { entry in
        let act = entry.amendment.act
        return ItemAct.Kind(rawValue: act)?.title ?? Bilingual(act, act)
      },
      .text("source", "出所", "Source") { $0.amendment.source },
      .shown("changes", "内容", "Changes", value: { .text($0.changes) }) { entry, _ in
        .code(entry.changes.count > 300 ? String(entry.changes.prefix(299)) + "…" : entry.changes)
      },
    ])

  /// The changed fields, as canonical JSON.
  private var changes: String { JSONValue.object(amendment.changes).canonical }

  /// The entry in the history of a record, on a terminal.
  package var historyLine: String {
    let (act, source) = (amendment.act, amendment.source)
    let changed = changes.count > 160 ? changes.prefix(159) + "…" : changes[...]
    return "  \(number)  \(Day.local(at))  \(by)  \(act)\(source.isEmpty ? "" : " (\(source))")  \(changed)"
  }
}

extension Listing<Entry>.Field {
  /// The moment of an entry: in UTC for programs, in local time for people.
  fileprivate static var time: Self {
    .init(
      "at", Bilingual("日時", "At"), value: { entry, _ in .text(entry.at) },
      cell: { entry, _ in .text(Day.local(entry.at)) })
  }
}
