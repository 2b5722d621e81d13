import Copybook

/// What is printed for a record, worked out once from its layout: a list of steps.
struct RecordShape {
  enum Step {
    /// Bytes of ``text``.
    case literal(start: Int, count: Int)
    case value(column: Int, field: Int, occurrence: Int)
    /// Goes on at step `end` when the record has no such occurrence of the field's tables.
    case unlessPresent(field: Int, occurrence: Int, end: Int)
    /// Prints null and goes on at step `end` when the record does not have the rule's group.
    case unlessChosen(rule: Int, end: Int)
  }

  private(set) var steps: [Step] = []
  private(set) var text: [UInt8] = []
  private let plan: KindPlan
  private var fields: [DataItem: Int] = [:]

  private init(_ plan: KindPlan) {
    self.plan = plan
    for (index, field) in plan.fields.enumerated() { fields[field.slot.item] = index }
  }

  private mutating func literal(_ more: String) {
    let start = text.count
    text += Array(more.utf8)
    if case .literal(let first, let count)? = steps.last, first + count == start {
      steps[steps.count - 1] = .literal(start: first, count: text.count - first)
    } else {
      steps.append(.literal(start: start, count: text.count - start))
    }
  }

  // MARK: CSV

  /// A column for each item and occurrence.
  static func csv(_ plan: KindPlan) -> (header: String, shape: RecordShape) {
    var shape = RecordShape(plan)
    var names: [String] = []
    for (index, field) in plan.fields.enumerated() {
      for occurrence in field.offsets.indices {
        if !names.isEmpty { shape.literal(",") }
        names.append(field.name + subscripts(field.slot, occurrence))
        shape.steps.append(.value(column: field.column + occurrence, field: index, occurrence: occurrence))
      }
    }
    shape.literal("\n")
    return (names.joined(separator: ",") + "\n", shape)
  }

  /// `[2]`, or `[2][1]` within two tables.
  private static func subscripts(_ slot: Slot, _ occurrence: Int) -> String {
    var rest = occurrence
    var text = ""
    for dimension in slot.dimensions.reversed() {
      text = "[\(rest % dimension.count + 1)]" + text
      rest /= dimension.count
    }
    return text
  }

  // MARK: NDJSON

  /// Groups as objects, OCCURS as arrays, each REDEFINES under its own name.
  static func ndjson(_ layout: Layout, _ plan: KindPlan) -> RecordShape {
    var shape = RecordShape(plan)
    shape.object(layout.root.children.isEmpty ? [layout.root] : layout.root.children, [])
    shape.literal("\n")
    return shape
  }

  private mutating func object(_ items: [DataItem], _ indices: [Int]) {
    literal("{")
    var first = true
    for item in items where isPrinted(item) {
      literal("\(first ? "" : ",")\"\(item.name)\":")
      first = false
      if item.isTable { array(item, indices) } else { one(item, indices) }
    }
    literal("}")
  }

  private func isPrinted(_ item: DataItem) -> Bool {
    item.isGroup ? item.children.contains(where: isPrinted) : fields[item] != nil
  }

  private mutating func array(_ item: DataItem, _ indices: [Int]) {
    literal("[")
    for occurrence in 0..<item.occurs {
      let inner = indices + [occurrence]
      let guardStep = item.dependingOn == nil ? nil : steps.count
      if guardStep != nil { steps.append(.literal(start: 0, count: 0)) }
      // What follows a step that may jump over it must not be joined to what stands before the step.
      if occurrence > 0 { literal(",") }
      one(item, inner)
      if let guardStep, let field = firstField(item) {
        steps[guardStep] = .unlessPresent(
          field: field, occurrence: flat(plan.fields[field].slot, inner), end: steps.count)
        seal()
      }
    }
    literal("]")
  }

  /// Keeps the next literal apart from the last one: something jumps to the place between them.
  private mutating func seal() { steps.append(.literal(start: 0, count: 0)) }

  private func firstField(_ item: DataItem) -> Int? {
    fields[item] ?? item.children.lazy.compactMap { firstField($0) }.first
  }

  /// The number of an occurrence of the innermost table, the outer ones counted in; inner tables at their first.
  private func flat(_ slot: Slot, _ indices: [Int]) -> Int {
    var occurrence = 0
    for (depth, dimension) in slot.dimensions.enumerated() {
      occurrence = occurrence * dimension.count + (depth < indices.count ? indices[depth] : 0)
    }
    return occurrence
  }

  private mutating func one(_ item: DataItem, _ indices: [Int]) {
    let rule = plan.rules.rule(of: item)
    let ruleStep = rule == nil ? nil : steps.count
    if ruleStep != nil { steps.append(.literal(start: 0, count: 0)) }
    if item.isGroup {
      object(item.children, indices)
    } else if let field = fields[item] {
      let occurrence = flat(plan.fields[field].slot, indices)
      steps.append(.value(column: plan.fields[field].column + occurrence, field: field, occurrence: occurrence))
    }
    if let rule, let ruleStep {
      steps[ruleStep] = .unlessChosen(rule: rule, end: steps.count)
      seal()
    }
  }
}
