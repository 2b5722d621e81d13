import Copybook
import Records

extension KindDecoder {
  /// The number of bytes of record `row` of the block just decoded that are not blank and that no item of the record
  /// holds, although the layout has items there: redefinitions that were not chosen, occurrences beyond those of the
  /// record, bytes behind the length given by another item. A comparison of items does not see them. Spaces, X'00' and
  /// an item's initial bytes are blank. Examines every item that records may lack; 0 at once when every item has one
  /// place.
  package func unheldBytes(_ row: Int, of block: RecordBlock) -> Int {
    if plan.hasFixedPlaces || plan.reading.isDelimited { return 0 }
    let record = block.base + block.starts[row]
    let length = block.lengths?[row] ?? plan.length
    if plan.unfolding?.isSliding == true {
      let behind = max(0, excess(row, of: block))
      return (max(0, length - behind)..<length).count { !isBlank(record[$0]) }
    }
    var isAny = false
    for (index, field) in plan.fields.enumerated() where !field.guards.isEmpty || !field.groups.isEmpty {
      let isChosen = field.groups.allSatisfy { has(group: $0, row) }
      for (occurrence, offset) in field.offsets.enumerated() where !isChosen || !has(index, occurrence, row) {
        let places = offset..<max(offset, min(offset + field.slot.item.length, length))
        if isInitial(index, record, places) { continue }
        if !isAny { unheld.mark(0..<length, false) }
        isAny = true
        for place in places where !isBlank(record[place]) { unheld.mark(place..<place + 1, true) }
      }
    }
    var behind = plan.gaps.reduce(0) { sum, gap in
      sum + gap.clamped(to: 0..<length).count { !isBlank(record[$0]) }
    }
    for (index, field) in plan.fields.enumerated() where field.lengthField != nil {
      for (occurrence, offset) in field.offsets.enumerated() {
        let places = (offset + used(field, occurrence, row))..<(offset + field.slot.item.length)
        if has(index, occurrence, row) { behind += places.clamped(to: 0..<length).count { !isBlank(record[$0]) } }
      }
    }
    guard isAny else { return behind }
    for (index, field) in plan.fields.enumerated() where field.groups.allSatisfy({ has(group: $0, row) }) {
      for (occurrence, offset) in field.offsets.enumerated() where has(index, occurrence, row) {
        unheld.mark(offset..<max(offset, min(offset + field.slot.item.length, length)), false)
      }
    }
    return behind + (0..<length).count { unheld.isMarked($0) }
  }

  /// Counts the records of the block just decoded that have such bytes.
  package func countUnheld(_ block: RecordBlock) {
    if plan.hasFixedPlaces || plan.reading.isDelimited { return }
    let count = (0..<block.count).count { unheldBytes($0, of: block) > 0 }
    add(.unheld, count)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == plan.space || byte == 0 }

  private func isInitial(_ field: Int, _ record: UnsafePointer<UInt8>, _ places: Range<Int>) -> Bool {
    let initial = unheld.initials[field]
    return places.count == initial.count && initial.indices.allSatisfy { initial[$0] == record[places.lowerBound + $0] }
  }
}

/// A buffer that marks the bytes of one record that no item holds.
final class UnheldBytes {
  /// The initial bytes of each field's item; empty when they are not known.
  let initials: [[UInt8]]
  private var marks: [Bool]

  init(_ plan: KindPlan) {
    marks = Array(repeating: false, count: plan.length)
    initials = plan.fields.map { ColumnEncoder($0, reading: plan.reading)?.empty ?? [] }
  }

  func isMarked(_ place: Int) -> Bool { marks[place] }

  /// Places behind the layout belong to no item.
  func mark(_ places: Range<Int>, _ value: Bool) {
    for place in places.clamped(to: 0..<marks.count) { marks[place] = value }
  }
}
