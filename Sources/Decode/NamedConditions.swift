import Copybook
import Records

/// The condition-names (level 88) of items as expressions over their values.
enum NamedConditions {
  /// By name. A name that several items have, and one with a value that is none of its item's type, is left out.
  static func expressions(_ fields: [FieldPlan]) -> [String: String] {
    var found: [String: String] = [:]
    var names: Set<String> = []
    for field in fields {
      for condition in field.slot.item.conditions {
        guard names.insert(condition.name).inserted else {
          found[condition.name] = nil
          continue
        }
        let tests = condition.values.map { test($0, field) }
        if !tests.isEmpty, !tests.contains(nil) {
          found[condition.name] = tests.compactMap(\.self).joined(separator: " or ")
        }
      }
    }
    return found
  }

  private static func test(_ values: Condition.Values, _ field: FieldPlan) -> String? {
    guard let from = value(values.from, field) else { return nil }
    guard let through = values.through else { return "\(field.name) = \(from)" }
    return value(through, field).map { "\(field.name) >= \(from) and \(field.name) <= \($0)" }
  }

  private static func value(_ literal: Literal, _ field: FieldPlan) -> String? {
    guard !literal.isAll else { return nil }
    let isBlank = literal.kind == .word && ["SPACE", "SPACES"].contains(literal.text.uppercased())
    let isZero = literal.kind == .word && ["ZERO", "ZEROS", "ZEROES"].contains(literal.text.uppercased())
    switch field.codec.type {
    case .integer, .decimal:
      if isZero { return "0" }
      let digits = literal.text.drop { $0 == "-" || $0 == "+" }
      let isNumber =
        digits.first?.isASCII == true && Double(digits) != nil && digits.allSatisfy { $0.isNumber || $0 == "." }
      guard literal.kind == .word, isNumber, digits.first != "." else { return nil }
      return (literal.text.hasPrefix("-") ? "-" : "") + digits
    case .text:
      if isBlank { return "''" }
      if literal.kind == .word {
        // Digits that are a name keep their zeros.
        guard field.codec is IdentifierCodec else { return nil }
        let text = isZero ? "" : literal.text
        guard text.allSatisfy({ ("0"..."9").contains($0) }), text.count <= field.length else { return nil }
        return "'" + String(repeating: "0", count: field.length - text.count) + text + "'"
      }
      guard literal.written.hasPrefix("'") || literal.written.hasPrefix("\""), !literal.text.contains("'") else {
        return nil
      }
      let text = literal.text.reversed().drop { $0 == " " }.reversed()
      return "'" + String(text) + "'"
    case .date, .flag: return nil
    }
  }
}
