import Base
import Evidence
import Foundation

/// A filter of items (確認事項): it admits those that meet all its conditions.
package struct ItemFilter: Sendable, Hashable {
  package var state: Item.State?
  package var kind: Item.Kind?
  package var subsystem: String?
  package var category: String?
  package var job: String?
  /// 担当課.
  package var owner: String?
  package var severity: Severity?
  /// A gate's name.
  package var gate: String?
  /// A text in the number, the wording or the answer.
  package var search: String?
  /// 証跡変更.
  package var isStale = false
  /// Not settled (neither 確認済 nor 完了).
  package var isOpen = false
  /// Not settled, and its deadline has passed.
  package var isOverdue = false

  package init() {}

  /// - Parameter today: `YYYY-MM-DD`.
  package func admits(_ standing: ItemStanding, _ today: String) -> Bool {
    let item = standing.item
    if let state, standing.state != state { return false }
    if let kind, item.kind != kind { return false }
    if let subsystem, item.subsystem != subsystem { return false }
    if let category, item.category != category { return false }
    if let job, item.job != job { return false }
    if let owner, item.owner != owner { return false }
    if let severity, item.severity != severity { return false }
    if let gate, !item.belongs(to: gate) { return false }
    if let search, ![item.id, item.title.ja, item.title.en, item.answer].contains(where: { $0.contains(search) }) {
      return false
    }
    if isStale, !standing.isStale { return false }
    if isOpen, standing.isDone { return false }
    return !isOverdue || standing.isOverdue(on: today)
  }
}
