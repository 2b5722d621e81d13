import Base
import Definitions
import Evidence
import Expressions

/// `totals`: sums by group (年度 × 税目 × 期別 …) are the same on both sides. For few groups, all of which are shown.
struct TotalsCheck: CheckKind {
  static let name = "totals"
  static let purpose = Bilingual("集計区分ごとの件数・金額が両側で一致する", "counts and amounts by group are the same on both sides")
  static let keys = ["expected", "actual", "expect-value", "modulo", "zero"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    var reader = TermReader(sources)
    reader.read(map.required("actual"), .actual)
    var fixed: [Int128]?
    if let value = map["expect-value"] {
      guard let number = value.integer else { return nil }
      fixed = [Int128(number)]
      if reader.measureNames?.count != 1 || reader.keyNames != [] {
        value.wrong("\(number)", "an actual side with one sum and no `by`")
        return nil
      }
    } else {
      reader.read(map.required("expected"), .expected)
    }
    guard !reader.terms.isEmpty, let keyNames = reader.keyNames, let measureNames = reader.measureNames else {
      return nil
    }
    guard !measureNames.isEmpty else {
      map.node.wrong("no `sum`", "at least one sum")
      return nil
    }
    guard reader.canDiffer(map), let modulus = Modulus.read(map),
      let zero = keyNames.isEmpty ? .some(nil) : reader.zeroRule(map)
    else {
      return nil
    }
    return Body(
      terms: reader.terms, keyNames: keyNames, measureNames: measureNames, fixed: fixed, modulus: modulus, zero: zero)
  }

  struct Body: CheckBody {
    let terms: [Term]
    let keyNames: [String]
    let measureNames: [String]
    let fixed: [Int128]?
    package let modulus: Modulus
    let zero: Bilingual?

    var expectedFrom: [CheckSide] { fixed == nil ? Self.sides(terms.filter { $0.side == .expected }) : [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { GroupTable(measures: measureNames.count) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let table = summary as? GroupTable else { return Finding(why: Bilingual("", "")) }
      var lines = table.lines()
      if let fixed {
        lines = [CheckResult.Line(key: [], expected: fixed, actual: lines.first?.actual ?? [0])]
      }
      lines = lines.map(modulus.rest)
      var finding = Finding(why: Bilingual("", ""))
      let differing = lines.filter(\.differs)
      finding.expectedRows = fixed == nil ? table.rows[0] : min(table.seen, 1)
      finding.actualRows = table.rows[1]
      finding.differences = differing.count
      finding.unreadable = table.unreadable
      finding.lines = Array((differing + lines.filter { !$0.differs }).prefix(500))
      finding.why =
        differing.isEmpty
        ? Bilingual("\(lines.count)区分すべて一致", "all \(lines.count) groups agree")
        : Bilingual("\(lines.count)区分のうち\(differing.count)区分が不一致", "\(differing.count) of \(lines.count) groups differ")
      finding.tell(zero: zero)
      return finding
    }
  }
}
