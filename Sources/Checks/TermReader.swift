import Base
import Definitions
import Expressions
import Records

/// Reads the terms of one side of a check.
///
/// ```yaml
/// expected:
///   - from: KJFUKA[10,20]        # file and kinds, or a table of the target
///     each: KJ-KI                # walk the occurrences of a table
///     where: KJ-SAISHIN-KBN = '1'
///     by: {年度: KJ-FUKA-NENDO}  # the key
///     sum: {税額: KJ-KI-ZEIGAKU} # the numbers; `行: 1` counts rows
///     sign: minus                # subtract this term
/// ```
struct TermReader {
  let sources: CheckSources
  private(set) var terms: [Term] = []
  private(set) var keyNames: [String]?
  private(set) var measureNames: [String]?
  private var keyTypes: [ValueType]?
  /// The definitions of each term's key.
  private var keyNodes: [[DefinitionNode]] = []
  /// For each side and sum: whether it is a constant other than 0 in every term, so that no row has the sum 0.
  private var counts: [Term.Side: [Bool]] = [:]
  /// For each term and sum: whether it is the constant 0.
  private var zeros: [[Bool]] = []
  /// The number of terms that could not be compiled and were reported.
  private var failures = 0

  /// The key of a term's numbers: `sum`, which takes integers, or `value`, which takes any type.
  private let measures: String

  init(_ sources: CheckSources, measures: String = "sum") {
    self.sources = sources
    self.measures = measures
  }

  mutating func read(_ node: DefinitionNode?, _ side: Term.Side) {
    guard let node else { return }
    for term in node.list { readTerm(term, side) }
  }

  mutating func readTerm(_ node: DefinitionNode, _ side: Term.Side) {
    let sums = measures == "sum"
    guard let map = node.map(["from", "each", "where", "by", measures] + (sums ? ["sign"] : [])),
      let from = map.required("from")
    else { return }
    let by = map["by"]?.entries ?? []
    let sum = map[measures]?.entries ?? []
    guard agree(by.map(\.key), &keyNames, map["by"] ?? node),
      agree(sum.map(\.key), &measureNames, map[measures] ?? node)
    else { return }
    var sign: Int128 = 1
    if sums, let word = map["sign"]?.text {
      if word == "minus" { sign = -1 } else { map["sign"]?.wrong(word, "minus") }
    }
    for source in Self.sources(named: from, sources) {
      let each = map["each"].map { sources.occurrences(source, $0) }
      if case .some(nil) = each { continue }
      compile(map, source, each ?? nil, by.map(\.value), sum.map(\.value), side, sign, node)
    }
  }

  private mutating func compile(
    _ map: DefinitionMap, _ source: Source, _ each: (table: String, count: Int)?, _ by: [DefinitionNode],
    _ sum: [DefinitionNode], _ side: Term.Side, _ sign: Int128, _ node: DefinitionNode
  ) {
    let condition = sources.condition(source, map["where"], of: map.node, each: each?.table)
    let isSum = self.measures == "sum"
    let (known, own) = (keyTypes, isSum ? by : by + sum)
    // `null` has the type that the other terms have there.
    func type(_ index: Int) -> ValueType? { isNull(own[index]) ? known?[index] : nil }
    var keys = by.indices.compactMap { sources.compile(source, by[$0], each: each?.table, type: type($0)) }
    let measures = sum.indices.compactMap {
      sources.compile(source, sum[$0], each: each?.table, type: isSum ? .integer : type(by.count + $0))
    }
    guard let condition, keys.count == by.count, measures.count == sum.count else {
      failures += 1
      return
    }
    let literals = sum.map { node in node.text.flatMap { Int64($0) } }
    let constants = literals.map { $0 != nil && $0 != 0 }
    zeros.append(literals.map { $0 == 0 })
    counts[side] = counts[side].map { zip($0, constants).map { $0 && $1 } } ?? constants
    widen(&keys, by, source, each?.table)
    giveTypes(keys.map(\.type) + (isSum ? [] : measures.map(\.type)), own)
    let types = keys.map(\.type) + (isSum ? [] : measures.map(\.type))
    if let known = keyTypes, known != types {
      refuse(types, known, own, node)
      return
    }
    keyTypes = types
    var term = Term(
      side: side, source: source, each: each, condition: condition, keys: keys, measures: measures, sign: sign,
      isControl: sources.isControl(source))
    term.written = (by.map { $0.text ?? "" }, map["where"]?.text)
    terms.append(term)
    keyNodes.append(own)
  }

  private func isNull(_ node: DefinitionNode) -> Bool {
    node.isScalar && node.text?.filter { !$0.isWhitespace } == "null"
  }

  /// Where all terms so far have `null` alone, they take the type of this one.
  private mutating func giveTypes(_ types: [ValueType], _ own: [DefinitionNode]) {
    for index in types.indices where keyTypes?[index] != types[index] && !isNull(own[index]) {
      guard keyTypes != nil, keyNodes.allSatisfy({ isNull($0[index]) }) else { continue }
      for number in terms.indices {
        let compiled = sources.compile(
          terms[number].source, keyNodes[number][index], each: terms[number].each?.table, type: types[index])
        guard let compiled else { continue }
        if index < terms[number].keys.count {
          terms[number].keys[index] = compiled
        } else {
          terms[number].measures[index - terms[number].keys.count] = compiled
        }
      }
      keyTypes?[index] = types[index]
    }
  }

