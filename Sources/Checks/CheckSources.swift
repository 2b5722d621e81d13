import Base
import Charset
import Copybook
import Decode
import Definitions
import Expressions
import Records

/// The sources for compiling checks: their names, and the layout of the bytes of legacy records.
package struct CheckSources {
  private let builders: SourceBuilders
  /// Record kinds by source; empty when only values are used.
  let records: [Source: RecordForm]

  /// The header and trailer kinds.
  private let controls: Set<Source>
  /// The key columns of each table, in their order.
  private let keys: [String: [String]]
  /// The largest number of characters of each text column, by table.
  let lengths: [String: [String: Int]]

  package init(
    _ builders: SourceBuilders, records: [Source: RecordForm] = [:], keys: [String: [String]] = [:],
    lengths: [String: [String: Int]] = [:], controls: Set<Source> = []
  ) {
    self.lengths = lengths
    self.controls = controls
    self.builders = builders
    self.records = records
    self.keys = keys
  }

  /// Whether rows that agree in these columns are adjacent when the table is read in the order of its key: the columns
  /// are then the first of its key. Otherwise a check that compares a row with the previous one would find nothing.
  func standTogether(_ columns: DefinitionNode, in table: Source) -> Bool {
    guard case .table(let name) = table, let key = keys[name] else { return true }
    let wanted = columns.texts
    if Set(wanted) == Set(key.prefix(wanted.count)), Set(wanted).count == wanted.count { return true }
    columns.wrong(
      wanted.joined(separator: ", "), "the first columns of the table's key: \(key.joined(separator: ", "))")
    return false
  }

  /// The key columns of a table, in their order.
  func key(of table: String) -> [String] { keys[table] ?? [] }

  /// Whether a kind is a header or a trailer of its file.
  func isControl(_ source: Source) -> Bool { controls.contains(source) }

  var tables: [String] { builders.tables }
  var files: [String] { builders.files }
  func kinds(of file: String) -> [String] { builders.kinds(of: file) }
  func has(_ source: Source) -> Bool { builders.has(source) }
  func scope(_ source: Source) -> Scope? { builders.scope(source) }

  /// The table of the target that a node names; `nil` after a diagnostic.
  func table(_ node: DefinitionNode?) -> Source? {
    guard let node, let name = node.text else { return nil }
    if has(.table(name)) { return .table(name) }
    node.wrong(name, "a table: \(NameTable.nearest(name, among: tables))")
    return nil
  }

  /// The table (OCCURS) of a source that a node names, and the number of its occurrences; `nil` after a diagnostic.
  func occurrences(_ source: Source, _ node: DefinitionNode) -> (table: String, count: Int)? {
    guard let table = node.text else { return nil }
    let found = node.problems.collect { () throws(Diagnostic) in try scope(source)?.table(table, at: node.place) }
    guard let found else { return nil }
    if let (title, count) = found { return (title, count) }
    node.wrong(table, "a table (OCCURS) of \(scope(source)?.title ?? "")")
    return nil
  }

  /// - Throws: the errors of ``ProgramBuilder/compile(_:at:each:type:)``.
  func compile(
    _ source: Source, _ text: String, at place: Place, each: String? = nil, type: ValueType? = nil,
    isValue: Bool = false
  ) throws(Diagnostic) -> Compiled {
    try builders.compile(source, text, at: place, each: each, type: type, isValue: isValue)
  }

  /// The columns or items that an expression reads, by name. Items of other occurrences than the row's are left out.
  func read(
    by text: String, _ source: Source, at place: Place, each: String? = nil
  ) -> [(name: String, value: Compiled)] {
    SourceBuilders.names(readBy: text).compactMap { name in
      (try? compile(source, name, at: place, each: each)).map { (name, $0) }
    }
  }

  /// Compiles the condition under which a row, or an occurrence of `each`, counts; `nil` after a diagnostic.
  ///
  /// - Parameter parent: the node that contains `node`.
  func condition(
    _ source: Source, _ node: DefinitionNode?, of parent: DefinitionNode, each: String? = nil
  ) -> Compiled?? {
    if let node, node.text == nil { return nil }
    let place = (node ?? parent).place
    return parent.problems.collect { () throws(Diagnostic) in
      try builders.compile(source, condition: node?.text, at: place, each: each)
    }
  }

  /// Compiles the text of a node; `nil` after a diagnostic.
  func compile(
    _ source: Source, _ node: DefinitionNode, each: String? = nil, type: ValueType? = nil, isValue: Bool = false
  ) -> Compiled? {
    guard let text = node.text else { return nil }
    return node.problems.collect { () throws(Diagnostic) in
      try compile(source, text, at: node.place, each: each, type: type, isValue: isValue)
    }
  }
}

/// The bytes of a record kind.
package struct RecordForm: Sendable {
  package let plan: KindPlan
  /// Every elementary item of the kind, FILLER included, in record order.
  package let slots: [Slot]
  package let reading: Interpretation
  /// The item that names the kind; `nil` when the file has one kind.
  package let kindItem: String?

  /// The number of bytes of a record: for a fixed-length file that of the layout, otherwise the maximum of the kind.
  package let length: Int

  /// The byte of a space.
  var space: UInt8 { reading.characters.singleSpace }

  /// The title of the item that a name means; the name itself when no item or several items have it, which is refused
  /// at the lookup of the item.
  func title(_ name: String) -> String {
    (try? plan.names.find(name)).flatMap { $0.flatMap { plan.names.title($0) } } ?? name
  }

  /// Whether the item is a date, month or year of an era.
  func isEra(_ field: FieldPlan) -> Bool {
    if case .date(let form) = reading.meanings[field.name] { form.year == .era } else { false }
  }

  package init(plan: KindPlan, slots: [Slot], reading: Interpretation, kindItem: String?, isFixed: Bool) {
    self.plan = plan
    length = isFixed ? plan.length : plan.ownLength
    self.slots = slots
    self.reading = reading
    self.kindItem = kindItem
  }
}
