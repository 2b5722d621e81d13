import Base
import Evidence
import Expressions

/// The observations of one shard for all checks. Shards are merged, in any order, after everything has been read.
package final class Observer {
  private let checks: [Check]
  private var summaries: [any CheckSummary]
  private let readers: TermReaders
  /// For each check whose expected side another check observes: that other check.
  private let owners: [Int: Int]

  /// - Parameter scratch: shared by the observers that will be merged.
  package init(_ checks: [Check], _ scratch: Scratch = Scratch()) {
    self.checks = checks
    summaries = checks.map { $0.body.summary(scratch) }
    let owners = Self.owners(checks)
    self.owners = owners
    readers = TermReaders(checks) { index, term in term.side == .actual || owners[index] == nil }
  }

  private static func owners(_ checks: [Check]) -> [Int: Int] {
    var first: [[TermIdentity]: Int] = [:]
    var owners: [Int: Int] = [:]
    for (index, check) in checks.enumerated() {
      guard let shared = check.body.shared else { continue }
      if let owner = first[shared] { owners[index] = owner } else { first[shared] = index }
    }
    return owners
  }

  /// Called once, after everything has been observed and merged, before any conclusion.
  package func settle() {
    for (check, owner) in owners { summaries[check].adopt(summaries[owner]) }
  }

  package func observe(_ source: Source, _ rows: ObservedRows) {
    readers.forEach(source, rows) { reader, rows in summaries[reader.check].observe(reader.term, rows) }
  }

  /// The observations of all shards, merged into the first of them. There is at least one.
  package static func merged(_ shards: [Observer]) -> Observer {
    for shard in shards.dropFirst() { shards[0].merge(shard) }
    return shards[0]
  }

  package func merge(_ other: Observer) {
    for index in summaries.indices { summaries[index].merge(other.summaries[index]) }
  }

  /// The second reading for the failed checks whose differences are not yet located; `nil` when nothing must be read
  /// again.
  ///
  /// - Parameters:
  ///   - origins: for checks by id, the legacy rows from which their rows of tables come; asked only when something is
  ///     to be read again.
  ///   - rejected: of the records that were not migrated, all observed.
  package func localisation(
    excluding inconclusive: Set<Source>, origins: @autoclosure () -> [String: [Term]] = [:],
    rejected: RejectedShares? = nil
  ) -> Localisation? {
    var localisers: [Int: any Localiser] = [:]
    for (index, check) in checks.enumerated() where check.sources.isDisjoint(with: inconclusive) {
      localisers[index] = check.body.localiser(summaries[index], without: rejected?.summary(of: check.id))
    }
    return localisers.isEmpty ? nil : Localisation(checks: checks, localisers: localisers, origins: origins())
  }

  /// The results of all checks.
  ///
  /// - Parameter unread: sources that could not be read, with the reason: their checks are not run.
  /// - Parameter found: the differences of the second reading, by check.
  /// - Parameter tally: accepts differences of the checks that were not read again.
  /// - Parameter causes: takes the differences of these checks.
  package func results(
    files: [RunEvidence.FileEvidence], unread: [Source: Bilingual], found: [String: Localisation.Found],
    accepting tally: AcceptanceTally, explaining causes: CauseFinder? = nil
  ) -> [CheckResult] {
    zip(checks, summaries).map { check, summary in
      var result = CheckResult(
        id: check.id, kind: check.kind, category: check.category, subsystem: check.subsystem, severity: check.severity,
        title: check.title, formula: check.formula, status: .notRun, expectedFrom: check.body.expectedFrom,
        actualFrom: check.body.actualFrom, why: Bilingual("", ""), keyNames: check.body.keyNames,
        measureNames: check.body.measureNames)
      result.rule = check.rule
      if let why = check.sources.compactMap({ unread[$0] }).min(by: { $0.en < $1.en }) {
        result.why = Bilingual("未実施: " + why.ja, "not run: " + why.en)
        return result
      }
      var finding = check.body.conclude(summary, files)
      if let found = found[check.id] {
        finding.differences = found.count
        finding.lines = found.sample
        finding.why = found.why
        result.list = found.list?.name
        result.listDigest = found.list?.digest
        result.revealedDigest = found.list?.revealed
        result.groups = found.groups
        result.accept(found.accepted)
      } else if finding.differences > 0 {
        let lines = finding.lines.filter { $0.differs || $0.expected.isEmpty }
        let rules = lines.map { tally.accept(check, $0) }
        let open = zip(lines, rules).filter { $1 == nil }.map(\.0)
        let grouped = DifferencePattern(check).grouped(open)
        result.groups = grouped.groups
        result.countRest(finding.differences - lines.count)
        causes?.take(check, open, grouped, beyond: max(0, finding.differences - lines.count))
        result.accept(rules)
      }
      finding.lines = finding.lines.map { check.masked($0) }
      Self.judge(check, finding, &result)
      return result
    }
  }

  private static func judge(_ check: Check, _ finding: Finding, _ result: inout CheckResult) {
    result.expectedRows = finding.expectedRows
    result.actualRows = finding.actualRows
    result.differences = finding.differences
    result.unreadable = finding.unreadable
    result.lines = finding.lines
    result.why = finding.why
    result.account = finding.account
    if let accepted = result.accepted { finding.tell(accepted: accepted, &result.why) }
    if finding.differences > result.accepted ?? 0 {
      result.status = check.warns ? .warned : .failed
    } else if finding.unreadable > 0 {
      result.status = .notRun
      result.why = Bilingual(
        "判定不能: 値を読めない行、または合計する値のない行が\(finding.unreadable)行あり、残りは一致",
        "inconclusive: \(finding.unreadable) rows hold values that cannot be read, or none to add up; the rest agrees")
    } else if finding.expectedRows == 0, finding.actualRows == 0, !check.mayBeEmpty {
      result.status = .notRun
      result.why = Bilingual("判定不能: 対象の行が1件もない", "inconclusive: there was no row to compare")
    } else {
      result.status = result.accepted == nil ? .passed : .warned
    }
  }
}

