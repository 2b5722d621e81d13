import Charset
import Copybook
import Decode
import Definitions
import Evidence
import Expressions
import Records

/// What checks are compiled against: the sources with their names, and how the bytes of legacy records are laid out.
package struct CheckSources {
  private let builders: SourceBuilders
  /// Record kinds by source; none where only values are looked at.
  let records: [Source: RecordForm]

  package init(_ builders: SourceBuilders, records: [Source: RecordForm] = [:]) {
    self.builders = builders
    self.records = records
  }

  var tables: [String] { builders.tables }
  var files: [String] { builders.files }
  func kinds(of file: String) -> [String] { builders.kinds(of: file) }
  func has(_ source: Source) -> Bool { builders.has(source) }
  func scope(_ source: Source) -> Scope? { builders.scope(source) }

  /// The table of the target that a node names; `nil` after a diagnostic.
  func table(_ node: DefinitionNode?) -> Source? {
    guard let node, let name = node.text else { return nil }
    if has(.table(name)) { return .table(name) }
    node.wrong(name, "a table: \(ProgramBuilder.nearest(name, among: tables))")
    return nil
  }

  /// The table (OCCURS) of a source that a node names, and how many occurrences it has; `nil` after a diagnostic.
  func occurrences(_ source: Source, _ node: DefinitionNode) -> (table: String, count: Int)? {
    guard let table = node.text else { return nil }
    if let count = scope(source)?.occurrences(of: table) { return (table, count) }
    node.wrong(table, "a table (OCCURS) of \(scope(source)?.title ?? "")")
    return nil
  }

  /// - Throws: as ``ProgramBuilder/compile(_:at:each:type:)``.
  func compile(
    _ source: Source, _ text: String, at place: Place, each: String? = nil, type: ValueType? = nil
  ) throws(Diagnostic) -> Compiled {
    try builders.compile(source, text, at: place, each: each, type: type)
  }

  /// Compiles the text of a node; `nil` after a diagnostic.
  func compile(
    _ source: Source, _ node: DefinitionNode, each: String? = nil, type: ValueType? = nil
  ) -> Compiled? {
    guard let text = node.text else { return nil }
    return node.problems.collect { () throws(Diagnostic) in
      try compile(source, text, at: node.place, each: each, type: type)
    }
  }
}

/// The bytes of a record kind.
package struct RecordForm: Sendable {
  package let plan: KindPlan
  /// Every elementary item of the kind, FILLER included, in record order.
  package let slots: [Slot]
  package let reading: Interpretation
  /// The item that names the kind.
  package let kindItem: String

  /// The byte that a space is.
  var space: UInt8 { reading.characters.singleSpace }

  /// Whether the item is a date, month or year of an era.
  func isEra(_ field: FieldPlan) -> Bool {
    [.eraDate, .eraMonth, .eraYear].contains(reading.meanings[field.name])
  }

  package init(plan: KindPlan, slots: [Slot], reading: Interpretation, kindItem: String) {
    self.plan = plan
    self.slots = slots
    self.reading = reading
    self.kindItem = kindItem
  }
}
