import Base
import City
import Evidence

/// Plants defects one, two and fourteen at a time, on different persons, and looks at the causes that a run tells.
///
/// Costs a city and a run for each set, and one for each defect that a set has at a place of its own.
package struct ExplainRun {
  /// What a defect alone makes of the city, by its place.
  private struct Place: Hashable {
    let id: String
    let skip: Int
  }

  /// Defects of an evening as it may be.
  package static let evening = [
    "D01", "D02", "D03", "D04-open", "D06", "D14", "D17-gap", "D18", "D19-claim", "D20", "D21", "D34", "D35", "D39",
  ]

  private let run: MutationRun
  private let attribution: CauseAttribution
  private var known: [Place: Outcome] = [:]
  /// The number of attempts to find different persons.
  private static let attempts = 60

  /// - Parameter clean: the evidence of the city without defects.
  package init(_ run: MutationRun, clean: RunEvidence) {
    self.run = run
    attribution = CauseAttribution(run.project, clean)
  }

  /// - Parameters:
  ///   - defects: those that may be planted.
  ///   - pairs: the number of pairs, drawn by the seed.
  ///   - sets: the number of sets of fourteen; the first is ``evening``.
  /// - Throws: the errors of generating, migrating and verifying.
  package mutating func report(_ defects: [PlantedDefect], pairs: Int, sets: Int) throws -> ExplainReport {
    var report = ExplainReport()
    var single: [PlantedDefect] = []
    for defect in defects where defect.expected == .found {
      run.say("\(defect.id) \(defect.file)")
      guard let outcome = try outcome(of: [defect]) else {
        report.untried.append(defect.id)
        continue
      }
      known[Place(id: defect.id, skip: outcome.skips[defect.id] ?? 0)] = outcome
      if outcome.causes.isEmpty {
        report.silent.append(defect.id)
        continue
      }
      report.alone.append(try trial([defect], outcome))
      // Many records are also those of other defects' persons.
      if !attribution.isWide(outcome) { single.append(defect) }
    }
    for set in Self.pairs(single, pairs, seed: run.seed) {
      if let trial = try trial(set) { report.pairs.append(trial) }
    }
    for set in Self.sets(single, sets, seed: run.seed) {
      if let trial = try trial(set) { report.many.append(trial) }
    }
    return report
  }

  private mutating func trial(_ defects: [PlantedDefect]) throws -> ExplainReport.Trial? {
    run.say(defects.map(\.id).joined(separator: " "))
    return try outcome(of: defects).map { (found) throws in try trial(defects, found) }
  }

  private mutating func trial(_ defects: [PlantedDefect], _ outcome: Outcome) throws -> ExplainReport.Trial {
    var alone: [String: Outcome] = [:]
    for defect in defects { alone[defect.id] = try self.alone(defect, as: outcome) }
    return attribution.trial(outcome, alone)
  }

  /// The defect alone, at the place that it has in a set: where two suit the first records, one stands further on.
  private mutating func alone(_ defect: PlantedDefect, as set: Outcome) throws -> Outcome? {
    let keys = set.planted.filter { $0.id == defect.id }.map(\.key)
    let first = set.skips[defect.id] ?? 0
    var nearest: Outcome?
    for skip in first...first + 3 {
      let place = Place(id: defect.id, skip: skip)
      var outcome = known[place]
      if outcome == nil, let (facts, verify) = try? run.spoiled([defect], skips: [defect.id: skip]) {
        guard nearest == nil || facts.planted.map(\.key) == keys else { continue }
        outcome = Outcome(facts.planted, try verify(), [defect.id: skip])
        known[place] = outcome
      }
      if outcome?.planted.map(\.key) == keys { return outcome }
      nearest = nearest ?? outcome
    }
    return nearest
  }

  // MARK: places

  /// The defects planted together and verified; `nil` when one finds no record.
  private func outcome(of defects: [PlantedDefect]) throws -> Outcome? {
    var skips = Dictionary(uniqueKeysWithValues: defects.map { ($0.id, Self.skip($0)) })
    var ceiling: [String: Int] = [:]
    for attempt in 1...Self.attempts {
      let facts: CityFacts
      let verify: () throws -> RunEvidence
      do {
        (facts, verify) = try run.spoiled(defects, skips: skips)
      } catch let error as Diagnostic where error.code == .cityDefect {
        guard let id = error.facts.first, let skip = skips[id], skip > 0 else { return nil }
        ceiling[id] = skip
        skips[id] = skip / 4 * 2
        continue
      }
      if attempt < Self.attempts, let moved = defects.last(where: { $0.interval > 0 && shares($0, facts.planted) }) {
        let next = (skips[moved.id] ?? 0) + moved.interval
        skips[moved.id] = next < ceiling[moved.id] ?? .max ? next : 0
        continue
      }
      return Outcome(facts.planted, try verify(), skips)
    }
    return nil
  }

  /// Whether it stands on a person of another defect.
  private func shares(_ defect: PlantedDefect, _ planted: [CityFacts.Planted]) -> Bool {
    let others = Set(planted.filter { $0.id != defect.id }.compactMap(\.person))
    return planted.contains { $0.id == defect.id && ($0.person.map(others.contains) ?? false) }
  }

  /// The number of suitable records that a defect passes over, other for each.
  private static func skip(_ defect: PlantedDefect) -> Int {
    let number = PlantedDefect.catalog.firstIndex { $0.id == defect.id } ?? 0
    return number * 7 % 23 * defect.interval
  }

  // MARK: choice

  private static func pairs(_ defects: [PlantedDefect], _ count: Int, seed: UInt64) -> [[PlantedDefect]] {
    var chance = Chance(seed, "pairs")
    var all = defects.indices.flatMap { first in
      defects.indices.dropFirst(first + 1).map { [defects[first], defects[$0]] }
    }
    var chosen: [[PlantedDefect]] = []
    while chosen.count < count, !all.isEmpty { chosen.append(all.remove(at: chance.below(all.count))) }
    return chosen
  }

  private static func sets(_ defects: [PlantedDefect], _ count: Int, seed: UInt64) -> [[PlantedDefect]] {
    guard defects.count >= evening.count else { return [] }
    let first = defects.filter { evening.contains($0.id) }
    var chosen = first.count == evening.count ? [first] : []
    while chosen.count < count {
      var chance = Chance(seed, "set \(chosen.count)")
      var left = defects
      let set = evening.map { _ in left.remove(at: chance.below(left.count)).id }
      chosen.append(defects.filter { set.contains($0.id) })
    }
    return Array(chosen.prefix(count))
  }
}

/// What a run found in a city with defects.
struct Outcome {
  let planted: [CityFacts.Planted]
  let causes: [Cause]
  /// Records read, by file.
  let records: [String: Int]
  /// The suitable records that each defect has passed over.
  let skips: [String: Int]

  init(_ planted: [CityFacts.Planted], _ evidence: RunEvidence, _ skips: [String: Int]) {
    self.planted = planted
    self.skips = skips
    causes = evidence.causes ?? []
    records = evidence.readRecords
  }
}

extension RunEvidence {
  var readRecords: [String: Int] {
    Dictionary(files.map { ($0.file, $0.records.read) }) { first, _ in first }
  }
}

extension CityFacts.Planted {
  /// 宛名番号; `nil` for a trailer.
  var person: Substring? { key.hasPrefix("trailer") ? nil : key.prefix { $0 != "/" } }
}
