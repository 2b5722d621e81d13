import Base
import Decode
import Definitions
import Expressions
import Records
import Targets

/// 個人情報の範囲: one rule for an item, its bytes and the columns that are made of it. An item whose value goes to a
/// personal column is personal, whether or not `personal` names it; so is a column that takes the value of a personal
/// item. Conditions that only decide which value it is make nothing personal.
///
/// ``KindPlan`` has the privacy of items and bytes, ``TableSchema`` that of columns; this decides both, and everything
/// else reads it there.
struct MappedPrivacy {
  /// A value of a column, as written.
  private struct Value {
    let table: Int
    let column: Int
    let text: String
    let each: String?
  }

  private let values: [Value]
  private var tables: [TableSchema]

  /// - Parameter rows: the rows of a kind's definition. What is wrong in them is reported by who compiles them.
  init(_ rows: DefinitionNode?, _ tables: [TableSchema]) {
    self.tables = tables
    var values: [Value] = []
    for row in rows?.list ?? [] {
      let parts = Dictionary(row.entries.map { ($0.key, $0.value) }) { first, _ in first }
      guard let name = parts["table"]?.text, let table = tables.firstIndex(where: { $0.name == name }) else { continue }
      for entry in parts["columns"]?.entries ?? [] {
        guard let column = tables[table].columns.firstIndex(where: { $0.name == entry.key }),
          let text = entry.value.text
        else { continue }
        values.append(Value(table: table, column: column, text: text, each: parts["each"]?.text))
      }
    }
    self.values = values
  }

  /// The same rows of tables whose columns have become personal meanwhile.
  func of(_ tables: [TableSchema]) -> MappedPrivacy {
    var other = self
    other.tables = tables
    return other
  }

  /// The items of the plan, by title, that stricter columns take, with the privacy of these.
  func items(of plan: KindPlan, _ lookups: Lookups) -> [String: Privacy] {
    let known = Dictionary(plan.fields.map { ($0.name, $0.privacy) }) { Privacy.stricter($0, $1) }
    var builder = ProgramBuilder(scope: plan.scope(lookups))
    var found: [String: Privacy] = [:]
    for value in values {
      let column = tables[value.table].columns[value.column]
      guard column.privacy != .open else { continue }
      for name in items(of: value, column, plan, &builder) {
        found[name] = Privacy.stricter(found[name] ?? .open, column.privacy)
      }
    }
    return found.filter { name, privacy in
      let own = known[name] ?? .open
      return Privacy.stricter(own, privacy) != own
    }
  }

  /// The columns that take a stricter item of the plan, with its privacy.
  func columns(of plan: KindPlan, _ lookups: Lookups) -> [(table: Int, column: Int, privacy: Privacy)] {
    var builder = ProgramBuilder(scope: plan.scope(lookups))
    let known = Dictionary(plan.fields.map { ($0.name, $0.privacy) }) { Privacy.stricter($0, $1) }
    return values.compactMap { value in
      let column = tables[value.table].columns[value.column]
      let privacy = items(of: value, column, plan, &builder).reduce(Privacy.open) {
        Privacy.stricter($0, known[$1] ?? .open)
      }
      return Privacy.stricter(privacy, column.privacy) == column.privacy ? nil : (value.table, value.column, privacy)
    }
  }

  private func items(
    of value: Value, _ column: TargetColumn, _ plan: KindPlan, _ builder: inout ProgramBuilder
  ) -> Set<String> {
    guard
      let compiled = try? builder.compile(value.text, at: Place(), each: value.each, type: column.type, isValue: true)
    else { return [] }
    return plan.names(builder.program.valueInputs(of: compiled))
  }

  /// A kind of record, what its rows take, and the place of its definition.
  typealias Kind = (mapped: MappedPrivacy, plan: KindPlan, node: DefinitionNode)

  /// The tables, with every column personal that takes a personal item. An item that has become personal by that, after
  /// its kind was compiled, is reported: its column is to be named so in the schema.
  static func widened(_ tables: [TableSchema], by kinds: [Kind], _ lookups: Lookups) -> [TableSchema] {
    var tables = tables
    for kind in kinds {
      for (table, column, privacy) in kind.mapped.of(tables).columns(of: kind.plan, lookups) {
        tables[table] = tables[table].withColumn(column, privacy: privacy)
      }
    }
    for kind in kinds {
      guard let (item, privacy) = kind.mapped.of(tables).items(of: kind.plan, lookups).min(by: { $0.key < $1.key })
      else { continue }
      kind.node.wrong(item, "`\(privacy.rawValue)`: another item of its column is")
    }
    return tables
  }
}
