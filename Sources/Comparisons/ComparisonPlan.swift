import Datasets
import Base
import Diff
import Expressions
import Records

/// Two datasets with matching schemas, and the columns to compare.
package struct ComparisonPlan: Sendable {
  package let terms: Terms
  package internal(set) var left: DatasetSide
  package internal(set) var right: DatasetSide
  /// Columns that the user asked to ignore, by side.
  package let ignored: (left: [String], right: [String])

  /// The requirements of the command line and the map.
  package struct Request: Sendable {
    package var key: [String]
    package var ignored: Set<String> = []
    package var tolerances: [(column: String, number: ExactNumber)] = []
    package var map = ColumnMap()

    package init(key: [String]) { self.key = key }
  }

  /// Pairs the columns of both sides: those of the map, then those with the same name.
  ///
  /// - Throws: all reasons why they cannot be compared: `diff.column` for a name that is on no side, `diff.onesided`
  ///   for columns that only one side has and that are not ignored, `diff.types` for columns of different types,
  ///   `diff.key`.
  package init(_ left: any Dataset, _ right: any Dataset, _ request: Request) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    let map = request.map
    let ignored = request.ignored.union(map.ignored)
    let everything = Set((left.columns + right.columns).map(\.name)).union(map.entries.map(\.name))
    for name in ignored.sorted() where !everything.contains(name) {
      problems.append(Self.unknown(name, everything))
    }

    var leftSide = SidePlan(left, map.leftReads)
    var rightSide = SidePlan(right, map.rightReads)
    var columns: [ComparedColumn] = []
    var pairs: [(column: ComparedColumn, order: Int)] = []
    for entry in map.entries {
      let a = leftSide.index(of: entry.left, entry.leftPlace)
      let b = rightSide.index(of: entry.right, entry.rightPlace)
      if ignored.contains(entry.name) { continue }
      var column = ComparedColumn(entry.name, left: a, right: b, kind: entry.kind ?? .text)
      column.forms = entry.forms
      column.isDeclared = entry.kind != nil
      column.isAccounting = entry.isAccounting
      column.tolerance = entry.tolerance
      column.privacy = entry.privacy
      pairs.append((column, a))
    }
    for (index, column) in left.columns.enumerated()
    where !leftSide.used.contains(index) && !ignored.contains(column.name) {
      // Compared by bytes: names that only look the same (神 U+FA19 and 神) differ.
      guard let other = right.columns.firstIndex(where: { $0.name.utf8.elementsEqual(column.name.utf8) }),
        !rightSide.used.contains(other)
      else { continue }
      leftSide.used.insert(index)
      rightSide.used.insert(other)
      pairs.append((ComparedColumn(column.name, left: index, right: other, kind: .text), index))
    }
    do throws(Diagnostic) {
      try leftSide.compile()
      try rightSide.compile()
    } catch { problems.append(error) }

    pairs.sort { $0.order < $1.order }
    for (pair, _) in pairs {
      var column = pair
      let (a, b) = (leftSide.kind(column.left), rightSide.kind(column.right))
      column.privacy = Privacy.stricter(
        column.privacy, Privacy.stricter(leftSide.privacy(column.left), rightSide.privacy(column.right)))
      if !column.isDeclared {
        if let kind = Self.common(a, b) {
          column.kind = kind
        } else {
          problems.append(Diagnostic(.diffTypes, column.name, a.rawValue, b.rawValue))
        }
      }
      columns.append(column)
    }
    for (name, number) in request.tolerances {
      if let index = columns.firstIndex(where: { $0.name == name }) {
        columns[index].tolerance = number
        if [.text, .any].contains(columns[index].kind) { columns[index].kind = .number }
      } else {
        problems.append(Self.unknown(name, Set(columns.map(\.name))))
      }
    }
    for column in columns where column.tolerance != nil && (column.kind == .date || column.kind == .truth) {
      problems.append(Diagnostic(.diffTolerance, column.name))
    }
    for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.name == column.name }) {
      problems.append(Diagnostic(.diffTwice, column.name))
    }
    let lone = (
      left: leftSide.unused.filter { !ignored.contains($0) }, right: rightSide.unused.filter { !ignored.contains($0) }
    )
    if !lone.left.isEmpty { problems.append(Self.onesided(left, lone.left, right)) }
    if !lone.right.isEmpty { problems.append(Self.onesided(right, lone.right, left)) }

    var key: [Int] = []
    for name in request.key {
      if let index = columns.firstIndex(where: { $0.name == name }) {
        if !key.contains(index) { key.append(index) }
        if columns[index].tolerance != nil { problems.append(Diagnostic(.diffKey, name)) }
      } else if ignored.contains(name), everything.contains(name) {
        problems.append(Diagnostic(.diffKeyIgnored, name))
      } else if !lone.left.contains(name), !lone.right.contains(name) {
        problems.append(Self.unknown(name, Set(columns.map(\.name))))
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    terms = Terms(columns: columns, key: key)
    self.left = DatasetSide(left, leftSide.computed)
    self.right = DatasetSide(right, rightSide.computed)
    self.ignored = (
      left.columns.map(\.name).filter { ignored.contains($0) },
      right.columns.map(\.name).filter { ignored.contains($0) }
    )
  }

  private static func unknown(_ name: String, _ known: Set<String>) -> Diagnostic {
    Diagnostic(.diffColumn, name, NameTable.nearest(name, among: known.sorted()))
  }

  private static func onesided(_ has: any Dataset, _ names: [String], _ lacks: any Dataset) -> Diagnostic {
    Diagnostic(
      .diffOnesided, at: Place(file: has.reference), names.joined(separator: ", "), lacks.reference,
      names.joined(separator: ","))
  }

  /// The kind for comparing two columns when only the datasets describe them; `nil` when they cannot be compared.
  static func common(_ left: ComparisonKind, _ right: ComparisonKind) -> ComparisonKind? {
    if left == right { return left }
    switch (left, right) {
    case (.text, let other), (let other, .text): return other == .any ? .text : other
    case (.any, let other), (let other, .any): return other
    default: return nil
    }
  }
}

