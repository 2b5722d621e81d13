import Base
import Evidence
import Expressions

/// Differences gathered by what connects them: one fault seen by many checks, then one mistake in many rows.
///
/// Costs O(n log n) in the differences that are kept, and what the names of one thing are shared by.
struct CauseClusters {
  /// Differences of one fault.
  struct Cluster {
    var lines: [CauseLine]
    var grounds: Set<Cause.Ground> = []
    /// The number of faults of the same shape.
    var number = 1

    /// The checks and shapes: two clusters with the same look alike.
    var look: [String] { Set(lines.map(\.shape)).sorted() }
    var checks: Set<Int> { Set(lines.map(\.check)) }
  }

  private let checks: [Check]
  private let files: [Set<String>]
  private let roles: EntityRoles
  private(set) var clusters: [Cluster] = []
  /// Clusters by record, and by a part of the key that names something.
  private var byRecord: [RecordPlace: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  /// The largest number of clusters that a name is looked for in: a name that more share connects nothing.
  private static let shared = 200

  /// The amounts of each cluster, once they were asked for, when no cluster moves any more.
  private var amounts: [Int: Set<UInt128>] = [:]
  private let parts: RecordParts

  /// - Parameter parts: the differences in which the records that differences name take part.
  init(_ checks: [Check], _ roles: EntityRoles, fillers: [String: Set<String>], _ parts: RecordParts) {
    self.parts = parts
    self.checks = checks
    self.roles = roles
    files = checks.map { $0.files(fillers) }
  }

  /// Gathers the differences. Called once.
  mutating func gather(_ lines: [CauseLine]) {
    let controls = lines.filter(\.isControl)
    let others = lines.filter { !$0.isControl && !$0.isUndecided && !isOddity($0) }
    let sums = others.filter { $0.isSum(roles) }
    // What names most comes first, so that sums over several things join what they are sums of.
    let single = others.filter { !$0.isSum(roles) }.enumerated().sorted {
      ($1.element.key.count, $0.offset) < ($0.element.key.count, $1.offset)
    }.map(\.element)
    for line in single { place(line) }
    var joins = ClusterJoins(checks, roles, files: files, parts)
    clusters = joins.join(clusters.filter { !$0.lines.isEmpty })
    merge { $0.look }
    mergeOpposites()
    for line in sums { attach(line) }
    gather(oddities: lines.filter { isOddity($0) })
    gather(undecided: lines.filter(\.isUndecided))
    gather(controls: controls)
  }

  private func touches(_ line: CauseLine, _ other: Int) -> Bool { !files[line.check].isDisjoint(with: files[other]) }

  /// Puts a difference to those of the same thing, or alone.
  private mutating func place(_ line: CauseLine) {
    var found: [(cluster: Int, ground: Cause.Ground, isSum: Bool)] = []
    var seen: Set<Int> = []
    let beside = line.before.flatMap { byRecord[$0] } ?? []
    let named = beside + names(line).flatMap { byName[$0].map { $0.count > Self.shared ? [] : $0 } ?? [] }
    for index in line.records.flatMap({ byRecord[$0] ?? [] }) + named where seen.insert(index).inserted {
      var ground: Cause.Ground?
      var isSum = true
      for other in clusters[index].lines where touches(line, other.check) {
        let same: Cause.Ground? =
          line.hasSameRecord(other) ? .sameRecord : line.namesSame(other, roles) ? .sameKey : nil
        guard let same else { continue }
        ground = ground ?? same
        isSum = isSum && other.key.count > line.key.count && Set(line.key.keys).isSubset(of: other.key.keys)
      }
      if let ground { found.append((index, ground, isSum)) }
    }
    guard let first = found.first else {
      clusters.append(Cluster(lines: [line]))
      note(line, clusters.count - 1)
      return
    }
    // A sum over several faults belongs to each of them; anything else shows that they are one.
    if found.count > 1, found.allSatisfy(\.isSum) {
      for (index, ground, _) in found { add(line, to: index, ground) }
      return
    }
    for (index, _, _) in found.dropFirst() {
      for other in clusters[index].lines { add(other, to: first.cluster, .sameKey) }
      clusters[index].lines = []
    }
    add(line, to: first.cluster, first.ground)
  }

  private mutating func add(_ line: CauseLine, to index: Int, _ ground: Cause.Ground) {
    join(line, index, ground)
    note(line, index)
  }

  private mutating func note(_ line: CauseLine, _ index: Int) {
    for record in line.records.union(line.before.map { [$0] } ?? []) where byRecord[record]?.contains(index) != true {
      byRecord[record, default: []].append(index)
    }
    for name in names(line) where byName[name]?.contains(index) != true { byName[name, default: []].append(index) }
  }

  private func names(_ line: CauseLine) -> [String] {
    line.key.filter { roles.names($0.key) && EntityRoles.tells($0.value) }.map {
      roles.persons.contains($0.key) ? $0.value : "\($0.key)=\($0.value)"
    }
  }

  /// Makes one cluster of those with the same look.
  private mutating func merge(by look: (Cluster) -> [String]) {
    var first: [[String]: Int] = [:]
    var kept: [Cluster] = []
    for cluster in clusters where !cluster.lines.isEmpty {
      let key = look(cluster)
      if let index = first[key] {
        kept[index].lines += cluster.lines
        kept[index].number += cluster.number
        kept[index].grounds.insert(.sameShape)
      } else {
        first[key] = kept.count
        kept.append(cluster)
      }
    }
    clusters = kept
  }

  /// Two clusters of the same checks whose sums cancel are one: an amount that went from one person to another.
  private mutating func mergeOpposites() {
    var kept: [Cluster] = []
    var first: [[String: Int128]: Int] = [:]
    for cluster in clusters {
      let sums = Self.sums(cluster)
      let opposite = first[sums.mapValues { 0 &- $0 }].flatMap { index in
        // A number that differs by one is not much of a likeness.
        let isLike = kept[index].checks == cluster.checks || sums.values.contains { $0.magnitude > 1 }
        return !sums.isEmpty && isLike ? index : nil
      }
      if let opposite {
        kept[opposite].lines += cluster.lines
        kept[opposite].grounds.insert(.opposite)
        first[sums.mapValues { 0 &- $0 }] = nil
      } else {
        first[sums] = first[sums] ?? kept.count
        kept.append(cluster)
      }
    }
    clusters = kept
  }

  /// Σ of the deltas, by check and sum.
  private static func sums(_ cluster: Cluster) -> [String: Int128] {
    var sums: [String: Int128] = [:]
    for line in cluster.lines {
      for (name, value) in line.deltas { sums["\(line.check) \(name)", default: 0] &+= value }
    }
    return sums.filter { $0.value != 0 }
  }

  /// Puts a sum over many rows to the clusters whose amounts make it up.
  private mutating func attach(_ line: CauseLine) {
    let near = clusters.indices.filter { index in clusters[index].checks.contains { touches(line, $0) } }
    if let best = near.max(by: { agreement(line, $0) < agreement(line, $1) }), agreement(line, best) > 0 {
      join(line, best, .sameAmount)
    } else if near.count == 1 {
      join(line, near[0], .sameFile)
    } else {
      clusters.append(Cluster(lines: [line]))
    }
  }

  /// Adds a difference by which no other is looked for.
  private mutating func join(_ line: CauseLine, _ index: Int, _ ground: Cause.Ground) {
    clusters[index].lines.append(line)
    clusters[index].grounds.insert(ground)
    amounts[index] = nil
  }

  /// The number of sums whose amount a cluster has, too, in a difference or in all together.
  private mutating func agreement(_ line: CauseLine, _ index: Int) -> Int {
    let known =
      amounts[index]
      ?? Set(
        clusters[index].lines.flatMap { $0.deltas.values.map { $0.magnitude } }
          + Self.sums(clusters[index]).values.map { $0.magnitude })
    amounts[index] = known
    return line.deltas.values.count { known.contains($0.magnitude) }
  }

  // MARK: what names no rows

  /// Whether it counts odd values of a file, without saying where.
  private func isOddity(_ line: CauseLine) -> Bool { checks[line.check].body.tells == .fault }

  /// Puts odd values to the records that are not had again byte for byte, if one cluster of the file has such.
  private mutating func gather(oddities: [CauseLine]) {
    for line in oddities {
      let near = clusters.indices.filter { index in
        clusters[index].lines.contains { checks[$0.check].body.tells == .bytes && touches(line, $0.check) }
      }
      let rebuilt = near.first.map { clusters[$0].lines.count(where: { checks[$0.check].body.tells == .bytes }) }
      if near.count == 1, rebuilt == line.count {
        add(line, to: near[0], .sameAmount)
      } else {
        clusters.append(Cluster(lines: [line]))
      }
    }
  }

  /// Puts undecided checks to the only cluster that reads the same rows: what cannot be read is there. Others that read
  /// the same rows are one.
  private mutating func gather(undecided: [CauseLine]) {
    let known = clusters.indices
    var open: [Int] = []
    func reads(_ index: Int, _ sources: Set<Source>) -> Bool {
      clusters[index].checks.contains { !checks[$0].sources.isDisjoint(with: sources) }
    }
    for line in undecided {
      let sources = checks[line.check].sources
      let reading = known.filter { reads($0, sources) }
      let near =
        reading.isEmpty
        ? known.filter { index in clusters[index].checks.contains { touches(line, $0) } } : reading
      if near.count == 1 {
        add(line, to: near[0], .unreadable)
      } else if let index = open.first(where: { reads($0, sources) }) {
        add(line, to: index, .unreadable)
      } else {
        open.append(clusters.count)
        clusters.append(Cluster(lines: [line], grounds: [.unreadable]))
      }
    }
  }

  /// The old system's own totals: one cluster for each file, or a part of the cluster of the record that makes them differ.
  private mutating func gather(controls: [CauseLine]) {
    var byFile: [(files: Set<String>, cluster: Cluster)] = []
    for line in controls {
      let own = files[line.check]
      // What is lost between old records and the target makes the trailer differ, too.
      if let index = clusters.indices.first(where: { index in
        clusters[index].checks.contains { touches(line, $0) } && agreement(line, index) == line.deltas.count
          && !line.deltas.isEmpty
      }), checks[line.check].body.actualFrom.contains(.target) {
        join(line, index, .sameAmount)
      } else if let index = byFile.firstIndex(where: { !$0.files.isDisjoint(with: own) }) {
        byFile[index].cluster.lines.append(line)
      } else {
        byFile.append((own, Cluster(lines: [line], grounds: [.control])))
      }
    }
    let others = clusters.indices
    for (files, control) in byFile {
      if isMass(control), let index = gatherMass(control, others, files) {
        clusters[index].lines += control.lines
        clusters[index].grounds.insert(.control)
      } else if let index = others.first(where: { names(control, clusters[$0], files) }) ?? only(control, others, files)
      {
        clusters[index].lines += control.lines
        clusters[index].grounds.insert(.control)
      } else {
        clusters.append(control)
      }
    }
    clusters.removeAll { $0.lines.isEmpty }
  }

  /// Whether the totals lack many records, or have many too many.
  private func isMass(_ control: Cluster) -> Bool {
    let deltas = control.lines.flatMap { $0.deltas.values.map { $0.magnitude } }
    return deltas.contains { (10..<1_000_000).contains($0) } && deltas.contains { $0 >= 1_000_000 }
  }

  /// Makes one cluster of the shapes of a file that lacks many records, or has them twice, and of what the same checks find.
  private mutating func gatherMass(_ control: Cluster, _ others: Range<Int>, _ files: Set<String>) -> Int? {
    let near = others.filter { index in
      clusters[index].lines.contains { !self.files[$0.check].isDisjoint(with: files) }
    }
    let shapes = near.filter { clusters[$0].number > 1 }
    guard let first = shapes.first else { return nil }
    let checks = shapes.reduce(into: Set<Int>()) { $0.formUnion(clusters[$1].checks) }
    let doubled = checks.filter { self.checks[$0].body.tells == .repetition }
    for index in near where index != first {
      let isOrder = clusters[index].lines.allSatisfy { $0.before != nil }
      let found = clusters[index].checks
      guard isOrder || found.isSubset(of: checks) || !found.isDisjoint(with: doubled) else { continue }
      clusters[first].lines += clusters[index].lines
      clusters[first].number += clusters[index].number
      clusters[first].grounds.formUnion(clusters[index].grounds)
      clusters[index].lines = []
    }
    return first
  }

  /// Whether the totals differ by the number that a cluster names: a sum of all numbers (hash total) says whose record is
  /// lost, or too much.
  private func names(_ control: Cluster, _ other: Cluster, _ files: Set<String>) -> Bool {
    let amounts = Set(control.lines.flatMap { $0.deltas.values.map { $0.magnitude } }.filter { $0 >= 1_000 })
    return !amounts.isEmpty
      && other.lines.contains { line in
        !self.files[line.check].isDisjoint(with: files)
          && line.key.contains { roles.names($0.key) && UInt128($0.value).map(amounts.contains) == true }
      }
  }

  /// The cluster to which totals belong that lack a record, or have one too many: the only one of the file.
  private func only(_ control: Cluster, _ others: Range<Int>, _ files: Set<String>) -> Int? {
    let deltas = control.lines.flatMap { $0.deltas.values.map { $0.magnitude } }
    guard deltas.contains(1), deltas.contains(where: { $0 >= 1_000 }) else { return nil }
    let near = others.filter { index in clusters[index].lines.contains { !self.files[$0.check].isDisjoint(with: files) }
    }
    return near.count == 1 ? near[0] : nil
  }
}
