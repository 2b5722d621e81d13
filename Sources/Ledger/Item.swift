import Definitions
import Evidence
import Foundation

/// 確認事項: something that must be settled before the decision, tied to the checks that prove it or to a person.
package struct Item: Sendable, Codable, Hashable {
  package let id: String
  package let subsystem: String
  /// C01 … C10.
  package let category: String
  package let severity: Severity
  /// The section (担当課) that answers for it.
  package let owner: String
  /// The gates that ask for it: `provisional`, `production` or `both`.
  package let gate: String
  package let title: Bilingual
  /// The checks whose passing proves it; empty where only a person can judge.
  package let evidence: [String]
  /// The role that confirms it where no program can.
  package let confirmedBy: String

  private static let columns = [
    "id", "subsystem", "category", "severity", "owner", "gate", "title_ja", "title_en", "evidence", "confirmed_by",
  ]

  /// Reads a list of items (CSV).
  ///
  /// - Parameter checks: the ids of all checks; evidence must be among them.
  /// - Throws: ``Diagnostics`` with every row that is wrong.
  package static func read(_ path: String, name: String, checks: Set<String>) throws(Diagnostics) -> [Item] {
    let problems = Problems()
    let table = DelimitedText.read(path, name: name, required: columns, problems)
    var seen: Set<String> = []
    var items: [Item] = []
    for row in table?.rows ?? [] {
      let place = Place(file: name, line: row.line)
      func wrong(_ found: String, _ expected: String) {
        problems.add(Diagnostic(.definitionValue, at: place, found, expected))
      }
      if !seen.insert(row["id"]).inserted { wrong(row["id"], "each id once") }
      guard let severity = Severity(rawValue: row["severity"]) else {
        wrong(row["severity"], "S1, S2, S3")
        continue
      }
      if !["provisional", "production", "both"].contains(row["gate"]) {
        wrong(row["gate"], "provisional, production, both")
      }
      let evidence = row["evidence"].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      for id in evidence where !checks.contains(id) { wrong(id, "the id of a check") }
      if evidence.isEmpty, row["confirmed_by"].isEmpty { wrong("–", "evidence or confirmed_by") }
      items.append(
        Item(
          id: row["id"], subsystem: row["subsystem"], category: row["category"], severity: severity,
          owner: row["owner"], gate: row["gate"], title: Bilingual(row["title_ja"], row["title_en"]),
          evidence: evidence, confirmedBy: row["confirmed_by"]))
    }
    try problems.check()
    return items
  }

  package func belongs(to gate: String) -> Bool { self.gate == "both" || self.gate == gate }
}

/// Where an item stands, and why.
package struct ItemStatus: Sendable, Codable, Hashable {
  package enum State: String, Sendable, Codable, CaseIterable {
    /// 確認済: its checks passed, or a person confirmed it on the evidence at hand.
    case confirmed
    /// 差戻: a check of its evidence failed.
    case failed
    /// 未確認: a check was not run or is inconclusive, or nobody has confirmed it.
    case open
    /// 証跡変更: a person confirmed it, and the evidence has changed since.
    case stale

    package var title: Bilingual {
      switch self {
      case .confirmed: Bilingual("確認済", "confirmed")
      case .failed: Bilingual("差戻", "sent back")
      case .open: Bilingual("未確認", "open")
      case .stale: Bilingual("証跡変更", "evidence changed")
      }
    }
  }

  package let item: Item
  package let state: State
  package let why: Bilingual

  /// The states of all items on the evidence of a run.
  package static func all(
    _ items: [Item], evidence: RunEvidence?, confirmations: [Confirmation]
  ) -> [ItemStatus] {
    let checks = Dictionary((evidence?.checks ?? []).map { ($0.id, $0) }) { first, _ in first }
    let latest = Dictionary(confirmations.map { ($0.item, $0) }) { _, last in last }
    return items.map { item in
      item.evidence.isEmpty
        ? byPerson(item, latest[item.id], evidence) : byChecks(item, item.evidence.map { ($0, checks[$0]) })
    }
  }

  private static func byChecks(_ item: Item, _ checks: [(id: String, result: CheckResult?)]) -> ItemStatus {
    let failed = checks.filter { $0.result?.status == .failed }.map(\.id)
    let missing = checks.filter { $0.result == nil || $0.result?.status == .notRun }.map(\.id)
    if !failed.isEmpty {
      let list = failed.joined(separator: ", ")
      return ItemStatus(item: item, state: .failed, why: Bilingual("検査不合格: \(list)", "failed: \(list)"))
    }
    if !missing.isEmpty {
      let list = missing.joined(separator: ", ")
      return ItemStatus(
        item: item, state: .open, why: Bilingual("未実施または判定不能: \(list)", "not run or inconclusive: \(list)"))
    }
    let list = checks.map(\.id).joined(separator: ", ")
    return ItemStatus(item: item, state: .confirmed, why: Bilingual("検査合格: \(list)", "passed: \(list)"))
  }

  private static func byPerson(_ item: Item, _ confirmation: Confirmation?, _ evidence: RunEvidence?) -> ItemStatus {
    guard let confirmation else {
      return ItemStatus(
        item: item, state: .open, why: Bilingual("\(item.confirmedBy)の確認待ち", "waits for \(item.confirmedBy)"))
    }
    if confirmation.evidence != evidence?.evidence {
      return ItemStatus(
        item: item, state: .stale,
        why: Bilingual("\(confirmation.by)の確認後に証跡が変わった", "the evidence changed after \(confirmation.by) confirmed"))
    }
    return ItemStatus(
      item: item, state: .confirmed,
      why: Bilingual(
        "\(confirmation.by)が確認 (\(confirmation.at))", "confirmed by \(confirmation.by) (\(confirmation.at))"))
  }
}
