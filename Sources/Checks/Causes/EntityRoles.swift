import Base
import Definitions
import Evidence

/// What the parts of keys name, and which sums are money, as the project says (`entities`): by it differences of
/// several checks are known to concern the same thing.
///
/// ```yaml
/// entities:
///   person: [宛名番号, 世帯主]            # two faults of one person stay two
///   thing: [通知書番号, 管理番号]          # a claim, a vehicle, a parcel
///   text: [キー]                          # several parts as one text
///   year: [年度, 賦課年度]                # one year under two names
///   yen: [税額, 年税額]
/// ```
package struct EntityRoles: Sendable {
  package private(set) var persons: Set<String> = []
  package private(set) var things: Set<String> = []
  /// Parts that are one text of several: they name whatever they hold.
  package private(set) var texts: Set<String> = []
  /// Parts that are the same year under several names.
  package private(set) var years: Set<String> = []
  package private(set) var yen: Set<String> = []

  package init() {}

  /// - Parameter checks: each name must be one of their keys or sums.
  package init(_ node: DefinitionNode?, _ checks: [Check]) {
    guard let map = node?.map(["person", "thing", "text", "year", "yen"]) else { return }
    let keys = Set(checks.flatMap(\.body.keyNames))
    persons = Self.read(map["person"], keys)
    things = Self.read(map["thing"], keys)
    texts = Self.read(map["text"], keys)
    years = Self.read(map["year"], keys)
    yen = Self.read(map["yen"], Set(checks.flatMap(\.body.measureNames)))
    for name in map["thing"]?.list ?? [] where name.text.map(persons.contains) == true {
      name.wrong(name.text ?? "", "a name that `person` does not have")
    }
  }

  /// Whether a part of a key names something.
  func names(_ part: String) -> Bool { persons.contains(part) || things.contains(part) || texts.contains(part) }

  /// The persons that a key names, under whatever name. A text may be one, too.
  func persons(in key: [String: String]) -> Set<String> {
    Set(key.filter { persons.contains($0.key) || texts.contains($0.key) }.values)
  }

  /// Whether a value names anything: zeros and blanks stand where there is none.
  static func tells(_ value: String) -> Bool { value.utf8.contains { $0 != 0x30 && $0 != 0x20 && $0 != 0x2D } }

  private static func read(_ node: DefinitionNode?, _ known: Set<String>) -> Set<String> {
    var names: Set<String> = []
    for entry in node?.list ?? [] {
      guard let name = entry.text else { continue }
      if !known.contains(name) { entry.wrong(name, NameTable.nearest(name, among: known.sorted())) }
      names.insert(name)
    }
    return names
  }
}
