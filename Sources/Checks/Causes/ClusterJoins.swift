import Evidence

/// Joins clusters that are one fault though their differences name two things: a part of a key that changed, and whatever
/// refers to a person who is not there, or there twice.
///
/// Costs O(n) in the differences and the parts of their keys.
struct ClusterJoins {
  private let checks: [Check]
  private let roles: EntityRoles
  private let files: [Set<String>]
  private let recordParts: RecordParts
  private var parents: [Int] = []

  /// - Parameter files: of each check, those that it reads or that fill its tables.
  init(_ checks: [Check], _ roles: EntityRoles, files: [Set<String>], _ recordParts: RecordParts) {
    self.recordParts = recordParts
    self.checks = checks
    self.roles = roles
    self.files = files
  }

  mutating func join(_ clusters: [CauseClusters.Cluster]) -> [CauseClusters.Cluster] {
    var found = clusters
    parents = Array(clusters.indices)
    joinChanged(&found)
    joinAbsent(&found)
    joinParts(&found)
    for index in found.indices where root(index) != index {
      found[root(index)].lines += found[index].lines
      found[root(index)].grounds.formUnion(found[index].grounds)
      found[index].lines = []
    }
    return found.filter { !$0.lines.isEmpty }
  }

  private mutating func root(_ index: Int) -> Int {
    while parents[index] != parents[parents[index]] { parents[index] = parents[parents[index]] }
    return parents[index]
  }

  private mutating func unite(
    _ first: Int, _ second: Int, _ ground: Cause.Ground, _ found: inout [CauseClusters.Cluster]
  ) {
    let (low, high) = (min(root(first), root(second)), max(root(first), root(second)))
    guard low != high else { return }
    parents[high] = low
    found[low].grounds.insert(ground)
  }

  // MARK: a part of a key that changed

  /// The key of a difference without one part, and its amounts without sign.
  private struct Frame: Hashable {
    let check: Int
    let key: [String: String]
    let amounts: [String: Int128]
  }

  /// What is missing under one key and too much under another, where all other parts are equal, went from one to the
  /// other: one fault, if it can be told which two belong together.
  private mutating func joinChanged(_ clusters: inout [CauseClusters.Cluster]) {
    var frames: [Frame: (plus: [Int], minus: [Int])] = [:]
    for (index, cluster) in clusters.enumerated() {
      for line in cluster.lines where line.key.count > 1 {
        guard let isPlus = line.deltas.values.first.map({ $0 > 0 }),
          line.deltas.values.allSatisfy({ ($0 > 0) == isPlus })
        else { continue }
        for part in line.key.keys {
          var rest = line.key
          rest[part] = nil
          guard rest.keys.contains(where: { roles.names($0) }) else { continue }
          let frame = Frame(check: line.check, key: rest, amounts: line.deltas.mapValues { $0 > 0 ? $0 : 0 &- $0 })
          if isPlus { frames[frame, default: ([], [])].plus.append(index) }
          if !isPlus { frames[frame, default: ([], [])].minus.append(index) }
        }
      }
    }
    for (plus, minus) in frames.values where plus.count == 1 && minus.count == 1 {
      unite(plus[0], minus[0], .opposite, &clusters)
    }
  }

  // MARK: one record

  /// Differences in all of which one record takes part are those of the fault that names the record, if no record of
  /// their own is in all of them.
  private mutating func joinParts(_ clusters: inout [CauseClusters.Cluster]) {
    var owners: [RecordPlace: Set<Int>] = [:]
    for (index, cluster) in clusters.enumerated() {
      for record in cluster.namedRecords { owners[record, default: []].insert(index) }
    }
    var taking: [RecordPlace: Set<Int>] = [:]
    for (index, cluster) in clusters.enumerated() {
      for line in cluster.lines {
        for record in recordParts.records(checks[line.check].id, line.keyHash) {
          taking[record, default: []].insert(index)
        }
      }
    }
    // A record out of order has another key than before.
    for (index, cluster) in clusters.enumerated() where cluster.lines.allSatisfy({ $0.before != nil }) {
      let others = Set(cluster.namedRecords.flatMap { taking[$0] ?? [] }.map { root($0) }).subtracting([root(index)])
      if others.count == 1, let other = others.first { unite(other, index, .sameRecord, &clusters) }
    }
    for (index, cluster) in clusters.enumerated() {
      var common: Set<RecordPlace>?
      for line in cluster.lines where common?.isEmpty != true {
        let records = recordParts.records(checks[line.check].id, line.keyHash)
        common = common?.intersection(records) ?? records
      }
      guard let common, !common.isEmpty, common.isDisjoint(with: cluster.namedRecords) else { continue }
      let others = Set(common.flatMap { owners[$0] ?? [] }.map { root($0) }).subtracting([root(index)])
      if others.count == 1, let other = others.first { unite(other, index, .sameRecord, &clusters) }
    }
  }

  // MARK: persons who are not there, or twice

  /// The whole of a check's differences about a person belong to the fault by which the person is missing or doubled, if
  /// both read the file.
  private mutating func joinAbsent(_ clusters: inout [CauseClusters.Cluster]) {
    var absent: [String: [(cluster: Int, check: Int)]] = [:]
    for (index, cluster) in clusters.enumerated() {
      for line in cluster.lines {
        if let person = wholePerson(line) { absent[person, default: []].append((index, line.check)) }
      }
    }
    joinUnknown(&clusters)
    for (index, cluster) in clusters.enumerated() {
      let named = cluster.lines.map { Set(roles.persons(in: $0.key).filter { absent[$0] != nil }) }
      guard let first = named.first else { continue }
      for person in named.dropFirst().reduce(first, { $0.intersection($1) }).sorted() {
        let fault = absent[person]?.first { fault in
          cluster.lines.allSatisfy { !files[$0.check].isDisjoint(with: files[fault.check]) }
        }
        if let fault { unite(fault.cluster, index, .sameKey, &clusters) }
      }
    }
  }

  /// A person to whom something refers and who is nowhere is the fault of the difference by which the number came in.
  private mutating func joinUnknown(_ clusters: inout [CauseClusters.Cluster]) {
    var unknown: [String: (cluster: Int, check: Int)] = [:]
    for (index, cluster) in clusters.enumerated() {
      for line in cluster.lines where checks[line.check].body.tells == .reference && line.key.count == 1 {
        for person in roles.persons(in: line.key) { unknown[person] = (index, line.check) }
      }
    }
    guard !unknown.isEmpty else { return }
    for (index, cluster) in clusters.enumerated() {
      for line in cluster.lines where line.isOneSided && line.key.count > 1 {
        for person in roles.persons(in: line.key) {
          guard let fault = unknown[person], !files[fault.check].isDisjoint(with: files[line.check]) else { continue }
          unite(fault.cluster, index, .sameKey, &clusters)
        }
      }
    }
  }

  /// The person whose whole row is missing, too much or doubled.
  private func wholePerson(_ line: CauseLine) -> String? {
    let isDoubled = checks[line.check].body.tells == .repetition
    guard isDoubled || line.isOneSided && line.key.count == 1 else { return nil }
    guard line.key.keys.allSatisfy({ !roles.things.contains($0) }) else { return nil }
    let persons = roles.persons(in: line.key)
    return persons.count == 1 ? persons.first : nil
  }
}

extension CauseClusters.Cluster {
  /// The records that its differences name.
  fileprivate var namedRecords: Set<RecordPlace> {
    lines.reduce(into: []) { $0.formUnion($1.suspects) }
  }
}
