import Base
import Evidence
import Records

/// The pattern of a difference, independent of the person (署名): the same cause gives the same pattern.
struct DifferencePattern {
  private let check: Check
  private let keyCount: Int

  init(_ check: Check) {
    self.check = check
    keyCount = check.body.keyNames.count
  }

  /// The lines grouped, most frequent first, and the signature of each line's group. A line's pattern is computed once.
  ///
  /// - Parameter lines: unmasked lines: personal values decide the group and its bound, and are masked in the output.
  func grouped(_ lines: [CheckResult.Line]) -> (groups: [DifferenceGroup], signatures: [String]) {
    var numbers: [String: Int] = [:]
    var groups: [DifferenceGroup] = []
    var signatures: [String] = []
    signatures.reserveCapacity(lines.count)
    for whole in lines {
      var line = check.masked(whole)
      let differences = zip(line.actual, line.expected).map { $0 &- $1 }
      let distances = zip(whole.actual, whole.expected).map { Self.distance($0, $1) }
      // The distance of two amounts, in coarse steps, does not reveal anyone's tax.
      (line.expected, line.actual) = (whole.expected, whole.actual)
      let pattern = pattern(line)
      let number = numbers[pattern.en] ?? groups.count
      if number == groups.count {
        numbers[pattern.en] = number
        groups.append(
          DifferenceGroup(
            signature: signature(pattern.en), pattern: pattern, lines: 0,
            sums: Array(repeating: 0, count: differences.count), samples: []))
        groups[number].gross = Array(repeating: 0, count: distances.count)
      }
      groups[number].lines += 1
      for (index, difference) in differences.enumerated() where index < groups[number].sums.count {
        groups[number].sums[index] &+= difference
      }
      for (index, distance) in distances.enumerated() where index < groups[number].gross.count {
        let (sum, isTooLarge) = groups[number].gross[index].addingReportingOverflow(distance)
        groups[number].gross[index] = isTooLarge ? .max : sum
      }
      if groups[number].samples.count < 5 { groups[number].samples.append(line.key) }
      if groups[number].lines <= DifferenceGroup.namedKeys, let key = named(line) {
        // All keys or none.
        if groups[number].lines == 1 { groups[number].keys = [] }
        groups[number].keys?.append(key)
      } else {
        groups[number].keys = nil
      }
      signatures.append(groups[number].signature)
    }
    if check.body.hidesMeasures {
      for index in groups.indices { groups[index].gross = groups[index].gross.map(DifferenceGroup.coarse) }
    }
    return (groups.sorted { ($1.lines, $0.signature) < ($0.lines, $1.signature) }, signatures)
  }

  private static func distance(_ left: Int128, _ right: Int128) -> Int128 {
    let (difference, isTooLarge) = left.subtractingReportingOverflow(right)
    return isTooLarge || difference == .min ? .max : difference < 0 ? -difference : difference
  }

  /// The key by which an approval can name a line; `nil` when it has no key or a part is personal.
  private func named(_ line: CheckResult.Line) -> String? {
    line.key.isEmpty || check.body.keyPrivacy.contains { $0 != .open } ? nil : line.key.joined(separator: "/")
  }

  private func signature(_ pattern: String) -> String {
    check.id + "/" + SHA256.digest(of: check.id + " " + pattern).dropFirst(7).prefix(6)
  }

  private func pattern(_ line: CheckResult.Line) -> Bilingual {
    if let pattern = check.body.pattern(of: line) { return pattern }
    let parts = zip(line.expected, line.actual).enumerated().compactMap { index, pair -> Bilingual? in
      guard pair.0 != pair.1 else { return nil }
      let name = index < check.body.measureNames.count ? check.body.measureNames[index] : ""
      let words = Self.amounts(pair.0, pair.1)
      return Bilingual(name + words.ja, name + words.en)
    }
    if parts.isEmpty { return check.title }
    return Bilingual(parts.map(\.ja).joined(separator: "、"), parts.map(\.en).joined(separator: ", "))
  }

  /// Two amounts compared: on one side only, or the distance.
  private static func amounts(_ expected: Int128, _ actual: Int128) -> Bilingual {
    if actual == 0 { return Bilingual("が旧にあるが新にない", ": old only") }
    if expected == 0 { return Bilingual("が新にあるが旧にない", ": new only") }
    if actual == -expected { return Bilingual("の符号が逆", ": sign turned") }
    if actual == expected * 2 { return Bilingual("が新で2倍", ": doubled") }
    let difference = actual - expected
    let (sign, more) = difference > 0 ? ("+", "多い") : ("−", "少ない")
    for limit in [1, 10, 100, 1_000, 10_000, 100_000] as [Int128] where difference.magnitude <= limit.magnitude {
      return Bilingual("が新で\(limit)以内\(more)", ": within \(sign)\(limit)")
    }
    return Bilingual("が新で100000を超えて\(more)", ": beyond \(sign)100000")
  }
}