  /// Reports that a term has another type than those before, with what to write where that is known.
  private func refuse(_ types: [ValueType], _ known: [ValueType], _ own: [DefinitionNode], _ node: DefinitionNode) {
    func words(_ types: [ValueType]) -> String { types.map(ProgramBuilder.word).joined(separator: ", ") }
    let literal = zip(own, zip(types, known)).first { entry, pair in
      pair.1 == .text && pair.0 != .text && entry.isScalar
        && entry.text.map { Int64($0) != nil || $0 == "true" || $0 == "false" } == true
    }
    guard let (entry, _) = literal, let text = entry.text else { return node.wrong(words(types), words(known)) }
    entry.wrong(text, "a text, which stands within two kinds of quotes: \"'\(text)'\"")
  }

  /// Numbers of a key have as many digits behind the point in every term: those of the term that has most.
  private mutating func widen(_ keys: inout [Compiled], _ by: [DefinitionNode], _ source: Source, _ each: String?) {
    for index in keys.indices {
      guard let known = keyTypes?[index], known != keys[index].type, let own = Self.scale(keys[index].type),
        let other = Self.scale(known)
      else { continue }
      if own < other {
        keys[index] = sources.compile(source, by[index], each: each, type: known, isValue: true) ?? keys[index]
        continue
      }
      let type = keys[index].type
      for term in terms.indices {
        terms[term].keys[index] =
          sources.compile(
            terms[term].source, keyNodes[term][index], each: terms[term].each?.table, type: type, isValue: true)
          ?? terms[term].keys[index]
      }
      keyTypes?[index] = type
    }
  }

  /// The digits behind the point of a number's type.
  private static func scale(_ type: ValueType) -> Int? {
    switch type {
    case .integer: 0
    case .decimal(let scale): scale
    default: nil
    }
  }

  /// Whether the two sides can differ at all. They cannot when they have the same terms, when terms of a side cancel,
  /// or when a sum is 0 everywhere.
  ///
  /// - Parameter marks: the number of sums at the end that are marks, which may be 0 everywhere.
  /// - Returns: false after a diagnostic.
  func canDiffer(_ map: DefinitionMap, marks: Int = 0) -> Bool {
    var counts: [Weighed: Int128] = [:]
    for term in terms { counts[Weighed(term), default: 0] += term.side == .expected ? term.sign : -term.sign }
    if counts.values.contains(0) {
      map.node.wrong("the same term twice, once against the other", "terms that can differ")
      return false
    }
    for (index, name) in (measureNames ?? []).dropLast(marks).enumerated() where zeros.allSatisfy({ $0[index] }) {
      map.node.wrong("a sum of 0 (\(name))", "a sum over what rows hold")
      return false
    }
    return true
  }

  /// A term without its side and sign.
  private struct Weighed: Hashable {
    let rows: TermIdentity
    let measures: [Compiled]

    init(_ term: Term) {
      rows = TermIdentity(term)
      measures = term.measures
    }
  }

  /// Sums alone do not distinguish a key whose rows add up to 0 from a key without rows: rows are counted, or `zero`
  /// gives the reason why the two are the same.
  ///
  /// - Returns: the reason; `nil` when rows are counted; nothing after a diagnostic.
  func zeroRule(_ map: DefinitionMap) -> Bilingual?? {
    if failures > 0 { return nil }
    let counted = counts.values.contains { $0.contains(true) }
    guard let node = map["zero"] else {
      if counted { return .some(nil) }
      map.node.wrong(
        "sums of \(measureNames?.joined(separator: ", ") ?? "")",
        "a sum that counts rows on one side, such as `行: 1`, or `zero`, the reason why a key whose sums are 0 is as good as none"
      )
      return nil
    }
    guard let reason = node.bilingual else { return nil }
    if counted {
      node.wrong(reason.ja, "no `zero` where rows are counted")
      return nil
    }
    return .some(reason)
  }

  /// The names of all terms must be the same, in the same order.
  private func agree(_ names: [String], _ known: inout [String]?, _ node: DefinitionNode) -> Bool {
    if let known, known != names {
      node.wrong(names.joined(separator: ", "), known.joined(separator: ", "))
      return false
    }
    known = names
    return true
  }

  /// The sources that `KJFUKA[10,20]`, `KJFUKA[*]` or a table's name means.
  static func sources(named node: DefinitionNode, _ sources: CheckSources) -> [Source] {
    guard let text = node.text else { return [] }
    guard let open = text.firstIndex(of: "["), text.last == "]" else {
      if sources.has(.table(text)) { return [.table(text)] }
      node.wrong(text, "FILE[kind,…] or a table: \(NameTable.nearest(text, among: sources.tables))")
      return []
    }
    let file = String(text[..<open])
    let list = text[text.index(after: open)...].dropLast()
    let known = sources.kinds(of: file)
    let kinds =
      list == "*"
      ? known.filter { !sources.isControl(.records(file: file, kind: $0)) }
      : list.split(separator: ",").map { $0.filter { $0 != " " } }
    if known.isEmpty || kinds.isEmpty {
      node.wrong(text, "a file: \(NameTable.nearest(file, among: sources.files))")
      return []
    }
    for kind in kinds where !known.contains(kind) {
      node.wrong("\(file)[\(kind)]", known.joined(separator: ", "))
      return []
    }
    return kinds.map { .records(file: file, kind: $0) }
  }
}
