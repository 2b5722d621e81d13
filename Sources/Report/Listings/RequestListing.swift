import Base
import Registers
import Tables

extension ExtractRequest {
  /// 電算処理依頼: the extract requests and what becomes of them, with the state of their test items.
  package static func listing(_ items: [ItemStanding]) -> Listing<ExtractRequest> {
    let standings = Dictionary(items.map { ($0.item.id, $0) }) { first, _ in first }
    return Listing(
      "requests", Bilingual("電算処理依頼", "Extract requests"),
      [
        .text("id", "No.", "No.", .id) { $0.id },
        .text("owner", "担当課", "Section") { $0.owner },
        .bilingual("title", "処理", "Extract") { $0.title },
        .word("frequency", "頻度", "How often", .id, code: { $0.frequency.rawValue }, name: { $0.frequency.title }),
        .word(
          "disposition", "扱い", "Disposition", code: { $0.disposition.rawValue }, name: { $0.disposition.title },
          tone: { $0.isSettled ? .good : $0.disposition == .undecided ? .unknown : .warn }),
        .text("destination", "移管・代替先", "New home") { $0.destination },
        .shown(
          "due", "期限", "Due", .date, value: { .text($0.due) }, cell: { request, _ in .date(ifGiven: request.due) }),
        .cell("合意日", "Agreed", .date, key: "agreed") { request, _ in
          .date(ifGiven: PaperInput.day(of: request.approvedAt))
        },
        .data("settled") { .boolean($0.isSettled) },
        .text("approver", "合意", "Agreed by", none: "–") { $0.approver },
        .init(
          "items", Bilingual("テスト項目", "Test items"),
          value: { request, _ in
            .list(
              request.items.map {
                .object(["id": .text($0), "state": .text(standings[$0]?.state.rawValue ?? "")])
              })
          },
          cell: { request, words in
            // A test that nobody has carried out is not called raised.
            let items = request.items.map { id in
              let standing = standings[id]
              let word = standing?.state == .raised ? words("未実施", "not done") : standing.map { words($0.title) } ?? "?"
              return "\(id) \(word)"
            }
            return .text(items.isEmpty ? "–" : items.joined(separator: ", "))
          }),
        .data("note") { .text($0.note) },
      ])
  }
}
