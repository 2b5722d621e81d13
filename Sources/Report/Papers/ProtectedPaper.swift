import Base
import Tables
import Evidence
import Registers

/// 支援措置確認簿: the matters of persons under protection that people must verify, to be signed. It has no address, no answer
/// and no person's key.
package enum ProtectedPaper: PaperKind {
  package static let name = "protected"
  package static let title = Bilingual("支援措置確認簿", "Check list of protected persons")
  package static let readers = Bilingual("市民課長・各課長のみ", "heads of the sections only")
  package static let needs: PaperNeeds = [.evidence]
  package static let isRestricted = true

  package static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let items = input.dossier.items.filter { $0.item.title.ja.contains(CheckResult.protection) }
    let checks = (input.evidence?.checks ?? []).filter(\.concernsProtected)
    let seen = items.filter(\.isSeenByPerson).count
    func count(_ statuses: CheckStatus...) -> Cell {
      input.evidence == nil ? words.notMeasured : .number(checks.filter { statuses.contains($0.status) }.count)
    }
    return [
      Paper.Section(
        words("１　概況", "1  In short"),
        [
          .figures([
            .init("items", words("確認事項", "Items"), .number(items.count)),
            .init("settled", words("確認済・完了", "Settled"), .number(items.filter(\.isDone).count)),
            .init("seen", words("いまの証跡で人が確認", "Seen by a person on this evidence"), .number(seen)),
            .init("checks_passed", words("検査 合格", "Checks passed"), count(.passed, .warned)),
            .init("checks_failed", words("検査 不合格", "Checks failed"), count(.failed)),
            .init("checks_undecided", words("検査 判定不能", "Checks undecided"), count(.notRun)),
          ]),
          .paragraph(
            words(
              "この確認簿には対象者の氏名・宛名番号・住所を載せない。対象者ごとの確認は市民課の台帳で行い、ここには確認した事実だけを記す。",
              "Names, numbers and addresses do not stand here. The persons are gone through with the register of the citizens’ section; here only stands that it was done."
            )),
        ]),
      Paper.Section(
        words("２　確認事項", "2  Items"),
        [
          .table(table(items, words)),
          .seals(words.language == .japanese ? ["市民課長", "担当課長", "確認者"] : ["Citizens", "Section", "Checker"]),
        ]),
      Paper.Section(
        words("３　検査の結果", "3  Checks"),
        [input.evidence == nil ? .paragraph(words.noRun, .unknown) : .table(checkTable(checks, input, words))]),
    ]
  }

  private static func table(_ items: [ItemStanding], _ words: Words) -> Table {
    Table(
      "items", words("支援措置に係る確認事項", "Items on protection"),
      [
        .init("id", "No.", .id), .init("owner", words("担当課", "Section"), width: 20),
        .init("title", words("確認事項", "Item"), head: true),
        .init("state", words("状態", "State"), .mark), .init("seen", words("人の確認", "Seen"), .mark),
        .init("confirmer", words("確認者", "Confirmed by"), width: 22),
        .init("confirmed", words("確認日", "On"), .date, width: 17),
        .init("count", words("確認人数", "Persons"), .blank, width: 15),
        .init("seal", words("印", "Seal"), .blank, width: 13),
      ],
      items.map { standing in
        let item = standing.item
        let seen: Cell =
          standing.isSeenByPerson
          ? .mark(words("済", "yes"), .good)
          : standing.isStale ? .mark(words("要再確認", "again"), .warn) : .mark(words("未", "no"), .unknown)
        return .init([
          .text(item.id), .text(item.owner), .text(words(item.title)), words.mark(standing), seen,
          item.confirmedBy.isEmpty ? .empty : .text(item.confirmedBy),
          .date(ifGiven: PaperInput.day(of: item.confirmedAt)),
          .empty, .empty,
        ])
      }, none: words("支援措置に係る確認事項が登録されていない。", "No items on protection are registered."), judges: "state")
  }

  private static func checkTable(_ checks: [CheckResult], _ input: PaperInput, _ words: Words) -> Table {
    CheckResult.listing(input.title(ofSubsystem:)).table(
      checks, words, ["id", "status", "subsystem", .init("title", head: true), "rows", "differences"],
      title: words("支援措置に係る検査", "Checks on protection"),
      none: words("支援措置の検査がない。", "There are no checks on protection."), judges: "status")
  }
}
