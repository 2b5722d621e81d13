import Base
import Definitions
import Expressions

/// `disjoint`: no key of the one side is on the other. Memory as for `references`.
struct DisjointCheck: CheckKind {
  static let name = "disjoint"
  static let purpose = Bilingual("両側に共通するキーがない", "no key is on both sides")
  static let keys = ["expected", "actual"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    ReferencesCheck.body(map, sources, forbids: true)
  }
}
