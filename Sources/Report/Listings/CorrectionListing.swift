import Base
import Ledger
import Tables

extension Correction {
  /// 訂正: the corrections of the ledger, for programs. People read them as sentences.
  package static let listing = Listing<Correction>(
    "corrections", Bilingual("訂正", "Corrections"),
    [
      .data("id") { .text($0.id) },
      .data("kind") { .text($0.kind.rawValue) },
      .data("by") { .text($0.by) },
      .data("at") { .text($0.at) },
      .data("reason") { .text($0.reason) },
      // Of a withdrawal: the withdrawn entry, with its register, record and act. Of the clock: the previous entry.
      .data("entry") { $0.kind == .rebuild ? nil : .integer($0.entry) },
      .data("register") { $0.kind == .withdraw ? .text($0.ofRegister) : nil },
      .data("record") { $0.kind == .withdraw ? .text($0.record) : nil },
      .data("act") { $0.kind == .withdraw ? .text($0.act) : nil },
    ])
}
