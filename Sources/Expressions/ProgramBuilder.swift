import Base
import Records

/// Compiles expressions against a ``Scope``, checks their types, and shares equal steps.
package struct ProgramBuilder: Sendable {
  package let scope: Scope
  /// The current table (`each`): `occurrence()` and its items mean the current occurrence.
  private var each: String?
  private var nodes: [Node] = []
  private var numbers: [Node: Int] = [:]
  /// The names used so far, which lint counts as used.
  package private(set) var usedNames: Set<String> = []

  /// For each column whose texts are restricted: the restriction.
  private let texts: [Int: Scope.Entry.Texts]

  package init(scope: Scope) {
    self.scope = scope
    let special = scope.entries.values.filter { $0.texts != .asTheyAre }
    texts = Dictionary(
      special.flatMap { entry in (entry.column..<entry.column + entry.occurrences).map { ($0, entry.texts) } }
    ) { first, _ in first }
  }

  package var program: Program { Program(nodes: nodes, lookups: scope.lookups) }

  /// Compiles one expression.
  ///
  /// - Parameter each: the table whose occurrences the caller iterates, if any.
  /// - Parameter type: what the caller needs; `nil` accepts any type.
  /// - Parameter isValue: it is the value of a column: true/false is no condition, and may be a constant; a number takes
  ///   the digits of a column that has more of them behind the point.
  /// - Throws: `expression.…` with the place in the definition.
  package mutating func compile(
    _ text: String, at place: Place, each: String? = nil, type: ValueType? = nil, isValue: Bool = false
  ) throws(Diagnostic) -> Compiled {
    self.each = each
    let expression = try ExpressionParser.parse(text, at: place)
    var node = try build(expression, place, null: type ?? .text)
    if isValue, let type { node = widened(node, to: type) }
    if let type, nodes[node].type != type {
      throw Diagnostic(.expressionType, at: place, Self.word(nodes[node].type), Self.word(type))
    }
    if type == .flag, !isValue, isConstant(node) { throw wrong(place, 0, text, "a condition over what a row holds") }
    return compiled(node)
  }

  /// A number as the value of a column with more digits behind the point; anything else as it is. Exact: a number that
  /// has more than 38 digits then is a fault.
  private mutating func widened(_ node: Int, to type: ValueType) -> Int {
    guard case .decimal(let wanted) = type, (0...38).contains(wanted) else { return node }
    let own: Int
    switch nodes[node].type {
    case .integer: own = 0
    case .decimal(let scale): own = scale
    default: return node
    }
    guard (0..<wanted).contains(own) || nodes[node].type == .integer else { return node }
    return add(.widen(digits: wanted - own), [node], type)
  }

  /// Whether an expression reads nothing of a row.
  private func isConstant(_ node: Int) -> Bool {
    var open = [node]
    while let index = open.popLast() {
      if nodes[index].arguments.isEmpty, !nodes[index].isConstant { return false }
      open += nodes[index].arguments
    }
    return true
  }

  /// Compiles the condition under which an occurrence of `each` counts: that the record has it (OCCURS DEPENDING ON),
  /// and the condition `text`.
  ///
  /// - Returns: `nil` when every occurrence counts.
  /// - Throws: `expression.…` with the place in the definition.
  package mutating func compile(
    condition text: String?, at place: Place, each: String? = nil
  ) throws(Diagnostic) -> Compiled? {
    let own = try text.map { text throws(Diagnostic) in try compile(text, at: place, each: each, type: .flag) }
    guard let each, let presence = presence(of: each) else { return own }
    guard let own else { return compiled(presence) }
    let no = add(.integer(0), [], .flag)
    let both = add(.choose, [presence, own.node, no], .flag)
    return compiled(both)
  }

  private func compiled(_ node: Int) -> Compiled {
    Compiled(node: node, type: nodes[node].type, table: nodes[node].table, privacy: nodes[node].privacy)
  }

  /// The step that computes whether a record has the current occurrence of a table; `nil` when it has all.
  private mutating func presence(of table: String) -> Int? {
    guard let column = scope.presence(of: table) else { return nil }
    return add(.input(column: column, moves: true), [], .flag, table: table)
  }

  /// The type as named in messages and the documentation.
  package static func word(_ type: ValueType) -> String {
    switch type {
    case .integer: "integer"
    case .decimal(let scale): "decimal(\(scale))"
    case .text: "text"
    case .date: "date"
    case .flag: "true/false"
    }
  }

  private mutating func add(
    _ operation: Node.Operation, _ arguments: [Int], _ type: ValueType, table: String? = nil, privacy: Privacy = .open
  ) -> Int {
    let inherited = arguments.lazy.compactMap { [nodes] in nodes[$0].table }.first
    return add(
      Node(
        operation: operation, arguments: arguments, type: type, table: table ?? inherited,
        privacy: arguments.reduce(privacy) { Privacy.stricter($0, nodes[$1].privacy) }))
  }

  private mutating func add(_ node: Node) -> Int {
    if let known = numbers[node] { return known }
    nodes.append(node)
    numbers[node] = nodes.count - 1
    return nodes.count - 1
  }

  private func wrong(_ place: Place, _ at: Int, _ found: String, _ expected: String) -> Diagnostic {
    Diagnostic(.expressionType, at: ExpressionParser.place(place, offset: at), found, expected)
  }

  /// - Parameter null: the type that `null` takes.
  private mutating func build(
    _ expression: Expression, _ place: Place, null: ValueType = .text
  ) throws(Diagnostic) -> Int {
    switch expression {
    case .integer(let value, let at):
      guard case .decimal = null else { return add(.integer(value), [], .integer) }
      return try decimal(Int128(value), 0, null, at, place)
    case .decimal(let digits, let scale, let at): return try decimal(digits, scale, null, at, place)
    case .text(let value, _): return add(.text(utf8: Array(value.utf8)), [], .text)
    case .keyword("null", _): return add(.null, [], null)
    case .keyword(let word, _): return add(.integer(word == "true" ? 1 : 0), [], .flag)
    case .name(let name, let occurrence, let at): return try field(name, occurrence, at, place)
    case .unary(let symbol, let inner, let at):
      let argument = try build(inner, place)
      let wanted: ValueType = symbol == "not" ? .flag : .integer
      guard nodes[argument].type == wanted else {
        throw wrong(place, at, "\(symbol) \(Self.word(nodes[argument].type))", "\(symbol) \(Self.word(wanted))")
      }
      return add(symbol == "not" ? .not : .negate, [argument], wanted)
    case .binary(let symbol, let left, let right, let at):
      let sides = try build([left, right], alike: 0..<2, place)
      return try binary(symbol, sides[0], sides[1], at, place)
    case .call("sum", let arguments, let at): return try sum(arguments, at, place)
    case .call("concat", let arguments, let at) where arguments.count > 2:
      let first = Expression.call("concat", Array(arguments.dropLast()), at: at)
      return try build(.call("concat", [first, arguments[arguments.count - 1]], at: at), place)
    case .call(let name, let arguments, let at): return try call(name, arguments, at, place, null: null)
    }
  }

  /// A number as written, with as many digits behind the point as the value beside it, or the context.
  private mutating func decimal(
    _ digits: Int128, _ scale: Int, _ context: ValueType, _ at: Int, _ place: Place
  ) throws(Diagnostic) -> Int {
    guard case .decimal(let wanted) = context else { return add(.decimal(digits), [], .decimal(scale: scale)) }
    var value = digits
    for _ in 0..<max(0, wanted - scale) {
      let (product, isOver) = value.multipliedReportingOverflow(by: 10)
      value = product
      if isOver { throw wrong(place, at, "a number", "at most 38 digits") }
    }
    if wanted < scale {
      throw wrong(place, at, Self.word(.decimal(scale: scale)), "at most \(wanted) digits behind the point")
    }
    return add(.decimal(value), [], .decimal(scale: wanted))
  }

  /// Builds several; a `null`, or a number as written, among those that must be `alike` takes the type of the first other
  /// expression, or that of the context.
  private mutating func build(
    _ expressions: [Expression], alike: Range<Int>, null: ValueType = .text, _ place: Place
  ) throws(Diagnostic) -> [Int] {
    var built = Array(repeating: -1, count: expressions.count)
    var type: ValueType?
    for (index, expression) in expressions.enumerated() {
      if alike.contains(index) {
        switch expression {
        case .keyword("null", _), .integer, .decimal: continue
        default: break
        }
      }
      built[index] = try build(expression, place, null: alike.contains(index) ? null : .text)
      if alike.contains(index) { type = type ?? nodes[built[index]].type }
    }
    for index in built.indices where built[index] < 0 {
      if case .keyword("null", _) = expressions[index] { continue }
      built[index] = try build(expressions[index], place, null: type ?? null)
      type = type ?? nodes[built[index]].type
    }
    for index in built.indices where built[index] < 0 {
      built[index] = try build(expressions[index], place, null: type ?? null)
    }
    return built
  }

  private func known(
    _ name: String, among names: some Collection<String>, _ kind: String, _ at: Int, _ place: Place
  ) throws(Diagnostic) {
    guard names.contains(name) else {
      let near = NameTable.nearest(name, among: names)
      throw Diagnostic(.expressionName, at: ExpressionParser.place(place, offset: at), name, kind, near)
    }
  }

  private mutating func field(
    _ name: String, _ occurrence: Int?, _ at: Int, _ place: Place
  ) throws(Diagnostic) -> Int {
    let here = ExpressionParser.place(place, offset: at)
    guard let (title, entry) = try scope.find(name, at: here) else {
      if occurrence == nil, let condition = scope.conditions[name] {
        return try build(try ExpressionParser.parse(condition, at: place), place)
      }
      let near = NameTable.nearest(name, among: scope.entries.keys)
      throw Diagnostic(.expressionName, at: here, name, scope.title, near)
    }
    usedNames.insert(title)
    guard let table = entry.table else {
      guard occurrence == nil else { throw wrong(place, at, "\(name)[…]", "an item of a table (OCCURS)") }
      return add(.input(column: entry.column, moves: false), [], entry.type, privacy: entry.privacy)
    }
    if let occurrence {
      guard (1...entry.occurrences).contains(occurrence) else {
        throw wrong(place, at, "\(name)[\(occurrence)]", "an occurrence from 1 to \(entry.occurrences)")
      }
      return add(.input(column: entry.column + occurrence - 1, moves: false), [], entry.type, privacy: entry.privacy)
    }
    guard table == each else {
      throw wrong(place, at, name, "\(name)[n], sum(\(name)) or `each: \(table)`")
    }
    return add(.input(column: entry.column, moves: true), [], entry.type, table: table, privacy: entry.privacy)
  }

  private mutating func binary(
    _ symbol: String, _ left: Int, _ right: Int, _ at: Int, _ place: Place
  ) throws(Diagnostic) -> Int {
    let types = (nodes[left].type, nodes[right].type)
    let words = "\(Self.word(types.0)) \(symbol) \(Self.word(types.1))"
    if let one = nodes[left].table, let other = nodes[right].table, one != other {
      throw wrong(place, at, words, "items of one table")
    }
    switch symbol {
    case "+", "-", "*":
      guard types == (.integer, .integer) else { throw wrong(place, at, words, "integers on both sides") }
      return add(symbol == "+" ? .add : symbol == "-" ? .subtract : .multiply, [left, right], .integer)
    case "and", "or":
      guard types == (.flag, .flag) else { throw wrong(place, at, words, "true/false on both sides") }
      return add(symbol == "and" ? .and : .or, [left, right], .flag)
    default:
      guard types.0 == types.1 else { throw wrong(place, at, words, "the same type on both sides") }
      if types.0 == .flag, symbol != "=", symbol != "<>" {
        throw wrong(place, at, words, "numbers, texts or dates")
      }
      try checkTexts(symbol, left, right, at, place)
      try checkTexts(symbol, right, left, at, place)
      // True or false in every row: most likely a mistake.
      if left == right { throw wrong(place, at, "twice the same with \(symbol)", "two things to compare") }
      switch symbol {
      case "=": return add(.equal, [left, right], .flag)
      case "<>": return add(.not, [add(.equal, [left, right], .flag)], .flag)
      case "<": return add(.less, [left, right], .flag)
      case ">": return add(.less, [right, left], .flag)
      case "<=": return add(.lessOrEqual, [left, right], .flag)
      default: return add(.lessOrEqual, [right, left], .flag)
      }
    }
  }

  /// - Throws: for a comparison with a text that no value of the column, or no order of its values, can satisfy.
  private func checkTexts(
    _ symbol: String, _ node: Int, _ other: Int, _ at: Int, _ place: Place
  ) throws(Diagnostic) {
    guard case .input(let column, _) = nodes[node].operation, let texts = texts[column] else { return }
    if texts == .numbers, symbol != "=", symbol != "<>" {
      throw wrong(place, at, "COMP-1, COMP-2 \(symbol)", "= or <>: floating-point numbers are texts, without an order")
    }
    guard texts == .trimmed, case .text(let bytes) = nodes[other].operation else { return }
    if bytes.last == 0x20 {
      let text = String(decoding: bytes, as: UTF8.self)
      throw wrong(
        place, at, "'\(text)'", "a text without blanks at its end, which values have lost when they were read")
    }
  }

  /// `sum(x)`: over the occurrences that the record has of the one table whose items x uses.
  private mutating func sum(_ arguments: [Expression], _ at: Int, _ place: Place) throws(Diagnostic) -> Int {
    let outer = each
    defer { each = outer }
    guard arguments.count == 1 else { throw wrong(place, at, "sum of \(arguments.count)", "sum(expression)") }
    guard let table = tables(in: arguments[0]).first else {
      throw wrong(place, at, "sum", "an expression over items of a table (OCCURS)")
    }
    each = table
    var inner = try build(arguments[0], place)
    guard nodes[inner].type == .integer, let occurrences = scope.occurrences(of: table) else {
      throw wrong(place, at, "sum of \(Self.word(nodes[inner].type))", "sum of integers")
    }
    if let presence = presence(of: table) {
      inner = add(.choose, [presence, inner, add(.null, [], .integer)], .integer)
    }
    return add(
      Node(
        operation: .sumOver(occurrences: occurrences), arguments: [inner], type: .integer, table: nil,
        privacy: nodes[inner].privacy))
  }

  private func tables(in expression: Expression) -> [String] {
    switch expression {
    case .name(let name, nil, _):
      // An ambiguous name is refused when the expression is built.
      (try? scope.find(name, at: Place()))?.entry.table.map { [$0] } ?? []
    case .call(_, let arguments, _): arguments.flatMap(tables)
    case .unary(_, let inner, _): tables(in: inner)
    case .binary(_, let left, let right, _): tables(in: left) + tables(in: right)
    default: []
    }
  }

  private mutating func call(
    _ name: String, _ arguments: [Expression], _ at: Int, _ place: Place, null: ValueType
  ) throws(Diagnostic) -> Int {
    guard let function = Function.all.first(where: { $0.name == name }) else {
      let near = NameTable.nearest(name, among: Function.all.map(\.name) + ["sum"])
      throw Diagnostic(
        .expressionName, at: ExpressionParser.place(place, offset: at), name + "()", "functions", near + "()")
    }
    let alike = name == "coalesce" ? 0..<arguments.count : name == "if" ? 1..<max(1, arguments.count) : 0..<0
    let built = try build(arguments, alike: alike, null: null, place)
    let constants = arguments.map { argument -> Function.Constant? in
      switch argument {
      case .integer(let value, _): .integer(value)
      case .text(let value, _): .text(value)
      default: nil
      }
    }
    guard let (operation, type, keep) = function.resolve(built.map { nodes[$0].type }, constants) else {
      let types = zip(built, constants).map { built, constant in
        if case .integer(let value) = constant { String(value) } else { Self.word(nodes[built].type) }
      }.joined(separator: ", ")
      let condition = function.condition.map { " (\($0))" } ?? ""
      throw wrong(place, at, "\(name)(\(types))", function.signature + condition)
    }
    switch operation {
    case .code(let table), .uncode(let table):
      try known(table, among: scope.lookups.codes.keys, "codes", at, place)
    case .lookup(let name, let column):
      return try lookup(name, Array(built.dropFirst().dropLast()), column, at, place)
    case .rate(let table):
      try known(table, among: scope.lookups.rates.keys, "rates", at, place)
      let wanted: ValueType = scope.lookups.rates[table]?.isByYear == true ? .integer : .date
      guard nodes[built[2]].type == wanted else {
        throw wrong(place, at, "\(name)('\(table)', …, \(Self.word(nodes[built[2]].type)))", Self.word(wanted))
      }
    default: break
    }
    if case .occurrence = operation {
      guard let each else { throw wrong(place, at, "occurrence()", "`each` around it") }
      return add(operation, [], type, table: each)
    }
    let kept = keep < 0 ? Array(built.suffix(-keep)) : Array(built.prefix(keep))
    return add(operation, kept, type)
  }

  /// `lookup('table', key, …, 'column')`: the types are those of the table.
  private mutating func lookup(
    _ name: String, _ arguments: [Int], _ column: String, _ at: Int, _ place: Place
  ) throws(Diagnostic) -> Int {
    try known(name, among: scope.lookups.tables.keys, "codes", at, place)
    guard let table = scope.lookups.tables[name] else { return add(.null, [], .text) }
    try known(column, among: table.columns.map(\.name), name, at, place)
    let types = arguments.map { nodes[$0].type }
    guard types == table.keys.map(\.type), let field = table.columns.first(where: { $0.name == column }) else {
      let wanted = table.keys.map { "\($0.name): \(Self.word($0.type))" }.joined(separator: ", ")
      throw wrong(place, at, "a key of \(types.map(Self.word).joined(separator: ", "))", wanted)
    }
    return add(.lookup(table: name, column: column), arguments, field.type)
  }
}
