import Base
import Diff
import Evidence
import Records

/// One pass over all differences, in key order: counts accepted ones, groups the rest, writes the lists, and produces
/// the evidence.
package struct DifferenceFold {
  /// The largest number of distinct groups; later differences are counted as one group.
  private static let groupLimit = 2_000
  private static let samples = 5

  private struct GroupState {
    var kind: DifferenceKind
    var pattern: Bilingual
    var rows = 0
    var samples: [ComparisonEvidence.Sample] = []
  }

  private let terms: Terms
  private let masked: [Bool]
  private var rules: AcceptanceRules
  private var writers: [any DifferenceWriter]
  private let digest = SHA256()
  private let left = CanonicalRow()
  private let right = CanonicalRow()
  private var differing: [Int] = []
  private var shapes: [DifferenceShape] = []
  /// Groups of changed rows by the hash of the differing columns and the shapes of their differences.
  private var groups: [UInt64: Int] = [:]
  /// The same by words: shapes with the same words are one group.
  private var patterns: [String: Int] = [:]
  private let kinds: [ComparisonKind]
  private var lone: [DifferenceKind: Int] = [:]
  private var states: [GroupState] = []
  private var accepted = (total: 0, byKind: [DifferenceKind: Int](), byColumn: [Int]())

  /// - Parameter reveals: whether personal values are shown; numbers of persons (個人番号) never are.
  package init(_ terms: Terms, _ rules: AcceptanceRules, reveals: Bool, _ writers: [any DifferenceWriter]) {
    self.terms = terms
    self.rules = rules
    self.writers = writers
    kinds = terms.columns.map(\.kind)
    masked = terms.masked(reveals: reveals)
    accepted.byColumn = Array(repeating: 0, count: terms.columns.count)
  }

  /// - Throws: the errors of writing the lists: `output.write`.
  package mutating func fold(
    _ outcome: ComparisonOutcome, _ plan: ComparisonPlan, _ names: (left: String, right: String)
  ) throws(Diagnostic) -> ComparisonEvidence {
    begin(outcome)
    nonisolated(unsafe) var fold = self
    try outcome.log.forEach { (entry) throws(Diagnostic) in try fold.add(entry) }
    self = fold
    for writer in writers { try writer.finish() }
    return evidence(outcome, plan, names)
  }

  /// Begins the evidence with the terms and the content of each side.
  private func begin(_ outcome: ComparisonOutcome) {
    digest.update("totsugo diff 1\n")
    for (index, column) in terms.columns.enumerated() {
      let tolerance = column.tolerance?.description ?? ""
      let key = terms.key.firstIndex(of: index).map(String.init) ?? ""
      let parts = [column.name, column.kind.rawValue, column.forms.names.joined(separator: "+"), tolerance, key]
      digest.update(parts.map { "\($0.utf8.count):\($0)" }.joined(separator: " ") + "\n")
    }
    digest.update("left \(Self.text(outcome.left))\nright \(Self.text(outcome.right))\n")
  }

  private static func text(_ content: ContentSum) -> String {
    let digits = String(content.sum, radix: 16)
    return "\(content.rows):" + String(repeating: "0", count: 32 - digits.count) + digits
  }

  private mutating func add(_ entry: DifferenceLog.Entry) throws(Diagnostic) {
    evidence(entry)
    left.read(entry.left)
    right.read(entry.right)
    if entry.kind == .duplicate {
      group(entry.kind, [])
      for writer in writers { try writer.write(entry, left, right, [], accepted: nil) }
      return
    }
    entry.differing(&differing)
    let rule = rules.isEmpty ? nil : rules.accept(entry.kind, left, right, differing)
    if rule != nil {
      accepted.total += 1
      accepted.byKind[entry.kind, default: 0] += 1
      for index in differing { accepted.byColumn[index] += 1 }
    } else {
      group(entry.kind, differing)
    }
    for writer in writers { try writer.write(entry, left, right, differing, accepted: rule) }
  }

  /// Adds kind, lengths and canonical rows to the evidence.
  private func evidence(_ entry: DifferenceLog.Entry) {
    withUnsafeBytes(
      of: (
        UInt64(entry.kind.rawValue).littleEndian, UInt64(entry.left.count).littleEndian,
        UInt64(entry.right.count).littleEndian, UInt64(entry.occurrences.left).littleEndian,
        UInt64(entry.occurrences.right).littleEndian
      )
    ) { digest.update($0) }
    digest.update(UnsafeRawBufferPointer(entry.left))
    digest.update(UnsafeRawBufferPointer(entry.right))
  }

  private mutating func group(_ kind: DifferenceKind, _ differing: [Int]) {
    let index: Int
    if kind == .changed {
      shapes.removeAll(keepingCapacity: true)
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for column in differing {
        let shape = DifferenceShape(left, right, column, kinds[column])
        shapes.append(shape)
        for part in [UInt64(truncatingIfNeeded: column), UInt64(shape.relation.rawValue), shape.detail, shape.other] {
          hash = (hash ^ part) &* 0x9E37_79B9_7F4A_7C15
          hash ^= hash >> 29
        }
      }
      if let known = groups[hash] {
        index = known
      } else if states.count < Self.groupLimit, groups.count < 4 * Self.groupLimit {
        let pattern = pattern(differing, shapes)
        index = patterns[pattern.en] ?? states.count
        groups[hash] = index
        if index == states.count {
          patterns[pattern.en] = index
          states.append(GroupState(kind: kind, pattern: pattern))
        }
      } else {
        index = other(kind)
      }
    } else {
      index = other(kind)
    }
    states[index].rows += 1
    if states[index].samples.count < Self.samples { states[index].samples.append(sample(kind, differing)) }
  }

  private mutating func other(_ kind: DifferenceKind) -> Int {
    if let known = lone[kind] { return known }
    let pattern =
      switch kind {
      case .changed: Bilingual("その他の違い", "other changes")
      case .leftOnly: Bilingual("左だけにある", "left only")
      case .rightOnly: Bilingual("右だけにある", "right only")
      case .duplicate: Bilingual("キーが重なっている", "the key occurs more than once")
      }
    states.append(GroupState(kind: kind, pattern: pattern))
    lone[kind] = states.count - 1
    return states.count - 1
  }

  private func pattern(_ differing: [Int], _ shapes: [DifferenceShape]) -> Bilingual {
    let parts = zip(differing, shapes).map { index, shape in
      shape.words.prefixed(terms.columns[index].name)
    }
    return Bilingual(parts.map(\.ja).joined(separator: "、"), parts.map(\.en).joined(separator: ", "))
  }

  /// A value as it may be shown.
  private func shown(_ row: CanonicalRow, _ index: Int) -> String? {
    guard let text = row.text(index) else { return nil }
    return masked[index] ? Privacy.mask : text
  }

  private func sample(_ kind: DifferenceKind, _ differing: [Int]) -> ComparisonEvidence.Sample {
    let present = kind == .rightOnly ? right : left
    return ComparisonEvidence.Sample(
      key: terms.key.map { shown(present, $0) ?? "NULL" },
      values: differing.map {
        ComparisonEvidence.Values(column: terms.columns[$0].name, left: shown(left, $0), right: shown(right, $0))
      })
  }

  /// Remarks on values that could not be read, also when nothing differs.
  private func unreadable(_ columns: [ComparisonEvidence.Column]) -> [Diagnostic] {
    columns.filter { $0.unreadableLeft + $0.unreadableRight > 0 }.map {
      Diagnostic(.diffUnreadable, $0.name, $0.type, String($0.unreadableLeft), String($0.unreadableRight))
    }
  }

  private func evidence(
    _ outcome: ComparisonOutcome, _ plan: ComparisonPlan, _ names: (left: String, right: String)
  ) -> ComparisonEvidence {
    let counts = outcome.counts
    let columns = terms.columns.enumerated().map { index, column in
      ComparisonEvidence.Column(
        name: column.name, type: column.kind.rawValue, normalForms: column.forms.names,
        tolerance: column.tolerance?.description, isKey: terms.key.contains(index),
        changed: counts.byColumn[index] - accepted.byColumn[index],
        unreadableLeft: outcome.unreadable.left.isEmpty ? 0 : outcome.unreadable.left[index],
        unreadableRight: outcome.unreadable.right.isEmpty ? 0 : outcome.unreadable.right[index])
    }
    let groups = states.map { state in
      ComparisonEvidence.Group(
        signature: String(SHA256.digest(of: state.kind.name + " " + state.pattern.en).dropFirst(7).prefix(6)),
        kind: state.kind.name, pattern: state.pattern, rows: state.rows, samples: state.samples)
    }
    let way =
      switch outcome.way {
      case .merged: ComparisonEvidence.Way(name: "merge", leftReadAgain: 0, rightReadAgain: 0)
      case .digests(_, let left, let right):
        ComparisonEvidence.Way(name: "digests", leftReadAgain: left, rightReadAgain: right)
      }
    return ComparisonEvidence(
      left: .init(
        reference: names.left, rows: outcome.left.rows, duplicateKeys: counts.leftDuplicates,
        content: Self.text(outcome.left), ignored: plan.ignored.left,
        unnamedBytes: plan.left.unnamedBytes),
      right: .init(
        reference: names.right, rows: outcome.right.rows, duplicateKeys: counts.rightDuplicates,
        content: Self.text(outcome.right), ignored: plan.ignored.right,
        unnamedBytes: plan.right.unnamedBytes),
      columns: columns, same: counts.same, tolerated: counts.tolerated,
      changed: counts.changed - accepted.byKind[.changed, default: 0],
      leftOnly: counts.leftOnly - accepted.byKind[.leftOnly, default: 0],
      rightOnly: counts.rightOnly - accepted.byKind[.rightOnly, default: 0], accepted: accepted.total,
      rules: rules.evidence, groups: groups.sorted { ($1.rows, $0.signature) < ($0.rows, $1.signature) }, way: way,
      remarks: (outcome.remarks + unreadable(columns)).map { Bilingual($0.message(.japanese), $0.message(.english)) },
      rejected: outcome.remarks.reduce(0) { $0 + ($1.code == .datasetRejected ? Int($1.facts.first ?? "") ?? 1 : 0) },
      evidence: digest.finish())
  }
}

extension Bilingual {
  fileprivate func prefixed(_ name: String) -> Bilingual { Bilingual("\(name) \(ja)", "\(name): \(en)") }
}
