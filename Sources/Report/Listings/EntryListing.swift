import Base
import Ledger
import Records
import Registers
import Tables

extension Entry {
  /// 台帳の記載: the entries of the ledger.
  package static let listing = Listing<Entry>(
    "entries", Bilingual("台帳の記載", "Entries"),
    [
      .number("number", "番号", "No.") { $0.number }, .time, .text("by", "だれが", "By") { $0.by },
      .data("account") { .text($0.account) },
      .word(
        "register", "登録簿", "Register", code: { $0.amendment.register },
        name: { EntryWords.register($0.amendment.register) }),
      .text("id", "対象", "Record") { $0.amendment.id }, .act, .source,
      .data("digest") { .text(SHA256.digest(of: $0.value.canonical)) },
    ])

  /// 経過: what was done with a record, in words; for programs as the ledger has it.
  package static func history(_ names: ItemSheet.Names = .init()) -> Listing<Entry> {
    Listing<Entry>(
      "history", Bilingual("経過", "History"),
      [
        .number("number", "番号", "No.") { $0.number }, .time, .text("by", "だれが", "By") { $0.by }, .act, .source,
        .init("changes", Bilingual("内容", "Changes"), value: { entry, _ in .text(entry.changes) }) { entry, words in
          .text(EntryWords(words, names).changes(entry))
        },
      ])
  }

  /// The changed fields, as canonical JSON.
  private var changes: String { JSONValue.object(amendment.changes).canonical }

  /// The entry in the history of a record, on a terminal.
  package func historyLine(_ words: Words, _ names: ItemSheet.Names = .init()) -> String {
    let told = EntryWords(words, names)
    let source = told.source(self)
    let changes = told.changes(self)
    let act = words(EntryWords.act(amendment.act, in: amendment.register))
    return "  \(number)  \(words.shortTime(at))  \(by)  \(act)"
      + (source.isEmpty ? "" : words("（\(source)）", " (\(source))")) + (changes.isEmpty ? "" : "  \(changes)")
  }
}

extension Listing<Entry>.Field {
  /// The moment of an entry: in UTC for programs, in Japanese time for people.
  fileprivate static var time: Self {
    .init(
      "at", Bilingual("日時（日本時間）", "At (Japanese time)"), value: { entry, _ in .text(entry.at) },
      cell: { entry, _ in .moment(entry.at) })
  }

  fileprivate static var act: Self {
    .word(
      "act", "行為", "Act", code: { $0.amendment.act },
      name: { EntryWords.act($0.amendment.act, in: $0.amendment.register) })
  }

  fileprivate static var source: Self {
    .init("source", Bilingual("出所", "Source"), value: { entry, _ in .text(entry.amendment.source) }) { entry, words in
      .text(EntryWords(words).source(entry))
    }
  }
}
