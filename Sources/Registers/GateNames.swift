import Base

/// The gates (判定) that a project defines, as named in lists and registers: each by its name, and all of them by ``all``.
package struct GateNames: Sendable {
  /// The value of an item that every gate requires.
  package static let all = "both"

  private let gates: [(name: String, title: Bilingual)]

  package init(_ gates: [(name: String, title: Bilingual)]) { self.gates = gates }

  /// The allowed values: the names, and ``all``.
  package var choices: [String] { gates.map(\.name) + [Self.all] }

  package func has(_ name: String) -> Bool { choices.contains(name) }

  /// The title of a gate; an unknown name stays unchanged.
  package func title(of name: String) -> Bilingual {
    if name == Self.all { return gates.count == 2 ? Bilingual("両方", "both") : Bilingual("すべて", "all") }
    return gates.first { $0.name == name }?.title ?? Bilingual(name, name)
  }

  /// The name of a gate that people wrote as a name, or as a title in either language.
  func name(of text: String) -> String? {
    choices.first { $0 == text || title(of: $0).ja == text || title(of: $0).en == text }
  }
}
