import Base
import Records

/// The source of rows: the records of one kind of a legacy file, or a table of the target.
package enum Source: Hashable, Sendable {
  case records(file: String, kind: String)
  case table(String)
}

/// The programs under construction, one per source: mapping and checks compile into the same one, so that a shared step
/// runs once.
package final class SourceBuilders {
  package private(set) var builders: [Source: ProgramBuilder]

  /// - Parameter builders: what was compiled elsewhere, and stays there as it is.
  package init(_ builders: [Source: ProgramBuilder] = [:]) { self.builders = builders }

  /// A source that is added twice keeps its first scope: expressions compiled against it stay valid.
  package func add(_ source: Source, _ scope: Scope) {
    if builders[source] == nil { builders[source] = ProgramBuilder(scope: scope) }
  }

  package var tables: [String] {
    builders.keys.compactMap { if case .table(let name) = $0 { name } else { nil } }.sorted()
  }

  /// The kinds of a file, sorted.
  package func kinds(of file: String) -> [String] {
    builders.keys.compactMap { if case .records(file, let kind) = $0 { kind } else { nil } }.sorted()
  }

  package var files: [String] {
    Set(builders.keys.compactMap { if case .records(let file, _) = $0 { file } else { nil } }).sorted()
  }

  package func has(_ source: Source) -> Bool { builders[source] != nil }

  package func scope(_ source: Source) -> Scope? { builders[source]?.scope }

  /// - Throws: the errors of ``ProgramBuilder/compile(_:at:each:type:)``.
  package func compile(
    _ source: Source, _ text: String, at place: Place, each: String? = nil, type: ValueType? = nil,
    isValue: Bool = false
  ) throws(Diagnostic) -> Compiled {
    guard var builder = builders.removeValue(forKey: source) else {
      throw Diagnostic(.expressionName, at: place, "\(source)", "sources", "–")
    }
    defer { builders[source] = builder }
    return try builder.compile(text, at: place, each: each, type: type, isValue: isValue)
  }

  /// - Throws: the errors of ``ProgramBuilder/compile(condition:at:each:)``.
  package func compile(
    _ source: Source, condition text: String?, at place: Place, each: String? = nil
  ) throws(Diagnostic) -> Compiled? {
    guard var builder = builders.removeValue(forKey: source) else {
      throw Diagnostic(.expressionName, at: place, "\(source)", "sources", "–")
    }
    defer { builders[source] = builder }
    return try builder.compile(condition: text, at: place, each: each)
  }

  /// The diagnostic for a name that is missing in one source but present in others, with these sources added; any other
  /// diagnostic unchanged.
  package func located(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == .expressionName, let name = diagnostic.facts.first else { return diagnostic }
    let holders = builders.values.filter { (try? $0.scope.find(name, at: Place())) != nil }
    guard !holders.isEmpty else { return diagnostic }
    let titles = holders.map(\.scope.title).sorted()
    let list = titles.prefix(5).joined(separator: ", ") + (titles.count > 5 ? " …" : "")
    return Diagnostic(.expressionElsewhere, at: diagnostic.place, name, diagnostic.facts[1], list)
  }

  package func usedNames(_ source: Source) -> Set<String> { builders[source]?.usedNames ?? [] }

  package func programs() -> [Source: Program] { builders.mapValues(\.program) }
}
