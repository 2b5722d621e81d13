import Definitions
import Evidence
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
///     sum: {税額: KJ-KI-ZEIGAKU} # the numbers
///     sign: minus                # subtract this term
/// ```
struct TermReader {
  let sources: CheckSources
  private(set) var terms: [Term] = []
  private(set) var keyNames: [String]?
  private(set) var measureNames: [String]?
  private var keyTypes: [ValueType]?

  /// What the numbers of a term are called: `sum`, which takes integers, or `value`, which takes anything.
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
    let condition = map["where"].flatMap { sources.compile(source, $0, each: each?.table, type: .flag) }
    let keys = by.compactMap { sources.compile(source, $0, each: each?.table) }
    let isSum = self.measures == "sum"
    let measures = sum.compactMap { sources.compile(source, $0, each: each?.table, type: isSum ? .integer : nil) }
    guard keys.count == by.count, measures.count == sum.count, map["where"] == nil || condition != nil else { return }
    let types = keys.map(\.type) + (isSum ? [] : measures.map(\.type))
    if let known = keyTypes, known != types {
      node.wrong(
        types.map(ProgramBuilder.word).joined(separator: ", "), known.map(ProgramBuilder.word).joined(separator: ", "))
      return
    }
    keyTypes = types
    terms.append(
      Term(side: side, source: source, each: each, condition: condition, keys: keys, measures: measures, sign: sign))
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

  /// The sources that `KJFUKA[10,20]`, `KJFUKA[*]` or a table's name stands for.
  static func sources(named node: DefinitionNode, _ sources: CheckSources) -> [Source] {
    guard let text = node.text else { return [] }
    guard let open = text.firstIndex(of: "["), text.last == "]" else {
      if sources.has(.table(text)) { return [.table(text)] }
      node.wrong(text, "FILE[kind,…] or a table: \(ProgramBuilder.nearest(text, among: sources.tables))")
      return []
    }
    let file = String(text[..<open])
    let list = text[text.index(after: open)...].dropLast()
    let known = sources.kinds(of: file)
    let kinds =
      list == "*"
      ? known.filter { $0 != "00" && $0 != "99" } : list.split(separator: ",").map { $0.filter { $0 != " " } }
    if known.isEmpty || kinds.isEmpty {
      node.wrong(text, "a file: \(ProgramBuilder.nearest(file, among: sources.files))")
      return []
    }
    for kind in kinds where !known.contains(kind) {
      node.wrong("\(file)[\(kind)]", known.joined(separator: ", "))
      return []
    }
    return kinds.map { .records(file: file, kind: $0) }
  }
}
