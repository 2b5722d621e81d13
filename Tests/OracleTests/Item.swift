/// One item of the record, with its values in sequence.
struct Item {
  enum Kind {
    /// Digits before the point, and the scale (negative for P on the right).
    case number(whole: Int, scale: Int)
    case float
    case text
  }

  let clause: String
  let kind: Kind
  /// Unscaled numbers, floating-point numbers or texts, as in COBOL's listing.
  let values: [Value]
  let occurs: Int

  enum Value: Hashable, CustomStringConvertible {
    case number(Int128)
    case float(Double)
    case text(String)

    var description: String {
      switch self {
      case .number(let value): "\(value)"
      case .float(let value): "\(value)"
      case .text(let value): "“\(value)”"
      }
    }
  }

  /// A number of `digits` digits: zero, the smallest, the largest, and one in between, with both signs.
  static func number(_ clause: String, _ digits: Int, scale: Int = 0, occurs: Int = 1) -> Item {
    let largest = (0..<digits).reduce(Int128(1)) { power, _ in power * 10 } - 1
    let isSigned = clause.contains("PIC S")
    let values = [0, 1, largest, largest / 7, 0, -1, -largest, -largest / 7].map { isSigned ? $0 : abs($0) }
    return number(clause, whole: max(digits - scale, 1), scale: scale, values: values, occurs: occurs)
  }

  static func number(_ clause: String, whole: Int, scale: Int = 0, values: [Int128], occurs: Int = 1) -> Item {
    Item(
      clause: clause + (occurs > 1 ? " OCCURS \(occurs)" : ""), kind: .number(whole: whole, scale: scale),
      values: values.map { .number($0) }, occurs: occurs)
  }

  static func text(_ clause: String, _ values: String...) -> Item {
    Item(clause: clause, kind: .text, values: values.map { .text($0) }, occurs: 1)
  }

  static func float(_ clause: String) -> Item {
    Item(clause: clause, kind: .float, values: [0, 1.5, -0.25, 1024, -118.625].map { .float($0) }, occurs: 1)
  }

  /// The value of an occurrence (from 0) in a record (from 0).
  func value(_ record: Int, _ occurrence: Int) -> Value { values[(record + occurrence) % values.count] }

  /// A value as a literal.
  func literal(_ value: Value) -> String {
    switch value {
    case .text(let text): return "'\(text)'"
    case .float(let number): return "\(number)"
    case .number(let number):
      let scale = if case .number(_, let scale) = kind { scale } else { 0 }
      var digits = String(number.magnitude)
      if scale < 0, number != 0 { digits += String(repeating: "0", count: -scale) }
      if scale > 0 {
        digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
      }
      return (number < 0 ? "-" : "") + digits
    }
  }

  /// The value of the item in the listing, parsed.
  func value(shown text: String) -> Value? {
    switch kind {
    case .text: return .text(String(text.dropFirst().dropLast()))
    case .float: return Double(text.filter { $0 != " " }).map { .float($0) }
    case .number(_, let scale):
      guard let number = Int128(text.filter { $0 != "." && $0 != " " }) else { return nil }
      return .number((0..<max(0, -scale)).reduce(number) { rest, _ in rest / 10 })
    }
  }

  /// Every usage, sign and size; `F01`, `F02` … of the record.
  static let all: [Item] = {
    var items: [Item] = [
      number("PIC 9(1)", 1), number("PIC 9(5)", 5), number("PIC S9(5)", 5), number("PIC S9(1)", 1),
      number("PIC S9(3)V9(2)", 5, scale: 2), number("PIC S9(18)", 18), number("PIC S9(31)", 31),
      number("PIC S9(38)", 38), number("PIC S9(3)P(2)", 3, scale: -2),
      number("PIC SVP(2)9(3)", whole: 1, scale: 5, values: [0, 1, 999, -1, -999]),
      number("PIC S9(5) SIGN LEADING", 5), number("PIC S9(5) SIGN LEADING SEPARATE", 5),
      number("PIC S9(5) SIGN TRAILING SEPARATE", 5), number("PIC S9(20)V99 SIGN LEADING SEPARATE", 22, scale: 2),
    ]
    for usage in ["COMP", "COMP-5", "COMP-X"] {
      for digits in [1, 2, 3, 4, 5, 7, 9, 10, 12, 15, 16, 18] {
        items += [number("PIC S9(\(digits)) \(usage)", digits), number("PIC 9(\(digits)) \(usage)", digits)]
      }
    }
    for digits in [1, 2, 5, 8, 15, 16, 17, 18, 19, 31, 38] {
      items += [number("PIC S9(\(digits)) COMP-3", digits), number("PIC 9(\(digits)) COMP-3", digits)]
      items.append(number("PIC 9(\(digits)) COMP-6", digits))
    }
    items += [
      number("PIC S9(7)V99 COMP-3", 9, scale: 2), number("PIC S9(7)V99 COMP", 9, scale: 2),
      number("PIC 9(5)V99 COMP-6", 7, scale: 2),
      number("BINARY-CHAR", whole: 3, values: [0, 127, -128]),
      number("BINARY-CHAR UNSIGNED", whole: 3, values: [0, 255]),
      number("BINARY-SHORT", whole: 5, values: [0, 32_767, -32_768]),
      number("BINARY-LONG", whole: 10, values: [0, 2_147_483_647, -2_147_483_648]),
      number("BINARY-DOUBLE", whole: 19, values: [0, Int128(Int64.max), Int128(Int64.min)]),
      number("BINARY-DOUBLE UNSIGNED", whole: 20, values: [0, Int128(UInt64.max)]),
      float("COMP-1"), float("COMP-2"),
      text("PIC X(3)", "abc", "", " z"), number("PIC S9(4) COMP SYNC", 4), text("PIC X(1)", "x"),
      number("PIC S9(9) COMP SYNC", 9), text("PIC X(1)", "y"), number("PIC S9(18) COMP SYNC", 18),
      text("PIC X(1)", "z"), float("COMP-1 SYNC"), text("PIC X(1)", "x"), float("COMP-2 SYNC"),
      number("PIC S9(3) COMP-3", 3, occurs: 4), number("PIC S9(4) COMP-5", 4, occurs: 3),
      text("PIC A(4)", "AbcD", "e"), text("PIC X(6) JUST RIGHT", "right"), text("PIC X(2)BX(2)", "abcd"),
      Item(clause: "PIC ZZ,ZZ9.99-", kind: .text, values: [.number(0), .number(-1234), .number(99_999)], occurs: 1),
      Item(clause: "PIC ZZ9 BLANK WHEN ZERO", kind: .text, values: [.number(0), .number(12)], occurs: 1),
      Item(clause: "PIC +9(3)/99", kind: .text, values: [.number(-12_345), .number(1)], occurs: 1),
    ]
    return items
  }()
}