/// One side while the plan is made: the columns used, and the columns computed from them.
private struct SidePlan {
  let dataset: any Dataset
  let reads: [String: ValueType]
  var used: Set<Int> = []
  private var expressions: [(text: String, place: Place)] = []
  private(set) var computed: ComputedColumns?

  init(_ dataset: any Dataset, _ reads: [String: ValueType]) {
    self.dataset = dataset
    self.reads = reads
  }

  /// The index of a column, or of a new computed column.
  mutating func index(of text: String, _ place: Place) -> Int {
    if let index = dataset.columns.firstIndex(where: { $0.name == text }) {
      used.insert(index)
      return index
    }
    expressions.append((text, place))
    return dataset.columns.count + expressions.count - 1
  }

  mutating func compile() throws(Diagnostic) {
    guard !expressions.isEmpty else { return }
    computed = try ComputedColumns(expressions, over: dataset.columns, reads: reads, title: dataset.reference)
    for index in computed?.inputColumns ?? [] { used.insert(index) }
  }

  func kind(_ index: Int) -> ComparisonKind {
    if index < dataset.columns.count { return dataset.columns[index].kind }
    let computed = computed?.columns ?? []
    let place = index - dataset.columns.count
    return computed.indices.contains(place) ? computed[place].kind : .text
  }

  func privacy(_ index: Int) -> Privacy {
    if index < dataset.columns.count { return dataset.columns[index].privacy }
    let computed = computed?.columns ?? []
    let place = index - dataset.columns.count
    return computed.indices.contains(place) ? computed[place].privacy : .open
  }

  var unused: [String] { dataset.columns.indices.filter { !used.contains($0) }.map { dataset.columns[$0].name } }
}
