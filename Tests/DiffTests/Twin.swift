import Diff

/// The simplest comparison: rows as lists of texts, in dictionaries by key, matched as multisets.
struct Twin {
  /// A value in canonical form, computed here by other means than the program's.
  enum Canonical: Hashable { case null, text(String), number(String), invalid(Side, String) }

  let terms: Terms
  private(set) var counts: DifferenceCounts
  /// The numbers of changed, left only, right only and duplicate rows.
  private(set) var kinds: [DifferenceKind: Int] = [:]

  init(_ terms: Terms, _ left: [[TestValue]], _ right: [[TestValue]]) {
    self.terms = terms
    counts = DifferenceCounts(columns: terms.columns.count)
    let (a, b) = (rows(left, .left), rows(right, .right))
    let keys = Set(a.keys).union(b.keys)
    for key in keys { compare(a[key] ?? [], b[key] ?? []) }
  }

  private func rows(_ rows: [[TestValue]], _ side: Side) -> [[Canonical]: [[Canonical]]] {
    var result: [[Canonical]: [[Canonical]]] = [:]
    for row in rows {
      let values = terms.columns.map { canonical(row[side == .left ? $0.left : $0.right], $0.kind, side) }
      result[terms.key.map { values[$0] }, default: []].append(values)
    }
    return result
  }

  private func canonical(_ value: TestValue, _ kind: ComparisonKind, _ side: Side) -> Canonical {
    switch (value, kind) {
    case (.null, _): return .null
    case (.invalid(let text), _): return .invalid(side, text)
    case (.text(let text), .number):
      guard let number = Self.plainNumber(text) else { return .invalid(side, text) }
      return .number(number)
    case (.number(let text), .number): return .number(Self.plainNumber(text) ?? text)
    case (.number(let text), .any): return .number(text)
    case (.text(let text), _), (.number(let text), _): return .text(text)
    }
  }

  /// Digits in the notation of programs, without zeros at the end of a fraction; `nil` for any other text.
  static func plainNumber(_ text: String) -> String? {
    guard text.wholeMatch(of: #/-?(0|[1-9][0-9]*)(\.[0-9]+)?/#) != nil else { return nil }
    var text = text
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? nil : text
  }

  private mutating func compare(_ left: [[Canonical]], _ right: [[Canonical]]) {
    if left.count > 1 { counts.leftDuplicates += 1 }
    if right.count > 1 { counts.rightDuplicates += 1 }
    if left.count > 1 || right.count > 1 { kinds[.duplicate, default: 0] += 1 }
    var (restLeft, restRight): ([[Canonical]], [[Canonical]]) = ([], right)
    for row in left {
      if let place = restRight.firstIndex(of: row) {
        restRight.remove(at: place)
        counts.same += 1
      } else {
        restLeft.append(row)
      }
    }
    if restLeft.count == 1, restRight.count == 1 {
      var isChanged = false
      for index in terms.columns.indices where !isSame(restLeft[0][index], restRight[0][index], terms.columns[index]) {
        counts.byColumn[index] += 1
        isChanged = true
      }
      counts.changed += isChanged ? 1 : 0
      counts.same += isChanged ? 0 : 1
      counts.tolerated += isChanged ? 0 : 1
      if isChanged { kinds[.changed, default: 0] += 1 }
    } else {
      counts.leftOnly += restLeft.count
      counts.rightOnly += restRight.count
      if !restLeft.isEmpty { kinds[.leftOnly, default: 0] += restLeft.count }
      if !restRight.isEmpty { kinds[.rightOnly, default: 0] += restRight.count }
    }
  }

  private func isSame(_ left: Canonical, _ right: Canonical, _ column: ComparedColumn) -> Bool {
    if left == right { return true }
    guard let tolerance = column.tolerance, case .number(let a) = left, case .number(let b) = right,
      let x = ExactNumber(a.utf8), let y = ExactNumber(b.utf8)
    else { return false }
    return ExactNumber.isWithin(tolerance, x, y)
  }
}
