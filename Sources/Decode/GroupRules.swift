import Base
import Copybook
import Expressions
import Records

/// The rules that select a record's redefinitions: groups with a condition over the items that every record has.
///
/// In a set of redefinitions of which some have a rule, a group without one is chosen when no rule of the set holds.
package struct GroupRules: Sendable {
  /// A rule as the user writes it: `CORPORATION` when `KIND = "30"`.
  package struct Text: Sendable {
    package let group: String
    package let condition: String
    package let place: Place

    package init(group: String, condition: String, place: Place) {
      self.group = group
      self.condition = condition
      self.place = place
    }
  }

  private struct Rule: Sendable {
    let group: DataItem
    /// `nil` for the remaining group.
    let text: Text?
    /// The other rules of its set.
    var others: [Int] = []
    var compiled: Compiled?
  }

  private var rules: [Rule] = []
  private let names: NameTable
  private(set) var program: Program

  var isEmpty: Bool { rules.isEmpty }

  /// - Throws: `copybook.group` when a rule does not name a redefined group, `name.ambiguous` when several have its
  ///   name.
  init(_ layout: Layout, _ texts: [Text], _ names: NameTable) throws(Diagnostic) {
    self.names = names
    program = ProgramBuilder(scope: Scope(title: "", entries: [:])).program
    let sets = layout.alternatives
    var ruled: [Int: Text] = [:]
    for text in texts {
      guard let group = try names.find(text.group, at: text.place),
        sets.joined().contains(where: { $0.identity == group })
      else {
        let near = NameTable.nearest(text.group, among: sets.joined().map(\.title))
        throw Diagnostic(.copybookGroup, at: text.place, text.group, near)
      }
      guard ruled.updateValue(text, forKey: group) == nil else {
        throw Diagnostic(.optionValue, at: text.place, text.group, "one condition for each group")
      }
    }
    for set in sets where set.contains(where: { ruled[$0.identity] != nil }) {
      let first = rules.count
      for item in set { rules.append(Rule(group: item, text: ruled[item.identity])) }
      for index in first..<rules.count { rules[index].others = (first..<rules.count).filter { $0 != index } }
    }
  }

  /// The rules of the groups that contain an item.
  func groups(around item: DataItem) -> [Int] {
    func contains(_ group: DataItem) -> Bool {
      group.identity == item.identity || group.children.contains(where: contains)
    }
    return rules.indices.filter { contains(rules[$0].group) }
  }

  /// Whether conditions may read an item of a ruled group: one outside tables in a level 01 entry, which redefines others
  /// from the first byte on.
  func isGuide(_ field: FieldPlan) -> Bool {
    !field.groups.isEmpty && field.groups.allSatisfy { rules[$0].group.isRecord } && field.table == nil
      && field.lengthField == nil && field.guards.allSatisfy(\.isEmpty)
  }

  /// Whether a condition reads a column.
  func reads(_ column: Int) -> Bool {
    rules.contains { rule in rule.compiled.map { program.inputs(of: $0).contains(column) } ?? false }
  }

  /// The rule of a group; `nil` when no rule decides about it.
  package func rule(of group: DataItem) -> Int? { rules.firstIndex { $0.group.identity == group.identity } }

  /// The rule of the group of that name.
  ///
  /// - Throws: `copybook.group` when no rule chooses such a group, `name.ambiguous` when several have the name.
  func rule(named name: String) throws(Diagnostic) -> Int {
    let identity = try names.find(name)
    guard let rule = rules.firstIndex(where: { $0.group.identity == identity && $0.text != nil }) else {
      throw Diagnostic(.copybookGroup, name, NameTable.nearest(name, among: rules.map(\.group.title)))
    }
    return rule
  }

  /// The name of a rule's group, as the copybook has it.
  func name(of rule: Int) -> String { rules[rule].group.name }

  /// Compiles the conditions against the items outside all ruled groups, and those of which ``isGuide(_:)`` is true.
  mutating func compile(_ scope: Scope) throws(Diagnostic) {
    var builder = ProgramBuilder(scope: scope)
    for index in rules.indices {
      guard let text = rules[index].text else { continue }
      rules[index].compiled = try builder.compile(text.condition, at: text.place, type: .flag)
    }
    program = builder.program
  }

  /// For each rule and row, whether the record has the group. A condition without a value chooses nothing.
  func choose(_ machine: Machine, _ columns: [Column], rows: Int) -> [Bool] {
    machine.start(columns, rows: rows)
    var chosen = Array(repeating: false, count: rules.count * rows)
    for (index, rule) in rules.enumerated() {
      guard let compiled = rule.compiled else { continue }
      let flags = machine.value(compiled)
      for row in 0..<rows { chosen[index * rows + row] = !flags.isAbsent(row) && flags.integers[row] != 0 }
    }
    for (index, rule) in rules.enumerated() where rule.compiled == nil {
      for row in 0..<rows {
        chosen[index * rows + row] = !rule.others.contains { rules[$0].compiled != nil && chosen[$0 * rows + row] }
      }
    }
    return chosen
  }
}
