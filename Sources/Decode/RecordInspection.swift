import Base
import Copybook
import Records

/// One record, item by item: the place, the bytes, the meaning and the faults of each.
package struct RecordInspection {
  /// One occurrence of an elementary item, or a group's heading.
  package struct Line {
    package let level: Int
    package let depth: Int
    package let name: String
    /// `PIC S9(9) COMP-3`; empty for a group.
    package let clause: String
    /// From the record's first byte, from 0; the place in the layout when a table before it varies.
    package let offset: Int
    package let length: Int
    package let hex: String
    /// `nil` for a group, and for an item that the record lacks.
    package let value: String?
    package let fault: Fault?
    package let isText: Bool
    package let isFiller: Bool
    /// Whether the record has the item.
    package let isPresent: Bool
    /// The condition-names (level 88) that hold.
    package let conditions: [String]

    fileprivate var masked: Line {
      guard isFiller, !clause.isEmpty, !isUniform else { return self }
      return Line(
        level: level, depth: depth, name: name, clause: clause, offset: offset, length: length, hex: Privacy.mask,
        value: Privacy.mask, fault: fault, isText: isText, isFiller: true, isPresent: isPresent, conditions: [])
    }

    /// Whether all bytes are equal.
    private var isUniform: Bool {
      let first = hex.prefix(2)
      var rest = hex[...]
      while !rest.isEmpty {
        if rest.prefix(2) != first { return false }
        rest = rest.dropFirst(2)
      }
      return true
    }
  }

  package let lines: [Line]

  /// - Parameters:
  ///   - row: of the block that `decoder` has just decoded. The plan must keep FILLER.
  ///   - reveals: shows what is personal; numbers of persons (個人番号) never.
  package init(_ layout: Layout, _ decoder: KindDecoder, _ block: RecordBlock, row: Int, reveals: Bool = false) {
    let plan = decoder.plan
    var fields: [Int: Int] = [:]
    for (index, field) in plan.fields.enumerated() { fields[field.slot.item.identity] = index }
    var lines: [Line] = []

    func first(_ item: DataItem) -> Int? { fields[item.identity] ?? item.children.lazy.compactMap(first).first }

    func add(_ item: DataItem, _ depth: Int, _ indices: [Int]) {
      let count = item.isTable ? item.occurs : 1
      for occurrence in 0..<count {
        let inner = item.isTable ? indices + [occurrence] : indices
        let title = fields[item.identity].map { plan.fields[$0].name } ?? plan.names.title(item.identity) ?? item.name
        let name = title + inner.map { "[\($0 + 1)]" }.joined()
        if item.dependingOn != nil, let index = first(item) {
          let slot = plan.fields[index].slot
          var number = 0
          for (depth, dimension) in slot.dimensions.enumerated() {
            number = number * dimension.count + (depth < inner.count ? inner[depth] : 0)
          }
          if !decoder.has(index, number, row) { continue }
        }
        if let rule = plan.rules.rule(of: item), !decoder.has(group: rule, row) { continue }
        guard let index = fields[item.identity] else {
          let isTable = item.isTable
          lines.append(
            Line(
              level: item.level, depth: depth, name: name, clause: item.redefines.map { "REDEFINES \($0)" } ?? "",
              offset: item.offset + (isTable ? occurrence * item.length : 0), length: item.length, hex: "", value: nil,
              fault: nil, isText: false, isFiller: item.isFiller, isPresent: true, conditions: []))
          for child in item.children { add(child, depth + 1, inner) }
          continue
        }
        let field = plan.fields[index]
        var number = 0
        for (dimension, index) in zip(field.slot.dimensions, inner) { number = number * dimension.count + index }
        let isPresent = decoder.has(index, number, row)
        let column = decoder.columns[field.column + number]
        let isOpen = !field.privacy.isMasked(reveals: reveals)
        lines.append(
          Line(
            level: item.level, depth: depth, name: name, clause: Self.clause(item),
            offset: decoder.position(index, number),
            length: item.length, hex: isOpen ? decoder.bytes(index, number, row, of: block) : Privacy.mask,
            // An empty value is personal data, too.
            value: isOpen ? column.describe(row) : Privacy.mask,
            fault: column.fault(row), isText: column.type == .text, isFiller: item.isFiller, isPresent: isPresent,
            conditions: isOpen ? Self.conditions(item, column, row) : []))
      }
    }
    if layout.root.level == 0 { layout.root.children.forEach { add($0, 0, []) } } else { add(layout.root, 0, []) }
    self.lines = lines
  }

  /// The same with the bytes of FILLER masked unless all bytes of an item are equal: FILLER may hold a former name.
  package var withoutFiller: RecordInspection { RecordInspection(lines: lines.map(\.masked)) }

  private init(lines: [Line]) { self.lines = lines }

  private static func clause(_ item: DataItem) -> String {
    let picture = item.picture.map { "PIC \($0.text)" } ?? ""
    let usage = item.usage == .display ? "" : item.usage.rawValue
    let sign = item.sign.separate ? "SEPARATE" : item.sign.leading ? "LEADING" : ""
    return [picture, usage, sign].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func conditions(_ item: DataItem, _ column: Column, _ row: Int) -> [String] {
    guard let value = column.describe(row) else { return [] }
    return item.conditions.filter { condition in
      condition.values.contains { values in
        guard let through = values.through else { return same(values.from.text, value, column.type) }
        return !precedes(value, values.from.text, column.type) && !precedes(through.text, value, column.type)
      }
    }.map(\.name)
  }

  /// THRU ranges: numbers by value, texts by their characters.
  private static func precedes(_ left: String, _ right: String, _ type: ValueType) -> Bool {
    if type != .text, let left = Int128(left), let right = Int128(right) { return left < right }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func same(_ literal: String, _ value: String, _ type: ValueType) -> Bool {
    if type == .text { return literal == value }
    guard let left = Int128(literal), let right = Int128(value) else { return literal == value }
    return left == right
  }
}
