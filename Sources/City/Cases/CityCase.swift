import Base

/// A lawful case named in the domain pages, and the rule that it tests.
///
/// A rule is only as good as its test data: a city without the case proves nothing about the rule.
package struct CityCase: Sendable {
  package let id: String
  /// The check that the case tests.
  package let rule: String
  /// The source that names the case: page and section, or article.
  package let page: String
  package let title: Bilingual

  fileprivate init(_ kind: Kind, _ rule: String, _ page: String, _ ja: String, _ en: String) {
    id = "\(kind)"
    self.rule = rule
    self.page = page
    title = Bilingual(ja, en)
  }

  /// The names of the cases for the writers of the files.
  enum Kind: Int, CaseIterable {
    case landOutside, belowLimit, atLimit, buildingExtended, newHouse, shared
    case extendedDeadline, extendedDeadlineAlone, deadlineAtNewYear, publicInterest, shortBusinessYear, negativeClaim
    case enteredInYear, laterInstalments, leftInYear, turns40, turns65, turns75, turned75, proxyHead, jobLost,
      overCeiling
    case healthAssessedLate, assessedLate, incomeAssessedLate, twoWays, firstPensionYear, provisional, raised, cut
    case dueAfterMay, paidLateAfterMay, remindedAtNewYear, executionStopped, writtenOff, moved, reportCancelled
    case interestPaid, aliasDue
  }

  /// Every case, one line each.
  package static let all: [CityCase] = [
    .init(
      .landOutside, "KT-C09-05b", "legacy-records.md §3.5; decisions.md C8", "市街化区域外の土地", "land outside the urban area"),
    .init(.belowLimit, "KT-C09-05i", "domain.md §3.5; legacy-records.md §5 D27", "免税点未満", "below the exemption limit"),
    .init(.atLimit, "KT-C09-05i", "legacy-records.md §5 D27", "免税点ちょうど（30万円）", "exactly at the exemption limit"),
    .init(.buildingExtended, "KT-C09-05g", "legacy-records.md §3.5 (3)", "増築分の家屋", "an extension of a building"),
    .init(.newHouse, "KT-C09-05e", "legacy-records.md §3.5", "新築住宅の減額", "a new house with reduced tax"),
    .init(.shared, "KT-C02-06", "legacy-records.md §3.5 (2)", "共有", "co-ownership"),
    .init(
      .extendedDeadline, "HJ-C06-06c", "地方税法327条; decisions.md C7", "申告期限の延長（納期限も延長）",
      "an extended deadline, the due date too"),
    .init(
      .extendedDeadlineAlone, "HJ-C06-06c", "decisions.md C7", "申告期限だけの延長", "an extended deadline, the due date not"),
    .init(
      .deadlineAtNewYear, "HJ-C06-06a", "地方税法20条の5; decisions.md C11", "年末年始の閉庁日を避けた期限",
      "a deadline moved off New Year's closing days"),
    .init(
      .publicInterest, "HJ-C09-07a", "地方税法312条1項の表1号; decisions.md C3", "従業者50人超の公益法人",
      "a public-interest corporation with more than 50 people"),
    .init(
      .shortBusinessYear, "HJ-C09-07d", "domain.md §3.4; decisions.md C1", "12か月に満たない事業年度",
      "a business year of less than twelve months"),
    .init(
      .negativeClaim, "HJ-C09-01b", "domain.md §3.4; legacy-records.md §3.4 (2)", "中間納付が確定を超える負の調定",
      "a negative claim: more was paid before"),
    .init(.enteredInYear, "KK-C09-09n", "decisions.md C5", "年度途中の国保取得", "entered health insurance within the year"),
    .init(
      .laterInstalments, "KK-C06-08", "legacy-records.md §3.7; decisions.md C9", "第2期以降から始まる期別",
      "instalments that begin with a later one"),
    .init(
      .leftInYear, "KK-C09-09j", "decisions.md C4, C10", "年度途中の転出・死亡（世帯に誰も残らない）",
      "moved out or died within the year, nobody left"),
    .init(.turns40, "KK-C09-09h", "domain.md §3.7", "年度途中の40歳到達", "turns 40 within the year"),
    .init(.turns65, "KK-C09-09h", "domain.md §3.7; decisions.md C5", "年度途中の65歳到達", "turns 65 within the year"),
    .init(.turns75, "KK-C09-09o", "decisions.md C5", "基準日の後の75歳到達", "turns 75 after the as-of date"),
    .init(.turned75, "KK-C09-09n", "decisions.md C5", "年度途中の75歳到達（喪失済）", "turned 75 within the year"),
    .init(.proxyHead, "KK-C09-09j", "legacy-records.md §3.7 (1)", "擬制世帯主", "a head of household who is not insured"),
    .init(.jobLost, "KK-C09-09m", "domain.md §3.7", "非自発的失業", "a job lost through no fault"),
    .init(.overCeiling, "KK-C09-09d", "domain.md §3.7; legacy-records.md §5 D31", "賦課限度額の超過", "above the ceiling"),
    .init(.healthAssessedLate, "KK-C06-05", "domain.md §2", "国保税の過年度賦課", "health insurance tax of an earlier year"),
    .init(
      .assessedLate, "KJ-C06-05a", "domain.md §2; legacy-records.md §3.2", "市・都民税の過年度賦課",
      "resident tax of an earlier year"),
    .init(
      .incomeAssessedLate, "NN-C07-09c", "domain.md §2; decisions.md C12", "過年度賦課された年度の判定所得",
      "a judged income of a year assessed late"),
    .init(.twoWays, "KJ-C09-01a", "legacy-records.md §3.2 (3)", "併徴（普通徴収と給与特徴）", "collected in two ways"),
    .init(
      .firstPensionYear, "KJ-C09-11e", "domain.md §3.2", "年金特別徴収の初年度", "the first year of withholding from a pension"),
    .init(
      .provisional, "KJ-C09-11a", "domain.md §3.2; legacy-records.md §5 D33", "翌年度の仮徴収",
      "next year's provisional withholding"),
    .init(.raised, "KJ-C08-04", "decisions.md B15", "増額更正（随時）", "raised: an extra instalment"),
    .init(.cut, "KJ-C08-04", "decisions.md B15", "減額更正", "cut: the year split again"),
    .init(.dueAfterMay, "SN-C06-06h", "decisions.md A12", "5月31日より後が納期限の調定", "a claim due after 31 May"),
    .init(
      .paidLateAfterMay, "SN-C09-06", "decisions.md C6", "5月31日より後が納期限の調定の納付遅れ", "a claim due after 31 May, paid late"),
    .init(
      .remindedAtNewYear, "SN-C06-12", "地方税法20条の5; decisions.md C11", "年末年始の閉庁日を避けた督促",
      "a reminder moved off New Year's closing days"),
    .init(.executionStopped, "SN-C09-10", "domain.md §3.6; legacy-records.md §5 D32", "執行停止", "execution stopped"),
    .init(.writtenOff, "SN-C09-07a", "domain.md §3.6", "不納欠損", "written off"),
    .init(.moved, "SN-C07-03e", "domain.md §3.6; decisions.md B6", "充当", "an overpayment moved to another claim"),
    .init(.reportCancelled, "SN-C07-03d", "legacy-records.md §3.6 (2)", "速報取消", "a preliminary receipt cancelled"),
    .init(.interestPaid, "SN-C09-10b", "domain.md §3.6", "延滞金", "interest for late payment"),
    .init(
      .aliasDue, "SN-C06-06a", "domain.md §2; legacy-records.md §5 D12", "平成31年5月以後と書かれた納期限",
      "a due date written in the era before"),
  ]
}

/// The cases of which a record is an example.
struct CityCases {
  fileprivate var bits: UInt64 = 0

  mutating func insert(_ kind: CityCase.Kind) { bits |= 1 << UInt64(kind.rawValue) }
  func contains(_ kind: CityCase.Kind) -> Bool { bits & 1 << UInt64(kind.rawValue) != 0 }
}

/// The number of records that are examples of each case.
struct CityCaseCounts {
  private var counts = [Int](repeating: 0, count: CityCase.Kind.allCases.count)

  mutating func count(_ cases: CityCases) {
    var rest = cases.bits
    while rest != 0 {
      counts[rest.trailingZeroBitCount] += 1
      rest &= rest - 1
    }
  }

  /// By id; cases that do not occur are left out.
  var named: [String: Int] {
    var named: [String: Int] = [:]
    for kind in CityCase.Kind.allCases where counts[kind.rawValue] > 0 { named["\(kind)"] = counts[kind.rawValue] }
    return named
  }
}
