import Base
import Checks
import City
import Evidence
import Projects

/// Says which told cause is which planted defect, by what each defect shows when it stands there alone: the cause's id,
/// records and subject, and the groups of differences that no other defect of the set has.
struct CauseAttribution {
  /// Checks whose differences name a person or a thing, by id: a sum over many rows says nothing of whose it is.
  private let telling: Set<String>
  private let clean: [String: Int]

  init(_ project: Project, _ clean: RunEvidence) {
    let names = project.entities.persons.union(project.entities.things)
    telling = Set(project.checks.filter { !names.isDisjoint(with: $0.body.keyNames) }.map(\.id))
    self.clean = clean.readRecords
  }

  /// Whether a defect adds or takes away many records.
  func isWide(_ outcome: Outcome) -> Bool { outcome.records.contains { abs($0.value - clean[$0.key, default: 0]) > 2 } }

  /// - Parameter alone: each defect of the set alone at its place.
  func trial(_ outcome: Outcome, _ alone: [String: Outcome]) -> ExplainReport.Trial {
    let ids = alone.keys.sorted()
    let told = outcome.causes.map { cause in
      let own = ids.filter { shows(cause, outcome, $0, alone) }
      // What two defects show alike tells only when nothing else does.
      let like = ids.filter { alone[$0]?.causes.contains { $0.id == cause.id } == true }
      return ExplainReport.Told(cause: cause, defects: own.isEmpty ? like : own)
    }
    var merged: Set<String> = []
    for cause in told {
      for (index, first) in cause.defects.enumerated() {
        for second in cause.defects.dropFirst(index + 1) where !isAlike(alone[first], alone[second]) {
          merged.insert("\(first)+\(second)")
        }
      }
    }
    let untold = ids.filter { id in !told.contains { $0.defects.contains(id) } }
    return ExplainReport.Trial(planted: ids, told: told, merged: merged.sorted(), untold: untold)
  }

  /// Two defects that are one cause by definition: the same fault of the same item.
  private func isAlike(_ first: Outcome?, _ second: Outcome?) -> Bool {
    !Set((first?.causes ?? []).map(\.id)).isDisjoint(with: (second?.causes ?? []).map(\.id))
  }

  private func shows(_ cause: Cause, _ outcome: Outcome, _ id: String, _ alone: [String: Outcome]) -> Bool {
    guard let own = alone[id] else { return false }
    if alone.count == 1 { return true }
    let others = alone.filter { $0.key != id }.values
    func isOwn<Element: Hashable>(_ values: (Outcome) -> Set<Element>, _ found: Set<Element>) -> Bool {
      let mine = values(own).intersection(found)
      return !mine.isEmpty && !others.reduce(into: mine) { $0.subtract(values($1)) }.isEmpty
    }
    let here = { (outcome: Outcome) in Set(outcome.causes.flatMap { places($0.places, outcome, alone) }) }
    return isOwn({ Set($0.causes.map(\.id)) }, [cause.id])
      || isOwn(here, places(cause.places, outcome, alone))
      || isOwn({ Set($0.causes.map(\.subject)).subtracting([""]) }, [cause.subject])
      || isOwn({ groups($0.causes.flatMap(\.groups)) }, groups(cause.groups))
  }

  private func groups(_ signatures: [String]) -> Set<String> {
    Set(signatures.filter { telling.contains(String($0.prefix { $0 != "/" })) })
  }

  /// Places as the records are numbered in the clean city.
  private func places(_ places: [RecordPlace], _ outcome: Outcome, _ alone: [String: Outcome]) -> Set<RecordPlace> {
    Set(
      places.map { place in
        var shift = 0
        for (id, count) in alone.mapValues({ $0.records[place.file, default: 0] - clean[place.file, default: 0] })
        where count != 0 {
          let first = outcome.planted.first { $0.id == id && $0.file == place.file }
          if let first, first.record < place.record { shift += count }
        }
        return RecordPlace(file: place.file, record: place.record - shift)
      })
  }
}
