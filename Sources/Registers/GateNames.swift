import Base

/// The gates (判定) that a project defines, as lists and registers name them: each by its name, and ``all`` for every one of them.
package struct GateNames: Sendable {
  /// What an item says that every gate asks for.
  package static let all = "both"

  private let gates: [(name: String, title: Bilingual)]

  package init(_ gates: [(name: String, title: Bilingual)]) { self.gates = gates }

  /// What may be said: the names, and ``all``.
  package var choices: [String] { gates.map(\.name) + [Self.all] }

  package func has(_ name: String) -> Bool { choices.contains(name) }

  /// What people call it; a name that is none is itself.
  func title(of name: String) -> Bilingual {
    if name == Self.all { return gates.count == 2 ? Bilingual("両方", "both") : Bilingual("すべて", "all") }
    return gates.first { $0.name == name }?.title ?? Bilingual(name, name)
  }

  /// The name behind what people wrote: a name, or a title in either language.
  func name(of text: String) -> String? {
    choices.first { $0 == text || title(of: $0).ja == text || title(of: $0).en == text }
  }
}
