import Copybook

/// The printing of a record as a list of steps, computed once from its layout.
struct RecordShape {
  /// A step, and the bytes that follow it.
  struct Step {
    enum Work: UInt8 {
      case nothing
      /// Prints the value of `column`.
      case value
      /// Jumps to step `end` when the record lacks the occurrence of the field's tables.
      case unlessPresent
      /// Prints null and jumps to step `end` when the record lacks the rule's group.
      case unlessChosen
      /// Marks the beginning of the rule's group, and its end before the closing brace, where ``PrintedTree`` inserts
      /// records.
      case groupBegins, groupEnds
    }

    var work: Work
    var column = 0
    var field = 0
    var occurrence = 0
    var rule = 0
    var end = 0
    /// The bytes that follow: a range of ``RecordShape/text``.
    var start = 0
    var count = 0
  }

  private(set) var steps: [Step] = [Step(work: .nothing)]
  private(set) var text: [UInt8] = []
  private let plan: KindPlan
  private var marksGroups = false
  /// By ``DataItem/identity``.
  private var fields: [Int: Int] = [:]

  private init(_ plan: KindPlan) {
    self.plan = plan
    for (index, field) in plan.fields.enumerated() { fields[field.slot.item.identity] = index }
  }

  private mutating func literal(_ more: String) {
    if steps[steps.count - 1].count == 0 { steps[steps.count - 1].start = text.count }
    steps[steps.count - 1].count += more.utf8.count
    text += Array(more.utf8)
  }

  private mutating func value(_ field: Int, _ occurrence: Int) {
    steps.append(
      Step(work: .value, column: plan.fields[field].column + occurrence, field: field, occurrence: occurrence))
  }

  // MARK: CSV

  /// A column for each item and occurrence, in the order of the record, by its title (``FieldPlan/title(_:)``).
  static func csv(_ layout: Layout, _ plan: KindPlan) -> (header: String, shape: RecordShape) {
    var shape = RecordShape(plan)
    var names: [String] = []
    func add(_ item: DataItem, _ indices: [Int]) {
      for occurrence in 0..<(item.isTable ? item.occurs : 1) {
        let inner = item.isTable ? indices + [occurrence] : indices
        guard !item.isGroup else {
          for child in item.children { add(child, inner) }
          continue
        }
        guard let index = shape.fields[item.identity] else { continue }
        let field = plan.fields[index]
        let number = shape.flat(field.slot, inner)
        if !names.isEmpty { shape.literal(",") }
        names.append(field.title(number))
        shape.value(index, number)
      }
    }
    for item in layout.root.children.isEmpty ? [layout.root] : layout.root.children { add(item, []) }
    shape.literal("\n")
    return (names.joined(separator: ",") + "\n", shape)
  }

  // MARK: NDJSON

  /// Groups as objects, OCCURS as arrays, each REDEFINES under its own name.
  ///
  /// - Parameter marksGroups: marks the beginning and end of groups that a rule chooses.
  static func ndjson(_ layout: Layout, _ plan: KindPlan, marksGroups: Bool) -> RecordShape {
    var shape = RecordShape(plan)
    shape.marksGroups = marksGroups
    shape.object(layout.root.children.isEmpty ? [layout.root] : layout.root.children, [])
    shape.literal("\n")
    return shape
  }

  private mutating func object(_ items: [DataItem], _ indices: [Int], of rule: Int? = nil) {
    if let rule, marksGroups { steps.append(Step(work: .groupBegins, rule: rule)) }
    literal("{")
    var seen: Set<String> = []
    let taken = Set(items.map(\.name))
    for item in items where isPrinted(item) {
      // Names may repeat, mostly FILLER: the second is NAME-2, unless an item has that name.
      var (name, number) = (item.name, 1)
      while seen.contains(name) || (number > 1 && taken.contains(name)) {
        number += 1
        name = "\(item.name)-\(number)"
      }
      literal("\(seen.isEmpty ? "" : ",")\"\(name)\":")
      seen.insert(name)
      if item.isTable { array(item, indices) } else { one(item, indices) }
    }
    if let rule, marksGroups { steps.append(Step(work: .groupEnds, rule: rule)) }
    literal("}")
  }

  private func isPrinted(_ item: DataItem) -> Bool {
    item.isGroup ? item.children.contains(where: isPrinted) : fields[item.identity] != nil
  }

  private mutating func array(_ item: DataItem, _ indices: [Int]) {
    literal("[")
    for occurrence in 0..<item.occurs {
      let inner = indices + [occurrence]
      let condition = item.dependingOn == nil ? nil : firstField(item)
      let step = steps.count
      if let condition {
        let first = flat(plan.fields[condition].slot, inner)
        steps.append(Step(work: .unlessPresent, field: condition, occurrence: first))
      }
      if occurrence > 0 { literal(",") }
      one(item, inner)
      if condition != nil { land(step) }
    }
    literal("]")
  }

  /// Sets the end of a step to the present place.
  private mutating func land(_ step: Int) {
    steps[step].end = steps.count
    steps.append(Step(work: .nothing))
  }

  private func firstField(_ item: DataItem) -> Int? {
    fields[item.identity] ?? item.children.lazy.compactMap { firstField($0) }.first
  }

  /// The number of an occurrence of the innermost table, including the outer ones; inner tables at their first
  /// occurrence.
  private func flat(_ slot: Slot, _ indices: [Int]) -> Int {
    var occurrence = 0
    for (depth, dimension) in slot.dimensions.enumerated() {
      occurrence = occurrence * dimension.count + (depth < indices.count ? indices[depth] : 0)
    }
    return occurrence
  }

  private mutating func one(_ item: DataItem, _ indices: [Int]) {
    let rule = plan.rules.rule(of: item)
    let step = steps.count
    if let rule { steps.append(Step(work: .unlessChosen, rule: rule)) }
    if item.isGroup {
      object(item.children, indices, of: rule)
    } else if let field = fields[item.identity] {
      value(field, flat(plan.fields[field].slot, indices))
    }
    if rule != nil { land(step) }
  }
}