extension CheckResult {
  /// Counts differences whose lines were not kept. They join the group of the kept lines when there is only one group;
  /// otherwise they form a group without a signature.
  fileprivate mutating func countRest(_ rest: Int) {
    guard rest > 0 else { return }
    if groups.count == 1 {
      groups[0].lines += rest
      groups[0].keys = nil
      // Their amount is unknown.
      groups[0].gross = groups[0].gross.map { _ in .max }
    } else {
      groups.append(
        DifferenceGroup(signature: "", pattern: Bilingual("ほか", "others"), lines: rest, sums: [], samples: []))
    }
  }

  /// Counts the lines that a rule accepts.
  fileprivate mutating func accept(_ rules: [String?]) {
    let number = rules.count { $0 != nil }
    accepted = number == 0 ? nil : number
  }
}

/// A second reading of the sources of failed checks, in order, which finds every difference. Checks can be divided among
/// readers, each of which reads all rows of its sources.
package final class Localisation {
  private let checks: [Check]
  private let localisers: [Int: any Localiser]
  private let readers: TermReaders
  /// For checks by id, the legacy rows from which their rows of tables come.
  private let origins: [String: [Term]]
  private let locating: TermReaders

  /// The differences found for one check.
  package struct Found {
    package let count: Int
    package let sample: [CheckResult.Line]
    package let why: Bilingual
    /// The full list, when one was written: its name relative to the run's folder, and the digest of its bytes.
    package let list: (name: String, digest: String, revealed: String?)?
    /// The groups of the differences that no rule accepts.
    package let groups: [DifferenceGroup]
    /// For each line the rule that accepts it.
    let accepted: [String?]
  }

  init(checks: [Check], localisers: [Int: any Localiser], origins: [String: [Term]]) {
    var locating = TermReaders([])
    for index in localisers.keys.sorted() {
      for term in origins[checks[index].id] ?? [] { locating.add(term, index) }
    }
    self.origins = origins
    self.locating = locating
    self.checks = checks
    self.localisers = localisers
    readers = TermReaders(checks) { index, _ in localisers[index] != nil }
  }

  /// One reading for each reader, which may be used at the same time; ``finish(accepting:explaining:write:)`` stays here,
  /// after all of them.
  ///
  /// - Parameter rows: about how many rows a source has, so that the readers have equal work.
  package func divided(among readers: Int, rows: (Source) -> Int) -> [Localisation] {
    let work = localisers.keys.map { index in
      let terms = checks[index].body.terms + (origins[checks[index].id] ?? [])
      return (check: index, rows: terms.reduce(0) { $0 + rows($1.source) })
    }.sorted { ($1.rows, $0.check) < ($0.rows, $1.check) }
    var parts = Array(repeating: (rows: 0, checks: [Int: any Localiser]()), count: max(1, readers))
    for item in work {
      let least = parts.indices.min { parts[$0].rows < parts[$1].rows } ?? 0
      parts[least].rows += item.rows
      parts[least].checks[item.check] = localisers[item.check]
    }
    return parts.filter { !$0.checks.isEmpty }.map {
      Localisation(checks: checks, localisers: $0.checks, origins: origins)
    }
  }

  /// The sources that must be read again.
  package var sources: Set<Source> { readers.sources.union(locating.sources) }

  package func observe(_ source: Source, _ rows: ObservedRows) {
    readers.forEach(source, rows) { localisers[$0.check]?.observe($0.term, $1) }
    locating.forEach(source, rows) { localisers[$0.check]?.locate($0.term, $1) }
  }

  /// A line of a full list of differences and its outcome: the signature of its group, or the rule that accepts it.
  package struct Entry {
    package let line: CheckResult.Line
    /// The line as those may see it who may see what is personal.
    package let revealed: CheckResult.Line
    package let signature: String?
    package let rule: String?
  }

  /// Ends the reading. `causes` takes the differences that no rule accepts; `write` gets each check's full list, and returns its place and its digest.
  package func finish(
    accepting tally: AcceptanceTally, explaining causes: CauseFinder? = nil,
    write: (Check, [Entry]) throws(Diagnostic) -> (name: String, digest: String, revealed: String?)?
  ) throws(Diagnostic) -> [String: Found] {
    var found: [String: Found] = [:]
    for (index, localiser) in localisers.sorted(by: { $0.key < $1.key }) {
      let check = checks[index]
      let whole = localiser.finish()
      let rules = whole.map { tally.accept(check, $0) }
      let lines = whole.map { check.masked($0) }
      let open = zip(whole, rules).filter { $1 == nil }.map(\.0)
      let (groups, signatures) = DifferencePattern(check).grouped(open)
      causes?.take(check, open, (groups, signatures))
      var next = signatures.makeIterator()
      let entries = whole.indices.map { index in
        Entry(
          line: lines[index], revealed: check.masked(whole[index], reveals: true),
          signature: rules[index] == nil ? next.next() : nil, rule: rules[index])
      }
      found[check.id] = Found(
        count: lines.count, sample: Array(lines.prefix(20)),
        why: Bilingual("不一致 \(lines.count)件", "\(lines.count) differences"),
        list: try write(check, entries), groups: groups, accepted: rules)
    }
    return found
  }
}
