import Base
import Evidence
import Expressions
import Records

/// Finds what the failed and undecided checks of a run come from (原因の究明): first what is proven to come from records
/// that were not migrated, then what is left, gathered by what connects it.
///
/// Keeps at most ``kept`` differences of each shape. Not for several threads at once.
package final class CauseFinder {
  /// The largest number of differences of one shape that are looked at one by one; the others are counted.
  static let kept = 300
  /// The largest number of records that are read once more.
  static let suspected = 400

  /// What is known of one check that did not pass.
  private struct Part {
    /// By reason, the number of differences that its records explain.
    var reasons: [Int: Int] = [:]
    var grounds: [Int: Set<Cause.Ground>] = [:]
    var groups: [Int: Set<String>] = [:]
    /// Whether differences are left that no record explains.
    var hasRest = false
  }

  private let checks: [Check]
  private let numbers: [String: Int]
  private let roles: EntityRoles
  private let fillers: [String: Set<String>]
  package let shares: RejectedShares
  private let files: [String: Bilingual]
  private var parts: [String: Part] = [:]
  private var lines: [CauseLine] = []

  /// - Parameters:
  ///   - fillers: the files that fill each table.
  ///   - shares: of the records that were not migrated, all observed.
  ///   - files: the titles of files; a file without one is told by its id.
  package init(
    _ checks: [Check], _ roles: EntityRoles, fillers: [String: Set<String>], _ shares: RejectedShares,
    files: [String: Bilingual] = [:]
  ) {
    self.files = files
    self.fillers = fillers
    self.checks = checks
    self.roles = roles
    self.shares = shares
    numbers = Dictionary(checks.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// Takes differences of a check, unmasked, that no rule accepts.
  ///
  /// - Parameters:
  ///   - grouped: the groups of the differences, and for each its signature.
  ///   - beyond: the number of further differences whose lines were not kept.
  func take(
    _ check: Check, _ differences: [CheckResult.Line], _ grouped: (groups: [DifferenceGroup], signatures: [String]),
    beyond: Int = 0
  ) {
    var part = parts[check.id] ?? Part()
    let (groups, signatures) = grouped
    var rest: [(line: CheckResult.Line, group: String)] = []
    for (line, group) in zip(differences, signatures) {
      guard let found = explain(check, line) else {
        rest.append((line, group))
        continue
      }
      for reason in found.reasons {
        part.reasons[reason, default: 0] += 1
        part.groups[reason, default: []].insert(group)
        part.grounds[reason, default: []].insert(found.ground)
      }
      if let left = found.rest { rest.append((left, group)) }
    }
    part.hasRest = !rest.isEmpty || beyond > 0
    parts[check.id] = part
    keep(check, rest, Dictionary(groups.map { ($0.signature, $0.pattern) }) { first, _ in first }, beyond)
  }

  private func explain(_ check: Check, _ line: CheckResult.Line) -> RejectedShares.Explanation? {
    guard let faults = check.body.faults(of: line) else { return shares.explain(check, line) }
    let reasons = shares.reasons(in: faults.file, code: faults.code)
    return reasons.isEmpty ? nil : RejectedShares.Explanation(reasons: reasons, ground: .without, rest: nil)
  }

  private func keep(
    _ check: Check, _ rest: [(line: CheckResult.Line, group: String)], _ patterns: [String: Bilingual], _ beyond: Int
  ) {
    guard let number = numbers[check.id], !rest.isEmpty || beyond > 0 else { return }
    var last: [String: Int] = [:]
    var seen: [String: Int] = [:]
    for (line, group) in rest {
      seen[group, default: 0] += 1
      if let index = last[group], seen[group, default: 0] > Self.kept {
        lines[index].count += 1
        continue
      }
      last[group] = lines.count
      lines.append(CauseLine(number, check, line, shape: group, pattern: patterns[group] ?? check.title))
    }
    guard beyond > 0 else { return }
    if let any = last.values.max() {
      lines[any].count += beyond
    } else {
      let line = CheckResult.Line(key: [], expected: [], actual: [])
      lines.append(CauseLine(number, check, line, shape: check.id, pattern: check.title, count: beyond))
    }
  }

  /// The records that differences name which no rejected record explains: of each shape the first, ``suspected`` at
  /// most.
  package var suspects: [RecordPlace] {
    var seen: [String: Int] = [:]
    var found: [RecordPlace] = []
    for line in lines where !line.suspects.isEmpty {
      seen[line.shape, default: 0] += 1
      guard seen[line.shape, default: 0] <= 4 else { continue }
      found += line.suspects.sorted { ($0.file, $0.record) < ($1.file, $1.record) }
    }
    return Array(Set(found.prefix(Self.suspected))).sorted { ($0.file, $0.record) < ($1.file, $1.record) }
  }

  /// The causes of everything that did not pass, the gravest first.
  ///
  /// - Parameters:
  ///   - parts: of the ``suspects``.
  ///   - results: of all checks, also of those that belong to no definition.
  ///   - unread: the sources that were not read, and why.
  package func causes(of results: [CheckResult], unread: [Source: Bilingual], parts: RecordParts) -> [Cause] {
    var pending = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }.filter { $0.value.status != .passed }
    var causes = notRead(&pending, unread)
    noteUndecided(results)
    for index in shares.reasons.indices {
      if let cause = rejected(index, results) { causes.append(cause) }
    }
    var clusters = CauseClusters(checks, roles, fillers: fillers, parts)
    clusters.gather(lines + undecided(pending, causes))
    let found = clusters.clusters.map { cause($0, pending) }
    causes += Self.distinct(found, clusters.clusters.map { key($0) })
    // A check may fail without lines: of the whole extent, or because nothing was there to compare.
    let known = Set(causes.flatMap(\.checks).map(\.check))
    for result in results where result.isOpen && !known.contains(result.id) { causes.append(alone(result)) }
    return causes.sorted(by: Self.precedes)
  }

  /// S1 first, then by yen, by checks, by differences.
  private static func precedes(_ left: Cause, _ right: Cause) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    let (mine, theirs) = (left.yen ?? 0, right.yen ?? 0)
    if mine != theirs { return mine > theirs }
    if left.checks.count != right.checks.count { return left.checks.count > right.checks.count }
    return (right.differences, left.id) < (left.differences, right.id)
  }

  // MARK: what was not read

  private func notRead(_ pending: inout [String: CheckResult], _ unread: [Source: Bilingual]) -> [Cause] {
    var byReason: [String: (why: Bilingual, checks: [CheckResult])] = [:]
    for check in checks {
      guard let result = pending[check.id], result.status == .notRun,
        let why = check.sources.compactMap({ unread[$0] }).min(by: { $0.en < $1.en })
      else { continue }
      pending[check.id] = nil
      var entry = byReason[why.en] ?? (why, [])
      entry.checks.append(result)
      byReason[why.en] = entry
    }
    return byReason.values.map { entry in
      Cause(
        id: Self.id("N", [entry.why.en]), kind: .notRead, title: entry.why,
        severity: entry.checks.map(\.severity).min() ?? .s1,
        checks: entry.checks.map { .init(check: $0.id, differences: 0, isWhole: true) }, records: 0, places: [],
        differences: 0, yen: nil, groups: [], explainedBy: [.notRead])
    }
  }

  // MARK: records that were not migrated

  /// Undecided checks: rows that they could not read are those of records that were not migrated, or not.
  private func noteUndecided(_ results: [CheckResult]) {
    for result in results where result.unreadable > 0 && result.status != .passed {
      let rows = shares.unreadable(result.id)
      guard !rows.isEmpty else { continue }
      var part = parts[result.id] ?? Part()
      for reason in rows.keys {
        part.reasons[reason, default: 0] += 0
        part.grounds[reason, default: []].insert(.unreadable)
      }
      if result.status == .notRun, rows.values.reduce(0, +) < result.unreadable { part.hasRest = true }
      parts[result.id] = part
    }
  }

  /// Undecided checks of which nothing is known, as lines.
  private func undecided(_ pending: [String: CheckResult], _ causes: [Cause]) -> [CauseLine] {
    let known = Set(causes.flatMap(\.checks).map(\.check)).union(lines.map { checks[$0.check].id })
    return checks.enumerated().compactMap { number, check in
      guard let result = pending[check.id], result.status == .notRun, result.unreadable > 0, !known.contains(check.id)
      else { return nil }
      let line = CheckResult.Line(key: [], expected: [], actual: [])
      return CauseLine(number, check, line, shape: check.id, pattern: result.why, count: 0)
    }
  }

  private func rejected(_ index: Int, _ results: [CheckResult]) -> Cause? {
    let reason = shares.reasons[index]
    var found: [Cause.Part] = []
    var grounds: Set<Cause.Ground> = []
    var groups: Set<String> = []
    var severity: Severity?
    for result in results where result.status != .passed {
      guard let part = parts[result.id], let differences = part.reasons[index] else { continue }
      found.append(.init(check: result.id, differences: differences, isWhole: !part.hasRest))
      grounds.formUnion(part.grounds[index] ?? [])
      groups.formUnion(part.groups[index] ?? [])
      severity = min(severity ?? result.severity, result.severity)
    }
    guard let severity else { return nil }
    let records = shares.records[index]
    return Cause(
      id: Self.id(reason.isExclusion ? "E" : "R", [reason.file, reason.kind, reason.field, reason.code]),
      kind: reason.isExclusion ? .excluded : .rejected, title: reason.title(files, records.count), code: reason.code,
      severity: severity,
      checks: found,
      records: records.count, places: records.places, differences: found.reduce(0) { $0 + $1.differences },
      yen: nil, groups: groups.sorted(), explainedBy: Cause.Ground.allCases.filter(grounds.contains))
  }

  // MARK: what is left

  private func cause(_ cluster: CauseClusters.Cluster, _ results: [String: CheckResult]) -> Cause {
    let lead = self.lead(cluster)
    let counts = Dictionary(grouping: cluster.lines, by: \.check).mapValues { $0.reduce(0) { $0 + $1.count } }
    let found = cluster.checks.sorted().map { number in
      let check = checks[number]
      let isWhole = counts[number] == (results[check.id]?.differences ?? 0) - (results[check.id]?.accepted ?? 0)
      return Cause.Part(check: check.id, differences: counts[number] ?? 0, isWhole: isWhole)
    }
    let records = Set(cluster.lines.flatMap(\.records))
    let isShape = cluster.number > 1 || (counts[lead.check] ?? 0) > 20
    var grounds = cluster.grounds
    if grounds.isEmpty { grounds = [.sameCheck] }
    let kind: Cause.Kind =
      lead.isControl ? .control : isShape ? .shape : found.count > 1 || !records.isEmpty ? .single : .check
    return Cause(
      id: Self.id("F", [checks[lead.check].id, lead.pattern.en]), kind: kind,
      title: title(lead, isShape ? max(cluster.number, counts[lead.check] ?? 0) : 1),
      subject: isShape || isAboutProtection(cluster) ? "" : thing(lead, checks[lead.check]),
      severity: cluster.checks.map { checks[$0].severity }.min() ?? .s1, checks: found, records: records.count,
      places: Array(
        records.sorted { ($0.file, $0.record) < ($1.file, $1.record) }.prefix(RecordPlace.limit)),
      differences: counts.values.reduce(0, +), yen: yen(cluster), groups: cluster.look,
      explainedBy: Cause.Ground.allCases.filter(grounds.contains))
  }

  /// The difference that tells most: of the gravest check, and of these the one that names most.
  private func lead(_ cluster: CauseClusters.Cluster) -> CauseLine {
    cluster.lines.min { left, right in
      if left.isUndecided != right.isUndecided { return right.isUndecided }
      let (mine, theirs) = (checks[left.check], checks[right.check])
      if mine.severity != theirs.severity { return mine.severity < theirs.severity }
      if left.key.count != right.key.count { return left.key.count > right.key.count }
      return (mine.id, left.pattern.en) < (theirs.id, right.pattern.en)
    } ?? cluster.lines[0]
  }

  private func title(_ lead: CauseLine, _ number: Int) -> Bilingual {
    let check = checks[lead.check]
    let pattern = lead.pattern == check.title ? Bilingual("", "") : lead.pattern
    if lead.isUndecided {
      return Bilingual("「\(check.title.ja)」 \(pattern.ja)", "“\(check.title.en)” \(pattern.en)")
    }
    func text(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
    return Bilingual(
      text(
        "「\(check.title.ja)」が成り立たない" + (pattern.ja.isEmpty ? "" : "（\(pattern.ja)）"), number > 1 ? "\(number)件" : ""),
      text("does not hold: “\(check.title.en)”", pattern.en, number > 1 ? "(\(number) times)" : ""))
  }

  /// Whether naming the thing would tell that a person is under protection.
  private func isAboutProtection(_ cluster: CauseClusters.Cluster) -> Bool {
    cluster.checks.contains { checks[$0].title.ja.contains(CheckResult.protection) }
  }

  /// The thing that a difference names, as far as it may be shown.
  private func thing(_ line: CauseLine, _ check: Check) -> String {
    let open = zip(check.body.keyNames, check.body.keyPrivacy).filter { $1 == .open }.map(\.0)
    let named = open.filter(roles.names)
    return named.compactMap { name in line.key[name].map { "\(name) \($0)" } }.prefix(2).joined(separator: " ")
  }

  private func yen(_ cluster: CauseClusters.Cluster) -> Int128? {
    var sums: [Int: Int128] = [:]
    for line in cluster.lines {
      guard let yen = line.yen(roles) else { continue }
      sums[line.check] = sums[line.check, default: 0].addingReportingOverflow(yen).partialValue
    }
    guard let most = sums.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
    return checks[most.key].body.hidesMeasures ? DifferenceGroup.coarse(most.value) : most.value
  }

  private func key(_ cluster: CauseClusters.Cluster) -> String {
    let lead = self.lead(cluster)
    return thing(lead, checks[lead.check])
      + lead.key.filter { !roles.names($0.key) }
      .sorted { $0.key < $1.key }.map { $0.value }.joined(separator: "/")
  }

  /// Causes that look alike are told apart by what they name.
  private static func distinct(_ causes: [Cause], _ keys: [String]) -> [Cause] {
    let counts = Dictionary(grouping: causes, by: \.id).mapValues(\.count)
    return zip(causes, keys).map { cause, key in
      guard counts[cause.id] != 1 else { return cause }
      var own = cause
      own.id = id("F", [cause.id, key])
      return own
    }
  }

  private func alone(_ result: CheckResult) -> Cause {
    Cause(
      id: Self.id("F", [result.id]), kind: .check,
      title: Bilingual("「\(result.title.ja)」 \(result.why.ja)", "“\(result.title.en)” \(result.why.en)"),
      severity: result.severity,
      checks: [.init(check: result.id, differences: result.differences, isWhole: true)], records: 0, places: [],
      differences: result.differences, yen: nil, groups: result.groups.map(\.signature), explainedBy: [.sameCheck])
  }

  private static func id(_ letter: String, _ parts: [String]) -> String {
    letter + "-" + SHA256.digest(of: parts.joined(separator: "\n")).dropFirst(7).prefix(6)
  }
}

extension RejectedShares.Reason {
  /// What happened to the records.
  ///
  /// - Parameters:
  ///   - titles: the titles of files.
  ///   - records: the number of records.
  func title(_ titles: [String: Bilingual], _ records: Int) -> Bilingual {
    let file = titles[self.file] ?? Bilingual(self.file, self.file)
    if isExclusion {
      return Bilingual(
        "\(file.ja) 除外の規則 \(code)により\(records)件を除外", "\(file.en): \(records) excluded by the rule \(code)")
    }
    let meaning = Fault.allCases.first { $0.code == code }?.meaning ?? Bilingual(code, code)
    let item = field.isEmpty ? "" : " \(field)"
    return Bilingual(
      "\(file.ja)\(item): \(meaning.ja)（\(records)件を拒否）", "\(file.en)\(item): \(meaning.en) (\(records) rejected)")
  }
}
